"""Rescaled gaps: where each later gap fell in its predicted distribution (Brown et al. 2002, time rescaling).

Parameters and recalibration come from before a moment, the history of each gap up to its own time. A gap already
running at that moment is judged by what remained of it: what it had lasted is history, and taken from its beginning
even a true model would find such gaps too long, since long gaps are the likelier to be running.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.models.availability import Availability, fit_availability, log_hazard
from ebbtide.models.population import population
from ebbtide.models.recalibration import Recalibration, recalibrate
from ebbtide.signals.segments import Segments, segments, spread_out
from ebbtide.signals.stream import HOUR, Floats, Ints, Stream

DRAWS = 40
MINUTE_HOURS = 1 / 60


@dataclass(frozen=True, slots=True)
class Rescaled:
    """One row per later gap of one person: `event` the stream row that ended it, `u`, `log_score` (nats, per hour)."""

    event: Ints
    u: Floats
    log_score: Floats


@dataclass(frozen=True, slots=True)
class Gaps:
    """Integrated hazards of one person's gaps, (g, n) for n draws: in all, before the moment; and final log hazards."""

    total: Floats
    before: Floats
    final: Floats


def rescale(stream: Stream, person: int, until: float, seed: int) -> Rescaled:
    """The gaps of `person` that end after `until` (UTC seconds)."""
    at = spread_out(stream)
    rows = np.flatnonzero(stream.who == person)
    own = at[rows]
    later = np.flatnonzero(own[1:] > until)
    none = np.zeros(0)
    if later.size == 0 or not (own <= until).any():
        return Rescaled(none.astype(np.int64), none, none)
    cut = segments(stream, at)
    prior, usual = population()
    fit = fit_availability(stream, at, cut, person, until, prior)
    mode = gaps(fit, stream, at, cut, own, fit.beta[:, None], until)
    past = np.flatnonzero(own[1:] <= until)
    correct = recalibrate(mode.total[past, 0], usual) if past.size else usual
    rng = np.random.default_rng(seed)
    draws = fit.beta[:, None] + fit.root @ rng.standard_normal((fit.beta.size, DRAWS))
    drawn = gaps(fit, stream, at, cut, own, draws, until)
    u, score = judged(drawn, correct, later, stream.minute_only, at[rows] - stream.at[rows], rng)
    return Rescaled(rows[later + 1], u, score)


def gaps(
    fit: Availability, stream: Stream, at: Floats, cut: Segments, own: Floats, draws: Floats, until: float
) -> Gaps:
    """Integrated hazards of every gap that begins with one of the person's messages at `own`."""
    rows = np.flatnonzero((cut.length > 0) & (cut.start >= own[0]) & cut.seen)
    log = log_hazard(fit, stream, at, cut, rows, draws)
    grown = np.exp(log) * cut.length[rows, None] / HOUR
    gap = np.searchsorted(own, cut.start[rows], side="right") - 1
    total, before = np.zeros((own.size, draws.shape[1])), np.zeros((own.size, draws.shape[1]))
    np.add.at(total, gap, grown)
    share = np.clip((until - cut.start[rows]) / cut.length[rows], 0, 1)
    np.add.at(before, gap, grown * share[:, None])
    ends = cut.final[rows] & (cut.next_who[rows] == fit.person)
    final = np.zeros_like(total)
    final[gap[ends]] = log[ends]
    return Gaps(total, before, final)


def judged(
    drawn: Gaps, correct: Recalibration, later: Ints, minute_only: bool, inside: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Probability values and log densities of the later gaps, averaged over the draws.

    With times to the minute the value is drawn within the minute, and the score is the minute's chance over its width.
    """
    total, final = drawn.total[later], drawn.final[later]
    running = np.exp(-correct(drawn.before[later])).mean(axis=1)
    running = np.where(drawn.before[later].max(axis=1) > 0, running, 1.0)
    if not minute_only:
        left = np.exp(-correct(total)).mean(axis=1)
        density = np.exp(final + correct.log_slope(total) - correct(total)).mean(axis=1)
        return 1 - left / running, np.log(np.maximum(density, 1e-300))
    placed = (inside[later + 1] / HOUR)[:, None] * np.exp(final)
    first = np.maximum(total - placed, 0)
    last = first + MINUTE_HOURS * np.exp(final)
    high, low = np.exp(-correct(first)).mean(axis=1), np.exp(-correct(last)).mean(axis=1)
    value = 1 - (high + (low - high) * rng.random(later.size)) / running
    return np.clip(value, 0, 1), np.log(np.maximum((high - low) / MINUTE_HOURS, 1e-300))
