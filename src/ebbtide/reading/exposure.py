"""Exposure: what check-ins note in the week up to each spell, counted against how often it is noted otherwise (S4).

A week of work before three of four spells says nothing where every week is one of work. People also note more when
things are hard, so that what stands here is what was noted, and never a cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from ebbtide.episodes import Episode
from ebbtide.reading.beside import Exposure
from ebbtide.reading.phrases import Named, counted, in_words, large, listed
from ebbtide.selfreport.checkins import BETWEEN, NAMED_FROM, PROTECTS, TOGETHER, TRIGGERS
from ebbtide.signals.rates import by_chance, difference

#: The day a spell begins, and the six before it; other weeks are as long.
WEEK = timedelta(days=7)
ONE = timedelta(days=1)
#: With fewer spells, or fewer other weeks in which anything was noted, no more is said than the counts.
FEWEST_SPELLS, FEWEST_WEEKS = 3, 6
#: One in ten lists of comparisons may hold a claim that is none, however long the list.
LEVEL = 0.1
WORDS = {**TRIGGERS, **PROTECTS, TOGETHER: "time together in person"}
MORE, LESS, CANNOT_TELL = "more often before spells", "less often before spells", "cannot tell"
NO_CAUSE = "What is noted before a spell need not be its reason."
#: Beside what weighed on the one who was there: reaching has its reasons as pulling back has.
REACHES = "What weighs makes some people pull back, and others reach. Neither is a fault."

#: Days by item and by whom it is about; None is both of them.
NotedDays = Mapping[tuple[str, str | None], frozenset[date]]


def noted_days(checkins: pl.DataFrame) -> NotedDays:
    """The days on which each thing is noted; what lies between the two counts for either."""
    rows = checkins.filter(pl.col("item").is_in(list(WORDS)))
    found: dict[tuple[str, str | None], set[date]] = {}
    for day, person, item, value in rows.select("date", "person", "item", "value").iter_rows():
        # A little time together is some; a little of what weighs is what every day has.
        if value >= (1 if item == TOGETHER else NAMED_FROM):
            about = None if item in (*BETWEEN, TOGETHER) else person
            found.setdefault((item, about), set()).add(day)
    order = list(WORDS)
    keys = sorted(found, key=lambda key: (order.index(key[0]), key[1] or ""))
    return {key: frozenset(found[key]) for key in keys}


def week_before(episode: Episode) -> tuple[date, date]:
    """The first and the last day of the week up to a spell."""
    return episode.start - WEEK + ONE, episode.start


def exposures(checkins: pl.DataFrame, episodes: Sequence[Episode], first: date, last: date) -> tuple[Exposure, ...]:
    """For the spells of each person: in how many of the weeks before them, and of other weeks, each thing is noted.

    `checkins` as `selfreport.checked` gives them, of the days from `first` to `last`. Only weeks count in which
    anything at all was noted; those in a spell, which changes what there is to note, do not.
    """
    inside = checkins.filter(pl.col("date").is_between(first, last))
    any_day, days = frozenset(inside["date"].to_list()), noted_days(inside)
    found = []
    for person in ("a", "b"):
        own = [e for e in episodes if e.person == person]
        if not own:
            continue
        before = [w for w in map(week_before, own) if hit(any_day, w)]
        other = [w for w in other_weeks(own, first, last) if hit(any_day, w)]
        for (item, about), on in days.items():
            one, otherwise = (sum(hit(on, w) for w in weeks) for weeks in (before, other))
            counts = (one, len(before)), (otherwise, len(other))
            found.append(compared(item, about, person, *counts, comparisons=len(days)))
    return tuple(found)


def hit(days: frozenset[date], week: tuple[date, date]) -> bool:
    """Whether one of these days lies in a week."""
    return any(week[0] <= day <= week[1] for day in days)


def other_weeks(own: Sequence[Episode], first: date, last: date) -> Iterator[tuple[date, date]]:
    """Whole weeks from the first day on that touch neither a spell of this person nor the week up to one."""
    taken = [(week_before(e)[0], (e.end or last + ONE) - ONE) for e in own]
    start = first
    while start + WEEK - ONE <= last:
        end = start + WEEK - ONE
        clash = [b for a, b in taken if a <= end and start <= b]
        if clash:
            start = max(clash) + ONE
        else:
            yield start, end
            start = end + ONE


def compared(
    item: str, about: str | None, person: str, before: tuple[int, int], other: tuple[int, int], *, comparisons: int
) -> Exposure:
    """One thing before the spells of a person and otherwise, with what the two counts come to."""
    level = LEVEL / max(1, comparisons)
    between, says = difference(before, other, 1 - level), CANNOT_TELL
    enough = before[1] >= FEWEST_SPELLS and other[1] >= FEWEST_WEEKS
    # Of a handful of spells only the exact test holds what it promises; the interval is nearly right.
    if between is not None and enough and by_chance(before, other) < level:
        says = MORE if between.low > 0 else LESS if between.high < 0 else CANNOT_TELL
    return Exposure(item, about, person, *before, *other, between, says)


def before_words(
    episode: Episode,
    checkins: pl.DataFrame,
    counts: Sequence[Exposure],
    people: Mapping[str, Named],
) -> tuple[str, ...]:
    """What is noted of the week up to a spell, a sentence each, with how often it is noted otherwise."""
    first, last = week_before(episode)
    days = noted_days(checkins.filter(pl.col("date").is_between(first, last)))
    if not days:
        return ()
    of = {(c.item, c.about): c for c in counts if c.person == episode.person}
    lines = [
        f"{noted_words(*key, people)}, on {counted(len(on), 'day')}. {counts_words(of.get(key))}".strip()
        for key, on in days.items()
    ]
    partner = next(p for p in people if p != episode.person)
    reached = any(about == partner and item in TRIGGERS for item, about in days)
    return (*lines, *((REACHES,) if reached else ()), NO_CAUSE)


def noted_words(item: str, about: str | None, people: Mapping[str, Named]) -> str:
    """What is noted, and for whom: "For Sam: work"."""
    return f"{large(WORDS[item])}" if about is None else f"For {people[about]}: {WORDS[item]}"


def counts_words(count: Exposure | None) -> str:
    """How often it is noted before this person's spells, and in other weeks; empty where it was never to be counted."""
    if count is None or not count.spells:
        return ""
    spells = f"It is noted in the week up to {none_or(count.before)} of {in_words(count.spells)} spells"
    if count.spells == 1:
        spells = "It is noted in the week up to the one spell there is a note of"
    if not count.weeks:
        return f"{spells}; no other week has notes to compare with."
    weeks = f"in {none_or(count.otherwise)} of {counted(count.weeks, 'other week')} with notes"
    says = "The two cannot be told apart" if count.says == CANNOT_TELL else SAYS[count.says]
    return f"{spells}, and {weeks}. {says}."


SAYS = {
    MORE: "That is more often before spells than otherwise",
    LESS: "That is less often before spells than otherwise",
}


def of_exposures(counts: Sequence[Exposure], people: Mapping[str, Named]) -> Iterator[str]:
    """What is surely noted more, or less, before the spells of either than otherwise, as sentences."""
    for says in (MORE, LESS):
        for person, who in people.items():
            told = [c for c in counts if c.person == person and c.says == says]
            if told:
                things = listed([in_sentence(c, people) for c in told])
                more = "more" if says == MORE else "less"
                yield f"Before spells of {who.theirs} check-ins name {things} {more} often than otherwise. {NO_CAUSE}"


def in_sentence(count: Exposure, people: Mapping[str, Named]) -> str:
    """A thing that is noted, inside a sentence: "work for Sam"."""
    words = WORDS[count.item]
    return words if count.about is None else f"{words} for {people[count.about]}"


def none_or(n: int) -> str:
    """A count in words, "none" where there is nothing."""
    return in_words(n) if n else "none"
