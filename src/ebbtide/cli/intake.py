"""`ebbtide intake`: a dozen or so short questions, each skippable, and a reading from what was answered."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import typer

from ebbtide import analysis
from ebbtide.cli import details, files, screen
from ebbtide.cli.asking import can_ask, say
from ebbtide.cli.questions import REST, SAFETY, VOICE, Question, choices_of, filled
from ebbtide.errors import BadSetting, ImportFailed
from ebbtide.reading.phrases import DAYS_A_MONTH
from ebbtide.selfreport import Intake, read_answers
from ebbtide.selfreport.intake import Voice

LEAVING = ("q", "quit")


@dataclass(frozen=True, slots=True)
class Asked:
    """Where answers come from, and where they go: `keep` writes them as JSON, to be given again later."""

    answers: Path | None
    voice: Voice | None
    now: datetime
    earlier: Path | None
    keep: Path | None


def tell(asked: Asked, *, json_: bool, everything: bool) -> None:
    """Ask, or read the answers, and show the reading."""
    if asked.answers is None and not can_ask():
        raise BadSetting(
            "The questions need a terminal, and there is none.",
            where="intake",
            try_="Give the answers as JSON with --answers FILE or -.",
        )
    earlier = None if asked.earlier is None else answers_of(asked.earlier)
    given = questioned(asked.voice, asked.keep) if asked.answers is None else answers_of(asked.answers, asked.voice)
    if asked.keep is not None:
        files.write_whole(asked.keep, (json.dumps(kept(given), indent=2) + "\n").encode())
        say(f"Your answers are in {asked.keep}. If somebody else uses this device, delete that file.")
    reading = analysis.intake(given, asked.now, earlier)
    if json_:
        typer.echo(json.dumps(reading.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
        return
    out = screen.console()
    screen.show(out, reading, given.voice, rest="" if everything else "--all shows the reasons.")
    if everything:
        details.show_all(out, reading, given.voice)


def answers_of(path: Path, voice: Voice | None = None) -> Intake:
    """The answers of a file, or of standard input for "-"; a voice given beside them counts."""
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise ImportFailed(
            f"The answers could not be read: {error.strerror}.", where=str(path), try_="Check the path."
        ) from None
    found = read_answers(raw, where="answers" if str(path) == "-" else path.name)
    return found if voice is None else read_answers({**kept(found), "voice": voice})


def kept(answers: Intake) -> dict[str, Any]:
    """Answers as the JSON they can be read from again."""
    built: dict[str, Any] = msgspec.to_builtins(answers)
    return built


NONE_OF_THESE = "none of these"
#: What people type for it.
NOTHING = frozenset({NONE_OF_THESE, "no", "none", "nope", "no.", "none of them", "nothing", "n", "nein", "non"})


def questioned(voice: Voice | None, keep: Path | None = None) -> Intake:
    """The answers somebody gives at the terminal; what is skipped stays unknown, and danger ends the questions."""
    stays = "Nothing is kept." if keep is None else f"Your answers go to {keep}, and nowhere else."
    say(f"A dozen or so short questions. Enter skips one, q stops and reads what there is. {stays}")
    answers: dict[str, Any] = {} if voice is None else {"voice": voice}
    first = (SAFETY,) if voice else (VOICE, SAFETY)
    for question in (*first, *REST):
        if not question.words(answers.get("voice", "waiting")):
            continue
        reply = put(question, answers.get("voice", "waiting"))
        if reply is None:
            break
        answers = taken(question, reply, answers)
        if reply and question.field and question.field not in answers:
            reply = put(question, answers.get("voice", "waiting")) or ""
            answers = taken(question, reply, answers)
        if question is SAFETY:
            if reply and "safety" not in answers:
                answers = safety_again(answers)
            if any(answers.get("safety", {}).values()):
                say("The questions stop here: this comes first.")
                break
    return read_answers(answers)


def safety_again(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers after the question about safety was put once more: words that cannot be read may tell of danger."""
    say("If you are afraid or in danger: ebbtide helplines. Otherwise give the numbers that fit, like 1 3.")
    reply = put(SAFETY, answers.get("voice", "waiting"))
    again = answers if reply is None else taken(SAFETY, reply, answers)
    skipped_now = reply == ""
    return again if skipped_now or "safety" in again else {**answers, "safety": {"unsure": True}}


def put(question: Question, voice: Voice) -> str | None:
    """One question with its choices; what was typed, or None to stop."""
    say("")
    say(question.words(voice))
    for number, choice in enumerate(choices_of(question, voice), 1):
        say(f"  {number:2} {choice.words}")
    how = "several, like 1 3" if question.several else "days" if question.field else "a number"
    try:
        typed = str(typer.prompt(f"({how})", default="", show_default=False, err=True)).strip()
    except (EOFError, typer.Abort):
        return None
    return None if typed.casefold() in LEAVING else typed


def taken(question: Question, typed: str, answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with what was typed; what cannot be read is skipped and said so."""
    voice: Voice = answers.get("voice", "waiting")
    if question.field:
        number = as_days(typed)
        if number is None and typed:
            say("That is no number of days. Like this: 10, half a day, or 2 weeks.")
        return answers if number is None else {**answers, question.field: number}
    choices = choices_of(question, voice)
    in_words = [c for c in choices if typed.casefold().strip(" .!") in (c.words.casefold(), *c.also)]
    if in_words:
        return filled(answers, in_words[0])
    if typed.casefold() in NOTHING:
        return next((filled(answers, c) for c in choices if c.words == NONE_OF_THESE), answers)
    given = typed.replace(",", " ").split()[: None if question.several else 1]
    chosen = [int(part) for part in given if part.isdecimal() and 1 <= int(part) <= len(choices)]
    for number in chosen:
        answers = filled(answers, choices[number - 1])
    if len(chosen) < len(given):
        say("The rest is none of the choices." if chosen else "That is none of the choices; it is left open.")
    return answers


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
NUMBERS: dict[str, float] = {**SOME, "a": 1, "an": 1, **{w: n for n, w in enumerate(COUNTED, 1)}, **TENS}
ROUGHLY = "about|around|for|ca|over|almost|nearly|more than|at least|roughly|maybe|some|the last|since"
DAYS = re.compile(
    rf"(?:(?:{ROUGHLY})\.? )*(?:(\d+)\s*(?:-|–|to|or)\s*)?(\d+(?:[.,]\d+)?|(?:{'|'.join(NUMBERS)})\b)\s*"
    r"(?:(h|hrs?|hours?|d|days?|w|wks?|weeks?|fortnights?|m|mths?|months?|y|yrs?|years?)(?: ago| now)?)?",
    re.IGNORECASE,
)


def as_days(typed: str) -> float | None:
    """A number of days as people type it ("10", "10 days", "2 weeks", "a month"); None for none."""
    typed = typed.strip(" .!").casefold()
    said = DAYS.fullmatch(typed)
    if said is None:
        return SAID_PLAINLY.get(typed)
    low, word = said[1], said[2]
    number = NUMBERS[word] if word in NUMBERS else float(word.replace(",", "."))
    number = number if low is None else (float(low) + number) / 2
    found = number * UNITS[(said[3] or "d")[0]]
    return round(found, 1) if found < 20000 else None
