"""The present silence: its probability is that of a known law, holes make it unknown, and the curve is the same law."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import cache

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import expon, kstest

from ebbtide.models import silence as silence_model
from ebbtide.models.availability import fit_availability, log_hazard, plain_prior
from ebbtide.models.recalibration import EDGES, SCALE_SD, SHAPE_SD, Recalibration, recalibrate
from ebbtide.models.silence import (
    CURVE_HOURS,
    FEWEST_SPELLS,
    Integral,
    fit_silence,
    past_spells,
    present,
    silences,
    spell_integrals,
)
from ebbtide.signals.stream import DAY, HOUR, Floats, Stream, stream
from tests.models.writers import ORIGIN, evening, poisson, steady, together
from tests.talks import cut, flow, flow_of, moment, talk

PER_HOUR = 0.25


@cache
def written(days: int = 120) -> tuple[Floats, Floats]:
    """Seconds of the record at which two write who know neither the hour nor each other, a quarter message an hour."""
    rng = np.random.default_rng(20)
    return steady(PER_HOUR, days, rng), steady(PER_HOUR, days, rng)


def quiet_for(hours: float, **how: object) -> Stream:
    """The stream of both, watched until b has been silent for so many hours; a goes on as before."""
    of_a, of_b = written()
    end = float(of_b[-1] + hours * HOUR)
    return together(of_a[of_a < end], of_b, end, **how)


@pytest.mark.parametrize("hours", [2.0, 6.0, 12.0])
def test_the_silence_of_one_without_memory_is_as_unusual_as_the_law_says(hours: float) -> None:
    tail = silences(quiet_for(hours), seed=1)[1]
    assert tail is not None
    assert tail.hours == pytest.approx(hours, abs=1e-3)
    assert tail.probability == pytest.approx(np.exp(-PER_HOUR * (hours - 1)), abs=0.08)


@cache
def held_out(person: int) -> Floats:
    """Probabilities of the quiet spells of the last third, from a fit to the first two, of one who lives by the day."""
    rng = np.random.default_rng(100)
    seen = together(poisson(evening, 1.0, 240, rng), steady(PER_HOUR, 240, rng), 240 * DAY)
    at, parts = cut(seen)
    until = ORIGIN + 160 * DAY
    fit = fit_availability(seen, at, parts, person, until, plain_prior())
    own = at[seen.who == person]
    correct = recalibrate(spell_integrals(fit, seen, at, parts, own[own <= until]))
    return np.exp(-correct(spell_integrals(fit, seen, at, parts, own[own > until])))


@pytest.mark.parametrize("person", [0, 1])
def test_of_quiet_spells_to_come_every_probability_is_as_likely(person: int) -> None:
    found = held_out(person)
    assert found.size > 250
    assert kstest(found, "uniform").pvalue > 0.1


def test_the_hour_of_the_day_counts() -> None:
    """Ten hours from two in the afternoon are rarer than ten hours from ten at night, for one who writes at eight."""
    rng = np.random.default_rng(22)
    own, other = poisson(evening, 1.0, 120, rng), steady(PER_HOUR, 120, rng)
    found = []
    for last in (14.0, 22.0):
        end = (119 * 24 + last + 10) * HOUR
        kept = own[own < (119 * 24 + last - 1.5) * HOUR]
        seen = together(np.append(kept, (119 * 24 + last) * HOUR), other[other < end], end)
        tail = silences(seen, seed=1)[0]
        assert tail is not None
        assert tail.probability is not None
        found.append(tail.probability)
    hours = np.linspace(1, 10, 2000)
    true = [np.exp(-evening((last + hours) % 24).mean() * 9) for last in (14.0, 22.0)]
    assert found == pytest.approx(true, abs=0.12)
    assert found[1] > 2 * found[0]


def test_the_curve_falls_and_passes_through_the_present() -> None:
    for place in (12, 35):
        tail = silences(quiet_for(float(CURVE_HOURS[place])), seed=1)[1]
        assert tail is not None
        assert tail.share is not None and tail.low is not None and tail.high is not None
        assert tail.share[place] == pytest.approx(tail.probability, rel=1e-3)
        assert (np.diff(tail.share) <= 0).all()
        assert tail.share[0] == pytest.approx(1)
        assert tail.share[-1] < 1e-3
        seen = tail.share > 1e-3
        assert ((tail.low <= tail.share + 1e-9) & (tail.share <= tail.high + 1e-9))[seen].all()


def test_within_the_first_hour_nothing_is_unusual() -> None:
    tail = silences(quiet_for(0.4), seed=1)[1]
    assert tail is not None
    assert tail.probability == pytest.approx(1, abs=1e-3)


def test_a_silence_of_two_months_is_very_unusual_and_no_error() -> None:
    tail = silences(quiet_for(60 * 24.0), seed=1)[1]
    assert tail is not None
    assert tail.probability is not None
    assert 0 <= tail.probability < 1e-3


def test_a_hole_in_the_present_gap_makes_it_unknown_and_one_before_does_not() -> None:
    of_b = written()[1]
    last = ORIGIN + float(of_b[-1])
    inside = silences(quiet_for(30, unknown=[(last + 5 * HOUR, last + 9 * HOUR)]), seed=1)[1]
    before = silences(quiet_for(30, unknown=[(last - 40 * HOUR, last - 30 * HOUR)]), seed=1)[1]
    assert inside is not None and before is not None
    assert (inside.probability, inside.share, inside.usual_hours) == (None, None, None)
    assert inside.hours == pytest.approx(30, abs=1e-3)
    assert before.probability == pytest.approx(np.exp(-PER_HOUR * 29), abs=0.03)


def test_spells_that_touch_a_hole_are_not_counted() -> None:
    hours = np.array([0.0, 2.0, 2.5, 12.5, 20.0, 50.0])
    at = ORIGIN + HOUR * hours
    seen = flow_of(at, np.zeros(6, int), at[-1] + DAY, unknown=[(ORIGIN + 5 * HOUR, ORIGIN + 6 * HOUR)])
    assert past_spells(seen, at) == pytest.approx([2.0, 7.5, 30.0])
    assert past_spells(replace(seen, holes=()), at) == pytest.approx([2.0, 10.0, 7.5, 30.0])
    edge = replace(seen, holes=((ORIGIN + 12.5 * HOUR, ORIGIN + 20.0 * HOUR),))
    assert past_spells(edge, at) == pytest.approx([2.0, 10.0, 30.0])


def test_integrals_of_spells_run_from_the_hour_to_the_next_message() -> None:
    """Against the hazard added up by hand over the very minutes, whoever else writes in between."""
    of_a, of_b = (each[each < 20 * DAY] for each in written())
    seen = together(of_a, of_b, 20 * DAY)
    at, parts = cut(seen)
    fit = fit_availability(seen, at, parts, 1, seen.end, plain_prior())
    own = at[seen.who == 1]
    found = spell_integrals(fit, seen, at, parts, own)
    gaps = np.flatnonzero(np.diff(own) > HOUR)
    assert found.size == gaps.size
    hazard = np.exp(log_hazard(fit, seen, at, parts, np.arange(parts.start.size), fit.beta))
    for value, gap in zip(found, gaps, strict=True):
        low, high = own[gap] + HOUR, own[gap + 1]
        share = np.minimum(parts.start + parts.length, high) - np.maximum(parts.start, low)
        assert value == pytest.approx((hazard * np.maximum(share, 0)).sum() / HOUR)


def test_integrals_leave_out_the_spells_that_touch_a_hole() -> None:
    of_a, of_b = (each[each < 20 * DAY] for each in written())
    at, parts = cut(together(of_a, of_b, 20 * DAY))
    gap = int(np.argmax(np.diff(of_b)))
    middle = ORIGIN + float(of_b[gap] + of_b[gap + 1]) / 2
    holed = together(of_a, of_b, 20 * DAY, unknown=[(middle, middle + 60)])
    found = []
    for seen in (together(of_a, of_b, 20 * DAY), holed):
        at, parts = cut(seen)
        fit = fit_availability(seen, at, parts, 1, seen.end, plain_prior())
        found.append(spell_integrals(fit, seen, at, parts, at[seen.who == 1]).size)
    assert found[1] == found[0] - 1


def mistaken(scale: float, shape: float, count: int, seed: int) -> Floats:
    """Integrated hazards of a model whose scale and shape are wrong in a known way."""
    true = np.random.default_rng(seed).exponential(size=count)
    return np.asarray((true / np.exp(scale)) ** np.exp(-shape))


@pytest.mark.parametrize(("scale", "shape"), [(0.0, 0.0), (0.5, -0.35), (-0.6, 0.3)])
def test_recalibration_recovers_a_known_mistake(scale: float, shape: float) -> None:
    values = mistaken(scale, shape, 4000, seed=30)
    found = recalibrate(values)
    assert (found.scale, found.shape) == pytest.approx((scale, shape), abs=0.06)
    assert kstest(found(values), "expon").pvalue > 0.01


def test_recalibration_is_the_best_guess_there_is() -> None:
    values = mistaken(0.4, -0.2, 60, seed=31)

    def loss(x: Floats) -> float:
        corrected = np.exp(x[0]) * values ** np.exp(x[1])
        growth = x[0] + x[1] + (np.exp(x[1]) - 1) * np.log(values)
        prior = 0.5 * ((x[0] / SCALE_SD) ** 2 + (x[1] / SHAPE_SD) ** 2)
        return float(prior - (expon.logpdf(corrected) + growth).sum())

    best = minimize(loss, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9})
    found = recalibrate(values)
    assert (found.scale, found.shape) == pytest.approx(tuple(best.x), abs=1e-4)


def test_few_spells_correct_little() -> None:
    few, many = (recalibrate(mistaken(0.8, 0.0, count, seed=32)) for count in (2, 2000))
    assert recalibrate(np.zeros(0)) == Recalibration(0.0, 0.0)
    assert abs(few.scale) < 0.6 < many.scale


def test_a_correction_keeps_the_order_of_silences() -> None:
    values = np.geomspace(1e-6, 50, 200)
    assert (np.diff(Recalibration(0.7, -0.4)(values)) > 0).all()
    assert Recalibration(0.0, 0.0)(values) == pytest.approx(values)


def test_the_profile_takes_up_what_a_scale_and_a_shape_cannot_bend() -> None:
    """Half of the gaps end as said, half are the next line of a burst, so soon as is hardly ever said."""
    rng = np.random.default_rng(33)
    values = np.where(rng.random(4000) < 0.5, rng.exponential(size=4000), rng.uniform(0.1, 0.5, 4000))
    seen, held_out = values[:2000], values[2000:]
    found = recalibrate(seen)
    bent = Recalibration(found.scale, found.shape)
    distance = [kstest(correct(held_out), "expon").statistic for correct in (found, bent)]
    assert distance[0] < 0.08
    assert distance[0] < distance[1] / 2


def test_the_slope_of_a_correction_is_its_derivative() -> None:
    correct = Recalibration(0.2, -0.3, tuple(np.linspace(0.4, 2.0, EDGES.size).tolist()))
    values = np.geomspace(1e-3, 20, 57)
    step = 1e-6 * values
    difference = (correct(values + step) - correct(values - step)) / (2 * step)
    assert np.exp(correct.log_slope(values)) == pytest.approx(difference, rel=1e-4)
    assert (np.diff(correct(values)) > 0).all()


def test_few_gaps_leave_the_profile_flat() -> None:
    profile = np.array(recalibrate(mistaken(0.0, 0.0, 5, seed=34)).profile)
    assert profile == pytest.approx(1, abs=0.25)


def test_an_integral_is_read_off_between_its_edges() -> None:
    edges = HOUR * np.array([0.0, 0.5, 2.0, 5.0])
    total = np.array([[0.0, 0.0], [1.0, 0.2], [4.0, 0.5], [4.0, 3.5]])
    found = Integral(edges, total)(np.array([0.2, 1.0, 2.0, 3.0, 5.0, 90.0]))
    assert found == pytest.approx(np.array([[0, 0], [0, 0], [2, 0.2], [2, 1.2], [2, 3.2], [2, 3.2]]))


def test_the_figures_beside_the_probability_are_counted() -> None:
    of_a, of_b = written()
    end = float(of_b[-1] + 8 * HOUR)
    tail = silences(quiet_for(8), seed=1)[1]
    assert tail is not None
    spells = np.diff(of_b)[np.diff(of_b) >= HOUR] / HOUR
    assert tail.usual_hours == pytest.approx(
        dict(zip(("p50", "p90", "p99"), np.quantile(spells, [0.5, 0.9, 0.99]), strict=True)), abs=0.01
    )
    start = min(of_a[0], of_b[0])
    assert tail.per_day == pytest.approx(spells.size / ((end - start) / DAY), rel=1e-3)
    since = of_a[(of_a > of_b[-1]) & (of_a < end)]
    assert tail.waiting == (1 + (np.diff(since) >= HOUR).sum() if since.size else 0)
    assert tail.since == pytest.approx(ORIGIN + of_b[-1], abs=1)


@pytest.mark.parametrize(("spells", "known"), [(FEWEST_SPELLS - 1, False), (FEWEST_SPELLS, True)])
def test_too_few_quiet_spells_tell_nothing(spells: int, known: bool) -> None:
    lines = [(7.0 * i, "a") for i in range(spells + 1)] + [(7.0 * i + 0.1, "b") for i in range(spells + 1)]
    tail = silences(flow(lines, until=7.0 * spells + 3), seed=1)[0]
    assert tail is not None
    assert (tail.probability is not None) is known
    assert (tail.usual_hours is not None) is known
    assert tail.hours == pytest.approx(3)


def test_one_who_never_wrote_has_no_silence() -> None:
    assert silences(flow([(float(h), "a") for h in range(0, 200, 5)]), seed=1)[1] is None
    assert silences(stream(talk([(50.0, "a")]), moment(3)), seed=1) == (None, None)


def test_with_too_little_data_nothing_is_fitted() -> None:
    tail = silences(quiet_for(8), seed=1, enough=False)[1]
    assert tail is not None
    assert (tail.probability, tail.share, tail.usual_hours) == (None, None, None)
    assert tail.hours == pytest.approx(8, abs=1e-3)


def test_the_same_seed_gives_the_same_silence() -> None:
    seen = quiet_for(6)
    one, same = (silences(seen, seed=5)[1] for _ in range(2))
    assert one is not None and same is not None
    assert one.probability == same.probability
    assert np.array_equal(np.asarray(one.low), np.asarray(same.low))


def test_exchanging_the_two_names_changes_nothing() -> None:
    of_a, of_b = written()
    end = float(max(of_a[-1], of_b[-1]) + 5 * HOUR)
    one, other = silences(together(of_a, of_b, end), seed=5), silences(together(of_b, of_a, end), seed=5)
    for mine, same in zip(one, other[::-1], strict=True):
        assert mine is not None and same is not None
        assert mine.probability == same.probability
        assert np.array_equal(np.asarray(mine.share), np.asarray(same.share))


def test_what_was_learnt_once_gives_the_figures_of_learning_anew() -> None:
    seen = quiet_for(9)
    for kept, fresh in zip(present(fit_silence(seen), seen, 5), silences(seen, 5), strict=True):
        assert kept is not None and fresh is not None
        for name, value in asdict(kept).items():
            assert np.array_equal(np.asarray(value), np.asarray(getattr(fresh, name))), name


def test_what_was_learnt_a_day_ago_tells_nearly_the_same_today() -> None:
    learnt, today = fit_silence(quiet_for(3)), quiet_for(9)
    kept, fresh = present(learnt, today, 5)[1], silences(today, 5)[1]
    assert kept is not None and fresh is not None
    assert kept.hours == fresh.hours
    assert kept.probability == pytest.approx(fresh.probability, abs=0.02)


def test_what_is_learnt_is_numbers_only() -> None:
    def leaves(value: object) -> list[object]:
        if isinstance(value, dict):
            return [leaf for each in value.values() for leaf in leaves(each)]
        return [leaf for each in value for leaf in leaves(each)] if isinstance(value, tuple | list) else [value]

    assert all(isinstance(x, int | float | np.ndarray) for x in leaves(asdict(fit_silence(quiet_for(3)))))


def test_asking_again_cuts_only_the_present_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = quiet_for(9)
    learnt, sizes = fit_silence(seen), []
    cutting = silence_model.segments

    def counted(*args: object, **how: object) -> object:
        made = cutting(*args, **how)  # type: ignore[arg-type]
        sizes.append(made.start.size)
        return made

    monkeypatch.setattr(silence_model, "segments", counted)
    present(learnt, seen, 5)
    assert len(sizes) == 2
    assert max(sizes) < 1200 < cut(seen)[1].start.size


def test_days_without_an_answer_are_as_rare_as_they_are() -> None:
    """One who answers within the half day, and after it not for a day or two: seldom, but no seldomer than they do."""
    rng = np.random.default_rng(40)
    asked = np.cumsum(rng.uniform(30, 40, 160)) * HOUR
    late = rng.random(asked.size) < 0.1
    answered = asked + np.where(late, rng.uniform(20, 28, asked.size), rng.uniform(0.2, 10, asked.size)) * HOUR
    shown = []
    for hours in (5.0, 15.0):
        end = float(asked[-1] + hours * HOUR)
        tail = silences(together(asked, answered[:-1], end), seed=1)[1]
        assert tail is not None and tail.probability is not None
        shown.append(tail.probability)
    assert shown[0] > 0.4
    assert shown[1] < 0.35
