"""Patterns in words: what is said to press rests on lines that press."""

from __future__ import annotations

from datetime import date

from ebbtide.reading.patterns import Occurrence, of_patterns
from ebbtide.reading.phrases import Named

PEOPLE = {"a": Named("Jo", True), "b": Named("Sam", False)}
TODAY = date(2025, 5, 15)


def test_following_up_rests_on_what_followed_and_not_on_what_was_said_first() -> None:
    seen = [
        Occurrence("double_text", "a", date(2025, 5, 9), ("first", "again", "and again")),
        Occurrence("double_text", "a", date(2025, 5, 12), ("plain", "pressing")),
    ]
    (found,) = of_patterns(seen, PEOPLE, TODAY)
    assert found.evidence == ("pressing",)
    assert found.numbers["times"] == 3
    assert "followed up at least three times, pressing" in found.words


def test_a_flood_rests_on_all_of_it() -> None:
    rows = tuple("abcdef")
    (found,) = of_patterns([Occurrence("flood", "b", date(2025, 5, 14), rows)], PEOPLE, TODAY)
    assert found.evidence == rows
