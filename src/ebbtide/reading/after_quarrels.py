"""What follows quarrels: that one of the two goes quiet after them, time and again, and comes back without a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import cast

import polars as pl

from ebbtide.reading.phrases import calendar_day, listed
from ebbtide.reading.present import named
from ebbtide.reading.quarrel import days_of_both
from ebbtide.reading.types import Finding, Reading

#: Quarrels so far back count; those of days so near are one, and what is written so soon after belongs to it.
LATELY, ONE, STILL = timedelta(days=120), timedelta(days=3), timedelta(hours=12)
#: Quiet after a quarrel: so long, and longer than this share of one's own pauses of half a day and more.
QUIET, PAUSE, RARE = timedelta(days=2.5), timedelta(hours=12), 0.9
#: So soon after coming back a word about it is one.
WORD = timedelta(days=1)
#: It is a habit from so many times on, and where it follows at least so many of the quarrels.
FEWEST, SHARE = 2, 0.5
#: Marks of messages that own it, explain it or ask for the time beforehand, and of news that one will be away.
A_WORD, NEWS = ("apology", "about_quiet", "explanation"), ("space_request", "outside_cause")


@dataclass(frozen=True, slots=True)
class Left:
    """One quarrel after which somebody was quiet: its day, how long, and the messages before and after."""

    day: date
    quiet: timedelta
    evidence: tuple[str, str]


def of_after_quarrels(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """Who went quiet after quarrels and came back without a word; `said` are the marked messages (build.py)."""
    ends = quarrels(said.filter(pl.col("ago") <= LATELY))
    for person in reading.people:
        own = said.filter(pl.col("person") == person.id)
        pauses = own["at"].diff().drop_nulls()
        # A quantile of durations is one, whatever its annotation says.
        usual = cast(timedelta | None, pauses.filter(pauses >= PAUSE).quantile(RARE))
        left = [found for end in ends if (found := went_quiet(said, own, usual, end)) is not None]
        if len(left) < FEWEST or len(left) < SHARE * len(ends):
            continue
        who = named(reading, person.id)
        on = listed([calendar_day(each.day) for each in left])
        days = [str(round(each.quiet / timedelta(days=1))) for each in left]
        long_ = f"{listed(days)} days" if len(set(days)) > 1 else f"{days[0]} days each time"
        was = who.verb("was", "were")
        words = (
            f"After sharp words on {on} {who} {was} quiet for {long_}, and no word about it was found on coming back."
        )
        evidence = tuple(id_ for each in left for id_ in each.evidence)
        yield Finding("quiet_after_quarrels", person.id, words, {"times": float(len(left))}, evidence)


def quarrels(said: pl.DataFrame) -> list[datetime]:
    """When each quarrel had its last sharp word: days on which both wrote sharply, near days as one."""
    days = days_of_both(said.filter("sharp")).sort("day")["day"].to_list()
    last = [day for day, next_ in pairwise([*days, date.max]) if next_ - day > ONE]
    return [said.filter((pl.col("day") == day) & pl.col("sharp"))["at"].max() for day in last]  # type: ignore[misc]


def went_quiet(said: pl.DataFrame, own: pl.DataFrame, usual: timedelta | None, end: datetime) -> Left | None:
    """The quiet of the one whose `own` messages are given, after a quarrel, if nothing announced and nothing owned it.

    Where the other did not write either until about then, both were quiet, and it is nobody's.
    """
    before, after = own.filter(pl.col("at") <= end + STILL), own.filter(pl.col("at") > end + STILL)
    if before.is_empty() or after.is_empty():
        return None
    quiet = after["at"][0] - before["at"][-1]
    meanwhile = said.filter(pl.col("at").is_between(before["at"][-1] + STILL, after["at"][0] - WORD))
    if quiet < QUIET or (usual is not None and quiet <= usual) or meanwhile.is_empty():
        return None
    back = after.filter(pl.col("at") <= after["at"][0] + WORD)
    told = before.filter(pl.col("at") > before["at"][-1] - WORD)
    if any(back[mark].any() for mark in A_WORD) or any(told[mark].any() for mark in NEWS):
        return None
    return Left(end.date(), quiet, (before["id"][-1], after["id"][0]))
