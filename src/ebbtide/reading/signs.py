"""Signs: each sign of withdrawing, and of still caring, of each person against that person's own usual (S7).

Late is the spell that runs, else the last two weeks; usual are the days before on which the person was engaged. A
positive change is always more of the sign: of `fewer_contacts`, that contacts became fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import hypot, log
from typing import Literal

import numpy as np
import polars as pl

from ebbtide.episodes import Episode
from ebbtide.models.engagement import Engagement, PersonDays
from ebbtide.reading.types import Sign
from ebbtide.selfreport import COUNTER_SIGNS, SIGNS
from ebbtide.selfreport.changes import noted_change
from ebbtide.signals.moves import Moves
from ebbtide.signals.rates import Change
from ebbtide.signals.said import Said
from ebbtide.signals.signs import Measured, measured
from ebbtide.signals.stream import Floats, Ints, Stream
from ebbtide.signals.tally import Marks, Tally, Window, against_usual, level_against_usual, per_day

RECENT_DAYS = 14
#: Usual days: surely engaged, apart, with data for most of the day; with fewer of them nothing is told.
ENGAGED, APART, SEEN, FEWEST_DAYS = 0.2, 0.5, 0.5, 14
#: A change beyond this is more or less, one that surely stays within the second as usual: log ratio, points of 0–4.
MARGIN, USUAL_WITHIN = log(1.25), log(2.5)
NOTED_MARGIN, NOTED_WITHIN = 0.4, 1.2
#: Room is asked for before a spell begins; calls are few, and so are the days of earlier spells.
BEFORE_DAYS, FEWEST_CALLS, FEWEST_SPELL_DAYS = 2, 4, (3, 5)
MOST_EVIDENCE = 5

#: What each sign is counted by, and whether more of that is more of the sign (1) or less (-1).
COUNTED = {
    "vague_plans": ("vague", 1),
    "less_affection": ("warm", -1),
    "avoids_feelings": ("dodged", 1),
    "future_discomfort": ("later", 1),
    "defensive": ("defended", 1),
    "escape_into_work": ("work", 1),
    "avoids_us_talk": ("us_dodged", 1),
    "irritable": ("irritable", 1),
    "shows_concern": ("concern", 1),
}


def signs(
    flow: Stream,
    engagement: Engagement | None,
    events: pl.DataFrame,
    found: Moves,
    spoken: Said,
    episodes: Sequence[Episode],
    noted: pl.DataFrame,
) -> tuple[tuple[Sign, ...], tuple[Sign, ...]]:
    """The signs and the counter-signs of both, every one for each of the two, unknown where it cannot be told.

    `noted` are check-ins (selfreport.py). Where messages and check-ins both tell of a sign, both are named as its
    source, and change and direction are those of the messages.
    """
    told: dict[tuple[str, str], Sign] = {}
    for index, person in enumerate("ab"):
        running = next((e for e in episodes if e.person == person and e.end is None), None)
        begin = begin_of_late(flow, running)
        days = None if engagement is None else engagement.people[index]
        usual = usual_days(flow, begin, days, None if engagement is None else engagement.absent)
        window = Window((np.arange(flow.days) >= begin) & (flow.covered > 0), usual, max(flow.days - begin, 7))
        own = {}
        if engagement is not None and days is not None and usual.sum() >= FEWEST_DAYS:
            seen = measured(flow, events, found, spoken, index)
            own = from_messages(flow, seen, window, person, engagement, spoken, running)
        for id_ in (*SIGNS, *COUNTER_SIGNS):
            told[id_, person] = with_notes(own.get(id_) or unknown(id_, person), flow, days, begin, noted)
    both = [tuple(told[id_, person] for id_ in ids for person in "ab") for ids in (SIGNS, COUNTER_SIGNS)]
    return both[0], both[1]


def begin_of_late(flow: Stream, running: Episode | None) -> int:
    """The first day of the late stretch."""
    if running is not None:
        return (running.start - flow.first_day).days
    return max(flow.days - RECENT_DAYS, 0)


def usual_days(flow: Stream, begin: int, days: PersonDays | None, absent: Floats | None) -> Marks:
    """The days (D,) that show a person's usual."""
    known = (np.arange(flow.days) < begin) & (flow.covered > SEEN)
    if days is None or absent is None:
        return known
    return known & (days.withdrawn < ENGAGED) & (absent < APART)


def unknown(id_: str, person: str) -> Sign:
    """A sign of which nothing can be told."""
    return Sign(id_, person, "unknown", None, None, None, ())


def sign(id_: str, person: str, change: Change | None, evidence: tuple[str, ...]) -> Sign:
    """A sign by a change in messages; unknown where the change could be anything."""
    direction = None if change is None else direction_of(change, MARGIN, USUAL_WITHIN)
    if change is None or direction is None:
        return unknown(id_, person)
    return Sign(id_, person, direction, change.change, change.low, change.high, ("messages",), evidence)


def direction_of(change: Change, margin: float, within: float) -> Literal["more", "less", "usual"] | None:
    """What a change surely is; None where it could be anything."""
    if change.low > margin or change.high < -margin:
        return "more" if change.low > margin else "less"
    return "usual" if max(-change.low, change.high) < within else None


def from_messages(
    flow: Stream,
    seen: Measured,
    window: Window,
    person: str,
    engagement: Engagement,
    spoken: Said,
    running: Episode | None,
) -> dict[str, Sign]:
    """What messages tell of one person's signs, by id."""
    index = "ab".index(person)
    own = {}
    for id_, (name, way) in COUNTED.items():
        tally = seen.tallies.get(name)
        change = None if tally is None else against_usual(tally, window)
        refs = () if tally is None else refs_of(flow, spoken, tally.rows, window)
        own[id_] = sign(id_, person, change if way > 0 or change is None else change.reversed(), refs)
    contact = contact_change(engagement, index, window)
    written = refs_of(flow, spoken, np.flatnonzero(flow.who == index), window)
    own["fewer_contacts"] = sign("fewer_contacts", person, contact.reversed() if contact else None, written)
    own["flat"] = sign("flat", person, flatness(seen, window, flow.days), written)
    calls = level_against_usual(*seen.calls, flow.days, window, FEWEST_CALLS)
    own["shorter_time"] = sign("shorter_time", person, calls.reversed() if calls else None, ())
    warm = seen.tallies.get("warm_or_plans")
    if warm is not None and contact is not None:
        refs = refs_of(flow, spoken, warm.rows, window)
        own["mixed_messages"] = mixed(person, against_usual(warm, window), contact, refs)
    own["checks_in"] = checking_in(flow, engagement, person, window, running, written)
    own["says_space"] = asking_for_room(flow, seen, person, window, running, spoken)
    return own


def refs_of(flow: Stream, spoken: Said, rows: Ints, window: Window) -> tuple[str, ...]:
    """Event ids of the last few of these rows in the late stretch, else of the last before."""
    late = rows[window.recent[flow.day_of(flow.at[rows])]] if rows.size else rows
    return spoken.refs((late if late.size else rows)[-MOST_EVIDENCE:])


def contact_change(engagement: Engagement, person: int, window: Window) -> Change | None:
    """Turns begun and answers given over those to be expected given the opportunity, of late against usual.

    Days on which the two were likely together count for neither.
    """
    days, apart = engagement.people[person], engagement.absent < APART
    made, due = days.seen.starts + days.seen.answers, days.usual.starts + days.usual.answers
    none = np.zeros(0, np.int64)
    return against_usual(Tally(made * apart, due * apart, due * apart, none), window)


def flatness(seen: Measured, window: Window, days: int) -> Change | None:
    """How much shorter messages are, how much less lively, and how many fewer there are in a turn, taken together.

    The mean of what can be told. The three go together in a person, so that the interval is no narrower than theirs.
    """
    parts = [against_usual(seen.tallies[name], window) for name in ("extras", "lively") if name in seen.tallies]
    parts.append(level_against_usual(*seen.length, days, window, 5))
    known = [p.reversed() for p in parts if p is not None]
    if len(known) < 2:
        return None
    return Change(*(sum(v) / len(known) for v in zip(*((p.change, p.low, p.high) for p in known), strict=True)))


def mixed(person: str, warm: Change | None, contact: Change, evidence: tuple[str, ...]) -> Sign:
    """Words as warm or as full of plans as usual, while little is started and answered; how far the two lie apart."""
    if warm is None:
        return unknown("mixed_messages", person)
    apart = warm.change - contact.change
    below = hypot(warm.change - warm.low, contact.high - contact.change)
    above = hypot(warm.high - warm.change, contact.change - contact.low)
    found = sign("mixed_messages", person, Change(apart, apart - below, apart + above), evidence)
    disagree = contact.high < -MARGIN and warm.change > -MARGIN
    if found.direction == "unknown" or (found.direction == "more" and disagree):
        return found
    return replace(found, direction="usual")


def checking_in(
    flow: Stream, engagement: Engagement, person: str, window: Window, running: Episode | None, written: tuple[str, ...]
) -> Sign:
    """Days of this spell with a word, against those of own earlier spells; the evidence are the words of this one."""
    if running is None:
        return unknown("checks_in", person)
    index = "ab".index(person)
    some = np.minimum(per_day(flow, flow.at[flow.who == index]), 1.0)
    before = (engagement.people[index].withdrawn > 0.5) & (flow.covered > SEEN) & ~window.recent
    days = (flow.covered > SEEN).astype(np.float64)
    earlier = replace(window, usual=before & (np.arange(flow.days) < np.argmax(window.recent)))
    change = against_usual(Tally(some * days, days, days, np.zeros(0, np.int64)), earlier, FEWEST_SPELL_DAYS)
    found = sign("checks_in", person, change, written)
    return replace(found, evidence=written if some[window.recent].any() else ())


def asking_for_room(
    flow: Stream, seen: Measured, person: str, window: Window, running: Episode | None, spoken: Said
) -> Sign:
    """Asking for room, per message; that it was asked for around the start of this spell is more than usual, once."""
    tally = seen.tallies.get("space")
    if tally is None:
        return unknown("says_space", person)
    if running is not None:
        begin = max(int(np.argmax(window.recent)) - BEFORE_DAYS, 0)
        late = window.recent | ((np.arange(flow.days) >= begin) & (flow.covered > 0))
        window = replace(window, recent=late, usual=window.usual & ~late)
    found = sign("says_space", person, against_usual(tally, window), refs_of(flow, spoken, tally.rows, window))
    if running is not None and running.said_so and running.said_so_evidence and found.direction != "more":
        return Sign("says_space", person, "more", None, None, None, ("messages",), running.said_so_evidence)
    return found


def with_notes(own: Sign, flow: Stream, days: PersonDays | None, begin: int, noted: pl.DataFrame) -> Sign:
    """A sign with what check-ins tell of it: beside the messages, or alone where these cannot tell.

    Days spent together count here, though messages tell nothing of them.
    """
    if noted.is_empty():
        return own
    late = [flow.date_of(d) for d in range(begin, flow.days)]
    usual = [flow.date_of(d) for d in range(begin) if days is None or days.withdrawn[d] < ENGAGED]
    change = noted_change(noted, own.person, own.id, late, usual)
    if change is None:
        return own
    if own.direction != "unknown":
        return replace(own, source=("messages", "checkins"))
    direction = direction_of(change, NOTED_MARGIN, NOTED_WITHIN)
    if direction is None:
        return own
    return Sign(own.id, own.person, direction, change.change, change.low, change.high, ("checkins",), own.evidence)
