"""Own words: loads, wishes and questions that a teller puts in other words than the lists."""

from __future__ import annotations

from typing import Any

import pytest

from ebbtide.reading.asked import asked, asked_words
from ebbtide.reading.circumstances import outside
from ebbtide.reading.own_words import asked_near, kinds_of, said_back, wants_out
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
        ("betraying_my_late_wife", {"grief"}),
        ("money_problems", {"money"}),
        ("collapsed_at_work", {"health"}),
        ("dying_to_get_that_promotion", set()),
        ("dead_end_street", set()),
        ("bored_to_death", set()),
        ("my_phone_died", set()),
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
        ("waiting", "is_he_going_to_leave_me", "ending"),
        ("waiting", "will_she_stay", "ending"),
        ("waiting", "why_does_he_leave_me_alone_with_this", ""),
        ("waiting", "why_does_he_not_answer", ""),
        ("waiting", "will_she_ever_write_back", ""),
        ("waiting", "can_i_call_him_if_he_doesnt_answer", "may_i_write"),
        ("waiting", "is_it_normal_that_he_doesnt_answer_at_night", "is_it_common"),
        ("waiting", "can_this_be_repaired", "pushed_too_hard"),
        ("waiting", "how_do_i_make_it_up_to_him", "pushed_too_hard"),
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
