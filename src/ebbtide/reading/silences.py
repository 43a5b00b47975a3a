"""Silences: the present one of each person, from how long such spells last, in the terms of the reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from ebbtide.models.silence import CURVE_HOURS, Tail
from ebbtide.reading.types import QuietCurve, Silence
from ebbtide.signals import words
from ebbtide.signals.opportunities import turns
from ebbtide.signals.stream import QUIET_SECONDS, Floats, Stream

#: A silence is usual down to 1 in 5, long down to 1 in 20, unusual beyond (voice.md).
USUAL_FROM, LONG_FROM = 1 / 5, 1 / 20
#: From so many past spells as long on, how often they come is counted; and a silence that is rarer than these by such a
#: factor is so by what the other wrote since.
FEWEST_AS_LONG, RARER = 3, 3.0
#: No record of two people can tell what is rarer than this.
LEAST_LIKELY = 1e-6


def both_silences(flow: Stream, tails: Sequence[Tail | None], events: pl.DataFrame) -> tuple[Silence, ...]:
    """The present silences of both in the terms of the reading; `events` are those of the conversation."""
    cut = turns(flow)
    found = []
    for i, (person, tail) in enumerate(zip("ab", tails, strict=True)):
        if tail is not None:
            theirs = np.flatnonzero((cut.who != i) & (cut.start > tail.since))
            rows = [np.arange(cut.first[k], cut.last[k] + 1) for k in theirs]
            closing = [words.only_closes(events[flow.event[own]]) for own in rows]
            tail = replace(tail, waiting=waited(tail, cut.start[theirs], closing))
        found.append(describe_silence(person, tail))
    return tuple(found)


def waited(tail: Tail, since: Floats, closing: Sequence[bool]) -> int:
    """How many turns the other began (UTC seconds) in a silence that wait for an answer.

    Of several, one that still answers does not count, nor does one that only closes ("good night then").
    """
    answers = tail.waiting > 1 and since.size > 0 and since[0] - tail.since < QUIET_SECONDS
    closed = sum(closing[1:] if answers else closing)
    return max(tail.waiting - int(answers) - closed, 0)


def describe_silence(person: str, tail: Tail | None) -> Silence:
    """The present silence in the terms of the reading."""
    if tail is None:
        return Silence(person, None, None, None, None, "unknown", None)
    p = None if tail.probability is None else max(tail.probability, LEAST_LIKELY)
    known = tail.as_long / tail.past if tail.as_long >= FEWEST_AS_LONG else None
    return Silence(
        person=person,
        since=datetime.fromtimestamp(tail.since, ZoneInfo("UTC")),
        hours=tail.hours,
        probability=p,
        one_in=None if p is None else max(1, round(1 / p)),
        word=word_for(p),
        usual_hours=tail.usual_hours,
        once_in_days=None if p is None or not tail.per_day else 1 / ((known or p) * tail.per_day),
        waiting_turns=tail.waiting,
        by_words=bool(p is not None and known and tail.waiting and known > RARER * p),
        curve=None if tail.share is None else curve(tail),
    )


def word_for(probability: float | None) -> Literal["usual", "long", "unusual", "unknown"]:
    """The word for a tail probability."""
    if probability is None:
        return "unknown"
    if probability >= USUAL_FROM:
        return "usual"
    return "long" if probability >= LONG_FROM else "unusual"


def curve(tail: Tail) -> QuietCurve:
    """The curve of quiet spells for the figure."""
    return QuietCurve(
        hours=tuple(CURVE_HOURS.tolist()),
        share=tuple(np.asarray(tail.share).tolist()),
        low=tuple(np.asarray(tail.low).tolist()),
        high=tuple(np.asarray(tail.high).tolist()),
    )
