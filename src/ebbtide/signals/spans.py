"""Spans of days: what went unanswered in them, who wrote again into a silence, and the longest quiet of each week."""

from __future__ import annotations

import numpy as np

from ebbtide.signals.opportunities import Turns, turns
from ebbtide.signals.stream import DAY, HOUR, Floats, Stream
from ebbtide.signals.tally import Marks, per_day

#: A turn without an answer within so long went unanswered; from so long on a silence can be reached into.
ANSWERED_WITHIN, SILENCE = DAY, 12 * HOUR
#: A day counts of which nearly all is known.
WHOLE = 0.95
WEEK_DAYS = 7


def unanswered(stream: Stream, person: int) -> tuple[Floats, Floats]:
    """By day (D,), how many of a person's turns had no answer within a day, and how many there were.

    A turn whose answer could still be coming, or fall into days that are not known, is no chance.
    """
    cut = turns(stream)
    own = np.flatnonzero((cut.who == person) & known(stream, cut))
    late = answer_after(cut, person)[own] - cut.end[own] >= ANSWERED_WITHIN
    return per_day(stream, cut.end[own[late]]), per_day(stream, cut.end[own])


def again(stream: Stream, person: int) -> tuple[Floats, Floats]:
    """By day (D,), how many silences of half a day and more after a person's own turn that person broke, of how many.

    A silence that lasts is no chance yet, since nobody has broken it.
    """
    cut = turns(stream)
    own = np.flatnonzero((cut.who == person) & known(stream, cut))
    own = own[own + 1 < cut.who.size]
    lasted = own[cut.start[own + 1] - cut.end[own] >= SILENCE]
    return per_day(stream, cut.end[lasted[cut.who[lasted + 1] == person]]), per_day(stream, cut.end[lasted])


def known(stream: Stream, cut: Turns) -> Marks:
    """Whether nothing is missing from the record in the day after each turn, and that day is over."""
    until = cut.end + ANSWERED_WITHIN
    whole = until <= stream.end
    for start, stop in stream.holes:
        whole &= (until <= start) | (cut.end >= stop)
    return np.asarray(whole)


def by_week(daily: Floats, days: Marks) -> Floats:
    """Sums (W,) of daily values (D,) over the whole weeks of a span of `days` (D,); a rest at its end is left out."""
    inside = daily[days]
    weeks = inside.size // WEEK_DAYS
    return np.asarray(inside[: weeks * WEEK_DAYS].reshape(weeks, WEEK_DAYS).sum(axis=1))


def answer_after(cut: Turns, person: int) -> Floats:
    """For each turn the start of the next turn of the other (UTC seconds); infinite where there is none."""
    theirs = np.append(cut.start[cut.who != person], np.inf)
    return np.asarray(theirs[np.searchsorted(theirs, cut.end, side="right")])


def longest_quiets(stream: Stream, days: Marks) -> Floats:
    """The longest time without a message of either, in hours, of each whole week (W,) of a span of `days` (D,).

    A quiet counts in the week it ends in, so far as it lies in the span; a week of which a day is not known is left
    out.
    """
    span = np.flatnonzero(days)
    found = []
    for first in range(0, span.size - WEEK_DAYS + 1, WEEK_DAYS):
        week = span[first : first + WEEK_DAYS]
        if (stream.covered[week] <= WHOLE).any():
            continue
        start, end = stream.day_edges[week[0]], stream.day_edges[week[-1] + 1]
        begin = stream.day_edges[span[0]]
        at = stream.at[(stream.at >= begin) & (stream.at < end)]
        marks = np.concatenate([[begin], at, [end]])
        ends = marks[1:] >= start
        found.append(float(np.diff(marks)[ends].max()) / HOUR)
    return np.array(found, dtype=np.float64)
