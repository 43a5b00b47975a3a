"""An export and an intake together: what is told fills what messages cannot know, and differences are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ebbtide.reading import Reading
from ebbtide.reading.both import of_answers, with_answers
from ebbtide.reading.types import Sign
from ebbtide.selfreport import Intake, read_answers
from tests.reading import stories as s


def told(**answers: object) -> Intake:
    return read_answers(answers)


def met(reading: Reading, id_: str) -> bool | None:
    spell = next(e for e in reversed(reading.episodes) if e.episode.end is None)
    return next(c.met for c in spell.criteria if c.id == id_)


def words(reading: Reading, answers: Intake, key: str) -> str:
    return next((f.words for f in of_answers(reading, answers) if f.key == key), "")


def test_unknown_criteria_are_taken_from_what_is_told_and_known_ones_stay() -> None:
    plain = s.two_weeks_no_word()
    both = with_answers(plain, told(after_closeness="always", talked_about_it="yes", since_days=16, contact="usual"))
    assert met(plain, "after_every_closeness") is None
    assert met(both, "after_every_closeness") is True
    assert met(both, "continues_though_discussed") is True
    assert met(both, "blackout") == met(plain, "blackout") is True


def test_what_was_said_aloud_counts_though_no_message_says_it() -> None:
    plain = s.two_weeks_no_word()
    assert met(plain, "said_space") is False
    answers = told(asked_for_space="yes")
    assert met(with_answers(plain, answers), "said_space") is True
    assert "said aloud" in words(plain, answers, "told_otherwise")


def test_lengths_that_do_not_agree_are_both_named() -> None:
    plain = s.asked_for_room()
    days = plain.episodes[-1].episode.days
    assert words(plain, told(since_days=days + 1), "told_otherwise") == ""
    said = words(plain, told(since_days=21 + days), "told_otherwise")
    assert said.startswith("You said ")
    assert "; the messages show " in said


def test_no_contact_told_and_a_message_of_today_do_not_agree() -> None:
    plain = s.no_good_morning()
    assert "wrote" in words(plain, told(contact="none"), "told_otherwise")
    assert words(plain, told(contact="less"), "told_otherwise") == ""


def test_a_sign_nothing_measures_is_taken_from_the_answers() -> None:
    unknown = Sign("more_solitary", "b", "unknown", None, None, None, ())
    measured = Sign("flat", "b", "usual", 0.0, -0.2, 0.2, ("messages",))
    plain = replace(s.two_weeks_no_word(), signs=(unknown, measured))
    both = with_answers(plain, told(signs=["more_solitary", "flat"]))
    assert [(x.direction, x.source) for x in both.signs] == [("more", ("intake",)), ("usual", ("messages",))]


@pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
def test_answers_about_the_other_one_fill_nothing_in(voice: str) -> None:
    plain = s.two_weeks_no_word()
    reader_waits = next(p.me for p in plain.people if p.id == "a")
    assert reader_waits
    answers = told(voice=voice, after_closeness="always")
    both = with_answers(plain, answers)
    assert (met(both, "after_every_closeness") is True) == (voice == "waiting")
    assert ("other way round" in words(plain, answers, "told")) == (voice == "withdrawing")


def test_room_asked_for_aloud_makes_a_silence_none_without_a_word() -> None:
    both = with_answers(s.two_weeks_no_word(), told(asked_for_space="yes"))
    assert met(both, "blackout") is False


def test_a_reason_says_one_thing_where_the_messages_do_not_know() -> None:
    both = with_answers(s.two_weeks_no_word(), told(talked_about_it="no"))
    why = next(c.why for c in both.episodes[-1].criteria if c.id == "continues_though_discussed")
    assert why == "You have not talked about it yet."


def test_a_distance_as_long_as_the_record_is_in_its_usual_too() -> None:
    plain = s.asked_for_room()
    said = words(plain, told(since_days=plain.span.days), "told_otherwise")
    assert said == (
        "You said 8 months; this record holds 8 months, so what counts as usual in it may be distant already."
    )


def test_an_ending_that_is_told_is_an_ending_beside_the_messages_too() -> None:
    plain, ended = s.two_weeks_no_word(), told(stage="ended", since_days=3)
    assert words(plain, ended, "parting_named") == "It has ended between the two of you, as you tell it."
    assert words(plain, ended, "told_otherwise") == ""


def test_what_the_one_who_waits_carries_is_said_beside_the_messages_too() -> None:
    answers = told(own_load=["family"], old_wounds=["abandonment"], since_days=10)
    assert words(s.asked_for_room(), answers, "carried").startswith(
        "You carry something yourself: family. You name having"
    )
    assert words(s.asked_for_room(), told(since_days=10), "carried") == ""
