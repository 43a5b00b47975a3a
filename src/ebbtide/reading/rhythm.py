"""Rhythm: how closeness and time apart come and go between two people, as something usual for them (S16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp, log

import numpy as np

from ebbtide.episodes import Episode
from ebbtide.models.engagement import Engagement
from ebbtide.reading.phrases import as_often, in_words, lasting_days, once_in, range_of_days
from ebbtide.reading.types import Finding, Month, Rhythm, Share
from ebbtide.signals.moves import Moves
from ebbtide.signals.rates import Change, corrected
from ebbtide.signals.said import Said
from ebbtide.signals.signs import WARM, any_of
from ebbtide.signals.stream import Floats, Stream
from ebbtide.signals.tally import Tally, Window, against_usual, by_message, counted

#: With less than this nothing is said about a rhythm.
FEWEST_DAYS = 90
QUARTER_DAYS, BLOCK_DAYS, YEAR = 91, 14, 365.25
#: Of fewer spells than this, no length is what they mostly last.
FEWEST_TYPICAL = 4
#: Fewer messages than this in a month tell no share; a quarter that surely changed by more than this did change.
FEWEST_MESSAGES, MARGIN = 60, log(1.25)


def rhythm(
    flow: Stream, engagement: Engagement, found: Moves, spoken: Said, episodes: Sequence[Episode]
) -> Rhythm | None:
    """The rhythm of the two together; None under ninety days with data.

    Shares of warm words and of thanks are of the messages with words of those whose words can be read, put right for
    what the model misses and mistakes (signals/rates.py).
    """
    seen = float(flow.covered.sum())
    if seen < FEWEST_DAYS:
        return None
    warm, thanks = (both(flow, found, spoken, moves) for moves in (WARM[:1], WARM[1:]))
    starts = sum((p.seen.starts for p in engagement.people), np.zeros(flow.days))
    return Rhythm(
        days=round(seen),
        spells=len(episodes),
        spells_a_year=len(episodes) * YEAR / seen,
        lengths=tuple(e.days for e in episodes if e.end is not None),
        depth=float(np.mean([e.depth for e in episodes])) if episodes else None,
        affection=share_of(warm, "affection"),
        appreciation=share_of(thanks, "appreciation"),
        quarter=quarter(flow, both(flow, found, spoken, WARM)),
        months=months(flow, warm, starts, episodes),
    )


def both(flow: Stream, found: Moves, spoken: Said, moves: tuple[str, ...]) -> Tally | None:
    """How many messages of either make one of these moves, of those whose words can be read; None of nobody's."""
    done = any_of(flow, found, moves)
    tallies = [by_message(flow, p, done, moves) for p in (0, 1) if spoken.texts[p]]
    if not tallies:
        return None
    taken, chances = (np.sum([getattr(t, name) for t in tallies], axis=0) for name in ("taken", "chances"))
    return Tally(taken, chances, chances, np.concatenate([t.rows for t in tallies]), moves)


def share_of(tally: Tally | None, move: str, days: Floats | None = None) -> Share | None:
    """The true share of messages that make a move, on some days or all; None with too few messages."""
    if tally is None:
        return None
    seen = counted(tally, np.ones(tally.taken.size, bool) if days is None else days > 0)
    if seen.messages < FEWEST_MESSAGES:
        return None
    rate = corrected(int(seen.taken), int(seen.messages), move)
    return Share(rate.share, rate.low, rate.high)


def quarter(flow: Stream, warm: Tally | None) -> Change | None:
    """The log ratio of warm words and thanks per message of the last three months to the three before."""
    if warm is None or flow.days < 2 * QUARTER_DAYS:
        return None
    day = np.arange(flow.days)
    recent, before = day >= flow.days - QUARTER_DAYS, day >= flow.days - 2 * QUARTER_DAYS
    return against_usual(warm, Window(recent, before & ~recent, BLOCK_DAYS))


def months(flow: Stream, warm: Tally | None, starts: Floats, episodes: Sequence[Episode]) -> tuple[Month, ...]:
    """Every calendar month with data, the first and the last perhaps in part."""
    of_day = [flow.date_of(d).replace(day=1) for d in range(flow.days)]
    begin: dict[date, list[int]] = {}
    for d, first in enumerate(of_day):
        begin.setdefault(first, []).append(d)
    out = []
    for first, days in begin.items():
        inside = np.zeros(flow.days)
        inside[days] = 1
        seen = float(flow.covered[days].sum())
        if seen >= 1:
            spells = sum(e.start.replace(day=1) == first for e in episodes)
            share = share_of(warm, "affection", inside)
            out.append(Month(first, round(seen), share, float(starts[days].sum()) / seen, spells))
    return tuple(out)


def of_rhythm(found: Rhythm) -> Finding:
    """The rhythm in a sentence or two."""
    numbers = {"spells": float(found.spells), "days": float(found.days)}
    said = [spells_words(found)]
    if found.affection is not None:
        numbers["affection"] = round(found.affection.share, 4)
        warm = warm_words(found)
        said += [warm] if warm else []
    return Finding("rhythm", None, " ".join(said), numbers)


def spells_words(found: Rhythm) -> str:
    """How often spells of distance come, and how long they last."""
    span = f"In the {lasting_days(found.days)} of this record there"
    if not found.spells:
        return f"{span} was no spell of distance."
    rest = "How long they last and how they end say more than their number."
    long = ""
    if found.typical_days is not None:
        often = found.spells >= FEWEST_TYPICAL
        mostly = "mostly " if often else ""
        took = f"about {lasting_days(max(1, round(found.typical_days)))}" if often else range_of_days(found.lengths)
        over = "the one that is over" if len(found.lengths) == 1 else "those that are over"
        # One that runs has no length yet.
        runs = len(found.lengths) < found.spells
        long = f"; {over} lasted {mostly}{took}" if runs else f", {mostly}of {took}"
    if found.spells == 1:
        return f"{span} was one spell of distance{long}. One alone makes no rhythm."
    return f"{span} were {in_words(found.spells)} spells of distance{long}. {rest}"


def thanks_words(found: Rhythm) -> str:
    """How many messages thank or praise; empty if unknown."""
    share = found.appreciation
    if share is None or share.low <= 0:
        return ""
    return f"About 1 in {max(1, round(1 / share.share))} thanks or praises."


def depth_words(found: Rhythm) -> str:
    """What is left of contact in a spell, as what is usual for these two; empty without spells."""
    if found.depth is None:
        return ""
    share = as_often(1 - found.depth)
    left = "hardly writes at all" if share.startswith("hardly") else f"starts and answers {share} as usual"
    return f"In a spell the one who pulls back {left}."


def usual_words(found: Rhythm) -> tuple[str, ...]:
    """The rhythm as what is usual for these two: how often, how far, how warm; a sentence each."""
    often = f"A spell begins {once_in(YEAR / found.spells_a_year)}." if found.spells >= 2 else ""
    return tuple(
        words
        for words in (spells_words(found), often, depth_words(found), warm_words(found), thanks_words(found), NORMAL)
        if words
    )


#: What stands below the rhythm of any two.
NORMAL = "Couples move near and apart by turns. That alone is nothing wrong."


def warm_words(found: Rhythm) -> str:
    """How many messages hold warm words, and whether that changed from one quarter to the next; empty if unknown."""
    share = found.affection
    if share is None or share.share <= 0 or share.low <= 0:
        return ""
    words = f"About 1 message in {max(1, round(1 / share.share))} holds words of affection"
    if found.quarter is None:
        return f"{words}."
    change = found.quarter
    if change.low > MARGIN or change.high < -MARGIN:
        more = "more" if change.low > 0 else "fewer"
        return f"{words}; the last three months hold {more} warm words than the three before."
    if exp(change.high - change.low) < 4:
        return f"{words}, and the last three months are much like the three before."
    return f"{words}."
