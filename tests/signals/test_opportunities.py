"""Turns, and the opportunities to begin one: nobody is answerable for what the other did not write."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from ebbtide.signals.opportunities import DUE_SECONDS, day_sum, opportunities, turns
from ebbtide.signals.stream import HOUR, QUIET_SECONDS, Stream
from tests.signals.streams import ORIGIN, streams
from tests.talks import flow, flow_of


def test_a_burst_is_one_turn_and_an_hour_or_the_other_one_ends_it() -> None:
    seen = flow([(0, "a"), (0.5, "a"), (1.4, "a"), (2.4, "a"), (2.5, "b"), (2.6, "a"), (2.7, "a")])
    spoken = turns(seen)
    assert spoken.who.tolist() == [0, 0, 1, 0]
    assert list(zip(spoken.first.tolist(), spoken.last.tolist(), strict=True)) == [(0, 2), (3, 3), (4, 4), (5, 6)]
    assert ((spoken.end - spoken.start) / HOUR).tolist() == pytest.approx([1.4, 0, 0, 0.1])


@settings(max_examples=80, deadline=None)
@given(streams())
def test_turns_share_out_all_messages(seen: Stream) -> None:
    spoken = turns(seen)
    rows = [list(range(a, b + 1)) for a, b in zip(spoken.first, spoken.last, strict=True)]
    assert [r for turn in rows for r in turn] == list(range(seen.at.size))
    for who, turn in zip(spoken.who, rows, strict=True):
        assert {int(seen.who[r]) for r in turn} == {int(who)}
        assert all(seen.at[r + 1] - seen.at[r] < HOUR for r in turn[:-1])
    for one, other in pairwise(rows):
        assert seen.who[one[-1]] != seen.who[other[0]] or seen.at[other[0]] - seen.at[one[-1]] >= HOUR


def test_without_messages_there_are_no_turns() -> None:
    seen = flow_of(np.zeros(0), np.zeros(0, int), ORIGIN)
    assert turns(seen).who.size == 0


@settings(max_examples=80, deadline=None)
@given(streams())
def test_opportunity_and_own_turn_add_up_to_the_whole_time(seen: Stream) -> None:
    gaps = np.diff(np.append(seen.at, seen.end))
    for person, chances in enumerate(opportunities(seen)):
        own_turn = np.minimum(gaps, QUIET_SECONDS)[seen.who == person].sum()
        assert chances.hours.sum() * HOUR + own_turn == pytest.approx(seen.end - seen.start, abs=1e-3)
        due = np.minimum(gaps, DUE_SECONDS)[seen.who != person].sum()
        assert chances.hours[chances.due].sum() * HOUR == pytest.approx(due, abs=1e-3)


@settings(max_examples=80, deadline=None)
@given(streams())
def test_every_turn_but_the_first_of_the_record_begins_at_an_opportunity(seen: Stream) -> None:
    spoken = turns(seen)
    for person, chances in enumerate(opportunities(seen)):
        mine = np.flatnonzero(spoken.who == person)
        mine = mine[mine > 0]
        assert chances.begun.sum() == mine.size
        before = spoken.last[mine - 1]
        answered = (seen.who[before] != person) & (spoken.start[mine] - seen.at[before] < DUE_SECONDS)
        assert (chances.begun & chances.due).sum() == answered.sum()


def test_who_has_nothing_to_answer_has_no_answers_due() -> None:
    seen = flow([(0, "a"), (1, "b"), *((24 * d, "a") for d in range(1, 6))], until=140)
    of_a, of_b = opportunities(seen)
    assert of_a.hours[of_a.due].sum() == pytest.approx(12)  # the one message of b, and no more
    assert day_sum(of_a, of_a.hours, of_a.due)[1:] == pytest.approx(0)
    assert day_sum(of_b, of_b.hours, of_b.due)[1:5] == pytest.approx(12)


def test_stages_tell_a_first_turn_a_follow_up_and_quiet_apart() -> None:
    seen = flow([(0, "b"), (1, "a"), (6, "a"), (30, "b")], until=30)
    of_b = opportunities(seen)[1]
    middle = np.cumsum(of_b.hours) - of_b.hours / 2 + 1  # from the first turn of a on, in hours
    first, follow_up = of_b.due & (middle < 6), of_b.due & (middle > 6)
    groups = [set(of_b.stage[g].tolist()) for g in (first, follow_up, ~of_b.due)]
    assert all(groups)
    assert not (groups[0] & groups[1] or groups[0] & groups[2] or groups[1] & groups[2])
    assert (np.diff(of_b.stage[first]) >= 0).all()


def test_a_stage_says_how_long_it_has_been_so() -> None:
    seen = flow([(0, "b"), (1, "a"), (40, "b")], until=40)
    of_b = opportunities(seen)[1]
    since = np.cumsum(of_b.hours) - of_b.hours / 2
    limits = np.array([20, 60, 180, 480, 1200, 3600, 7200, 4 * 3600, 8 * 3600]) / 3600
    assert of_b.stage[of_b.due].tolist() == np.searchsorted(limits, since[of_b.due]).tolist()
    assert len(set(of_b.stage[~of_b.due].tolist())) == 1  # after twelve hours quiet is quiet


def test_opportunities_are_dated_by_the_local_day_and_hour() -> None:
    seen = flow([(0, "a"), (1, "b"), (60, "a")], until=60, tz="Asia/Kolkata")
    of_a = opportunities(seen)[0]
    assert of_a.days == seen.days
    local = (5.5 + 1 + np.cumsum(of_a.hours) - of_a.hours / 2) % 24
    assert of_a.hour.tolist() == np.floor(local).astype(int).tolist()
    assert day_sum(of_a, of_a.hours, np.ones(of_a.day.size, bool)) == pytest.approx([17.5, 24, 17.5], abs=1.0)


def test_a_hole_in_the_record_is_no_opportunity() -> None:
    at = ORIGIN + HOUR * np.array([0.0, 10.0, 60.0])
    hole = (ORIGIN + 20 * HOUR, ORIGIN + 50 * HOUR)
    open_, holed = (opportunities(flow_of(at, np.array([0, 1, 0]), at[-1], unknown=known))[0] for known in ([], [hole]))
    assert open_.hours.sum() - holed.hours.sum() == pytest.approx(30, abs=2)
    assert open_.hours.sum() - holed.hours.sum() >= 30


def test_a_day_sum_adds_the_chosen_segments_of_each_day() -> None:
    seen = flow([(0, "a"), (1, "b"), (50, "a"), (51, "b")], until=100)
    of_a = opportunities(seen)[0]
    sums = day_sum(of_a, of_a.hours, of_a.due)
    direct = [
        sum(h for h, d, due in zip(of_a.hours, of_a.day, of_a.due, strict=True) if due and d == k) for k in range(5)
    ]
    assert sums == pytest.approx(direct)
    assert sums.shape == (seen.days,)
