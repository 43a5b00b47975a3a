"""Linear couples: feelings fade, answer the other's feelings, and answer the other's appeal.

    x₁' = −α₁x₁ + β₁x₂ + γ₁A₂        x₂' = −α₂x₂ + β₂x₁ + γ₂A₁

Rinaldi, S. (1998). Love dynamics: the case of linear couples. Applied Mathematics and Computation 95:181–192. The one
state of rest, x₁ = (α₂γ₁A₂ + β₁γ₂A₁)/(α₁α₂ − β₁β₂), is stable if and only if α₁α₂ > β₁β₂, and from indifference
(both at 0) feelings then rise without turning back.
"""

from __future__ import annotations

import numpy as np

from ebbtide.simulator.systems.system import NOT_NEGATIVE, POSITIVE, Field, Floats, State, System, Values, pair

SOURCE = "Rinaldi 1998, Applied Mathematics and Computation 95:181"
FREE = "free in the paper; chosen here so that the couple is stable"


def field(p: Values) -> Field:
    """x₁' and x₂'."""
    a1, a2, b1, b2 = p["alpha1"], p["alpha2"], p["beta1"], p["beta2"]
    pull1, pull2 = p["gamma1"] * p["A2"], p["gamma2"] * p["A1"]

    def rates(_: float, x: Floats) -> Floats:
        return np.array([-a1 * x[0] + b1 * x[1] + pull1, -a2 * x[1] + b2 * x[0] + pull2])

    return rates


RINALDI = System(
    id="rinaldi",
    title="Linear couple: forgetting, return, appeal",
    source=SOURCE,
    kind="ode",
    unit="days",
    states=(
        State("x1", 0.0, (-5, 10), "the first one's feeling for the second"),
        State("x2", 0.0, (-5, 10), "the second one's feeling for the first"),
    ),
    parameters=(
        *pair("alpha", (1.0, 1.0), (0.1, 5), "how fast feelings fade alone, per day", FREE, POSITIVE),
        *pair("beta", (0.5, 0.5), (0.0, 5), "how strongly the other's feelings are returned, per day", FREE),
        *pair("gamma", (1.0, 1.0), (0.0, 5), "how strongly the other's appeal is felt, per day", FREE, NOT_NEGATIVE),
        *pair("A", (1.0, 1.0), (0.0, 2), "appeal to the other", FREE),
    ),
    field=field,
    span=20.0,
    step=0.05,
    settles=200.0,
)
