"""Why this: days, numbers in words, and what would change it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ebbtide import report
from ebbtide.reading import Finding, Reading
from ebbtide.report.evidence import Sources, on_days
from ebbtide.report.names import names_of
from ebbtide.report.why import CHANGED_BY, Why, why
from tests.report import samples


def of(*findings: Finding, **changes: object) -> list[Why]:
    """What lies behind findings of the sketch's reading."""
    reading: Reading = samples.reading(findings=findings, **changes)
    return why(reading, names_of(reading, alias=False), Sources({}, {}))


SILENCE = {"hours": 31.0, "probability": 0.025, "one_in": 40.0, "once_in_days": 21.0, "waiting_turns": 2.0}


def test_a_silence_is_told_in_days_and_words() -> None:
    (it,) = of(Finding("present_silence", "b", "Sam has been quiet for 31 hours.", SILENCE))
    assert it.facts == (
        ("Last message", "Sunday 28 September, 18:10"),
        ("Lasts so far", "31 hours"),
        ("How rare", "About 1 quiet spell in 40 lasts this long"),
        ("How often", "about once in 3 weeks"),
        ("Written to since", "twice, without an answer"),
    )
    assert it.would_change == "What would change this: one message from Sam."


def test_nothing_is_claimed_that_the_record_is_too_short_for() -> None:
    (it,) = of(Finding("present_silence", "b", "…", SILENCE | {"once_in_days": 900.0, "one_in": 9000.0}))
    assert "How often" not in dict(it.facts)
    assert dict(it.facts)["How rare"] == "Fewer than 1 quiet spell in 200 lasts this long"


@pytest.mark.parametrize("short", [{"hours": 0.4}, SILENCE])
def test_a_silence_that_is_none_is_not_measured(short: dict[str, float]) -> None:
    ended = [Finding("record_ended", None, "It ends.")] if short is SILENCE else []
    it = of(Finding("present_silence", "b", "…", short), *ended)[0]
    assert [name for name, _ in it.facts] == ["Last message"]
    assert not it.would_change


def test_episodes_are_told_by_their_days() -> None:
    running, earlier = of(
        Finding("running_episode", "b", "…", {"days": 4.0, "depth": 0.72, "probability": 0.97}, ("e1", "e2")),
        Finding("earlier_episodes", "b", "…", {"spells": 2.0}, ("e1",)),
    )
    assert running.facts == (
        ("Days", "since 26 September 2025 (4\u00a0days so far)"),
        ("Starts and answers", "28% of the usual"),
        ("How sure", "almost certainly"),
    )
    assert not running.rests.rest
    assert running.would_change.endswith("a few days on which Sam writes about as usual again.")
    assert earlier.facts == (("Days", "24–29 March 2025 (5\u00a0days); 15–29 May 2025 (2\u00a0weeks)"),)


def test_counts_of_returns_are_a_sentence() -> None:
    test = {"ended": 3.0, "with_room": 2.0, "warm": 1.0, "usual": 0.0, "flat": 1.0}
    (it,) = of(Finding("pattern_of_returns", "b", "…", test))
    assert dict(it.facts)["Room was left in"] == "two of three; of these one ended warmly and one ended flatly"
    (none,) = of(Finding("pattern_of_returns", "b", "…", test | {"with_room": 0.0, "warm": 0.0, "flat": 0.0}))
    assert dict(none.facts)["Room was left in"] == "none of three"


def test_what_a_claim_rests_on_has_its_days_at_every_level() -> None:
    days = {"e1": date(2025, 9, 3), "e2": date(2025, 9, 5), "e3": date(2025, 9, 5)}
    known = Sources({}, {}, days)
    assert known.rests(["e1", "e2", "e3"]).rest == "Rests on 3 messages, of 3 September and 5 September 2025."
    assert known.rests(["e1"], sampled=True).rest == "For example on 3 September 2025."
    described = Sources({}, dict.fromkeys("abcdefg", "a message"))
    assert described.rests("abcdefg").rest == "Shown are five of seven."
    many = on_days([date(2024, 12, 31), *(date(2025, 1, d) for d in range(1, 9))])
    assert many.endswith("3 January 2025, 4 January 2025 and four other days")


def test_what_was_done_in_a_spell_has_its_days() -> None:
    (it,) = of(Finding("reaching_more", "a", "In this spell you wrote.", {"unanswered_turns": 4.0}))
    assert it.facts[0] == ("Days", "since 26 September 2025 (4\u00a0days so far)")


def test_returns_without_a_word_have_their_days() -> None:
    (it,) = of(Finding("unspoken_returns", "b", "Two ended without a word.", {}, ("e1",)))
    assert not it.facts
    silent = tuple(
        replace(e, episode=replace(e.episode, return_=replace(e.episode.return_, acknowledged=False)))
        for e in samples.reading().episodes[:1]
    )
    (it,) = of(Finding("unspoken_returns", "b", "One ended without a word."), episodes=silent)
    assert it.facts == (("Days", "24–29 March 2025 (5\u00a0days)"),)


def test_of_many_episodes_only_the_latest_are_told_by_their_days() -> None:
    one = samples.reading().episodes[0]
    many = tuple(
        replace(one, episode=replace(one.episode, start=date(2025, m, 3), end=date(2025, m, 8), days=5))
        for m in range(1, 9)
    )
    (it,) = of(Finding("earlier_episodes", "b", "…", {"spells": 8.0}), episodes=many)
    days = dict(it.facts)["Days"]
    assert days.startswith("two before 3 March 2025; 3–8 March 2025 (5\u00a0days); ")
    assert days.endswith("3–8 August 2025 (5\u00a0days)")
    assert days.count("days)") == 6


def test_a_sign_is_told_as_the_list_of_signs_tells_it() -> None:
    sign = samples.SIGNS[0]
    (it,) = of(Finding("signs", "b", "…", {"change": 0.7, "low": 0.4, "high": 1.0}, ("e1",)), signs=samples.SIGNS)
    assert sign.change == 0.7
    assert it.facts == (("Against the usual", "Less of it than usual: 50% of the usual (35% to 65%)."),)
    assert not it.rests.rest


def test_no_key_of_the_program_is_on_the_page() -> None:
    numbers = SILENCE | {"depth": 0.9, "low": 0.1, "high": 0.3, "change": 0.2, "spells": 2.0, "ended": 3.0, "warm": 1.0}
    page = report.html(samples.reading(findings=(Finding("signs", "b", "Something.", numbers),)))
    shown = page[page.index('id="why"') : page.index('id="limits"')]
    for key in ("One in<", "Once in days", "Probability", "Depth", "Spells", "Ended", ">Low<", ">High<", "0.025"):
        assert key not in shown


def test_what_would_change_it_speaks_to_the_reader_and_ends() -> None:
    (it,) = of(replace(samples.FINDINGS[0], key="running_episode", about="a"))
    assert it.would_change == "What would change this: a few days on which you write about as usual again."
    assert not any(words.endswith(".") for words in CHANGED_BY.values())
