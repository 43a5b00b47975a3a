"""Numbers in the words people use."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.reading.phrases import lasting, lasting_days
from ebbtide.report import numbers


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (0.005, "1 minute"),
        (0.6, "36 minutes"),
        (1, "an hour"),
        (31, "31 hours"),
        (47.4, "47 hours"),
        (48, "2 days"),
        (60, "2 and a half days"),
        (70.6, "nearly 3 days"),
        (72, "3 days"),
        (24 * 5, "5 days"),
        (24 * 14, "2 weeks"),
        (24 * 17, "17 days"),
        (24 * 91, "3 months"),
        (24 * 731, "2 years"),
    ],
)
def test_durations(hours: float, words: str) -> None:
    assert numbers.duration(hours) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (1.0, "nearly all"),
        (0.72, "7 in 10"),
        (0.5, "1 in 2"),
        (0.2, "1 in 5"),
        (1 / 43, "1 in 43"),
        (1 / 1234, "1 in 1,200"),
        (0.0, "none seen"),
    ],
)
def test_shares(share: float, words: str) -> None:
    assert numbers.one_in(share) == words


@given(st.floats(1e-9, 1))
def test_a_share_in_words_is_near_the_share(share: float) -> None:
    words = numbers.one_in(share)
    if words == "nearly all":
        assert share >= 0.95
        return
    part, whole = words.replace(",", "").split(" in ")
    assert int(part) / int(whole) == pytest.approx(share, rel=0.3)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2025, 5, 3), date(2025, 5, 17), "3–17 May 2025"),
        (date(2025, 2, 3), date(2025, 9, 30), "3 February – 30 September 2025"),
        (date(2024, 12, 30), date(2025, 1, 2), "30 December 2024 – 2 January 2025"),
        (date(2025, 1, 2), date(2025, 1, 2), "2 January 2025"),
    ],
)
def test_ranges_say_nothing_twice(start: date, end: date, words: str) -> None:
    assert numbers.day_range(start, end) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "one day"), (15, "15 days"), (42, "six weeks"), (240, "eight months"), (1096, "three years")],
)
def test_the_length_of_the_record(days: int, words: str) -> None:
    assert numbers.stretch(days) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.1, "more than once a day"),
        (1, "about once a day"),
        (21, "about once in 3 weeks"),
        (90, "about once in 3 months"),
    ],
)
def test_how_often(days: float, words: str) -> None:
    assert numbers.interval(days) == words


def test_spells_that_stand_together_can_be_compared() -> None:
    assert [numbers.length(d) for d in (12, 14, 31, 32, 60, 90)] == [
        *("12 days", "2 weeks", "31 days", "32 days", "60 days", "3 months")
    ]
    assert numbers.lengths([32, 31]) == "31 to 32 days"
    assert numbers.lengths([5, 14]) == "5 days to 2 weeks"
    assert numbers.lengths([31]) == "31 days"


def test_a_moment() -> None:
    assert numbers.moment(datetime(2025, 10, 2, 18, 40)) == "Thursday 2 October, 18:40"


@given(st.integers(1, 3000))
def test_the_report_counts_days_as_the_reading_does(days: int) -> None:
    assert numbers.length(days) == lasting_days(days)
    assert numbers.duration(24 * max(days, 4)) == lasting(24 * max(days, 4))
    assert numbers.stretch(days).split()[-1] == lasting_days(days).split()[-1]
