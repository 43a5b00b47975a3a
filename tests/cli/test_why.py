"""`--why`: everything the screen and the JSON name is explained in plain words, with days and never with text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from ebbtide.cli.why import GROUPS, ids, show_why
from ebbtide.errors import BadSetting
from ebbtide.reading import Reading
from ebbtide.report.evidence import Sources
from tests.cli.test_screen import SITUATIONS, printed, unwrapped
from tests.report import samples

#: What only programs say.
RAW = re.compile(r"\b(?:None|null|True|False|nan|log ratio|\w+_\w+)\b")


def told(reading: Reading, asked: str, **days: date) -> str:
    return unwrapped(printed(lambda out: show_why(out, reading, asked, Sources({}, {}, days))))


def every_id(value: Any) -> set[str]:
    """The ids that a reading's JSON holds, and its keys with more than one thing in them."""
    found = set(GROUPS)
    found |= {c["id"] for e in value["episodes"] for c in e["criteria"]}
    found |= {s["id"] for name in ("signs", "counter_signs", "hypotheses", "advice") for s in value[name]}
    return found | {f["key"] for f in value["findings"]}


@pytest.mark.parametrize("situation", [s for s in SITUATIONS if s not in (samples.urgent, samples.look)])
def test_every_id_of_the_json_is_explained_in_plain_words(situation: Any) -> None:
    reading = situation()
    known = every_id(reading.to_dict())
    assert set(ids(reading)) == known
    for id_ in known:
        said = told(reading, id_)
        words = said.removeprefix(id_)
        assert len(words) > 10, id_
        assert not RAW.search(words), (id_, words)


def test_the_days_of_the_messages_are_named_and_not_their_ids() -> None:
    reading = samples.reading()
    criterion = next(c for e in reading.episodes for c in e.criteria if c.evidence)
    said = told(reading, criterion.id, **{criterion.evidence[0]: date(2025, 3, 9)})
    assert "9 March 2025" in said
    assert criterion.evidence[0] not in said


def test_what_is_close_to_a_wrong_name_is_asked_back() -> None:
    reading = samples.reading()
    for asked, meant in (("lop", "loop"), ("over_two_week", "over_two_weeks"), ("Silense", "silence")):
        with pytest.raises(BadSetting) as failed:
            told(reading, asked)
        assert f"Did you mean {meant}" in str(failed.value)
    assert told(reading, "Over two weeks").startswith("over_two_weeks")


def test_beside_harm_nothing_is_told_of_quiet() -> None:
    for reading in (samples.urgent(), samples.look()):
        assert not {"episodes", "loop", "silence", "over_two_weeks"} & set(ids(reading))
        for asked in ("loop", "episodes", "silence"):
            with pytest.raises(BadSetting):
                told(reading, asked)
        for step in reading.advice:
            assert unwrapped(step.text)[:30] in told(reading, step.id)
