"""Placebos: the other person's record moved in time, so that nothing in it can have been reacted to.

Either whole days are permuted among equal weekdays, or the record is shifted by one to four weeks. What still looks
like an effect then comes from how the hazard is modelled, not from the two of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.stream import DAY, Floats, Ints, Stream

SHIFT_DAYS = (7, 14, 21, 28)
PERMUTATIONS = 4
#: A record this long can be shifted and still be mostly in place.
FEWEST_DAYS = 28


@dataclass(frozen=True, slots=True)
class Moved:
    """Where each local day of a record is put: day d shows what happened on day `source[d]`."""

    source: Ints
    edges: Floats

    def look(self, moments: Floats) -> Floats:
        """The moments (UTC seconds) of the true record that are seen at these moments of the moved one."""
        day = np.clip(np.searchsorted(self.edges, moments, side="right") - 1, 0, self.source.size - 1)
        return np.asarray(self.edges[self.source[day]] + moments - self.edges[day])

    def put(self, moments: Floats) -> Floats:
        """Where moments of the true record come to lie, in order."""
        target = np.argsort(self.source)
        day = np.clip(np.searchsorted(self.edges, moments, side="right") - 1, 0, self.source.size - 1)
        return np.sort(self.edges[target[day]] + moments - self.edges[day])


def shifts(stream: Stream) -> Iterator[Moved]:
    """The record shifted by whole weeks, what is pushed out at the end coming in at the beginning."""
    days = np.arange(stream.days)
    for by in SHIFT_DAYS:
        yield Moved((days - by) % stream.days, stream.day_edges)


def permutations(stream: Stream, rng: np.random.Generator) -> Iterator[Moved]:
    """The days permuted among equal weekdays."""
    weekday = (stream.first_day.weekday() + np.arange(stream.days)) % 7
    for _ in range(PERMUTATIONS):
        source = np.arange(stream.days)
        for day in range(7):
            same = np.flatnonzero(weekday == day)
            source[same] = rng.permutation(same)
        yield Moved(source, stream.day_edges)


def begun(at: Floats, who: NDArray[np.int8], person: int) -> Floats:
    """When the other person's turns began that `person` could have been reached by: see `segments.reaching`."""
    gap = np.diff(at, prepend=-np.inf)
    fresh = np.append(True, who[1:] != who[:-1]) | (gap >= DAY / 24)
    return np.asarray(at[(who != person) & fresh])
