"""The parameters of two coupled oscillators out of noisy series, by a Kalman filter and maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import expm
from scipy.optimize import minimize

from ebbtide.errors import FitFailed, NotEnoughData
from ebbtide.simulator.systems.oscillator import OSCILLATOR, matrix
from ebbtide.simulator.systems.system import Floats

LEAST_ROWS = 30
#: Before the first row nothing is known of where the swings are: a variance far above that of the series.
UNKNOWN = 1e2
SEEN = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0]])


@dataclass(frozen=True, slots=True)
class OscillatorFit:
    """Estimates and standard errors by name, and the standard deviation of the noise of observation."""

    parameters: dict[str, float]
    errors: dict[str, float]
    noise: float


def fit_oscillators(series: Floats, interval: float) -> OscillatorFit:
    """Fit (rows, 2) observations of both, `interval` days apart, each measured from its own middle.

    The swings themselves are taken as undisturbed, the observations as noisy. Raises `NotEnoughData` below 30 rows,
    `FitFailed` where no maximum was found.
    """
    if series.shape[0] < LEAST_ROWS:
        raise NotEnoughData(
            f"Two swings need at least {LEAST_ROWS} rows to be told apart.", try_="Give a longer series."
        )
    names = [p.name for p in OSCILLATOR.parameters]
    begin = np.array([*first_guess(series, interval), np.log(0.2 * float(series.std()) + 1e-9)])
    found = minimize(minus_log_likelihood, begin, args=(series, interval, names), method="BFGS", options={"gtol": 1e-3})
    if not np.isfinite(found.fun):
        raise FitFailed(
            "No parameters of two swings fit these series.", try_="Check the interval, and that each swings about 0."
        )
    errors = np.sqrt(np.maximum(np.diag(np.asarray(found.hess_inv, dtype=np.float64)), 0.0))
    return OscillatorFit(
        dict(zip(names, map(float, found.x), strict=False)),
        dict(zip(names, map(float, errors), strict=False)),
        float(np.exp(found.x[-1])),
    )


def first_guess(series: Floats, interval: float) -> Floats:
    """Least squares of second differences on levels and slopes of the smoothed series: biased, and near enough."""
    kernel = np.ones(5) / 5
    smooth = np.array([np.convolve(column, kernel, "valid") for column in series.T])
    speed = np.gradient(smooth, interval, axis=1)
    bent = np.gradient(speed, interval, axis=1)
    own = [np.linalg.lstsq(np.column_stack([smooth[i], speed[i]]), bent[i], rcond=None)[0] for i in (0, 1)]
    pulls = [smooth[i] * own[i][0] + speed[i] * own[i][1] for i in (0, 1)]
    shared = [float(pulls[1 - i] @ (bent[i] - pulls[i]) / (pulls[1 - i] @ pulls[1 - i] + 1e-12)) for i in (0, 1)]
    return np.array([own[0][0], own[1][0], own[0][1], own[1][1], *shared])


def minus_log_likelihood(free: Floats, series: Floats, interval: float, names: list[str]) -> float:
    """Of the observations, given the parameters and the logarithm of the noise."""
    with np.errstate(all="ignore"):
        step = expm(matrix(dict(zip(names, free, strict=False))) * interval)
        noise = np.exp(2 * min(free[-1], 20.0)) * np.eye(2)
        mean, spread = np.zeros(4), np.eye(4) * UNKNOWN
        total = 0.0
        for row in series:
            off = row - mean[[0, 2]]
            across = spread[:, [0, 2]]
            expected = across[[0, 2]] + noise
            determinant = expected[0, 0] * expected[1, 1] - expected[0, 1] * expected[1, 0]
            if not (np.isfinite(determinant) and determinant > 0):
                return 1e12
            inverse = np.array([[expected[1, 1], -expected[0, 1]], [-expected[1, 0], expected[0, 0]]]) / determinant
            total += 0.5 * (np.log(determinant) + off @ inverse @ off)
            gain = across @ inverse
            mean = step @ (mean + gain @ off)
            spread = step @ (spread - gain @ across.T) @ step.T
        return float(total) if np.isfinite(total) else 1e12
