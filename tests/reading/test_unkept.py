"""Days that are named and on which nothing comes are told from the second on; a word or a call keeps them."""

from __future__ import annotations

import polars as pl
import pytest

import ebbtide as eb
from ebbtide.reading import Reading
from ebbtide.reading.build import calls_of
from tests.reading.test_trouble import keyed
from tests.talks import Line, moment, rows, talk, talk_of

#: The first day (a Monday) on which Sam hardly writes, and the day of the reading.
GONE, NOW = 56, 70


def lines(*late: Line) -> list[Line]:
    """Eight weeks of ordinary lines, and two weeks of nothing but `late`."""
    ordinary: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"the train at {h} was late again")
        for d in range(GONE)
        for h in (8, 9, 18, 19)
    ]
    return [*ordinary, *sorted(late)]


def read(*late: Line, me: str = "a") -> Reading:
    return eb.read(talk(lines(*late), until=24 * NOW, me=me))


def at(day: int, words: str, who: str = "a", hour: float = 12) -> Line:
    return (24.0 * (GONE + day) + hour, who, words)


CALLING = (at(0, "I'll call you tonight", "b", 13), at(0, "still up, waiting for your call", hour=23))
VISIT = (
    at(2, "sorry, long day. I'll come Saturday", "b"),
    at(5, "dinner is ready, when do you come?", hour=18),
    at(5, "it is cold now", hour=22),
)


def test_days_that_were_named_and_passed_are_told_and_answered() -> None:
    reading = read(*CALLING, *VISIT)
    (words,) = keyed(reading, "unkept")
    assert words.startswith("Sam wrote twice of being in touch or coming on a day, and on that day no word from Sam")
    ids = [a.id for a in reading.advice]
    assert "onesided.unkept" in ids
    (mirrored,) = keyed(read(*CALLING, *VISIT, me="b"), "unkept")
    assert mirrored.startswith("You wrote twice of being in touch or coming on a day, and on that day no word from you")


@pytest.mark.parametrize(
    "late",
    [
        VISIT,
        (*VISIT, CALLING[0], at(0, "running late, ring you in a bit", "b", 21), CALLING[1]),
        (*CALLING, VISIT[0], at(4, "I can't make Saturday after all, sorry", "b"), *VISIT[1:]),
        (*CALLING, *VISIT[:2]),
        (*CALLING, VISIT[0], at(5, "can you bring milk", hour=13), at(5, "home safe, thank you for today", hour=23)),
        (CALLING[0], *VISIT),
        (at(0, "I might call you tonight", "b", 13), CALLING[1], *VISIT),
        (at(0, "should I call you tonight?", "b", 13), CALLING[1], *VISIT),
    ],
)
def test_one_day_a_word_a_no_before_and_a_visit_that_may_have_been_are_none(late: tuple[Line, ...]) -> None:
    assert keyed(read(*late), "unkept") == []


def test_a_call_on_the_evening_keeps_it() -> None:
    late = (*CALLING, *VISIT)
    events = rows([(moment(h), who, words) for h, who, words in lines(*late)])  # type: ignore[misc]
    ring = rows([(moment(24.0 * GONE + 22), "b", None)], "call").with_columns(id=pl.lit("ring"))
    conversation = talk_of(pl.concat([events, ring]), me="a")
    assert calls_of(conversation).height == 1
    assert keyed(eb.read(conversation), "unkept") == []
