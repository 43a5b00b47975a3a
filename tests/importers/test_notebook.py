"""A table of check-ins that grows: what is added, what is replaced, what stays, and what can be taken back."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebbtide.errors import ImportFailed
from ebbtide.importers.notebook import Note, item_id, noted, notes_of, taken_back
from ebbtide.selfreport import ITEMS

HEADER = "date,person,item,value\n"
DAY = date(2025, 5, 3)


def test_a_first_note_makes_the_table() -> None:
    text, sitting = noted("", [Note(DAY, "Sam", "flat", 3)], "notes.csv")
    assert text == HEADER + "2025-05-03,Sam,flat,3\n"
    assert (sitting.added, sitting.changed) == (1, ())


def test_a_second_entry_takes_the_place_of_the_first_and_says_what_that_was() -> None:
    before = HEADER + "2025-05-03,Sam,Less affection,3\n2025-05-03,Jo,less_affection,1\n"
    text, sitting = noted(before, [Note(DAY, "sam", "less_affection", 0)], "notes.csv")
    assert text == HEADER + "2025-05-03,Sam,Less affection,0\n2025-05-03,Jo,less_affection,1\n"
    assert [note.before for note in sitting.notes] == [3]
    assert taken_back(text, sitting) == before


def test_every_row_of_a_day_made_by_hand_is_replaced_and_comes_back() -> None:
    before = HEADER + "2025-05-03,Sam,flat,1\n2025-05-03,Sam,flat,4\n"
    text, sitting = noted(before, [Note(DAY, "Sam", "flat", 2)], "notes.csv")
    assert [note.value for note in notes_of(text, "notes.csv")] == [2, 2]
    assert sitting.notes[0].before == 4
    assert taken_back(text, sitting) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "value;item;note;person;date\r\n3;flat;a long day;Sam;2025-05-03\r\n",
            "value;item;note;person;date\r\n2;flat;a long day;Sam;2025-05-03\r\n1;together;;Sam;2025-05-03\r\n",
        ),
        (
            'date,person,item,value,note\n2025-05-03,Sam,flat,3,"two\nlines, one note"\n\n2025-05-02,Sam,flat,1,',
            'date,person,item,value,note\n2025-05-03,Sam,flat,2,"two\nlines, one note"\n\n2025-05-02,Sam,flat,1,\n'
            "2025-05-03,Sam,together,1,\n",
        ),
    ],
    ids=["another program", "a note of two lines, no line end"],
)
def test_tables_of_other_programs_keep_their_form(before: str, after: str) -> None:
    notes = [Note(DAY, "Sam", "flat", 2), Note(DAY, "Sam", "together", 1)]
    text, sitting = noted(before, notes, "notes.csv")
    assert text == after
    assert taken_back(text, sitting) == (before if before.endswith("\n") else before + "\n")


@pytest.mark.parametrize("text", ["14/02/2025, 08:01 - Jo: hello\n", HEADER + "2025-05-03,Sam,flat,much\n"])
def test_what_is_no_table_of_check_ins_is_not_added_to(text: str) -> None:
    with pytest.raises(ImportFailed):
        noted(text, [Note(DAY, "Sam", "flat", 3)], "notes.csv")


def test_items_are_known_as_a_reading_knows_them() -> None:
    assert item_id(" Less - affection ") == "less_affection"
    assert [item_id(item) for item in ITEMS] == list(ITEMS)


NOTES = st.builds(
    Note,
    st.integers(0, 3).map(lambda n: DAY + timedelta(n)),
    st.sampled_from(["Sam", "sam", "Jo", "Ana, “the” one", 'Bo "B"', "Zoë"]),
    st.sampled_from(["flat", "distance", "together"]),
    st.integers(0, 4),
)


@given(st.lists(NOTES, max_size=8), st.lists(NOTES, min_size=1, max_size=4, unique_by=lambda n: n.key), st.booleans())
def test_nothing_is_lost_and_a_sitting_can_be_taken_back(standing: list[Note], new: list[Note], windows: bool) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n" if windows else "\n")
    writer.writerow(["date", "person", "item", "value"])
    writer.writerows([n.date, n.person, n.item, n.value] for n in standing)
    before = out.getvalue()
    text, sitting = noted(before, new, "notes.csv")
    said = {n.key: n.value for n in new}
    found = notes_of(text, "notes.csv")
    assert [(n.key, said.get(n.key, n.value)) for n in standing] == [(n.key, n.value) for n in found[: len(standing)]]
    assert {n.key: n.value for n in found} == {n.key: n.value for n in standing} | said
    assert taken_back(text, sitting) == before
