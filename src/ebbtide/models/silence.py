"""How unusual a person's present silence is: its tail probability among quiet spells, recalibrated on past ones.

A quiet spell is a gap between a person's messages that has reached an hour. The chance of lasting at least as long is
exp(−∫ hazard) from that hour on, given what the other wrote, averaged over the posterior of the hazard; the couple's
own past spells then correct the scale and the shape of the integral (a Weibull fit shrunk to the population's).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ebbtide.models.availability import Availability, fit_availability, log_hazard
from ebbtide.models.population import population
from ebbtide.models.recalibration import recalibrate
from ebbtide.signals.segments import Segments, segments, spread_out
from ebbtide.signals.stream import AHEAD, DAY, HOUR, QUIET_SECONDS, Floats, Ints, Stream, latest

DRAWS = 60
#: Days of the record in which a person's usual is sought.
USUAL_DAYS = 730
#: Lengths in hours at which the curve of quiet spells is drawn.
CURVE_HOURS = np.geomspace(1.0, 28 * 24.0, 90)
FEWEST_SPELLS = 12
#: How much likelier than among the person's own past spells a long silence may be said to be.
OWN_FACTOR = 3.0


@dataclass(frozen=True, slots=True)
class Tail:
    """A person's present silence and quiet spells.

    `since` UTC seconds of the last message, `hours` until the end of observation; `probability` of a spell to last at
    least so long, None with too few spells or where the gap touches a hole in the record; `share`, `low`, `high` at
    `CURVE_HOURS`, None likewise; `usual_hours` quantiles of the past spells; `per_day` how many begin a day;
    `waiting` the other's turns since.
    """

    since: float
    hours: float
    waiting: int
    per_day: float
    usual_hours: dict[str, float] | None
    probability: float | None = None
    share: Floats | None = None
    low: Floats | None = None
    high: Floats | None = None


def silences(stream: Stream, seed: int, *, enough: bool = True) -> tuple[Tail | None, Tail | None]:
    """The present silence of both persons; None for someone who never wrote. Without `enough` nothing is fitted.

    A person's usual is that of the last two years, if both wrote in them.
    """
    recent = latest(stream, USUAL_DAYS)
    if set(recent.who.tolist()) == set(stream.who.tolist()):
        stream = recent
    at = spread_out(stream)
    if at.size == 0:
        return None, None
    cut = segments(stream, at, stop=stream.end + AHEAD - DAY)
    return silence(stream, at, cut, 0, seed, enough), silence(stream, at, cut, 1, seed + 1, enough)


def silence(stream: Stream, at: Floats, cut: Segments, person: int, seed: int, enough: bool) -> Tail | None:
    """The present silence of one person against the person's own quiet spells."""
    own = at[stream.who == person]
    if own.size == 0:
        return None
    since = float(own[-1])
    lengths = past_spells(stream, own)
    known = enough and lengths.size >= FEWEST_SPELLS and all(b <= since for _, b in stream.holes)
    quantiles = np.quantile(lengths, [0.5, 0.9, 0.99]).round(2).tolist() if known else None
    bare = Tail(
        since=since,
        hours=max(stream.end - since, 0.0) / HOUR,
        waiting=int(cut.reach[person][np.searchsorted(cut.start, stream.end, side="right") - 1]),
        per_day=lengths.size / max((stream.end - stream.start) / DAY, 1.0),
        usual_hours=dict(zip(("p50", "p90", "p99"), quantiles, strict=True)) if quantiles else None,
    )
    return with_tail(bare, stream, at, cut, own, lengths, person, seed) if known else bare


def with_tail(
    bare: Tail, stream: Stream, at: Floats, cut: Segments, own: Floats, lengths: Floats, person: int, seed: int
) -> Tail:
    """The tail probability now and along the curve, averaged over the posterior of the hazard."""
    prior, usual = population()
    fit = fit_availability(stream, at, cut, person, stream.end, prior)
    correct = recalibrate(spell_integrals(fit, stream, at, cut, own), usual)
    rng = np.random.default_rng(seed)
    draws = fit.beta[:, None] + fit.root @ rng.standard_normal((fit.beta.size, DRAWS))
    rows = np.flatnonzero((cut.start >= bare.since - 1e-9) & (cut.length > 0))
    total = integrals(fit, stream, at, cut, rows, draws, bare.since)
    hours = np.append(CURVE_HOURS, max(bare.hours, 1.0))
    tails = np.minimum(np.exp(-correct(total(hours))), rarest(lengths, hours)[:, None])
    share = tails.mean(axis=1)
    low, high = np.quantile(tails, [0.05, 0.95], axis=1)
    return replace(bare, probability=float(share[-1]), share=share[:-1], low=low[:-1], high=high[:-1])


def rarest(lengths: Floats, hours: Floats) -> Floats:
    """Upper bound of the tail beyond a day, from the share of past spells so long (one more counted as such).

    A few days into a silence the hazard rests on few spells and on the population; it shall not contradict the
    person's own by more than a small factor. Within a day the hour of the day may.
    """
    share = ((lengths[:, None] >= hours).sum(axis=0) + 1) / (lengths.size + 1)
    return np.asarray(np.where(hours > DAY / HOUR, np.minimum(OWN_FACTOR * share, 1.0), 1.0))


def past_spells(stream: Stream, own: Floats) -> Floats:
    """Lengths in hours of this person's ended quiet spells, without those that touch a hole in the record."""
    start, stop = own[:-1], own[1:]
    whole = stop - start >= QUIET_SECONDS
    for a, b in stream.holes:
        whole &= (stop <= a) | (start >= b)
    return np.asarray((stop - start)[whole] / HOUR)


def spell_integrals(fit: Availability, stream: Stream, at: Floats, cut: Segments, own: Floats) -> Floats:
    """Integrated hazard of every ended quiet spell, from an hour after the last message to the next.

    Without the spells that touch a hole in the record, whose true end is not known.
    """
    spell = np.searchsorted(own, cut.start, side="right") - 1
    begin = np.maximum(cut.start, own[np.maximum(spell, 0)] + QUIET_SECONDS)
    quiet = cut.start + cut.length - begin
    rows = np.flatnonzero((spell >= 0) & (spell < own.size - 1) & (quiet > 0))
    hazard = np.exp(log_hazard(fit, stream, at, cut, rows, fit.beta))
    total = np.bincount(spell[rows], hazard * quiet[rows] / HOUR, minlength=own.size)
    holed = np.bincount(spell[rows], ~cut.seen[rows], minlength=own.size) > 0
    return np.asarray(total[(total > 0) & ~holed])


@dataclass(frozen=True, slots=True)
class Integral:
    """The integrated hazard of one gap as a function of its length, one column per posterior draw."""

    edges: Floats
    total: Floats

    def __call__(self, hours: Floats) -> Floats:
        """Integral from one hour up to `hours` (h,), giving (h, n)."""
        at = np.clip(hours * HOUR, QUIET_SECONDS, self.edges[-1])
        grown = np.stack([np.interp(at, self.edges, column) for column in self.total.T], axis=1)
        base = np.array([np.interp(QUIET_SECONDS, self.edges, column) for column in self.total.T])
        return np.asarray(grown - base)


def integrals(
    fit: Availability, stream: Stream, at: Floats, cut: Segments, rows: Ints, draws: Floats, since: float
) -> Integral:
    """The integrated hazard along the segments of the present gap, which begin at `since`."""
    hazard = np.exp(log_hazard(fit, stream, at, cut, rows, draws))
    total = np.cumsum(hazard * cut.length[rows, None] / HOUR, axis=0)
    edges = np.append(cut.start[rows] - since, cut.start[rows[-1]] + cut.length[rows[-1]] - since)
    return Integral(edges, np.concatenate([np.zeros((1, total.shape[1])), total]))
