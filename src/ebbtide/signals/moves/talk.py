"""The moves of a whole conversation: every message beside the one before it."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.signals.language import in_english
from ebbtide.signals.moves.labels import HEADS
from ebbtide.signals.moves.model import Message, scores

Array = NDArray[Any]


def messages(events: pl.DataFrame) -> list[Message]:
    """The written messages of an event table, each in its place, in the table's order."""
    said = written(events)
    out: list[Message] = []
    last, run, before, at = None, 0, None, 0.0
    seconds = (said["at"].dt.epoch("us") / 1e6).to_list()
    for person, text, now in zip(said["person"].to_list(), said["text"].to_list(), seconds, strict=True):
        same = person == last
        run = run + 1 if same else 0
        out.append(Message(text, before, same, (now - at) / 60 if before is not None else 0.0, run))
        last, before, at = person, text, now
    return out


def written(events: pl.DataFrame) -> pl.DataFrame:
    """The rows of an event table that hold a person's words."""
    return events.filter(has_words())


def has_words() -> pl.Expr:
    """Whether a row holds a person's words."""
    return (pl.col("person").is_not_null() & (pl.col("text").str.len_bytes() > 0)).fill_null(value=False)


def moves(events: pl.DataFrame) -> Array:
    """Calibrated probabilities (n, heads) row by row with `events`; 0 where nothing is written, or not in English."""
    out = np.zeros((events.height, len(HEADS)), np.float32)
    rows = events.select(has_words().alias("said"))["said"].to_numpy()
    if rows.any():
        out[rows] = scores(messages(events))
    foreign = [p for (p,), mine in written(events).group_by("person") if in_english(mine["text"]) is False]
    out[events["person"].is_in(foreign).fill_null(value=False).to_numpy()] = 0
    return out
