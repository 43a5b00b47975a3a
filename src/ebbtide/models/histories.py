"""Histories drawn from the posterior: runs of days in them, and how many agree with a spell."""

from __future__ import annotations

import numpy as np

from ebbtide.signals.stream import Floats, Ints

#: Drawn histories agree with a spell from this share of their union on, if on some day they keep less than so much of
#: the usual: who always keeps more is partly away.
SAME_SPELL, HALF = 0.5, 0.5


def runs(inside: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> tuple[Ints, Ints, Ints]:
    """Rows, begins and ends (exclusive) of the runs of True along the last axis of a (N, D) table."""
    padded = np.zeros((inside.shape[0], inside.shape[1] + 2), np.int8)
    padded[:, 1:-1] = inside
    change = np.diff(padded, axis=1)
    rows, begins = np.nonzero(change == 1)
    return rows, begins, np.nonzero(change == -1)[1]


def agreement(draws: Floats, spell: tuple[int, int]) -> float:
    """Share of drawn histories (N, D) of what is kept with a run that overlaps `spell` by half of their union and more.

    On some day the run keeps less than half of the usual: who always keeps more is partly away.
    """
    start, end = spell
    rows, begins, stops = runs(draws < 1)
    deep = np.pad(np.cumsum(draws < HALF, axis=1), ((0, 0), (1, 0)))
    falls = deep[rows, stops] > deep[rows, begins]
    shared = np.clip(np.minimum(stops, end) - np.maximum(begins, start), 0, None)
    union = np.maximum(stops, end) - np.minimum(begins, start)
    best = np.zeros(draws.shape[0])
    np.maximum.at(best, rows, np.where(falls, shared / union, 0.0))
    return float((best >= SAME_SPELL).mean())
