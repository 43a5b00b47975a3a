"""Rescaled gaps: uniform for a writer of known law, in step with the kept history, exact in bookkeeping."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from validation.streams import conversation

import ebbtide as eb
from ebbtide.conversation import Conversation
from ebbtide.errors import BadSetting
from ebbtide.models.population import population
from ebbtide.models.recalibration import Recalibration
from ebbtide.models.rescaling import after_holes

START = datetime(2025, 1, 1, tzinfo=UTC).timestamp()


def pair(seed: int, days: int = 60, per_hour: float = 0.5) -> Conversation:
    """Two people who write independently at constant rates, whole seconds."""
    rng = np.random.default_rng(seed)
    rows = []
    for who in ("one", "two"):
        count = rng.poisson(per_hour * 24 * days)
        rows += [(int(t), who) for t in START + rng.uniform(0, days * 86400, count)]
    return conversation(sorted(rows))


def test_values_are_uniform_for_a_writer_of_constant_rate() -> None:
    split = datetime.fromtimestamp(START, UTC) + timedelta(days=42)
    u = np.concatenate([eb.rescaled(pair(seed), split)["u"].to_numpy() for seed in (1, 2, 3)])
    distance = np.abs(np.sort(u) - (np.arange(u.size) + 0.5) / u.size).max()
    assert u.size > 1000
    assert distance < 0.05


def test_scores_are_near_those_of_the_true_law() -> None:
    talk = pair(4)
    rows = eb.rescaled(talk, datetime.fromtimestamp(START, UTC) + timedelta(days=42))
    gained = []
    for person in ("a", "b"):
        mine = rows.filter(pl.col("person") == person)
        at = talk.events.filter(pl.col("person") == person)["at"].dt.epoch("us").to_numpy() / 3.6e9
        hours = np.diff(at)[-mine.height :]
        gained.append(mine["log_score"].to_numpy() - (np.log(0.5) - 0.5 * hours))
    assert np.concatenate(gained).mean() == pytest.approx(0.0, abs=0.08)


def test_one_row_for_every_later_message_with_an_earlier_one() -> None:
    talk = pair(5)
    split = datetime.fromtimestamp(START, UTC) + timedelta(days=50)
    rows = eb.rescaled(talk, split)
    later = talk.events.filter(pl.col("at") > split)
    assert set(rows["event"]) == set(later["id"])
    assert rows.columns == ["person", "at", "event", "u", "log_score"]
    assert rows["u"].is_between(0, 1).all()
    assert rows["log_score"].is_finite().all()


def test_what_comes_after_a_gap_does_not_change_its_value() -> None:
    talk = pair(6)
    split = datetime.fromtimestamp(START, UTC) + timedelta(days=42)
    known = talk.events.filter(pl.col("at") <= split + timedelta(days=5))
    shorter = eb.rescaled(
        conversation(
            [(int(t.timestamp()), {"a": "one", "b": "two"}[p]) for t, p in known.select("at", "person").rows()]
        ),
        split,
    )
    whole = eb.rescaled(talk, split).filter(pl.col("event").is_in(shorter["event"].to_list()))
    joined = whole.join(shorter, on="event", suffix="_short")
    assert joined.height == shorter.height
    assert joined["u"].to_numpy() == pytest.approx(joined["u_short"].to_numpy(), abs=1e-6)


def test_minute_stamps_give_the_same_picture() -> None:
    talk = pair(7)
    coarse = Conversation(
        events=talk.events.with_columns(pl.col("at").dt.truncate("1m"), minute_only=pl.lit(True)),
        people=talk.people,
        tz=talk.tz,
        tz_source=talk.tz_source,
        coverage=talk.coverage,
    )
    split = datetime.fromtimestamp(START, UTC) + timedelta(days=42)
    fine, rough = eb.rescaled(talk, split), eb.rescaled(coarse, split)
    both = fine.join(rough, on="event", suffix="_rough")
    assert both.height == fine.height
    assert (both["u"] - both["u_rough"]).abs().median() < 0.02
    assert (both["log_score"] - both["log_score_rough"]).abs().median() < 0.05


def test_a_date_means_local_midnight_and_nonsense_is_refused() -> None:
    talk = pair(8)
    assert eb.rescaled(talk, "2025-02-12").equals(eb.rescaled(talk, datetime(2025, 2, 12, 8, tzinfo=UTC)))
    with pytest.raises(BadSetting, match="not a date"):
        eb.rescaled(talk, "soon")


def test_exchanging_the_two_names_changes_no_value() -> None:
    talk = pair(9)
    told = [(int(t.timestamp()), {"a": "two", "b": "one"}[p]) for t, p in talk.events.select("at", "person").rows()]
    split = datetime.fromtimestamp(START, UTC) + timedelta(days=50)
    one, other = eb.rescaled(talk, split), eb.rescaled(conversation(told), split)
    for person, same in (("a", "b"), ("b", "a")):
        mine, theirs = one.filter(pl.col("person") == person), other.filter(pl.col("person") == same)
        assert mine["u"].equals(theirs["u"])
        assert mine["log_score"].equals(theirs["log_score"])


def test_a_gap_is_known_from_the_end_of_the_last_hole_in_it() -> None:
    own = np.array([0.0, 10.0, 20.0, 30.0])
    found = after_holes(own, [(2.0, 3.0), (5.0, 6.0), (18.0, 20.0), (31.0, 40.0)])
    assert found.tolist() == [6.0, 20.0, -np.inf, 40.0]
    assert np.isinf(after_holes(own, [])).all()


def test_values_across_holes_are_uniform_too() -> None:
    """Eight hours of every third day are missing from the record of two who write at constant rates."""
    found = []
    for seed in range(4):
        talk = pair(seed, days=120)
        edges = [START + 86400 * d + h for d in range(3, 118, 3) for h in (0, 8 * 3600)]
        moments = [talk.coverage[0][0], *(datetime.fromtimestamp(e, UTC) for e in edges), talk.coverage[-1][1]]
        known = list(zip(moments[::2], moments[1::2], strict=True))
        inside = pl.any_horizontal(pl.col("at").is_between(a, b) for a, b in known)
        rows = eb.rescaled(replace(talk, events=talk.events.filter(inside), coverage=tuple(known)), known[20][0])
        for each in rows.partition_by("person"):
            before = each.with_columns(pl.col("at").shift(1).alias("last")).drop_nulls()
            spanned = [any(a < end < b for _, end in known) for a, b in before.select("last", "at").rows()]
            found += before.filter(spanned)["u"].to_list()
    assert len(found) > 100
    assert np.mean(found) == pytest.approx(0.5, abs=0.1)


def test_the_packaged_prior_fits_the_design() -> None:
    prior, usual = population()
    assert prior.precision.shape == (prior.mean.size, prior.mean.size)
    assert (np.linalg.eigvalsh(prior.precision) > 0).all()
    assert isinstance(usual, Recalibration)
