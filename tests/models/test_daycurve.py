"""What is to be expected of a person: the smoothed curve is the best one there is, and it is the right one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import minimize

from ebbtide.models.daycurve import (
    RIDGE,
    SMOOTH_BLOCKS,
    SMOOTH_HOURS,
    SMOOTH_LEVEL,
    blocks,
    expected,
    fit_hazard,
    fit_table,
    interpolate,
)
from ebbtide.signals.opportunities import Opportunities
from ebbtide.signals.stream import Floats, Ints

HOURS = np.arange(24)
#: Turns an hour of someone who writes most at eight in the evening and hardly at eight in the morning.
CURVE = np.exp(-1.5 + 1.4 * np.cos(2 * np.pi * (HOURS - 20) / 24))


def chances(
    days: int, hazard: Floats, seed: int, *, stage: Ints | None = None, due: bool = False, parts: int = 6
) -> Opportunities:
    """Opportunities all day long in slices of an hour, taken at the given hazard (days · 24 · parts) an hour."""
    size = days * 24 * parts
    hours = np.full(size, 1 / parts)
    return Opportunities(
        day=np.repeat(np.arange(days), 24 * parts),
        hour=np.tile(np.repeat(HOURS, parts), days),
        hours=hours,
        begun=np.random.default_rng(seed).random(size) < hazard * hours,
        due=np.full(size, due),
        stage=np.zeros(size, np.int64) if stage is None else stage,
        days=days,
    )


def whole(days: int, curve: Floats, parts: int = 6) -> Floats:
    """The same curve every day."""
    return np.tile(np.repeat(curve, parts), days)


def objective(f: Floats, y: Floats, n: Floats, start: float) -> float:
    """The penalised Poisson log likelihood, written out as sums."""
    table, count = f.reshape(y.shape), y.shape[0]
    active = (y.sum(axis=0) + 0.5) / (y.sum() + 12)
    value = float((y * table - n * np.exp(table)).sum())
    for row in table - start:
        bends = [row[h - 1] - 2 * row[h] + row[(h + 1) % 24] for h in range(24)]
        value -= 0.5 / count * (SMOOTH_HOURS * sum(b * b for b in bends) + RIDGE * float(row @ row))
    for one, other in pairwise(table):
        change = other - one
        level = float(active @ change)
        value -= 0.5 * (SMOOTH_BLOCKS / 24 * float(((change - level) ** 2).sum()) + SMOOTH_LEVEL * level**2)
    return value


@pytest.mark.parametrize("count", [1, 2, 4])
def test_no_other_table_explains_the_turns_better(count: int) -> None:
    rng = np.random.default_rng(count)
    n = rng.uniform(2, 14, (count, 24))
    y = rng.poisson(n * CURVE * rng.uniform(0.6, 1.6, (count, 1))).astype(float)
    start = float(np.log((y.sum() + 0.5) / (n.sum() + 1.0)))
    table = fit_table(y, n)
    best = minimize(lambda f: -objective(f, y, n, start), np.full(y.size, start), method="L-BFGS-B", tol=1e-10)
    assert objective(table.ravel(), y, n, start) >= -best.fun - 1e-3
    for _ in range(20):
        near = table.ravel() + rng.normal(0, 0.05, y.size)
        assert objective(near, y, n, start) < objective(table.ravel(), y, n, start)


def test_a_known_day_curve_comes_back() -> None:
    seen = chances(280, whole(280, CURVE), seed=1)
    found = fit_hazard(seen, np.ones(280), np.arange(seen.day.size))
    by_hour = np.bincount(seen.hour, found, minlength=24) / 280
    assert by_hour == pytest.approx(CURVE, rel=0.35)
    assert by_hour[CURVE > 0.2] == pytest.approx(CURVE[CURVE > 0.2], rel=0.2)
    assert found.sum() == pytest.approx(seen.begun.sum(), rel=0.02)


def test_where_nothing_was_ever_written_little_is_expected_and_never_less_than_nothing() -> None:
    seen = chances(30, np.zeros(30 * 24 * 6), seed=2)
    found = fit_hazard(seen, np.ones(30), np.arange(seen.day.size))
    assert (found > 0).all()
    assert found.sum() < 2


def test_the_stage_of_waiting_counts() -> None:
    stage = np.tile(np.array([0, 1, 2, 2, 2, 2]), 60 * 24)
    slower = np.array([4.0, 1.0, 0.4])[stage]
    seen = chances(60, whole(60, np.full(24, 0.5)) * slower, seed=3, stage=stage)
    found = fit_hazard(seen, np.ones(60), np.arange(seen.day.size))
    for s, hazard in enumerate((2.0, 0.5, 0.2)):
        assert found[stage == s].sum() == pytest.approx(seen.begun[stage == s].sum(), rel=0.03)
        assert found[stage == s].sum() == pytest.approx(hazard * seen.hours[stage == s].sum(), rel=0.25)


def test_a_change_to_night_shifts_is_followed() -> None:
    nights = np.roll(CURVE, 10)
    hazard = np.concatenate([whole(56, CURVE), whole(56, nights)])
    seen = chances(112, hazard, seed=4)
    found = fit_hazard(seen, np.ones(112), np.arange(seen.day.size)) / seen.hours
    for days, curve in ((slice(0, 42), CURVE), (slice(70, 112), nights)):
        inside = (seen.day >= days.start) & (seen.day < days.stop)
        by_hour = np.bincount(seen.hour[inside], found[inside], minlength=24)
        assert np.corrcoef(by_hour, curve)[0, 1] > 0.9


def test_a_quiet_fortnight_does_not_become_the_normal_at_once() -> None:
    hazard = whole(84, CURVE)
    hazard[42 * 144 : 56 * 144] *= 0.1
    seen = chances(84, hazard, seed=5)
    starts = expected(seen, np.ones(84)).starts
    assert starts[44:54].mean() > 0.4 * starts[:30].mean()


def test_days_of_no_weight_are_told_what_to_expect_and_say_nothing_about_it() -> None:
    """Whatever a person does or leaves while withdrawn, it changes nothing in what is expected of that person."""
    weight = np.ones(84)
    weight[42:56] = 0.0
    silent, busy = whole(84, CURVE), whole(84, CURVE)
    silent[42 * 144 : 56 * 144] = 0.0
    busy[42 * 144 : 56 * 144] *= 5
    one, other = (chances(84, h, seed=6) for h in (silent, busy))
    inside = (one.day >= 42) & (one.day < 56)
    assert (one.begun[~inside] == other.begun[~inside]).all()
    assert one.begun[inside].sum() == 0 < other.begun[inside].sum()
    of_one, of_other = expected(one, weight), expected(other, weight)
    assert of_one.starts == pytest.approx(of_other.starts, rel=1e-12)
    assert of_one.starts[42:56].mean() == pytest.approx(CURVE.sum(), rel=0.15)


def test_starts_and_answers_are_expected_apart() -> None:
    half = np.tile(np.repeat([True, False], 72), 60)
    hazard = np.where(half, 0.8, 0.2)
    seen = chances(60, hazard, seed=7)
    seen = Opportunities(seen.day, seen.hour, seen.hours, seen.begun, half, half.astype(np.int64), 60)
    usual = expected(seen, np.ones(60))
    assert usual.answers.mean() == pytest.approx(0.8 * 12, rel=0.1)
    assert usual.starts.mean() == pytest.approx(0.2 * 12, rel=0.1)


def test_without_anything_to_answer_no_answer_is_expected() -> None:
    seen = chances(30, whole(30, CURVE), seed=8)
    assert expected(seen, np.ones(30)).answers.tolist() == [0.0] * 30


def test_a_level_cannot_fall_by_day_and_be_made_up_for_at_night() -> None:
    """Hours in which nobody writes carry no weight in what ties the level of one week to the next."""
    n = np.full((8, 24), 7.0)
    y = n * CURVE
    y[4:] *= 0.4
    y[:, 2:10] = n[:, 2:10] = 0.0
    change = np.diff(fit_table(y, n), axis=0)
    by_day = np.abs(change[:, CURVE > 0.4].mean(axis=1)).max()
    assert by_day < 0.5 * -np.log(0.4)


@pytest.mark.parametrize(("days", "count"), [(1, 1), (7, 1), (14, 2), (45, 6), (50, 7)])
def test_blocks_are_about_a_week_each_and_in_order(days: int, count: int) -> None:
    found = blocks(days)
    assert found[0] == 0
    assert found[-1] == count - 1
    assert set(np.diff(found).tolist()) <= {0, 1}
    sizes = np.bincount(found)
    assert sizes.max() - sizes.min() <= 1


def test_between_the_middles_of_blocks_the_curve_changes_steadily() -> None:
    table = np.outer([1.0, 3.0, 2.0], np.ones(24)) + np.arange(24) / 100
    days = interpolate(table, 30)
    assert days.shape == (30, 24)
    at = np.arange(30) + 0.5
    for hour in (0, 23):
        assert days[:, hour] == pytest.approx(np.interp(at, [5, 15, 25], table[:, hour]))
