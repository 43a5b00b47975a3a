"""What is noted in the week up to a spell is counted against other weeks, and is never a cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import polars as pl
import pytest

from ebbtide.reading.beside import Exposure
from ebbtide.reading.exposure import (
    CANNOT_TELL,
    FEWEST_SPELLS,
    MORE,
    NO_CAUSE,
    REACHES,
    before_words,
    exposures,
    of_exposures,
    other_weeks,
    week_before,
)
from ebbtide.reading.phrases import Named
from ebbtide.selfreport.checkins import CHECKIN_SCHEMA
from tests.reading.stories import spell

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
PEOPLE = {"a": Named("Jo", True), "b": Named("Sam", False)}
#: Five spells of five days, six weeks from one another.
SPELLS = tuple(spell("b", date(2025, 2, 3) + timedelta(weeks=6 * n), 5) for n in range(5))
STARTS = [e.start for e in SPELLS]


def noted(*notes: tuple[date, str, str, int]) -> pl.DataFrame:
    rows = [(*note, "made", i) for i, note in enumerate(notes)]
    return pl.DataFrame(rows, schema=CHECKIN_SCHEMA, orient="row")


def daily(item: str, value: int = 0) -> list[tuple[date, str, str, int]]:
    """A note of every day, so that every week has some."""
    return [(FIRST + timedelta(d), "b", item, value) for d in range((LAST - FIRST).days + 1)]


def on(days: Iterable[date], person: str, item: str, value: int = 3) -> list[tuple[date, str, str, int]]:
    return [(day, person, item, value) for day in days]


def only(found: tuple[Exposure, ...], item: str) -> Exposure:
    (one,) = (e for e in found if e.item == item)
    return one


def test_what_comes_before_every_spell_and_hardly_otherwise_is_told_as_more() -> None:
    work = on([day - timedelta(2) for day in STARTS], "b", "work")
    (found,) = exposures(noted(*daily("distance"), *work), SPELLS, FIRST, LAST)
    assert (found.item, found.about, found.person, found.before, found.spells, found.otherwise) == (
        *("work", "b", "b"),
        *(5, 5, 0),
    )
    assert found.weeks >= 25
    assert found.difference is not None
    assert 0 < found.difference.low < found.difference.change == 1 == found.difference.high
    assert found.says == MORE
    assert list(of_exposures([found], PEOPLE)) == [
        f"Before spells of Sam’s check-ins name work for Sam more often than otherwise. {NO_CAUSE}"
    ]


def test_what_is_noted_in_every_week_is_told_of_none() -> None:
    found = only(exposures(noted(*daily("work", 3)), SPELLS, FIRST, LAST), "work")
    assert (found.before, found.spells) == (5, 5)
    assert found.otherwise == found.weeks >= 25
    assert found.says == CANNOT_TELL
    assert list(of_exposures([found], PEOPLE)) == []


def test_from_two_spells_nothing_is_claimed_whatever_the_counts() -> None:
    assert FEWEST_SPELLS == 3
    work = on([day - timedelta(2) for day in STARTS], "b", "work")
    few = only(exposures(noted(*daily("distance"), *work), SPELLS[:2], FIRST, date(2025, 3, 30)), "work")
    assert (few.before, few.spells, few.says) == (2, 2, CANNOT_TELL)


def test_one_spell_of_five_is_no_claim_even_where_no_other_week_has_it() -> None:
    (once,) = exposures(noted(*daily("distance"), *on(STARTS[:1], "b", "work")), SPELLS, FIRST, LAST)
    assert (once.before, once.otherwise, once.says) == (1, 0, CANNOT_TELL)


def test_the_more_is_compared_the_more_is_asked_of_each() -> None:
    """Four spells and a dozen weeks: one thing alone shows, the same thing among a dozen others does not."""
    until = date(2025, 7, 1)
    work = on([day - timedelta(1) for day in STARTS[:3]], "b", "work")
    sometimes = on([FIRST + timedelta(7 * n) for n in range(3)], "b", "work")
    others = ("money", "health", "family", "illness", "exhaustion", "feeling_useless", "partners_success")
    many = [note for item in others for who in "ab" for note in on([FIRST], who, item)]
    alone = only(exposures(noted(*daily("distance"), *work, *sometimes), SPELLS[:4], FIRST, until), "work")
    among = exposures(noted(*daily("distance"), *work, *sometimes, *many), SPELLS[:4], FIRST, until)
    beside = only(among, "work")
    assert alone.difference is not None
    assert beside.difference is not None
    assert beside.difference.change == alone.difference.change
    assert beside.difference.low < alone.difference.low
    assert beside.difference.high > alone.difference.high


def test_only_weeks_with_notes_count() -> None:
    work = on([STARTS[0] - timedelta(2)], "b", "work")
    (found,) = exposures(noted(*work, *on([LAST], "b", "flat")), SPELLS, FIRST, LAST)
    assert (found.before, found.spells, found.otherwise, found.weeks) == (1, 1, 0, 0)


def test_weeks_touch_no_spell_and_no_week_before_one() -> None:
    weeks = list(other_weeks(SPELLS, FIRST, LAST))
    assert all((b - a).days == 6 for a, b in weeks)
    for each in SPELLS:
        assert each.end is not None
        assert all(b < week_before(each)[0] or a >= each.end for a, b in weeks)
    running = spell("b", LAST - timedelta(20), 21, ended=False)
    assert max(b for _, b in other_weeks([running], FIRST, LAST)) < running.start - timedelta(6)


def test_what_lies_between_the_two_counts_for_either_and_a_little_weight_for_neither() -> None:
    quarrel = on([STARTS[0]], "a", "conflict") + on([STARTS[1]], "b", "conflict")
    small = on(STARTS, "b", "money", 1)
    found = exposures(noted(*daily("distance"), *quarrel, *small), SPELLS, FIRST, LAST)
    assert [(e.item, e.about, e.before) for e in found] == [("conflict", None, 2)]


def test_what_does_good_and_time_together_are_counted_too() -> None:
    good = on(STARTS, "b", "appreciation") + on(STARTS, "a", "felt_desired") + on(STARTS[:1], "a", "together", 1)
    found = exposures(noted(*good), SPELLS, FIRST, LAST)
    assert [(e.item, e.about) for e in found] == [("appreciation", "b"), ("felt_desired", "a"), ("together", None)]


def test_what_was_noted_before_a_spell_is_told_with_how_often_it_is_otherwise() -> None:
    day = STARTS[0] - timedelta(1)
    rows = noted(
        *daily("distance"),
        *on([day, day - timedelta(1)], "b", "work"),
        *on([day], "a", "fear_of_being_left"),
        *on([day], "a", "together"),
    )
    counts = exposures(rows, SPELLS, FIRST, LAST)
    lines = before_words(SPELLS[0], rows, counts, PEOPLE)
    weeks = counts[0].weeks
    assert lines[0] == (
        "For Sam: work, on 2 days. It is noted in the week up to one of five spells, and in none of "
        f"{weeks} other weeks with notes. The two cannot be told apart."
    )
    assert lines[1].startswith("For you: fear of being left, on 1 day.")
    assert lines[2].startswith("Time together in person, on 1 day.")
    assert lines[-2:] == (REACHES, NO_CAUSE)
    assert before_words(SPELLS[1], rows, counts, PEOPLE) == ()


def test_without_a_load_of_the_one_who_was_there_nothing_is_said_of_reaching() -> None:
    rows = noted(*on([STARTS[0]], "b", "work"))
    assert REACHES not in before_words(SPELLS[0], rows, exposures(rows, SPELLS, FIRST, LAST), PEOPLE)


@pytest.mark.parametrize("person", ["a", "b"])
def test_either_persons_spells_are_counted_apart(person: str) -> None:
    one = tuple(spell(person, day, 5) for day in STARTS)
    found = exposures(noted(*on(STARTS, "b", "work")), one, FIRST, LAST)
    assert {e.person for e in found} == {person}
