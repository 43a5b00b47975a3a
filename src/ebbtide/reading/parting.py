"""Parting: whether one of the two has lately ended it in plain words, and has not come back on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.reading.phrases import Named, on_day
from ebbtide.reading.types import Finding, Reading

#: Words that end it count for so long, and no longer once their writer has been warm or with the other so often since.
RECENT_DAYS, TAKEN_BACK = 60, 3


def of_parting(talk: Conversation, marks: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The last such words of either, with the message they stand in."""
    here = reading.span.now
    now = here.astimezone(UTC)
    said = talk.messages.join(marks, on="id").filter(pl.col("at") <= now)
    last = said.filter(pl.col("parting") & (pl.col("at") >= now - timedelta(days=RECENT_DAYS))).tail(1)
    if last.is_empty():
        return
    row = last.row(0, named=True)
    since = said.filter((pl.col("person") == row["person"]) & (pl.col("at") > row["at"]))
    if since.filter(pl.col("affection") | pl.col("together")).height >= TAKEN_BACK:
        return
    who = next(Named(p.name, p.me) for p in reading.people if p.id == row["person"])
    day = on_day(row["at"].astimezone(here.tzinfo).date(), here.date())
    words = f"A message of {who.whose}, {day}, reads as if {who} {who.verb('has', 'have')} ended it."
    if who.you:
        words = f"A message of yours, {day}, reads as if you have ended it."
    yield Finding("parting_named", row["person"], words, evidence=(row["id"],))
