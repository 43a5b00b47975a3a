"""Room: time or room that was asked for of late, where no spell of distance stands out that would tell of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from ebbtide.reading.phrases import on_day
from ebbtide.reading.present import named, present
from ebbtide.reading.promised import QUIET_FROM
from ebbtide.reading.types import Finding, Reading

#: Room is asked for some days, and for so long it is kept in mind.
ASKED_FOR = timedelta(days=14)


def of_room(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """That the one in question asked for room, and has written no more than a sign a day since.

    `said` are the marked messages (build.py). At home a word like this is of an hour.
    """
    now = present(reading)
    if now.spell is not None or reading.at_home:
        return
    own = said.filter(pl.col("person") == now.who)
    asked = own.filter(pl.col("space_request") & (pl.col("ago") <= ASKED_FOR))
    if asked.is_empty() or own["ago"][-1] < QUIET_FROM:
        return
    row = asked.row(-1, named=True)
    if own.filter(pl.col("at") > row["at"]).height > (now.today - row["day"]).days:
        return
    words = f"{named(reading, now.who).first} said {on_day(row['day'], now.today)} that time or room was needed."
    yield Finding("said_space", now.who, words, evidence=(row["id"],))
