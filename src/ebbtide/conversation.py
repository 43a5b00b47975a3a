"""Conversation: the event table, the people, and what is known about its completeness. The one currency.

Importers make it, everything downstream reads it, nothing changes it in place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

import polars as pl

from ebbtide.errors import NotTwoPeople

KINDS = (
    "text",
    "media",
    "voice",
    "call",
    "missed_call",
    "reaction",
    "deleted",
    "location",
    "poll",
    "system",
)

#: Kinds that are one person addressing the other: what turns, gaps and answers are made of.
MESSAGE_KINDS = ("text", "media", "voice", "call", "missed_call", "deleted", "location", "poll")

EVENT_SCHEMA = pl.Schema(
    {
        "id": pl.String(),
        "at": pl.Datetime("us", "UTC"),
        "minute_only": pl.Boolean(),
        "person": pl.String(),
        "kind": pl.Enum(KINDS),
        "text": pl.String(),
        "seconds": pl.Float64(),
        "source": pl.String(),
        "record": pl.Int64(),
        "flags": pl.List(pl.String()),
    }
)

Interval = tuple[datetime, datetime]
ChoiceBy = Literal["evidence", "asked", "default"]


@dataclass(frozen=True, slots=True)
class Participant:
    """One person who wrote: the id used everywhere ("a", "b", …), the name in the export, the messages written."""

    id: str
    name: str
    messages: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that could not be used as it stands: its line or id, and a code. Never its text."""

    record: int
    code: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What happened to every line of one file."""

    file: str
    format: str
    lines: int
    events: int
    by_kind: Mapping[str, int]
    unreadable: int = 0
    continuations: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The entry of the `import` array of the reading schema."""
        return {
            "file": self.file,
            "format": self.format,
            "lines": self.lines,
            "events": self.events,
            "by_kind": dict(self.by_kind),
            "continuations": self.continuations,
            "unreadable": self.unreadable,
            "choices": dict(self.choices),
            "problems": [{"record": p.record, "code": p.code} for p in self.problems],
        }


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as imported.

    `events` follows `EVENT_SCHEMA`, sorted by `at` then by order in the file. `coverage` lists the UTC intervals
    for which the export holds data; outside them nothing is known. `me` is the id of the reader, or None.
    """

    events: pl.DataFrame
    people: tuple[Participant, ...]
    tz: str
    tz_source: Literal["given", "export", "assumed"]
    coverage: tuple[Interval, ...]
    imports: tuple[ImportReport, ...] = ()
    me: str | None = None

    def name(self, person: str) -> str:
        """The name in the export of person "a" or "b"."""
        return next(p.name for p in self.people if p.id == person)

    @property
    def messages(self) -> pl.DataFrame:
        """The events in which one person addresses the other, without reactions and system lines."""
        return self.events.filter(pl.col("person").is_not_null() & pl.col("kind").is_in(MESSAGE_KINDS))

    def require_two(self) -> Conversation:
        """This conversation if exactly two people wrote, else `NotTwoPeople` with names, counts and what to do."""
        if len(self.people) == 2:
            return self
        counts = ", ".join(f"{p.name} ({p.messages})" for p in self.people[:8])
        more = f" and {len(self.people) - 8} more" if len(self.people) > 8 else ""
        if len(self.people) > 2:
            several = len(self.imports) > 1
            held = "these files" if several else "this conversation"
            apart = " Files of different conversations are read one at a time." if several else ""
            raise NotTwoPeople(
                f"{len(self.people)} people wrote in {held}: {counts}{more}.",
                try_=f'Pick the two it is about: --people "NAME" "NAME".{apart}',
            )
        raise NotTwoPeople(
            f"Only {counts} wrote in this conversation." if self.people else "Nobody wrote in this conversation.",
            try_="A reading needs messages of both people; check that the export is of the right chat and complete.",
        )

    def only(self, names: Sequence[str]) -> Conversation:
        """The same conversation with only the two named people, their ids given anew."""
        known = {p.name.casefold(): p for p in self.people}
        missing = [n for n in names if n.casefold() not in known]
        if missing or len({n.casefold() for n in names}) != 2:
            counts = ", ".join(f"{p.name} ({p.messages})" for p in self.people[:8])
            raise NotTwoPeople(
                "The two names given do not match two different people of this conversation.",
                where=f"people found: {counts}",
                try_="Use the names exactly as the export writes them.",
            )
        kept = [known[n.casefold()] for n in names]
        events = self.events.filter(pl.col("person").is_null() | pl.col("person").is_in([p.id for p in kept]))
        me = next((p.name for p in kept if p.id == self.me), None)
        named = {p.id: p.name for p in kept}
        return assemble(
            events.with_columns(pl.col("person").replace_strict(named, default=None, return_dtype=pl.String)),
            tz=self.tz,
            tz_source=self.tz_source,
            coverage=self.coverage,
            imports=self.imports,
            me=me,
        )

    def with_me(self, name: str | None) -> Conversation:
        """The same conversation with the reader set by name; an unknown name is `NotTwoPeople` with those known."""
        if name is None:
            return self
        found = [p.id for p in self.people if p.name.casefold() == name.casefold()]
        if not found:
            counts = ", ".join(f"{p.name} ({p.messages})" for p in self.people[:8])
            raise NotTwoPeople(
                f"Nobody called “{name}” wrote in this conversation.",
                where=f"people found: {counts}",
                try_="Use --me with one of these names, exactly as the export writes it.",
            )
        return replace(self, me=found[0])


def assemble(
    events: pl.DataFrame,
    *,
    tz: str,
    tz_source: Literal["given", "export", "assumed"],
    coverage: Iterable[Interval] | None = None,
    imports: tuple[ImportReport, ...] = (),
    me: str | None = None,
) -> Conversation:
    """Make a Conversation from events whose `person` still holds names.

    People get ids "a", "b", … in alphabetical order of their names, so that the ids do not depend on which export
    or how much of it was read. Event ids are made here.

    Parameters: `events` has the columns of `EVENT_SCHEMA` but `id` may be missing; `me` is a name.
    """
    wrote = pl.col("person").is_not_null() & pl.col("kind").cast(pl.String).is_in(MESSAGE_KINDS)
    counts = events.filter(wrote)["person"].value_counts()
    written = dict(zip(counts["person"].to_list(), counts["count"].to_list(), strict=True))
    names = sorted(written, key=sort_key)
    ids = {name: person_id(i) for i, name in enumerate(names)}
    people = tuple(Participant(ids[n], n, written[n]) for n in names)
    frame = events.with_columns(
        pl.col("person").replace_strict(ids, default=None, return_dtype=pl.String),
    )
    frame = with_event_ids(frame.sort("at", maintain_order=True))
    if coverage is None:
        ends = frame.select(pl.col("at").min().alias("lo"), pl.col("at").max().alias("hi")).row(0)
        coverage = () if ends[0] is None else ((ends[0], ends[1]),)
    reader = None
    if me is not None:
        reader = ids.get(me) or next((ids[n] for n in names if n.casefold() == me.casefold()), None)
    return Conversation(
        events=frame.select(*EVENT_SCHEMA).cast(EVENT_SCHEMA),
        people=people,
        tz=tz,
        tz_source=tz_source,
        coverage=merge_intervals(coverage),
        imports=imports,
        me=reader,
    )


def sort_key(name: str) -> tuple[str, str]:
    """Order of names that ignores case but never ties two different names."""
    return (name.casefold(), name)


def person_id(index: int) -> str:
    """ "a", "b", … "z", then "p26", "p27", …"""
    return chr(ord("a") + index) if index < 26 else f"p{index}"


def with_event_ids(events: pl.DataFrame) -> pl.DataFrame:
    """Add `id`: a hash of time, person, kind and ordinal among equals, never of text, which could be guessed."""
    when = pl.col("at").dt.epoch("us")
    keys = events.select(pl.format("{}|{}|{}|", when, pl.col("person").fill_null("-"), "kind")).to_series()
    fresh = hashlib.blake2b(digest_size=8)  # copied: starting one anew takes as long again as so few letters
    before: dict[bytes, int] = {}
    digests = []
    for key in keys.cast(pl.Binary).to_list():
        ordinal = before.get(key, 0)
        before[key] = ordinal + 1
        hashed = fresh.copy()
        hashed.update(b"%b%d" % (key, ordinal) if ordinal else key + b"0")
        digests.append(hashed.digest())
    return events.with_columns(pl.Series("id", digests, dtype=pl.Binary).bin.encode("hex"))


def merge_intervals(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Join intervals that touch or overlap, in order of time."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
