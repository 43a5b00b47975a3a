"""WhatsApp's chat export: a text file of lines, with `[date, time] Name: words` (iOS) or `date, time - Name: words`.

Every line is an event (a header and what belongs to it), a continuation of the one before, or a reported problem.
Times are wall-clock times of the phone, usually to the minute; they become UTC by the zone given or assumed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from ebbtide.conversation import Problem
from ebbtide.errors import UnknownExport
from ebbtide.importers.bodies import read_bodies, split_author
from ebbtide.importers.clock import to_utc
from ebbtide.importers.date_order import DateChoice, Dates, Order, day_number, decide, possible
from ebbtide.importers.encodings import Decoded, decode
from ebbtide.importers.headers import Headers, find_headers, hour_of_day
from ebbtide.importers.parsed import PARSED_SCHEMA, Parsed, ZoneSource, import_report

DAY_US = 86_400_000_000
#: Lines that look like headers of another chat are reported up to this many.
REPORTED_QUOTES = 100


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file sorted by what they are: numbers of lines, from 0."""

    total: int
    before_first: list[int]
    impossible: list[int]
    orphaned: list[int]


def read_whatsapp(
    data: bytes, name: str, *, tz: str, tz_source: ZoneSource, dates: Order | None = None, guess: Order | None = None
) -> Parsed:
    """Read one export.

    `tz` is the zone of its wall clock, `dates` the order asked for, `guess` the order another export of the same
    phone has shown, used where this file could be read both ways. Raises `UnknownExport` where no line begins a
    message, `AmbiguousDates` where day and month cannot be told.
    """
    decoded = decode(data, name)
    lines = split_lines(decoded.data)
    headers = find_headers(lines)
    if headers is None:
        raise UnknownExport(
            "No line of this file begins a message the way WhatsApp writes it.",
            where=name,
            try_="Export the chat again in WhatsApp (Export chat, without media) and give the file as it comes.",
        )
    rows = split_author(headers.rows)
    choice = _decide_dates(rows, headers, dates, guess, name)
    rows, impossible = _with_times(rows, choice, headers)
    rows, account = _with_continuations(rows, lines, impossible)
    events = _events(read_bodies(rows), headers, tz, name)
    choices = _choices(headers, choice, decoded, tz)
    problems = _problems(account, headers, decoded)
    unreadable = len(account.before_first) + len(account.impossible) + len(account.orphaned)
    report = import_report(
        file=name,
        format="whatsapp",
        events=events,
        lines=account.total,
        continuations=account.total - events.height - unreadable,
        problems=problems,
        choices=choices,
        unreadable=unreadable,
    )
    return Parsed(events, tz, tz_source, report)


def split_lines(data: bytes) -> pl.Series:
    """The lines of a UTF-8 text, without their ends; only a line feed (and a carriage return before it) ends one."""
    text = pl.Series("line", [data.removesuffix(b"\n")], dtype=pl.Binary).cast(pl.String)
    return text.str.split("\n").explode().str.strip_suffix("\r")


def _decide_dates(
    rows: pl.DataFrame, headers: Headers, asked: Order | None, guess: Order | None, name: str
) -> DateChoice:
    dates = _dates(rows, headers)
    written = rows["name"].drop_nulls().value_counts(sort=True)["count"].to_list()
    fewest = written[1] if len(written) > 1 else 0
    return decide(dates, asked, guess, fewest, name)


def _dates(rows: pl.DataFrame, headers: Headers) -> Dates:
    first, second, third = (rows[c].to_numpy() for c in ("first", "second", "third"))
    return Dates(first, second, third, headers.year_first, headers.separator)


def _with_times(rows: pl.DataFrame, choice: DateChoice, headers: Headers) -> tuple[pl.DataFrame, list[int]]:
    """Add `local`, the wall-clock time; headers whose date or time does not exist are taken out, by line."""
    year, month, day = _dates(rows, headers).read(choice.order)
    hour = hour_of_day(rows).to_numpy()
    minute, second = rows["minute"].to_numpy(), rows["seconds"].fill_null(0).to_numpy()
    good = possible(year, month, day) & (hour < 24) & (minute < 60) & (second < 60)
    local = day_number(year, month, day) * DAY_US + ((hour * 60 + minute) * 60 + second) * 1_000_000
    timed = rows.with_columns(pl.Series("local", local).cast(pl.Datetime("us")))
    return timed.filter(pl.Series(good)), rows["line"].filter(pl.Series(~good)).to_list()


def _with_continuations(rows: pl.DataFrame, lines: pl.Series, impossible: list[int]) -> tuple[pl.DataFrame, Lines]:
    """Join the lines that follow a header to its body; those that follow an impossible one are lost with it."""
    n = len(lines)
    starts = np.zeros(n, dtype=np.int8)
    starts[rows["line"].to_numpy()] = 1
    starts[impossible] = -1
    heads = np.flatnonzero(starts)
    owner = np.searchsorted(heads, np.arange(n), side="right") - 1
    loose = np.flatnonzero(starts == 0)
    before = loose[owner[loose] < 0]
    loose = loose[owner[loose] >= 0]
    head_of = heads[owner[loose]]
    lost = starts[head_of] < 0
    account = Lines(n, before.tolist(), impossible, loose[lost].tolist())
    if lost.all():
        return rows, account
    tails = (
        pl.DataFrame({"line": head_of[~lost], "tail": lines.gather(loose[~lost])})
        .group_by("line", maintain_order=True)
        .agg(pl.col("tail").str.join("\n"))
    )
    joined = rows.join(tails, on="line", how="left", maintain_order="left")
    return joined.with_columns(pl.concat_str("body", "tail", separator="\n", ignore_nulls=True).alias("body")), account


def _events(rows: pl.DataFrame, headers: Headers, tz: str, name: str) -> pl.DataFrame:
    told = rows.select(
        to_utc(rows["local"], tz).alias("at"),
        pl.lit(not headers.has_seconds).alias("minute_only"),
        "person",
        "kind",
        "text",
        pl.col("seconds_lasted").alias("seconds"),
        pl.lit(name).alias("source"),
        (pl.col("line") + 1).alias("record"),
        "flags",
    )
    return told.select(*PARSED_SCHEMA).cast(PARSED_SCHEMA)


def _choices(headers: Headers, choice: DateChoice, decoded: Decoded, tz: str) -> dict[str, str]:
    return {
        "date_order": choice.order,
        "by": choice.by,
        "clock": "12" if headers.twelve_hours else "24",
        "resolution": "second" if headers.has_seconds else "minute",
        "shape": headers.style,
        "encoding": decoded.encoding,
        "tz": tz,
    }


def _problems(account: Lines, headers: Headers, decoded: Decoded) -> list[Problem]:
    coded = {
        "before_first_message": account.before_first,
        "impossible_date": account.impossible,
        "after_impossible_date": account.orphaned,
        "looks_like_another_chat": headers.other_shapes[:REPORTED_QUOTES],
    }
    found = [Problem(line + 1, code) for code, lines in coded.items() for line in lines]
    return [*found, *decoded.problems]
