"""A day somebody named for being in touch is held on to; one that passed without a word is said to have passed."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

import ebbtide as eb
from ebbtide.reading import Reading, present
from ebbtide.reading.promised import of_question
from tests.reading import stories as s
from tests.talks import Line, talk

ROOM = "I need some time for myself. I will write on Friday"
#: A Sunday, the sixth of April.
DAY = 34


def read(*after: Line, days: float, said: str = ROOM, me: str = "a") -> Reading:
    """Five weeks of ordinary lines, the words on a Sunday evening, and then so many days."""
    ordinary: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"the train at {h} was late again")
        for d in range(DAY)
        for h in (8, 9, 18, 19)
    ]
    lines = [*ordinary, (24.0 * DAY + 20, "b", said), *after]
    return eb.read(talk(lines, until=24 * (DAY + days), me=me))


def told(reading: Reading) -> list[str]:
    return [f.words for f in reading.findings if f.key == "day_named"]


def first(reading: Reading, voice: str) -> str:
    return next(a.id for a in reading.advice if a.voice == voice)


def test_a_day_that_is_still_to_come_is_held_on_to_by_both() -> None:
    reading = read(days=3.5)
    (words,) = told(reading)
    assert words.endswith("Sam wrote of being in touch on Friday 14 March.")
    assert words in reading.answer.may_be
    assert first(reading, "waiting") == "named.day.ahead"
    assert "named.day.yours" in [a.id for a in reading.advice if a.voice == "withdrawing"]


def test_who_stops_writing_to_leave_room_is_not_the_quiet_one() -> None:
    for said, quiet in (("I'm sorry for all the messages. I will stop now and leave you be", "a"), ("good night", "b")):
        assert present(read((24.0 * DAY + 30, "a", "tired. sleeping"), days=5.5, said=said)).who == quiet


def test_a_spell_with_a_day_named_ahead_is_not_measured_by_the_week() -> None:
    reading = read(days=8.5, said="I need some time for myself. I will write on the 19th")
    assert reading.answer.unknown == "What Sam will say on that day is not known."
    own = read(days=8.5, said="I need some time for myself. I will write on the 19th", me="b")
    assert own.answer.unknown == "A day is named, and it is yours to keep."


def test_a_day_that_has_passed_without_a_word_allows_one_line() -> None:
    reading = read(days=6.5)
    (words,) = told(reading)
    assert words.endswith("wrote of being in touch on Friday 14 March; no word has come since.")
    assert first(reading, "waiting") == "named.day.past"


@pytest.mark.parametrize(
    "said",
    ["I need some time for myself", "I'll ring the plumber on Friday", "if you don't talk on Friday, we are done"],
)
def test_where_no_day_was_promised_none_is_told(said: str) -> None:
    assert told(read(days=3.5, said=said)) == []


def test_a_day_that_was_kept_or_is_long_past_is_told_no_more() -> None:
    assert told(read((24.0 * (DAY + 5) + 12, "b", "here I am, the train was late"), days=6.5)) == []
    assert told(read(days=20)) == []


def test_talk_tomorrow_as_the_last_words_makes_nobody_the_quiet_one_by_agreement() -> None:
    """Jo wrote last; it is Sam who has not written since, and the day is not Sam's."""
    reading = read((24.0 * DAY + 22, "a", "ok, talk tomorrow. sleep well"), days=2.5, said="the train was late again")
    assert reading.answer.now.startswith("Sam has been quiet")
    assert told(reading) == []


def test_a_day_that_was_kept_is_said_to_have_been_kept() -> None:
    def chat(days: range, words: str) -> list[Line]:
        return [(24.0 * d + h + 0.1 * (w == "b"), w, words) for d in days for h in (8, 9, 13, 18, 19, 21) for w in "ab"]

    def back(said: str) -> Reading:
        lines: list[Line] = [
            *chat(range(60), "the train was late again"),
            (24.0 * 60 + 20, "b", said),
            (24.0 * 60 + 20.2, "a", "take the time you need"),
            (24.0 * 65 + 12, "b", "here I am. I missed you"),
            (24.0 * 65 + 12.2, "a", "I missed you too"),
            *chat(range(66, 68), "the bread is out"),
        ]
        return eb.read(talk(lines, until=24 * 68, me="a"))

    def kept(reading: Reading) -> list[str]:
        return [f.words for f in reading.findings if f.key == "day_kept"]

    reading = back("I need some time for myself. I will write on Wednesday")
    assert kept(reading) == ["Sam named Wednesday 9 April for being in touch, and wrote then."]
    assert first(reading, "waiting") == "named.day.kept"
    assert kept(back("I need some time for myself. I will write on Monday")) == []


def test_a_break_that_both_kept_to_ends_on_the_day_that_was_named() -> None:
    def after(days: int) -> list[str]:
        chat: list[Line] = [
            (24.0 * d + h, "ab"[(d + h) % 2], "the train was late again")
            for d in (*range(50), *range(50 + days, 53 + days))
            for h in (8, 9, 13, 18, 19, 21)
        ]
        said = (24.0 * 49 + 22, "b", "two weeks without texting please. I will write to you on the 7th")
        reading = eb.read(talk(sorted([*chat, said]), until=24 * (53 + days), me="a"))
        return [f.words for f in reading.findings if f.key == "day_kept"]

    assert after(13) == ["Sam named Monday 7 April for being in touch, and wrote then."]
    assert after(9) == []


def test_a_question_that_was_left_open_is_not_the_silence_of_who_asked_it() -> None:
    reading = s.reading([s.silence("a", 20), s.silence("b", 40, "unusual", 30)], [s.running("b", 5)])
    for person, question, hours, found in (
        ("b", True, 40, ["The last words are a question of Sam’s."]),
        ("b", False, 40, []),
        ("b", True, 2, []),
        ("a", True, 200, []),
    ):
        ago = timedelta(hours=hours)
        row = {"id": "m1", "person": person, "question": question, "ago": ago, "at": s.NOW - ago, "day": s.NOW.date()}
        row |= {"pressing": False, "sharp": False, "asks_money": False}
        assert [f.words for f in of_question(pl.DataFrame([row]), reading)] == found


@pytest.mark.parametrize(
    ("answer", "stands"),
    [("yes please", True), ("Can't. Audit.", False), ("maybe", False), ("can't wait!", True), (None, False)],
)
def test_a_day_to_meet_that_was_asked_for_stands_only_if_it_was_not_turned_down(
    answer: str | None, stands: bool
) -> None:
    after = [] if answer is None else [(24.0 * DAY + 21, "a", answer)]
    reading = read(*after, days=2, said="shall we have lunch on Friday?")
    assert [f.words for f in reading.findings if f.key == "meeting_named"] == (
        ["A message of Sam’s, on Sunday, speaks of meeting on Friday 14 March."] if stands else []
    )


def test_whoever_calls_a_day_off_has_named_none() -> None:
    off = (24.0 * DAY + 26, "b", "sorry, I can't make it on Friday after all")
    assert not [f for f in read(off, days=2, said="see you on Friday").findings if f.key == "meeting_named"]
    assert [f for f in read(days=2, said="see you on Friday").findings if f.key == "meeting_named"]


def test_a_plain_question_waits_for_the_one_who_is_quiet() -> None:
    asked = (24.0 * DAY + 44, "a", "are you coming to the concert tomorrow?")
    reading = read(asked, days=3, said="busy days, more soon")
    (words,) = [f.words for f in reading.findings if f.key == "question_waits"]
    assert words.startswith("A question of yours waits, asked ")
    assert "withdrawing.question" in [a.id for a in reading.advice]
    pressed = (24.0 * DAY + 44, "a", "why do you never answer me? what is wrong with you?")
    assert not read(pressed, days=3, said="busy days, more soon").tells("question_waits")


def test_a_birthday_greeted_into_the_silence_is_told_until_a_word_comes() -> None:
    greeting: Line = (24.0 * (DAY + 5) + 9, "a", "happy birthday sam x")
    late = read(greeting, days=9, said="good night")
    (words,) = [f.words for f in late.findings if f.key == "greeted"]
    assert words.startswith("You wrote for Sam’s birthday ")
    assert {"named.greeted", "named.greeted.yours"} <= {a.id for a in late.advice}
    (mirrored,) = [f.words for f in read(greeting, days=9, said="good night", me="b").findings if f.key == "greeted"]
    assert mirrored.startswith("Jo wrote for your birthday ")
    thanks: Line = (24.0 * (DAY + 5) + 20, "b", "thank you")
    mine: Line = (24.0 * (DAY + 5) + 9, "a", "it is my birthday today")
    for lines in ((greeting, thanks), (mine,)):
        assert not [f for f in read(*lines, days=9, said="good night").findings if f.key == "greeted"]
