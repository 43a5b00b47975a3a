"""Manner: how full turns are and how words are, as witnesses of withdrawal."""

from __future__ import annotations

import numpy as np
import pytest

from ebbtide.models.manner import (
    COOLER,
    CURTER,
    MOST_COOL,
    TONE_TEMPER,
    USUALLY_CURT,
    USUALLY_OPEN,
    Tone,
    coolness,
    flatness,
)
from ebbtide.signals.fullness import Fullness
from ebbtide.signals.stream import Floats


def steady(days: int, extras: Floats, length: Floats) -> Fullness:
    """Ten turns and fifteen texts a day with these extra messages and mean log lengths."""
    return Fullness(np.full(days, 10.0), extras, np.full(days, 15.0), length)


def test_thin_and_short_turns_speak_for_withdrawal_and_full_ones_mildly_against() -> None:
    rng = np.random.default_rng(9)
    extras, length = rng.poisson(15, 40).astype(float), rng.normal(3.5, 0.1, 40)
    extras[[5, 6]], length[[5, 7]] = 3.0, 2.6
    found = flatness(steady(40, extras, length), np.ones(40))
    calm = np.delete(found, [5, 6, 7])
    assert found[5] > found[6] > 0.3
    assert found[7] > 0.3
    assert (calm < 0.3).all()
    assert calm.min() > 2 * 0.6 * np.log(1 / 3)  # each witness stands for three cases at most, and is not fully trusted


def test_days_without_a_turn_say_nothing_about_fullness() -> None:
    turns, extras = np.array([0.0, 4.0, 4.0]), np.array([0.0, 3.0, 5.0])
    found = flatness(Fullness(turns, extras, np.array([0.0, 5.0, 0.0]), np.array([0.0, 3.0, 0.0])), np.ones(3))
    assert found[0] == 0
    assert (found[1:] != 0).all()


def wrote(texts: float, days: int = 60) -> Tone:
    """So many messages on each day, one in forty curt and one in eight open."""
    return Tone(np.full(days, texts), np.full(days, texts / 40), np.full(days, texts / 8))


def test_curt_words_speak_for_withdrawal_and_open_ones_against() -> None:
    tone = wrote(8.0)
    tone.curt[5], tone.open[6], tone.open[7] = 3.0, 4.0, 0.0
    found = coolness(tone, np.ones(60))
    assert found[5] > 0.5 > 0 > found[8]
    assert found[6] < found[8] < found[7]


def test_a_day_says_by_the_odds_of_its_words_what_each_change_makes_of_them() -> None:
    tone = Tone(np.array([10.0]), np.array([2.0]), np.array([0.0]))
    usual = {"curt": USUALLY_CURT, "open": USUALLY_OPEN}
    made = {"curt": 2.0, "open": 0.0}
    by_hand = 0.0
    for kind, changes in (("curt", CURTER), ("open", COOLER)):
        share = usual[kind]
        ratios = []
        for times in changes:
            changed = times * share / (1 - share + times * share)
            ratios.append((changed / share) ** made[kind] * ((1 - changed) / (1 - share)) ** (10 - made[kind]))
        by_hand += np.log(np.mean(ratios))
    assert coolness(tone, np.zeros(1)) == pytest.approx(TONE_TEMPER * by_hand)


def test_who_is_always_short_has_withdrawn_no_more_than_others() -> None:
    dry = Tone(np.full(60, 8.0), np.full(60, 4.0), np.full(60, 0.2))
    found = coolness(dry, np.ones(60))
    assert (found < 0).all()
    assert (found > -1).all()


def test_one_quarrel_counts_for_no_more_than_a_day_may() -> None:
    tone = wrote(40.0)
    tone.curt[9] = 30.0
    found = coolness(tone, np.ones(60))
    assert found[9] == MOST_COOL
    assert np.delete(found, 9).max() < 0.5


def test_days_without_readable_words_say_nothing_by_them() -> None:
    none: Floats = np.zeros(30)
    assert not coolness(Tone(none, none, none), np.ones(30)).any()
