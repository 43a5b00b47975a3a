"""Give and take: shares with their intervals, and nothing said from too little."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from ebbtide.reading.phrases import Named
from ebbtide.reading.reciprocity import of_reciprocity, sides
from ebbtide.reading.types import Reciprocity, Share
from ebbtide.signals.moves import moves
from ebbtide.signals.reciprocity import Part, Parts, part, reciprocity
from ebbtide.signals.stream import stream
from ebbtide.signals.words import heard
from tests.talks import Line, moment, rows, talk_of

DAYS = 28
JO, SAM = Named("Jo", True), Named("Sam", False)


def measured(
    *lines: Line, calls: tuple[tuple[float, str, str], ...] = (), starts: tuple[float, float] = (0, 0)
) -> Parts:
    """Four weeks with these lines and calls (hour, who, kind); each begins so often a day."""
    told = rows([(moment(hour), who, *words) if words else (moment(hour), who, None) for hour, who, *words in lines])
    rung = [rows([(moment(h), who, None)], kind) for h, who, kind in calls]
    events = pl.concat([told, *rung]).sort("at")
    made = talk_of(events, coverage=[(moment(0), moment(24 * DAYS))])
    flow = stream(made, moment(24 * DAYS) - timedelta(seconds=1))
    found = moves(made.events)
    spoken = heard(flow, made.events, found)
    each = tuple(np.full(flow.days, s) for s in starts)
    return reciprocity(flow, made.events, found, spoken, each, np.ones(flow.days, bool))  # type: ignore[arg-type]


ORDINARY: list[Line] = [(24.0 * d + 9 + i, "ab"[i], "the bread is out") for d in range(DAYS) for i in (0, 1)]


def test_a_share_is_told_with_its_range_and_only_from_enough() -> None:
    assert part(1, 4, 5) is None
    small, large = part(2, 10, 5), part(40, 200, 5)
    assert small is not None
    assert large is not None
    assert small.share == large.share == pytest.approx(0.2)
    assert small.low < large.low < 0.2 < large.high < small.high


def test_who_begins_is_a_share_of_what_both_begin() -> None:
    one, other = measured(*ORDINARY, starts=(3, 1))["starts"]
    assert one == Part(0.75, one.low, one.high, 84, 112)  # type: ignore[union-attr]
    assert other is not None
    assert other.share == pytest.approx(0.25)
    assert other.high < 0.35
    assert measured(*ORDINARY, starts=(0.1, 0.1))["starts"] == (None, None)


def test_a_call_is_taken_by_the_other_one() -> None:
    rung = (*((24.0 * d + 18, "a", "missed_call") for d in range(4)), (24.0 * 5 + 18, "a", "call"))
    taken_by_a, taken_by_b = measured(*ORDINARY, calls=rung)["calls"]
    assert taken_by_a is None
    assert taken_by_b is not None
    assert (taken_by_b.taken, taken_by_b.chances) == (1, 5)


def test_who_asks_how_the_other_is() -> None:
    asks: list[Line] = [(24.0 * d + 20, "a", "How are you feeling today? Tell me about it") for d in range(DAYS)]
    one, other = measured(*ORDINARY, *asks)["asks"]
    assert one is not None
    assert other is not None
    assert one.low > 0.6
    assert other.share == pytest.approx(1 - one.share)
    assert measured(*ORDINARY)["asks"] == (None, None)


def test_without_words_nothing_that_rests_on_words_is_told() -> None:
    silent: list[Line] = [(hour, who) for hour, who, *_ in ORDINARY]
    parts = measured(*silent, starts=(3, 1))
    assert parts["asks"] == parts["warmth"] == (None, None)
    assert parts["starts"][0] is not None


def seen(id_: str, share: float, before: float | None = None, width: float = 0.05) -> list[Reciprocity]:
    """A measure of Sam, and what is left of it for Jo; `width` to either side."""
    out = []
    for person, now, past in (("b", share, before), ("a", 1 - share, None if before is None else 1 - before)):
        was = None if past is None else Share(past, past - width, past + width)
        out.append(Reciprocity(id_, person, Share(now, now - width, now + width), was, round(100 * now), 100))
    return out


def test_what_was_so_for_long_speaks_for_it_and_what_is_new_does_not() -> None:
    lasting = sides(seen("starts", 0.1, 0.12), "b", SAM, JO)
    assert lasting.for_ == [
        "Sam began 10 of the last 100 times that one of you wrote first. Before, it was much the same."
    ]
    new = sides(seen("starts", 0.1, 0.5), "b", SAM, JO)
    assert (new.for_, new.against) == ([], ["Until lately Sam was no less the one who begins."])
    even = sides(seen("starts", 0.48, 0.5), "b", SAM, JO)
    assert (even.for_, even.against) == ([], ["Sam begins about as often as you, or more."])


def test_what_is_uncertain_says_nothing() -> None:
    wide = sides([*seen("starts", 0.3, 0.3, 0.2), *seen("calls", 0.4, width=0.3)], "b", SAM, JO)
    assert (wide.for_, wide.against) == ([], [])


def test_a_finding_names_what_was_measured_and_that_much_is_in_no_message() -> None:
    calls = [Reciprocity("calls", "b", Share(0.0, 0.0, 0.4), None, 0, 3), Reciprocity("calls", "a", None, None)]
    (found,) = of_reciprocity([*seen("starts", 0.1, 0.12), *calls], "b", SAM, JO)
    assert "Sam took none of your last 3 calls." in found.words
    assert found.words.endswith("What you do for each other in person is in no message.")
    assert list(of_reciprocity(seen("starts", 0.5, 0.5), "b", SAM, JO)) == []
