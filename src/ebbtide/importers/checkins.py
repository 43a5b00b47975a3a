"""Check-ins as CSV: `date,person,item,value` in any order of columns, one row a note."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from ebbtide.errors import ImportFailed, unopened
from ebbtide.importers.encodings import decode, is_text

#: The columns and what they hold; `source` and `record` are the file and the line a row stands in.
COLUMNS: dict[str, Any] = {"date": pl.Date, "person": pl.String, "item": pl.String, "value": pl.Int64}
#: A lifetime of daily notes is smaller.
LARGEST_BYTES = 16 * 2**20
LONGEST_SHOWN = 20
EXAMPLE = "A line looks like 2025-05-03,Sam,flat,3."


def read_checkins(path: str | Path) -> pl.DataFrame:
    """The rows of a CSV with typed columns date, person, item and value, and source and record (file and line).

    A line without a value says nothing and is left out. Columns of other names are not read. Raises `ImportFailed`
    with file, line and field for the first line that cannot be read.
    """
    path = Path(path)
    rows = list(rows_of(text_of(path), path.name))
    schema = {**COLUMNS, "source": pl.String, "record": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def text_of(path: Path) -> str:
    """The text of a file of check-ins; `ImportFailed` where it cannot be had."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST_BYTES else None
    except OSError as error:
        raise ImportFailed(
            f"The check-ins cannot be opened: {unopened(error)}.",
            where=str(path),
            try_="Check the path, and the spelling.",
        ) from None
    if data == b"":
        raise ImportFailed("The file of check-ins is empty.", where=path.name, try_=EXAMPLE)
    if data is None or not is_text(data):
        what = "too large for a table" if data is None else "no text"
        raise ImportFailed(f"This file is {what} of check-ins.", where=path.name, try_=EXAMPLE)
    return decode(data, path.name).data.decode()


def delimiter_of(text: str) -> str:
    """What parts the fields: spreadsheets of some countries use semicolons."""
    first = text.partition("\n")[0]
    return ";" if ";" in first and "," not in first else ","


def rows_of(text: str, name: str) -> Iterator[tuple[Any, ...]]:
    """The typed rows that hold a value, each with `name` and the line it ends in; `ImportFailed` names a bad one."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        place = places(next(lines, []), name)
        for fields in lines:
            if not any(field.strip() for field in fields):
                continue
            where = f"{name}, line {lines.line_num}"
            cells = {column: _cell(fields, at, column, where) for column, at in place.items()}
            if cells["value"]:
                yield (*(READERS[c](cells[c], f"{where}, {c}") for c in COLUMNS), name, lines.line_num)
    except csv.Error:
        raise ImportFailed(
            "This line is no line of a table.", where=f"{name}, line {lines.line_num}", try_=EXAMPLE
        ) from None


def places(header: list[str], name: str) -> dict[str, int]:
    """Where each column stands; `ImportFailed` names one that is missing."""
    names = [field.strip().lower() for field in header]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise ImportFailed(
            f"The first line of the check-ins does not name the field {missing[0]}.",
            where=f"{name}, line 1",
            try_=f"It reads {','.join(COLUMNS)}.",
        )
    return {column: names.index(column) for column in COLUMNS}


def _cell(fields: list[str], at: int, column: str, where: str) -> str:
    if at < len(fields):
        return fields[at].strip()
    raise ImportFailed("This line ends early.", where=f"{where}, {column}", try_=EXAMPLE)


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ImportFailed(f"{_shown(text)} is not a day.", where=where, try_="Write it like 2025-05-03.") from None


def _number(text: str, where: str) -> int:
    """A whole number, which some programs write as 3.0."""
    whole, _, rest = text.partition(".")
    if whole.removeprefix("-").isdecimal() and len(whole) <= LONGEST_SHOWN and not rest.strip("0"):
        return int(whole)
    raise ImportFailed(f"{_shown(text)} is not a whole number.", where=where, try_="Write a number from 0 to 4.")


def _name(text: str, where: str) -> str:
    if text:
        return text
    raise ImportFailed("This field is empty.", where=where, try_=EXAMPLE)


def _shown(text: str) -> str:
    """A value as an error may repeat it: short, so that nothing written in the wrong place is told on."""
    return f"“{text}”" if len(text) <= LONGEST_SHOWN else f"“{text[:LONGEST_SHOWN]}…”"


READERS: dict[str, Callable[[str, str], Any]] = {"date": _day, "person": _name, "item": _name, "value": _number}
