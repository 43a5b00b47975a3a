"""Where no spell stands out, room that was asked for and an absence that was announced are told all the same."""

from __future__ import annotations

from dataclasses import replace

import ebbtide as eb
from ebbtide.reading import Reading
from ebbtide.reading.findings import DRAINS
from ebbtide.reading.present import present
from ebbtide.reading.reciprocity import excused
from ebbtide.reading.types import Finding
from tests.reading.stories import NOW, reading, silence
from tests.reading.test_trouble import ORDINARY, keyed
from tests.talks import Line, talk


def read(*lines: Line, days: float = 4) -> Reading:
    """Two months of ordinary lines, then these, asked about so many days later by Jo."""
    return eb.read(talk([*ORDINARY, *lines], until=24 * (60 + days), me="a"))


ASKED = (24 * 60 + 19.0, "b", "I need a few days to think, without the phone")


def test_room_that_was_asked_for_is_told_before_there_is_a_spell() -> None:
    found = read(ASKED, days=2.5)
    assert found.episodes == ()
    (words,) = keyed(found, "said_space")
    assert words.startswith("Sam said ")
    assert words in found.answer.may_be


def test_whoever_has_written_on_since_is_back() -> None:
    since = [(24 * 61 + h, "b", "the train was late again") for h in (8.0, 9.0, 18.0, 19.0)]
    assert keyed(read(ASKED, *since, days=2.5), "said_space") == []


def test_a_day_for_a_call_is_no_day_to_meet() -> None:
    call = (24 * 60 + 19.0, "b", "I need to think. I'll ring you on Sunday")
    fine = (24 * 60 + 20.0, "a", "okay. Sunday, six. I'll be there")
    found = read(call, fine, days=1.5)
    assert keyed(found, "meeting_named") == []
    assert len(keyed(found, "day_named")) == 1


GONE = (24 * 59 + 22.0, "b", "On board now, no signal out there, back on the 20th. I'll ring you then")
INTO_IT = [
    (24 * (61 + d), "a", words)
    for d, words in enumerate(("why is it so quiet, please answer me", "are you even reading this?"))
]


def test_what_is_written_into_an_announced_absence_presses_nobody_and_the_silence_is_not_rare() -> None:
    found = read(GONE, *INTO_IT, days=6)
    assert keyed(found, "double_text") == []
    (quiet,) = keyed(found, "present_silence")
    assert "unusual" not in quiet
    advised = {a.id for a in found.advice}
    assert "waiting.unusual.away" in advised
    assert not {"withdrawing.unusual.all", "withdrawing.unusual.line"} & advised


def test_little_warmth_is_no_taking_where_something_weighs() -> None:
    plain = reading([silence("a", 3, now=NOW), silence("b", 31, now=NOW)], now=NOW, me="a")
    now = present(plain)
    assert excused(plain, now) == frozenset()
    for key in DRAINS:
        weighs = Finding(key, now.who, "A message tells of it.")
        assert excused(replace(plain, findings=(*plain.findings, weighs)), now) == {"warmth"}


def test_the_report_calls_an_announced_silence_neither_rare_nor_long() -> None:
    page = eb.report.html(read(GONE, days=6))
    assert "as announced" in page
    assert "is unusual for Sam" not in page
