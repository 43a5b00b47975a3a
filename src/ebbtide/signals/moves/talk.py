"""The moves of a whole conversation: every message beside the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.signals.language import OTHER, language_of
from ebbtide.signals.languages import packs
from ebbtide.signals.moves.labels import HEADS
from ebbtide.signals.moves.model import Message, model, scores

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


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of a talk, (n, heads) row by row with its events: calibrated `scores`, and whether each is `possible`.

    0 and False where nothing is written that can be read.
    """

    scores: Array
    possible: Array


def moves(events: pl.DataFrame) -> Moves:
    """What every message of an event table does.

    Every person is read in the language they write; with too little to tell, in the first there is a pack for.
    """
    found = Moves(np.zeros((events.height, len(HEADS)), np.float32), np.zeros((events.height, len(HEADS)), np.bool_))
    rows = np.flatnonzero(events.select(has_words().alias("said"))["said"].to_numpy())
    all_messages = messages(events)
    said = written(events)
    for (person,), mine in said.group_by("person"):
        language = language_of(mine["text"]) or packs()[0].id
        if language != OTHER:
            own = np.flatnonzero((said["person"] == person).to_numpy())
            using = model(language)
            found.scores[rows[own]] = scores([all_messages[i] for i in own], using)
            found.possible[rows[own]] = found.scores[rows[own]] >= using.possible
    return found
