"""Steps: effects put into made-up sequences come back, whatever the couples' levels; couples pooled would mislead."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import expit

from ebbtide.errors import NotEnoughData
from ebbtide.models.sequences import Levels, Mode, Steps, fit_steps, log_posterior, newton_step, settle, tabulate
from ebbtide.signals.stream import Floats

COUPLES, LONG = 64, 48
OWN = (1.0, 1.0)


def sequences(seed: int, cross: tuple[float, float], spread: Floats, couples: int = COUPLES) -> tuple[Floats, Floats]:
    """Two series per couple; `spread` (2, 2) covariance of the couples' levels. The first fifty steps are not shown."""
    rng = np.random.default_rng(seed)
    levels = rng.multivariate_normal([-0.5, -0.5], spread, couples).T
    last = np.zeros((2, couples))
    shown = []
    for _ in range(50 + LONG):
        odds = levels + np.array(OWN)[:, None] * last + np.array(cross)[:, None] * last[::-1]
        last = (rng.random(odds.shape) < expit(odds)).astype(float)
        shown.append(last)
    first, second = np.stack(shown[50:], axis=-1)
    return first, second


def going_together(sd: float, correlation: float) -> Floats:
    """Levels of this spread in both series."""
    return sd**2 * np.array([[1.0, correlation], [correlation, 1.0]])


@cache
def fits(cross: tuple[float, float], correlation: float, levels: Levels, count: int = 12) -> tuple[Steps, ...]:
    """The same couples' sequences, made anew with other seeds."""
    spread = going_together(1.2, correlation)
    return tuple(fit_steps(*sequences(seed, cross, spread), levels) for seed in range(count))


def mean_cross(found: tuple[Steps, ...]) -> Floats:
    return np.mean([[lag.estimate for lag in fit.cross] for fit in found], axis=0)


@pytest.mark.parametrize("correlation", [0.8, 0.0, -0.8])
def test_effects_come_back_however_the_couples_levels_go_together(correlation: float) -> None:
    found = fits((0.0, 0.8), correlation, "tied")
    assert mean_cross(found) == pytest.approx([0.0, 0.8], abs=0.1)
    assert np.mean([[lag.estimate for lag in fit.own] for fit in found]) == pytest.approx(1.0, abs=0.1)
    assert np.mean([fit.spread for fit in found], axis=0) == pytest.approx(going_together(1.2, correlation), abs=0.4)


@pytest.mark.parametrize(("correlation", "sign"), [(0.8, 1), (-0.8, -1)])
def test_couples_taken_as_all_alike_show_effects_that_are_not_there(correlation: float, sign: int) -> None:
    found = fits((0.0, 0.8), correlation, "same")
    assert np.all(sign * (mean_cross(found) - [0.0, 0.8]) > 0.35)
    assert all(not fit.cross[0].low < 0 < fit.cross[0].high for fit in found)


def test_levels_apart_lie_between() -> None:
    biases = [mean_cross(fits((0.0, 0.8), 0.8, levels))[0] for levels in ("tied", "apart", "same")]
    assert biases[0] < biases[1] < biases[2]


def test_of_the_90_percent_intervals_about_90_percent_hold_the_truth() -> None:
    """Sixty fits of two effects: 108 hits expected, three standard deviations are 10."""
    hits = 0
    for seed in range(100, 160):
        fit = fit_steps(*sequences(seed, (1.1, -0.6), going_together(0.7, 0.5), couples=40))
        hits += sum(lag.low < true < lag.high for lag, true in zip(fit.cross, (1.1, -0.6), strict=True))
    assert 98 <= hits <= 118


def test_the_series_may_change_places() -> None:
    first, second = sequences(3, (0.5, 1.5), going_together(0.8, 0.3))
    one, other = fit_steps(first, second), fit_steps(second, first)
    assert [lag.estimate for lag in other.cross] == pytest.approx([lag.estimate for lag in one.cross[::-1]], abs=1e-3)
    assert other.spread == pytest.approx(one.spread[::-1, ::-1], abs=1e-3)


def test_steps_not_seen_are_left_out() -> None:
    """In ten couples one series stops halfway, the other goes on alone; one missing step takes itself and the next."""
    first, second = sequences(4, (1.0, 1.0), going_together(0.8, 0.3))
    first[:10, 24:] = np.nan
    second[40, 7] = np.nan
    fit = fit_steps(first, second)
    assert fit.steps == 2 * COUPLES * (LONG - 1) - 10 * (24 + 23) - 3
    assert [lag.estimate for lag in fit.cross] == pytest.approx([1.0, 1.0], abs=0.4)


def test_the_step_follows_slope_and_curvature_by_differences() -> None:
    """Newton's step times the Hessian by differences is the slope by differences, for effects and levels at once."""
    table = tabulate(*sequences(5, (0.5, 0.5), going_together(1.0, 0.5), couples=3))
    tie = np.linalg.inv(going_together(0.9, 0.4))
    at = np.random.default_rng(6).normal(0, 0.3, 12)

    def value(x: Floats) -> float:
        return log_posterior(table, x[:6], x[6:].reshape(3, 2), tie)

    def slope(x: Floats) -> Floats:
        return np.asarray(approx_fprime(x, value, 1e-5))

    step, level_step, covariance, _ = newton_step(table, at[:6], at[6:].reshape(3, 2), tie)
    hessian = -approx_fprime(at, slope, 1e-3)
    assert hessian @ np.append(step, level_step) == pytest.approx(slope(at), abs=0.05)
    assert covariance == pytest.approx(np.linalg.inv(hessian)[:6, :6], rel=0.02, abs=1e-3)


def test_the_doubt_about_levels_is_that_of_the_whole_posterior() -> None:
    table = tabulate(*sequences(7, (0.5, 0.5), going_together(1.0, 0.5), couples=3))
    spread = going_together(0.9, 0.4)
    start = Mode(np.zeros(6), np.zeros((3, 2)), np.eye(6), np.eye(2))
    mode = settle(table, start, spread)

    def slope(x: Floats) -> Floats:
        return np.asarray(
            approx_fprime(x, lambda y: log_posterior(table, y[:6], y[6:].reshape(3, 2), np.linalg.inv(spread)), 1e-5)
        )

    whole = np.linalg.inv(-approx_fprime(np.append(mode.effects, mode.levels), slope, 1e-3))
    doubt = sum(whole[i : i + 2, i : i + 2] for i in (6, 8, 10))
    assert mode.doubt == pytest.approx(doubt, rel=0.02, abs=1e-3)


def test_a_series_that_never_changes_gives_wide_intervals_and_no_claim() -> None:
    first, _ = sequences(8, (0.0, 0.0), going_together(0.5, 0.0))
    fit = fit_steps(first, np.zeros_like(first))
    assert all(lag.low < 0 < lag.high for lag in fit.cross)
    assert fit.cross[0].high - fit.cross[0].low > 10


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (np.zeros((3, 5)), np.zeros((3, 4))),
        (np.zeros((1, 5)), np.zeros((1, 5))),
        (np.zeros((3, 1)), np.zeros((3, 1))),
        (np.full((3, 5), np.nan), np.zeros((3, 5))),
    ],
)
def test_too_little_is_said_to_be_too_little(first: Floats, second: Floats) -> None:
    with pytest.raises(NotEnoughData) as caught:
        fit_steps(first, second)
    assert caught.value.try_
