"""The proof on what messages name: its files can be read, and a row counts what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from validation.named import FOLDER, MARKS, UNREAD, read, row


def test_every_line_has_words_and_only_known_marks() -> None:
    files = sorted(FOLDER.glob("*.txt"))
    assert set(UNREAD) < {path.stem for path in files}
    for path in files:
        lines = read(path)
        assert len(lines) >= 600
        assert all(words and marks <= set(MARKS) for words, marks in lines)


def test_a_line_is_its_words_and_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "hand.txt"
    path.write_text("# by a hand\nI lost my job | trouble, shame\n\nbread is out |\n", encoding="utf-8")
    assert read(path) == [("I lost my job", frozenset({"trouble", "shame"})), ("bread is out", frozenset())]


def test_a_row_tells_the_share_that_is_found_and_the_share_that_is_right() -> None:
    found, there = np.array([True, True, False, False]), np.array([True, False, True, False])
    said = row("loss", found, there, np.array([True, False, False, True])).split()
    assert said == ["loss", "2", "0.50", "1", "of", "2", "1.00", "1", "of", "1"]
