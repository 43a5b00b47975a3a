"""Other explanations are always listed, and those the record points to come first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from ebbtide.reading.context import Context
from ebbtide.reading.explanations import GENERAL, TOGETHER_NOTED, holes_between, other_explanations
from ebbtide.reading.phrases import Named
from tests.reading.stories import NOW, ZONE, ended, running

SAM = Context(Named("Sam", False), Named("Jo", True), NOW.date())


def test_the_general_list_is_always_there() -> None:
    assert other_explanations(running("b", 5), SAM) == tuple(words for _, words in GENERAL)


def test_a_named_reason_comes_first_with_its_day() -> None:
    episode = running("b", 5, outside=("out-1",))
    seen = replace(SAM, moments={"out-1": datetime(2025, 5, 11, 9, 0, tzinfo=ZONE)})
    listed = other_explanations(episode, seen)
    assert listed[0] == "A message names a reason outside the two of you, on Sunday."
    assert len(listed) == len(GENERAL) + 1


def test_being_together_is_told_only_of_the_days_of_the_spell() -> None:
    episode = ended("b", 20, 5)
    inside = datetime.combine(episode.start + timedelta(days=1), datetime.min.time(), ZONE)
    near = replace(SAM, together=("t",), moments={"t": inside})
    far = replace(near, moments={"t": inside - timedelta(days=20)})
    together = "Messages from these days speak of being together in person."
    assert other_explanations(episode, near)[0] == together
    assert together not in other_explanations(episode, far)
    assert sum("in person" in e for e in other_explanations(episode, near)) == 1


def test_holes_are_named() -> None:
    episode = ended("b", 5, 5)
    seen = replace(SAM, holes=((episode.start, episode.start),))
    listed = other_explanations(episode, seen)
    assert listed[0].startswith("There is no data for part of these days: 5 May")


def test_holes_are_the_whole_days_between() -> None:
    covered = (
        (date(2025, 1, 1), date(2025, 1, 5)),
        (date(2025, 1, 6), date(2025, 1, 9)),
        (date(2025, 1, 12), date(2025, 2, 1)),
    )
    assert holes_between(covered) == ((date(2025, 1, 10), date(2025, 1, 11)),)


def test_what_was_noted_just_before_a_spell_belongs_to_it_and_what_was_noted_earlier_does_not() -> None:
    episode = running("b", 5)
    for before, named in ((0, True), (2, True), (3, False)):
        day = episode.start - timedelta(days=before)
        listed = other_explanations(episode, replace(SAM, triggers=((day, "money"),)))
        assert ("Check-ins from these days name money." in listed) is named


def test_time_together_that_check_ins_note_explains_a_quiet() -> None:
    episode = running("b", 5)
    inside = replace(SAM, near=(episode.start + timedelta(days=1),))
    assert other_explanations(episode, inside)[0] == TOGETHER_NOTED
    outside = replace(SAM, near=(episode.start - timedelta(days=1),))
    assert TOGETHER_NOTED not in other_explanations(episode, outside)


def test_days_that_are_noted_as_spent_apart_leave_no_room_for_having_been_together() -> None:
    episode = running("b", 5)
    general = "You were together in person, so there was no need to write."
    days = tuple(episode.start + timedelta(days=n) for n in range(4))
    assert general not in other_explanations(episode, replace(SAM, far=days))
    assert general in other_explanations(episode, replace(SAM, far=days[:1]))
