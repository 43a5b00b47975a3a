"""The corpus of moves: dialogues written by hand, one file an author, labelled by what each message does.

A block of lines is a dialogue; a line is `A 35 | text | label, label`: who writes, minutes since the line before, the
words, and the moves. A line beginning with # says who they are. A line that cannot be read is an error with its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ebbtide.signals.moves.labels import AWAY, HEADS, LABELS, TOGETHER

FOLDER = Path("data/moves")
AUXILIARY = (AWAY, TOGETHER)
_LINE = re.compile(r"^(\S+) (\d+(?:\.\d+)?) \| (.*?)(?: \|\s*([^|]*))?$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message in its place: `prev` None at a beginning; `unanswered` messages of the same person before it."""

    author: str
    block: int
    prev: str | None
    prev_same_person: bool
    gap_minutes: float
    unanswered: int
    text: str
    labels: frozenset[str]


class CorpusError(ValueError):
    """A line of the corpus that cannot be read."""


def labelled(folder: Path = FOLDER) -> list[Labelled]:
    """Every labelled message, author by author."""
    return [row for path in sorted((folder / "labelled").glob("*.txt")) for row in read(path)]


def held_out(folder: Path = FOLDER) -> list[Labelled]:
    """Every message by authors whose texts and labels are never learned from."""
    return [row for path in sorted((folder / "held_out").glob("*.txt")) for row in read(path)]


def as_lines(rows: Sequence[Labelled]) -> list[str]:
    """Messages in the form of moves.md, a JSON object each."""
    return [
        json.dumps(
            {
                "prev": r.prev,
                "prev_same_person": r.prev_same_person,
                "gap_minutes": r.gap_minutes,
                "unanswered": r.unanswered,
                "text": r.text,
                "labels": [h for h in HEADS if h in r.labels],
            },
            ensure_ascii=False,
        )
        for r in rows
    ]


def unlabelled(folder: Path = FOLDER) -> list[str]:
    """Every chat line without labels, in order, each once."""
    lines = (line.strip() for p in sorted((folder / "unlabelled").glob("*.txt")) for line in p.read_text().splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def read(path: Path) -> list[Labelled]:
    """The messages of one author's file."""
    rows: list[Labelled] = []
    block, before, run = 0, None, 0
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip():
            block, before, run = block + 1, None, 0
            continue
        if line.startswith("#"):
            continue
        found = _LINE.match(line)
        if found is None:
            raise CorpusError(f"{path.name}:{number} is not `WHO MINUTES | text | labels`")
        who, gap, text, given = found.groups()
        labels = frozenset(part.strip() for part in (given or "").split(",") if part.strip())
        if unknown := labels - {*LABELS, *AUXILIARY}:
            raise CorpusError(f"{path.name}:{number} has unknown labels {sorted(unknown)}")
        same = before is not None and before[0] == who
        run = run + 1 if same else 0
        prev = before[1] if before else None
        rows.append(Labelled(path.stem, block, prev, same, float(gap) if before else 0.0, run, text.strip(), labels))
        before = (who, text.strip())
    return rows
