"""At home counts stay as they are: what is written there, and what was named, keeps it from being called calm."""

from __future__ import annotations

import pytest

import ebbtide as eb
from ebbtide.reading import Reading
from tests.reading.test_trouble import keyed
from tests.talks import Line, talk

DAYS = 60
HOUSE = ("can you get milk and bread", "bins out?", "picking the kids up at 4", "dinner at seven", "dishwasher is done")


def read(*late: Line, me: str = "a") -> Reading:
    """Two months of two who share a home, and then these."""
    lines: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], HOUSE[(d + h) % len(HOUSE)]) for d in range(DAYS) for h in (8, 12, 18)
    ]
    return eb.read(talk(sorted([*lines, *late]), until=24.0 * DAYS, me=me))


def at(day: int, words: str, who: str = "a", hour: float = 10) -> Line:
    return (24.0 * (DAYS - day) + hour, who, words)


def first(reading: Reading) -> str:
    return next(a.id for a in reading.advice if a.voice == (reading.voice or "waiting"))


ASKS = (
    at(5, "why won't you answer me"),
    at(4, "you always do this"),
    at(4, "say something!!", hour=11),
    at(3, "are you even reading this??"),
)


def test_who_asks_hard_of_late_at_home_is_told_so_and_what_else_to_do() -> None:
    reading = read(*ASKS)
    (words,) = keyed(reading, "asks_hard")
    assert words.startswith("Three messages of yours in the last four weeks press for an answer or are sharp")
    assert words in reading.answer.may_be
    assert first(reading) == "named.asks_hard.own"


def test_the_other_reads_it_with_the_names_turned() -> None:
    reading = read(*ASKS, me="b")
    (words,) = keyed(reading, "asks_hard")
    assert words.startswith("Three messages of Jo’s")
    assert first(reading) == "named.asks_hard.other"


@pytest.mark.parametrize(
    "late",
    [
        (),
        ASKS[:2],
        tuple((t - 24 * d, w, x) for d in (0, 30) for t, w, x in ASKS),
        tuple((t, w, x + " haha") for t, w, x in ASKS),
    ],
    ids=["nothing", "twice", "as ever", "in fun"],
)
def test_little_or_nothing_new_that_is_asked_is_not_told(late: tuple[Line, ...]) -> None:
    reading = read(*late)
    assert keyed(reading, "asks_hard") == []
    assert first(reading).startswith("waiting.home")


def test_a_home_in_which_nothing_is_named_is_calm() -> None:
    assert first(read()) == "waiting.home.calm"


def test_trouble_that_was_named_three_weeks_ago_is_told_at_home_and_is_no_calm() -> None:
    reading = read(at(20, "the bank won't move on the loan, and there is nothing in the account", "b"))
    (words,) = keyed(reading, "outside_cause")
    assert words in reading.answer.may_be
    assert first(reading) == "waiting.home.heard"


def test_who_would_not_do_it_by_text_is_told_to_name_an_hour() -> None:
    reading = read(*ASKS, at(2, "can we not do this by text", "b"), me="b")
    assert first(reading) == "named.asks_hard.other"


def test_who_asks_hard_of_one_in_trouble_hears_of_the_trouble_first() -> None:
    reading = read(*ASKS, at(20, "the bank won't move on the loan, and there is nothing in the account", "b"))
    assert first(reading) == "waiting.home.heard"


def test_distance_at_home_that_is_written_of_is_told_and_not_denied() -> None:
    reading = read(at(2, "you hardly said a word to me all week"))
    (words,) = keyed(reading, "far_at_home")
    assert words.endswith("speaks of distance at home.")
    assert words in reading.answer.may_be
    assert "not in messages" not in reading.answer.unknown
    assert "waiting.home.far" in [a.id for a in reading.advice]
