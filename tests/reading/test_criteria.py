"""Each criterion of S8 from made-up spells: met, not met, and unknown wherever the record cannot tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from ebbtide.episodes import Episode
from ebbtide.reading import Criterion
from ebbtide.reading.context import Context
from ebbtide.reading.criteria import KIND_WORDS, criteria, kind
from ebbtide.reading.explanations import other_explanations
from ebbtide.reading.phrases import Named
from tests.reading.stories import NOW, ZONE, back, ended, running, spell

SAM = Context(Named("Sam", False), Named("Jo", True), NOW.date())
DAY = date(2025, 5, 1)
IDS = (
    "said_space",
    "some_contact",
    "resolves_in_a_week",
    "renewed_openness",
    "could_say_what",
    "blackout",
    "over_two_weeks",
    "after_every_closeness",
    "returned_without_a_word",
    "continues_though_discussed",
    "red_flags",
)


def met(episode: Episode, id_: str, context: Context = SAM, history: tuple[Episode, ...] = ()) -> bool | None:
    return one(episode, id_, context, history).met


def one(episode: Episode, id_: str, context: Context = SAM, history: tuple[Episode, ...] = ()) -> Criterion:
    return next(c for c in criteria(episode, history, context) if c.id == id_)


def test_all_eleven_in_their_order_each_with_a_reason() -> None:
    found = criteria(ended("b", 20, 6), (), SAM)
    assert tuple(c.id for c in found) == IDS
    assert [c.list for c in found] == ["processing"] * 5 + ["concerning"] * 6
    assert all(c.title and c.why.endswith(".") for c in found)


@pytest.mark.parametrize("said", [True, False, None])
def test_said_space_is_what_the_words_say(said: bool | None) -> None:
    assert met(running("b", 5, said_so=said), "said_space") is said


def test_said_space_shows_when_and_on_what_it_rests() -> None:
    episode = running("b", 5, said_so=True)
    seen = replace(SAM, moments={episode.said_so_evidence[0]: datetime(2025, 5, 11, 18, 40, tzinfo=ZONE)})
    found = one(episode, "said_space", seen)
    assert found.why == "Sam wrote of it, on Sunday."
    assert found.evidence == episode.said_so_evidence


@pytest.mark.parametrize(
    ("kept", "longest", "days", "contact", "silent"),
    [
        (0.3, 30, 6, True, False),
        (0.02, 40, 10, True, False),
        (0.0, 372, 16, False, True),
        (0.03, 80, 5, False, True),
        (0.03, 100, 20, True, False),
        (0.03, 160, 20, None, False),
        (0.3, 90, 6, None, False),
    ],
)
def test_contact_and_blackout(kept: float, longest: float, days: int, contact: bool | None, silent: bool) -> None:
    episode = spell("b", DAY, days, kept=kept, longest=longest)
    assert met(episode, "some_contact") is contact
    assert met(episode, "blackout") is silent


def test_a_death_that_was_told_of_takes_the_two_weeks_off_the_list() -> None:
    long = running("b", 20)
    told = replace(SAM, mourning=(long.start - timedelta(days=3),))
    assert met(long, "over_two_weeks", told) is None
    assert "grief" in one(long, "over_two_weeks", told).why
    assert met(long, "over_two_weeks", replace(SAM, mourning=(long.start - timedelta(days=40),))) is True


def test_less_contact_after_a_limit_is_no_worry_by_itself() -> None:
    long = ended("b", 30, 20)
    told = replace(SAM, limits=(long.start - timedelta(days=3),))
    assert met(long, "over_two_weeks", SAM) is True
    assert met(long, "over_two_weeks", told) is None
    assert "limit" in one(long, "over_two_weeks", told).why
    flat = ended("b", 30, 20, return_=back(DAY, "flat", False, False))
    assert met(flat, "returned_without_a_word", SAM) is True
    assert met(flat, "returned_without_a_word", told) is None
    assert met(long, "over_two_weeks", replace(SAM, limits=(long.start - timedelta(days=30),))) is True
    assert any("A limit was set" in words for words in other_explanations(long, told))


def test_blackout_needs_that_no_word_was_said() -> None:
    silent = running("b", 6, kept=0.0, longest=140)
    assert met(silent, "blackout") is True
    assert met(replace(silent, said_so=True), "blackout") is False
    assert met(replace(silent, said_so=None), "blackout") is None


def test_contact_on_the_first_days_is_too_early_to_tell() -> None:
    young = running("b", 3, kept=0.01, longest=60)
    assert met(young, "some_contact") is None
    assert met(young, "blackout") is None


@pytest.mark.parametrize(
    ("days", "running_", "ended_"), [(5, None, True), (8, None, True), (9, False, False), (20, False, False)]
)
def test_resolves_in_a_week(days: int, running_: bool | None, ended_: bool) -> None:
    assert met(running("b", days), "resolves_in_a_week") is running_
    assert met(ended("b", 20, days), "resolves_in_a_week") is ended_


@pytest.mark.parametrize(("days", "over"), [(14, False), (15, True)])
def test_over_two_weeks(days: int, over: bool) -> None:
    assert met(running("b", days), "over_two_weeks") is over
    assert met(ended("b", 30, days), "over_two_weeks") is over


def test_durations_stand_beside_the_own_history() -> None:
    history = (spell("b", date(2025, 1, 3), 2), spell("b", date(2025, 2, 3), 6))
    assert one(running("b", 5), "over_two_weeks", history=history).why == (
        "It goes on; this is day 5. Sam’s earlier spells: 2 to 6 days."
    )


@pytest.mark.parametrize(
    ("warmth", "acknowledged", "explained", "openness", "unspoken", "could_say"),
    [
        ("warm", True, True, True, False, True),
        ("warm", None, None, True, None, None),
        ("warm", False, False, None, None, False),
        ("usual", True, False, True, False, False),
        ("usual", False, False, False, True, False),
        ("flat", False, False, False, True, False),
        ("flat", True, False, None, False, False),
        (None, False, False, None, True, False),
        (None, False, None, None, None, None),
    ],
)
def test_returns(
    warmth: str | None,
    acknowledged: bool | None,
    explained: bool | None,
    openness: bool | None,
    unspoken: bool | None,
    could_say: bool | None,
) -> None:
    episode = ended("b", 20, 6, return_=back(DAY, warmth, acknowledged, explained))
    assert met(episode, "renewed_openness") is openness
    assert met(episode, "returned_without_a_word") is unspoken
    assert met(episode, "could_say_what") is could_say


def test_nothing_is_claimed_about_a_return_that_has_not_come() -> None:
    episode = running("b", 6)
    for id_ in ("renewed_openness", "returned_without_a_word", "could_say_what"):
        assert met(episode, id_) is None


def test_earlier_returns_are_told_beside_it() -> None:
    history = (ended("b", 60, 5), ended("b", 40, 5, return_=back(DAY, "flat", False, False)))
    assert (
        one(running("b", 6), "renewed_openness", history=history).why == "Not back yet. Before: 1 of 2 came back warm."
    )
    assert "1 of 2 came without a word" in one(running("b", 6), "returned_without_a_word", history=history).why


def test_a_named_outside_reason_is_a_reason() -> None:
    found = one(running("b", 6, outside=("out-1",)), "could_say_what")
    assert (found.met, found.evidence) == (True, ("out-1",))


def test_a_vague_reason_is_one_and_a_wish_for_room_alone_is_none() -> None:
    episode = running("b", 6, said_so=True)
    found = one(replace(episode, said_why=("why-1",)), "could_say_what")
    assert (found.met, found.evidence) == (True, ("why-1",))
    assert "Sam said, at least vaguely, what it was" in found.why
    assert met(episode, "could_say_what") is None


def test_without_words_every_criterion_of_words_is_unknown() -> None:
    mute = replace(SAM, has_words=False)
    episode = ended("b", 20, 6, said_so=None, return_=back(DAY, "warm", None, None))
    for id_ in ("said_space", "could_say_what", "returned_without_a_word", "continues_though_discussed", "red_flags"):
        assert met(episode, id_, mute) is None
    assert met(episode, "resolves_in_a_week", mute) is True


def test_red_flags_are_never_denied() -> None:
    assert met(running("b", 6), "red_flags") is None
    flagged = one(running("b", 6), "red_flags", replace(SAM, safety_level="look", safety_evidence=("s1",)))
    assert (flagged.met, flagged.evidence) == (True, ("s1",))


@pytest.mark.parametrize(
    ("day", "flagged"), [(NOW, True), (NOW - timedelta(days=20), True), (NOW - timedelta(days=90), None)]
)
def test_a_red_flag_belongs_to_the_spell_it_is_near(day: datetime, flagged: bool | None) -> None:
    seen = replace(SAM, safety_level="look", safety_evidence=("s1",), moments={"s1": day})
    assert met(running("b", 6), "red_flags", seen) is flagged


def test_what_needs_check_ins_stays_unknown() -> None:
    assert met(running("b", 20), "after_every_closeness") is None
    # Check-ins tell of close moments: how many of them came in the days before a spell is counted.
    spell, earlier = running("b", 5), ended("b", 60, 6)
    starts, day = [spell.start, earlier.start], timedelta(days=1)
    for close, expected, told in (
        ([s - day for s in starts], True, "Of 2 close moments noted, 2 came in the days before a spell."),
        (
            [starts[0] - day],
            None,
            "Of 1 close moment noted, 1 came in the days before a spell. That is too few to tell.",
        ),
        ([starts[0] - day, *(starts[0] - n * day for n in (10, 20, 30))], False, "Of 4 close moments noted, 1 came"),
        ([starts[0] - day, starts[0] - 10 * day], None, "Of 2 close moments noted, 1 came"),
        ([starts[0] + day], None, "Messages do not show"),
    ):
        found = one(spell, "after_every_closeness", replace(SAM, close=tuple(sorted(close))), (earlier,))
        assert found.met is expected
        assert found.why.startswith(told)
    assert met(running("b", 20), "continues_though_discussed") is None


@pytest.mark.parametrize(
    ("p", "c", "running_", "is_kind"),
    [
        (2, 0, True, "processing"),
        (2, 0, False, "processing"),
        (5, 0, False, "processing"),
        (1, 0, True, "open"),
        (0, 0, False, "unclear"),
        (0, 2, True, "concerning"),
        (1, 2, True, "concerning"),
        (1, 1, True, "mixed"),
        (2, 2, False, "mixed"),
        (4, 1, False, "mixed"),
        (0, 1, True, "open"),
        (0, 1, False, "unclear"),
    ],
)
def test_kind_is_what_the_contract_says(p: int, c: int, running_: bool, is_kind: str) -> None:
    marks = [Criterion(f"p{i}", "processing", i < p, "", "") for i in range(5)]
    marks += [Criterion(f"c{i}", "concerning", i < c, "", "") for i in range(6)]
    episode = running("b", 5) if running_ else ended("b", 20, 5)
    assert kind(marks, episode) == is_kind
    assert is_kind in KIND_WORDS


def test_the_reader_is_spoken_to() -> None:
    you = Context(Named("Jo", True), Named("Sam", False), NOW.date())
    assert one(running("a", 5, said_so=False), "said_space", you).why == "Nothing you wrote around the start says so."
