"""Give and take: shares with their intervals, and nothing said from too little."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from ebbtide.reading.phrases import Named
from ebbtide.reading.reciprocity import of_reciprocity, plans_kept, sides
from ebbtide.reading.sections import give_and_take, sections
from ebbtide.reading.types import Reciprocity, Share
from ebbtide.selfreport import CHECKIN_SCHEMA
from ebbtide.signals.moves import moves
from ebbtide.signals.reciprocity import Part, Parts, part, reciprocity, returns
from ebbtide.signals.stream import stream
from ebbtide.signals.words import heard
from tests.reading import stories
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
    each, days = tuple(np.full(flow.days, s) for s in starts), np.ones(flow.days, bool)
    parts = reciprocity(flow, made.events, found, spoken, each, days)  # type: ignore[arg-type]
    return {**parts, "returns": returns(flow, found, spoken, days)}


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


# Plans and returns.


def test_who_comes_back_only_to_ask_for_something_is_counted_out_of_returns() -> None:
    asks = ["Could you give me a lift to the airport on friday", "can I borrow 40 quid till payday?"]
    plain = ["the bread is out", "I love you so much, could you give me a lift home"]
    lines: list[Line] = [(24.0 * d + 9, "a", "the bread is out") for d in range(DAYS)]
    lines += [(24.0 * (1 + 5 * i) + 12, "b", words) for i, words in enumerate([plain[0], *asks, *plain])]
    one, other = measured(*lines)["returns"]
    assert one is None
    assert other is not None
    # The first word of all is no return.
    assert (other.taken, other.chances) == (2, 4)
    assert other.low < 0.5 < other.high


def noted_plans(*notes: tuple[int, str, str]) -> pl.DataFrame:
    first = moment(0).date()
    rows_ = [(first + timedelta(d), person, item, 1, "made", i) for i, (d, person, item) in enumerate(notes)]
    return pl.DataFrame(rows_, schema=CHECKIN_SCHEMA, orient="row")


def test_plans_are_counted_as_noted_by_whoever_kept_them_or_called_them_off() -> None:
    made = talk_of(rows([(moment(0), "a", None), (moment(24.0 * 90), "b", None)]))
    flow = stream(made, moment(24.0 * 90))
    kept = [(d, "b", "plan_kept") for d in (1, 2, 3, 70)]
    off = [(d, "b", "plan_cancelled") for d in (66, 72, 80)]
    noted = noted_plans(*kept, *off, (5, "a", "plan_kept"))
    one, other = plans_kept(noted, flow, flow.days - 28, flow.days)
    assert one is None
    assert other is not None
    assert (other.taken, other.chances) == (1, 4)
    assert other.low < 0.25 < other.high < 0.7
    assert plans_kept(noted, flow, 0, flow.days - 28)[1] == part(3, 3, 3, varies=1.0)
    assert plans_kept(noted_plans(), flow, 0, flow.days) == (None, None)


def test_plans_and_returns_speak_for_it_only_where_that_is_sure() -> None:
    few = [Reciprocity("plans", "b", Share(0.1, 0.02, 0.4), None, 1, 10), Reciprocity("plans", "a", None, None)]
    assert sides(few, "b", SAM, JO).for_ == ["Of Sam’s plans that are noted, few were kept."]
    most = [Reciprocity("plans", "b", None, Share(0.9, 0.6, 0.98)), Reciprocity("plans", "a", None, None)]
    assert sides(most, "b", SAM, JO).against == ["Of Sam’s plans that are noted, most were kept."]
    asks = [Reciprocity("returns", "b", Share(0.9, 0.6, 0.98), None, 9, 10), Reciprocity("returns", "a", None, None)]
    (words,) = sides(asks, "b", SAM, JO).for_
    assert words.startswith("After two days and more without a word Sam mostly comes back with something to ask for")
    unsure = [
        replace(few[0], share=Share(0.3, 0.1, 0.7)),
        few[1],
        replace(asks[0], share=Share(0.4, 0.2, 0.7)),
        asks[1],
    ]
    assert sides(unsure, "b", SAM, JO) == sides([], "b", SAM, JO)


def test_give_and_take_is_shown_as_numbers_with_ranges() -> None:
    plans = [
        Reciprocity("plans", "b", Share(0.25, 0.05, 0.6), Share(1, 0.5, 1), 1, 4, 5, 5),
        Reciprocity("plans", "a", None, None),
    ]
    shown = give_and_take(replace(stories.reading([], me="a"), reciprocity=(*seen("starts", 0.3, 0.4), *plans)))
    assert shown is not None
    assert shown.lines[:3] == (
        "Sam wrote first, of the times one of you did: 30 of 100 (25 to 35%) in the last four weeks, "
        "40% (35 to 45%) before.",
        "You wrote first, of the times one of you did: 70 of 100 (65 to 75%) in the last four weeks, "
        "60% (55 to 65%) before.",
        "Sam kept plans, as noted: 1 of 4 (5 to 60%) in the last four weeks, 5 of 5 (50 to 100%) before.",
    )
    assert give_and_take(stories.reading([], me="a")) is None
    # That nobody came back with a request is no news; where one did, the other's none stands beside nothing.
    never, once = Share(0, 0, 0.4), Share(0.3, 0.1, 0.6)
    asked = Reciprocity("returns", "b", never, None, 0, 4), Reciprocity("returns", "a", once, never, 1, 3)
    shown = give_and_take(replace(stories.reading([], me="a"), reciprocity=asked))
    assert shown is not None
    assert [line for line in shown.lines if "only to ask" in line] == [
        "You came back after two days and more only to ask for money, a lift or help: "
        "1 of 3 (10 to 60%) in the last four weeks, 0% (0 to 40%) before."
    ]
    assert give_and_take(replace(stories.reading([], me="a"), reciprocity=asked[:1])) is None
    harm = replace(stories.asked_for_room(level="look", me="a"), reciprocity=tuple(plans))
    assert sections(harm) == ()


def test_a_warm_answer_opens_nothing_that_would_have_to_be_answered_again() -> None:
    warm = "I love you so much, I miss you"
    greeted = [
        (24.0 * d + 8 + 3 * i, "aba"[i], (warm, warm, "the bread is out")[i]) for d in range(DAYS) for i in range(3)
    ]
    jo, sam = measured(*greeted)["warmth"]
    assert sam is not None
    assert sam.share == 1.0
    assert jo is None
    # What the other opens from nothing counts as before.
    opened = [(24.0 * d + 8 + 3 * i, "ba"[i], (warm, "the bread is out")[i]) for d in range(DAYS) for i in range(2)]
    jo, _ = measured(*opened)["warmth"]
    assert jo is not None
    assert jo.share == 0.0
    assert jo.chances >= DAYS - 2
