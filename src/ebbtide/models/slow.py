"""Slow levels: how much readier or slower each of two people is on one day than on another, and both together.

The two levels of a day follow a Gaussian first-order autoregression with a common persistence and a correlation, which
is what the couple shares (a holiday, a visit). Its precision is banded, so everything costs what the days cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_solve_banded, cholesky_banded
from scipy.optimize import minimize

from ebbtide.signals.stream import Floats


@dataclass(frozen=True, slots=True)
class Slow:
    """Standard deviation of each person's level on the log scale, their correlation, and the persistence a day."""

    spread: tuple[float, float]
    shared: float
    keep: float


#: Beforehand: moderate levels that last some days and are partly shared; mean and standard deviation of `unbound`.
PRIOR_MEAN = np.array([np.log(0.3), np.log(0.3), 0.3, 1.0])
PRIOR_SD = np.array([0.7, 0.7, 0.5, 0.8])
#: Bounds of the log spread, and of what is tied by tanh and by the logistic function.
LEAST = np.array([-4.0, -4.0, -2.0, -3.0])
MOST = np.array([0.7, 0.7, 2.0, 4.0])


def bound(free: Floats) -> Slow:
    """The levels belonging to four unbounded numbers: log spreads, atanh correlation, logit persistence."""
    a, b, tie, keep = np.clip(free, LEAST, MOST)
    return Slow((float(np.exp(a)), float(np.exp(b))), float(np.tanh(tie)), float(1 / (1 + np.exp(-keep))))


USUAL = bound(PRIOR_MEAN)


def precision(slow: Slow, days: int) -> Floats:
    """Lower bands (4, 2 · days) of the precision of the levels, ordered day by day, person a before person b."""
    (one, two), tie = slow.spread, 1 - slow.shared**2
    inner = np.array([1 / one**2, 1 / two**2]) / tie
    between = -slow.shared / (one * two * tie)
    fresh = 1 - slow.keep**2
    here = np.full(days, (1 + slow.keep**2) / fresh)
    here[[0, -1]] = 1 / fresh if days > 1 else 1.0
    step = np.append(np.full(days - 1, -slow.keep / fresh), 0.0)
    bands = np.zeros((4, days, 2))
    bands[0] = here[:, None] * inner
    bands[1, :, 0], bands[1, :, 1] = here * between, step * between
    bands[2] = step[:, None] * inner
    bands[3, :, 0] = step * between
    return bands.reshape(4, 2 * days)


def log_determinant(slow: Slow, days: int) -> float:
    """Log determinant of `precision`, which is a Kronecker product."""
    inner = -2 * np.log(slow.spread[0] * slow.spread[1]) - np.log(1 - slow.shared**2)
    return float(days * inner - 2 * (days - 1) * np.log(1 - slow.keep**2))


def evidence(slow: Slow, weight: Floats, seen: Floats) -> float:
    """Log evidence of noisy sights `seen` (2 · days,) of the levels with precisions `weight`, up to a constant."""
    bands = precision(slow, weight.size // 2)
    bands[0] += weight
    root = cholesky_banded(bands, lower=True, check_finite=False)
    pulled = weight * seen
    fitted = float(pulled @ cho_solve_banded((root, True), pulled, check_finite=False))
    return 0.5 * (log_determinant(slow, weight.size // 2) + fitted) - float(np.log(root[0]).sum())


def estimate(weight: Floats, seen: Floats, start: Slow) -> Slow:
    """The levels' law that best explains noisy sights of them, with a weak prior (empirical Bayes)."""

    def cost(free: Floats) -> float:
        away = (free - PRIOR_MEAN) / PRIOR_SD
        return 0.5 * float(away @ away) - evidence(bound(free), weight, seen)

    first = np.array([*np.log(start.spread), np.arctanh(start.shared), np.log(start.keep / (1 - start.keep))])
    found = minimize(cost, first, method="Nelder-Mead", options={"xatol": 0.03, "fatol": 0.02, "maxfev": 160})
    return bound(np.asarray(found.x))
