"""Chats made by the dyad: what the states do is visible in the messages, and the truth beside says just that."""

from __future__ import annotations

import json
from datetime import timedelta

import numpy as np
import polars as pl
import pytest

from ebbtide.conversation import EVENT_SCHEMA
from ebbtide.errors import BadSetting
from ebbtide.simulator import DYADS, Couple, chat_of_run, make_dyads, write_truth
from ebbtide.simulator.dyad_couple import states
from ebbtide.simulator.dyad_course import followed
from ebbtide.simulator.dyad_kinds import drawn
from ebbtide.simulator.systems import simulate
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.dyad_spells import AWAY_BELOW, DEEP, spells_away, stretches

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def silent() -> list[Couple]:
    """Some couples without words, of the kind that withdraws most clearly."""
    return list(make_dyads(range(12), kind="anxious-avoidant", words=False))


@pytest.fixture(scope="module")
def spoken() -> list[Couple]:
    """Some couples with words."""
    return list(make_dyads(range(6), kind="reaching", days=120))


def local(couple: Couple) -> pl.DataFrame:
    """Messages with `local`, their wall-clock time."""
    clock = pl.col("at").dt.convert_time_zone(couple.conversation.tz).dt.replace_time_zone(None)
    return couple.conversation.messages.with_columns(clock.alias("local"))


def test_a_couple_is_the_same_whatever_is_made_with_it(spoken: list[Couple]) -> None:
    alone = next(make_dyads([3], kind="dyad/reaching", days=120))
    assert alone.conversation.events.equals(spoken[3].conversation.events)
    assert write_truth(alone) == write_truth(spoken[3])
    assert alone.conversation.events["at"].to_list() != spoken[4].conversation.events["at"].to_list()


def test_words_do_not_change_the_timing() -> None:
    said, unsaid = (next(make_dyads([2], kind="secure", days=40, words=w)) for w in (True, False))
    assert said.conversation.events.drop("text").equals(unsaid.conversation.events.drop("text"))
    assert unsaid.conversation.events["text"].null_count() == unsaid.conversation.events.height


@pytest.mark.parametrize("kind", list(DYADS))
def test_every_kind_makes_two_people_within_the_record(kind: str) -> None:
    couple = next(make_dyads([2], kind=kind, days=60, words=False))
    start, end = couple.conversation.coverage[0]
    at = couple.conversation.events["at"]
    assert couple.conversation.events.schema == EVENT_SCHEMA
    assert couple.kind == f"dyad/{kind}"
    assert start <= at.min() <= at.max() <= end
    assert set(couple.conversation.messages["person"].unique()) == {"a", "b"}
    assert all(DYAD.defaults.keys() == drawn(DYADS[kind], np.random.default_rng(s)).keys() for s in range(3))


def test_kinds_stay_within_what_the_model_calls_plausible() -> None:
    plausible = {p.name: p.plausible for p in DYAD.parameters}
    for kind in DYADS.values():
        for name, value in drawn(kind, np.random.default_rng(1)).items():
            low, high = plausible[name]
            assert low <= value <= high, name


def test_distance_shows_in_how_much_is_written(silent: list[Couple]) -> None:
    kept, promised = [], []
    for couple in silent:
        messages = local(couple)
        calm = pl.lit(True)
        for e in couple.episodes:
            end = e.end or messages["local"].max()
            calm = calm & ~pl.col("local").is_between(e.start - 2 * DAY, end + 2 * DAY)
        for e in couple.episodes:
            end = e.end or messages["local"].max()
            own = messages.filter(pl.col("person") == e.person)
            rest = own.filter(calm)
            days = rest["local"].dt.date().n_unique()
            if days > 30 and (end - e.start) / DAY >= 5:
                inside = own.filter(pl.col("local").is_between(e.start, end)).height
                kept.append(inside / ((end - e.start) / DAY) / (rest.height / days))
                promised.append(1 - e.depth)
    assert len(kept) >= 15
    assert np.mean(kept) < 0.6
    assert np.corrcoef(kept, promised)[0, 1] > 0.2


def test_an_episode_is_a_stretch_below_half_that_reaches_a_third() -> None:
    p = drawn(DYADS["anxious-avoidant"], np.random.default_rng(5))
    rows = next(states([p], [7], 200 * 24))
    path = followed(p, rows)
    found = spells_away(path.share, path.rows)
    assert found
    for each in found:
        share = path.share[each.first : each.back, each.person]
        assert each.back is None or each.back - each.first >= 72
        assert share.min() <= DEEP
        assert each.depth == pytest.approx(1 - share.mean())
        assert share[0] < AWAY_BELOW <= path.share[each.first - 1, each.person]


def test_a_dip_back_of_less_than_a_day_does_not_end_a_stretch() -> None:
    away = np.ones(200, dtype=bool)
    away[[0, 199]] = False
    away[60:80] = False
    assert stretches(away) == [(1, 199)]
    away[60:90] = False
    assert stretches(away) == [(1, 60), (90, 199)]


def test_states_are_those_of_the_run_with_this_seed() -> None:
    run = simulate("dyad", parameters={"avoidance_a": 0.8, "anxiety_b": 0.8}, days=20, seed=9)
    rows = next(states([dict(run.parameters), dict(run.parameters)], [9, 10], 20 * 24))
    for i, name in enumerate(DYAD.names):
        assert rows[:, i] == pytest.approx(run.states[name], abs=1e-9)


def test_the_chat_of_a_run_writes_as_much_as_its_parameters_say() -> None:
    for wanted in (10, 30):
        run = simulate("dyad", parameters={"messages": wanted, "anxiety": 0.1, "avoidance": 0.1}, days=90, seed=3)
        couple = chat_of_run(run)
        assert 0.5 < couple.conversation.messages.height / 90 / (2 * wanted) < 1.6


def test_only_the_dyad_and_only_for_two_weeks_and_more() -> None:
    with pytest.raises(BadSetting, match="Only the dyad writes"):
        chat_of_run(simulate("strogatz"))
    with pytest.raises(BadSetting, match="13 days are too few"):
        chat_of_run(simulate("dyad", days=13))
    with pytest.raises(BadSetting, match="no kind of dyad called 'royal'"):
        next(make_dyads([1], kind="royal"))
    with pytest.raises(BadSetting, match="no time zone"):
        next(make_dyads([1], kind="secure", tz="Mars/Dome"))


def test_the_truth_holds_states_roles_loop_and_moves(spoken: list[Couple]) -> None:
    truth = json.loads(write_truth(spoken[0]))
    assert {"episodes", "decoys", "states", "roles", "loop", "moves", "parameters"} <= set(truth)
    days = {len(column) for name, column in truth["states"].items() if name != "unit"}
    assert days == {119}  # the last day is not a whole one
    assert all(0 <= x <= 1 for x in truth["states"]["distance_a"])
    assert {r["reaching"] for r in truth["roles"]} <= {"a", "b", "both", "neither"}
    assert truth["loop"]["strongest_gain"].keys() == {"a", "b"}
    events = spoken[0].conversation.events
    texts = set(events.filter(pl.col("text").is_not_null())["at"].dt.to_string("iso:strict"))
    assert {m["at"][:19] for m in truth["moves"]} <= {t[:19] for t in texts}


def test_who_is_left_reaches_and_the_truth_names_both_roles() -> None:
    roles = [r for c in make_dyads(range(6), kind="anxious-avoidant", words=False) for r in c.beside["roles"]]
    both = [r for r in roles if r["withdrawing"] in "ab" and r["reaching"] in "ab"]
    assert len(both) > 5
    assert all(r["withdrawing"] != r["reaching"] for r in both)


def test_secure_couples_are_seldom_away() -> None:
    count = {
        kind: sum(len(c.episodes) for c in make_dyads(range(10), kind=kind, words=False))
        for kind in ("secure", "anxious-avoidant", "valued")
    }
    assert count["secure"] < 0.3 * count["anxious-avoidant"]
    assert count["valued"] < count["anxious-avoidant"]


def test_who_writes_no_messages_says_nothing() -> None:
    settings = {**drawn(DYADS["alternating"], np.random.default_rng(1)), "messages_a": 0.0}
    couple = chat_of_run(simulate("dyad", parameters=settings, days=120, seed=2))
    assert [person.name for person in couple.conversation.people] == [couple.names["b"]]
    gone = [episode for episode in couple.episodes if episode.person == "a"]
    assert gone
    assert not any(episode.said_so or (episode.return_ and episode.return_.acknowledged) for episode in gone)


def test_distance_by_degrees_stops_half_way_more_often() -> None:
    def half_way(kind: str) -> float:
        seeds = range(12)
        settings = [drawn(DYADS[kind], np.random.default_rng(seed)) for seed in seeds]
        shares = [followed(p, rows).share for p, rows in zip(settings, states(settings, seeds, 4320), strict=True)]
        share = np.concatenate(shares)
        return float(np.mean((share > 0.25) & (share < 0.75)) / np.mean(share < 0.75))

    assert half_way("gradual") > 1.5 * half_way("anxious-avoidant")
