"""Conversations made by hand for tests: who wrote when, in hours of the record, and perhaps what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from ebbtide.conversation import EVENT_SCHEMA, Conversation, Interval, Participant, with_event_ids
from ebbtide.signals.segments import Segments, segments, spread_out
from ebbtide.signals.stream import Floats, Stream, stream

#: A Monday, at local midnight in London, where it is winter: local time is UTC.
START = datetime(2025, 2, 3, tzinfo=UTC)
NAMES = {"a": "Jo", "b": "Sam"}

#: Hours since the start of the record, who, and the words if any.
Line = tuple[float, str] | tuple[float, str, str | None]


def moment(hours: float, start: datetime = START) -> datetime:
    """The moment so many hours into the record."""
    return start + timedelta(hours=hours)


def rows(
    lines: Sequence[tuple[datetime, str | None, str | None]], kind: str = "text", *, minute_only: bool = False
) -> pl.DataFrame:
    """Events of these moments, persons ("a", "b" or None) and words."""
    schema = {name: dtype for name, dtype in EVENT_SCHEMA.items() if name != "id"}
    events = [
        {
            "at": at,
            "minute_only": minute_only,
            "person": person,
            "kind": kind,
            "text": text,
            "seconds": None,
            "source": "made up",
            "record": i,
            "flags": [],
        }
        for i, (at, person, text) in enumerate(lines)
    ]
    return with_event_ids(pl.DataFrame(events, schema=schema)).select(*EVENT_SCHEMA)


def talk_of(
    events: pl.DataFrame, *, tz: str = "Europe/London", coverage: Sequence[Interval] | None = None, **how: Any
) -> Conversation:
    """The conversation of Jo and Sam with these events; by default all from the first to the last is known."""
    events = events.sort("at", maintain_order=True)
    if coverage is None:
        coverage = [(events["at"].min(), events["at"].max())] if events.height else []  # type: ignore[list-item]
    people = tuple(Participant(p, n, events.filter(pl.col("person") == p).height) for p, n in NAMES.items())
    return Conversation(events, people, tz, "given", tuple(coverage), **how)


def talk(lines: Sequence[Line], *, start: datetime = START, until: float | None = None, **how: Any) -> Conversation:
    """The conversation of these lines; known from the start of the record to `until` hours into it, if given."""
    events = rows([(moment(line[0], start), line[1], line[2] if len(line) > 2 else None) for line in lines])
    if until is not None:
        how["coverage"] = [(start, moment(until, start))]
    return talk_of(events, **how)


def flow(lines: Sequence[Line], until: float | None = None, **how: Any) -> Stream:
    """The stream of these lines, observed until so many hours into the record, by default until the last line."""
    end = max(line[0] for line in lines) if until is None else until
    return stream(talk(lines, until=end, **how), moment(end, how.get("start", START)))


def flow_of(at: Floats, who: np.ndarray[Any, Any], end: float, **how: Any) -> Stream:
    """The stream of messages at UTC seconds `at` by persons 0 and 1, observed until `end`."""
    lines = [(datetime.fromtimestamp(t, UTC), "ab"[p], None) for t, p in zip(at.tolist(), who.tolist(), strict=True)]
    minute_only = how.pop("minute_only", False)
    known = how.pop("unknown", ())
    return stream(talk_of(rows(lines, minute_only=minute_only), **how), datetime.fromtimestamp(end, UTC), known)


def cut(of: Stream, stop: float | None = None) -> tuple[Floats, Segments]:
    """The message times spread out, and the segments of the time line."""
    at = spread_out(of)
    return at, segments(of, at, stop)
