"""`ebbtide helplines`: who to call, by country, at once and without any conversation."""

from __future__ import annotations

import json

import pytest

from ebbtide.reading.help import packaged_help
from tests.cli.conftest import Run
from tests.cli.test_check import unwrapped


@pytest.mark.parametrize("country", ["GB", "uk", "Ireland", "ie"])
def test_the_lines_of_a_country_are_shown_by_name_or_code(run: Run, country: str) -> None:
    code = "IE" if country.casefold().startswith("i") else "GB"
    said = unwrapped(run("helplines", country).stdout)
    assert said.startswith("In danger, call your local emergency number now.")
    mine = [x for x in packaged_help().lines if x.country == code]
    assert mine
    assert all(x.name in said and (x.phone or "") in said for x in mine)
    assert "findahelpline.com" in said


def test_who_wants_to_stop_has_lines_of_their_own(run: Run) -> None:
    said = unwrapped(run("helplines", "NZ").stdout)
    assert "When you frighten or hurt someone, and want to stop Hey Bro" in said
    assert "and want to stop" not in unwrapped(run("helplines", "Ireland").stdout)


def test_a_country_without_lines_gets_a_directory(run: Run) -> None:
    said = unwrapped(run("helplines", "Tuvalu").stdout)
    assert "None is known here. By country: findahelpline.com." in said


def test_all_are_listed_with_their_countries(run: Run) -> None:
    said = unwrapped(run("helplines").stdout)
    assert "Germany:" in said
    assert "Looked up on 2026" in said


def test_json_is_the_lines_and_the_directories(run: Run) -> None:
    told = json.loads(run("helplines", "DE", "--json").stdout)
    assert {x["country"] for x in told["lines"]} == {"DE"}
    assert {"country", "for", "name", "phone", "web", "hours", "source", "checked"} == set(told["lines"][0])
    assert told["directories"]


def test_a_country_that_is_none_is_an_error_that_helps(run: Run) -> None:
    result = run("helplines", "Atlantis")
    assert result.exit_code == 2
    assert "no such country" in result.stderr
