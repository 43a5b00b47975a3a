"""Slips: having said to leave the other room, time and again, and writing again before the other did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl

from ebbtide.reading.phrases import on_day, times
from ebbtide.reading.present import named, present
from ebbtide.reading.trouble import IN_ONE_GO
from ebbtide.reading.types import Finding, Reading

#: So far back slips are news, and from so many on they are told.
LATELY, FEWEST = timedelta(days=21), 2


def of_slips(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """How often the other of the two said to leave room, in a spell that runs, and then did not; `said` as in build.py.

    A message of the one who asked for room, or got it, ends what was said: after that an answer is no slip.
    """
    now = present(reading)
    if now.running is None:
        return
    slips = slipped(said.filter(pl.col("ago") <= LATELY), now.partner)
    if len(slips) < FEWEST:
        return
    writer, other = named(reading, now.partner), named(reading, now.who)
    last = on_day(slips[-1][1], now.today)
    words = (
        f"{writer.first} wrote {times(len(slips))} of leaving {other} room, and each time wrote again before {other} "
        f"did, most recently {last}."
    )
    evidence = tuple(id_ for id_, _ in slips)
    yield Finding("slipped", now.partner, words, {"times": float(len(slips))}, evidence)


def slipped(said: pl.DataFrame, person: str) -> list[tuple[str, date]]:
    """The messages in which one person said to leave room and next, some time later, wrote again; with when."""
    rows = said.select("id", "person", "gives_room", "at", "day").to_dicts()
    found: list[tuple[str, date]] = []
    waiting: dict[str, Any] | None = None
    for row in rows:
        if row["person"] != person:
            waiting = None
        elif waiting is not None and row["at"] - waiting["at"] > IN_ONE_GO:
            found.append((waiting["id"], row["day"]))
            waiting = None
        if row["person"] == person and row["gives_room"]:
            waiting = row
    return found
