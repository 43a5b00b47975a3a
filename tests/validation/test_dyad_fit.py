"""The proof of the fit: ranks are even where belief is right and uneven where it is not; chats are of their couples."""

from __future__ import annotations

import numpy as np
import pytest
from validation.dyad_fit import Ranks

from ebbtide.simulator.fitting import bank, prior
from validation import dyad_fit


def test_ranks_show_belief_that_is_right_too_sure_or_shifted() -> None:
    rng = np.random.default_rng(1)
    none = np.zeros(500)
    fine = Ranks("fine", rng.random(500), none, none)
    assert min(fine.chi_square, fine.kolmogorov) > 0.01
    assert fine.held == pytest.approx(0.9, abs=0.04)
    sure = Ranks("too sure", rng.beta(0.4, 0.4, 500), none, none)
    assert sure.chi_square < 1e-6 and sure.held < 0.8
    assert Ranks("shifted", rng.beta(2, 1, 500), none, none).kolmogorov < 1e-6


def test_a_chat_has_the_messages_of_its_couple_by_the_hour() -> None:
    rng = np.random.default_rng(2)
    places, rows = dyad_fit.fitting_couple(60, rng)
    assert places.shape == (len(prior.ALL), 1)
    p = prior.full(prior.values(places))
    talk = dyad_fit.chat(p, rows[: 60 * 24], rng)
    first, last = talk.coverage[0]
    assert (last - first).days == 60
    assert talk.events.height > 100
    assert bank.fitting(rows[: 60 * 24 : 12])[0]


def test_a_parameter_seldom_told_is_not_claimed() -> None:
    ranks = [Ranks("x", np.linspace(0, 1, 50), np.full(50, 0.95), np.zeros(50, bool))]
    assert "cannot tell" in dyad_fit.told_table(ranks)[-1]
