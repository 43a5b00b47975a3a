"""Check-ins checked, laid out by day, and read beside the messages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest

from ebbtide import analysis, report, selfreport
from ebbtide.conversation import Conversation
from ebbtide.errors import ImportFailed
from ebbtide.reading import Reading
from ebbtide.selfreport.checkins import CHECKIN_SCHEMA, EVIDENCE, ITEMS, checked
from ebbtide.simulator import Couple, make_couple
from tests.talks import START, flow, talk

FIELDS = ["date", "person", "item", "value"]
FIRST = START.date()
PAIR = talk([(0.0, "a"), (24.0 * 9 + 12, "b")])


def rows(*notes: tuple[int, str, str, int | None]) -> pl.DataFrame:
    """Check-ins so many days into the record."""
    return pl.DataFrame([(FIRST + timedelta(d), *rest) for d, *rest in notes], schema=FIELDS, orient="row")


def refused(notes: pl.DataFrame) -> ImportFailed:
    with pytest.raises(ImportFailed) as told:
        checked(notes, PAIR)
    return told.value


# Checked.


def test_people_go_by_name_or_id_and_items_by_id_however_written() -> None:
    found = checked(rows((0, "sam", "Vague plans", 1), (1, "b", "flat", 0), (2, " Jo", "less-eye-contact", 4)), PAIR)
    assert found.schema == CHECKIN_SCHEMA
    assert found.select("person", "item", "record").rows() == [
        ("b", "vague_plans", 1),
        ("b", "flat", 2),
        ("a", "less_eye_contact", 3),
    ]


def test_no_check_ins_are_no_rows() -> None:
    assert checked(None, PAIR).schema == CHECKIN_SCHEMA
    assert checked(None, PAIR).is_empty()


def test_every_item_is_taken_and_means_one_thing() -> None:
    assert len(set(ITEMS)) == len(ITEMS)
    assert checked(rows(*((0, "a", item, 2) for item in ITEMS)), PAIR).height == len(ITEMS)


@pytest.mark.parametrize(
    ("note", "what", "field", "advice"),
    [
        ((0, "Robin", "flat", 1), "“Robin” is neither of the two people.", "person", "Jo or Sam"),
        ((0, "Sam", "flatt", 1), "“flatt” is not an item of the check-ins.", "item", "Perhaps flat was meant."),
        ((0, "Sam", "zzz", 1), "“zzz” is not an item of the check-ins.", "item", "The items are fewer_contacts, "),
        ((0, "Sam", "flat", 5), "“5” is not on the scale from 0 to 4.", "value", "0 (not at all) to 4"),
        ((0, "Sam", "flat", -1), "“-1” is not on the scale from 0 to 4.", "value", "0 (not at all) to 4"),
        ((0, "Sam", "flat", None), "There is no value.", "value", "leave the line out"),
    ],
)
def test_a_note_that_cannot_be_used_is_named(
    note: tuple[int, str, str, int | None], what: str, field: str, advice: str
) -> None:
    told = refused(rows((3, "Jo", "flat", 2), note, note))
    assert (told.what, told.where) == (what, f"check-ins, line 2, {field}")
    assert advice in str(told.try_)
    assert str(told).endswith("The same holds for line 3.")


def test_a_note_says_the_file_and_line_it_came_from() -> None:
    placed = rows((0, "Sam", "flat", 9)).with_columns(pl.lit("notes.csv").alias("source"), pl.lit(7).alias("record"))
    assert refused(placed).where == "notes.csv, line 7, value"


def test_a_frame_of_another_shape_is_refused() -> None:
    whole = rows((0, "Sam", "flat", 1))
    assert refused(whole.drop("item")).what == "These check-ins lack the field item."
    worded = whole.with_columns(pl.lit("much").alias("value"))
    assert refused(worded).what == "The field value of these check-ins holds String, not Int64."
    undated = whole.with_columns(pl.lit(None, dtype=pl.Date).alias("date"))
    assert (refused(undated).what, refused(undated).where) == ("There is no date.", "check-ins, line 1, date")


def test_a_long_value_is_cut_short_in_the_error() -> None:
    assert "secret" not in str(refused(rows((0, "Sam", "something quite long and secret", 1))))


# Laid out by day.


def test_answers_stand_on_their_day_and_the_rest_is_unknown() -> None:
    seen = flow([(0.0, "a"), (24.0 * 9 + 12, "b")])
    notes = ((2, "b", "flat", 1), (2, "b", "flat", 4), (9, "a", "distance", 3), (3, "b", "work", 4))
    outside = ((-1, "b", "flat", 4), (10, "b", "flat", 4))
    value = selfreport.reports(checked(rows(*notes, *outside), PAIR), seen).value
    assert value.shape == (2, len(EVIDENCE), 10)
    assert value[1, EVIDENCE.index("flat"), 2] == 2.5
    assert value[0, EVIDENCE.index("distance"), 9] == 3
    assert np.count_nonzero(~np.isnan(value)) == 2


def test_room_asked_days_together_and_what_weighed() -> None:
    seen = flow([(0.0, "a"), (24.0 * 9 + 12, "b")])
    noted = checked(
        rows(
            (4, "b", "says_space", 2),
            (5, "b", "says_space", 0),
            (7, "a", "together", 1),
            (6, "b", "together", 4),
            (6, "a", "together", 3),
            (8, "b", "together", 0),
            (1, "b", "work", 3),
            (1, "a", "money", 3),
            (2, "b", "conflict", 1),
        ),
        PAIR,
    )
    asked = selfreport.room_asked(noted, seen)
    assert np.argwhere(asked > 0).tolist() == [[1, 4]]
    assert selfreport.days_together(noted) == [FIRST + timedelta(d) for d in (6, 7)]
    assert selfreport.triggers(noted, "b") == ((FIRST + timedelta(1), "work"),)
    near = [selfreport.said_before_going(noted, "b", FIRST + timedelta(d)) for d in (0, 1, 6, 7)]
    assert near == [False, True, True, False]
    assert not selfreport.said_before_going(noted, "a", FIRST + timedelta(4))


# Read beside the messages.


@cache
def couple() -> Couple:
    """Ten weeks of two who talk much, b of whom withdraws for nine days of February and says nothing of it."""
    return make_couple(15, kind="busy", days=70, words=False)


@cache
def plain() -> Reading:
    return analysis.read(couple().conversation)


def noted(*columns: tuple[str, str, Sequence[tuple[date, int]]]) -> pl.DataFrame:
    """Check-ins by person, item, and the value of each day."""
    lines: list[Any] = [(day, person, item, value) for person, item, values in columns for day, value in values]
    return pl.DataFrame(lines, schema=FIELDS, orient="row")


def first_day(of: Conversation) -> date:
    return of.coverage[0][0].date()


def every_day(value: int) -> list[tuple[date, int]]:
    return [(first_day(couple().conversation) + timedelta(d), value) for d in range(70)]


def test_without_rows_the_reading_is_the_same_but_for_the_line_that_says_so() -> None:
    none = analysis.read(couple().conversation, checkins=pl.DataFrame(schema=CHECKIN_SCHEMA))
    told = none.to_dict()
    assert told["findings"].pop()["words"] == "None of the check-ins is from a day of this record."
    assert json.dumps(told) == json.dumps(plain().to_dict())


def test_check_ins_that_see_nothing_leave_the_deep_spell_and_are_named() -> None:
    read = analysis.read(couple().conversation, checkins=noted(("Kai", "flat", every_day(0))))
    spans = [[(e.episode.person, e.episode.start, e.episode.end) for e in r.episodes] for r in (read, plain())]
    assert spans[0] == spans[1] != []
    assert read.findings[-1].words == "Check-ins of 70 days are read beside the messages."


def test_days_together_tell_nothing_by_messages_and_still_something_by_check_ins() -> None:
    (true,) = couple().episodes
    assert true.end is not None
    spell = [true.start.date() + timedelta(d) for d in range((true.end - true.start).days)]
    together = ("b", "together", [(day, 4) for day in spell])
    near = analysis.read(couple().conversation, checkins=noted(together))
    assert near.episodes == ()
    words = next(f.words for f in near.findings if f.key == "checkins")
    assert words.endswith(f"On {len(spell)} days they note time together in person; quiet is not measured there.")
    answers = [(day, 4 if day in spell else 0) for day, _ in every_day(0)]
    signs = [("b", item, answers) for item in ("flat", "less_affection", "avoids_feelings", "vague_plans")]
    (found,) = analysis.read(couple().conversation, checkins=noted(together, *signs)).episodes
    assert (found.episode.person, found.episode.end) == ("b", true.end.date())
    assert abs(found.episode.start - spell[0]) <= timedelta(1)


def test_what_check_ins_name_stands_beside_the_spell() -> None:
    (spell,) = (e.episode for e in plain().episodes)
    before = spell.start - timedelta(1)
    notes = noted(("b", "says_space", [(before, 3)]), ("b", "work", [(spell.start, 4)]), ("b", "money", [(before, 4)]))
    (found,) = analysis.read(couple().conversation, checkins=notes).episodes
    assert found.episode.said_so is True
    assert "A check-in notes that Kai said so." in [c.why for c in found.criteria]
    # What was noted on the day before belongs to it.
    assert found.other_explanations[0] == "Check-ins from these days name money and work."


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"living": "moon"}, "One of: together, apart, distance."),
        ({"before": {"ended": "oddly"}}, "One of: warm, flat, unacknowledged, varied."),
        ({"after_what": ["rain"]}, "One of: closeness, quarrel,"),
        ({"safety": {"afraid": "unsure"}}, "This is neither true nor false (answers, safety.afraid)."),
        ({"stress": ["Many Things"]}, "This is no id"),
        ({"moods": 1}, "There is no such question (answers, moods). Did you mean mood?"),
    ],
)
def test_an_answer_that_cannot_be_is_told_with_what_can(answers: dict[str, object], said: str) -> None:
    with pytest.raises(ImportFailed) as failed:
        selfreport.read_answers(answers)
    assert said in str(failed.value)
    assert "answers, answers" not in str(failed.value)


def test_what_was_noted_before_the_spell_stands_beside_it_and_in_the_json() -> None:
    (spell,) = (e.episode for e in plain().episodes)
    notes = noted(("b", "work", [(spell.start - timedelta(3), 4)]), ("a", "exhaustion", [(spell.start, 3)]))
    read = analysis.read(couple().conversation, checkins=notes)
    (found,) = read.episodes
    assert found.noted[0].startswith("For Kai: work, on 1 day. It is noted in the week up to the one spell")
    told = read.to_dict()
    assert told["episodes"][0]["noted"] == list(found.noted)
    assert [(e["item"], e["about"], e["person"], e["before"]) for e in told["exposures"]] == [
        ("work", "b", "b", 1),
        ("exhaustion", "a", "b", 1),
    ]
    page = report.html(read)
    assert "Noted in the week before" in page
    assert "For Kai: work, on 1 day." in page
    assert "Noted in the week before" not in report.html(plain())
