"""What may be shown of the events a claim rests on: a count, a kind and a time, or chosen quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.report import numbers
from ebbtide.report.names import Names

Level = Literal["numbers", "paraphrase", "quotes"]

KIND_WORDS = {
    "text": "a message",
    "media": "a picture or file",
    "voice": "a voice message",
    "call": "a call",
    "missed_call": "a missed call",
    "reaction": "a reaction",
    "deleted": "a deleted message",
    "location": "a location",
    "poll": "a poll",
}
#: A claim that rests on dozens of messages is not better explained by listing them all.
MOST_SHOWN, MOST_DAYS = 5, 6
AGAIN, AGAIN_ONE = "The same messages.", "The same message."


@dataclass(frozen=True, slots=True)
class Shown:
    """One event as the level allows it: described in words, quoted, or both."""

    words: str
    quote: str | None


@dataclass(frozen=True, slots=True)
class Rests:
    """What a claim rests on: the events shown, and a word on those that are not."""

    shown: tuple[Shown, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything the report may know about single events at its level; at "numbers" only their `days`."""

    quotes: Mapping[str, str]
    described: Mapping[str, str]
    days: Mapping[str, date] = field(default_factory=dict)

    def rests(self, events: Sequence[str], purpose: str = "", *, counted: bool = True, sampled: bool = False) -> Rests:
        """What is shown of these events; `purpose` says in a few words what they did.

        `counted` is false where a claim rests on more than these, such as a comparison over months; `sampled` says
        that they are examples of something counted.
        """
        known = [e for e in events if e in self.quotes or e in self.described]
        shown = tuple(Shown(self._words(e, purpose), self.quotes.get(e)) for e in known[:MOST_SHOWN])
        dates = "" if shown else on_days([self.days[e] for e in events if e in self.days])
        if sampled:
            examples = f"For example on {dates}." if dates else "These are examples." if shown else ""
            return Rests(shown, examples)
        return Rests(shown, unshown(len(events), len(shown), dates) if counted else "")

    def only_new(self, events: Sequence[str], before: set[str]) -> Rests:
        """What is shown of those events that are not in `before`, where they are added: no message stands twice."""
        if not (self.quotes or self.described):
            return self.rests(events)
        new = [e for e in events if e not in before]
        before.update(new)
        if events and not new:
            return Rests((), AGAIN if len(events) > 1 else AGAIN_ONE)
        return self.rests(new)

    def _words(self, event: str, purpose: str) -> str:
        described = self.described.get(event, "a message")
        return numbers.sentence(f"{described} {purpose}".strip())


def sources(
    level: Level,
    names: Names,
    quotes: Mapping[str, str] | None,
    talk: Conversation | None,
    tz: str,
    used: Sequence[str],
) -> Sources:
    """What the level lets through of the quotes given and of the conversation, for the events used."""
    allowed = {e: names.quote(t) for e, t in (quotes or {}).items()} if level == "quotes" else {}
    described = described_events(talk, tz, used, names) if talk is not None and level != "numbers" else {}
    return Sources(allowed, described, {} if talk is None else days_of(talk, tz, used))


def days_of(talk: Conversation, tz: str, used: Sequence[str]) -> dict[str, date]:
    """Event id → its local day."""
    found = talk.events.filter(pl.col("id").is_in(list(used))).select("id", "at")
    return {event: at.astimezone(ZoneInfo(tz)).date() for event, at in found.iter_rows()}


def described_events(talk: Conversation, tz: str, used: Sequence[str], names: Names) -> dict[str, str]:
    """Event id → kind, person and time in words; never the text."""
    found = talk.events.filter(pl.col("id").is_in(list(used))).select("id", "at", "kind", "person")
    return {
        event: event_in_words(kind, at.astimezone(ZoneInfo(tz)), names.shown.get(person or ""))
        for event, at, kind, person in found.iter_rows()
    }


def event_in_words(kind: str, at: datetime, name: str | None) -> str:
    """One event by kind, person and local time."""
    who = f" from {name}" if name else ""
    return f"{KIND_WORDS.get(kind, 'a message')}{who} on {numbers.moment(at)}"


def unshown(total: int, shown: int, dates: str = "") -> str:
    """A word on the events that are counted but not shown: how many, and on which days."""
    if total == 0 or total == shown:
        return ""
    if shown == 0:
        return f"Rests on {numbers.count(total, 'message')}{f', of {dates}' if dates else ''}."
    return f"Shown are {numbers.in_words(shown)} of {numbers.in_words(total)}."


def on_days(days: Sequence[date]) -> str:
    """Days in words, each once; the year once where it is the same: "2 May, 5 May and 9 May 2025"."""
    each = sorted(set(days))
    one_year = bool(each) and each[0].year == each[-1].year
    shown = each if len(each) <= MOST_DAYS else each[: MOST_DAYS - 1]
    said = [numbers.day(d, year=not one_year or d == shown[-1]) for d in shown]
    more = len(each) - len(shown)
    return numbers.listed([*said, *([f"{numbers.in_words(more)} other days"] if more else [])])
