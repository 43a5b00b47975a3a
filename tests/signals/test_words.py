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
    assert {"space_request", "apology"} <= said("I was wrong to shout, I'm sorry. I just need a few days to myself")


def test_typing_does_not_matter() -> None:
    for text in ("I NEED SOME TIME ON MY OWN", "i need some time on my own", "I need some time\non my own"):
        assert "space_request" in said(text)


def test_ordinary_messages_say_nothing() -> None:
    for text in ("ok", "brb", "in a meeting", "haha yes", "there's no space in the car", "sorry, typo", "nice one"):
        assert said(text) <= {"brief", "closing"}, text


def test_what_takes_hours_is_no_reason_for_days() -> None:
    assert "outside_cause" not in said("sorry, overslept, on my way now")
    assert "outside_cause" in said("I've got the flu, 39 degrees, in bed and hardly on my phone this week")


def test_trouble_is_named_in_many_words() -> None:
    for text in (
        "Work is in real trouble. Two people were laid off",
        "they made half of us redundant today and i might be next",
        "My biggest client pulled out. I don't know how to pay the rent on the studio",
        "dad is in hospital again",
        "i'm in debt, quite deep. that's why i've been odd",
        "The firm let forty people go and I am one of them",
    ):
        assert "trouble" in said(text), text
    for text in ("how was work?", "no trouble at all", "you owe me a coffee", "did your mum like the film?"):
        assert "trouble" not in said(text), text


def test_what_is_over_is_not_always_the_bond() -> None:
    assert "parting" in said("It's over between us. I'm sorry")
    assert "parting" in said("now that we're not together any more we should only write about the house")
    for text in ("Long but fine. Glad it's over", "one more lie and we're done", "my parents are divorced"):
        assert "parting" not in said(text), text


def test_what_is_written_to_someone_elsewhere() -> None:
    for text in ("How was your day?", "Good night, sleep well", "I miss you", "are we still on for Sunday?"):
        assert "apart" in said(text), text
    for text in ("I'm by the till, the short queue", "look at that dog", "ok"):
        assert "apart" not in said(text), text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60) | st.none(), max_size=8))
def test_any_text_can_be_read(texts: list[str | None]) -> None:
    frame = marks(events(*texts))
    assert frame.height == len(texts)
    assert frame.drop("id").null_count().sum_horizontal().sum() == 0


def test_every_message_is_weighed_by_its_odds_over_the_shares_of_the_corpus() -> None:
    table = events("off to the conference till friday, hardly any signal there", "did you feed the cat?", None)
    weighed = weights(moves(table), marks(table))["outside_cause"]
    assert weighed[0] > 5 > 1 > weighed[1]
    assert np.isnan(weighed[2]), "where nothing is written nothing is known"
    overslept = events("Sorry, overslept, on my way now")
    assert weights(moves(overslept), marks(overslept))["outside_cause"] <= 1.0
    assert over(np.array([0.1, 0.5, 1.0]), 0.1) == pytest.approx([1.0, 9.0, 0.97 / 0.03 * 9])


def test_shares_are_those_of_the_corpus() -> None:
    rows = labelled()
    for head, share in NEWS.values():
        assert share == pytest.approx(sum(head in r.labels for r in rows) / len(rows), abs=0.002)


def test_being_hard_to_reach_is_heard_beforehand_in_plain_words() -> None:
    for text in ("phone goes to my roommate until the last paper", "if i go quiet that's why. baby on my arm"):
        assert "outside_cause" in said(text), text
    for text in ("sorry, had no signal all morning", "is your phone off?"):
        assert "out_of_reach" not in said(text), text


def test_what_somebody_wants_money_for_is_no_reason_for_a_silence_and_other_trouble_beside_it_is() -> None:
    skint = said("can u lend me 60 til friday im proper skint")
    assert "asks_money" in skint
    assert not skint & {"trouble", "outside_cause"}
    assert "trouble" in said("can u lend me 60 til friday, they made me redundant on monday")
    assert "trouble" in said("im proper skint")


def test_a_limit_until_a_day_ends_nothing() -> None:
    until = said("Until my divorce is through I think we should be just friends")
    assert "limit" in until
    assert "parting" not in until
    assert "parting" in said("I'd rather just be friends")
