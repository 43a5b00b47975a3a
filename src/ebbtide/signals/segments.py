"""The time line of a conversation cut into short segments on which each person's hazard of writing is held constant.

Cuts fall at every message, at growing distances after it, then every hour, and after weeks of nothing every 25 hours.
What a segment knows of the past is known before it begins, so a hazard built on it never looks ahead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.stream import DAY, HOUR, Floats, Ints, Stream

#: Distances after a message at which a segment ends, in seconds; hourly from the last one on.
CUTS = np.array([0.0, 20.0, 60.0, 180.0, 480.0, 1200.0, 3600.0, 7200.0])
#: So long after a message segments become long: a stray date decades off would else cost hundreds of thousands.
LONG_AFTER = 5 * 7 * DAY
#: A day and an hour, so that the middles of long segments visit every hour of the day in turn.
LONG = 25 * HOUR
#: Decay times of the two excitations in seconds (models.md A).
DECAYS = (20 * 60.0, 3 * HOUR)
#: Windows in days over which a person's recent level is counted.
LEVELS = (1.0, 7.0, 28.0, 365.0)
#: Days over which a person's recent hours of the day are counted, and the active hours an even day is given beforehand.
RHYTHM_DAYS, EVEN_HOURS = 14.0, 6.0
#: How much an active hour tells of the hours two before it to two after it.
NEAR = {-2: 0.25, -1: 0.5, 0: 1.0, 1: 0.5, 2: 0.25}
#: Messages of one moment are taken to be at least this far apart.
TICK = 1.0


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments (m,) of the time line and what is known as each begins.

    `start` UTC seconds and `length` seconds; `after` row of the last message before; `final` whether the next message
    ends the segment, and `next_who` who wrote that (−1 for none). What follows is taken at the middle of the time the
    segment lasts if nobody writes: `hour` local hour, `weekend` whether it is Saturday or Sunday, `since` seconds
    since the last message. Per person (2, m): `own` seconds since the person's own last message (infinite before the
    first), `excite` (2 decays, 2, m) decayed counts, `reach` (2, m) the other's turns since this person last wrote.
    `seen` is False inside coverage holes.
    """

    start: Floats
    length: Floats
    hour: Floats
    weekend: NDArray[np.bool_]
    after: Ints
    final: NDArray[np.bool_]
    next_who: Ints
    since: Floats
    own: Floats
    excite: Floats
    reach: Ints
    seen: NDArray[np.bool_]


def spread_out(stream: Stream) -> Floats:
    """Message times made strictly increasing: minute stamps spread over their minute, equal seconds one tick apart."""
    at = stream.at.copy()
    if at.size == 0:
        return at
    width = 60.0 if stream.minute_only else TICK
    fresh = np.flatnonzero(np.append(True, np.diff(at) > 0))
    count = np.diff(np.append(fresh, at.size))
    position = np.arange(at.size) - np.repeat(fresh, count)
    room = np.minimum(width, np.diff(np.append(at[fresh], at[-1] + width)))
    shift = (position + (0.5 if stream.minute_only else 0.0)) / np.repeat(count, count)
    return np.asarray(at + shift * np.repeat(room, count))


def segments(stream: Stream, at: Floats, stop: float | None = None) -> Segments:
    """Cut the time line of a stream whose messages are at the strictly increasing times `at`.

    The line runs to `stop` (UTC seconds), which may lie ahead of the end of observation; by default to that end.
    """
    ends = np.append(at[1:], max(stream.end if stop is None else stop, at[-1]))
    after, offset = cuts(ends - at)
    start = at[after] + offset
    stop = np.minimum(np.append(start[1:], ends[-1]), ends[after])
    final = np.append(after[1:] != after[:-1], False)
    # Not the middle of what was: a segment cut short by a message would know of the message before it came.
    middle = start + planned(offset) / 2
    next_who = np.full(after.size, -1, dtype=np.int64)
    next_who[final] = stream.who[np.minimum(after[final] + 1, at.size - 1)]
    local = stream.clock.local(middle)
    seen = np.ones(after.size, bool)
    for a, b in stream.holes:
        seen &= (stop <= a) | (start >= b)
    return Segments(
        start=start,
        length=stop - start,
        hour=np.asarray(local % DAY / HOUR),
        weekend=np.asarray(((local // DAY).astype(np.int64) + 3) % 7 >= 5),
        after=after,
        final=final,
        next_who=next_who,
        since=middle - at[after],
        own=np.stack([since_own(at, stream.who, p, after, middle) for p in (0, 1)]),
        excite=np.stack([excitation(at, stream.who, t, after, middle) for t in DECAYS]),
        reach=np.stack([reaching(at, stream.who, p)[after] for p in (0, 1)]),
        seen=seen,
    )


def cuts(gaps: Floats) -> tuple[Ints, Floats]:
    """For every gap the cuts inside it: index of the gap and seconds from its beginning."""
    short = np.maximum((CUTS[None, :] < gaps[:, None]).sum(axis=1), 1)
    hourly = (max(LONG_AFTER, CUTS[-1]) - CUTS[-1]) // HOUR
    last_hourly = CUTS[-1] + hourly * HOUR
    hours = np.clip(np.ceil((gaps - CUTS[-1]) / HOUR) - 1, 0, hourly)
    long = np.maximum(np.ceil((gaps - last_hourly) / LONG) - 1, 0)
    count = (short + hours + long).astype(np.int64)
    index = np.repeat(np.arange(gaps.size), count)
    place = np.arange(index.size) - np.repeat(np.cumsum(count) - count, count)
    beyond = np.maximum(place - (CUTS.size - 1), 0)
    offset = CUTS[np.minimum(place, CUTS.size - 1)] + np.minimum(beyond, hourly) * HOUR
    return index, np.asarray(offset + np.maximum(beyond - hourly, 0) * LONG)


def planned(offset: Floats) -> Floats:
    """Length in seconds that a segment beginning so long after a message has if nobody writes."""
    lengths = np.append(np.diff(CUTS), HOUR)
    usual = lengths[np.minimum(np.searchsorted(CUTS, offset, side="right"), CUTS.size) - 1]
    return np.where(offset < max(LONG_AFTER, CUTS[-1]), usual, LONG)


def since_own(at: Floats, who: NDArray[np.int8], person: int, after: Ints, middle: Floats) -> Floats:
    """Seconds from the person's own last message to the middle of each segment."""
    last = np.maximum.accumulate(np.where(who == person, np.arange(at.size), -1))[after]
    return np.where(last >= 0, middle - at[np.maximum(last, 0)], np.inf)


def excitation(at: Floats, who: NDArray[np.int8], decay: float, after: Ints, middle: Floats) -> Floats:
    """Exponentially decayed counts of each person's messages at the middle of each segment, (2, m)."""
    level = np.zeros((2, at.size))
    now = [0.0, 0.0]
    fade = np.exp(-np.diff(at, prepend=at[:1]) / decay).tolist()
    for i, (person, keep) in enumerate(zip(who.tolist(), fade, strict=True)):
        now = [now[0] * keep, now[1] * keep]
        now[person] += 1.0
        level[0, i], level[1, i] = now
    return np.asarray(level[:, after] * np.exp(-(middle - at[after]) / decay))


def reaching(at: Floats, who: NDArray[np.int8], person: int) -> Ints:
    """U of models.md: the other's turns since `person` last wrote, known after each message (n,)."""
    other = who != person
    gap = np.diff(at, prepend=-np.inf)
    begins = other & (np.append(True, who[1:] != who[:-1]) | (gap >= HOUR))
    total = np.cumsum(begins)
    base = np.maximum.accumulate(np.where(other, 0, total))
    return np.asarray(total - base, dtype=np.int64)


def recent_level(at: Floats, person_at: Floats, days: float, started: float) -> Floats:
    """Log of a person's messages a day over the last `days` before the times `at`, one added to count and days."""
    reach = days * DAY
    count = np.searchsorted(person_at, at, side="right") - np.searchsorted(person_at, at - reach, side="left")
    return np.asarray(np.log((count + 1.0) / (np.clip((at - started) / DAY, 0.0, days) + 1.0)))


def rhythm(stream: Stream, at: Floats, person: int, messages: Ints) -> Floats:
    """At which hours of the day the person has been writing of late, known at the given messages, ascending, (r, 24).

    Log of the hours with a message near each hour of the day, over the `RHYTHM_DAYS` before, against an even day. It
    follows a move or night shifts within days, where a curve fitted to months cannot.
    """
    moment = at[messages]
    own = at[(stream.who == person) & (at >= np.min(moment, initial=np.inf) - RHYTHM_DAYS * DAY)]
    hour = (stream.clock.local(own) // HOUR).astype(np.int64)
    active = np.flatnonzero(np.diff(hour, prepend=-1) > 0)
    seen = np.zeros((own.size + 1, 24))
    for away, weight in NEAR.items():
        seen[1 + active, (hour[active] + away) % 24] += weight
    total = np.cumsum(seen, axis=0)
    first, last = np.searchsorted(own, moment - RHYTHM_DAYS * DAY), np.searchsorted(own, moment, side="right")
    recent = total[last] - total[first]
    even = EVEN_HOURS * sum(NEAR.values()) / 24
    return np.asarray(np.log((recent + even) / (recent.mean(axis=1, keepdims=True) + even)), dtype=np.float32)
