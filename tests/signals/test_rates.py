"""Rates put right for what is missed and mistaken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ebbtide.signals.moves import RATED, Model, model
from ebbtide.signals.rates import corrected


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
