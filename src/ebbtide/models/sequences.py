"""The loop in steps: two yes-or-no series of a couple, and how each one's step goes with the other's step before.

For series observed step by step, such as one partner's stress and the other's coping in ten-second steps. The log odds
of each next step depend on both last steps and on the couple, whose two levels (one per series) are drawn from a
bivariate normal law: couples high in one series are often high in the other, which alone would look like an effect.
Fitted by penalised Newton steps with the spread of the levels by empirical Bayes (EM), intervals by Laplace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit

from ebbtide.errors import FitFailed, NotEnoughData
from ebbtide.signals.stream import Floats

#: Precision of the prior of every log odds: sd 5, which only matters where a step is never or always the same.
WEAK = 1 / 25
#: Half the width of a 90% interval in standard errors.
NINETY = 1.6449
ROUNDS, NEWTON_STEPS = 500, 50
#: Changes of the log posterior and of the spread that count as none.
CLOSE, SETTLED = 1e-6, 1e-4
#: Level, own last step, the other's last step.
TERMS = 3
#: Couples' levels in the two series may go together, be independent of each other, or be the same for all couples.
Levels = Literal["tied", "apart", "same"]
ALLOWED: dict[Levels, Floats] = {"tied": np.ones((2, 2)), "apart": np.eye(2), "same": np.zeros((2, 2))}
#: Variance of levels that are the same for all couples, and the least that any may have.
NONE = 1e-8
#: The spread is believed to be about this before anything is seen, which counts as much as one couple.
SPREAD = 0.25


@dataclass(frozen=True, slots=True)
class Lag:
    """A change of log odds of the next step by a last step of 1 against 0, with its 90% interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Steps:
    """How the steps of two series follow one another, in couples.

    `own` the pull of each series' own last step, `cross` of the other's last step on each; `spread` (2, 2) covariance
    of the couples' levels; `couples` and `steps` that were told from.
    """

    own: tuple[Lag, Lag]
    cross: tuple[Lag, Lag]
    spread: Floats
    couples: int
    steps: int


@dataclass(frozen=True, slots=True)
class Table:
    """Next steps of both series (2, n, t), what goes before them (2, n, t, 3), and which are known (2, n, t)."""

    after: Floats
    before: Floats
    known: Floats


@dataclass(frozen=True, slots=True)
class Mode:
    """The most likely effects (6,) and levels (n, 2).

    `covariance` (6, 6) of the effects, `doubt` (2, 2) the covariances of the levels summed over couples.
    """

    effects: Floats
    levels: Floats
    covariance: Floats
    doubt: Floats


def fit_steps(first: Floats, second: Floats, levels: Levels = "tied") -> Steps:
    """Fit two series of 0 and 1, each (n couples, t steps), with NaN where a step was not seen.

    `levels` other than "tied" are for comparison: what they leave out of the couples ends up in the cross effects.
    Raises `NotEnoughData` where no step can be told from the one before, `FitFailed` where nothing settles.
    """
    table = tabulate(np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64))
    couples = table.after.shape[1]
    spread = NONE * np.eye(2) + ALLOWED[levels] * np.eye(2)
    mode = Mode(np.zeros(2 * TERMS), np.zeros((couples, 2)), np.eye(2 * TERMS), np.eye(2))
    for _ in range(ROUNDS):
        mode = settle(table, mode, spread)
        found = mode.levels.T @ mode.levels + mode.doubt + SPREAD * np.eye(2)
        fresh = ALLOWED[levels] * found / (couples + 1) + NONE * np.eye(2)
        change = float(np.abs(fresh - spread).max())
        spread = fresh
        if change < SETTLED:
            return described(mode, spread, couples, int(table.known.sum()))
    raise FitFailed("The spread between couples does not settle.", try_="Leave out couples with few steps.")


def tabulate(first: Floats, second: Floats) -> Table:
    """Every next step beside what went before it."""
    if first.ndim != 2 or first.shape != second.shape or first.shape[0] < 2 or first.shape[1] < 2:
        raise NotEnoughData(
            "Two series of the same couples and steps are needed.",
            where=f"shapes {first.shape} and {second.shape}",
            try_="Give two tables with a row per couple, at least two couples and two steps.",
        )
    both = np.stack([first, second])
    last, after = both[:, :, :-1], both[:, :, 1:]
    other = last[::-1]
    known = ~(np.isnan(after) | np.isnan(last) | np.isnan(other))
    if not known.any(axis=(1, 2)).all():
        raise NotEnoughData("No two steps in a row were seen.", try_="Fill in the steps that are known as 0 or 1.")
    before = np.stack([np.ones_like(last), last, other], axis=-1)
    return Table(np.where(known, after, 0.0), np.nan_to_num(before), known.astype(np.float64))


def settle(table: Table, start: Mode, spread: Floats) -> Mode:
    """Newton steps to the mode of effects and levels, given the spread of the levels; the log posterior is concave.

    The Hessian is bordered: effects are shared, levels belong to one couple, so each couple's block is 2 by 2.
    """
    tie = np.asarray(np.linalg.inv(spread), dtype=np.float64)
    effects, levels = start.effects, start.levels
    value = log_posterior(table, effects, levels, tie)
    for _ in range(NEWTON_STEPS):
        step, level_step, covariance, doubt = newton_step(table, effects, levels, tie)
        size = 1.0
        while (tried := log_posterior(table, effects + size * step, levels + size * level_step, tie)) < value - CLOSE:
            size /= 2
        effects, levels = effects + size * step, levels + size * level_step
        gain, value = tried - value, tried
        if gain < CLOSE:
            return Mode(effects, levels, covariance, doubt)
    raise FitFailed("The effects of the last steps do not settle.", try_="Look for series that never change.")


def log_odds(table: Table, effects: Floats, levels: Floats) -> Floats:
    """Log odds of every next step (2, n, t)."""
    shared = np.einsum("sntk,sk->snt", table.before, effects.reshape(2, TERMS))
    return np.asarray(shared + levels.T[:, :, None])


def log_posterior(table: Table, effects: Floats, levels: Floats, tie: Floats) -> float:
    """Log likelihood of the next steps and log prior, up to a constant."""
    odds = log_odds(table, effects, levels)
    likelihood = float((table.known * (table.after * odds - np.logaddexp(0.0, odds))).sum())
    return (
        likelihood - 0.5 * WEAK * float(effects @ effects) - 0.5 * float(np.einsum("ni,ij,nj->", levels, tie, levels))
    )


def newton_step(table: Table, effects: Floats, levels: Floats, tie: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Step of the effects (6,) and of the levels (n, 2), with `covariance` and `doubt` as of a mode."""
    chance = expit(log_odds(table, effects, levels))
    miss = table.known * (table.after - chance)
    weight = table.known * chance * (1 - chance)
    slope = np.einsum("snt,sntk->sk", miss, table.before).ravel() - WEAK * effects
    level_slope = miss.sum(axis=2).T - levels @ tie
    curve = WEAK * np.eye(2 * TERMS)
    border = np.zeros((levels.shape[0], 2 * TERMS, 2))
    for series in (0, 1):
        part = slice(series * TERMS, (series + 1) * TERMS)
        weighted = weight[series, :, :, None] * table.before[series]
        curve[part, part] += np.einsum("ntk,ntl->kl", weighted, table.before[series])
        border[:, part, series] = weighted.sum(axis=1)
    inner = np.linalg.inv(tie + weight.sum(axis=2).T[:, :, None] * np.eye(2))
    across = border @ inner
    covariance = np.linalg.inv(curve - np.einsum("nki,nli->kl", across, border))
    step = covariance @ (slope - np.einsum("nki,ni->k", across, level_slope))
    level_step = np.einsum("nij,nj->ni", inner, level_slope) - np.einsum("nki,k->ni", across, step)
    doubt = inner.sum(axis=0) + np.einsum("nki,kl,nlj->ij", across, covariance, across)
    return step, level_step, covariance, doubt


def described(mode: Mode, spread: Floats, couples: int, steps: int) -> Steps:
    """The effects with their intervals."""
    error = np.sqrt(np.diag(mode.covariance))

    def lag(at: int) -> Lag:
        centre, half = float(mode.effects[at]), float(NINETY * error[at])
        return Lag(centre, centre - half, centre + half)

    return Steps((lag(1), lag(TERMS + 1)), (lag(2), lag(TERMS + 2)), spread, couples, steps)
