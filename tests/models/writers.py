"""Two people who write by a known law, for models that must find the law again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ebbtide.signals.stream import DAY, HOUR, Floats, Stream
from tests.talks import START, flow_of

ORIGIN = START.timestamp()


def poisson(rate: Callable[[Floats], Floats], most: float, days: int, rng: np.random.Generator) -> Floats:
    """Moments of a Poisson process over so many days; `rate` an hour at a local hour of the day, never above `most`."""
    at = np.sort(rng.uniform(0, days * DAY, rng.poisson(most * 24 * days)))
    return np.asarray(at[rng.random(at.size) * most < rate(at % DAY / HOUR)])


def renewal(scale_hours: float, shape: float, days: int, rng: np.random.Generator) -> Floats:
    """Moments with independent Weibull gaps: the hazard is a power of the time since the last, shape − 1."""
    gaps = scale_hours * HOUR * rng.exponential(size=int(40 * days)) ** (1 / shape)
    at = np.cumsum(np.maximum(gaps, 2.0))
    return np.asarray(at[at < days * DAY])


def together(of_a: Floats, of_b: Floats, end: float, **how: object) -> Stream:
    """The stream of two people who write at these seconds of the record, observed until `end` seconds."""
    at = np.concatenate([of_a, of_b])
    order = np.argsort(at)
    who = np.concatenate([np.zeros(of_a.size, np.int64), np.ones(of_b.size, np.int64)])[order]
    return flow_of(ORIGIN + np.round(at[order], 3), who, ORIGIN + end, **how)


def steady(per_hour: float, days: int, rng: np.random.Generator) -> Floats:
    """Moments of a Poisson process that knows no hour."""
    return poisson(lambda hour: np.full(hour.size, per_hour), per_hour, days, rng)


def evening(hour: Floats) -> Floats:
    """Messages an hour of one who writes most at eight in the evening, and hardly at eight in the morning."""
    return np.asarray(np.exp(-1.6 + 1.3 * np.cos(2 * np.pi * (hour - 20) / 24)))
