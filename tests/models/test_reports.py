"""Check-ins as evidence: what one diary says by itself, and what it does beside the messages."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from ebbtide.models.engagement import Engagement, fit_engagement
from ebbtide.models.reports import ABOVE, USUAL, Reports, middle_answer, report_odds, usual_answers
from ebbtide.signals.stream import Floats, Stream
from tests.talks import flow

DAYS, QUIET = 80, range(40, 49)


def diary(noted: float | None, *, items: int = 2) -> Floats:
    """Answers of days 20 to 59 about one person: 0 and now and then 1, and `noted` on the quiet days."""
    value = np.full((items, DAYS), np.nan)
    value[:, 20:60] = 0
    value[:, 20:60:3] = 1
    value[:, QUIET.start : QUIET.stop] = np.nan if noted is None else noted
    return value


def odds(noted: float | None, items: int = 2) -> Floats:
    return report_odds(diary(noted, items=items), np.ones(DAYS))[QUIET.start : QUIET.stop]


# One diary by itself.


def test_days_without_an_answer_say_nothing() -> None:
    assert (report_odds(np.full((3, 9), np.nan), np.ones(9)) == 0).all()
    assert (report_odds(np.full((0, 9), np.nan), np.ones(9)) == 0).all()
    assert (odds(None) == 0).all()
    all_days = report_odds(diary(3), np.ones(DAYS))
    assert (all_days[:20] == 0).all() and (all_days[60:] == 0).all()
    assert (all_days[20:60] != 0).all()


def test_a_missing_answer_is_not_a_nought() -> None:
    assert (odds(0) < 0).all()
    assert (odds(None) == 0).all()


def test_the_further_above_the_usual_the_more_is_said_and_never_much() -> None:
    by_answer = [float(odds(v)[0]) for v in (0, 1, 2, 3, 4)]
    assert by_answer == sorted(by_answer)
    assert by_answer[0] < 0 < by_answer[2]
    assert by_answer[0] > np.log(1 / len(ABOVE))
    assert by_answer[4] < np.log(4)


def test_several_items_that_agree_say_more_than_one() -> None:
    assert odds(2, items=6)[0] > odds(2, items=1)[0]


def test_who_always_answers_high_says_nothing_by_it() -> None:
    always = np.full((2, 60), 4.0)
    assert np.abs(report_odds(always, np.ones(60))).max() < 0.35
    once = always.copy()
    once[:, :40] = 1
    assert report_odds(once, np.ones(60))[40:].min() > 0.3


def test_a_diary_begun_inside_a_spell_is_held_against_what_anyone_answers() -> None:
    """The messages say that these days are not the usual ones."""
    inside = np.full((2, 60), np.nan)
    inside[:, 50:] = 3
    weight = np.where(np.arange(60) >= 50, 0.02, 1.0)
    assert report_odds(inside, weight)[50:].min() > 0.3
    assert report_odds(inside, np.ones(60))[50:].max() < report_odds(inside, weight)[50:].min()


def test_the_usual_is_a_mean_that_a_spell_does_not_move_far() -> None:
    value = np.array([[0.0] * 30 + [4.0] * 8, [2.0] * 38])
    usual, _ = usual_answers(value, np.ones_like(value))
    assert usual[0] == pytest.approx((8 * 1 + 3 * USUAL) / (38 + 3))
    assert usual[1] == pytest.approx((38 * 2 + 3 * USUAL) / (38 + 3))
    nothing, spread = usual_answers(np.full((1, 5), np.nan), np.zeros((1, 5)))
    assert nothing.tolist() == [USUAL]
    assert spread == pytest.approx(0.64)


def test_the_middle_answer_counts_weights() -> None:
    value = np.array([4.0, 0.0, 1.0, np.nan])
    assert middle_answer(value, np.array([1.0, 1.0, 1.0, 0.0])) == 1
    assert middle_answer(value, np.array([5.0, 1.0, 1.0, 0.0])) == 4
    assert middle_answer(value, np.zeros(4)) == USUAL


def moody(rng: np.random.Generator, items: int, mood: float) -> Floats:
    """Sixty days of answers by someone whose own mood wanders for days, about a person as usual; a fifth missing."""
    state = np.zeros(60)
    for d in range(1, 60):
        state[d] = 0.7 * state[d - 1] + np.sqrt(1 - 0.49) * mood * rng.normal()
    usual = np.clip(rng.normal(0.6, 0.6, items), 0, 3)
    value = np.clip(np.round(usual[:, None] + state + 0.9 * rng.normal(size=(items, 60))), 0, 4)
    value[:, rng.random(60) < 0.2] = np.nan
    return value


@pytest.mark.parametrize("items", [1, 3, 8])
def test_a_week_of_a_moody_diary_hardly_ever_misleads(items: int) -> None:
    """Over true nothing, the odds of a week are misleading by twenty far more rarely than one time in twenty."""
    rng = np.random.default_rng(items)
    weeks = np.array([report_odds(moody(rng, items, 0.6), np.ones(60))[40:47].sum() for _ in range(300)])
    assert np.mean(weeks > np.log(20)) <= 0.01
    assert np.exp(weeks).mean() < 1.25


# Beside the messages.


@cache
def talk(keep: float) -> Stream:
    """Two who write about ten times a day; on the quiet days b starts and answers `keep` times as often."""
    rng = np.random.default_rng(1)
    lines: list[tuple[float, str]] = []
    for d in range(DAYS):
        less = keep if d in QUIET else 1.0
        for h in range(9, 23):
            if rng.random() < 0.35:
                at = 24.0 * d + h + 0.5 * rng.random()
                lines.append((at, "a"))
                if rng.random() < 0.7 * less:
                    lines.append((at + 0.1 + 0.2 * rng.random(), "b"))
            if rng.random() < 0.12 * less:
                lines.append((24.0 * d + h + 0.8 + 0.1 * rng.random(), "b"))
    return flow(sorted(lines), until=24.0 * DAYS)


@cache
def fitted(keep: float, noted: float | None = None, *, person: int = 1, diary_kept: bool = True) -> Engagement:
    seen = talk(keep)
    if not diary_kept:
        return fit_engagement(seen, seed=1)
    value = np.full((2, 2, seen.days), np.nan)
    value[person, :, :DAYS] = diary(noted)
    return fit_engagement(seen, seed=1, reports=Reports(value))


def inside(found: Engagement, person: int = 1) -> Floats:
    return found.people[person].withdrawn[QUIET.start + 1 : QUIET.stop - 1]


def test_a_spell_too_shallow_for_messages_alone_is_seen_with_check_ins() -> None:
    assert inside(fitted(0.6, diary_kept=False)).max() < 0.3
    assert inside(fitted(0.6, 3)).min() > 0.8
    assert fitted(0.6, 3).people[0].withdrawn.max() < 0.2


def test_check_ins_say_nothing_about_the_other_person() -> None:
    assert inside(fitted(0.6, 3, person=0)).max() < 0.3


def test_check_ins_that_see_nothing_do_not_erase_a_deep_silence() -> None:
    assert inside(fitted(0.0, diary_kept=False)).min() > 0.95
    assert inside(fitted(0.0, 0)).min() > 0.95


def test_check_ins_that_see_nothing_speak_against_a_shallow_spell() -> None:
    assert inside(fitted(0.5, 0)).max() < inside(fitted(0.5, diary_kept=False)).min()


def test_a_diary_with_the_days_in_question_missing_changes_little() -> None:
    without, missing = (inside(fitted(0.6, **how)) for how in ({"diary_kept": False}, {"noted": None}))
    assert missing == pytest.approx(without, abs=0.1)


def test_no_check_ins_and_none_answered_are_the_same_to_the_last_digit() -> None:
    seen = talk(0.6)
    empty = fit_engagement(seen, seed=1, reports=Reports(np.full((2, 16, seen.days), np.nan)))
    none = fitted(0.6, diary_kept=False)
    assert empty.log_likelihood == none.log_likelihood
    for k in (0, 1):
        assert (empty.people[k].withdrawn == none.people[k].withdrawn).all()
        assert (empty.draws[k] == none.draws[k]).all()
