"""Availability: the hazard of one person writing at any moment, from what is known by then (models.md A).

A log-linear hazard, constant within short segments: time since the own last message, time since the other's
unanswered one, excitation at two time scales, hour of the week, the hours of late, and the own recent level. Everything
it uses lies in the past, so it can be asked about a silence that is still running.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import block_diag, solve_triangular

from ebbtide.signals.segments import LEVELS, Segments, recent_level, rhythm
from ebbtide.signals.stream import DAY, HOUR, Floats, Ints, Stream

#: Knots in seconds of the linear splines over log time since the own last message and the other's unanswered one.
OWN_KNOTS = np.log(np.array([20, 60, 180, 600, 1800, HOUR, 3 * HOUR, 8 * HOUR, DAY, 3 * DAY, 10 * DAY]))
DUE_KNOTS = np.log(np.array([20, 60, 180, 600, 1800, HOUR, 3 * HOUR, 8 * HOUR, DAY, 3 * DAY]))
#: Where the coefficients of the time since the other's unanswered message stand.
SINCE = slice(1 + 2 * OWN_KNOTS.size, 1 + 2 * OWN_KNOTS.size + DUE_KNOTS.size)
HOUR_KNOTS, WEEKEND_KNOTS = 12, 6
CHUNK = 1 << 15
STEPS = 25
#: Change of the log likelihood below which a fit has converged, above the noise of single precision.
SLACK = 0.02


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of the coefficients beforehand: `mean` (p,) and `precision` (p, p)."""

    mean: Floats
    precision: Floats


@dataclass(frozen=True, slots=True)
class Availability:
    """A fitted hazard of one person.

    `beta` (p,) coefficients of the log hazard per hour, and `root` (p, p) with root @ rootᵀ their posterior
    covariance; `log_likelihood` penalised, at the mode.
    """

    person: int
    beta: Floats
    root: Floats
    log_likelihood: float


def fit_availability(
    stream: Stream, at: Floats, cut: Segments, person: int, until: float, prior: Prior
) -> Availability:
    """Fit the hazard of `person` on what happened up to `until` (UTC seconds), by penalised maximum likelihood.

    The log likelihood is concave and the penalty quadratic, so Newton steps, halved where they overshoot, converge.
    """
    x, y, offset = regression(stream, at, cut, person, until)
    beta, hessian, value = newton(x, y, offset, prior)
    root = solve_triangular(np.linalg.cholesky(hessian), np.eye(beta.size), lower=True).T
    return Availability(person, beta, root, value)


def regression(stream: Stream, at: Floats, cut: Segments, person: int, until: float) -> tuple[Floats, Floats, Floats]:
    """Design (m, p), events (m,) and log hours (m,) of the segments up to `until`, from this person's first message."""
    own = at[stream.who == person]
    first = own[0] if own.size else np.inf
    rows = np.flatnonzero(cut.seen & (cut.start < until) & (cut.length > 0) & (cut.start >= first))
    seconds = np.minimum(cut.length[rows], until - cut.start[rows])
    event = cut.final[rows] & (cut.next_who[rows] == person) & (cut.start[rows] + cut.length[rows] <= until + 1e-6)
    design = columns(stream, at, cut, person, rows)
    return design, event.astype(np.float64), np.log(np.maximum(seconds, 1e-3) / HOUR)


def newton(x: Floats, y: Floats, offset: Floats, prior: Prior) -> tuple[Floats, Floats, float]:
    """Mode, Hessian and penalised log likelihood of a Poisson regression of `y` on `x` with a Gaussian prior."""
    beta = prior.mean.copy()
    value, slope, hessian = derivatives(x, y, offset, beta, prior)
    for _ in range(STEPS):
        step = np.linalg.solve(hessian, slope)
        size = 1.0
        while True:
            tried = beta + size * step
            after = derivatives(x, y, offset, tried, prior)
            if after[0] >= value - SLACK or size < 1e-3:
                break
            size /= 2
        gain = after[0] - value
        beta, (value, slope, hessian) = tried, after
        if gain < SLACK:
            break
    return beta, hessian, value


def derivatives(x: Floats, y: Floats, offset: Floats, beta: Floats, prior: Prior) -> tuple[float, Floats, Floats]:
    """Penalised log likelihood, its gradient and negative Hessian.

    Products are in single precision, sums in double, in chunks that keep memory small.
    """
    away = beta - prior.mean
    value = -0.5 * float(away @ prior.precision @ away)
    slope = -prior.precision @ away
    hessian = prior.precision.copy()
    single = beta.astype(np.float32)
    for first in range(0, y.size, CHUNK):
        part = slice(first, first + CHUNK)
        block = x[part]
        eta = np.clip(block @ single + offset[part], -40, 20)
        expected = np.exp(eta)
        value += float(y[part] @ eta - expected.sum())
        slope += (y[part] - expected).astype(np.float32) @ block
        hessian += (block * expected.astype(np.float32)[:, None]).T @ block
    return value, slope, (hessian + hessian.T) / 2


def drawn(fit: Availability, seed: Sequence[int], count: int) -> tuple[Floats, np.random.Generator]:
    """Draws (p, n) from the posterior of a person's hazard, and the generator they came from."""
    rng = np.random.default_rng(seed)
    return fit.beta[:, None] + fit.root @ rng.standard_normal((fit.beta.size, count)), rng


def chance(stream: Stream, person: int) -> int:
    """What a person's chance is tied to, whichever of the two names comes first: the second of the first message."""
    return max(int(stream.at[np.argmax(stream.who == person)]), 0)


def log_hazard(fit: Availability, stream: Stream, at: Floats, cut: Segments, rows: Ints, draws: Floats) -> Floats:
    """Log hazard per hour in the given segments (r,), or (r, n) for coefficient `draws` (p, n)."""
    design = columns(stream, at, cut, fit.person, rows)
    return np.asarray(np.clip(design @ draws.astype(np.float32), -40, 20), dtype=np.float64)


def columns(stream: Stream, at: Floats, cut: Segments, person: int, rows: Ints) -> Floats:
    """The design of the log hazard for the given segments, (r, p) in single precision.

    While an answer is due, time counts otherwise than while one goes on alone: tied together, days of an unanswered
    message were given the hazard of days that nobody had broken.
    """
    after = cut.after[rows]
    last = np.maximum.accumulate(np.where(stream.who == person, np.arange(at.size), 0))[after]
    fresh = np.diff(last, prepend=-1) != 0
    place = np.cumsum(fresh) - 1
    due = (stream.who[after] != person).astype(np.float32)[:, None]
    own = hats(np.log(np.clip(cut.own[person, rows], 1.0, 60 * DAY)), OWN_KNOTS)
    since = hats(np.log(np.clip(cut.since[rows], 1.0, 60 * DAY)), DUE_KNOTS)
    excite = np.log1p(cut.excite[:, :, rows]).reshape(4, -1)
    if person == 1:
        excite = excite[[1, 0, 3, 2]]
    return np.concatenate(
        [
            np.ones((rows.size, 1), np.float32),
            own * (1 - due),
            own * due,
            since * due,
            np.log1p(np.maximum(cut.reach[person, rows] - 1, 0))[:, None].astype(np.float32),
            excite.T.astype(np.float32),
            circular(cut.hour[rows], HOUR_KNOTS),
            circular(cut.hour[rows], WEEKEND_KNOTS) * cut.weekend[rows, None],
            recent_levels(stream, at, person, last[fresh])[place],
            at_hour(rhythm(stream, at, person, last[fresh]), place, cut.hour[rows]),
        ],
        axis=1,
    )


def at_hour(table: Floats, place: Ints, hour: Floats) -> Floats:
    """The values (r, 1) of a table (n, 24) of hours in its rows `place`, linear between the middles of hours."""
    low = np.floor(hour - 0.5).astype(np.int64)
    part = (hour - 0.5 - low).astype(np.float32)
    return np.asarray(table[place, low % 24] * (1 - part) + table[place, (low + 1) % 24] * part)[:, None]


def recent_levels(stream: Stream, at: Floats, person: int, messages: Ints) -> Floats:
    """What is known of both persons' levels at the given messages, (r, 5)."""
    mine, theirs, moment = at[stream.who == person], at[stream.who != person], at[messages]
    levels = [recent_level(moment, mine, days, stream.start) for days in LEVELS]
    levels.append(recent_level(moment, theirs, LEVELS[0], stream.start))
    return np.stack(levels, axis=1).astype(np.float32)


def hats(x: Floats, knots: Floats) -> Floats:
    """Linear B-splines on `knots`, flat beyond the ends, (r, k)."""
    place = np.interp(x, knots, np.arange(knots.size))
    low = np.minimum(place.astype(np.int64), knots.size - 2)
    return between(low, low + 1, place - low, knots.size)


def circular(hour: Floats, count: int) -> Floats:
    """Linear B-splines around the day, (r, count)."""
    place = hour * (count / 24)
    low = place.astype(np.int64) % count
    return between(low, (low + 1) % count, place - np.floor(place), count)


def between(low: Ints, high: Ints, part: Floats, count: int) -> Floats:
    """Rows (r, count) of zeros but for 1 − part at `low` and part at `high`."""
    out: Floats = np.zeros((low.size, count), np.float32)
    row = np.arange(low.size)
    out[row, low] = 1 - part
    out[row, high] = part
    return out


def plain_prior() -> Prior:
    """A prior without data: smooth along every spline, moderate everywhere.

    The hazard falls with the time since the own last message and rises while an answer is due, as in every published
    record of correspondence (evidence.md, base rates). The population prior is estimated from here.
    """
    blocks = [
        np.eye(1) * 0.1,
        smooth(OWN_KNOTS.size, 4.0, 0.3),
        smooth(OWN_KNOTS.size, 4.0, 0.3),
        smooth(DUE_KNOTS.size, 4.0, 0.3),
        np.eye(1) * 10.0,
        np.eye(4) * 4.0,
        smooth(HOUR_KNOTS, 2.0, 0.3, cyclic=True),
        smooth(WEEKEND_KNOTS, 4.0, 2.0, cyclic=True),
        np.eye(len(LEVELS) + 2) * 10.0,
    ]
    mean = [
        [-3.0],
        1.5 - 0.45 * (OWN_KNOTS - OWN_KNOTS[0]),
        np.zeros(OWN_KNOTS.size),
        3.0 - 0.7 * (DUE_KNOTS - DUE_KNOTS[0]),
        np.zeros(1 + 4 + HOUR_KNOTS + WEEKEND_KNOTS),
        [0.1, 0.1, 0.2, 0.2, 0.0, 0.2],
    ]
    return Prior(np.concatenate(mean), block_diag(*blocks))


def smooth(count: int, bend: float, ridge: float, *, cyclic: bool = False) -> Floats:
    """Precision that ties second differences, with a ridge towards the prior mean."""
    eye = np.eye(count)
    around = 2 * eye - np.roll(eye, 1, axis=0) - np.roll(eye, -1, axis=0)
    second = around if cyclic else np.diff(eye, n=2, axis=0)
    return np.asarray(bend * second.T @ second + ridge * eye)
