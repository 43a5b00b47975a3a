"""Recalibration: past gaps correct the scale, the shape and the profile of the integrated hazard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.signals.stream import Floats

#: How far a person's log scale and log shape may lie from the population's, as standard deviations.
SCALE_SD, SHAPE_SD = 0.25, 0.15
#: Tenths of a unit exponential, and its last hundredths: between these the corrected hazard is corrected once more.
EDGES = -np.log1p(-np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97]))
#: Past gaps that every step of the profile is given beforehand, as if the hazard had been right there.
STEP_WEIGHT = 20.0


@dataclass(frozen=True, slots=True)
class Recalibration:
    """Corrects integrated hazards: w = exp(scale) · value ^ exp(shape), then grown `profile` times as fast by w.

    `profile` (one factor for each step of `EDGES`) is empty where nothing is known of it.
    """

    scale: float
    shape: float
    profile: tuple[float, ...] = ()

    def __call__(self, value: Floats) -> Floats:
        found = np.asarray(np.exp(self.scale) * np.maximum(value, 1e-12) ** np.exp(self.shape))
        return grown(found, np.array(self.profile)) if self.profile else found

    def log_slope(self, value: Floats) -> Floats:
        """Log of the derivative of the correction at `value`."""
        bend = np.exp(self.shape)
        log = np.log(np.maximum(value, 1e-12))
        slope = self.scale + self.shape + (bend - 1) * log
        if self.profile:
            step = np.searchsorted(EDGES, np.exp(self.scale + bend * log), side="right") - 1
            slope = slope + np.log(np.array(self.profile))[step]
        return np.asarray(slope)


IDENTITY = Recalibration(0.0, 0.0)


def grown(value: Floats, profile: Floats) -> Floats:
    """What has grown up to `value`, each step of `EDGES` at its own pace."""
    base = np.append(0.0, np.cumsum(profile[:-1] * np.diff(EDGES)))
    step = np.searchsorted(EDGES, value, side="right") - 1
    return np.asarray(base[step] + profile[step] * (value - EDGES[step]))


def recalibrate(values: Floats, centre: Recalibration = IDENTITY) -> Recalibration:
    """The correction under which past integrated hazards are most like unit exponentials, shrunk to `centre`.

    If the hazard were right, `values` would be Exp(1). A Weibull scale and shape come first: Newton on two numbers.
    What they cannot bend, as the bursts of someone who writes three lines in a minute, the profile takes up.
    """
    if values.size == 0:
        return centre
    log = np.log(np.maximum(values, 1e-9))
    scale, shape = centre.scale, centre.shape
    for _ in range(50):
        b = np.exp(shape) * log
        e = np.exp(np.minimum(scale + b, 30))
        away = (scale - centre.scale) / SCALE_SD**2, (shape - centre.shape) / SHAPE_SD**2
        slope = np.array([(1 - e).sum() - away[0], (1 + b - e * b).sum() - away[1]])
        curve = np.array([[e.sum(), (e * b).sum()], [(e * b).sum(), (e * b * b + (e - 1) * b).sum()]])
        curve += np.diag([1 / SCALE_SD**2, 1 / SHAPE_SD**2])
        step = np.clip(np.linalg.solve(curve, slope), -0.3, 0.3)
        scale, shape = scale + float(step[0]), shape + float(step[1])
        if np.abs(step).max() < 1e-6:
            break
    return Recalibration(scale, shape, profile(Recalibration(scale, shape)(values)))


def profile(values: Floats) -> tuple[float, ...]:
    """How many gaps ended in each step of `EDGES` for one to be expected, shrunk to one.

    A piecewise constant hazard with gamma priors: ended over time at risk.
    """
    ended = np.bincount(np.searchsorted(EDGES, values, side="right") - 1, minlength=EDGES.size)
    inside = np.clip(values[:, None] - EDGES, 0, np.append(np.diff(EDGES), np.inf))
    found = (ended + STEP_WEIGHT) / (inside.sum(axis=0) + STEP_WEIGHT)
    return tuple(found.tolist())
