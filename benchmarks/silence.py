"""`ebbtide.now` on what was learnt before, for a couple that writes 150 messages a day (the median of a few calls)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from statistics import median

import numpy as np
import polars as pl

import ebbtide as eb
from benchmarks.process import Figure
from ebbtide.conversation import Conversation
from ebbtide.simulator import make_couple

A_DAY, SEED, CALLS = 150, 200, 7
RECORDS = (365, 1095)


def figures() -> Iterator[Figure]:
    """Seconds of one call for a year and for three years, and of learning, which is done once."""
    for days in RECORDS:
        talk = couple(days)
        size = f"{days} days, {talk.messages.height:,} messages"
        start = time.perf_counter()
        fit = eb.fit_silence(talk)
        yield Figure(f"fit_silence, {size}", time.perf_counter() - start, "s", 10.0)
        yield Figure(f"now from a fit, {size}", median(spent(talk, fit) for _ in range(CALLS)), "s", 0.2)


def spent(talk: Conversation, fit: object) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    eb.now(talk, fit=fit)
    return time.perf_counter() - start


def couple(days: int) -> Conversation:
    """A couple that writes 150 messages a day: one that writes less, with further messages soon after some."""
    made = make_couple(SEED, kind="busy", days=days, words=False).conversation
    rng = np.random.default_rng(SEED)
    more = rng.integers(0, made.messages.height, max(A_DAY * days - made.messages.height, 0))
    later = pl.duration(microseconds=pl.Series(rng.integers(5_000_000, 90_000_000, more.size)))
    added = made.messages[more.tolist()].with_columns(pl.col("at") + later, id=pl.col("id") + "+")
    events = pl.concat([made.events, added]).filter(pl.col("at") <= made.coverage[-1][1]).sort("at")
    return replace(made, events=events)
