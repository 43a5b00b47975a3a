"""Tallies: what a person did out of the chances there were, day by day; and a late stretch against own usual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.opportunities import Turns
from ebbtide.signals.rates import NINETY, Change, Counted, dispersion, log_ratio
from ebbtide.signals.stream import DAY, Floats, Ints, Stream

Marks = NDArray[np.bool_]

#: An answer counts as one for so long, and by its first messages: what comes after may be about something else.
ANSWER_DAYS, FIRST_MESSAGES = 2.0, 2
#: Fewer chances than this tell nothing, and neither do so few of the thing itself, seen or to be expected.
FEWEST, FEWEST_TAKEN = (5, 15), 2.0


@dataclass(frozen=True, slots=True)
class Tally:
    """One person's days (D,): how often a thing was done (`taken`), out of how many `chances`.

    `messages` were looked at for it, any of which the model may mistake for one of `moves`; `rows` of the stream are
    the messages in which it was done.
    """

    taken: Floats
    chances: Floats
    messages: Floats
    rows: Ints
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """Which days (D,) are the late stretch, and which show the person's usual; `length` of the late one in days."""

    recent: Marks
    usual: Marks
    length: int

    def blocks(self, daily: Floats) -> Floats:
        """Sums (B,) over stretches of usual days as long as the late one; a rest at the end is left out."""
        values = daily[self.usual]
        count = values.size // self.length
        return np.asarray(values[: count * self.length].reshape(count, self.length).sum(axis=1))


def by_message(stream: Stream, person: int, done: Marks, moves: tuple[str, ...]) -> Tally:
    """How many of a person's messages with words do something, `done` (n,) row by row with the stream."""
    mine = (stream.who == person) & (stream.length > 0)
    written = per_day(stream, stream.at[mine])
    rows = np.flatnonzero(mine & done)
    return Tally(per_day(stream, stream.at[rows]), written, written, rows, moves)


def by_answer(stream: Stream, cut: Turns, person: int, opens: Marks, done: Marks, moves: tuple[str, ...]) -> Tally:
    """How many of a person's answers to turns of the other that open something up do something.

    `opens` and `done` (n,) go row by row with the stream. A turn without an answer is no chance: not writing is
    measured as such.
    """
    size = cut.last - cut.first + 1
    turn = np.repeat(np.arange(size.size), size)
    first = np.arange(stream.at.size) - cut.first[turn] < FIRST_MESSAGES
    read = first & (stream.length > 0)
    opened = np.bincount(turn[opens], minlength=size.size) > 0
    answers = np.zeros(size.size, bool)
    near = cut.start[1:] - cut.end[:-1] < ANSWER_DAYS * DAY
    answers[1:] = (cut.who[1:] == person) & (cut.who[:-1] != person) & opened[:-1] & near
    answers &= np.bincount(turn[read], minlength=size.size) > 0
    inside = read & answers[turn]
    rows = np.flatnonzero(inside & done)
    return Tally(
        per_day(stream, cut.start[np.unique(turn[rows])]),
        per_day(stream, cut.start[answers]),
        per_day(stream, cut.start[turn[inside]]),
        rows,
        moves,
    )


def per_day(stream: Stream, at: Floats) -> Floats:
    """How many of these moments fall on each local day (D,)."""
    return np.bincount(stream.day_of(at), minlength=stream.days).astype(np.float64)


def against_usual(tally: Tally, window: Window, fewest: tuple[int, int] = FEWEST) -> Change | None:
    """The log ratio of a late stretch to the person's usual; None where too little happened to tell.

    `fewest` are the chances there need to be of late, and before.
    """
    now, before = counted(tally, window.recent), counted(tally, window.usual)
    if now.chances < fewest[0] or before.chances < fewest[1]:
        return None
    rate = before.taken / before.chances
    if max(now.taken, rate * now.chances) < FEWEST_TAKEN:
        return None
    varies = dispersion(window.blocks(tally.taken), rate * window.blocks(tally.chances))
    return log_ratio(now, before, tally.moves, varies)


def counted(tally: Tally, which: Marks) -> Counted:
    """The sums over some of the days."""
    taken, chances, messages = (float(d[which].sum()) for d in (tally.taken, tally.chances, tally.messages))
    return Counted(taken, chances, messages)


def level_against_usual(day: Ints, value: Floats, days: int, window: Window, fewest: int) -> Change | None:
    """The difference of the mean of values (n,) on those days (n,) to the person's usual; None with fewer than so many.

    The variation between stretches as long as the late one counts beside that between single values.
    """
    now, before = window.recent[day], window.usual[day]
    if now.sum() < fewest or before.sum() < 2 * fewest:
        return None
    usual = value[before].mean()
    spread = max(float(value[before].var()), 1e-6)
    ones = np.ones(int(before.sum()))
    sizes, sums = (
        window.blocks(np.bincount(day[before], w, minlength=days).astype(np.float64))
        for w in (ones, value[before] - usual)
    )
    # A sum of n values varies by n · spread: the square over it is 1 where stretches do not differ.
    varies = dispersion(sizes + sums / np.sqrt(spread), sizes)
    sd = NINETY * np.sqrt(varies * spread * (1 / now.sum() + 1 / before.sum()))
    change = float(value[now].mean() - usual)
    return Change(change, change - float(sd), change + float(sd))
