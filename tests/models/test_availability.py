"""The hazard of writing: its derivatives against differences, its optimum against another optimiser, its law found."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import poisson as poisson_law

from ebbtide.models import availability
from ebbtide.models.availability import (
    Availability,
    Prior,
    circular,
    columns,
    derivatives,
    fit_availability,
    hats,
    log_hazard,
    newton,
    plain_prior,
    regression,
    smooth,
)
from ebbtide.signals.segments import Segments
from ebbtide.signals.stream import DAY, HOUR, Floats, Stream
from tests.models.writers import ORIGIN, evening, poisson, renewal, steady, together
from tests.talks import cut

Problem = tuple[Floats, Floats, Floats, Prior]


def problem(seed: int) -> Problem:
    """A small Poisson regression: design, counts, offset, prior."""
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 0.7, (300, 4)).astype(np.float32)
    offset = rng.normal(-1, 0.5, 300)
    y = rng.poisson(np.exp(x @ np.array([0.5, -0.8, 0.2, 0.0]) + offset)).astype(float)
    root = rng.normal(0, 1, (4, 4))
    return x, y, offset, Prior(rng.normal(0, 0.3, 4), root @ root.T + np.eye(4))


def log_posterior(beta: Floats, x: Floats, y: Floats, offset: Floats, prior: Prior) -> float:
    """The same from the laws themselves, less what does not depend on the coefficients."""
    away = beta - prior.mean
    constant = poisson_law.logpmf(y, 1.0).sum() + y.size
    law = poisson_law.logpmf(y, np.exp(x.astype(float) @ beta + offset)).sum() - constant
    return float(law - 0.5 * away @ prior.precision @ away)


def test_the_value_is_the_poisson_log_likelihood_less_the_penalty() -> None:
    given = problem(1)
    beta = np.array([0.3, -0.1, 0.0, 0.4])
    x, y, offset, prior = given
    assert derivatives(x, y, offset, beta, prior)[0] == pytest.approx(log_posterior(beta, *given), rel=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_gradient_and_curvature_agree_with_differences(seed: int) -> None:
    x, y, offset, prior = given = problem(2)
    beta = np.random.default_rng(seed).normal(0, 0.5, 4)
    _, slope, hessian = derivatives(x, y, offset, beta, prior)

    def difference(step: Floats) -> float:
        return (log_posterior(beta + step, *given) - log_posterior(beta - step, *given)) / (2 * np.abs(step).max())

    assert slope == pytest.approx([difference(h) for h in 1e-5 * np.eye(4)], rel=1e-3, abs=1e-2)
    steps = 1e-2 * np.eye(4)
    bent = [
        (derivatives(x, y, offset, beta - h, prior)[1] - derivatives(x, y, offset, beta + h, prior)[1]) for h in steps
    ]
    assert hessian == pytest.approx(np.array(bent) / 2e-2, rel=5e-3, abs=0.1)


def test_the_log_likelihood_is_concave() -> None:
    x, y, offset, prior = problem(3)
    rng = np.random.default_rng(4)
    for _ in range(30):
        ends = rng.normal(0, 1.5, (2, 4))
        low, middle, high = (derivatives(x, y, offset, b, prior) for b in (ends[0], ends.mean(axis=0), ends[1]))
        assert middle[0] > (low[0] + high[0]) / 2
        assert np.linalg.eigvalsh(middle[2]).min() > 0


def test_chunks_do_not_change_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y, offset, prior = problem(5)
    whole = derivatives(x, y, offset, prior.mean, prior)
    monkeypatch.setattr(availability, "CHUNK", 7)
    for one, other in zip(whole, derivatives(x, y, offset, prior.mean, prior), strict=True):
        assert one == pytest.approx(other, rel=1e-4, abs=1e-3)


def test_newton_ends_where_another_optimiser_ends() -> None:
    x, y, offset, prior = given = problem(6)
    beta, hessian, value = newton(x, y, offset, prior)
    found = minimize(lambda b: -log_posterior(b, *given), np.zeros(4), method="BFGS")
    assert log_posterior(beta, *given) == pytest.approx(-found.fun, abs=0.03)
    assert beta == pytest.approx(found.x, abs=0.03)
    at_end = derivatives(x, y, offset, beta, prior)
    assert value == pytest.approx(at_end[0])
    assert hessian == pytest.approx(at_end[2])


def test_newton_finds_its_way_back_from_far_off() -> None:
    x, y, offset, prior = problem(7)
    weak = prior.precision * 1e-6
    near, _, value = newton(x, y, offset, Prior(np.zeros(4), weak))
    beta, _, from_far = newton(x, y, offset, Prior(np.array([3.0, 3.0, -3.0, 3.0]), weak))
    assert beta == pytest.approx(near, abs=0.05)
    assert from_far == pytest.approx(value, abs=0.05)


def test_hats_are_linear_interpolation_and_flat_beyond_the_ends() -> None:
    knots = np.array([0.0, 1.0, 3.0, 7.0])
    x = np.array([-5.0, 0.0, 0.25, 1.0, 2.5, 6.0, 7.0, 40.0])
    weights = hats(x, knots)
    assert weights.sum(axis=1) == pytest.approx(1)
    values = np.array([2.0, -1.0, 4.0, 0.5])
    assert weights @ values == pytest.approx(np.interp(x, knots, values), abs=1e-5)


def test_the_day_has_no_seam() -> None:
    hours = np.array([0.0, 1.0, 11.5, 23.0, 23.999])
    weights = circular(hours, 12)
    assert weights.sum(axis=1) == pytest.approx(1)
    assert weights[0] == pytest.approx(weights[-1], abs=1e-3)
    values = np.arange(12.0) ** 2
    around = np.interp(hours, np.arange(13) * 2.0, np.append(values, values[0]))
    assert weights @ values == pytest.approx(around, abs=1e-3)


@pytest.mark.parametrize("cyclic", [True, False])
def test_smoothness_is_the_sum_of_squared_bends(cyclic: bool) -> None:
    f = np.random.default_rng(8).normal(0, 1, 9)
    inner = range(9) if cyclic else range(1, 8)
    bends = sum((f[i - 1] - 2 * f[i] + f[(i + 1) % 9]) ** 2 for i in inner)
    assert f @ smooth(9, 3.0, 0.5, cyclic=cyclic) @ f == pytest.approx(3.0 * bends + 0.5 * (f @ f))


def test_the_prior_fits_the_design_and_is_one() -> None:
    seen = together(np.array([0.0, 5.0, 9.0]) * HOUR, np.array([1.0, 30.0]) * HOUR, 40 * HOUR)
    at, parts = cut(seen)
    prior = plain_prior()
    width = columns(seen, at, parts, 0, np.arange(parts.start.size)).shape[1]
    assert prior.mean.shape == (width,)
    assert prior.precision.shape == (width, width)
    assert np.allclose(prior.precision, prior.precision.T)
    assert np.linalg.eigvalsh(prior.precision).min() > 0


def test_the_two_persons_are_treated_alike() -> None:
    rng = np.random.default_rng(9)
    one, other = steady(0.4, 10, rng), steady(0.2, 10, rng)
    designs = []
    for person, (a, b) in ((0, (one, other)), (1, (other, one))):
        seen = together(a, b, 10 * DAY)
        at, parts = cut(seen)
        designs.append(columns(seen, at, parts, person, np.arange(parts.start.size)))
    assert np.allclose(designs[0], designs[1], atol=1e-5)


@cache
def by_the_hour() -> tuple[Stream, Segments, Availability, Floats]:
    """Who writes by the hour alone, beside one who writes at random: 400 days, with the fitted hazard an hour."""
    rng = np.random.default_rng(10)
    seen = together(poisson(evening, 1.0, 400, rng), steady(0.2, 400, rng), 400 * DAY, tz="Etc/UTC")
    at, parts = cut(seen)
    fit = fit_availability(seen, at, parts, 0, seen.end, plain_prior())
    rows = np.arange(parts.start.size)
    return seen, parts, fit, np.exp(log_hazard(fit, seen, at, parts, rows, fit.beta))


def test_a_known_day_curve_is_found() -> None:
    _, parts, _, hazard = by_the_hour()
    group = (parts.hour // 2).astype(int)
    found = np.bincount(group, hazard * parts.length) / np.bincount(group, parts.length)
    true = evening(np.arange(12) * 2 + 1.0)
    assert found == pytest.approx(true, rel=0.3)
    assert found[true > 0.2] == pytest.approx(true[true > 0.2], rel=0.15)


def test_where_only_the_hour_matters_the_time_since_the_last_word_does_not() -> None:
    _, parts, _, hazard = by_the_hour()
    known = np.isfinite(parts.own[0]) & (parts.length > 0)
    group = np.digitize(parts.own[0], np.array([60, 600, 3600, 3 * 3600, 10 * 3600]))
    for g in range(1, 6):
        rows = known & (group == g)
        true = (evening(parts.hour[rows]) * parts.length[rows]).sum()
        assert (hazard[rows] * parts.length[rows]).sum() == pytest.approx(true, rel=0.2)


def test_as_many_messages_are_expected_as_there_were() -> None:
    seen, parts, _, hazard = by_the_hour()
    known = np.isfinite(parts.own[0])
    assert (hazard * parts.length)[known].sum() / HOUR == pytest.approx((seen.who == 0).sum() - 1, rel=0.02)


def test_data_narrow_what_was_believed() -> None:
    _, _, fit, _ = by_the_hour()
    spread = np.sqrt(np.diag(fit.root @ fit.root.T))
    before = np.sqrt(np.diag(np.linalg.inv(plain_prior().precision)))
    assert (spread > 0).all()
    assert (spread <= before * 1.001).all()
    assert spread[0] < 0.5 * before[0]


def test_a_known_power_law_is_found() -> None:
    """Gaps are Weibull with shape a half: the hazard falls as the root of the time since the last message."""
    rng = np.random.default_rng(11)
    seen = together(renewal(1.0, 0.5, 120, rng), steady(0.1, 120, rng), 120 * DAY)
    at, parts = cut(seen)
    fit = fit_availability(seen, at, parts, 0, seen.end, plain_prior())
    hazard = log_hazard(fit, seen, at, parts, np.arange(parts.start.size), fit.beta)
    inside = (parts.own[0] > 90) & (parts.own[0] < 8 * HOUR)
    log_own = np.log(parts.own[0][inside])
    slope, level = np.polyfit(log_own, hazard[inside], 1, w=np.sqrt(parts.length[inside]))
    assert slope == pytest.approx(-0.5, abs=0.08)
    assert slope * np.log(HOUR) + level == pytest.approx(np.log(0.5), abs=0.15)


def test_a_hole_in_the_record_is_not_learnt_as_silence() -> None:
    """Sixty days of two who write all day, with thirty days between of which the export holds nothing."""
    rng = np.random.default_rng(12)
    own = [steady(0.4, 30, rng) + shift for shift in (0.0, 60 * DAY)]
    of_a = np.concatenate(own)
    hole = (ORIGIN + own[0].max() + 600, ORIGIN + 60 * DAY)
    long = []
    for unknown in ([hole], []):
        seen = together(of_a, of_a + 500.0, 90 * DAY, unknown=unknown)
        at, parts = cut(seen)
        fit = fit_availability(seen, at, parts, 0, seen.end, plain_prior())
        rows = np.flatnonzero((parts.own[0] > 2 * DAY) & (parts.own[0] < 20 * DAY))
        long.append(log_hazard(fit, seen, at, parts, rows, fit.beta).mean())
    assert long[0] > long[1] + np.log(3)


def test_what_comes_after_the_limit_does_not_enter_the_events() -> None:
    rng = np.random.default_rng(13)
    seen = together(steady(0.5, 40, rng), steady(0.5, 40, rng), 40 * DAY)
    at, parts = cut(seen)
    until = ORIGIN + 20 * DAY
    _, events, hours = regression(seen, at, parts, 1, until)
    own = at[seen.who == 1]
    assert events.sum() == (own <= until).sum() - 1
    assert np.exp(hours).sum() == pytest.approx((until - own[0]) / HOUR, rel=1e-3)
