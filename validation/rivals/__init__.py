"""Made-up couples by other hands: message timings with truth, to test the models on what they were not built on.

Nothing here knows the product's own simulator. Each law is another mechanism:

    poissonstate      Poisson starts, Bernoulli answers, log-normal waits, geometric bursts; episodes at midnight
    hazard            a log-linear intensity with known θ and φ and no episodes; hazard_episodes adds them
    heavytail         Pareto gaps, waits and bursts, nothing exponential; episodes at any hour
    mood              strong autocorrelated moods and nothing to find; mood_episodes adds episodes
    clipping          days missing from the export, whole minutes only, a cap at the start
    shift             one works rotating shifts, seven time zones away
    decoys            busy days, visits, holidays, announced absences, nights, broken phones; no episodes
    thin, dense       4–10 and 100–200 messages a day, by either family of tails
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.conversation import Conversation, assemble
from validation.record import texts

from . import life as lives
from .intensity import calibrated, dwell, rules_of
from .life import Life, Note, Plan, Withdrawal
from .lines import LINES
from .turns import Tails, converse, habits_of
from .week import (
    DAY,
    Floats,
    Grid,
    grid_of,
    local_hours,
    on_nights,
    readiness,
    rotating_schedule,
    taste_of,
    usual_schedule,
)

LAWS: tuple[str, ...] = (
    "poissonstate",
    "hazard",
    "hazard_episodes",
    "heavytail",
    "mood",
    "mood_episodes",
    "clipping",
    "shift",
    "decoys",
    "thin",
    "dense",
)

ZONES = (
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "Asia/Tokyo",
)
SEVEN_APART = (
    ("Europe/Berlin", "America/Chicago"),
    ("America/Denver", "Europe/London"),
    ("Asia/Bangkok", "Europe/London"),
    ("Europe/Madrid", "America/Mexico_City"),
)
ORDINARY_SHARE = 0.004


@dataclass(frozen=True, slots=True)
class Rival:
    """A couple and its truth.

    `times` (n,) are UTC seconds since the epoch, sorted; `person` (n,) is 0 or 1; `text` holds n entries, mostly
    None. `episodes` are (person, start epoch, end epoch or None while running, depth). `effects` has "theta" and
    "phi", each (person 0, person 1), where the law defines them. `notes` says which entries of `text` mean what.
    `grid` holds the local days; `covered` is the first and last epoch the export could hold; `missing` are stretches
    deleted from it, of which the export says nothing.
    """

    law: str
    times: Floats
    person: NDArray[np.int8]
    tz: str
    grid: Grid
    covered: tuple[float, float]
    episodes: list[Withdrawal]
    effects: dict[str, tuple[float, float]]
    text: list[str | None]
    notes: list[tuple[int, str]]
    missing: list[tuple[float, float]] = field(default_factory=list)
    minute_only: bool = False


def rival(seed: int, law: str, days: int = 180) -> Rival:
    """The couple of this seed and law, over `days` local days; the same arguments always give the same couple."""
    rng = np.random.default_rng([seed, LAWS.index(law)])
    couple = _Couple(rng, law, days)
    return _BUILDERS[law](couple)


def to_conversation(rival: Rival, names: tuple[str, str] = ("Ana", "Ben")) -> Conversation:
    """The couple as an imported conversation, covered to its last midnight; person 0 has the first name."""
    at = pl.Series((rival.times * 1e6).astype(np.int64)).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    people = [names[p] for p in rival.person]
    events = texts(at, people, rival.text, f"rival-{rival.law}", minute_only=rival.minute_only)
    first, last = (datetime.fromtimestamp(t, UTC) for t in rival.covered)
    return assemble(events, tz=rival.tz, tz_source="given", coverage=[(first, last)])


def true_days(rival: Rival) -> list[tuple[int, float, float | None]]:
    """The episodes as `score.match` takes them: person, start and end in local days from the first midnight."""
    day = rival.grid.day_of
    return [(p, day(start), None if end is None else day(end)) for p, start, end, _ in rival.episodes]


def day_number(rival: Rival, day: date) -> float:
    """The local day number of a date, on the scale of `true_days`."""
    return float((day - rival.grid.first_day).days)


class _Couple:
    """What every law draws first: when, where, how much they write, and each one's week."""

    def __init__(self, rng: np.random.Generator, law: str, days: int) -> None:
        self.rng, self.law = rng, law
        first_day = date(2022, 3, 1) + timedelta(days=int(rng.integers(900)))
        zone = str(rng.choice(ZONES))
        self.zones = SEVEN_APART[int(rng.integers(len(SEVEN_APART)))] if law == "shift" else (zone, zone)
        self.grid = grid_of(first_day, days, self.zones[0])
        self.life = Life(self.grid)
        self.per_day = float(np.exp(rng.uniform(np.log(6), np.log(150))))
        self.schedules = [usual_schedule(rng, self.grid), usual_schedule(rng, self.grid)]
        self.tastes = [taste_of(rng), taste_of(rng)]

    @property
    def ready(self) -> Floats:
        """Readiness (2, bins), each person by their own clock."""
        weekday = self.grid.first_day.weekday()
        walls = [local_hours(self.grid, zone) for zone in self.zones]
        people = zip(walls, self.schedules, self.tastes, strict=True)
        return np.stack([readiness(wall, weekday, schedule, taste) for wall, schedule, taste in people])

    def talk(self, tails: Tails) -> Rival:
        """The couple as turn takers."""
        habits = habits_of(self.rng, self.per_day, tails)
        times, person = converse(self.rng, habits, self.ready, self.life)
        return self.told(times, person, {})

    def told(self, times: Floats, person: NDArray[np.int8], effects: dict[str, tuple[float, float]]) -> Rival:
        """The record with its lines put in."""
        times, person, text, notes = _speak(self.rng, times, person, self.life)
        covered = (self.grid.start, self.grid.end)
        episodes = self.life.episodes
        return Rival(self.law, times, person, self.zones[0], self.grid, covered, episodes, effects, text, notes)


def _poissonstate(couple: _Couple) -> Rival:
    lives.withdraw(couple.rng, couple.life, Plan())
    _everyday(couple)
    return couple.talk("light")


def _heavytail(couple: _Couple) -> Rival:
    lives.withdraw(couple.rng, couple.life, Plan(at_midnight=False))
    _everyday(couple)
    return couple.talk("heavy")


def _hazard(couple: _Couple) -> Rival:
    couple.per_day = min(couple.per_day, 100.0)
    ready = couple.ready
    rules = calibrated(couple.rng, rules_of(couple.rng, couple.per_day), ready)
    times, person = dwell(couple.rng, rules, ready, couple.life)
    return couple.told(times, person, {"theta": rules.theta, "phi": rules.phi})


def _hazard_episodes(couple: _Couple) -> Rival:
    lives.withdraw(couple.rng, couple.life, Plan(at_midnight=False), partner_reacts=False)
    return _hazard(couple)


def _mood(couple: _Couple) -> Rival:
    lives.sway(couple.rng, couple.life, sd=0.5, constant_days=5.0)
    return replace(couple.talk("light"), effects={"theta": (0.0, 0.0), "phi": (0.0, 0.0)})


def _mood_episodes(couple: _Couple) -> Rival:
    lives.withdraw(couple.rng, couple.life, Plan(depth=(0.7, 0.95)))
    lives.sway(couple.rng, couple.life, sd=0.5, constant_days=5.0)
    return couple.talk("light")


def _clipping(couple: _Couple) -> Rival:
    lives.withdraw(couple.rng, couple.life, Plan())
    return _clipped(couple.rng, couple.talk(_either(couple.rng)))


def _shift(couple: _Couple) -> Rival:
    couple.schedules[int(couple.rng.integers(2))] = rotating_schedule(couple.rng, couple.grid)
    lives.withdraw(couple.rng, couple.life, Plan(at_midnight=False))
    return couple.talk(_either(couple.rng))


def _decoys(couple: _Couple) -> Rival:
    rng, life = couple.rng, couple.life
    lives.busy_days(rng, life, 20)
    lives.weekends_together(rng, life, 8)
    lives.absences(rng, life, 3)
    lives.holidays(rng, life, 2)
    lives.broken_phones(rng, life, 2)
    if rng.random() < 0.4 and couple.grid.days > 60:
        _to_nights(couple)
    return couple.talk(_either(rng))


def _thin(couple: _Couple) -> Rival:
    couple.per_day = float(couple.rng.uniform(4, 10))
    lives.withdraw(couple.rng, couple.life, Plan(most=3, days=(8.0, 28.0), depth=(0.6, 0.95)))
    return couple.talk(_either(couple.rng))


def _dense(couple: _Couple) -> Rival:
    couple.per_day = float(couple.rng.uniform(100, 200))
    lives.withdraw(couple.rng, couple.life, Plan())
    _everyday(couple)
    return couple.talk(_either(couple.rng))


_BUILDERS: dict[str, Callable[[_Couple], Rival]] = {
    "poissonstate": _poissonstate,
    "hazard": _hazard,
    "hazard_episodes": _hazard_episodes,
    "heavytail": _heavytail,
    "mood": _mood,
    "mood_episodes": _mood_episodes,
    "clipping": _clipping,
    "shift": _shift,
    "decoys": _decoys,
    "thin": _thin,
    "dense": _dense,
}


def _either(rng: np.random.Generator) -> Tails:
    return "light" if rng.random() < 0.5 else "heavy"


def _everyday(couple: _Couple) -> None:
    lives.busy_days(couple.rng, couple.life, 6)
    lives.weekends_together(couple.rng, couple.life, 4)


def _to_nights(couple: _Couple) -> None:
    person = int(couple.rng.integers(2))
    first = int(couple.rng.integers(20, couple.grid.days - 30))
    couple.schedules[person] = on_nights(couple.schedules[person], first, first + int(couple.rng.integers(14, 41)))
    if couple.rng.random() < 0.7:
        couple.life.notes.append(Note(person, couple.grid.at(float(first)), "nights", before=True))


def _clipped(rng: np.random.Generator, whole: Rival) -> Rival:
    """Whole minutes, nothing before a cap in the first days, and holes of one to four days clear of episode edges."""
    grid, days = whole.grid, whole.grid.days
    cap = grid.at(float(rng.uniform(1, min(12, days / 4))))
    edges = [t for _, start, end, _ in whole.episodes for t in (start, end) if t is not None]
    missing = []
    for _ in range(int(rng.integers(3, 9))):
        first = float(rng.integers(13, max(14, days - 5)))
        lo, hi = grid.at(first), grid.at(first + float(rng.integers(1, 5)))
        if not any(lo - DAY <= t <= hi + DAY for t in edges):
            missing.append((lo, hi))
    kept = whole.times >= cap
    for lo, hi in missing:
        kept &= (whole.times < lo) | (whole.times >= hi)
    place = np.cumsum(kept) - 1
    return replace(
        whole,
        times=np.floor(whole.times[kept] / 60) * 60,
        person=whole.person[kept],
        text=[t for t, keep in zip(whole.text, kept, strict=True) if keep],
        notes=[(int(place[i]), kind) for i, kind in whole.notes if kept[i]],
        covered=(cap, grid.end),
        missing=sorted(missing),
        minute_only=True,
    )


def _speak(
    rng: np.random.Generator, times: Floats, person: NDArray[np.int8], life: Life
) -> tuple[Floats, NDArray[np.int8], list[str | None], list[tuple[int, str]]]:
    """Put each note into the message it belongs to, writing one more where the person wrote none within 36 hours."""
    said: list[tuple[float, int, str]] = []
    for note in life.notes:
        own = times[person == note.person]
        at = _moment(rng, own, note, life.grid)
        if at is not None:
            said.append((at, note.person, note.kind))
    new = [(at, who) for at, who, _ in said if not np.any((times == at) & (person == who))]
    times = np.concatenate([times, np.array([at for at, _ in new])])
    person = np.concatenate([person, np.array([who for _, who in new], dtype=np.int8)])
    order = np.argsort(times, kind="stable")
    times, person = times[order], person[order]
    text: list[str | None] = [None] * len(times)
    for spoken in np.flatnonzero(rng.random(len(times)) < ORDINARY_SHARE):
        text[int(spoken)] = str(rng.choice(LINES["ordinary"]))
    notes: list[tuple[int, str]] = []
    for at, who, kind in said:
        i = int(np.flatnonzero((times == at) & (person == who))[0])
        text[i] = str(rng.choice(LINES[kind]))
        notes.append((i, kind))
    return times, person, text, sorted(notes)


def _moment(rng: np.random.Generator, own: Floats, note: Note, grid: Grid) -> float | None:
    place = int(np.searchsorted(own, note.at))
    if note.before:
        near = place > 0 and note.at - own[place - 1] < 1.5 * DAY
        return float(own[place - 1]) if near else max(grid.start, note.at - 3600 * rng.uniform(2, 5))
    near = place < len(own) and own[place] - note.at < 1.5 * DAY
    at = float(own[place]) if near else note.at + 3600 * rng.uniform(9, 12)
    return at if at < grid.end else None
