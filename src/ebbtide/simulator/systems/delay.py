"""A reaction that comes late: one answers for, the other against, what the other felt some time ago.

    x'(t) = −a·x(t) + b·y(t − τ)        y'(t) = −a·y(t) − b·x(t − τ)

After Bielczyk, N., Bodnar, M. & Foryś, U. (2012). Delay can stabilize: love affairs dynamics. Applied Mathematics and
Computation 219:3923–3937. With z = x + iy this is z' = −a·z − i·b·z(t − τ); a root iω needs a = b·sin(|ω|τ) and
ω² = b² − a², so that for b > a rest is stable below, and swings grow above, τ_c = asin(a/b)/√(b² − a²). For b ≤ a it is
stable for every lag.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import asin, sqrt
from typing import Any

import numpy as np

from ebbtide.simulator.systems.system import (
    NOT_NEGATIVE,
    POSITIVE,
    DelayField,
    Equilibrium,
    Field,
    Floats,
    Parameter,
    State,
    System,
    Values,
)

SOURCE = "Bielczyk, Bodnar & Foryś 2012, Applied Mathematics and Computation 219:3923"


def delayed(p: Values) -> DelayField:
    """x' and y', from the states now and one lag ago."""
    a, b = p["a"], p["b"]

    def rates(_: float, x: Floats, before: Floats) -> Floats:
        return np.array([-a * x[0] + b * before[1], -a * x[1] - b * before[0]])

    return rates


def field(p: Values) -> Field:
    """The same where nothing changes: the states now are those of one lag ago."""
    late = delayed(p)

    def rates(t: float, x: Floats) -> Floats:
        return late(t, x, x)

    return rates


def more(p: Values, _: Sequence[Equilibrium]) -> Mapping[str, Any]:
    """The lag at which rest stops being stable; None where every lag is stable."""
    a, b = p["a"], p["b"]
    return {"threshold": {"tau": asin(a / b) / sqrt(b * b - a * a) if b > a else None}}


DELAY = System(
    id="delay",
    title="A reaction that comes late",
    source=SOURCE,
    kind="delay",
    unit="days",
    states=(
        State("x", 1.0, (-2, 2), "the first one's feeling"),
        State("y", 0.0, (-2, 2), "the second one's feeling"),
    ),
    parameters=(
        Parameter("a", 1.0, (0.1, 3), "how fast feelings fade alone, per day", "free in the paper", NOT_NEGATIVE),
        Parameter("b", 2.0, (0.1, 5), "how strongly the other is answered, per day", "free in the paper", POSITIVE),
        Parameter("tau", 0.2, (0, 2), "how late the answer comes, in days", "free in the paper", (0.0, 100.0)),
    ),
    field=field,
    delayed=delayed,
    lag="tau",
    span=30.0,
    step=0.05,
    settles=100.0,
    more=more,
)
