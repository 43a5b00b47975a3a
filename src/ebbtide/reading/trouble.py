"""Trouble: whether the one in question has lately named work, money, illness or family, where no spell tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.reading.phrases import on_day
from ebbtide.reading.present import named, present
from ebbtide.reading.types import Finding, Reading

#: News of trouble is news for two weeks.
RECENT_DAYS = 14


def of_trouble(talk: Conversation, marks: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The last such words of the one in question; a spell that names a cause says so itself."""
    now, here = present(reading), reading.span.now
    if now.spell is not None and now.spell.episode.outside_cause:
        return
    until = here.astimezone(UTC)
    said = talk.messages.join(marks, on="id").filter(
        pl.col("trouble")
        & (pl.col("person") == now.who)
        & pl.col("at").is_between(until - timedelta(days=RECENT_DAYS), until)
    )
    if said.is_empty():
        return
    who, last = named(reading, now.who), said.row(-1, named=True)
    day = on_day(last["at"].astimezone(here.tzinfo).date(), here.date())
    words = f"A message of {who.whose if not who.you else 'yours'}, {day}, names trouble outside the two of you."
    yield Finding("outside_cause", now.who, words, evidence=tuple(said["id"].tail(5).to_list()))
