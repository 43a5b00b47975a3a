"""The same number always gets the same words, and the words are the ones people use."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ebbtide.reading import phrases as p

TODAY = date(2025, 5, 15)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (0.01, "1 minute"),
        (0.66, "40 minutes"),
        (1.2, "an hour"),
        (12, "12 hours"),
        (31.2, "31 hours"),
        (47, "47 hours"),
        (48, "2 days"),
        (60, "2 and a half days"),
        (71, "nearly 3 days"),
        (72, "3 days"),
        (120, "5 days"),
        (24 * 14, "2 weeks"),
        (24 * 16, "16 days"),
        (24 * 22, "22 days"),
        (24 * 100, "3 months"),
        (24 * 610, "20 months"),
        (24 * 800, "2 years"),
        (24 * 3500, "10 years"),
    ],
)
def test_durations(hours: float, said: str) -> None:
    assert p.lasting(hours) == said


@pytest.mark.parametrize(
    ("days", "said", "about"),
    [
        (1, "1 day", "1 day"),
        (7, "7 days", "7 days"),
        (14, "2 weeks", "2 weeks"),
        (20, "20 days", "20 days"),
        (21, "3 weeks", "3 weeks"),
        (31, "31 days", "4 weeks"),
        (32, "32 days", "5 weeks"),
        (35, "5 weeks", "5 weeks"),
        (65, "65 days", "9 weeks"),
        (66, "2 months", "2 months"),
        (719, "24 months", "24 months"),
        (731, "2 years", "2 years"),
    ],
)
def test_lengths_of_days_are_exact_up_to_two_months_and_round_where_about_is_said(
    days: int, said: str, about: str
) -> None:
    assert (p.lasting_days(days), p.roughly(days), p.lasting(24 * max(days, 3))) == (
        said,
        about,
        p.lasting_days(max(days, 3)),
    )
    if days < p.IN_MONTHS:
        amount, unit = said.split()
        assert int(amount) * (7 if unit == "weeks" else 1) == days


def test_no_duration_is_zero_or_goes_down() -> None:
    minutes = [p.lasting(h / 60) for h in range(1, 60)]
    assert minutes[0] == "1 minute"
    assert all(not p.lasting(h / 4).startswith("0") for h in range(1, 4000))


@pytest.mark.parametrize(
    ("ago", "said"),
    [(0, "today"), (1, "yesterday"), (2, "Tuesday"), (6, "Friday"), (7, "8 May"), (200, "27 October 2024")],
)
def test_past_days(ago: int, said: str) -> None:
    assert p.day_of(TODAY - timedelta(days=ago), TODAY) == said


@pytest.mark.parametrize(
    ("ahead", "until", "on"),
    [
        (0, "this evening", "this evening"),
        (1, "tomorrow evening", "tomorrow evening"),
        (3, "Sunday evening", "on Sunday evening"),
        (9, "the evening of 24 May", "on the evening of 24 May"),
    ],
)
def test_coming_evenings(ahead: int, until: str, on: str) -> None:
    day = TODAY + timedelta(days=ahead)
    assert (p.evening_of(day, TODAY), p.on_evening(day, TODAY)) == (until, on)


@pytest.mark.parametrize(
    ("one_in", "said"),
    [
        (1, "most quiet spells last this long or longer"),
        (3, "about 1 quiet spell in 3 lasts this long"),
        (40, "about 1 quiet spell in 40 lasts this long"),
        (5000, "fewer than 1 quiet spell in 200 lasts this long"),
    ],
)
def test_rarity(one_in: int, said: str) -> None:
    assert p.one_spell_in(one_in) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0.3, "more than once a day"),
        (1.0, "about once a day"),
        (3.2, "about once in 3 days"),
        (7.2, "about once a week"),
        (21.0, "about once in 3 weeks"),
        (30.0, "about once a month"),
        (90.0, "about once in 3 months"),
    ],
)
def test_recurrence(days: float, said: str) -> None:
    assert p.once_in(days) == said


def test_strength_has_fixed_ranges() -> None:
    said = [p.strength(x) for x in (0.95, 0.949, 0.75, 0.749, 0.40, 0.399, 0.0)]
    assert said == [
        "almost certainly",
        "probably",
        "probably",
        "perhaps",
        "perhaps",
        "too early to tell",
        "too early to tell",
    ]


@pytest.mark.parametrize(
    ("days", "said"),
    [([5], "5 days"), ([2, 6, 3], "2 to 6 days"), ([5, 14], "5 days to 2 weeks"), ([1, 3], "1 day to 3 days")],
)
def test_ranges_of_days(days: list[int], said: str) -> None:
    assert p.range_of_days(days) == said


def test_the_reader_is_you_and_comes_first() -> None:
    jo, sam = p.Named("Jo", True), p.Named("Sam", False)
    assert p.both(sam, jo) == p.both(jo, sam) == "You and Sam"
    assert (jo.first_whose, sam.first_whose, jo.verb("has", "have")) == ("Your", "Sam’s", "have")
    assert p.both(sam, p.Named("Jo", False)) == "Jo and Sam"


def test_stretches_of_days() -> None:
    assert p.days_between(date(2025, 5, 3), date(2025, 5, 9)) == "3–9 May"
    assert p.days_between(date(2025, 4, 30), date(2025, 5, 2)) == "30 April – 2 May"
    assert p.days_between(TODAY, TODAY) == "15 May"


@pytest.mark.parametrize(
    ("share", "said"), [(0.1, "about a tenth as often"), (0.3, "about a third as often"), (0.95, "almost as often")]
)
def test_shares(share: float, said: str) -> None:
    assert p.as_often(share) == said
