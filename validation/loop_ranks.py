"""Simulation-based calibration of the loop: where true effects lie in what is believed of them after the fit.

Effects are drawn from a normal law, couples written by the log-linear hazard with them, and the loop fitted. What is
believed of an effect is normal: its interval, with the model's own wide prior exchanged for the law of the draws. If
it is right, the share of it that lies below the truth is uniform (Cook, Gelman & Rubin 2006, Talts et al. 2018).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import chisquare, kstest, norm

from ebbtide.models.loop import SHOWN, LoopFit
from ebbtide.signals.stream import Floats
from validation.loop_couples import DRAWN_SD

#: Precision of the model's own prior of an effect, and bins of the ranks.
OWN_PRECISION, BINS = 0.25, 10

Effects = dict[str, tuple[float, float]]


def places(fits: Sequence[tuple[Effects, LoopFit | None]]) -> dict[str, Floats]:
    """Per effect the shares of belief below the truth, two for each couple."""
    found: dict[str, list[float]] = {"theta": [], "phi": []}
    for effects, fit in fits:
        if fit is None:
            continue
        whole = fit.periods[0]
        for name, pair in (("theta", whole.reached), ("phi", whole.withdrawn_from)):
            for true, m in zip(effects[name], pair, strict=True):
                found[name].append(place(true, m.effect, (m.high - m.low) / 2 / SHOWN))
    return {name: np.array(values) for name, values in found.items()}


def place(true: float, effect: float, spread: float, drawn_sd: float = DRAWN_SD) -> float:
    """The share of belief below the truth, the model's prior exchanged for a normal law of the draws."""
    data = max(1 / spread**2 - OWN_PRECISION, 1e-6)
    precision = data + 1 / drawn_sd**2
    mean = effect / spread**2 / precision
    return float(norm.cdf((true - mean) * np.sqrt(precision)))


def uniform(shares: Floats, bins: int = BINS) -> tuple[float, float]:
    """Chances of so uneven ranks if belief were right: chi-square over bins, and Kolmogorov–Smirnov."""
    counts = np.histogram(shares, np.linspace(0, 1, bins + 1))[0]
    return float(chisquare(counts).pvalue), float(kstest(shares, "uniform").pvalue)


def show(found: dict[str, Floats]) -> None:
    """Print the counts of the ranks and how likely so uneven ones are."""
    for name, shares in found.items():
        counts = np.histogram(shares, np.linspace(0, 1, BINS + 1))[0].tolist()
        by_bins, by_distance = uniform(shares)
        mid = np.mean(np.abs(shares - 0.5) < 0.45)
        print(f"ranks of {name}: {counts}, chi-square p {by_bins:.3f}, KS p {by_distance:.3f}, 90% holds {mid:.1%}")
