"""Reasons side by side: what is told, noted and read counts for the reason it speaks of, and for no other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ebbtide.reading import EpisodeReading, Hypothesis, Reading
from ebbtide.reading.explanations import TOGETHER_NOTED
from ebbtide.reading.hypotheses import hypotheses
from ebbtide.selfreport import read_answers
from tests.guide.variety import alone
from tests.reading import stories as s


def of_told(**answers: object) -> dict[str, Hypothesis]:
    return {h.id: h for h in hypotheses(alone(read_answers({"since_days": 9, **answers})))}


def of_record(spell: EpisodeReading, reading: Reading) -> dict[str, Hypothesis]:
    return {h.id: h for h in hypotheses(replace(reading, episodes=(*reading.episodes[:-1], spell)))}


def test_contact_that_is_kept_is_no_evidence_for_trouble_outside() -> None:
    found = of_told(contact="less", stress=["work"])["outside_stress"]
    assert found.for_ == ("You name work.",)
    assert of_told(contact="none", stress=["work"])["outside_stress"].against == ("There is no contact at all.",)


@pytest.mark.parametrize("own", ["shame", "ashamed_of_my_body", "sex", "impotence", "useless"])
def test_what_one_is_ashamed_of_is_shame_and_no_trouble_outside(own: str) -> None:
    found = of_told(voice="withdrawing", contact="less", stress=[own])
    assert found["shame"].weight == "speaks for it"
    assert f"You name “{own.replace('_', ' ')}”." in found["shame"].for_
    assert found["outside_stress"].for_ == ()
    # Of the other’s shame nobody else can tell.
    assert of_told(contact="less", stress=[own])["shame"].weight == "possible"


@pytest.mark.parametrize("own", ["will_divorce_soon_he_says", "still_married", "her_ex", "an_unfinished_marriage"])
def test_an_earlier_bond_that_has_not_ended_is_a_doubt_and_no_trouble_outside(own: str) -> None:
    found = of_told(contact="less", stress=[own])
    assert found["commitment"].for_[0] == f"You name “{own.replace('_', ' ')}”."
    assert found["outside_stress"].for_ == ()
    assert of_told(contact="less", stress=["work"])["commitment"].for_ == ()


def test_who_wrote_into_the_silence_has_not_left_room_whatever_is_told() -> None:
    for unanswered, against in ((7, ()), (0, ("You left room, and it goes on.",))):
        spell = s.running("b", 9, unanswered=unanswered)
        reading = s.reading([s.silence("a", 1), s.silence("b", 40, "unusual", 50)], [spell])
        told = replace(reading, intake=read_answers({"own_moves": ["gave_space"]}))
        assert {h.id: h for h in hypotheses(told)}["pressure"].against == against


@pytest.mark.parametrize(
    ("noted", "reason"),
    [
        ("money", "outside_stress"),
        ("feeling of no use", "shame"),
        ("a conflict", "conflict"),
        ("an intimate moment", "closeness_alarm"),
        ("talk of commitment", "commitment"),
    ],
)
def test_what_check_ins_note_counts_for_its_reason(noted: str, reason: str) -> None:
    plain = s.two_weeks_no_word()
    found = of_record(replace(plain.episodes[-1], weighed=(noted,)), plain)
    words = f"Check-ins from these days name {noted}."
    assert [id_ for id_, h in found.items() if words in h.for_] == [reason]


def test_time_together_that_is_noted_counts_for_being_together() -> None:
    plain = s.two_weeks_no_word()
    spell = replace(plain.episodes[-1], other_explanations=(TOGETHER_NOTED,))
    assert of_record(spell, plain)["together"].for_ == (TOGETHER_NOTED,)
    assert of_record(plain.episodes[-1], plain)["together"].for_ == ()


def test_an_unusual_silence_raises_the_question_of_reasons_before_it_is_a_spell() -> None:
    usual, unusual = (s.reading([s.silence("a", 1), s.silence("b", 50, word, 60)]) for word in ("usual", "unusual"))
    assert hypotheses(usual) == ()
    assert "closeness_alarm" in {h.id for h in hypotheses(unusual)}
    assert hypotheses(replace(unusual, enough=False)) == ()
    assert {h.weight for h in hypotheses(unusual)} <= {"possible", "little speaks for it", "cannot tell"}
