"""The terminal: the answer first, one screen, words that fit every situation."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from ebbtide.cli import details, screen
from ebbtide.cli.alias import aliased
from ebbtide.reading import Answer, Reading, Silence, Voice, present
from ebbtide.reading.phrases import Named
from tests.report import samples

SITUATIONS = [
    *(samples.unusual_quiet, samples.usual_quiet, samples.concerning, samples.returned, samples.too_little),
    *(samples.urgent, samples.look, samples.long_names, samples.hostile_names, samples.right_to_left),
    *(samples.three_years, samples.two_weeks),
]


def printed(show: Callable[[Console], None], width: int = 80) -> str:
    """What `show` prints on a terminal of this width, without colour."""
    out = io.StringIO()
    show(Console(file=out, width=width, highlight=False, markup=False, emoji=False))
    return out.getvalue()


def shown(reading: Reading, voice: Voice | None = None, width: int = 80) -> str:
    return printed(lambda out: screen.show(out, reading, voice), width)


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda s: s.__name__)
def test_every_situation_fits_one_screen(situation: Callable[[], Reading]) -> None:
    lines = shown(situation()).splitlines()
    assert len(lines) < 40
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("situation", [s for s in SITUATIONS if s is not samples.urgent], ids=lambda s: s.__name__)
def test_the_answer_comes_first_then_what_it_may_be_then_the_step(situation: Callable[[], Reading]) -> None:
    reading = situation()
    text, step = unwrapped(shown(reading)), next(a for a in reading.advice if a.voice == "waiting")
    order = [reading.answer.now, reading.answer.may_be, reading.answer.unknown, step.text]
    places = [text.find(unwrapped(screen.plain(words))) for words in order if words]
    assert places[0] == 0
    assert places == sorted(places)
    assert -1 not in places


def test_a_narrow_terminal_wraps_between_words() -> None:
    lines = shown(samples.usual_quiet(), width=40).splitlines()
    assert max(map(len, lines)) <= 40
    assert unwrapped("\n".join(lines)).startswith(samples.usual_quiet().answer.now)


def test_danger_comes_before_everything_and_no_advice_on_distance_follows() -> None:
    danger = "Some messages here read as if someone may be in danger."
    reading = replace(samples.urgent(), answer=Answer(danger, "It may pass.", "Much is unknown."))
    text = unwrapped(shown(reading))
    assert text.startswith(unwrapped(f"{danger} {reading.safety.shown}"))
    assert unwrapped(reading.advice[0].text) in text
    assert reading.answer.may_be not in text
    assert "Points to" not in text


def test_other_signs_of_harm_stand_before_the_advice() -> None:
    reading = samples.look()
    text = unwrapped(shown(reading))
    assert text.index(unwrapped(reading.safety.shown)) < text.index(reading.advice[0].title)


def test_only_the_latest_episodes_are_listed_and_their_number_is_said() -> None:
    reading = samples.reading()
    many = replace(reading, episodes=reading.episodes * 5)
    assert "The last 6 of 20 spells of distance" in shown(many)
    assert sum(shown(many).count(kind) for kind in ("settling alone", "partly a worry", "cannot be told")) == 6


@pytest.mark.parametrize("situation", [samples.unusual_quiet, samples.long_names, samples.right_to_left])
def test_in_a_narrow_window_episodes_are_words_and_no_word_is_broken(situation: Callable[[], Reading]) -> None:
    reading, text = situation(), shown(situation(), width=40)
    assert max(map(len, text.splitlines())) <= 40
    assert "Points to:" in unwrapped(text) and "Who" not in text
    assert unwrapped(text).count("Points to: settling alone.") == len(
        [e for e in reading.episodes[-screen.LATEST :] if e.kind == "processing"]
    )


def test_a_row_of_the_widest_cells_stays_one_row() -> None:
    text = shown(samples.long_names())
    heading = next(line for line in text.splitlines() if line.startswith("Who"))
    assert "Of the usual" in heading and "Points to" in heading


def test_an_episode_that_runs_is_not_back_yet() -> None:
    row = next(line for line in shown(samples.reading()).splitlines() if "26 Sep 2025" in line)
    assert "Sam" in row
    assert "not yet" in row


def test_the_one_who_withdraws_now_gets_the_other_words() -> None:
    reading = samples.reading()
    sam_reads = replace(reading, people=tuple(replace(p, me=not p.me) for p in reading.people))
    assert "One line before you go quiet." in shown(sam_reads)
    assert "One line before you go quiet." not in shown(reading)
    assert "One line before you go quiet." in shown(reading, "withdrawing")


def test_unreadable_lines_are_told() -> None:
    assert "2 lines could not be read" in unwrapped(shown(samples.reading()))


def test_a_name_cannot_steer_the_terminal() -> None:
    text = shown(samples.renamed("Jo", "Sa\x1b[31mm\x07\u202e"))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_all_shows_the_reasons_the_limits_and_both_voices() -> None:
    reading = samples.reading()
    text = unwrapped(shown(reading) + printed(lambda out: details.show_all(out, reading)))
    assert all(text.count(unwrapped(a.text)) == 1 for a in reading.advice)
    criteria = [c for e in reading.episodes for c in e.criteria]
    said = [c.title for c in criteria] + [c.why for c in criteria] + [f.words for f in reading.findings]
    said += [a.text for a in reading.advice] + list(reading.limits)
    said += [words for e in reading.episodes for words in e.other_explanations]
    assert [words for words in said if unwrapped(words) not in text] == []


def test_what_every_spell_may_also_have_been_is_said_once() -> None:
    base = samples.reading()
    own = "Messages from these days speak of being together in person."
    common = base.episodes[0].other_explanations
    first = replace(base.episodes[0], other_explanations=(own, *common))
    reading = replace(base, episodes=(first, *(replace(e, other_explanations=common) for e in base.episodes[1:])))
    assert len(reading.episodes) > 1
    text = unwrapped(printed(lambda out: details.show_all(out, reading)))
    assert [text.count(unwrapped(words)) for words in (own, *common)] == [1] * (1 + len(common))
    assert text.count("It may also have been") == 1
    alone = unwrapped(printed(lambda out: details.show_all(out, replace(reading, episodes=(first,)))))
    assert "Each of these spells" not in alone
    assert all(unwrapped(words) in alone for words in (own, *common))


def test_one_reader_is_not_told_the_same_step_twice() -> None:
    base = samples.reading()
    step = next(a for a in base.advice if a.voice == "waiting")
    twin = replace(step, id="other.twin", voice="withdrawing")
    reading = replace(base, advice=(*base.advice, twin))
    text = unwrapped(shown(reading) + printed(lambda out: details.show_all(out, reading)))
    assert text.count(unwrapped(step.text)) == 1


def test_the_last_silence_of_a_record_that_ended_long_ago_is_not_told_as_of_now() -> None:
    base = samples.reading()
    silence = replace(base.findings[0], key="present_silence", words="Sam has been quiet for 6 hours.")
    going_on = replace(base, findings=(silence,))
    ended = replace(base, findings=(silence, replace(silence, key="record_ended", words="It ended.")))
    assert silence.words in printed(lambda out: details.show_all(out, going_on))
    assert silence.words not in printed(lambda out: details.show_all(out, ended))


def test_all_says_who_is_spoken_to_where_the_reader_is_known() -> None:
    reading = samples.reading()
    assert reading.reader is not None
    text = printed(lambda out: details.show_all(out, reading))
    assert "Said to Sam" in text
    assert not any(title in text for title in details.VOICES.values())
    nobody = replace(reading, people=tuple(replace(p, me=False) for p in reading.people))
    text = printed(lambda out: details.show_all(out, nobody))
    assert "Said to" not in text
    assert all(title in text for title in details.VOICES.values())


def test_all_does_not_weigh_episodes_where_there_is_danger() -> None:
    reading = replace(samples.reading(), safety=samples.urgent().safety)
    text = printed(lambda out: details.show_all(out, reading))
    assert "settling alone" not in text


def test_without_names_no_name_is_left() -> None:
    reading = aliased(samples.reading())
    text = shown(reading) + printed(lambda out: details.show_all(out, reading))
    assert "Sam" not in text
    assert "Jo" not in text
    assert "Person B has been quiet for 31 hours" in text
    assert "chat.txt" not in text
    assert reading.silence == samples.reading().silence
    assert [e.episode for e in reading.episodes] == [e.episode for e in samples.reading().episodes]


SAM, YOU = Named("Sam", you=False), Named("Jo", you=True)


def silence_words(silence: Silence, who: Named) -> str:
    return " ".join(screen.silence_sentences(silence, who, record_days=239))


def test_a_silence_is_said_with_how_rare_it_is_and_what_is_usual() -> None:
    words = silence_words(samples.silence("b", 31, "unusual", 40), SAM)
    assert words.startswith("Sam has been quiet for 31 hours. For Sam that is unusual: about 1 quiet spell in 40 lasts")
    assert "Half of Sam’s quiet spells last" in words


def test_how_often_a_silence_comes_is_left_out_where_the_record_cannot_know() -> None:
    rare = replace(samples.silence("b", 480, "unusual", 200), once_in_days=321_629.0)
    assert "once in" not in silence_words(rare, SAM)
    assert "about once in 20 days" in silence_words(replace(rare, hours=60.0, once_in_days=20.0), SAM)
    # Such silences would fill all the days: that is no rate.
    assert "once in" not in silence_words(replace(rare, once_in_days=20.0), SAM)


def test_who_wrote_minutes_ago_is_not_called_quiet() -> None:
    assert silence_words(samples.silence("b", 0.2, "usual", 1), SAM) == "Sam last wrote 12 minutes ago."


def test_the_reader_is_you() -> None:
    assert silence_words(samples.silence("a", 3, "usual", 2), YOU).startswith("You have been quiet for 3 hours.")


def test_a_silence_that_cannot_be_judged_says_so() -> None:
    quiet = replace(samples.silence("b", 31, "unknown", 2), probability=None, one_in=None, usual_hours=None)
    assert silence_words(quiet, SAM) == "Sam has been quiet for 31 hours. Whether that is usual cannot be told."
    assert silence_words(replace(quiet, hours=None, since=None), SAM) == "How long Sam has been quiet cannot be told."


@pytest.mark.parametrize("me", ["a", "b"])
def test_who_is_the_quiet_one_is_not_spoken_to_as_the_one_who_waits(me: str) -> None:
    reading = samples.unusual_quiet()
    reading = replace(reading, people=tuple(replace(p, me=p.id == me) for p in reading.people))
    quiet = present(reading).who == me
    assert screen.voice_of(reading) == ("withdrawing" if quiet else "waiting")
