"""From the files named on the command line to a conversation, asking what the files leave open."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ebbtide import importers
from ebbtide.cli import asking
from ebbtide.cli.waiting import progress
from ebbtide.conversation import Conversation
from ebbtide.errors import AmbiguousDates

Order = Literal["dmy", "mdy"]


@dataclass(frozen=True, slots=True)
class Source:
    """The files and what was said about them; `ask` allows questions where somebody can answer."""

    files: tuple[Path, ...]
    me: str | None = None
    tz: str | None = None
    dates: Order | None = None
    people: tuple[str, str] | None = None
    ask: bool = False


def conversation(source: Source) -> Conversation:
    """Open the files; the order of the dates is asked for where both fit."""
    try:
        return opened(source, source.dates)
    except AmbiguousDates:
        if not may_ask(source):
            raise
    return opened(source, asking.which_order())


def with_reader(talk: Conversation, source: Source) -> Conversation:
    """The conversation with the reader known, where they can be asked and wish to say."""
    if talk.me is not None or len(talk.people) != 2 or not may_ask(source):
        return talk
    return talk.with_me(asking.which_is_me(talk))


def opened(source: Source, dates: Order | None) -> Conversation:
    """The files as one conversation."""
    with progress("Opening the files"):
        return importers.open(source.files, me=source.me, tz=source.tz, dates=dates, people=source.people)


def may_ask(source: Source) -> bool:
    """Whether a question is wanted and can be answered."""
    return source.ask and asking.can_ask()
