"""Slips: saying that one leaves the other room, and writing again first, is told from the second time on."""

from __future__ import annotations

import pytest

import ebbtide as eb
from ebbtide.reading import Reading
from tests.reading.test_trouble import keyed
from tests.talks import Line, talk

#: The first day on which Sam hardly writes, and the day of the reading.
GONE, NOW = 56, 66


def read(*late: Line, me: str = "a") -> Reading:
    """Eight weeks of ordinary lines, and ten days in which only Jo writes, unless `late` says otherwise."""
    lines: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"the train at {h} was late again")
        for d in range(GONE)
        for h in (8, 9, 18, 19)
    ]
    return eb.read(talk([*lines, *sorted(late)], until=24 * NOW, me=me))


def at(day: int, words: str, who: str = "a", hour: float = 12) -> Line:
    return (24.0 * (GONE + day) + hour, who, words)


SLIPS = (
    at(2, "I'm sorry. I'll give you some space"),
    at(4, "did you see the news about the bridge"),
    at(5, "ok i'll stop texting"),
    at(8, "the bridge is open again"),
)


def test_two_slips_are_told_and_answered_first() -> None:
    reading = read(*SLIPS)
    (words,) = keyed(reading, "slipped")
    assert words == (
        "You wrote twice of leaving Sam room, and each time wrote again before Sam did, most recently on Tuesday."
    )
    assert next(a.id for a in reading.advice if a.voice == "waiting") == "worsens.slipped"


def test_the_other_reads_it_with_the_names_turned() -> None:
    (words,) = keyed(read(*SLIPS, me="b"), "slipped")
    assert words.startswith("Jo wrote twice of leaving you room, and each time wrote again before you did")


@pytest.mark.parametrize(
    "late",
    [
        SLIPS[:3],
        (*SLIPS[:1], at(3, "thank you, that helps", "b"), *SLIPS[1:]),
        (SLIPS[0], at(2, "sleep well", hour=12.5), SLIPS[2]),
    ],
    ids=["once", "the other wrote in between", "in one go"],
)
def test_one_slip_an_answer_and_a_last_word_are_not_told(late: tuple[Line, ...]) -> None:
    assert keyed(read(*late), "slipped") == []
