"""Reasons named where no spell tells of them: trouble of late, and a silence that was announced as being away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.reading.phrases import lasting, on_day
from ebbtide.reading.present import Present, named, present
from ebbtide.reading.types import Finding, Reading

#: News of trouble is news for two weeks, and so is an absence that is over.
RECENT_DAYS = 14
#: An absence is a silence of two days and more; it is announced on the day before, or the one before that.
ABSENT, ANNOUNCED_BEFORE = timedelta(days=2), timedelta(days=2)
#: A silence of a day that was announced in its last messages is no riddle either.
LAST_WORDS = timedelta(hours=12)


def of_trouble(talk: Conversation, marks: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """An announced absence, or the last words of trouble, of the one in question; a spell that names a cause says so
    itself."""
    now = present(reading)
    if now.spell is not None and now.spell.episode.outside_cause:
        return
    found = announced(talk, marks, reading, now) or troubled(talk, marks, reading, now)
    if found is not None:
        yield found


def announced(talk: Conversation, marks: pl.DataFrame, reading: Reading, now: Present) -> Finding | None:
    """That the present silence, or one that has just ended, was announced as being away."""
    if now.spell is not None:
        return None
    here = reading.span.now
    said = talk.messages.filter(pl.col("person") == now.who).join(marks, on="id").sort("at")
    rows = said.select("id", "at", "outside_cause").to_dicts()
    ends = [*(row["at"] for row in rows[1:]), here.astimezone(UTC)]
    announcing = [row for row in rows if row["outside_cause"]]
    for i in range(len(rows) - 1, -1, -1):
        since, until = rows[i]["at"], ends[i]
        running = i == len(rows) - 1
        if here - until > timedelta(days=RECENT_DAYS):
            return None
        if until - since < (LAST_WORDS if running else ABSENT):
            continue
        news = [row for row in announcing if timedelta(0) <= since - row["at"] <= ANNOUNCED_BEFORE]
        if news:
            return absence(reading, now, news[-1], since, None if running else until)
    return None


def absence(reading: Reading, now: Present, news: dict[str, Any], since: datetime, until: datetime | None) -> Finding:
    """An announced absence in words."""
    here, who = reading.span.now, named(reading, now.who)
    told = on_day(news["at"].astimezone(here.tzinfo).date(), here.date())
    if until is None:
        words = f"Before it, {told}, {who} wrote of being away or hard to reach."
    else:
        back, long_ = until.astimezone(here.tzinfo).date(), lasting((until - since) / timedelta(hours=1))
        was = who.verb("was", "were")
        words = (
            f"{who.first} {was} silent for {long_} and wrote again {on_day(back, here.date())}; "
            f"a message before it, {told}, spoke of being away or hard to reach."
        )
    return Finding("outside_cause", now.who, words, evidence=(news["id"],))


def troubled(talk: Conversation, marks: pl.DataFrame, reading: Reading, now: Present) -> Finding | None:
    """The last such words of the one in question."""
    here = reading.span.now
    until = here.astimezone(UTC)
    said = talk.messages.join(marks, on="id").filter(
        pl.col("trouble")
        & (pl.col("person") == now.who)
        & pl.col("at").is_between(until - timedelta(days=RECENT_DAYS), until)
    )
    if said.is_empty():
        return None
    who, last = named(reading, now.who), said.row(-1, named=True)
    day = on_day(last["at"].astimezone(here.tzinfo).date(), here.date())
    words = f"A message of {who.whose if not who.you else 'yours'}, {day}, names trouble outside the two of you."
    return Finding("outside_cause", now.who, words, evidence=tuple(said["id"].tail(5).to_list()))
