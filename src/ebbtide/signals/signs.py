"""Signs: what messages tell of each sign of withdrawing, and of still caring, day by day (S7 of the domain).

Never how much there is of a thing alone, but out of the chances there were for it: who is told no plan cannot be vague.
Which of them a person does more than usual is for reading/signs.py to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ebbtide.signals.fullness import lively
from ebbtide.signals.moves import AWAY, HEADS, Moves
from ebbtide.signals.opportunities import turns
from ebbtide.signals.said import Said
from ebbtide.signals.stream import Floats, Ints, Stream
from ebbtide.signals.tally import Marks, Tally, by_answer, by_message, per_day

#: Turning away from what the other opened up, in a word or two.
TURNING_AWAY = ("deflection", "curt", "noncommittal")
WARM = ("affection", "appreciation")


@dataclass(frozen=True, slots=True)
class Measured:
    """What can be told of one person: tallies by what is counted, and the days and log seconds of calls (n,).

    `length` are the days and the log number of characters of messages with words (n,). Tallies that rest on words are
    left out where the words cannot be read.
    """

    tallies: Mapping[str, Tally]
    calls: tuple[Ints, Floats]
    length: tuple[Ints, Floats]


def measured(stream: Stream, events: pl.DataFrame, found: Moves, spoken: Said, person: int) -> Measured:
    """What messages tell of one person's signs."""
    cut = turns(stream)

    def any_move(*moves: str) -> Marks:
        return any_of(stream, found, moves)

    def messages(*moves: str, besides: Marks | None = None) -> Tally:
        done = any_move(*moves) if besides is None else any_move(*moves) | besides
        return by_message(stream, person, done, moves)

    def answers(opens: Marks, *moves: str) -> Tally:
        return by_answer(stream, cut, person, opens, any_move(*moves), moves)

    tallies = {"extras": extras(stream, person)}
    if (stream.length[stream.who == person] > 0).any():
        tallies["lively"] = by_message(stream, person, lively(events)[stream.event], ())
    if spoken.texts[person]:
        tallies |= {
            "warm": messages(*WARM),
            "warm_or_plans": messages(*WARM, "future_plan"),
            "work": messages(AWAY, besides=spoken.marks["work"]),
            "irritable": messages("criticism", "contempt"),
            "concern": messages("open_question", "reassurance"),
            "space": messages("space_request"),
        }
    if all(spoken.texts):
        plan, question = any_move("future_plan"), spoken.marks["question"] | any_move("open_question")
        tallies |= {
            "vague": answers(plan, "noncommittal"),
            "dodged": answers(any_move("disclosure", "open_question"), *TURNING_AWAY),
            "later": answers(spoken.marks["later"] & (plan | any_move("us_talk")), *TURNING_AWAY),
            "defended": answers(question, "defensiveness"),
            "us_dodged": answers(any_move("us_talk"), *TURNING_AWAY),
        }
    return Measured(tallies, calls(stream, events), lengths(stream, person))


def any_of(stream: Stream, found: Moves, moves: Sequence[str]) -> Marks:
    """Whether each message of a stream possibly makes one of these moves (n,)."""
    return np.asarray(found.possible[stream.event][:, [HEADS.index(m) for m in moves]].any(axis=1))


def extras(stream: Stream, person: int) -> Tally:
    """Messages beyond the first of each turn."""
    cut = turns(stream)
    mine = cut.who == person
    begun = per_day(stream, cut.start[mine])
    more = np.bincount(stream.day_of(cut.start[mine]), (cut.last - cut.first)[mine], minlength=stream.days)
    return Tally(np.asarray(more, dtype=np.float64), begun, begun, np.zeros(0, np.int64))


def lengths(stream: Stream, person: int) -> tuple[Ints, Floats]:
    """The days and log lengths of a person's messages with words."""
    mine = (stream.who == person) & (stream.length > 0)
    return stream.day_of(stream.at[mine]), np.log(stream.length[mine])


def calls(stream: Stream, events: pl.DataFrame) -> tuple[Ints, Floats]:
    """The days and log seconds of the calls of both: who ended one is not in the record."""
    rows = events[stream.event.tolist()].select("kind", "seconds").with_row_index("row")
    held = rows.filter((pl.col("kind") == "call") & (pl.col("seconds") > 0))
    seconds: Sequence[float] = held["seconds"].to_list()
    return stream.day_of(stream.at[held["row"].to_numpy().astype(np.int64)]), np.log(np.asarray(seconds, np.float64))
