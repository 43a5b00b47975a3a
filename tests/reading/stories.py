"""Made-up couples as readings: the stories of S20 that timing can tell, built by hand from silences and spells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ebbtide.episodes import Episode, Return
from ebbtide.reading import (
    Answer,
    EpisodeReading,
    Finding,
    Person,
    Reading,
    Safety,
    Silence,
    Span,
)
from ebbtide.reading.context import Context
from ebbtide.reading.criteria import criteria, kind
from ebbtide.reading.explanations import other_explanations
from ebbtide.reading.findings import findings, record_ended
from ebbtide.reading.phrases import Named
from ebbtide.reading.safety import Level, safety
from ebbtide.reading.sentences import answer

ZONE = ZoneInfo("Europe/London")
#: A Thursday, in the afternoon.
NOW = datetime(2025, 5, 15, 15, 0, tzinfo=ZONE)
NIGHT = datetime(2025, 5, 15, 1, 10, tzinfo=ZONE)
START = datetime(2024, 9, 17, 8, 0, tzinfo=ZONE)

#: The finding that analysis of the words would add for a shared home.
HOME = Finding(
    "living_together",
    None,
    "You and Sam seem to share a home, and much of what is said there never reaches a message.",
    {"household_share": 0.3},
    ("h1",),
)


def silence(
    person: str, hours: float, word: str = "usual", one_in: int | None = 3, *, waiting: int = 0, now: datetime = NOW
) -> Silence:
    """A present silence that began `hours` ago."""
    return Silence(
        person=person,
        since=now - timedelta(hours=hours),
        hours=hours,
        probability=None if one_in is None else 1 / one_in,
        one_in=one_in,
        word=word,  # type: ignore[arg-type]
        usual_hours={"p50": 1.7, "p90": 10.0, "p99": 40.0},
        once_in_days=21.0,
        waiting_turns=waiting,
    )


def back(
    day: date, warmth: str | None = "warm", acknowledged: bool | None = True, explained: bool | None = True
) -> Return:
    """A return; by default a warm one with a word about it."""
    return Return(day, warmth, acknowledged, explained, (f"back-{day}",))  # type: ignore[arg-type]


def spell(
    person: str,
    start: date,
    days: int,
    *,
    ended: bool = True,
    return_: Return | None = None,
    said_so: bool | None = False,
    kept: float = 0.3,
    longest: float = 30.0,
    room: bool | None = None,
    unanswered: int = 0,
    pressing: int = 0,
    outside: tuple[str, ...] = (),
) -> Episode:
    """A spell of distance; by default an ended one with some contact and nothing known of the return."""
    return Episode(
        person=person,
        start=start,
        end=start + timedelta(days=days) if ended else None,
        days=days,
        depth=0.7,
        probability=0.97,
        said_so=said_so,
        contact_kept=kept,
        longest_silence_hours=longest,
        space_given=room,
        unanswered_turns=unanswered,
        pressing_messages=pressing,
        return_=return_,
        evidence=(f"in-{start}",),
        said_so_evidence=(f"said-{start}",) if said_so else (),
        outside_cause=outside,
    )


def running(person: str, days: int, now: datetime = NOW, **facts: object) -> Episode:
    """A spell that is on day `days` now."""
    return spell(person, now.date() - timedelta(days=days - 1), days, ended=False, **facts)  # type: ignore[arg-type]


def ended(person: str, ago: int, days: int, now: datetime = NOW, **facts: object) -> Episode:
    """A spell of `days` days whose first day back was `ago` days ago; by default with a warm return and a word."""
    last = now.date() - timedelta(days=ago)
    facts.setdefault("return_", back(last))
    return spell(person, last - timedelta(days=days), days, **facts)  # type: ignore[arg-type]


def reading(
    silences: Sequence[Silence],
    episodes: Sequence[Episode] = (),
    *,
    names: tuple[str, str] = ("Jo", "Sam"),
    me: str | None = "a",
    now: datetime = NOW,
    level: Level = "none",
    enough: bool = True,
    current: bool = True,
    home: bool = False,
    has_words: bool = True,
    messages: int = 5738,
    start: datetime = START,
) -> Reading:
    """A reading with its findings and answer, made the way `build` makes it, without a conversation behind it."""
    people = tuple(Person(p, n, p == me) for p, n in zip(("a", "b"), names, strict=True))
    end = now - timedelta(hours=min((s.hours or 0.0 for s in silences), default=0.0))
    span = Span(start, end, now, "Europe/London", "given", messages, messages, (end - start).days + 1, ((start, now),))
    care = safety(level, ("s1",) if level != "none" else ())
    made = Reading(
        version="0",
        people=people,  # type: ignore[arg-type]
        span=span,
        imports=(),
        answer=Answer("", "", ""),
        silence=tuple(silences),
        episodes=read(episodes, people, now, care, has_words),
        findings=(),
        advice=(),
        safety=care,
        limits=(),
        enough=enough,
    )
    extra = (() if current else (record_ended(made),)) + ((HOME,) if home else ())
    made = replace(made, findings=(*findings(made), *extra))
    return replace(made, answer=answer(made))


def read(
    episodes: Sequence[Episode], people: Sequence[Person], now: datetime, care: Safety, has_words: bool
) -> tuple[EpisodeReading, ...]:
    """The spells with their criteria, kind and other explanations."""
    found = []
    for episode in sorted(episodes, key=lambda e: e.start):
        who = next(p for p in people if p.id == episode.person)
        other = next(p for p in people if p.id != episode.person)
        context = Context(
            Named(who.name, who.me), Named(other.name, other.me), now.date(), has_words, care.level, care.evidence
        )
        history = [e for e in episodes if e.person == episode.person and e.start < episode.start]
        marks = criteria(episode, history, context)
        found.append(EpisodeReading(episode, kind(marks, episode), marks, other_explanations(episode, context)))
    return tuple(found)


def no_good_morning(**how: object) -> Reading:
    """S20.1: no good-morning text; it has been half a day."""
    return reading([silence("a", 11.5), silence("b", 12, "usual", 4)], **how)  # type: ignore[arg-type]


def asked_for_room(**how: object) -> Reading:
    """S20.2: a week of quiet after Sam asked for space; two earlier spells ended warmly."""
    episodes = [
        ended("b", 90, 5, said_so=True, room=True),
        ended("b", 40, 14, said_so=True, room=True),
        running("b", 7, said_so=True, kept=0.2, longest=40, room=True),
    ]
    return reading([silence("a", 60, "long", 12), silence("b", 20, "usual", 5)], episodes, **how)  # type: ignore[arg-type]


def two_weeks_no_word(**how: object) -> Reading:
    """S20.3: over two weeks, no word, no explanation."""
    episodes = [running("b", 16, kept=0.0, longest=372, room=False, unanswered=2)]
    return reading(
        [silence("a", 50, "long", 9), silence("b", 372, "unusual", 900, waiting=2)],
        episodes,
        **how,  # type: ignore[arg-type]
    )


def gone_again(**how: object) -> Reading:
    """S20.4: vanished for a month, came back with big promises and no word about it, vanished again."""
    first = ended("b", 30, 30, kept=0.0, longest=700, room=True)
    first = replace(first, return_=back(first.end, "warm", False, False))  # type: ignore[arg-type]
    episodes = [first, running("b", 9, kept=0.0, longest=200, unanswered=1)]
    return reading(
        [silence("a", 60, "long", 9), silence("b", 200, "unusual", 300, waiting=1)],
        episodes,
        **how,  # type: ignore[arg-type]
    )


def work_and_money(**how: object) -> Reading:
    """S20.5, as far as timing goes: trouble was named, contact is kept."""
    episodes = [running("b", 6, said_so=None, kept=0.4, longest=20, outside=("out-1",))]
    return reading([silence("a", 8), silence("b", 10, "usual", 3)], episodes, **how)  # type: ignore[arg-type]


def roles_swapped(**how: object) -> Reading:
    """S20.8: Jo withdraws and is not the reader; the same facts as in the second story with the roles exchanged."""
    told = asked_for_room()
    swap = {"a": "b", "b": "a"}
    episodes = [replace(e.episode, person=swap[e.episode.person]) for e in told.episodes]
    silences = [replace(s, person=swap[s.person]) for s in told.silence]
    return reading(silences, episodes, me="b", **how)  # type: ignore[arg-type]


def ten_messages(**how: object) -> Reading:
    """S20.9: early dating, ten messages in all."""
    how.setdefault("start", NOW - timedelta(days=6))
    return reading(
        [silence("a", 30, "unknown", None), silence("b", 31, "unknown", None)],
        enough=False,
        messages=10,
        **how,  # type: ignore[arg-type]
    )


def shared_home(**how: object) -> Reading:
    """S20.10: few texts, because the two talk at home."""
    return reading([silence("a", 9), silence("b", 26, "unusual", 25)], home=True, **how)  # type: ignore[arg-type]


def own_withdrawal(**how: object) -> Reading:
    """S20.14: the one who withdraws reads about it: Jo, the reader, has been silent while Sam wrote."""
    episodes = [ended("a", 60, 6), running("a", 6, kept=0.1, longest=50, unanswered=4)]
    return reading(
        [silence("a", 50, "unusual", 60, waiting=4), silence("b", 5, "usual", 3)],
        episodes,
        **how,  # type: ignore[arg-type]
    )
