"""Fitting the dyad: summaries of records with a known spell, the bank, what is believed, and where couples stand."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
from validation.dyad_fit import packed

from ebbtide.simulator.fitting import bank, checks, network, posterior, prior, summaries
from ebbtide.simulator.fitting import days as by_day
from ebbtide.simulator.fitting.days import Days
from ebbtide.simulator.fitting.present import present
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.integrate import euler
from ebbtide.simulator.systems.system import Floats

A, B = 0, 1
LENGTH = 120


def record(quiet: tuple[slice, ...] = (), kept: float = 0.0, who: int = B, turns: float = 10.0) -> Days:
    """A steady record of two people, one of whom does only a share of the usual on some days."""
    made = np.full((2, LENGTH, 1), turns)
    for days in quiet:
        made[who, days] *= kept
    return Days(made, np.full_like(made, turns), np.ones(made.shape, bool))


def swapped(days: Days) -> Days:
    return Days(days.made[::-1], days.expected[::-1], days.known[::-1])


@cache
def couples() -> bank.Couples:
    """Made-up couples with records of 150 days."""
    return bank.made(150, np.random.default_rng(11), length=150)


def beliefs(days: Days) -> dict[str, posterior.Belief]:
    return posterior.fit(days, bank.packaged()).beliefs()


# Summaries


def test_a_spell_is_found_where_it_is_and_as_long_as_it_is() -> None:
    levels = summaries.levels_of(record((slice(30, 37), slice(80, 90))))
    assert summaries.spell_count(levels)[:, 0].tolist() == [0, 2]
    away = np.flatnonzero(levels.away[B, :, 0])
    assert {31, 35, 82, 88} <= set(away) <= set(range(28, 39)) | set(range(78, 92))
    assert levels.run[B, 85, 0] == pytest.approx(10, abs=2)


def test_a_day_alone_and_days_that_tell_nothing_are_no_spell() -> None:
    assert not summaries.levels_of(record((slice(30, 31),))).away.any()
    hidden = record((slice(30, 40),))
    known = hidden.known.copy()
    known[:, 28:42] = False
    assert not summaries.levels_of(Days(hidden.made, hidden.expected, known)).away.any()


def test_runs_are_counted_from_both_sides() -> None:
    inside = np.array([[[1], [1], [0], [1], [1], [1], [0]]], bool)
    assert summaries.run_lengths(inside)[0, :, 0].tolist() == [2, 2, 0, 3, 3, 3, 0]


def test_summaries_are_of_one_towards_the_other_and_do_not_depend_on_who_else_is_read() -> None:
    one, two = record((slice(30, 40),)), record((slice(60, 64),), who=A)
    both = Days(*(np.concatenate([getattr(d, f) for d in (one, two)], axis=2) for f in Days.__slots__))
    seen = summaries.summarised(both, summaries.levels_of(both), A)
    alone = summaries.summarised(one, summaries.levels_of(one), A)
    np.testing.assert_allclose(seen[:, :1], alone)
    turned = swapped(one)
    np.testing.assert_allclose(summaries.summarised(turned, summaries.levels_of(turned), B), alone)


# The prior and the bank


def test_the_prior_covers_the_plausible_ranges_of_the_dyad() -> None:
    low, high = prior.values(np.zeros((len(prior.ALL), 1))), prior.values(np.ones((len(prior.ALL), 1)))
    plausible = {p.name: p.plausible for p in DYAD.parameters}
    for name in prior.NAMES:
        assert (low[name][0], high[name][0]) == pytest.approx(plausible[name])
    assert prior.values(np.full((len(prior.ALL), 1), 0.5))["returning_a"][0] == pytest.approx((0.05 * 2) ** 0.5)


def test_couples_of_the_bank_have_a_spell_and_are_mostly_near() -> None:
    far = np.zeros((60, 15, 3))
    far[10:15, 2, 0] = 0.9  # two and a half days are no spell
    far[10:17, 3, 1] = 0.9
    far[:40, 2, 2] = 0.9  # away for two thirds of the time
    assert bank.fitting(far).tolist() == [False, True, False]


def test_the_packaged_bank_is_of_this_model_and_says_where_it_is_from() -> None:
    packed = bank.packaged()
    assert list(packed.provenance["order"]) == list(prior.ALL)
    assert packed.provenance["made_by"] == "python -m validation dyad-fit --build"
    assert packed.places.shape == (len(prior.ALL), 2 * packed.provenance["couples"])
    assert np.isfinite(packed.shown).all()
    # The network still guesses well from summaries as they are computed today.
    seen = bank.shown_by(packed.network, couples())
    i = prior.ALL.index("quieter")
    assert np.corrcoef(seen[i], couples().places[i])[0, 1] > 0.6


def test_a_bank_is_the_same_after_packing() -> None:
    small = bank.built(60, 40, 3, {"made_by": "a test"})
    again = bank.unpacked(packed(small))
    np.testing.assert_allclose(again.places, small.places, atol=1e-4)
    np.testing.assert_allclose(again.shown, small.shown, atol=4e-3)
    assert json.dumps(dict(again.provenance)) == json.dumps(dict(small.provenance))


def test_the_network_learns_what_follows_from_the_summaries_and_nothing_else() -> None:
    rng = np.random.default_rng(5)
    x = rng.standard_normal((6, 4000))
    y = np.stack([0.5 + 0.2 * np.tanh(x[0]), rng.random(4000)])
    guess = network.learned(x, y, rng)(x)
    assert np.corrcoef(guess[0], y[0])[0, 1] > 0.95
    assert abs(np.corrcoef(guess[1, :2000], y[1, :2000])[0, 1]) < 0.3


# What is believed


def test_who_is_called_a_does_not_matter() -> None:
    days = record((slice(20, 26), slice(50, 60), slice(90, 97)), 0.1)
    seen, turned = beliefs(days), beliefs(swapped(days))
    for name, belief in seen.items():
        twin = name[:-2] + {"_a": "_b", "_b": "_a"}[name[-2:]] if name[-2:] in ("_a", "_b") else name
        assert belief.median == pytest.approx(turned[twin].median, rel=1e-3)


def test_deeper_spells_speak_for_fewer_messages_at_a_distance() -> None:
    spells = (slice(20, 28), slice(60, 68))
    deep, shallow = beliefs(record(spells, 0.05))["quieter"], beliefs(record(spells, 0.45))["quieter"]
    assert deep.median > shallow.median + 0.5
    assert deep.spread_left < posterior.TOLD
    assert not deep.told  # from whole chats it comes out too low


def test_what_a_record_does_not_show_is_not_told() -> None:
    seen = beliefs(record((slice(20, 28), slice(60, 68)), 0.1))
    for name in ("pressing_a", "pressing_b"):
        assert not seen[name].told
        assert seen[name].spread_left > 0.8


def test_one_who_goes_on_as_usual_while_the_other_is_away_is_seen_to_and_not_told_from_chats() -> None:
    spells = (slice(15, 24), slice(45, 54), slice(75, 84), slice(100, 109))
    reached, left = record(spells, 0.1), record(spells, 0.1)
    for days in spells:
        reached.made[A, days] *= 3.0
    anxious, calm = beliefs(reached)["anxiety_a"], beliefs(left)["anxiety_a"]
    assert anxious.median > calm.median + 0.3
    assert calm.spread_left < posterior.TOLD
    assert not calm.told  # from whole chats it comes out too low


def test_intervals_hold_the_truth_nine_times_in_ten() -> None:
    seen = bank.shown_by(bank.packaged().network, couples())
    ranks = np.array(
        [
            (posterior.fitted(seen[:, i], bank.packaged()).places < couples().places[:, [i]]).mean(axis=1)
            for i in range(150)
        ]
    )[:, : len(prior.NAMES)]
    held = (np.abs(ranks - 0.5) < 0.45).mean(axis=0)
    assert (held > 0.82).all()
    assert 0.87 < held.mean() < 0.93


# Where they stand, and whether the model makes such records


def distance_now(days: Days) -> Floats:
    places = posterior.fit(days, bank.packaged(), 150).places
    return present(places, days, np.random.default_rng(3)).states[by_day.DISTANCE]


def test_who_is_quiet_at_the_end_is_away_now() -> None:
    spells = (slice(30, 38), slice(70, 76))
    gone = distance_now(record((*spells, slice(114, 120)), 0.05))
    back = distance_now(record(spells, 0.05))
    assert np.median(gone[B]) > 0.5 > 0.3 > np.median(back[B])
    assert np.median(gone[A]) < 0.4


def test_records_of_the_model_pass_its_checks() -> None:
    rng = np.random.default_rng(8)
    true = couples()
    failed = []
    for i in range(6):
        p = prior.full(prior.values(true.places[:, [i]]))
        days = by_day.written(p, by_day.lived(p, by_day.together(p, 1, rng), 150, rng), rng)
        found = checks.checks(np.repeat(true.places[:, [i]], 20, axis=1), days, rng)
        failed.append(sum(not c.passed for c in found))
    assert sum(failed) <= 4
    assert max(failed) < checks.TOO_MANY


def test_two_who_take_weeks_off_in_turn_are_unlike_the_model() -> None:
    days = record(tuple(slice(n, n + 7) for n in range(0, LENGTH - 7, 14)), 0.02)
    found = checks.checks(posterior.fit(days, bank.packaged()).places, days, np.random.default_rng(2))
    assert sum(not c.passed for c in found) >= checks.TOO_MANY


def test_steps_of_three_hours_follow_as_hourly_ones_do() -> None:
    p = prior.full(prior.values(couples().places))
    start = by_day.started(p, 150)
    coarse = by_day.lived(p, start, 60, np.random.default_rng(1))
    noise = DYAD.noise(p) if DYAD.noise else np.zeros(15)
    fine = euler(DYAD.field(p), start, 1 / 24, 60 * 24, noise, np.random.default_rng(2), every=12)[1:]
    for rows in (slice(2, 4), slice(4, 6), slice(14, 15)):
        assert coarse[:, rows].mean() == pytest.approx(fine[:, rows].mean(), abs=0.03)
