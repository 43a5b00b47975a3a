"""Danger in somebody's own words: what is heard, and what is near to it and is none."""

from __future__ import annotations

from typing import Any

import pytest

from ebbtide.cli.questions import REST, SAFETY, Question
from ebbtide.cli.typed import taken
from ebbtide.reading.own_words import spelled
from ebbtide.reading.safety import told_first
from ebbtide.selfreport import harm
from ebbtide.selfreport.intake import read_answers

SAID = next(q for q in REST if q.id == "said")


@pytest.mark.parametrize(
    ("question", "typed", "found"),
    [
        (SAID, "he said everyone would be better off without him", "fears_for_other"),
        (SAID, "the kids would be better off without me", "self_harm"),
        (SAID, "i am better off without him", None),
        (SAID, "everyone says i am better off without him", None),
        (SAID, "my friends think the kids are fine without him", None),
        (SAID, "he gets so angry i hide in the bathroom", "flags"),
        (SAID, "i dont tell him where i go because he goes mad", "flags"),
        (SAID, "he has my bank card", "flags"),
        (SAID, "he has my phone number", None),
        (SAID, "i go mad because he is late", None),
        (SAFETY, "no not really i mean he has never hit me or anything", None),
        (SAFETY, "i am not afraid of him", None),
        (SAFETY, "he has never hit me but he pushed me", "flags"),
        (SAFETY, "he doesnt hit me any more", "flags"),
        (SAFETY, "he doesnt let me go out", "flags"),
    ],
)
def test_danger_is_heard_and_what_is_said_not_to_be_is_not(question: Question, typed: str, found: str | None) -> None:
    safety = taken(question, typed, {"voice": "waiting"}).get("safety", {})
    assert (found in safety) if found else not any(safety.values())


@pytest.mark.parametrize(
    ("deed", "watches"),
    [
        ("made_a_new_account_to_see_his_stories", True),
        ("hired_a_private_detective", True),
        ("made_a_new_profile", False),
        ("made_a_joint_account", False),
    ],
)
def test_getting_round_a_block_is_watching(deed: str, watches: bool) -> None:
    assert (bool(harm.deeds([deed])) and harm.only_watching([deed])) is watches


@pytest.mark.parametrize(
    "words",
    [
        "he_threw_a_glass_at_me",
        "shoved_me_against_the_wall",
        "raised_his_fist",
        "held_me_down",
        "he_said_he_will_kill_me",
        "he_raped_me",
        "he_strangled_me_once",
        "im_scared_of_what_he_will_do",
        "makes_me_have_sex",
        "doesnt_stop_when_i_say_no",
        "she_decides_what_i_wear",
        "i_have_to_ask_before_i_see_my_mum",
        "i_have_to_send_photos_of_where_i_am",
        "he_has_all_our_money_on_his_card",
        "walking_on_eggshells",
        "she_says_if_i_leave_shell_find_me",
        "threw_plates",
        "the_kids_hide_in_their_room_when_he_comes",
        "she_checks_where_i_am_all_day",
        "i_have_to_text_when_i_arrive_and_leave",
        "i_have_to_tell_him_where_i_am",
        "i_have_to_answer_within_minutes",
        "i_dont_see_my_friends_any_more_because_of_the_trouble_after",
        "stopped_seeing_my_sister_so_he_wont_shout",
    ],
)
def test_blows_and_control_are_the_others_and_no_wish_to_die(words: str) -> None:
    assert harm.fear([words]) and not harm.dying([words])
    told = read_answers({"voice": "waiting", "own_load": [words]})
    assert told.safety.flags == (words,) and not told.safety.self_harm


@pytest.mark.parametrize(
    "words",
    [
        "im_afraid_he_will_leave_me",
        "scared_hell_leave_me",
        "scared_she_will_never_come_back",
        "fear_of_losing_her",
        "scared_shell_die_of_it",
        "threatens_to_leave",
        "wont_let_me_come_to_chemo",
        "wont_let_me_in_emotionally",
        "never_lets_me_pay",
        "follows_me_around_like_a_puppy",
        "pushes_me_to_talk",
        "the_silence_hurts_me",
        "the_kids_play_hide_and_seek",
        "i_said_no_to_the_job",
        "my_ex_beat_me_for_years",
        "lost_all_our_money",
        "my_son_hides_in_his_room",
        "i_have_to_beg_him_for_affection",
        "she_gets_sad_when_i_say_no",
        "came_to_find_me",
        "could_drive_into_town_together",
        "cut_himself_shaving",
        "think_about_the_bridge_we_met_on",
        "he_reads_my_messages_and_doesnt_answer",
        "she_reads_my_texts_but_never_replies",
        "he_doesnt_let_me_see_how_he_feels",
        "he_takes_my_words_the_wrong_way",
        "she_checks_on_me_now_and_then",
        "he_follows_me_on_instagram",
        "my_father_was_violent",
        "i_dont_want_to_wake_up_alone",
        "a_loan_my_wife_doesnt_know_about",
        "my_girlfriend_doesnt_talk_to_me_any_more",
        "my_wife_wont_come_to_the_doctor",
        "i_have_to_tell_him_before_the_wedding",
        "i_have_to_call_the_bank_every_day",
        "i_have_to_answer_all_his_questions",
        "i_dont_see_my_friends_because_of_work",
        "we_stopped_seeing_my_parents_because_they_moved",
        "he_wants_to_know_where_i_stand",
    ],
)
def test_to_be_left_or_kept_out_is_no_danger(words: str) -> None:
    for field in ("own_load", "red_flags", "stress"):
        assert not read_answers({"voice": "waiting", field: [words]}).safety.any


def test_an_ex_is_the_other_once_the_two_have_parted() -> None:
    told = read_answers({"voice": "waiting", "stage": "ended", "own_load": ["my_ex_hit_me"]})
    assert told.safety.flags == ("my_ex_hit_me",)


@pytest.mark.parametrize(
    ("field", "words", "found"),
    [
        ("red_flags", "says_hell_kill_himself_if_i_leave", "fears_for_other"),
        ("own_load", "she_cuts_herself", "fears_for_other"),
        ("stress", "hes_been_giving_his_things_away", "fears_for_other"),
        ("own_load", "i_think_about_driving_into_a_tree", "self_harm"),
        ("stress", "wouldnt_mind_not_waking_up_i_said", "self_harm"),
        ("own_load", "cutting_again", "self_harm"),
    ],
)
def test_words_of_dying_are_said_back_and_it_is_told_whose_they_are(field: str, words: str, found: str) -> None:
    told = read_answers({"voice": "waiting", field: [words]})
    assert {f for f in ("self_harm", "fears_for_other") if getattr(told.safety, f)} == {found}
    said = told_first(told.safety)
    assert f"“{spelled(words)}”" in said and "You said" not in said


def test_who_answered_no_is_not_told_to_have_said_yes() -> None:
    told = read_answers(
        {"voice": "waiting", "own_load": ["i_cant_take_it_anymore"], "safety": {"self_harm": False, "afraid": False}}
    )
    assert "If that means" in told_first(told.safety)
    assert "You said" not in told_first(told.safety)


def test_to_drive_children_home_is_no_going_to_where_the_other_lives() -> None:
    assert harm.deeds(["drove_the_kids_home_drunk", "drove_to_toms_house"]) == ("drove_to_toms_house",)


@pytest.mark.parametrize(
    "words", ["keeps_me_waiting", "he_keeps_me_at_arms_length", "checks_in_once_a_week", "took_my_heart"]
)
def test_as_a_red_flag_too_distance_is_no_danger(words: str) -> None:
    assert not harm.flags([words])


@pytest.mark.parametrize(
    "words",
    ["he_reads_my_messages_when_i_sleep", "keeps_me_from_my_friends", "takes_my_phone", "checks_on_me_all_day"],
)
def test_what_is_near_to_it_and_is_control_stays_one(words: str) -> None:
    assert harm.flags([words])


@pytest.mark.parametrize(
    ("answers", "heard"),
    [
        ({"question": "is_it_normal_that_he_hits_me"}, True),
        ({"question": "why_does_he_check_my_phone_and_threatens_me"}, True),
        ({"own_moves": ["stayed_quiet_because_he_threatens_me"]}, True),
        ({"red_flags": ["he_wants_to_know_where_i_am"]}, True),
        ({"question": "is_it_normal_that_he_doesnt_answer"}, False),
        ({"question": "where_do_i_stand"}, False),
        ({"own_moves": ["hid_the_biscuits"]}, False),
    ],
)
def test_danger_is_heard_in_the_question_and_the_deeds_of_a_file_too(answers: dict[str, Any], heard: bool) -> None:
    assert read_answers(answers).safety.any is heard
