"""What `whatif` gives back, and its JSON form (schema `ebbtide.whatif/1`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from ebbtide.reading import Reading
from ebbtide.simulator.alternatives import BAND, Ahead, Change, Fan
from ebbtide.simulator.fitting.checks import Check
from ebbtide.simulator.fitting.posterior import Belief
from ebbtide.supposing.past import Past

SCHEMA = "ebbtide.whatif/1"

#: How far it came: fitted; shown over everything the model holds possible; or not shown, and why not.
Outcome = Literal["fitted", "cannot_tell", "harm", "ended", "too_little", "unlike"]
#: Why nothing was fitted where everything possible is shown.
Reason = Literal["short", "no_spell", "not_narrowed"]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What is believed of the model's parameters after so many days, and whether the model makes such records."""

    days: int
    beliefs: Mapping[str, Belief]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A record's what-if: the change, what was fitted, the days ahead, and what happened in the past.

    `actor` is who would change something, `other` the one who withdrew last. `ahead`, `fitted` and `past` are None
    where nothing is shown of them.
    """

    version: str
    reading: Reading
    outcome: Outcome
    reason: Reason | None
    change: Change
    actor: str | None = None
    other: str | None = None
    fitted: Fitted | None = None
    ahead: Ahead | None = None
    past: Past | None = None
    says: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The plain data of the schema, ready for JSON."""
        return {
            "schema": SCHEMA,
            "version": self.version,
            "people": [{"id": p.id, "name": p.name, "me": p.me} for p in self.reading.people],
            "outcome": self.outcome,
            "reason": self.reason,
            "actor": self.actor,
            "other": self.other,
            "alternative": asdict(self.change),
            "says": list(self.says),
            "fitted": None if self.fitted is None else fitted_to_dict(self.fitted),
            "curves": None if self.ahead is None else curves(self.ahead),
            "past": None if self.past is None else {**asdict(self.past), "enough": self.past.enough},
            "safety": {"level": self.reading.safety.level, "shown": self.reading.safety.shown},
            "limits": list(self.limits),
        }


def fitted_to_dict(fitted: Fitted) -> dict[str, Any]:
    """Parameters with the word on each, and the checks."""
    return {
        "days": fitted.days,
        "parameters": {
            name: {
                "median": b.median,
                "low": b.low,
                "high": b.high,
                "plausible": list(b.plausible),
                "spread_left": b.spread_left,
                "says": "told" if b.told else "cannot tell",
            }
            for name, b in fitted.beliefs.items()
        },
        "checks": [{**asdict(c), "passed": c.passed} for c in fitted.checks],
    }


def curves(ahead: Ahead) -> dict[str, Any]:
    """Days and fans; the quantiles are named by their percentage."""
    return {"day": list(range(ahead.days + 1)), **{name: fan_to_dict(fan) for name, fan in ahead.fans.items()}}


def fan_to_dict(fan: Fan) -> dict[str, Any]:
    """Both courses and their difference."""
    names = [f"p{round(100 * q)}" for q in BAND]
    return {
        "now": {name: rounded(row) for name, row in zip(names, fan.now, strict=True)},
        "alternative": {name: rounded(row) for name, row in zip(names, fan.changed, strict=True)},
        "difference": {name: float(x) for name, x in zip(names, fan.gap, strict=True)},
        "less": fan.less,
        "more": fan.more,
    }


def rounded(row: Any) -> list[float]:
    """Figures of a course, four digits that count."""
    return [float(f"{x:.4g}") for x in row]
