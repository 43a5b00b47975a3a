"""The line that begins a WhatsApp message: date, time, then who and what. One shape per file, found from all of it.

A phone writes every header of an export the same way. So all lines that look like any header are collected, the most
frequent shape is the file's own, and lines of another shape are somebody quoting another chat: part of a message.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from ebbtide.importers.phrases import MARKS, SPACE, dayparts, plain_daypart

#: Digits of other scripts, beside 0–9: Arabic, Persian, Devanagari, Bengali.
ZEROS = "\u0660\u06f0\u0966\u09e6"
DIGIT = "[0-9" + "".join(f"{z}-{chr(ord(z) + 9)}" for z in ZEROS) + "]"
ASCII_DIGITS = {chr(ord(z) + i): str(i) for z in ZEROS for i in range(10)}

#: What two headers of one file always share.
SHAPE = ("style", "first_separator", "year", "comma", "clock_separator", "has_seconds", "daypart_place")
NUMBERS = ("first", "second", "third", "hour", "minute", "seconds")


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of a file: one row per header line, and the lines that look like headers of another shape.

    `rows` has line (from 0), first, second, third, hour, minute, seconds (null without), daypart (null without) and
    rest, what follows. `year_first` is whether the first number is a year of four digits.
    """

    rows: pl.DataFrame
    style: str
    separator: str
    year_first: bool
    has_seconds: bool
    twelve_hours: bool
    other_shapes: list[int]


@cache
def header_patterns() -> dict[str, str]:
    """A pattern for each style of header.

    bracket `[31/12/2024, 21:41:07] …` (iOS), dash `31/12/24, 21:41 - …` (Android), colon `31/12/24 21:41:07: …`
    (old iOS), clock_first `[21:41, 31/12/2024] …` (copied from WhatsApp Web).
    """
    m, s, d = f"{MARKS}*", SPACE, DIGIT
    part = f"(?:{dayparts().pattern})"
    date = (
        rf"(?P<first>{d}{{1,4}}){m}(?P<first_separator>[./-]){m}{s}?(?P<second>{d}{{1,2}}){m}"
        rf"(?P<second_separator>[./-]){m}{s}?(?P<third>{d}{{1,4}})\.?{m}"
    )
    clock = (
        rf"(?:(?P<before>{part}){s}?)?(?P<hour>{d}{{1,2}}){s}?(?P<clock_separator>[:.hH]){s}?(?P<minute>{d}{{2}})"
        rf"(?:[:.]{m}(?P<seconds>{d}{{2}}))?{m}(?:{s}{{0,2}}{m}(?P<after>{part}))?{m}"
    )
    gap = rf"(?P<comma>[,،]?){m}{s}{{1,2}}{m}"
    return {
        "bracket": rf"^{m}\[{m}{date}{gap}{clock}\]{m}{s}?(?P<rest>.*)$",
        "dash": rf"^{m}{date}{gap}{clock}{s}[-–—](?:{s}(?P<rest>.*))?$",
        "colon": rf"^{m}{date}{gap}{clock}:{s}(?P<rest>.*)$",
        "clock_first": rf"^{m}\[{m}{clock}{gap}{date}\]{m}{s}?(?P<rest>.*)$",
    }


def find_headers(lines: pl.Series) -> Headers | None:
    """The headers of a file's lines, or None where no line looks like one."""
    found = [_of_style(lines, style, pattern) for style, pattern in header_patterns().items()]
    candidates = pl.concat([f for f in found if f is not None]) if any(f is not None for f in found) else None
    if candidates is None or candidates.is_empty():
        return None
    shape = _commonest(candidates)
    own = candidates.filter(*(pl.col(c) == shape[c] for c in SHAPE)).sort("line")
    if own.is_empty():
        return None
    other = set(candidates["line"].to_list()) - set(own["line"].to_list()) if own.height < candidates.height else set()
    return Headers(
        rows=_numbers(own).select("line", *NUMBERS, "daypart", "rest"),
        style=shape["style"],
        separator=shape["first_separator"],
        year_first=shape["year"] == "first",
        has_seconds=bool(shape["has_seconds"]),
        twelve_hours=shape["daypart_place"] != "none",
        other_shapes=sorted(other),
    )


def looks_like_chat(lines: pl.Series) -> bool:
    """Whether any of these lines begins a message."""
    return any(bool(lines.str.contains(pattern).any()) for pattern in header_patterns().values())


def _of_style(lines: pl.Series, style: str, pattern: str) -> pl.DataFrame | None:
    hits = lines.str.contains(pattern).fill_null(False)
    if not hits.any():
        return None
    table = pl.DataFrame({"line": hits.arg_true().cast(pl.Int64), "text": lines.filter(hits)})
    parts = table.select("line", pl.col("text").str.extract_groups(pattern).alias("parts")).unnest("parts")
    return (
        parts.filter(pl.col("first_separator") == pl.col("second_separator"))
        .with_columns(
            pl.lit(style).alias("style"),
            pl.when(pl.col("first").str.len_chars() == 4)
            .then(pl.lit("first"))
            .when(pl.col("third").str.len_chars() == 4)
            .then(pl.lit("last"))
            .otherwise(pl.lit("short"))
            .alias("year"),
            pl.col("seconds").is_not_null().alias("has_seconds"),
            pl.when(pl.col("before").is_not_null())
            .then(pl.lit("before"))
            .when(pl.col("after").is_not_null())
            .then(pl.lit("after"))
            .otherwise(pl.lit("none"))
            .alias("daypart_place"),
            pl.coalesce("before", "after").alias("daypart"),
            pl.col("rest").fill_null(""),
        )
        .select("line", *NUMBERS, "daypart", "rest", *SHAPE)
    )


def _commonest(candidates: pl.DataFrame) -> dict[str, Any]:
    """The shape most headers have; of two equally frequent the one that comes first."""
    counts = candidates.group_by(SHAPE).agg(pl.len().alias("n"), pl.col("line").min().alias("begins"))
    return counts.sort("n", "begins", descending=[True, False]).row(0, named=True)


def _numbers(own: pl.DataFrame) -> pl.DataFrame:
    """The digits as numbers, the daypart as the part of the day it means."""
    meaning = dayparts().meaning
    said = own["daypart"].drop_nulls().unique().to_list()
    return own.with_columns(
        *(pl.col(c).str.replace_many(ASCII_DIGITS).cast(pl.Int64) for c in NUMBERS),
        pl.col("daypart").replace_strict({t: meaning[plain_daypart(t)] for t in said}, return_dtype=pl.String),
    )


def hour_of_day(rows: pl.DataFrame) -> pl.Series:
    """The hour from 0 to 23; out of that range where the clock shows no such time."""
    hour, part = pl.col("hour"), pl.col("daypart")
    twelve = hour % 12
    return rows.select(
        pl.when(hour > 12)
        .then(pl.when(hour == 24).then(0).otherwise(hour))
        .when(part == "am")
        .then(twelve)
        .when(part == "pm")
        .then(twelve + 12)
        .when(part == "noon")
        .then(pl.when(hour < 10).then(hour + 12).otherwise(hour))
        .when(part == "night")
        .then(pl.when(hour == 12).then(0).when(hour >= 6).then(hour + 12).otherwise(hour))
        .otherwise(hour)
        .alias("hour")
    ).to_series()
