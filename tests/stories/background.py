"""Months of ordinary messages between two made-up people, each with a rhythm of their own, into which a story is cut.

A story is written as lines of "day time who words": the day counts from today (0) backwards, the time is local, `me` is
who asks and `them` the other; "(missed call)" stands for one. In its own days nothing of the background is left, so
that silence in a story is silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from ebbtide.conversation import EVENT_SCHEMA, Conversation, Participant, with_event_ids
from ebbtide.simulator.couple import play, put_together
from ebbtide.simulator.kinds import Kind, draw_habits
from ebbtide.simulator.spells import Calendar
from ebbtide.simulator.timing import moods

TZ = "Europe/London"
DAYS = 120
SEED = 7
#: Another life, in which both are quieter; 23, where one writes twice as much, was tried too and takes a minute more.
OTHER_SEEDS = (55,)
#: The last day of every record, a Thursday.
TODAY = datetime(2025, 6, 5, tzinfo=ZoneInfo(TZ))
#: Who asks, and whom about.
Names = tuple[str, str]

#: How two people write who see each other often and live apart.
APART = Kind(messages=(19.0, 21.0), answer=(0.85, 0.9))
#: Two who share a home write little, and mostly about the household.
AT_HOME = Kind(messages=(9.0, 10.0), answer=(0.75, 0.8), home=0.12)
LINE = re.compile(r"(-?\d+) (\d\d):(\d\d) (me|them) (.+)")
MISSED = "(missed call)"


@dataclass(frozen=True, slots=True)
class Told:
    """A story as a conversation, and the moment at which it is asked about."""

    talk: Conversation
    now: datetime


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """A local time so many days from today, in UTC."""
    on = (TODAY + timedelta(days=day)).date()
    return datetime.combine(on, time(hour, minute), ZoneInfo(TZ)).astimezone(UTC)


@cache
def background(
    *,
    seed: int = SEED,
    days: int = DAYS,
    at_home: bool = False,
    far: str | None = None,
    them_starts: float | None = None,
    them_wakes: float | None = None,
) -> pl.DataFrame:
    """The events of an ordinary life with `me` and `them` as persons, up to the end of today.

    `far` is the time zone where the other lives, `them_starts` how often a day the other begins, `them_wakes` the hour.
    """
    rng = np.random.default_rng(seed)
    me, them = draw_habits(AT_HOME if at_home else APART, TZ, rng)
    # Alike in how well they sleep and how often they begin: what is shown is the story and not the draw.
    them = replace(them, starts_per_day=me.starts_per_day, tz=far or TZ, wake=them_wakes or them.wake)
    if them_starts is not None:
        me = replace(me, starts_per_day=me.starts_per_day + them.starts_per_day - them_starts)
        them = replace(them, starts_per_day=them_starts)
    calendar = Calendar((TODAY - timedelta(days=days - 1)).date(), days, TZ)
    over = calendar.minute(days)
    messages = play((me, them), calendar, over, (), moods(days + 2, 0.1, rng), rng)
    made = put_together(
        messages, calendar, over, (), (), ("me", "them"), kind="none", seed=seed, words=True, at_home=at_home
    )
    return made.conversation.events.with_columns(pl.col("person").replace({"a": "me", "b": "them"}))


def authored(lines: str) -> pl.DataFrame:
    """The events of a story written by hand; a line that cannot be read is an error."""
    rows = []
    for line in filter(None, map(str.strip, lines.splitlines())):
        found = LINE.fullmatch(line)
        if found is None:
            raise ValueError(line)
        day, hour, minute, who, words = found.groups()
        missed = words == MISSED
        at = moment(int(day), int(hour), int(minute))
        rows.append((at, who, "missed_call" if missed else "text", None if missed else words))
    columns = {name: EVENT_SCHEMA[name] for name in ("at", "person", "kind", "text")}
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        minute_only=pl.lit(False),
        seconds=pl.lit(None, pl.Float64),
        source=pl.lit("made up"),
        record=pl.lit(0, pl.Int64),
        flags=pl.lit([], pl.List(pl.String)),
    )


def told(
    names: Names,
    swapped: bool,
    lines: str,
    *,
    now: tuple[int, int],
    own_days: Sequence[tuple[int, int]],
    around: pl.DataFrame,
) -> Told:
    """The story in its background, known until `now` (hour and minute) of today.

    `own_days` are the days, both included, that hold nothing but the lines; `around` is the background.
    `names` are of who asks and of the other; with `swapped` it is person "b" who asks.
    """
    for first, last in own_days:
        around = around.filter(~pl.col("at").is_between(moment(first, 0), moment(last + 1, 0), closed="left"))
    end = moment(0, *now)
    ids = {"me": "b", "them": "a"} if swapped else {"me": "a", "them": "b"}
    columns = [name for name in EVENT_SCHEMA if name != "id"]
    events = pl.concat([around.select(columns), authored(lines).select(columns)]).sort("at", maintain_order=True)
    events = events.filter(pl.col("at") <= end).with_columns(
        pl.col("person").replace_strict(ids), record=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    events = with_event_ids(events).select(*EVENT_SCHEMA)
    named = {ids[who]: name for who, name in zip(ids, names, strict=True)}
    people = tuple(Participant(p, named[p], events.filter(pl.col("person") == p).height) for p in sorted(named))
    start: datetime = events["at"].min()  # type: ignore[assignment]
    return Told(Conversation(events, people, TZ, "given", ((start, end),), me=ids["me"]), end)
