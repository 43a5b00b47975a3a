"""An insecure and a synergic person: more love is answered less, and being in love makes the other more appealing.

    x₁' = −α₁x₁ + β₁k₁x₂·exp(−(k₁x₂)^n₁) + (1 + b₁S₁(x₁))·γ₁A₂        S_i(x) = x^2m/(x^2m + σ^2m), and so for x₂

Gragnani, A., Rinaldi, S. & Feichtinger, G. (1997). Cyclic dynamics in romantic relationships. International Journal of
Bifurcation and Chaos 7(11):2611–2619; in this form in Rinaldi, Della Rossa, Dercole, Gragnani & Landi (2015), Modeling
Love Dynamics, World Scientific, chapters 8 and 11. The exponents 2m were settled by the period: with m in their place
nothing cycles, with 2m the period is 18.8.
"""

from __future__ import annotations

import numpy as np

from ebbtide.simulator.systems.system import NOT_NEGATIVE, POSITIVE, Field, Floats, State, System, Values, pair

SOURCE = "Gragnani, Rinaldi & Feichtinger 1997, Int. J. Bifurcation and Chaos 7:2611"


def field(p: Values) -> Field:
    """x₁' and x₂'; feelings that start at or above 0 stay there."""

    def one(i: str, j: str, mine: Floats, theirs: Floats) -> Floats:
        reach = p[f"k{i}"] * theirs
        returned = p[f"beta{i}"] * reach * np.exp(-(reach ** p[f"n{i}"]))
        bent = mine ** (2 * p[f"m{i}"])
        synergy = bent / (bent + p[f"sigma{i}"] ** (2 * p[f"m{i}"]))
        rate = -p[f"alpha{i}"] * mine + returned + (1 + p[f"b{i}"] * synergy) * p[f"gamma{i}"] * p[f"A{j}"]
        return np.asarray(rate, dtype=np.float64)

    def rates(_: float, x: Floats) -> Floats:
        first, second = np.maximum(x[0], 0.0), np.maximum(x[1], 0.0)
        below = np.minimum(x, 0.0)
        return np.array([one("1", "2", first, second), one("2", "1", second, first)]) - below

    return rates


GRAGNANI = System(
    id="gragnani",
    title="Insecure and synergic: love that goes round",
    source=SOURCE,
    kind="ode",
    unit="days",
    states=(
        State("x1", 1.0, (0, 10), "the first one's feeling for the second", NOT_NEGATIVE),
        State("x2", 1.5, (0, 40), "the second one's feeling for the first", NOT_NEGATIVE),
    ),
    parameters=(
        *pair("alpha", (0.36, 0.2), (0.05, 1), "how fast feelings fade alone, per day", SOURCE, POSITIVE),
        *pair("beta", (0.75, 10.66), (0.1, 20), "how strongly the other's feelings are returned", SOURCE, NOT_NEGATIVE),
        *pair("gamma", (1.0, 1.0), (0.1, 5), "how strongly the other's appeal is felt", SOURCE, NOT_NEGATIVE),
        *pair("b", (2.9, 1.0), (0.0, 5), "synergism: how much love adds to the other's appeal", SOURCE, NOT_NEGATIVE),
        *pair("A", (0.1, 0.1), (0.0, 1), "appeal to the other", SOURCE, NOT_NEGATIVE),
        *pair("k", (0.08, 1.5), (0.01, 3), "insecurity: how soon more love is answered less", SOURCE, POSITIVE),
        *pair("n", (1.0, 4.0), (1, 8), "how sharply that sets in", SOURCE, POSITIVE),
        *pair("m", (4.0, 4.0), (1, 8), "how sharply synergism sets in", SOURCE, POSITIVE),
        *pair("sigma", (1.0, 1.0), (0.1, 5), "the feeling at which synergism is half", SOURCE, POSITIVE),
    ),
    field=field,
    span=120.0,
    step=0.1,
    settles=800.0,
)
