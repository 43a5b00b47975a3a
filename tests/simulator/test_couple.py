"""Made-up couples are the same for the same seed, differ for others, and come in every kind."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from ebbtide.conversation import EVENT_SCHEMA
from ebbtide.errors import BadSetting
from ebbtide.simulator import KINDS, demo_couple, make_couple


def test_the_same_seed_makes_the_same_couple() -> None:
    first, again = (make_couple(4, kind="swapped", days=60) for _ in range(2))
    assert first.conversation.events.equals(again.conversation.events)
    assert first.episodes == again.episodes
    assert first.decoys == again.decoys
    assert first.names == again.names


def test_another_seed_makes_another_couple() -> None:
    first, other = (make_couple(seed, days=60).conversation.events for seed in (4, 5))
    assert first["at"].to_list() != other["at"].to_list()


def test_words_do_not_change_the_timing() -> None:
    spoken, silent = (make_couple(7, days=60, words=words).conversation.events for words in (True, False))
    assert spoken.drop("text").equals(silent.drop("text"))
    assert silent["text"].null_count() == silent.height
    texts = spoken.filter(pl.col("kind") == "text")["text"]
    assert texts.null_count() == 0
    assert (texts.str.len_chars() > 0).all()


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_produces_two_people_within_the_record(kind: str) -> None:
    couple = make_couple(2, kind=kind, words=False)
    talk = couple.conversation
    start, end = talk.coverage[0]
    assert talk.events.schema == EVENT_SCHEMA
    assert [(p.id, p.name) for p in talk.people] == list(couple.names.items())
    assert talk.events["at"].is_sorted()
    assert start <= talk.events["at"].min() <= talk.events["at"].max() <= end
    assert KINDS[kind].days - 1 <= (end - start) / timedelta(days=1) <= KINDS[kind].days


def test_kinds_write_as_much_as_they_say() -> None:
    for kind in ("sparse", "settled", "busy"):
        days = [make_couple(s, kind=kind, days=60, words=False).conversation.messages.height / 60 for s in range(5)]
        low, high = KINDS[kind].messages
        assert 0.4 * low <= sum(days) / 5 <= 1.2 * high, kind


def test_the_length_the_start_and_the_zone_can_be_chosen() -> None:
    talk = make_couple(1, days=40, start=date(2024, 10, 1), tz="America/New_York", words=False).conversation
    start, end = talk.coverage[0]
    assert talk.tz == "America/New_York"
    assert start.isoformat() == "2024-10-01T04:00:00+00:00"
    assert 39 <= (end - start) / timedelta(days=1) <= 40


def test_roles_swap_where_they_shall_and_never_otherwise() -> None:
    for seed in range(4):
        assert len({e.person for e in make_couple(seed, kind="swapped", words=False).episodes}) == 2
        assert len({e.person for e in make_couple(seed, kind="reaching", words=False).episodes}) == 1


def test_neither_person_is_the_one_who_withdraws() -> None:
    people = [e.person for seed in range(25) for e in make_couple(seed, days=60, words=False).episodes]
    assert 0.25 < people.count("a") / len(people) < 0.75


def quietest_hour(events: pl.DataFrame, person: str) -> int:
    """The UTC hour at which a person's six quietest hours begin."""
    count = np.bincount(events.filter(pl.col("person") == person)["at"].dt.hour().to_numpy(), minlength=24)
    return int(np.argmin([np.take(count, range(h, h + 6), mode="wrap").sum() for h in range(24)]))


def test_those_at_a_distance_sleep_at_different_times() -> None:
    apart = []
    for kind in ("distance", "settled"):
        events = [make_couple(seed, kind=kind, words=False).conversation.events for seed in range(5)]
        hours = [abs(quietest_hour(e, "a") - quietest_hour(e, "b")) for e in events]
        apart.append(np.median([min(h, 24 - h) for h in hours]))
    assert apart[0] >= 5
    assert apart[1] <= 3


def test_an_unknown_kind_names_those_known() -> None:
    with pytest.raises(BadSetting, match=r"no kind of couple called 'royal'.*settled"):
        make_couple(1, kind="royal")


def test_a_record_too_short_is_refused() -> None:
    with pytest.raises(BadSetting, match="13 days are too few"):
        make_couple(1, days=13)


def test_a_negative_seed_and_an_unknown_zone_are_refused() -> None:
    with pytest.raises(BadSetting, match="seed cannot be below 0"):
        make_couple(-1)
    with pytest.raises(BadSetting, match="no time zone called 'Mars/Dome'"):
        make_couple(1, tz="Mars/Dome")


def test_the_demo_ends_in_a_quiet_of_31_hours_after_a_word_about_space() -> None:
    couple = demo_couple()
    talk = couple.conversation
    last = talk.messages.filter(pl.col("person") == "b")["at"].max()
    assert couple.names == {"a": "Jo", "b": "Sam"}
    assert timedelta(hours=30) < talk.coverage[0][1] - last < timedelta(hours=32)
    assert [(e.person, e.end is None) for e in couple.episodes] == [
        ("b", False),
        ("b", False),
        ("a", False),
        ("b", True),
    ]
    assert [e.return_.warmth for e in couple.episodes if e.return_] == ["warm"] * 3
    assert {"outside_cause", "weekend_together"} <= {d.kind for d in couple.decoys}
