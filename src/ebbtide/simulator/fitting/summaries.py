"""What a record by the day says, as numbers: how low, how long, how often, and what the other did meanwhile.

The same functions read real records and made-up couples, any number at once along the last axis. All is seen from one
person (k, who may withdraw) towards the other (j); the other way round gives the other's numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ebbtide.simulator.fitting.days import Days
from ebbtide.simulator.systems.system import Floats

Mask = npt.NDArray[np.bool_]

#: Days over which a level is smoothed; a level below this share of the usual for so many days is a spell.
WINDOW, LOW, SHORTEST = 3, 0.5, 3
#: The quantile of weekly levels that counts as usual: spells pull the mean down, reaching pulls it up.
USUAL = 0.6
QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
LAGS = (1, 2, 3, 5, 8, 14)
CROSS = (0, 2, 4, 7)
#: Days after a spell in which one returns, and before it.
AROUND = 4
#: Beyond this a level (log) tells nothing more.
FAR = 3.0


@dataclass(frozen=True, slots=True)
class Levels:
    """Log level of each against the usual, smoothed (2, days, couples); days in spells and length of each day's run."""

    log: Floats
    known: Mask
    away: Mask
    run: Floats


def levels_of(days: Days) -> Levels:
    """Levels by the day and the spells in them."""
    known = days.known
    level = smoothed(days.made * known, days.expected * known, WINDOW)
    log = np.clip(np.log(level / usual_level(days)), -FAR, FAR)
    run = run_lengths(log < np.log(LOW))
    return Levels(log, known, run >= SHORTEST, run)


def usual_level(days: Days) -> Floats:
    """Each one's usual level, a quantile of weekly ones: (2, 1, couples)."""
    week = smoothed(days.made * days.known, days.expected * days.known, 7)
    return np.asarray(np.quantile(week, USUAL, axis=1, keepdims=True))


def smoothed(made: Floats, expected: Floats, window: int) -> Floats:
    """Made over expected in a window around each day, with half a turn at the usual rate beside."""
    return (summed(made, window) + 0.5) / (summed(expected, window) + 0.5)


def summed(x: Floats, window: int) -> Floats:
    """Sums over a window around each day of axis 1, cut at the edges."""
    total = np.concatenate([np.zeros_like(x[:, :1]), np.cumsum(x, axis=1)], axis=1)
    day = np.arange(x.shape[1])
    first, last = np.maximum(day - window // 2, 0), np.minimum(day + window // 2 + 1, x.shape[1])
    return np.asarray(total[:, last] - total[:, first])


def run_lengths(inside: Mask) -> Floats:
    """For every day the length of the run of true it lies in, 0 outside; along axis 1."""
    forward, backward = np.zeros(inside.shape), np.zeros(inside.shape)
    for day in range(inside.shape[1]):
        forward[:, day] = (forward[:, day - 1] + 1 if day else 1.0) * inside[:, day]
    for day in reversed(range(inside.shape[1])):
        later = backward[:, day + 1] if day + 1 < inside.shape[1] else 0.0
        backward[:, day] = (later + 1) * inside[:, day]
    return np.asarray(np.maximum(forward + backward - 1, 0.0))


def spell_count(levels: Levels) -> Floats:
    """How many spells each person had: (2, couples)."""
    away = np.concatenate([np.zeros_like(levels.away[:, :1]), levels.away], axis=1)
    return np.asarray((away[:, 1:] & ~away[:, :-1]).sum(axis=1).astype(np.float64))


def summarised(days: Days, levels: Levels, k: int) -> Floats:
    """The numbers of person k (0 or 1) beside the other: (summaries, couples)."""
    j, n = 1 - k, float(days.count)
    own, other = levels.log[k], levels.log[j]
    away, run = levels.away[k], levels.run[k]
    begins = away & ~shifted(away, 1)
    after, before = around(away)
    count = begins.sum(axis=0)
    calm = ~away & ~levels.away[j]
    rest, rest_other = mean(own, calm), mean(other, calm)
    inside, other_inside = mean(own, away), mean(other, away)
    length = np.log(np.maximum(run, 1))
    return np.stack(
        [
            np.full(own.shape[1], np.log(n)),
            *(np.log(days.expected[p].mean(axis=0) + 0.1) for p in (k, j)),
            count / n * 100,
            np.sqrt(count),
            away.mean(axis=0),
            levels.away[j].mean(axis=0),
            (away & levels.away[j]).mean(axis=0),
            mean(length, begins),
            np.log1p(np.max(run * away, axis=0)),
            inside - rest,
            other_inside - rest_other,
            mean(own, after) - rest,
            mean(other, after) - rest_other,
            mean(other, before) - rest_other,
            mean(own, before) - rest,
            slope(other, length, away),
            rest_other - mean(other, levels.away[j]),
            np.log1p(run[-1] * away[-1]),
            own[-AROUND:].mean(axis=0),
            other[-AROUND:].mean(axis=0),
            *np.quantile(own, QUANTILES, axis=0),
            *np.quantile(other, QUANTILES, axis=0),
            *(lagged(own, own, lag) for lag in LAGS),
            *(lagged(own, other, lag) for lag in CROSS),
            *(lagged(other, own, lag) for lag in CROSS[1:]),
            np.log(own.var(axis=0) + 0.01),
            np.log(other.var(axis=0) + 0.01),
            *next_step(own, other),
            *next_step(other, own),
        ]
    )


def shifted(x: Mask, by: int) -> Mask:
    """Each day's value moved to a later day, or to an earlier one."""
    out = np.zeros_like(x)
    if by > 0:
        out[by:] = x[:-by]
    else:
        out[:by] = x[-by:]
    return out


def around(away: Mask) -> tuple[Mask, Mask]:
    """The days just after a spell and just before one."""
    after, before = np.zeros_like(away), np.zeros_like(away)
    for by in range(1, AROUND + 1):
        after |= shifted(away, by)
        before |= shifted(away, -by)
    return after & ~away, before & ~away


def mean(x: Floats, which: Mask) -> Floats:
    """Mean over the chosen days, drawn towards 0 by two days where they are few."""
    return np.asarray((x * which).sum(axis=0) / (which.sum(axis=0) + 2.0))


def slope(y: Floats, x: Floats, which: Mask) -> Floats:
    """How y goes with x over the chosen days, drawn towards 0 where they are few."""
    n = which.sum(axis=0) + 1e-9
    dx, dy = (x - (x * which).sum(axis=0) / n) * which, (y - (y * which).sum(axis=0) / n) * which
    return np.asarray((dx * dy).sum(axis=0) / ((dx**2).sum(axis=0) + 5.0))


def lagged(x: Floats, y: Floats, lag: int) -> Floats:
    """Correlation of x with y so many days later."""
    a, b = (x[:-lag], y[lag:]) if lag else (x, y)
    a, b = a - a.mean(axis=0), b - b.mean(axis=0)
    spread = np.sqrt((a**2).mean(axis=0) * (b**2).mean(axis=0))
    return np.asarray((a * b).mean(axis=0) / (spread + 0.01))


def next_step(own: Floats, other: Floats) -> tuple[Floats, Floats]:
    """How the level three days on depends on the own level and the other's now: two slopes."""
    now, theirs, then = (x - x.mean(axis=0) for x in (own[:-WINDOW], other[:-WINDOW], own[WINDOW:]))
    aa, bb, ab = (now**2).mean(axis=0) + 0.02, (theirs**2).mean(axis=0) + 0.02, (now * theirs).mean(axis=0)
    ay, by = (now * then).mean(axis=0), (theirs * then).mean(axis=0)
    det = aa * bb - ab**2
    return (bb * ay - ab * by) / det, (aa * by - ab * ay) / det
