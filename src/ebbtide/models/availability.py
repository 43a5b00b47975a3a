"""Availability: the hazard of one person writing at any moment, from what is known by then (models.md A).

A log-linear hazard, constant within short segments: time since the own last message, time since the other's
unanswered one, excitation at two time scales, hour of the week, and the own recent level. Everything it uses lies in
the past, so it can be asked about a silence that is still running.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from ebbtide.signals.segments import LEVELS, Segments, recent_level
from ebbtide.signals.stream import DAY, HOUR, Floats, Ints, Stream

#: Knots in seconds of the linear splines over log time since the own last message and the other's unanswered one.
OWN_KNOTS = np.log(np.array([20, 60, 180, 600, 1800, HOUR, 3 * HOUR, 8 * HOUR, DAY, 3 * DAY, 10 * DAY]))
DUE_KNOTS = np.log(np.array([20, 60, 180, 600, 1800, HOUR, 3 * HOUR, 8 * HOUR, DAY, 3 * DAY]))
HOUR_KNOTS, WEEKEND_KNOTS = 12, 6
CHUNK = 1 << 15
STEPS = 25
#: Change of the log likelihood below which a fit has converged, above the noise of single precision.
SLACK = 0.02


@dataclass(frozen=True, slots=True)
class Availability:
    """A fitted hazard of one person.

    `rate` long-run messages per second; `beta` (p,) coefficients and `root` (p, p) with root @ rootᵀ their posterior
    covariance; `log_likelihood` at the mode.
    """

    person: int
    rate: float
    beta: Floats
    root: Floats
    log_likelihood: float


def fit_availability(stream: Stream, at: Floats, cut: Segments, person: int, until: float) -> Availability:
    """Fit the hazard of `person` on the segments that end by `until` (UTC seconds), by penalised maximum likelihood.

    The log likelihood is concave and the penalty quadratic, so Newton steps, halved where they overshoot, converge.
    """
    own = at[(stream.who == person) & (at <= until)]
    rate = max(own.size, 1) / max(until - stream.start, DAY)
    rows = np.flatnonzero(cut.seen & (cut.start < until) & (cut.length > 0))
    design = columns(stream, at, cut, person, rate, rows)
    event = cut.final[rows] & (cut.next_who[rows] == person)
    seconds = np.minimum(cut.length[rows], until - cut.start[rows])
    event &= cut.start[rows] + cut.length[rows] <= until + 1e-6
    exposure = np.log(np.maximum(seconds, 1e-3) * rate)
    mean, precision = prior()
    beta, hessian, value = newton(design, event.astype(np.float64), exposure, mean, precision)
    root = solve_triangular(np.linalg.cholesky(hessian), np.eye(beta.size), lower=True).T
    return Availability(person, rate, beta, root, value)


def newton(x: Floats, y: Floats, offset: Floats, mean: Floats, precision: Floats) -> tuple[Floats, Floats, float]:
    """Mode, Hessian and penalised log likelihood of a Poisson regression of `y` on `x` with a Gaussian prior."""
    beta = mean.copy()
    value, slope, hessian = derivatives(x, y, offset, beta, mean, precision)
    for _ in range(STEPS):
        step = np.linalg.solve(hessian, slope)
        size = 1.0
        while True:
            tried = beta + size * step
            after = derivatives(x, y, offset, tried, mean, precision)
            if after[0] >= value - SLACK or size < 1e-3:
                break
            size /= 2
        gain = after[0] - value
        beta, (value, slope, hessian) = tried, after
        if gain < SLACK:
            break
    return beta, hessian, value


def derivatives(
    x: Floats, y: Floats, offset: Floats, beta: Floats, mean: Floats, precision: Floats
) -> tuple[float, Floats, Floats]:
    """Penalised log likelihood, its gradient and negative Hessian.

    Products are in single precision, sums in double, in chunks that keep memory small.
    """
    away = beta - mean
    value = -0.5 * float(away @ precision @ away)
    slope = -precision @ away
    hessian = precision.copy()
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


def log_hazard(fit: Availability, stream: Stream, at: Floats, cut: Segments, rows: Ints, draws: Floats) -> Floats:
    """Log hazard per second in the given segments (r,), or (r, n) for coefficient `draws` (p, n)."""
    design = columns(stream, at, cut, fit.person, fit.rate, rows).astype(np.float64)
    return np.asarray(np.clip(design @ draws, -40, 20) + np.log(fit.rate))


def columns(stream: Stream, at: Floats, cut: Segments, person: int, rate: float, rows: Ints) -> Floats:
    """The design of the hazard for the given segments, (r, p) in single precision."""
    after = cut.after[rows]
    middle = cut.start[rows] + cut.length[rows] / 2
    own = np.log(np.clip(cut.own[person, rows], 1.0, 60 * DAY))
    due = stream.who[after] != person
    since = np.log(np.clip(middle - at[after], 1.0, 60 * DAY))
    excite = np.log1p(cut.excite[:, :, rows]).reshape(4, -1)
    if person == 1:
        excite = excite[[1, 0, 3, 2]]
    mine, theirs = at[stream.who == person], at[stream.who != person]
    moment = at[np.maximum.accumulate(np.where(stream.who == person, np.arange(at.size), 0))]
    other_rate = theirs.size / max(stream.end - stream.start, DAY)
    levels = [recent_level(moment, mine, days, stream.start, rate)[after] for days in LEVELS]
    levels.append(recent_level(moment, theirs, LEVELS[0], stream.start, other_rate)[after])
    return np.concatenate(
        [
            np.ones((rows.size, 1), np.float32),
            hats(own, OWN_KNOTS),
            hats(since, DUE_KNOTS) * due[:, None],
            np.log1p(np.maximum(cut.reach[person, rows] - 1, 0))[:, None].astype(np.float32),
            excite.T.astype(np.float32),
            circular(cut.hour[rows], HOUR_KNOTS),
            circular(cut.hour[rows], WEEKEND_KNOTS) * cut.weekend[rows, None],
            np.stack(levels, axis=1).astype(np.float32),
        ],
        axis=1,
    )


def hats(x: Floats, knots: Floats) -> Floats:
    """Linear B-splines on `knots`, flat beyond the ends, (r, k)."""
    place = np.clip(np.interp(x, knots, np.arange(knots.size)), 0, knots.size - 1)
    return np.asarray(np.maximum(1 - np.abs(place[:, None] - np.arange(knots.size)), 0), dtype=np.float32)


def circular(hour: Floats, count: int) -> Floats:
    """Linear B-splines around the day, (r, count)."""
    distance = np.abs(hour[:, None] * count / 24 - np.arange(count))
    distance = np.minimum(distance, count - distance)
    return np.asarray(np.maximum(1 - distance, 0), dtype=np.float32)


def prior() -> tuple[Floats, Floats]:
    """Prior mean (p,) and precision (p, p): smooth along every spline, moderate everywhere.

    Before any data the hazard falls with the time since the own last message and rises while an answer is due, as
    in every published record of correspondence (evidence.md, base rates).
    """
    blocks = [
        np.eye(1) * 0.1,
        smooth(OWN_KNOTS.size, 4.0, 0.3),
        smooth(DUE_KNOTS.size, 4.0, 0.3),
        np.eye(1) * 10.0,
        np.eye(4) * 4.0,
        smooth(HOUR_KNOTS, 2.0, 0.3, cyclic=True),
        smooth(WEEKEND_KNOTS, 4.0, 2.0, cyclic=True),
        np.eye(len(LEVELS) + 1) * 10.0,
    ]
    size = sum(b.shape[0] for b in blocks)
    precision, at = np.zeros((size, size)), 0
    for block in blocks:
        precision[at : at + block.shape[0], at : at + block.shape[0]] = block
        at += block.shape[0]
    mean = np.concatenate(
        [
            [0.0],
            1.5 - 0.45 * (OWN_KNOTS - OWN_KNOTS[0]),
            2.5 - 0.45 * (DUE_KNOTS - DUE_KNOTS[0]),
            np.zeros(1 + 4 + HOUR_KNOTS + WEEKEND_KNOTS),
            [0.2, 0.2, 0.2, 0.0],
        ]
    )
    return mean, precision


def smooth(count: int, bend: float, ridge: float, *, cyclic: bool = False) -> Floats:
    """Precision that ties second differences, with a ridge towards the prior mean."""
    eye = np.eye(count)
    around = 2 * eye - np.roll(eye, 1, axis=0) - np.roll(eye, -1, axis=0)
    second = around if cyclic else np.diff(eye, n=2, axis=0)
    return np.asarray(bend * second.T @ second + ridge * eye)
