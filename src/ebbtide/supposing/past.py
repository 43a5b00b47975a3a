"""What really happened in past spells: those in which room was left, beside those met with more reaching."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ebbtide.episodes import Episode

#: So many spells of each kind are needed to set them side by side.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Spells:
    """Past spells of one kind: how many, the middle of their days, how many ended with a warm return.

    `returns` counts those of which it can be told how warm it was.
    """

    count: int
    median_days: float | None
    warm: int
    returns: int


@dataclass(frozen=True, slots=True)
class Past:
    """One person's spells that have ended, by what the other did; `unclear` where that cannot be told."""

    person: str
    room: Spells
    reached: Spells
    unclear: int

    @property
    def enough(self) -> bool:
        """Whether there are enough of both kinds."""
        return min(self.room.count, self.reached.count) >= FEWEST


def past(episodes: Sequence[Episode], person: str) -> Past:
    """The spells of a person that are over."""
    ended = [e for e in episodes if e.person == person and e.end is not None]
    return Past(
        person,
        spells([e for e in ended if e.space_given is True]),
        spells([e for e in ended if e.space_given is False]),
        sum(e.space_given is None for e in ended),
    )


def spells(ended: Sequence[Episode]) -> Spells:
    """Some spells in numbers."""
    warmth = [e.return_.warmth for e in ended if e.return_ is not None and e.return_.warmth is not None]
    middle = float(np.median([e.days for e in ended])) if ended else None
    return Spells(len(ended), middle, sum(w == "warm" for w in warmth), len(warmth))
