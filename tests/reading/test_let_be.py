"""Whoever waited and was answered late has not fallen quiet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from ebbtide.reading.build import answered_late

NOW = datetime(2025, 5, 5, 12, tzinfo=UTC)


def said(*lines: tuple[str, float]) -> pl.DataFrame:
    """Messages by who wrote and hours ago."""
    return pl.DataFrame(
        {
            "person": [who for who, _ in lines],
            "at": [NOW - timedelta(hours=hours) for _, hours in lines],
            "ago": [timedelta(hours=hours) for _, hours in lines],
        },
        schema={"person": pl.String, "at": pl.Datetime(time_zone="UTC"), "ago": pl.Duration},
    )


def test_an_answer_of_today_after_days_is_not_held_against_who_waited() -> None:
    assert answered_late(said(("b", 90), ("a", 80), ("b", 5)), "a") == "b"


@pytest.mark.parametrize(
    ("lines", "me"),
    [
        pytest.param([("a", 80), ("b", 30)], "a", id="the answer is a day old: the reader has been quiet since"),
        pytest.param([("a", 20), ("b", 5)], "a", id="the answer came within the day"),
        pytest.param([("b", 80), ("a", 5)], "a", id="the reader wrote last"),
        pytest.param([("b", 5)], "a", id="the reader never wrote"),
        pytest.param([("a", 80), ("b", 5)], None, id="nobody is known to read"),
        pytest.param([], "a", id="nothing was written"),
    ],
)
def test_nobody_else_is_excused_so(lines: list[tuple[str, float]], me: str | None) -> None:
    assert answered_late(said(*lines), me) is None
