"""A conversation as arrays: which rows are taken, on which local day, at what hour, and what is not known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide.signals.stream import DAY, HOUR, latest, merged, stream
from tests.talks import START, flow, flow_of, moment, rows, talk, talk_of

#: Zones of whole, half and quarter hours, on both sides of the date line, with summer time in either half of the year.
ZONES = (
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Australia/Adelaide",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
)


def test_messages_become_arrays_in_order_of_time() -> None:
    made = flow([(30.0, "b", "good morning"), (8.0, "a", "hi"), (9.5, "b", None)], until=40)
    assert made.at.tolist() == [moment(h).timestamp() for h in (8, 9.5, 30)]
    assert made.who.tolist() == [0, 1, 1]
    assert made.length.tolist() == [2, 0, 12]
    assert (made.start, made.end) == (moment(8).timestamp(), moment(40).timestamp())


def test_only_what_one_says_to_the_other_counts_and_rows_point_back() -> None:
    frames = [
        rows([(moment(1), "a", "hi"), (moment(5), "b", "hello")]),
        rows([(moment(2), "b", None)], "reaction"),
        rows([(moment(3), None, None)], "system"),
        rows([(moment(4), "c", "who is this")]),
        rows([(moment(6), "a", None)], "call"),
    ]
    made = talk_of(pl.concat(frames))
    seen = stream(made, moment(6))
    assert seen.event.tolist() == [0, 4, 5]
    assert made.events["kind"].gather(seen.event).to_list() == ["text", "text", "call"]


def test_nothing_after_the_end_is_seen_and_the_end_itself_is() -> None:
    lines = [(1.0, "a"), (5.0, "b"), (5.001, "a")]
    assert stream(talk(lines), moment(5)).at.size == 2
    assert stream(talk(lines), moment(4.999)).who.tolist() == [0]


def test_before_the_first_message_there_is_only_the_present_day() -> None:
    empty = stream(talk([(9.0, "a")]), moment(1))
    assert (empty.at.size, empty.days, empty.start, empty.end) == (0, 1, empty.end, moment(1).timestamp())
    assert empty.covered.tolist() == [0.0]
    assert empty.holes == ()


@pytest.mark.parametrize("minute_only", [True, False])
def test_one_stamp_to_the_minute_makes_the_record_one_of_minutes(minute_only: bool) -> None:
    exact, coarse = rows([(moment(1), "a", "x")]), rows([(moment(2), "b", "y")], minute_only=minute_only)
    assert stream(talk_of(pl.concat([exact, coarse])), moment(3)).minute_only is minute_only


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [2018, 2025])
def test_local_days_and_hours_are_those_of_the_zone_all_year(zone: str, year: int) -> None:
    first = datetime(year, 1, 5, 12, tzinfo=UTC)
    seen = stream(talk([(0.0, "a"), (1.0, "b")], start=first, tz=zone), first + timedelta(days=330))
    at = np.random.default_rng(year).uniform(seen.start, seen.end, 3000)
    local = [datetime.fromtimestamp(t, ZoneInfo(zone)) for t in at]
    assert [seen.date_of(d) for d in seen.day_of(at).tolist()] == [t.date() for t in local]
    hours = [t.hour + t.minute / 60 + (t.second + t.microsecond / 1e6) / 3600 for t in local]
    assert seen.hour_of(at) == pytest.approx(hours, abs=1e-4)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/London", date(2025, 3, 30), 23),
        ("Europe/London", date(2025, 10, 26), 25),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),
        ("Australia/Lord_Howe", date(2025, 10, 5), 23.5),
        ("Asia/Kolkata", date(2025, 3, 30), 24),
    ],
)
def test_the_day_the_clocks_change_is_as_long_as_it_is(zone: str, day: date, hours: float) -> None:
    noon = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)) + timedelta(hours=12)
    seen = stream(
        talk([(0.0, "a"), (72.0, "b")], start=noon.astimezone(UTC) - timedelta(hours=36), tz=zone),
        noon.astimezone(UTC) + timedelta(hours=36),
    )
    index = (day - seen.first_day).days
    assert np.diff(seen.day_edges)[index] == hours * HOUR
    assert seen.covered[index] == 1.0
    assert seen.day_of(np.array([noon.timestamp()])).tolist() == [index]


def test_a_day_that_a_zone_left_out_has_no_share_to_cover() -> None:
    before = datetime(2011, 12, 29, 20, tzinfo=UTC)
    seen = stream(talk([(0.0, "a"), (48.0, "b")], start=before, tz="Pacific/Apia"), before + timedelta(hours=48))
    gone = (date(2011, 12, 30) - seen.first_day).days
    assert np.diff(seen.day_edges)[gone] == 0
    assert seen.covered[gone] == 0.0
    assert np.isfinite(seen.covered).all()


def test_what_lies_between_two_stretches_of_coverage_is_a_hole() -> None:
    known = [(moment(0), moment(30)), (moment(54), moment(100))]
    made = talk([(1.0, "a"), (29.0, "b"), (60.0, "a")], coverage=known)
    seen = stream(made, moment(90), [(moment(70).timestamp(), moment(72).timestamp())])
    assert seen.holes == tuple((moment(a).timestamp(), moment(b).timestamp()) for a, b in ((30, 54), (70, 72)))
    assert seen.covered == pytest.approx([23 / 24, 6 / 24, 16 / 24, 18 / 24])


def test_what_is_unknown_is_joined_with_the_holes_and_kept_inside_the_record() -> None:
    known = [(moment(0), moment(30)), (moment(54), moment(100))]
    made = talk([(1.0, "a"), (29.0, "b"), (60.0, "a")], coverage=known)
    unknown = [(moment(a).timestamp(), moment(b).timestamp()) for a, b in ((-40, 3), (50, 60), (80, 500))]
    seen = stream(made, moment(90), unknown)
    assert seen.holes == tuple((moment(a).timestamp(), moment(b).timestamp()) for a, b in ((1, 3), (30, 60), (80, 90)))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-20, 120), st.integers(-20, 120)), max_size=8))
def test_merged_holes_are_apart_in_order_and_cover_what_they_covered(holes: list[tuple[int, int]]) -> None:
    out = merged([(float(a), float(b)) for a, b in holes], 0.0, 100.0)
    covered = {i for a, b in holes for i in range(max(a, 0), min(b, 100))}
    assert {i for a, b in out for i in range(int(a), int(b))} == covered
    assert all(a < b for a, b in out)
    assert all(one[1] < other[0] for one, other in pairwise(out))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 5 * 1440), min_size=2, max_size=6, unique=True),
    st.lists(st.tuples(st.integers(0, 8 * 1440), st.integers(1, 2000)), max_size=4),
    st.sampled_from(ZONES),
)
def test_the_covered_share_is_what_counting_minutes_gives(
    written: list[int], holes: list[tuple[int, int]], zone: str
) -> None:
    base = datetime(2025, 3, 26, 9, tzinfo=UTC).timestamp()
    at = base + 60.0 * np.array(sorted(written))
    unknown = [(base + 60.0 * a, base + 60.0 * (a + n)) for a, n in holes]
    seen = flow_of(at, np.arange(at.size) % 2, at[-1] + 2 * DAY, tz=zone, unknown=unknown)
    minutes = np.arange(seen.day_edges[0] + 30, seen.day_edges[-1], 60)
    known = (minutes > seen.start) & (minutes < seen.end)
    for a, b in unknown:
        known &= (minutes < a) | (minutes > b)
    day = np.searchsorted(seen.day_edges, minutes, side="right") - 1
    expected = np.bincount(day, known, minlength=seen.days) / np.bincount(day, minlength=seen.days)
    assert seen.covered == pytest.approx(expected, abs=1e-9)


def test_the_clock_reaches_ahead_of_the_end_across_a_change_of_clocks() -> None:
    seen = stream(talk([(0.0, "a"), (1.0, "b")]), datetime(2025, 3, 20, tzinfo=UTC))
    ahead = datetime(2025, 4, 10, 12, tzinfo=UTC)
    assert seen.hour_of(np.array([ahead.timestamp()])).tolist() == [13.0]


def test_a_day_index_is_a_date() -> None:
    assert flow([(0.0, "a"), (400.0, "b")]).date_of(16) == START.date() + timedelta(days=16)


def test_the_latest_days_keep_their_own_midnights_and_messages() -> None:
    whole = flow([(7.0 * i, "ab"[i % 2]) for i in range(103)])
    part = latest(whole, 10)
    skipped = whole.days - 10
    assert part.days == 10
    assert part.first_day == whole.date_of(skipped)
    assert part.at.tolist() == [t for t in whole.at.tolist() if t >= whole.day_edges[skipped]]
    assert part.end == whole.end
    assert latest(whole, whole.days) is whole
