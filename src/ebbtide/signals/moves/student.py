"""The student encoder: a message's words → a vector of what is meant, in numpy, some thousand messages a second.

It was taught the vectors of a packaged sentence encoder (docs/model-card.md). A word's part in every convolution is
worked out once, and messages of one length go through together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.moves.tokens import grams

Array = NDArray[Any]
DIMS, HIDDEN, WIDTHS = 128, 384, (2, 3, 5)
#: The weights beside the tables.
DENSE = ("hidden", "hidden_bias", "skip", "out", "out_bias", *(f"{k}{w}" for w in WIDTHS for k in ("conv", "bias")))
#: Messages that go through together, so that memory stays small.
TOGETHER = 16_384


@dataclass(frozen=True, slots=True)
class Student:
    """`place` word → row of `vectors` (V, DIMS); `spelling` (buckets, DIMS); `dense` the others, float32.

    Tables are held as (int8 values, one scale a row).
    """

    place: Mapping[str, int]
    vectors: tuple[Array, Array]
    spelling: tuple[Array, Array]
    dense: Mapping[str, Array]

    @property
    def size(self) -> int:
        """Length of a vector."""
        return int(self.dense["out_bias"].size)


def eight_bits(table: Array) -> tuple[Array, Array]:
    """A table as 8-bit values and one scale a row."""
    scale = np.maximum(np.abs(table).max(axis=1), 1e-8) / 127
    return np.round(table / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def word_table(student: Student, names: list[str]) -> Array:
    """Vectors (n, DIMS) of words; those outside the vocabulary are spelled out."""
    out = np.zeros((len(names), DIMS), np.float32)
    rows = np.array([student.place.get(w, -1) for w in names], np.int64)
    known = rows >= 0
    values, scale = student.vectors
    out[known] = values[rows[known]] * scale[rows[known], None]
    values, scale = student.spelling
    for i in np.flatnonzero(~known):
        bucket = grams(names[i], scale.size)
        out[i] = (values[bucket] * scale[bucket, None]).mean(axis=0)
    return out


def encode(student: Student, texts: list[list[str]]) -> Array:
    """Vectors (n, size) of length one, from the words of each message."""
    out = np.zeros((len(texts), student.size), np.float32)
    order = np.argsort([len(t) for t in texts], kind="stable")
    for first in range(0, order.size, TOGETHER):
        rows = order[first : first + TOGETHER]
        out[rows] = encode_some(student, [texts[i] for i in rows])
    return out


def encode_some(student: Student, texts: list[list[str]]) -> Array:
    """Vectors of messages in order of their length."""
    names = list(dict.fromkeys(w for words in texts for w in words))
    place = {w: i for i, w in enumerate(names)}
    table = word_table(student, names)
    nothing = np.zeros((1, DIMS), np.float32)
    parts = {(w, j): np.concatenate([table @ student.dense[f"conv{w}"][j], nothing]) for w in WIDTHS for j in range(w)}
    length = np.array([len(t) for t in texts])
    pooled = np.empty((len(texts), 2 * DIMS * len(WIDTHS)), np.float32)
    for size in np.unique(length):
        mine = np.flatnonzero(length == size)
        ids = np.array([[place[w] for w in texts[i]] for i in mine])
        pooled[mine] = pools(student, parts, np.pad(ids, ((0, 0), (0, max(WIDTHS) - 1)), constant_values=len(names)))
    return top(student, pooled)


def pools(student: Student, parts: Mapping[tuple[int, int], Array], ids: Array) -> Array:
    """Sum over √n and maximum of every convolution over messages of one length, (b, 2 · DIMS · widths)."""
    size = ids.shape[1] - max(WIDTHS) + 1
    out = []
    for w in WIDTHS:
        total = parts[w, 0][ids[:, :size]]
        for j in range(1, w):
            total += parts[w, j][ids[:, j : j + size]]
        total += student.dense[f"bias{w}"]
        np.maximum(total, 0, out=total)
        out += [total.sum(axis=1) / np.sqrt(size), total.max(axis=1)]
    return np.concatenate(out, axis=1)


def top(student: Student, pooled: Array) -> Array:
    """The dense layers over pooled convolutions."""
    dense = student.dense
    hidden = np.maximum(pooled @ dense["hidden"] + dense["hidden_bias"], 0)
    out = pooled @ dense["skip"] + hidden @ dense["out"] + dense["out_bias"]
    return np.asarray(out / np.sqrt((out**2).sum(axis=1, keepdims=True) + 1e-9))
