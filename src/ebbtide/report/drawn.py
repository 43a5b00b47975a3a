"""A figure of the report: words first, then the shape (wide and narrow), then the table behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

Row = tuple[str, ...]

#: A table of no more rows than this is kept on one sheet of paper.
SHORT = 18


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a figure, row by row; the first cell of a row is its heading.

    `groups` divides the rows, in their order: what a group is about, and how many rows it has.
    """

    columns: Row
    rows: tuple[Row, ...]
    groups: tuple[tuple[str, int], ...] = ()

    @property
    def short(self) -> bool:
        """Whether it is to be kept together on paper."""
        return len(self.rows) <= SHORT

    @property
    def parts(self) -> Iterator[tuple[str, tuple[Row, ...]]]:
        """The groups with their rows; a table without any is one group without a heading."""
        start = 0
        for heading, size in self.groups or (("", len(self.rows)),):
            yield heading, self.rows[start : start + size]
            start += size


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure drawn twice: `wide` for a page, `narrow` for a phone, where a shrunken page could not be read."""

    heading: str
    lead: str
    wide: Markup
    narrow: Markup
    caption: str
    table: Table
