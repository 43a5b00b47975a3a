"""The whole pipeline: what is kept of a record, what a reading is when there is too little, and what its JSON holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest

import ebbtide as eb
from ebbtide import analysis
from ebbtide.analysis import ExplainedAway, between, ending
from ebbtide.conversation import Conversation, assemble
from ebbtide.errors import NotTwoPeople
from ebbtide.models.silence import CURVE_HOURS
from ebbtide.reading import Reading
from ebbtide.reading.as_dict import silence_to_dict
from ebbtide.reading.phrases import Named
from ebbtide.reading.quiet import how_often, silence_words
from ebbtide.reading.silences import FEWEST_AS_LONG, curve, describe_silence, word_for
from ebbtide.simulator import Couple, make_couple
from tests.talks import START, Line, moment, rows, talk, talk_of


@cache
def couple() -> Couple:
    """Ten weeks of two who talk much, b of whom withdraws for nine days of February and says nothing of it."""
    return make_couple(15, kind="busy", days=70, words=False)


@cache
def whole() -> Reading:
    return analysis.read(couple().conversation)


def spans(reading: Reading) -> list[tuple[str, date, date | None]]:
    return [(e.episode.person, e.episode.start, e.episode.end) for e in reading.episodes]


# What is read.


def test_the_planted_episode_is_read_and_no_other() -> None:
    (true,) = couple().episodes
    assert true.end is not None
    ((person, start, end),) = spans(whole())
    assert person == true.person
    assert abs(start - true.start.date()) <= timedelta(days=1)
    assert end is not None and abs(end - true.end.date()) <= timedelta(days=1)


def test_reading_twice_gives_the_same() -> None:
    again = analysis.read(couple().conversation)
    assert again == whole()
    assert json.dumps(again.to_dict()) == json.dumps(whole().to_dict())


def test_now_is_the_silence_of_the_whole_reading() -> None:
    assert analysis.now(couple().conversation) == whole().silence
    assert [s.word for s in whole().silence] != ["unknown", "unknown"]


def test_an_episode_that_is_explained_is_no_episode() -> None:
    """The days are left out before the models, so that nothing is learnt from them either."""
    ((_, start, end),) = spans(whole())
    assert end is not None
    away = ExplainedAway(start - timedelta(days=1), end, "home")
    told = analysis.read(couple().conversation, explain_away=[away])
    assert spans(told) == []
    elsewhere = ExplainedAway(end + timedelta(days=20), end + timedelta(days=22), "home")
    assert spans(analysis.read(couple().conversation, explain_away=[elsewhere])) == spans(whole())


def test_the_two_names_exchanged_exchange_all_that_is_said_of_them() -> None:
    """Only what is drawn by chance may differ a little."""
    made = couple()
    other = {"a": made.names["b"], "b": made.names["a"]}
    events = made.conversation.events.with_columns(pl.col("person").replace_strict(other, default=None))
    swapped = analysis.read(
        assemble(events.drop("id"), tz="Europe/London", tz_source="given", coverage=made.conversation.coverage)
    )
    twin = {"a": "b", "b": "a"}
    assert [(twin[p], *days) for p, *days in spans(swapped)] == [tuple(s) for s in spans(whole())]
    for one, mirrored in zip(whole().episodes, swapped.episodes, strict=True):
        for field in ("depth", "contact_kept", "longest_silence_hours", "unanswered_turns", "space_given", "days"):
            assert getattr(mirrored.episode, field) == pytest.approx(getattr(one.episode, field), abs=0.02), field
        assert mirrored.kind == one.kind
        assert mirrored.episode.probability == pytest.approx(one.episode.probability, abs=0.1)
    for one_silence, mirrored_silence in zip(whole().silence, reversed(swapped.silence), strict=True):
        assert mirrored_silence.person == twin[one_silence.person]
        assert mirrored_silence.since == one_silence.since
        assert mirrored_silence.usual_hours == one_silence.usual_hours
        assert mirrored_silence.probability == pytest.approx(one_silence.probability, abs=0.03)


# From when and until when.


def test_now_before_the_last_event_knows_nothing_of_what_came_later() -> None:
    talk_ = couple().conversation
    then = talk_.coverage[0][0] + timedelta(days=40, hours=15)
    known = replace(talk_, events=talk_.events.filter(pl.col("at") <= then), coverage=((talk_.coverage[0][0], then),))
    assert analysis.read(talk_, then).to_dict() == analysis.read(known, then).to_dict()
    assert analysis.now(talk_, then) == analysis.now(known, then)


def test_a_danger_that_is_not_yet_written_is_not_yet_seen() -> None:
    made = talk([(0.0, "a", "hi"), (5.0, "b", "hello"), (30.0, "b", "I don't want to be alive anymore")])
    assert analysis.read(made, moment(10)).safety.level == "none"
    assert analysis.read(made, moment(40)).safety.level == "urgent"


def every_six_hours(days: int, tz: str = "Europe/London", **how: Any) -> Conversation:
    """Both write every six hours, a on the full hour and b half an hour later."""
    lines: list[Line] = [
        (h + shift, who, "ok") for h in range(0, 24 * days, 6) for who, shift in (("a", 0), ("b", 0.5))
    ]
    return talk(lines, until=24.0 * days, tz=tz, **how)


@pytest.mark.parametrize("tz", ["Europe/London", "Pacific/Auckland", "America/St_Johns"])
def test_since_and_until_keep_whole_local_days_of_both_ends(tz: str) -> None:
    made = every_six_hours(12, tz)
    reading = analysis.read(made, since=date(2025, 2, 6), until=date(2025, 2, 10))
    zone = ZoneInfo(tz)
    low, high = (datetime.combine(date(2025, 2, d), datetime.min.time(), zone) for d in (6, 11))
    inside = made.events.filter((pl.col("at") >= low.astimezone(UTC)) & (pl.col("at") < high.astimezone(UTC)))
    assert 38 <= inside.height == reading.span.events <= 42
    assert (reading.span.start, reading.span.end) == (inside["at"].min(), inside["at"].max())
    assert {reading.span.start.date(), reading.span.end.date()} == {date(2025, 2, 6), date(2025, 2, 10)}
    ((begins, ends),) = reading.span.coverage
    assert begins == low
    assert timedelta(0) <= high - ends <= timedelta(microseconds=1)


def test_a_message_on_the_stroke_of_midnight_belongs_to_the_day_that_begins() -> None:
    made = talk([(10.0, "a"), (24.0, "b"), (30.0, "a"), (48.0, "b"), (50.0, "a")])
    reading = analysis.read(made, since=date(2025, 2, 4), until=date(2025, 2, 4))
    assert (reading.span.start, reading.span.end) == (moment(24), moment(30))


def test_until_ends_observation_even_where_now_is_later() -> None:
    """What is left out is not silence."""
    made = every_six_hours(12)
    reading = analysis.read(made, moment(24 * 300), until=date(2025, 2, 10))
    assert moment(24 * 8) - reading.span.now <= timedelta(microseconds=1)
    assert [s.hours for s in reading.silence] == pytest.approx([6.0, 5.5], abs=1e-3)


@pytest.mark.parametrize(
    "days",
    [
        {"since": date(2026, 1, 1)},
        {"until": date(2020, 1, 1)},
        {"since": date(2025, 2, 20), "until": date(2025, 2, 10)},
        {"since": date(1, 1, 1), "until": date(1, 1, 2)},
        {"since": date.max},
    ],
)
def test_where_nothing_is_left_nothing_is_said_and_nothing_breaks(days: dict[str, date]) -> None:
    reading = analysis.read(every_six_hours(30), **days)  # type: ignore[arg-type]
    told = reading.to_dict()
    assert (reading.enough, reading.episodes, told["span"]["events"]) == (False, (), 0)
    assert [(s["word"], s["since"], s["hours"], s["probability"]) for s in told["silence"]] == [
        ("unknown", None, None, None)
    ] * 2


def test_a_day_beyond_every_calendar_leaves_nothing_out() -> None:
    made = every_six_hours(3)
    assert analysis.read(made, until=date.max, since=date.min).to_dict() == analysis.read(made).to_dict()


def test_the_end_is_now_or_the_end_of_coverage_but_no_later_than_until() -> None:
    made = every_six_hours(10)
    assert ending(made, None) == moment(240)
    assert ending(made, moment(400)) == moment(400)
    assert ending(made, moment(30)) == moment(30)
    assert ending(made, None, date(2025, 3, 30)) == moment(240)


def test_now_may_be_given_in_any_zone() -> None:
    made = every_six_hours(10)
    away = moment(200).astimezone(ZoneInfo("Asia/Tokyo"))
    assert analysis.read(made, away).to_dict() == analysis.read(made, moment(200)).to_dict()
    assert analysis.now(made, away) == analysis.now(made, moment(200))


def test_holes_stay_holes_when_days_are_left_out() -> None:
    known = [(moment(0), moment(50)), (moment(80), moment(120)), (moment(130), moment(200))]
    made = talk([(1.0, "a"), (90.0, "b"), (150.0, "a")], coverage=known)
    assert between(made, None, moment(125)).coverage == ((moment(0), moment(50)), (moment(80), moment(120)))
    assert between(made, date(2025, 2, 5), moment(140)).coverage == (
        (moment(48), moment(50)),
        (moment(80), moment(120)),
        (moment(130), moment(140)),
    )


# Too little.


def spread(messages: int, days: float) -> Conversation:
    """So many messages of each, evenly over so many days."""
    step = 24 * days / (2 * messages - 1)
    return talk([(i * step, "ab"[i % 2], "ok") for i in range(2 * messages)])


@pytest.mark.parametrize(
    ("messages", "days", "enough"), [(40, 14, True), (39, 60, False), (400, 13.99, False), (39, 13, False)]
)
def test_less_than_forty_messages_of_each_or_two_weeks_is_too_little(messages: int, days: float, enough: bool) -> None:
    made = spread(messages, days)
    reading = analysis.read(made)
    assert reading.enough is enough
    if not enough:
        assert reading.episodes == ()
        assert reading.ribbon is None
        for silence in reading.silence:
            assert silence.word == "unknown"
            assert (silence.probability, silence.one_in, silence.usual_hours, silence.once_in_days) == (None,) * 4
            assert silence.hours is not None
        assert analysis.now(made) == reading.silence


def test_forty_of_one_are_not_enough_where_the_other_wrote_one_less() -> None:
    lines: list[Line] = [(6.0 * i, "a") for i in range(200)] + [(8.0 * i + 1, "b") for i in range(39)]
    assert not analysis.read(talk(lines)).enough


def test_a_reading_needs_two_people() -> None:
    alone = assemble(rows([(moment(1), "Jo", "hi")]), tz="Europe/London", tz_source="given")
    for ask in (analysis.read, analysis.now):
        with pytest.raises(NotTwoPeople):
            ask(alone)


def test_holes_in_the_present_gap_make_the_silence_unknown() -> None:
    lines: list[Line] = [(h, who) for h in range(0, 24 * 30, 6) for who in "ab"]  # type: ignore[misc]
    known = [(moment(0), moment(720)), (moment(730), moment(800))]
    reading = analysis.read(talk(lines, coverage=known), moment(790))
    assert [(s.word, s.probability, s.one_in, s.usual_hours) for s in reading.silence] == [
        ("unknown", None, None, None)
    ] * 2


# Words and JSON.


def test_words_for_probabilities_are_those_of_the_voice() -> None:
    said = [word_for(p) for p in (1.0, 0.2, 0.1999, 0.05, 0.0499, 0.0, None)]
    assert said == ["usual", "usual", "long", "long", "unusual", "unusual", "unknown"]


def test_a_silence_is_never_impossible() -> None:
    tail = analysis.silences(analysis.stream(couple().conversation, whole().span.now), analysis.SEED)[0]
    assert tail is not None
    silence = describe_silence("a", replace(tail, probability=1e-12))
    assert (silence.probability, silence.one_in) == (1e-6, 1_000_000)
    assert silence_to_dict(silence)["probability"] == 1e-6


def test_one_in_and_how_often_follow_from_the_probability() -> None:
    for silence in whole().silence:
        assert silence.probability is not None and silence.one_in is not None and silence.once_in_days is not None
        assert silence.one_in == pytest.approx(1 / silence.probability, abs=0.51)
        assert silence.word == word_for(silence.probability)
    tails = analysis.silences(analysis.stream(couple().conversation, whole().span.now), analysis.SEED)
    for silence, tail in zip(whole().silence, tails, strict=True):
        assert tail is not None and silence.probability is not None
        share = tail.as_long / tail.past if tail.as_long >= FEWEST_AS_LONG else silence.probability
        assert silence.once_in_days == pytest.approx(1 / (share * tail.per_day))
        assert silence.curve == curve(tail)
        assert silence.curve is not None and silence.curve.hours == tuple(CURVE_HOURS.tolist())


def test_a_silence_that_only_unanswered_words_make_rare_says_so() -> None:
    tail = analysis.silences(analysis.stream(couple().conversation, whole().span.now), analysis.SEED)[0]
    assert tail is not None
    common = replace(tail, hours=16.0, probability=1 / 73, waiting=3, as_long=50, past=600, per_day=5.0)
    silence = describe_silence("a", common)
    assert silence.by_words and silence.word == "unusual"
    assert silence.once_in_days == pytest.approx(2.4)
    who = Named("Sam", you=False)
    assert silence_words(silence, who) == (
        "Sam has been quiet for 16 hours. With what was written since, that is unusual for Sam: "
        "about 1 quiet spell in 73 lasts this long."
    )
    assert how_often(silence, 120) == "A silence this long, whatever was written into it, comes about once in 2 days."
    rare = [replace(common, waiting=0), replace(common, as_long=20), replace(common, as_long=2)]
    assert not any(describe_silence("a", each).by_words for each in rare)


def test_the_ribbon_shows_the_episode_as_a_low_and_the_rest_as_usual() -> None:
    ribbon = whole().ribbon
    assert ribbon is not None
    ((person, start, end),) = spans(whole())
    assert end is not None
    assert list(ribbon.days) == [ribbon.days[0] + timedelta(days=i) for i in range(len(ribbon.days))]
    inside = [level for day, level in zip(ribbon.days, ribbon.level[person], strict=True) if start < day < end]
    middle = inside[len(inside) // 2]
    assert middle is not None and middle < ribbon.low[person]
    calm = [v for day, v in zip(ribbon.days, ribbon.level[person], strict=True) if day > end + timedelta(days=7) and v]
    assert 0.7 < sum(calm) / len(calm) < 1.4


READING_KEYS = {
    *("schema", "version", "people", "span", "import", "silence", "episodes", "loop", "signs", "counter_signs"),
    *("hypotheses", "findings", "advice", "safety", "limits"),
}
SPAN_KEYS = {"start", "end", "now", "tz", "tz_source", "events", "messages", "days", "coverage"}
SILENCE_KEYS = {"person", "since", "hours", "probability", "one_in", "word", "usual_hours"}
EPISODE_KEYS = {
    *("person", "start", "end", "days", "depth", "probability", "said_so", "contact_kept", "longest_silence_hours"),
    *("space_given", "partner", "return", "kind", "criteria", "other_explanations"),
}


def plain(value: Any) -> bool:
    """Whether a value is made of what JSON knows, and of finite numbers."""
    if isinstance(value, dict):
        return all(isinstance(k, str) and plain(v) for k, v in value.items())
    if isinstance(value, list | tuple):
        return all(plain(v) for v in value)
    if isinstance(value, float):
        return value == value and abs(value) != float("inf")
    return value is None or isinstance(value, str | bool | int)


def keys(found: dict[str, Any], contract: set[str], additions: Sequence[str] = ()) -> None:
    assert set(found) == contract | set(additions)


def test_the_json_holds_what_the_contract_names() -> None:
    """Keys may be added to the contract, but none may go or be renamed."""
    told = whole().to_dict()
    keys(told, READING_KEYS, ["answer", "answered", "rhythm", "reciprocity", "exposures", "agreements"])
    assert told["schema"] == "ebbtide.reading/1"
    keys(told["span"], SPAN_KEYS)
    for person in told["people"]:
        keys(person, {"id", "name", "me"})
    for silence in told["silence"]:
        keys(silence, SILENCE_KEYS, ["once_in_days", "waiting_turns"])
        keys(silence["usual_hours"], {"p50", "p90", "p99"})
    assert told["episodes"]
    for episode in told["episodes"]:
        keys(episode, EPISODE_KEYS, ["evidence", "noted"])
        keys(episode["partner"], {"unanswered_turns", "pressing_messages"})
        keys(episode["return"], {"date", "warmth", "acknowledged", "explained"})
        for criterion in episode["criteria"]:
            keys(criterion, {"id", "list", "met", "why", "evidence"}, ["title"])
    assert set(told["loop"]) == {"periods", "goodness"}
    for advice in told["advice"]:
        keys(advice, {"id", "voice", "text", "because", "source", "grade", "caution"}, ["title"])
    keys(told["safety"], {"level", "shown"})


def test_the_json_is_json() -> None:
    told = whole().to_dict()
    assert plain(told)
    assert json.loads(json.dumps(told, allow_nan=False)) is not None


def test_the_json_means_what_the_contract_says() -> None:
    told = whole().to_dict()
    for episode in told["episodes"]:
        start, end = date.fromisoformat(episode["start"]), date.fromisoformat(episode["end"])
        assert (end - start).days == episode["days"] >= 3
        for share in ("depth", "probability", "contact_kept"):
            assert 0 <= episode[share] <= 1
        assert episode["kind"] in {"processing", "concerning", "mixed", "open", "unclear"}
    assert told["episodes"] == sorted(told["episodes"], key=lambda e: (e["start"], e["person"]))
    for silence in told["silence"]:
        assert datetime.fromisoformat(silence["since"]).tzinfo is not None
        assert silence["usual_hours"]["p50"] <= silence["usual_hours"]["p90"] <= silence["usual_hours"]["p99"]
    coverage = [[datetime.fromisoformat(m) for m in pair] for pair in told["span"]["coverage"]]
    assert all(a < b for a, b in coverage)
    assert all(one[1] < other[0] for one, other in pairwise(coverage))
    assert told["people"] == [{"id": p, "name": couple().names[p], "me": False} for p in ("a", "b")]


def test_evidence_refers_to_events_that_can_be_looked_up() -> None:
    known = set(couple().conversation.events["id"])
    told = whole().to_dict()
    refs = [r for e in told["episodes"] for r in (*e["evidence"], *(x for c in e["criteria"] for x in c["evidence"]))]
    refs += [r for f in told["findings"] for r in f["evidence"]]
    assert refs
    assert set(refs) <= known


def test_what_was_learnt_once_is_told_to_whoever_asks() -> None:
    learnt = analysis.learn(couple().conversation)
    asked = {voice: analysis.read(couple().conversation, voice=voice).to_dict() for voice in ("waiting", "withdrawing")}
    assert {voice: analysis.tell(learnt, voice=voice).to_dict() for voice in asked} == asked
    assert asked["waiting"] != asked["withdrawing"]


def test_without_words_what_only_words_tell_is_null_and_not_false() -> None:
    for episode in whole().to_dict()["episodes"]:
        assert episode["said_so"] is None
        assert episode["return"]["acknowledged"] is None
        assert episode["return"]["explained"] is None


def test_what_is_unknown_is_null_and_never_nothing() -> None:
    told = analysis.read(spread(30, 10)).to_dict()
    for silence in told["silence"]:
        assert [silence[k] for k in ("probability", "one_in", "usual_hours", "once_in_days")] == [None] * 4
    never = describe_silence("b", None)
    assert silence_to_dict(never)["hours"] is None
    assert silence_to_dict(never)["since"] is None
    assert told["loop"]["goodness"] is None


def test_the_event_table_is_the_conversations_own() -> None:
    made = talk_of(rows([(START, "a", "hi"), (moment(2), None, "x"), (moment(3), "b", "y")]))
    assert analysis.events(made).equals(made.events)


def test_progress_is_told_in_words() -> None:
    told: list[str] = []
    analysis.read(spread(30, 10), progress=told.append)
    assert told == list(dict.fromkeys(told))
    assert len(told) >= 3


def test_now_from_what_was_learnt_before_gives_the_same_figures() -> None:
    talk, at = couple().conversation, whole().span.now
    assert eb.now(talk, at, fit=eb.fit_silence(talk, at)) == eb.now(talk, at) == whole().silence


def test_turns_that_only_close_do_not_wait() -> None:
    ordinary: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"the train at {h}") for d in range(40) for h in (8, 9, 19)
    ]
    waits: list[Line] = [(24 * 40 + 3.0, "a", "shall I bring bread?"), (24 * 40 + 9.0, "a", "good night then x")]
    read = eb.read(talk([*ordinary, (24 * 40.0, "b", "late again"), *waits], until=24 * 41.0))
    assert next(s for s in read.silence if s.person == "b").waiting_turns == 1
