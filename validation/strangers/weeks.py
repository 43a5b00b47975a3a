"""A week of a stranger: when they sleep, work and have the evening, and how often they look at their phone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Minutes of a bin, and bins of a day.
BIN = 10
BINS = 144
#: How many hours later a shift lets one wake, go to bed, and start work.
SHIFTED = {"day": (0.0, 0.0, 0.0), "early": (-2.0, -1.5, -3.5), "late": (1.5, 1.5, 5.0)}


def schedule(
    rng: np.random.Generator, shifts: Sequence[str], weekday: int, fond: float
) -> tuple[NDArray[np.bool_], Floats]:
    """Awake or not and looks at the phone an hour, by bins, for somebody drawn afresh who works these shifts."""
    n = len(shifts) * BINS
    awake, look = np.zeros(n, dtype=np.bool_), np.full(n, 0.02)
    wake, bed, work, hours = rng.uniform((6.0, 22.3, 7.8, 6.0), (8.3, 24.6, 9.8, 9.0))
    rate, at_work, lie_in = rng.uniform((2.5, 0.08, 0.3), (7.0, 0.5, 2.0)) * (fond, 1, 1)
    breaks = (work + 0.27 * hours, work + 0.5 * hours, work + 0.8 * hours)
    free = {5, 6} if rng.random() < 0.75 else set(rng.choice(7, 2, replace=False).tolist())

    def fill(day: int, start: float, stop: float, value: float) -> None:
        span = slice(max(0, round((day * 24 + start) * 6)), max(0, round((day * 24 + stop) * 6)))
        look[span] = value
        awake[span] = True

    for day, shift in enumerate(shifts):
        off = (weekday + day) % 7 in free
        early, late = rng.normal(0, 0.4, 2)
        slept_in = day > 0 and shifts[day - 1] == "night"
        if shift == "night":
            fill(day, 14.5 + early if slept_in else wake + 1.5 + early, 31 + late / 2, rate)
            fill(day, 21.5, 29.8, rate * at_work)
            fill(day, 25.2, 25.8, rate)
            continue
        to_wake, to_bed, to_work = SHIFTED[shift]
        fill(day, 14 + early if slept_in else wake + to_wake + early + lie_in * off, bed + to_bed + late, rate)
        if not off and not slept_in:
            fill(day, work + to_work + early / 2, work + to_work + hours, rate * at_work)
            for at in breaks:
                fill(day, at + to_work, at + to_work + rng.uniform(0.15, 0.6), rate * 0.9)
    return awake, look


def shifts_of(rng: np.random.Generator, days: int, change: float, *, rota: bool) -> list[str]:
    """A shift for every day: nights by rota, or days with the chance `change` of other hours for a time or for good."""
    if rota:
        nights, cycle = int(rng.integers(3, 8)), int(rng.integers(9, 19))
        return ["night" if day % cycle < nights else "day" for day in range(days)]
    shifts = ["day"] * days
    if rng.random() < change and days > 60:
        first = int(rng.integers(20, days - 20))
        last = days if rng.random() < 0.5 else min(days, first + int(rng.integers(14, 45)))
        new = str(rng.choice(["early", "late", "night"], p=[0.35, 0.45, 0.2]))
        shifts[first:last] = ["day" if new == "night" and day % 7 > 4 else new for day in range(first, last)]
    return shifts
