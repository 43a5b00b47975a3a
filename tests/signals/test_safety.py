"""Signs of danger, figures of speech, and what is called for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from ebbtide.signals import safety
from ebbtide.signals.moves import moves
from ebbtide.signals.safety import assess, signs


def events(*texts: str | None) -> pl.DataFrame:
    return pl.DataFrame(
        {"id": [f"e{i}" for i in range(len(texts))], "person": ["b"] * len(texts), "text": list(texts)},
        schema={"id": pl.String, "person": pl.String, "text": pl.String},
    ).with_columns(at=pl.lit(datetime(2025, 3, 1, tzinfo=UTC)) + pl.duration(minutes=pl.int_range(pl.len())))


@pytest.mark.parametrize(
    ("text", "crisis", "control", "idiom"),
    [
        ("this traffic is killing me", False, False, True),
        ("I could kill for a coffee", False, False, True),
        ("this traffic is killing me and honestly there's no reason to go on", True, False, True),
        ("lol I'm dead", False, False, True),
        ("I want to die", True, False, False),
        ("if you leave me I'll kill myself", True, True, False),
        ("you're not allowed to see your friends", False, True, False),
        ("send me your location so I can pick you up", False, False, True),
        ("see you at seven", False, False, False),
        (None, False, False, False),
    ],
)
def test_signs(text: str | None, crisis: bool, control: bool, idiom: bool) -> None:
    assert signs(events(text)).row(0)[:4] == ("e0", crisis, control, idiom)


def test_crisis_is_urgent_and_names_its_events() -> None:
    found = signs(events("hi", "delete him from your contacts or else", "I want to die", "i have nothing to live for"))
    assert assess(found) == ("urgent", ("e2", "e3"))


def test_other_harm_asks_for_a_look() -> None:
    assert assess(signs(events("hi", "delete him from your contacts or else"))) == ("look", ("e1",))


def test_figures_of_speech_call_for_nothing() -> None:
    assert assess(signs(events("this traffic is killing me", "I could kill for a coffee"))) == ("none", ())


@pytest.mark.parametrize(
    ("text", "softened"),
    [
        ("so embarrassed I wanted to die", True),
        ("lol I'm dead", False),
        ("I could kill for a coffee", False),
        ("I want to die", False),
    ],
)
def test_a_figure_of_speech_softens_and_hides_nothing(text: str, softened: bool) -> None:
    assert signs(events(text))["softened"].to_list() == [softened]


def test_no_events_call_for_nothing() -> None:
    found = signs(events())
    assert found.schema == pl.Schema(
        {
            "id": pl.String(),
            "crisis": pl.Boolean(),
            "control_threat": pl.Boolean(),
            **dict.fromkeys(("idiom", "softened"), pl.Boolean()),
        }
    )
    assert assess(found) == ("none", ())


def test_a_sign_calls_for_care_as_long_as_it_is_recent() -> None:
    now = datetime(2025, 6, 30, tzinfo=UTC)
    dated = pl.DataFrame({"at": [now - timedelta(days=d) for d in (10, 60, 200, 100, 130)]})
    seen = pl.DataFrame(
        {
            "id": list("vwxyz"),
            "crisis": [True, True, True, False, False],
            "control_threat": [False, False, False, True, True],
            "softened": [True, True, False, False, False],
        }
    )
    kept = safety.recent(seen, dated, now)
    assert kept["crisis"].to_list() == [True, False, False, False, False]
    assert kept["control_threat"].to_list() == [True, True, False, True, False]
    assert kept["softened"].to_list() == [True, False, False, False, False]
    assert safety.assess(kept) == ("urgent", ("v",))


def test_two_likely_signs_of_one_person_within_days_are_one_and_a_single_one_is_none() -> None:
    said = events(
        "it would be easier for all of you without me", "gave the dog to jo", "bread is out", "easier without me"
    )
    chance = np.array([0.7, 0.25, 0.0, 0.7])
    assert safety.seconded(said, chance, "crisis").tolist() == [True, True, False, True]
    assert safety.seconded(said, np.array([0.7, 0.1, 0.0, 0.0]), "crisis").tolist() == [False] * 4
    assert safety.seconded(said, np.array([0.65, 0.65, 0.65, 0.65]), "crisis").tolist() == [False] * 4
    other = said.with_columns(person=pl.Series(["a", "b", "b", "b"]))
    assert safety.seconded(other, np.array([0.7, 0.25, 0.0, 0.0]), "crisis").tolist() == [False] * 4
    later = said.with_columns(at=pl.col("at") + pl.duration(days=pl.Series([0, 15, 15, 15])))
    assert safety.seconded(later, np.array([0.7, 0.25, 0.0, 0.0]), "crisis").tolist() == [False] * 4


def test_the_same_line_again_seconds_nothing() -> None:
    same = events("i am done", "I am done.", "bread")
    assert not safety.seconded(same, np.array([0.8, 0.8, 0.0]), "crisis").any()
    habit = events("off to die of boredom", "off to die of boredom", "off to die of boredom", "so tired of it all")
    assert not safety.seconded(habit, np.array([0.8, 0.8, 0.8, 0.5]), "crisis").any()


def test_a_joke_in_the_words_of_a_rule_is_told_gently_and_danger_in_them_is_not() -> None:
    found = signs(events("bus is late. start the film without me and ill murder u", "if you leave me i'll kill you"))
    assert found["control_threat"].to_list() == [False, True]
    assert found["softened"].to_list() == [True, False]


def test_where_no_model_reads_the_words_a_rule_stands() -> None:
    said = events("i want to die")
    nothing = moves(said)
    unread = replace(nothing, scores=np.zeros_like(nothing.scores))
    assert signs(said, unread)["crisis"].to_list() == [True]


def test_a_death_wished_is_danger_whatever_the_model_makes_of_it_and_watching_is_no_figure_of_speech() -> None:
    found = signs(events("go kill yourself you coward", "i feel so guilty reading your msgs"))
    assert found["control_threat"].to_list() == [True, False]
    assert found["softened"].to_list() == [False, False]


def test_plain_words_of_control_stand_however_unlikely_the_model_finds_them() -> None:
    lines = ("say you fell. if anyone asks you fell", "I read your diary while you slept", "see you at seven")
    certain = replace(moves(events(*lines)), scores=np.full((3, 23), 1e-4, np.float32))
    found = signs(events(*lines), certain)
    assert found["control_threat"].to_list() == [True, True, False]
    assert not found["softened"].any()


def test_how_little_a_text_takes_is_a_reproach_whatever_the_model_makes_of_it_and_more_words_are_not() -> None:
    lines = ("1 text takes 5 seconds", "you get 5 seconds to answer or i come over", "see you at seven")
    nearly = replace(moves(events(*lines)), scores=np.full((3, 23), 0.95, np.float32))
    assert signs(events(*lines), nearly)["control_threat"].to_list() == [False, True, True]
