"""What each person did given the opportunity: turns begun while an answer was due, and turns begun out of quiet.

Counting messages blames the wrong person: when one withdraws, the other has less to answer. Here the time line is cut
into short segments in which a person could begin a turn, either because the other's turn stands unanswered or because
it is quiet. One person's silence removes the other's opportunities; it never counts against them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.segments import Segments, segments, spread_out
from ebbtide.signals.stream import HOUR, QUIET_SECONDS, Floats, Ints, Stream

#: Seconds since the last message that separate the stages of an opportunity.
DUE_STAGES = np.array([20.0, 60.0, 180.0, 480.0, 1200.0, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR])
QUIET_STAGES = np.array([2 * HOUR, 4 * HOUR, 8 * HOUR])
#: An answer is due for this long after the other's last message; afterwards it is quiet.
DUE_SECONDS = 12 * HOUR


@dataclass(frozen=True, slots=True)
class Turns:
    """Runs of one person's messages with less than an hour between them and nobody else in between.

    Arrays of one length: `who`, `start` and `end` in UTC seconds, `first` and `last` row numbers in the stream.
    """

    who: NDArray[np.int8]
    start: Floats
    end: Floats
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Opportunities:
    """Segments of time (m,) in which one person could begin a turn, and whether it was done.

    `day` local day index, `hour` local hour 0–23, `hours` length, `begun` whether a turn began at its end, `due`
    whether an answer was due (else it was quiet), `stage` how long it had been so: a small code, apart for a first
    turn of the other's, for a follow-up, and for quiet.
    """

    day: Ints
    hour: Ints
    hours: Floats
    begun: NDArray[np.bool_]
    due: NDArray[np.bool_]
    stage: Ints
    days: int


def turns(stream: Stream) -> Turns:
    """The turns of both people in order."""
    n = stream.at.size
    if n == 0:
        none = np.zeros(0, np.int64)
        return Turns(stream.who, stream.at, stream.at, none, none)
    fresh = np.ones(n, bool)
    fresh[1:] = (np.diff(stream.who) != 0) | (np.diff(stream.at) >= QUIET_SECONDS)
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], n) - 1
    return Turns(stream.who[first], stream.at[first], stream.at[last], first, last)


def opportunities(stream: Stream) -> tuple[Opportunities, Opportunities]:
    """The opportunities of both persons over the whole stream."""
    at = spread_out(stream)
    cut = segments(stream, at)
    middle = cut.start + cut.length / 2
    day = stream.day_of(middle)
    since = middle - at[cut.after]
    return of_person(stream, cut, day, since, 0), of_person(stream, cut, day, since, 1)


def of_person(stream: Stream, cut: Segments, day: Ints, since: Floats, person: int) -> Opportunities:
    """One person's opportunities among the segments of the time line."""
    theirs = stream.who[cut.after] != person
    due = theirs & (since < DUE_SECONDS)
    risk = cut.seen & (theirs | (since >= QUIET_SECONDS)) & (cut.length > 0)
    again = cut.reach[person] > 1
    first_stage = np.searchsorted(DUE_STAGES, since)
    quiet_stage = np.searchsorted(QUIET_STAGES, since)
    size = DUE_STAGES.size + 1
    stage = np.where(due, first_stage + again * size, 2 * size + quiet_stage)
    return Opportunities(
        day=day[risk],
        hour=np.clip(cut.hour[risk].astype(np.int64), 0, 23),
        hours=cut.length[risk] / HOUR,
        begun=(cut.final & (cut.next_who == person))[risk],
        due=due[risk],
        stage=stage[risk].astype(np.int64),
        days=stream.days,
    )


def day_sum(seen: Opportunities, values: Floats, which: NDArray[np.bool_]) -> Floats:
    """Sum of `values` over the chosen segments of each day, (D,)."""
    return np.asarray(np.bincount(seen.day[which], values[which], minlength=seen.days), dtype=np.float64)
