"""The page: a Reading laid out in the order in which it helps, as one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ebbtide.conversation import Conversation
from ebbtide.errors import BadSetting
from ebbtide.reading import Reading, present, sections
from ebbtide.reading.safety import unsaid
from ebbtide.reading.sections import NOT_SEEN, RANGES
from ebbtide.report import curve, give, loop, notes, now, numbers, rhythm, ribbon, week
from ebbtide.report.advice_words import NOT_TONIGHT, place_of, steps, voices
from ebbtide.report.drawn import Figure
from ebbtide.report.episode_page import PRESENT, episode_pages
from ebbtide.report.evidence import Level, Sources, sources
from ebbtide.report.help_lines import help_box, linked
from ebbtide.report.key_facts import key_facts
from ebbtide.report.method import days_read, method
from ebbtide.report.names import Names, names_of
from ebbtide.report.questions import questions
from ebbtide.report.reasons import only_the_other_knows, reasons, weight_words
from ebbtide.report.signs import signs
from ebbtide.report.why import why

LEVELS = ("numbers", "paraphrase", "quotes")
LEVEL_WORDS = {
    "numbers": "It shows numbers, and what was said in a word or two, with its day. No message is quoted.",
    "paraphrase": "It describes single messages by kind and time. No message is quoted.",
    "quotes": "It quotes messages. Think of who else will read it.",
}
#: A page with so many parts has a list of them.
LONG_PAGE = 6
FIGURES: dict[str, Callable[[Reading, Names], Figure | None]] = {
    "curve": curve.figure,
    "ribbon": ribbon.figure,
    "week": week.figure,
    "rhythm": rhythm.figure,
    "loop": loop.figure,
    "notes": notes.figure,
}


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
    # A file may be seen by others: the help stays, and what was answered about safety does not.
    reading = unsaid(reading)
    names = names_of(reading, alias=alias)
    known = sources(level, names, quotes, talk, reading.span.tz, list(events_used(reading)))
    page = environment().get_template("report.html.j2")
    return page.render(content(reading, names, known, level), say=lambda words: linked(names.say(words)))


def content(reading: Reading, names: Names, known: Sources, level: Level) -> dict[str, Any]:
    """Everything the template shows, in words already."""
    lists, drawn = voices(reading), figures(reading, names)
    episodes = episode_pages(reading, names, known)
    shown: dict[str, Any] = {
        "css": stylesheet() + running_foot(reading),
        "whose": whose(reading, names),
        "reading": reading,
        "answers_only": reading.span.messages == 0,
        "meta": meta(reading),
        "help": help_box(reading),
        "steps": [(it, "" if reading.care_first else place_of(it, lists)) for it in steps(reading)],
        "not_tonight": NOT_TONIGHT,
        "silence_told": silence_told(reading),
        "facts": key_facts(reading, names),
        "figures": drawn,
        "latest": episodes[0] if episodes else None,
        "earlier": episodes[1:],
        "still_open": any(it.heading == PRESENT for it in episodes[1:]),
        "silent": any(s.word == "unusual" and s.person == present(reading).who for s in reading.silence),
        "after_quarrels": reading.tells("quiet_after_quarrels"),
        "give": give.table(reading, names),
        "give_not_seen": NOT_SEEN,
        "give_ranges": RANGES,
        "sections": [s for s in sections(reading) if s.id == "agreed"],
        "signs": None if reading.care_first else signs(reading, names, known),
        "reasons": None if reading.care_first else reasons(reading),
        "weight_words": weight_words,
        "checkins": None if reading.care_first else checkins(reading),
        "only_signs_noted": notes.only_signs(reading),
        "voices": lists,
        "findings": [] if reading.care_first else why(reading, names, known),
        "only_the_other": only_the_other_knows(reading),
        "method": method(reading),
        "questions": questions(reading),
        "level_words": LEVEL_WORDS[level],
        "count": numbers.count,
    }
    listed = shown | {
        "agreed": shown["sections"],
        "timeline": drawn["ribbon"],
        "limits": reading.limits,
    }
    return shown | {"contents": [] if reading.care_first else contents(listed)}


def whose(reading: Reading, names: Names) -> str:
    """For whom the reading is and with whom; no name where someone may be in danger, or where none is known."""
    if reading.care_first or reading.span.messages == 0:
        return ""
    reader = reading.reader
    if reader is None:
        return f" of {numbers.listed([names.of(p.id) for p in reading.people])}"
    other = next(p.id for p in reading.people if p.id != reader)
    return f" for {names.of(reader)}, with {names.of(other)}"


def silence_told(reading: Reading) -> bool:
    """Whether the present silence of the person in question is worth a figure before all others."""
    who = present(reading).who
    return all(now.is_told(s, reading) for s in reading.silence if s.person == who)


def running_foot(reading: Reading) -> Markup:
    """What stands at the foot of every sheet of paper: what this is, without a name, and of when."""
    # S704: made of a date alone.
    return Markup(f'@page {{ @bottom-left {{ content: "A reading, {now.as_of(reading)}"; }} }}\n')


def contents(shown: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Where the parts of a long page are, by id; none of a short page."""
    parts = (
        ("ribbon", "timeline", "Timeline"),
        ("episode", "latest", shown["latest"].heading if shown["latest"] else ""),
        ("earlier", "earlier", "Other episodes" if shown["still_open"] else "Earlier episodes"),
        ("give", "give", "Give and take"),
        ("agreed", "agreed", "Agreements"),
        ("signs", "signs", "Signs"),
        ("reasons", "reasons", "Reasons"),
        ("advice", "voices", "What may help"),
        ("why", "findings", "Why this"),
        ("limits", "limits", "What we could not know"),
        ("method", "method", "How this was made"),
        ("questions", "questions", "Questions to take along"),
    )
    found = [(place, words) for place, key, words in parts if shown[key]]
    return found if len(found) >= LONG_PAGE else []


def figures(reading: Reading, names: Names) -> dict[str, Figure | None]:
    """The figures by id, in order; none where someone may be in danger, since nothing is to be weighed then."""
    shown = not reading.care_first
    return {name: make(reading, names) if shown else None for name, make in FIGURES.items()}


def meta(reading: Reading) -> list[str]:
    """The line above the answer: what was read, and where it stayed."""
    span, kept = reading.span, "made on this computer, sent nowhere"
    if reading.care_first:
        return [now.as_of(reading), kept]
    if span.messages == 0:
        return ["from your own answers", numbers.day(span.now.date()), kept]
    return [numbers.count(span.messages, "message"), days_read(span), now.as_of(reading), span.tz, kept]


def checkins(reading: Reading) -> str | None:
    """What is said of check-ins; None where none were given."""
    return next((f.words for f in reading.findings if f.key == "checkins"), None)


def events_used(reading: Reading) -> Iterable[str]:
    """Every event that some claim of the page rests on; those behind a safety sign are never described."""
    for read in reading.episodes:
        yield from read.episode.said_so_evidence
        for c in read.criteria:
            yield from c.evidence
    for f in reading.findings:
        if f.key != "safety":
            yield from f.evidence
    for sign in (*reading.signs, *reading.counter_signs):
        yield from sign.evidence


@cache
def environment() -> Environment:
    """Jinja over the packaged templates: escapes everything, and a missing name is an error."""
    return Environment(
        loader=PackageLoader("ebbtide.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def stylesheet() -> Markup:
    """The packaged stylesheet."""
    return Markup(files("ebbtide.report").joinpath("templates", "report.css").read_text(encoding="utf-8"))
