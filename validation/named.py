"""How much of what messages name the plain rules of words find, and how often they are right.

    python -m validation named FILE …

Files as in data/named, by default all of them: a line each, the words | marks. The wider rules were written after
reading four of the six hands; `five` and `four` were not looked at.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.signals.phrases import labelled, packaged_rules, plain

FOLDER = Path("data/named")
MARKS = (
    *("parting", "trouble", "loss", "low", "shame", "doubts", "punishing", "pressed", "will_meet", "will_write"),
    *("about_quiet", "hidden"),
)
#: The rules that stand for a mark where they are called otherwise.
RULES = {"hidden": "confession"}
#: Hands whose lines nobody read before the rules were done.
UNREAD = ("five", "four")


def read(path: Path) -> list[tuple[str, frozenset[str]]]:
    """The words of each line and its marks."""
    rows = (line.rpartition("|") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return [(words.strip(), frozenset(m.strip() for m in marks.split(",") if m.strip())) for words, _, marks in rows]


def row(mark: str, found: NDArray[np.bool_], there: NDArray[np.bool_], unread: NDArray[np.bool_]) -> str:
    """Of one mark: how many lines carry it, and for all and for unread hands the share found and the share right."""
    parts = [f"{mark:12} {int(there.sum()):5d}"]
    for rows in (np.ones_like(unread), unread):
        hit = int((found & there & rows).sum())
        parts.append(f"{hit / max(int((there & rows).sum()), 1):6.2f} {hit:4d} of {int((found & rows).sum()):4d}")
    return "  ".join(parts)


def main(argv: list[str]) -> None:
    """A row for each mark."""
    parser = argparse.ArgumentParser(prog="python -m validation named", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="files of lines; those of data/named if none")
    files = parser.parse_args(argv).files or sorted(FOLDER.glob("*.txt"))
    lines = [(path.stem, *each) for path in files for each in read(path)]
    unread = np.array([hand in UNREAD for hand, _, _ in lines])
    text = pl.DataFrame({"text": [words for _, words, _ in lines]}).select(plain(pl.col("text"))).to_series()
    print(f"{'':12} {'n':>5}  {'found':>6} {'right':>12}  {'unread: found':>6} {'right':>4}")
    for mark in MARKS:
        rules = RULES.get(mark, mark)
        found = labelled(packaged_rules(rules), text)[rules].to_numpy()
        print(row(mark, found, np.array([mark in marks for _, _, marks in lines]), unread))
