"""Plain words at the intake's questions: which voice, a parting, what else is said for a choice, a return, slips."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest

import ebbtide as eb
from ebbtide.cli import intake
from ebbtide.cli import typed as heard
from ebbtide.cli.questions import REST, SAFETY, VOICE
from ebbtide.cli.spelling import as_id, mended
from ebbtide.selfreport import Intake, read_answers

QUESTIONS = {q.id: q for q in (VOICE, SAFETY, *REST)}
NOW = datetime(2026, 11, 28, 23, 30)


def taken(id_: str, reply: str, answers: dict[str, Any] | None = None) -> dict[str, Any]:
    """What a reply to a question adds."""
    before = answers or {}
    after = heard.taken(QUESTIONS[id_], reply, before, NOW)
    return {field: value for field, value in after.items() if before.get(field) != value}


def given(monkeypatch: pytest.MonkeyPatch, *replies: str) -> Intake:
    """The answers that come of these replies."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(replies) + "\n"))
    return intake.questioned(None, now=NOW)


@pytest.mark.parametrize(
    "reply",
    [
        *("im the one pulling away", "i pull away", "i withdraw", "withdrawing", "pulling awya", "Pulling away"),
        *("its me who went quiet", "It’s me who went quiet", "I need some space", "I'm distant", "I went cold on him"),
        *("i have been backing off", "he is waiting for me", "i left", "i pull away and she waits", "withdrawng"),
    ],
)
def test_who_says_that_they_go_is_the_one_who_pulls_away(reply: str) -> None:
    assert taken("voice", reply) == {"voice": "withdrawing"}


@pytest.mark.parametrize(
    "reply",
    [
        *("im waiting", "the one who waits", "he pulls away", "my husband went quiet", "waitng", "i was ghosted"),
        *("she is pulling away from me", "pulling away from me", "he left me waiting", "i wait and she pulls away"),
        *("my wife withdrew", "he went cold on me", "the one left behind", "im being ignored"),
    ],
)
def test_who_says_that_the_other_goes_is_the_one_who_waits(reply: str) -> None:
    assert taken("voice", reply) == {"voice": "waiting"}


@pytest.mark.parametrize(
    "reply",
    [
        *("me", "both", "we both pull away", "i dont pull away", "not me", "him", "I am the one wanting"),
        *(
            "i'm the one left",
            "i pull away when he goes quiet",
            "i dont know if i pull away",
            "grey",
            "the first of may",
        ),
    ],
)
def test_what_does_not_tell_the_voice_is_left_open(reply: str) -> None:
    assert taken("voice", reply) == {}


def test_a_voice_that_cannot_be_read_is_asked_for_once_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert given(monkeypatch, "me", "2", "8", "q").voice == "withdrawing"
    said = capsys.readouterr().err
    assert said.count("Which one are you?") == 2
    assert "2 if it is you who pulls away" in said
    assert "What follows is for the one who waits" not in said
    # After that it goes on, and says for whom.
    assert given(monkeypatch, "me", "me", "8", "", "12", "q").since_days == 12
    said = capsys.readouterr().err
    assert said.count("Which one are you?") == 2
    assert "What follows is for the one who waits" in said
    # Enter, and not to know, are answers.
    for skips in ("", "idk"):
        assert given(monkeypatch, skips, "8", "", "12", "q").since_days == 12


@pytest.mark.parametrize(
    ("reply", "adds"),
    [
        ("we broke up last week", {"stage": "ended"}),
        ("separated 2 months ago", {"stage": "separated"}),
        ("seperated since march", {"stage": "separated"}),
        ("5, 2 months ago", {"stage": "separated"}),
        ("6 last week", {"stage": "ended"}),
        ("he broke up with me last week", {"stage": "ended"}),
        ("my husband and I are separated since june", {"stage": "separated"}),
        ("separated for 3 weeks, married", {"stage": "separated"}),
        ("married, separated for 3 weeks", {"stage": "separated"}),
        ("4 5", {"stage": "separated"}),
        ("we have been apart for 2 months", {}),
        ("my wife left me 3 weeks ago", {}),
        ("married for 3 years, separated since march", {"stage": "separated", "together_months": 36}),
        ("together 5 years and split up 2 months ago", {"stage": "ended", "together_months": 60.1}),
        ("separated 2 months ago, together 5 years", {"stage": "separated", "together_months": 60.1}),
        ("we broke up after 3 years", {"stage": "ended", "together_months": 36}),
        # A bare length is what was asked for.
        ("6, 2 years", {"stage": "ended", "together_months": 24}),
        ("far apart, 2 years", {"living": "distance", "together_months": 24}),
        ("we met 3 years ago, dating", {"stage": "dating", "together_months": 36}),
        # Neither nearly, nor a thought of it, nor what is over is a parting.
        ("we almost broke up last week", {}),
        ("thinking of splitting up", {}),
        ("our parents separated", {}),
        ("his sister broke up last week", {}),
        ("he broke up with his ex", {}),
        ("separated, together again", {"stage": "exclusive"}),
    ],
)
def test_time_since_a_parting_is_no_time_together(reply: str, adds: dict[str, Any]) -> None:
    found = taken("stage", reply)
    assert found == {k: pytest.approx(v, abs=0.1) if k == "together_months" else v for k, v in adds.items()}


@pytest.mark.parametrize(
    ("id_", "reply", "adds"),
    [
        ("after_what", "we had a fight", {"after_what": ["quarrel"]}),
        ("after_what", "a big argument about money", {"after_what": ["quarrel"]}),
        ("after_what", "fought about money last night", {"after_what": ["quarrel"]}),
        ("contact", "he blocked me last week", {"contact": "none", "blocked": "yes", "last_word_days": 7}),
        ("stage", "married with kids", {"stage": "married"}),
        ("after_what", "we argued", {"after_what": ["quarrel"]}),
        ("after_what", "a great weekend", {"after_what": ["closeness"]}),
        ("after_what", "we had a lovely evening together", {"after_what": ["closeness"]}),
        ("said", "he said nothing realy", {"asked_for_space": "no", "explained": "no"}),
        ("said", "she didn't say anything", {"asked_for_space": "no", "explained": "no"}),
        ("signs", "he snaps at me", {"signs": ["irritable"]}),
        ("signs", "cold", {"signs": ["less_affection"]}),
        ("signs", "she is so cold to me", {"signs": ["less_affection"]}),
        ("signs", "he snaps at me and is cold", {"signs": ["irritable", "less_affection"]}),
        ("contact", "blocked", {"contact": "none", "blocked": "yes"}),
        ("contact", "he blocked me", {"contact": "none", "blocked": "yes"}),
        ("contact", "blokced me", {"contact": "none", "blocked": "yes"}),
        ("before", "every time we get close", {"after_closeness": "always"}),
        ("before", "evry time we get closer, 3 times", {"after_closeness": "always", "before": {"times": 3}}),
        ("stage", "maried and living togehter, 31 yrs", {"stage": "married", "living": "together"}),
        ("stage", "married and living together, 31 yrs", {"stage": "married", "living": "together"}),
        ("stage", "we're living together", {"living": "together"}),
    ],
)
def test_ordinary_answers_are_the_choice_that_they_mean(id_: str, reply: str, adds: dict[str, Any]) -> None:
    found = taken(id_, reply)
    months = found.pop("together_months", None)
    assert found == adds
    assert months is None or months == pytest.approx(372, abs=1)


@pytest.mark.parametrize(
    ("id_", "reply"),
    [
        *(("after_what", w) for w in ("we had a flight", "a night", "a fright", "no fight")),
        *(("after_what", w) for w in ("a terrible weekend", "a great weekend without me", "we nearly had a fight")),
        *(("said", w) for w in ("he said nothing is wrong", "he didnt say why")),
        *(("signs", w) for w in ("he has a cold", "cold weather", "he snaps pictures of me", "she could", "not cold")),
        *(("contact", w) for w in ("not blocked", "he hasn't blocked me", "he unblocked me", "the road is blocked")),
        *(("before", w) for w in ("every time we close the shop", "every time we get close to the sea")),
        *(("stage", w) for w in ("not married and living together", "we live separate")),
    ],
)
def test_what_only_looks_like_such_an_answer_is_none(id_: str, reply: str) -> None:
    assert taken(id_, reply) == {}


def test_what_answers_another_question_is_taken_there_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert taken("signs", "he blocked me") == {"contact": "none", "blocked": "yes"}
    assert "Taken as an answer to “What contact is left?”: I am blocked." in capsys.readouterr().err
    assert taken("after_what", "every time we get close") == {"after_closeness": "always"}
    assert taken("stage", "we had a fight") == {"after_what": ["quarrel"]}
    # What was answered there stays, and where a list is open the words stay what they are.
    assert taken("signs", "he blocked me", {"contact": "less"}) == {}
    assert taken("stress", "he blocked me") == {"stress": ["he_blocked_me"]}


RETURNS = ["he's back since yesterday", "hes back", "she came back", "My husband is back with me", "he is finally back"]
NO_RETURNS = [
    *("he'll be back", "he's back and forth", "he came back and left again", "back pain", "when he is back"),
    *(
        "he's back on friday",
        "she's back next week",
        "he is back at his mother's",
        "he has a bad back",
        "i hope he is back",
    ),
    *("he is not back", "he came back only for his things", "call me back", "back to normal"),
]


@pytest.mark.parametrize("reply", RETURNS)
@pytest.mark.parametrize("id_", [q.id for q in REST if q.id != "before"])
def test_who_is_back_is_told_at_any_question(id_: str, reply: str) -> None:
    assert taken(id_, reply) == {"returned": "yes"}


@pytest.mark.parametrize("reply", NO_RETURNS)
@pytest.mark.parametrize("id_", ["since", "contact", "signs", "stress"])
def test_what_is_no_return_is_not_taken_for_one(id_: str, reply: str) -> None:
    found = taken(id_, reply)
    assert "returned" not in found
    assert read_answers(found).returned is None


def test_where_it_is_no_news_of_now_a_return_is_not_heard() -> None:
    assert taken("before", "she came back") == {}
    assert taken("before", "she is back") == {"returned": "yes"}
    assert "returned" not in taken("safety", "he is back")
    assert "returned" not in taken("contact", "he is back", {"stage": "ended"})
    assert "returned" not in taken("stress", "he is back", {"voice": "withdrawing"})
    assert taken("own_moves", "I'm back", {"voice": "withdrawing"}) == {"returned": "yes"}
    assert taken("stage", "he's back and he hit me")["safety"]["flags"] == ["hes_back_and_he_hit_me"]


def test_what_stands_beside_a_return_is_an_answer_too() -> None:
    assert taken("since", "she came back, 12 days") == {"returned": "yes", "since_days": 12}
    assert taken("question", "hes back, what do i say") == {"returned": "yes", "question": "what_do_i_say"}
    assert taken("stage", "4, he's back since yesterday") == {"returned": "yes", "stage": "married"}


def test_after_a_return_the_steps_are_those_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = given(monkeypatch, "1", "8", "", "12", "", "he's back since yesterday", "q")
    assert (answers.returned, answers.contact, answers.since_days) == ("yes", "usual", None)
    assert answers.before.usual_days == 12
    reading = eb.intake(answers)
    assert reading.advice[0].id == "return.welcome"
    assert reading.answer.now.startswith("Your partner is back, and you are in touch, as you tell it.")
    # At the question how long, it is not asked again.
    assert given(monkeypatch, "1", "8", "", "hes back", "q").since_days is None


@pytest.mark.parametrize(
    "told",
    [
        {"stress": ["hes_back_since_yesterday"]},
        {"own_load": ["she_came_back_yesterday"]},
        {"question": "hes_back_what_do_i_say"},
        {"question": "what_do_i_say_now_that_he_is_back"},
        {"question": "what_do_i_say_when_he_is_back", "contact": "usual"},
        {"stress": ["he_is_back"], "contact": "none"},
        {"stress": ["he_is_back"], "contact": "less"},
    ],
)
def test_a_return_in_own_words_of_an_open_list_is_one(told: dict[str, Any]) -> None:
    reading = eb.intake({"since_days": 12, **told})
    assert "return.welcome" in [a.id for a in reading.advice[:3]]
    assert reading.episodes == ()
    assert "hes back since" not in reading.answer.may_be


@pytest.mark.parametrize(
    "told",
    [
        {"question": "what_do_i_say_when_he_is_back", "contact": "none"},
        {"question": "when_does_he_come_back", "contact": "usual"},
        {"stress": ["his_back_hurts", "his_ex_is_back", "hes_back_at_work"]},
        {"stress": ["he_is_back"], "stage": "ended"},
        {"stress": ["he_is_back"], "safety": {"afraid": True}},
    ],
)
def test_other_own_words_are_no_return(told: dict[str, Any]) -> None:
    assert read_answers({"since_days": 12, **told}).returned is None


def test_who_comes_back_themselves_has_the_steps_for_it() -> None:
    reading = eb.intake({"voice": "withdrawing", "since_days": 12, "own_load": ["im_back_since_yesterday"]})
    assert reading.advice[0].id == "return.parts"
    assert reading.answer.now.startswith("You are back")


@pytest.mark.parametrize("mark", ["'", "’"])
@pytest.mark.parametrize("who", ["he", "she", "they", "i", "it", "we", "you"])
def test_what_somebody_will_do_is_no_other_word(who: str, mark: str) -> None:
    assert as_id(f"{who}{mark}ll be ill") == f"{who}_will_be_ill"


def test_words_that_look_like_it_stay_as_they_are() -> None:
    assert as_id("it is hell, a shell, I am ill, well") == "it_is_hell_a_shell_i_am_ill_well"
    assert as_id("he's, they've, don't, were") == "hes_theyve_dont_were"
    assert taken("stress", "I'll lose him") == {"stress": ["i_will_lose_him"]}
    found = taken("red_flags", "she says if I leave she'll find me")
    assert found["safety"]["flags"] == ["she_says_if_i_leave_she_will_find_me"]
    assert "safety" not in taken("stress", "scared he'll leave me")


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("togehter", "together"),
        ("maried", "married"),
        ("seperated", "separated"),
        ("awya", "away"),
        ("realy", "really"),
    ],
)
def test_a_slip_is_mended_towards_a_word_that_is_known(word: str, right: str) -> None:
    assert mended(word, ["together", "married", "separated", "away", "really", "blocked"]) == right


@pytest.mark.parametrize("word", ["locked", "separate", "marred", "quite", "rely", "wanting", "dared", "away", "to"])
def test_another_word_is_no_slip(word: str) -> None:
    assert mended(word, ["blocked", "separated", "married", "quiet", "really", "waiting", "dating", "away"]) == word
