"""Going quiet after quarrels, time and again and without a word, is told; what was owned or meant by both is not."""

from __future__ import annotations

import pytest

import ebbtide as eb
from ebbtide.reading import Reading
from tests.reading.test_trouble import keyed
from tests.talks import Line, talk

#: The days of the quarrels, and for how many days Sam writes nothing after each.
QUARRELS, QUIET = (20, 36, 52), 5
SHARP = ("you never listen to me, it is always about you", "what is wrong with you, you always start")


def read(back: str = "lol look at this dog", asked: str = "can we talk about it", me: str = "a") -> Reading:
    """Ten weeks of ordinary lines with three quarrels, after each of which only Jo writes for some days."""
    away = {day + d for day in QUARRELS for d in range(1, QUIET + 1)}
    lines: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"the train at {h} was late again")
        for d in range(70)
        for h in (8, 9, 18, 19)
        if d not in away
    ]
    for day in QUARRELS:
        lines += [(24.0 * day + 20, "a", SHARP[0]), (24.0 * day + 20.1, "b", SHARP[1])]
        lines += [(24.0 * (day + d) + 12, "a", asked) for d in (1, 3)] if asked else []
        lines += [(24.0 * (day + QUIET + 1) + 7, "b", back)]
    return eb.read(talk(sorted(lines), until=24 * 70, me=me))


def test_who_goes_quiet_after_every_quarrel_and_comes_back_with_a_joke_is_told() -> None:
    reading = read()
    (words,) = keyed(reading, "quiet_after_quarrels")
    assert words == (
        "After sharp words on 23 February, 11 March and 27 March Sam was quiet for 5 days each time, "
        "and no word about it was found on coming back."
    )
    assert "named.after_quarrels" in [a.id for a in reading.advice if a.voice == "waiting"]
    assert words in reading.answer.may_be


def test_the_quiet_one_reads_it_as_their_own() -> None:
    reading = read(me="b")
    (words,) = keyed(reading, "quiet_after_quarrels")
    assert " you were quiet for " in words
    assert words in reading.answer.may_be


@pytest.mark.parametrize(
    "how",
    [{"back": "I am sorry I went quiet after our fight, I was angry"}, {"asked": ""}],
    ids=["it was owned", "neither wrote"],
)
def test_what_was_owned_or_was_both_silent_is_not_told(how: dict[str, str]) -> None:
    assert keyed(read(**how), "quiet_after_quarrels") == []
