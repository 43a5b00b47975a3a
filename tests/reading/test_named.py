"""What is named in plain words: doubts, shame, silence as a lesson, a load of the reader's, a day to meet, a talk."""

from __future__ import annotations

import pytest

import ebbtide as eb
from ebbtide.reading import Reading, present
from tests.reading.test_trouble import ORDINARY, keyed, read
from tests.talks import Line, talk

LATE = 24 * 58 + 20.0


def first(reading: Reading, voice: str) -> str:
    return next(a.id for a in reading.advice if a.voice == voice)


def ids(reading: Reading, voice: str) -> list[str]:
    return [a.id for a in reading.advice if a.voice == voice]


def reason(reading: Reading, id_: str) -> tuple[str, ...]:
    return next(h.for_ for h in reading.hypotheses if h.id == id_)


@pytest.mark.parametrize(
    ("said", "key", "why", "theirs", "own"),
    [
        (
            "most of me wants to be with you and I can't say more",
            "doubts_named",
            "commitment",
            "named.doubts",
            "named.doubts.yours",
        ),
        (
            "I can't breathe with you like this, so many messages before I'm even up",
            "pressed_named",
            "pressure",
            "named.pressed",
            "named.pressed.yours",
        ),
        ("I feel useless since the job went", "shame_named", "shame", "named.shame", "named.shame.yours"),
        ("had a few too many again", "drinking_named", "outside_stress", "named.drinking", "named.drinking.yours"),
    ],
)
def test_what_is_said_plainly_is_a_reason_and_answered(said: str, key: str, why: str, theirs: str, own: str) -> None:
    reading = read((LATE, "b", said), (LATE + 0.2, "b", "night"))
    (words,) = keyed(reading, key)
    assert words in reason(reading, why)
    assert theirs in ids(reading, "waiting")
    assert own in ids(reading, "withdrawing")
    assert keyed(read((24 * 20 + 20.0, "b", said)), key) == []


def test_relief_at_the_distance_is_answered_on_both_sides_without_a_verdict() -> None:
    reading = read((LATE, "b", "I feel so light here and then I feel bad about that"), (LATE + 0.2, "b", "night"))
    assert keyed(reading, "eased_named") == ["A message of Sam’s, on Wednesday, says that distance is a relief."]
    assert "named.eased" in ids(reading, "waiting")
    assert "named.eased.yours" in ids(reading, "withdrawing")
    assert keyed(read((24 * 20 + 20.0, "b", "it was a relief not having to write")), "eased_named") == []


def test_a_new_baby_is_a_reason_for_few_words_for_months_whoever_tells_of_it() -> None:
    for who, hours in (("a", LATE), ("b", LATE), ("b", 24 * 20 + 20.0)):
        reading = read((hours, who, "our daughter was born at 4 this morning"))
        assert keyed(reading, "newborn_named")
        for voice in ("waiting", "withdrawing"):
            assert "named.newborn" in ids(reading, voice)
    assert keyed(reading, "newborn_named")[0] in reason(reading, "outside_stress")


def test_what_the_reader_says_of_themselves_is_no_reason_of_the_others_quiet() -> None:
    reading = read((LATE, "a", "I'm not good enough for you"), (LATE + 0.2, "a", "sorry"))
    assert keyed(reading, "shame_named")
    assert all("not being good enough" not in words for h in reading.hypotheses for words in h.for_)
    assert "named.shame.waiting" in ids(reading, "waiting")


def test_silence_as_a_lesson_is_no_wish_for_room_and_comes_first() -> None:
    reading = read((LATE, "b", "leave me alone. you get the silent treatment until you learn"))
    assert keyed(reading, "punishing") == [
        "A message of Sam’s, on Wednesday, speaks of silence as an answer or a lesson."
    ]
    assert keyed(reading, "said_space") == []
    assert first(reading, "waiting") == "named.punishing"
    assert "space" not in {f.key for f in reading.findings}
    own = read((LATE, "a", "fine, I will ignore you until you say sorry"))
    assert first(own, "waiting") == "named.punishing.yours"


def test_a_load_of_the_one_who_waits_is_named_to_them_and_is_no_reason_of_the_others() -> None:
    reading = read((LATE, "a", "my dad had a stroke, he is in hospital"))
    (words,) = keyed(reading, "load_named")
    assert words.startswith("A message of yours")
    assert all(words not in h.for_ for h in reading.hypotheses)


def test_a_question_about_trouble_is_no_trouble_of_the_one_who_asks() -> None:
    for asked in ("and the hearing?", "when is the funeral", "I know you're grieving but I miss you"):
        assert keyed(read((LATE, "a", asked)), "load_named") == []


def test_a_plain_no_is_a_wish_for_room_and_no_further_line_is_advised() -> None:
    lines: list[Line] = [(LATE, "b", "leave me alone then"), (LATE + 1, "a", "ok"), (LATE + 6, "a", "sorry")]
    reading = read(*lines)
    assert reading.let_be is None
    told = [a.text for a in reading.advice if a.voice == "waiting"]
    assert not any("One more line can stand for all" in text for text in told)


EVERYDAY = ("did you see the heron", "what's for tea", "thank you for the soup", "on the bus", "the cat is in the sink")


def everyday(first: int, last: int, hours: tuple[int, ...] = (8, 9, 11, 12, 14, 17, 18, 19, 20, 21)) -> list[Line]:
    """Ordinary talk of both, from a day up to another."""
    return [
        (24.0 * d + h + (d * h) % 5 / 10, "ab"[(d + h // 3) % 2], EVERYDAY[(d + h) % 5])
        for d in range(first, last)
        for h in hours
    ]


def test_who_has_spoken_of_the_quiet_and_writes_much_of_the_usual_is_back() -> None:
    away: list[Line] = [(24.0 * d + 12, "a", "how was the clinic") for d in range(61, 69)]
    asked: Line = (24.0 * 60 + 20, "b", "I need a week to myself, it is not about you")
    spoke: Line = (24.0 * 69 + 9, "b", "I'm back. sorry I went quiet, I was in my own head")
    flat = everyday(69, 78, (8, 12, 17, 19, 21))
    lines = sorted([*everyday(0, 60), asked, *away, spoke, *flat])
    (spell,) = [e.episode for e in eb.read(talk(lines, until=24 * 78, me="a")).episodes if e.episode.person == "b"]
    assert spell.end is not None
    assert 8 <= spell.days <= 10


def test_warm_days_in_a_long_spell_are_told_and_speak_against_fading() -> None:
    ordinary = everyday(0, 60)
    spell: list[Line] = [(24.0 * d + 12, "a", "how was the clinic") for d in range(60, 74)]
    warm: Line = (24.0 * 67 + 20, "b", "I love you so much, you are my favourite person in the world")
    reading = eb.read(talk(sorted([*ordinary, *spell, warm]), until=24 * 74, me="a"))
    assert present(reading).running is not None
    (words,) = keyed(reading, "warm_between")
    assert words.startswith("In this time Sam also wrote what reads as warm, on ")
    assert words in next(h.against for h in reading.hypotheses if h.id == "fading")
    cold = eb.read(talk(sorted([*ordinary, *spell]), until=24 * 74, me="a"))
    assert keyed(cold, "warm_between") == []


def test_a_day_to_meet_is_told_while_it_is_ahead_and_never_held_against_anyone_after() -> None:
    plan: Line = (24 * 59 + 20.0, "b", "see you on Sunday")
    assert keyed(read(plan), "meeting_named") == ["A message of Sam’s, on Thursday, speaks of meeting tomorrow."]
    after = eb.read(
        talk([(24.0 * d + 9, "ab"[d % 2], "bread is out") for d in range(58)] + [plan], until=24 * 66, me="a")
    )
    assert keyed(after, "meeting_named") == []
    assert keyed(after, "day_named") == []
    assert keyed(read((24 * 58 + 20.0, "b", "we had lunch on Sunday")), "meeting_named") == []


def test_a_day_to_meet_that_passed_is_told_where_one_of_the_two_wrote_then_and_the_other_did_not() -> None:
    plan, waiting = (24 * 57 + 20.0, "b", "see you on Sunday"), (24 * 62 + 13.0, "a", "I am at the cafe")
    ordinary: list[Line] = [
        (24.0 * d + h, w, f"bread is out, {h} of them") for d in range(57) for h in (8, 12, 19) for w in "ab"
    ]
    reading = eb.read(talk([*ordinary, plan, waiting], until=24 * 65, me="a"))
    assert keyed(reading, "meeting_past") == [
        "A message of Sam’s, on 1 April, spoke of meeting on Sunday 6 April; Sam has not written from that day on. "
        "Messages cannot tell whether you met."
    ]
    assert "named.meeting.past" in ids(reading, "waiting")
    assert "named.meeting.past.yours" in ids(reading, "withdrawing")
    wrote: Line = (24 * 62 + 18.0, "b", "that was good, the soup was too hot")
    assert keyed(eb.read(talk([*ordinary, plan, waiting, wrote], until=24 * 65, me="a")), "meeting_past") == []


def test_a_day_that_was_turned_down_does_not_hide_one_that_stands() -> None:
    plan, other = (24 * 59 + 20.0, "b", "see you on Sunday"), (24 * 59 + 20.5, "a", "shall we have lunch on Saturday?")
    no: Line = (24 * 59 + 21.0, "b", "can't on Saturday, sorry")
    assert keyed(read(plan, other, no), "meeting_named") == [
        "A message of Sam’s, on Thursday, speaks of meeting tomorrow."
    ]
    off: Line = (24 * 59 + 21.0, "b", "can't on Sunday after all, sorry")
    assert keyed(read(plan, (24 * 59 + 20.5, "a", "shall we meet on Sunday?"), off), "meeting_named") == []


def test_a_quiet_that_both_have_talked_about_is_not_opened_again() -> None:
    away = (60, 68)
    ordinary: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"the train at {h} was late again, as it is")
        for d in range(72)
        for h in (8, 9, 12, 18, 19, 21)
        if not away[0] <= d < away[1] or (d + h) % 2 == 0
    ]
    spoken: list[Line] = [
        (24.0 * 69 + 20, "b", "I am sorry I went quiet on you, I shut down"),
        (24.0 * 69 + 20.1, "a", "I felt so far from us. can we find a way for the two of us next time"),
        (24.0 * 69 + 20.2, "b", "yes. it is about how I deal with us when work is hard. I owe you a word then"),
        (24.0 * 69 + 20.3, "a", "and I am sorry for all my messages. we are fine, you and me, as a couple"),
    ]
    reading = eb.read(talk(sorted([*ordinary, *spoken]), until=24 * 71 + 22, me="a"))
    assert present(reading).back is not None
    (words,) = keyed(reading, "talked_over")
    assert words == "The quiet was talked about by the two of you on Sunday."
    assert "waiting.returned.talked" in ids(reading, "waiting")
    assert "withdrawing.returned.talked" in ids(reading, "withdrawing")
    assert "waiting.returned.glad" not in ids(reading, "waiting")
    quiet = eb.read(talk(ordinary, until=24 * 71 + 22, me="a"))
    assert keyed(quiet, "talked_over") == []


def test_a_limit_for_now_is_taken_as_one_and_ends_nothing() -> None:
    reading = read(
        (LATE, "b", "can we be friends until the papers are signed, no staying over"), (LATE + 0.2, "b", "night")
    )
    (words,) = keyed(reading, "limit_named")
    assert words.endswith("sets a limit to what the two of you are for now.")
    assert not reading.tells("parting_named")
    assert "named.limit" in ids(reading, "waiting")
    assert "named.limit.yours" in ids(reading, "withdrawing")


def test_what_is_to_be_said_face_to_face_asks_for_a_time() -> None:
    reading = read((LATE, "b", "can you come over? i'd rather say it in person"), (LATE + 0.2, "b", "night"))
    (words,) = keyed(reading, "in_person_named")
    assert words.endswith("asks to say something face to face.")
    assert "named.in_person" in ids(reading, "waiting")
    assert "named.in_person.yours" in ids(reading, "withdrawing")


def test_nobody_is_told_to_answer_for_money_first() -> None:
    for asked, waits in (("which train are you on tomorrow?", True), ("can you lend me 200 till monday?", False)):
        reading = eb.read(talk([*ORDINARY, (24 * 60 + 2.0, "b", asked)], until=24 * 60 + 30, me="a"))
        assert bool(keyed(reading, "question_waits")) is waits, asked
