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
from ebbtide.cli.why import show_why
from ebbtide.conversation import Conversation
from ebbtide.importers.checkins import read_checkins
from ebbtide.reading import Reading, Voice
from ebbtide.report import Level, html, pdf
from ebbtide.report.evidence import sources
from ebbtide.report.names import names_of
from ebbtide.report.page import events_used
from ebbtide.report.paper import library


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
    pdf: Path | None
    level: Level
    alias: bool
    everything: bool
    why: tuple[str, ...]
    json: bool

    @property
    def written(self) -> tuple[Path, ...]:
        """The files to write."""
        return tuple(path for path in (self.html, self.pdf) if path is not None)


def tell(source: Source, asked: Asked, shown: Shown) -> None:
    """Read the conversation and show it as asked."""
    for path in shown.written:
        files.destination(path, (*source.files, *([asked.checkins] if asked.checkins else ())))
    if shown.pdf is not None:
        library()
    talk = with_reader(conversation(source), source)
    reading = read(talk, asked)
    write_reports(talk, reading, shown)
    named = aliased(reading) if shown.alias else reading
    if shown.json:
        typer.echo(json.dumps(named.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        show(named, talk, asked, shown)


def write_reports(talk: Conversation, reading: Reading, shown: Shown) -> None:
    """Write the report at the level asked for, as HTML, PDF or both."""
    quotes = quoted(talk, reading) if shown.level == "quotes" and shown.written else None
    if shown.html is not None:
        page = html(reading, level=shown.level, alias=shown.alias, quotes=quotes, talk=talk)
        files.write_whole(shown.html, page.encode())
    if shown.pdf is not None:
        drawn = pdf(reading, level=shown.level, alias=shown.alias, quotes=quotes, talk=talk)
        files.write_whole(shown.pdf, drawn)


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


def show(reading: Reading, talk: Conversation, asked: Asked, shown: Shown) -> None:
    """Print the reading in words, or what one thing in it rests on."""
    out = screen.console()
    if shown.why:
        known = sources(
            "numbers", names_of(reading, alias=False), None, talk, reading.span.tz, talk.events["id"].to_list()
        )
        for asked_about in shown.why:
            show_why(out, reading, asked_about, known)
        return
    screen.show(out, reading, asked.voice, rest="" if shown.everything or shown.written else screen.REST)
    if shown.everything:
        details.show_all(out, reading, asked.voice)
    for path in shown.written:
        screen.paragraph(out, f"The report: {path}", below=0)
