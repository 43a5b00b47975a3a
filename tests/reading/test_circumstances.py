"""What the two are in, in words of one's own: heard, and not in words that only look like it."""

from __future__ import annotations

import re

import pytest

from ebbtide.guide import advise
from ebbtide.reading import Voice
from ebbtide.reading.circumstances import CIRCUMSTANCES, speaks_of
from ebbtide.selfreport.intake import Intake
from tests.guide.variety import alone


def as_id(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", words.lower().replace("'", ""))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pregnancy", "I'm pregnant and he went quiet"),
        ("pregnancy", "a pregnancy we don't talk about"),
        ("pregnancy", "we are expecting a baby"),
        ("third", "I'm the other woman"),
        ("third", "he lives with his wife"),
        ("third", "she has a boyfriend"),
        ("open", "we are poly"),
        ("open", "open marriage"),
        ("open", "he has other partners"),
        ("coming_out", "he came out as gay"),
        ("coming_out", "I think I am trans"),
        ("coming_out", "she is questioning her gender"),
    ],
)
def test_a_circumstance_is_heard(name: str, words: str) -> None:
    assert speaks_of(name, as_id(words))


@pytest.mark.parametrize(
    "words",
    [
        "the cat is pregnant",
        "my sister is pregnant",
        "trying to get pregnant",
        "she had a miscarriage",
        "he expects too much",
        "my husband has a girlfriend",
        "he had an affair",
        "she lives with her mother",
        "his wife died",
        "open relationship with my boss about work",
        "polyester shirts",
        "coming out of the shop",
        "she came out to the car",
        "his brother is gay",
        "it turned out badly",
    ],
)
def test_what_only_looks_like_one_is_none(words: str) -> None:
    assert [name for name in CIRCUMSTANCES if speaks_of(name, as_id(words))] == []


@pytest.mark.parametrize(
    ("words", "voice", "first"),
    [
        ("she_is_pregnant", "waiting", "circumstance.pregnancy"),
        ("im_pregnant", "withdrawing", "circumstance.pregnancy.yours"),
        ("he_lives_with_his_wife", "waiting", "circumstance.third"),
        ("i_have_a_wife", "withdrawing", "circumstance.third.yours"),
        ("we_are_poly", "waiting", "circumstance.open"),
        ("we_are_poly", "withdrawing", "circumstance.open.yours"),
        ("he_came_out_as_gay", "waiting", "circumstance.coming_out"),
        ("i_came_out_as_trans", "withdrawing", "circumstance.coming_out.yours"),
    ],
)
def test_each_circumstance_has_a_next_step_in_either_voice(words: str, voice: Voice, first: str) -> None:
    for told in ({"stress": (words,)}, {"own_load": (words,)}, {"stress": (words,), "living": "together"}):
        intake = Intake(voice=voice, since_days=6.0, contact="less", **told)  # type: ignore[arg-type]
        assert advise(alone(intake), voice)[0].id == first
    assert not [a.id for a in advise(alone(Intake(voice=voice, since_days=6.0)), voice) if a.id.startswith("circ")]
