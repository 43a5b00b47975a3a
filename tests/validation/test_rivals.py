"""The couples made by other hands keep their own promises: what each law says is true of what it makes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from validation.rivals import LAWS, Rival, day_number, rival, to_conversation, true_days
from validation.rivals.intensity import Rules, run
from validation.rivals.lines import LINES

QUIET = ("hazard", "mood", "decoys")
WITH_EPISODES = tuple(law for law in LAWS if law not in QUIET)


def made(law: str, seeds: range, days: int = 180) -> list[Rival]:
    return [rival(seed, law, days) for seed in seeds]


def per_day(couple: Rival, person: int, start: float, end: float) -> float:
    own = couple.times[couple.person == person]
    return float(((own >= start) & (own < end)).sum() / (end - start) * 86_400)


@pytest.mark.parametrize("law", LAWS)
def test_every_law_makes_a_sound_record(law: str) -> None:
    couple = rival(3, law, 70)
    n = len(couple.times)
    assert couple.times.dtype == np.float64
    assert couple.person.dtype == np.int8
    assert len(couple.person) == len(couple.text) == n
    assert np.all(np.diff(couple.times) >= 0)
    assert couple.covered[0] - 60 <= couple.times[0]
    assert couple.times[-1] < couple.covered[1]
    assert 3 < n / 70 < 400
    assert set(couple.person.tolist()) == {0, 1}


@pytest.mark.parametrize("law", ["hazard_episodes", "heavytail", "clipping"])
def test_the_same_seed_makes_the_same_couple_and_another_another(law: str) -> None:
    one, same, other = rival(5, law, 40), rival(5, law, 40), rival(6, law, 40)
    assert np.array_equal(one.times, same.times)
    assert (one.text, one.episodes, one.effects) == (same.text, same.episodes, same.effects)
    assert not np.array_equal(one.times[:20], other.times[:20])


@pytest.mark.parametrize("law", QUIET)
def test_laws_without_episodes_have_none(law: str) -> None:
    assert all(couple.episodes == [] for couple in made(law, range(3), 60))


@pytest.mark.parametrize("law", [law for law in WITH_EPISODES if law not in ("hazard_episodes", "thin")])
def test_episodes_last_3_to_21_days_and_lie_10_days_apart(law: str) -> None:
    couples = made(law, range(12))
    assert sum(len(c.episodes) for c in couples) > 5
    for couple in couples:
        spans = true_days(couple)
        assert len(spans) <= 4
        ends = [180.0 if end is None else end for _, _, end in spans]
        assert all(end is not None for _, _, end in spans[:-1])
        assert all(2.99 <= end - start <= 21.01 for (_, start, _), end in zip(spans, ends, strict=True))
        assert all(later[1] - end >= 9.99 for end, later in zip(ends[:-1], spans[1:], strict=True))


def test_over_many_couples_either_person_withdraws_and_some_still_do() -> None:
    episodes = [e for couple in made("poissonstate", range(40)) for e in couple.episodes]
    people = [person for person, *_ in episodes]
    assert 0.3 < np.mean(people) < 0.7
    assert 0.02 < np.mean([end is None for _, _, end, _ in episodes]) < 0.3


def test_poissonstate_turns_at_local_midnight_and_heavytail_at_any_hour() -> None:
    starts = [s for c in made("poissonstate", range(6)) for _, s, _ in true_days(c)]
    assert np.allclose(starts, np.round(starts))
    at_any_hour = [s for c in made("heavytail", range(6)) for _, s, _ in true_days(c)]
    assert np.abs(np.array(at_any_hour) - np.round(at_any_hour)).max() > 0.1


@pytest.mark.parametrize("law", ["poissonstate", "heavytail", "hazard_episodes", "mood_episodes", "shift", "thin"])
def test_who_withdraws_writes_less_than_before(law: str) -> None:
    kept = []
    for couple in made(law, range(4) if law == "hazard_episodes" else range(10)):
        for person, start, end, depth in couple.episodes:
            usual = per_day(couple, person, couple.grid.start, start)
            now = per_day(couple, person, start, couple.grid.end if end is None else end)
            kept.append(now / usual / (1 - depth))
    assert len(kept) >= 3
    assert np.median(kept) < 1.2


def test_rates_span_an_order_of_magnitude_and_neither_person_is_mute() -> None:
    couples = made("poissonstate", range(30), 60)
    rates = [len(c.times) / 60 for c in couples]
    assert min(rates) < 12
    assert max(rates) > 70
    shares = [np.mean(c.person) for c in couples]
    assert 0.18 < min(shares) < 0.42
    assert 0.58 < max(shares) < 0.82


def test_thin_and_dense_keep_their_rates() -> None:
    assert all(2.5 < len(c.times) / 90 < 13 for c in made("thin", range(8), 90))
    assert all(65 < len(c.times) / 90 < 260 for c in made("dense", range(8), 90))


@pytest.mark.parametrize("law", LAWS)
def test_gaps_are_bursty(law: str) -> None:
    """(σ − μ)/(σ + μ) is 0 for a Poisson process and up to 0.7 in people's messages (Goh and Barabási 2008)."""
    gaps = np.diff(rival(8, law, 60).times)
    assert (gaps.std() - gaps.mean()) / (gaps.std() + gaps.mean()) > 0.25


def test_heavytail_gaps_fall_as_a_power_between_minutes_and_hours() -> None:
    """On log-log axes the survival of gaps is nearly straight; an exponential of the same mean is far from it."""
    gaps = np.concatenate([np.diff(c.times) for c in made("heavytail", range(4))])
    at = np.geomspace(60, 6 * 3600, 12)
    survival = np.array([(gaps > t).mean() for t in at])
    assert np.corrcoef(np.log(at), np.log(survival))[0, 1] < -0.97
    assert survival[-1] > 10 * np.exp(-at[-1] / gaps.mean())


@pytest.mark.parametrize("law", ["poissonstate", "heavytail", "hazard", "decoys"])
def test_nights_are_quiet_by_the_local_clock(law: str) -> None:
    for couple in made(law, range(2), 60):
        local = to_conversation(couple).events["at"].dt.convert_time_zone(couple.tz).dt.hour().to_numpy()
        by_hour = np.bincount(local, minlength=24) / len(local)
        assert by_hour[3:5].sum() < 0.06
        assert by_hour[9:23].sum() > 0.5


def test_two_clocks_lie_seven_hours_apart_in_shift() -> None:
    """Their quiet hours differ, so that no hour of the day is as empty as a couple's common night."""
    couple = rival(2, "shift", 60)
    hours = (couple.times // 3600 % 24).astype(int)
    quiet = [
        np.argmin(np.convolve(np.tile(np.bincount(hours[couple.person == k], minlength=24), 2), np.ones(5))[5:29])
        for k in (0, 1)
    ]
    assert quiet[0] != quiet[1]


def test_clipping_leaves_whole_minutes_holes_and_a_cap() -> None:
    for couple in made("clipping", range(4)):
        assert couple.minute_only
        assert np.all(couple.times % 60 == 0)
        assert couple.covered[0] > couple.grid.start
        assert couple.missing
        for lo, hi in couple.missing:
            assert not np.any((couple.times >= lo) & (couple.times < hi))
        edges = [t for _, start, end, _ in couple.episodes for t in (start, end) if t is not None]
        assert all(not lo <= t <= hi for t in edges for lo, hi in couple.missing)


def test_mood_moves_both_people_slowly() -> None:
    """Daily counts of couples with moods vary more, and remember longer, than those of couples without."""

    def memory(couple: Rival) -> float:
        day = np.floor([couple.grid.day_of(t) for t in couple.times]).astype(int)
        counts = np.log1p(np.bincount(day, minlength=150)[:150])
        return float(np.corrcoef(counts[:-3], counts[3:])[0, 1])

    moody = np.mean([memory(c) for c in made("mood", range(8), 150)])
    plain = np.mean([memory(c) for c in made("dense", range(8), 150) if not c.episodes] or [0.0])
    assert moody > plain + 0.1
    assert all(c.effects == {"theta": (0.0, 0.0), "phi": (0.0, 0.0)} for c in made("mood", range(2), 30))


def test_announced_absences_are_announced_before_and_broken_phones_explained_after() -> None:
    kinds = {kind for c in made("decoys", range(10)) for _, kind in c.notes}
    assert {"outside", "phone_broken", "weekend", "holiday", "nights"} <= kinds
    assert all(any(kind == "outside" for _, kind in c.notes) for c in made("decoys", range(10)))


def test_lines_stand_where_the_notes_say_and_most_messages_have_none() -> None:
    for couple in made("poissonstate", range(8)):
        assert all(couple.text[i] in LINES[kind] for i, kind in couple.notes)
        assert np.mean([t is None for t in couple.text]) > 0.97


def test_space_is_asked_for_before_and_explained_after_by_the_one_who_withdraws() -> None:
    seen = 0
    for couple in made("poissonstate", range(20)):
        for i, kind in couple.notes:
            own = [(s, e) for p, s, e, _ in couple.episodes if p == couple.person[i]]
            if kind == "space":
                seen += 1
                assert any(s - 2 * 86_400 < couple.times[i] < s for s, _ in own)
            if kind == "explained":
                seen += 1
                assert any(e is not None and e <= couple.times[i] < e + 2 * 86_400 for _, e in own)
    assert seen > 5


def test_hazard_truth_is_zero_for_some_couples_and_signed_for_others() -> None:
    effects = [rival(seed, "hazard", 15).effects for seed in range(14)]
    thetas = [t for e in effects for t in e["theta"]]
    phis = [p for e in effects for p in e["phi"]]
    assert all(t <= 0 for t in thetas)
    assert all(p >= 0 for p in phis)
    assert any(t < -0.2 for t in thetas)
    assert any(not any(e["theta"] + e["phi"]) for e in effects)


def rules(theta: float = 0.0, phi: float = 0.0) -> Rules:
    """Person 0 may respond to person 1; nobody excites anybody."""
    none = ((0.0, 0.0), (0.0, 0.0))
    base = (float(np.log(0.02)), float(np.log(0.06)))
    return Rules(base, none, none, (0.0, 0.0), (0.0, 0.0), (theta, 0.0), (phi, 0.0))


def count(person: int, rule: Rules, extra: np.ndarray | None = None) -> int:
    flat = np.ones((2, 144 * 60))
    _, people = run(np.random.default_rng(1), rule, flat, np.zeros_like(flat) if extra is None else extra)
    return int((people == person).sum())


def test_without_memory_the_hazard_is_a_poisson_process() -> None:
    """60 days of 480 steps at 0.06 messages a step: 1728, sd 42."""
    assert abs(count(1, rules()) - 1728) < 4 * 42
    assert abs(count(0, rules()) - 576) < 4 * 24


def test_a_step_may_hold_several_messages() -> None:
    flat = np.ones((2, 144 * 10))
    high = np.stack([np.full(1440, np.log(100.0)), np.zeros(1440)])
    _, people = run(np.random.default_rng(2), rules(), flat, high)
    assert abs((people == 0).sum() - 2 * 4800) < 4 * np.sqrt(9600)


def test_theta_makes_one_slower_when_the_other_reaches() -> None:
    assert count(0, rules(theta=-1.0)) < 0.75 * count(0, rules())


def test_phi_makes_one_reach_when_the_other_has_fallen() -> None:
    fallen = np.zeros((2, 144 * 60))
    fallen[1, 144 * 20 : 144 * 40] = -3.0
    assert count(0, rules(phi=0.6), fallen) > count(0, rules(), fallen) + 100


def test_a_rival_becomes_a_conversation() -> None:
    couple = rival(4, "poissonstate", 40)
    talk = to_conversation(couple, ("Zoe", "Ben"))
    assert [p.name for p in talk.people] == ["Ben", "Zoe"]
    assert talk.people[1].messages == int((couple.person == 0).sum())
    assert talk.tz == couple.tz
    assert talk.coverage[0][0].timestamp() == couple.grid.start
    assert np.allclose(talk.events["at"].dt.epoch("us").to_numpy() / 1e6, couple.times, atol=1e-5)


def test_days_are_counted_by_the_local_calendar_across_summer_time() -> None:
    couple = rival(1, "thin", 200)
    zone = ZoneInfo(couple.tz)
    grid = couple.grid
    assert all(abs(grid.day_of(grid.at(d)) - d) < 1e-6 for d in (0.0, 55.25, 199.9))
    for day in (0, 60, 130, 199):
        then = couple.times[np.searchsorted(couple.times, grid.at(day))]
        local = datetime.fromtimestamp(then, zone).date()
        assert np.floor(grid.day_of(float(then))) == day_number(couple, local)
    assert day_number(couple, grid.first_day + timedelta(days=3)) == 3.0


def test_who_announces_an_absence_then_writes_less() -> None:
    kept = []
    for couple in made("decoys", range(8)):
        for i, kind in couple.notes:
            if kind == "outside":
                start = float(couple.times[i]) + 6 * 3600
                usual = per_day(couple, couple.person[i], couple.grid.start, couple.grid.end)
                kept.append(per_day(couple, couple.person[i], start, start + 2.5 * 86_400) / usual)
    assert len(kept) > 8
    assert np.median(kept) < 0.5
