"""Quiet: the present silence of one person, and how usual it is, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ebbtide.reading.phrases import Named, both, lasting, once_in, one_spell_in
from ebbtide.reading.present import Present, both_in_touch, local_day, named
from ebbtide.reading.types import Finding, Reading, Silence

USUALNESS = {
    "usual": "that is usual",
    "long": "that is long, though not rare",
    "unusual": "that is unusual",
}


def of_silence(reading: Reading, now: Present) -> Iterator[Finding]:
    """The present silence of the person in question, or that nobody is quiet."""
    silence = now.silence
    if silence is None or silence.hours is None:
        return
    if reading.enough and now.spell is None and both_in_touch(reading):
        yield Finding("in_touch", None, in_touch_words(reading, now))
    words = silence_words(silence, named(reading, now.who))
    yield Finding("present_silence", now.who, words, silence_numbers(silence))


def as_announced(found: Iterable[Finding], reading: Reading, now: Present) -> tuple[Finding, ...]:
    """The findings while an absence lasts that was announced: within it no silence is rare."""
    if now.silence is None:
        return tuple(found)
    words = quiet_words(now.silence, named(reading, now.who))
    return tuple(replace(f, words=words) if f.key == "present_silence" else f for f in found)


def silence_words(silence: Silence, who: Named) -> str:
    """How long the person has been quiet, and how usual that is."""
    quiet = quiet_words(silence, who)
    if silence.hours is None or silence.hours < 1:
        return quiet
    if silence.word == "unknown":
        return f"{quiet} Whether that is usual cannot be told."
    rare = f": {one_spell_in(silence.one_in)}" if silence.one_in is not None else ""
    if silence.by_words:
        return f"{quiet} With what was written since, {USUALNESS[silence.word]} for {who}{rare}."
    return f"{quiet} For {who} {USUALNESS[silence.word]}{rare}."


def quiet_words(silence: Silence, who: Named) -> str:
    """How long the person has been quiet."""
    has = who.verb("has", "have")
    if silence.hours is None:
        return f"How long {who} {has} been quiet cannot be told."
    if silence.hours < 1:
        return f"{who.first} last wrote {lasting(silence.hours)} ago."
    return f"{who.first} {has} been quiet for {lasting(silence.hours)}."


def how_often(silence: Silence | None, days_of_record: int) -> str:
    """How often a silence this long comes round; empty where it is usual or rarer than the record can show.

    Empty, too, where such silences would fill half the days: that is no rate, and the record says it better.
    """
    if silence is None or silence.once_in_days is None or silence.word not in ("long", "unusual"):
        return ""
    if silence.once_in_days > days_of_record or silence.once_in_days < 2 * (silence.hours or 0.0) / 24:
        return ""
    whatever = ", whatever was written into it," if silence.by_words else ""
    return f"A silence this long{whatever} comes {once_in(silence.once_in_days)}."


def silence_numbers(silence: Silence) -> dict[str, float]:
    """The numbers behind the words, without those that are unknown."""
    known = {
        "hours": silence.hours,
        "probability": silence.probability,
        "one_in": silence.one_in,
        "once_in_days": silence.once_in_days,
        "waiting_turns": silence.waiting_turns,
    }
    return {name: float(value) for name, value in known.items() if value is not None}


def in_touch_words(reading: Reading, now: Present) -> str:
    """That both wrote lately."""
    who = both(named(reading, now.who), named(reading, now.partner))
    days = {local_day(reading, s.since) for s in reading.silence if s.since is not None}
    when = "today" if days == {now.today} else "within the last hours"
    return f"{who} were both in touch {when}."
