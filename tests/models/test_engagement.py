"""Engagement: the likelihoods against other code, and made-up couples whose truth is clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache

import numpy as np
import pytest
from scipy.stats import nbinom
from validation.couples import Known, other

from ebbtide.models.chain import Shape, Transitions, mood_grid
from ebbtide.models.counts import count_likelihood
from ebbtide.models.engagement import (
    ASKED_DAYS,
    ASKED_THEN_TOGETHER,
    ENTRY,
    ENTRY_DAYS,
    LONG_ENTRY,
    MOST_ABSENT,
    MOST_TOLD,
    SHARES,
    SHORT_ENTRY,
    SLACK,
    SLACK_ENTRY,
    TOGETHER,
    Engagement,
    Temper,
    absences,
    chain_likelihoods,
    entry_rates,
    fit_engagement,
    kept,
    marginals,
    middle,
    nothing_said,
    opening_odds,
)
from ebbtide.signals.stream import Floats, Stream, stream
from ebbtide.simulator import Couple, make_couple
from tests.talks import flow


@cache
def couple(kind: str, seed: int) -> tuple[Couple, Stream, Engagement]:
    """A made-up couple of ten weeks, as a stream and as the model sees it, without a word read."""
    made = make_couple(seed, kind=kind, days=70, words=False)
    seen = stream(made.conversation, made.conversation.coverage[-1][1])
    return made, seen, fit_engagement(seen, seed=1)


def true_days(made: Couple, seen: Stream, person: str) -> list[int]:
    """The whole days that this person spent withdrawn."""
    first = datetime.combine(seen.first_day, datetime.min.time())
    own = [e for e in made.episodes if e.person == person]
    spans = [((e.start - first).days, (e.end - first).days if e.end else seen.days) for e in own]
    return [d for start, stop in spans for d in range(start, stop)]


def raw_share(seen: Stream, person: int, days: list[int]) -> float:
    """Messages a day of a person on these days over those on all others."""
    count = np.bincount(seen.day_of(seen.at[seen.who == person]), minlength=seen.days)[1:-1]
    inside = np.isin(np.arange(1, seen.days - 1), days)
    return float(count[inside].mean() / count[~inside].mean())


@pytest.mark.parametrize(
    ("kind", "seed", "person"),
    [("busy", 15, "b"), ("swapped", 32, "b"), ("swapped", 32, "a")],
)
def test_a_deep_withdrawal_is_found_in_the_right_person_to_the_day(kind: str, seed: int, person: str) -> None:
    made, seen, found = couple(kind, seed)
    true = true_days(made, seen, person)
    assert len(true) >= 9
    withdrawn = found.people["ab".index(person)].withdrawn
    assert len(set(np.flatnonzero(withdrawn > 0.5).tolist()) ^ set(true)) <= 2
    assert withdrawn[true[2:-2]].min() > 0.9


@cache
def by_other_hands() -> tuple[Known, Stream, Engagement]:
    """Two people of a rival's law, who write much and both withdraw once for ten days and more."""
    made = other("dense", 10)
    seen = stream(made.talk, made.now)
    return made, seen, fit_engagement(seen, seed=1)


def test_the_partner_who_also_writes_less_is_not_blamed() -> None:
    """In both withdrawals the other's messages fall to less than a half too: there was little to answer."""
    made, seen, found = by_other_hands()
    long = [(who, range(round(a), round(b))) for who, a, b in made.true if b is not None and b - a >= 9]
    assert {who for who, _ in long} == {0, 1}
    for who, days in long:
        inside = list(days)
        assert raw_share(seen, 1 - who, inside) < 0.5
        assert found.people[who].withdrawn[inside[1:-1]].min() > 0.95
        assert found.people[1 - who].withdrawn[inside].max() < 0.3


def test_less_to_answer_lowers_what_is_expected_in_answers() -> None:
    made, seen, found = by_other_hands()
    who, first, last = next(t for t in made.true if t[0] == 1 and t[2] is not None and t[2] - t[1] >= 9)
    inside = np.isin(np.arange(seen.days), np.arange(round(first) + 1, round(last or 0) - 1))
    expected = found.people[1 - who].usual.answers
    assert expected[inside].mean() < 0.5 * expected[~inside][2:-2].mean()


def test_the_share_kept_is_near_what_was_planted() -> None:
    made, seen, found = couple("busy", 15)
    (episode,) = made.episodes
    share = found.people[1].share[true_days(made, seen, "b")].mean()
    assert share == pytest.approx(1 - episode.depth, abs=0.12)


@pytest.mark.parametrize(
    ("kind", "seed", "decoys"),
    [
        ("none", 21, {"weekend_together", "busy_day"}),
        ("none", 3, {"weekend_together", "holiday"}),
        ("distance", 4, {"night_shift", "busy_day"}),
    ],
)
def test_weekends_together_holidays_busy_days_and_night_shifts_are_no_withdrawal(
    kind: str, seed: int, decoys: set[str]
) -> None:
    made, _, found = couple(kind, seed)
    assert not made.episodes
    assert decoys <= {d.kind for d in made.decoys}
    for person in found.people:
        assert person.withdrawn.max() < 0.5


def test_an_absence_together_is_seen_as_one() -> None:
    made, seen, found = couple("none", 21)
    away = next(d for d in made.decoys if d.kind == "weekend_together")
    saturday = next(d for d in range(seen.days) if seen.date_of(d) > away.start.date())
    assert found.absent[saturday] > 0.3
    assert found.absent[saturday] > 5 * np.median(found.absent)


def test_drawn_histories_agree_with_the_days_they_are_drawn_from() -> None:
    _, seen, found = couple("swapped", 32)
    for person, draws in zip(found.people, found.draws, strict=True):
        assert draws.shape == (200, seen.days)
        withdrawn = draws < 1
        assert withdrawn.mean(axis=0) == pytest.approx(person.withdrawn, abs=4 * 0.5 / np.sqrt(200))
        assert set(np.unique(draws)) <= {*SHARES.tolist(), 1.0}
        for history in withdrawn.astype(np.float64):
            edges = np.flatnonzero(np.diff(np.concatenate([[0.0], history, [0.0]])))
            for begin, stop in edges.reshape(-1, 2):
                assert stop - begin >= 3 or begin == 0 or stop == seen.days


def test_on_the_last_day_all_days_are_the_days_so_far() -> None:
    _, _, found = couple("swapped", 32)
    for person in found.people:
        assert person.withdrawn[-1] == pytest.approx(person.online[-1], abs=1e-9)
        assert person.online == pytest.approx(np.clip(person.online, 0, 1))


def test_the_seed_draws_histories_and_nothing_else() -> None:
    _, seen, found = couple("swapped", 32)
    same, other = (fit_engagement(seen, seed=s) for s in (1, 2))
    assert same.log_likelihood == found.log_likelihood == other.log_likelihood
    for k in (0, 1):
        assert (same.draws[k] == found.draws[k]).all()
        assert (other.people[k].withdrawn == found.people[k].withdrawn).all()
    assert any((other.draws[k] != found.draws[k]).any() for k in (0, 1))


def evening_talk(days: int, quiet: range) -> Stream:
    """Two who talk every evening at eight; on the quiet days b writes nothing and a writes once, unanswered."""
    lines: list[tuple[float, str]] = []
    for day in range(days):
        at = 24.0 * day + 20 + 0.3 * np.sin(5 * day)
        if day in quiet:
            lines.append((at, "a"))
        else:
            lines += [(at + 0.2 * i, "ab"[(i + day) % 2]) for i in range(6)]
    return flow(lines, until=24.0 * days)


def test_one_who_has_nothing_to_answer_is_expected_to_answer_nothing() -> None:
    seen = evening_talk(60, range(30, 40))
    found = fit_engagement(seen, seed=1)
    of_a, of_b = found.people
    assert of_a.usual.answers[31:40].max() < 0.02 * of_a.usual.answers[:30].mean()
    assert of_b.usual.answers[31:40].min() > 0.3
    assert of_b.withdrawn[31:39].min() > 0.9
    assert of_a.withdrawn.max() < 0.3


def test_what_is_expected_of_a_person_does_not_fall_with_the_persons_own_silence() -> None:
    """However long b says nothing, no less is expected of b on the last of these days than on the first."""
    found = fit_engagement(evening_talk(70, range(30, 50)), seed=1)
    usual = found.people[1].usual
    early, late = usual.answers[31:35].mean(), usual.answers[46:50].mean()
    assert late > 0.85 * early


def test_counts_are_likely_as_the_negative_binomial_says() -> None:
    made, usual, factors = np.array([0.0, 3.0, 11.0]), np.array([2.5, 2.5, 0.4]), np.array([0.2, 1.0, 1.7])
    for shape in (0.8, 25.0):
        found = count_likelihood(made, usual, factors, shape)
        mean = usual[:, None] * factors
        assert found == pytest.approx(nbinom.logpmf(made[:, None], shape, shape / (shape + mean)))
    by_day = np.array([0.5, 2.0, 8.0])
    found = count_likelihood(made, usual, np.ones(1), by_day)[:, 0]
    assert found == pytest.approx(nbinom.logpmf(made, by_day, by_day / (by_day + usual)))


def test_one_persons_chain_adds_up_every_path() -> None:
    rng = np.random.default_rng(7)
    shape = Shape(mood_grid(0.3, 2), np.array([0.3]))
    tables = rng.normal(0, 2, (2, 4, 5))
    steps = rng.dirichlet(np.ones(5), (2, 5))
    moves = [Transitions(step, step, rng.dirichlet(np.ones(5))) for step in steps]
    assert shape.size == 5
    for g, total in enumerate(chain_likelihoods(tables, moves)):
        weight = moves[g].start * np.exp(tables[g, 0])
        for day in range(1, 4):
            weight = weight[..., None] * moves[g].step * np.exp(tables[g, day])
        assert total == pytest.approx(np.log(weight.sum()))


def test_withdrawal_and_the_share_kept_are_sums_over_the_states_of_both() -> None:
    size = 2 + 3 * SHARES.size
    joint = np.random.default_rng(8).dirichlet(np.ones(size * size), 3).reshape(3, size, size)
    of_a, of_b = marginals(joint, (2, 2))
    share_a, share_b = kept(joint, (2, 2))
    for d in range(3):
        assert of_a[d] == pytest.approx(sum(joint[d, i, j] for i in range(2, size) for j in range(size)))
        assert of_b[d] == pytest.approx(sum(joint[d, i, j] for i in range(size) for j in range(2, size)))
        state = [joint[d, i].sum() for i in range(2, size)]
        assert share_a[d] == pytest.approx(sum(p * SHARES[i // 3] for i, p in enumerate(state)) / sum(state))
        state = [joint[d, :, j].sum() for j in range(2, size)]
        assert share_b[d] == pytest.approx(sum(p * SHARES[j // 3] for j, p in enumerate(state)) / sum(state))


def test_absences_begin_before_weekends_and_where_they_are_spoken_of() -> None:
    seen = flow([(0.0, "a"), (24.0 * 13, "b")])
    assert seen.first_day.weekday() == 0
    spoken = np.ones(14)
    spoken[[2, 4, 8]] = 2.0, 50.0, 0.3
    plain, told = (
        by_length(absences(seen, replace(nothing_said(14), together=said)).entry) for said in (np.ones(14), spoken)
    )
    assert plain[:, 0] == pytest.approx([*SHORT_ENTRY, *SHORT_ENTRY])
    assert plain[:, 1] == pytest.approx([LONG_ENTRY] * 14)
    assert plain[:, 2] == pytest.approx([SLACK_ENTRY] * 14)
    ratio = told / plain
    assert ratio[2] == pytest.approx([2, 2, 1])
    assert ratio[8] == pytest.approx([0.3, 0.3, 1])
    assert np.delete(ratio, [2, 4, 8], axis=0) == pytest.approx(1)
    # However clear the words, some chance is left that nobody goes anywhere.
    assert ratio[4, 0] == ratio[4, 1] <= MOST_TOLD
    assert told[4, :2].sum() == pytest.approx(MOST_ABSENT)


def test_nobody_goes_away_with_the_other_just_after_room_was_asked_for() -> None:
    seen = flow([(0.0, "a"), (24.0 * 13, "b")])
    space = np.zeros((2, 14))
    space[1, 5] = 1
    plain, asked = (by_length(absences(seen, replace(nothing_said(14), space=s)).entry) for s in (0 * space, space))
    after = slice(5, 5 + ASKED_DAYS)
    assert asked[after] == pytest.approx(plain[after] * ASKED_THEN_TOGETHER)
    assert np.delete(asked, after, axis=0) == pytest.approx(np.delete(plain, after, axis=0))


def by_length(entry: Floats) -> Floats:
    """Chances of short and long absences and of slack times, whatever is kept in them, (D, 3)."""
    edges = np.cumsum([0, len(TOGETHER), len(TOGETHER)])
    assert entry.shape[1] == 2 * len(TOGETHER) + len(SLACK)
    return np.asarray(np.add.reduceat(entry, edges, axis=1))


def test_what_a_short_record_leaves_open_counts_as_half_known() -> None:
    grid = [Temper(0.1, 0.2, 4.0, 10.0), Temper(0.5, 0.8, 4.0, 40.0)]
    found = middle(grid, np.array([0.5, 0.5]))
    assert found.spread == pytest.approx(np.sqrt(0.13))
    assert (found.persistence, found.shape, found.answer_shape) == pytest.approx((0.5, 4.0, 16.0))
    assert middle(grid, np.array([0.0, 1.0])) == grid[1]


def evenings_with_space_given(days: int, quiet: range) -> Stream:
    """Two who talk every evening; on the quiet days b writes nothing, and a only every third day instead of daily."""
    lines: list[tuple[float, str]] = []
    for day in range(days):
        at = 24.0 * day + 19 + 0.4 * np.sin(7 * day)
        if day not in quiet:
            lines += [(at + 0.15 * i, "ab"[i % 2]) for i in range(10)]
        elif day % 3 == 0:
            lines.append((at, "a"))
    return flow(lines, until=24.0 * days)


def test_easing_off_for_weeks_while_the_other_is_gone_is_no_withdrawal_of_ones_own() -> None:
    found = fit_engagement(evenings_with_space_given(90, range(40, 62)), seed=1)
    of_a, of_b = found.people
    assert of_b.withdrawn[43:60].min() > 0.9
    assert of_a.withdrawn[43:60].max() < 0.5


def test_asking_for_room_speaks_for_a_beginning_on_that_day_and_the_next() -> None:
    space = np.zeros(60)
    assert opening_odds(space).tolist() == [0.0] * 60
    space[20] = 1
    odds = opening_odds(space)
    assert odds[20] == odds[21] > 1.5
    assert np.delete(odds, [20, 21]) == pytest.approx(np.log(0.7 / (1 - 3 / 90)))
    assert odds[20] == pytest.approx(np.log(0.3 / (3 / 90)))


def test_who_asks_for_room_every_other_day_says_nothing_by_it() -> None:
    often = np.tile([1.0, 0.0, 0.0], 20)
    odds = opening_odds(often)
    assert odds[::3] == pytest.approx(np.log(0.3 / (41 / 90)))
    assert (odds[::3] < 0).all()


def test_who_withdrew_often_is_thought_likelier_to_and_who_never_did_less_so() -> None:
    """Two engaged states each, then one depth of three days; a withdraws twice in forty days, b never."""
    joint = np.zeros((40, 5, 5))
    for day in range(40):
        at = {10: 2, 11: 3, 12: 4, 30: 2, 31: 3, 32: 4}.get(day, 0)
        joint[day, at, 0] = 1.0
    often, never = entry_rates(joint, (2, 2), np.ones(40, bool))
    assert often == pytest.approx((ENTRY * ENTRY_DAYS + 2) / (ENTRY_DAYS + 34))
    assert never == pytest.approx(ENTRY * ENTRY_DAYS / (ENTRY_DAYS + 40))
    unknown = np.arange(40) >= 20
    assert entry_rates(joint, (2, 2), unknown)[0] == pytest.approx((ENTRY * ENTRY_DAYS + 1) / (ENTRY_DAYS + 17))
