"""The table behind the ribbon: weeks of a short record, months of a long one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from ebbtide.episodes import Episode
from ebbtide.reading import Reading, Ribbon
from ebbtide.reading.phrases import MONTHS
from ebbtide.report import numbers
from ebbtide.report.drawn import Row, Table
from ebbtide.report.names import Names

MOST_WEEKS = 16
#: So many rows as usual, one after the other, are said in one.
SHORTEST_RUN = 3
AS_USUAL = "as usual"
#: Below this share of the usual a percentage would only round to nothing.
ALMOST_NOTHING = 0.05


def table(reading: Reading, ribbon: Ribbon, names: Names) -> Table:
    """For each week or month, how each person compares with their own usual, and the episodes that began in it."""
    people = sorted(reading.people, key=lambda p: p.me)
    start, label, unit = division(ribbon.days)
    episodes = [e.episode for e in reading.episodes]
    rows: list[Row] = []
    for first, group in groupby(enumerate(ribbon.days), key=lambda pair: start(pair[1])):
        indices = [i for i, _ in group]
        cells = [compared(ribbon, p.id, [ribbon.level[p.id][i] for i in indices]) for p in people]
        if episodes:
            cells.append("; ".join(hatched(e, names) for e in episodes if start(e.start) == first))
        rows.append((label(first), *cells))
    columns = (unit, *(names.of(p.id) for p in people), *(["Episodes"] if episodes else []))
    return Table(columns, tuple(folded(rows, len(people))))


def folded(rows: Sequence[Row], people: int) -> Iterator[Row]:
    """The rows, with every longer run in which both were as usual as one."""
    plain = (*([AS_USUAL] * people), "")
    for calm, run in groupby(rows, key=lambda row: (*row[1:], "")[: people + 1] == plain):
        group = list(run)
        if calm and len(group) >= SHORTEST_RUN:
            yield f"{group[0][0]} – {group[-1][0]}", *group[0][1:]
        else:
            yield from group


def hatched(episode: Episode, names: Names) -> str:
    """An episode in a line: whose, since when and how long."""
    so_far = " so far" if episode.end is None else ""
    since = numbers.day(episode.start, year=False)
    return f"{names.of(episode.person)}, from {since}: {numbers.length(episode.days)}{so_far}"


def division(days: Sequence[date]) -> tuple[Callable[[date], date], Callable[[date], str], str]:
    """Where a day's row starts, how the row is called, and the heading of the column."""
    if (days[-1] - days[0]).days < MOST_WEEKS * 7:
        return (lambda d: d - timedelta(days=d.weekday())), numbers.day, "Week from"
    return (lambda d: d.replace(day=1)), (lambda d: f"{MONTHS[d.month - 1]} {d.year}"), "Month"


def compared(ribbon: Ribbon, person: str, levels: Sequence[float | None]) -> str:
    """The mean level of some days in words, with the share of the usual."""
    known = [level for level in levels if level is not None]
    if not known:
        return "not known"
    mean = sum(known) / len(known)
    if ribbon.low[person] <= mean <= ribbon.high[person]:
        return AS_USUAL
    if mean < ALMOST_NOTHING:
        return "almost nothing"
    return f"{'less' if mean < 1 else 'more'}, about {round(mean * 20) * 5}% of usual"
