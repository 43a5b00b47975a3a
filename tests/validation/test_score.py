"""Scoring of episodes, by cases small enough to work out by hand."""

import pytest
from validation.score import match, overlap, score


def test_overlap_is_intersection_over_union() -> None:
    assert overlap((0, 10.0, 20.0), (1, 15.0, 25.0), 100) == pytest.approx(5 / 15)
    assert overlap((0, 10.0, 20.0), (0, 20.0, 25.0), 100) == 0.0
    assert overlap((0, 90.0, None), (0, 95.0, 100.0), 100) == pytest.approx(0.5)


def test_a_hit_needs_half_but_not_the_person() -> None:
    result = match([(1, 10.0, 20.0)], [(0, 11.0, 20.5)], days=100)
    assert (result.tp, result.fp, result.fn, result.person_right) == (1, 0, 0, 0)
    assert (result.hits[0].start_error, result.hits[0].end_error) == (1.0, 0.5)
    short = match([(0, 10.0, 14.9)], [(0, 10.0, 20.0)], days=100)
    assert (short.tp, short.fp, short.fn) == (0, 1, 1)


def test_exactly_half_is_a_hit() -> None:
    assert match([(0, 10.0, 15.0)], [(0, 10.0, 20.0)], days=100).tp == 1


def test_time_between_two_answers_counts_for_nothing() -> None:
    grey = [(0, 20.0, 40.0), (0, 95.0, None)]
    assert overlap((0, 10.0, 30.0), (0, 10.0, 20.0), 100, grey) == pytest.approx(1.0)
    assert overlap((0, 15.0, 45.0), (0, 10.0, 20.0), 100, grey) == pytest.approx(5 / 15)
    assert overlap((1, 10.0, 30.0), (1, 10.0, 20.0), 100, grey) == pytest.approx(0.5)

    def false(start: float, end: float | None, person: int = 0) -> int:
        return match([(person, start, end)], [], days=100, between=grey).fp

    assert (false(25, 35), false(31, 49.1), false(80, None), false(90.5, None)) == (0, 1, 1, 0)
    assert false(25, 35, person=1) == 1


def test_one_long_find_cannot_hit_two_episodes() -> None:
    result = match([(0, 10.0, 30.0)], [(0, 10.0, 22.0), (0, 22.0, 33.0)], days=100)
    assert (result.tp, result.fp, result.fn) == (1, 0, 1)


def test_the_larger_overlap_is_taken_first() -> None:
    found = [(0, 10.0, 16.0), (1, 10.0, 19.0)]
    result = match(found, [(1, 10.0, 20.0)], days=100)
    assert (result.tp, result.fp, result.person_right) == (1, 1, 1)
    assert result.hits[0].overlap == pytest.approx(0.9)


def test_of_two_equal_finds_the_first_listed_is_the_hit() -> None:
    result = match([(0, 10.0, 20.0), (1, 10.0, 20.0)], [(0, 10.0, 20.0)], days=100)
    assert (result.tp, result.fp, result.person_right) == (1, 1, 1)


def test_an_end_open_in_both_costs_nothing_and_open_in_one_costs_the_rest_of_the_record() -> None:
    both = match([(0, 80.0, None)], [(0, 81.0, None)], days=100)
    assert (both.hits[0].start_error, both.hits[0].end_error) == (1.0, 0.0)
    one = match([(0, 80.0, 97.0)], [(0, 80.0, None)], days=100)
    assert one.hits[0].end_error == 3.0


def test_the_score_of_several_couples() -> None:
    couples = [
        match([(0, 10.0, 20.0), (0, 50.0, 55.0)], [(0, 10.0, 20.5)], days=182.625),
        match([(1, 31.0, 40.0)], [(0, 30.0, 40.0), (0, 70.0, 80.0)], days=182.625),
    ]
    total = score(couples)
    assert (total.couples, total.tp, total.fp, total.fn) == (2, 2, 1, 1)
    assert total.f1 == pytest.approx(2 / 3)
    assert total.person == 0.5
    assert total.edge_days == pytest.approx((0.25 + 0.5) / 2)
    assert total.false_per_year == pytest.approx(1.0)


def test_where_nothing_counts_nothing_is_claimed() -> None:
    total = score([match([], [], days=90)])
    assert (total.f1, total.person, total.edge_days, total.precision, total.recall) == (None,) * 5
    assert total.false_per_year == 0.0
    assert score([]).false_per_year is None
