"""Other explanations: what else could make a person quiet, first what this record itself points to."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from ebbtide.episodes import Episode
from ebbtide.reading.context import Context
from ebbtide.reading.phrases import days_between, listed, on_day

#: How the hint begins that a reason was named; the day follows.
NAMED_OUTSIDE = "A message names a reason outside the two of you"
#: What the record itself can say of being together.
TOGETHER_READ = "Messages from these days speak of being together in person."
TOGETHER_NOTED = "Check-ins from these days note time together in person."
#: What was noted so shortly before a spell belongs to it.
SHORTLY_BEFORE = timedelta(days=2)
#: Of the days of a spell, the share on which words have to say so for it to explain the quiet.
TOGETHER_DAYS = 0.2
#: Of the days of a spell, more than this share noted as spent apart leave no room for having been together.
MOST_DAYS = 0.5
#: Always listed; each with the id of the hint in the record that would say it better.
GENERAL = (
    ("together", "You were together in person, so there was no need to write."),
    ("outside", "Work, money, study or family took all the hours."),
    ("outside", "Illness or grief, one’s own or of someone close."),
    ("outside", "Travel, or a phone that was empty, lost or out of reach."),
    ("hours", "Night shifts, or another change in the hours of sleep."),
    ("calls", "Calls or another app that this record does not show."),
    ("missing", "Messages that are missing from the export."),
)


def other_explanations(episode: Episode, context: Context) -> tuple[str, ...]:
    """What else could explain a spell, in short sentences: what the record supports first, then the general list."""
    supported = supported_by_record(episode, context)
    said = {key for key, _ in supported} | ({"together"} if noted_apart(episode, context) else set())
    # A named reason outside does not make the other outside reasons less possible, so those stay.
    general = [words for key, words in GENERAL if key not in said - {"outside"}]
    return (*(words for _, words in supported), *general)


def noted_apart(episode: Episode, context: Context) -> bool:
    """Whether check-ins note of most days of a spell that none of it was spent in one place."""
    last = episode.end or context.today
    apart = {day for day in context.far if episode.start <= day <= last}
    return len(apart) > MOST_DAYS * episode.days


def supported_by_record(episode: Episode, context: Context) -> list[tuple[str, str]]:
    """Explanations for which the record holds a hint."""
    last = episode.end or context.today
    found: list[tuple[str, str]] = []
    if episode.outside_cause:
        found.append(("outside", f"{NAMED_OUTSIDE}{said_on(episode, context)}."))
    if limit := context.limited(episode.start):
        found.append(("limit", f"A limit was set {on_day(limit, context.today)}; less contact follows from one."))
    if weighed := about_then(episode, context, context.triggers):
        found.append(("noted", f"Check-ins from these days name {listed(weighed)}."))
    written = context.days_of(context.together, episode.start, last)
    noted = {day for day in context.near if episode.start <= day <= last}
    if len(written | noted) >= TOGETHER_DAYS * episode.days:
        found += [("together", words) for days, words in ((written, TOGETHER_READ), (noted, TOGETHER_NOTED)) if days]
    gaps = [h for h in context.holes if h[0] <= last and h[1] >= episode.start]
    if gaps:
        stretches = ", ".join(days_between(*h) for h in gaps[:3])
        found.append(("missing", f"There is no data for part of these days: {stretches}."))
    return found


def about_then(episode: Episode, context: Context, noted: tuple[tuple[date, str], ...]) -> tuple[str, ...]:
    """What is noted of the days of a spell, and of those just before it."""
    first, last = episode.start - SHORTLY_BEFORE, episode.end or context.today
    return tuple(dict.fromkeys(words for day, words in noted if first <= day <= last))


def said_on(episode: Episode, context: Context) -> str:
    """The day on which an outside reason was named, to add to a sentence."""
    days = sorted(context.moments[i].date() for i in episode.outside_cause if i in context.moments)
    return f", {on_day(days[0], context.today)}" if days else ""


def holes_between(coverage: tuple[tuple[date, date], ...]) -> tuple[tuple[date, date], ...]:
    """The whole days without data between stretches of days with data."""
    one = timedelta(days=1)
    gaps = ((a[1] + one, b[0] - one) for a, b in pairwise(coverage))
    return tuple((first, last) for first, last in gaps if first <= last)
