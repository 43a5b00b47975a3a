"""Patterns in words: floods, follow-ups, what went unanswered, apologies. Of both alike, and never as a fault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ebbtide.reading.phrases import Named, on_day, times
from ebbtide.reading.present import Present
from ebbtide.reading.types import Finding

#: Patterns are told from the last two months: what was before belongs to the past.
TOLD_DAYS = 60
#: One answer that passes over something is no pattern.
PENDING_FROM = 3


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One pattern (signals/patterns.py): its kind, whose it is, the local day, and the events it rests on."""

    kind: str
    person: str
    day: date
    evidence: tuple[str, ...]


def of_patterns(seen: Sequence[Occurrence], people: dict[str, Named], today: date) -> Iterator[Finding]:
    """What happened of each kind of late, the last of it named by its day."""
    recent = [o for o in seen if today - o.day <= timedelta(days=TOLD_DAYS)]
    for kind, least in (("flood", 1), ("double_text", 1), ("left_pending", PENDING_FROM), ("apology_repeated", 1)):
        for person, who in people.items():
            mine = [o for o in recent if o.kind == kind and o.person == person]
            if len(mine) >= least:
                last = mine[-1]
                # One may write again several times while waiting once.
                count = sum(len(o.evidence) - 1 for o in mine) if kind == "double_text" else len(mine)
                often = WORDS[kind].format(who=who, times=times(count))
                words = f"{often} {'The last time' if count > 1 else 'It'} was {on_day(last.day, today)}."
                yield Finding(
                    kind,
                    person,
                    words,
                    {"times": float(count), "days_ago": float((today - last.day).days)},
                    # What was said first need not press; what followed it does.
                    last.evidence[1:] if kind == "double_text" else last.evidence,
                )


def before_absence(seen: Sequence[Occurrence], now: Present) -> tuple[Occurrence, ...]:
    """Those patterns that are not of an announced absence: what the other writes into it waits there, and presses
    nobody.
    """
    since = now.last_word
    return tuple(o for o in seen if since is None or o.person != now.partner or o.day < since)


WORDS = {
    "flood": "In the last two months {who} wrote many messages within an hour {times}, with no answer in between.",
    "double_text": (
        "In the last two months {who} followed up at least {times}, pressing, while waiting for an answer."
    ),
    "left_pending": (
        "In the last two months something personal that {who} wrote went unanswered {times}, as far as words show."
    ),
    "apology_repeated": "In the last two months it happened {times} that {who} said sorry over and over.",
}
