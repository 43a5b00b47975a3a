"""The page: a Reading laid out in the order in which it helps, as one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ebbtide.conversation import Conversation
from ebbtide.errors import BadSetting
from ebbtide.reading import Criterion, EpisodeReading, Finding, Reading
from ebbtide.report import curve, episode_words, numbers, ribbon
from ebbtide.report.advice_words import grades_used, voices
from ebbtide.report.drawn import Figure
from ebbtide.report.evidence import Level, Sources, sources
from ebbtide.report.method import days_read, method
from ebbtide.report.names import Names, names_of

LEVELS = ("numbers", "paraphrase", "quotes")
LEVEL_WORDS = {
    "numbers": "It shows numbers only. No message is quoted or described.",
    "paraphrase": "It describes single messages by kind and time. No message is quoted.",
    "quotes": "It quotes messages. Think of who else will read it.",
}
#: Earlier episodes listed at once; older ones open on request.
EARLIER_SHOWN = 6
LISTS = ("processing", "concerning")


def html(
    reading: Reading,
    *,
    level: Level = "numbers",
    alias: bool = False,
    quotes: Mapping[str, str] | None = None,
    talk: Conversation | None = None,
) -> str:
    """The reading as one HTML file that asks for nothing from the network and runs no script.

    Parameters: `level` decides what is shown of messages: nothing, their kind and time ("paraphrase", which needs
    `talk`), or also the `quotes` given (event id → text). `alias` replaces both names everywhere. `talk` is the
    conversation that was read; its texts are never used. Raises `BadSetting` for an unknown level.
    """
    if level not in LEVELS:
        raise BadSetting(f"There is no report level {level!r}.", try_=f"Use one of {numbers.listed(LEVELS)}.")
    names = names_of(reading, alias=alias)
    known = sources(level, names, quotes, talk, reading.span.tz, list(events_used(reading)))
    return environment().get_template("report.html.j2").render(content(reading, names, known, level), say=names.say)


def content(reading: Reading, names: Names, known: Sources, level: Level) -> dict[str, Any]:
    """Everything the template shows, in words already."""
    newest_first = sorted(told_episodes(reading), key=lambda e: e.episode.start, reverse=True)
    latest = newest_first[0] if newest_first else None
    earlier = [earlier_row(e, names) for e in newest_first[1:]]
    return {
        "css": stylesheet(),
        "reading": reading,
        "meta": meta(reading),
        "step": reading.advice[0] if reading.advice else None,
        "figures": figures(reading, names),
        "episode": episode(latest, reading, names, known) if latest else None,
        "earlier": earlier[:EARLIER_SHOWN],
        "earliest": earlier[EARLIER_SHOWN:],
        "voices": voices(reading),
        "findings": [finding(f, known) for f in reading.findings],
        "method": method(reading),
        "grades": grades_used(reading),
        "level_words": LEVEL_WORDS[level],
    }


def told_episodes(reading: Reading) -> tuple[EpisodeReading, ...]:
    """The episodes to go into; none where someone may be in danger, since distance is not the question then."""
    return () if reading.safety.level == "urgent" else reading.episodes


def figures(reading: Reading, names: Names) -> dict[str, Figure | None]:
    """The two figures; none where someone may be in danger, since nothing is to be weighed then."""
    if reading.safety.level == "urgent":
        return {"curve": None, "ribbon": None}
    return {"curve": curve.figure(reading, names), "ribbon": ribbon.figure(reading, names)}


def meta(reading: Reading) -> list[str]:
    """The line above the answer: what was read, and where it stayed."""
    span = reading.span
    return [
        f"{numbers.count(span.messages, 'message')}",
        days_read(span),
        span.tz,
        "made on this computer, sent nowhere",
    ]


def episode(read: EpisodeReading, reading: Reading, names: Names, known: Sources) -> dict[str, Any]:
    """The present or last episode as the template shows it."""
    it = read.episode
    other = next(p.id for p in reading.people if p.id != it.person)
    return {
        "heading": "The present episode" if it.end is None else "The last episode",
        "sentence": episode_words.sentence(read, names),
        "facts": episode_words.facts(it, names, other),
        "lists": [[criterion(c, known) for c in read.criteria if c.list == name] for name in LISTS],
        "said_so": known.rests(it.said_so_evidence, "that asked for room"),
        "other_explanations": read.other_explanations,
    }


def criterion(it: Criterion, known: Sources) -> dict[str, Any]:
    """One line of the two lists with its mark, and the mark in words for screen readers."""
    mark, spoken, kind = {
        True: ("●", "Met", "met"),
        False: ("○", "Not met", "not"),
        None: ("–", "Not knowable", "unk"),
    }[it.met]
    return {
        "mark": mark,
        "spoken": spoken,
        "class": kind,
        "title": it.title,
        "why": it.why,
        "rests": known.rests(it.evidence),
    }


def finding(it: Finding, known: Sources) -> dict[str, Any]:
    """One finding with the numbers behind it."""
    behind = [(numbers.sentence(key.replace("_", " ")), numbers.figure(value)) for key, value in it.numbers.items()]
    return {"finding": it, "numbers": behind, "rests": known.rests(it.evidence)}


def earlier_row(read: EpisodeReading, names: Names) -> dict[str, str]:
    """One earlier episode for the short list."""
    it = read.episode
    return {
        "name": names.of(it.person),
        "when": episode_words.when(it),
        "length": numbers.length(it.days),
        "back": episode_words.back(it),
    }


def events_used(reading: Reading) -> Iterable[str]:
    """Every event that some claim of the page rests on; those behind a safety sign are never described."""
    for read in reading.episodes:
        yield from read.episode.said_so_evidence
        for c in read.criteria:
            yield from c.evidence
    for f in reading.findings:
        yield from f.evidence


@cache
def environment() -> Environment:
    """Jinja over the packaged templates: escapes everything, and a missing name is an error."""
    made = Environment(
        loader=PackageLoader("ebbtide.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"length": numbers.length}
    return made


@cache
def stylesheet() -> Markup:
    """The packaged stylesheet."""
    return Markup(files("ebbtide.report").joinpath("templates", "report.css").read_text(encoding="utf-8"))
