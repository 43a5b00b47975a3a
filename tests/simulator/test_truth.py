"""The truth is visible in the events: episodes in what was done given the opportunity, decoys in what they are."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from ebbtide.simulator import Couple, TrueEpisode, demo_couple, make_couple, write_truth
from ebbtide.simulator.words import packaged_banks


def local_messages(couple: Couple) -> pl.DataFrame:
    """Messages with `local`, their wall-clock time."""
    local = pl.col("at").dt.convert_time_zone(couple.conversation.tz).dt.replace_time_zone(None)
    return couple.conversation.messages.with_columns(local.alias("local"))


def ending(couple: Couple, episode: TrueEpisode) -> datetime:
    """The end of an episode, or of the record where it runs."""
    return episode.end or local_messages(couple)["local"].max()


def turns(messages: pl.DataFrame) -> pl.DataFrame:
    """Turns as the models know them: `person`, `local`, and whether the other wrote within half an hour of its end."""
    gap = pl.col("local") - pl.col("local").shift(1)
    new = ((pl.col("person") != pl.col("person").shift(1)) | (gap >= timedelta(hours=1))).fill_null(True)
    table = messages.group_by(new.cum_sum().alias("turn"), maintain_order=True).agg(
        pl.first("person"), pl.first("local"), pl.last("local").alias("end")
    )
    soon = pl.col("local").shift(-1) - pl.col("end") < timedelta(minutes=30)
    return table.with_columns(soon=soon & (pl.col("person").shift(-1) != pl.col("person")))


def shares(kind: str, seeds: range) -> list[tuple[float, float]]:
    """For each episode of some couples its depth, and the share of answers inside it over that outside of any."""
    found = []
    for couple in (make_couple(seed, kind=kind, words=False) for seed in seeds):
        table = turns(local_messages(couple))
        spans = [(e, pl.col("local").is_between(e.start, ending(couple, e))) for e in couple.episodes]
        quiet = pl.any_horizontal(pl.lit(False), *(span for _, span in spans))
        for episode, span in spans:
            offered = table.filter(pl.col("person") != episode.person)
            inside = offered.filter(span)
            if inside.height >= 8:
                found.append((episode.depth, inside["soon"].mean() / offered.filter(~quiet)["soon"].mean()))
    return found


def test_depth_shows_in_the_answers_given_the_opportunity() -> None:
    found = np.array(shares("settled", range(8)) + shares("reaching", range(8)))
    assert len(found) >= 30
    assert abs((1 - found[:, 0]).mean() - found[:, 1].mean()) < 0.12
    assert np.corrcoef(found[:, 0], found[:, 1])[0, 1] < -0.3


def test_couples_without_episodes_have_none_and_many_decoys() -> None:
    couples = [make_couple(seed, kind="none", words=False) for seed in range(8)]
    assert all(c.episodes == () for c in couples)
    assert {d.kind for c in couples for d in c.decoys} == {
        "busy_day",
        "quiet_day",
        "weekend_together",
        "holiday",
        "outside_cause",
        "night_shift",
        "slow_drift",
    }


def test_episodes_keep_apart_and_leave_a_beginning() -> None:
    for seed in range(4):
        couple = make_couple(seed, kind="reaching", words=False)
        assert couple.episodes[0].start - datetime(2025, 2, 3) >= timedelta(days=16)
        for one, following in zip(couple.episodes, couple.episodes[1:], strict=False):
            assert one.end is not None
            assert following.start - one.end >= timedelta(days=8)


def test_half_the_couples_have_edges_at_midnight() -> None:
    starts = [e.start for seed in range(30) for e in make_couple(seed, days=50, words=False).episodes]
    share = sum(s.hour == 0 for s in starts) / len(starts)
    assert 0.25 < share < 0.75
    assert {s.hour for s in starts} & set(range(9, 21))


def test_some_episodes_run_at_the_end_and_have_no_return() -> None:
    couples = [make_couple(seed, words=False, days=50) for seed in range(40)]
    running = [e for c in couples for e in c.episodes if e.end is None]
    assert running
    assert all(e.return_ is None for e in running)
    assert all(e.return_ is not None for c in couples for e in c.episodes if e.end is not None)


def test_a_weekend_together_silences_both() -> None:
    kept = []
    for couple in (make_couple(seed, kind="none", words=False) for seed in range(6)):
        messages = local_messages(couple)
        per_day = messages.height / 180
        for decoy in couple.decoys:
            if decoy.kind == "weekend_together":
                inside = messages.filter(pl.col("local").is_between(decoy.start, decoy.end)).height
                kept.append(inside / (per_day * (decoy.end - decoy.start) / timedelta(days=1)))
    assert len(kept) >= 6
    assert np.median(kept) < 0.2


def test_a_night_shift_moves_the_hours_and_not_the_amount() -> None:
    moved, amount = [], []
    for seed in range(8):
        couple = make_couple(seed, kind="distance", words=False)
        for decoy in (d for d in couple.decoys if d.kind == "night_shift"):
            own = local_messages(couple).filter(pl.col("person") == decoy.person)
            within = pl.col("local").is_between(decoy.start, decoy.end)
            angle = [
                np.angle(np.exp(2j * np.pi * part["local"].dt.hour().to_numpy() / 24).sum())
                for part in (own.filter(within), own.filter(~within))
            ]
            moved.append(abs(np.angle(np.exp(1j * (angle[0] - angle[1])))) * 12 / np.pi)
            days = (decoy.end - decoy.start) / timedelta(days=1)
            amount.append(own.filter(within).height / days / (own.filter(~within).height / (180 - days)))
    assert len(moved) >= 5
    assert np.median(moved) > 5
    assert 0.5 < np.median(amount) < 1.5


def said(couple: Couple, person: str, since: datetime, until: datetime) -> str:
    """What a person wrote in a stretch, in lower case and without apostrophes."""
    own = local_messages(couple).filter((pl.col("person") == person) & pl.col("local").is_between(since, until))
    return " ".join(own["text"].drop_nulls()).lower().replace("'", "").replace("pls", "please")


def any_line(act: str, text: str) -> bool:
    """Whether a line of an act (up to its first slot, without its last word) is in a text."""
    heads = (line.split("{")[0].lower().replace("'", "").strip() for line in packaged_banks()[0][act])
    return any(len(head) > 12 and head in text for head in heads)


@pytest.fixture(scope="module")
def spoken() -> list[Couple]:
    """A few couples with words."""
    return [make_couple(seed, kind=kind) for seed in range(5) for kind in ("settled", "announced")]


def test_space_is_asked_for_where_the_truth_says_so(spoken: list[Couple]) -> None:
    hits = {True: [], False: []}
    for couple in spoken:
        for e in couple.episodes:
            hits[e.said_so].append(any_line("space", said(couple, e.person, e.start - timedelta(hours=6), e.start)))
    assert hits[True] and np.mean(hits[True]) > 0.7  # typing slips and short forms hide a few
    assert hits[False] and not any(hits[False])


def test_apology_and_explanation_come_on_the_first_day_back(spoken: list[Couple]) -> None:
    hits = {True: [], False: []}
    for couple in spoken:
        for e in couple.episodes:
            if e.end is not None and e.return_ is not None:
                text = said(couple, e.person, e.end, e.end + timedelta(days=1))
                hits[e.return_.acknowledged].append(any_line("apology", text))
    assert hits[True] and np.mean(hits[True]) > 0.7
    assert hits[False] and not any(hits[False])


def test_outside_causes_are_named_beforehand(spoken: list[Couple]) -> None:
    found = [
        any_line("outside_cause", said(c, d.person, d.start - timedelta(days=1), d.start))
        for c in spoken
        for d in c.decoys
        if d.kind == "outside_cause" and d.person
    ]
    assert len(found) >= 8
    assert np.mean(found) > 0.5  # many lines begin with a slot soon


def test_the_truth_as_json_names_people_days_and_exact_edges() -> None:
    couple = demo_couple()
    truth = json.loads(write_truth(couple))
    assert truth["schema"] == "ebbtide.truth/1"
    assert truth["people"] == [{"id": "a", "name": "Jo"}, {"id": "b", "name": "Sam"}]
    assert truth["now"] == "2025-09-30T20:00:00+00:00"
    assert [(e["start"], e["end"]) for e in truth["episodes"]] == [
        ("2025-03-17", "2025-03-22"),
        ("2025-06-02", "2025-06-15"),
        ("2025-08-11", "2025-08-17"),
        ("2025-09-26", None),
    ]
    assert truth["episodes"][0]["return"]["explained"] is True
    assert truth["episodes"][3]["return"] is None
    assert [d["kind"] for d in truth["decoys"]].count("weekend_together") == 3
