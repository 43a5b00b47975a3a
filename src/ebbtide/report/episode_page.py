"""One episode as the page shows it: what happened, the two lists with what each rests on, what else it could be."""

from __future__ import annotations

from dataclasses import dataclass

from ebbtide.reading import Criterion, EpisodeReading, Reading
from ebbtide.report import episode_words, numbers
from ebbtide.report.evidence import Rests, Sources
from ebbtide.report.names import Names

LISTS = (("processing", "Speaks for settling alone"), ("concerning", "Would be a worry"))
MARKS = {
    True: ("●", "Met", "met"),
    False: ("○", "Not met", "not"),
    None: ("–", "Not knowable", "unk"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a list: its mark, the mark in words, what it says and why, and what it rests on."""

    mark: str
    spoken: str
    kind: str
    title: str
    why: str
    rests: Rests


@dataclass(frozen=True, slots=True)
class EpisodePage:
    """One episode; `line` says it in a line, for a list of several."""

    heading: str
    line: tuple[str, str, str]
    sentence: str
    facts: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, tuple[Point, ...]], ...]
    said_so: Rests
    other_explanations: tuple[str, ...]


def episode_pages(reading: Reading, names: Names, known: Sources) -> list[EpisodePage]:
    """Every episode, the newest first; none where someone may be in danger, since distance is not the question then."""
    if reading.safety.level == "urgent":
        return []
    newest_first = sorted(reading.episodes, key=lambda e: e.episode.start, reverse=True)
    return [page(e, i == 0, reading, names, known) for i, e in enumerate(newest_first)]


def page(read: EpisodeReading, newest: bool, reading: Reading, names: Names, known: Sources) -> EpisodePage:
    """One episode."""
    it = read.episode
    other = next(p.id for p in reading.people if p.id != it.person)
    name, when = names.of(it.person), episode_words.when(it)
    heading = "The present episode" if it.end is None else "The last episode" if newest else f"{name}, {when}"
    return EpisodePage(
        heading=heading,
        line=(name, f"{when}: {numbers.length(it.days)}.", f"Back {episode_words.back(it)}."),
        sentence=episode_words.sentence(read, names),
        facts=tuple(episode_words.facts(it, names, other)),
        lists=tuple((title, tuple(point(c, known) for c in read.criteria if c.list == name)) for name, title in LISTS),
        said_so=known.rests(it.said_so_evidence, "that asked for room"),
        other_explanations=read.other_explanations,
    )


def point(it: Criterion, known: Sources) -> Point:
    """One line of the two lists."""
    return Point(*MARKS[it.met], it.title, it.why, known.rests(it.evidence))
