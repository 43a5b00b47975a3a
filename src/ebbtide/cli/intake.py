"""`ebbtide intake`: a dozen or so short questions, each skippable, and a reading from what was answered."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import typer

from ebbtide import analysis
from ebbtide.cli import details, files, screen, sheets
from ebbtide.cli.asking import can_ask, line, say
from ebbtide.cli.nothing import says_nothing
from ebbtide.cli.questions import REST, SAFETY, VOICE, Answers, Choice, Question, choices_of
from ebbtide.cli.typed import OPEN, chosen_of, end_in_doubt, numbered, taken
from ebbtide.errors import BadSetting
from ebbtide.reading.told_facts import anything_told
from ebbtide.selfreport import Intake, read_answers
from ebbtide.selfreport.intake import SafetyAnswers, Voice

LEAVING = ("q", "quit", "exit")
BACK = ("b", "back")
#: Leaves open what was answered before, after going back.
CLEARS = "-"
ASKING_HOW = ("?", "h", "help")


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
    if asked.answers is None:
        given = questioned(asked.voice, asked.keep, asked.now)
        if nothing_told(given) and not json_:
            say(NOTHING_TOLD)
            return
    else:
        given = answers_of(asked.answers, asked.voice)
    if asked.keep is not None and given.safety.any:
        say("Because of what you answered about safety, your answers are not kept.")
    elif asked.keep is not None:
        given = msgspec.structs.replace(given, told_on=given.told_on or asked.now.date())
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


NOTHING_TOLD = """
Nothing was told, so there is nothing to read. Two or three answers are enough.
  ebbtide intake      asks again
  ebbtide read FILE   reads an export of your chat instead
  ebbtide helplines   who can help, if you are afraid or in danger"""


def nothing_told(given: Intake) -> bool:
    """Whether there is nothing to answer: no question, and no more than that nobody is in danger."""
    safe = given if given.safety.any else msgspec.structs.replace(given, safety=SafetyAnswers())
    return given.question is None and not anything_told(safe)


def answers_of(path: Path, voice: Voice | None = None) -> Intake:
    """The answers of a file, or of standard input for "-"; a voice given beside them counts."""
    found = read_answers(sheets.given(path), where="answers" if str(path) == "-" else path.name)
    return found if voice is None else read_answers({**kept(found), "voice": voice})


def kept(answers: Intake) -> dict[str, Any]:
    """Answers as the JSON they can be read from again."""
    built: dict[str, Any] = msgspec.to_builtins(answers)
    return built


def questioned(voice: Voice | None, keep: Path | None = None, now: datetime | None = None) -> Intake:
    """The answers somebody gives at the terminal; what is skipped stays unknown, and danger ends the questions."""
    order = (*((SAFETY,) if voice else (VOICE, SAFETY)), *REST)
    answers: dict[str, Any] = {} if voice is None else {"voice": voice}
    stays = "Nothing is kept." if keep is None else f"Your answers go to {keep}, and nowhere else."
    say(f"{len(coming(order, (), answers))} short questions at most. {stays}")
    say("Enter skips one, b goes back, q stops and reads what there is.")
    asked: list[tuple[Question, dict[str, Any], str]] = []
    former: dict[str, Former] = {}
    again: set[str] = set()
    while ahead := coming(order, [q.id for q, _, _ in asked], answers):
        question = ahead[0]
        typed = put(question, answers, f"{len(asked) + 1} of {len(asked) + len(ahead)}", former)
        if typed is not None and typed.casefold() in BACK:
            if asked:
                question, answers, typed = asked.pop()
                former[question.id] = (choices_of(question, answers), typed)
            else:
                say("This is the first question.")
            continue
        before, answers = answers, taken(question, typed or "", answers, now)
        if not_read(question, typed, answers) and question.id not in again:
            again.add(question.id)
            if question is SAFETY:
                say("If you are afraid or in danger: ebbtide helplines.")
                say("Otherwise give the numbers that fit, like 1 3.")
            elif question is VOICE:
                say("Give 1 if you wait for the other, 2 if it is you who pulls away.")
            continue
        if question is VOICE and VOICE.id in again and VOICE.id not in answers:
            say("What follows is for the one who waits. If it is you who pulls away, b goes back.")
        # Words about safety that cannot be read may tell of danger.
        if question is SAFETY and SAFETY.id in again and "safety" not in answers:
            answers = {**answers, "safety": {"unread": True}}
        if read_answers(answers).safety.any:
            say("The questions stop here: this comes first.")
            break
        if typed is None:
            break
        asked.append((question, before, typed))
    return read_answers(answers)


#: What was answered before somebody went back, and the choices it was about.
Former = tuple[tuple[Choice, ...], str]


def coming(order: Sequence[Question], asked: Sequence[str], answers: Answers) -> list[Question]:
    """The questions still to be put, as the answers so far have it."""
    return [q for q in order if q.id not in asked and q.words(answers)]


def not_read(question: Question, typed: str | None, answers: Answers) -> bool:
    """Whether something was typed that no answer came of, where that is worth asking again."""
    if question.id == "stage" and typed and "stage" not in answers:
        return end_in_doubt(chosen_of(typed, choices_of(question, {}))[0])
    field = question.id if question in (VOICE, SAFETY) else question.field
    # Who tells of a return has told how long it has been distant: it is over.
    if question.field and "returned" in answers:
        return False
    open_ = not typed or (question is not SAFETY and says_nothing(typed))
    return bool(field) and not open_ and field not in answers and not read_answers(answers).safety.any


def put(question: Question, answers: Answers, place: str, former: Mapping[str, Former]) -> str | None:
    """One question with its choices; what was typed, or None to stop."""
    choices = choices_of(question, answers)
    was = former.get(question.id, ((), ""))
    kept_so = was[1] if was[0] == choices else ""
    say("")
    say(f"{place}  {question.words(answers)}")
    for number, choice in enumerate(numbered(choices), 1):
        say(f"  {number:2} {choice.words}")
    if question.hint:
        say(f"   {question.hint}")
    if kept_so:
        say(f"   Your answer was: {kept_so}. Enter keeps it, {CLEARS} leaves it open.")
    while (typed := line(f"({how(question)})")) is not None and typed.casefold() in ASKING_HOW:
        say("Give what fits. Enter skips, b goes back, q stops. Afraid, or in danger: ebbtide helplines.")
    if typed is None or typed.casefold() in LEAVING:
        return None
    return "" if typed == CLEARS else typed or kept_so


def how(question: Question) -> str:
    """How a question can be answered."""
    if question.field:
        return "like 10 days, 3 weeks, or since 5 March"
    numbers = "several, like 1 3" if question.several else "a number"
    return f"{numbers}, or your own words" if question.id in OPEN else numbers
