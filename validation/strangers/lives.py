"""What happens in the lives of two: withdrawals, and all that only looks like one.

Time is minutes of local wall clock since the first midnight; what varies is kept in bins of ten minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .lines import AWAY, EXPLAINED, SPACE, TOGETHER
from .weeks import BIN, BINS, Floats, schedule, shifts_of

#: person, first day, first day back or None while it runs, depth; days are fractional local days.
Withdrawal = tuple[int, float, float | None, float]

DAY = 1440.0
#: No withdrawal begins before this day; true ones keep so many days between them.
LEAST_BEFORE = 14.0
APART = 8.0


@dataclass(frozen=True, slots=True)
class Mix:
    """How much of each thing a kind of couple has in 180 days; `change` is the chance of a new shift."""

    busy: float = 5
    weekends: float = 3
    holidays: float = 0.6
    absences: float = 0.7
    change: float = 0.15
    season: float = 0.15
    mood: float = 0.2
    mood_days: float = 0.7
    withdraws: bool = True
    nights: bool = False
    holes: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """A line with a date: said at that minute, or, if `owed`, with the next message the person writes after it."""

    at: float
    person: int
    line: str
    owed: bool


@dataclass(slots=True)
class Life:
    """Factors (2, bins) of both: looks at the phone an hour, on starting, answering, slowness, terseness, nudging.

    `most` (2, 1) is how often each looks in a free hour of a usual day.
    """

    days: int
    end: float
    weekday: int
    look: Floats
    awake: NDArray[np.bool_]
    most: Floats = field(init=False)
    start: Floats = field(init=False)
    answer: Floats = field(init=False)
    slow: Floats = field(init=False)
    terse: Floats = field(init=False)
    nudge: Floats = field(init=False)
    true: list[Withdrawal] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    taken: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.most = self.look.max(axis=1, keepdims=True)
        self.start, self.answer, self.slow, self.terse, self.nudge = (np.ones_like(self.look) for _ in range(5))

    def waking(self, person: int, at: float, step: int) -> float:
        """The moment itself if the person is awake, else the nearest waking one in the direction of `step`."""
        place = int(np.clip(at / BIN, 0, self.awake.shape[1] - 1))
        while not self.awake[person, place] and 0 <= place + step < self.awake.shape[1]:
            place += step
            at = (place + 0.5) * BIN
        return float(at)

    def say_before(self, day: float, person: int, line: str) -> None:
        """Have a line said on that day, or before it if the person sleeps then."""
        self.sayings.append(Saying(self.waking(person, day * DAY, -1), person, line, owed=False))


def bins(first_day: float, last_day: float) -> slice:
    """The bins of a stretch of days."""
    return slice(round(first_day * BINS), round(last_day * BINS))


def begin(rng: np.random.Generator, days: int, weekday: int, mix: Mix, fond: float) -> Life:
    """A life for two in which nothing happens yet; `fond` is how much more than others they look at their phones."""
    worker = int(rng.integers(2))
    change = (mix.change if person == worker else 0.0 for person in (0, 1))
    shifts = [shifts_of(rng, days, often, rota=mix.nights and often > 0) for often in change]
    both = [schedule(rng, each, weekday, fond) for each in shifts]
    end = days * DAY - rng.uniform(0, 600)
    return Life(days, end, weekday, np.stack([look for _, look in both]), np.stack([awake for awake, _ in both]))


def happen(rng: np.random.Generator, life: Life, mix: Mix) -> None:
    """All that happens in a life, put into it: withdrawals first, the rest where there is room."""
    _sway(rng, life, mix)
    if mix.withdraws:
        _withdrawals(rng, life)
    happenings = (
        (_absence, mix.absences),
        (_holiday, mix.holidays),
        (_weekend, mix.weekends),
        (_busy_day, mix.busy),
    )
    for happening, usual in happenings:
        for _ in range(rng.poisson(usual * life.days / 180)):
            happening(rng, life)


def _sway(rng: np.random.Generator, life: Life, mix: Mix) -> None:
    """Moods from day to day, half of which is looking less, and the slow season of the couple."""
    day = np.arange(life.days)
    wave = mix.season * rng.uniform(0.3, 1) * np.sin(2 * np.pi * (day / rng.uniform(140, 365) + rng.random()))
    trend = mix.season * rng.uniform(-1, 1) * (day / 180 - 0.5)
    keep = np.exp(-1 / mix.mood_days)
    for person in (0, 1):
        mood = rng.normal(0, mix.mood, life.days)
        for d in range(1, life.days):
            mood[d] = keep * mood[d - 1] + np.sqrt(1 - keep**2) * mood[d]
        life.start[person] *= np.repeat(np.exp(mood / 2 + wave + trend), BINS)
        life.look[person] *= np.repeat(np.exp(mood / 2), BINS)


def _withdrawals(rng: np.random.Generator, life: Life) -> None:
    wanted = min(int(rng.choice(6, p=[0.08, 0.2, 0.27, 0.22, 0.14, 0.09])), max(1, round(5 * life.days / 180)))
    last = life.end / DAY
    runs = bool(rng.random() < 0.2)
    for i in range(wanted):
        length = float(np.exp(rng.uniform(np.log(3), np.log(25))))
        if i == 0 and runs:
            began = last - min(length, last - LEAST_BEFORE)
            life.taken.append((began, last))
            _withdraw(rng, life, began, None)
            continue
        first = _place(rng, life, length, LEAST_BEFORE, APART)
        if first is not None:
            _withdraw(rng, life, first, first + length)
    life.true.sort(key=lambda each: each[1])


def _withdraw(rng: np.random.Generator, life: Life, first: float, back: float | None) -> None:
    who, depth = int(rng.integers(2)), float(rng.uniform(0.5, 0.95))
    other, last = 1 - who, life.end / DAY if back is None else back
    span, after = bins(first, last), bins(first + rng.uniform(0.3, 2), last)
    life.start[who, span] *= 1 - depth
    life.answer[who, span] *= 1 - depth
    life.slow[who, span] = rng.uniform(1.5, 4)
    life.terse[who, span] = rng.uniform(1.5, 3)
    reaction = rng.choice(["reaches", "same", "eases"])
    if reaction != "same":
        start, nudge = rng.uniform((1.3, 1.5), (2.5, 4)) if reaction == "reaches" else rng.uniform((0.5, 0.1), (0.9, 1))
        life.start[other, after] *= start
        life.nudge[other, after] *= nudge
    if rng.random() < 0.35:
        life.say_before(first - rng.uniform(0.01, 0.12), who, str(rng.choice(SPACE)))
    if back is not None:
        if rng.random() < 0.4:
            life.sayings.append(Saying(back * DAY, who, str(rng.choice(EXPLAINED)), owed=True))
        if rng.random() < 0.5:
            life.start[who, bins(back, back + rng.uniform(0.5, 2.5))] *= rng.uniform(1.1, 1.8)
    life.true.append((who, first, back, depth))


def _absence(rng: np.random.Generator, life: Life) -> None:
    """One is away for a reason outside, and says so beforehand or on return."""
    length, who = float(rng.uniform(2, 8)), int(rng.integers(2))
    first = _place(rng, life, length, 4, 2)
    if first is None:
        return
    before, afterwards = AWAY[str(rng.choice(sorted(AWAY)))]
    life.look[who, bins(first, first + length)] *= rng.uniform(0.05, 0.4)
    if rng.random() < 0.65:
        life.say_before(first - rng.uniform(0.04, 0.7), who, str(rng.choice(before)))
    else:
        life.sayings.append(Saying((first + length) * DAY, who, str(rng.choice(afterwards)), owed=True))


def _holiday(rng: np.random.Generator, life: Life) -> None:
    """Days away side by side, mostly looked forward to in words."""
    length, who = float(rng.uniform(4, 9)), int(rng.integers(2))
    first = _place(rng, life, length, 4, 2)
    if first is None:
        return
    _beside(life, first, first + length, rng.uniform(0.03, 0.25))
    if rng.random() < 0.7:
        life.say_before(first - rng.uniform(0.04, 0.7), who, str(rng.choice(TOGETHER)))


def _weekend(rng: np.random.Generator, life: Life) -> None:
    """Friday evening or Saturday morning to Sunday evening side by side."""
    saturday = (5 - life.weekday) % 7 + 7 * int(rng.integers(0, max(1, life.days // 7 - 1)))
    first, last = saturday + float(rng.choice([-0.25, 0.35])), saturday + 1.8
    if first > 0 and all(last < a or first > b for a, b in life.taken):
        _beside(life, first, last, rng.uniform(0.08, 0.35))


def _busy_day(rng: np.random.Generator, life: Life) -> None:
    day = int(rng.integers(2, life.days))
    life.look[int(rng.integers(2)), bins(day, day + 1)] *= rng.uniform(0.12, 0.4)


def _beside(life: Life, first: float, last: float, share: float) -> None:
    life.start[:, bins(first, last)] *= share
    life.answer[:, bins(first, last)] *= share**0.5


def _place(rng: np.random.Generator, life: Life, length: float, least: float, gap: float) -> float | None:
    """The first day of a stretch, now taken, that keeps its distance from others; None where there is no room."""
    latest = life.end / DAY - 2 - length
    for _ in range(60 if latest > least else 0):
        first = float(rng.uniform(least, latest))
        if all(first + length + gap < a or first - gap > b for a, b in life.taken):
            life.taken.append((first, first + length))
            return first
    return None
