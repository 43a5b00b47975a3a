"""Kinds of couples whose states follow the dyad: attachment, pressing, stress and return of two people, drawn by seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ebbtide.simulator.kinds import PLENTY, Kind, Span
from ebbtide.simulator.systems.dyad import DYAD

#: Before the name of a kind, so that a couple's kind tells which generator made it.
PREFIX = "dyad/"


@dataclass(frozen=True, slots=True)
class DyadKind:
    """Settings of a kind: ranges (low, high) of parameters by name, without ending for both people.

    `one` are those of the person who is a or b by chance, `other` those of the other. `writes` has the messages of both
    a day, their answers, the decoys and the length of the record.
    """

    both: Mapping[str, Span] = field(default_factory=dict)
    one: Mapping[str, Span] = field(default_factory=dict)
    other: Mapping[str, Span] = field(default_factory=dict)
    writes: Kind = field(default_factory=lambda: Kind(messages=(16.0, 80.0)))


#: Outside stress and passing alarms that every couple has, and how much distance shows in what is written.
LIFE: Mapping[str, Span] = {
    "stress_swing": (0.08, 0.2),
    "alarms": (0.08, 0.15),
    "quieter": (3.0, 5.0),
    "withdrawing": (1.0, 2.0),
    "appreciated": (0.35, 0.55),
}
AVOIDANT: Mapping[str, Span] = {"avoidance": (0.6, 0.9), "anxiety": (0.05, 0.3)}
ANXIOUS: Mapping[str, Span] = {"anxiety": (0.6, 0.9), "avoidance": (0.05, 0.3)}

DYADS: Mapping[str, DyadKind] = {
    "secure": DyadKind(
        both={"anxiety": (0.05, 0.25), "avoidance": (0.05, 0.25)},
        writes=Kind(messages=(16.0, 80.0), decoys=PLENTY),
    ),
    "anxious-avoidant": DyadKind(one={**AVOIDANT, "pressing": (0.35, 0.55)}, other=ANXIOUS),
    "reaching": DyadKind(
        one={**AVOIDANT, "pressing": (0.55, 0.75)}, other={**ANXIOUS, "reaching_drive": (2.2, 3.0)}
    ),
    "alternating": DyadKind(
        both={"anxiety": (0.35, 0.6), "avoidance": (0.5, 0.75), "pressing": (0.3, 0.6), "stress_swing": (0.12, 0.2)}
    ),
    "stressed": DyadKind(
        both={"anxiety": (0.2, 0.5), "avoidance": (0.1, 0.35), "stress_swing": (0.2, 0.3), "alarms": (0.15, 0.25)}
    ),
    "valued": DyadKind(one={**AVOIDANT, "pressing": (0.35, 0.6), "appreciated": (0.7, 0.95)}, other=ANXIOUS),
    "fading": DyadKind(
        both={"growing": (0.06, 0.08)}, one={**AVOIDANT, "returning": (0.04, 0.08)}, other={"anxiety": (0.3, 0.7)}
    ),
}


def drawn(kind: DyadKind, rng: np.random.Generator) -> dict[str, float]:
    """The parameters of one couple of a kind."""
    p = dict(DYAD.defaults)
    chosen = "ab" if rng.random() < 0.5 else "ba"
    for ranges, people in ((LIFE, "ab"), (kind.both, "ab"), (kind.one, chosen[0]), (kind.other, chosen[1])):
        for name, span in ranges.items():
            for full in [name] if name in p else [f"{name}_{k}" for k in people]:
                p[full] = float(rng.uniform(*span))
    return p
