"""Agreed: what is otherwise in the weeks after the two agreed on something than in the weeks before it (S16).

People agree on something when it has been bad, and after a bad stretch things are mostly better whatever was agreed:
what is shown is what changed, never what the agreement did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from statistics import NormalDist
from typing import Literal

import numpy as np
import polars as pl
from scipy.special import stdtrit

from ebbtide.reading.beside import Agreement, Compared, Id
from ebbtide.reading.phrases import Named, counted, dated, lasting, lasting_days, percent, small
from ebbtide.reading.present import local_today, present
from ebbtide.reading.rhythm import both, share_of
from ebbtide.reading.types import Finding, Reading
from ebbtide.selfreport import Intake, agreed_days
from ebbtide.signals.moves import Moves
from ebbtide.signals.rates import NINETY, Change, by_chance, difference, dispersion
from ebbtide.signals.said import Said
from ebbtide.signals.spans import again, by_week, longest_quiets, unanswered
from ebbtide.signals.stream import Floats, Stream
from ebbtide.signals.tally import Marks, Tally, Window, against_usual

#: So many days at most are compared, and at least; before and after the same number.
MOST_DAYS, FEWEST_DAYS = 56, 14
#: Fewer turns or silences than this on either side tell nothing, and so do fewer weeks.
FEWEST, FEWEST_WEEKS = 8, 3
#: Measures of one agreement: nine in ten such lists hold no claim that is none.
MEASURES = 7
LEVEL = 1 - 0.1 / MEASURES
#: Warm words of a stretch are looked at by blocks of so many days.
BLOCK_DAYS = 14
#: What is counted by words, and the move it is.
WORDED: Mapping[Id, str] = {"warm": "affection", "thanks": "appreciation"}
#: No share is so near to all that its counts vary by less than this much of it.
LEAST_LEFT = 0.1
#: Variance of the log of the longest quiet from week to week, at least.
LEAST_SPREAD = 0.01
CAUTION = "People mostly agree on something after a bad stretch, and might be better off by now without it."


def agreements(
    flow: Stream, found: Moves, spoken: Said, noted: pl.DataFrame, told: Intake | None = None
) -> tuple[Agreement, ...]:
    """Every agreement that check-ins or the intake tell of, in order, with what changed after it.

    Between two agreements days count for both: as those after the one, and before the other.
    """
    last = flow.date_of(flow.days - 1)
    days: dict[date, str] = {}
    if told is not None and told.agreed_days is not None:
        days[last - timedelta(days=round(told.agreed_days))] = "intake"
    days |= dict.fromkeys((d for d in agreed_days(noted) if d <= last), "checkins")
    order = sorted(days)
    edges = [flow.first_day - timedelta(days=1), *order, last + timedelta(days=1)]
    stretches = [(b - a).days - 1 for a, b in pairwise(edges)]
    out = []
    for i, day in enumerate(order):
        length = max(0, min(MOST_DAYS, stretches[i], stretches[i + 1]))
        rows = compared(flow, found, spoken, (day - flow.first_day).days, length) if length >= FEWEST_DAYS else ()
        out.append(Agreement(day, "intake" if days[day] == "intake" else "checkins", length, tuple(rows)))
    return tuple(out)


def compared(flow: Stream, found: Moves, spoken: Said, day: int, length: int) -> Iterator[Compared]:
    """Every measure in the `length` days before a day of the record and after it."""
    index = np.arange(flow.days)
    before, after = (index >= day - length) & (index < day), (index > day) & (index <= day + length)
    counted_shares: tuple[tuple[Id, Callable[[Stream, int], tuple[Floats, Floats]]], ...] = (
        ("unanswered", unanswered),
        ("again", again),
    )
    for id_, count in counted_shares:
        for person in (0, 1):
            yield of_shares(id_, "ab"[person], count(flow, person), before, after)
    yield of_quiets(longest_quiets(flow, before), longest_quiets(flow, after))
    for id_, move in WORDED.items():
        yield of_words(id_, move, both(flow, found, spoken, (move,)), before, after)


def of_shares(id_: Id, person: str, daily: tuple[Floats, Floats], before: Marks, after: Marks) -> Compared:
    """A share before and after, of what was taken and of the chances by day (D,).

    One bad week holds many turns without an answer: counts weigh as much less as weeks vary more than by chance.
    """
    (was, of_was), (is_, of_is) = ([round(float(d[days].sum())) for d in daily] for days in (before, after))
    if min(of_was, of_is) < FEWEST:
        return Compared(id_, person)
    varies = varying(daily, (before, after))
    after_, before_ = ((round(yes / varies), round(of / varies)) for yes, of in ((is_, of_is), (was, of_was)))
    change = difference(after_, before_, LEVEL)
    # Of small counts only the exact test holds what it promises.
    told = says(change) if by_chance(after_, before_) < 1 - LEVEL else "cannot tell"
    return Compared(id_, person, was / of_was, is_ / of_is, (was, is_), (of_was, of_is), change, told)


def varying(daily: tuple[Floats, Floats], spans: tuple[Marks, ...]) -> float:
    """How much more what was taken varies from week to week than by chance, each span by its own share."""
    taken, expected = [], []
    for days in spans:
        weeks, chances = (by_week(d, days) for d in daily)
        share = weeks.sum() / max(float(chances.sum()), 1.0)
        # A count out of chances varies less than a count alone: by what is not taken.
        left = max(1 - float(share), LEAST_LEFT)
        taken.append(weeks / left)
        expected.append(chances * share / left)
    return dispersion(np.concatenate(taken), np.concatenate(expected))


def of_quiets(before: Floats, after: Floats) -> Compared:
    """The usual longest quiet of a week (geometric mean, hours), and its log ratio (Welch's t)."""
    if min(before.size, after.size) < FEWEST_WEEKS:
        return Compared("longest_quiet", None)
    one, two = np.log(before), np.log(after)
    # Weeks that happen to be alike are no proof that weeks are.
    spread = [max(float(w.var(ddof=1)), LEAST_SPREAD) / w.size for w in (one, two)]
    of_each = [s**2 / (w.size - 1) for s, w in zip(spread, (one, two), strict=True)]
    half = float(stdtrit(sum(spread) ** 2 / sum(of_each), (1 + LEVEL) / 2)) * sum(spread) ** 0.5
    middle = float(two.mean() - one.mean())
    change = Change(middle, middle - half, middle + half)
    usual, later = (float(np.exp(w.mean())) for w in (one, two))
    return Compared("longest_quiet", None, usual, later, None, None, change, says(change))


def of_words(id_: Id, move: str, tally: Tally | None, before: Marks, after: Marks) -> Compared:
    """The share of messages that make a move, and its log ratio, put right for what the model misses and mistakes."""
    found = None if tally is None else against_usual(tally, Window(after, before, BLOCK_DAYS))
    if found is None:
        return Compared(id_, None)
    shares = [share_of(tally, move, days.astype(np.float64)) for days in (before, after)]
    wider = NormalDist().inv_cdf((1 + LEVEL) / 2) / NINETY
    low, high = (found.change + (end - found.change) * wider for end in (found.low, found.high))
    change = Change(found.change, low, high)
    was, is_ = (None if s is None else s.share for s in shares)
    return Compared(id_, None, was, is_, None, None, change, says(change))


def says(change: Change | None) -> Literal["more", "less", "cannot tell"]:
    """What a change comes to."""
    if change is None or change.low <= 0 <= change.high:
        return "cannot tell"
    return "more" if change.low > 0 else "less"


def agreement_words(agreed: Agreement, people: Mapping[str, Named]) -> tuple[str, ...]:
    """What changed after an agreement, a sentence or two for each measure that tells anything."""
    if not agreed.compared:
        return (
            f"There are too few days before or after it to compare. It takes {counted(FEWEST_DAYS, 'day')} of each.",
        )
    rows = [words for each in agreed.compared if (words := compared_words(each, people))]
    if not rows:
        return ("There are too few messages before or after it to compare.",)
    compared = f"Compared are the {lasting_days(agreed.days)} before it and after it."
    if all(each.says == "cannot tell" for each in agreed.compared):
        return (compared, NO_CHANGE)
    return (compared, *rows, CAUTION)


def compared_words(it: Compared, people: Mapping[str, Named]) -> str:
    """One measure in words; empty where too little happened."""
    if it.change is None:
        return ""
    more, less = ENDS[it.id]
    end = {"more": more, "less": less}.get(it.says, "Too little to tell a change")
    title = TITLES[it.id] if it.person is None else TITLES[it.id].format(who=people[it.person].first)
    if it.taken is not None and it.chances is not None:
        (one, two), (of, of_two) = it.taken, it.chances
        return f"{title}: {one} of {of} times before, {two} of {of_two} after. {end}."
    if it.before is None or it.after is None:
        return f"{title}: {small(end)}."
    say = lasting if it.id == "longest_quiet" else percent
    return f"{title}: about {say(it.before)} before, {say(it.after)} after. {end}."


NO_CHANGE = "What can be counted is not surely otherwise after it than before."
TITLES: Mapping[Id, str] = {
    "unanswered": "{who} wrote and had no answer within a day",
    "again": "{who} wrote again into a silence of half a day or more",
    "longest_quiet": "The longest quiet of a week",
    "warm": "Messages with words of affection",
    "thanks": "Messages that thank or praise",
}
#: What follows where a change is sure: more, and less.
ENDS: Mapping[Id, tuple[str, str]] = {
    "unanswered": ("That is more often than before", "That is less often than before"),
    "again": ("That is more often than before", "That is less often than before"),
    "longest_quiet": ("That is longer than before", "That is shorter than before"),
    "warm": ("That is more than before", "That is fewer than before"),
    "thanks": ("That is more than before", "That is fewer than before"),
}


def title_words(agreed: Agreement) -> str:
    """The heading of an agreement."""
    told = "as you noted" if agreed.source == "checkins" else "as you tell it"
    return f"Agreed on {dated(agreed.day)}, {told}"


def of_agreement(reading: Reading) -> Iterator[Finding]:
    """That the spell at hand began after something was agreed, so that it is read again first (S14)."""
    now = present(reading)
    if now.running is None or reading.safety.level != "none":
        return
    start = now.running.episode.start
    before = [day for day in agreed_on(reading) if day < start]
    if not before:
        return
    since = sum(e.episode.start > before[-1] for e in reading.episodes)
    first = " It is the first one since." if since == 1 else ""
    two, later = "You two" if reading.reader else "The two", lasting_days((start - before[-1]).days)
    told = f"{two} agreed on something on {dated(before[-1])}. This spell began {later} later."
    ago = (local_today(reading) - before[-1]).days
    yield Finding("agreement", None, f"{told}{first}", {"days_ago": float(ago)})


def agreed_on(reading: Reading) -> list[date]:
    """The days of agreements, in order: those of the record, or the one that is told."""
    told = reading.intake.agreed_days if reading.intake is not None else None
    days = {a.day for a in reading.agreements}
    return sorted(days | ({local_today(reading) - timedelta(days=round(told))} if told is not None else set()))
