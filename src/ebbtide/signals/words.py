"""Words: what a message says in plain words about distance, reaching and return.

A first reading by rules (rules/*.toml), for English. Rules know constructions, not meaning: a mark is a hint to be
shown with its message, and its absence proves nothing.
"""

from __future__ import annotations

import polars as pl

from ebbtide.signals.phrases import matches, packaged_rules, plain

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
    text = spoken(events)
    return events.select("id", *(matches(packaged_rules(label), text).alias(label) for label in LABELS))


def spoken(events: pl.DataFrame) -> pl.Series:
    """The `plain` text of each event, None where no person wrote one."""
    said = pl.when(pl.col("person").is_not_null() & (pl.col("text").str.len_bytes() > 0)).then(pl.col("text"))
    return events.select(plain(said).alias("text"))["text"]
