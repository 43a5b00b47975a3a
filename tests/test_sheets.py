"""The sheets about oneself: what they ask, how they are scored, and what their words do not do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.errors import ImportFailed, PackInvalid
from ebbtide.selfreport import COUNTER_SIGNS, ITEMS, SIGNS, read_answers
from ebbtide.selfreport import sheets as sheets_
from ebbtide.selfreport.asked import packaged_words, read_words
from ebbtide.selfreport.sheets import SHEETS, Sheet, read_sheet, scored, sheet
from tests.reading.wording import forbidden, reading_grade

STYLE = sheet("style")


def our_words(of: Sheet) -> Iterator[str]:
    """What a sheet says in our own words; the items of a measure are its authors'."""
    yield from (of.limits, of.steady)
    yield from ([of.step] if of.step else [])
    for score in of.score:
        yield from (f"{band.words} {band.turn}".strip() for band in score.band)
    if of is STYLE:
        yield from (of.asks, *(item.text for item in of.item))


@pytest.mark.parametrize("name", SHEETS)
class TestWords:
    def test_they_name_no_illness_read_no_mind_and_know_no_gender(self, name: str) -> None:
        assert [found for words in our_words(sheet(name)) for found in forbidden(words)] == []

    def test_they_read_below_ninth_grade(self, name: str) -> None:
        assert {words: grade for words in our_words(sheet(name)) if (grade := reading_grade(words)) > 9} == {}

    def test_they_are_set_as_people_print_them(self, name: str) -> None:
        assert not re.search(r"[\"'!]", " ".join(our_words(sheet(name))))


def test_the_self_check_is_about_oneself_only() -> None:
    sentences = [item.text for item in STYLE.item]
    assert all(re.search(r"\b(I|me|my)\b", s) for s in sentences)
    said = [*sentences, *(band.words for score in STYLE.score for band in score.band)]
    assert not [s for s in said if re.search(r"\b(partner|they|them|their|he|she)\b", s.casefold())]
    assert len(sentences) == 8
    for score in ("anxious", "avoidant"):
        mine = [item for item in STYLE.item if item.of == score]
        assert (len(mine), sum(item.reversed for item in mine)) == (4, 1)


def test_the_self_check_says_what_it_is_not_and_what_is_tested() -> None:
    assert "Nobody has tested them" in STYLE.limits
    assert "ECR-RS by Chris Fraley" in STYLE.step
    assert "yourpersonality.net" in STYLE.step


def test_published_measures_keep_their_published_wording() -> None:
    often = ("not at all", "several days", "more than half the days", "nearly every day")
    assert [i.text for i in sheet("phq2").item] == [
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
    ]
    assert [i.text for i in sheet("gad2").item] == [
        "Feeling nervous, anxious, or on edge",
        "Not being able to stop or control worrying",
    ]
    assert sheet("phq2").choices == sheet("gad2").choices == often
    assert [i.text for i in sheet("csi4").item] == [
        "Please indicate the degree of happiness, all things considered, of your relationship.",
        "I have a warm and comfortable relationship with my partner",
        "How rewarding is your relationship with your partner?",
        "In general, how satisfied are you with your relationship?",
    ]


@pytest.mark.parametrize(("name", "highest", "cut"), [("phq2", 6, 3), ("gad2", 6, 3), ("csi4", 21, 13.5)])
def test_sums_run_over_the_published_range_and_turn_at_the_published_point(name: str, highest: int, cut: float) -> None:
    of = sheet(name)
    seen = {}
    for values in product(*(range(of.highest_of(item) + 1) for item in of.item)):
        total = scored(of, dict(zip((item.id for item in of.item), values, strict=True)))[name]
        assert total == sum(values)
        seen[total] = of.score[0].band_of(total).id
    assert set(seen) == set(range(highest + 1))
    assert of.highest_score(of.score[0]) == highest
    assert all((band == of.score[0].band[0].id) is (total < cut) for total, band in seen.items())


def test_a_low_mood_names_a_doctor_and_the_lines_gently() -> None:
    for name in ("phq2", "gad2"):
        turn = sheet(name).score[0].band_of(3).turn
        assert "doctor" in turn
        assert "ebbtide helplines" in turn
    assert "talk to someone now" in sheet("phq2").score[0].band_of(3).turn


def test_contentment_is_no_verdict_and_fear_comes_first() -> None:
    of = sheet("csi4")
    assert "no verdict on your partner" in of.limits
    assert all("afraid of your partner" in band.turn and "ebbtide helplines" in band.turn for band in of.score[0].band)


@given(st.dictionaries(st.sampled_from([item.id for item in STYLE.item]), st.integers(1, 7)))
def test_a_dimension_is_the_mean_of_what_was_answered_with_one_item_turned_round(answers: dict[str, int]) -> None:
    found = scored(STYLE, answers)
    for score in ("anxious", "avoidant"):
        mine = [i for i in STYLE.item if i.of == score and i.id in answers]
        values = [8 - answers[i.id] if i.reversed else answers[i.id] for i in mine]
        expected = round(sum(values) / len(values), 2) if len(values) >= 3 else None
        assert found[score] == expected


def test_the_far_ends_of_the_self_check_are_one_and_seven() -> None:
    most = {i.id: 1 if i.reversed else 7 for i in STYLE.item}
    least = {i.id: 7 if i.reversed else 1 for i in STYLE.item}
    assert scored(STYLE, most) == {"anxious": 7, "avoidant": 7}
    assert scored(STYLE, least) == {"anxious": 1, "avoidant": 1}


def test_the_result_fits_an_intake() -> None:
    found = scored(STYLE, {i.id: 4 for i in STYLE.item if i.of == "anxious"})
    own = read_answers({"own_style": found}).own_style
    assert own is not None
    assert (own.anxious, own.avoidant) == (4.0, None)


def test_a_sum_with_an_answer_missing_is_unknown() -> None:
    assert scored(sheet("phq2"), {"interest": 3}) == {"phq2": None}


@pytest.mark.parametrize(
    "text", [b'{"down": 1, "interest": 0}', b"[0, 1]", b'{"interest": 0, "down": 1}'], ids=["any order", "list", "all"]
)
def test_answers_come_by_name_or_in_order(text: bytes) -> None:
    assert sheets_.read_answers(sheet("phq2"), text, "answers") == {"interest": 0, "down": 1}
    assert sheets_.read_answers(sheet("phq2"), b"[null, 1]", "answers") == {"down": 1}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (b"no", "answers"),
        (b"\xff", "answers"),
        (b"[" * 100_000, "answers"),
        (b"3", "answers"),
        (b"[1]", "answers"),
        (b'{"sleep": 1}', "answers"),
        (b'{"down": 4}', "answers, down"),
        (b'{"down": -1}', "answers, down"),
        (b'{"down": true}', "answers, down"),
        (b'{"down": 1.5}', "answers, down"),
        (b'{"interest": "some words of mine"}', "answers, interest"),
    ],
)
def test_impossible_answers_are_named_and_not_repeated(text: bytes, where: str) -> None:
    with pytest.raises(ImportFailed) as told:
        sheets_.read_answers(sheet("phq2"), text, "answers")
    assert told.value.where == where
    assert told.value.try_
    assert "words of mine" not in str(told.value)


GOOD = """title = "t"
asks = "a"
how = "sum"
lowest = 0
choices = ["no", "yes"]
limits = "l"
steady = "s"
source = "s"
[[item]]
id = "x"
of = "y"
text = "t"
[[score]]
id = "y"
name = "n"
needs = 1
[[score.band]]
id = "low"
below = 1
words = "w"
[[score.band]]
id = "high"
words = "w"
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "t"', "title = "),
        ('asks = "a"', ""),
        ('of = "y"', 'of = "z"'),
        ("needs = 1", "needs = 2"),
        ("below = 1\n", ""),
        ('id = "high"', 'id = "high"\nbelow = 2'),
    ],
)
def test_a_sheet_that_does_not_hold_together_is_refused(old: str, new: str) -> None:
    read_sheet(GOOD, "made.toml")
    assert old in GOOD
    with pytest.raises(PackInvalid):
        read_sheet(GOOD.replace(old, new), "made.toml")


def test_every_item_of_the_check_in_has_words() -> None:
    words = packaged_words()
    assert set(words) == set(ITEMS)
    offered = {item for item, said in words.items() if said.offered}
    assert offered == {*SIGNS, *COUNTER_SIGNS} - {"fewer_contacts"}
    assert [f for said in words.values() for f in forbidden(f"{said.label} {said.asks}")] == []


@pytest.mark.parametrize("text", ["no", '[flat]\nlabel = "flat"', "[flat]\nlabel = 1"])
def test_words_that_miss_an_item_are_refused(text: str) -> None:
    with pytest.raises(PackInvalid):
        read_words(text)
