"""Questions, each asked once and with a default, and only where somebody can answer."""

from __future__ import annotations

import signal
import sys
from typing import Literal, NoReturn

import typer

from ebbtide.cli.plain import plain
from ebbtide.conversation import Conversation


def can_ask() -> bool:
    """Whether somebody sits at the other end: both what is asked and what is answered go to a terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def which_order() -> Literal["dmy", "mdy"]:
    """Day first or month first, where the file fits both."""
    say("Every date in this file can be read with the day first or the month first.")
    answer = reply("Which is it? 1: day first (03/04 is 3 April), 2: month first (03/04 is 4 March)", default="1")
    return "mdy" if answer.strip().casefold() in ("2", "mdy", "month") else "dmy"


def which_is_me(talk: Conversation) -> str | None:
    """The name of the reader, or None if they would rather not say."""
    names = [p.name for p in talk.people]
    choices = ", ".join(f"{i}: {plain(name)}" for i, name in enumerate(names, 1))
    answer = reply(f"Which one is you? {choices}, 0: neither or not now", default="0").strip()
    if answer.isdigit():
        return names[int(answer) - 1] if 1 <= int(answer) <= len(names) else None
    return next((name for name in names if name.casefold() == answer.casefold()), None)


def say(text: str) -> None:
    """A line on standard error, so that standard output stays the reading alone."""
    typer.echo(text, err=True)


def reply(question: str, *, default: str) -> str:
    """What the person at the terminal answers; Enter is the default."""
    hear_interrupts()
    return str(typer.prompt(question, default=default, err=True))


def word(question: str) -> str:
    """What the person at the terminal writes, "" for Enter alone. q, Ctrl-C or the end of the input leaves."""
    # Not typer.prompt: it writes a part of its question to standard output, which belongs to the answer.
    hear_interrupts()
    typer.echo(f"{plain(question)}\n> ", err=True, nl=False)
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = ""
    if not line:
        say("")
    return leave() if not line or line.strip().casefold() == "q" else line.strip()


def number(question: str, lowest: int, highest: int) -> int | None:
    """A whole number, or None where Enter skips the question."""
    while answer := word(question):
        if answer.isdecimal() and len(answer) <= len(str(highest)) and lowest <= int(answer) <= highest:
            return int(answer)
        say(f"Write a number from {lowest} to {highest}. Enter skips, q leaves.")
    return None


def numbers(question: str, lowest: int, highest: int) -> list[int]:
    """Several whole numbers in a line, each once; Enter alone is none."""
    while answer := word(question):
        parts = answer.replace(",", " ").split()
        if all(p.isdecimal() and len(p) <= len(str(highest)) and lowest <= int(p) <= highest for p in parts):
            return list(dict.fromkeys(int(part) for part in parts))
        say(f"Write numbers from {lowest} to {highest}, like 2 5. Enter skips, q leaves.")
    return []


def hear_interrupts() -> None:
    """Let Ctrl-C end a question at once: polars, once loaded, has it wait until Enter."""
    if sys.platform != "win32":
        signal.siginterrupt(signal.SIGINT, True)


def leave() -> NoReturn:
    """End without keeping anything, as the person wished."""
    say("Nothing was kept.")
    raise typer.Exit
