"""Questions to take along: chosen by what the reading holds, and fit for either of the two to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ebbtide.reading import CANNOT_TELL, Finding, Hypothesis, Reading
from ebbtide.report.questions import CARE, GENERAL, MOST, PARTED, questions
from tests.report import samples
from tests.report.parts import turning


def asks(reading: Reading, words: str) -> bool:
    """Whether one of the questions holds these words."""
    return any(words in q for q in questions(reading))


@pytest.mark.parametrize("sample", samples.ALL.values(), ids=samples.ALL)
def test_three_to_six_and_none_in_danger(sample) -> None:
    reading = sample()
    found = questions(reading)
    assert len(found) == 0 if reading.safety.level == "urgent" else 3 <= len(found) <= MOST
    assert len(set(found)) == len(found)
    assert all(q.endswith("?") and "!" not in q for q in found)
    assert not any(p.name and p.name in q for p in reading.people for q in found)


def test_a_reading_that_holds_little_gets_the_general_ones() -> None:
    assert questions(samples.usual_quiet()) == GENERAL


def test_a_running_spell_and_its_coming_back_are_asked_about() -> None:
    assert asks(samples.unusual_quiet(), "while a spell of distance lasts")
    assert asks(samples.unusual_quiet(), "Four times in eight months")
    assert not asks(samples.usual_quiet(), "while a spell of distance lasts")


def test_a_loop_is_asked_about_only_where_one_shows() -> None:
    assert asks(samples.reading(loop=turning()), "How do we both step out?")
    untold = turning(CANNOT_TELL, CANNOT_TELL)
    assert not asks(samples.reading(loop=untold), "How do we both step out?")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("unspoken_returns", "as if nothing had happened"),
        ("double_text", "waiting is hard"),
        ("outside_cause", "strain from outside"),
    ],
)
def test_findings_choose_questions(key: str, words: str) -> None:
    plain = replace(samples.usual_quiet(), findings=())
    assert not asks(plain, words)
    assert asks(replace(plain, findings=(Finding(key, "b", "…"),)), words)


def test_after_words_that_it_has_ended_nothing_is_asked_about_doing_better() -> None:
    ended = Finding("parting_named", "b", "…")
    assert questions(replace(samples.unusual_quiet(), findings=(ended,))) == PARTED
    assert questions(replace(samples.usual_quiet(), findings=(ended,))) == PARTED


def test_a_reason_counts_only_when_something_speaks_for_it() -> None:
    fading = Hypothesis("fading", "possible", "Interest fades", (), (), "…")
    plain = replace(samples.usual_quiet(), hypotheses=(fading,))
    assert not asks(plain, "still wants")
    assert asks(replace(plain, hypotheses=(replace(fading, weight="speaks for it"),)), "still wants")


def test_words_of_fear_come_first() -> None:
    assert questions(samples.look())[: len(CARE)] == CARE


def test_answers_alone_choose_too() -> None:
    assert asks(samples.from_answers(), "This has happened before.")
    assert asks(samples.from_answers(), "strain from outside")
