"""A conversation as arrays: when each message was written, by whom, on which local day and at what hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.conversation import MESSAGE_KINDS, Conversation

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HOUR = 3600.0
DAY = 86400.0

#: A gap this long ends a turn, and makes a pause a quiet spell.
QUIET_SECONDS = 60 * 60.0

#: Clocks change on the hour, half or quarter hour of UTC (in Adelaide at 16:30).
OFFSET_STEP = 15 * 60.0

#: How far beyond the end the clock reaches, for looking ahead along a quiet spell.
AHEAD = 35 * DAY


@dataclass(frozen=True, slots=True)
class Clock:
    """Local wall-clock time of any moment in a span, by a table of offsets per quarter of an hour.

    `first` is the first moment of the table in epoch seconds; `offsets` the seconds to add, one per `OFFSET_STEP`.
    """

    first: float
    offsets: Floats

    def local(self, at: Floats) -> Floats:
        """Wall-clock seconds (epoch seconds plus offset) of UTC epoch seconds."""
        step = np.clip(((at - self.first) // OFFSET_STEP).astype(np.int64), 0, self.offsets.size - 1)
        return at + self.offsets[step]


@dataclass(frozen=True, slots=True)
class Stream:
    """The messages of two people as arrays.

    `at` (n,) UTC epoch seconds, ascending; `who` (n,) 0 for "a", 1 for "b"; `length` (n,) characters of the text, 0
    without; `event` (n,) row numbers into the conversation's events. `day_edges` (D+1,) UTC seconds of local midnights;
    `covered` (D,) the share of each local day for which there is data. `start` and `end` bound what is observed.
    `holes` are intervals within that without data.
    """

    at: Floats
    who: NDArray[np.int8]
    length: Floats
    event: Ints
    minute_only: bool
    clock: Clock
    start: float
    end: float
    holes: tuple[tuple[float, float], ...]
    first_day: date
    day_edges: Floats
    covered: Floats

    @property
    def days(self) -> int:
        """How many local days the span touches."""
        return self.day_edges.size - 1

    def day_of(self, at: Floats) -> Ints:
        """Index of the local day of UTC epoch seconds, clipped to the span."""
        found = np.searchsorted(self.day_edges, at, side="right") - 1
        return np.clip(found, 0, self.days - 1).astype(np.int64)

    def hour_of(self, at: Floats) -> Floats:
        """Local hour of day, 0 to 24, of UTC epoch seconds."""
        return np.asarray((self.clock.local(at) % DAY) / HOUR)

    def date_of(self, day: int) -> date:
        """Calendar date of a day index."""
        return self.first_day + timedelta(days=int(day))


def stream(talk: Conversation, end: datetime, unknown: Sequence[tuple[float, float]] = ()) -> Stream:
    """The messages up to `end` as arrays, with `end` as the moment observation stops.

    `unknown` are further stretches (UTC seconds) that tell nothing, beside the holes between stretches of coverage.
    """
    messages = talk.events.with_row_index("row").filter(
        pl.col("person").is_in(["a", "b"]) & pl.col("kind").is_in(MESSAGE_KINDS) & (pl.col("at") <= end.astimezone(UTC))
    )
    at = messages["at"].dt.epoch("us").to_numpy().astype(np.float64) / 1e6
    who = (messages["person"] == "b").to_numpy().astype(np.int8)
    stop = end.timestamp()
    start = float(at[0]) if at.size else stop
    zone = ZoneInfo(talk.tz)
    clock = clock_for(start, stop + AHEAD, zone)
    first_day = datetime.fromtimestamp(start, zone).date()
    last_day = datetime.fromtimestamp(stop, zone).date()
    edges = midnights(first_day, last_day + timedelta(days=1), zone)
    intervals = [(max(a.timestamp(), start), min(b.timestamp(), stop)) for a, b in talk.coverage]
    intervals = [(a, b) for a, b in intervals if b > a]
    holes = merged([*((a[1], b[0]) for a, b in pairwise(intervals)), *unknown], start, stop)
    return Stream(
        at=at,
        who=who,
        length=messages["text"].str.len_chars().fill_null(0).to_numpy().astype(np.float64),
        event=messages["row"].to_numpy().astype(np.int64),
        minute_only=bool(messages["minute_only"].any()),
        clock=clock,
        start=start,
        end=stop,
        holes=holes,
        first_day=first_day,
        day_edges=edges,
        covered=covered_share(edges, start, stop, holes),
    )


def latest(stream: Stream, days: int) -> Stream:
    """The last `days` local days of a stream; the stream itself where it is not longer."""
    skipped = stream.days - days
    if skipped <= 0:
        return stream
    start = float(stream.day_edges[skipped])
    kept = stream.at >= start
    return replace(
        stream,
        at=stream.at[kept],
        who=stream.who[kept],
        length=stream.length[kept],
        event=stream.event[kept],
        start=start,
        holes=merged(stream.holes, start, stream.end),
        first_day=stream.date_of(skipped),
        day_edges=stream.day_edges[skipped:],
        covered=stream.covered[skipped:],
    )


def merged(holes: Sequence[tuple[float, float]], start: float, stop: float) -> tuple[tuple[float, float], ...]:
    """Holes clipped to the observed span, in order and without overlap."""
    out: list[tuple[float, float]] = []
    for a, b in sorted((max(a, start), min(b, stop)) for a, b in holes):
        if b <= a:
            continue
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return tuple(out)


def clock_for(start: float, end: float, zone: ZoneInfo) -> Clock:
    """The table of offsets of a zone from a day before `start` to a day after `end`."""
    first = float((start - DAY) // OFFSET_STEP * OFFSET_STEP)
    steps = int((end + DAY - first) // OFFSET_STEP) + 1
    moments = pl.Series(first + np.arange(steps) * OFFSET_STEP).cast(pl.Int64)
    utc = pl.from_epoch(moments, time_unit="s").dt.replace_time_zone("UTC").dt.convert_time_zone(zone.key)
    offsets = (utc.dt.base_utc_offset() + utc.dt.dst_offset()).dt.total_seconds()
    return Clock(first, offsets.to_numpy().astype(np.float64))


def midnights(first: date, last: date, zone: ZoneInfo) -> Floats:
    """UTC epoch seconds of local midnight of every day from `first` to `last`, both included."""
    days = range((last - first).days + 1)
    starts = (datetime.combine(first + timedelta(days=d), datetime.min.time(), zone) for d in days)
    return np.array([s.timestamp() for s in starts])


def covered_share(edges: Floats, start: float, end: float, holes: tuple[tuple[float, float], ...]) -> Floats:
    """Share of each day between `edges` that lies inside the observed span and outside the holes."""
    seen = np.minimum(edges[1:], end) - np.maximum(edges[:-1], start)
    for a, b in holes:
        seen = seen - np.maximum(np.minimum(edges[1:], b) - np.maximum(edges[:-1], a), 0.0)
    # Samoa left out 30 December 2011: a day without a second in it.
    return np.asarray(np.clip(seen / np.maximum(np.diff(edges), 1.0), 0.0, 1.0))
