"""One episode as the page shows it: what happened, the two lists with what each rests on, what else it could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ebbtide.reading import Criterion, EpisodeReading, Reading
from ebbtide.report import episode_words, numbers
from ebbtide.report.evidence import Rests, Sources
from ebbtide.report.names import Names

LISTS = (("processing", "Speaks for settling alone"), ("concerning", "Would be a worry"))
#: Points that rest on days alone; the messages named with them are only where these days begin and end.
TIMED = frozenset({"some_contact", "resolves_in_a_week", "blackout", "over_two_weeks"})
MARKS = {
    True: ("●", "Met", "met"),
    False: ("○", "Not met", "not"),
    None: ("–", "Not knowable", "unk"),
}


#: The heading of an episode that still runs.
PRESENT = "The present episode"


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
    noted: tuple[str, ...]
    other_explanations: tuple[str, ...]
    others_as_above: bool


def episode_pages(reading: Reading, names: Names, known: Sources) -> list[EpisodePage]:
    """Every episode, the newest first; none where someone may be in danger, since distance is not the question then."""
    if reading.care_first:
        return []
    newest_first = sorted(reading.episodes, key=lambda e: e.episode.start, reverse=True)
    above = newest_first[0].other_explanations if newest_first else ()
    return [page(e, () if i == 0 else above, i == 0, reading, names, known) for i, e in enumerate(newest_first)]


def page(
    read: EpisodeReading, above: Sequence[str], newest: bool, reading: Reading, names: Names, known: Sources
) -> EpisodePage:
    """One episode; of what else could explain it only what does not stand `above` already."""
    it = read.episode
    other = next(p.id for p in reading.people if p.id != it.person)
    name, when = names.of(it.person), episode_words.when(it)
    heading = PRESENT if it.end is None else "The last episode" if newest else f"{name}, {when}"
    shown = set(it.said_so_evidence)
    return EpisodePage(
        heading=heading,
        line=(name, f"{when}: {numbers.length(it.days)}.", f"Back {episode_words.back(it)}."),
        sentence=episode_words.sentence(read, names, episode_words.last_word(reading, it.person)),
        facts=tuple(episode_words.facts(it, names, other)),
        lists=tuple(
            (title, tuple(point(c, known, shown) for c in read.criteria if c.list == name)) for name, title in LISTS
        ),
        said_so=known.rests(it.said_so_evidence, "that asked for room", counted=False),
        noted=read.noted,
        other_explanations=tuple(words for words in read.other_explanations if words not in above),
        others_as_above=any(words in above for words in read.other_explanations),
    )


def point(it: Criterion, known: Sources, shown: set[str]) -> Point:
    """One line of the two lists; only a point that is met rests on messages that are worth showing."""
    shows = it.met and it.id not in TIMED
    return Point(*MARKS[it.met], it.title, it.why, known.only_new(it.evidence if shows else (), shown))
