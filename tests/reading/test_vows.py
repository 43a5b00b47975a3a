"""A promise on coming back is told once its writer is away again, and answered by deeds before promises."""

from __future__ import annotations

import pytest

import ebbtide as eb
from ebbtide.reading import Reading
from tests.reading.test_trouble import keyed
from tests.talks import Line, talk

#: Sam is away from day 40 to day 60, and again from day 75; the reading is on day 90.
AWAY, BACK, GONE, NOW = 40, 60, 75, 90


def read(*more: Line, me: str = "a") -> Reading:
    """Ordinary lines but for two silences of Sam's, in which Jo writes now and then, and then these."""
    ordinary: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"the train at {h} was late again")
        for d in (*range(AWAY), *range(BACK, GONE))
        for h in (8, 9, 18, 19)
    ]
    waits: list[Line] = [(24.0 * d + 12, "a", "are you all right?") for d in (45, 52, 80, 86)]
    return eb.read(talk(sorted([*ordinary, *waits, *more]), until=24 * NOW, me=me))


def at(day: float, words: str, who: str = "b") -> Line:
    return (24.0 * day + 7.5, who, words)


VOW = at(BACK, "i missed you every day. never again i swear")


def test_a_promise_and_away_again_is_told_and_answered_first() -> None:
    reading = read(VOW)
    (words,) = keyed(reading, "gone_after_vow")
    assert "Sam promised that it would be otherwise; this spell began" in words
    assert words in reading.answer.may_be
    assert next(a.id for a in reading.advice if a.voice == "waiting") == "named.gone_after_vow"


def test_the_one_who_promised_hears_it_as_their_own() -> None:
    reading = read(VOW, me="b")
    (words,) = keyed(reading, "gone_after_vow")
    assert "you promised that it would be otherwise" in words
    assert next(a.id for a in reading.advice if a.voice == "withdrawing") == "named.gone_after_vow.yours"


@pytest.mark.parametrize(
    "said",
    [at(BACK, "that curry was the last one, i swear"), at(30, VOW[2]), at(BACK, VOW[2], "a"), at(GONE - 1, VOW[2])],
    ids=["something else", "before it", "of the other", "long after"],
)
def test_no_promise_after_a_spell_is_told(said: Line) -> None:
    assert keyed(read(said), "gone_after_vow") == []
