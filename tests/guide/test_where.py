"""Where to turn: every entry with its source and day, every problem with somebody, and files that add to it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ebbtide.errors import PackInvalid
from ebbtide.guide.where import Problem, packaged_where, read_where, together
from ebbtide.reading.help import countries
from tests.guide.test_words import GROUP, NOT_SAID
from tests.reading.wording import forbidden, reading_grade, restraint

WHERE = packaged_where()
PROMISED = {"trouble-in-bed", "drinking", "trust", "low", "anger", "grief", "old-wounds", "talk", "danger"}
WORDS = {
    **{p.id: p.text for p in WHERE.problems},
    **{k.id: k.text for k in WHERE.kinds},
    **{o.name: o.text for o in WHERE.organisations},
    **{b.title: b.text for b in WHERE.books},
    **{s.text[:20]: s.text for s in WHERE.situations},
}
#: The name and the members of a group that is for one sex.
OF_ONE_SEX = "talking groups for men"
MINE = """
[[organisation]]
name = "A made-up place"
country = "AT"
about = ["talk"]
text = "Talks."
source = "https://example.org"
checked = 2026-11-28
"""


def test_the_problems_are_those_promised() -> None:
    assert {p.id for p in WHERE.problems} >= PROMISED


@pytest.mark.parametrize("problem", WHERE.problems, ids=lambda p: p.id)
def test_every_problem_leads_to_somebody(problem: Problem) -> None:
    found = WHERE.of(problem.id, None)
    assert found.problems == (problem,)
    assert found.situations
    assert found.kinds or problem.lines
    assert all(problem.id in one.about for one in (*found.kinds, *found.organisations, *found.books))


@pytest.mark.parametrize("one", [*WHERE.organisations, *WHERE.books], ids=lambda o: o.source[8:30])
def test_every_resource_has_its_page_and_its_day(one) -> None:  # type: ignore[no-untyped-def]
    assert re.match(r"https?://[\w.-]+/?", one.source)
    assert date(2026, 1, 1) <= one.checked <= date(2027, 1, 1)
    assert one.about


def test_organisations_are_in_known_countries_and_give_no_number_to_ring() -> None:
    assert {o.country for o in WHERE.organisations} - set(countries()) == {None}
    assert {"GB", "IE", "US", "CA", "AU", "NZ"} <= {o.country for o in WHERE.organisations}
    assert [o.name for o in WHERE.organisations if re.search(r"\d{4}", o.text)] == []


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS.keys())
def test_the_words_are_plain_and_name_no_gender(text: str) -> None:
    assert reading_grade(text) <= 9
    assert len(text.split()) <= 55
    assert forbidden(text.replace(GROUP, "group").replace(OF_ONE_SEX, "groups")) == []
    assert not re.search(rf"\b(?:{NOT_SAID})\b", text, re.IGNORECASE)
    assert not re.search(r"[\"']", text)


def test_only_what_has_a_study_is_graded_by_one() -> None:
    for one in (*WHERE.problems, *WHERE.kinds):
        assert bool(re.search(r"\b(?:19|20)\d\d\b", one.source)) is (one.grade in ("supported", "mixed", "weak"))


def test_help_with_danger_asks_nobody_to_hold_still_and_offers_no_couple_work() -> None:
    found = WHERE.of("danger", None)
    assert set(found.problems[0].lines) == {"violence", "crisis"}
    assert not restraint(" ".join([found.problems[0].text, *(s.text for s in found.situations)]))
    assert (found.kinds, found.books) == ((), ())
    assert "kind.couple" not in {k.id for k in WHERE.of("anger", None).kinds}
    assert "violence" in WHERE.of("anger", None).problems[0].lines


def test_a_country_keeps_its_own_and_those_of_many() -> None:
    found = {o.name: o.country for o in WHERE.of("talk", "IE").organisations}
    assert found["IACP"] == "IE"
    assert found["ICEEFT"] is None
    assert set(found.values()) == {"IE", None}


def test_a_file_adds_to_it() -> None:
    both = together((WHERE, read_where(MINE, "mine.toml")))
    names = {o.name for o in both.of("talk", "AT").organisations}
    assert {"A made-up place", "ICEEFT"} <= names
    assert "A made-up place" not in {o.name for o in both.of("talk", "IE").organisations}
    assert both.problems == WHERE.problems


@pytest.mark.parametrize(
    ("change", "to", "what"),
    [
        ('"AT"', '"XX"', "in no country"),
        ('"https://example.org"', '"a friend"', "no address as its source"),
        ("checked = 2026-11-28", "", "cannot be read"),
        ("checked = 2026-11-28", 'checked = 2026-11-28\nstars = "five"', "cannot be read"),
        ("[[organisation]]", "[[shop]]", "nothing called shop"),
        ("[[organisation]]", "[[organisation", "cannot be read"),
        ('["talk"]', '["weather"]', "about has no weather"),
    ],
)
def test_what_is_wrong_is_named(change: str, to: str, what: str) -> None:
    assert change in MINE
    with pytest.raises(PackInvalid, match=what):
        together((WHERE, read_where(MINE.replace(change, to), "mine.toml")))


def test_an_id_is_used_once_and_a_problem_shows_what_there_is() -> None:
    problem = '[[problem]]\nid = "{}"\ntitle = "T"\ntext = "T."\nsource = "S"\ngrade = "clinical"\nshows = ["{}"]\n'
    with pytest.raises(PackInvalid, match="talk is used twice"):
        together((WHERE, read_where(problem.format("talk", "say.listen"), "mine.toml")))
    with pytest.raises(PackInvalid, match=r"There is no text say\.nothing"):
        read_where(problem.format("mine", "say.nothing"), "mine.toml")
