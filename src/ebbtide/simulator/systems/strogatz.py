"""Romeo and Juliet: one's feeling grows as the other's is returned, the other's fades as it is.

    r' = −a·j        j' = b·r

Strogatz, S. H. (1988). Love affairs and differential equations. Mathematics Magazine 61(1):35. The state of rest is a
centre; r² b + j² a stays what it was, so every couple goes round with period 2π/√(ab) and both love for a quarter of
it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ebbtide.simulator.systems.system import POSITIVE, Equilibrium, Field, Floats, Parameter, State, System, Values

SOURCE = "Strogatz 1988, Mathematics Magazine 61:35"


def field(p: Values) -> Field:
    """r' and j'."""
    a, b = p["a"], p["b"]

    def rates(_: float, x: Floats) -> Floats:
        return np.array([-a * x[1], b * x[0]])

    return rates


def more(p: Values, _: Sequence[Equilibrium]) -> Mapping[str, Any]:
    """The share of a round in which both love: for any a and b, one quarter."""
    angle = 2 * np.pi * (np.arange(100_000) + 0.5) / 100_000
    r, j = np.cos(angle) / np.sqrt(p["b"]), np.sin(angle) / np.sqrt(p["a"])
    return {"both_love_share": round(float(np.mean((r > 0) & (j > 0))), 4)}


STROGATZ = System(
    id="strogatz",
    title="One warms as the other cools",
    source=SOURCE,
    kind="ode",
    unit="days",
    states=(
        State("r", 1.0, (-2, 2), "Romeo's feeling for Juliet; below 0 is dislike"),
        State("j", 0.0, (-2, 2), "Juliet's feeling for Romeo"),
    ),
    parameters=(
        Parameter("a", 1.0, (0.1, 10), "how fast Romeo cools as he is loved, per day", "free in the paper", POSITIVE),
        Parameter("b", 1.0, (0.1, 10), "how fast Juliet warms as she is loved, per day", "free in the paper", POSITIVE),
    ),
    field=field,
    span=20.0,
    step=0.05,
    settles=60.0,
    more=more,
)
