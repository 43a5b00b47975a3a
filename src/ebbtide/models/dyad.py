"""Two hazards of writing fitted together: each person's own coefficients, and slow levels that may be shared.

The penalised log likelihood is concave. Newton steps eliminate the levels, whose part of the Hessian is banded, by a
Schur complement; what is left has the size of the coefficients. Everything is linear in the length of the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from scipy.linalg import block_diag, cho_solve_banded, cholesky_banded

from ebbtide.models.availability import CHUNK, Prior, circular, hats, smooth
from ebbtide.models.daycurve import banded_product
from ebbtide.models.slow import USUAL, Slow, estimate, precision
from ebbtide.signals.segments import Segments
from ebbtide.signals.stream import DAY, HOUR, Floats, Ints, Stream

#: Knots in seconds over log time since the own last message, and since the other's unanswered one.
OWN_KNOTS = np.log(np.array([20, 60, 180, 600, 1800, HOUR, 3 * HOUR, 8 * HOUR, DAY, 3 * DAY, 10 * DAY]))
DUE_KNOTS = np.log(np.array([20, 60, 180, 600, 1800, HOUR, 3 * HOUR, 8 * HOUR, DAY, 3 * DAY]))
HOURS, WEEKEND_HOURS = 24, 8
#: The last columns of a design: reaching and withdrawing of the other.
EFFECTS = 2
STEPS = 20
#: Gain in log likelihood below which a fit has converged, above the noise of single precision.
SLACK = 0.05
#: Days from which coefficients are first guessed.
GUESS_DAYS = 60
#: Longest step of any number on the log scale: beyond it the exponential runs away.
LONGEST = 2.0
#: Gain of a step below which the next one takes over its second derivatives.
SMALL = 20.0
#: Strengths of the parts of the prior that are learned (see `pieces`): to begin with, to be expected, and how many
#: numbers that expectation is worth. Couples whose curves need no bending lose power to curves that may bend freely.
FIRST_STRENGTH = np.array([2.0, 0.5, 2.0, 1.0])
USUAL_STRENGTH, STRENGTH_WORTH = np.array([30.0, 10.0, 30.0, 20.0]), 0.5
LEAST_STRENGTH, MOST_STRENGTH = 0.05, 1000.0
#: Rounds in which strengths are learned from one mode; change of a strength (log scale) below which it is not refitted.
STRENGTH_ROUNDS, SAME_STRENGTH = 30, 0.3


@dataclass(frozen=True, slots=True)
class Writer:
    """What one person did and what was known before: rows of the time line, in order.

    `rows` (m,) segments, `day` (m,) their local day, `x` (m, p) the design in single precision with the effects last,
    `y` (m,) whether the person wrote at the end, `offset` (m,) log hours.
    """

    person: int
    rows: Ints
    day: Ints
    x: Floats
    y: Floats
    offset: Floats


@dataclass(frozen=True, slots=True)
class Slopes:
    """First and second derivatives of one writer's log likelihood.

    `value`; by coefficient `beta` (p,) and negative Hessian `beta2` (p, p); by day `level` (D,) and `level2` (D,);
    mixed `mixed` (D, p).
    """

    value: float
    beta: Floats
    beta2: Floats
    level: Floats
    level2: Floats
    mixed: Floats


@dataclass(frozen=True, slots=True)
class Belief(Prior):
    """What is believed of either person's coefficients, with the `strength` (4,) of its learned parts."""

    strength: Floats


@dataclass(frozen=True, slots=True)
class DyadFit:
    """The mode of both persons' coefficients `beta` (2, p) and levels (D, 2), with the Hessian in pieces.

    `inverse` (2p, 2p) is the posterior covariance of the coefficients; `root` the banded Cholesky factor of the
    levels' Hessian; `mixed` (2D, 2p) the mixed part.
    """

    beta: Floats
    level: Floats
    slow: Slow
    value: float
    inverse: Floats
    root: Floats
    mixed: Floats
    slopes: tuple[Slopes, Slopes]
    belief: Belief


def writer(stream: Stream, at: Floats, cut: Segments, person: int) -> Writer:
    """One person's rows from the first own message on; the columns of the effects are left at 0."""
    own = at[stream.who == person]
    rows = np.flatnonzero(cut.seen & (cut.length > 0) & (cut.start >= own[0]) & (cut.start < stream.end))
    wrote = cut.final[rows] & (cut.next_who[rows] == person)
    offset = np.log(np.maximum(cut.length[rows], 1e-3) / HOUR)
    design: Floats = np.empty((rows.size, prior().mean.size), np.float32)
    for start in range(0, rows.size, CHUNK):
        part = slice(start, start + CHUNK)
        design[part] = columns(stream, cut, person, rows[part])
    return Writer(person, rows, stream.day_of(cut.start[rows]), design, wrote.astype(np.float64), offset)


def columns(stream: Stream, cut: Segments, person: int, rows: Ints) -> Floats:
    """The design of the log hazard for the given segments, (r, p) in single precision, effects at 0.

    While an answer is due, the past counts otherwise than while one goes on alone: who takes turns answers the other's
    last message, however long ago the own one. Tied together, this alone gave θ of +1 to couples without any effect.
    """
    due = (stream.who[cut.after[rows]] != person).astype(np.float32)[:, None]
    own = hats(np.log(np.clip(cut.own[person, rows], 1.0, 60 * DAY)), OWN_KNOTS)
    mine_first = slice(None) if person == 0 else slice(None, None, -1)
    excite = np.log1p(cut.excite[:, mine_first, rows]).reshape(4, -1).T.astype(np.float32)
    blocks = [
        np.ones((rows.size, 1), np.float32),
        own * (1 - due),
        own * due,
        hats(np.log(np.clip(cut.since[rows], 1.0, 60 * DAY)), DUE_KNOTS) * due,
        excite,
        excite * due,
        circular(cut.hour[rows], HOURS),
        circular(cut.hour[rows], WEEKEND_HOURS) * cut.weekend[rows, None],
        np.zeros((rows.size, EFFECTS), np.float32),
    ]
    return np.concatenate(blocks, axis=1)


def prior(strength: Floats = FIRST_STRENGTH) -> Belief:
    """What is believed beforehand: smooth along every curve, moderate everywhere, effects within a few units of 0."""
    mean, fixed = plain_prior()
    return Belief(mean, fixed + np.tensordot(strength, pieces(), 1), strength)


@cache
def plain_prior() -> tuple[Floats, Floats]:
    """Mean (p,) of the coefficients and the part (p, p) of their precision that is not learned."""
    blocks = [
        np.eye(1) * 0.1,
        smooth(OWN_KNOTS.size, 2.0, 0.1),
        np.eye(OWN_KNOTS.size) * 0.1,
        np.eye(DUE_KNOTS.size) * 0.1,
        np.eye(4),
        np.zeros((4, 4)),
        smooth(HOURS, 1.0, 0.1, cyclic=True),
        smooth(WEEKEND_HOURS, 2.0, 1.0, cyclic=True),
        np.eye(EFFECTS) / 4,
    ]
    mean = [
        [-3.0],
        1.5 - 0.45 * (OWN_KNOTS - OWN_KNOTS[0]),
        np.zeros(OWN_KNOTS.size),
        3.0 - 0.7 * (DUE_KNOTS - DUE_KNOTS[0]),
        np.zeros(8 + HOURS + WEEKEND_HOURS + EFFECTS),
    ]
    return np.concatenate(mean), block_diag(*blocks)


@cache
def pieces() -> Floats:
    """Parts of the precision whose strength is learned from both persons, (4, p, p).

    While an answer is due: bending and slope of the curve over the own silence, bending of that over the other's
    message, and how much otherwise excitation counts.
    """
    size, own, due = plain_prior()[0].size, OWN_KNOTS.size, DUE_KNOTS.size
    slope = np.diff(np.eye(own), axis=0)
    parts = [(smooth(own, 1.0, 0.0), 1 + own), (slope.T @ slope, 1 + own)]
    parts += [(smooth(due, 1.0, 0.0), 1 + 2 * own), (np.eye(4), 1 + 2 * own + due + 4)]
    out = np.zeros((len(parts), size, size))
    for whole, (part, first) in zip(out, parts, strict=True):
        whole[first : first + len(part), first : first + len(part)] = part
    return out


def slopes(who: Writer, beta: Floats, level: Floats, known: Slopes | None = None) -> Slopes:
    """Log likelihood of one writer and its derivatives; products in single precision, sums in double.

    With `known`, the second derivatives by coefficients are taken over from a point near by: they cost the most.
    """
    count = beta.size
    value, first, second = 0.0, np.zeros(count), np.zeros((count, count))
    by_day, by_day2, mixed = np.zeros(level.size), np.zeros(level.size), np.zeros((level.size, count))
    single = beta.astype(np.float32)
    for start in range(0, who.y.size, CHUNK):
        part = slice(start, start + CHUNK)
        block, y, day = who.x[part], who.y[part], who.day[part]
        eta = np.clip(block @ single + who.offset[part] + level[day], -40, 20)
        mean = np.exp(eta)
        value += float(y @ eta - mean.sum())
        rest = y - mean
        first += rest.astype(np.float32) @ block
        by_day += np.bincount(day, rest, minlength=level.size)
        by_day2 += np.bincount(day, mean, minlength=level.size)
        if known is None:
            second += (block * mean.astype(np.float32)[:, None]).T @ block
            mixed += day_sums(day, mean, block, level.size)
    if known is None:
        return Slopes(value, first, (second + second.T) / 2, by_day, by_day2, mixed)
    return Slopes(value, first, known.beta2, by_day, by_day2, known.mixed)


def day_sums(day: Ints, weight: Floats, block: Floats, days: int) -> Floats:
    """Weighted sums over the rows of each day, (days, p); `day` ascends. A product a day is faster than a reduction."""
    out = np.zeros((days, block.shape[1]))
    single = weight.astype(np.float32)
    edges = np.append(np.flatnonzero(np.diff(day, prepend=-1)), day.size)
    for first, last in pairwise(edges.tolist()):
        out[day[first]] = single[first:last] @ block[first:last]
    return out


def fit_dyad(writers: tuple[Writer, Writer], days: int, start: DyadFit | None, rounds: int) -> DyadFit:
    """Mode of both hazards, with the levels' law and the prior learned `rounds` times between Newton's steps."""
    belief = prior() if start is None else start.belief
    beta = first_guess(writers, days, belief) if start is None else start.beta
    level, slow = (np.zeros((days, 2)), USUAL) if start is None else (start.level, start.slow)
    one, two = (slopes(w, b, v) for w, b, v in zip(writers, beta, level.T, strict=True))
    fit = newton(writers, belief, eliminated((one, two), belief, slow, beta, level))
    for _ in range(rounds):
        slow, belief = law_of_levels(fit), learned(fit)
        if alike(fit.slow, slow) and np.abs(np.log(belief.strength / fit.belief.strength)).max() < SAME_STRENGTH:
            break
        fit = newton(writers, belief, eliminated(fit.slopes, belief, slow, fit.beta, fit.level), near=True)
    return fit


def first_guess(writers: tuple[Writer, Writer], days: int, belief: Belief) -> Floats:
    """Coefficients (2, p) to begin with: those of the middle of a long record, quickly found."""
    if days < 3 * GUESS_DAYS:
        return np.stack([belief.mean, belief.mean])
    first = (days - GUESS_DAYS) // 2
    one, two = (middle(w, first, first + GUESS_DAYS) for w in writers)
    return fit_dyad((one, two), GUESS_DAYS, None, 0).beta


def middle(who: Writer, first: int, last: int) -> Writer:
    """A writer's rows on the days [first, last), counted from there."""
    part = slice(*np.searchsorted(who.day, [first, last]).tolist())
    rows, day = who.rows[part], who.day[part] - first
    return Writer(who.person, rows, day, who.x[part], who.y[part], who.offset[part])


def learned(fit: DyadFit) -> Belief:
    """The prior under which both persons' coefficients, as the data show them, are most likely (empirical Bayes).

    Fixed-point steps after Fellner and Schall, on the normal approximation at the mode, the levels eliminated.
    """
    size, parts, strength = fit.beta.shape[1], pieces(), fit.belief.strength
    whole, people = np.linalg.inv(fit.inverse), []
    for k, beta in enumerate(fit.beta):
        own = whole[k * size : (k + 1) * size, k * size : (k + 1) * size]
        people.append((own - fit.belief.precision, own @ (beta - fit.belief.mean)))
    for _ in range(STRENGTH_ROUNDS):
        belief, before = prior(strength), strength
        loose = np.einsum("pq,kpq->k", np.linalg.inv(belief.precision), parts)
        free, bent = np.full(strength.size, STRENGTH_WORTH), STRENGTH_WORTH / USUAL_STRENGTH
        for data, pull in people:
            spread = np.linalg.inv(data + belief.precision)
            free = free + strength * (loose - np.einsum("pq,kpq->k", spread, parts))
            bent = bent + np.einsum("p,kpq,q->k", spread @ pull, parts, spread @ pull)
        strength = np.clip(free / bent, LEAST_STRENGTH, MOST_STRENGTH)
        if np.abs(np.log(strength / before)).max() < SAME_STRENGTH / 10:
            break
    return prior(strength)


def law_of_levels(fit: DyadFit) -> Slow:
    """The law under which the levels, as each day shows them, are most likely."""
    weight = np.stack([s.level2 for s in fit.slopes], axis=1)
    sight = fit.level + np.stack([s.level for s in fit.slopes], axis=1) / np.maximum(weight, 1e-3)
    return estimate(weight.ravel(), sight.ravel(), fit.slow)


def alike(one: Slow, other: Slow) -> bool:
    """Whether two laws of the levels differ too little to fit again."""
    spreads = np.abs(np.log(np.array(one.spread) / np.array(other.spread))).max()
    return bool(spreads < 0.05 and abs(one.shared - other.shared) < 0.05 and abs(one.keep - other.keep) < 0.03)


def newton(writers: tuple[Writer, Writer], belief: Belief, fit: DyadFit, *, near: bool = False) -> DyadFit:
    """Newton's steps, shortened where they would overshoot, for a fixed law of the levels.

    Close to the mode, `near` from the start, the second derivatives hardly change and are kept.
    """
    for _ in range(STEPS):
        d_beta, d_level = solve(fit, *gradient(fit, belief))
        known = fit.slopes if near else (None, None)
        size = min(1.0, LONGEST / max(np.abs(d_beta).max(), np.abs(d_level).max(), 1e-9))
        while True:
            beta = fit.beta + size * d_beta.reshape(fit.beta.shape)
            level = fit.level + size * d_level.reshape(fit.level.shape)
            one, two = (slopes(w, b, v, k) for w, b, v, k in zip(writers, beta, level.T, known, strict=True))
            tried = eliminated((one, two), belief, fit.slow, beta, level)
            if tried.value >= fit.value - SLACK or size < 1e-3:
                break
            size /= 2
        gain, fit = tried.value - fit.value, tried
        near = gain < SMALL
        if gain < SLACK:
            break
    return fit


def gradient(fit: DyadFit, belief: Belief) -> tuple[Floats, Floats]:
    """Gradient of the penalised log likelihood by coefficients (2p,) and by levels (2D,)."""
    bands = precision(fit.slow, fit.level.shape[0])
    pulls = [s.beta - belief.precision @ (b - belief.mean) for s, b in zip(fit.slopes, fit.beta, strict=True)]
    levels = np.stack([s.level for s in fit.slopes], axis=1).ravel() - banded_product(bands, fit.level.ravel())
    return np.concatenate(pulls), levels


def eliminated(found: tuple[Slopes, Slopes], belief: Belief, slow: Slow, beta: Floats, level: Floats) -> DyadFit:
    """Value and Hessian at a point where the slopes are `found`, with the levels eliminated."""
    one, two = found
    bands = precision(slow, level.shape[0])
    days, count = one.mixed.shape
    value = one.value + two.value - 0.5 * float(level.ravel() @ banded_product(bands, level.ravel()))
    value -= sum(0.5 * float((b - belief.mean) @ belief.precision @ (b - belief.mean)) for b in beta)
    by_person = np.zeros((days, 2, 2, count))
    by_person[:, 0, 0], by_person[:, 1, 1] = one.mixed, two.mixed
    mixed = by_person.reshape(2 * days, 2 * count)
    hessian = bands.copy()
    hessian[0] += np.stack([one.level2, two.level2], axis=1).ravel()
    root = cholesky_banded(hessian, lower=True, check_finite=False)
    full = block_diag(one.beta2 + belief.precision, two.beta2 + belief.precision)
    schur = full - mixed.T @ cho_solve_banded((root, True), mixed, check_finite=False)
    inverse = np.asarray(np.linalg.inv((schur + schur.T) / 2), dtype=np.float64)
    return DyadFit(beta, level, slow, value, inverse, root, mixed, (one, two), belief)


def solve(fit: DyadFit, beta: Floats, level: Floats) -> tuple[Floats, Floats]:
    """The inverse of the full Hessian times a vector (or columns) given by coefficients (2p,) and by levels (2D,)."""
    eased = cho_solve_banded((fit.root, True), level, check_finite=False)
    by_beta = fit.inverse @ (beta - fit.mixed.T @ eased)
    by_level = eased - cho_solve_banded((fit.root, True), fit.mixed @ by_beta, check_finite=False)
    return np.asarray(by_beta), np.asarray(by_level)


def expected(fit: DyadFit, who: Writer, *, usual: bool) -> Floats:
    """Messages to be expected in each of a writer's rows (m,); `usual` leaves out levels and effects."""
    beta = fit.beta[who.person].copy()
    if usual:
        beta[-EFFECTS:] = 0.0
    eta = who.offset + who.x @ beta.astype(np.float32)
    if not usual:
        eta = eta + fit.level[who.day, who.person]
    return np.asarray(np.exp(np.clip(eta, -40, 20)))
