"""Whom a reading is about and which situation it makes, for the stories of S20 that timing can tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ebbtide.reading import Reading, Voice, addressed, present, situation
from ebbtide.reading.both import the_other_way_round
from tests.reading import stories as s


@pytest.mark.parametrize(
    ("story", "expected", "who"),
    [
        (s.no_good_morning, "usual_quiet", "b"),
        (s.asked_for_room, "processing", "b"),
        (s.two_weeks_no_word, "concerning", "b"),
        (s.gone_again, "concerning", "b"),
        (s.work_and_money, "processing", "b"),
        (s.roles_swapped, "processing", "a"),
        (s.ten_messages, "too_little_data", "b"),
        (s.shared_home, "living_together", "b"),
        (s.own_withdrawal, "unusual_quiet", "a"),
    ],
)
def test_stories(story: object, expected: str, who: str) -> None:
    told: Reading = story()  # type: ignore[operator]
    assert situation(told) == expected
    assert present(told).who == who


def test_a_month_gone_and_gone_again_is_not_a_wish_for_room() -> None:
    """S20.4: the running spell alone would still be open; the earlier return without a word makes the difference."""
    told = s.gone_again()
    assert told.episodes[-1].kind == "open"
    first = replace(told.episodes[0].episode, return_=s.back(s.NOW.date(), "warm", True, True))
    spoken = s.reading(told.silence, [first, told.episodes[1].episode])
    assert (situation(told), situation(spoken)) == ("concerning", "unusual_quiet")


def quiet(me: float, other: float, **how: object) -> Reading:
    return s.reading([s.silence("a", me), s.silence("b", other)], **how)  # type: ignore[arg-type]


def test_the_quiet_one_is_who_wrote_last_the_longest_ago() -> None:
    assert present(quiet(2, 20)).who == "b"
    assert present(quiet(20, 2)).who == "a"


def test_after_one_exchange_that_both_ended_it_is_the_other() -> None:
    assert present(quiet(20.3, 20)).who == "b"
    assert present(quiet(20, 20.3)).who == "b"


def test_nobody_is_quiet_before_an_hour_or_the_usual_pause() -> None:
    assert situation(quiet(0.2, 0.9)) == "in_touch"
    assert situation(quiet(0.2, 1.6)) == "in_touch"
    assert situation(quiet(0.2, 1.8)) == "usual_quiet"


def test_a_pause_that_is_long_for_its_hour_is_no_being_in_touch() -> None:
    """Half of somebody's pauses may last a day, and an evening without a word stand out all the same."""
    usual = {"p50": 13.0, "p90": 37.0, "p99": 91.0}
    for word, expected in (("usual", "in_touch"), ("long", "usual_quiet"), ("unusual", "unusual_quiet")):
        paused = replace(s.silence("b", 12, word, 9), usual_hours=usual)
        assert situation(s.reading([s.silence("a", 0.5), paused])) == expected


def test_an_unanswered_word_of_over_two_weeks_ago_is_a_concern_without_a_spell() -> None:
    """S20.3: where who waits writes little too, no spell stands out."""

    def after(days: float, waiting: int) -> Reading:
        return s.reading([s.silence("a", 90), s.silence("b", 24 * days, "unusual", 400, waiting=waiting)])

    assert situation(after(14.5, 1)) == "concerning"
    assert situation(after(13.5, 1)) == "unusual_quiet"
    assert situation(after(14.5, 0)) == "unusual_quiet"
    told = after(14.5, 1).answer
    assert "Nothing about it stands out" not in told.may_be
    assert told.unknown.endswith("Asking can.")


def test_while_nobody_is_quiet_it_is_about_who_had_more_spells() -> None:
    short = [s.silence("a", 0.3), s.silence("b", 0.2)]
    assert present(s.reading(short)).who == "b"
    assert present(s.reading(short, [s.ended("a", 60, 5)])).who == "a"
    assert present(s.reading(short, [s.ended("a", 60, 5), s.ended("b", 40, 5), s.ended("b", 90, 5)])).who == "b"


def test_a_return_is_news_for_a_week() -> None:
    for ago, expected in ((0, "returned"), (7, "returned"), (8, "usual_quiet")):
        told = s.reading([s.silence("a", 4), s.silence("b", 5)], [s.ended("b", ago, 6)])
        assert situation(told) == expected


def test_an_unusual_silence_matters_more_than_a_return() -> None:
    told = s.reading([s.silence("a", 4), s.silence("b", 40, "unusual", 30)], [s.ended("b", 3, 6)])
    assert situation(told) == "unusual_quiet"


def test_who_left_the_other_be_is_not_the_quiet_one_on_the_day_the_other_is_back() -> None:
    for ago, since_back, who in ((0, 2.0, "b"), (1, 20.0, "b"), (2, 50.0, "a")):
        waited = s.silence("a", 96, "unusual", 190)
        told = s.reading([waited, s.silence("b", since_back)], [s.ended("b", ago, 6)])
        assert present(told).who == who
        assert situation(told) == ("returned" if who == "b" else "unusual_quiet")
    before = s.reading([s.silence("a", 200, "unusual", 190), s.silence("b", 2)], [s.ended("b", 0, 6)])
    assert present(before).who == "a"


def test_a_word_in_a_silent_spell_is_told_and_is_no_return_yet() -> None:
    def after(hours: float, longest: float) -> Reading:
        return s.reading([s.silence("a", 1), s.silence("b", hours)], [s.running("b", 11, kept=0.05, longest=longest)])

    assert present(after(2, 230)).word_came
    assert "Sam has written again. Whether that is a return is too early to tell." in after(2, 230).answer.unknown
    for hours, longest in ((25, 230), (2, 60)):
        assert not present(after(hours, longest)).word_came
        assert "written again" not in after(hours, longest).answer.unknown


def test_whom_the_reader_asks_about_comes_first_unless_the_record_speaks_of_the_other_alone() -> None:
    short = [s.silence("a", 0.3), s.silence("b", 0.2)]
    for voice, who in (("withdrawing", "a"), ("waiting", "b"), (None, "b")):
        assert present(replace(s.reading(short), voice=voice)).who == who
        away = replace(s.reading(short, [s.running("b", 5)]), voice=voice)
        assert present(away).who == "b"
        both = replace(s.reading(short, [s.running("a", 5), s.running("b", 5, said_so=True)]), voice=voice)
        assert present(both).who == who
        assert (the_other_way_round(away) is not None) == (voice == "withdrawing")


def test_at_home_a_silence_of_the_readers_own_turns_no_question_round() -> None:
    apart = s.reading([s.silence("a", 84, "unusual", 200, waiting=1), s.silence("b", 1)])
    for voice, who in (("waiting", "b"), (None, "b"), ("withdrawing", "a")):
        assert present(replace(apart, voice=voice)).who == "a"
        assert present(replace(apart, voice=voice, at_home=True)).who == who
    gone = s.reading([s.silence("a", 84, "unusual", 200, waiting=1), s.silence("b", 1)], [s.running("a", 5)])
    assert present(replace(gone, at_home=True)).who == "a"


def test_who_is_back_for_days_and_gone_again_is_told_so() -> None:
    for ago, told in ((12, True), (40, False)):
        reading = s.reading([s.silence("a", 4), s.silence("b", 190)], [s.ended("b", ago, 20), s.running("b", 8)])
        assert (present(reading).back_for is not None) is told
        assert ("Sam had been back for 5 days." in reading.answer.may_be) is told


def test_safety_comes_before_everything() -> None:
    for level in ("look", "urgent"):
        told = s.ten_messages(level=level)
        assert situation(told) == "safety"


def test_too_little_comes_before_what_the_silence_would_say() -> None:
    told = s.reading([s.silence("b", 90, "unusual", 50)], [s.running("b", 4)], enough=False, messages=30)
    assert situation(told) == "too_little_data"


def test_an_ended_record_says_nothing_about_now() -> None:
    assert situation(s.two_weeks_no_word(current=False)) == "record_ended"


def test_a_silence_that_cannot_be_told_is_too_little_to_go_by() -> None:
    told = s.reading([s.silence("a", 4), s.silence("b", 30, "unknown", None)])
    assert situation(told) == "too_little_data"


def test_a_spell_longer_than_two_weeks_is_a_concern_even_if_it_points_both_ways() -> None:
    told = s.reading([s.silence("a", 4), s.silence("b", 5)], [s.running("b", 16, said_so=True)])
    assert told.episodes[0].kind == "mixed"
    assert situation(told) == "concerning"


def test_who_is_in_a_spell_counts_before_who_is_quiet() -> None:
    told = s.reading([s.silence("a", 30, "unusual", 30), s.silence("b", 2)], [s.running("b", 5)])
    assert present(told).who == "b"


def test_whoever_waits_and_leaves_the_other_waiting_for_days_is_the_quiet_one() -> None:
    def asked(turns: int, hours: float, voice: Voice = "waiting") -> Reading:
        own = s.silence("a", hours, "unusual", 190, waiting=turns)
        return replace(s.reading([own, s.silence("b", 3)], [s.running("b", 5)]), voice=voice)

    assert (present(asked(3, 120)).who, addressed(asked(3, 120))) == ("a", "withdrawing")
    for kept in (asked(2, 120), asked(3, 60)):
        assert (present(kept).who, addressed(kept)) == ("b", "waiting")


def test_where_nothing_came_at_all_it_is_told_plainly_and_counted_from_the_last_word() -> None:
    silent = [s.ended("b", 14, 20), s.running("b", 8, kept=0.0, longest=288)]
    reading = s.reading([s.silence("a", 4), s.silence("b", 288, "unusual", 90)], silent)
    assert "No message has come from Sam since 3 May." in reading.answer.may_be
    assert "perhaps" not in reading.answer.may_be
    assert present(reading).back_for == 2
