"""Tallies: what was done out of the chances there were, and when too little happened to tell."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.signals.opportunities import turns
from ebbtide.signals.stream import Floats
from ebbtide.signals.tally import Tally, Window, against_usual, by_answer, by_message, level_against_usual
from tests.talks import flow

NONE = np.zeros(0, np.int64)


def test_messages_count_on_their_day_and_only_those_with_words() -> None:
    said = flow([(1, "a", "hi"), (2, "b", "love"), (3, "b", None), (25, "b", "love"), (26, "b", "ok")])
    found = by_message(said, 1, np.array([True, True, True, True, False]), ("affection",))
    assert found.chances.tolist() == [1, 2]
    assert found.taken.tolist() == [1, 1]
    assert found.rows.tolist() == [1, 3]


def test_an_answer_counts_once_and_by_its_first_messages() -> None:
    said = flow(
        [
            (10.0, "a", "shall we?"),
            (10.1, "b", "hm"),
            (10.2, "b", "maybe"),
            (10.3, "b", "maybe later"),
            (12.0, "a", "no plan"),
            (12.1, "b", "maybe"),
            (14.0, "a", "shall we?"),
            (14.1, "b", "yes"),
            (14.2, "b", "yes"),
            (14.3, "b", "maybe"),
        ]
    )
    opens = np.array([True, *[False] * 5, True, *[False] * 3])
    done = np.array([t in (2, 3, 5, 9) for t in range(10)])
    found = by_answer(said, turns(said), 1, opens, done, ())
    assert (found.chances.tolist(), found.taken.tolist(), found.messages.tolist()) == ([2], [1], [4])
    assert found.rows.tolist() == [2]
    assert by_answer(said, turns(said), 0, opens, done, ()).chances.tolist() == [0]


def test_no_answer_and_a_late_one_are_no_chance() -> None:
    said = flow([(10.0, "a", "shall we?"), (20.0, "a", "shall we?"), (90.0, "b", "maybe")])
    found = by_answer(said, turns(said), 1, np.array([True, True, False]), np.array([False, False, True]), ())
    assert found.chances.sum() == 0


def halves(days: int = 70, late: int = 14) -> Window:
    day = np.arange(days)
    return Window(day >= days - late, day < days - late, late)


def tally(usual: float, late: float, chances: float = 10.0, window: Window | None = None) -> Tally:
    window = window or halves()
    every: Floats = np.full(window.recent.size, chances)
    return Tally(np.where(window.recent, late, usual), every, every, NONE)


def test_a_change_is_told_and_too_little_is_not() -> None:
    change = against_usual(tally(1.0, 4.0), halves())
    assert change is not None and change.low > 0.5 and change.change == pytest.approx(np.log(4), abs=0.3)
    assert against_usual(tally(0.0, 0.0), halves()) is None, "nothing seen and nothing to be expected"
    assert against_usual(tally(0.01, 0.1, chances=0.2), halves()) is None, "hardly a chance"
    assert against_usual(tally(0.01, 0.1, chances=0.2), halves(), (2, 3)) is None, "hardly seen"


def test_blocks_are_stretches_of_usual_days() -> None:
    window = halves(45, 14)
    daily = np.arange(45.0)
    assert window.blocks(daily).tolist() == [sum(range(14)), sum(range(14, 28))]


def test_a_level_is_compared_with_own_usual() -> None:
    rng = np.random.default_rng(0)
    day = np.repeat(np.arange(70), 3)
    value = rng.normal(3.0, 0.5, day.size) - 0.7 * (day >= 56)
    change = level_against_usual(day, value, 70, halves(), 5)
    assert change is not None and change.low < -0.7 < change.high < -0.3
    assert level_against_usual(day[:3], value[:3], 70, halves(), 5) is None


def test_a_level_that_wanders_by_itself_has_not_changed() -> None:
    day = np.repeat(np.arange(70), 5)
    wanders = np.where(day // 14 % 2 == 0, 1.0, -1.0)
    change = level_against_usual(day, wanders, 70, halves(), 5)
    assert change is not None and change.low < 0 < change.high
