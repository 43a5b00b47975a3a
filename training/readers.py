"""The second reader's labels beside the author's: where they agree, and what is left out where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.moves.labels import HEADS
from training.corpus import FOLDER, CorpusError, Labelled

Array = NDArray[Any]


def second(rows: Sequence[Labelled], folder: Path = FOLDER) -> list[frozenset[str] | None]:
    """What the second reader made of every message, None where nobody read a second time.

    A file holds `number<TAB>labels` for the messages of an author's file that make a move, and ends with `end<TAB>n`:
    the first n messages were read.
    """
    out: list[frozenset[str] | None] = []
    for author in dict.fromkeys(r.author for r in rows):
        mine = [r for r in rows if r.author == author]
        out += of_author(folder / "second" / f"{author}.labels", len(mine))
    return out


def of_author(path: Path, count: int) -> list[frozenset[str] | None]:
    """One file of second labels, for the first messages of an author."""
    if not path.exists():
        return [None] * count
    found: dict[int, frozenset[str]] = {}
    read = 0
    for number, line in enumerate(path.read_text().splitlines(), 1):
        key, _, given = line.partition("\t")
        if key == "end":
            read = int(given)
            continue
        labels = frozenset(part.strip() for part in given.split(",") if part.strip())
        if labels - set(HEADS) or not key.isdigit():
            raise CorpusError(f"{path.name}:{number} is not `number<TAB>labels`")
        found[int(key)] = labels
    return [found.get(i, frozenset()) if i < read else None for i in range(count)]


def wanted(rows: Sequence[Labelled], again: Sequence[frozenset[str] | None]) -> Array:
    """What a model should say (n, heads): 1 or 0, NaN where the two readers differ."""
    out = np.array([[h in r.labels for h in HEADS] for r in rows], np.float32)
    for i, labels in enumerate(again):
        if labels is not None:
            other = np.array([h in labels for h in HEADS], np.float32)
            out[i, out[i] != other] = np.nan
    return out


def agreement(rows: Sequence[Labelled], again: Sequence[frozenset[str] | None]) -> dict[str, tuple[int, int, int]]:
    """Per label how many messages both gave it, only the author, only the second reader."""
    both = [(r.labels, s) for r, s in zip(rows, again, strict=True) if s is not None]
    return {
        h: (
            sum(h in a and h in b for a, b in both),
            sum(h in a and h not in b for a, b in both),
            sum(h not in a and h in b for a, b in both),
        )
        for h in HEADS
    }
