"""Home: whether the two seem to live together, so that counts of messages say little, and what presses there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.reading.parting import LAUGHTER
from ebbtide.reading.phrases import Named, both, in_words, large, on_day
from ebbtide.reading.present import named, present
from ebbtide.reading.types import Finding, Reading
from ebbtide.signals.named_days import last_day

#: Share of messages with words that are about the household, from which a shared home is likely. The rules behind the
#: marks find well under half of such messages, so the share they find is far below the true one.
HOUSEHOLD_SHARE = 0.10
HOUSEHOLD_LEAST = 12
#: People who share a home and write more than this together write for more than the shopping.
MESSAGES_A_DAY = 20.0
#: A stay elsewhere counts for so long, unless the day named for its end is past, or so much of the household is written
#: again by the one who went.
ELSEWHERE, BACK_LEAST = timedelta(days=42), 4
#: For so long it is news that somebody asks hard; told from so many messages and days on, and from so many times the
#: share before.
OF_LATE, FEWEST, FEWEST_DAYS, TIMES_BEFORE = timedelta(days=28), 3, 2, 3.0


def living_together(talk: Conversation, marks: pl.DataFrame, one: Named, other: Named) -> tuple[Finding, ...]:
    """The finding that the two seem to share a home, if the words and the low counts speak for it."""
    said = talk.messages.filter(pl.col("text").str.len_bytes() > 0).join(marks, on="id")
    household = said.filter("household")
    if household.height < HOUSEHOLD_LEAST or household["person"].n_unique() < 2 or stays_elsewhere(said, talk.tz):
        return ()
    days = max(1.0, (said["at"].max() - said["at"].min()).total_seconds() / 86400)  # type: ignore[operator,union-attr]
    share, a_day = household.height / said.height, talk.messages.height / days
    if share < HOUSEHOLD_SHARE or a_day > MESSAGES_A_DAY:
        return ()
    words = f"{both(one, other)} seem to share a home, and much of what is said there never reaches a message."
    numbers = {"household_share": round(share, 3), "messages_a_day": round(a_day, 1)}
    return (Finding("living_together", None, words, numbers, tuple(household["id"].tail(20).to_list())),)


def stays_elsewhere(said: pl.DataFrame, tz: str) -> bool:
    """Whether one of the two has lately told of staying elsewhere, and nothing tells that this is over.

    `said` are the messages with their marks.
    """
    day = pl.col("at").dt.convert_time_zone(tz).dt.date()
    end = said.select(day.max()).item()
    stays = said.filter(pl.col("elsewhere") & (pl.col("at") >= said["at"].max() - ELSEWHERE)).with_columns(day=day)  # type: ignore[operator]
    for row in stays.tail(1).iter_rows(named=True):
        since = said.filter((pl.col("at") > row["at"]) & (pl.col("person") == row["person"]) & pl.col("household"))
        over = last_day(row["text"], row["day"])
        return since.height < BACK_LEAST and (over is None or over >= end)
    return False


def of_asking(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """That one of two who share a home presses or is sharp in messages of late, and was not before; `said` as in build.

    There the counts stay as they are, and what is written is all that shows. Who presses always tells nothing new.
    """
    now = present(reading)
    hard = (pl.col("pressing") | pl.col("sharp")) & ~pl.col("arranges")
    hard &= ~pl.col("household") & ~pl.col("text").str.contains(LAUGHTER)
    for person in reading.people:
        own = said.filter(pl.col("person") == person.id).with_columns(hard=hard.fill_null(value=False))
        late, before = own.filter(pl.col("ago") <= OF_LATE), own.filter(pl.col("ago") > OF_LATE)
        found = late.filter("hard")
        if found.height < FEWEST or found["day"].n_unique() < FEWEST_DAYS or before.is_empty():
            continue
        if found.height / late.height < TIMES_BEFORE * before.filter("hard").height / before.height:
            continue
        last, who = on_day(found["day"][-1], now.today), named(reading, person.id)
        words = (
            f"{large(in_words(found.height))} messages of {who.theirs} in the last four weeks press for an "
            f"answer or are sharp, most recently {last}. Before, that was rare."
        )
        yield Finding("asks_hard", person.id, words, {"messages": float(found.height)}, tuple(found["id"].tail(5)))
