"""The schedule of a made-up couple: which episodes and decoys, of whom, and on which days."""

from __future__ import annotations

import numpy as np

from ebbtide.simulator.happenings import DECOYS, EpisodePlan, Happening, episode
from ebbtide.simulator.kinds import Kind, Withdrawing
from ebbtide.simulator.spells import Calendar
from ebbtide.simulator.truth import DecoyKind, Reaction, Warmth

SETTLING_DAYS = 16  # without any episode at the beginning, so that there is a usual to compare with
EPISODE_REST = 9  # least days between two episodes
DECOY_REST = 3  # least days between a decoy and anything else


class Days:
    """The days of a record that are taken already."""

    def __init__(self, days: int) -> None:
        self.days = days
        self.taken = np.zeros(days, dtype=bool)

    def place(self, length: int, rest: int, first: int, rng: np.random.Generator) -> int | None:
        """Take `length` free days with `rest` free days around them, at random; None if there is no room."""
        latest = self.days - length - rest
        for _ in range(60 if latest > first else 0):
            day = int(rng.integers(first, latest))
            if not self.taken[max(0, day - rest) : day + length + rest].any():
                self.take(day, length)
                return day
        return None

    def take(self, day: int, length: int) -> None:
        """Mark days as taken."""
        self.taken[day : day + length] = True


def draw_happenings(kind: Kind, calendar: Calendar, over: float, rng: np.random.Generator) -> tuple[Happening, ...]:
    """Everything that happens to a couple in the record, in order of time."""
    days = Days(calendar.days)
    found = draw_episodes(kind, calendar, over, days, rng)
    placeable = sorted((n for n in kind.decoys if n in DECOYS), key=lambda n: -DECOYS[n][2])
    for name in placeable:  # the longest first, while there is room
        found += draw_decoys(name, per_record(kind.decoys[name], calendar.days, rng), calendar, days, rng)
    return tuple(sorted(found, key=lambda h: h.truth.start))


def per_record(span: tuple[int, int], days: int, rng: np.random.Generator) -> int:
    """A number per 180 days, scaled to the length of the record."""
    number = int(rng.integers(span[0], span[1] + 1)) * days / 180
    return int(number) + bool(rng.random() < number % 1)


def draw_episodes(kind: Kind, calendar: Calendar, over: float, days: Days, rng: np.random.Generator) -> list[Happening]:
    """Episodes in free places; half the couples have edges at midnight, half at any hour of the day."""
    number = per_record(kind.episodes, calendar.days, rng)
    number = max(number, kind.episodes[0]) if kind.withdrawing == "swapped" else number
    midnight = bool(rng.random() < 0.5)
    running = bool(number and rng.random() < kind.running)
    slots: list[tuple[int, int | None]] = []
    if running:
        length = episode_days(kind, rng) + 1  # the last day is not a whole one
        day = max(SETTLING_DAYS, calendar.days - length)
        days.take(day, calendar.days - day)
        slots.append((day, None))
    for _ in range(number - running):
        length = episode_days(kind, rng)
        placed = days.place(length, EPISODE_REST, SETTLING_DAYS, rng)
        if placed is not None:
            slots.append((placed, length))
    people = who_withdraws(kind.withdrawing, len(slots), rng)
    plans = [
        draw_plan(kind, calendar, person, day, length, midnight, rng)
        for person, (day, length) in zip(people, sorted(slots, key=lambda s: s[0]), strict=True)
    ]
    return [episode(plan, calendar, over, rng) for plan in plans]


def episode_days(kind: Kind, rng: np.random.Generator) -> int:
    """Length of an episode in days: most last under a week or so, some up to the longest."""
    low, high = kind.length
    return int(min(high, low + rng.gamma(1.6, 3.0)))


def who_withdraws(withdrawing: Withdrawing, number: int, rng: np.random.Generator) -> list[int]:
    """The person of each episode in order of time."""
    first = int(rng.integers(2))
    if withdrawing == "same":
        return [first] * number
    if withdrawing == "swapped":
        return [first if i < number / 2 else 1 - first for i in range(number)]
    lean = rng.beta(0.7, 0.7)
    return [int(rng.random() < lean) for _ in range(number)]


def draw_plan(
    kind: Kind,
    calendar: Calendar,
    person: int,
    day: int,
    length: int | None,
    midnight: bool,
    rng: np.random.Generator,
) -> EpisodePlan:
    """Depth, words, the partner's reaction and the return of one episode."""
    low, high = kind.depth
    hours = (0.0, 0.0) if midnight else (rng.uniform(8, 22), rng.uniform(8, 22))
    warmth: Warmth = ("warm", "usual", "flat")[int(rng.choice(3, p=(0.45, 0.25, 0.3)))]
    owned = {"warm": 0.75, "usual": 0.3, "flat": 0.25}[warmth]
    names: list[Reaction] = list(kind.reactions)
    weights = np.array([kind.reactions[n] for n in names])
    acknowledged = bool(rng.random() < owned)
    return EpisodePlan(
        person=person,
        start=calendar.minute(day, hours[0]),
        end=None if length is None else calendar.minute(day + length, hours[1]),
        depth=float(low + (high - low) * rng.beta(2.0, 1.2)),
        said_so=bool(rng.random() < 0.4),
        reaction=names[int(rng.choice(len(names), p=weights / weights.sum()))],
        warmth=warmth,
        acknowledged=acknowledged,
        explained=bool(acknowledged and rng.random() < 0.55),
    )


def draw_decoys(
    name: DecoyKind, number: int, calendar: Calendar, days: Days, rng: np.random.Generator
) -> list[Happening]:
    """As many decoys of one kind as find room."""
    make, shortest, longest = DECOYS[name]
    found = []
    for _ in range(number):
        length = int(rng.integers(shortest, longest + 1))
        room = length + 6 if name == "weekend_together" else length
        day = days.place(room, DECOY_REST, 4, rng)
        if day is not None:
            found.append(make(calendar, int(rng.integers(2)), day, length, rng))
    return found
