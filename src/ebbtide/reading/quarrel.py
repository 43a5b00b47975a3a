"""A quarrel: a day on which both wrote sharply, around the start of a spell or of late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.reading.phrases import on_day
from ebbtide.reading.present import present
from ebbtide.reading.types import Finding, Reading

#: A spell's quarrel is of the days before its start, or of its first ones; without a spell it is of the last ten days.
BEFORE, AFTER, OF_LATE = timedelta(days=4), timedelta(days=5), timedelta(days=10)
#: So many sharp messages in a day, some of either, are a quarrel: single ones are often misread.
FEWEST = 3


def of_quarrel(talk: Conversation, marks: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The sharpest such day, with some of its messages."""
    now = present(reading)
    first, last = now.today - OF_LATE, now.today
    if now.spell is not None:
        first, last = now.spell.episode.start - BEFORE, now.spell.episode.start + AFTER
    day = pl.col("at").dt.convert_time_zone(str(reading.span.now.tzinfo)).dt.date()
    sharp = talk.messages.join(marks.filter("sharp"), on="id", how="semi").sort("at").with_columns(day=day)
    days = sharp.filter(pl.col("day").is_between(first, last)).group_by("day").agg("id", pl.col("person").n_unique())
    found = days.filter((pl.col("person") == 2) & (pl.col("id").list.len() >= FEWEST))
    if found.is_empty():
        return
    row = found.sort(pl.col("id").list.len(), "day").row(-1, named=True)
    on = on_day(row["day"], now.today)
    words = f"{on[:1].upper()}{on[1:]} the two {'of you ' if reading.reader else ''}wrote sharply to each other."
    yield Finding("quarrel", None, words, evidence=tuple(row["id"][-5:]))
