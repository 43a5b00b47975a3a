"""What is believed of a couple before anything is read: a few parameters of the dyad over their plausible ranges.

Free are those that could make the records of two couples differ most, five for each person and two for both. Each is
drawn evenly over the range the model calls plausible, speeds evenly over its logarithm. Everything else is held at
the model's defaults: what is believed after a record is read is believed under that assumption. Beside them stand
habits of writing, which are no part of the model: how far days differ when nothing is the matter, alone and together.

From the couples so drawn only those are kept in whom somebody draws away at least once and neither is away for most of
the record: for others there is nothing to fit, or no usual to measure against.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.system import Floats

PEOPLE = ("a", "b")
#: Parameters free for each of the two, and for both together.
EACH = ("avoidance", "anxiety", "pressing", "returning", "outside_stress")
SHARED = ("quieter", "stress_swing")
NAMES = (*(f"{name}_{k}" for name in EACH for k in PEOPLE), *SHARED)
#: Habits of each: standard deviation of moods (log), shape of what else varies by the day, variance of a day’s turns by
#: their mean (1 by chance alone); and of both, the standard deviation of moods in common.
OWN = {"mood": (0.0, 0.4), "steady": (3.0, 200.0), "regular": (0.15, 1.2)}
HABITS = {**{f"{name}_{k}": span for name, span in OWN.items() for k in PEOPLE}, "mood_both": (0.0, 0.5)}
ALL = (*NAMES, *HABITS)
#: Where the same of the other person stands.
TWIN = {"_a": "_b", "_b": "_a"}
SWAPPED = [ALL.index(name[:-2] + TWIN[name[-2:]]) if name[-2:] in TWIN else i for i, name in enumerate(ALL)]
#: Speeds and shapes, of which half and double are equally far.
BY_LOGARITHM = ("pressing", "returning", "steady", "regular")

PLAUSIBLE = {p.name: p.plausible for p in DYAD.parameters if p.name in NAMES} | HABITS
LOGS = np.array([name.startswith(BY_LOGARITHM) for name in ALL])[:, None]
LOW, HIGH = (np.array([PLAUSIBLE[name][i] for name in ALL], dtype=np.float64)[:, None] for i in (0, 1))
LEAST = np.where(LOGS, np.log(np.where(LOGS, LOW, 1.0)), LOW)
MOST = np.where(LOGS, np.log(np.where(LOGS, HIGH, 1.0)), HIGH)


def drawn(couples: int, rng: np.random.Generator) -> Floats:
    """Places of so many couples within the ranges, 0 to 1: (parameters and habits, couples)."""
    return rng.random((len(ALL), couples))


def values(places: Floats) -> dict[str, Floats]:
    """Parameters of the dyad and habits, one array over couples each: what lies at these places."""
    found = LEAST + places * (MOST - LEAST)
    return dict(zip(ALL, np.where(LOGS, np.exp(np.where(LOGS, found, 0.0)), found), strict=True))


def full(free: Mapping[str, Floats]) -> dict[str, Floats | float]:
    """Every parameter of the dyad, with the others at their defaults, and the habits beside."""
    return {**DYAD.defaults, **free}
