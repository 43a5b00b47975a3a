"""Unkept: days that were named for being in touch or coming, on which nothing came (S22). What happened, never why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from ebbtide.reading.phrases import on_day, times
from ebbtide.reading.present import named, present
from ebbtide.reading.promised import agreed
from ebbtide.reading.types import Finding, Reading
from ebbtide.signals.named_days import day_named

#: So far back a day that was named counts, and from so many on, and so large a share of them, it is told.
LATELY, FEWEST, SHARE = timedelta(days=60), 2, 0.5
#: A day lasts until so late in the night after it; within so long of naming it nothing is due.
NIGHT, IN_ONE_GO = time(4), timedelta(minutes=30)
#: Who waits for somebody to come asks, and writes again so long after.
ASKS_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """A message in which somebody named a day, that day, and until when it lasts; `coming` if they meant to come."""

    row: Mapping[str, Any]
    day: date
    begins: datetime
    ends: datetime
    coming: bool


def of_unkept(said: pl.DataFrame, calls: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """How often the one in question named a day for being in touch or coming, and was not heard of on it.

    `said` are the marked messages (build.py), `calls` the `person` and `at` of calls. A day counts only where the
    other shows that nothing came: by writing into it and, where a visit was due, by asking.
    """
    now = present(reading)
    days = {p.day: p for p in promises(said, now.who, reading)}
    missed = [p for p in days.values() if nothing_came(said, calls, now.who, p)]
    if len(missed) < FEWEST or len(missed) < SHARE * len(days):
        return
    who = named(reading, now.who)
    last = max(p.day for p in missed)
    words = (
        f"{who.first} wrote {times(len(missed))} of being in touch or coming on a day, and on that day no word from "
        f"{who} was found, most recently {on_day(last, now.today)}."
    )
    numbers = {"times": float(len(missed)), "named": float(len(days))}
    yield Finding("unkept", now.who, words, numbers, tuple(p.row["id"] for p in missed))


def promises(said: pl.DataFrame, who: str, reading: Reading) -> Iterator[Promise]:
    """The days one person named of late that are over, that the record covers, and that stood until they came."""
    zone = ZoneInfo(reading.span.tz)
    own = said.filter((pl.col("person") == who) & (pl.col("ago") <= LATELY))
    for row in own.filter(pl.any_horizontal("will_write", "will_meet", "will_tonight")).iter_rows(named=True):
        coming = row["will_meet"] and not row["will_write"]
        day = day_named(row["text"], row["day"], "will_meet" if coming else "will_write")
        if row["will_tonight"] and not (row["will_meet"] or row["will_write"]):
            day, coming = row["day"], False
        if day is None or not agreed(said, row, day):
            continue
        begins = datetime.combine(day, time(), zone).astimezone(UTC)
        ends = datetime.combine(day + timedelta(days=1), NIGHT, zone).astimezone(UTC)
        known = any(start <= max(begins, row["at"]) and ends <= end for start, end in reading.span.coverage)
        # A word before the day that it will not be, or a sorry, is a word.
        off = own.filter(
            (pl.col("at") > row["at"]) & (pl.col("at") < begins) & (pl.col("declined") | pl.col("apology"))
        )
        if known and off.is_empty():
            yield Promise(row, day, max(begins, row["at"] + IN_ONE_GO), ends, coming)


def nothing_came(said: pl.DataFrame, calls: pl.DataFrame, who: str, promise: Promise) -> bool:
    """Whether nothing of theirs is on that day, and what the other wrote meanwhile shows that they were waited for."""
    inside = pl.col("at").is_between(promise.begins, promise.ends)
    mine = pl.col("person") == who
    # A call of either is contact: who rang, the record of a call often leaves open.
    if not said.filter(mine & inside).is_empty() or not calls.filter(inside).is_empty():
        return False
    after = said.filter(pl.col("at") > promise.ends)
    back = after.filter(mine)["at"].min() or promise.ends + timedelta(days=1)
    waiting = said.filter(~mine & (pl.col("at") >= promise.begins) & (pl.col("at") < back))
    if waiting.is_empty() or waiting.select(pl.any_horizontal("surely_warm", "together").any()).item():
        return False
    # "Can you bring milk" is asked of somebody who comes, and "when do you come" of somebody who does not.
    wants = pl.col("question") & (pl.col("apart") | ~pl.col("household")) if promise.coming else pl.lit(True)
    asked = waiting.filter(wants)["at"].min()
    if asked is None:
        return False
    return not promise.coming or bool((waiting["at"] >= asked + ASKS_AGAIN).any())  # type: ignore[operator]
