"""A silence as never before of somebody who may need help: whether anyone has seen them comes before all else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ebbtide import analysis
from ebbtide.guide.place import place
from ebbtide.selfreport.intake import read_answers
from tests.guide.variety import silences
from tests.reading import stories as s

FIRST_SILENCE = {"living": "apart", "since_days": 9, "contact": "none", "before": {"times": 0}}
GONE = ("rang_the_bell_nobody_opened", "didnt_come_home", "i_rang_the_bell_and_nobody_opened", "went_missing")


def advised(**told: Any) -> list[str]:
    answers = {field: what for field, what in (FIRST_SILENCE | told).items() if what is not None}
    return [a.id for a in analysis.intake(answers).advice if a.voice == "waiting"]


@pytest.mark.parametrize(
    "told",
    [
        *({"stress": [what]} for what in ("lives_alone", "epilepsy", "diabetes", "heart_condition", "health")),
        *({"stress": [what]} for what in ("she_is_82", "old_age", "phone_off")),
        *({field: [what]} for field in ("own_load", "own_moves", "red_flags", "stress") for what in GONE),
        {"own_load": ["she_has_epilepsy"]},
        {"own_moves": ["asked_his_mother_nobody_has_heard_from_him"]},
        # That nobody opened is reason enough, whatever was said or counted before.
        {"own_load": ["didnt_come_home"], "before": None, "asked_for_space": "yes"},
        {"own_load": ["didnt_come_home_last_night"], "since_days": 0.5, "living": "together"},
        {"own_load": ["nobody_opened"], "stage": "separated"},
        {"stress": ["epilepsy"], "explained": "yes"},
        {"stress": ["epilepsy"], "red_flags": ["not_been_online_since"]},
        # A last sighting, or a call to a hospital, is no sign of life.
        {"stress": ["shes_in_her_80s", "is_in_a_wheelchair"], "own_moves": ["last_saw_her_on_the_first"]},
        {"stress": ["diabetes"], "own_moves": ["called_the_hospital_and_the_police"]},
        {"stress": ["lives_alone_in_a_block_of_flats"], "red_flags": ["last_seen_online_9_days_ago"]},
        {"stress": ["epilepsy"], "own_load": ["i_hope_she_is_ok"], "question": "is_she_alright"},
        {"stress": ["diabetes"], "own_load": ["worried_if_he_is_well"]},
        {"stress": ["phone_stolen"], "own_load": ["didnt_come_home"]},
        {"stress": ["lives_alone"], "own_moves": ["many_messages"], "question": "how_long"},
    ],
)
def test_first_it_is_asked_whether_anyone_has_seen_them_and_nobody_is_told_to_wait(told: dict[str, Any]) -> None:
    assert advised(**told) == ["unseen.look", "unseen.ready", "unseen.well"]


@pytest.mark.parametrize(
    "told",
    [
        {"stress": ["work"]},
        {"stress": ["lives_alone"], "before": {"times": 2}},
        {"stress": ["lives_alone"], "before": None},
        {"stress": ["lives_alone"], "since_days": 1},
        {"stress": ["lives_alone"], "explained": "yes"},
        {"stress": ["epilepsy"], "contact": "less"},
        {"stress": ["epilepsy"], "asked_for_space": "yes"},
        {"stress": ["epilepsy"], "day_named": "yes"},
        {"stress": ["epilepsy"], "stage": "separated"},
        {"own_load": ["nobody_opened"], "stage": "ended"},
        {"own_load": ["nobody_opened"], "red_flags": ["seen_online_today"]},
        {"stress": ["epilepsy"], "own_load": ["he_blocked_me"]},
        {"stress": ["epilepsy"], "own_moves": ["his_friend_says_he_is_fine"]},
        {"stress": ["in_hospital"]},
        {"own_load": ["didnt_come_home", "he_is_at_his_mothers"]},
        {"stress": ["deployed"], "own_load": ["phone_off"]},
        # Of somebody else, or of the teller.
        {"stress": ["his_mother_is_ill"]},
        {"own_load": ["my_sister_is_ill"]},
        {"own_load": ["epilepsy"]},
        {"own_load": ["i_live_alone"]},
        {"stress": ["epilepsy"], "voice": "withdrawing"},
        # Words that only sound like it.
        {"own_load": ["nobody_opens_up_to_me"]},
        {"own_load": ["he_didnt_open_up"]},
        {"own_load": ["doesnt_come_home_on_time"]},
        {"own_load": ["never_came_home_for_dinner"]},
        {"stress": ["missing_him"]},
        {"stress": ["sick_of_work"]},
    ],
)
def test_nobody_is_looked_for_who_said_so_is_known_to_be_well_or_has_ended_it(told: dict[str, Any]) -> None:
    assert not [id_ for id_ in advised(**told) if id_.startswith("unseen.")]


def test_beside_danger_from_the_other_there_is_only_the_way_to_safety() -> None:
    reading = analysis.intake(FIRST_SILENCE | {"stress": ["epilepsy"], "safety": {"afraid": True}})
    assert place(reading) == "safety"
    assert {a.id.partition(".")[0] for a in reading.advice} == {"safety"}


def test_before_any_reason_it_is_said_that_being_well_comes_first_and_a_shut_door_is_no_load() -> None:
    answer = analysis.intake(FIRST_SILENCE | {"own_load": ["nobody_opened", "work"]}).answer
    assert answer.unknown.startswith("Whether your partner is all right comes first.")
    assert "You name “nobody opened”. You carry something yourself: work." in answer.may_be


@pytest.mark.parametrize(("hours", "looked_for"), [(90, True), (2, False)])
def test_a_message_of_today_is_a_sign_of_life_whatever_was_answered(hours: float, looked_for: bool) -> None:
    told = read_answers({"voice": "waiting", "stress": ["epilepsy"], **FIRST_SILENCE})
    reading = s.reading(silences(s.NOW, 0, "unusual", hours=hours, one_in=40), now=s.NOW, me="a")
    assert (place(replace(reading, intake=told)) == "unseen") is looked_for
