"""Trouble that is named is told, of the one in question and of late, with or without a spell."""

from __future__ import annotations

import pytest

import ebbtide as eb
from ebbtide.reading import Reading
from tests.talks import Line, talk


def read(*lines: Line) -> Reading:
    """Two months of ordinary lines, in which Jo reads, and then these."""
    ordinary: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"home at {h}, bread is out") for d in range(60) for h in (8, 9, 18, 19)
    ]
    made = sorted([*ordinary, *lines], key=lambda line: line[0])
    return eb.read(talk(made, until=24 * 60 + 30, me="a"))


def causes(reading: Reading) -> list[str]:
    return [f.words for f in reading.findings if f.key == "outside_cause"]


@pytest.mark.parametrize(
    "said",
    ["I lost my job on Monday", "we owe the bank thousands, I can't sleep", "my dad had a stroke, he is in hospital"],
)
def test_trouble_of_the_other_is_told_with_its_day_and_is_a_reason(said: str) -> None:
    reading = read((24 * 58 + 20.0, "b", said))
    (words,) = causes(reading)
    assert "names trouble outside the two of you" in words
    (outside,) = (h for h in reading.hypotheses if h.id == "outside_stress")
    assert words in outside.for_


def test_trouble_of_long_ago_or_asked_after_is_none() -> None:
    assert causes(read((24 * 30 + 20.0, "b", "I lost my job on Monday"))) == []
    assert causes(read((24 * 58 + 20.0, "b", "how is your mum after the operation?"))) == []
    assert causes(read()) == []
