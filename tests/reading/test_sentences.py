"""The answer, line by line: what is, what it may be, what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from ebbtide.reading import Finding, Reading
from ebbtide.reading.safety import first_words
from ebbtide.reading.sentences import answer
from ebbtide.reading.types import Safety
from tests.reading import stories as s
from tests.reading.wording import forbidden, reading_grade, restraint


def unusual(**how: object) -> Reading:
    episodes = [s.ended("b", 150, 5), s.ended("b", 90, 14)]
    return s.reading([s.silence("a", 30), s.silence("b", 31, "unusual", 40, waiting=1)], episodes, **how)  # type: ignore[arg-type]


def test_the_first_sentence_is_the_one_promised() -> None:
    assert unusual().answer.now == (
        "Sam has been quiet for 31 hours. For Sam that is unusual: about 1 quiet spell in 40 lasts this long."
    )


def test_what_it_may_be_stands_beside_the_own_history() -> None:
    assert unusual().answer.may_be == (
        "A silence this long comes about once in 3 weeks. "
        "It does not count as a spell of distance yet; that takes three days. "
        "Sam’s two earlier spells of distance lasted 5 days and 2 weeks; each ended with a warm return."
    )
    assert unusual().answer.unknown == "Messages show when Sam writes, not why."


def test_half_a_day_is_usual_and_nothing_to_do() -> None:
    told = s.no_good_morning().answer
    assert told.now.endswith("For Sam that is usual: about 1 quiet spell in 4 lasts this long.")
    assert told.may_be.startswith("Nothing about it stands out.")


def test_the_reader_who_is_quiet_is_spoken_to() -> None:
    told = s.own_withdrawal().answer
    assert told.now.startswith("You have been quiet for 2 days. For you that is unusual")
    assert told.may_be.startswith(
        "You have almost certainly been more distant than usual since Saturday: this is day 6."
    )


def test_without_a_reader_both_are_named() -> None:
    told = s.reading([s.silence("a", 0.2), s.silence("b", 0.4)], me=None).answer
    assert told.now == "Jo and Sam were both in touch today."


def test_just_after_midnight_in_touch_does_not_say_today() -> None:
    now = s.NOW.replace(hour=0, minute=20)
    told = s.reading([s.silence("a", 0.9, now=now), s.silence("b", 0.5, now=now)], now=now).answer
    assert told.now == "You and Sam were both in touch within the last hours."


def test_a_running_spell_says_which_day_and_whether_it_was_said() -> None:
    told = s.asked_for_room().answer
    assert told.now == "Sam has almost certainly been more distant than usual since Friday: this is day 7."
    assert "It fits a spell that settles by itself. Sam said that time or room was needed." in told.may_be
    unsaid = s.two_weeks_no_word().answer
    assert "No word about it was found before it began." in unsaid.may_be


def test_an_outside_reason_is_named_as_another_possible_one() -> None:
    assert s.work_and_money().answer.unknown.startswith(
        "There is another possible reason. A message names a reason outside the two of you."
    )


def test_returns_without_a_word_are_told_once() -> None:
    assert s.gone_again().answer.may_be.endswith(
        "One earlier spell of distance, of 30 days, ended without a word about it."
    )


def test_what_is_counted_stands_among_the_numbers() -> None:
    told = s.reading([s.silence("a", 1), s.silence("b", 31)], [s.running("b", 4, unanswered=7, room=False)])
    found = next(f for f in told.findings if f.key == "reaching_more")
    assert found.words == "In this spell you wrote seven times without an answer."
    assert found.numbers["unanswered_turns"] == 7


def test_a_return_says_how_it_looked() -> None:
    told = s.reading([s.silence("a", 4), s.silence("b", 5)], [s.ended("b", 3, 6)]).answer
    assert told.now == "Sam has been back in touch since Monday, after 6 days of distance."
    assert told.may_be.startswith(
        "In the first two days Sam’s contact was warmer than usual; something was said about the quiet."
    )


def test_on_the_first_day_back_nothing_is_said_of_two_days() -> None:
    told = s.reading([s.silence("a", 4), s.silence("b", 2)], [s.ended("b", 0, 6)]).answer
    assert told.may_be.startswith("So far Sam’s contact is warmer than usual; something was said about the quiet.")


def test_too_little_is_kind_and_says_when_it_will_know_more() -> None:
    told = s.ten_messages().answer
    assert told.now.startswith(
        "Sam has been quiet for 31 hours. There is too little here to know what is usual for Sam"
    )
    assert "usual: about" not in told.now
    assert told.unknown == "More can be said from about 40 messages of each of you over at least 2 full weeks."


def test_a_quarrel_at_home_is_told_beside_the_quiet() -> None:
    home = s.shared_home()
    sharp = Finding("quarrel", None, "Yesterday the two of you wrote sharply to each other.", evidence=("m1",))
    told = answer(replace(home, findings=(*home.findings, sharp)))
    assert sharp.words not in home.answer.may_be
    assert f"At home that says little. {sharp.words}" in told.may_be


def test_sharing_a_home_makes_counts_say_little() -> None:
    told = s.shared_home().answer
    assert told.now.startswith("You and Sam seem to share a home")
    assert "At home that says little." in told.may_be
    assert "A short note each evening" in told.unknown


def test_an_ended_record_is_told_as_of_its_last_day() -> None:
    told = s.two_weeks_no_word(current=False).answer
    assert told.now == "This record ends on 13 May 2025. It says nothing about now."
    assert told.may_be.startswith("As of that day: No message has come from Sam since")


def test_of_a_record_that_stopped_an_ending_is_told_before_the_quiet() -> None:
    stopped = s.two_weeks_no_word(current=False)
    ended = Finding("parting_named", "b", "A message reads as if it has ended.")
    assert answer(replace(stopped, findings=(*stopped.findings, ended))).may_be == f"As of that day: {ended.words}"


def test_only_who_had_none_is_said_to_have_had_none() -> None:
    told = s.reading([s.silence("a", 3), s.silence("b", 9)], [s.ended("a", 60, 5)])
    assert told.answer.may_be.endswith("Sam has had no spell of distance in the 8 months of this record.")
    told = s.reading([s.silence("a", 3), s.silence("b", 9)])
    assert told.answer.may_be.endswith("No spell of distance stands out in the 8 months of this record.")


def test_danger_is_met_at_once_and_without_analysis() -> None:
    urgent = s.asked_for_room(level="urgent")
    assert urgent.answer.now == ("Some messages here read as if someone may be in danger. Please speak to someone now.")
    assert urgent.answer.may_be == ""
    assert [f.key for f in urgent.findings] == ["safety"]
    assert "findahelpline.com" in urgent.safety.shown


def test_whose_words_they_are_decides_what_is_said_first() -> None:
    reading = s.asked_for_room(level="urgent")
    today = reading.span.now.date()

    def first(level: Literal["look", "urgent"], *wrote: str) -> str:
        return first_words(replace(reading, safety=Safety(level, "", ("m1", "m2"), wrote, today)))

    me, other = (next(p for p in reading.people if p.me is is_me) for is_me in (True, False))
    assert first("urgent", other.id).startswith(f"Some of what {other.name} wrote, most recently today, reads as if")
    assert f"Ring {other.name} now, and ask straight out." in first("urgent", other.id)
    assert first("urgent", me.id).endswith("Please speak to someone now.")
    assert "you wrote" in first("look", me.id)
    assert first("urgent", me.id, other.id).startswith("Some messages here")
    one = replace(reading, safety=Safety("look", "", ("m1",), (other.id,), today))
    assert first_words(one).startswith(f"What {other.name} wrote today speaks of threats")


@pytest.mark.parametrize("level", ["look", "urgent"])
def test_no_word_of_restraint_beside_signs_of_harm(level: str) -> None:
    for story in (s.asked_for_room, s.two_weeks_no_word, s.gone_again, s.no_good_morning):
        told: Reading = story(level=level)
        shown = [told.safety.shown, told.answer.now, told.answer.unknown, *(f.words for f in told.findings[:1])]
        assert not [hit for words in shown for hit in restraint(words)]
        assert {f.key for f in told.findings} <= {"safety", "present_silence", "running_episode", "outside_cause"}


def test_without_signs_nothing_is_shown() -> None:
    assert s.no_good_morning().safety.shown == ""


def test_names_with_a_full_stop_stay_whole() -> None:
    told = s.asked_for_room(names=("Jo", "Dr. S. Quill")).answer
    assert told.now == "Dr. S. Quill has almost certainly been more distant than usual since Friday: this is day 7."


def everything_said() -> list[str]:
    told = [
        story()
        for story in (
            s.no_good_morning,
            s.asked_for_room,
            s.two_weeks_no_word,
            s.gone_again,
            s.work_and_money,
            s.roles_swapped,
            s.ten_messages,
            s.shared_home,
            s.own_withdrawal,
            unusual,
        )
    ]
    told += [s.asked_for_room(level=level) for level in ("look", "urgent")]
    told += [
        s.reading([s.silence("a", 4), s.silence("b", 5)], [s.ended("b", 3, 6)], current=current)
        for current in (True, False)
    ]
    told += [s.reading([s.silence("a", 20, "long", 8, waiting=5), s.silence("b", 5)])]
    said = []
    for reading in told:
        said += [reading.answer.now, f"{reading.answer.now} {reading.answer.may_be} {reading.answer.unknown}"]
        said += [f.words for f in reading.findings]
        said += [c.why for e in reading.episodes for c in e.criteria]
        said += [c.title for e in reading.episodes for c in e.criteria]
        said += [" ".join(e.other_explanations) for e in reading.episodes]
        said += [reading.safety.shown]
    return sorted(set(said) - {""})


def test_nothing_diagnoses_reads_minds_foretells_or_takes_a_side() -> None:
    assert {words: hits for words in everything_said() if (hits := forbidden(words))} == {}


def test_everything_reads_below_ninth_grade() -> None:
    long_enough = [w for w in everything_said() if len(w.split()) >= 12]
    assert {w: g for w in long_enough if (g := round(reading_grade(w), 1)) > 9} == {}


def test_the_same_facts_give_the_same_words_whoever_is_called_a() -> None:
    one = unusual()
    swap = {"a": "b", "b": "a"}
    silences = [s.replace(x, person=swap[x.person]) for x in one.silence]
    episodes = [s.replace(e.episode, person=swap[e.episode.person]) for e in one.episodes]
    other = s.reading(silences, episodes, names=("Sam", "Jo"), me="b")
    assert other.answer == one.answer
    assert sorted(f.words for f in other.findings) == sorted(f.words for f in one.findings)


def test_a_silence_longer_than_three_days_is_not_called_too_short_for_a_spell() -> None:
    told = s.reading([s.silence("a", 4), s.silence("b", 90, "unusual", 150)])
    assert "does not count" not in told.answer.may_be


def test_how_often_is_left_out_where_the_record_is_too_short_for_it() -> None:
    told = s.reading([s.silence("a", 4), s.silence("b", 40, "unusual", 30)], start=s.NOW - timedelta(days=15))
    assert "comes about once" not in told.answer.may_be


@pytest.mark.parametrize("me", ["a", "b"])
def test_no_spell_stands_out_is_not_said_beside_named_trouble_and_contact_that_changed(me: str) -> None:
    plain = s.reading([s.silence("a", 2), s.silence("b", 17)], now=s.NOW, me=me)
    trouble = Finding("outside_cause", "b", "A message of Sam’s, on Monday, names trouble.", evidence=("m1",))
    none = Finding("earlier_episodes", "b", "No spell of distance stands out in the 8 months of this record.")
    sign = Finding("signs", "b", "Sam starts and answers about a tenth as often as usual.", {"change": 2.3})
    before = tuple(f for f in plain.findings if f.key != "earlier_episodes")
    for found, said in (((trouble, none), True), ((trouble, none, sign), False)):
        told = answer(replace(plain, findings=(*before, *found)))
        assert (none.words in told.may_be) is said
        assert trouble.words in told.may_be
