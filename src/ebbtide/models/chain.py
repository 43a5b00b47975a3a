"""Exact inference in the product of two persons' engagement chains, with a joint state for shared absence.

Each person is engaged at one of several moods, or withdrawn at one of several depths for at least three days. How a
person moves depends only on whether the other was withdrawn the day before, so a step costs a few small matrix
products; shared absences, short (a weekend together) or long (a holiday), are further states of the couple. All arrays
are probabilities, scaled per day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.stream import Floats, Ints

MINIMUM_STAY = 3
#: The chance per day that an engaged person is taken up by something for a day, and of another such day after it.
BUSY_ENTRY, BUSY_STAY = 0.02, 0.3
#: The chance per day that someone beside a withdrawn person begins to react to it, and to go on with that.
REACT_ENTRY, REACT_STAY = 0.25, 0.97
#: The chance per day that a withdrawal, past its first days, goes over into the next deeper or milder share.
GLIDE = 0.05


@dataclass(frozen=True, slots=True)
class Shape:
    """The states of one person.

    Engaged at log levels `moods`, at shares `busy` on days taken up by something, or answering as ever while starting
    `reacting` times the usual because the other has withdrawn; withdrawn at `shares`.
    """

    moods: Floats
    shares: Floats
    busy: Floats = field(default_factory=lambda: np.zeros(0))
    reacting: Floats = field(default_factory=lambda: np.zeros(0))

    @property
    def starts(self) -> Floats:
        """What an engaged person starts over the usual, state by state."""
        return np.concatenate([np.exp(self.moods), self.busy, self.reacting])

    @property
    def answers(self) -> Floats:
        """What an engaged person answers over the usual, state by state."""
        return np.concatenate([np.exp(self.moods), self.busy, np.ones(self.reacting.size)])

    @property
    def engaged(self) -> int:
        """How many engaged states there are; they come first."""
        return self.moods.size + self.busy.size + self.reacting.size

    @property
    def size(self) -> int:
        """How many states there are in all."""
        return self.engaged + self.shares.size * MINIMUM_STAY

    def spread(self, engaged: Floats, withdrawn: Floats) -> Floats:
        """Values per engaged state and per share laid out over all states, along the last axis."""
        return np.concatenate([engaged, np.repeat(withdrawn, MINIMUM_STAY, axis=-1)], axis=-1)


@dataclass(frozen=True, slots=True)
class Transitions:
    """How a person moves from day to day.

    `step` (S, S) while the other is engaged, `beside` (S, S) while the other is withdrawn, and the distribution before
    the first day `start` (S,).
    """

    step: Floats
    beside: Floats
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


def engaged_steps(shape: Shape, persistence: float, *, beside: bool = False) -> Floats:
    """Moves between engaged states: moods that wander, left now and then for a busy day.

    `beside` someone withdrawn a person may begin to react, each way as likely, and then mostly goes on with it; with
    nothing to react to the moods take over again.
    """
    m, busy, react = shape.moods.size, shape.busy.size, shape.reacting.size
    moods = mood_steps(persistence, m)
    resting = stationary(moods)
    step = np.zeros((shape.engaged, shape.engaged))
    leave = (BUSY_ENTRY if busy else 0.0) + (REACT_ENTRY if beside and react else 0.0)
    step[:m, :m] = moods * (1 - leave)
    step[:m, m : m + busy] = BUSY_ENTRY / max(busy, 1)
    step[m : m + busy, :m] = (1 - BUSY_STAY) * resting
    step[m : m + busy, m : m + busy] = np.eye(busy) * BUSY_STAY
    stay = REACT_STAY if beside else 0.0
    step[m + busy :, :m] = (1 - stay) * resting
    step[m + busy :, m + busy :] = np.eye(react) * stay
    if beside:
        step[:m, m + busy :] = REACT_ENTRY / max(react, 1)
    return step


def transitions(shape: Shape, persistence: float, entry: float, stay: float) -> Transitions:
    """Moves of one person.

    `entry` is the chance per day that an engaged person withdraws; `stay` the chance to go on once the minimum stay
    is over. Depths are equally likely beforehand, and glide.
    """
    m, j = shape.engaged, shape.shares.size
    alone = engaged_steps(shape, persistence)
    resting = stationary(alone)
    step = person_steps(shape, alone, resting, entry, stay)
    beside = person_steps(shape, engaged_steps(shape, persistence, beside=True), resting, entry, stay)
    start = np.zeros(shape.size)
    start[:m] = resting * (1 - 5 * entry)
    start[m + MINIMUM_STAY - 1 :: MINIMUM_STAY] = 5 * entry / j
    return Transitions(step, beside, start)


def person_steps(shape: Shape, engaged: Floats, resting: Floats, entry: float, stay: float) -> Floats:
    """Moves between all states of one person, from those between the engaged ones."""
    m, j = shape.engaged, shape.shares.size
    step = np.zeros((shape.size, shape.size))
    step[:m, :m] = engaged * (1 - entry)
    for depth in range(j):
        first = m + depth * MINIMUM_STAY
        last = first + MINIMUM_STAY - 1
        step[:m, first] = entry / j
        for s in range(first, last):
            step[s, s + 1] = 1.0
        step[last, last] = stay
        near = [state for state in (last - MINIMUM_STAY, last + MINIMUM_STAY) if m <= state < shape.size]
        for state in near:
            step[last, state] = stay * GLIDE / len(near)
            step[last, last] -= step[last, state]
        step[last, :m] = (1 - stay) * resting
    return step


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
    """Log likelihood of each day under the states of each person, `a` (D, Sa) and `b` (D, Sb), and under each kind of
    shared absence, `absent` (D, K)."""

    a: Floats
    b: Floats
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


def joint_likelihood(evidence: Evidence) -> tuple[Floats, Floats, Floats]:
    """Scaled likelihoods: the (D, Sa, Sb) table, the (D, K) of shared absences, and the (D,) log scale taken out."""
    table = evidence.a[:, :, None] + evidence.b[:, None, :]
    scale = np.maximum(table.max(axis=(1, 2)), evidence.absent.max(axis=1))
    return np.exp(table - scale[:, None, None]), np.exp(evidence.absent - scale[:, None]), scale


def smooth(evidence: Evidence, couple: Couple) -> Smoothed:
    """Forward and backward passes over the days."""
    like, like_absent, scale = joint_likelihood(evidence)
    days, kinds = like_absent.shape
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


def blocks(couple: Couple) -> Iterator[tuple[slice, slice, Floats, Floats]]:
    """The four blocks of the couple's states by who is withdrawn: rows, columns, and the moves of a and b from there.

    Each moves by where the other was the day before, so that neither comes first.
    """
    here = [(slice(0, m), slice(m, None)) for m in couple.engaged]
    for rows, step_b in zip(here[0], (couple.b.step, couple.b.beside), strict=True):
        for columns, step_a in zip(here[1], (couple.a.step, couple.a.beside), strict=True):
            yield rows, columns, step_a[rows], step_b[columns]


def forward(table: Floats, absent: Floats, couple: Couple, d: int, rest: Floats) -> tuple[Floats, Floats]:
    """One day ahead: both engaged may become absent together, absence ends in both engaged."""
    ma, mb = couple.engaged
    entry, stay = couple.absence.entry[d], couple.absence.stay
    calm = table[:ma, :mb].sum()
    stayed = table.copy()
    stayed[:ma, :mb] *= 1 - entry.sum()
    ahead = float((absent * (1 - stay)).sum()) * rest
    for rows, columns, a, b in blocks(couple):
        ahead = ahead + a.T @ stayed[rows, columns] @ b
    return ahead, calm * entry + absent * stay


def backward(ahead: Floats, ahead_absent: Floats, couple: Couple, d: int, rest: Floats) -> tuple[Floats, Floats]:
    """The same step as `forward`, seen from the day after (day `d`)."""
    ma, mb = couple.engaged
    entry, stay = couple.absence.entry[d], couple.absence.stay
    back = np.empty_like(ahead)
    for rows, columns, a, b in blocks(couple):
        back[rows, columns] = a @ ahead @ b.T
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
        ladders = np.cumsum(weight * leading_to(after, couple, d + 1, rest, calm, kinds), axis=1)
        drawn = rng.random(count)
        for i, ladder in enumerate(ladders):
            mine = which == i
            states[mine, d] = np.searchsorted(ladder, drawn[mine] * ladder[-1])
    away = states >= sa * sb
    return np.where(away, -1, states // sb), np.where(away, -1, states % sb)


def leading_to(after: Ints, couple: Couple, d: int, rest: Floats, calm: NDArray[np.bool_], kinds: int) -> Floats:
    """Chance of every state of the day before to lead to each state `after` on day `d`: flat, absences last."""
    sa, sb = rest.shape
    entry, stay = couple.absence.entry[d], couple.absence.stay
    there = after < sa * sb
    chances = np.zeros((after.size, sa * sb + kinds))
    i, j = np.divmod(after[there], sb)
    move = np.empty((i.size, sa, sb))
    for rows, columns, a, b in blocks(couple):
        move[:, rows, columns] = a[:, i].T[:, :, None] * b[:, j].T[:, None, :]
    move[:, calm] *= 1 - entry.sum()
    chances[there] = np.concatenate([move.reshape(i.size, sa * sb), (1 - stay) * rest[i, j][:, None]], axis=1)
    for row in np.flatnonzero(~there):
        kind = after[row] - sa * sb
        chances[row, : sa * sb] = np.where(calm, entry[kind], 0.0).ravel()
        chances[row, sa * sb + kind] = stay[kind]
    return chances
