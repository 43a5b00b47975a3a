"""The loop: derivatives, elimination, effects found again and effects that are not there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.linalg import block_diag
from validation.loop_ranks import place, uniform

from ebbtide.models.dyad import (
    EFFECTS,
    USUAL_STRENGTH,
    Writer,
    eliminated,
    fit_dyad,
    gradient,
    learned,
    prior,
    slopes,
    solve,
    writer,
)
from ebbtide.models.fallen import MOST, fallen
from ebbtide.models.loop import (
    CLAIMED,
    SHOWN,
    UNREST_WORTH,
    LoopFit,
    Measured,
    bounds,
    cleared,
    fit_loop,
    passes,
    unrest,
)
from ebbtide.models.placebo import permutations, shifts
from ebbtide.models.slow import USUAL, Slow, estimate, evidence, log_determinant, precision
from ebbtide.signals.segments import segments, spread_out
from ebbtide.signals.stream import DAY, HOUR, Floats, Stream
from tests.models.writers import evening, together

STEP = 300.0


def couple(seed: int, days: int, theta: float | tuple[float, float], phi: float, mood: float = 0.0) -> Stream:
    """Two people on a grid of five minutes: evenings, an answer that is due, a level by day, θ and φ of both.

    θ may differ between them.
    """
    rng = np.random.default_rng(seed)
    slower = theta if isinstance(theta, tuple) else (theta, theta)
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
            rate = plain + slower[k] * np.log1p(waiting[k]) + phi * fell + level[k, step // 288]
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


def test_the_prior_is_learned_from_how_the_curves_bend() -> None:
    """Coefficients far off where the data are sure loosen their part, those of the prior itself tighten it."""
    flow, writers = small()
    fit = fit_dyad(writers, flow.days, None, 0)
    sure = replace(fit, inverse=np.linalg.inv(np.linalg.inv(fit.inverse) + 1e4 * np.eye(len(fit.inverse))))
    flat = learned(replace(sure, beta=np.stack([prior().mean] * 2)))
    bent = prior().mean.copy()
    bent[12:23] += np.where(np.arange(11) % 2, 1.0, -1.0)
    loose = learned(replace(sure, beta=np.stack([bent] * 2)))
    assert (flat.strength >= 0.9 * USUAL_STRENGTH).all()
    assert loose.strength[0] < 0.2 < USUAL_STRENGTH[2] * 0.9 < loose.strength[2]
    assert loose.mean is flat.mean


def dense(bands: Floats) -> Floats:
    """A symmetric matrix from its lower bands."""
    size = bands.shape[1]
    lower = sum((np.diag(bands[k, : size - k], -k) for k in range(1, bands.shape[0])), np.zeros((size, size)))
    return np.asarray(np.diag(bands[0]) + lower + lower.T)


def test_the_mode_is_where_the_gradient_vanishes() -> None:
    flow, writers = small()
    fit = fit_dyad(writers, flow.days, None, 1)
    coefficients, levels = gradient(fit, fit.belief)
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


def standing(effect: int, errors: float) -> Measured:
    """An effect so many standard errors of 0.1 on the expected side of 0."""
    at = errors / 10 * (1 if effect else -1)
    return Measured(at, at - SHOWN / 10, at + SHOWN / 10)


def test_claims_step_down_from_the_clearest_effect() -> None:
    def marks(a: tuple[float, float], b: tuple[float, float]) -> list[bool]:
        found = cleared([[(standing(0, z[0]), standing(1, z[1]))] for z in (a, b)])
        return [m.clear for periods in found for pair in periods for m in pair]

    assert marks((CLAIMED[0] - 0.01, -9), (0, 0)) == [False] * 4
    assert marks((CLAIMED[1] + 0.01, 3), (0, 0)) == [True, True, False, False]
    assert marks((1.8, 2.1), (2.3, 2.4)) == [True] * 4
    assert marks((1.8, 2.0), (2.3, 2.4)) == [False, False, True, True]


def test_a_period_claims_only_what_the_whole_record_claims() -> None:
    clear, none = standing(0, 3.0), standing(0, 0.5)
    found = cleared([[(clear, none), (clear, clear), (none, none)], [(none, none), (clear, clear), (none, none)]])
    assert [[m.clear for m, _ in periods] for periods in found] == [[True, True, False], [False, False, False]]


def test_intervals_widen_with_the_scatter_of_many_placebos_and_hardly_with_that_of_one() -> None:
    calm = np.tile([[0.1, 0.1], [0.05, 0.1]], (8, 1, 1))
    one = calm.copy()
    one[0, 0, 0] = 0.4
    assert unrest(calm) == pytest.approx(1.0)
    assert unrest(one)[0] == pytest.approx(1 + 15 / (8 + UNREST_WORTH))
    assert unrest(3 * calm / [1, 3])[0] == pytest.approx(1 + 64 / (8 + UNREST_WORTH))


def test_true_effects_lie_anywhere_in_what_is_believed_of_them() -> None:
    """Simulation-based calibration in small: effects drawn, couples written with them, the loop fitted."""
    rng = np.random.default_rng(11)
    shares = []
    for seed in range(8):
        theta, phi = 0.4 * rng.standard_normal(2)
        whole = loop_of(couple(100 + seed, 45, theta, phi)).periods[0]
        for true, pair in ((theta, whole.reached), (phi, whole.withdrawn_from)):
            shares += [place(true, m.effect, (m.high - m.low) / 2 / SHOWN) for m in pair]
    assert min(uniform(np.array(shares), 4)) > 0.02


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


def test_effects_that_change_sides_half_way_are_shown_in_the_right_order() -> None:
    """b answers less while more is waiting in the first half, a in the second."""
    halves = [couple(10, 120, (0.0, -1.2), 0.0), couple(11, 120, (-1.2, 0.0), 0.0)]
    later = halves[1].at - halves[1].day_edges[0] + halves[0].day_edges[-1]
    at, who = np.concatenate([halves[0].at, later]), np.concatenate([halves[0].who, halves[1].who])
    origin = halves[0].day_edges[0]
    found = loop_of(together(at[who == 0] - origin, at[who == 1] - origin, 240 * DAY))
    assert len(found.periods) == 4
    (a_first, b_first), (a_last, b_last) = found.periods[1].reached, found.periods[3].reached
    assert b_first.effect < a_first.effect - 0.2
    assert a_last.effect < b_last.effect - 0.2


def test_minutes_and_holes_leave_the_effect_where_it_is() -> None:
    """The same couple in whole minutes, and without five stretches of two days each that nothing is known of."""
    flow = couple(12, 120, -0.7, 0.0)
    coarse = replace(flow, at=np.floor(flow.at / 60) * 60, minute_only=True)
    holes = [(flow.day_edges[d], flow.day_edges[d + 2]) for d in range(15, 115, 20)]
    known = ~np.any([(flow.at >= lo) & (flow.at < hi) for lo, hi in holes], axis=0)
    names = ("at", "who", "length", "event")
    torn = replace(flow, holes=tuple(holes), **{name: getattr(flow, name)[known] for name in names})
    whole = loop_of(flow).periods[0]
    for other in (coarse, torn):
        for k, m in enumerate(loop_of(other).periods[0].reached):
            assert m.effect == pytest.approx(whole.reached[k].effect, abs=0.15)
            assert m.low < -0.7 < m.high


def test_a_short_record_tells_nothing() -> None:
    assert fit_loop(small()[0], seed=1) is None
    assert bounds(100) == [(0, 100)]
    assert bounds(200) == [(0, 200), (0, 100), (100, 200)]


def test_the_columns_of_effects_come_last() -> None:
    _, (who, _) = small()
    assert not who.x[:, -EFFECTS:].any()
    assert who.x.shape[1] == prior().mean.size
