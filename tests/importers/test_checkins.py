"""Check-ins read from CSV: what is read, and what is said about a line that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ebbtide.errors import ImportFailed
from ebbtide.importers.checkins import LARGEST_BYTES, read_checkins
from ebbtide.selfreport import CHECKIN_SCHEMA

HEADER = "date,person,item,value\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes.csv"


def test_rows_come_typed_and_with_their_place(notes: Path) -> None:
    notes.write_text(HEADER + "2025-05-03,Sam,flat,3\n\n2025-05-04,b,together,0\n", encoding="utf-8")
    found = read_checkins(notes)
    assert found.schema == CHECKIN_SCHEMA
    assert found.rows() == [
        (date(2025, 5, 3), "Sam", "flat", 3, "notes.csv", 2),
        (date(2025, 5, 4), "b", "together", 0, "notes.csv", 4),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"value,item,note,person,date\n3,flat,long day,Sam,2025-05-03\n",
        b" Date ; PERSON;Item;Value\r\n2025-05-03;Sam;flat;3\r\n",
        b'\xef\xbb\xbfdate,person,item,value\n"2025-05-03"," Sam ",flat,3.0\n',
        (HEADER + "2025-05-03,Sam,flat,3\n").encode("utf-16"),
        (HEADER + "2025-05-03,Sam,flat,3\n2025-05-04,Sam,flat,\n").encode(),
    ],
    ids=["other order and a column more", "semicolons", "quotes, a mark, a point", "utf-16", "no answer"],
)
def test_tables_as_programs_write_them(notes: Path, data: bytes) -> None:
    notes.write_bytes(data)
    assert read_checkins(notes).select("date", "person", "item", "value").rows() == [
        (date(2025, 5, 3), "Sam", "flat", 3)
    ]


def test_a_table_without_rows_holds_none(notes: Path) -> None:
    notes.write_text(HEADER, encoding="utf-8")
    assert read_checkins(notes).schema == CHECKIN_SCHEMA
    assert read_checkins(notes).is_empty()


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("date,person,item\n", "The first line of the check-ins does not name the field value.", "line 1"),
        (HEADER + "2025-05-03,Sam,flat,3\n2025-02-30,Sam,flat,3\n", "“2025-02-30” is not a day.", "line 3, date"),
        (HEADER + "03/05/2025,Sam,flat,3\n", "“03/05/2025” is not a day.", "line 2, date"),
        (HEADER + ",Sam,flat,3\n", "“” is not a day.", "line 2, date"),
        (HEADER + "2025-05-03,,flat,3\n", "This field is empty.", "line 2, person"),
        (HEADER + "2025-05-03,Sam,,3\n", "This field is empty.", "line 2, item"),
        (HEADER + "2025-05-03,Sam,flat,much\n", "“much” is not a whole number.", "line 2, value"),
        (HEADER + "2025-05-03,Sam,flat,2.5\n", "“2.5” is not a whole number.", "line 2, value"),
        (HEADER + "2025-05-03,Sam,flat\n", "This line ends early.", "line 2, value"),
        (HEADER + f"2025-05-03,Sam,{'x' * 140_000},3\n", "This line is no line of a table.", "line 2"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_field(notes: Path, text: str, what: str, where: str) -> None:
    notes.write_text(text, encoding="utf-8")
    with pytest.raises(ImportFailed) as told:
        read_checkins(notes)
    assert (told.value.what, told.value.where) == (what, f"notes.csv, {where}")
    assert told.value.try_


def test_an_empty_file_is_said_to_be_empty(notes: Path) -> None:
    notes.write_text("", encoding="utf-8")
    with pytest.raises(ImportFailed, match="is empty") as told:
        read_checkins(notes)
    assert told.value.where == "notes.csv"
    assert told.value.try_


def test_what_was_written_in_the_wrong_field_is_not_told_on(notes: Path) -> None:
    notes.write_text(HEADER + "2025-05-03,Sam,flat,he said that he needs to be alone now\n", encoding="utf-8")
    with pytest.raises(ImportFailed) as told:
        read_checkins(notes)
    assert "alone" not in str(told.value)


def test_a_file_that_is_not_there_or_no_text_or_too_large(notes: Path) -> None:
    with pytest.raises(ImportFailed, match="cannot be opened: there is no such file"):
        read_checkins(notes)
    notes.write_bytes(bytes(range(256)) * 40)
    with pytest.raises(ImportFailed, match="no text of check-ins"):
        read_checkins(notes)
    with notes.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    with pytest.raises(ImportFailed, match="too large"):
        read_checkins(notes)
    with pytest.raises(ImportFailed, match="cannot be opened"):
        read_checkins(notes.parent)
