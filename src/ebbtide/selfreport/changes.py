"""Changes: how far what was noted of late lies from what was noted before, about the same person and item."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from math import sqrt

import polars as pl

from ebbtide.signals.rates import NINETY, Change

#: Fewer days than this, of late or before, tell nothing.
FEWEST_RECENT, FEWEST_BEFORE = 2, 4
#: Answers on a scale of five steps vary by about this much from day to day; believed as firmly as from so many days.
USUAL_SPREAD, FIRMNESS = 0.8, 4.0


def noted_change(
    checkins: pl.DataFrame, person: str, item: str, recent: Collection[date], before: Collection[date]
) -> Change | None:
    """The mean of an item (0 to 4) on the recent days less that on the days before; None with too few notes.

    `checkins` as `checked` gives them; several notes of one day are averaged.
    """
    about = checkins.filter((pl.col("person") == person) & (pl.col("item") == item))
    daily = about.group_by("date").agg(pl.col("value").mean())
    now = daily.filter(pl.col("date").is_in(list(recent)))["value"].to_list()
    earlier = daily.filter(pl.col("date").is_in(list(before)))["value"].to_list()
    if len(now) < FEWEST_RECENT or len(earlier) < FEWEST_BEFORE:
        return None
    usual, late = sum(earlier) / len(earlier), sum(now) / len(now)
    surplus = sum((v - usual) ** 2 for v in earlier) + sum((v - late) ** 2 for v in now)
    freedom = len(earlier) + len(now) - 2
    spread = sqrt((FIRMNESS * USUAL_SPREAD**2 + surplus) / (FIRMNESS + freedom))
    half = NINETY * spread * sqrt(1 / len(now) + 1 / len(earlier))
    return Change(late - usual, late - usual - half, late - usual + half)
