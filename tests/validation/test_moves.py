"""The proof of moves: its scores, and a row for each author's file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from validation.moves import f1, line, main

FILE = """A 0 | I love you so much | affection
B 5 | the bins go out at seven |
A 9 | why won't you answer me, you never listen | pursuit, criticism
"""


def test_f1_is_twice_the_hits_over_all_that_was_said_or_true() -> None:
    said = np.array([[True, False], [True, False], [False, True]])
    true = np.array([[True, False], [False, False], [True, False]])
    assert f1(said, true).tolist() == [0.5, 0.0]


def test_a_row_says_how_much_of_what_is_clear_is_right_and_how_much_it_finds() -> None:
    possible, clear = np.array([[True], [True], [True]]), np.array([[True], [False], [True]])
    true = np.array([[True], [True], [False]])
    assert line("ann", possible, clear, true).split() == ["ann", "3", "0.800", "0.800", "0.500", "0.500"]


def test_every_author_and_every_move_has_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ann.txt").write_text(FILE)
    main([str(tmp_path / "ann.txt")])
    rows = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows[1:4]] == ["ann", "all", "pursuit"]
    assert next(row for row in rows if row.startswith("affection")).split() == ["affection", "1", "1.000"]
