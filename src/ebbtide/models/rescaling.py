"""Rescaled gaps: where each later gap fell in its predicted distribution (Brown et al. 2002, time rescaling).

Parameters and recalibration come from before a moment, the history of each gap up to its own time. A gap already
running at that moment is judged by what remained of it: what it had lasted is history, and taken from its beginning
even a true model would find such gaps too long, since long gaps are the likelier to be running. (On the student streams
the distance of the values with each last gap censored was 0.046 so, and 0.159 from the beginning; the log scores are of
the whole gap and the same.) Likewise a gap across a hole in the record, of which only what follows the hole is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ebbtide.models.availability import Availability, Prior, chance, drawn, fit_availability, log_hazard
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


def after_holes(own: Floats, holes: Sequence[tuple[float, float]]) -> Floats:
    """For the gaps after messages at `own` (g,), when the last hole in each ends; −∞ without one."""
    out = np.full(own.size, -np.inf)
    for _, end in holes:
        out[max(int(np.searchsorted(own, end)) - 1, 0)] = end
    return out


@dataclass(frozen=True, slots=True)
class Later:
    """One person's gaps that end after the moment, before any recalibration.

    `event` (g,) stream rows that end them, `drawn` their integrals and those of the gap still running at the end
    (g + 1 rows); `past` (f,) integrals of the gaps before; `inside` (g,) seconds from the stamp to the assumed moment;
    `place` (g,) chance between 0 and 1 for a place within the minute.
    """

    event: Ints
    past: Floats
    drawn: Gaps
    inside: Floats
    place: Floats


def rescale(
    stream: Stream, person: int, until: float, seed: int, belief: tuple[Prior, Recalibration] | None = None
) -> Rescaled:
    """The gaps of `person` that end after `until` (UTC seconds), by another `belief` than the packaged one if given."""
    prior, usual = belief or population()
    found = later_gaps(stream, person, until, prior, seed)
    if found is None or found.event.size == 0:
        none = np.zeros(0)
        return Rescaled(none.astype(np.int64), none, none)
    u, score = judged(found, recalibrate(found.past, usual), stream.minute_only)
    return Rescaled(found.event, u, score)


def later_gaps(stream: Stream, person: int, until: float, prior: Prior, seed: int) -> Later | None:
    """What the later gaps are judged by; None where the person wrote nothing up to `until`."""
    at = spread_out(stream)
    rows = np.flatnonzero(stream.who == person)
    own = at[rows]
    running = int((own <= until).sum()) - 1
    if running < 0:
        return None
    cut = segments(stream, at)
    fit = fit_availability(stream, at, cut, person, until, prior)
    draws, rng = drawn(fit, [seed, chance(stream, person)], DRAWS)
    found = gaps(fit, stream, at, cut, own, np.concatenate([fit.beta[:, None], draws], axis=1), until)
    later = Gaps(found.total[running:, 1:], found.before[running:, 1:], found.final[running:, 1:])
    event = rows[running + 1 :]
    past = found.total[:running, 0][np.isinf(after_holes(own, stream.holes)[:running])]
    return Later(event, past, later, (at - stream.at)[event], rng.random(event.size))


def gaps(
    fit: Availability, stream: Stream, at: Floats, cut: Segments, own: Floats, draws: Floats, until: float
) -> Gaps:
    """Integrated hazards of every gap that begins with one of the person's messages at `own`.

    A segment that touches a hole tells nothing, but for what is left of it when the last hole of a gap has ended.
    """
    rows = np.flatnonzero((cut.length > 0) & (cut.start >= own[0]))
    start, end = cut.start[rows], cut.start[rows] + cut.length[rows]
    gap = np.searchsorted(own, start, side="right") - 1
    known_from = np.maximum(after_holes(own, stream.holes), until)[gap]
    remaining = np.clip(end - np.maximum(start, known_from), 0, None)
    history = np.where(cut.seen[rows], end - start - remaining, 0)
    log = log_hazard(fit, stream, at, cut, rows, draws)
    hazard = np.exp(log) / HOUR
    total, before = np.zeros((own.size, draws.shape[1])), np.zeros((own.size, draws.shape[1]))
    np.add.at(total, gap, hazard * (history + remaining)[:, None])
    np.add.at(before, gap, hazard * history[:, None])
    ends = cut.final[rows] & (cut.next_who[rows] == fit.person)
    final = np.zeros_like(total)
    final[gap[ends]] = log[ends]
    return Gaps(total, before, final)


def judged(later: Later, correct: Recalibration, minute_only: bool) -> tuple[Floats, Floats]:
    """Probability values and log densities of the later gaps, averaged over the draws.

    With times to the minute the value is drawn within the minute, and the score is the minute's chance over its width.
    """
    count = later.event.size
    total, final, before = later.drawn.total[:count], later.drawn.final[:count], later.drawn.before[:count]
    running = survival(before, correct)
    if not minute_only:
        return 1 - survival(total, correct) / running, np.log(density(total, final, correct))
    placed = (later.inside / HOUR)[:, None] * np.exp(final)
    first = np.maximum(total - placed, 0)
    high, low = survival(first, correct), survival(first + MINUTE_HOURS * np.exp(final), correct)
    value = 1 - (high + (low - high) * later.place) / running
    return np.clip(value, 0, 1), np.log(np.maximum((high - low) / MINUTE_HOURS, 1e-300))


def survival(total: Floats, correct: Recalibration) -> Floats:
    """Chance of a gap to last beyond these integrals (g, n), averaged over the draws, (g,)."""
    return np.asarray(np.where(total.max(axis=1) > 0, np.exp(-correct(total)).mean(axis=1), 1.0))


def density(total: Floats, final: Floats, correct: Recalibration) -> Floats:
    """Density per hour of gaps with these integrals and final log hazards (g, n), averaged over the draws, (g,)."""
    drawn = np.exp(final + correct.log_slope(total) - correct(total))
    return np.asarray(np.maximum(drawn.mean(axis=1), 1e-300))
