"""Patterns: what takes more than one message, read off learned moves and their times.

Messages following up on each other without an answer, a feeling or question left lying, a return after days of silence
with or without a word about it, one apology after another. What happened and when, never why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.moves import HEADS, PRESSING, Moves
from ebbtide.signals.opportunities import turns
from ebbtide.signals.stream import DAY, HOUR, Ints, Stream

Marks = NDArray[np.bool_]
Kind = Literal["double_text", "flood", "left_pending", "return_spoken", "return_unspoken", "apology_repeated"]

#: A follow-up comes this long after one's own unanswered message; sooner it is one thought in two messages.
FOLLOW_UP_HOURS = 1.0
#: So many messages within the hours make a flood, if so many of them press.
FLOOD, FLOOD_HOURS, FLOOD_PRESSING = 6, 1.0, 2
#: The probability from which something was opened up: that it was passed over must not rest on a guess.
SURE = 0.8
#: What opens something up, and what takes it up; an open question is taken up by any answer of some words.
OPENING = ("disclosure", "us_talk", "open_question")
TAKING_UP = (
    "reassurance",
    "affection",
    "appreciation",
    "disclosure",
    "explanation",
    "repair",
    "us_talk",
    "open_question",
    "space_request",
    "future_plan",
)
#: Hours in which what was opened up would be taken up, and characters from which an answer counts as one.
PENDING_HOURS, AN_ANSWER = 48.0, 40
#: So many turns of the other may take it up: the first word is often "oh".
ANSWERS = 3
#: A silence this long, in which the other wrote, is come back from; a word about it falls into the first hours.
AWAY_DAYS, WORD_HOURS = 3.0, 24.0
#: So many turns with an apology within the days are one apology repeated.
APOLOGIES, APOLOGY_DAYS = 4, 2.0
#: Or so many in three weeks, when they are so much of all that one writes: who writes much says sorry for trifles.
SPREAD_APOLOGIES, SPREAD_DAYS, SPREAD_SHARE = 6, 21.0, 1 / 3


@dataclass(frozen=True, slots=True)
class Pattern:
    """One occurrence: whose doing (0 or 1), from when to when (UTC seconds), and the rows of the stream it rests on.

    For `left_pending` the person is the one whose opening was left; for returns the one who came back.
    """

    kind: Kind
    person: int
    start: float
    end: float
    rows: tuple[int, ...]


def patterns(stream: Stream, found: Moves, arranging: Marks | None = None) -> tuple[Pattern, ...]:
    """Every pattern in order of its beginning; none where nothing can be read.

    `arranging` says of each event whether it only settles a plan: asked again or not, that presses for nothing.
    """
    plans = np.zeros(stream.at.size, np.bool_) if arranging is None else arranging[stream.event]
    said = Marked(stream, found.possible[stream.event], found.scores[stream.event], plans)
    all_kinds = (follow_ups(said), floods(said), left_pending(said), returns(said), apologies(said))
    return tuple(sorted((p for kind in all_kinds for p in kind), key=lambda p: (p.start, p.kind, p.person)))


@dataclass(frozen=True, slots=True)
class Marked:
    """A stream with which moves are possible in each of its messages, their scores, (n, heads), and its plans (n,)."""

    stream: Stream
    possible: Marks
    scores: NDArray[np.float32]
    plans: Marks

    def any(self, moves: Sequence[str]) -> Marks:
        """Whether a message makes one of these moves (n,)."""
        return np.asarray(self.possible[:, [HEADS.index(m) for m in moves]].any(axis=1))

    def surely(self, moves: Sequence[str]) -> Marks:
        """Whether a message all but certainly makes one of these moves (n,)."""
        return np.asarray((self.scores[:, [HEADS.index(m) for m in moves]] >= SURE).any(axis=1))


def follow_ups(said: Marked) -> Iterator[Pattern]:
    """Unanswered messages followed up by a surely pressing one of the same person, an hour or more later."""
    at, who, presses = said.stream.at, said.stream.who, said.surely(PRESSING) & ~said.plans
    for first, last in unanswered_runs(who):
        late = np.flatnonzero(np.diff(at[first:last]) >= FOLLOW_UP_HOURS * HOUR) + first + 1
        pressing = [int(r) for r in late if presses[r]]
        if pressing:
            rows = (first, *pressing)
            yield Pattern("double_text", int(who[first]), float(at[first]), float(at[rows[-1]]), rows)


def floods(said: Marked) -> Iterator[Pattern]:
    """Many unanswered messages within an hour, some of them pressing; each stretch once."""
    at, who, presses = said.stream.at, said.stream.who, said.any(PRESSING) & ~said.plans
    for first, last in unanswered_runs(who):
        row = first
        while row + FLOOD <= last:
            stop = int(np.searchsorted(at[:last], at[row] + FLOOD_HOURS * HOUR, side="right"))
            if stop - row >= FLOOD and presses[row:stop].sum() >= FLOOD_PRESSING:
                yield Pattern("flood", int(who[row]), float(at[row]), float(at[stop - 1]), tuple(range(row, stop)))
                row = stop
            else:
                row += 1


def left_pending(said: Marked) -> Iterator[Pattern]:
    """A feeling or a question that the other's answer, or two days without any, left lying."""
    stream, opens, takes = said.stream, said.surely(OPENING), said.any(TAKING_UP)
    cut = turns(stream)
    for i in range(cut.who.size):
        rows = np.arange(cut.first[i], cut.last[i] + 1)
        opening = rows[opens[rows]]
        nxt = i + 1
        if not opening.size or nxt == cut.who.size:
            continue
        due = cut.end[i] + PENDING_HOURS * HOUR
        mine = np.flatnonzero((cut.who != cut.who[i]) & (cut.start >= cut.end[i]) & (cut.start < due))[:ANSWERS]
        answer = np.concatenate([np.arange(cut.first[k], cut.last[k] + 1) for k in (mine if mine.size else [nxt])])
        if cut.who[nxt] == cut.who[i]:
            # Said again, or spoken of something else, by the same person: the last word of a run is judged.
            continue
        if mine.size and (takes[answer].any() or stream.length[answer].max() >= AN_ANSWER):
            continue
        kept = (*opening.tolist(), int(answer[0]))
        yield Pattern("left_pending", int(cut.who[i]), float(cut.start[i]), float(cut.start[nxt]), kept)


def returns(said: Marked) -> Iterator[Pattern]:
    """Coming back after days of silence in which the other wrote: with a word about it in the first day, or without."""
    stream, speaks = said.stream, said.any(("explanation", "repair"))
    for person in (0, 1):
        own = np.flatnonzero(stream.who == person)
        for before, back in pairwise(own.tolist()):
            start, end = float(stream.at[before]), float(stream.at[back])
            if end - start < AWAY_DAYS * DAY or back - before < 2 or crosses_hole(stream, start, end):
                continue
            first = own[(own >= back) & (stream.at[own] < end + WORD_HOURS * HOUR)]
            told = first[speaks[first]]
            kind: Kind = "return_spoken" if told.size else "return_unspoken"
            yield Pattern(kind, person, start, end, tuple((told if told.size else first[:1]).tolist()))


def apologies(said: Marked) -> Iterator[Pattern]:
    """One apology after another: several turns within two days, or a good part of what one writes in three weeks."""
    sorry = said.any(("repair",))
    cut = turns(said.stream)
    for person in (0, 1):
        held = [i for i in np.flatnonzero(cut.who == person) if sorry[cut.first[i] : cut.last[i] + 1].any()]
        begin, starts = 0, cut.start[held]
        while begin + APOLOGIES <= len(held):
            near, wide = (
                held[begin : np.searchsorted(starts, starts[begin] + days * DAY, "right")]
                for days in (APOLOGY_DAYS, SPREAD_DAYS)
            )
            written = np.count_nonzero(cut.who[wide[0] : wide[-1] + 1] == person)
            spread = len(wide) >= SPREAD_APOLOGIES and len(wide) >= SPREAD_SHARE * written
            if chosen := near if len(near) >= APOLOGIES else wide if spread else []:
                rows = tuple(int(r) for i in chosen for r in range(cut.first[i], cut.last[i] + 1) if sorry[r])
                start, end = float(cut.start[chosen[0]]), float(cut.end[chosen[-1]])
                yield Pattern("apology_repeated", person, start, end, rows)
                begin += len(chosen)
            else:
                begin += 1


def unanswered_runs(who: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Runs of messages of one person with nothing of the other's between them, as (first, one beyond the last)."""
    edges: Ints = np.concatenate([[0], np.flatnonzero(np.diff(who)) + 1, [who.size]])
    yield from ((a, b) for a, b in pairwise(edges.tolist()) if b - a > 1)


def crosses_hole(stream: Stream, start: float, end: float) -> bool:
    """Whether there is no data for a part of a stretch, so that it may not have been a silence."""
    return any(a < end and b > start for a, b in stream.holes)
