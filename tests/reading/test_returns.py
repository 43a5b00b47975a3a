"""The return test of S9: counts, a word with a fixed range, and silence about what three spells cannot tell."""

from __future__ import annotations

from datetime import date

import pytest

from ebbtide.reading.phrases import Named
from ebbtide.reading.returns import earlier_in_words, return_test, room_in_words
from tests.reading.stories import back, ended, running

YOU, SAM = Named("Jo", True), Named("Sam", False)
DAY = date(2025, 3, 1)


def with_room(*warmth: str | None) -> list:  # type: ignore[type-arg]
    return [ended("b", 30 * (i + 1), 4, room=True, return_=back(DAY, w)) for i, w in enumerate(warmth)]


def test_counts_only_ended_spells_with_room() -> None:
    spells = [*with_room("warm", "flat"), ended("b", 90, 5, room=False), ended("b", 120, 5), running("b", 5, room=True)]
    test = return_test(spells)
    assert (test.ended, test.with_room, test.warm, test.usual, test.flat) == (4, 2, 1, 0, 1)


@pytest.mark.parametrize(("n", "so_far"), [(0, "none is known"), (1, "there is one"), (2, "there are two")])
def test_fewer_than_three_is_too_early_to_tell(n: int, so_far: str) -> None:
    said = room_in_words(return_test([*with_room(*["warm"] * n), ended("b", 200, 4)]), YOU)
    assert said == (
        "It is too early to tell what follows when you leave room. "
        f"That takes three such spells that have ended; so far {so_far}."
    )


@pytest.mark.parametrize(
    ("warmth", "came", "outlook"),
    [
        (["warm"] * 3, "three times warm", "will probably end"),
        (["warm", "warm", "usual", "flat"], "twice warm, once as usual and once flat", "will perhaps end"),
        (["flat"] * 3, "three times flat", "A warm return has been rare."),
    ],
)
def test_from_three_on_the_counts_speak(warmth: list[str], came: str, outlook: str) -> None:
    said = room_in_words(return_test(with_room(*warmth)), YOU)
    assert came in said
    assert outlook in said


def test_no_count_announces_an_ending() -> None:
    said = room_in_words(return_test(with_room(*["flat"] * 12)), SAM)
    assert "cannot tell slow settling from fading" in said


def test_earlier_spells_in_words() -> None:
    assert earlier_in_words([ended("b", 90, 5)], SAM) == (
        "Sam’s one earlier spell of distance lasted 5 days and ended with a warm return."
    )
    two = [ended("b", 90, 5), ended("b", 40, 14)]
    assert earlier_in_words(two, SAM) == (
        "Sam’s two earlier spells of distance lasted 5 days and 2 weeks; each ended with a warm return."
    )
    assert "lasted 5 and 6 days; each" in earlier_in_words([ended("b", 90, 5), ended("b", 40, 6)], SAM)
    three = [*two, ended("b", 150, 3, return_=back(DAY, "flat"))]
    assert earlier_in_words(three, YOU) == (
        "Your three earlier spells of distance lasted 3 days to 2 weeks; all ended, two with a warm return."
    )
