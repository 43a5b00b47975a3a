"""The key facts of the first page: a few lines that say where things stand, each with its words for not knowing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ebbtide.episodes import Episode
from ebbtide.reading import EpisodeReading, Reading
from ebbtide.reading.phrases import range_of_days
from ebbtide.report import curve, episode_words, numbers
from ebbtide.report.episode_words import WARMTH
from ebbtide.report.loop import arrows_of, shown
from ebbtide.report.names import Names
from ebbtide.selfreport import Intake

Fact = tuple[str, str]

CONTACT = {"usual": "as usual", "less": "less than usual", "checks_in": "a word now and then", "none": "none"}
ASKED = {"yes": "yes", "no": "no", "unsure": "not clear"}
ENDED = {
    "warm": "they ended warmly",
    "flat": "they ended flatly",
    "unacknowledged": "they ended without a word about it",
    "varied": "they ended in different ways",
}


def key_facts(reading: Reading, names: Names) -> list[Fact]:
    """Up to half a dozen lines; none where someone may be in danger."""
    if reading.safety.level == "urgent":
        return []
    if reading.span.messages == 0:
        return list(of_answers(reading.intake)) if reading.intake else []
    if not reading.enough:
        return []
    return [*of_silence(reading, names), *of_episodes(reading, names), *of_loop(reading)]


def of_silence(reading: Reading, names: Names) -> Iterator[Fact]:
    """The present silence and how usual it is."""
    silence = curve.told(reading)
    if silence is None or silence.hours is None or silence.word == "unknown":
        return
    often = ""
    if silence.word != "usual" and silence.probability is not None:
        often = f" ({curve.among(silence, silence.probability).lower()} this long)"
    name = names.of(silence.person)
    yield "The silence now", f"{numbers.duration(silence.hours)} without a message from {name}: {silence.word}{often}"


def of_episodes(reading: Reading, names: Names) -> Iterator[Fact]:
    """The running episode with its two lists, and how earlier ones went."""
    running = [e for e in reading.episodes if e.episode.end is None]
    for read in running:
        it, sure = read.episode, episode_words.strength(read.episode.probability)
        name = f"{names.of(it.person)}: distant"
        since = f"{name} since {numbers.day(it.start, year=False)}, {numbers.length(it.days)} so far"
        yield "The present episode", since if sure.startswith("too early") else f"{since}; {sure}"
        yield "Its two lists", listed_points(read)
    earlier = [e.episode for e in reading.episodes if e.episode.end is not None]
    if not reading.episodes:
        yield "Episodes", f"none in {numbers.stretch(reading.span.days)}"
    elif earlier:
        yield "Episodes that are over", over(earlier)


def listed_points(read: EpisodeReading) -> str:
    """How many points of each list are met, and how many cannot be known."""
    met = Counter(c.list for c in read.criteria if c.met)
    unknown = sum(c.met is None for c in read.criteria)
    said = f"{points(met['processing'])} for settling alone, {points(met['concerning'])} for a worry"
    return f"{said}; {points(unknown)} not knowable from messages" if unknown else said


def points(n: int) -> str:
    """A number of points in words."""
    return numbers.in_words(n) if n else "none"


def over(episodes: list[Episode]) -> str:
    """How many, how long and how they ended."""
    said = f"{numbers.in_words(len(episodes))}, of {range_of_days([e.days for e in episodes])}"
    ends = Counter(e.return_.warmth for e in episodes if e.return_ and e.return_.warmth)
    if len(ends) == 1 and ends.total() == len(episodes):
        return f"{said}; {'each ' if len(episodes) > 1 else ''}ended {WARMTH[next(iter(ends))]}"
    endings = [f"{numbers.in_words(ends[w])} ended {words}" for w, words in WARMTH.items() if ends[w]]
    return f"{said}; {numbers.listed(endings)}" if endings else said


def of_loop(reading: Reading) -> Iterator[Fact]:
    """Whether a loop shows; nothing of it beside signs of harm."""
    loop = shown(reading)
    if loop is None:
        return
    told = sum(a.told for a in arrows_of(loop.periods[0], reading.people))
    yield "A loop", ("cannot be told", "shows in one direction", "shows in both directions")[told]


def of_answers(intake: Intake) -> Iterator[Fact]:
    """What was answered of the distance itself; answers about safety and mood stay out of any report."""
    if intake.since_days is not None:
        yield "Distant for", f"about {numbers.length(max(1, round(intake.since_days)))}"
    if intake.contact is not None:
        yield "Contact", CONTACT[intake.contact]
    if intake.asked_for_space is not None:
        yield "Room was asked for", ASKED[intake.asked_for_space]
    if intake.before.times is not None:
        times = "never" if intake.before.times == 0 else numbers.times(intake.before.times)
        ended = ENDED.get(intake.before.ended or "", "")
        yield "It happened before", f"{times}; {ended}" if ended and intake.before.times else times
