"""The week: whose hours are whose, on the clock of the place, and only on days that tell of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from ebbtide.reading.week import week
from ebbtide.signals.stream import Stream, stream
from tests.talks import rows, talk_of

#: A Monday.
FIRST = datetime(2025, 3, 3, tzinfo=UTC)


def flow_of(hours: dict[str, list[float]], days: int = 29, tz: str = "Europe/London") -> Stream:
    """A record in which each writes at these local hours of every day."""
    zone = ZoneInfo(tz)
    lines = []
    for day in range(days):
        midnight = datetime.combine((FIRST + timedelta(days=day)).date(), datetime.min.time(), zone)
        for person, at in hours.items():
            lines += [((midnight + timedelta(hours=h)).astimezone(UTC), person, "x") for h in at]
    first = datetime.combine(FIRST.date(), datetime.min.time(), zone).astimezone(UTC)
    end = first + timedelta(days=days)
    return stream(talk_of(rows(sorted(lines, key=lambda row: row[0])), tz=tz, coverage=[(first, end)]), end)


def engagement(flow: Stream, **away: slice):
    """Both engaged on every day, but for the days named: of "a", of "b", or together ("absent")."""
    gone = {name: np.zeros(flow.days) for name in ("a", "b", "absent")}
    for name, days in away.items():
        gone[name][days] = 1.0
    people = tuple(SimpleNamespace(withdrawn=gone[p]) for p in "ab")
    return SimpleNamespace(people=people, absent=gone["absent"])


BOTH = {"a": [8.5, 20.2, 21.0], "b": [9.1, 20.6]}


@pytest.mark.parametrize("tz", ["Europe/London", "Asia/Kolkata", "America/New_York"])
def test_hours_are_those_of_the_local_clock_also_when_clocks_change(tz: str) -> None:
    found = week(flow_of(BOTH, tz=tz), engagement(flow_of(BOTH, tz=tz)))
    assert found is not None
    for person, hours in BOTH.items():
        share = np.array(found.share[person]).reshape(7, 24)
        assert share.sum() == pytest.approx(1)
        assert set(np.flatnonzero(share.sum(axis=0))) == {int(h) for h in hours}
        assert share[:, int(hours[0])] == pytest.approx(1 / 7 / len(hours))


def test_a_weekday_seen_more_often_counts_no_more() -> None:
    flow = flow_of(BOTH, days=24)
    found = week(flow, engagement(flow))
    assert found is not None
    assert np.array(found.share["a"]).reshape(7, 24).sum(axis=1) == pytest.approx(1 / 7)


def test_the_week_begins_on_monday() -> None:
    flow = flow_of({"a": [8.5, 12.0], "b": [9.0, 20.0]}, days=29)
    kept = flow.day_of(flow.at) % 7 == 0
    late = flow.at.copy()
    late[kept] += 3 * 3600
    moved = SimpleNamespace(
        **{name: getattr(flow, name) for name in ("who", "clock", "covered", "day_edges", "day_of")}, at=late
    )
    found = week(moved, engagement(flow))
    assert found is not None
    share = np.array(found.share["a"]).reshape(7, 24)
    assert share[0, 11] > 0
    assert share[0, 8] == 0
    assert (share[1:, 11] == 0).all()


@pytest.mark.parametrize("name", ["a", "b", "absent"])
def test_days_of_distance_and_days_together_do_not_count(name: str) -> None:
    flow = flow_of(BOTH)
    found = week(flow, engagement(flow, **{name: slice(0, 7)}))
    assert found is not None
    assert found.days == flow.days - 7 - 1
    assert found.messages == {"a": 3 * found.days, "b": 2 * found.days}


def test_too_little_is_no_rhythm() -> None:
    short = flow_of(BOTH, days=13)
    assert week(short, engagement(short)) is None
    few = flow_of({"a": [8.0], "b": [9.0, 21.0]}, days=29)
    assert week(few, engagement(few)) is None
    no_sunday = flow_of(BOTH, days=29)
    gone = np.arange(6, 29, 7)
    assert week(no_sunday, engagement(no_sunday, a=gone)) is None
