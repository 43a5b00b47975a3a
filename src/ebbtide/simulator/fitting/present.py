"""Where a couple stands on the last day of a record: many possible couples followed through its last weeks.

For every draw of the parameters some couples live on by chance, and every few days those go on that the record fits
better (a particle filter: Gordon, Salmond & Smith 1993). Draws keep their number: the record has already had its say
on the parameters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.models.counts import negative_binomial
from ebbtide.simulator.fitting import days as by_day
from ebbtide.simulator.fitting.days import BEFORE, Days, levels, started
from ebbtide.simulator.fitting.prior import full, values
from ebbtide.simulator.fitting.summaries import USUAL, usual_level
from ebbtide.simulator.systems.system import Floats

#: Draws followed, couples of each and how many of these are shown, days of the record they are followed through, days
#: between choices.
DRAWS, EACH, SHOWN, FOLLOWED, CHOSEN_EVERY = 200, 30, 2, 45, 3
#: Shape of the spread of a day's turns, moods included, and how far they are trusted: days of one mood are one witness.
SHAPE, TRUST = 8.0, 0.6


@dataclass(frozen=True, slots=True)
class Present:
    """Couples as they may stand now: places (P, N), states (15, N), and each person’s usual level (2, N)."""

    places: Floats
    states: Floats
    usual: Floats


def present(places: Floats, days: Days, rng: np.random.Generator) -> Present:
    """Of the draws (P, K) some, and of each a few couples as they may stand on the last day of the record."""
    draws = min(DRAWS, places.shape[1])
    places = places[:, rng.permutation(places.shape[1])[:draws]]
    of = np.repeat(np.arange(draws), EACH)
    p = full(values(places[:, of]))
    rows = by_day.lived(p, started(p, of.size), BEFORE, rng)
    usual = own_usual(levels(p, rows[BEFORE:]), draws)
    made, expected = recent(days)
    x, weight = rows[-1], np.zeros((draws, EACH))
    for day in range(made.shape[1]):
        half = by_day.lived(p, x, 1, rng)
        x = half[-1]
        level = levels(p, half).mean(axis=0) / usual[:, of]
        weight += TRUST * fits(made[:, day, None], expected[:, day, None] * level).reshape(draws, EACH)
        if (day + 1) % CHOSEN_EVERY == 0 or day + 1 == made.shape[1]:
            x, weight = x[:, chosen(weight, rng)], np.zeros_like(weight)
    shown = (np.arange(draws)[:, None] * EACH + np.arange(SHOWN)).ravel()
    return Present(places[:, of[shown]], x[:, shown], usual[:, of[shown]])


def own_usual(level: Floats, draws: int) -> Floats:
    """Each draw's usual level (2, K), as a record's is found: the same quantile, over its couples and days."""
    each = level.transpose(1, 0, 2).reshape(2, len(level), draws, EACH)
    return np.asarray(np.quantile(each, USUAL, axis=(1, 3)))


def recent(days: Days) -> tuple[Floats, Floats]:
    """Turns made and expected on the last days (2, D), expected ones at the record's own usual; 0 where unknown."""
    known, usual = days.known, usual_level(days)
    made, expected = (days.made * known)[:, -FOLLOWED:, 0], (days.expected * known * usual)[:, -FOLLOWED:, 0]
    return made, expected


def fits(made: Floats, mean: Floats) -> Floats:
    """Log likelihood of both persons' turns of a day; nothing where nothing was expected."""
    return np.asarray(np.where(mean > 1e-5, negative_binomial(made, mean, SHAPE), 0.0).sum(axis=0))


def chosen(weight: Floats, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Which couples go on, drawn within every draw by their log weights (K, EACH), in no order."""
    share = np.exp(weight - weight.max(axis=1, keepdims=True))
    ladder = np.cumsum(share / share.sum(axis=1, keepdims=True), axis=1)
    at = (np.arange(EACH) + rng.random((len(weight), 1))) / EACH
    found = (at[:, :, None] > ladder[:, None, :]).sum(axis=2)
    found = rng.permuted(np.minimum(found, EACH - 1), axis=1)
    return np.asarray((found + np.arange(len(weight))[:, None] * EACH).ravel())
