"""Signs put in by hand are found, of the right person and in the right direction; where nothing changed, none are."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import polars as pl
import pytest

import ebbtide as eb
from ebbtide import analysis, selfreport
from ebbtide.conversation import Conversation
from ebbtide.episodes import find_episodes
from ebbtide.models.engagement import fit_engagement
from ebbtide.reading.signs import begin_of_late, signs
from ebbtide.reading.types import Reading, Sign
from ebbtide.selfreport import COUNTER_SIGNS, SIGNS
from ebbtide.signals import words
from ebbtide.signals.moves import moves
from ebbtide.signals.stream import stream
from ebbtide.simulator import make_couple
from tests.reading.planted import DAYS, LATE, OF_ALL, PLANTED, WARM, couple
from tests.talks import START, talk

Told = dict[tuple[str, str], Sign]


def told(talk_: Conversation, notes: pl.DataFrame | None = None) -> Told:
    """The signs and counter-signs as a reading holds them, without the rest of it."""
    end = analysis.ending(talk_, None)
    noted = selfreport.checked(notes, talk_)
    found = moves(talk_.events)
    flow = stream(talk_, end)
    spoken = words.heard(flow, talk_.events, found)
    reports = selfreport.reports(noted, flow)
    engagement = fit_engagement(
        flow, seed=analysis.SEED, spoken=analysis.spoken_days(flow, talk_.events, spoken, noted), reports=reports
    )
    both = signs(flow, engagement, talk_.events, found, spoken, find_episodes(flow, engagement, spoken), noted)
    return {(s.id, s.person): s for some in both for s in some}


def changed(seen: Told) -> set[tuple[str, str, str]]:
    return {(s.id, s.person, s.direction) for s in seen.values() if s.direction in ("more", "less")}


#: What comes along with a sign put in: vague answers to what lies far ahead are vague answers to plans, and to talk of
#: the two; short flat ones hold fewer warm words, and answering back is sharp.
BESIDE = {
    "future_discomfort": ("vague_plans", "less_affection", "avoids_us_talk"),
    "flat": ("less_affection",),
    "defensive": ("irritable",),
}


@pytest.mark.parametrize("id_", PLANTED)
@pytest.mark.parametrize("person", ["a", "b"])
def test_a_sign_put_in_is_found_of_that_person(id_: str, person: str) -> None:
    made = couple(1, person=person, **PLANTED[id_])
    seen = told(made)
    found = seen[id_, person]
    assert found.direction == "more"
    assert found.change is not None and found.low is not None and found.high is not None
    assert 0 < found.low <= found.change <= found.high
    assert found.source == ("messages",)
    besides = {(other, person, "more") for other in BESIDE.get(id_, ())}
    assert changed(seen) - besides == {(id_, person, "more")}
    mine = made.events.filter(pl.col("person") == person)["id"]
    assert found.evidence and set(found.evidence) <= set(mine)


def test_more_warm_words_are_less_of_less_affection() -> None:
    found = told(couple(2, own_late=WARM))["less_affection", "b"]
    assert found.direction == "less"
    assert found.change is not None and found.change < 0


def test_shorter_calls_are_told_of_both_since_nobody_knows_who_hung_up() -> None:
    seen = told(couple(3, calls=(30, 8)))
    assert changed(seen) == {("shorter_time", "a", "more"), ("shorter_time", "b", "more")}


def test_one_who_withdraws_has_fewer_contacts_and_the_one_left_waiting_has_not() -> None:
    """The other has less to answer, which never counts against them."""
    seen = told(couple(4, keeps=lambda day: 0.15 if day >= DAYS - 9 else 1.0))
    assert seen["fewer_contacts", "b"].direction == "more"
    assert seen["fewer_contacts", "a"].direction == "usual"


def test_warm_words_from_one_who_hardly_writes_are_mixed_messages() -> None:
    seen = told(couple(5, own=WARM, usual=WARM, share=0.8, keeps=lambda day: 0.3 if day >= DAYS - LATE else 1.0))
    assert seen["mixed_messages", "b"].direction == "more"
    assert seen["mixed_messages", "a"].direction != "more"
    steady = told(couple(5, own=WARM, usual=WARM, share=0.8))
    assert steady["mixed_messages", "b"].direction == "usual"


def kept_more_of_late(day: int) -> float:
    """Nothing in three earlier spells, and a little in the one that runs."""
    return 0.0 if day % 30 in range(18, 29) and day < 90 else 0.15 if day >= DAYS - 10 else 1.0


def test_contact_kept_in_a_spell_is_seen_against_earlier_spells() -> None:
    seen = told(couple(6, exchanges=14, keeps=kept_more_of_late))
    assert seen["checks_in", "b"].direction == "more"
    assert seen["checks_in", "b"].evidence
    assert seen["checks_in", "a"].direction == "unknown"
    first = told(couple(6, keeps=lambda day: 0.3 if day >= DAYS - 10 else 1.0))["checks_in", "b"]
    assert first.direction == "unknown"
    assert first.evidence, "that some contact is kept can be looked up"
    gone = told(couple(6, keeps=lambda day: 0.0 if day >= DAYS - 10 else 1.0))["checks_in", "b"]
    assert gone.evidence == ()


def test_room_asked_for_once_before_a_spell_is_enough() -> None:
    asked = [(24 * (DAYS - 8) - 2.0, "I need some time to myself for a few days")]
    seen = told(couple(7, keeps=lambda day: 0.05 if day >= DAYS - 8 else 1.0, said=asked))
    assert seen["says_space", "b"].direction == "more"
    assert len(seen["says_space", "b"].evidence) == 1
    assert seen["says_space", "a"].direction == "unknown"
    silent = told(couple(7, keeps=lambda day: 0.05 if day >= DAYS - 8 else 1.0))
    assert silent["says_space", "b"].direction == "unknown"


def test_what_messages_cannot_tell_is_unknown_and_never_nothing() -> None:
    seen = told(couple(8))
    for id_ in ("more_solitary", "less_eye_contact", "distracted"):
        for person in "ab":
            sign = seen[id_, person]
            assert (sign.direction, sign.change, sign.low, sign.high, sign.source) == ("unknown", None, None, None, ())


def test_without_words_only_contact_and_calls_can_be_told() -> None:
    seen = told(make_couple(3, kind="busy", words=False).conversation)
    assert {id_ for (id_, _), s in seen.items() if s.direction != "unknown"} <= {"fewer_contacts", "shorter_time"}
    assert seen["fewer_contacts", "a"].direction != "unknown"


def test_another_language_leaves_the_words_unknown() -> None:
    lines = ("ich bin noch bei der arbeit heute", "wir sehen uns dann am samstag", "ich komme spaeter nach hause")
    seen = told(couple(9, own=lines, usual=lines, opens=lines, share=1.0))
    assert seen["less_affection", "b"].direction == "unknown"
    assert seen["fewer_contacts", "b"].direction == "usual"


# Where nothing changed.


def test_where_nothing_changed_few_signs_come_out() -> None:
    """Couples of the simulator without an episode, and couples to whom all of it happens now and then.

    Measured on 30 of the first, for 180 days, 3 of 175 signs that could be told (1.7%) came out as more or less; on 40
    of the second 1 of 354 (0.3%). Twenty shorter ones of them here may have 3 in 100.
    """
    seen = [told(make_couple(seed, kind="none", days=120).conversation) for seed in range(10)]
    seen += [told(couple(seed, **OF_ALL)) for seed in range(10)]
    count = Counter(s.direction for each in seen for s in each.values())
    known = count["more"] + count["less"] + count["usual"]
    assert known > 100
    assert count["more"] + count["less"] <= 0.03 * known


def test_the_names_exchanged_exchange_the_signs() -> None:
    made = couple(4, keeps=lambda day: 0.15 if day >= DAYS - 9 else 1.0)
    other = {"a": "b", "b": "a"}
    twin = made.events.with_columns(pl.col("person").replace_strict(other, default=None))
    people = tuple(type(p)(p.id, q.name, q.messages) for p, q in zip(made.people, reversed(made.people), strict=True))
    mirrored = told(Conversation(twin, people, made.tz, made.tz_source, made.coverage))
    for (id_, person), sign in told(made).items():
        like = mirrored[id_, other[person]]
        assert (like.direction, like.source, like.evidence) == (sign.direction, sign.source, sign.evidence)
        if sign.change is not None:
            assert like.change == pytest.approx(sign.change, abs=0.05)


# Check-ins.


def notes(item: str, person: str, before: int, late: int, every: int = 3) -> pl.DataFrame:
    first = START.date()
    days = list(range(60, DAYS, every))
    return pl.DataFrame(
        {
            "date": [first + timedelta(days=d) for d in days],
            "person": [person] * len(days),
            "item": [item] * len(days),
            "value": [late if d >= DAYS - LATE + 1 else before for d in days],
        }
    )


def test_check_ins_tell_what_messages_cannot() -> None:
    seen = told(couple(8), notes("more_solitary", "b", 1, 4))
    sign = seen["more_solitary", "b"]
    assert (sign.direction, sign.source) == ("more", ("checkins",))
    assert sign.change == pytest.approx(3, abs=0.5)
    assert seen["more_solitary", "a"].direction == "unknown"
    less = told(couple(8), notes("less_eye_contact", "a", 3, 1))["less_eye_contact", "a"]
    assert (less.direction, less.change) == ("less", pytest.approx(-2, abs=0.5))
    same = told(couple(8), notes("distracted", "a", 2, 2))["distracted", "a"]
    assert (same.direction, same.change) == ("usual", pytest.approx(0, abs=0.01))


def test_too_few_check_ins_tell_nothing() -> None:
    few = notes("more_solitary", "b", 1, 4).filter(pl.col("date") < START.date() + timedelta(days=DAYS - LATE + 4))
    assert told(couple(8), few)["more_solitary", "b"].direction == "unknown"


def test_what_was_noted_on_days_together_counts() -> None:
    """Messages tell nothing of those days, and what is seen in person is seen on them."""
    looks = notes("less_eye_contact", "b", 0, 3)
    beside = looks.with_columns(item=pl.lit("together"), value=pl.lit(4, dtype=pl.Int64))
    reading = eb.read(couple(8).with_me("Jo"), checkins=pl.concat([looks, beside]))
    (sign,) = [s for s in reading.signs if (s.id, s.person) == ("less_eye_contact", "b")]
    assert (sign.direction, sign.source) == ("more", ("checkins",))
    assert [f.words for f in reading.findings if f.key == "signs" and f.about == "b"] == [
        "Check-ins of late note more of this for Sam than before: looking away."
    ]


def test_where_both_tell_both_are_named_and_the_figures_are_of_the_messages() -> None:
    made = couple(1, **PLANTED["less_affection"])
    alone, both = (
        told(made)["less_affection", "b"],
        told(made, notes("less_affection", "b", 1, 3))["less_affection", "b"],
    )
    assert both.source == ("messages", "checkins")
    assert both.change == pytest.approx(alone.change, abs=0.3)
    assert both.evidence == alone.evidence


# In the reading.


def whole(**how: object) -> Reading:
    return eb.read(couple(1, **how))  # type: ignore[arg-type]


def test_a_reading_holds_every_sign_of_both() -> None:
    data = whole(**PLANTED["vague_plans"]).to_dict()
    assert [(s["id"], s["person"]) for s in data["signs"]] == [(i, p) for i in SIGNS for p in "ab"]
    assert [(s["id"], s["person"]) for s in data["counter_signs"]] == [(i, p) for i in COUNTER_SIGNS for p in "ab"]
    (found,) = [s for s in data["signs"] if s["direction"] == "more"]
    assert (found["id"], found["person"], found["from"]) == ("vague_plans", "b", ["messages"])


def test_too_little_leaves_every_sign_unknown() -> None:
    reading = eb.read(talk([(float(h), "ab"[h % 2], "maybe") for h in range(0, 40, 5)]))
    assert len(reading.signs) == 2 * len(SIGNS)
    assert {s.direction for s in (*reading.signs, *reading.counter_signs)} == {"unknown"}


def test_check_ins_alone_tell_where_messages_are_few() -> None:
    few = talk([(24.0 * d, "ab"[d % 2], "ok") for d in range(60)], until=24 * 60)
    first = date(2025, 2, 3)
    rows = pl.DataFrame(
        {
            "date": [first + timedelta(days=d) for d in range(20, 60, 2)],
            "person": ["b"] * 20,
            "item": ["more_solitary"] * 20,
            "value": [4 if d >= 46 else 1 for d in range(20, 60, 2)],
        }
    )
    reading = eb.read(few, checkins=rows)
    assert not reading.enough
    (sign,) = [s for s in reading.signs if s.direction != "unknown"]
    assert (sign.id, sign.person, sign.direction, sign.source) == ("more_solitary", "b", "more", ("checkins",))


def test_the_late_stretch_is_the_spell_that_runs_and_else_two_weeks() -> None:
    made = stream(couple(11), analysis.ending(couple(11), None))
    reading = eb.read(couple(4, keeps=lambda day: 0.15 if day >= DAYS - 9 else 1.0))
    (running,) = [e.episode for e in reading.episodes if e.episode.end is None]
    assert made.date_of(begin_of_late(made, running)) == running.start
    assert made.days - begin_of_late(made, None) == 14
