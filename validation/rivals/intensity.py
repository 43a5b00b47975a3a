"""Couples whose every message is drawn from a log-linear intensity, on a grid of three minutes (models.md A).

    log λ_k = h_k(hour of week) + s_k(day) + s(day) + own and partner excitation (20 min, 3 h) + b·1[other spoke last]
              − δ_k log(time since own last) + θ_k log(1 + U_j) + φ_k M_j + log(1 − depth)

U_j counts j's turns since k last spoke. M_j = log of expected over written messages of j, both decaying with two days,
cut to 0–2, where expected is j's intensity at the usual level: without s, θ, φ and any episode.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp, log, log1p

import numpy as np
from numpy.typing import NDArray

from .life import Life
from .week import BIN, DAY, Floats

STEP = 180.0
TURN = 3600.0
MEMORY = 2 * DAY
PILOT_DAYS = 14
#: Drawn up to this, chance takes the ratio of the two message counts to about three to one.
LEAN = 2.4


@dataclass(frozen=True, slots=True)
class Rules:
    """The coefficients of both people; every tuple is (person 0, person 1). `base` is log messages per step."""

    base: tuple[float, float]
    own: tuple[tuple[float, float], tuple[float, float]]
    other: tuple[tuple[float, float], tuple[float, float]]
    unanswered: tuple[float, float]
    fading: tuple[float, float]
    theta: tuple[float, float]
    phi: tuple[float, float]


def rules_of(rng: np.random.Generator, per_day: float) -> Rules:
    """Coefficients at random: a third of couples have no effect at all, else each effect is there half the time."""
    lean = float(np.exp(0.5 * rng.uniform(-np.log(LEAN), np.log(LEAN))))
    none = rng.random() < 1 / 3

    def effect(sign: float) -> float:
        return 0.0 if none or rng.random() < 0.5 else float(sign * rng.uniform(0.2, 0.6))

    def two(lo: float, hi: float) -> tuple[float, float]:
        return float(rng.uniform(lo, hi)), float(rng.uniform(lo, hi))

    per_step = per_day * STEP / DAY / (lean + 1 / lean)
    return Rules(
        base=(log(per_step * lean), log(per_step / lean)),
        own=((two(0.1, 0.25)[0], 0.08), (two(0.1, 0.25)[0], 0.08)),
        other=((two(0.25, 0.45)[0], 0.1), (two(0.25, 0.45)[0], 0.1)),
        unanswered=two(0.2, 0.7),
        fading=two(0.15, 0.3),
        theta=(effect(-1), effect(-1)),
        phi=(effect(1), effect(1)),
    )


def levels(rng: np.random.Generator, days: int) -> Floats:
    """Slow levels (2, days): each person's own (sd 0.25) plus one they share (sd 0.2), four days of memory."""
    keep = np.exp(-1 / 4)
    path = np.empty((3, days))
    path[:, 0] = rng.standard_normal(3)
    for i in range(1, days):
        path[:, i] = keep * path[:, i - 1] + np.sqrt(1 - keep**2) * rng.standard_normal(3)
    level: Floats = 0.25 * path[:2] + 0.2 * path[2]
    return level


def calibrated(rng: np.random.Generator, rules: Rules, ready: Floats) -> Rules:
    """The same rules with `base` moved until short runs make about the messages first asked of it."""
    wanted = np.exp(np.array(rules.base)) * DAY / STEP
    n = int(PILOT_DAYS * DAY / BIN)
    flat = np.zeros((2, n))
    usual = replace(rules, base=(rules.base[0] - 0.5, rules.base[1] - 0.5))
    for _ in range(4):
        _, people = run(rng, usual, ready[:, :n], flat)
        made = (np.bincount(people, minlength=2) + 1) / PILOT_DAYS
        shift = 0.55 * np.log(wanted / made)
        usual = replace(usual, base=(usual.base[0] + float(shift[0]), usual.base[1] + float(shift[1])))
    return usual


def dwell(rng: np.random.Generator, rules: Rules, ready: Floats, life: Life) -> tuple[Floats, NDArray[np.int8]]:
    """Message times and writers of the whole record, slow levels and episodes included."""
    slow = levels(rng, life.grid.days + 1)
    day = np.clip((np.arange(len(life.grid.bins)) * BIN / DAY).astype(np.int64), 0, life.grid.days)
    extra = slow[:, day] + life.mood + np.log(life.keen * life.eager + 1e-9)
    times, people = run(rng, rules, ready, extra)
    return life.grid.start + times, people


def run(rng: np.random.Generator, rules: Rules, ready: Floats, extra: Floats) -> tuple[Floats, NDArray[np.int8]]:
    """Draw messages step by step; seconds from the start. `extra` (2, bins) is added to the log intensity.

    The intensity is held over a step; whether and how often a person writes in it is Poisson, when is uniform.
    """
    n = int(ready.shape[1] * BIN / STEP)
    bins = (np.arange(n) * STEP / BIN).astype(np.int64)
    usual = [(rules.base[k] + np.log(ready[k]))[bins].tolist() for k in (0, 1)]
    special = [extra[k][bins].tolist() for k in (0, 1)]
    chance = rng.random((2, n)).tolist()
    dyad = _Dyad(rules)
    times: list[float] = []
    people: list[int] = []
    for step in range(n):
        at = step * STEP
        dyad.decay()
        written = [0, 0]
        for k, (plain, added) in enumerate(dyad.log_intensities(at)):
            expected = exp(min(usual[k][step] + plain, 1.8))
            dyad.expected[k] += expected
            mean = min(expected * exp(added + special[k][step]), 8.0)
            if chance[k][step] < 1 - exp(-mean):
                written[k] = 1 + _further(mean, chance[k][step])
        if written[0] or written[1]:
            drawn = sorted((at + STEP * float(rng.random()), k) for k in (0, 1) for _ in range(written[k]))
            for when, k in drawn:
                dyad.wrote(when, k)
                times.append(when)
                people.append(k)
    return np.array(times), np.array(people, dtype=np.int8)


def _further(mean: float, chance: float) -> int:
    """How many messages beyond the first: the Poisson count whose upper tail is `chance`, less one."""
    tail, term, count = 1 - exp(-mean), exp(-mean), 0
    while count < 12:
        term *= mean / (count + 1)
        tail -= term
        if chance >= tail:
            return count
        count += 1
    return count


class _Dyad:
    """What the two remember of the past: excitation, who spoke last, unanswered turns, written against expected."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.quick, self.slow = [0.0, 0.0], [0.0, 0.0]
        self.last = [-6 * TURN, -6 * TURN]
        self.spoke_last = -1
        self.turns = [0, 0]
        self.written, self.expected = [0.0, 0.0], [0.0, 0.0]
        self.rates = exp(-STEP / 1200), exp(-STEP / 10_800), exp(-STEP / MEMORY)

    def decay(self) -> None:
        """One step passes."""
        fast, slow, memory = self.rates
        for k in (0, 1):
            self.quick[k] *= fast
            self.slow[k] *= slow
            self.written[k] *= memory
            self.expected[k] *= memory

    def log_intensities(self, at: float) -> list[tuple[float, float]]:
        """Per person: excitation, turn and time since own last; and the effects θ and φ."""
        rules = self.rules
        heat = [(log1p(self.quick[k]), log1p(self.slow[k])) for k in (0, 1)]
        found = []
        for k in (0, 1):
            j = 1 - k
            since = min(max(at - self.last[k], 300.0), 48 * TURN)
            plain = (
                rules.own[k][0] * heat[k][0]
                + rules.own[k][1] * heat[k][1]
                + rules.other[k][0] * heat[j][0]
                + rules.other[k][1] * heat[j][1]
                + (rules.unanswered[k] if self.spoke_last == j else 0.0)
                - rules.fading[k] * log(since / TURN)
            )
            found.append((plain, rules.theta[k] * log1p(self.turns[j]) + rules.phi[k] * self.fallen(j)))
        return found

    def fallen(self, person: int) -> float:
        """M: how far `person` is below what was to be expected, 0–2."""
        below = (self.expected[person] + 1) / (self.written[person] + 1)
        return min(max(log(below), 0.0), 2.0) if below > 1 else 0.0

    def wrote(self, at: float, person: int) -> None:
        """`person` writes: a new turn unless it continues their own of the last hour."""
        if self.spoke_last != person or at - self.last[person] >= TURN:
            self.turns[person] += 1
        self.turns[1 - person] = 0
        self.quick[person] += 1
        self.slow[person] += 1
        self.written[person] += 1
        self.last[person], self.spoke_last = at, person
