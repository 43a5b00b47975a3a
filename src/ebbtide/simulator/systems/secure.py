"""Secure couples: love is returned with love, up to a limit.

    x₁' = −α₁x₁ + R₁(x₂) + γ₁A₂ and so for x₂        R(x) = (eˣ − e⁻ˣ)/(eˣ/R⁺ + e⁻ˣ/R⁻)

Rinaldi, S. & Gragnani, A. (1998). Love dynamics between secure individuals: a modeling approach. Nonlinear Dynamics,
Psychology, and Life Sciences 2(4):283–301. The paper asks of R only that it rises, is 0 at 0, bends down above 0 and
up below, and is bounded; the form above (bounds R⁺ and −R⁻) meets that and is chosen here, and so are the numbers. A
couple is robust (one state of rest) or fragile (two stable ones, the worse of them unfriendly). Without appeal, equal
bounds R make it fragile exactly when R₁R₂ > α₁α₂, since R'(0) = R; enough appeal makes a fragile couple robust.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ebbtide.simulator.systems.system import POSITIVE, Equilibrium, Field, Floats, State, System, Values, pair

SOURCE = "Rinaldi & Gragnani 1998, Nonlinear Dynamics, Psychology, and Life Sciences 2:283"
OURS = "chosen here: the paper's results hold for every curve of this kind"


def field(p: Values) -> Field:
    """x₁' and x₂'."""

    def returned(i: str, x: Floats) -> Floats:
        # Divided through by e^|x|, so that large feelings do not overflow.
        up, down = np.exp(np.minimum(2 * x, 0.0)), np.exp(np.minimum(-2 * x, 0.0))
        return np.asarray((up - down) / (up / p[f"up{i}"] + down / p[f"down{i}"]), dtype=np.float64)

    def rates(_: float, x: Floats) -> Floats:
        return np.array(
            [
                -p["alpha1"] * x[0] + returned("1", x[1]) + p["gamma1"] * p["A2"],
                -p["alpha2"] * x[1] + returned("2", x[0]) + p["gamma2"] * p["A1"],
            ]
        )

    return rates


def more(_: Values, rest: Sequence[Equilibrium]) -> Mapping[str, Any]:
    """Which of the paper's two kinds of couple this is."""
    stable = sum(e.stable for e in rest)
    return {"couple": "robust" if stable == 1 else "fragile" if stable == 2 else None}


SECURE = System(
    id="secure",
    title="Secure couple: robust or fragile",
    source=SOURCE,
    kind="ode",
    unit="days",
    states=(
        State("x1", 0.0, (-6, 6), "the first one's feeling for the second; below 0 is dislike"),
        State("x2", 0.0, (-6, 6), "the second one's feeling for the first"),
    ),
    parameters=(
        *pair("alpha", (1.0, 1.0), (0.1, 5), "how fast feelings fade alone, per day", OURS, POSITIVE),
        *pair("up", (2.0, 2.0), (0.1, 5), "the most that love is returned", OURS, POSITIVE),
        *pair("down", (2.0, 2.0), (0.1, 5), "the most that dislike is returned", OURS, POSITIVE),
        *pair("gamma", (1.0, 1.0), (0.0, 5), "how strongly the other's appeal is felt", OURS, (0.0, 1e9)),
        *pair("A", (1.0, 1.0), (-1, 2), "appeal to the other; 0.1 makes this couple fragile", OURS),
    ),
    field=field,
    span=20.0,
    step=0.05,
    settles=200.0,
    more=more,
)
