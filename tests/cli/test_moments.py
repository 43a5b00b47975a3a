"""Moments given as options, and where the record ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
import typer

from ebbtide.cli import moments
from ebbtide.conversation import Conversation, assemble

LAST = datetime(2025, 5, 3, 20, 0, tzinfo=UTC)


def talk(tz: str = "America/New_York") -> Conversation:
    rows = {"at": [LAST - timedelta(days=1), LAST], "person": ["Jo", "Sam"], "kind": ["text", "text"]}
    empty = {"minute_only": True, "text": None, "seconds": None, "source": "chat.txt", "record": 1, "flags": []}
    events = pl.DataFrame(
        [{**empty, **dict(zip(rows, values, strict=True))} for values in zip(*rows.values(), strict=True)]
    )
    return assemble(events, tz=tz, tz_source="given")


@pytest.mark.parametrize(
    ("clock", "end"),
    [
        (LAST + timedelta(hours=30), LAST + timedelta(hours=30)),
        (LAST + timedelta(days=2), LAST + timedelta(days=2)),
        (LAST + timedelta(days=2, seconds=1), None),
        (LAST - timedelta(hours=5), LAST),
        (LAST - timedelta(days=3), None),
    ],
    ids=["fresh", "just fresh", "old", "a little ahead", "far ahead"],
)
def test_coverage_ends_at_the_clock_only_for_a_fresh_export(clock: datetime, end: datetime | None) -> None:
    assert moments.coverage_end(talk(), None, clock) == end


def test_now_is_taken_as_given_in_the_zone_of_the_conversation() -> None:
    clock = LAST + timedelta(hours=1)
    assert moments.coverage_end(talk(), "2025-06-01T21:30", clock) == datetime(2025, 6, 2, 1, 30, tzinfo=UTC)
    assert moments.coverage_end(talk(), "2025-06-01T21:30+02:00", clock) == datetime(2025, 6, 1, 19, 30, tzinfo=UTC)
    assert moments.coverage_end(talk(), "2025-06-01", clock) == datetime(2025, 6, 1, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "2025-13-01", ""])
def test_what_is_no_date_is_a_usage_error(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="Write it like"):
        moments.checked_now(text)
    with pytest.raises(typer.BadParameter, match="Write it like"):
        moments.day(text, "--since")


@pytest.mark.parametrize("text", ["Middle/Earth", "../etc/passwd", "", "London"])
def test_what_is_no_zone_is_a_usage_error(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="not a time zone"):
        moments.zone(text)


def test_days_explained_away() -> None:
    two = moments.explained_away(["2025-05-03..2025-05-10=travel", "2025-06-01=ill"])
    assert [(e.start, e.end, e.reason) for e in two] == [
        (date(2025, 5, 3), date(2025, 5, 10), "travel"),
        (date(2025, 6, 1), date(2025, 6, 1), "ill"),
    ]


@pytest.mark.parametrize("text", ["2025-05-03", "2025-05-03=bored", "2025-05-10..2025-05-03=ill", "3 May=ill", "=ill"])
def test_a_stretch_that_cannot_be_meant_is_a_usage_error(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        moments.explained_away([text])
