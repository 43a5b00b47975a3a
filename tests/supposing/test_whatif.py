"""From a record to a what-if: what is refused, what is fitted, what is said, and what really happened."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

import ebbtide as eb
from ebbtide import analysis
from ebbtide.conversation import Conversation
from ebbtide.episodes import Episode, Return
from ebbtide.errors import BadSetting
from ebbtide.reading import Finding, Reading
from ebbtide.reading.phrases import Named
from ebbtide.reading.types import Safety
from ebbtide.simulator.alternatives import Change
from ebbtide.simulator.fitting.checks import Check
from ebbtide.supposing import WhatIf, whatif, words
from ebbtide.supposing.past import past
from tests.reading.wording import forbidden, restraint
from tests.talks import Line, talk

DAYS = 100
#: First day and first day back.
SPELLS = ((30, 37), (66, 72))


def lines(days: int, spells: tuple[tuple[int, int], ...]) -> list[Line]:
    """Jo and Sam take turns all day; Sam hardly writes in the spells."""
    rng, found = np.random.default_rng(3), list[Line]()
    for day in range(days):
        away = any(first <= day < back for first, back in spells)
        for hour in range(8, 23):
            if rng.random() < 0.65:
                at = 24 * day + hour + float(rng.uniform(0, 0.3))
                first = "a" if away else "ab"[int(rng.integers(2))]
                found.append((at, first))
                if rng.random() < (0.05 if away else 0.8):
                    found.append((at + float(rng.uniform(0.02, 0.5)), "ba"["ab".index(first)]))
    return sorted(found)


@cache
def conversation(spells: tuple[tuple[int, int], ...] = SPELLS, days: int = DAYS) -> Conversation:
    return replace(talk(lines(days, spells), until=24.0 * days), me="a")


@cache
def reading(spells: tuple[tuple[int, int], ...] = SPELLS, days: int = DAYS) -> Reading:
    return analysis.read(conversation(spells, days))


@cache
def found(**change: float) -> WhatIf:
    return whatif(conversation(), reading=reading(), **change)


# What is refused


@pytest.mark.parametrize("level", ["look", "urgent"])
def test_with_signs_of_harm_there_is_help_and_no_what_if(level: str) -> None:
    hurt = replace(reading(), safety=Safety(level, "Help is here."))  # type: ignore[arg-type]
    got = whatif(conversation(), reading=hurt, give_space=10)
    assert got.outcome == "harm"
    assert got.says[0] == "Help is here."
    assert got.ahead is got.past is got.fitted is None
    assert not restraint(" ".join((*got.says, *got.limits)))
    assert got.to_dict()["curves"] is None


def test_after_an_ending_nothing_is_supposed() -> None:
    ended = replace(reading(), findings=(Finding("parting_named", "b", "It reads as if it has ended."),))
    got = whatif(conversation(), reading=ended)
    assert got.outcome == "ended"
    assert got.ahead is None
    both = replace(ended, safety=Safety("look", "Help is here."))
    assert whatif(conversation(), reading=both).outcome == "harm"


def test_too_little_is_said_plainly() -> None:
    got = eb.whatif(talk([(1.0, "a"), (2.0, "b"), (30.0, "a")], until=48))
    assert got.outcome == "too_little"
    assert "six weeks" in " ".join(got.says)
    assert json.loads(json.dumps(got.to_dict(), allow_nan=False))["curves"] is None


@pytest.mark.parametrize(
    "change",
    [{"give_space": -1}, {"give_space": float("nan")}, {"reach": 1e9}, {"reach": 5, "give_space": 3}, {"wait": 1}],
)
def test_changes_that_make_no_sense_are_told(change: dict[str, float]) -> None:
    with pytest.raises(BadSetting):
        whatif(conversation(), reading=reading(), **change)


# What is fitted and shown


def test_a_record_with_spells_is_fitted_about_the_one_who_withdrew() -> None:
    assert [e.episode.person for e in reading().episodes] == ["b", "b"]
    got = found()
    assert (got.actor, got.other) == ("a", "b")
    assert got.change == Change(give_space=7.0)
    assert got.outcome in ("fitted", "cannot_tell", "unlike")
    assert got.fitted is not None
    assert got.fitted.days == pytest.approx(DAYS, abs=1)  # the clocks change at the end of March
    assert got.fitted.beliefs["quieter"].spread_left < 0.8


def test_a_record_without_spells_shows_everything_possible_and_says_so() -> None:
    got = whatif(conversation((), 60), reading=reading((), 60))
    assert (got.outcome, got.reason) == ("cannot_tell", "no_spell")
    assert got.fitted is None
    assert got.ahead is not None
    assert "nobody drew away" in " ".join(got.says)
    assert "not yours in particular" in " ".join(got.says)


def test_a_record_of_a_month_is_too_short_to_fit() -> None:
    got = whatif(conversation(((15, 21),), 30), reading=reading(((15, 21),), 30))
    assert got.reason == "short"
    assert got.ahead is not None


def test_the_json_holds_what_the_page_says() -> None:
    told = json.loads(json.dumps(found(give_space=10).to_dict(), allow_nan=False))
    assert told["schema"] == "ebbtide.whatif/1"
    assert told["alternative"]["give_space"] == 10
    assert set(told["fitted"]["parameters"]) >= {"quieter", "anxiety_a", "pressing_b"}
    assert {p["says"] for p in told["fitted"]["parameters"].values()} <= {"told", "cannot tell"}
    assert set(told) == {
        *("schema", "version", "people", "outcome", "reason", "actor", "other", "alternative", "says", "fitted"),
        *("curves", "past", "safety", "limits"),
    }
    if told["curves"]:
        assert told["curves"]["day"][-1] == 30
        assert len(told["curves"]["distance_b"]["alternative"]["p50"]) == 31


def test_the_same_record_gives_the_same_answer() -> None:
    assert found(give_space=5).to_dict() == whatif(conversation(), reading=reading(), give_space=5).to_dict()


# Words


def worded(**given: object) -> tuple[str, ...]:
    """What is said where curves are shown, whatever the outcome of the fit."""
    shown = whatif(conversation((), 60), reading=reading((), 60), **given)  # type: ignore[arg-type]
    return shown.says


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"give_space": 10}, "if you leave Sam room for 10 days"),
        ({"reach": 12}, "if you write about 12 messages a day, or as usual where that is more"),
        ({"say_once": True}, "if you say it once and then leave it for 7 days"),
        (
            {"appreciate": True, "stress_falls": True},
            "if you let Sam feel valued and the stress from outside falls away",
        ),
        ({"both_ease_off": True}, "if both ease off for 7 days"),
        ({"both_ease_off": True, "give_space": 3}, "if both ease off for 3 days:"),
        ({"give_space": 0.5}, "if you leave Sam room for 12 hours"),
        ({"give_space": 2.5}, "if you leave Sam room for 2.5 days"),
        ({"reach": 0.4}, "if you write about 0.4 messages a day, or as usual"),
    ],
)
def test_every_change_has_words_in_this_model(change: dict[str, object], said: str) -> None:
    first = worded(**change)[0]
    assert said in first
    assert first.startswith("In this model, ")


def test_words_keep_to_the_voice_and_promise_nothing() -> None:
    whole = whatif(conversation((), 60), reading=reading((), 60))
    everything = " ".join((*whole.says, *whole.limits, *found().says))
    assert not forbidden(everything)
    assert "will" not in everything.split()
    assert "no promise" in everything


@pytest.mark.parametrize(
    ("less", "more", "said"),
    [
        (0.97, 0.01, "Sam is almost certainly nearer. Of ten runs, nearer in ten, further away in none"),
        (0.8, 0.1, "Sam is probably nearer. Of ten runs, nearer in eight, further away in one, much the same in one"),
        (0.1, 0.8, "Sam is probably further away."),
        (0.05, 0.05, "Sam is probably about as near as without it."),
        (0.6, 0.1, "Sam is perhaps nearer."),
        (0.5, 0.4, "it could go either way. Of ten runs, nearer in five, further away in four, much the same in one"),
        (0.3, 0.35, "it could go either way."),
        (0.26, 0.26, "nearer in three, further away in two, much the same in five"),
    ],
)
def test_words_are_as_strong_as_the_runs(less: float, more: float, said: str) -> None:
    whole = whatif(conversation((), 60), reading=reading((), 60))
    assert whole.ahead is not None and whole.other == "b"
    fans = dict(whole.ahead.fans)
    fans["distance_b"] = replace(fans["distance_b"], less=less, more=more)
    shown = replace(whole, ahead=replace(whole.ahead, fans=fans))
    assert said in next(words.sentences(shown))


def test_where_nothing_was_fitted_the_first_sentence_says_that_it_is_not_about_them() -> None:
    whole = whatif(conversation((), 60), reading=reading((), 60))
    told = "in couples of any kind, not yours in particular, "
    assert told in whole.says[0]
    fitted = replace(whole, fitted=found().fitted, reason=None)
    assert told not in " ".join(words.sentences(fitted))


def test_misses_of_the_model_are_named() -> None:
    got = found()
    assert got.fitted is not None
    bad = (Check("longest", "b", 40, 3, 20, 0.001),)
    warned = replace(got, fitted=replace(got.fitted, checks=bad))
    assert words.misses(warned) == ["how long Sam’s longest spell is"]


# What really happened


def spell(days: int, room: bool | None, warmth: str | None = "usual", *, over: bool = True) -> Episode:
    start = date(2025, 3, 1)
    end = start + timedelta(days)
    back = Return(end, warmth, None, None) if over else None  # type: ignore[arg-type]
    return Episode("b", start, end if over else None, days, 0.8, 0.9, None, 0.1, 50.0, room, 1, 0, back)


def test_past_spells_are_set_side_by_side_by_what_the_other_did() -> None:
    found = past([spell(3, True, "warm"), spell(5, True), spell(9, False), spell(11, False, None), spell(4, None)], "b")
    assert found.enough
    assert (found.room.median_days, found.room.warm, found.room.returns) == (4, 1, 2)
    assert (found.reached.median_days, found.reached.warm, found.reached.returns) == (10, 0, 1)
    assert found.unclear == 1


def test_running_spells_and_those_of_the_other_do_not_count() -> None:
    found = past([spell(3, True), spell(5, True, over=False), spell(9, False)], "b")
    assert (found.room.count, found.reached.count) == (1, 1)
    assert not found.enough
    assert past([spell(3, True)], "a").room.median_days is None


def test_what_happened_is_told_in_the_right_number() -> None:
    you, sam = Named("Jo", True), Named("Sam", False)
    one = words.happened(past([spell(5, True, over=False)], "b"), sam, you, 1)
    assert "Sam’s one spell in this record is not over" in one
    two = words.happened(past([spell(5, True, over=False)] * 2, "b"), sam, you, 2)
    assert "Sam’s spells in this record are not over" in two
    few = words.happened(past([spell(5, True), spell(4, None)], "b"), sam, you, 0)
    assert "one with room left, none with more reaching, one of which this cannot be told" in few
