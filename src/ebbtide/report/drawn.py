"""A figure of the report: words first, then the shape (wide and narrow), then the table behind it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a figure, row by row; the first cell of a row is its heading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure drawn twice: `wide` for a page, `narrow` for a phone, where a shrunken page could not be read."""

    heading: str
    lead: str
    wide: Markup
    narrow: Markup
    caption: str
    table: Table
