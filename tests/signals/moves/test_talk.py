"""A conversation as messages in their places."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from ebbtide.signals.moves import HEADS, Message, model, moves
from ebbtide.signals.moves.talk import messages
from tests.talks import moment, rows, talk_of


def made() -> pl.DataFrame:
    """Two people, with a line of the app's and a reaction in between."""
    said = [(moment(1), "a", "hi"), (moment(2), "a", "are you there?"), (moment(4), "b", "yes"), (moment(5), "a", None)]
    system = rows([(moment(3), None, "encrypted")], "system")
    return talk_of(pl.concat([rows(said), system])).events.sort("at")


def test_every_message_knows_the_one_before_it_and_who_wrote_that() -> None:
    assert messages(made()) == [
        Message("hi"),
        Message("are you there?", "hi", True, pytest.approx(60.0), 1),
        Message("yes", "are you there?", False, pytest.approx(120.0), 0),
    ]


def test_moves_stay_beside_their_events_and_are_nothing_where_nothing_is_written() -> None:
    events = made()
    found = moves(events)
    assert found.scores.shape == found.possible.shape == (events.height, len(HEADS))
    silent = events.select(pl.col("text").is_null() | pl.col("person").is_null())["text"].to_numpy()
    assert (found.scores[silent] == 0).all()
    assert (found.scores[~silent] > 0).all()
    assert np.array_equal(found.possible, (found.scores >= model().possible) & ~silent[:, None])
    assert moves(events.clear()).scores.shape == (0, len(HEADS))


def test_another_language_is_not_read() -> None:
    """The model knows English only, and would find moves in anything."""
    lines = [
        (moment(h / 10), "ab"[h % 2], f"ich komme heute erst um {h} nach Hause, wartet nicht auf mich")
        for h in range(60)
    ]
    german = talk_of(rows(lines)).events
    assert not moves(german).scores.any()
    assert moves(german.head(10)).scores.any()  # too few sentences to tell
