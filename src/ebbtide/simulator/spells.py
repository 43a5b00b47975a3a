"""Spells: stretches of time that change how one of the two writes, and the calendar they are placed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 1440.0


class Mode(IntEnum):
    """What colours a person's words during a spell."""

    USUAL = 0
    WITHDRAWN = 1
    RETURNED_WARM = 2
    RETURNED_FLAT = 3
    AWAY = 4
    TOGETHER = 5
    REACHING = 6
    GIVING_SPACE = 7


@dataclass(frozen=True, slots=True)
class Spell:
    """From `start` to `end` (minutes of record) person 0 or 1 writes differently: every figure is a factor.

    `starts` multiplies the rate of starting, `answers` the chance of answering, `latency` the time to answer,
    `burst` the extra messages of a turn, `follow` the chance to write again unanswered. `shift` moves the day curve
    by that many hours.
    """

    person: int
    start: float
    end: float
    mode: Mode = Mode.USUAL
    starts: float = 1.0
    answers: float = 1.0
    latency: float = 1.0
    burst: float = 1.0
    follow: float = 1.0
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Scripted:
    """A turn that is certain to be written, with one named act per message."""

    at: float
    person: int
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns local days and hours into minutes since the record began (local midnight of `start`) and back."""

    start: date
    days: int
    tz: str

    @property
    def origin(self) -> datetime:
        """The instant of minute 0, in UTC."""
        return datetime.combine(self.start, time(), ZoneInfo(self.tz)).astimezone(UTC)

    def minute(self, day: int, hour: float = 0.0) -> float:
        """Minutes from the origin to a local clock hour (0 to 24, or beyond) of a day of the record."""
        whole = datetime.combine(self.start, time(), ZoneInfo(self.tz)) + timedelta(days=day, hours=hour)
        return (whole.astimezone(UTC) - self.origin).total_seconds() / 60

    def local(self, minute: float) -> datetime:
        """The local wall-clock time of a minute of the record, without a zone, to the minute."""
        at = self.origin + timedelta(minutes=round(minute))
        return at.astimezone(ZoneInfo(self.tz)).replace(tzinfo=None)

    def weekday(self, day: int) -> int:
        """0 is Monday."""
        return (self.start + timedelta(days=day)).weekday()
