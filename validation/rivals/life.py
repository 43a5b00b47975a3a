"""What happens to a couple: episodes of withdrawing, and everything that looks like one and is not."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from .week import Floats, Grid

#: person 0 or 1, first epoch, last epoch or None while it runs, depth between 0 and 1.
Withdrawal = tuple[int, float, float | None, float]

GAP_DAYS = 10.0
#: Holidays, absences and broken phones begin at least this far apart, so that no two make one long quiet.
APART_DAYS = 12.0
LEAD_DAYS = 14.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How many episodes to expect, how long and deep, and whether they change at local midnight."""

    most: int = 4
    days: tuple[float, float] = (3.0, 21.0)
    depth: tuple[float, float] = (0.5, 0.95)
    at_midnight: bool = True
    least: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """Something one person says: in the last message before `at`, or in the first message after it."""

    person: int
    at: float
    kind: str
    before: bool


@dataclass(slots=True)
class Life:
    """What multiplies the couple's usual, bin by bin.

    `keen` (2, bins) multiplies starts and answers; `eager` only starts; `nudge` is added to the chance of writing
    again when unanswered; `mood` is a log level of starts and of the odds of answering. `taken` are the days on which
    something begins that lasts.
    """

    grid: Grid
    keen: Floats = field(init=False)
    eager: Floats = field(init=False)
    nudge: Floats = field(init=False)
    mood: Floats = field(init=False)
    episodes: list[Withdrawal] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        n = len(self.grid.bins)
        self.keen, self.eager = np.ones((2, n)), np.ones((2, n))
        self.nudge, self.mood = np.zeros((2, n)), np.zeros((2, n))

    def between(self, start: float, end: float | None) -> slice:
        """The bins whose middle lies in [start, end)."""
        lo, hi = np.searchsorted(self.grid.bins, [start, self.grid.end if end is None else end])
        return slice(int(lo), int(hi))


def stretches(rng: np.random.Generator, days: int, plan: Plan) -> list[tuple[float, float | None]]:
    """Start and end days of the episodes: a lead-in, at least ten days between, one in four still running."""
    n = int(rng.integers(plan.least, max(plan.least, round(plan.most * days / 180)) + 1))
    shortest, longest = plan.days
    lengths = [float(x) for x in np.exp(rng.uniform(np.log(shortest), np.log(longest), size=n))]
    running = n > 0 and rng.random() < 0.25
    needed = GAP_DAYS if not running else 0.0
    while lengths and LEAD_DAYS + sum(lengths) + GAP_DAYS * (len(lengths) - 1) + needed > days:
        lengths.pop()
    if not lengths:
        return []
    slack = days - LEAD_DAYS - sum(lengths) - GAP_DAYS * (len(lengths) - 1) - needed
    parts = rng.dirichlet(np.ones(len(lengths) + (0 if running else 1))) * slack
    found: list[tuple[float, float | None]] = []
    at = LEAD_DAYS
    for i, length in enumerate(lengths):
        at += parts[i]
        start, end = (np.round(at), np.round(at + length)) if plan.at_midnight else (at, at + length)
        found.append((float(start), float(end)))
        at += length + GAP_DAYS
    if running:
        found[-1] = (found[-1][0], None)
    return found


def withdraw(rng: np.random.Generator, life: Life, plan: Plan, *, partner_reacts: bool = True) -> None:
    """Add episodes of either person, and what the other does: reach, carry on or ease off from the second day."""
    for start_day, end_day in stretches(rng, life.grid.days, plan):
        person = int(rng.integers(2))
        start = life.grid.at(start_day)
        end = None if end_day is None else life.grid.at(end_day)
        depth = float(rng.uniform(*plan.depth))
        life.episodes.append((person, start, end, depth))
        life.keen[person, life.between(start, end)] *= 1.0 - depth
        if partner_reacts:
            _react(rng, life, 1 - person, start, end)
        if end is not None and rng.random() < 0.5:
            life.eager[person, life.between(end, end + 2 * 86_400.0)] *= rng.uniform(1.1, 1.6)
        if rng.random() < 0.35:
            life.notes.append(Note(person, start, "space", before=True))
        if end is not None and rng.random() < 0.4:
            life.notes.append(Note(person, end, "explained", before=False))


def _react(rng: np.random.Generator, life: Life, partner: int, start: float, end: float | None) -> None:
    span = life.between(start + 86_400.0, end)
    way = rng.choice(["reaches", "carries on", "eases off"], p=[0.4, 0.35, 0.25])
    if way == "reaches":
        life.eager[partner, span] *= rng.uniform(1.3, 2.2)
        life.nudge[partner, span] += rng.uniform(0.1, 0.3)
    elif way == "eases off":
        life.eager[partner, span] *= rng.uniform(0.45, 0.8)


def sway(rng: np.random.Generator, life: Life, sd: float, constant_days: float) -> None:
    """Give both people a mood of their own: a first-order autoregression over days, joined by straight lines."""
    days = life.grid.days + 1
    keep = np.exp(-1.0 / constant_days)
    for person in (0, 1):
        level = np.empty(days)
        level[0] = rng.normal(0.0, sd)
        shocks = rng.normal(0.0, sd * np.sqrt(1 - keep**2), size=days)
        for i in range(1, days):
            level[i] = keep * level[i - 1] + shocks[i]
        life.mood[person] += np.interp(life.grid.bins, life.grid.midnights, level)


def busy_days(rng: np.random.Generator, life: Life, most: int) -> None:
    """Single days on which one person hardly gets to the phone; nobody says why."""
    for person in (0, 1):
        for day in rng.choice(life.grid.days, size=int(rng.integers(most + 1)), replace=False):
            life.keen[person, _days(life, float(day), 1.0)] *= rng.uniform(0.15, 0.5)


def weekends_together(rng: np.random.Generator, life: Life, most: int) -> None:
    """Friday evening to Sunday evening in one place: both write little. Never around an episode."""
    first = (4 - life.grid.first_day.weekday()) % 7
    fridays = [d for d in range(first, life.grid.days - 3, 7) if not _near_episode(life, d - 1.0, d + 4.0)]
    for friday in rng.permutation(fridays)[: int(rng.integers(most + 1))]:
        _together(rng, life, float(friday) + 0.75, 2.1, "weekend")


def holidays(rng: np.random.Generator, life: Life, most: int) -> None:
    """Four to nine days away together: next to no messages from either."""
    for day in _free_days(rng, life, int(rng.integers(most + 1))):
        _together(rng, life, day, float(rng.integers(4, 10)), "holiday")


def absences(rng: np.random.Generator, life: Life, most: int) -> None:
    """Three to eight days away for a reason outside the couple, always announced."""
    for day in _free_days(rng, life, int(rng.integers(1, most + 1))):
        person = int(rng.integers(2))
        life.keen[person, _days(life, day, float(rng.integers(3, 9)))] *= rng.uniform(0.05, 0.35)
        life.notes.append(Note(person, life.grid.at(day), "outside", before=True))


def broken_phones(rng: np.random.Generator, life: Life, most: int) -> None:
    """One to three days of nothing at all from one person, explained afterwards."""
    for day in _free_days(rng, life, int(rng.integers(most + 1))):
        person, start, length = int(rng.integers(2)), day + rng.random(), rng.uniform(1.0, 3.0)
        life.keen[person, _days(life, start, length)] = 0.0
        life.notes.append(Note(person, life.grid.at(start + length), "phone_broken", before=False))


def _together(rng: np.random.Generator, life: Life, day: float, length: float, kind: str) -> None:
    life.keen[:, _days(life, day, length)] *= rng.uniform(0.03, 0.2)
    if rng.random() < 0.7:
        life.notes.append(Note(int(rng.integers(2)), life.grid.at(day), kind, before=True))


def _days(life: Life, day: float, length: float) -> slice:
    return life.between(life.grid.at(day), life.grid.at(day + length))


def _free_days(rng: np.random.Generator, life: Life, count: int) -> list[float]:
    """Up to `count` days, away from the record's ends and from what else lasts; they are then taken."""
    found: list[float] = []
    for day in rng.permutation(np.arange(3, max(4, life.grid.days - 10))):
        if len(found) == count:
            break
        if all(abs(day - other) >= APART_DAYS for other in life.taken):
            life.taken.append(float(day))
            found.append(float(day))
    return found


def _near_episode(life: Life, first: float, last: float) -> bool:
    lo, hi = life.grid.at(max(first, 0.0)), life.grid.at(last)
    return any(start < hi and (end is None or end > lo) for _, start, end, _ in life.episodes)
