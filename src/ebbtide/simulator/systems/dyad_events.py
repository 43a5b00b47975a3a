"""Messages of a dyad, thinned from what its states make likely, and the truth behind a path."""

from __future__ import annotations

from typing import Any

import numpy as np

from ebbtide.simulator.systems.dyad_spells import share_kept, spells_away
from ebbtide.simulator.systems.system import Floats, Values

PEOPLE = ("a", "b")
#: Share of a day's messages in each hour, local: hardly any at night, most in the evening. Chosen here; the mean is 1.
HOURS = np.array([2, 1, 0, 0, 0, 0, 1, 4, 6, 6, 6, 6, 8, 8, 6, 6, 6, 7, 9, 10, 11, 11, 9, 5], dtype=np.float64)
DAY_CURVE = HOURS / HOURS.mean()
#: Nobody writes more than one message every 45 seconds, day and night.
MOST_A_DAY = 2000.0


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


def truth(p: Values, t: Floats, rows: Floats) -> dict[str, Any]:
    """The spells in which each was truly away, by the rule of dyad_spells.py.

    Start and end in days (end None if it lasts), one less the mean share kept, and the mean reaching of the other.
    """
    return {
        "spells": [
            {
                "person": PEOPLE[each.person],
                "start": float(t[each.first]),
                "end": None if each.back is None else float(t[each.back]),
                "depth": each.depth,
                "other_reaching": each.reached,
            }
            for each in spells_away(share_kept(p, rows), rows)
        ]
    }
