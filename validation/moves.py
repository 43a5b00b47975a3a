"""How the packaged model reads authors it never learned from: F1 by move, and how much of what it is sure of is right.

    python -m validation moves FILE …

Files as in data/moves (see `training.corpus`); by default those of data/unseen, which nothing is learned from. With
`--model` another model file is judged.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from training.corpus import Labelled, read

from ebbtide.signals.moves import LABELS, Message, Model, model, scores
from ebbtide.signals.moves.model import loaded

UNSEEN = Path("data/unseen")
Marks = NDArray[np.bool_]


def f1(said: Marks, true: Marks) -> NDArray[np.float64]:
    """F1 of each column of two tables of marks; of all of them together where they have one."""
    hit, said_at_all, there = (x.sum(axis=0) for x in (said & true, said, true))
    return np.asarray(2 * hit / np.maximum(said_at_all + there, 1), dtype=np.float64)


def judged(rows: list[Labelled], using: Model) -> tuple[Marks, Marks, Marks]:
    """What is possible, what is clear and what is true of every message, (n, moves)."""
    asked = [Message(r.text, r.prev, r.prev_same_person, r.gap_minutes, r.unanswered) for r in rows]
    chance = scores(asked, using)[:, : len(LABELS)]
    true = np.array([[label in r.labels for label in LABELS] for r in rows])
    return chance >= using.possible[: len(LABELS)], chance >= using.clear[: len(LABELS)], true


def line(name: str, possible: Marks, clear: Marks, true: Marks) -> str:
    """One row: messages, micro- and macro-F1, and of what is clear the share that is right and the share it finds."""
    hit = float((clear & true).sum())
    together = f1(possible.reshape(-1, 1), true.reshape(-1, 1))[0]
    right, share = hit / max(clear.sum(), 1), hit / max(true.sum(), 1)
    return f"{name:<16} {len(true):6d} {together:6.3f} {f1(possible, true).mean():6.3f} {right:6.3f} {share:6.3f}"


def main(argv: list[str]) -> None:
    """A row for each author and for all, then F1 of each move."""
    parser = argparse.ArgumentParser(prog="python -m validation moves", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="authors' files; those of data/unseen if none")
    parser.add_argument("--model", type=Path, help="a model file to judge in place of the packaged one")
    given = parser.parse_args(argv)
    using = loaded(given.model.read_bytes()) if given.model else model()
    files = given.files or sorted(UNSEEN.glob("*.txt"))
    found = {path.stem: judged(read(path), using) for path in files}
    print(f"{'':<16} {'n':>6} {'micro':>6} {'macro':>6} {'right':>6} {'found':>6}")
    for name, marks in found.items():
        print(line(name, *marks))
    whole = [np.concatenate(each) for each in zip(*found.values(), strict=True)]
    possible, clear, true = whole
    print(line("all", possible, clear, true))
    for label, of_label, count in zip(LABELS, f1(possible, true), true.sum(axis=0), strict=True):
        print(f"{label:<16} {count:6d} {of_label:6.3f}")
