"""Warm days in a spell: what was written in between that is no sign of distance."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from ebbtide.reading.criteria import ABOUT_A_WEEK_DAYS
from ebbtide.reading.phrases import counted, on_day
from ebbtide.reading.present import named, present
from ebbtide.reading.types import Finding, Reading


def of_between(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The days of a running spell of over a week on which the one in it wrote warmly; `said` as in build.py."""
    now = present(reading)
    if now.running is None or now.running.episode.days <= ABOUT_A_WEEK_DAYS:
        return
    inside = pl.col("day").is_between(now.running.episode.start, now.today, closed="right")
    warm = said.filter(inside & (pl.col("person") == now.who) & pl.col("surely_warm"))
    if warm.is_empty():
        return
    days, who = warm["day"].n_unique(), named(reading, now.who)
    last = on_day(warm["day"][-1], now.today)
    when = last if days == 1 else f"on {counted(days, 'day')}, the last time {last}"
    words = f"In this time {who} also wrote what reads as warm, {when}."
    yield Finding("warm_between", now.who, words, {"days": float(days)}, tuple(warm["id"].tail(5).to_list()))
