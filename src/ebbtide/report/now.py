"""The moment a reading is of, and whether its record reaches it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ebbtide.reading import Reading, Silence
from ebbtide.reading.findings import away_now
from ebbtide.report import numbers


def ended(reading: Reading) -> bool:
    """Whether the record stopped some time before, so that it holds no present."""
    return reading.tells("record_ended")


def announced(silence: Silence, reading: Reading) -> bool:
    """Whether a silence is within an absence that was announced: within it none is rare."""
    return away_now(reading, silence.person) is not None


def is_told(silence: Silence, reading: Reading) -> bool:
    """Whether the page is to speak of a silence: it stands out, or the answer tells of it."""
    if silence.word != "usual" or silence.hours is None:
        return True
    return f"for {numbers.duration(silence.hours)}" in reading.answer.now


def local(reading: Reading) -> datetime:
    """The moment on the clock of the record."""
    return reading.span.now.astimezone(ZoneInfo(reading.span.tz))


def as_of(reading: Reading) -> str:
    """The moment in words, by which every "ago" and "so far" on the page is to be checked."""
    when = local(reading)
    return f"as of {numbers.day(when.date())}, {when:%H:%M}"
