"""Parsed: one export file read, before several are merged into a Conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from ebbtide.conversation import EVENT_SCHEMA, ImportReport, Interval, Problem

#: The columns of one file's events: the schema of the conversation without ids. `person` holds names.
PARSED_SCHEMA = pl.Schema({name: kind for name, kind in EVENT_SCHEMA.items() if name != "id"})

ZoneSource = Literal["given", "export", "assumed"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The events of one file in file order, with names for persons, and the account of its lines."""

    events: pl.DataFrame
    tz: str
    tz_source: ZoneSource
    report: ImportReport

    @property
    def app(self) -> str:
        """The app the file comes from: "whatsapp" or "telegram"."""
        return self.report.format

    @property
    def interval(self) -> Interval | None:
        """The first to the last moment the file holds an event for."""
        first, last = self.events.select(pl.col("at").min(), pl.col("at").max().alias("last")).row(0)
        return None if first is None else (first, last)

    @property
    def writers(self) -> tuple[str, ...]:
        """The names of those who did anything in the file, in order of first appearance."""
        named = self.events["person"].drop_nulls().unique(maintain_order=True)
        return tuple(named.to_list())


def import_report(
    *,
    file: str,
    format: str,
    events: pl.DataFrame,
    lines: int,
    continuations: int,
    problems: Sequence[Problem],
    choices: Mapping[str, str],
    unreadable: int,
) -> ImportReport:
    """The account of one file: `lines == events + continuations + unreadable`, always."""
    kinds = events["kind"].cast(pl.String).value_counts(sort=True)
    return ImportReport(
        file=file,
        format=format,
        lines=lines,
        events=events.height,
        by_kind=dict(zip(kinds["kind"].to_list(), kinds["count"].to_list(), strict=True)),
        unreadable=unreadable,
        continuations=continuations,
        choices=dict(choices),
        problems=tuple(sorted(problems, key=lambda p: p.record)),
    )
