"""The loop: derivatives, elimination, effects found again and effects that are not there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.linalg import block_diag

from ebbtide.models.dyad import EFFECTS, Writer, eliminated, fit_dyad, gradient, prior, slopes, solve, writer
from ebbtide.models.fallen import MOST, fallen
from ebbtide.models.loop import LoopFit, bounds, fit_loop, passes
from ebbtide.models.placebo import permutations, shifts
from ebbtide.models.slow import USUAL, Slow, estimate, evidence, log_determinant, precision
from ebbtide.signals.segments import segments, spread_out
from ebbtide.signals.stream import DAY, HOUR, Floats, Stream
from tests.models.writers import evening, together

STEP = 300.0


def couple(seed: int, days: int, theta: float, phi: float, mood: float = 0.0) -> Stream:
    """Two people on a grid of five minutes: evenings, an answer that is due, a level by day, θ and φ of both."""
    rng = np.random.default_rng(seed)
    level = np.cumsum(rng.standard_normal((2, days)), axis=1)
    level = mood * np.array([row - np.convolve(row, np.ones(9) / 9, mode="same") for row in level])
    usual = np.log(evening((np.arange(288) + 0.5) / 12) * STEP / HOUR).tolist()
    last, waiting, made, due = [-HOUR, -HOUR], [0, 0], [0.0, 0.0], [0.0, 0.0]
    times: list[list[float]] = [[], []]
    chance, place = rng.random((2, days * 288)), rng.random((2, days * 288))
    fade = np.exp(-STEP / (2 * DAY))
    for step in range(days * 288):
        now, wrote = step * STEP, []
        for k in (0, 1):
            made[k] *= fade
            due[k] *= fade
        for k in (0, 1):
            j = 1 - k
            plain = usual[step % 288] + (1.5 if waiting[k] else 0.0)
            fell = min(max(np.log((due[j] + 1) / (made[j] + 1)), 0.0), MOST)
            rate = plain + theta * np.log1p(waiting[k]) + phi * fell + level[k, step // 288]
            due[k] += np.exp(plain)
            if chance[k, step] < 1 - np.exp(-np.exp(min(rate, 1.0))):
                wrote.append((now + STEP * place[k, step], k))
        for at, k in sorted(wrote):
            if last[k] < last[1 - k] or at - last[k] >= HOUR:
                waiting[1 - k] += 1
            waiting[k], last[k] = 0, at
            made[k] += 1
            times[k].append(at)
    return together(np.array(times[0]), np.array(times[1]), days * DAY)


@cache
def small() -> tuple[Stream, tuple[Writer, Writer]]:
    flow = couple(1, 12, 0.0, 0.0)
    at = spread_out(flow)
    cut = segments(flow, at)
    return flow, (writer(flow, at, cut, 0), writer(flow, at, cut, 1))


def loop_of(flow: Stream) -> LoopFit:
    found = fit_loop(flow, seed=1)
    assert found is not None
    return found


def test_slopes_are_those_of_the_likelihood() -> None:
    """Finite differences of the value, in a writer whose numbers are exact in single precision."""
    flow, (who, _) = small()
    rng = np.random.default_rng(2)
    exact = replace(who, x=who.x.astype(np.float64))
    beta, level = prior().mean + 0.1 * rng.standard_normal(who.x.shape[1]), 0.2 * rng.standard_normal(flow.days)
    beta, found = beta.astype(np.float32).astype(np.float64), None
    found = slopes(exact, beta, level)
    for i in (0, 5, 20, 40):
        step = np.zeros(beta.size)
        step[i] = 2.0**-6
        up, down = (slopes(exact, beta + s * step, level).value for s in (1, -1))
        assert (up - down) / 2**-5 == pytest.approx(found.beta[i], rel=0.02, abs=0.1)
    day = np.eye(flow.days)[3] * 1e-3
    up, down = (slopes(exact, beta, level + s * day) for s in (1, -1))
    assert (up.value - down.value) / 2e-3 == pytest.approx(found.level[3], rel=1e-3)
    assert (down.level[3] - up.level[3]) / 2e-3 == pytest.approx(found.level2[3], rel=1e-3)
    assert (down.beta - up.beta) / 2e-3 == pytest.approx(found.mixed[3], rel=0.02, abs=0.1)


def test_elimination_equals_the_dense_solution() -> None:
    flow, writers = small()
    belief, slow = prior(), Slow((0.4, 0.2), 0.5, 0.7)
    bands = precision(slow, flow.days)
    rng = np.random.default_rng(3)
    beta, level = np.stack([belief.mean] * 2), 0.1 * rng.standard_normal((flow.days, 2))
    one, two = (slopes(w, b, v) for w, b, v in zip(writers, beta, level.T, strict=True))
    fit = eliminated((one, two), belief, slow, beta, level)
    levels = dense(bands) + np.diag(np.stack([one.level2, two.level2], axis=1).ravel())
    coefficients = block_diag(one.beta2 + belief.precision, two.beta2 + belief.precision)
    whole = np.block([[coefficients, fit.mixed.T], [fit.mixed, levels]])
    v_beta, v_level = rng.standard_normal(coefficients.shape[0]), rng.standard_normal(levels.shape[0])
    expected = np.linalg.solve(whole, np.concatenate([v_beta, v_level]))
    assert np.concatenate(solve(fit, v_beta, v_level)) == pytest.approx(expected, rel=1e-5, abs=1e-7)


def dense(bands: Floats) -> Floats:
    """A symmetric matrix from its lower bands."""
    size = bands.shape[1]
    lower = sum((np.diag(bands[k, : size - k], -k) for k in range(1, bands.shape[0])), np.zeros((size, size)))
    return np.asarray(np.diag(bands[0]) + lower + lower.T)


def test_the_mode_is_where_the_gradient_vanishes() -> None:
    flow, writers = small()
    fit = fit_dyad(writers, flow.days, None, 1)
    coefficients, levels = gradient(fit, prior())
    step = np.concatenate(solve(fit, coefficients, levels))
    assert np.abs(step).max() < 0.1


def test_the_levels_precision_is_the_inverse_of_their_covariance() -> None:
    slow, days = Slow((0.5, 0.2), -0.4, 0.6), 7
    away = np.abs(np.subtract.outer(np.arange(days), np.arange(days)))
    one, two = slow.spread
    inner = np.array([[one**2, slow.shared * one * two], [slow.shared * one * two, two**2]])
    covariance = np.kron(slow.keep**away, inner)
    bands = precision(slow, days)
    assert dense(bands) @ covariance == pytest.approx(np.eye(2 * days), abs=1e-9)
    assert log_determinant(slow, days) == pytest.approx(-np.linalg.slogdet(covariance)[1])
    rng = np.random.default_rng(4)
    seen, weight = rng.standard_normal(2 * days), rng.uniform(1, 9, 2 * days)
    noisy = covariance + np.diag(1 / weight)
    direct = -0.5 * (seen @ np.linalg.solve(noisy, seen) + np.linalg.slogdet(noisy)[1])
    rest = 0.5 * (np.log(weight).sum() - seen @ (weight * seen))
    assert evidence(slow, weight, seen) + rest == pytest.approx(direct)


def test_the_law_of_levels_is_found_again() -> None:
    rng = np.random.default_rng(5)
    days, true = 600, Slow((0.5, 0.3), 0.6, 0.7)
    root = np.linalg.cholesky(np.array([[0.25, 0.09], [0.09, 0.09]]))
    path = np.zeros((days, 2))
    for d in range(1, days):
        path[d] = true.keep * path[d - 1] + np.sqrt(1 - true.keep**2) * root @ rng.standard_normal(2)
    weight = np.full(2 * days, 25.0)
    found = estimate(weight, path.ravel() + rng.standard_normal(2 * days) / 5, USUAL)
    assert found.spread == pytest.approx(true.spread, rel=0.15)
    assert found.shared == pytest.approx(true.shared, abs=0.12)
    assert found.keep == pytest.approx(true.keep, abs=0.1)


def test_falling_is_measured_from_the_past_alone() -> None:
    edges = np.arange(0, 10 * DAY + 1, HOUR)
    due = np.full(edges.size - 1, 0.5)
    busy, stopped = np.arange(0, 10 * DAY, 2 * HOUR), np.arange(0, 5 * DAY, 2 * HOUR)
    usual, gone = fallen(edges, due, busy), fallen(edges, due, stopped)
    moments = np.linspace(DAY, 9 * DAY, 97)
    assert usual(moments).max() < 0.1
    assert gone(moments)[moments < 5 * DAY] == pytest.approx(usual(moments)[moments < 5 * DAY])
    faded = 24 * (1 - np.exp(-5 / 2)) * np.exp(-3 / 2)
    assert gone(np.array([8 * DAY]))[0] == pytest.approx(np.log((24 * (1 - np.exp(-4)) + 1) / (faded + 1)), abs=0.05)


def test_placebos_move_days_and_lose_none() -> None:
    flow, _ = small()
    rng = np.random.default_rng(6)
    moments = np.sort(rng.uniform(flow.day_edges[0], flow.day_edges[-1], 50))
    for move in (*shifts(flow), *permutations(flow, rng)):
        assert np.sort(move.look(move.put(moments))) == pytest.approx(moments)
        assert ((move.source - np.arange(flow.days)) % 7 == 0).all() or flow.days % 7


def test_placebos_that_show_the_effect_forbid_it() -> None:
    nothing = np.tile([[0.0, 0.2], [0.0, 0.2]], (8, 1, 1))
    same = np.tile([[-0.6, 0.2], [0.0, 0.2]], (8, 1, 1))
    assert passes(np.array([-0.7, 0.5]), nothing) == (True, True)
    assert passes(np.array([-0.7, 0.5]), same) == (False, True)


def test_a_true_effect_of_reaching_is_found_and_gone_in_the_placebos() -> None:
    found = loop_of(couple(7, 200, -0.9, 0.0))
    whole = found.periods[0]
    assert found.claims(0, 0)
    assert found.claims(1, 0)
    for measured in whole.reached:
        assert measured.low < -0.9 < measured.high
        assert measured.clear
    assert not any(m.clear for m in whole.withdrawn_from)


def test_a_slow_mood_alone_is_not_claimed() -> None:
    found = loop_of(couple(8, 120, 0.0, 0.0, mood=0.6))
    assert not any(m.clear for m in (*found.periods[0].reached, *found.periods[0].withdrawn_from))


def test_swapping_the_two_swaps_the_effects() -> None:
    flow = couple(9, 60, -0.5, 0.0)
    one, other = loop_of(flow), loop_of(replace(flow, who=(1 - flow.who).astype(np.int8)))
    for name in ("reached", "withdrawn_from"):
        a, b = getattr(one.periods[0], name)
        swapped = getattr(other.periods[0], name)[::-1]
        assert [a.effect, b.effect] == pytest.approx([m.effect for m in swapped], abs=0.05)
    assert one.ks == pytest.approx(other.ks[::-1], abs=0.01)


def test_a_short_record_tells_nothing() -> None:
    assert fit_loop(small()[0], seed=1) is None
    assert bounds(100) == [(0, 100)]
    assert bounds(200) == [(0, 200), (0, 100), (100, 200)]


def test_the_columns_of_effects_come_last() -> None:
    _, (who, _) = small()
    assert not who.x[:, -EFFECTS:].any()
    assert who.x.shape[1] == prior().mean.size
