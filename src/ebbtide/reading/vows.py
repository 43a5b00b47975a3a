"""Vows: having promised on coming back that it will be otherwise, and being away again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from ebbtide.reading.phrases import large, on_day
from ebbtide.reading.present import named, present
from ebbtide.reading.types import Finding, Reading

#: What is promised within so long of a return is promised for the next time.
AFTER_RETURN = timedelta(days=7)
#: Of a return so long ago nobody is reminded.
REMEMBERED = timedelta(days=180)


def of_vow(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The last promise of the one in question after an earlier spell, where another runs; `said` as in build.py.

    A spell that was announced breaks no promise to say so.
    """
    now = present(reading)
    if now.running is None or now.running.episode.said_so or now.running.episode.outside_cause:
        return
    began = now.running.episode.start
    returns = [e.episode.end for e in now.earlier if e.episode.end and now.today - e.episode.end <= REMEMBERED]
    own = said.filter(pl.col("vow") & (pl.col("person") == now.who) & (pl.col("day") < began))
    after = [own.filter(pl.col("day").is_between(end, end + AFTER_RETURN)) for end in returns]
    found = pl.concat([own.clear(), *after]).sort("at")
    if found.is_empty():
        return
    who, promised = named(reading, now.who), on_day(found["day"][-1], now.today)
    words = (
        f"{large(promised)}, back from an earlier one, {who} promised that it would be otherwise; this spell began "
        f"{on_day(began, now.today)}."
    )
    yield Finding("gone_after_vow", now.who, words, evidence=tuple(found["id"].tail(5)))
