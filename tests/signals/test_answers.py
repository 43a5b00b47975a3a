"""Answers: to first turns and to those written again, how often, and how warmly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ebbtide.reading.loop import answered, compared
from ebbtide.reading.phrases import Named
from ebbtide.reading.types import Share
from ebbtide.signals.answers import Answers, answers
from ebbtide.signals.moves import moves
from ebbtide.signals.reciprocity import Part
from ebbtide.signals.stream import stream
from ebbtide.signals.words import heard
from tests.talks import Line, moment, rows, talk_of

WEEKS = 12


def counted(*lines: Line) -> tuple[Answers, Answers]:
    """What is counted of these lines (hour, who, words)."""
    events = rows([(moment(line[0]), line[1], line[2]) for line in sorted(lines)])  # type: ignore[misc]
    made = talk_of(events, coverage=[(moment(0), moment(24 * 7 * WEEKS))])
    flow = stream(made, moment(24 * 7 * WEEKS) - timedelta(seconds=1))
    found = moves(made.events)
    return answers(flow, found, heard(flow, made.events, found))


def week(n: int, *, again: bool, warm: str = "ok") -> list[Line]:
    """Jo writes on three days; is answered at once, or is not and writes again, which is answered."""
    start = 24.0 * 7 * n
    lines: list[Line] = []
    for day in (0, 2, 4):
        lines.append((start + 24 * day + 8, "a", "the bread is out"))
        if again:
            lines.append((start + 24 * day + 12, "a", "did you see this"))
        lines.append((start + 24 * day + 14, "b", warm))
    return lines


def test_answers_to_what_was_written_again_are_counted_apart() -> None:
    first = [line for n in range(6) for line in week(n, again=False, warm="I love you so much, I miss you")]
    again = [line for n in range(6, 12) for line in week(n, again=True)]
    jo, sam = counted(*first, *again)
    assert sam.again is not None
    assert sam.answered is not None
    assert (sam.again.taken, sam.again.chances) == (18, 18)
    # First turns: answered at once in the first half, never in the second.
    assert (sam.answered.taken, sam.answered.chances) == (18, 36)
    assert sam.warm is not None
    assert sam.warm_again is not None
    assert sam.warm.share == 1.0
    assert sam.warm_again.share == 0.0
    assert jo.again is None


def test_little_and_unread_words_tell_nothing() -> None:
    _, sam = counted(*[line for n in range(2) for line in week(n, again=True)])
    assert sam == Answers(None, None, None, None)


def share(low: float, high: float) -> Part:
    return Part((low + high) / 2, low, high, 10, 20)


def test_more_and_warmer_are_two_things_in_words() -> None:
    made = Answers(share(0.3, 0.4), share(0.6, 0.8), share(0.3, 0.5), share(0.0, 0.1))
    said = answered("b", made, Named("Sam", False), Named("Jo", True)).says
    assert said == (
        "Of the 20 times you wrote again before an answer, Sam answered ten within two days (60% to 80%). "
        "Of those answers 5% read as warm, fewer than otherwise (40%, where you write once)."
    )
    # A first turn counts as answered only if none followed it, so that the two shares are not comparable.
    assert "more" not in said
    assert answered("b", Answers(None, None, None, None), Named("Sam", False), Named("Jo", True)).says == ""


@pytest.mark.parametrize(("low", "high", "word"), [(0.1, 0.3, "less"), (0.3, 0.6, "not clearly"), (0.7, 0.9, "more")])
def test_a_difference_is_told_only_where_the_ranges_are_apart(low: float, high: float, word: str) -> None:
    one, other = (Share(sum(x) / 2, *x) for x in ((low, high), (0.4, 0.6)))
    assert compared(one, other, "more", "less").startswith(word)
