"""The couples by a third hand keep their own promises: the record is sound, and its truth is true of it."""

from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from validation.couples import make, names
from validation.episodes import STRANGERS
from validation.strangers import KINDS, Stranger, stranger
from validation.strangers.lines import AWAY, EVERYDAY, EXPLAINED, SPACE

SEEDS = range(1, 5)


@cache
def whole(seed: int, kind: str) -> Stranger:
    """A couple over its usual 180 days, made once for all tests."""
    return stranger(seed, kind)


def days_of(couple: Stranger) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """When each message was written, in local days, and by whom."""
    origin = datetime.combine(couple.first_day, datetime.min.time())
    local = couple.talk.events["at"].dt.convert_time_zone(couple.talk.tz).dt.replace_time_zone(None)
    day = (local - origin).dt.total_microseconds().to_numpy() / 86_400e6
    return day, (couple.talk.events["person"] == "b").to_numpy().astype(np.int64)


def answered(day: NDArray[np.float64], who: NDArray[np.int64], person: int, inside: NDArray[np.bool_]) -> float:
    """Of the partner's messages inside that end a turn of theirs, the share answered within two hours."""
    ends = np.append(np.diff(who) != 0, True) | np.append(np.diff(day) > 1 / 24, True)
    asked = np.flatnonzero((who != person) & inside & ends)
    own = day[who == person]
    after = np.append(own, np.inf)[np.searchsorted(own, day[asked], side="right")]
    return float(((after - day[asked]) < 2 / 24).mean())


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_makes_the_same_couple_and_another_another(kind: str) -> None:
    one, same, other = stranger(5, kind, 40), stranger(5, kind, 40), stranger(6, kind, 40)
    assert one.talk.events.equals(same.talk.events)
    assert (one.talk.coverage, one.first_day, one.days, one.true) == (
        same.talk.coverage,
        same.first_day,
        same.days,
        same.true,
    )
    assert not one.talk.events.head(20).equals(other.talk.events.head(20))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_makes_a_sound_record(kind: str) -> None:
    for seed in SEEDS:
        couple = whole(seed, kind)
        events, covered = couple.talk.events, couple.talk.coverage
        assert [p.id for p in couple.talk.people] == ["a", "b"]
        assert events["at"].is_sorted()
        assert covered[0][0] <= events["at"][0]
        assert events["at"][-1] < covered[-1][1]
        assert 7 < len(events) / couple.days < 280
        assert (covered[-1][1] - covered[0][0]) / timedelta(days=1) == pytest.approx(couple.days, abs=0.05)
        assert 0.3 < events["text"].is_not_null().mean() < 0.9  # type: ignore[operator]


def test_couples_write_from_little_to_much() -> None:
    volumes = [len(stranger(seed, "plain", 21).talk.events) / 21 for seed in range(20)]
    assert min(volumes) < 30
    assert max(volumes) > 100


@pytest.mark.parametrize("kind", KINDS)
def test_true_episodes_lie_in_the_record_3_to_25_days_long_and_8_apart(kind: str) -> None:
    couples = [whole(seed, kind) for seed in SEEDS]
    assert (sum(len(c.true) for c in couples) > 2) == (kind != "no_episode")
    for couple in couples:
        assert len(couple.true) <= 5
        spans = [(first, couple.days if back is None else back) for _, first, back, _ in couple.true]
        for person, first, back, depth in couple.true:
            assert person in (0, 1)
            assert first > 10
            assert 3 <= round((couple.days if back is None else back) - first, 6) <= 25
            assert back is None or back <= couple.days - 2
            assert 0.5 <= depth <= 0.95
        assert all(end + 8 < start for (_, end), (start, _) in pairwise(spans))


def test_inside_an_episode_a_person_answers_less_of_what_there_is_to_answer() -> None:
    ratios, owns = [], []
    for kind in ("plain", "moody", "night_shift"):
        for couple in (whole(seed, kind) for seed in SEEDS):
            day, who = days_of(couple)
            low = np.zeros(len(day), dtype=bool)
            for _, first, back, _ in couple.true:
                low |= (day >= first) & (day < (back or couple.days))
            for person, first, back, _ in couple.true:
                last = back or couple.days
                inside = (day >= first) & (day < last)
                ratios.append(answered(day, who, person, inside) / answered(day, who, person, ~low))
                usual = (who[~low] == person).sum() / (who[~low] != person).sum()
                owns.append((who[inside] == person).sum() / (who[inside] != person).sum() / usual)
    assert len(ratios) > 15
    assert float(np.median(ratios)) < 0.6
    assert float(np.mean(np.array(ratios) < 0.85)) > 0.85
    assert float(np.median(owns)) < 0.8


def test_a_minute_couple_has_whole_minutes_and_holes_clear_of_true_edges() -> None:
    holes = 0
    for seed in SEEDS:
        couple = whole(seed, "minute")
        at, covered = couple.talk.events["at"], couple.talk.coverage
        assert couple.talk.events["minute_only"].all()
        assert (at.dt.second() == 0).all()
        origin = datetime.combine(couple.first_day, datetime.min.time()).replace(tzinfo=covered[0][0].tzinfo)
        shift = (covered[0][0] - origin) / timedelta(days=1)
        for (_, lo), (hi, _) in pairwise(covered):
            holes += 1
            assert timedelta(hours=22) < hi - lo < timedelta(hours=98)
            assert not ((at > lo) & (at < hi)).any()
            first, last = ((t - origin) / timedelta(days=1) - shift for t in (lo, hi))
            edges = [edge for _, *ends, _ in couple.true for edge in ends if edge is not None]
            assert all(not first - 0.9 < edge < last + 0.9 for edge in edges)
    assert holes > 4


def test_what_is_said_has_its_own_words() -> None:
    away = [line for before, afterwards in AWAY.values() for line in before + afterwards]
    every = [*EVERYDAY, *SPACE, *EXPLAINED, *away]
    assert len(every) == len(set(every))
    assert (len(EVERYDAY), len(away)) == (60, 25)
    said = set(whole(3, "no_episode").talk.events["text"].drop_nulls())
    assert said & set(away)
    assert not said & {*SPACE, *EXPLAINED}


def test_the_judge_knows_every_stranger_by_name() -> None:
    assert set(STRANGERS) <= set(names())
    known, made = make("stranger/plain", 4), whole(4, "plain")
    assert known.talk.events.equals(made.talk.events)
    assert known.true == tuple(each[:3] for each in made.true)
    assert known.now == made.talk.coverage[-1][1]
