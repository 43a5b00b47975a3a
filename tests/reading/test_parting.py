"""An ending said in plain words is named, unless it was taken back, is long past, or hung on a condition."""

from __future__ import annotations

import ebbtide as eb
from ebbtide.guide.place import place
from ebbtide.reading import Reading
from tests.talks import Line, talk

OVER = "It's over between us. I'm sorry"


def read(*after: Line, said: str = OVER, hour: float = 24 * 60) -> Reading:
    """Two months of ordinary lines, then the words, then what came after."""
    ordinary: list[Line] = [
        (24.0 * d + h, "ab"[(d + h) % 2], f"home at {h}, bread is out") for d in range(60) for h in (8, 9, 18, 19)
    ]
    return eb.read(talk([*ordinary, (hour + 1, "b", said), *after], until=max([hour + 60, *(a[0] + 1 for a in after)])))


def named(reading: Reading) -> list[str]:
    return [f.words for f in reading.findings if f.key == "parting_named"]


def test_plain_words_of_an_ending_are_named_and_nobody_is_won_back() -> None:
    reading = read()
    (words,) = named(reading)
    assert "reads as if" in words
    assert reading.answer.now == words
    assert "quiet" not in reading.answer.unknown
    assert place(reading) == "parted"
    for voice in ("waiting", "withdrawing"):
        first = next(a for a in reading.advice if a.voice == voice)
        # Sam said it, and wrote last: it is Jo who is quiet now, and spoken to as the one who withdraws.
        assert first.id == ("parted.said" if voice == "waiting" else "parted.named")


def test_a_condition_ends_nothing() -> None:
    assert named(read(said="if you leave now we are done")) == []
    assert named(read(said="home late")) == []


def test_words_taken_back_by_warmth_no_longer_count() -> None:
    warm: list[Line] = [(24.0 * 61 + h, "b", "I love you, I miss you so much") for h in range(3)]
    assert named(read(*warm)) == []
    other: list[Line] = [(24.0 * 61 + h, "a", "I love you, I miss you so much") for h in range(3)]
    assert named(read(*other)) != []


def test_a_joke_about_an_ending_does_not_hide_an_earnest_one() -> None:
    joke: list[Line] = [
        (24.0 * 61, "b", "you ate my yoghurt. it's over between us"),
        (24.0 * 61 + 0.02, "a", "hahaha never"),
    ]
    assert named(read(*joke)) == named(read()) != []
    assert named(read(joke[1], said=joke[0][2], hour=24.0 * 61 - 1)) == []


def test_words_of_long_ago_no_longer_count() -> None:
    later: list[Line] = [(24.0 * d, "ab"[d % 2], "bread is out") for d in range(64, 130)]
    assert named(read(*later)) == []


def test_two_who_still_have_things_to_settle_are_told_of_a_truce() -> None:
    dealing: list[Line] = [(24.0 * d + h, "ab"[h % 2], "the rent is due") for d in (63, 66) for h in (10, 11)]
    reading = read(*dealing)
    assert place(reading) == "parted"
    for voice in ("waiting", "withdrawing"):
        told = [a.id for a in reading.advice if a.voice == voice]
        assert told[0] == "parted.truce"
        assert "parted.named" not in told


def test_being_in_one_place_takes_nothing_back() -> None:
    meeting: list[Line] = [(24.0 * 62 + h, "b", "I will be at your place on Saturday for my desk") for h in range(4)]
    assert named(read(*meeting)) != []


def test_that_the_two_have_parted_is_read_however_it_is_told() -> None:
    for said in ("We have separated, and it should stay that way", "since the break-up I stay with my sister"):
        assert named(read(said=said)) != [], said
    for said in ("Long day. Glad it's over", "what if we broke up one day", "one more lie and we're done"):
        assert named(read(said=said)) == [], said


GOODBYE = "Thank you for everything. Look after yourself, and the garden"


def goodbyes(reading: Reading) -> list[str]:
    return [f.words for f in reading.findings if f.key == "farewell"]


def test_last_words_like_a_goodbye_come_before_any_reading_of_quiet() -> None:
    reading = read(said=GOODBYE)
    assert goodbyes(reading) == [reading.answer.now]
    assert reading.answer.now == "What Sam wrote on Friday reads like a goodbye."
    assert place(reading) == "farewell"
    first = {voice: [a.id for a in reading.advice if a.voice == voice] for voice in ("waiting", "withdrawing")}
    assert {ids[0] for ids in first.values()} == {"farewell.ring", "farewell.own.life"}
    assert all(id_.startswith("farewell.") for ids in first.values() for id_ in ids)


def test_a_goodbye_after_which_life_goes_on_is_none_and_a_plain_ending_says_more() -> None:
    after: list[Line] = [(24.0 * 60 + h, "b", f"bread is out, {h} left") for h in range(2, 9)]
    assert goodbyes(read(*after, said=GOODBYE)) == []
    assert goodbyes(read(said="thanks for everything you did for the party")) == []
    both = read((24 * 60 + 2.0, "b", GOODBYE))
    assert goodbyes(both) == []
    assert place(both) == "parted"


def test_what_is_left_behind_within_a_day_reads_like_a_goodbye_where_it_is_of_two_kinds() -> None:
    thanks, gift = "You've been good to me. Better than I deserved", "Tell Danny he can have the bike"
    assert goodbyes(read((24 * 60 + 2.0, "b", gift), said=thanks)) != []
    assert goodbyes(read((24 * 60 + 2.0, "b", "I left the bins out"), said=thanks)) == []
    assert goodbyes(read((24 * 60 + 2.0, "a", gift), said=thanks)) == []
    assert goodbyes(read((24 * 63 + 2.0, "b", gift), said=thanks)) == []


def test_words_that_are_laughed_at_or_told_of_others_end_nothing() -> None:
    said = "your mug. it's over between us"
    assert named(read((24 * 60 + 1.01, "a", "ahaha"), said=said)) == []
    assert named(read((24 * 60 + 5.0, "a", "ahaha"), said=said))
    assert named(read(said="she said I want a divorce and he just went out to mow the lawn")) == []
