"""Marks of a time axis of days: weeks, months or years, as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ebbtide.reading.phrases import MONTHS
from ebbtide.report.numbers import DAYS_PER_MONTH

#: Room one label takes, in pixels: a month, a day with its month.
MONTH_ROOM, DAY_ROOM = 44.0, 60.0
DAY_STEPS = (1, 2, 3, 4, 7, 14, 28)
MONTH_STEPS = (1, 2, 3, 6, 12, 24)


@dataclass(frozen=True, slots=True)
class Tick:
    """A marked day, its label, and the year where it is worth saying."""

    day: date
    label: str
    year: str | None


def ticks(start: date, end: date, room: float) -> list[Tick]:
    """The marks for the days from `start` to `end` on an axis of `room` pixels."""
    days = (end - start).days + 1
    if days <= 10 * 7:
        step = next((s for s in DAY_STEPS if room * s / days >= DAY_ROOM), DAY_STEPS[-1])
        return with_years([(d, f"{d.day} {MONTHS[d.month - 1][:3]}") for d in every(start, end, step)])
    pixels = room / days
    step = next((s for s in MONTH_STEPS if DAYS_PER_MONTH * s * pixels >= MONTH_ROOM), MONTH_STEPS[-1])
    starts = list(month_starts(start, end, step))
    if not starts or (starts[0] - start).days * pixels >= MONTH_ROOM:
        starts = [start, *starts]
    return with_years([(d, MONTHS[d.month - 1][:3]) for d in starts])


def every(start: date, end: date, step: int) -> Iterator[date]:
    """Every `step`-th day; from a week on, Mondays."""
    first = start + timedelta(days=-start.weekday() % 7) if step >= 7 else start
    return (first + timedelta(days=n) for n in range(0, (end - first).days + 1, step))


def month_starts(start: date, end: date, step: int) -> Iterator[date]:
    """The first days of every `step`-th month within the days given, counted from January."""
    month = start.year * 12 + start.month - 1 + (start.day > 1)
    month += -month % step
    while (first := date(month // 12, month % 12 + 1, 1)) <= end:
        yield first
        month += step


def with_years(marks: list[tuple[date, str]]) -> list[Tick]:
    """The marks, each first one of a year with the year."""
    made: list[Tick] = []
    for when, label in marks:
        new = not made or made[-1].day.year != when.year
        made.append(Tick(when, label, str(when.year) if new else None))
    return made
