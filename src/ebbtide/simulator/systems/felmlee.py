"""Two people with goals of their own who also draw towards, or away from, one another.

    x' = a₁(x* − x) + a₂(y − x)        y' = b₁(y* − y) + b₂(x − y)

Felmlee, D. H. & Greenberg, D. F. (1999). A dynamic systems model of dyadic interaction. Journal of Mathematical
Sociology 23(3):155–180. The path oscillates if and only if (a₁ + a₂ − b₁ − b₂)² + 4a₂b₂ < 0, so only if one draws near
while the other draws away; it is stable if and only if a₁ + a₂ + b₁ + b₂ > 0 and (a₁ + a₂)(b₁ + b₂) > a₂b₂.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ebbtide.simulator.systems.system import Equilibrium, Field, Floats, State, System, Values, pair

SOURCE = "Felmlee & Greenberg 1999, Journal of Mathematical Sociology 23:155"
OURS = "free in the paper; chosen here"


def field(p: Values) -> Field:
    """x' and y'."""

    def rates(_: float, x: Floats) -> Floats:
        return np.array(
            [
                p["a1"] * (p["goal1"] - x[0]) + p["a2"] * (x[1] - x[0]),
                p["b1"] * (p["goal2"] - x[1]) + p["b2"] * (x[0] - x[1]),
            ]
        )

    return rates


def more(p: Values, _: Sequence[Equilibrium]) -> Mapping[str, Any]:
    """The number whose sign says whether the two swing."""
    number = (p["a1"] + p["a2"] - p["b1"] - p["b2"]) ** 2 + 4 * p["a2"] * p["b2"]
    return {"discriminant": number, "oscillates": number < 0}


FELMLEE = System(
    id="felmlee",
    title="Own goals, and drawing near or away",
    source=SOURCE,
    kind="ode",
    unit="days",
    states=(
        State("x", 0.0, (-5, 5), "what the first one does, for instance how close"),
        State("y", 1.0, (-5, 5), "what the second one does"),
    ),
    parameters=(
        *pair("a", (0.3, 0.5), (-2, 2), "the first one's pull to the own goal (1) and to the other (2), per day", OURS),
        *pair("b", (0.8, -0.8), (-2, 2), "the second one's pull to the own goal (1) and to the other (2)", OURS),
        *pair("goal", (1.0, 0.5), (-2, 2), "where each would be alone", OURS),
    ),
    field=field,
    span=60.0,
    step=0.1,
    settles=300.0,
    more=more,
)
