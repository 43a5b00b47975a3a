"""Kinds of couples whose states follow the dyad: attachment, pressing, stress and return of two, drawn by seed."""

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


#: What every couple has: outside stress and passing alarms; withdrawing that sets in almost at once when alarm is too
#: much, as flooding does, and quick withdrawing and returning beside slow closeness, so that a person is mostly either
#: here or away; and distance that shows in what is written.
LIFE: Mapping[str, Span] = {
    "stress_swing": (0.08, 0.14),
    "alarms": (0.02, 0.04),
    "closeness_alarm": (1.9, 2.3),
    "protection": (0.45, 0.55),
    "hesitating": (0.04, 0.06),
    "withdrawing": (2.7, 3.0),
    "returning": (1.0, 1.3),
    "growing": (0.07, 0.07),
    "fading": (0.07, 0.07),
    "reaching_drive": (2.5, 3.5),
    "quieter": (4.7, 5.0),
    "appreciated": (0.35, 0.5),
}
#: The same where distance comes and goes by degrees, and often stops half way.
BY_DEGREES: Mapping[str, Span] = {
    "alarms": (0.06, 0.12),
    "closeness_alarm": (1.5, 2.0),
    "protection": (0.25, 0.35),
    "hesitating": (0.25, 0.25),
    "returning": (1.4, 1.8),
    "growing": (0.1, 0.1),
    "fading": (0.1, 0.1),
    "quieter": (4.3, 5.0),
}
AVOIDANT: Mapping[str, Span] = {"avoidance": (0.6, 0.9), "anxiety": (0.05, 0.3), "pressing": (0.5, 0.7)}
ANXIOUS: Mapping[str, Span] = {"anxiety": (0.6, 0.9), "avoidance": (0.05, 0.3)}

DYADS: Mapping[str, DyadKind] = {
    "secure": DyadKind(
        both={"anxiety": (0.05, 0.25), "avoidance": (0.05, 0.25), "stress_swing": (0.15, 0.2)},
        writes=Kind(messages=(16.0, 80.0), decoys=PLENTY),
    ),
    "anxious-avoidant": DyadKind(one=AVOIDANT, other=ANXIOUS),
    "reaching": DyadKind(
        one={**AVOIDANT, "pressing": (0.4, 0.5)}, other={"anxiety": (0.85, 1.0), "reaching_drive": (2.5, 3.2)}
    ),
    "alternating": DyadKind(both={"anxiety": (0.5, 0.75), "avoidance": (0.6, 0.85), "pressing": (0.55, 0.75)}),
    "stressed": DyadKind(
        both={
            "anxiety": (0.5, 0.75),
            "avoidance": (0.1, 0.3),
            "pressing": (0.4, 0.6),
            "stress_swing": (0.2, 0.3),
            "stress_days": (6.0, 10.0),
        }
    ),
    "valued": DyadKind(one={**AVOIDANT, "appreciated": (0.75, 0.95)}, other={**ANXIOUS, "appreciated": (0.5, 0.7)}),
    "fading": DyadKind(
        one={**AVOIDANT, "withdrawing": (1.5, 2.0), "returning": (0.25, 0.4)}, other={"anxiety": (0.4, 0.8)}
    ),
    "gradual": DyadKind(both=BY_DEGREES, one=AVOIDANT, other=ANXIOUS),
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
