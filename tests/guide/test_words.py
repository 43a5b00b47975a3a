"""The words of the packs: nothing that harms, nothing vague, nothing hard to read."""

from __future__ import annotations

import re

import pytest

from ebbtide.guide import Entry, packaged
from ebbtide.reading import Advice
from tests.guide.variety import everything
from tests.reading.wording import forbidden, reading_grade

SAID: dict[str, Advice] = {a.id: a for _, __, told in everything() for a in told}


#: The name of a kind of help; it is for anybody.
GROUP = "men’s or women’s group"


def whole(entry: Entry) -> str:
    return f"{entry.title}. {entry.text} {entry.caution or ''}"


@pytest.mark.parametrize("entry", packaged(), ids=lambda e: e.id)
class TestEachEntry:
    def test_it_diagnoses_nobody_reads_no_mind_and_knows_no_gender(self, entry: Entry) -> None:
        assert forbidden(whole(entry).replace(GROUP, "group")) == []

    def test_it_reads_below_ninth_grade(self, entry: Entry) -> None:
        assert reading_grade(SAID[entry.id].text) <= 9

    def test_it_is_short(self, entry: Entry) -> None:
        assert len(entry.title.split()) <= 9
        assert not entry.title.endswith(".")
        assert len(entry.text.split()) <= 55

    def test_it_shows_no_figure_of_a_study(self, entry: Entry) -> None:
        assert not re.search(r"\d+ ?%|per cent|percent|\bN = |\bg = |\bstudies show\b", whole(entry))

    def test_it_makes_up_no_day_since_the_two_may_have_named_another(self, entry: Entry) -> None:
        assert not re.search(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", whole(entry))

    def test_it_sets_its_quotes_as_people_print_them(self, entry: Entry) -> None:
        assert not re.search(r"[\"']", whole(entry))
        assert whole(entry).count("“") == whole(entry).count("”")


#: Claims that evidence.md calls contradicted, or only popular and not to be used.
NOT_SAID = r"hormon\w*|testosterone|oxytocin|cortisol|dopamine|polarity|wired|brain|instinct|chase|pull away too|ignore"


def test_contradicted_claims_are_not_made() -> None:
    assert [e.id for e in packaged() if re.search(rf"\b(?:{NOT_SAID})\b", whole(e), re.IGNORECASE)] == []


def test_only_what_has_a_study_is_graded_by_one() -> None:
    for entry in packaged():
        has_year = bool(re.search(r"\b(?:19|20)\d\d\b", entry.source))
        assert has_year is (entry.grade in ("supported", "mixed", "weak")), entry.id


def test_telephone_numbers_go_out_of_date_and_are_not_given() -> None:
    assert [e.id for e in packaged() if re.search(r"\d{3}", e.text)] == []
