"""Own words: loads, wishes and questions that a teller puts in other words than the lists."""

from __future__ import annotations

from typing import Any

import pytest

from ebbtide.reading.circumstances import outside
from ebbtide.reading.own_words import asked, asked_near, asked_words, kinds_of, said_back, wants_out
from ebbtide.selfreport import read_answers
from ebbtide.selfreport.intake import RED_FLAGS


@pytest.mark.parametrize(
    ("own", "kinds"),
    [
        ("his_mother_died", {"grief"}),
        ("miscarriage", {"grief"}),
        ("stillbirth", {"grief"}),
        ("lost_a_baby", {"grief"}),
        ("lost_his_job", {"work", "money"}),
        ("retirement", {"work"}),
        ("debts", {"money"}),
        ("diagnosis", {"health"}),
        ("depressed", {"low_mood"}),
        ("burnout", {"low_mood"}),
        ("breakdown", {"low_mood"}),
        ("work", {"work"}),
        ("he_is_in_prison", {"out_of_reach"}),
        ("deployed_at_sea", {"out_of_reach"}),
        ("works_in_a_prison_kitchen", set()),
        ("seasick", set()),
        ("drought", set()),
        ("broke_a_leg", set()),
        ("dead_tired", set()),
        ("skills", set()),
    ],
)
def test_a_load_in_ones_own_words_is_what_it_speaks_of(own: str, kinds: set[str]) -> None:
    assert kinds_of([own]) == kinds


def test_own_words_are_quoted_and_shame_is_nothing_outside() -> None:
    answers = read_answers({"stress": ["shame", "work", "what_i_did"]})
    assert outside(answers) == ["work", "what_i_did"]
    assert said_back(["lying", "still_married", "how_i_am"], RED_FLAGS) == ["lies", "“still married”", "“how I am”"]


@pytest.mark.parametrize(
    ("voice", "question", "known"),
    [
        ("waiting", "is_he_seeing_someone_else", ""),
        ("waiting", "should_i_leave", "when_stop"),
        ("withdrawing", "should_i_leave", "ending"),
        ("waiting", "does_she_still_love_me", "losing_interest"),
        ("waiting", "will_he_come_back", "how_long"),
        ("withdrawing", "how_do_i_come_back", "win_back"),
        ("waiting", "silent_so_he_chases", "pull_away_too"),
        ("waiting", "why_is_my_friend_ignoring_me", ""),
        ("waiting", "should_i_ignore_him", "pull_away_too"),
        ("waiting", "how_do_i_make_him_jealous", "pull_away_too"),
        ("waiting", "how_can_i_test_if_he_loves_me", "pull_away_too"),
        ("waiting", "did_i_make_him_sad", ""),
        ("waiting", "is_he_over_me_lol", "losing_interest"),
        ("waiting", "is_it_over", "ending"),
        ("waiting", "did_he_forget_me", "losing_interest"),
        ("waiting", "what_did_i_forget", ""),
        ("withdrawing", "why_do_i_do_this", "what_is_it"),
        ("withdrawing", "am_i_a_bad_girlfriend", "is_it_me"),
        ("waiting", "used", "used"),
        ("waiting", "what_about_the_dog", ""),
    ],
)
def test_a_question_in_ones_own_words_finds_the_nearest(voice: str, question: str, known: str) -> None:
    assert asked(read_answers({"voice": voice, "question": question})) == known


def test_only_a_question_in_ones_own_words_is_said_back() -> None:
    assert asked_words(read_answers({"question": "should_i_leave"})) == "You ask: “should I leave”."
    assert asked_words(read_answers({"question": "used"})) == asked_words(read_answers({})) == ""
    assert asked(read_answers({})) is None


@pytest.mark.parametrize(
    ("answers", "out"),
    [
        ({"own_moves": ["want_to_end_it_kindly"]}, True),
        ({"own_moves": ["dont_love_them_anymore"]}, True),
        ({"question": "should_i_leave"}, True),
        ({"question": "ending"}, True),
        ({"question": "ending", "stress": ["his_mother_died"]}, False),
        ({"own_moves": ["gave_space"], "question": "how_long"}, False),
    ],
)
def test_who_wants_to_end_it_is_heard_and_only_where_it_is_theirs(answers: dict[str, Any], out: bool) -> None:
    assert wants_out(read_answers({"voice": "withdrawing", **answers})) is out
    assert not wants_out(read_answers({"voice": "waiting", **answers}))


def test_somebody_close_who_was_asked_counts() -> None:
    assert asked_near(read_answers({"own_moves": ["called_his_mother"]}))
    assert not asked_near(read_answers({"own_moves": ["said_calmly", "mother"]}))
