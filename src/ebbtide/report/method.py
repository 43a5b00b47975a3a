"""How the reading was made, in plain words with its figures."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

from ebbtide.conversation import Interval
from ebbtide.reading import Reading, Span
from ebbtide.report import numbers
from ebbtide.report.loop import shown
from ebbtide.report.measured import measured

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
A_QUIET_SPELL = (
    "A quiet spell",
    "A gap of an hour or more between one person’s messages. How long one usually lasts depends on the hour, "
    "the day of the week and who wrote last; so night and work are not taken for distance. The rarity of the "
    "present one is set right against this couple’s own past gaps.",
)
AN_EPISODE = (
    "An episode",
    "Three days or more in which someone starts fewer talks and answers less, later and shorter than that "
    "person’s own usual, counted only where there was something to answer. Fewer messages alone are not "
    "enough: when one is quiet, the other has less to answer.",
)
THE_WEEK = (
    "The hours of the week",
    "Each one’s messages by local hour, over days seen whole on which neither was distant and the two were not "
    "together. Every weekday counts the same, however often it was seen.",
)
THE_LOOP = (
    "The loop",
    "Both directions are measured at once, beside each one’s slow ups and downs. Something is said only where it "
    "stands well clear of chance, and is gone once one of the two records is moved in time.",
)
THE_SIGNS = (
    "Signs",
    "Each one is held against the same person’s own usual, never against other people. A sign is something done or "
    "written; what someone feels is not seen.",
)
ANSWERS_ONLY = (
    "What this rests on",
    "Your own answers, and what is known in general. No messages were read, so nothing here was measured. The other "
    "person might answer differently.",
)
SECONDS_PER_DAY = 86_400


def method(reading: Reading) -> list[tuple[str, str]]:
    """Questions someone may have about the method, with short answers."""
    if reading.span.messages == 0:
        return [ANSWERS_ONLY]
    said = [
        ("What was read", what_was_read(reading)),
        ("Which days", which_days(reading.span)),
        A_QUIET_SPELL,
        AN_EPISODE,
    ]
    said += [THE_TWO_LISTS] if reading.episodes else []
    said += [THE_WEEK] if reading.week else []
    said += [THE_LOOP] if shown(reading) else []
    said += [THE_SIGNS] if reading.signs or reading.counter_signs else []
    return [*said, *measured(reading)]


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
