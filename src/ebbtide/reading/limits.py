"""Limits: what this record could not tell, one plain sentence each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ebbtide.conversation import Conversation, ImportReport
from ebbtide.reading.context import Days
from ebbtide.reading.phrases import Named, calendar_day, counted, days_between, listed
from ebbtide.signals.languages import packs

#: Whose a message is, and its local day.
Written = tuple[Named, date]
#: Of more figures of speech than this only the last are named.
SOFTENED_LISTED = 3
#: More holes than this are counted, not listed.
HOLES_LISTED = 4


def limits(
    talk: Conversation, *, holes: Sequence[Days], has_words: bool, softened: Sequence[Written] = ()
) -> tuple[str, ...]:
    """What could not be known from this record, the plainest first."""
    found = [
        "Calls in other apps, letters and time together in person are not in this record.",
        *hole_limits(holes),
        *deleted_limits(talk),
        *clock_limits(talk),
        *import_limits(talk.imports),
    ]
    if has_words:
        found.append("What messages do is read by a program that misses about half of it, and can be wrong.")
        found.extend(softened_limits(softened))
        found.append("Signs of danger can be missed. If you are afraid, trust that over anything written here.")
    else:
        found.extend(word_limits(talk))
    return tuple(found)


def softened_limits(softened: Sequence[Written]) -> list[str]:
    """Signs of danger that were taken for figures of speech, and whose they are."""
    if not softened:
        return []
    one = len(softened) == 1
    reads, is_ = ("message reads", "is not counted as a sign") if one else ("messages read", "are not counted as signs")
    written = [
        f"{'yours' if who.you else who.whose} of {calendar_day(day)}" for who, day in softened[-SOFTENED_LISTED:]
    ]
    which = listed(written) if len(softened) <= SOFTENED_LISTED else f"the last {listed(written)}"
    return [
        f"{len(softened)} recent {reads} like a figure of speech about dying or hurting ({which}), and {is_}. "
        f"If {'it was' if one else 'one was'} meant, findahelpline.com lists people to talk to, by country."
    ]


def word_limits(talk: Conversation) -> list[str]:
    """Why no word is read, and what that leaves open."""
    if not (talk.messages["text"].str.len_bytes() > 0).any():
        return ["This record holds no words, only times. Whatever rests on words stays open."]
    known = " and ".join(pack.name for pack in packs())
    return [
        f"Words can be read in {known} only so far, and these are mostly in another language. Whatever rests on words "
        "stays open.",
        "Signs of danger are not seen here either. If you are afraid, trust that over anything written here.",
    ]


def hole_limits(holes: Sequence[Days]) -> list[str]:
    """Days without data."""
    if not holes:
        return []
    listed = ", ".join(days_between(*h) for h in holes[:HOLES_LISTED])
    more = f" and {len(holes) - HOLES_LISTED} more" if len(holes) > HOLES_LISTED else ""
    return [f"There is no data for {listed}{more}. Nothing is said about those days."]


def deleted_limits(talk: Conversation) -> list[str]:
    """Messages that were taken back."""
    n = talk.events.filter(talk.events["kind"].cast(str) == "deleted").height if talk.events.height else 0
    if not n:
        return ["Messages deleted before the export may be missing without a trace."]
    was = "message was" if n == 1 else "messages were"
    return [f"{n:,} {was} deleted before the export; only the trace is left."]


def clock_limits(talk: Conversation) -> list[str]:
    """What is not known about the times."""
    found = []
    if talk.tz_source == "assumed":
        found.append(f"The time zone is assumed to be {talk.tz}. If it is another, days and nights shift.")
    if talk.events.height and talk.events["minute_only"].all():
        found.append("The export gives times to the minute only.")
    return found


def import_limits(imports: Sequence[ImportReport]) -> list[str]:
    """Records that could not be read."""
    n = sum(r.unreadable for r in imports)
    return [f"{counted(n, 'line')} of the export could not be read."] if n else []
