"""Recalibration: past gaps correct the scale and the shape of the integrated hazard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.signals.stream import Floats

#: How far a person's log scale and log shape may lie from the population's, as standard deviations.
SCALE_SD, SHAPE_SD = 0.25, 0.15


@dataclass(frozen=True, slots=True)
class Recalibration:
    """Corrects integrated hazards: corrected = exp(scale) · value ^ exp(shape)."""

    scale: float
    shape: float

    def __call__(self, value: Floats) -> Floats:
        return np.asarray(np.exp(self.scale) * np.maximum(value, 1e-12) ** np.exp(self.shape))

    def log_slope(self, value: Floats) -> Floats:
        """Log of the derivative of the correction at `value`."""
        bend = np.exp(self.shape)
        return np.asarray(self.scale + self.shape + (bend - 1) * np.log(np.maximum(value, 1e-12)))


IDENTITY = Recalibration(0.0, 0.0)


def recalibrate(values: Floats, centre: Recalibration = IDENTITY) -> Recalibration:
    """The Weibull scale and shape under which past integrated hazards are most like unit exponentials.

    If the hazard were right, `values` would be Exp(1). Newton on two numbers, shrunk to `centre`.
    """
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
    return Recalibration(scale, shape)
