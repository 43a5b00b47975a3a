"""The chain against brute force: every path of a tiny couple over four days, written down and added up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest

from ebbtide.models.chain import (
    BUSY_ENTRY,
    BUSY_STAY,
    GLIDE,
    MINIMUM_STAY,
    REACT_ENTRY,
    REACT_STAY,
    Absence,
    Couple,
    Evidence,
    Shape,
    Smoothed,
    engaged_steps,
    mood_grid,
    mood_steps,
    sample,
    smooth,
    stationary,
    transitions,
)
from ebbtide.signals.stream import Floats

DAYS = 4


@dataclass(frozen=True, slots=True)
class Tiny:
    """A couple of few states with made-up evidence: a has two moods and a depth; b one mood, a depth, a reaction."""

    couple: Couple
    evidence: Evidence

    @property
    def sizes(self) -> tuple[int, int]:
        return self.couple.a.start.size, self.couple.b.start.size


@cache
def tiny(seed: int = 3) -> Tiny:
    rng = np.random.default_rng(seed)
    none = np.zeros(0)
    shapes = (
        Shape(np.array([-0.4, 0.4]), np.array([0.3])),
        Shape(np.array([0.0]), np.array([0.2]), none, np.array([0.5])),
    )
    moves = [
        transitions(s, p, entry, stay)
        for s, p, entry, stay in zip(shapes, (0.5, 0.3), (0.1, 0.15), (0.7, 0.6), strict=True)
    ]
    absence = Absence(entry=rng.uniform(0.02, 0.2, (DAYS, 2)), stay=np.array([0.3, 0.8]))
    sizes = [s.size for s in shapes]
    evidence = Evidence(
        a=rng.normal(0, 1.5, (DAYS, sizes[0])),
        b=rng.normal(0, 1.5, (DAYS, sizes[1])),
        absent=rng.normal(1, 1.5, (DAYS, 2)),
    )
    return Tiny(Couple(moves[0], moves[1], absence, (2, 2)), evidence)


def day_likelihood(case: Tiny, day: int) -> Floats:
    """Likelihood of a day under every pair of states, flat, then under each kind of absence; by a plain loop."""
    (sa, sb), e = case.sizes, case.evidence
    together = [np.exp(e.a[day, i] + e.b[day, j]) for i in range(sa) for j in range(sb)]
    return np.array([*together, *np.exp(e.absent[day])])


def day_step(case: Tiny, day: int) -> Floats:
    """Chance to move from every state of the couple to every other on `day`, written from the rules."""
    (sa, sb), (ma, mb), couple = case.sizes, case.couple.engaged, case.couple
    size, rest = sa * sb + 2, np.zeros((sa, sb))
    for i in range(ma):
        for j in range(mb):
            share_a = couple.a.start[i] / couple.a.start[:ma].sum()
            rest[i, j] = share_a * couple.b.start[j] / couple.b.start[:mb].sum()
    step = np.zeros((size, size))
    for i in range(sa):
        for j in range(sb):
            leaves = couple.absence.entry[day] if i < ma and j < mb else np.zeros(2)
            of_a = (couple.a.step if j < mb else couple.a.beside)[i]
            of_b = (couple.b.step if i < ma else couple.b.beside)[j]
            apart = np.outer(of_a, of_b).ravel()
            step[i * sb + j] = np.concatenate([(1 - leaves.sum()) * apart, leaves])
    for kind in range(2):
        stay = couple.absence.stay[kind]
        step[sa * sb + kind, : sa * sb] = (1 - stay) * rest.ravel()
        step[sa * sb + kind, sa * sb + kind] = stay
    return step


@cache
def paths(seed: int, days: int = DAYS) -> Floats:
    """Weight of every path of `days` days, one axis per day, with the 27 states of the couple along each."""
    case = tiny(seed)
    start = np.concatenate([np.outer(case.couple.a.start, case.couple.b.start).ravel(), np.zeros(2)])
    weight = start * day_likelihood(case, 0)
    for day in range(1, days):
        weight = weight[..., None] * (day_step(case, day) * day_likelihood(case, day))
    return np.asarray(weight)


def on_day(weight: Floats, *days: int) -> Floats:
    """Joint distribution of the states of some days, given all."""
    others = tuple(d for d in range(weight.ndim) if d not in days)
    return np.asarray(weight.sum(axis=others) / weight.sum())


def flat(joint: Floats, absent: Floats) -> Floats:
    return np.concatenate([joint.ravel(), absent])


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_smoothing_adds_up_every_path(seed: int) -> None:
    case = tiny(seed)
    assert all(day_step(case, d).sum(axis=1) == pytest.approx(1) for d in range(DAYS))
    smoothed = smooth(case.evidence, case.couple)
    weight = paths(seed)
    assert smoothed.log_likelihood == pytest.approx(np.log(weight.sum()))
    for day in range(DAYS):
        assert flat(smoothed.joint[day], smoothed.absent[day]) == pytest.approx(on_day(weight, day), abs=1e-10)


@pytest.mark.parametrize("day", range(DAYS))
def test_filtering_adds_up_the_paths_so_far(day: int) -> None:
    case = tiny()
    smoothed = smooth(case.evidence, case.couple)
    so_far = on_day(paths(3, day + 1), day)
    assert flat(smoothed.filtered[day], smoothed.filtered_absent[day]) == pytest.approx(so_far, abs=1e-10)


def test_on_the_last_day_there_is_nothing_more_to_learn() -> None:
    case = tiny()
    smoothed = smooth(case.evidence, case.couple)
    assert smoothed.joint[-1] == pytest.approx(smoothed.filtered[-1], abs=1e-12)
    assert smoothed.absent[-1] == pytest.approx(smoothed.filtered_absent[-1], abs=1e-12)
    assert np.abs(smoothed.joint[0] - smoothed.filtered[0]).max() > 0.01


def drawn(case: Tiny, smoothed: Smoothed, count: int, seed: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Drawn states of the couple by day, numbered as in `paths`; both kinds of absence as the last."""
    of_a, of_b = sample(smoothed, case.couple, count, seed)
    assert ((of_a < 0) == (of_b < 0)).all()
    sa, sb = case.sizes
    return np.where(of_a < 0, sa * sb, of_a * sb + of_b)


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_histories_are_drawn_as_often_as_they_are_likely(seed: int) -> None:
    case, count = tiny(seed), 40_000
    states = drawn(case, smooth(case.evidence, case.couple), count, seed=11)
    weight = paths(seed)
    for first in range(DAYS - 1):
        pair = on_day(weight, first, first + 1)
        pair = np.add.reduceat(np.add.reduceat(pair, np.arange(26), axis=0), np.arange(26), axis=1)
        seen = np.zeros((26, 26))
        np.add.at(seen, (states[:, first], states[:, first + 1]), 1 / count)
        assert (np.abs(seen - pair) < 5 * np.sqrt(pair / count) + 2 / count).all()
        assert (seen[pair < 1e-12] == 0).all()


def test_a_day_on_which_every_history_is_away_together_is_drawn() -> None:
    case = tiny()
    absent = case.evidence.absent.copy()
    absent[2] += 500
    states = drawn(case, smooth(replace(case.evidence, absent=absent), case.couple), 200, seed=4)
    assert (states[:, 2] == case.sizes[0] * case.sizes[1]).all()
    assert len(np.unique(states[:, 1])) > 2


def test_the_seed_decides_what_is_drawn() -> None:
    case = tiny()
    smoothed = smooth(case.evidence, case.couple)
    one, same, other = (drawn(case, smoothed, 50, seed) for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()


def test_evidence_far_apart_in_size_does_no_harm() -> None:
    case = tiny()
    lifted = replace(
        case.evidence,
        a=case.evidence.a + 2000,
        b=case.evidence.b - 900,
        absent=case.evidence.absent + 1100,
    )
    plain, moved = smooth(case.evidence, case.couple), smooth(lifted, case.couple)
    assert moved.joint == pytest.approx(plain.joint, abs=1e-9)
    assert moved.log_likelihood == pytest.approx(plain.log_likelihood + 1100 * DAYS)


def test_moves_are_chances_and_withdrawing_lasts_its_least_days() -> None:
    shape = Shape(mood_grid(0.3), np.array([0.5, 0.2, 0.05]))
    moves = transitions(shape, 0.5, 0.04, 0.8)
    assert (shape.size, shape.engaged) == (7 + 3 * MINIMUM_STAY, 7)
    assert moves.step.sum(axis=1) == pytest.approx(1)
    assert moves.start.sum() == pytest.approx(1)
    begun = np.zeros(shape.size)
    begun[7::MINIMUM_STAY] = 1 / 3
    for _ in range(MINIMUM_STAY - 1):
        begun = begun @ moves.step
        assert begun[:7].sum() == 0
    assert (begun @ moves.step)[:7].sum() == pytest.approx(1 - 0.8)


def test_a_withdrawal_once_begun_lasts_as_long_as_its_chances_say() -> None:
    moves = transitions(Shape(mood_grid(0.3), np.array([0.3])), 0.5, 0.02, 0.75)
    state, mean, inside = np.zeros(10), 0.0, 1.0
    state[7] = 1
    for _ in range(400):
        mean += inside
        state = state @ moves.step
        state[:7] = 0
        inside = state.sum()
    assert mean == pytest.approx(MINIMUM_STAY + 0.75 / 0.25)


def test_the_depth_of_a_withdrawal_glides_to_the_next_once_its_first_days_are_over() -> None:
    moves = transitions(Shape(mood_grid(0.3), np.array([0.5, 0.2, 0.05])), 0.5, 0.02, 0.75)
    depths = moves.step[7:, 7:].reshape(3, MINIMUM_STAY, 3, MINIMUM_STAY)
    settled = depths[:, -1, :, -1]
    assert settled.sum(axis=1) == pytest.approx(0.75)
    assert np.diag(settled) == pytest.approx(0.75 * (1 - GLIDE))
    assert settled[0, 2] == settled[2, 0] == 0
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert (depths[one, :-1, other] == 0).all() and (depths[other, :-1, one] == 0).all()


def test_busy_days_come_now_and_then_and_seldom_twice() -> None:
    shape = Shape(mood_grid(0.3), np.array([0.3]), np.array([0.45, 0.2]))
    step = engaged_steps(shape, 0.5)
    assert step.sum(axis=1) == pytest.approx(1)
    assert shape.starts == pytest.approx([*np.exp(shape.moods), 0.45, 0.2])
    assert shape.answers == pytest.approx(shape.starts)
    assert step[:7, 7:].sum(axis=1) == pytest.approx(BUSY_ENTRY)
    assert step[7:, 7:].sum(axis=1) == pytest.approx(BUSY_STAY)
    assert transitions(shape, 0.5, 0.02, 0.8).step.sum(axis=1) == pytest.approx(1)


def test_only_beside_a_withdrawn_person_does_anyone_react_and_then_goes_on_with_it() -> None:
    shape = Shape(mood_grid(0.3), np.array([0.3]), np.array([0.4]), np.array([0.3, 2.0]))
    alone, beside = engaged_steps(shape, 0.5), engaged_steps(shape, 0.5, beside=True)
    assert alone.sum(axis=1) == pytest.approx(1)
    assert beside.sum(axis=1) == pytest.approx(1)
    assert shape.starts[-2:].tolist() == [0.3, 2.0]
    assert shape.answers[-2:].tolist() == [1.0, 1.0]
    assert (alone[:, 8:] == 0).all()
    assert beside[:7, 8:].sum(axis=1) == pytest.approx(REACT_ENTRY)
    assert np.diag(beside)[8:] == pytest.approx(REACT_STAY)
    moves = transitions(shape, 0.5, 0.02, 0.8)
    assert moves.start[8:10].tolist() == [0.0, 0.0]
    for step in (moves.step, moves.beside):
        assert step.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize("persistence", [0.0, 0.5, 0.9])
def test_moods_wander_around_the_middle_with_the_persistence_given(persistence: float) -> None:
    step = mood_steps(persistence)
    resting = stationary(step)
    assert step.sum(axis=1) == pytest.approx(1)
    assert resting @ step == pytest.approx(resting)
    assert resting == pytest.approx(resting[::-1])
    z = np.linspace(-2, 2, 7)
    correlation = (resting * z) @ step @ z / ((resting * z) @ z)
    assert correlation == pytest.approx(persistence, abs=0.1)


def test_moods_cover_two_standard_deviations() -> None:
    grid = mood_grid(0.3)
    assert (grid[0], grid[3], grid[-1]) == pytest.approx((-0.6, 0.0, 0.6))


def test_values_are_spread_over_the_days_of_the_least_stay() -> None:
    shape = Shape(np.array([-0.1, 0.1]), np.array([0.5, 0.2]))
    laid = shape.spread(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]))
    assert laid.tolist() == [[1, 2, 3, 3, 3, 4, 4, 4]]
