"""Patterns over several messages: found where they are, and not one message short of it."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.signals.moves import HEADS, Moves
from ebbtide.signals.patterns import AN_ANSWER, Kind, Pattern, patterns
from ebbtide.signals.stream import Stream
from tests.talks import flow

#: A message: hours since the start, who wrote it, and what it does.
Line = tuple[float, str, str]


def read(lines: list[Line], text: str = "hm") -> list[Pattern]:
    """The patterns of a talk whose moves are known."""
    of = flow([(hours, who, text) for hours, who, _ in lines], until=lines[-1][0] + 1)
    return list(patterns(of, known(of, [does for *_, does in lines])))


def known(of: Stream, does: list[str]) -> Moves:
    table = np.zeros((int(of.event.max()) + 1, len(HEADS)), np.bool_)
    for row, moves in zip(of.event, does, strict=True):
        for move in moves.split():
            table[row, HEADS.index(move)] = True
    return Moves(table.astype(np.float32), table)


def kinds(lines: list[Line]) -> list[tuple[Kind, int]]:
    return [(p.kind, p.person) for p in read(lines)]


ASKED: list[Line] = [(0, "a", ""), (0.1, "b", ""), (20, "a", "open_question")]


def test_a_pressing_follow_up_an_hour_later_is_double_texting() -> None:
    assert kinds([*ASKED, (22, "a", "pursuit")]) == [("double_text", 0)]
    (found,) = read([*ASKED, (22, "a", "pursuit"), (26, "a", "demand"), (27, "b", "")])[:1]
    assert found.rows == (2, 3, 4)


@pytest.mark.parametrize(
    "after",
    [
        (20.5, "a", "pursuit"),  # one thought in two messages
        (22, "a", "affection"),  # nothing asked for
        (22, "b", "pursuit"),  # the other writes
    ],
)
def test_what_only_looks_like_it_is_not(after: Line) -> None:
    assert "double_text" not in [k for k, _ in kinds([*ASKED, after])]


def test_asking_again_about_a_plan_presses_for_nothing() -> None:
    lines = [*ASKED, (22, "a", "pursuit"), (26, "a", "pursuit"), (27, "b", "")]
    of = flow([(hours, who, "hm") for hours, who, _ in lines], until=28)
    does = known(of, [moves for *_, moves in lines])
    plan = np.zeros(len(does.possible), np.bool_)
    plan[of.event[3]] = True
    (found,) = [p for p in patterns(of, does, plan) if p.kind == "double_text"]
    assert found.rows == (2, 4)
    plan[of.event[4]] = True
    assert not [p for p in patterns(of, does, plan) if p.kind == "double_text"]


def test_many_messages_in_an_hour_are_a_flood_if_they_press() -> None:
    lines = [(20 + i / 20, "b", "demand" if i in (2, 5) else "") for i in range(6)]
    start: list[Line] = [(0, "b", ""), (1, "a", "")]
    assert ("flood", 1) in kinds([*start, *lines])
    assert kinds([*start, *lines[:5]]) == []
    assert kinds([*start, *((h, w, "") for h, w, _ in lines)]) == []
    answered = [*start, *lines[:3], (20.12, "a", ""), *lines[3:]]
    assert kinds(answered) == []


def test_what_was_opened_and_not_taken_up_is_left_lying() -> None:
    opened: list[Line] = [(0, "a", ""), (1, "b", "disclosure")]
    assert kinds([*opened, (1.5, "a", "curt")]) == [("left_pending", 1)]
    assert kinds([*opened, (1.5, "a", "reassurance")]) == []
    assert kinds([*opened, (1.5, "a", "curt"), (1.6, "a", "reassurance")]) == []
    assert kinds([*opened, (1.5 + 50, "a", "reassurance")])[0] == ("left_pending", 1)
    assert kinds(opened) == []  # not yet answered: nothing is known


def test_any_answer_of_some_words_takes_a_question_up() -> None:
    opened: list[Line] = [(0, "a", ""), (1, "b", "open_question"), (1.5, "a", "")]
    assert read(opened, "x" * (AN_ANSWER - 1)) != []
    assert read(opened, "x" * AN_ANSWER) == []


AWAY: list[Line] = [(0, "b", ""), (1, "a", ""), (30, "b", ""), (90, "a", "")]


def test_coming_back_after_days_is_told_with_and_without_a_word() -> None:
    assert kinds(AWAY) == [("return_unspoken", 0)]
    assert kinds([*AWAY, (95, "a", "explanation")]) == [("return_spoken", 0)]
    assert kinds([*AWAY, (120, "a", "repair")]) == [("return_unspoken", 0)]
    assert kinds([AWAY[0], AWAY[1], (90, "a", "")]) == []  # nobody wrote meanwhile
    assert kinds([*AWAY[:3], (60, "a", "")]) == []  # two days and a half


def test_one_apology_after_another_is_told_once() -> None:
    sorry = [(float(2 * i), "ab"[i % 2], "repair" if i % 2 == 0 else "") for i in range(9)]
    found = read(sorry)
    assert [(p.kind, p.person, p.rows) for p in found] == [("apology_repeated", 0, (0, 2, 4, 6, 8))]
    assert kinds(sorry[:6]) == []
    assert kinds([(12 * h, w, m) for h, w, m in sorry]) == []


def test_apologies_for_weeks_count_where_little_else_is_written() -> None:
    days = 24.0 * 3
    sorry: list[Line] = [(days * i, "a", "repair") for i in range(6)]
    answers: list[Line] = [(days * i + 1, "b", "") for i in range(6)]
    (found,) = [p for p in read(sorted([*sorry, *answers])) if p.kind == "apology_repeated"]
    assert (found.person, len(found.rows)) == (0, 6)
    # Among much else they are the small change of every day; and months apart they are no row of them.
    much: list[Line] = [(days * i + 6 * k, "ab"[k % 2], "") for i in range(6) for k in range(1, 8)]
    assert "apology_repeated" not in [kind for kind, _ in kinds(sorted([*sorry, *answers, *much]))]
    assert "apology_repeated" not in [kind for kind, _ in kinds([(2 * h, w, m) for h, w, m in sorted(sorry + answers)])]


def test_nothing_read_is_nothing_found() -> None:
    of = flow([(h / 3, "a", "hi") for h in range(40)], until=20)
    assert patterns(of, Moves(np.zeros((40, len(HEADS)), np.float32), np.zeros((40, len(HEADS)), np.bool_))) == ()
