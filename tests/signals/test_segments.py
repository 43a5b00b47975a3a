"""The time line cut into segments: every second once, and nothing known of a segment that was not known before it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide.signals.segments import (
    DECAYS,
    LONG,
    LONG_AFTER,
    Segments,
    reaching,
    recent_level,
    rhythm,
    segments,
    spread_out,
)
from ebbtide.signals.stream import DAY, HOUR, Floats, Stream
from tests.signals.streams import ORIGIN, streams
from tests.talks import cut, flow, flow_of

#: Where segments end that nobody ends sooner, in seconds after a message, for a month.
ENDS = np.array([20, 60, 180, 480, 1200, *(3600.0 * np.arange(1, 800))])


def middles(at: Floats, made: Segments) -> Floats:
    """The middle of the time each segment lasts if nobody writes."""
    offset = made.start - at[made.after]
    ends = ENDS[np.searchsorted(ENDS, offset + 1e-5, side="right")]
    return np.asarray(at[made.after] + (offset + ends) / 2)


@settings(max_examples=80, deadline=None)
@given(streams(), st.one_of(st.none(), st.integers(0, 10 * 86400)))
def test_segments_cover_the_time_line_exactly_once(seen: Stream, ahead: int | None) -> None:
    stop = None if ahead is None else seen.end + ahead
    at, made = cut(seen, stop)
    ends = made.start + made.length
    assert made.start[0] == at[0]
    assert made.start[1:] == pytest.approx(ends[:-1], abs=1e-6)
    assert ends[-1] == pytest.approx(seen.end if stop is None else stop, abs=1e-6)
    assert (made.length >= 0).all()
    assert made.length.max() <= HOUR + 1e-6


@settings(max_examples=80, deadline=None)
@given(streams())
def test_every_message_but_the_first_ends_one_segment_and_no_segment_holds_one(seen: Stream) -> None:
    at, made = cut(seen)
    ends = made.start + made.length
    assert ends[made.final] == pytest.approx(at[1:], abs=1e-6)
    assert made.next_who[made.final].tolist() == seen.who[1:].tolist()
    assert (made.next_who[~made.final] == -1).all()
    assert made.after.tolist() == (np.searchsorted(at, made.start, side="right") - 1).tolist()


def test_cuts_grow_with_the_distance_from_the_message_and_then_come_every_hour() -> None:
    _, made = cut(flow([(0.0, "a"), (3.5, "b")], until=3.5))
    gap = made.start[made.after == 0] - made.start[0]
    assert gap.tolist() == [0, 20, 60, 180, 480, 1200, 3600, 7200, 10800]
    assert made.length[-2] == 1800
    assert made.length[-1] == 0


@settings(max_examples=60, deadline=None)
@given(streams())
def test_excitation_is_the_sum_over_all_earlier_messages(seen: Stream) -> None:
    at, made = cut(seen)
    middle = middles(at, made)
    for i, decay in enumerate(DECAYS):
        for person in (0, 1):
            direct = [
                sum(np.exp(-(m - t) / decay) for t, w in zip(at[: a + 1], seen.who, strict=False) if w == person)
                for m, a in zip(middle, made.after, strict=True)
            ]
            assert made.excite[i, person] == pytest.approx(direct, rel=1e-9, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(streams())
def test_time_since_the_own_last_message_is_looked_up(seen: Stream) -> None:
    at, made = cut(seen)
    for person in (0, 1):
        for middle, after, since in zip(middles(at, made), made.after, made.own[person], strict=True):
            own = [t for t, w in zip(at[: after + 1], seen.who, strict=False) if w == person]
            assert since == (pytest.approx(middle - own[-1]) if own else np.inf)


@settings(max_examples=80, deadline=None)
@given(streams())
def test_reaching_counts_the_other_ones_turns_since_the_own_last_word(seen: Stream) -> None:
    for person in (0, 1):
        direct, count = [], 0
        for i, who in enumerate(seen.who):
            if who == person:
                count = 0
            elif i == 0 or seen.who[i - 1] == person or seen.at[i] - seen.at[i - 1] >= HOUR:
                count += 1
            direct.append(count)
        assert reaching(seen.at, seen.who, person).tolist() == direct


def test_three_messages_in_a_burst_are_one_turn_of_reaching() -> None:
    seen = flow([(0, "a"), (1, "b"), (1.1, "b"), (1.2, "b"), (5, "b"), (9, "b"), (9.5, "a")], until=10)
    assert reaching(seen.at, seen.who, 0).tolist() == [0, 1, 1, 1, 2, 3, 0]
    assert reaching(seen.at, seen.who, 1).tolist() == [1, 0, 0, 0, 0, 0, 1]


@settings(max_examples=40, deadline=None)
@given(streams(least=3), st.integers(1, 24))
def test_what_a_segment_knows_does_not_change_with_what_comes_later(seen: Stream, keep: int) -> None:
    keep = min(keep, seen.at.size - 1)
    at, whole = cut(seen)
    early = flow_of(at[:keep], seen.who[:keep], float(at[keep]))
    part = segments(early, at[:keep])
    count = part.start.size
    for field in ("start", "length", "hour", "weekend", "after", "since", "own", "excite", "reach"):
        assert np.array_equal(getattr(part, field), getattr(whole, field)[..., :count]), field


@settings(max_examples=40, deadline=None)
@given(streams(least=3), st.integers(1, 24), st.floats(0.01, 0.99))
def test_when_the_next_message_comes_changes_nothing_in_what_was_known_before_it(
    seen: Stream, keep: int, share: float
) -> None:
    """The message that ends a segment, sent sooner or never, leaves all as it was: else the hazard would look ahead."""
    keep = min(keep, seen.at.size - 1)
    at, whole = cut(seen)
    sooner = at[keep - 1] + share * (at[keep] - at[keep - 1])
    part = segments(flow_of(at[:keep], seen.who[:keep], float(sooner)), at[:keep])
    count = part.start.size
    for field in ("start", "hour", "weekend", "after", "since", "own", "excite", "reach"):
        assert np.array_equal(getattr(part, field), getattr(whole, field)[..., :count]), field


def test_the_hour_and_the_weekend_are_local() -> None:
    friday_night = datetime(2025, 5, 2, 14, tzinfo=UTC)
    seen = flow([(0.0, "a"), (60.0, "b")], start=friday_night, tz="Australia/Adelaide")
    at, made = cut(seen)
    for middle, hour, weekend in zip(middles(at, made), made.hour, made.weekend, strict=True):
        local = datetime.fromtimestamp(middle, ZoneInfo("Australia/Adelaide"))
        assert hour == pytest.approx(local.hour + local.minute / 60 + local.second / 3600, abs=1e-3)
        assert weekend == (local.weekday() >= 5)
    assert 0 < made.weekend.sum() < made.weekend.size


def test_segments_that_touch_a_hole_are_not_seen() -> None:
    at = ORIGIN + np.array([0.0, 10 * HOUR, 40 * HOUR])
    hole = (ORIGIN + 12.3 * HOUR, ORIGIN + 20.0 * HOUR)
    _, made = cut(flow_of(at, np.array([0, 1, 0]), ORIGIN + 50 * HOUR, unknown=[hole]))
    ends = made.start + made.length
    inside = (np.minimum(ends, hole[1]) - np.maximum(made.start, hole[0])) > 0
    assert inside.any()
    assert (made.seen == ~inside).all()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 59)), min_size=1, max_size=40),
    st.booleans(),
)
def test_messages_of_one_stamp_are_spread_over_its_width_and_stay_in_order(
    stamps: list[tuple[int, int]], minute_only: bool
) -> None:
    raw = np.sort(np.array([60.0 * m + (0 if minute_only else s) for m, s in stamps])) + ORIGIN
    at = spread_out(flow_of(raw, np.arange(raw.size) % 2, raw[-1] + 60, minute_only=minute_only))
    assert (np.diff(at) > 0).all()
    assert ((at >= raw) & (at < raw + (60 if minute_only else 1))).all()


def test_a_message_alone_in_its_minute_is_put_in_the_middle_of_it() -> None:
    raw = ORIGIN + 60.0 * np.array([0, 5, 5, 6])
    at = spread_out(flow_of(raw, np.array([0, 1, 1, 0]), raw[-1], minute_only=True))
    assert (at - raw).tolist() == [30.0, 15.0, 45.0, 30.0]


@settings(deadline=None)
@given(st.lists(st.integers(0, 40 * 24), min_size=1, max_size=60), st.sampled_from([1.0, 7.0]))
def test_the_recent_level_is_a_count_by_the_days_there_were(hours: list[int], days: float) -> None:
    own = np.sort(np.array(hours) * HOUR)
    moments = np.array([0.0, 3.2, 11.7, 40.3]) * DAY
    level = recent_level(moments, own, days, 0.0)
    for moment, value in zip(moments, level, strict=True):
        count = sum(moment - days * DAY <= t <= moment for t in own)
        assert value == pytest.approx(np.log((count + 1) / (min(moment / DAY, days) + 1)))


def test_after_weeks_of_nothing_a_gap_of_decades_is_cheap_and_still_covered_once() -> None:
    at = ORIGIN + np.array([0.0, 30 * 365 * DAY])
    _, made = cut(flow_of(at, np.array([0, 1]), at[-1]))
    ends = made.start + made.length
    assert made.start.size < 12_000
    assert made.start[1:] == pytest.approx(ends[:-1])
    assert ends[-1] == at[-1]
    assert made.length.max() <= LONG + 1e-3
    assert made.length[made.start < at[0] + LONG_AFTER - 1].max() <= HOUR + 1e-3


def test_long_segments_visit_every_hour_of_the_day_alike() -> None:
    at = ORIGIN + np.array([0.0, LONG_AFTER + 240 * LONG])
    _, made = cut(flow_of(at, np.array([0, 1]), at[-1], tz="Etc/UTC"))
    long = made.length > HOUR + 1
    assert long.sum() == 240
    assert np.bincount(made.hour[long].astype(int), minlength=24).tolist() == [10] * 24


def test_the_rhythm_is_that_of_the_last_weeks_only() -> None:
    """Mornings for two months, then a move: three weeks later nothing of the mornings is left."""
    hours = np.array([24.0 * d + (8 if d < 60 else 20) for d in range(90)])
    seen = flow_of(ORIGIN + HOUR * hours, np.zeros(90, int), ORIGIN + 91 * DAY, tz="Etc/UTC")
    table = rhythm(seen, seen.at, 0, np.array([50, 67, 89]))
    assert table.shape == (3, 24)
    assert table.argmax(axis=1)[[0, 2]].tolist() == [8, 20]
    assert table[1, 8] == pytest.approx(table[1, 20], abs=0.3)
    assert table[2, 8] == pytest.approx(table[2, 14])
    assert table[2, 20] > table[2, 21] > table[2, 22] > table[2, 23]


def test_many_messages_of_one_hour_count_as_one() -> None:
    hours = np.array([8.0, 32.0, 32.1, 32.2, 32.3, 44.0, 68.0])
    seen = flow_of(ORIGIN + HOUR * hours, np.zeros(7, int), ORIGIN + 4 * DAY, tz="Etc/UTC")
    last = rhythm(seen, seen.at, 0, np.array([6]))[0]
    assert last[8] == pytest.approx(last[20], abs=1e-6)


def test_who_has_not_written_has_no_rhythm() -> None:
    seen = flow_of(ORIGIN + HOUR * np.arange(5.0), np.zeros(5, int), ORIGIN + DAY)
    assert (rhythm(seen, seen.at, 1, np.arange(5)) == 0).all()
