"""Questions, put only where somebody can answer, and lengths of time as people type them in answer."""

from __future__ import annotations

import io
import re
import signal
import sys
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Literal, NoReturn

import typer

from ebbtide.cli.failures import to_the_window
from ebbtide.cli.plain import plain
from ebbtide.conversation import Conversation
from ebbtide.reading import phrases
from ebbtide.reading.phrases import DAYS_A_MONTH


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
    typer.echo(to_the_window(text), err=True)


def reply(question: str, *, default: str) -> str:
    """What the person at the terminal answers; Enter, or the end of the input, is the default."""
    return line(f"{question} [{default}]") or default


def line(question: str) -> str | None:
    """What the person at the terminal types, "" for Enter alone, None at the end of the input; Ctrl-C leaves."""
    # Not typer.prompt: it takes the end of the input and Ctrl-C for the same.
    hear_interrupts()
    typer.echo(f"{to_the_window(plain(question))}: ", err=True, nl=False)
    try:
        typed = typed_line()
    except KeyboardInterrupt:
        say("")
        return leave()
    return clean(typed) if typed else None


#: More than anybody types in a line is dropped.
LONGEST_LINE = 2000
#: What keys such as the arrows leave in a line.
KEYS = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.|$)")


def clean(typed: str) -> str:
    """What was typed, without the codes of keys and control characters, and of a length that is meant."""
    # What came in another encoding than the terminal’s cannot be written again.
    readable = KEYS.sub("", typed[:LONGEST_LINE]).replace("\t", " ").encode("utf-8", "replace").decode()
    return plain(readable).strip()


def typed_line() -> str:
    """The next line of standard input, "" at its end."""
    if isinstance(sys.stdin, io.TextIOWrapper) and sys.stdin.errors != "replace":
        # Once something was read it cannot be set any more.
        with suppress(io.UnsupportedOperation):
            sys.stdin.reconfigure(errors="replace")
    return sys.stdin.readline()


def word(question: str) -> str:
    """What the person at the terminal writes, "" for Enter alone. q, Ctrl-C or the end of the input leaves."""
    # Not typer.prompt: it writes a part of its question to standard output, which belongs to the answer.
    hear_interrupts()
    typer.echo(f"{to_the_window(plain(question))}\n> ", err=True, nl=False)
    try:
        line = typed_line()
    except KeyboardInterrupt:
        line = ""
    if not line:
        say("")
    typed = clean(line)
    return leave() if not line or typed.casefold() == "q" else typed


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


#: Days in what people count by.
UNITS = {"h": 1 / 24, "d": 1.0, "w": 7.0, "f": 14.0, "m": DAYS_A_MONTH, "y": 365.25}
#: What is said without a number.
SAID_PLAINLY = {"today": 0.0, "yesterday": 1.0, "since yesterday": 1.0, "since today": 0.0}
#: Numbers as words.
COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TENS = {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}
SOME = {
    "half a": 0.5,
    "half an": 0.5,
    "a couple of": 2,
    "a couple": 2,
    "couple of": 2,
    "a few": 3,
    "few": 3,
    "several": 4,
}
WHOLE = {w: n for n, w in enumerate(COUNTED, 1)} | {str(n): n for n in range(1, 13)}
HALVES = {f"{w} and a half": n + 0.5 for w, n in WHOLE.items()}
NUMBERS: dict[str, float] = {**HALVES, **SOME, "a": 1, "an": 1, **WHOLE, **TENS}
ROUGHLY = "about|around|for|ca|over|almost|nearly|more than|at least|roughly|maybe|some|the last|the past|since"
ONE_NUMBER = rf"(?:\d+(?:[.,]\d+)?|(?:{'|'.join(NUMBERS)})\b)"
UNIT = r"(?:hrs?|hours?|days?|wks?|weeks?|fortnights?|mths?|months?|yrs?|years?|[hdwmy])\b"
SPAN = rf"(?:(?:{ROUGHLY})\.? )*(?:\d+\s*(?:-|–|to|or)\s*)?{ONE_NUMBER}\s*{UNIT}(?: ago\b| now\b)?"
DAYS = re.compile(
    rf"(?:(?:{ROUGHLY})\.? )*(?:(\d+)\s*(?:-|–|to|or)\s*)?({ONE_NUMBER})\s*(?:({UNIT})(?: ago| now)?)?",
    re.IGNORECASE,
)
MONTHS, WEEKDAYS = ([name.casefold() for name in names] for names in (phrases.MONTHS, phrases.WEEKDAYS))
MONTH = rf"(?:{'|'.join(rf'{m}|{m[:3]}' for m in MONTHS)}|sept)\b\.?"
ORDINAL = r"(?:the )?\d{1,2}(?!\d)(?:st|nd|rd|th|[.])?"
PART = r"early|the beginning of|the start of|beginning of|start of|mid|the middle of|middle of|late|the end of|end of"
DATE = (
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?:last |on )?(?P<weekday>{'|'.join(WEEKDAYS)})\b"
    rf"|(?:(?P<day>{ORDINAL})(?: of)? |(?P<part>{PART})[ -])?(?P<month>{MONTH})(?: (?P<day_after>{ORDINAL})\b)?"
    r"(?:,? (?P<year>(?:19|20)\d\d))?"
    r"|(?P<feast>christmas|new year(?:[’']?s)?)|(?P<recently>the day before yesterday|yesterday|today|"
    r"last (?:night|week|month|year))\b"
)
YEAR = r"(?:(?<=since )|(?<=from )|(?<=in ))(?P<in_year>(?:19|20)\d\d)"
WHEN = re.compile(rf"(?:(?:it was|since|from|in|on|about|around) )*(?:{DATE}|{YEAR})")
LENGTH = re.compile(rf"\b(?:{SPAN}|{re.sub(r'[?]P<[a-z_]+>', '?:', WHEN.pattern)})", re.IGNORECASE)
OFTEN = re.compile(rf"\b(?:(?:\d+\s*(?:-|–|to|or)\s*)?({ONE_NUMBER})\s*(?:times\b|x\b)|(once|twice)\b)", re.IGNORECASE)
RECENTLY = {"the day before yesterday": 2.0, "last night": 1.0, "last week": 7.0, "last month": DAYS_A_MONTH}
RECENTLY = {**SAID_PLAINLY, **RECENTLY, "last year": 365.25}
#: A month alone, or a part of it, as a day in it.
IN_A_MONTH = {"early": 5, "beginning": 5, "start": 5, "mid": 15, "middle": 15, "late": 25, "end": 27}
LONGEST_DAYS = 20000
#: Nothing happens more often than that.
MOST_TIMES = 999


def as_days(typed: str, now: datetime | None = None) -> float | None:
    """A number of days as people type it ("10", "2 weeks", "since march"); None for none.

    Dates need to know what now is.
    """
    typed = typed.strip(" .!").casefold()
    if now is not None and (since := days_since(typed, now.date())) is not None:
        return since
    said = DAYS.fullmatch(typed)
    if said is None:
        return SAID_PLAINLY.get(typed)
    low, number = said[1], in_figures(said[2])
    number = number if low is None else (float(low) + number) / 2
    found = number * UNITS[(said[3] or "d")[0]]
    return round(found, 1) if found < LONGEST_DAYS else None


def in_figures(word: str) -> float:
    """A number that was typed, in words or figures."""
    return NUMBERS[word] if word in NUMBERS else float(word.replace(",", "."))


def often(typed: str) -> float | None:
    """How often, as people type it ("3 times", "twice"); None for none."""
    said = OFTEN.fullmatch(typed.casefold())
    if said is None:
        return None
    number = {"once": 1.0, "twice": 2.0}[said[2]] if said[2] else in_figures(said[1])
    return float(int(number)) if 1 <= number <= MOST_TIMES else None


def days_since(typed: str, today: date) -> float | None:
    """The days since what was named as a date ("since march", "the 3rd of march", "last monday"); None for none."""
    said = WHEN.fullmatch(typed)
    if said is None:
        return None
    if said["recently"]:
        return RECENTLY[said["recently"]]
    try:
        named = named_day(said, today)
    except ValueError:
        return None
    days = -1 if named is None else (today - named).days
    return float(days) if 0 <= days < LONGEST_DAYS else None


def named_day(said: re.Match[str], today: date) -> date | None:
    """The latest day up to now that a date means; None or `ValueError` for one that there is not."""
    if said["iso"]:
        return date.fromisoformat(said["iso"])
    if said["weekday"]:
        return today - timedelta(days=(today.weekday() - WEEKDAYS.index(said["weekday"]) - 1) % 7 + 1)
    if said["in_year"]:
        return min(date(int(said["in_year"]), 7, 1), today)
    if said["feast"]:
        return latest(25, 12, today) if said["feast"] == "christmas" else latest(1, 1, today)
    month = next(i for i, name in enumerate(MONTHS, 1) if name.startswith(said["month"][:3]))
    day = said["day"] or said["day_after"]
    if day:
        number = int(re.sub(r"\D", "", day))
    else:
        number = IN_A_MONTH[re.sub(r"the | of", "", said["part"] or "mid")]
        if month == today.month:
            # Of the present month only a part is over.
            number = min(number, today.day) if said["part"] else max(1, today.day // 2)
    return date(int(said["year"]), month, number) if said["year"] else latest(number, month, today)


def latest(day: int, month: int, today: date) -> date | None:
    """The latest such day up to now; None for one that no year has."""
    # A 29th of February is there every fourth year.
    for year in range(today.year, today.year - 5, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None
