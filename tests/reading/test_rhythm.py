"""The couple's rhythm: quiet spells, warm words and months, once there are ninety days of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from math import exp

import pytest

import ebbtide as eb
from ebbtide import analysis
from ebbtide.reading import Reading
from ebbtide.reading.rhythm import of_rhythm, spells_words
from ebbtide.reading.types import Rhythm, Share
from ebbtide.signals.rates import Change
from ebbtide.simulator import make_couple
from tests.reading.planted import SMALL, WARM, couple


@cache
def year() -> Reading:
    return eb.read(make_couple(3, kind="settled", days=200).conversation)


def test_the_spells_are_those_of_the_reading() -> None:
    reading = year()
    rhythm = reading.rhythm
    assert rhythm is not None
    assert rhythm.spells == len(reading.episodes) > 0
    assert rhythm.spells_a_year == pytest.approx(rhythm.spells * 365.25 / rhythm.days, rel=0.01)
    assert sum(m.spells for m in rhythm.months) == rhythm.spells
    assert rhythm.days == pytest.approx(reading.span.days, abs=1)


def test_every_month_has_its_row() -> None:
    rhythm = year().rhythm
    assert rhythm is not None
    firsts = [m.first for m in rhythm.months]
    assert firsts[0] == date(2025, 2, 1)
    assert all(a.replace(day=28) + timedelta(days=4) >= b for a, b in pairwise(firsts))
    assert sum(m.days for m in rhythm.months) == pytest.approx(rhythm.days, abs=2)
    assert all(m.starts > 0 for m in rhythm.months)


def test_the_share_of_warm_words_is_put_right() -> None:
    """One in ten messages of either: the other writes none, and half of the person's own exchanges begin warmly."""
    rhythm = eb.read(couple(1, own=WARM, share=0.4)).rhythm
    assert rhythm is not None and rhythm.affection is not None
    written = 0.4 / 4 * 3 / 4  # of four kinds of messages one, of its lines three in four hold affection
    assert rhythm.affection.low <= written <= rhythm.affection.high
    assert rhythm.affection.high - rhythm.affection.low < 0.15
    cold = eb.read(couple(1, own=SMALL)).rhythm
    assert cold is not None and cold.affection is not None
    assert cold.affection.low == 0


def test_ninety_days_are_needed_and_words_for_shares() -> None:
    made = couple(1)
    short = analysis.read(made, until=date(2025, 4, 20))
    assert short.enough and short.rhythm is None
    assert short.to_dict()["rhythm"] is None
    assert "rhythm" not in {f.key for f in short.findings}
    silent = eb.read(make_couple(3, kind="settled", days=120, words=False).conversation).rhythm
    assert silent is not None
    assert (silent.affection, silent.appreciation, silent.quarter) == (None, None, None)
    assert {m.affection for m in silent.months} == {None}


def test_this_quarter_is_set_against_the_one_before() -> None:
    warmer = make_couple(3, kind="busy", days=190).conversation
    rhythm = eb.read(warmer).rhythm
    assert rhythm is not None and rhythm.quarter is not None
    assert rhythm.quarter.low < 0 < rhythm.quarter.high
    assert exp(rhythm.quarter.high) < 3


def test_the_finding_leaves_the_number_of_spells_without_a_verdict() -> None:
    (found,) = [f for f in year().findings if f.key == "rhythm"]
    assert found.about is None
    assert "How long they last and how they end say more than their number." in found.words
    assert "message in" in found.words
    assert found.numbers["spells"] == len(year().episodes)


def made(spells: int = 4, quarter: Change | None = None) -> Rhythm:
    lengths = (6, 4, 12, 6)[:spells]
    return Rhythm(365, spells, spells, lengths, 0.8, Share(0.1, 0.05, 0.15), None, quarter, ())


def test_the_words_for_a_rhythm() -> None:
    assert of_rhythm(made()).words == (
        "In the 12 months of this record there were four spells of distance, mostly of about 6 days. "
        "How long they last and how they end say more than their number. "
        "About 1 message in 10 holds words of affection."
    )
    assert of_rhythm(made(0)).words.startswith("In the 12 months of this record there was no spell of distance.")
    assert "one spell of distance, of 6 days. One alone makes no rhythm." in of_rhythm(made(1)).words
    assert "three spells of distance, of 4 to 12 days." in of_rhythm(made(3)).words
    assert "hold more warm words" in of_rhythm(made(quarter=Change(0.7, 0.4, 1.0))).words
    assert "hold fewer warm words" in of_rhythm(made(quarter=Change(-0.7, -1.0, -0.4))).words
    assert "much like the three before" in of_rhythm(made(quarter=Change(0.0, -0.3, 0.3))).words
    assert "three before" not in of_rhythm(made(quarter=Change(0.0, -2.0, 2.0))).words


def test_the_json_of_a_rhythm() -> None:
    data = year().to_dict()["rhythm"]
    assert set(data) == {
        *("days", "spells", "spells_a_year", "typical_days", "depth"),
        *("affection", "appreciation", "quarter", "months"),
    }
    assert set(data["months"][0]) == {"first", "days", "affection", "starts", "spells"}
    assert datetime.fromisoformat(data["months"][0]["first"]).day == 1
    assert set(data["affection"]) == {"share", "low", "high"}


def test_a_spell_that_runs_has_no_length_in_the_sentence() -> None:
    made = Rhythm(103, 2, 7.0, (31,), 0.9, None, None, None, ())
    assert "two spells of distance; the one that is over lasted 31 days." in spells_words(made)
    assert "two spells of distance, of 31 days." in spells_words(replace(made, lengths=(31, 31)))
    assert "; those that are over lasted mostly about 5 days." in spells_words(
        replace(made, spells=5, lengths=(5,) * 4)
    )
