"""How well found episodes match true ones: hits by overlap, the right person, the edges, and what was made up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: person, first day, first day back or None while it runs; fractional local days.
Span = tuple[int, float, float | None]
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Hit:
    """A found and a true episode taken for one another; errors in days."""

    overlap: float
    same_person: bool
    start_error: float
    end_error: float


@dataclass(frozen=True, slots=True)
class Match:
    """One couple's episodes, found against true, over `days` of record."""

    tp: int
    fp: int
    fn: int
    person_right: int
    hits: tuple[Hit, ...]
    days: float


@dataclass(frozen=True, slots=True)
class Score:
    """Many couples together. `f1`, `precision`, `recall`, `person` and `edge_days` are None where nothing counts."""

    couples: int
    tp: int
    fp: int
    fn: int
    precision: float | None
    recall: float | None
    f1: float | None
    person: float | None
    edge_days: float | None
    false_per_year: float | None


def match(
    found: Sequence[Span], true: Sequence[Span], *, days: float, least: float = 0.5, between: Sequence[Span] = ()
) -> Match:
    """Pair found with true episodes one to one, the largest overlap first, whoever they are about.

    Overlap is intersection over union, at least `least` for a hit; an open end counts as `days`, the record's end.
    Time in a stretch `between` the two answers counts for nothing, and so does what is found mostly in such time.
    """
    pairs = sorted(
        ((overlap(f, t, days, between), -i, -j) for i, f in enumerate(found) for j, t in enumerate(true)),
        reverse=True,
    )
    hits: list[Hit] = []
    used_found: set[int] = set()
    used_true: set[int] = set()
    for size, i, j in pairs:
        if size < least or i in used_found or j in used_true:
            continue
        used_found.add(i)
        used_true.add(j)
        hits.append(_hit(size, found[-i], true[-j], days))
    right = sum(h.same_person for h in hits)
    missed = [f for i, f in enumerate(found) if -i not in used_found]
    false = sum(_length(_pieces(f, days, between)) >= 0.5 * _length([_closed(f, days)]) for f in missed)
    return Match(len(hits), false, len(true) - len(hits), right, tuple(hits), days)


def overlap(one: Span, other: Span, days: float, between: Sequence[Span] = ()) -> float:
    """Intersection over union of two stretches, open ends closed at `days`, each without its person's `between`."""
    mine, theirs = _pieces(one, days, between), _pieces(other, days, between)
    shared = sum(max(0.0, min(b, d) - max(a, c)) for a, b in mine for c, d in theirs)
    return shared / (_length(mine) + _length(theirs) - shared) if shared else 0.0


def score(matches: Iterable[Match]) -> Score:
    """Sum the matches of many couples; edge error is the mean over hits of the mean of start and end error."""
    matches = list(matches)
    tp, fp, fn = (sum(getattr(m, name) for m in matches) for name in ("tp", "fp", "fn"))
    hits = [h for m in matches for h in m.hits]
    years = sum(m.days for m in matches) / YEAR
    edges = sum((h.start_error + h.end_error) / 2 for h in hits)
    return Score(
        couples=len(matches),
        tp=tp,
        fp=fp,
        fn=fn,
        precision=_share(tp, tp + fp),
        recall=_share(tp, tp + fn),
        f1=_share(2 * tp, 2 * tp + fp + fn),
        person=_share(sum(m.person_right for m in matches), tp),
        edge_days=_share(edges, len(hits)),
        false_per_year=_share(fp, years),
    )


def _hit(size: float, found: Span, true: Span, days: float) -> Hit:
    (a, b), (c, d) = _closed(found, days), _closed(true, days)
    return Hit(size, found[0] == true[0], abs(a - c), abs(b - d))


def _closed(span: Span, days: float) -> tuple[float, float]:
    return span[1], days if span[2] is None else span[2]


def _pieces(span: Span, days: float, between: Sequence[Span]) -> list[tuple[float, float]]:
    """What is left of a stretch without its person's stretches `between`."""
    left = [_closed(span, days)]
    for start, end in (_closed(other, days) for other in between if other[0] == span[0]):
        halves = [half for a, b in left for half in ((a, min(b, start)), (max(a, end), b))]
        left = [(a, b) for a, b in halves if a < b]
    return left


def _length(pieces: Iterable[tuple[float, float]]) -> float:
    return sum(b - a for a, b in pieces)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
