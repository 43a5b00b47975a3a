"""Rates put right for what is missed and mistaken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ebbtide.signals.moves import RATED, Model, model
from ebbtide.signals.rates import Counted, by_chance, corrected, difference, dispersion, log_ratio


def knowing(found: float, mistaken: float, sd: float = 0.0) -> Model:
    """The packaged model with other shares found and mistaken."""
    one = np.ones(len(RATED))
    return replace(model(), found=np.stack([found * one, sd * one]), mistaken=np.stack([mistaken * one, sd * one / 10]))


def test_a_count_of_mistakes_alone_is_no_move() -> None:
    assert corrected(1, 100, "pursuit", knowing(0.6, 0.01)).count == 0
    assert corrected(0, 100, "pursuit", knowing(0.6, 0.01)).count == 0


def test_what_is_missed_is_added() -> None:
    using = knowing(0.5, 0.0)
    rate = corrected(30, 100, "crisis", using)
    assert rate.share == pytest.approx(0.6)
    assert rate.count == 60


def test_no_share_leaves_what_is_possible() -> None:
    for taken in (0, 7, 10):
        rate = corrected(taken, 10, "pressing", knowing(0.6, 0.02, 0.1))
        assert 0 <= rate.low <= rate.share <= rate.high <= 1
    assert corrected(0, 0, "pressing").messages == 0


def test_the_interval_holds_the_truth_nine_times_in_ten() -> None:
    """Drawn messages of drawn authors, who differ as the model card's authors do."""
    rng = np.random.default_rng(4)
    found, mistaken, sd = 0.6, 0.02, 0.08
    using, held = knowing(found, mistaken, sd), 0
    for _ in range(600):
        true, messages = rng.uniform(0.02, 0.4), 400
        own_found = np.clip(rng.normal(found, sd), 0.05, 1)
        own_mistaken = np.clip(rng.normal(mistaken, sd / 10), 0, 1)
        makes = rng.binomial(messages, true)
        taken = rng.binomial(makes, own_found) + rng.binomial(messages - makes, own_mistaken)
        rate = corrected(taken, messages, "pursuit", using)
        held += rate.low <= makes / messages <= rate.high
    assert 0.86 <= held / 600 <= 0.97


def test_the_packaged_model_knows_its_rates() -> None:
    using = model()
    assert ((using.found > 0) & (using.found < 1)).all()
    assert corrected(0, 1000, "pressing").count == 0


# How much more often than usual.


def test_the_interval_of_a_log_ratio_holds_the_truth_nine_times_in_ten() -> None:
    """Drawn messages of drawn authors, who differ in what the model finds and mistakes, then and now alike."""
    rng = np.random.default_rng(8)
    found, mistaken, sd = 0.6, 0.02, 0.08
    using, held = knowing(found, mistaken, sd), 0
    for _ in range(500):
        before, change = rng.uniform(0.03, 0.3), rng.normal(0, 1)
        late = min(before * np.exp(change), 0.9)
        own_found = np.clip(rng.normal(found, sd), 0.05, 1)
        own_mistaken = np.clip(rng.normal(mistaken, sd / 10), 0, 1)
        seen = []
        for rate, messages in ((late, 120), (before, 900)):
            makes = rng.binomial(messages, rate)
            taken = rng.binomial(makes, own_found) + rng.binomial(messages - makes, own_mistaken)
            seen.append(Counted(taken, messages, messages))
        ratio = log_ratio(seen[0], seen[1], ["pursuit"], using=using)
        assert ratio is not None
        held += ratio.low <= np.log(late / before) <= ratio.high
    assert 0.86 <= held / 500 <= 0.97


def test_mistakes_alone_are_no_change() -> None:
    """As many seem to make the move as the model mistakes, then and now: the ratio could be anything."""
    ratio = log_ratio(Counted(4, 200, 200), Counted(20, 1000, 1000), ["pursuit"], using=knowing(0.6, 0.02, 0.05))
    assert ratio is not None and ratio.low < -1 < 1 < ratio.high


def test_without_correction_a_fall_would_look_smaller_than_it_is() -> None:
    late, usual = Counted(12, 300, 300), Counted(90, 900, 900)
    put_right, as_counted = log_ratio(late, usual, ["pursuit"], using=knowing(0.6, 0.02)), log_ratio(late, usual, [])
    assert put_right is not None and as_counted is not None
    assert as_counted.change == pytest.approx(np.log(0.4), abs=0.12)
    assert put_right.change < as_counted.change - 0.2


def test_the_opposite_is_the_opposite_and_no_chances_tell_nothing() -> None:
    ratio = log_ratio(Counted(30, 100, 100), Counted(100, 1000, 1000), [])
    assert ratio is not None
    back = ratio.reversed()
    assert (back.change, back.low, back.high) == (-ratio.change, -ratio.high, -ratio.low)
    assert log_ratio(Counted(0, 0, 0), Counted(10, 100, 100), []) is None
    assert log_ratio(Counted(1, 10, 10), Counted(0, 0, 0), []) is None


def test_nothing_of_late_is_a_fall_and_no_infinite_one() -> None:
    none = log_ratio(Counted(0, 60, 60), Counted(200, 1000, 1000), [])
    assert none is not None and -7 < none.low < none.change < none.high < -1


def test_one_whose_stretches_vary_has_changed_less_surely() -> None:
    even, uneven = np.full(8, 10.0), np.array([2.0, 25.0, 1.0, 14.0, 3.0, 20.0, 5.0, 10.0])
    expected = np.full(8, 10.0)
    assert 1 <= dispersion(even, expected) < 1.4 < 3 < dispersion(uneven, expected)
    calm, wild = (log_ratio(Counted(5, 50, 50), Counted(200, 1000, 1000), [], d) for d in (1.0, 5.0))
    assert calm is not None and wild is not None
    assert wild.high - wild.low > calm.high - calm.low


def test_the_difference_of_two_shares_holds_its_range_at_the_level_asked_for() -> None:
    """Of many made-up pairs of counts with known shares, the interval holds the true difference about as often."""
    rng = np.random.default_rng(7)
    held = {0.9: 0, 0.98: 0}
    for _ in range(400):
        one, other = int(rng.binomial(30, 0.3)), int(rng.binomial(45, 0.15))
        for level in held:
            found = difference((one, 30), (other, 45), level)
            assert found is not None
            assert found.low <= found.change <= found.high
            held[level] += found.low <= 0.15 <= found.high
    assert held[0.9] / 400 == pytest.approx(0.9, abs=0.04)
    assert held[0.98] / 400 > 0.95
    assert difference((0, 0), (1, 2)) is None


def test_counts_that_chance_makes_often_are_told_from_those_it_does_not() -> None:
    assert by_chance((1, 5), (0, 35)) == pytest.approx(5 / 40)
    assert by_chance((5, 5), (0, 35)) < 1e-5
    assert by_chance((2, 5), (14, 35)) == pytest.approx(1)
