"""An export and an intake together: what is told fills what messages cannot know, and differences are shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ebbtide.reading import Reading, situation
from ebbtide.reading.both import carried_in, of_answers, of_words, thin_answer, with_answers
from ebbtide.reading.findings import findings
from ebbtide.reading.types import Reciprocity, Share, Sign
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
    assert ("other way round" in words(plain, answers, "told_otherwise")) == (voice == "withdrawing")


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


def test_how_long_a_spell_has_lasted_has_one_answer() -> None:
    spell = s.running("b", 4, kept=0.0, longest=90)
    plain = s.reading([s.silence("a", 1), s.silence("b", 90, "unusual", 50)], [spell])
    both = with_answers(plain, told(since_days=21, contact="none", before={"times": 0}))
    whys = {c.id: (c.met, c.why) for c in both.episodes[-1].criteria}
    assert whys["resolves_in_a_week"][0] is None
    assert "day 4" in whys["resolves_in_a_week"][1]
    assert whys["over_two_weeks"][0] is False


@pytest.mark.parametrize(
    ("answers", "words_of_it"),
    [
        ({"contact": "none", "since_days": 20}, "no contact; Sam wrote 2 hours ago"),
        ({"before": {"times": 0}}, "not happened before; the messages show two earlier quiet spells"),
        ({"own_moves": ["gave_space"]}, "left room; as read here, you wrote five times without an answer"),
        ({"own_moves": ["many_messages"]}, ""),
        (
            {"contact": "usual"},
            "contact is as usual; in the messages Sam starts and answers about a third as often as usual",
        ),
    ],
)
def test_each_answer_that_differs_is_named_once(answers: dict[str, object], words_of_it: str) -> None:
    spells = [s.ended("b", 90, 5), s.ended("b", 60, 6), s.running("b", 20, unanswered=5)]
    plain = s.reading([s.silence("a", 1), s.silence("b", 2)], spells)
    said = words(plain, told(**answers), "told_otherwise")
    assert words_of_it in said
    assert bool(said) is bool(words_of_it)


def test_few_messages_where_many_are_told_are_named_and_the_other_way_round_is_not() -> None:
    few = s.reading([s.silence("a", 1), s.silence("b", 90, "unusual", 50, waiting=1)], [s.running("b", 5)])
    assert "hardly one stands without an answer" in words(few, told(own_moves=["many_messages"]), "told_otherwise")
    assert words(few, told(own_moves=["gave_space"]), "told_otherwise") == ""


def test_give_and_take_that_is_measured_otherwise_is_named() -> None:
    half, mine = Share(0.5, 0.42, 0.58), Reciprocity("starts", "b", Share(0.5, 0.42, 0.58), None, 20, 40)
    theirs = replace(mine, person="a", share=half)
    plain = replace(s.two_weeks_no_word(), reciprocity=(mine, theirs))
    said = words(plain, told(reciprocity={"starts": "me"}), "told_otherwise")
    assert said == "You said it is you who starts. Sam begins about as often as you, or more."
    assert words(plain, told(reciprocity={"starts": "both"}), "told_otherwise") == ""


@pytest.mark.parametrize(
    ("answers", "key", "said"),
    [
        ({"stage": "married"}, "parting_named", "a message reads as if it has ended"),
        ({"living": "apart"}, "living_together", "messages read as if you share a home"),
        ({"reciprocity": {"keeps_plans": "no"}}, "day_kept", "a day that was named for being in touch was"),
    ],
)
def test_what_is_told_of_the_two_and_read_otherwise_is_named(answers: dict[str, object], key: str, said: str) -> None:
    reading = replace(s.two_weeks_no_word(), intake=told(**answers))
    assert [said in f.words for f in of_words(reading, {key})] == [True]
    assert list(of_words(reading, {"told"})) == []


def test_a_record_too_thin_leaves_what_is_told_and_disagrees_with_nothing() -> None:
    plain = s.ten_messages()
    answers = told(since_days=16, contact="none", asked_for_space="no", explained="no", before={"times": 3})
    both = with_answers(plain, answers)
    assert [(e.episode.days, e.kind) for e in both.episodes] == [(16, "concerning")]
    assert all("as you tell it" in c.why for c in both.episodes[0].criteria if c.met)
    assert situation(both) == "concerning"
    assert words(plain, answers, "told_otherwise") == ""
    first = thin_answer(both)
    assert first is not None
    assert first.now.startswith("Sam has been more distant for 16 days, as you tell it.")
    assert thin_answer(plain) is None


def test_messages_that_came_are_no_silence_whatever_is_told() -> None:
    plain = s.asked_for_room()
    both = with_answers(plain, told(contact="none", asked_for_space="no"))
    assert met(both, "blackout") == met(plain, "blackout")
    assert met(both, "some_contact") == met(plain, "some_contact")


def test_what_is_told_stays_as_told_beside_the_messages() -> None:
    both = with_answers(s.two_weeks_no_word(), told(asked_for_space="yes", explained="yes"))
    said = {f.key: f.words for f in findings(both)}["said_space"]
    assert said == "Sam said that time or room was needed, as you tell it."
    why = next(c.why for c in both.episodes[-1].criteria if c.id == "could_say_what")
    assert why == "Sam gave a reason, as you tell it."


def test_answers_that_clash_are_named_and_not_used_beside_the_messages_either() -> None:
    answers = told(since_days=400, together_months=2, question="is_he_seeing_someone_else")
    said = words(s.asked_for_room(), answers, "told_otherwise")
    assert "longer than the two of you are together; neither is used here." in said
    assert "You ask: “is he seeing someone else”." in said
    assert "13 months" not in said


def test_what_check_ins_note_of_the_one_who_waits_is_named_to_them() -> None:
    plain = s.two_weeks_no_word()
    noted = replace(plain.episodes[-1], carried=("fear of being left",))
    (found,) = carried_in(replace(plain, episodes=(*plain.episodes[:-1], noted)))
    assert found.words.startswith("Check-ins from these days name fear of being left for you.")
    assert list(carried_in(plain)) == []
