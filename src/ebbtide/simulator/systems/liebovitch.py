"""Two people whose feelings tend to a mood of their own and answer the other's, for better or worse, up to a limit.

    x' = m₁x + b₁ + c₁·tanh(y)        y' = m₂y + b₂ + c₂·tanh(x)        with m < 0

Liebovitch, L. S., Naudot, V., Vallacher, R., Nowak, A., Bui-Wrzosinska, L. & Coleman, P. (2008). Dynamics of two-actor
cooperation–competition conflict models. Physica A 387:6360–6378. Without moods of their own (b = 0): one state of rest
if c₁c₂ < m₁m₂; above that, two, both positive or both negative for mutual help, opposed for mutual harm; always one if
one helps and the other harms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ebbtide.simulator.systems.system import Equilibrium, Field, Floats, State, System, Values, pair

SOURCE = "Liebovitch et al. 2008, Physica A 387:6360"
OURS = "free in the paper; chosen here"


def field(p: Values) -> Field:
    """x' and y'."""

    def rates(_: float, x: Floats) -> Floats:
        return np.array(
            [
                p["m1"] * x[0] + p["b1"] + p["c1"] * np.tanh(x[1]),
                p["m2"] * x[1] + p["b2"] + p["c2"] * np.tanh(x[0]),
            ]
        )

    return rates


def more(p: Values, _: Sequence[Equilibrium]) -> Mapping[str, Any]:
    """The product of answers, and for b = 0 the product above which there are two stable states."""
    known = {"threshold": {"feedback": p["m1"] * p["m2"]}} if p["b1"] == p["b2"] == 0 else {}
    return {"feedback": p["c1"] * p["c2"], **known}


LIEBOVITCH = System(
    id="liebovitch",
    title="Help and harm, up to a limit",
    source=SOURCE,
    kind="ode",
    unit="days",
    states=(
        State("x", 0.3, (-6, 6), "the first one's feeling in the dispute"),
        State("y", 0.2, (-6, 6), "the second one's feeling"),
    ),
    parameters=(
        *pair("m", (-0.9, -0.9), (-2, -0.1), "how fast feelings return to the own mood, per day", OURS, (-1e6, -1e-9)),
        *pair("b", (0.0, 0.0), (-1, 1), "what moves each feeling alone, per day; alone it rests at −b/m", OURS),
        *pair("c", (2.0, 2.0), (-3, 3), "how strongly the other's feeling is answered; below 0 against it", OURS),
    ),
    field=field,
    span=30.0,
    step=0.05,
    settles=200.0,
    more=more,
)
