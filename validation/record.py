"""Made-up messages as the event table an import would give."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def texts(
    at: pl.Series, people: Sequence[str], said: Sequence[str | None], source: str, *, minute_only: bool = False
) -> pl.DataFrame:
    """One row a message: `at` in UTC, the writer's name, the words or None."""
    n = len(at)
    return pl.DataFrame(
        {
            "at": at,
            "minute_only": pl.Series([minute_only] * n, dtype=pl.Boolean),
            "person": pl.Series(people, dtype=pl.String),
            "kind": pl.Series(["text"] * n, dtype=pl.String),
            "text": pl.Series(said, dtype=pl.String),
            "seconds": pl.Series([None] * n, dtype=pl.Float64),
            "source": pl.Series([source] * n, dtype=pl.String),
            "record": pl.Series(range(n), dtype=pl.Int64),
            "flags": pl.Series([[]] * n, dtype=pl.List(pl.String)),
        }
    )
