"""Parting: whether one of the two has lately ended it in plain words, or said what reads like a goodbye."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import polars as pl

from ebbtide.reading.phrases import message_of, on_day
from ebbtide.reading.present import local_today, named
from ebbtide.reading.types import Finding, Reading
from ebbtide.signals.words import LEAVING

#: Words that end it count for so long, and no longer once their writer has been warm so often since. Being in one place
#: takes nothing back: who has parted may have to meet.
RECENT_DAYS, TAKEN_BACK = 60, 3
#: Laughter, and within how long it answers.
LAUGHTER, LAUGHED_WITHIN = r"(?i)\b(?:a?h?(?:ha){2,}h?|lol|lmao|rofl|hehe+)\b|[😂🤣😆]", timedelta(minutes=3)
#: Words like a goodbye are among the last ones: within so many days, and with no more than so many after them.
LAST_DAYS, LAST_MESSAGES = 14, 5
#: Two of these by one person within a day read like one, too: thanks for all of it, and the bike for somebody.
TOGETHER = timedelta(days=1)


def of_parting(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The last such words of either, with the message they stand in; `said` are the marked messages (build.py)."""
    recent = said.filter(pl.col("parting") & (pl.col("ago") <= timedelta(days=RECENT_DAYS))).reverse()
    row = next((row for row in recent.iter_rows(named=True) if not laughed_at(said, row["at"])), None)
    if row is None:
        return
    since = said.filter((pl.col("person") == row["person"]) & (pl.col("at") > row["at"]))
    if since.filter("affection").height >= TAKEN_BACK:
        return
    # The day itself is left out: an ending is talked about.
    after = said.filter(pl.col("at") > row["at"] + timedelta(days=1))
    dealings = after.group_by("day").agg(pl.col("person").n_unique()).filter(pl.col("person") == 2).height
    message = message_of(named(reading, row["person"]), on_day(row["day"], local_today(reading)))
    words = f"{message} reads as if it has ended between the two{' of you' if reading.reader else ''}."
    yield Finding("parting_named", row["person"], words, {"dealings": float(dealings)}, (row["id"],))


def laughed_at(said: pl.DataFrame, at: datetime) -> bool:
    """Whether either laughed within minutes: then the words were a joke ("your mug. it's over between us")."""
    soon = said.filter(pl.col("at").is_between(at, at + LAUGHED_WITHIN))
    return bool(soon["text"].str.contains(LAUGHTER).any())


def of_farewell(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The last words of either, where they read like a goodbye and nothing plain was said about an end."""
    recent = pl.col("ago") <= timedelta(days=LAST_DAYS)
    for person in reading.people:
        own = said.filter(pl.col("person") == person.id).tail(LAST_MESSAGES + 1)
        last = own.filter(like_goodbye(own) & recent).tail(1)
        for row in last.iter_rows(named=True):
            day = on_day(row["day"], local_today(reading))
            words = f"What {named(reading, person.id)} wrote {day} reads like a goodbye."
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
