"""Marks of messages looked up by person and time, whatever else stands between the messages in the export."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from ebbtide.signals.said import Said, no_news, said, told, told_by_day
from ebbtide.signals.stream import Floats, Ints, stream
from tests.talks import Line, flow, moment, rows, talk_of


def made(text_of_b: str | None = "sorry") -> tuple[Said, pl.DataFrame]:
    """Five messages among system lines and reactions, with "sorry" marked wherever it is written."""
    events = pl.concat(
        [
            rows([(moment(0), None, "sorry"), (moment(5), None, "sorry")], "system"),
            rows([(moment(2.5), "b", "sorry")], "reaction"),
            rows(
                [
                    (moment(1), "a", "sorry"),
                    (moment(2), "b", text_of_b),
                    (moment(3), "a", "no"),
                    (moment(4), "a", "sorry"),
                    (moment(6), "b", text_of_b),
                ]
            ),
        ]
    )
    talk = talk_of(events)
    marks = talk.events.select("id", apology=pl.col("text").eq("sorry").fill_null(False), never=pl.lit(False))
    return said(stream(talk, moment(8)), talk.events, marks, {}), talk.events


def test_marks_are_lined_up_with_the_messages_they_belong_to() -> None:
    words, events = made()
    assert words.at.tolist() == [moment(h).timestamp() for h in (1, 2, 3, 4, 6)]
    assert words.marks["apology"].tolist() == [True, True, False, True, True]
    assert set(words.marks) == {"apology", "never"}
    texts = dict(events.select("id", "at").iter_rows())
    assert [texts[i].hour for i in words.ids] == [1, 2, 3, 4, 6]


def test_rows_are_one_persons_from_the_start_up_to_the_stop() -> None:
    words, _ = made()
    one, four, six = (moment(h).timestamp() for h in (1, 4, 6))
    assert words.rows("apology", 0, one, four).tolist() == [0]
    assert words.rows("apology", 0, one, four + 1).tolist() == [0, 3]
    assert words.rows("apology", 0, one + 1, six).tolist() == [3]
    assert words.rows("apology", 1, one, six + 1).tolist() == [1, 4]
    assert words.rows("never", 1, one, six + 1).size == 0


def test_what_is_announced_begins_on_the_day_it_names() -> None:
    lines: list[Line] = [(9.0, "b", "off grid from Friday"), (10.0, "a", "ok"), (33.0, "b", "off grid until Friday")]
    events = talk_of(rows([(moment(h), p, text) for h, p, text in lines], "text"))
    marks = events.events.select("id", outside_cause=pl.col("text").str.contains("grid"))
    seen = stream(events, moment(24.0 * 9))
    words = said(seen, events.events, marks, {})
    friday = next(d for d in range(seen.days) if seen.date_of(d).weekday() == 4 and d > 1)
    assert words.due.tolist() == [float(seen.day_edges[friday]), *words.at[1:]]
    begin = float(seen.day_edges[friday])
    assert words.announced("outside_cause", 1, begin - 100, begin + 100).tolist() == [0]
    assert words.announced("outside_cause", 0, begin - 100, begin + 100).size == 0
    assert words.announced("outside_cause", 1, begin + 1, begin + 100).size == 0


def test_refs_are_the_ids_of_the_first_few() -> None:
    words, _ = made()
    found = words.rows("apology", 0, 0.0, moment(9).timestamp())
    assert words.refs(found) == (words.ids[0], words.ids[3])
    assert words.refs(found, most=1) == (words.ids[0],)


def test_without_the_words_of_a_person_it_is_known_that_they_are_missing() -> None:
    assert made()[0].texts == (True, True)
    assert made(None)[0].texts == (True, False)


def test_words_in_another_language_count_as_missing() -> None:
    assert made("he pensado en lo que dijiste anoche")[0].texts == (True, True)
    lines = [(moment(h), p, "perdona, necesitaba estar solo" if p == "b" else "ok") for h in range(40) for p in "ab"]
    talk = talk_of(rows(lines))
    marks = talk.events.select("id", apology=pl.lit(False))
    assert said(stream(talk, moment(41)), talk.events, marks, {}).texts == (True, False)


def test_a_cause_repeated_word_for_word_announces_nothing() -> None:
    lines = ["at work", "At work ", "at work", "flying out tomorrow", "at work"]
    talk = talk_of(rows([(moment(h), "aaaab"[h - 1], t) for h, t in enumerate(lines, 1)]))
    marks = talk.events.select("id", outside_cause=pl.lit(True), affection=pl.lit(True))
    words = said(stream(talk, moment(8)), talk.events, marks, {})
    assert words.marks["outside_cause"].tolist() == [False, False, False, True, True]
    assert words.marks["affection"].tolist() == [True] * 5


def test_what_someone_says_all_the_time_weighs_less_and_what_is_repeated_nothing() -> None:
    who = np.array([0, 0, 0, 0, 1, 1, 1, 1], np.int8)
    weight = np.array([20.0, 20.0, 20.0, 20.0, 3.0, 0.1, 0.4, 0.1])
    often = np.array([False] * 4 + [True, False, False, True])
    weighed = no_news(weight, often, who)
    assert weighed[:5].tolist() == [1.0] * 5
    assert weighed[5:] == pytest.approx([0.1, 0.4, 0.1], rel=0.03), "of a few messages it is not known what is usual"
    assert weight[0] == 20.0, "what was given stays as it is"


def test_who_hardly_ever_speaks_of_such_things_is_heard_the_better_when_they_do() -> None:
    weight = np.array([0.1] * 9999 + [10.0])
    weighed = no_news(weight, np.zeros(10_000, bool), np.zeros(10_000, np.int8))
    assert weighed[-1] == pytest.approx(50), "as if the rest weighed a fifth"
    weighed = no_news(weight[-200:], np.zeros(200, bool), np.zeros(200, np.int8))
    assert 10 < weighed[-1] < 50
    unread = np.concatenate([np.full(990, np.nan), [50.0] * 10])
    weighed = no_news(unread, np.zeros(1000, bool), np.zeros(1000, np.int8))
    assert weighed[:990].tolist() == [1.0] * 990
    assert weighed[-1] > 30, "of few lines kept most may be news"


def test_a_line_repeated_word_for_word_is_no_news_even_where_the_rest_says_less() -> None:
    often = np.arange(1000) < 500
    weight = np.where(often, 0.8, 0.1)
    assert no_news(weight, often, np.zeros(1000, np.int8)).max() == pytest.approx(1)


def one_of(n: int) -> dict[str, tuple[Ints, Floats]]:
    return {"anywhere": (np.arange(n), np.full(n, 1 / max(n, 1)))}


def test_news_in_one_of_many_messages_weighs_as_one_of_many() -> None:
    assert told(np.array([50.0]), one_of(1), 0.8) == pytest.approx(0.2 + 0.8 * 50)
    assert told(np.array([50.0] + [0.0] * 9), one_of(10), 0.8) == pytest.approx(0.2 + 0.8 * 5)
    assert told(np.zeros(5), one_of(5), 0.8) == pytest.approx(0.2), "silence about it speaks a little against it"
    assert told(np.zeros(0), one_of(0), 0.8) == 1.0
    sooner = {"before": (np.array([3, 4]), np.array([0.1, 0.4])), "after": (np.array([9]), np.array([0.5]))}
    assert told(np.arange(10.0), sooner, 0.5) == pytest.approx(0.5 + 0.5 * (0.3 + 1.6 + 4.5))


def test_a_day_is_told_by_its_messages_and_those_of_the_day_before() -> None:
    seen = flow([(24.0 * d + h, p) for d in (0, 1, 4) for h, p in ((9, "a"), (10, "b"))], until=24.0 * 6 - 1)
    weight = np.array([9.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    expected = [0.5 + 0.5 * 4.5, 0.5 + 0.5 * 2.25, 0.5, 1.0, 0.5, 0.5]
    assert told_by_day(seen, weight, 0.5) == pytest.approx(np.array(expected))
