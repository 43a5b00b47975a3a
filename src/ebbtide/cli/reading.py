"""`ebbtide read`: the conversation read, then shown as words, JSON, a report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import typer

from ebbtide import analysis
from ebbtide.cli import details, files, moments, screen
from ebbtide.cli.alias import aliased
from ebbtide.cli.intake import answers_of
from ebbtide.cli.talk import Source, conversation, with_reader
from ebbtide.cli.waiting import progress
from ebbtide.conversation import Conversation
from ebbtide.importers.checkins import read_checkins
from ebbtide.reading import Reading, Voice
from ebbtide.report import Level, html
from ebbtide.report.page import events_used


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the conversation."""

    now: str | None
    since: date | None
    until: date | None
    explain_away: tuple[analysis.ExplainedAway, ...]
    checkins: Path | None
    intake: Path | None
    voice: Voice | None


@dataclass(frozen=True, slots=True)
class Shown:
    """How the reading is to be shown."""

    html: Path | None
    level: Level
    alias: bool
    everything: bool
    json: bool


def tell(source: Source, asked: Asked, shown: Shown) -> None:
    """Read the conversation and show it as asked."""
    if shown.html is not None:
        files.destination(shown.html, (*source.files, *([asked.checkins] if asked.checkins else ())))
    talk = with_reader(conversation(source), source)
    reading = read(talk, asked)
    if shown.html is not None:
        write_report(talk, reading, shown.html, shown)
    named = aliased(reading) if shown.alias else reading
    if shown.json:
        typer.echo(json.dumps(named.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        show(named, asked, shown)


def write_report(talk: Conversation, reading: Reading, path: Path, shown: Shown) -> None:
    """Write the HTML report at the level asked for."""
    quotes = quoted(talk, reading) if shown.level == "quotes" else None
    page = html(reading, level=shown.level, alias=shown.alias, quotes=quotes, talk=talk)
    files.write_whole(path, page.encode())


def quoted(talk: Conversation, reading: Reading) -> dict[str, str]:
    """The words of the messages that some claim of the report rests on."""
    used = talk.events.filter(pl.col("id").is_in(list(events_used(reading))) & pl.col("text").is_not_null())
    return dict(used.select("id", "text").iter_rows())


def read(talk: Conversation, asked: Asked) -> Reading:
    """The reading, with its steps named while it is made."""
    until = moments.coverage_end(talk.require_two(), asked.now, moments.clock())
    moments.holding_messages(talk, asked.since, until, asked.until)
    checkins = None if asked.checkins is None else read_checkins(asked.checkins)
    with progress("Reading") as step:
        return analysis.read(
            talk,
            until,
            since=asked.since,
            until=asked.until,
            explain_away=asked.explain_away,
            checkins=checkins,
            intake=None if asked.intake is None else answers_of(asked.intake),
            voice=asked.voice,
            current=until is not None,
            progress=step,
        )


def show(reading: Reading, asked: Asked, shown: Shown) -> None:
    """Print the reading in words."""
    out = screen.console()
    screen.show(out, reading, asked.voice, rest="" if shown.everything or shown.html else screen.REST)
    if shown.everything:
        details.show_all(out, reading)
    if shown.html is not None:
        screen.paragraph(out, f"The report: {shown.html}", below=0)
