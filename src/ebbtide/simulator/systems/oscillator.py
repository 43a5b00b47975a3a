"""Two damped oscillators, each swinging about its own middle and moved by how the other swings.

    x₁'' = η₁x₁ + ζ₁x₁' + γ₁(η₂x₂ + ζ₂x₂')        and so for x₂

Boker, S. M. & Laurenceau, J.-P. (2006). Dynamical systems modeling: an application to the regulation of intimacy and
disclosure in marriage. In Walls & Schafer (eds.), Models for Intensive Longitudinal Data, Oxford, 195–218. Uncoupled,
the period is 2π/√(−η − ζ²/4). `oscillator_fit` recovers the parameters from noisy series.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import pi, sqrt
from typing import Any

import numpy as np

from ebbtide.simulator.systems.system import Equilibrium, Field, Floats, State, System, Values, pair

SOURCE = "Boker & Laurenceau 2006, in Models for Intensive Longitudinal Data"
OURS = "free in the chapter; chosen here: a swing of about ten days"


def matrix(p: Values) -> Floats:
    """The rates of (x₁, x₁', x₂, x₂') as a matrix."""
    own1, own2 = (p["eta1"], p["zeta1"]), (p["eta2"], p["zeta2"])
    return np.array(
        [
            [0.0, 1.0, 0.0, 0.0],
            [*own1, p["gamma1"] * own2[0], p["gamma1"] * own2[1]],
            [0.0, 0.0, 0.0, 1.0],
            [p["gamma2"] * own1[0], p["gamma2"] * own1[1], *own2],
        ]
    )


def field(p: Values) -> Field:
    """Speeds and accelerations."""

    def rates(_: float, x: Floats) -> Floats:
        own1 = p["eta1"] * x[0] + p["zeta1"] * x[1]
        own2 = p["eta2"] * x[2] + p["zeta2"] * x[3]
        return np.array([x[1], own1 + p["gamma1"] * own2, x[3], own2 + p["gamma2"] * own1])

    return rates


def more(p: Values, _: Sequence[Equilibrium]) -> Mapping[str, Any]:
    """The period of each alone, None where one would not swing."""
    bent = {i: -p[f"eta{i}"] - p[f"zeta{i}"] ** 2 / 4 for i in ("1", "2")}
    return {"period_alone": {f"x{i}": 2 * pi / sqrt(b) if b > 0 else None for i, b in bent.items()}}


OSCILLATOR = System(
    id="oscillator",
    title="Two coupled swings",
    source=SOURCE,
    kind="ode",
    unit="days",
    states=(
        State("x1", 1.0, (-3, 3), "the first one's closeness, from its middle"),
        State("v1", 0.0, (-3, 3), "its speed, per day"),
        State("x2", 0.0, (-3, 3), "the second one's closeness, from its middle"),
        State("v2", 0.0, (-3, 3), "its speed, per day"),
    ),
    parameters=(
        *pair("eta", (-0.4, -0.3), (-4, -0.01), "pull back to the middle (below 0), per day squared", OURS),
        *pair("zeta", (-0.05, -0.08), (-1, 0.1), "damping (below 0), per day", OURS),
        *pair("gamma", (0.2, 0.3), (-1, 1), "how much the other's pull is one's own", OURS),
    ),
    field=field,
    span=60.0,
    step=0.1,
    settles=600.0,
    more=more,
)
