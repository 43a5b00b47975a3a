"""What is believed of a couple's parameters after the record: the made-up couples most like it, moved into place.

Approximate Bayesian computation with regression adjustment (Beaumont, Zhang & Balding 2002, Genetics 162:2025), here
quadratic (Blum 2010, JASA 105:1178), on the network's guesses. Where a record says nothing of a parameter its draws are
the prior's. Whether the ranks of the truth among such draws are even is measured by `python -m validation dyad-fit`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from ebbtide.simulator.fitting import prior
from ebbtide.simulator.fitting.bank import FEWEST_DAYS, MOST_DAYS, Bank, shown
from ebbtide.simulator.fitting.days import Days
from ebbtide.simulator.fitting.summaries import levels_of, summarised
from ebbtide.simulator.systems.system import Floats

#: Made-up couples taken as like this one.
NEIGHBOURS = 500
#: How much a difference in days and in turns of each (log) counts beside one standard error of a guess.
LENGTHS = np.array([1.0, 0.6, 0.6])
#: How far couples may differ in habits, in the same unit: these only blur the rest.
HABITS = 30.0
#: A parameter is told by a record when its spread falls below this share of what it was before.
TOLD = 0.8
#: Never told: from whole chats their guesses come out too low (python -m validation dyad-fit). Long waits
#: fall mostly on slow days, so that a reading expects little after them, and spells look shallower than they are. How
#: much an anxious person reaches comes out too low as well: of 15 told so of such people 6 held the truth.
NOT_FROM_CHATS = ("quieter", "stress_swing", "anxiety_a", "anxiety_b")
#: Closeness to the edge of a range kept for the logistic scale.
EDGE = 1e-4


@dataclass(frozen=True, slots=True)
class Belief:
    """What is believed of one parameter: median and 90% interval, the plausible range, spread left, whether told."""

    median: float
    low: float
    high: float
    plausible: tuple[float, float]
    spread_left: float
    told: bool


@dataclass(frozen=True, slots=True)
class Posterior:
    """Draws of places (P, K) of the free parameters and habits, and how far each spread before the record (P,)."""

    places: Floats
    prior_spread: Floats

    def beliefs(self) -> dict[str, Belief]:
        """Every free parameter as it is now believed to be."""
        found = prior.values(np.quantile(self.places, [0.5, 0.05, 0.95], axis=1).T)
        left = self.places.std(axis=1) / self.prior_spread
        return {name: belief(name, found[name], float(x)) for name, x in zip(prior.NAMES, left, strict=False)}


def belief(name: str, found: Floats, left: float) -> Belief:
    """What is believed of one parameter, from its median and the ends of its interval."""
    middle, low, high = found.tolist()
    return Belief(middle, low, high, prior.PLAUSIBLE[name], left, left < TOLD and name not in NOT_FROM_CHATS)


def fit(days: Days, bank: Bank, neighbours: int = NEIGHBOURS) -> Posterior:
    """Draws for one record of a couple (`Days` with one couple)."""
    days = days.latest(MOST_DAYS)
    levels = levels_of(days)
    return fitted(shown(bank.network, summarised(days, levels, 0), summarised(days, levels, 1))[:, 0], bank, neighbours)


def long_enough(days: Days) -> bool:
    """Whether a record has as many days as the shortest in the bank."""
    return days.count >= FEWEST_DAYS


def fitted(seen: Floats, bank: Bank, neighbours: int = NEIGHBOURS) -> Posterior:
    """Draws from what a record shows (P + 3,)."""
    apart = (bank.shown - seen[:, None]) / scale(bank)[:, None]
    distance = np.sqrt((apart**2).sum(axis=0))
    near = np.argpartition(distance, neighbours)[:neighbours]
    widest = distance[near].max()
    weight = 1 - (distance[near] / widest) ** 2
    places = adjusted(bank.places[:, near], apart[:, near], weight)
    return Posterior(places, bank.places.std(axis=1))


def scale(bank: Bank) -> Floats:
    """One standard error of each guess, and the scale of the rest: what counts as a difference of 1."""
    parameters = len(prior.ALL)
    wrong = (bank.places - bank.shown[:parameters]).std(axis=1)
    wrong[len(prior.NAMES) :] *= HABITS
    return np.concatenate([wrong, LENGTHS])


def adjusted(places: Floats, apart: Floats, weight: Floats) -> Floats:
    """Neighbours' places moved by what differs between their records and this one, on the logistic scale.

    The guesses of what is believed count squared, too: a line alone leaves the ranks of `quieter` uneven.
    """
    y = logit(np.clip(places, EDGE, 1 - EDGE)).T
    differs = np.concatenate([apart, apart[: len(prior.NAMES)] ** 2]).T
    x = np.column_stack([np.ones(len(differs)), differs])
    gram = (x * weight[:, None]).T @ x
    gram[np.diag_indices_from(gram)] += np.append(1e-9, np.full(differs.shape[1], 1.0))
    slope = np.linalg.solve(gram, (x * weight[:, None]).T @ y)
    return np.asarray(expit(y - differs @ slope[1:]).T)
