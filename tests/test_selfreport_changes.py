"""What was noted of late against what was noted before."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from ebbtide.selfreport.changes import noted_change

FIRST = date(2025, 3, 1)
BEFORE, LATE = [FIRST + timedelta(d) for d in range(10)], [FIRST + timedelta(d) for d in range(10, 20)]


def noted(values: list[tuple[int, int]], person: str = "b", item: str = "flat") -> pl.DataFrame:
    return pl.DataFrame(
        {
            "date": [FIRST + timedelta(d) for d, _ in values],
            "person": [person] * len(values),
            "item": [item] * len(values),
            "value": [v for _, v in values],
        }
    )


def test_the_change_is_the_difference_of_the_means_of_days() -> None:
    rows = noted([*((d, 1) for d in range(5)), (10, 4), (10, 2), (12, 3)])
    change = noted_change(rows, "b", "flat", LATE, BEFORE)
    assert change is not None
    assert change.change == pytest.approx(2)
    assert 0 < change.low < 2 < change.high


def test_few_days_another_item_and_the_other_person_tell_nothing() -> None:
    rows = noted([*((d, 1) for d in range(5)), (10, 4), (12, 3)])
    assert noted_change(rows, "a", "flat", LATE, BEFORE) is None
    assert noted_change(rows, "b", "irritable", LATE, BEFORE) is None
    assert noted_change(rows.filter(pl.col("value") != 3), "b", "flat", LATE, BEFORE) is None
    assert noted_change(rows[2:], "b", "flat", LATE, BEFORE) is None


def test_notes_that_vary_leave_more_open() -> None:
    even = noted_change(noted([(d, 2) for d in range(16)]), "b", "flat", LATE, BEFORE)
    wild = noted_change(noted([(d, 4 * (d % 2)) for d in range(16)]), "b", "flat", LATE, BEFORE)
    assert even is not None and wild is not None
    assert wild.high - wild.low > 1.5 * (even.high - even.low)
