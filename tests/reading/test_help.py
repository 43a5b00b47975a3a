"""Help lines: each with its source and its day, found by country, and named where signs of harm are."""

from __future__ import annotations

from datetime import date

import pytest

from ebbtide.errors import PackInvalid
from ebbtide.reading.help import HelpLine, countries, country_of, packaged_help, read_help
from ebbtide.reading.safety import safety, told_safety
from ebbtide.selfreport.intake import SafetyAnswers
from tests.reading.wording import restraint

HELP = packaged_help()
LINE = """
[[line]]
country = "IE"
for = "crisis"
name = "A made-up line"
phone = "000"
source = "https://example.org"
checked = 2026-11-26
"""


@pytest.mark.parametrize("line", HELP.lines, ids=lambda x: f"{x.country}-{x.need}-{x.name[:12]}")
def test_every_line_says_where_and_when_it_was_read(line: HelpLine) -> None:
    assert line.source.startswith(("https://", "http://"))
    assert date(2026, 1, 1) <= line.checked
    assert line.country in countries()
    assert line.phone or line.web


def test_there_is_a_directory_of_all_countries_for_both_needs() -> None:
    assert {d.need for d in HELP.directories} == {"crisis", "violence"}


def test_many_countries_have_a_line_for_both() -> None:
    crisis, violence = ({x.country for x in HELP.lines if x.need == need} for need in ("crisis", "violence"))
    assert len(crisis & violence) >= 20


@pytest.mark.parametrize(
    ("zone", "country"), [("Europe/London", "GB"), ("America/Chicago", "US"), ("Etc/UTC", None), ("Nowhere", None)]
)
def test_a_time_zone_tells_the_country(zone: str, country: str | None) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize(("level", "need"), [("urgent", "crisis"), ("look", "violence")])
def test_the_lines_of_the_country_are_named_where_signs_of_harm_are(level: str, need: str) -> None:
    shown = safety(level, (), "GB").shown  # type: ignore[arg-type]
    lines = HELP.of("GB", need)  # type: ignore[arg-type]
    assert lines
    assert all(x.name in shown and (x.phone or "") in shown for x in lines)
    assert "Britain" in shown
    assert not restraint(shown)
    assert safety(level, (), None).shown in shown  # type: ignore[arg-type]
    assert safety("none", (), "GB").shown == ""


@pytest.mark.parametrize(
    ("change", "to", "what"),
    [
        ('phone = "000"', "", "cannot be reached"),
        ('"IE"', '"XX"', "in no country"),
        ('"crisis"', '"fun"', "cannot be read"),
        ('name = "A made-up line"', "", "cannot be read"),
        ("[[line]]", "[[line", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(change: str, to: str, what: str) -> None:
    assert read_help(LINE).of("IE", "crisis")[0].words == "A made-up line: 000."
    with pytest.raises(PackInvalid, match=what):
        read_help(LINE.replace(change, to))


def test_the_emergency_number_of_a_country_comes_first_in_danger_of_either_kind() -> None:
    for need in ("crisis", "violence"):
        first, *rest = HELP.of("GB", need)  # type: ignore[arg-type]
        assert (first.need, first.phone) == ("emergency", "999")
        assert {x.need for x in rest} == {need}
    assert "Emergency services: 999." in safety("urgent", (), "GB").shown
    assert HELP.of(None, "crisis") == ()


def test_who_frightens_is_shown_who_helps_to_stop() -> None:
    """Before the lines for whoever is frightened: who writes so may be both."""
    stopping, violence = (HELP.of("GB", need)[1:] for need in ("stopping", "violence"))
    assert stopping and violence
    shown = safety("look", (), "GB", by_reader=True).shown
    assert shown.index(stopping[0].words) < shown.index(violence[0].words)
    assert stopping[0].words not in safety("look", (), "GB").shown
    assert stopping[0].words not in safety("urgent", (), "GB", by_reader=True).shown
    told = told_safety(SafetyAnswers(frightened_other=True), country="GB").shown
    assert stopping[0].words in told
    assert violence[0].words not in told
    assert not restraint(told)
    assert "In Britain" not in told_safety(SafetyAnswers(frightened_other=True)).shown
