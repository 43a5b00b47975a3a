"""`ebbtide guide`: exercises, ways of saying it, coming back, the repair talk, weighing it, and where to turn."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import typer
from rich.console import Console

from ebbtide.cli import exercise
from ebbtide.cli.helplines import code_of, told
from ebbtide.cli.screen import HELP, console, paragraph
from ebbtide.errors import BadSetting
from ebbtide.guide.browse import Text, Topic, packaged_guide
from ebbtide.guide.where import Organisation, Problem, Where, packaged_where, read_where, together
from ebbtide.reading import Voice
from ebbtide.reading.help import Directory, HelpLine, countries, packaged_help

SCHEMA = "ebbtide.guide/1"
#: First on every page: nothing below it is meant for somebody in danger.
SAFETY = f"{HELP} All else here is for two who are safe with each other."
WHERE = "where"
#: Where help with danger itself is looked for, that sentence would send people away.
NOW = "In danger, call your local emergency number now. More: ebbtide helplines."
FOR: dict[Voice, str] = {"waiting": "if you wait", "withdrawing": "if you pulled away"}
MADE_UP = "You are not alone with it. These people are made up; what they tell is told often."


@dataclass(frozen=True, slots=True)
class Asked:
    """A topic, in a voice; one exercise of it to do; for where to turn a problem, a country and files beside ours."""

    topic: str | None = None
    voice: Voice | None = None
    do: str | None = None
    about: str | None = None
    country: str | None = None
    packs: tuple[Path, ...] = ()


def tell(asked: Asked, *, json: bool) -> None:
    """The topics, or one of them."""
    name = asked.topic or meant(asked)
    if name is None:
        listed(json=json)
        return
    topic = packaged_guide().topic(name)
    if topic is None:
        known = ", ".join(t.id for t in packaged_guide().topics)
        raise BadSetting("There is no such topic.", where=name, try_=f"There are {known}.")
    if topic.id != WHERE:
        refuse_options_of_where(asked)
    texts = packaged_guide().of(topic.shows, asked.voice)
    if asked.do is not None:
        do(exercise_of(texts, asked.do), json=json)
    elif topic.id == WHERE:
        where(topic, texts, asked, json=json)
    elif json:
        emit(page(topic, asked.voice, texts))
    else:
        out = opened(topic.title)
        for text in texts:
            show(out, text)
        timed = [text.short for text in texts if text.steps]
        if timed:
            how = "along a calm count" if sys.stdout.isatty() else "alone"
            paragraph(out, f"One of them {how}: --do {', '.join(timed)}.", style="dim")


def meant(asked: Asked) -> str | None:
    """The topic the options speak of where none was named: where to turn, or the one that has the exercise."""
    if asked.about is not None or asked.country is not None or asked.packs:
        return WHERE
    if asked.do is None:
        return None
    by_name = {
        text.short: topic.id
        for topic in packaged_guide().topics
        for text in packaged_guide().of(topic.shows, asked.voice)
        if text.steps
    }
    if asked.do not in by_name:
        raise BadSetting("There is no such exercise.", where=asked.do, try_=f"There are {', '.join(by_name)}.")
    return by_name[asked.do]


def refuse_options_of_where(asked: Asked) -> None:
    """`BadSetting` if an option of another topic was given."""
    given = {"--about": asked.about, "--country": asked.country, "--pack": asked.packs or None}
    for name, value in given.items():
        if value is not None:
            raise BadSetting(
                f"{name} does not belong here.", where=f"guide {asked.topic}", try_="Try ebbtide guide where."
            )


def listed(*, json: bool) -> None:
    """What there is to browse."""
    topics = packaged_guide().topics
    if json:
        emit({"topics": [{"id": t.id, "title": t.title, "what": t.what} for t in topics]})
        return
    out = opened("What there is to browse")
    for topic in topics:
        paragraph(out, f"{topic.id}: {topic.what}", hang=2, below=0)
    out.print()
    paragraph(out, "ebbtide guide settling shows one. --voice waiting or withdrawing keeps to one side.", style="dim")


def exercise_of(texts: Sequence[Text], name: str) -> Text:
    """The exercise called by this name; `BadSetting` if the topic has none."""
    timed = {text.short: text for text in texts if text.steps}
    if name not in timed:
        known = f"There are {', '.join(timed)}." if timed else "See ebbtide guide settling."
        raise BadSetting("There is no such exercise here.", where=name, try_=known)
    return timed[name]


def do(text: Text, *, json: bool) -> None:
    """One exercise: along a count where somebody sits at the terminal, else as its steps."""
    if json:
        emit({"items": [item(text)]})
        return
    out = opened(None)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        show(out, text)
        return
    paragraph(out, f"{text.title}. {text.text}")
    paragraph(out, f"It takes {lasting(text.seconds)}. Ctrl-C leaves at any time.", style="dim")
    exercise.count(text, out.print)


# --- where to turn


def where(topic: Topic, texts: Sequence[Text], asked: Asked, *, json: bool) -> None:
    """Kinds of help, organisations and books, for one problem or all, in one country or all."""
    known = known_places(asked.packs)
    problem = None if asked.about is None else known.problem(asked.about)
    if asked.about is not None and problem is None:
        ids = ", ".join(p.id for p in known.problems)
        raise BadSetting("That problem is not among those known.", where=asked.about, try_=f"There are {ids}.")
    code = None if asked.country is None else code_of(asked.country)
    found = known.of(asked.about, code)
    lines, directories = help_for(problem, code)
    safety = NOW if problem is not None and problem.lines else SAFETY
    if json:
        shown = texts if problem is None else packaged_guide().of(problem.shows, asked.voice)
        extra = {"about": asked.about, "country": code, "lines": lines, "directories": directories}
        emit(page(topic, asked.voice, shown) | extra | msgspec.to_builtins(found), safety)
        return
    out = opened(topic.title) if problem is None else opened(problem.title, safety)
    if problem is None:
        show_all(out, known, texts)
    else:
        show_problem(out, problem, packaged_guide().of(problem.shows, asked.voice))
    show_lines(out, lines, directories, code, wanted=problem is not None and bool(problem.lines))
    show_found(out, found, code, everything=problem is None)


def known_places(packs: Sequence[Path]) -> Where:
    """What comes with Ebbtide, and what these files add."""
    if not packs:
        return packaged_where()
    return together((packaged_where(), *(read_where(text_of(path), path.name) for path in packs)))


def text_of(path: Path) -> str:
    """The text of a file; a `BadSetting` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise BadSetting("The file cannot be read.", where=path.name, try_="Give a TOML file in UTF-8.") from None


def help_for(problem: Problem | None, code: str | None) -> tuple[tuple[HelpLine, ...], tuple[Directory, ...]]:
    """Help lines for a problem in a country, and the lists of all countries."""
    needs = ("crisis", "violence") if problem is None else problem.lines
    found = packaged_help()
    return found.of(code, *needs), tuple(d for d in found.directories if d.need in needs)


def show_problem(out: Console, problem: Problem, texts: Sequence[Text]) -> None:
    """The first step, and what the packs say of it."""
    paragraph(out, problem.text, below=0)
    rests(out, problem.source, problem.grade)
    for text in texts:
        show(out, text)


def show_all(out: Console, known: Where, texts: Sequence[Text]) -> None:
    """How to find somebody, and the problems to browse by."""
    for text in texts:
        show(out, text)
    paragraph(out, "By the problem you have: --about", style="bold", below=0)
    for problem in known.problems:
        paragraph(out, f"{problem.id}: {problem.title}", hang=2, below=0)
    out.print()


def show_lines(
    out: Console, lines: Sequence[HelpLine], lists: Sequence[Directory], code: str | None, *, wanted: bool
) -> None:
    """Help lines of the country, or where they are listed, if this problem has any or a country was named."""
    if not lists or not (wanted or code):
        return
    paragraph(out, "Lines to ring", style="bold", below=0)
    for line in lines:
        paragraph(out, told(line, named=False), hang=2, below=0)
    listed_at = ", ".join(d.web for d in lists)
    paragraph(out, f"By country: {listed_at}. With numbers: ebbtide helplines." if not lines else f"More: {listed_at}.")


def show_found(out: Console, found: Where, code: str | None, *, everything: bool) -> None:
    """Kinds, organisations, books and made-up people; for all problems, organisations only of a named country."""
    for kind in found.kinds:
        paragraph(out, kind.title, style="bold", below=0)
        paragraph(out, kind.text, below=0)
        rests(out, kind.source, kind.grade)
    if found.organisations and (code or not everything):
        paragraph(out, "Registers, lists and services", style="bold", below=0)
        for one in found.organisations:
            paragraph(out, organisation(one, named=code is None), hang=2, below=0)
        oldest = min(one.checked for one in found.organisations)
        paragraph(out, f"The first of these was looked up on {oldest}. None was called.", style="dim")
    if code and not any(one.country == code for one in found.organisations):
        name = countries()[code]
        paragraph(out, f"Nothing that is only for {name} was looked up for this. Your doctor knows what is near you.")
    if found.books:
        paragraph(out, "Books", style="bold", below=0)
        for book in found.books:
            paragraph(out, f"{book.author}: {book.title} ({book.year}). {book.text}", hang=2, below=0)
            paragraph(out, f"Rests on: {book.rests_on} ({book.grade}).", style="dim", left=2, below=0)
        out.print()
    if found.situations and not everything:
        paragraph(out, MADE_UP, style="bold", below=0)
        for situation in found.situations:
            paragraph(out, situation.text)


def organisation(one: Organisation, *, named: bool) -> str:
    """An organisation in a line, after its country where several are shown."""
    place = f"{countries()[one.country]}: " if named and one.country else ""
    return f"{place}{one.name}{f', {one.web}' if one.web else ''}. {one.text}"


# --- one page


def opened(title: str | None, safety: str = SAFETY) -> Console:
    """A page that begins with the word on safety."""
    out = console()
    paragraph(out, safety, style="bold")
    if title:
        paragraph(out, title, style="bold")
    return out


def show(out: Console, text: Text) -> None:
    """One text: whom it is for, what it says, its steps with their times, what it rests on."""
    whom = FOR[text.voices[0]] if len(text.voices) == 1 else "for either of you"
    paragraph(out, f"{text.title} ({whom})", style="bold", below=0)
    paragraph(out, text.text, below=0)
    for number, step in enumerate(text.steps, 1):
        paragraph(out, f"{number}. {step.say} ({lasting(step.seconds)})", left=2, hang=3, below=0)
    if text.rounds > 1:
        paragraph(out, f"{text.rounds} rounds, {lasting(text.seconds)}.", left=2, below=0)
    if text.caution:
        paragraph(out, text.caution, below=0)
    rests(out, text.source, text.grade)


def rests(out: Console, source: str, grade: str) -> None:
    """What a text rests on, and how firmly."""
    paragraph(out, f"{source} ({grade}).", style="dim")


def lasting(seconds: int) -> str:
    """A time in words: "4 seconds", "10 minutes"; whole minutes from two on."""
    amount, unit = (seconds // 60, "minute") if seconds >= 120 and seconds % 60 == 0 else (seconds, "second")
    return f"{amount} {unit}{'' if amount == 1 else 's'}"


def page(topic: Topic, voice: Voice | None, texts: Sequence[Text]) -> dict[str, Any]:
    """A topic and its texts for other programs."""
    return {
        "topic": topic.id,
        "title": topic.title,
        "what": topic.what,
        "voice": voice,
        "items": [item(text) for text in texts],
    }


def item(text: Text) -> dict[str, Any]:
    """A text for other programs, with the seconds all of it takes."""
    return {**msgspec.to_builtins(text), "seconds": text.seconds}


def emit(table: dict[str, Any], safety: str = SAFETY) -> None:
    """Print JSON; the word on safety comes first here, too."""
    typer.echo(msgspec.json.encode({"schema": SCHEMA, "safety": safety, **table}).decode())
