"""The validation itself, on couples small enough to judge by hand: what it calls found, low, and calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from tests.talks import START, Line, moment, talk
from validation.couples import Known, make
from validation.episodes import Result, calibration, change_points, judge, table
from validation.score import Match, match

from ebbtide.simulator import chat_of_run, make_couple
from ebbtide.simulator.systems import simulate
from validation import episodes

DAYS = 60
NOTHING = match([], [], days=DAYS)


def known(
    low_of_a: range = range(0), low_of_b: range = range(0), true: Sequence[tuple[int, float, float]] = ()
) -> Known:
    """Two who write ten messages a day each, now one more and now one less; on low days one alone."""
    lines: list[Line] = []
    for day in range(DAYS):
        for shift, who, low in ((0.0, "a", low_of_a), (0.1, "b", low_of_b)):
            count = 1 if day in low else 10 + (day * 7 + (who == "b")) % 3 - 1
            lines += [(24 * day + 8 + i + shift, who) for i in range(count)]
    made = talk(sorted(lines), until=24.0 * DAYS)
    return Known("by/hand", 1, made, moment(24 * DAYS), tuple(true), START.date(), float(DAYS))


def test_change_points_find_a_low_stretch_of_counts_to_the_day() -> None:
    assert change_points(known(range(20, 30))) == [(0, 20.0, 30.0)]
    assert change_points(known(range(20, 30), range(40, 45))) == [(0, 20.0, 30.0), (1, 40.0, 45.0)]


def test_change_points_leave_a_low_stretch_at_the_end_open() -> None:
    assert change_points(known(low_of_b=range(50, 60))) == [(1, 50.0, None)]


def test_change_points_find_nothing_where_counts_are_as_ever() -> None:
    assert change_points(known()) == []


def test_change_points_blame_the_partner_whose_count_falls_too() -> None:
    """Why counts are only the baseline: they cannot tell who withdrew."""
    both = change_points(known(range(20, 30), range(20, 30), true=[(0, 20.0, 30.0)]))
    assert {who for who, _, _ in both} == {0, 1}


def reading(*found: tuple[str, int, int | None, float]) -> SimpleNamespace:
    """A reading with these episodes: person, first day, first day back, probability."""
    day = START.date()
    each = [
        SimpleNamespace(
            person=who,
            start=day + timedelta(days=first),
            end=None if last is None else day + timedelta(days=last),
            probability=p,
        )
        for who, first, last, p in found
    ]
    return SimpleNamespace(episodes=[SimpleNamespace(episode=e) for e in each])


def judged(monkeypatch: pytest.MonkeyPatch, couple: Known, read: SimpleNamespace) -> Result:
    monkeypatch.setattr(episodes, "make", lambda name, seed: couple)
    monkeypatch.setattr(episodes.analysis, "read", lambda talk, now: read)
    return judge(("by/hand", 1))


def test_a_find_is_real_when_it_is_of_the_right_person(monkeypatch: pytest.MonkeyPatch) -> None:
    couple = known(range(20, 30), true=[(0, 20.0, 30.0)])
    right = judged(monkeypatch, couple, reading(("a", 21, 30, 0.9), ("b", 40, 44, 0.6)))
    assert (right.ours.tp, right.ours.fp, right.ours.fn, right.ours.person_right) == (1, 1, 0, 1)
    assert right.stated == ((0.9, True), (0.6, False))
    assert (right.counts.tp, right.counts.fp) == (1, 0)
    wrong = judged(monkeypatch, couple, reading(("b", 21, 30, 0.9)))
    assert (wrong.ours.tp, wrong.ours.person_right) == (1, 0)
    assert wrong.stated == ((0.9, False),)


def test_a_find_that_runs_lasts_to_the_end_of_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    couple = known(range(50, 60), true=[(0, 50.0, 60.0)])
    result = judged(monkeypatch, couple, reading(("a", 51, None, 0.8)))
    assert result.ours.hits[0].start_error == 1.0
    assert result.ours.hits[0].end_error == 0.0
    assert result.stated == ((0.8, True),)


def test_the_truth_of_our_own_couples_is_in_days_since_the_first_local_midnight() -> None:
    found, made = make("own/busy", 15), make_couple(15, kind="busy")
    assert len(found.true) == len(made.episodes) > 0
    assert found.first_day == date(2025, 2, 3)
    for (who, first, last), episode in zip(found.true, made.episodes, strict=True):
        assert "ab"[who] == episode.person
        assert datetime(2025, 2, 3) + timedelta(days=first) == episode.start
        assert (last is None) == (episode.end is None)
    assert found.now == found.talk.coverage[-1][1]


def test_a_bare_run_is_judged_by_the_truth_that_its_export_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validation.couples.RUN_DAYS", 90)
    found = make("run/stressed", 3)
    run = simulate("dyad", parameters={"stress_swing": 0.25, "avoidance": 0.5, "anxiety": 0.5}, days=90, seed=3)
    made = chat_of_run(run)
    assert found.name == "run/stressed"
    assert [who for who, *_ in found.true] == ["ab".index(e.person) for e in made.episodes] != []
    assert found.talk.events.equals(made.conversation.events)


def result(
    *stated: tuple[float, bool], name: str = "by/hand", ours: Match = NOTHING, counts: Match = NOTHING
) -> Result:
    return Result(name, ours, counts, stated)


def test_calibration_compares_what_was_said_with_what_is_real_by_tenths() -> None:
    pairs = [
        (0.52, False),
        (0.58, True),
        (0.7, True),
        (0.95, True),
        (0.97, True),
        (0.99, False),
        (1.0, True),
        (1.0, True),
    ]
    lines = calibration([result(*pairs[:3]), result(*pairs[3:])]).splitlines()
    assert lines[0].endswith("8 in all")
    assert lines[1].split() == ["said", "0.55", "real", "0.50", "of", "2"]
    assert lines[2].split() == ["said", "0.70", "real", "1.00", "of", "1"]
    assert lines[3].split() == ["said", "0.98", "real", "0.80", "of", "5"]
    error = (2 * abs(0.55 - 0.5) + 0.3 + 5 * abs(0.982 - 0.8)) / 8
    assert lines[4].split() == ["ECE", f"{error:.3f}"]
    assert len(lines) == 5


def test_without_finds_there_is_nothing_to_calibrate() -> None:
    assert "0 in all" in calibration([result()])


def test_the_rows_of_dyads_say_what_is_open_to_both() -> None:
    wrong = match([(0, 30.0, 40.0)], [], days=365.25)
    said = table([replace(result(name="dyad/x", ours=wrong), aside=NOTHING)]).splitlines()
    assert [row.split()[-1] for row in said if "open to both" in row] == ["0.00", "0.00"]
    assert not any("open to both" in row for row in table([result(name="own/x")]).splitlines())


def test_the_table_holds_both_methods_by_kind_and_in_all() -> None:
    hit = match([(0, 10.0, 20.0)], [(0, 10.0, 21.0)], days=365.25)
    miss = match([(0, 50.0, 55.0)], [(0, 10.0, 21.0)], days=365.25)
    rows = table([result(name="own/x", ours=hit, counts=miss), result(name="own/y", ours=hit, counts=hit)]).splitlines()
    cells = [row[24:].split() for row in rows]
    assert [row[:24].strip() for row in rows[1:]] == [
        *("own/x", "counts + ruptures"),
        *("own/y", "counts + ruptures"),
        *("all", "counts + ruptures"),
    ]
    assert cells[1] == ["1", "1", "0", "0", "1.000", "1.000", "0.50", "0.00"]
    assert cells[2] == ["1", "0", "1", "1", "0.000", "–", "–", "1.00"]
    assert cells[5][:4] == ["2", "2", "0", "0"]
    assert cells[6] == ["2", "1", "1", "1", "0.500", "1.000", "0.50", "0.50"]
