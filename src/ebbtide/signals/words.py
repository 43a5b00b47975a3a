"""Words: what a message says in plain words about distance, reaching and return.

A first reading by rules (rules/*.toml), for English. Rules know constructions, not meaning: a mark is a hint to be
shown with its message, and its absence proves nothing.
"""

from __future__ import annotations

import polars as pl

from ebbtide.signals.phrases import each_once, labelled, packaged_rules

#: The columns of `marks` beside `id`; each is also the name of its rule file.
LABELS = (
    "space_request",
    "outside_cause",
    "together",
    "household",
    "explanation",
    "apology",
    "pressing",
    "affection",
    "question",
)


def marks(events: pl.DataFrame) -> pl.DataFrame:
    """What each event says: `id` and one boolean column for each of `LABELS`, row by row with `events`.

    `events` follows `EVENT_SCHEMA`; needed are `id`, `person` and `text`. Rows without a person or text carry no mark.
    """
    return each_once(events, _read)


def _read(text: pl.Series) -> pl.DataFrame:
    return labelled(packaged_rules(*LABELS), text).select(LABELS)
