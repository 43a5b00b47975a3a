"""A quarrel: a day on which both wrote sharply, around the start of a spell or of late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from ebbtide.reading.parting import LAUGHTER
from ebbtide.reading.phrases import large, on_day
from ebbtide.reading.present import present
from ebbtide.reading.types import Finding, Reading

#: A spell's quarrel is of the days before its start, or of its first ones; without a spell it is of the last ten days.
BEFORE, AFTER, OF_LATE = timedelta(days=4), timedelta(days=5), timedelta(days=10)
#: So many sharp messages in a day, some of either, are a quarrel; of two, one has to be surely sharp.
FEWEST = 2


def of_quarrel(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The sharpest such day, with some of its messages; `said` are the marked messages (build.py)."""
    now = present(reading)
    first, last = now.today - OF_LATE, now.today
    if now.spell is not None:
        first, last = now.spell.episode.start - BEFORE, now.spell.episode.start + AFTER
    sharp = said.filter(pl.col("sharp") & pl.col("day").is_between(first, last))
    many = pl.col("id").list.len()
    found = days_of_both(sharp, pl.col("surely_sharp").any()).filter(
        (many > FEWEST) | (pl.col("surely_sharp") & (many == FEWEST))
    )
    laughs = said.filter(pl.col("text").str.contains(LAUGHTER)).group_by("day").agg(laughs=pl.len())
    # Where they laugh as often as they snap it is banter.
    found = found.join(laughs, on="day", how="left").filter(many > pl.col("laughs").fill_null(0))
    if found.is_empty():
        return
    row = found.sort(many, "day").row(-1, named=True)
    words = f"{large(on_day(row['day'], now.today))} {two_of(reading)} wrote sharply to each other."
    yield Finding("quarrel", None, words, evidence=tuple(row["id"][-5:]))


def days_of_both(rows: pl.DataFrame, *beside: pl.Expr) -> pl.DataFrame:
    """The days of these messages on which both wrote some of them: `day`, their `id`s, and what is asked `beside`."""
    return rows.group_by("day").agg("id", pl.col("person").n_unique(), *beside).filter(pl.col("person") == 2)


def two_of(reading: Reading) -> str:
    """The two, to the reader or about both."""
    return "the two of you" if reading.reader else "the two"
