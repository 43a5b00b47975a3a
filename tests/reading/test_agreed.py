"""What changed after an agreement: the weeks before and after it, with ranges, and nothing claimed from little."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import polars as pl
import pytest

from ebbtide import analysis, report
from ebbtide.reading import Reading
from ebbtide.reading.agreed import (
    CAUTION,
    FEWEST_DAYS,
    MOST_DAYS,
    agreement_words,
    agreements,
    of_agreement,
    of_quiets,
)
from ebbtide.reading.beside import Compared
from ebbtide.reading.phrases import Named
from ebbtide.reading.told import told_reading
from ebbtide.selfreport import Intake, checked
from ebbtide.signals.moves import moves
from ebbtide.signals.spans import again, by_week, longest_quiets, unanswered
from ebbtide.signals.words import heard
from ebbtide.simulator import Couple, make_couple
from tests.reading import stories
from tests.talks import START, flow, talk

PEOPLE = {"a": Named("Jo", True), "b": Named("Sam", False)}
FIRST = START.date()
FIELDS = ["date", "person", "item", "value"]
Writes = list[tuple[float, str]]


def days_of(first: int, days: int, *, answered: bool) -> Writes:
    """So many days: a writes at nine, b answers at ten or only two days later."""
    lines: Writes = []
    for d in range(first, first + days):
        lines.append((24.0 * d + 9, "a"))
        if answered:
            lines.append((24.0 * d + 10, "b"))
        elif (d - first) % 3 == 2:
            lines.append((24.0 * d + 23, "b"))
    return lines


def changed() -> Writes:
    """Six weeks of answers that mostly stay away, and six weeks of answers within the hour."""
    return days_of(0, 42, answered=False) + days_of(42, 43, answered=True)


def noted_on(*days: int) -> pl.DataFrame:
    rows = [(FIRST + timedelta(d), "a", "agreement", 1) for d in days]
    return pl.DataFrame(rows, schema=FIELDS, orient="row")


def read(lines: Writes, agreed: int) -> tuple[Compared, ...]:
    seen, made = flow(lines), talk(lines)
    found = moves(made.events)
    (first,) = agreements(seen, found, heard(seen, made.events, found), checked(noted_on(agreed), made))
    return first.compared


def only(found: tuple[Compared, ...], id_: str, person: str | None = None) -> Compared:
    (one,) = (c for c in found if (c.id, c.person) == (id_, person))
    return one


# Counted.


def test_a_turn_without_an_answer_within_a_day_is_counted_on_its_day() -> None:
    seen = flow([(9.0, "a"), (10.0, "b"), (33.0, "a"), (70.0, "b"), (80.0, "a"), (24.0 * 9, "b")])
    late, chances = unanswered(seen, 0)
    assert np.flatnonzero(late).tolist() == [1, 3]
    assert np.flatnonzero(chances).tolist() == [0, 1, 3]


def test_an_answer_that_could_still_come_is_no_chance() -> None:
    seen = flow([(24.0 * 5, "a"), (24.0 * 9 + 20, "b"), (24.0 * 9 + 22, "a")])
    assert unanswered(seen, 0)[1].sum() == 1


def test_reaching_into_a_silence_is_counted_out_of_silences() -> None:
    seen = flow([(0.0, "a"), (13.0, "a"), (14.0, "b"), (20.0, "a"), (40.0, "b"), (24.0 * 9, "a")])
    broken, silences = again(seen, 0)
    # The first was broken by a; the one after 20 was ended by b.
    assert (broken.sum(), silences.sum()) == (1, 2)


def test_the_longest_quiet_of_a_week_is_that_of_both_and_may_begin_before_it() -> None:
    hourly = [(float(h), "ab"[h % 2]) for h in range(24 * 21)]
    kept = [(h, w) for h, w in hourly if not 24 * 5 < h < 24 * 9]
    seen = flow(kept)
    quiets = longest_quiets(seen, np.arange(seen.days) < 21)
    assert quiets.tolist() == pytest.approx([48, 96, 1], abs=1)


def test_weeks_are_summed_within_a_span() -> None:
    daily = np.arange(20.0)
    assert by_week(daily, np.arange(20) >= 3).tolist() == [sum(range(3, 10)), sum(range(10, 17))]


def test_a_silence_into_days_that_are_not_known_is_no_chance() -> None:
    lines = [(9.0, "a"), (10.0, "b"), (33.0, "a"), (120.0, "b"), (130.0, "a"), (200.0, "b")]
    seen = flow(lines)
    holed = replace(seen, holes=((seen.start + 30 * 3600, seen.start + 60 * 3600),))
    assert unanswered(seen, 0)[1].sum() == 3
    assert unanswered(holed, 0)[1].sum() == again(holed, 0)[1].sum() + 1 == 2


# Compared.


def test_what_surely_changed_is_told_and_the_rest_is_not() -> None:
    found = read(changed(), 42)
    less = only(found, "unanswered", "a")
    assert less.taken is not None and less.chances is not None and less.change is not None
    assert less.taken[0] > 15 and less.taken[1] == 0
    assert less.change.low < less.change.change < less.change.high < 0
    assert less.says == "less"
    assert only(found, "longest_quiet").says in ("less", "cannot tell")
    assert only(found, "warm").says == "cannot tell"
    assert only(found, "unanswered", "b").says == "cannot tell"


def test_where_nothing_changed_nothing_is_claimed() -> None:
    for lines in (days_of(0, 85, answered=False), days_of(0, 85, answered=True)):
        assert {c.says for c in read(lines, 42)} == {"cannot tell"}


def test_one_bad_week_is_no_change() -> None:
    lines = days_of(0, 30, answered=True) + days_of(30, 6, answered=False) + days_of(36, 49, answered=True)
    one = only(read(lines, 42), "unanswered", "a")
    assert one.taken is not None
    assert one.taken[0] >= 3 and one.taken[1] == 0
    assert one.says == "cannot tell"


def test_quiets_of_few_weeks_tell_nothing_and_alike_weeks_are_no_proof() -> None:
    assert of_quiets(np.array([10.0, 12.0]), np.array([30.0, 31.0, 32.0])).change is None
    longer = of_quiets(np.array([10.0, 11, 12, 10]), np.array([60.0, 55, 70, 66]))
    assert longer.says == "more"
    assert longer.before == pytest.approx(10.7, abs=0.1)
    same = of_quiets(np.full(4, 10.0), np.full(4, 10.5))
    assert same.says == "cannot tell"
    assert same.change is not None
    assert same.change.low < 0 < same.change.high


def test_days_between_two_agreements_bound_both() -> None:
    lines = days_of(0, 120, answered=True)
    seen, made = flow(lines), talk(lines)
    found = moves(made.events)
    days = [(FIRST + timedelta(d), "a", "agreement", 1) for d in (60, 80)]
    noted = checked(
        pl.DataFrame([*days, (FIRST + timedelta(300), "a", "agreement", 1)], schema=FIELDS, orient="row"), made
    )
    spoken = heard(seen, made.events, found)
    first, second = agreements(seen, found, spoken, noted, Intake(agreed_days=100))[1:]
    assert [a.day for a in (first, second)] == [FIRST + timedelta(60), FIRST + timedelta(80)]
    assert (first.days, second.days) == (19, 19)
    (told, *_) = agreements(seen, found, spoken, checked(None, made), Intake(agreed_days=60))
    assert (told.source, told.day) == ("intake", FIRST + timedelta(seen.days - 61))
    assert told.days == min(MOST_DAYS, seen.days - 61)


def test_too_near_the_edge_is_not_compared() -> None:
    lines = days_of(0, 60, answered=True)
    assert read(lines, FEWEST_DAYS - 1) == ()
    assert read(lines, FEWEST_DAYS) != ()


# Told.


def test_the_words_name_both_sides_and_never_the_agreement_as_the_reason() -> None:
    lines = changed()
    seen, made = flow(lines), talk(lines)
    found = moves(made.events)
    noted = checked(noted_on(42), made)
    (one,) = agreements(seen, found, heard(seen, made.events, found), noted)
    words = agreement_words(one, PEOPLE)
    assert words[0] == "Compared are the 6 weeks before it and after it."
    assert words[-1] == CAUTION
    (unanswered_words,) = (w for w in words if w.startswith("You wrote and had no answer within a day"))
    assert unanswered_words.endswith("after. That is less often than before.")


@cache
def couple() -> Couple:
    return make_couple(15, kind="busy", days=70, words=False)


def at(day: date) -> pl.DataFrame:
    return pl.DataFrame([(day, "a", "agreement", 1)], schema=FIELDS, orient="row")


def test_an_agreement_stands_in_the_json_and_on_the_page() -> None:
    first = couple().conversation.coverage[0][0].date()
    read_ = analysis.read(couple().conversation, checkins=at(first + timedelta(30)))
    (told,) = read_.to_dict()["agreements"]
    assert (told["day"], told["from"], told["days"]) == ((first + timedelta(30)).isoformat(), "checkins", 30)
    assert {c["id"] for c in told["compared"]} == {"unanswered", "again", "longest_quiet", "warm", "thanks"}
    assert all(c["says"] == "cannot tell" for c in told["compared"] if c["change"] is None)
    page = report.html(read_)
    assert "What changed after you agreed" in page
    assert "as you noted" in page


def running(level: str = "none", agreed_days: float | None = 20) -> Reading:
    made = stories.reading([stories.silence("a", 3), stories.silence("b", 90)], [stories.running("b", 5)], me="a")
    return replace(
        made,
        intake=Intake(agreed_days=agreed_days),
        safety=replace(made.safety, level=level),  # type: ignore[arg-type]
    )


def test_a_spell_after_an_agreement_brings_it_back() -> None:
    (found,) = of_agreement(running())
    assert found.key == "agreement"
    assert found.words == (
        "You two agreed on something on 25 April 2025. This spell began 16 days later. It is the first one since."
    )
    assert found.numbers == {"days_ago": 20.0}


def test_nothing_is_said_of_one_made_in_the_spell_or_beside_harm() -> None:
    assert list(of_agreement(running(agreed_days=3))) == []
    assert list(of_agreement(running(agreed_days=None))) == []
    assert list(of_agreement(running("look"))) == []
    assert list(of_agreement(running("urgent"))) == []


def test_it_is_told_from_the_intake_alone() -> None:
    told = told_reading(Intake(since_days=5, agreed_days=30, contact="less"), stories.NOW, "0")
    assert [f.key for f in told.findings if f.key == "agreement"] == ["agreement"]
    never = told_reading(Intake(since_days=50, agreed_days=30, contact="less"), stories.NOW, "0")
    assert all(f.key != "agreement" for f in never.findings)
