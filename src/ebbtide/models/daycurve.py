"""What is to be expected of a person, given the opportunity: a day curve that may drift, times the stage of waiting.

The hazard of beginning a turn is a table of blocks of days × hours, one while an answer is due and one out of quiet,
times a step function of how long it has been so. Neighbouring hours are tied by a cyclic second difference and
neighbouring blocks by a first difference, so that a change to night shifts can be followed while a quiet week cannot
bend the curve far.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solveh_banded

from ebbtide.signals.opportunities import Opportunities, day_sum
from ebbtide.signals.stream import Floats, Ints

BLOCK_DAYS = 7
SMOOTH_HOURS = 4.0
SMOOTH_BLOCKS = 5.0
#: The level (mean over hours) moves less readily than the shape: a quiet week is not a new normal.
SMOOTH_LEVEL = 40.0
RIDGE = 0.02
NEWTON_STEPS = 12
ROUNDS = 3
#: Turns at the pooled rate that every stage is given beforehand.
STAGE_PRIOR = 2.0


@dataclass(frozen=True, slots=True)
class Expected:
    """Turns to be expected of one person per local day (D,): `starts` out of quiet, `answers` while one is due."""

    starts: Floats
    answers: Floats


def expected(seen: Opportunities, weight: Floats) -> Expected:
    """Fit a person's usual from days weighted (D,) by how surely the person was engaged.

    Days of low weight still get an expectation; they do not shape it.
    """
    hazard = np.zeros(seen.day.size)
    for due in (False, True):
        mine = seen.due == due
        hazard[mine] = fit_hazard(seen, weight, np.flatnonzero(mine))
    return Expected(day_sum(seen, hazard, ~seen.due), day_sum(seen, hazard, seen.due))


def fit_hazard(seen: Opportunities, weight: Floats, rows: Ints) -> Floats:
    """Expected turns in each of the given segments, by fitting hours and stages in turn."""
    day, hour, stage = seen.day[rows], seen.hour[rows], seen.stage[rows]
    block = blocks(seen.days)
    cell = (block[day], hour)
    w = weight[day]
    made, exposure = w * seen.begun[rows], w * seen.hours[rows]
    factor = np.ones(int(seen.stage.max(initial=0)) + 1)
    table = np.zeros((seen.days, 24))
    for _ in range(ROUNDS):
        y, n = np.zeros((int(block[-1]) + 1, 24)), np.zeros((int(block[-1]) + 1, 24))
        np.add.at(y, cell, made)
        np.add.at(n, cell, exposure * factor[stage])
        table = np.exp(interpolate(fit_table(y, n), seen.days))
        usual = np.bincount(stage, exposure * table[day, hour], minlength=factor.size)
        done = np.bincount(stage, made, minlength=factor.size)
        factor = (done + STAGE_PRIOR) / (usual + STAGE_PRIOR)
    return np.asarray(seen.hours[rows] * table[day, hour] * factor[stage])


def blocks(days: int) -> Ints:
    """Block index of every day."""
    count = max(1, round(days / BLOCK_DAYS))
    return np.minimum(np.arange(days) * count // max(days, 1), count - 1).astype(np.int64)


def interpolate(table: Floats, days: int) -> Floats:
    """A (B, 24) table of blocks as a (D, 24) table, linear between the middles of blocks."""
    count = table.shape[0]
    middles = (np.arange(count) + 0.5) * days / count
    at = np.clip(np.interp(np.arange(days) + 0.5, middles, np.arange(count)), 0, count - 1)
    low = np.floor(at).astype(np.int64)
    high = np.minimum(low + 1, count - 1)
    part = (at - low)[:, None]
    return np.asarray(table[low] * (1 - part) + table[high] * part)


def fit_table(y: Floats, n: Floats) -> Floats:
    """Smoothed log rate of events `y` out of exposure `n`, both (B, 24).

    Newton on the penalised Poisson likelihood, whose Hessian is banded; concave, so it converges from the pooled rate.
    """
    start = np.log((y.sum() + 0.5) / (n.sum() + 1.0))
    penalty = penalty_bands(y.shape[0], (y.sum(axis=0) + 0.5) / (y.sum() + 12.0))
    away = np.zeros(y.size)
    flat_y, flat_n = y.ravel(), n.ravel()
    for _ in range(NEWTON_STEPS):
        mean = flat_n * np.exp(np.clip(start + away, -20, 20))
        slope = flat_y - mean - banded_product(penalty, away)
        hessian = penalty.copy()
        hessian[0] += mean
        step = np.clip(solveh_banded(hessian, slope, lower=True, check_finite=False), -2, 2)
        away = away + step
        if np.abs(step).max() < 1e-3:
            break
    return np.asarray((start + away).reshape(y.shape))


def penalty_bands(count: int, active: Floats) -> Floats:
    """Precision of the prior of a (count, 24) table, smooth over hours, slow over blocks and slower in level.

    The level is the mean over hours weighted by how `active` (24,) they are: an unweighted one could fall in the hours
    that matter and be made up for at night, where nobody would notice. The lower bands (48, count · 24) of a symmetric
    matrix: row k holds the k-th subdiagonal; 24 for a single block.
    """
    eye = np.eye(24)
    hours = eye * 2 - np.roll(eye, 1, axis=0) - np.roll(eye, -1, axis=0)
    within = (SMOOTH_HOURS * hours.T @ hours + RIDGE * eye) / count
    shape = eye - active
    across = SMOOTH_BLOCKS / 24 * shape.T @ shape + SMOOTH_LEVEL * np.outer(active, active)
    neighbours = np.full(count, 2.0)
    neighbours[[0, -1]] -= 1
    bands = np.zeros((48, count, 24))
    for row in range(24):
        for column in range(24):
            if row >= column:
                bands[row - column, :, column] = (
                    within[row, column] + (neighbours if count > 1 else 0) * across[row, column]
                )
            if count > 1:
                bands[24 + row - column, :-1, column] = -across[row, column]
    return bands.reshape(48, count * 24)[: count * 24]


def banded_product(bands: Floats, x: Floats) -> Floats:
    """A symmetric matrix given by its lower bands, times a vector."""
    out = bands[0] * x
    for k in range(1, bands.shape[0]):
        part = bands[k, : x.size - k]
        out[k:] += part * x[: x.size - k]
        out[: x.size - k] += part * x[k:]
    return np.asarray(out)
