"""`ebbtide now`: only how unusual the present silence is."""

from __future__ import annotations

import json as json_
from zoneinfo import ZoneInfo

import typer

from ebbtide import analysis
from ebbtide.cli import moments, screen
from ebbtide.cli.talk import Source, conversation
from ebbtide.cli.waiting import progress
from ebbtide.reading.as_dict import silence_to_dict
from ebbtide.reading.findings import ended_words
from ebbtide.reading.phrases import Named


def tell(source: Source, now: str | None, *, json: bool) -> None:
    """Print the present silence of each person, in words or as the `silence` array."""
    talk = conversation(source).require_two()
    until = moments.coverage_end(talk, now, moments.clock())
    moments.holding_messages(talk, None, until)
    with progress("Reading"):
        silences = analysis.now(talk, until)
    if json:
        typer.echo(json_.dumps([silence_to_dict(s) for s in silences], ensure_ascii=False, indent=2, allow_nan=False))
        return
    out, names = screen.console(), {p.id: Named(p.name, p.id == talk.me) for p in talk.people}
    first, last = (at.astimezone(ZoneInfo(talk.tz)).date() for at in (talk.events["at"][0], talk.events["at"][-1]))
    if until is None:
        screen.paragraph(out, f"{ended_words(last)} As of that day:")
    screen.show_silences(out, silences, names, (last - first).days + 1)
    screen.paragraph(out, screen.HELP, style="dim", below=0)
