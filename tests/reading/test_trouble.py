"""Trouble that is named is told, of the one in question and of late, with or without a spell."""

from __future__ import annotations

import pytest

import ebbtide as eb
from ebbtide.reading import Reading
from tests.talks import Line, talk


def read(*lines: Line) -> Reading:
    """Two months of ordinary lines, in which Jo reads, and then these."""
    ordinary: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"home at {h}, bread is out") for d in range(60) for h in (8, 9, 18, 19)
    ]
    made = sorted([*ordinary, *lines], key=lambda line: line[0])
    return eb.read(talk(made, until=24 * 60 + 30, me="a"))


def causes(reading: Reading) -> list[str]:
    return [f.words for f in reading.findings if f.key == "outside_cause"]


@pytest.mark.parametrize(
    "said",
    ["I lost my job on Monday", "we owe the bank thousands, I can't sleep", "my dad had a stroke, he is in hospital"],
)
def test_trouble_of_the_other_is_told_with_its_day_and_is_a_reason(said: str) -> None:
    reading = read((24 * 58 + 20.0, "b", said))
    (words,) = causes(reading)
    assert "names trouble outside the two of you" in words
    (outside,) = (h for h in reading.hypotheses if h.id == "outside_stress")
    assert words in outside.for_


def test_trouble_of_long_ago_or_asked_after_is_none() -> None:
    assert causes(read((24 * 30 + 20.0, "b", "I lost my job on Monday"))) == []
    assert causes(read((24 * 58 + 20.0, "b", "how is your mum after the operation?"))) == []
    assert causes(read()) == []


AWAY = "flying to Oslo for work tonight, back on Monday, I will hardly be on my phone"
ORDINARY: list[Line] = [
    (24.0 * d + h, "ab"[(d + h) % 2], f"the train at {h} was late again, as it is")
    for d in range(60)
    for h in (8, 9, 18, 19)
]


@pytest.mark.parametrize(
    "told", ["big kiss, on Monday I am there again", "I fly to the site for the new bridge, no net there till Monday"]
)
def test_the_day_back_may_have_been_told_before_the_last_news(told: str) -> None:
    news = "flying to Oslo for work now, I will hardly be on my phone"
    lines = [(24 * 59 + 19.5, "b", told), (24 * 59 + 22.0, "b", news), (24 * 59 + 22.5, "a", "safe flight")]
    (words,) = causes(eb.read(talk([*ORDINARY, *lines], until=24 * 60 + 30, me="a")))
    assert words.endswith("wrote of being away or hard to reach until 7 April.")


def test_a_silence_that_was_announced_says_so_and_no_more_of_it_is_a_riddle() -> None:
    reading = eb.read(
        talk([*ORDINARY, (24 * 59 + 20.0, "b", AWAY), (24 * 59 + 22.0, "a", "safe flight")], until=24 * 60 + 30, me="a")
    )
    (words,) = causes(reading)
    assert words == "Before it, on Thursday, Sam wrote of being away or hard to reach until 7 April."
    assert "That was announced: before it, on Thursday, Sam wrote of being away" in reading.answer.now
    assert "not why" not in reading.answer.unknown


def test_an_absence_that_was_announced_and_is_over_is_told_with_both_days() -> None:
    after: list[Line] = [(24.0 * 62 + 18, "b", "back down, what a view"), (24.0 * 62 + 18.2, "a", "tell me all of it")]
    reading = eb.read(talk([*ORDINARY, (24 * 59 + 20.0, "b", AWAY), *after], until=24 * 62 + 21, me="a"))
    assert [w for w in causes(reading) if "said why" in w] == [
        "Sam was silent for nearly 3 days and wrote again today; a message before it, on Thursday, said why."
    ]


def test_an_absence_may_be_announced_for_a_day_that_is_named() -> None:
    ahead: Line = (24 * 54 + 20.0, "b", "from Thursday I am on the boat, no signal for ten days")
    begun: list[Line] = [(24 * 59 + 20.0, "b", "the boat leaves in ten minutes"), (24 * 59 + 22.0, "a", "wave for me")]
    assert causes(eb.read(talk(sorted([*ORDINARY, ahead, *begun]), until=24 * 60 + 30, me="a"))) == [
        "Before it, on 29 March, Sam wrote of being away or hard to reach until 13 April."
    ]
    until: Line = (24 * 54 + 20.0, "b", "on the boat, no signal until Thursday")
    assert causes(eb.read(talk(sorted([*ORDINARY, until, *begun]), until=24 * 60 + 30, me="a"))) == []


def test_within_an_announced_absence_no_silence_is_measured_and_after_it_the_day_is_told() -> None:
    ahead: Line = (24 * 54 + 20.0, "b", "from Thursday I am on the boat, no signal for ten days")
    begun: list[Line] = [(24 * 59 + 20.0, "b", "the boat leaves in ten minutes"), (24 * 59 + 22.0, "a", "wave for me")]
    lines = sorted([*ORDINARY, ahead, *begun])
    within, after = (eb.read(talk(lines, until=24.0 * day, me="a")) for day in (63, 74))
    assert within.answer.now == (
        "Sam has been quiet for 3 days. That was announced: before it, on 29 March, "
        "Sam wrote of being away or hard to reach until 13 April."
    )
    assert within.answer.unknown == ""
    assert "1 quiet spell in" not in within.answer.may_be
    assert "until 13 April, which has passed." in f"{after.answer.now} {after.answer.may_be}"


def test_a_silence_nobody_announced_stays_open() -> None:
    assert causes(eb.read(talk(ORDINARY, until=24 * 60 + 30, me="a"))) == []


def keyed(reading: Reading, key: str) -> list[str]:
    return [f.words for f in reading.findings if f.key == key]


def test_a_death_weighs_for_two_months_and_is_the_reason_that_is_told() -> None:
    died = "my mum died this morning"
    reading = read((24 * 40 + 20.0, "b", died))
    assert keyed(reading, "loss_named") == ["A message of Sam’s, on 15 March, tells of a death."]
    assert causes(reading) == []
    (outside,) = (h for h in reading.hypotheses if h.id == "outside_stress")
    assert outside.for_[:1] == tuple(keyed(reading, "loss_named"))
    assert next(a for a in reading.advice if a.voice == "waiting").id == "named.loss"


def test_low_days_are_told_of_whoever_wrote_of_them_and_only_of_late() -> None:
    low = "I've been really low for weeks and cry every night"
    theirs, own, long_ago = (read((24.0 * d + 20, who, low)) for d, who in ((58, "b"), (58, "a"), (20, "b")))
    assert "named.low" in [a.id for a in theirs.advice if a.voice == "waiting"]
    assert "named.low.own" in [a.id for a in own.advice if a.voice == "waiting"]
    assert keyed(long_ago, "low_named") == []
    assert keyed(read((24 * 58 + 20.0, "b", "my battery has been low all day")), "low_named") == []


def test_low_days_do_not_hide_trouble_that_was_named_apart_from_them() -> None:
    low, debt = (
        "I've been really low for weeks and cry every night",
        "I can't pay the loan back, we owe the bank thousands",
    )
    apart = read((24 * 57 + 20.0, "b", low), (24 * 58 + 20.0, "b", debt))
    assert keyed(apart, "low_named")
    assert causes(apart) == ["A message of Sam’s, on Wednesday, names trouble outside the two of you."]
    assert causes(read((24 * 58 + 20.0, "b", f"{low}. {debt}"))) == []
    load = [keyed(read((24 * 57 + 20.0, "a", low), (24 * 58 + 20.0, "a", said)), "load_named") for said in (debt, "ok")]
    assert [len(told) for told in load] == [1, 0]


def test_what_had_been_hidden_is_told_and_comes_before_taking_a_reason_as_real() -> None:
    reading = read((24 * 58 + 20.0, "b", "I lied to you for five months. I've been at the bookies since Christmas"))
    (words,) = keyed(reading, "confession")
    assert words.endswith("tells of something that had been hidden.")
    first = {voice: next(a.id for a in reading.advice if a.voice == voice) for voice in ("waiting", "withdrawing")}
    assert first == {"waiting": "named.confession", "withdrawing": "named.confession.yours"}
    assert keyed(read((24 * 58 + 20.0, "b", "I never lied to you")), "confession") == []


def test_a_day_on_which_both_wrote_sharply_is_a_quarrel_and_one_sharp_line_is_none() -> None:
    sharp: list[Line] = [
        (24 * 58 + 20.0, "a", "you never listen to me, it is always about you"),
        (24 * 58 + 20.1, "b", "that is not true and you know it, I did call"),
        (24 * 58 + 20.2, "a", "you are so selfish. you always forget what matters to me"),
        (24 * 58 + 20.3, "b", "you are pathetic, listen to yourself"),
        (24 * 58 + 20.4, "b", "I never did that, do not put this on me"),
    ]
    (words,) = keyed(read(*sharp), "quarrel")
    assert words == "On Wednesday the two of you wrote sharply to each other."
    assert keyed(read(sharp[0]), "quarrel") == []
    banter = [(sharp[-1][0] + 0.01 * n, "ab"[n % 2], "hahaha") for n in range(1, len(sharp) + 1)]
    assert keyed(read(*sharp, *banter), "quarrel") == []
    assert keyed(read(), "quarrel") == []


def test_what_was_named_before_a_long_spell_weighs_through_all_of_it() -> None:
    told: Line = (24 * 58 + 12.0, "b", "they let me go at the shop, I lost my job")
    ordinary: list[Line] = [
        (24.0 * d + h, w, f"bread is out, {h} of them") for d in range(60) for h in (8, 12, 19) for w in "ab"
    ]
    quiet: list[Line] = [(24.0 * d + 12, "b", "home at six") for d in range(60, 90, 6)]
    quiet += [(24.0 * d + 11, "a", "soup is on") for d in range(60, 90)]
    reading = eb.read(talk(sorted([*ordinary, told, *quiet]), until=24 * 90, me="a"))
    assert any(e.episode.end is None for e in reading.episodes)
    (outside,) = (h for h in reading.hypotheses if h.id == "outside_stress")
    assert outside.for_


def test_trouble_in_bed_is_told_beside_the_quiet_that_followed_and_is_not_to_be_spoken_of_first() -> None:
    from tests.reading.test_unkept import at, read

    words = "don't worry about last night, it happens to everyone"
    told = read(at(-1, words, hour=22))
    assert keyed(told, "bed_named") == ["A message of yours, on 30 March, speaks of trouble in bed."]
    # Whoever has said something about it is not told to say nothing first.
    assert {"say.bed.said", "say.bed.yours"} <= {a.id for a in told.advice}
    assert "say.bed" not in {a.id for a in told.advice}
    (shame,) = (h for h in told.hypotheses if h.id == "shame")
    assert keyed(told, "bed_named")[0] in shame.for_
    (mirrored,) = keyed(read(at(-1, words, hour=22), me="b"), "bed_named")
    assert mirrored.startswith("A message of Jo’s")
    assert keyed(read(at(-1, "don't worry about last night, we all drank too much", hour=22)), "bed_named") == []


def test_a_day_that_was_announced_to_be_full_is_no_riddle() -> None:
    news: Line = (24 * 59 + 22.0, "b", "night night, tomorrow is inventory, phone in locker all day")
    lines: list[Line] = [*ORDINARY, news, (24 * 60 + 9.0, "a", "good morning")]
    reading = eb.read(talk(lines, until=24 * 60 + 13, me="a"))
    assert causes(reading) == ["Before it, yesterday, Sam wrote of being away or hard to reach until 4 April."]
    assert "That was announced" in reading.answer.now
