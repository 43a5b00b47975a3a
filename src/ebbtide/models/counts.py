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
