"""How full turns are: messages to a turn and the length of what is written, day by day."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from ebbtide.signals.fullness import fullness
from ebbtide.signals.opportunities import turns
from ebbtide.signals.stream import HOUR, Stream
from tests.signals.streams import streams
from tests.talks import flow


def test_extras_are_the_messages_of_a_turn_beyond_the_first() -> None:
    seen = flow(
        [
            (8, "a", "hi"),
            (8.1, "a", "you up"),
            (8.2, "a", None),
            (9, "b", "yes"),
            (20, "a", "good night"),
            (56, "b", "hm"),
            (56.1, "b", "what a day"),
        ]
    )
    of_a, of_b = (fullness(seen, turns(seen), person) for person in (0, 1))
    assert (of_a.turns.tolist(), of_a.extras.tolist()) == ([2, 0, 0], [2, 0, 0])
    assert (of_b.turns.tolist(), of_b.extras.tolist()) == ([1, 0, 1], [0, 0, 1])
    assert of_a.texts.tolist() == [3, 0, 0]
    assert of_a.length == pytest.approx([np.log([2, 6, 10]).mean(), 0, 0])
    assert of_b.length == pytest.approx([np.log(3), 0, np.log([2, 10]).mean()])


def test_a_turn_belongs_to_the_day_it_begins_and_a_text_to_the_day_it_is_written() -> None:
    seen = flow([(23.8, "a", "still awake"), (24.2, "a", "no"), (30, "b", "x")])
    of_a = fullness(seen, turns(seen), 0)
    assert (of_a.turns.tolist(), of_a.extras.tolist(), of_a.texts.tolist()) == ([1, 0], [1, 0], [1, 1])


@settings(max_examples=50, deadline=None)
@given(streams())
def test_turns_and_extras_add_up_to_the_messages(seen: Stream) -> None:
    for person in (0, 1):
        full = fullness(seen, turns(seen), person)
        assert full.turns.sum() + full.extras.sum() == (seen.who == person).sum()
        own = np.flatnonzero(seen.who == person)
        begins = [i for i in own if i == 0 or seen.who[i - 1] != person or seen.at[i] - seen.at[i - 1] >= HOUR]
        assert full.turns.tolist() == np.bincount(seen.day_of(seen.at[begins]), minlength=seen.days).tolist()


def test_who_wrote_nothing_has_days_of_nothing() -> None:
    seen = flow([(1, "a", "hi"), (30, "a", "hello")])
    of_b = fullness(seen, turns(seen), 1)
    for values in (of_b.turns, of_b.extras, of_b.texts, of_b.length):
        assert values.tolist() == [0, 0]
