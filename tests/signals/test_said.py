"""Marks of messages looked up by person and time, whatever else stands between the messages in the export."""

from __future__ import annotations

import polars as pl

from ebbtide.signals.said import Said, said
from ebbtide.signals.stream import stream
from tests.talks import moment, rows, talk_of


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
    return said(stream(talk, moment(8)), talk.events, marks), talk.events


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
    assert said(stream(talk, moment(41)), talk.events, marks).texts == (True, False)


def test_a_cause_repeated_word_for_word_announces_nothing() -> None:
    lines = ["at work", "At work ", "at work", "flying out tomorrow", "at work"]
    talk = talk_of(rows([(moment(h), "aaaab"[h - 1], t) for h, t in enumerate(lines, 1)]))
    marks = talk.events.select("id", outside_cause=pl.lit(True), affection=pl.lit(True))
    words = said(stream(talk, moment(8)), talk.events, marks)
    assert words.marks["outside_cause"].tolist() == [False, False, False, True, True]
    assert words.marks["affection"].tolist() == [True] * 5
