"""The stories of S20 asked in three ways: from the export, from the intake alone, and from both; and the parts swapped.

The expected is written as sets where two answers serve equally well. All hold before one background
(`background.SEED`); test_retold.py has them before others and in other words.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Literal

import polars as pl
import pytest

from ebbtide import analysis
from ebbtide.guide.place import place
from ebbtide.reading import Reading, present, situation
from ebbtide.selfreport import Intake
from tests.guide.told import STORIES as INTAKES
from tests.reading.wording import forbidden, restraint
from tests.stories.background import SEED, Told
from tests.stories.stories import STORIES

Way = Literal["export", "both", "intake"]
#: Who asks, and about whom; and the same with the parts exchanged: person "b" asks, and bears the other's name.
NAMES, OTHERS = ("Anna", "Tom"), ("Tom", "Anna")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a story is to be answered with: its situations, the kinds of the running spell, and the first advice."""

    situations: Collection[str]
    kinds: Collection[str | None]
    first: Collection[str]
    among: str | None = None
    safety: Collection[str] = ("none",)


QUIET, UNUSUAL, CONCERN, FINE = {"usual_quiet"}, {"unusual_quiet"}, {"concerning"}, {"processing"}
SAFE, HOME, THIN = {"safety"}, {"living_together"}, {"too_little_data"}
NO_SPELL, OPEN = {None}, {"open"}
LEAVE = {"waiting.unusual.leave", "waiting.unusual.answer", "waiting.unusual.plain"}
CALM = {"usual_quiet", "in_touch"}
BESIDE_TROUBLE = {
    "waiting.unusual.outside",
    "waiting.processing.light",
    "waiting.processing.offer",
    "waiting.usual.outside",
    *LEAVE,
}

EXPORT: dict[int, Expected] = {
    1: Expected(QUIET, NO_SPELL, {"waiting.usual.nothing"}),
    2: Expected(FINE, FINE, {"named.meeting"}),
    3: Expected(CONCERN, NO_SPELL | CONCERN, {"waiting.concerning.sign"}),
    4: Expected(CONCERN, OPEN | CONCERN, {"waiting.gone_again", "return.deeds"}, "waiting.concerning.whole"),
    5: Expected(UNUSUAL | FINE | QUIET, OPEN | FINE | NO_SPELL, BESIDE_TROUBLE),
    6: Expected(UNUSUAL, OPEN, {"waiting.unusual.stop"}),
    7: Expected(FINE, FINE, {"worsens.apology.reason"}, "waiting.processing.keep"),
    9: Expected(THIN, NO_SPELL, {"waiting.thin.general"}),
    10: Expected(HOME, NO_SPELL, {"waiting.home.calm"}, "waiting.home.note"),
    11: Expected(CALM, NO_SPELL, {"waiting.usual.nothing", "both.touch.liked"}),
    12: Expected(SAFE, NO_SPELL | OPEN | CONCERN, {"safety.look.control"}, safety=("look",)),
    13: Expected(SAFE, NO_SPELL | CONCERN | {"mixed"}, {"safety.urgent.ring"}, safety=("urgent",)),
    14: Expected(UNUSUAL, OPEN | NO_SPELL, {"withdrawing.unusual.line"}),
    15: Expected(HOME, {"mixed", "concerning"}, {"waiting.home.ask"}),
    16: Expected(CONCERN, CONCERN, {"parted.named"}),
    17: Expected(UNUSUAL | FINE, OPEN | FINE, {"named.doubts.meeting"}, "waiting.own_trouble"),
    18: Expected(UNUSUAL, NO_SPELL | OPEN, {"waiting.unusual.stop"}),
    19: Expected(UNUSUAL, OPEN, {*LEAVE, "waiting.unusual.stop"}, "onesided.record"),
    20: Expected(UNUSUAL, OPEN | NO_SPELL, LEAVE),
    21: Expected(CALM, NO_SPELL, {"waiting.usual.nothing", "waiting.usual.long", "both.touch.liked", "named.limit"}),
    22: Expected(CALM | UNUSUAL, NO_SPELL, {"parted.truce"}),
    23: Expected(UNUSUAL, OPEN, {*LEAVE, "withdrawing.unusual.line"}),
}
BOTH: dict[int, Expected] = {
    1: Expected(QUIET, NO_SPELL, {"waiting.usual.nothing", "say.too_short"}, "question.losing_interest.general"),
    2: Expected(FINE, FINE, {"named.meeting"}, "question.how_long.told"),
    3: Expected(CONCERN, NO_SPELL | CONCERN, {"waiting.concerning.sign"}, "question.how_long.told"),
    4: Expected(CONCERN, CONCERN, {"return.deeds"}, "question.when_stop.own"),
    5: Expected(UNUSUAL | FINE | QUIET, FINE | NO_SPELL, {"say.reason"}, "question.is_it_me.stress"),
    6: Expected(UNUSUAL, OPEN, {"worsens.flood"}, "waiting.unusual.stop"),
    7: Expected(FINE, FINE, {"worsens.flood"}, "worsens.apology.reason"),
    9: Expected(THIN, NO_SPELL, {"waiting.thin.general"}, "say.early"),
    10: Expected(HOME, NO_SPELL, {"waiting.home.ask"}, "waiting.home.note"),
    11: Expected(QUIET, NO_SPELL, {"say.distance"}, "question.is_it_common.general"),
    12: Expected(SAFE, NO_SPELL | OPEN | CONCERN, {"safety.told.harm"}, "safety.told.device", safety=("urgent",)),
    13: Expected(
        SAFE, NO_SPELL | CONCERN | {"mixed"}, {"safety.told.self"}, "safety.urgent.person", safety=("urgent",)
    ),
    14: Expected(UNUSUAL, OPEN, {"worsens.vanish"}, "question.may_i_write.yours"),
    15: Expected(HOME, CONCERN, {"say.load"}, "help.persists"),
    16: Expected(CONCERN, CONCERN, {"parted.many"}, "parted.question.win_back"),
    17: Expected(UNUSUAL | FINE, OPEN | FINE, {"named.doubts.meeting"}, "settle.load"),
    18: Expected(UNUSUAL, NO_SPELL | OPEN, {"waiting.unusual.stop"}, "settle.old_wound.early"),
    19: Expected(UNUSUAL, OPEN, {"onesided.look"}, "question.used.told"),
    20: Expected(UNUSUAL, OPEN, {"say.bed"}, "question.is_it_me.general"),
    21: Expected(QUIET | {"in_touch"}, NO_SPELL, {"question.enough_for_me.stated"}),
    22: Expected(QUIET, NO_SPELL, {"question.must_meet.truce"}, "parted.separated"),
    23: Expected(UNUSUAL, OPEN, LEAVE, "question.pull_away_too.general"),
}
INTAKE: dict[int, Expected] = {
    1: Expected(QUIET, NO_SPELL, {"say.too_short"}),
    2: Expected(FINE, FINE, {"waiting.processing.keep"}),
    3: Expected(CONCERN, CONCERN, {"say.ask_sign"}),
    4: Expected(CONCERN, CONCERN, {"return.deeds"}),
    5: Expected(FINE, FINE, {"say.reason"}),
    6: Expected(UNUSUAL, OPEN, {"worsens.flood"}),
    7: Expected(FINE, FINE, {"worsens.flood"}),
    9: Expected(UNUSUAL, OPEN, {"say.calm_line"}, "say.early"),
    10: Expected(HOME, NO_SPELL, {"waiting.home.ask"}),
    11: Expected(QUIET, NO_SPELL, {"say.calm_line"}, "say.distance"),
    12: Expected(SAFE, OPEN, {"safety.told.harm"}, safety=("urgent",)),
    13: Expected(SAFE, OPEN, {"safety.told.self"}, safety=("urgent",)),
    14: Expected(UNUSUAL, OPEN, {"worsens.vanish"}),
    15: Expected(HOME, NO_SPELL, {"say.load"}, "help.persists"),
    16: Expected(UNUSUAL, NO_SPELL, {"parted.many"}),
    17: Expected(FINE, FINE, {"settle.load"}),
    18: Expected(UNUSUAL, OPEN, {"say.calm_line"}, "settle.old_wound.early"),
    19: Expected(UNUSUAL, OPEN, {"onesided.look"}, "onesided.limit"),
    20: Expected(UNUSUAL, OPEN, {"say.bed"}),
    21: Expected({"in_touch"}, NO_SPELL, {"question.enough_for_me.stated"}),
    22: Expected(UNUSUAL, NO_SPELL, {"question.must_meet.truce"}),
    23: Expected(UNUSUAL, OPEN, {"say.calm_line"}, "question.pull_away_too.general"),
}
#: The eighth is the seventh the other way round, and is to be answered as the seventh is.
EXPECTED: dict[Way, dict[int, Expected]] = {
    way: {**answers, 8: answers[7]} for way, answers in (("export", EXPORT), ("both", BOTH), ("intake", INTAKE))
}
PARTED = {16, 22}


def answers_of(number: int) -> Intake:
    return INTAKES[7 if number == 8 else number]


@cache
def story(number: int, swapped: bool = False) -> Told:
    return STORIES[number](OTHERS if swapped else NAMES, swapped, SEED)


@cache
def learnt(number: int, swapped: bool) -> analysis.Learnt:
    asked = story(number, swapped)
    return analysis.learn(asked.talk, asked.now)


@cache
def reading(number: int, way: Way, swapped: bool = False) -> Reading:
    if way == "intake":
        return analysis.intake(answers_of(number))
    return analysis.tell(learnt(number, swapped), intake=answers_of(number) if way == "both" else None)


def running_kind(read: Reading) -> str | None:
    running = present(read).running
    return None if running is None else running.kind


def advice_ids(read: Reading) -> list[str]:
    return [a.id for a in read.advice]


def advice_words(read: Reading) -> str:
    return " ".join(f"{a.title} {a.text} {a.caution or ''}" for a in read.advice)


def all_words(read: Reading) -> list[str]:
    """Every sentence of a reading but what is shown first in danger, which holds the names of help lines."""
    return [
        *(read.answer.now, read.answer.may_be, read.answer.unknown),
        *(f.words for f in read.findings),
        *(w for h in read.hypotheses for w in (h.title, h.would_tell, *h.for_, *h.against)),
        *(w for a in read.advice for w in (a.title, a.text, a.caution or "")),
        *read.limits,
    ]


@pytest.mark.parametrize("way", EXPECTED)
@pytest.mark.parametrize("number", STORIES)
def test_each_story_is_answered_sensibly(number: int, way: Way) -> None:
    read, expected = reading(number, way), EXPECTED[way][number]
    assert situation(read) in expected.situations
    assert running_kind(read) in expected.kinds
    assert read.safety.level in expected.safety
    told = advice_ids(read)
    assert told[0] in expected.first
    assert expected.among is None or expected.among in told
    assert (place(read) == "parted") is (number in PARTED)


#: All of them from the export, and some that hang on the intake being about the right one of the two.
EXCHANGED = [*((number, "export") for number in STORIES), (2, "both"), (7, "both"), (14, "both"), (19, "both")]


@pytest.mark.parametrize(("number", "way"), EXCHANGED)
def test_who_asks_and_what_they_are_called_changes_nothing(number: int, way: Way) -> None:
    one, other = reading(number, way), reading(number, way, swapped=True)
    assert present(one).who != present(other).who
    assert (situation(one), running_kind(one), place(one), one.safety.level) == (
        situation(other),
        running_kind(other),
        place(other),
        other.safety.level,
    )
    assert advice_ids(one) == advice_ids(other)
    assert [a.voice for a in one.advice] == [a.voice for a in other.advice]


@pytest.mark.parametrize("number", [2, 7, 14, 19])
def test_with_the_names_alone_exchanged_every_sentence_stays(number: int) -> None:
    """Who withdraws and who reaches is the same, and only the genders the names suggest are exchanged."""
    asked = STORIES[number](OTHERS, False, SEED)
    exchanged = analysis.read(asked.talk, asked.now)
    swap = {"Anna": "Tom", "Tom": "Anna"}
    back = [re.sub(r"\b(?:Anna|Tom)\b", lambda m: swap[m[0]], words) for words in all_words(exchanged)]
    assert back == all_words(reading(number, "export"))


@pytest.mark.parametrize("way", EXPECTED)
def test_no_story_is_answered_with_a_verdict_or_a_gender(way: Way) -> None:
    said = {n: [hit for words in all_words(reading(n, way)) for hit in forbidden(words)] for n in STORIES}
    assert {n: hits for n, hits in said.items() if hits} == {}


# What must not come.


@pytest.mark.parametrize("way", EXPECTED)
def test_vanishing_twice_is_never_taken_for_room_that_is_needed(way: Way) -> None:
    read = reading(4, way)
    assert running_kind(read) != "processing"
    assert not any(".processing." in id_ for id_ in advice_ids(read))
    assert "said_space" not in {f.key for f in read.findings}


def test_a_month_away_and_its_silent_end_are_found() -> None:
    (first, again) = reading(4, "export").episodes
    assert 25 <= first.episode.days <= 32
    assert first.kind == "concerning"
    assert first.episode.return_ is not None
    assert (first.episode.return_.acknowledged, first.episode.return_.explained) == (False, False)
    assert again.episode.end is None
    assert "unspoken_returns" in {f.key for f in reading(4, "export").findings}


def test_an_unanswered_silence_of_two_weeks_is_concerning_with_or_without_a_spell() -> None:
    """Where who waits writes little too, no spell may stand out of a time in which both are quiet."""
    read = reading(3, "export")
    assert situation(read) == situation(replace(read, episodes=())) == "concerning"
    assert "Nothing about it stands out" not in read.answer.may_be
    assert "Asking can" in read.answer.unknown
    (first, *_) = read.advice
    assert "Please send one word" in first.text


def test_ten_messages_are_too_few_to_say_anything_of_these_two() -> None:
    for way in ("export", "both"):
        read = reading(9, way)
        assert not read.enough
        assert (read.episodes, read.loop, read.rhythm) == ((), None, None)
        assert all(s.word == "unknown" for s in read.silence)


@pytest.mark.parametrize("way", EXPECTED)
def test_few_messages_at_home_are_no_withdrawal(way: Way) -> None:
    read = reading(10, way)
    assert read.episodes == ()
    assert "share a home" in read.answer.now


@pytest.mark.parametrize("way", ["export", "both"])
def test_the_night_on_the_other_side_of_the_world_is_no_withdrawal(way: Way) -> None:
    read = reading(11, way)
    assert read.episodes == ()
    assert present(read).silence.word == "usual"  # type: ignore[union-attr]


@pytest.mark.parametrize("way", EXPECTED)
def test_no_word_of_patience_beside_control_and_threats(way: Way) -> None:
    read = reading(12, way)
    said = [words for words in (*all_words(read), read.safety.shown) if words not in read.limits]
    assert [hit for words in said for hit in restraint(words)] == []
    assert all(id_.startswith("safety.") for id_ in advice_ids(read))
    assert [h.id for h in read.hypotheses] == ["harm"]


@pytest.mark.parametrize("way", EXPECTED)
def test_despair_is_met_with_help_and_nothing_else(way: Way) -> None:
    read = reading(13, way)
    assert "emergency number" in read.safety.shown
    assert all(id_.startswith("safety.") for id_ in advice_ids(read))
    assert {f.key for f in read.findings} == {"safety"}


def test_the_one_who_went_quiet_is_spoken_to_first() -> None:
    read = reading(14, "export")
    assert read.advice[0].voice == "withdrawing"
    assert read.answer.now.startswith("You have")
    assert {a.voice for a in reading(14, "both").advice} == {"withdrawing"}


WOOING = (
    r"win (?:\w+ )?back|Thinking of you|I miss you|one light line|One line is enough|Leave it until|One more line"
    r"|hear from you"
)


@pytest.mark.parametrize(
    "way",
    [
        "export",
        "both",
        "intake",
    ],
)
def test_after_an_ending_nobody_is_told_how_to_win_the_other_back(way: Way) -> None:
    assert re.findall(WOOING, advice_words(reading(16, way))) == []


@pytest.mark.parametrize("way", EXPECTED)
def test_two_who_must_meet_are_told_no_line_of_longing(way: Way) -> None:
    assert re.findall(r"Thinking of you|I miss you|I thought of you", advice_words(reading(22, way))) == []


def test_two_who_must_meet_are_told_of_a_truce_from_the_export() -> None:
    assert place(reading(22, "export")) == "parted"


@pytest.mark.parametrize("way", EXPECTED)
def test_the_date_stands_and_nobody_is_put_to_the_test(way: Way) -> None:
    said = advice_words(reading(17, way))
    assert re.findall(r"\b(?:chas\w+|jealous|ultimatum|(?<!set no )tests?)\b", said) == []
    assert way == "export" or "Keep what is agreed" in said


@pytest.mark.parametrize("way", ["both", "intake"])
def test_silence_as_a_tactic_is_told_apart_from_rest_and_from_leaving(way: Way) -> None:
    (said,) = (a.text for a in reading(23, way).advice if a.id.startswith("question.pull_away_too"))
    assert "it can make the gap wider" in said
    assert "If you want to go, that is another thing" in said


@pytest.mark.parametrize("number", [5, 7])
def test_trouble_that_was_named_is_a_reason_from_the_export(number: int) -> None:
    assert "outside_cause" in {f.key for f in reading(number, "export").findings}


def test_trouble_that_was_told_speaks_for_itself() -> None:
    for number, way in ((5, "both"), (5, "intake"), (7, "both"), (7, "intake")):
        (outside,) = (h for h in reading(number, way).hypotheses if h.id == "outside_stress")
        assert outside.weight == "speaks for it"


def test_apology_upon_apology_and_pressing_are_seen() -> None:
    read = reading(7, "export")
    assert {"apology_repeated", "said_space", "reaching_more"} <= {f.key for f in read.findings}
    assert "room_left" not in {f.key for f in read.findings}


def test_giving_without_taking_is_seen_from_the_export() -> None:
    (found,) = (h for h in reading(19, "export").hypotheses if h.id == "one_sided")
    assert found.for_ != ()


def test_what_happened_in_bed_is_nothing_an_export_speaks_of() -> None:
    assert not re.search(r"\b(?:bed|body|sex)\b", advice_words(reading(20, "export")))
    (shame,) = (h for h in reading(20, "both").hypotheses if h.id == "shame")
    assert shame.for_ != ()


def test_in_a_story_there_is_nothing_but_its_own_lines() -> None:
    for swapped, them in ((False, "b"), (True, "a")):
        asked = story(3, swapped)
        own = asked.talk.events.filter(pl.col("at") > asked.now - timedelta(days=15, hours=18))
        assert own["text"].to_list() == [
            "Good morning. Tea is on",
            "Good morning",
            "How was your day?",
            "I hope you are all right",
        ]
        assert own.filter(pl.col("person") == them)["text"].to_list() == ["Good morning"]
        assert asked.talk.me != them
        assert asked.talk.name(them) == ("Anna" if swapped else "Tom")
