"""Parting: whether one of the two has lately ended it in plain words, or said what reads like a goodbye."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.reading.phrases import Named, on_day
from ebbtide.reading.types import Finding, Reading
from ebbtide.signals.words import LEAVING

#: Words that end it count for so long, and no longer once their writer has been warm so often since. Being in one place
#: takes nothing back: who has parted may have to meet.
RECENT_DAYS, TAKEN_BACK = 60, 3
#: Words like a goodbye are among the last ones: within so many days, and with no more than so many after them.
LAST_DAYS, LAST_MESSAGES = 14, 5
#: Two of these by one person within a day read like one, too: thanks for all of it, and the bike for somebody.
TOGETHER = timedelta(days=1)


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
    if since.filter("affection").height >= TAKEN_BACK:
        return
    # The day itself is left out: an ending is talked about.
    after = said.filter(pl.col("at") > row["at"] + timedelta(days=1))
    local = after.select("person", pl.col("at").dt.convert_time_zone(str(here.tzinfo)).dt.date().alias("day"))
    dealings = local.group_by("day").agg(pl.col("person").n_unique()).filter(pl.col("person") == 2).height
    who = next(Named(p.name, p.me) for p in reading.people if p.id == row["person"])
    day = on_day(row["at"].astimezone(here.tzinfo).date(), here.date())
    between = "between the two of you" if any(p.me for p in reading.people) else "between the two"
    words = f"A message of {'yours' if who.you else who.whose}, {day}, reads as if it has ended {between}."
    yield Finding("parting_named", row["person"], words, {"dealings": float(dealings)}, (row["id"],))


def of_farewell(talk: Conversation, marks: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The last words of either, where they read like a goodbye and nothing plain was said about an end."""
    here = reading.span.now
    now = here.astimezone(UTC)
    said = talk.messages.join(marks, on="id").filter(pl.col("at") <= now).sort("at")
    for person in reading.people:
        own = said.filter(pl.col("person") == person.id).tail(LAST_MESSAGES + 1)
        last = own.filter(like_goodbye(own) & (pl.col("at") >= now - timedelta(days=LAST_DAYS))).tail(1)
        if last.is_empty():
            continue
        row, who = last.row(0, named=True), Named(person.name, person.me)
        day = on_day(row["at"].astimezone(here.tzinfo).date(), here.date())
        words = f"What {who} wrote {day} reads like a goodbye."
        yield Finding("farewell", person.id, words, evidence=(row["id"],))


def like_goodbye(own: pl.DataFrame) -> pl.Series:
    """Which of one person's messages (n,) read like a goodbye, alone or beside another of the same day."""
    left = own.filter(pl.any_horizontal(LEAVING))
    if left.is_empty():
        return own["farewell"]
    last: datetime = left["at"].max()  # type: ignore[assignment]
    kinds = left.filter(pl.col("at") >= last - TOGETHER).select(pl.col(LEAVING).any()).row(0)
    several: pl.Series = own["farewell"] | ((own["at"] == last) & (sum(kinds) > 1))
    return several
