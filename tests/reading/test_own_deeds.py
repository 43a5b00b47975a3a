"""Own words for what the teller did, asks or found, as the known things they come to."""

from __future__ import annotations

import pytest

from ebbtide.guide import advise
from ebbtide.reading.asked import asked, asks_choice
from ebbtide.reading.circumstances import circumstance
from ebbtide.reading.own_words import STAGED, found_in, money_hidden, moves_of
from ebbtide.reading.told_sentences import named_once
from ebbtide.selfreport.intake import Intake
from tests.guide.variety import alone


@pytest.mark.parametrize(
    ("did", "move"),
    [
        ("looked_at_her_last_seen_all_night", "checked_on"),
        ("drove_past_his_flat", "checked_on"),
        ("read_through_his_messages", "checked_on"),
        ("wrote_him_forty_or_fifty_times", "many_messages"),
        ("called_every_evening", "many_messages"),
        ("begged_for_forgiveness", "apologised"),
        ("said_sorry_again_and_again", "apologised"),
        ("waited_outside_her_office", "demanded"),
    ],
)
def test_a_deed_in_own_words_is_the_known_one(did: str, move: str) -> None:
    assert move in moves_of(Intake(own_moves=(did,)))


@pytest.mark.parametrize(
    "did",
    [
        "looked_for_a_flat",
        "he_looked_at_my_phone",
        "drove_past_the_sea",
        "wrote_a_letter",
        "said_sorry_once",
        "waited_at_the_station",
        "called_my_mother",
    ],
)
def test_other_deeds_are_none_of_them(did: str) -> None:
    assert moves_of(Intake(own_moves=(did,))) == {did}


def test_what_is_staged_is_heard() -> None:
    staged = ("stopped_posting_to_make_her_jealous", "left_him_on_read_on_purpose", "pretended_to_be_busy")
    plain = ("was_busy", "left_him_a_note", "went_silent_to_sleep", "made_her_a_cake")
    assert [s for s in (*staged, *plain) if found_in(STAGED, [s])] == [*staged]


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("will_she_miss_me_if_i_go_silent", "pull_away_too"),
        ("am_i_only_the_backup", "used"),
        ("can_i_send_her_a_song", "may_i_write"),
        ("am_i_stupid_to_wait", "enough_for_me"),
        ("how_do_i_make_things_right", "pushed_too_hard"),
        ("how_do_i_prove_that_i_am_better_now", "win_back"),
        ("how_do_i_sleep_beside_him", None),
        ("where_should_we_spend_christmas", None),
        ("what_do_they_want", ""),
        ("how_do_i_know_he_is_honest", ""),
        ("should_i_say_yes_to_the_move", ""),
    ],
)
def test_a_question_in_own_words_is_the_nearest(question: str, near: str | None) -> None:
    assert asked(Intake(question=question)) == near


def test_a_choice_is_the_tellers_and_a_matter_for_later_is_not_raised_twice() -> None:
    assert asks_choice(Intake(question="should_i_say_yes_to_the_move"))
    assert not asks_choice(Intake(question="is_he_honest"))
    shy = Intake(question="should_i_bring_it_up", after_what=("trouble_in_bed",), contact="less", since_days=6)
    assert not {"question.own_words", "question.choice"} & {a.id for a in advise(alone(shy), "waiting")}


def test_money_that_was_kept_from_the_teller() -> None:
    hidden = ("found_a_bank_letter_he_hid_from_me", "she_has_a_secret_credit_card", "he_hides_his_debts")
    plain = ("he_has_debts", "i_hid_my_loan", "she_hides_in_her_room", "secret_santa")
    assert [i for i in (*hidden, *plain) if money_hidden(Intake(own_load=(i,)))] == [*hidden]


def test_a_wish_to_open_is_no_open_bond_yet() -> None:
    wished = ("wants_to_open_the_relationship", "asked_me_to_see_other_people", "suggested_an_open_marriage")
    plain = ("we_are_poly", "wants_to_open_a_shop", "asked_me_to_open_the_door", "wants_to_be_open_with_me")
    assert [i for i in (*wished, *plain) if circumstance("open_wish", Intake(stress=(i,)))] == [*wished]


def test_what_is_named_twice_running_stands_in_one_sentence() -> None:
    assert named_once("You name lies. You name “he is away”. It is long.") == (
        "You name lies, and also “he is away”. It is long."
    )
    assert named_once("You name lies. It is long. You name work.") == "You name lies. It is long. You name work."
