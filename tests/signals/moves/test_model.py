"""The packaged model: small, quick to load, the same answer alone and among others, and right about plain cases."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.signals.languages import pack
from ebbtide.signals.moves import HEADS, LABELS, RATED, Message, model, scores


def chance(label: str, text: str, prev: str | None = None, *, same: bool = False, gap: float = 5.0) -> float:
    return float(scores([Message(text, prev, same, gap)])[0, HEADS.index(label)])


def test_the_file_is_small() -> None:
    assert len(pack("en").model()) < 10_000_000


def test_there_are_the_labels_of_the_design_and_two_more() -> None:
    assert len(LABELS) == 21
    assert len(set(HEADS)) == len(HEADS) == 23


def test_clear_asks_for_no_less_than_possible() -> None:
    using = model()
    assert (using.clear >= using.possible).all()
    assert ((using.possible > 0) & (using.possible < 1)).all()
    assert using.found.shape == using.mistaken.shape == (2, len(RATED))
    assert (using.found[0] > 3 * using.mistaken[0]).all()


def test_scores_are_chances_and_nothing_gives_nothing() -> None:
    assert scores([]).shape == (0, len(HEADS))
    found = scores(
        [
            Message("ok"),
            Message("", None),
            Message("🙂" * 300),
            Message("\x00\ud83d".encode("utf-8", "replace").decode()),
        ]
    )
    assert found.shape == (4, len(HEADS))
    assert ((found >= 0) & (found <= 1)).all()


def test_a_message_scores_the_same_alone_and_among_others() -> None:
    asked = [
        Message("why are you ignoring me"),
        Message("fine.", "are you upset with me?", False, 3.0),
        Message("can you get milk on the way home", "leaving now", True, 1.0, 1),
        Message("thx"),
    ]
    together = scores(asked)
    for i, one in enumerate(asked):
        assert scores([one])[0] == pytest.approx(together[i], abs=1e-4)


@pytest.mark.parametrize(
    ("label", "more", "less"),
    [
        ("affection", "I miss you so much, I love you", "the bus is late again"),
        ("space_request", "I need a few days on my own to think", "there is no space left on my phone"),
        ("repair", "I'm sorry about last night, that was my fault", "sorry, typo"),
        ("ultimatum", "if you don't call me tonight we are done", "if it rains tonight we take the bus"),
        ("crisis", "I don't want to be alive any more", "this traffic is killing me"),
        (
            "control_threat",
            "I put a tracker on your phone so don't lie to me",
            "I put a new case on your phone, the red one",
        ),
        ("criticism", "you always ruin everything, what is wrong with you", "you always make the best tea"),
        ("+away", "flying to Oslo for work tomorrow, hardly any signal there", "flying ants in the kitchen again"),
    ],
)
def test_plain_cases_are_told_from_their_near_misses(label: str, more: str, less: str) -> None:
    assert chance(label, more) > 0.5 > chance(label, less)


def test_the_message_before_counts() -> None:
    open_, logistics = "can we talk about what happened on Saturday? it hurt", "shall I get bread?"
    assert chance("curt", "fine.", open_) > chance("curt", "fine.", logistics)


def test_scores_do_not_depend_on_chance() -> None:
    asked = [Message("are you still there?", "brb", True, 400.0, 2)]
    assert np.array_equal(scores(asked), scores(asked))
