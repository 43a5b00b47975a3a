"""A conversation in turns: each one's mood has its own inertia and is moved by the other's last turn.

    W(t+1) = a₁ + r₁W(t) + I₁(H(t))        H(t+1) = a₂ + r₂H(t) + I₂(W(t))

Gottman, J. M., Murray, J. D., Swanson, C. C., Tyson, R. & Swanson, K. R. (2002). The Mathematics of Marriage. MIT
Press. Alone (I = 0) each settles at the uninfluenced set point a/(1 − r). Influence is bilinear (one slope for the
other's negative turns, one for positive) or an ojive (a drop below one threshold, a lift above another, nothing
between). A set point is stable if the product of the slopes of I₁ and I₂ there is below (1 − r₁)(1 − r₂), for slopes at
or above 0 and r between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ebbtide.simulator.systems.system import (
    NOT_NEGATIVE,
    SHARE,
    Equilibrium,
    Field,
    Floats,
    Parameter,
    State,
    System,
    Values,
    pair,
)

SOURCE = "Gottman, Murray, Swanson, Tyson & Swanson 2002, The Mathematics of Marriage"
OURS = "free in the book; chosen here"


def field(p: Values) -> Field:
    """The next W and H."""
    ojive = np.asarray(p["ojive"]) >= 0.5

    def influence(i: str, x: Floats) -> Floats:
        sloped = np.where(x < 0, p[f"negative{i}"], p[f"positive{i}"]) * x
        stepped = np.where(x >= p[f"above{i}"], p[f"lift{i}"], 0.0) - np.where(x <= p[f"below{i}"], p[f"drop{i}"], 0.0)
        return np.where(ojive, stepped, sloped)

    def following(_: float, x: Floats) -> Floats:
        return np.array(
            [p["a1"] + p["r1"] * x[0] + influence("1", x[1]), p["a2"] + p["r2"] * x[1] + influence("2", x[0])]
        )

    return following


def more(p: Values, _: Sequence[Equilibrium]) -> Mapping[str, Any]:
    """Where each settles alone; nothing where they do not."""
    alone = {name: p[f"a{i}"] / (1 - p[f"r{i}"]) if p[f"r{i}"] < 1 else None for i, name in (("1", "W"), ("2", "H"))}
    return {"uninfluenced": alone}


GOTTMAN = System(
    id="gottman",
    title="Turns of a conversation, with influence",
    source=SOURCE,
    kind="difference",
    unit="steps",
    states=(
        State("W", 1.0, (-8, 8), "one's mood in a turn; below 0 is negative"),
        State("H", 1.0, (-8, 8), "the other's mood in a turn"),
    ),
    parameters=(
        *pair("a", (0.4, 0.3), (-2, 2), "what each brings to a turn alone", OURS),
        *pair("r", (0.5, 0.6), (0, 1), "how much of one's mood is carried on", OURS, SHARE),
        *pair("negative", (0.3, 0.3), (0, 1), "bilinear: slope of the other's negative turns", OURS),
        *pair("positive", (0.2, 0.2), (0, 1), "bilinear: slope of the other's positive turns", OURS),
        Parameter("ojive", 0.0, (0, 1), "1 for influence in steps instead of slopes", OURS, SHARE),
        *pair("drop", (2.0, 2.0), (0, 4), "ojive: what a very negative turn takes away", OURS, NOT_NEGATIVE),
        *pair("lift", (1.0, 1.0), (0, 4), "ojive: what a very positive turn adds", OURS, NOT_NEGATIVE),
        *pair("below", (-1.0, -1.0), (-5, 0), "ojive: a turn at or below this is very negative", OURS),
        *pair("above", (2.0, 2.0), (0, 5), "ojive: a turn at or above this is very positive", OURS),
    ),
    field=field,
    span=60.0,
    step=1.0,
    settles=400.0,
    more=more,
)
