"""The day a message speaks of is the one its words name, seen from the day it was written on."""

from __future__ import annotations

from datetime import date

import pytest

from ebbtide.signals.named_days import day_back, day_named, every_day, first_day, last_day

#: A Wednesday.
WRITTEN = date(2025, 3, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I'll write on Friday", date(2025, 3, 14)),
        ("talk tmrw x", date(2025, 3, 13)),
        ("give me until Monday. Monday, I promise", date(2025, 3, 17)),
        ("can we talk on Wednesday?", date(2025, 3, 19)),
        ("next Friday I'll call", date(2025, 3, 21)),
        ("I'll write on Thursday next week, promise", date(2025, 3, 20)),
        ("next Monday I'll call", date(2025, 3, 17)),
        ("let's speak at the weekend", date(2025, 3, 16)),
        ("after the weekend I'll be in touch", date(2025, 3, 17)),
        ("back on the 19th", date(2025, 3, 19)),
        ("I will write on 2 April", date(2025, 4, 2)),
        ("on April 2nd I'll ring", date(2025, 4, 2)),
        ("back on the 5th", date(2025, 4, 5)),
        ("The report is due on Thursday. I'll write to you on Sunday, properly", date(2025, 3, 16)),
        ("give me two days", date(2025, 3, 14)),
        ("i need 3 weeks. i'll call u on the 8th of april", date(2025, 4, 8)),
        ("I need a week to myself, I'll write on Sunday", date(2025, 3, 16)),
        ("I'll be in touch in a week. A week, then I ring", date(2025, 3, 19)),
        ("I have been awful for two days. I'll write on Friday", date(2025, 3, 14)),
        ("Friday or Saturday, I'll ring", date(2025, 3, 15)),
        ("I'll write on Thursday or Friday", date(2025, 3, 14)),
        ("back on Sunday from Leeds and I'll write on Monday", date(2025, 3, 17)),
        ("I'll write on Friday, your mum has the keys until Sunday", date(2025, 3, 14)),
        ("the exam is Thursday and Friday, I'll call you on Saturday", date(2025, 3, 15)),
        ("I'll ring the day after tomorrow", date(2025, 3, 14)),
        ("give me till the end of the month", date(2025, 3, 31)),
        ("I'll call you at the end of the week", date(2025, 3, 16)),
        ("leave me be until the end of April, then I'll write", date(2025, 4, 30)),
        ("i need till months end", date(2025, 3, 31)),
        ("I'll write at the end of February", date(2026, 2, 28)),
        ("at the end of the day I'll still write to you", None),
        ("I'll ring at 8, or in 10 minutes", None),
        ("I'll write soon", None),
    ],
)
def test_the_day_follows_from_the_words_and_the_day_of_writing(text: str, day: date | None) -> None:
    assert day_named(text, WRITTEN) == day


def test_on_its_last_day_the_next_week_or_month_is_meant() -> None:
    assert day_named("give me till the end of the week", date(2025, 3, 16)) == date(2025, 3, 23)
    assert day_named("give me till the end of the month", date(2025, 12, 31)) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("from the 14th I'm on the boat for ten days", date(2025, 3, 14)),
        ("at my mum's until Friday", None),
        ("off grid for a week", None),
        ("away till Monday, then Leeds from Wednesday", date(2025, 3, 19)),
    ],
)
def test_what_is_announced_begins_on_the_first_day_that_is_no_end(text: str, day: date | None) -> None:
    assert first_day(text, WRITTEN) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("see you on Sunday", date(2025, 3, 16)),
        ("I'll be right by the birthday. Sunday the 23rd. I'm still coming", date(2025, 3, 23)),
        ("I'm at my sister's Friday and Saturday, see you on Sunday", date(2025, 3, 16)),
        ("shall we have lunch on Saturday or Sunday?", None),
    ],
)
def test_a_day_to_meet_is_the_one_in_the_words_of_meeting(text: str, day: date | None) -> None:
    assert day_named(text, WRITTEN, "will_meet") == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Friday I am there again", date(2025, 3, 14)),
        ("home on 7 Apr", date(2025, 4, 7)),
        ("no wifi there, back on thurs", date(2025, 3, 13)),
        ("the parcel comes on Friday", None),
    ],
)
def test_a_day_of_being_back_stands_beside_its_word(text: str, day: date | None) -> None:
    assert day_back(text, WRITTEN) == day
    assert day is None or last_day(text, WRITTEN) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow is inventory, phone in locker all day", date(2025, 3, 13)),
        ("on Friday I am in the mine the whole day, no signal", date(2025, 3, 14)),
        ("tomorrow is inventory, phone in locker", None),
        ("was busy all day", None),
        ("all day Friday, and all day Saturday, no phone", None),
    ],
)
def test_what_fills_one_named_day_ends_with_it(text: str, day: date | None) -> None:
    assert last_day(text, WRITTEN) == day


def test_a_short_name_of_a_day_is_one_only_where_it_can_be_no_other_word() -> None:
    written = date(2026, 11, 25)
    assert day_named("see u sat", written, "will_meet") == date(2026, 11, 28)
    assert day_named("ok c u sun then", written, "will_meet") == date(2026, 11, 29)
    assert every_day("we sat on the bench, then you sat down in the sun", written) == set()
