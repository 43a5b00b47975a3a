"""Reasons named beside the spells: trouble of late, a death, low days, and a silence that was announced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.reading.phrases import lasting, on_day
from ebbtide.reading.present import Present, named, present
from ebbtide.reading.types import Finding, Reading

#: News of trouble is news for two weeks, and so is an absence that is over.
RECENT_DAYS = 14
#: What weighs longer, by the mark of its messages: the finding, for how many days it is news, and what they tell of.
WEIGHS = {
    "loss": ("loss_named", 60, "tells of a death"),
    "low": ("low_named", 28, "tells of low days"),
    "confession": ("confession", 28, "tells of something that had been hidden"),
}
TROUBLE = "names trouble outside the two of you"
#: An absence is a silence of two days and more; it is announced on the day before, or the one before that.
ABSENT, ANNOUNCED_BEFORE = timedelta(days=2), timedelta(days=2)
#: A silence of a day that was announced in its last messages is no riddle either.
LAST_WORDS = timedelta(hours=12)


def of_trouble(talk: Conversation, marks: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """What weighs on either; and an announced absence, or the last words of trouble, of the one in question.

    A spell that names a cause says so itself.
    """
    now = present(reading)
    weighs = tuple(of_weight(talk, marks, reading))
    if now.spell is None or not now.spell.episode.outside_cause:
        found = announced(talk, marks, reading, now)
        if found is None and not any(f.about == now.who for f in weighs):
            found = told(talk, marks, reading, "trouble", now.who, RECENT_DAYS, "outside_cause", TROUBLE)
        if found is not None:
            yield found
    yield from weighs


def of_weight(talk: Conversation, marks: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """A death, low days or something hidden that either of the two tells of."""
    for mark, (key, days, words) in WEIGHS.items():
        for person in reading.people:
            found = told(talk, marks, reading, mark, person.id, days, key, words)
            if found is not None:
                yield found


def announced(talk: Conversation, marks: pl.DataFrame, reading: Reading, now: Present) -> Finding | None:
    """That the present silence, or one that has just ended, was announced as being away."""
    if now.spell is not None:
        return None
    here = reading.span.now
    said = talk.messages.filter(pl.col("person") == now.who).join(marks, on="id").sort("at")
    rows = said.select("id", "at", "outside_cause").to_dicts()
    ends = [*(row["at"] for row in rows[1:]), here.astimezone(UTC)]
    announcing = [row for row in rows if row["outside_cause"]]
    for i in range(len(rows) - 1, -1, -1):
        since, until = rows[i]["at"], ends[i]
        running = i == len(rows) - 1
        if here - until > timedelta(days=RECENT_DAYS):
            return None
        if until - since < (LAST_WORDS if running else ABSENT):
            continue
        news = [row for row in announcing if timedelta(0) <= since - row["at"] <= ANNOUNCED_BEFORE]
        if news:
            return absence(reading, now, news[-1], since, None if running else until)
    return None


def absence(reading: Reading, now: Present, news: dict[str, Any], since: datetime, until: datetime | None) -> Finding:
    """An announced absence in words."""
    here, who = reading.span.now, named(reading, now.who)
    told = on_day(news["at"].astimezone(here.tzinfo).date(), here.date())
    if until is None:
        words = f"Before it, {told}, {who} wrote of being away or hard to reach."
    else:
        back, long_ = until.astimezone(here.tzinfo).date(), lasting((until - since) / timedelta(hours=1))
        was = who.verb("was", "were")
        words = (
            f"{who.first} {was} silent for {long_} and wrote again {on_day(back, here.date())}; "
            f"a message before it, {told}, spoke of being away or hard to reach."
        )
    return Finding("outside_cause", now.who, words, evidence=(news["id"],))


def told(
    talk: Conversation, marks: pl.DataFrame, reading: Reading, mark: str, person: str, days: int, key: str, words: str
) -> Finding | None:
    """The last words of this person that carry the mark, none older than so many days."""
    here = reading.span.now
    until = here.astimezone(UTC)
    said = talk.messages.join(marks, on="id").filter(
        pl.col(mark) & (pl.col("person") == person) & pl.col("at").is_between(until - timedelta(days=days), until)
    )
    if said.is_empty():
        return None
    who, last = named(reading, person), said.row(-1, named=True)
    day = on_day(last["at"].astimezone(here.tzinfo).date(), here.date())
    message = f"A message of {who.whose if not who.you else 'yours'}, {day}, {words}."
    return Finding(key, person, message, evidence=tuple(said["id"].tail(5).to_list()))
