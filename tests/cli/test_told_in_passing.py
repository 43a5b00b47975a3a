"""What people type beside the choices: that nothing is so, a death, a count, how often, what they have done."""

from __future__ import annotations

from typing import Any

import pytest

from ebbtide.cli.nothing import denies, says_nothing
from tests.cli.test_intake import taken

NO_DANGER = {"safety": dict.fromkeys(("afraid", "controlled", "hurt", "self_harm"), False)}


@pytest.mark.parametrize(
    "reply",
    [
        *(
            "nah",
            "nope all fine",
            "no problem of safety",
            "no, all good thanks",
            "im safe",
            "no danger",
            "of course not",
        ),
        *(
            "everything is fine",
            "I feel safe with him",
            "nothing like that",
            "no issues",
            "No, I'm fine",
            "not at all lol",
        ),
    ],
)
def test_who_says_that_there_is_no_danger_has_answered(reply: str) -> None:
    assert taken("safety", reply) == NO_DANGER


@pytest.mark.parametrize(
    "reply",
    [
        *("never safe", "not fine", "no safe", "it is not safe", "danger", "not really", "thanks", "good", "problems"),
        *("he would never", "I feel safe without him", "no im not fine", "safe when he is out"),
    ],
)
def test_what_only_sounds_like_it_is_asked_again(reply: str) -> None:
    assert not denies(reply)
    assert taken("safety", reply) == {}


def test_danger_beside_a_denial_is_heard() -> None:
    assert taken("safety", "everything's fine, he just shoves me a bit")["safety"]["flags"]


@pytest.mark.parametrize(
    ("words", "nothing"),
    [
        *((w, True) for w in ("that's all", "nothing else", "none that I know of", "it's not cheating", "nobody else")),
        *((w, False) for w in ("it's not right how he talks to me", "there is no trust", "no respect", "not faithful")),
    ],
)
def test_words_that_close_a_list_or_deny_what_was_asked_tell_nothing(words: str, nothing: bool) -> None:
    assert says_nothing(words) is nothing


@pytest.mark.parametrize(
    ("reply", "adds"),
    [
        ("his dad died", {"stress": ["his_dad_died"]}),
        ("we lost the baby", {"stress": ["we_lost_the_baby"]}),
        ("he lost his job", {"stress": ["he_lost_his_job"]}),
        ("my diagnosis", {"own_load": ["my_diagnosis"]}),
        ("my mum died", {"own_load": ["my_mum_died"]}),
        ("a quarrel, her mother's cancer", {"after_what": ["quarrel"], "stress": ["her_mothers_cancer"]}),
        ("a fight with his boss", {"stress": ["a_fight_with_his_boss"]}),
        *((w, {}) for w in ("his phone died", "we talked about having kids", "the film was over", "I went out")),
    ],
)
def test_what_came_just_before_can_be_a_load_on_either(reply: str, adds: dict[str, Any]) -> None:
    assert taken("after_what", reply) == adds


@pytest.mark.parametrize(
    ("id_", "reply", "adds"),
    [
        ("before", "yes, 5 times a year", {"before": {"times": 5}}),
        ("before", "twice a month, 3 days each", {"before": {"times": 2, "usual_days": 3}}),
        ("before", "every few months, 2 weeks", {"before": {"usual_days": 14}}),
        ("stage", "married, 2 kids", {"stage": "married"}),
        ("stage", "4 7, 3 small children", {"stage": "married", "living": "together"}),
        ("stage", "over since a month", {"stage": "ended"}),
        ("stage", "over a month ago", {"stage": "ended"}),
        ("stage", "it's over for 2 weeks now", {"stage": "ended"}),
        ("stage", "together over a year", {"stage": "exclusive", "together_months": 12}),
        ("stage", "married, same house", {"stage": "married", "living": "together"}),
    ],
)
def test_how_often_how_many_and_since_when_are_not_confused(id_: str, reply: str, adds: dict[str, Any]) -> None:
    assert taken(id_, reply) == adds


@pytest.mark.parametrize(
    ("id_", "reply", "adds"),
    [
        ("own_moves", "called him like 40 times", {"own_moves": ["many_messages"]}),
        ("own_moves", "I apologised about 20 times", {"own_moves": ["apologised"]}),
        ("own_moves", "kept saying sorry", {"own_moves": ["apologised"]}),
        ("own_moves", "begged her to talk", {"own_moves": ["demanded"]}),
        ("own_moves", "looked at his instagram every hour", {"own_moves": ["checked_on"]}),
        ("own_moves", "gave him space", {"own_moves": ["gave_space"]}),
        ("own_moves", "apologised once", {"own_moves": ["apologised_once"]}),
        ("own_moves", "called her 2 times", {"own_moves": ["called_her_2_times"]}),
        ("own_moves", "looked at our photos online", {"own_moves": ["looked_at_our_photos_online"]}),
        ("own_load", "I was cheated on before", {"old_wounds": ["betrayal"]}),
        ("own_load", "my ex left me", {"old_wounds": ["abandonment"]}),
        ("own_load", "I was left alone with the kids", {"own_load": ["i_was_left_alone_with_the_kids"]}),
        ("red_flags", "he cheated", {"red_flags": ["infidelity"]}),
        ("red_flags", "I start everything", {"reciprocity": {"starts": "me"}}),
        ("signs", "she answer short", {"signs": ["flat"]}),
        ("signs", "one word replies", {"signs": ["flat"]}),
        ("said", "he says he needs to get his head round it", {"asked_for_space": "yes"}),
        ("said", "money problems, and that I suffocate him", {"asked_for_space": "yes", "explained": "yes"}),
        ("said", "I want time", {"asked_for_space": "yes"}),
        ("said", "he didnt say he needs space", {}),
        ("said", "she is different these days", {}),
        ("contact", "I blocked him", {"contact": "none"}),
    ],
)
def test_what_people_type_is_the_choice_that_they_mean(id_: str, reply: str, adds: dict[str, Any]) -> None:
    assert taken(id_, reply) == adds


def test_room_until_a_day_names_that_day() -> None:
    told = taken("said", "I am burnt out and need quiet till end of month", {"voice": "withdrawing"})
    assert told["own_moves"] == ["said_when_back"]
    assert (told["asked_for_space"], told["explained"]) == ("yes", "yes")


def test_a_relative_in_a_couples_line_is_no_other_bond(capsys: pytest.CaptureFixture[str]) -> None:
    assert taken("stage", "4, she is by her sister now")["stage"] == "married"
    assert "written for a couple" not in capsys.readouterr().err
    taken("stage", "my sister")
    assert "written for a couple" in capsys.readouterr().err
