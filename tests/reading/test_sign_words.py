"""Signs in words: few, plain, of the person in question, and never beside signs of harm."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import log

import pytest

import ebbtide as eb
from ebbtide.reading.hypotheses import hypotheses
from ebbtide.reading.phrases import Named
from ebbtide.reading.rhythm import of_rhythm
from ebbtide.reading.sign_words import COUNTED, MOST, NOTED, PLAIN, how, of_signs, standing_out, worded
from ebbtide.reading.types import Reading, Rhythm, Safety, Share, Sign
from ebbtide.selfreport import COUNTER_SIGNS, SIGNS
from ebbtide.signals.rates import Change
from tests.reading import stories as s
from tests.reading.planted import DAYS, OF_ALL, PLANTED, couple
from tests.reading.wording import forbidden, reading_grade
from tests.talks import Line, talk

SAM, YOU = Named("Sam", False), Named("Jo", True)
PEOPLE = {"a": YOU, "b": SAM}


def sign(
    id_: str = "less_affection", change: float = 1.0, person: str = "b", half: float = 0.3, **how_: object
) -> Sign:
    direction = "more" if change > 0 else "less"
    source = how_.get("source", ("messages",))
    return Sign(id_, person, direction, change, change - half, change + half, source, ("e1",))  # type: ignore[arg-type]


def said(*signs: Sign, who: str = "b", in_spell: bool = False) -> list[str]:
    return [f.words for f in of_signs(signs, who, PEOPLE, in_spell=in_spell)]


def test_own_usual_stands_beside() -> None:
    assert said(sign(change=-log(2))) == ["Sam’s messages hold about twice as many warm words as usual for Sam."]
    assert said(sign(change=log(2))) == ["Sam’s messages hold about half as many warm words as usual for Sam."]
    assert said(sign(change=log(2), person="a"), who="a") == [
        "Your messages hold about half as many warm words as usual for you."
    ]


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (0.01, "about a tenth as often as"),
        (0.34, "about a third as often as"),
        (0.9, "almost as often as"),
        (1.5, "about one and a half times as often as"),
        (2.2, "about twice as often as"),
        (3.0, "about three times as often as"),
        (9.0, "far more often than"),
    ],
)
def test_ratios_in_words(ratio: float, words: str) -> None:
    assert how(ratio, ("often", "more often")) == words


def test_only_what_is_firm_is_said_and_at_most_four() -> None:
    assert said(sign(change=0.5)) == []
    assert said(Sign("flat", "b", "usual", 0.0, -0.2, 0.2, ("messages",))) == []
    assert said(sign(person="a")) == []
    many = [sign(id_, 1 + i / 10) for i, id_ in enumerate(COUNTED)]
    assert len(said(*many)) == MOST
    assert said(*many)[0] == worded(many[-1], SAM), "the clearest comes first"


def test_what_the_spell_says_is_not_said_twice() -> None:
    fewer = sign("fewer_contacts", log(3))
    assert said(fewer) == ["Sam starts and answers about a third as often as usual for Sam."]
    assert said(fewer, in_spell=True) == []


def everything() -> list[str]:
    sources = (("messages",), ("checkins",))
    changes = product((*SIGNS, *COUNTER_SIGNS), (-1.9, -0.7, 0.7, 1.9), sources, PEOPLE)
    return [
        words
        for id_, change, source, person in changes
        if (words := worded(sign(id_, change, person, 0.1, source=source), PEOPLE[person]))
    ]


def test_every_sign_has_words_where_it_can_be_told() -> None:
    assert set(NOTED) == {*SIGNS, *COUNTER_SIGNS}
    untold = {"more_solitary", "less_eye_contact", "distracted", "says_space"}
    assert {*COUNTED, *PLAIN} == {*SIGNS, *COUNTER_SIGNS} - untold
    assert len(everything()) > 150


def test_the_words_keep_to_the_voice() -> None:
    every = {*everything(), *(of_rhythm(r).words for r in rhythms())}
    assert {w: hits for w in every if (hits := forbidden(w))} == {}
    assert {w: g for w in every if (g := round(reading_grade(w), 1)) > 9} == {}
    assert [w for w in every if "{" in w or not w.endswith(".")] == []


def rhythms() -> list[Rhythm]:
    shares = (None, Share(0.1, 0.05, 0.15), Share(0.0, 0.0, 0.1))
    quarters = (None, Change(0.0, -0.2, 0.2), Change(0.8, 0.4, 1.2), Change(-0.8, -1.2, -0.4), Change(0, -2, 2))
    spells = ((0, ()), (1, ()), (1, (5,)), (3, (4, 30)), (4, (6,) * 4), (14, (21,) * 13))
    return [
        Rhythm(400, n, n / 1.1, lengths, None, share, None, quarter, ())
        for (n, lengths), share, quarter in product(spells, shares, quarters)
    ]


def test_a_reading_says_it_of_the_person_in_question() -> None:
    quiet = couple(1, **PLANTED["vague_plans"]).with_me("Jo")
    (found,) = [f for f in eb.read(quiet).findings if f.key == "signs"]
    assert (found.about, found.words.count("Sam")) == ("b", 2)
    assert found.evidence
    assert set(found.numbers) == {"change", "low", "high"}


def test_beside_signs_of_harm_nothing_is_said_of_signs_or_rhythm() -> None:
    threat = [(24.0 * (DAYS - 2) + 12, "if you leave me I will hurt you, I know where you are and I will find you")]
    made = couple(1, said=threat, **PLANTED["vague_plans"])
    reading = eb.read(made)
    assert reading.safety.level != "none"
    assert {f.key for f in reading.findings}.isdisjoint({"signs", "rhythm"})


def test_where_nothing_changed_no_sign_is_put_in_words() -> None:
    for seed in range(4):
        assert [f for f in eb.read(couple(seed, **OF_ALL)).findings if f.key == "signs"] == []


def colder(*signs: Sign, spells: bool = False, **changed: object) -> Reading:
    """A reading of two in touch in which these signs stand out."""
    plain = s.reading([s.silence("a", 1), s.silence("b", 4)], [s.running("b", 5)] if spells else [])
    told = tuple(of_signs(signs, "b", PEOPLE, in_spell=False))
    return replace(plain, signs=signs, findings=(*plain.findings, *told), **changed)  # type: ignore[arg-type]


def test_signs_alone_are_told_with_direction_since_when_and_range() -> None:
    said_ = standing_out(colder(sign(change=log(2)), sign("flat", 1.2), sign("irritable", 0.9)))
    assert said_ == (
        "In the two weeks since 2 May: Sam’s messages are shorter and plainer than usual for Sam. "
        "Sam’s messages hold about twice as many sharp words as usual for Sam (likely 1.8 to 3.3 times)."
    )
    assert standing_out(colder(sign(change=log(2)))).endswith(
        "half as many warm words as usual for Sam (likely 37 to 67%)."
    )
    assert "twice as many warm words" in standing_out(colder(sign(change=-log(2))))


def test_signs_are_left_to_the_spell_and_never_stand_beside_harm() -> None:
    one = sign(change=log(2))
    assert standing_out(colder()) == ""
    assert standing_out(colder(sign(change=log(2), half=0.65))) == "", "too unsure for a word"
    assert standing_out(colder(one, spells=True)) == ""
    assert standing_out(colder(one, safety=Safety("look", "Help.", ("e",)))) == ""


def test_signs_of_distance_raise_the_question_of_reasons_and_warmer_weeks_do_not() -> None:
    found = {h.id: h for h in hypotheses(colder(sign(change=log(2))))}
    assert found["fading"].for_ == ("There is contact, and less warmth than usual.",)
    assert found["fading"].weight == "possible"
    assert hypotheses(colder(sign(change=-log(2)))) == ()
    assert hypotheses(colder()) == ()


def talked(gone: range, curt: bool = False) -> Reading:
    """Eleven weeks of lines without Sam on some days; or of the home, with no warm word of Sam's from day 50 on."""
    lines: list[Line] = []
    for d in range(77):
        warm = "fine" if curt and d >= 50 else "bins are out, love you" if curt else "love you"
        lines += [(24.0 * d + 8, "a", "can you get milk and bread" if curt else "the train was late again")]
        lines += [(24.0 * d + 8.2, "b", warm), (24.0 * d + 18, "b", f"{warm} now"), (24.0 * d + 18.2, "a", "good")]
    here = [line for line in lines if line[1] == "a" or int(line[0] // 24) not in gone]
    return eb.read(talk(here, until=24 * 77, me="a"))


def test_a_return_is_not_told_beside_the_days_before_it() -> None:
    reading = talked(range(56, 76))
    assert "back in touch" in reading.answer.now
    assert not any("usual for Sam" in f.words for f in reading.findings if f.key == "signs")
    assert standing_out(reading) == ""


def test_at_home_a_colder_tone_stands_in_the_answer() -> None:
    reading = talked(range(0), curt=True)
    assert "seem to share a home" in reading.answer.now
    assert "warm words as usual for Sam" in reading.answer.may_be
    assert "warm words" not in standing_out(reading), "it is said once"
    assert "warm words" not in talked(range(0)).answer.may_be
