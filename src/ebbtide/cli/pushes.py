"""What a push does that comes once, in words: only what states of rest, cycles and followed starts show."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

import numpy as np
import numpy.typing as npt

from ebbtide.simulator.systems.sweeps import Basins, Branches

CARRIES = (
    "a push that comes once and is large enough carries it from one to another, where it stays; a small one passes"
)
#: One way to end was found; the search may have missed one, so that no more than this is said.
UNSEEN = "so no push that comes once is seen to carry it across for good"


def at_rest(ways: int) -> str | None:
    """With these numbers, where it can end in so many ways: states of rest that stay, and a cycle."""
    if ways == 0:
        return None
    return (
        f"Only one way to end was found here, {UNSEEN}." if ways == 1 else f"It can end in {ways} ways here: {CARRIES}."
    )


def over(found: Branches) -> str:
    """Over a range of a parameter: where it can end in several ways."""
    ways = [sum(e.stable for e in rest) + (c is not None) for rest, c in zip(found.rest, found.cycles, strict=True)]
    spans = []
    for several, group in groupby(zip(found.values, ways, strict=True), key=lambda each: each[1] > 1):
        if several:
            at = [value for value, _ in group]
            spans.append(f"{at[0]:.3g}" if len(at) == 1 else f"{at[0]:.3g} to {at[-1]:.3g}")
    if not spans:
        return f"At none of these values was more than one way to end found, {UNSEEN}."
    return f"At {found.parameter} {', '.join(spans)} it can end in several ways: there {CARRIES}."


def across(found: Basins, start: Mapping[str, float]) -> str | None:
    """From the point of the map nearest to the start: the least push of each state that ends at another state.

    None where the start ends at no state of rest, or lies outside of the map.
    """
    axes = (found.first, found.second)
    if any(not axis[0] <= start[name] <= axis[-1] for name, axis in zip(found.axes, axes, strict=True)):
        return None
    column, row = (int(np.abs(axis - start[name]).argmin()) for name, axis in zip(found.axes, axes, strict=True))
    if found.into[row, column] < 0:
        return None
    lines = ((found.into[row], column), (found.into[:, column], row))
    told = []
    for name, axis, (into, here) in zip(found.axes, axes, lines, strict=True):
        least = crossing(into, here)
        if least is None:
            told.append(f"none of {name} alone is seen to carry it to another end")
        else:
            not_yet, there = (f"{axis[n]:.3g}" for n in least)
            told.append(f"one of {name} to {there} carries it to another end, to {not_yet} not yet")
    return f"Of pushes that come once, from about the start: {'; '.join(told)}."


def crossing(into: npt.NDArray[np.int64], here: int) -> tuple[int, int] | None:
    """Along a line of starts: the nearest that ends at another state of rest, and the last before it that does not."""
    home = into[here]
    others = np.flatnonzero((into >= 0) & (into != home))
    if not others.size:
        return None
    there = int(others[np.abs(others - here).argmin()])
    toward = 1 if there > here else -1
    same = [n for n in range(here, there, toward) if into[n] == home]
    return same[-1], there
