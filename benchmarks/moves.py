"""Reading moves: processor seconds for five thousand messages on one core, tokenising included, and for loading."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from training.corpus import unlabelled

from benchmarks.process import Figure
from ebbtide.signals.moves import Message, model, scores

MESSAGES, CALLS = 5_000, 5


def figures() -> Iterator[Figure]:
    """The median of a few calls; run with OMP_NUM_THREADS=1 for one core."""
    start = time.process_time()
    model()
    yield Figure("moves, load", time.process_time() - start, "s", 0.15)
    lines = unlabelled()[: MESSAGES + 1]
    asked = [Message(line, before, False, 5.0) for before, line in pairwise(lines)]
    yield Figure(f"moves, {len(asked):,} messages", timed(asked), "s", 1.0)
    yield Figure("moves, one message", timed(asked[:1]), "s", 0.05)


def timed(asked: list[Message]) -> float:
    """Seconds of the median call, after one that warms up."""
    spent = []
    for _ in range(CALLS + 1):
        start = time.process_time()
        scores(asked)
        spent.append(time.process_time() - start)
    return median(spent[1:])
