"""Laura and Petrarch: a poet's love, a lady who answers despair, and verse that feeds on both.

    L' = −α₁L + β₁(P(1 − (P/γ)²) + A_P)        P' = −α₂P + β₂(L + A_L/(1 + δZ))        Z' = −α₃Z + β₃P

Rinaldi, S. (1998). Laura and Petrarch: an intriguing case of cyclical love dynamics. SIAM Journal on Applied
Mathematics 58(4):1205–1221. Z is poetic inspiration, A the appeals. The poems dated by Jones give a cycle of about
four years. The paper itself was not at hand: the numbers are those of public code of the model. With all rates divided
by 1.2 (3, 1, 0.1 and 1, 5, 10) the same equations go round in 4.5 years.
"""

from __future__ import annotations

import numpy as np

from ebbtide.simulator.systems.system import NOT_NEGATIVE, POSITIVE, Field, Floats, Parameter, State, System, Values

SOURCE = "Rinaldi 1998, SIAM Journal on Applied Mathematics 58:1205"
CODE = "as public code of the model has it"


def field(p: Values) -> Field:
    """L', P' and Z'; inspiration stays at or above 0."""

    def rates(_: float, x: Floats) -> Floats:
        love, poet, verse = x[0], x[1], x[2]
        charm = p["A_L"] / (1 + p["delta"] * np.maximum(verse, 0.0))
        return np.array(
            [
                -p["alpha1"] * love + p["beta1"] * (poet * (1 - (poet / p["gamma"]) ** 2) + p["A_P"]),
                -p["alpha2"] * poet + p["beta2"] * (love + charm),
                -p["alpha3"] * verse + p["beta3"] * poet,
            ]
        )

    return rates


LAURA = System(
    id="laura",
    title="Laura and Petrarch",
    source=SOURCE,
    kind="ode",
    unit="years",
    states=(
        State("L", 0.0, (-2, 2), "Laura's feeling for Petrarch"),
        State("P", 0.0, (-1, 1), "Petrarch's feeling for Laura; below 0 is despair"),
        State("Z", 0.0, (0, 20), "Petrarch's poetic inspiration", NOT_NEGATIVE),
    ),
    parameters=(
        Parameter("alpha1", 3.6, (1, 10), "how fast Laura forgets, per year", CODE, POSITIVE),
        Parameter("alpha2", 1.2, (0.3, 5), "how fast Petrarch forgets, per year", CODE, POSITIVE),
        Parameter("alpha3", 0.12, (0.01, 1), "how fast inspiration fades, per year", CODE, POSITIVE),
        Parameter("beta1", 1.2, (0.1, 5), "how strongly Laura answers, per year", CODE, NOT_NEGATIVE),
        Parameter("beta2", 6.0, (1, 20), "how strongly Petrarch answers, per year", CODE, NOT_NEGATIVE),
        Parameter("beta3", 12.0, (1, 50), "how strongly love inspires, per year", CODE, NOT_NEGATIVE),
        Parameter("gamma", 1.0, (0.2, 5), "Petrarch's love from which on Laura turns against it", CODE, POSITIVE),
        Parameter("delta", 1.0, (0.1, 5), "how much inspiration dims Laura's charm", CODE, NOT_NEGATIVE),
        Parameter("A_L", 2.0, (0, 5), "Laura's appeal to Petrarch", CODE),
        Parameter("A_P", -1.0, (-3, 0), "Petrarch's appeal to Laura", CODE),
    ),
    field=field,
    span=21.0,
    step=0.01,
    settles=120.0,
)
