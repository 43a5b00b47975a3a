"""Messages of a dyad, thinned from what its states make likely, and the truth behind a path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ebbtide.simulator.systems.system import Floats, Values

PEOPLE = ("a", "b")
#: Share of a day's messages in each hour, local: hardly any at night, most in the evening. Chosen here; the mean is 1.
HOURS = np.array([2, 1, 0, 0, 0, 0, 1, 4, 6, 6, 6, 6, 8, 8, 6, 6, 6, 7, 9, 10, 11, 11, 9, 5], dtype=np.float64)
DAY_CURVE = HOURS / HOURS.mean()
#: Nobody writes more than one message every 45 seconds, day and night.
MOST_A_DAY = 2000.0
#: From this distance on a person counts as withdrawn; shorter spells are ordinary (contract: 3 days).
WITHDRAWN, LEAST_DAYS = 0.5, 3.0


def given(p: Values, rows: Floats, k: int) -> Floats:
    """Messages a day one person writes freely, without the day curve: fewer with distance, more with reaching."""
    said = p[f"messages_{PEOPLE[k]}"] * np.exp(-p["quieter"] * rows[:, 2 + k] + rows[:, 4 + k])
    return np.asarray(said, dtype=np.float64)


def owed(p: Values, k: int) -> float:
    """Messages a day one person writes because the other demands it."""
    return float(p["effort"] * p[f"demand_by_{PEOPLE[1 - k]}"] * p[f"messages_{PEOPLE[k]}"])


def messages(p: Values, t: Floats, rows: Floats, rng: np.random.Generator) -> tuple[tuple[float, str], ...]:
    """Who wrote when, in days, by thinning (Lewis & Shedler 1979): drawn at the highest rate, kept by the true one."""
    found: list[tuple[float, str]] = []
    for k, name in enumerate(PEOPLE):
        hourly = np.minimum(given(p, rows, k) + owed(p, k), MOST_A_DAY)
        highest = float(hourly.max() * DAY_CURVE.max())
        at = np.sort(rng.uniform(0, t[-1], rng.poisson(highest * t[-1])))
        row = np.minimum((at / (t[1] - t[0])).astype(np.int64), len(hourly) - 1)
        here = hourly[row] * DAY_CURVE[(at % 1.0 * 24).astype(np.int64)]
        found += [(float(m), name) for m in at[rng.uniform(size=at.size) * highest < here]]
    return tuple(sorted(found))


def truth(t: Floats, rows: Floats) -> dict[str, Any]:
    """The spells in which each had truly withdrawn.

    Start and end in days (end None if it lasts), mean distance, and the mean reaching of the other meanwhile.
    """
    spells = [spell for k in (0, 1) for spell in withdrawn(t, rows, k)]
    return {"spells": sorted(spells, key=lambda s: s["start"])}


def withdrawn(t: Floats, rows: Floats, k: int) -> list[Mapping[str, Any]]:
    """One person's spells of at least three days."""
    away = np.concatenate([[False], rows[:, 2 + k] >= WITHDRAWN, [False]])
    edges = np.flatnonzero(away[1:] != away[:-1]).reshape(-1, 2)
    step = t[1] - t[0]
    return [
        {
            "person": PEOPLE[k],
            "start": float(t[first]),
            "end": None if last == len(t) else float(t[last]),
            "distance": float(rows[first:last, 2 + k].mean()),
            "other_reaching": float(rows[first:last, 5 - k].mean()),
        }
        for first, last in edges
        if (last - first) * step >= LEAST_DAYS
    ]
