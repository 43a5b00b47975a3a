"""Rates: how many messages really make a move, from how many are taken to.

A model that finds half of a move's messages and takes one in a hundred others for it shows neither the true number nor
the true share. With both known from authors left out, the count is put right (Rogan & Gladen 1978), with an interval
that holds what the count, and the writer's likeness to those authors, leave open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from scipy.special import betaincinv

from ebbtide.signals.moves import RATED, Model, model
from ebbtide.signals.stream import Floats

#: Half the width of a 90% interval in standard deviations.
NINETY = 1.645


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of messages that make a move, with a 90% interval, 0 to 1; of how many messages."""

    share: float
    low: float
    high: float
    messages: int

    @property
    def count(self) -> int:
        """The number of messages that make the move, as near as can be told."""
        return round(self.share * self.messages)


@dataclass(frozen=True, slots=True)
class Counted:
    """`taken` out of so many `chances`; `messages` were looked at for it, each of which the model can mistake."""

    taken: float
    chances: float
    messages: float


@dataclass(frozen=True, slots=True)
class Change:
    """A log ratio, or a difference, with its 90% interval."""

    change: float
    low: float
    high: float

    def reversed(self) -> Change:
        """The change of the opposite."""
        return Change(-self.change, -self.high, -self.low)


def corrected(taken: int, messages: int, move: str, using: Model | None = None) -> Rate:
    """The rate of a move (of `RATED`) of which `taken` of so many `messages` are possible ones."""
    if messages == 0:
        return Rate(0.0, 0.0, 0.0, 0)
    using = using or model()
    at = RATED.index(move)
    (found, found_sd), (mistaken, mistaken_sd) = using.found[:, at].tolist(), using.mistaken[:, at].tolist()
    seen = taken / messages
    # Half a message keeps a count of none, or of all, from passing for certainty.
    smooth = (taken + 0.5) / (messages + 1)
    tells = found - mistaken
    share = (seen - mistaken) / tells
    by_count = smooth * (1 - smooth) / messages
    by_found, by_mistaken = (share * found_sd) ** 2, ((share - 1) * mistaken_sd) ** 2
    spread = NINETY * float(np.sqrt(by_count + by_found + by_mistaken)) / tells
    low, middle, high = (float(np.clip(x, 0, 1)) for x in (share - spread, share, share + spread))
    return Rate(middle, low, high, messages)


#: Rates are looked for from this far below what was counted usually to this far above it, in steps (log scale).
BELOW, ABOVE, STEP = 7.0, 4.5, 0.02
#: How far people change, before anything is counted (standard deviation of the log ratio): tenfold is rare.
CHANGES = 1.0
#: Shares of the writers at which the rate of mistakes is tried.
MISTAKES_AT = tuple((i + 0.5) / 9 for i in range(9))


def log_ratio(
    recent: Counted, usual: Counted, moves: Sequence[str], dispersion: float = 1.0, using: Model | None = None
) -> Change | None:
    """How much more often a writer makes one of these `moves` than the same writer's usual; None without chances.

    What the model misses of one writer it misses then and now, so that it drops out; what it mistakes for a move does
    not, and makes two rates look more alike than they are. Its rate is unknown for this writer and averaged over, each
    value weighted by how well it goes with both counts (Poisson; prior of Jeffreys for the usual rate, `CHANGES` for
    the ratio). `dispersion` is how much more the counts of a stretch vary than by chance (1: not at all). Without moves
    the counts are taken as they are.
    """
    if recent.chances <= 0 or usual.chances <= 0:
        return None
    middle = np.log((usual.taken + 0.5) / usual.chances)
    rate = np.exp(middle + np.arange(-BELOW, ABOVE, STEP))
    tried = [[likelihood(each, rate, m, dispersion) for each in (recent, usual)] for m in mistakes(moves, using)]
    step = np.arange(1 - rate.size, rate.size) * STEP
    peak = max(now.max() + before.max() for now, before in tried)
    total = np.zeros(step.size)
    for now, before in tried:
        jeffreys = np.exp(before - before.max()) * np.sqrt(rate)
        total += np.exp(now.max() + before.max() - peak) * np.convolve(np.exp(now - now.max()), jeffreys[::-1])
    share = np.cumsum(total * np.exp(-0.5 * (step / CHANGES) ** 2))
    low, change, high = (float(step[np.searchsorted(share, q * share[-1])]) for q in (0.05, 0.5, 0.95))
    return Change(change, low, high)


def mistakes(moves: Sequence[str], using: Model | None = None) -> list[float]:
    """Rates at which writers' other messages are taken for one of these moves, equally likely; [0] without moves."""
    if not moves:
        return [0.0]
    at = [RATED.index(move) for move in moves]
    mean, sd = (using or model()).mistaken[:, at]
    writers = NormalDist(float(mean.sum()), float(np.sqrt((sd**2).sum())) or 1e-9)
    return [max(writers.inv_cdf(q), 0.0) for q in MISTAKES_AT]


def likelihood(seen: Counted, rate: Floats, mistaken: float, dispersion: float) -> Floats:
    """Log likelihood of a count at each true rate per chance (G,), less what is the same at all rates and mistakes."""
    mean = rate * seen.chances + mistaken * seen.messages
    return np.asarray((seen.taken * np.log(mean) - mean) / dispersion)


#: A person's stretches are believed to vary this much more than by chance, as firmly as so many stretches would show.
USUAL_DISPERSION, FIRMNESS = 1.4, 4.0


def dispersion(taken: Floats, expected: Floats) -> float:
    """How much more the counts of a person's stretches (B,) vary than by chance, at least 1; few tell little."""
    known = expected >= 1
    surplus = float(((taken - expected)[known] ** 2 / expected[known]).sum())
    return max(1.0, (FIRMNESS * USUAL_DISPERSION + surplus) / (FIRMNESS + max(int(known.sum()) - 1, 0)))


def difference(one: tuple[float, float], other: tuple[float, float], level: float = 0.9) -> Change | None:
    """The share of one count less that of another, each (taken, chances), with its interval at this level.

    Newcombe's (1998) joining of two intervals, here those of Jeffreys; None where either has no chances.
    """
    (yes, of), (other_yes, other_of) = one, other
    if of <= 0 or other_of <= 0:
        return None
    share, other_share = yes / of, other_yes / other_of
    (low, high), (other_low, other_high) = (jeffreys(*each, level) for each in (one, other))
    between = share - other_share
    below = float(np.hypot(share - low, other_high - other_share))
    above = float(np.hypot(high - share, other_share - other_low))
    return Change(between, between - below, between + above)


def jeffreys(taken: float, chances: float, level: float) -> tuple[float, float]:
    """The interval of Jeffreys for a share; it reaches 0 where nothing, and 1 where everything was taken."""
    tail = (1 - level) / 2
    low, high = (float(betaincinv(taken + 0.5, chances - taken + 0.5, q)) for q in (tail, 1 - tail))
    return (0.0 if taken == 0 else low), (1.0 if taken == chances else high)


def by_chance(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How likely counts (taken, chances) so far apart are where the shares are the same (Fisher's exact test)."""
    # It takes longer to import than all else of a reading; only check-ins need it.
    from scipy.stats import fisher_exact

    table = np.array([[taken, chances - taken] for taken, chances in (one, other)])
    return float(fisher_exact(table).pvalue)
