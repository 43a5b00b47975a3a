"""What messages say, as columns beside the events."""

from datetime import UTC, datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from training.corpus import labelled

from ebbtide.signals.moves import moves
from ebbtide.signals.words import LABELS, NEWS, marks, over, weights


def events(*texts: str | None, person: str | None = "a") -> pl.DataFrame:
    return pl.DataFrame(
        {"id": [f"e{i}" for i in range(len(texts))], "person": [person] * len(texts), "text": list(texts)},
        schema={"id": pl.String, "person": pl.String, "text": pl.String},
    ).with_columns(at=pl.lit(datetime(2025, 3, 1, tzinfo=UTC)) + pl.duration(minutes=pl.int_range(pl.len())))


def said(text: str) -> set[str]:
    row = marks(events(text)).row(0, named=True)
    return {label for label in LABELS if row[label]}


def test_rows_stay_beside_their_events() -> None:
    frame = marks(events("love you", None, "", "are you there?", "ok"))
    assert frame.columns == ["id", *LABELS]
    assert frame["id"].to_list() == ["e0", "e1", "e2", "e3", "e4"]
    assert frame["affection"].to_list() == [True, False, False, False, False]
    assert frame["pressing"].to_list() == [False, False, False, True, False]
    assert frame.null_count().transpose().sum().item() == 0


def test_no_events_give_no_rows() -> None:
    frame = marks(events())
    assert frame.height == 0
    assert frame.schema == pl.Schema({"id": pl.String(), **dict.fromkeys(LABELS, pl.Boolean())})


def test_what_the_app_wrote_is_nobodys_word() -> None:
    frame = marks(events("love you", "I need some space", person=None))
    assert not frame.select(pl.any_horizontal(LABELS).any()).item()


def test_a_message_can_say_several_things() -> None:
    assert {"apology", "explanation"} <= said("I'm sorry I went quiet, my head was all over the place")
    assert {"space_request", "apology"} <= said("I'm sorry I shouted. I just need a few days to myself")


def test_typing_does_not_matter() -> None:
    for text in ("I NEED SOME TIME ON MY OWN", "i need some time on my own", "I need some time\non my own"):
        assert "space_request" in said(text)


def test_ordinary_messages_say_nothing() -> None:
    for text in ("ok", "brb", "in a meeting", "haha yes", "there's no space in the car", "sorry, typo", "nice one"):
        assert said(text) == set(), text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60) | st.none(), max_size=8))
def test_any_text_can_be_read(texts: list[str | None]) -> None:
    frame = marks(events(*texts))
    assert frame.height == len(texts)
    assert frame.drop("id").null_count().sum_horizontal().sum() == 0


def test_every_message_is_weighed_by_its_odds_over_the_shares_of_the_corpus() -> None:
    table = events("off to the conference till friday, hardly any signal there", "did you feed the cat?", None)
    weighed = weights(moves(table))["outside_cause"]
    assert weighed[0] > 5 > 1 > weighed[1]
    assert weighed[2] == 1.0, "where nothing is written nothing is known"
    assert over(np.array([0.1, 0.5, 1.0]), 0.1) == pytest.approx([1.0, 9.0, 0.97 / 0.03 * 9])


def test_shares_are_those_of_the_corpus() -> None:
    rows = labelled()
    for head, share in NEWS.values():
        assert share == pytest.approx(sum(head in r.labels for r in rows) / len(rows), abs=0.002)
