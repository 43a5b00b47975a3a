"""How far more authors and more messages carry: `python -m training.curve GOEMOTIONS`, after `make train` or by itself.

A few authors are left out of everything but the student's unlabelled training; the others join in a random order, or
give only some of their blocks. One row a run: authors, messages, micro- and macro-F1 over the 21 moves.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.moves.labels import LABELS
from training import learn, tune
from training.__main__ import PROCESSES, TUNE_EPOCHS, student
from training.corpus import Labelled, labelled
from training.readers import second, wanted

Array = NDArray[Any]
SEED, LEFT_OUT = 20261128, 5
AUTHORS, SHARES = (2, 4, 8, 16), (0.125, 0.25, 0.5)
#: Passes over few messages are many, so that every run takes enough steps to learn.
FEWEST_STEPS = 700


def chosen(rows: Sequence[Labelled]) -> tuple[list[str], list[str]]:
    """Authors to learn from, in the order in which they join, and those left out."""
    names = np.random.default_rng(SEED).permutation(sorted({r.author for r in rows})).tolist()
    return names[LEFT_OUT:], names[:LEFT_OUT]


def learned_from(rows: Sequence[Labelled], joining: Sequence[str]) -> list[Array]:
    """The rows each run learns from: more and more authors, all of them, and shares of the blocks of all."""
    author = np.array([r.author for r in rows])
    block = np.array([hash_of(r) for r in rows])
    sizes = (*(n for n in AUTHORS if n < len(joining)), len(joining))
    by_author = [np.flatnonzero(np.isin(author, joining[:n])) for n in sizes]
    return [*by_author, *(by_author[-1][block[by_author[-1]] < share] for share in SHARES)]


def hash_of(row: Labelled) -> float:
    """A number from 0 to 1 that is the same for all lines of a block."""
    return float(np.random.default_rng([SEED, row.block, *row.author.encode()]).random())


def run(task: tuple[dict[str, Array], dict[str, int], tune.Examples, Array, Array]) -> Array:
    """Log odds of the rows left out by weights tuned on some others."""
    base, place, known, mine, asked = task
    steps = mine.size // tune.BATCH
    epochs = max(TUNE_EPOCHS, -(-FEWEST_STEPS // max(steps, 1)))
    return tune.scores(tune.tune(base, place, known.rows(mine), epochs), place, known.rows(asked))


def main() -> None:
    """All runs, two at a time."""
    parser = argparse.ArgumentParser(prog="python -m training.curve", description=__doc__)
    parser.add_argument("goemotions", type=Path, help="the GoEmotions file, goemotions.tsv.gz")
    given = parser.parse_args()
    rows = labelled()
    names, base, _ = student(given.goemotions)
    joining, left_out = chosen(rows)
    author = np.array([r.author for r in rows])
    truth = wanted(rows, [None] * len(rows))
    known = learn.examples(rows, wanted(rows, second(rows)))
    asked = np.flatnonzero(np.isin(author, left_out))
    place = {w: i for i, w in enumerate(names)}
    runs = learned_from(rows, joining)
    with get_context("spawn").Pool(PROCESSES) as pool:
        found = pool.map(run, [(base, place, known, mine, asked) for mine in runs], chunksize=1)
    print(f"left out: {', '.join(left_out)}, {asked.size} messages")
    for mine, logit in zip(runs, found, strict=True):
        moves = len(LABELS)
        score = learn.judged(logit[:, :moves], truth[asked][:, :moves], author[asked])
        print(
            f"{len(set(author[mine])):3d} authors {mine.size:6d} messages: "
            f"micro {score.micro(moves):.3f}, macro {score.f1.mean():.3f}"
        )


if __name__ == "__main__":
    main()
