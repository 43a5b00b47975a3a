"""A table of check-ins that grows: lines are added or changed, and every other line stays as it is.

Text in, text out; files are for the commands. What one sitting did is kept as a `Sitting`, which can be taken back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from ebbtide.importers.checkins import COLUMNS, delimiter_of, places, rows_of

#: Day, person in small letters, item: what one answer is about.
Key: TypeAlias = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class Note:
    """One answer; `before` is what stood there for the same day, person and item."""

    date: date
    person: str
    item: str
    value: int
    before: int | None = None

    @property
    def key(self) -> Key:
        """What it is about. Names and items are compared as a reading compares them (selfreport/checkins.py)."""
        return self.date, self.person.strip().casefold(), item_id(self.item)


@dataclass(frozen=True, slots=True)
class Sitting:
    """What was done to a table: the records added at its end, and those changed, by place, as they were before."""

    notes: tuple[Note, ...]
    added: int
    changed: tuple[tuple[int, str], ...]


def item_id(text: str) -> str:
    """An item as people write it, as its id: "Less affection" is less_affection."""
    return re.sub(r"[\s\-]+", "_", text.strip().lower())


def notes_of(text: str, name: str) -> list[Note]:
    """Every answer in a table, in its order; `ImportFailed` for a line that cannot be read."""
    return [Note(*row[: len(COLUMNS)]) for row in rows_of(text, name)] if text.strip() else []


def noted(text: str, notes: Sequence[Note], name: str) -> tuple[str, Sitting]:
    """The table with the notes in it, and what was done; a note takes the place of one with its key.

    A table without a header gets one. Raises `ImportFailed` as reading the table does.
    """
    text = text if text.strip() else f"{','.join(COLUMNS)}\n"
    records, comma = records_of(text), delimiter_of(text)
    header = fields_of(records[0], comma)
    column, end = places(header, name), line_end(records[0]) or "\n"
    records = [record if line_end(record) else record + end for record in records]
    standing = places_of_notes(text, name)
    said: list[Note] = []
    added: list[str] = []
    changed: dict[int, str] = {}
    for note in notes:
        places_found = standing.get(note.key, [])
        for at, _ in places_found:
            changed.setdefault(at, records[at])
            fields = fields_of(records[at], comma)
            fields[column["value"]] = str(note.value)
            records[at] = record_of(fields, comma, line_end(records[at]))
        if not places_found:
            said_of = {
                "date": note.date.isoformat(),
                "person": note.person,
                "item": note.item,
                "value": str(note.value),
            }
            by_place = {column[key]: value for key, value in said_of.items()}
            added.append(record_of([by_place.get(i, "") for i in range(len(header))], comma, end))
        said.append(replace(note, before=places_found[-1][1] if places_found else None))
    return "".join((*records, *added)), Sitting(tuple(said), len(added), tuple(sorted(changed.items())))


def taken_back(text: str, sitting: Sitting) -> str:
    """The table as it was before a sitting, which has to be the last thing that was done to it."""
    records = records_of(text)
    records = records[: len(records) - sitting.added]
    for at, record in sitting.changed:
        records[at] = record
    return "".join(records)


def places_of_notes(text: str, name: str) -> dict[Key, list[tuple[int, int]]]:
    """For each key, the places of its records and their values; a table made by hand may hold several."""
    lines_before, place_of_line = 0, {}
    for at, record in enumerate(records_of(text)):
        lines_before += sum(1 for _ in io.StringIO(record, newline=""))
        place_of_line[lines_before] = at
    found: dict[Key, list[tuple[int, int]]] = {}
    for day, person, item, value, _, line in rows_of(text, name):
        found.setdefault(Note(day, person, item, value).key, []).append((place_of_line[line], value))
    return found


def records_of(text: str) -> list[str]:
    """The records of a table as they stand, each with its line end; a quoted field can hold several lines."""
    lines = list(io.StringIO(text, newline=""))
    reader, start, records = csv.reader(lines, delimiter=delimiter_of(text)), 0, []
    for _ in reader:
        records.append("".join(lines[start : reader.line_num]))
        start = reader.line_num
    return records


def fields_of(record: str, comma: str) -> list[str]:
    """The fields of one record."""
    return next(csv.reader(io.StringIO(record, newline=""), delimiter=comma), [])


def record_of(fields: Sequence[str], comma: str, end: str) -> str:
    """Fields as one record."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=comma, lineterminator=end).writerow(fields)
    return out.getvalue()


def line_end(record: str) -> str:
    """The line end of a record, "" where the file stops without one."""
    return record[len(record.rstrip("\r\n")) :]
