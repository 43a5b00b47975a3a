"""Answers: whether somebody who was written to again answered more, and whether they answered more warmly (S6).

What is demanded may bring more answers and colder ones; the two are counted apart, each with its interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.signals.moves import Moves
from ebbtide.signals.opportunities import Turns, turns
from ebbtide.signals.reciprocity import ANSWER_DAYS, WARM_ANSWER, Part, made, part
from ebbtide.signals.said import Said
from ebbtide.signals.stream import DAY, Stream
from ebbtide.signals.tally import Marks

#: Fewer turns, or answers, than this tell nothing.
FEWEST_TURNS, FEWEST_ANSWERS = 12, 8


@dataclass(frozen=True, slots=True)
class Answers:
    """Of the other's first turns, and of those that came before an answer to the last (`again`): the share answered.

    `warm` and `warm_again` are the shares of these answers that read as warm; None where there are too few.
    """

    answered: Part | None
    again: Part | None
    warm: Part | None
    warm_again: Part | None


def answers(stream: Stream, found: Moves, spoken: Said) -> tuple[Answers, Answers]:
    """How each answered the other's first turns and those that followed without an answer."""
    cut, warm = turns(stream), made(stream, found, WARM_ANSWER) & all(spoken.texts)
    return of(stream, cut, warm, 0, told=all(spoken.texts)), of(stream, cut, warm, 1, told=all(spoken.texts))


def of(stream: Stream, cut: Turns, warm: Marks, person: int, *, told: bool) -> Answers:
    """The answers of one person; whether they are warm only where words can be read (`told`)."""
    theirs = np.flatnonzero((cut.who != person) & (cut.end + ANSWER_DAYS * DAY <= stream.end))
    follows = np.minimum(theirs + 1, cut.who.size - 1)
    soon = (cut.who[follows] == person) & (cut.start[follows] - cut.end[theirs] < ANSWER_DAYS * DAY)
    again = (theirs > 0) & (cut.who[np.maximum(theirs - 1, 0)] != person)
    counted = np.concatenate([[0], np.cumsum(warm)])
    kind = counted[cut.last[follows] + 1] > counted[cut.first[follows]]

    def share(of_turns: Marks, yes: Marks, fewest: int) -> Part | None:
        return part(float((of_turns & yes).sum()), float(of_turns.sum()), fewest)

    return Answers(
        share(~again, soon, FEWEST_TURNS),
        share(again, soon, FEWEST_TURNS),
        share(~again & soon, kind, FEWEST_ANSWERS) if told else None,
        share(again & soon, kind, FEWEST_ANSWERS) if told else None,
    )
