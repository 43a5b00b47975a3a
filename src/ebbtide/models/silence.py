"""How unusual a person's present silence is: its tail probability among quiet spells, recalibrated on past ones.

A quiet spell is a gap between a person's messages that has reached an hour. The chance of lasting at least as long is
exp(−∫ hazard) from that hour on, given what the other wrote, averaged over the posterior of the hazard; the couple's
own past spells then correct the integral (recalibration.py). Learning this from a record and asking about a moment are
apart: what was learnt is numbers only, can be kept, and answers at once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from ebbtide.models.availability import Availability, chance, drawn, fit_availability, log_hazard
from ebbtide.models.population import population
from ebbtide.models.recalibration import Recalibration, recalibrate
from ebbtide.signals.segments import LEVELS, Segments, segments, spread_out
from ebbtide.signals.stream import AHEAD, DAY, HOUR, QUIET_SECONDS, Floats, Stream, latest

DRAWS = 60
#: Days of the record in which a person's usual is sought.
USUAL_DAYS = 730
#: Days before a message that count for the silence after it: for the recent level, and for the excitation.
LEVEL_DAYS, EXCITED_DAYS = int(LEVELS[-1]) + 1, 4
#: Lengths in hours at which the curve of quiet spells is drawn.
CURVE_HOURS = np.geomspace(1.0, 28 * 24.0, 90)
FEWEST_SPELLS = 12
#: How much likelier than among the person's own past spells a long silence may be said to be.
OWN_FACTOR = 3.0


@dataclass(frozen=True, slots=True)
class Law:
    """What a person's silences follow: the hazard of writing, its correction, and the number chance is tied to."""

    hazard: Availability
    correct: Recalibration
    chance: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """One person's quiet spells as learnt from a record: numbers only.

    `lengths` (n,) hours of the ended spells; `per_day` how many begin a day; `law` None with too few spells.
    """

    lengths: Floats
    per_day: float
    law: Law | None


@dataclass(frozen=True, slots=True)
class SilenceFit:
    """Both persons' quiet spells, learnt up to `until` (UTC seconds); None for someone who had not written."""

    until: float
    people: tuple[Quiet | None, Quiet | None]


@dataclass(frozen=True, slots=True)
class Tail:
    """A person's present silence and quiet spells.

    `since` UTC seconds of the last message, `hours` until the end of observation; `probability` of a spell to last at
    least so long, None with too few spells or where the gap touches a hole in the record; `share`, `low`, `high` at
    `CURVE_HOURS`, None likewise; `usual_hours` quantiles of the past spells; `per_day` how many begin a day;
    `waiting` the other's turns since; `as_long` how many of `past` spells lasted at least so long, whatever was
    written into them.
    """

    since: float
    hours: float
    waiting: int
    per_day: float
    usual_hours: dict[str, float] | None
    as_long: int = 0
    past: int = 0
    probability: float | None = None
    share: Floats | None = None
    low: Floats | None = None
    high: Floats | None = None


def silences(stream: Stream, seed: int, *, enough: bool = True) -> tuple[Tail | None, Tail | None]:
    """The present silence of both persons; None for someone who never wrote. Without `enough` nothing is fitted."""
    return present(fit_silence(stream, enough=enough), stream, seed)


def fit_silence(stream: Stream, *, enough: bool = True) -> SilenceFit:
    """Learn both persons' quiet spells from a record; without `enough` they are only counted.

    A person's usual is that of the last two years, if both wrote in them.
    """
    recent = latest(stream, USUAL_DAYS)
    if set(recent.who.tolist()) == set(stream.who.tolist()):
        stream = recent
    at = spread_out(stream)
    if at.size == 0:
        return SilenceFit(stream.end, (None, None))
    cut = segments(stream, at)
    one, two = (quiet(stream, at, cut, person, enough) for person in (0, 1))
    return SilenceFit(stream.end, (one, two))


def quiet(stream: Stream, at: Floats, cut: Segments, person: int, enough: bool) -> Quiet | None:
    """Learn one person's quiet spells."""
    own = at[stream.who == person]
    if own.size == 0:
        return None
    lengths = past_spells(stream, own)
    law = learnt(stream, at, cut, person) if enough and lengths.size >= FEWEST_SPELLS else None
    return Quiet(lengths, lengths.size / max((stream.end - stream.start) / DAY, 1.0), law)


def learnt(stream: Stream, at: Floats, cut: Segments, person: int) -> Law:
    """The hazard of one person, corrected by the own past spells."""
    prior, usual = population()
    hazard = fit_availability(stream, at, cut, person, stream.end, prior)
    own = at[stream.who == person]
    correct = recalibrate(spell_integrals(hazard, stream, at, cut, own), usual)
    return Law(hazard, correct, chance(stream, person))


def present(fit: SilenceFit, stream: Stream, seed: int) -> tuple[Tail | None, Tail | None]:
    """The silence of both persons at the end of a stream, from what was learnt.

    The stream may go on beyond what `fit` was learnt from: history is the stream's, the usual that of `fit`. Only the
    year before the present silences is looked at, and only they are cut into segments.
    """
    last = min((float(stream.at[stream.who == p][-1]) for p in set(stream.who.tolist())), default=stream.end)
    stream = latest(stream, LEVEL_DAYS + int((stream.end - last) // DAY) + 2)
    at = spread_out(stream)
    one, two = (
        None if each is None or not (stream.who == person).any() else tail(each, stream, at, person, seed)
        for person, each in enumerate(fit.people)
    )
    return one, two


def tail(known: Quiet, stream: Stream, at: Floats, person: int, seed: int) -> Tail:
    """The present silence of one person."""
    cut = since_last(stream, at, person)
    since = float(cut.start[0])
    law = known.law if all(b <= since for _, b in stream.holes) else None
    hours = max(stream.end - since, 0.0) / HOUR
    bare = Tail(
        since=since,
        hours=hours,
        waiting=int(cut.reach[person][np.searchsorted(cut.start, stream.end, side="right") - 1]),
        per_day=known.per_day,
        usual_hours=quantiles(known.lengths) if law else None,
        as_long=int((known.lengths >= hours).sum()),
        past=known.lengths.size,
    )
    return with_curve(bare, law, known.lengths, stream, at, cut, seed) if law else bare


def quantiles(lengths: Floats) -> dict[str, float]:
    """The median and the far quantiles of past spells, in hours."""
    found = np.quantile(lengths, [0.5, 0.9, 0.99]).round(2).tolist()
    return dict(zip(("p50", "p90", "p99"), found, strict=True))


def since_last(stream: Stream, at: Floats, person: int) -> Segments:
    """The segments from a person's last message on, to as far ahead as the curve reaches."""
    last = int(np.flatnonzero(stream.who == person)[-1])
    first = int(np.searchsorted(at, at[last] - EXCITED_DAYS * DAY))
    near = replace(stream, at=stream.at[first:], who=stream.who[first:])
    cut = segments(near, at[first:], stop=stream.end + AHEAD - DAY)
    kept = np.flatnonzero((cut.after >= last - first) & (cut.length > 0))
    columns = {f.name: getattr(cut, f.name)[..., kept] for f in fields(cut)}
    return Segments(**(columns | {"after": columns["after"] + first}))


def with_curve(bare: Tail, law: Law, lengths: Floats, stream: Stream, at: Floats, cut: Segments, seed: int) -> Tail:
    """The tail probability now and along the curve, averaged over the posterior of the hazard."""
    draws, _ = drawn(law.hazard, [seed, law.chance], DRAWS)
    total = integrals(law.hazard, stream, at, cut, draws)
    hours = np.append(CURVE_HOURS, max(bare.hours, 1.0))
    tails = np.minimum(np.exp(-law.correct(total(hours))), rarest(lengths, hours)[:, None])
    share = tails.mean(axis=1)
    low, high = np.quantile(tails, [0.05, 0.95], axis=1)
    return replace(bare, probability=float(share[-1]), share=share[:-1], low=low[:-1], high=high[:-1])


def rarest(lengths: Floats, hours: Floats) -> Floats:
    """Upper bound of the tail beyond a day, from the share of past spells so long (one more counted as such).

    Days into a silence that neither breaks, the hazard says how likely it is to go on given that the other says
    nothing either, which is far likelier than it is among all spells: most of these the other breaks. Who reads "1 in
    12" thinks of all of them, and shall not be contradicted by more than a small factor. Within a day the hour may.
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


def integrals(fit: Availability, stream: Stream, at: Floats, cut: Segments, draws: Floats) -> Integral:
    """The integrated hazard along the segments of the present gap, from its beginning."""
    hazard = np.exp(log_hazard(fit, stream, at, cut, np.arange(cut.start.size), draws))
    total = np.cumsum(hazard * cut.length[:, None] / HOUR, axis=0)
    edges = np.append(cut.start, cut.start[-1] + cut.length[-1]) - cut.start[0]
    return Integral(edges, np.concatenate([np.zeros((1, total.shape[1])), total]))
