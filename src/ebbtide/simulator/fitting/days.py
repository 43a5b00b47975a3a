"""A record by the day: what each person did, what was to be expected at their usual, and which days tell anything.

This is the meeting point of a real record and a made-up couple. From a real one come the turns a person began, given
the opportunity, and those expected (models/engagement.py); from a couple of the dyad the same numbers drawn around
what its states make likely. All later summaries see nothing but these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ebbtide.models.engagement import Engagement
from ebbtide.signals.stream import Stream
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.integrate import euler
from ebbtide.simulator.systems.system import Floats, Values

#: Steps of three hours follow the plausible rates (at most 2 a day) well enough, and cost a third of hourly ones.
STEP, A_DAY = 1 / 8, 8
#: Days run before the record begins, so that it may begin anywhere.
BEFORE = 40
DISTANCE, REACHING, CLOSENESS = slice(2, 4), slice(4, 6), 14
#: Turns expected a day, and how much of a mood is left the day after.
LEAST_TURNS, MOST_TURNS, CARRY = 1.5, 40.0, 0.6
#: No more than this many times the usual is written on any day.
MOST = 20.0


@dataclass(frozen=True, slots=True)
class Days:
    """Counts of `made` and `expected` turns and whether a day is `known`, each (2, days, couples)."""

    made: Floats
    expected: Floats
    known: npt.NDArray[np.bool_]

    @property
    def count(self) -> int:
        """How many days."""
        return int(self.made.shape[1])

    def latest(self, most: int) -> Days:
        """The last days, so many at most."""
        return Days(self.made[:, -most:], self.expected[:, -most:], self.known[:, -most:])


def of_record(stream: Stream, engagement: Engagement, most: int) -> Days:
    """The last days of a real record; absences together, and days with hardly any data, tell nothing."""
    seen = np.stack([p.seen.starts + p.seen.answers for p in engagement.people])
    usual = np.stack([p.usual.starts + p.usual.answers for p in engagement.people])
    known = np.broadcast_to((stream.covered > 0.5) & (engagement.absent < 0.5), seen.shape)
    return Days(seen[..., None], usual[..., None], known[..., None]).latest(most)


def levels(p: Values, rows: Floats) -> Floats:
    """What each does as a share of the usual, by the distance and reaching of rows (…, states, couples)."""
    level = np.exp(-p["quieter"] * rows[..., DISTANCE, :] + rows[..., REACHING, :])
    return np.asarray(np.minimum(level, MOST), dtype=np.float64)


def lived(p: Values, start: Floats, days: int, rng: np.random.Generator) -> Floats:
    """States by the half day (2·days, states, couples) of couples that go on from a start (states, couples)."""
    noise = DYAD.noise(p) if DYAD.noise else np.zeros(15)
    rows = euler(DYAD.field(p), start, STEP, days * A_DAY, noise, rng, every=A_DAY // 2)
    return np.asarray(rows[1:])


def together(p: Values, couples: int, rng: np.random.Generator) -> Floats:
    """States (states, couples) of couples that have been together for a while."""
    return np.asarray(lived(p, started(p, couples), BEFORE, rng)[-1])


def started(p: Values, couples: int) -> Floats:
    """The starting states of many couples: (states, couples)."""
    said: Mapping[str, float] = DYAD.begin(p) if DYAD.begin else {}
    return np.stack([np.broadcast_to(said.get(s.name, s.start), (couples,)) for s in DYAD.states]).astype(np.float64)


def written(p: Values, rows: Floats, rng: np.random.Generator, usual: Floats | None = None) -> Days:
    """What couples with these states (2·days, states, couples) write by the day, with the habits among `p`.

    How many turns a day are expected of each is drawn, unless the `usual` of a record is given (2, days, 1).
    """
    days, couples = len(rows) // 2, rows.shape[2]
    level = levels(p, rows).reshape(days, 2, 2, couples).mean(axis=1).transpose(1, 0, 2)
    drawn = np.exp(rng.uniform(np.log(LEAST_TURNS), np.log(MOST_TURNS), (2, 1, couples))) if usual is None else usual
    expected = np.array(np.broadcast_to(drawn, level.shape))
    shape, regular = (np.stack([p[f"{name}_a"], p[f"{name}_b"]])[:, None] for name in ("steady", "regular"))
    mood = moods(np.stack([p["mood_a"], p["mood_b"], p["mood_both"]]), days, rng)
    rate = expected * level * np.exp(mood[:2] + mood[2]) * rng.gamma(np.broadcast_to(shape, level.shape)) / shape
    # Answers take turns, so that counts vary less than by chance alone; a gamma law has any variance.
    made = rng.gamma(rate / regular) * regular
    return Days(made, expected, np.ones(level.shape, bool))


def moods(spread: Floats, days: int, rng: np.random.Generator) -> Floats:
    """Moods that last (kinds, days, couples) of so large a spread (kinds, couples), 1 on average as a factor."""
    steps = rng.standard_normal((len(spread), days, spread.shape[1]))
    steps[:, 1:] *= np.sqrt(1 - CARRY**2)
    for day in range(1, days):
        steps[:, day] += CARRY * steps[:, day - 1]
    return np.asarray(steps * spread[:, None] - spread[:, None] ** 2 / 2)
