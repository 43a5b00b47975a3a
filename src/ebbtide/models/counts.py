"""Counts that vary more than by chance."""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from ebbtide.signals.stream import Floats


def negative_binomial(count: Floats, mean: Floats, shape: float | Floats) -> Floats:
    """Log likelihood of counts at these means, a gamma of this shape mixed in; all broadcast, no mean below 1e-6."""
    mean = np.maximum(mean, 1e-6)
    out = (
        gammaln(count + shape)
        - gammaln(shape)
        - gammaln(count + 1)
        + shape * np.log(shape / (shape + mean))
        + count * np.log(mean / (shape + mean))
    )
    return np.asarray(out)


def count_likelihood(made: Floats, usual: Floats, factors: Floats, dispersion: float | Floats) -> Floats:
    """Negative binomial log likelihood of each day's turns (D,) at `factors` times the usual, (D, F)."""
    shape = np.broadcast_to(dispersion, made.shape)[:, None]
    return negative_binomial(made[:, None], usual[:, None] * factors, shape)
