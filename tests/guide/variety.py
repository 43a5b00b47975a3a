"""Many made-up readings, so that every entry of the packs has one in which it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import product

from ebbtide.reading import Reading
from tests.reading import stories as s


def readings() -> Iterator[Reading]:
    """Readings of every situation, by day and by night, with and without much written since."""
    for now, waiting, me in product((s.NOW, s.NIGHT), (0, 1, 5), ("a", "b", None)):
        yield from quiet(now, waiting, me)
        yield from in_a_spell(now, waiting, me)
    for me in ("a", "b", None):
        yield from back(me)
        yield from general(me)


def silences(now: datetime, waiting: int, word: str = "usual", hours: float = 31, one_in: int = 5) -> list[s.Silence]:
    """Sam quiet, Jo having written since."""
    return [s.silence("a", 3, now=now), s.silence("b", hours, word, one_in, waiting=waiting, now=now)]


def quiet(now: datetime, waiting: int, me: str | None) -> Iterator[Reading]:
    """Nobody is in a spell."""
    for word, one_in in (("usual", 3), ("long", 12), ("unusual", 40)):
        for episodes in ([], [s.ended("b", 60, 5, now)], [s.ended("b", 90, 5, now), s.ended("b", 60, 14, now)]):
            yield s.reading(silences(now, waiting, word, one_in=one_in), episodes, now=now, me=me)


def in_a_spell(now: datetime, waiting: int, me: str | None) -> Iterator[Reading]:
    """Sam is in a spell of one kind or another."""
    warm = s.ended("b", 90, 5, now)
    unspoken = s.ended("b", 60, 20, now)
    unspoken = replace(unspoken, return_=replace(s.back(now.date()), acknowledged=False, explained=False))
    spells = [
        s.running("b", 4, now, kept=0.05, longest=50),
        s.running("b", 4, now, kept=0.05, longest=50, pressing=2),
        s.running("b", 5, now, kept=0.05, longest=70, outside=("out-1",)),
        s.running("b", 6, now, said_so=True, kept=0.3, longest=30, room=True),
        s.running("b", 11, now, said_so=True, kept=0.3, longest=30),
        s.running("b", 6, now, said_so=None, kept=0.3, longest=30, outside=("out-1",)),
        s.running("b", 16, now, kept=0.0, longest=370),
        s.running("b", 16, now, kept=0.0, longest=370, outside=("out-1",)),
        s.running("b", 16, now, kept=0.3, longest=40),
        s.running("b", 9, now, kept=0.0, longest=200),
    ]
    for spell, before in product(spells, ([], [warm], [unspoken])):
        yield s.reading(silences(now, waiting), [*before, spell], now=now, me=me)


def back(me: str | None) -> Iterator[Reading]:
    """Sam is back, in one way or another."""
    for warmth, said in product(("warm", "usual", "flat", None), (True, False, None)):
        episode = s.ended("b", 3, 6)
        episode = replace(episode, return_=s.back(episode.end, warmth, said, said))  # type: ignore[arg-type]
        for before in ([], [s.ended("b", 60, 5)]):
            yield s.reading(silences(s.NOW, 1, hours=5), [*before, episode], me=me)


def general(me: str | None) -> Iterator[Reading]:
    """Readings in which messages say little, or something else comes first."""
    short = [s.silence("a", 0.3), s.silence("b", 0.5)]
    yield s.reading(short, me=me)
    yield s.reading(short, [s.ended("b", 60, 5)], me=me)
    yield s.ten_messages(me=me)
    yield s.shared_home(me=me)
    yield s.two_weeks_no_word(current=False, me=me)
    for level in ("look", "urgent"):
        yield s.asked_for_room(level=level, me=me)
        yield s.ten_messages(level=level, me=me)
