"""How often the check of a draft flags ordinary messages, and how often its flags are right on authors left out.

    python -m validation check FILE [HELD_OUT]

FILE, or the environment's EBBTIDE_ORDINARY, holds ordinary messages, one a line, gzipped or not: the NUS SMS Corpus
2015 (Chen & Kan 2013), which is no part of Ebbtide. HELD_OUT is what `python -m training` leaves beside the model:
scores of every labelled message by a model that never saw its author; by default where it leaves them. Last come the
drafts of data/check, which nothing was ever learned from or set by.
"""

from __future__ import annotations

import gzip
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ebbtide.guide.check import check, readable
from ebbtide.guide.check.judge import packaged
from ebbtide.guide.check.pack import LOOKED_FOR
from ebbtide.reading import Voice
from ebbtide.signals.moves import HEADS, model
from ebbtide.signals.moves.model import chances

Array = NDArray[Any]
FILE_FROM = "EBBTIDE_ORDINARY"
#: Drafts written to measure the check on.
DRAFTS = Path("data/check")
HELD_OUT = (Path("build/training/held_out.npz"), Path("training/held_out.npz"))
NONE_LEFT_OUT = "No scores of authors left out: python -m training makes them. Skipped."


def left_out(given: Sequence[str]) -> Path | None:
    """The scores of authors left out: the file that is given, or where training leaves them; None where none is."""
    return next((p for p in (map(Path, given) if given else HELD_OUT) if p.is_file()), None)


def messages(path: Path) -> list[str]:
    """The messages of a file, one a line."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8", errors="replace")
    return [line for line in text.split("\n") if line.strip()]


def false_flags(texts: Sequence[str]) -> list[str]:
    """Of ordinary messages checked as drafts without a conversation, how many are flagged, in each voice."""
    check("Warm up.")
    unread = sum(not readable(text) for text in texts)
    rows = [f"{unread} of {len(texts)} not taken for English and left alone"]
    for voice in LOOKED_FOR:
        started = perf_counter()
        found = [check(text, voice=voice) for text in texts]
        each = (perf_counter() - started) / len(texts) * 1000
        labels = Counter(f.label for flags in found for f in flags)
        count = sum(map(bool, found))
        by_label = ", ".join(f"{label} {n}" for label, n in labels.most_common())
        rows.append(
            f"{voice:12} {count} of {len(texts)} flagged, {1000 * count / len(texts):.1f} in 1,000"
            f" ({by_label or 'none'}); {each:.1f} ms a draft"
        )
    return rows


def right_flags(held: Path) -> list[str]:
    """Of labelled messages with a clear move by a model that never saw the author, how many carry the label."""
    kept = np.load(held)
    learned, judge = model(), packaged()
    sure = chances(learned.scale * kept["logit"] + learned.shift)
    rows = [f"{'label':16} {'carry it':>8} {'flagged':>8} {'right':>6} {'found':>6} {'right where readers agree':>26}"]
    for label in dict.fromkeys(label for labels in LOOKED_FOR.values() for label in labels):
        column = HEADS.index(label)
        flagged = sure[:, column] >= judge.clear[label]
        rows.append(row(label, flagged, kept["truth"][:, column] > 0, kept["agreed"][:, column]))
    return [*rows, f"{sure.shape[0]} messages of {len(set(kept['author'].tolist()))} authors"]


def drafts(folder: Path) -> list[str]:
    """Of drafts written for this alone, by hands that saw nothing of it: which flags are right and how many are found.

    A flag is right where its label is one of the draft's own.
    """
    given = [
        msgspec.json.decode(line, type=Draft)
        for p in sorted(folder.glob("*.jsonl"))
        for line in p.read_bytes().splitlines()
    ]
    rows = []
    for voice in LOOKED_FOR:
        mine = [d for d in given if d.voice == voice]
        found = [[f.label for f in check(d.text, voice=voice)] for d in mine]
        flags = [(label, label in d.labels) for d, labels in zip(mine, found, strict=True) for label in labels]
        plain = [labels for d, labels in zip(mine, found, strict=True) if not d.labels]
        reached = sum(bool(labels) for d, labels in zip(mine, found, strict=True) if d.labels)
        wrong = Counter(label for label, right in flags if not right)
        rows.append(
            f"{voice:12} {len(mine)} drafts: {len(flags)} flags, {sum(r for _, r in flags)} right; "
            f"{reached} of {len(mine) - len(plain)} with something to flag are flagged, "
            f"{sum(map(bool, plain))} of {len(plain)} with nothing "
            f"({', '.join(f'{label} {n}' for label, n in wrong.most_common()) or 'none'} wrong)"
        )
    return rows


class Draft(msgspec.Struct):
    """A draft and what a fair counsellor would point out in it."""

    voice: Voice
    text: str
    labels: list[str]


def row(label: str, flagged: Array, truth: Array, agreed: Array) -> str:
    """One label: how many carry it, how many are flagged, and which shares of these are right and found."""
    hits, told = int((flagged & truth).sum()), flagged & ~np.isnan(agreed)
    right = (agreed[told] > 0).mean() if told.any() else np.nan
    return (
        f"{label:16} {int(truth.sum()):8d} {int(flagged.sum()):8d} {hits / max(int(flagged.sum()), 1):6.2f}"
        f" {hits / max(int(truth.sum()), 1):6.2f} {right:26.2f}"
    )


def main(argv: list[str]) -> None:
    """Print both tables; what is not there is skipped and said so."""
    given = argv[0] if argv else os.environ.get(FILE_FROM)
    if given and Path(given).is_file():
        print("\n".join(false_flags(messages(Path(given)))))
    else:
        print(f"No ordinary messages to read: give a file with one a line, or set {FILE_FROM}. Skipped.")
    held = left_out(argv[1:])
    print("\n".join(right_flags(held)) if held else NONE_LEFT_OUT)
    print("\n".join(drafts(DRAFTS)))
