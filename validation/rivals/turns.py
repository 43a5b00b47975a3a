"""Couples who take turns: starts, answers with a chance, waits, and bursts, with light or heavy tails.

Two families. `light`: starts are Poisson along the day curve, waits log-normal, bursts geometric. `heavy`: starts are a
renewal process with Pareto gaps in a clock that runs with the day curve, and waits, pauses and bursts are Pareto, cut
off (Wu et al. 2010, Stouffer et al. 2005 on the shape of waits); nothing in it is exponential.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .life import Life
from .week import ASLEEP_BELOW, BIN, BINS_PER_DAY, Floats

Tails = Literal["light", "heavy"]
Pair = tuple[float, float]

#: A conversation that has gone on this long ends; it only bounds the rare pair that answers nearly everything.
MOST_TURNS = 300
#: Drawn up to this, chance takes the ratio of the two message counts to about three to one.
LEAN = 2.4
HEAVY_MOST = 25.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How the two usually write: per person, starts a day, chance of answering, messages in a burst, chance of
    writing again unanswered, and seconds of the typical wait before an answer and pause within a burst."""

    tails: Tails
    starts: Pair
    answers: Pair
    burst: Pair
    again: Pair
    wait: Pair
    pause: Pair


def habits_of(rng: np.random.Generator, per_day: float, tails: Tails) -> Habits:
    """Habits that make about `per_day` messages a day, up to about three to one between the two."""
    length = per_day / (rng.uniform(0.6, 1.1) * np.sqrt(per_day))
    lean = np.exp(0.5 * rng.uniform(-np.log(LEAN), np.log(LEAN)))
    burst = np.clip(rng.uniform(1.15, 2.4) * np.array([lean, 1 / lean]), 1.05, max(1.1, 0.55 * length))
    again = np.array([0.05, 0.05]) + 0.4 * rng.random(2) * (rng.random(2) < 0.3)
    answers = np.clip(1 - burst.mean() / length + rng.normal(0, 0.05, 2), 0.35, 0.94)
    share = 1 / (1 + np.exp(-rng.normal(np.log(lean), 0.3)))
    made = _messages_per_start(burst, answers, again)
    starts = per_day / (share * made[0] + (1 - share) * made[1])
    wait, pause = rng.uniform(60, 900, 2), rng.uniform(10, 45, 2)
    return Habits(
        tails,
        (float(starts * share), float(starts * (1 - share))),
        _pair(answers),
        _pair(burst),
        _pair(again),
        _pair(wait),
        _pair(pause),
    )


def _messages_per_start(burst: Floats, answers: Floats, again: Floats) -> Floats:
    """N_k = m_k + p_j N_j + (1 − p_j) q_k N_k: what one start of k leads to, in messages."""
    p0, p1 = answers
    system = np.array([[1 - (1 - p1) * again[0], -p1], [-p0, 1 - (1 - p0) * again[1]]])
    made: Floats = np.linalg.solve(system, burst)
    return made


def _pair(values: Floats) -> Pair:
    return float(values[0]), float(values[1])


def converse(rng: np.random.Generator, habits: Habits, ready: Floats, life: Life) -> tuple[Floats, NDArray[np.int8]]:
    """Message times and writers. `ready` (2, bins) is each person's readiness with mean 1."""
    times: list[float] = []
    people: list[int] = []
    talk = _Talk(rng, habits, ready, life)
    for person in (0, 1):
        level = ready[person] * life.keen[person] * life.eager[person] * np.exp(life.mood[person])
        for start in _starts(rng, habits.tails, habits.starts[person], level, life.grid.start):
            for at, writer in talk.after(float(start), person):
                times.append(at)
                people.append(writer)
    order = np.argsort(times, kind="stable")
    return np.array(times)[order], np.array(people, dtype=np.int8)[order]


def _starts(rng: np.random.Generator, tails: Tails, per_day: float, level: Floats, origin: float) -> Floats:
    if tails == "light":
        counts = rng.poisson(per_day / BINS_PER_DAY * level)
        bins = np.repeat(np.arange(len(level)), counts)
        light: Floats = origin + BIN * (bins + rng.random(len(bins)))
        return light
    clock = np.concatenate([[0.0], np.cumsum(level) / BINS_PER_DAY])
    shape = rng.uniform(1.5, 2.2)
    size = int(3 * per_day * clock[-1]) + 50
    relative = np.minimum(1 + rng.pareto(shape, size), HEAVY_MOST)
    gaps = relative / _mean_cut_pareto(shape, HEAVY_MOST) / per_day
    reached = np.cumsum(gaps)
    heavy: Floats = origin + BIN * np.interp(reached[reached < clock[-1]], clock, np.arange(len(clock)))
    return heavy


def _mean_cut_pareto(shape: float, most: float) -> float:
    """Mean of min(X, most) for a Pareto X on [1, ∞)."""
    return float((shape - most ** (1 - shape)) / (shape - 1))


class _Talk:
    """One conversation after another, drawn message by message."""

    def __init__(self, rng: np.random.Generator, habits: Habits, ready: Floats, life: Life) -> None:
        self.rng, self.habits = rng, habits
        self.origin, self.end = life.grid.start, life.grid.end
        odds = np.array(habits.answers) / (1 - np.array(habits.answers))
        swayed = odds[:, None] * np.exp(life.mood)
        self.answers = (life.keen * swayed / (1 + swayed)).tolist()
        self.again = ((np.array(habits.again)[:, None] + life.nudge) * life.keen).tolist()
        self.wakes = [_next_awake(r).tolist() for r in ready]

    def after(self, at: float, person: int) -> Iterator[tuple[float, int]]:
        """The messages of the conversation that `person` starts at `at`."""
        for _ in range(MOST_TURNS):
            for _ in range(self._burst(person)):
                if at >= self.end:
                    return
                yield at, person
                last, at = at, at + self._pause(person)
            other = 1 - person
            answered = self._attend(last + self._wait(other), other)
            if answered < self.end and self.rng.random() < self.answers[other][self._bin(answered)]:
                at, person = answered, other
                continue
            at = self._attend(last + 20 * self._wait(person), person)
            if at >= self.end or self.rng.random() >= self.again[person][self._bin(at)]:
                return

    def _bin(self, at: float) -> int:
        return int((at - self.origin) / BIN)

    def _attend(self, at: float, person: int) -> float:
        """The moment itself when awake, else some time after waking."""
        if at >= self.end:
            return at
        here = self._bin(at)
        wakes: int = self.wakes[person][here]
        return at if wakes == here else self.origin + wakes * BIN + self._wait(person)

    def _burst(self, person: int) -> int:
        mean = self.habits.burst[person]
        if self.habits.tails == "light":
            return int(self.rng.geometric(1 / mean))
        return int(min(40.0, 1 + (mean - 1) * 1.5 * self.rng.pareto(2.0) + self.rng.random() * 0.5))

    def _pause(self, person: int) -> float:
        typical = self.habits.pause[person]
        if self.habits.tails == "light":
            return float(typical * np.exp(0.9 * self.rng.standard_normal()))
        return float(min(1200.0, 0.4 * typical * (1 + self.rng.pareto(1.2))))

    def _wait(self, person: int) -> float:
        typical = self.habits.wait[person]
        if self.habits.tails == "light":
            return float(typical * np.exp(1.2 * self.rng.standard_normal()))
        return float(min(100_000.0, 0.45 * typical * (1 + self.rng.pareto(0.9))))


def _next_awake(ready: Floats) -> NDArray[np.int64]:
    """For each bin the first bin from it on in which the person is awake; one past the record if none."""
    n = len(ready)
    here = np.where(ready >= ASLEEP_BELOW, np.arange(n), n)
    following: NDArray[np.int64] = np.minimum.accumulate(here[::-1])[::-1]
    return following
