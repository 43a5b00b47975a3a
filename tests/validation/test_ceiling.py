"""The reader who knows the law: what it is told is true, and it reads courses back."""

from __future__ import annotations

import numpy as np
import pytest
from validation.ceiling import (
    EDGES,
    STEPS_A_DAY,
    Asked,
    Person,
    Told,
    away,
    drawn,
    law,
    levels,
    likelihood,
    named,
    told,
)

DAYS = 60


def course() -> np.ndarray:
    """As usual, but for ten days at a fifth."""
    share = np.full(DAYS * STEPS_A_DAY, 1.0)
    share[20 * STEPS_A_DAY : 30 * STEPS_A_DAY] = 0.2
    return share


def written(share: np.ndarray, rng: np.random.Generator) -> Person:
    """What somebody with this course did: two turns a step as usual, and nine in ten turns answered."""
    steps = len(share)
    asked = tuple(Asked(i, (0.9,), bool(rng.random() < 0.9 * share[i])) for i in range(steps))
    spoke = rng.binomial(4, share)
    told = np.array([4 - spoke, spoke], float)
    expected = np.full(steps, 2.0)
    return Person(share, rng.poisson(2.0 * share).astype(float), expected, told, (), asked, 0.2)


def test_the_likelihood_is_highest_near_what_is_true():
    shares = np.array([0.1, 0.2, 0.4, 0.7, 1.0])
    who = written(np.full(400, 0.4), np.random.default_rng(1))
    assert likelihood(who, shares).sum(axis=0)[2].argmax() == 2


def test_a_course_is_read_back_from_what_was_done():
    share = course()
    by = law([share, np.roll(share, 60), np.roll(share, -60)])
    assert np.allclose(by.following.sum(axis=2), 1)
    who = written(share, np.random.default_rng(2))
    inside = np.mean([away(c) for c in drawn(likelihood(who, by.shares), by, np.random.default_rng(3))], axis=0)
    none = np.zeros_like(inside)
    found = named(Told((who, who), ((0, 20.0, 30.0),), float(DAYS)), (inside, none), 0.5)
    assert (found.tp, found.fp, found.fn) == (1, 0, 0)


def test_what_stays_short_or_shallow_is_no_episode():
    share = course()
    assert away(share).sum() == 10 * STEPS_A_DAY
    assert not away(np.where(share < 1, 0.4, 1.0)).any()
    share[22 * STEPS_A_DAY : 30 * STEPS_A_DAY] = 1.0
    assert not away(share).any()


def test_levels_hold_every_share():
    assert levels(np.array([1e-9, 0.2, 1.0, 1.3])).tolist() == [0, 3, len(EDGES) - 2, len(EDGES) - 2]


def test_it_is_told_what_made_the_couple():
    couple = told(("dyad/fading", 1))
    assert min(who.share.min() for who in couple.people) < 0.5
    for who in couple.people:
        expected = float((who.expected * who.share).sum())
        assert who.begun.sum() == pytest.approx(expected, rel=0.35)  # moods are not told
        chance = sum(1 - np.prod([1 - c * who.share[a.step] for c in a.chances]) for a in who.asked)
        assert sum(a.answered for a in who.asked) == pytest.approx(chance, rel=0.15)
