"""Context: what the sentences about one person's spells need to know beside the spells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from ebbtide.reading.phrases import Named

Days = tuple[date, date]
#: Less contact that begins so soon after a limit was set follows from it.
LIMIT_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Context:
    """Who withdrew and who was there, how they are spoken of, and what the record holds around the spells.

    `moments` gives the local time of every event id that a sentence may refer to; `together` the ids of messages
    that speak of being in one place; `holes` the stretches of days without data; `triggers` what check-ins say weighed
    on the one who withdrew, by day; `mourning` the days on which that one told of a death; `limits` those on
    which either set a limit to what the two are; `close` those with a close moment of the two that was noted;
    `carried` what weighed on the other; `near` the days noted as spent together, and `far` those as spent apart.
    """

    who: Named
    partner: Named
    today: date
    has_words: bool = True
    safety_level: Literal["none", "look", "urgent"] = "none"
    safety_evidence: tuple[str, ...] = ()
    moments: Mapping[str, datetime] = field(default_factory=dict)
    together: tuple[str, ...] = ()
    holes: tuple[Days, ...] = ()
    triggers: tuple[tuple[date, str], ...] = ()
    mourning: tuple[date, ...] = ()
    limits: tuple[date, ...] = ()
    close: tuple[date, ...] = ()
    carried: tuple[tuple[date, str], ...] = ()
    near: tuple[date, ...] = ()
    far: tuple[date, ...] = ()

    def limited(self, start: date) -> date | None:
        """The day of the last limit that was set shortly before something began; None if there is none."""
        return max((day for day in self.limits if timedelta(0) <= start - day <= LIMIT_BEFORE), default=None)

    def within(self, ids: tuple[str, ...], first: date, last: date) -> tuple[str, ...]:
        """Those of `ids` whose event lies on the days from `first` to `last`."""
        return tuple(i for i in ids if i in self.moments and first <= self.moments[i].date() <= last)

    def days_of(self, ids: tuple[str, ...], first: date, last: date) -> set[date]:
        """The days from `first` to `last` on which one of these events lies."""
        return {self.moments[i].date() for i in self.within(ids, first, last)}
