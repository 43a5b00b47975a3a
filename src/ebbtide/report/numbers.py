"""Numbers, lengths and dates in the words people use. The one place where the report formats any of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime

from ebbtide.reading.phrases import MONTHS, WEEKDAYS, large, lasting, lasting_days, once_in, range_of_days, roughly

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TIMES = {1: "once", 2: "twice"}

DAYS_PER_MONTH = 30.44
DAYS_PER_YEAR = 365.25
HOURS_AS_DAYS = 47.5
#: Hours, days and how often something comes round, in the very words of the reading.
duration, length, lengths, interval, about = lasting, lasting_days, range_of_days, once_in, roughly


def count(n: int, noun: str) -> str:
    """A grouped number with its noun: "1 message", "5,738 messages"."""
    return f"{n:,} {noun if n == 1 else noun + 's'}"


def in_words(n: int) -> str:
    """A small number as a word, a larger one in figures."""
    return SMALL[n] if 0 <= n < len(SMALL) else f"{n:,}"


def times(n: int) -> str:
    """How often: "once", "twice", "three times"."""
    return TIMES.get(n, f"{in_words(n)} times")


def short_duration(hours: float) -> str:
    """A stretch of time for a mark in a figure: "31 h", "5 days"."""
    return f"{round(hours)} h" if 1 <= hours < HOURS_AS_DAYS else duration(hours)


def stretch(days: int) -> str:
    """The same with its number as a word, for a record: "nine days", "six weeks", "eight months", "three years"."""
    amount, _, unit = lasting_days(days).partition(" ")
    return f"{in_words(int(amount.replace(',', '')))} {unit}"


def one_in(share: float) -> str:
    """A share as a count of cases: "nearly all", "7 in 10", "1 in 40"."""
    if share >= 0.95:
        return "nearly all"
    if share > 0.55:
        return f"{math.floor(share * 10 + 0.5)} in 10"
    if share <= 0:
        return "none seen"
    return f"1 in {two_figures(1 / share):,}"


def two_figures(value: float) -> int:
    """A number rounded to two significant figures; more would claim more than is known."""
    if value < 10:
        return round(value)
    size: int = 10 ** (math.floor(math.log10(value)) - 1)
    return round(value / size) * size


def day(when: date, *, year: bool = True) -> str:
    """A date in words: "3 February 2025"."""
    words = f"{when.day} {MONTHS[when.month - 1]}"
    return f"{words} {when.year}" if year else words


def day_range(start: date, end: date) -> str:
    """Two dates with nothing said twice: "3–17 May 2025", "3 February – 30 September 2025"."""
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start, year=start.year != end.year)} – {day(end)}"


def moment(when: datetime) -> str:
    """A moment in words: "Thursday 2 October, 18:40"."""
    return f"{WEEKDAYS[when.weekday()]} {day(when, year=False)}, {when:%H:%M}"


def listed(parts: Sequence[str]) -> str:
    """Several things in one sentence: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


#: The words with a capital at the start, the rest as it is.
sentence = large
