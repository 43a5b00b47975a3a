"""Episodes: dated stretches in which one person withdraws, with what the other did and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Warmth = Literal["warm", "usual", "flat"]


@dataclass(frozen=True, slots=True)
class Return:
    """The first sustained re-engagement after an episode.

    `warmth` compares the first two days with this person's own usual; `acknowledged` and `explained` are None where
    the words cannot tell.
    """

    date: date
    warmth: Warmth | None
    acknowledged: bool | None
    explained: bool | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Episode:
    """One person withdrawing from `start` until `end`, the first day back (None while it runs).

    `depth` is 1 − the expected share of this person's starts and answers given the opportunity. `contact_kept` is the
    share of days with any message in it. `space_given` is whether the other eased off; None if that cannot be told.
    """

    person: str
    start: date
    end: date | None
    days: int
    depth: float
    probability: float
    said_so: bool | None
    contact_kept: float
    longest_silence_hours: float
    space_given: bool | None
    unanswered_turns: int
    pressing_messages: int
    return_: Return | None
    evidence: tuple[str, ...] = ()
    said_so_evidence: tuple[str, ...] = ()
    outside_cause: tuple[str, ...] = ()
