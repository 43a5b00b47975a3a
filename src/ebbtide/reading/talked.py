"""A talk about the quiet: a day since a return on which both spoke of it, so that nobody need open it again."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ebbtide.reading.phrases import on_day
from ebbtide.reading.present import present
from ebbtide.reading.quarrel import days_of_both, two_of
from ebbtide.reading.types import Finding, Reading

#: What speaks of it: marks of the one who is back, and of the one who waited.
OF_ONE_BACK = ("about_quiet", "explanation", "apology", "us_talk")
OF_OTHER = ("us_talk", "apology", "about_quiet", "open")
#: So many such messages in a day, some of either, are a talk.
FEWEST = 3


def of_talk(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The last such day since the return at hand; `said` are the marked messages (build.py)."""
    now = present(reading)
    if now.back is None or now.back.episode.end is None:
        return
    spoke = (
        pl.when(pl.col("person") == now.who).then(pl.any_horizontal(OF_ONE_BACK)).otherwise(pl.any_horizontal(OF_OTHER))
    )
    since = said.filter(spoke & (pl.col("day") >= now.back.episode.end))
    found = days_of_both(since).filter(pl.col("id").list.len() >= FEWEST)
    if not found.is_empty():
        row = found.sort("day").row(-1, named=True)
        words = f"The quiet was talked about by {two_of(reading)} {on_day(row['day'], now.today)}."
        yield Finding("talked_over", None, words, evidence=tuple(row["id"][-5:]))
