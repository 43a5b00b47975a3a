"""The truth of a made-up couple: what was put into the record, for judging what is read out of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

Warmth = Literal["warm", "usual", "flat"]
Reaction = Literal["reaches", "space", "carries_on"]
DecoyKind = Literal[
    "busy_day",
    "quiet_day",
    "weekend_together",
    "holiday",
    "outside_cause",
    "night_shift",
    "slow_drift",
]


@dataclass(frozen=True, slots=True)
class TrueReturn:
    """How a withdrawal ended: the first day back, how warm, and whether it was owned and explained in words."""

    date: date
    warmth: Warmth
    acknowledged: bool
    explained: bool


@dataclass(frozen=True, slots=True)
class TrueEpisode:
    """One withdrawal that was put into the record.

    `start` and `end` are local wall-clock (no zone attached); `end` is None while it still runs at the end of the
    record. Between them the person's starts and chances of answering were multiplied by 1 − `depth`.
    """

    person: str
    start: datetime
    end: datetime | None
    depth: float
    said_so: bool
    reaction: Reaction
    return_: TrueReturn | None

    @property
    def space_given(self) -> bool:
        """Whether the partner eased off."""
        return self.reaction == "space"

    @property
    def start_day(self) -> date:
        """The local day on which it began."""
        return self.start.date()

    @property
    def end_day(self) -> date | None:
        """The first day back, None while it runs."""
        return self.end.date() if self.end else None


@dataclass(frozen=True, slots=True)
class Decoy:
    """A stretch that looks like distance and is none. `person` is None where it concerns both; local wall-clock."""

    kind: DecoyKind
    person: str | None
    start: datetime
    end: datetime
    said_so: bool


def episode_to_dict(episode: TrueEpisode) -> dict[str, Any]:
    """An episode as plain data: the fields a reading has, and the exact edges."""
    back = episode.return_
    return {
        "person": episode.person,
        "start": episode.start_day.isoformat(),
        "end": episode.end_day.isoformat() if episode.end_day else None,
        "start_at": episode.start.isoformat(),
        "end_at": episode.end.isoformat() if episode.end else None,
        "depth": round(episode.depth, 3),
        "said_so": episode.said_so,
        "space_given": episode.space_given,
        "reaction": episode.reaction,
        "return": None if back is None else asdict(back) | {"date": back.date.isoformat()},
    }


def decoy_to_dict(decoy: Decoy) -> dict[str, Any]:
    """A decoy as plain data."""
    return asdict(decoy) | {"start": decoy.start.isoformat(), "end": decoy.end.isoformat()}
