"""`ebbtide check`: a draft before it is sent, with what presses, blames or threatens in it, why, and gentler words."""

from __future__ import annotations

import json as json_
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer
from rich.console import Console

from ebbtide.cli import moments, screen
from ebbtide.cli.talk import Source, conversation, with_reader
from ebbtide.errors import BadSetting
from ebbtide.guide.check import Flag, as_json, beside_danger, readable
from ebbtide.guide.check import check as checked
from ebbtide.reading import Voice
from ebbtide.reading.types import Safety

NOTHING = "Nothing stands out in these words. A check like this can miss things."
EMPTY = "There is no draft to check: it is empty."
UNREAD = "This does not look like English, which is all the check can read. So it can say nothing."
#: Before the help, where the conversation itself speaks of danger.
DANGER = "The last messages of this conversation speak of danger. That comes before the wording of any line."
#: The numbers that tie a marked part to its reason.
NUMBERS = "¹²³⁴"


def tell(words: Sequence[str], source: Source, now: str | None, voice: Voice, *, json: bool) -> None:
    """Check the draft and print its flags, in words or as JSON. Nothing is stored."""
    text, more = sorted_out(words, bool(source.files))
    draft = written(text)
    flags, care = found(draft, replace(source, files=(*source.files, *more)), now, voice)
    if json:
        told = as_json(flags, readable=readable(draft), care=care)
        typer.echo(json_.dumps(told, ensure_ascii=False, indent=2, allow_nan=False))
    elif care.level != "none" and not flags:
        screen.paragraph(screen.console(), f"{DANGER} {care.shown}")
    else:
        show(screen.console(), draft, flags)


def found(draft: str, source: Source, now: str | None, voice: Voice) -> tuple[list[Flag], Safety]:
    """The flags, in the moment of the conversation where there is one, and the help that comes first beside danger."""
    if not source.files:
        at = moments.clock().astimezone() if now is None else moments.moment(now, source.tz or "UTC")
        return checked(draft, now=at, voice=voice), beside_danger(None)
    talk = with_reader(conversation(source).require_two(), source)
    end = moments.coverage_end(talk, now, moments.clock())
    care = beside_danger(talk, end)
    return checked(draft, talk=talk, now=end, voice=voice, care=care), care


def sorted_out(words: Sequence[str], with_talk: bool) -> tuple[str | None, tuple[Path, ...]]:
    """The draft, and the files of a conversation that were named one after another behind `--talk`."""
    more = tuple(Path(w) for w in words if with_talk and Path(w).suffix and Path(w).exists())
    rest = [w for w in words if Path(w) not in more]
    return " ".join(rest) if rest else None, more


def written(text: str | None) -> str:
    """The draft as given, or from standard input."""
    if text not in (None, "-"):
        return text or ""
    if text is None and sys.stdin.isatty():
        raise BadSetting("There is no draft.", try_='Give it in quotes, like: ebbtide check "are you there?"')
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")


def show(out: Console, draft: str, flags: Sequence[Flag]) -> None:
    """Print the draft with its marked parts, then each reason with two gentler wordings."""
    if not flags:
        said = EMPTY if not draft.strip() else NOTHING if readable(draft) else UNREAD
        screen.paragraph(out, said, below=0)
        return
    screen.paragraph(out, marked(draft.rstrip(), flags))
    for number, flag in enumerate(flags):
        screen.paragraph(out, f"{NUMBERS[number]} {flag.why}", style="bold", hang=2, below=0 if flag.rewrites else 1)
        for words in flag.rewrites:
            screen.paragraph(out, f"– {words}", left=2, hang=2, below=0)
        if flag.rewrites:
            screen.paragraph(out, f"Source: {flag.source} ({flag.grade}).", style="dim", left=2)
    if any(flag.rewrites for flag in flags):
        screen.paragraph(out, "Or keep yours.", below=0)


def marked(draft: str, flags: Sequence[Flag]) -> str:
    """The draft with the part of each flag in brackets and its number behind."""
    opening = [flag.span[0] for flag in flags]
    closing = {i: flag.span[1] for i, flag in enumerate(flags)}
    out = []
    for place in range(len(draft) + 1):
        ending = sorted((i for i, end in closing.items() if end == place), key=lambda i: -opening[i])
        out += [f"]{NUMBERS[i]}" for i in ending]
        out += ["["] * opening.count(place)
        out += draft[place : place + 1]
    return "".join(out)
