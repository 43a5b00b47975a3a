"""Exact inference in the product of two persons' engagement chains, with a joint state for shared absence.

Each person is engaged at one of several moods, or withdrawn at one of several depths for at least three days. The two
chains move independently, so a step costs two small matrix products; a shared absence, short (a weekend together) or
long (a holiday), is a further state of the couple. All arrays are probabilities, scaled per day.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.stream import Floats, Ints

MINIMUM_STAY = 3


#: The chance per day that an engaged person is taken up by something for a day, and of another such day after it.
BUSY_ENTRY, BUSY_STAY = 0.02, 0.3


@dataclass(frozen=True, slots=True)
class Shape:
    """The states of one person.

    Engaged at log levels `moods`, or at shares `busy` on days taken up by something; withdrawn at `shares`.
    """

    moods: Floats
    shares: Floats
    busy: Floats = field(default_factory=lambda: np.zeros(0))

    @property
    def levels(self) -> Floats:
        """What an engaged person does over the usual, state by state."""
        return np.concatenate([np.exp(self.moods), self.busy])

    @property
    def engaged(self) -> int:
        """How many engaged states there are; they come first."""
        return self.moods.size + self.busy.size

    @property
    def size(self) -> int:
        """How many states there are in all."""
        return self.engaged + self.shares.size * MINIMUM_STAY

    def spread(self, engaged: Floats, withdrawn: Floats) -> Floats:
        """Values per mood and per share laid out over all states, along the last axis."""
        return np.concatenate([engaged, np.repeat(withdrawn, MINIMUM_STAY, axis=-1)], axis=-1)


@dataclass(frozen=True, slots=True)
class Transitions:
    """How a person moves from day to day: the matrix (S, S) and the distribution before the first day (S,)."""

    step: Floats
    start: Floats


def mood_grid(spread: float, count: int = 7) -> Floats:
    """Log levels covering ± 2 standard deviations of a day's mood."""
    return np.asarray(np.linspace(-2.0, 2.0, count) * spread)


def mood_steps(persistence: float, count: int = 7) -> Floats:
    """Transition matrix of a discretised first-order autoregression on the standardised mood grid."""
    z = np.linspace(-2.0, 2.0, count)
    sd = np.sqrt(1 - persistence**2)
    weight = np.exp(-0.5 * ((z[None, :] - persistence * z[:, None]) / sd) ** 2)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def engaged_steps(shape: Shape, persistence: float) -> Floats:
    """Moves between engaged states: moods that wander, left now and then for a busy day."""
    moods, count, busy = mood_steps(persistence, shape.moods.size), shape.moods.size, shape.busy.size
    step = np.zeros((count + busy, count + busy))
    step[:count, :count] = moods * (1 - BUSY_ENTRY if busy else 1)
    step[:count, count:] = BUSY_ENTRY / max(busy, 1)
    step[count:, :count] = (1 - BUSY_STAY) * stationary(moods)
    step[count:, count:] = np.eye(busy) * BUSY_STAY
    return step


def transitions(shape: Shape, persistence: float, entry: float, stay: float) -> Transitions:
    """Moves of one person.

    `entry` is the chance per day that an engaged person withdraws; `stay` the chance to go on once the minimum stay
    is over. Depths are equally likely beforehand and fixed for an episode.
    """
    m, j = shape.engaged, shape.shares.size
    moods = engaged_steps(shape, persistence)
    resting = stationary(moods)
    step = np.zeros((shape.size, shape.size))
    step[:m, :m] = moods * (1 - entry)
    for depth in range(j):
        first = m + depth * MINIMUM_STAY
        last = first + MINIMUM_STAY - 1
        step[:m, first] = entry / j
        for s in range(first, last):
            step[s, s + 1] = 1.0
        step[last, last] = stay
        step[last, :m] = (1 - stay) * resting
    start = np.zeros(shape.size)
    start[:m] = resting * (1 - 5 * entry)
    start[m + MINIMUM_STAY - 1 :: MINIMUM_STAY] = 5 * entry / j
    return Transitions(step, start)


def stationary(step: Floats) -> Floats:
    """The long-run distribution of a small ergodic chain."""
    power = np.linalg.matrix_power(step, 64)
    return np.asarray(power.mean(axis=0))


@dataclass(frozen=True, slots=True)
class Absence:
    """Kinds of shared absence: the chance per day to begin each (D, K) and to go on with it (K,)."""

    entry: Floats
    stay: Floats


@dataclass(frozen=True, slots=True)
class Couple:
    """How two persons and their shared absences move from day to day. `engaged` counts each one's engaged states."""

    a: Transitions
    b: Transitions
    absence: Absence
    engaged: tuple[int, int]

    @property
    def resting(self) -> Floats:
        """Distribution over both persons' states on the first day after an absence together (Sa, Sb)."""
        return np.outer(resting(self.a, self.engaged[0]), resting(self.b, self.engaged[1]))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Log likelihood of each day under the states of each person, and under shared absence.

    `a` (D, Sa), `b` (D, Sb); `a_eased`, `b_eased` are the engaged columns when the other is withdrawn (D, M);
    `absent` (D,).
    """

    a: Floats
    b: Floats
    a_eased: Floats
    b_eased: Floats
    absent: Floats


@dataclass(frozen=True, slots=True)
class Smoothed:
    """What the chain says given all days, and given only the days up to each.

    `joint` (D, Sa, Sb) and `absent` (D, K) are posterior probabilities; `filtered` (D, Sa, Sb) and
    `filtered_absent` (D, K) use no later day; `log_likelihood` is of the whole record.
    """

    joint: Floats
    absent: Floats
    filtered: Floats
    filtered_absent: Floats
    log_likelihood: float


def joint_likelihood(evidence: Evidence, engaged: tuple[int, int]) -> tuple[Floats, Floats, Floats]:
    """Scaled likelihoods: the (D, Sa, Sb) table, the (D,) of shared absence, and the (D,) log scale taken out."""
    ma, mb = engaged
    table = evidence.a[:, :, None] + evidence.b[:, None, :]
    table[:, ma:, :mb] += (evidence.b_eased - evidence.b[:, :mb])[:, None, :]
    table[:, :ma, mb:] += (evidence.a_eased - evidence.a[:, :ma])[:, :, None]
    scale = np.maximum(table.max(axis=(1, 2)), evidence.absent)
    return np.exp(table - scale[:, None, None]), np.exp(evidence.absent - scale), scale


def smooth(evidence: Evidence, couple: Couple) -> Smoothed:
    """Forward and backward passes over the days."""
    like, like_absent, scale = joint_likelihood(evidence, couple.engaged)
    days, kinds = like.shape[0], couple.absence.stay.size
    rest = couple.resting
    filtered, filtered_absent = np.empty_like(like), np.empty((days, kinds))
    total = float(scale.sum())
    table, absent = np.outer(couple.a.start, couple.b.start), np.zeros(kinds)
    for d in range(days):
        if d:
            table, absent = forward(table, absent, couple, d, rest)
        table, absent = table * like[d], absent * like_absent[d]
        norm = table.sum() + absent.sum()
        table, absent = table / norm, absent / norm
        total += float(np.log(norm))
        filtered[d], filtered_absent[d] = table, absent
    joint, out_absent = np.empty_like(like), np.empty((days, kinds))
    back, back_absent = np.ones_like(rest), np.ones(kinds)
    for d in range(days - 1, -1, -1):
        table, absent = filtered[d] * back, filtered_absent[d] * back_absent
        norm = table.sum() + absent.sum()
        joint[d], out_absent[d] = table / norm, absent / norm
        back, back_absent = backward(back * like[d], back_absent * like_absent[d], couple, d, rest)
        high = max(float(back.max()), float(back_absent.max()))
        back, back_absent = back / high, back_absent / high
    return Smoothed(joint, out_absent, filtered, filtered_absent, total)


def resting(moves: Transitions, engaged: int) -> Floats:
    """Distribution over one person's states on the first day back: engaged, at any mood."""
    full = np.zeros(moves.start.size)
    full[:engaged] = moves.start[:engaged] / moves.start[:engaged].sum()
    return full


def forward(table: Floats, absent: Floats, couple: Couple, d: int, rest: Floats) -> tuple[Floats, Floats]:
    """One day ahead: both engaged may become absent together, absence ends in both engaged."""
    ma, mb = couple.engaged
    entry, stay = couple.absence.entry[d], couple.absence.stay
    calm = table[:ma, :mb].sum()
    stayed = table.copy()
    stayed[:ma, :mb] *= 1 - entry.sum()
    ahead = couple.a.step.T @ stayed @ couple.b.step + float((absent * (1 - stay)).sum()) * rest
    return ahead, calm * entry + absent * stay


def backward(ahead: Floats, ahead_absent: Floats, couple: Couple, d: int, rest: Floats) -> tuple[Floats, Floats]:
    """The same step as `forward`, seen from the day after (day `d`)."""
    ma, mb = couple.engaged
    entry, stay = couple.absence.entry[d], couple.absence.stay
    back = couple.a.step @ ahead @ couple.b.step.T
    back[:ma, :mb] = (1 - entry.sum()) * back[:ma, :mb] + float((entry * ahead_absent).sum())
    return back, stay * ahead_absent + (1 - stay) * float((rest * ahead).sum())


def sample(smoothed: Smoothed, couple: Couple, count: int, seed: int) -> tuple[Ints, Ints]:
    """Draw whole histories from the posterior: per draw and day the state of each person, −1 for shared absence."""
    rng = np.random.default_rng(seed)
    days, sa, sb = smoothed.filtered.shape
    kinds = couple.absence.stay.size
    rest = couple.resting
    calm = np.zeros((sa, sb), bool)
    calm[: couple.engaged[0], : couple.engaged[1]] = True
    states = np.empty((count, days), np.int64)
    for d in range(days - 1, -1, -1):
        weight = np.concatenate([smoothed.filtered[d].ravel(), smoothed.filtered_absent[d]])
        if d == days - 1:
            ladder = np.cumsum(weight)
            states[:, d] = np.searchsorted(ladder, rng.random(count) * ladder[-1])
            continue
        # Few distinct states occur among the draws of one day, so each distinct one is worked out once.
        after, which = np.unique(states[:, d + 1], return_inverse=True)
        moves = np.stack([weight * leading_to(int(s), couple, d + 1, rest, calm, kinds) for s in after])
        ladders = np.cumsum(moves, axis=1)
        drawn = rng.random(count)
        for i, ladder in enumerate(ladders):
            mine = which == i
            states[mine, d] = np.searchsorted(ladder, drawn[mine] * ladder[-1])
    away = states >= sa * sb
    return np.where(away, -1, states // sb), np.where(away, -1, states % sb)


def leading_to(state: int, couple: Couple, d: int, rest: Floats, calm: NDArray[np.bool_], kinds: int) -> Floats:
    """Chance of every state of the day before to lead to `state` on day `d`, flat, absences last."""
    sa, sb = rest.shape
    entry, stay = couple.absence.entry[d], couple.absence.stay
    if state >= sa * sb:
        kind = state - sa * sb
        return np.concatenate([np.where(calm, entry[kind], 0.0).ravel(), np.where(np.arange(kinds) == kind, stay, 0.0)])
    i, j = divmod(state, sb)
    move = np.outer(couple.a.step[:, i], couple.b.step[:, j])
    move = np.where(calm, move * (1 - entry.sum()), move)
    return np.concatenate([move.ravel(), (1 - stay) * rest[i, j]])
