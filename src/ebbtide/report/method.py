"""How the reading was made, in plain words with its figures."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

from ebbtide.conversation import Interval
from ebbtide.reading import Reading, Span
from ebbtide.report import numbers

FORMATS = {"whatsapp": "WhatsApp", "telegram": "Telegram"}
TZ_SOURCE = {
    "given": "as you gave it",
    "export": "as the export states it",
    "assumed": "assumed, since the export does not state it",
}
THE_TWO_LISTS = (
    "The two lists",
    "Their durations are what practitioners hold, not a measured law. A point that messages cannot show stays open "
    "rather than being guessed.",
)
SECONDS_PER_DAY = 86_400


def method(reading: Reading) -> list[tuple[str, str]]:
    """Questions someone may have about the method, with short answers."""
    said = [
        ("What was read", what_was_read(reading)),
        ("Which days", which_days(reading.span)),
        (
            "A quiet spell",
            "A gap of an hour or more between one person’s messages. How long one usually lasts depends on the hour, "
            "the day of the week and who wrote last; so night and work are not taken for distance. The rarity of the "
            "present one is set right against this couple’s own past gaps.",
        ),
        (
            "An episode",
            "Three days or more in which someone starts fewer talks and answers less, later and shorter than that "
            "person’s own usual, counted only where there was something to answer. Fewer messages alone are not "
            "enough: when one is quiet, the other has less to answer.",
        ),
    ]
    return [*said, THE_TWO_LISTS] if reading.episodes and reading.safety.level != "urgent" else said


def what_was_read(reading: Reading) -> str:
    """Files, lines and what could not be read; never a file's name, which often holds a person's."""
    span = reading.span
    said = f"{numbers.count(span.messages, 'message')} over {numbers.count(span.days, 'day')}."
    for report in reading.imports:
        where = FORMATS.get(report.format, report.format)
        unreadable = (
            f", {report.unreadable:,} of them not readable" if report.unreadable else ", all of them accounted for"
        )
        said += f" From {where}: {numbers.count(report.lines, 'line')}{unreadable}."
    return said


def which_days(span: Span) -> str:
    """The days covered, the gaps in them, and the clock."""
    said = f"{days_read(span)}."
    gaps = [numbers.length(days) for days in gap_days(span.coverage)]
    if gaps:
        said += f" The record has {numbers.count(len(gaps), 'gap')} ({numbers.listed(gaps)}); "
        said += "these count as not known, not as quiet."
    return f"{said} Times are those of {span.tz}, {TZ_SOURCE.get(span.tz_source, span.tz_source)}."


def days_read(span: Span) -> str:
    """First and last day of the messages, by the calendar of their zone."""
    zone = ZoneInfo(span.tz)
    return numbers.day_range(span.start.astimezone(zone).date(), span.end.astimezone(zone).date())


def gap_days(coverage: tuple[Interval, ...]) -> list[int]:
    """Whole days between the covered intervals, where there is at least one."""
    days = [round((after[0] - before[1]).total_seconds() / SECONDS_PER_DAY) for before, after in pairwise(coverage)]
    return [d for d in days if d >= 1]
