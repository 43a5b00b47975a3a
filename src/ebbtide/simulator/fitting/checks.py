"""Is the record like what the fitted model makes? Posterior predictive checks (Gelman, Meng & Stern 1996).

Couples are drawn from what is believed, live as many days as the record has, and write as many turns. A handful of
plain figures of the record is then held against theirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.simulator.fitting.bank import MOST_DAYS
from ebbtide.simulator.fitting.days import Days, lived, together, written
from ebbtide.simulator.fitting.prior import full, values
from ebbtide.simulator.fitting.summaries import Levels, lagged, levels_of, mean, spell_count
from ebbtide.simulator.systems.system import Floats

#: Couples made, and the chance of so extreme a figure below which a check is failed.
COUPLES, FAILED = 200, 0.02
#: So many failed checks, and the model is not used.
TOO_MANY = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One figure: what the record has, what nine in ten made-up couples have, the chance of one so extreme."""

    id: str
    person: str | None
    got: float
    low: float
    high: float
    chance: float

    @property
    def passed(self) -> bool:
        """Whether the model makes such records."""
        return self.chance >= FAILED


def checks(places: Floats, days: Days, rng: np.random.Generator) -> tuple[Check, ...]:
    """Every check for one record, with draws of places (P, K)."""
    days = days.latest(MOST_DAYS)
    p = full(values(places[:, rng.integers(places.shape[1], size=COUPLES)]))
    made = written(p, lived(p, together(p, COUPLES, rng), days.count, rng), rng, days.expected)
    made = Days(made.made, made.expected, np.broadcast_to(days.known, made.made.shape))
    got, theirs = figures(levels_of(days)), figures(levels_of(made))
    return tuple(check(name, float(got[name][0]), theirs[name]) for name in got)


def figures(levels: Levels) -> dict[tuple[str, str | None], Floats]:
    """The figures held against one another, each (couples,)."""
    found: dict[tuple[str, str | None], Floats] = {}
    count = spell_count(levels)
    for k, name in enumerate("ab"):
        own, other, away = levels.log[k], levels.log[1 - k], levels.away[k]
        found["spells", name] = count[k]
        found["longest", name] = np.max(levels.run[k] * away, axis=0)
        found["depth", name] = mean(own, away)
        found["other_meanwhile", name] = mean(other, away)
        found["swing", name] = own.std(axis=0)
        found["busiest", name] = np.quantile(own, 0.95, axis=0)
    found["together", None] = lagged(levels.log[0], levels.log[1], 0)
    return found


def check(name: tuple[str, str | None], got: float, theirs: Floats) -> Check:
    """One figure against those of made-up couples; both tails count."""
    below, above = ((theirs <= got).sum() + 1) / (theirs.size + 1), ((theirs >= got).sum() + 1) / (theirs.size + 1)
    low, high = np.quantile(theirs, [0.05, 0.95]).tolist()
    return Check(name[0], name[1], got, low, high, float(min(1.0, 2 * min(below, above))))
