"""Beside the messages: what check-ins and answers add to a reading, as types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ebbtide.signals.rates import Change

#: What is compared before and after an agreement.
Id = Literal["unanswered", "again", "longest_quiet", "warm", "thanks"]


@dataclass(frozen=True, slots=True)
class Noted:
    """A day of the check-ins: how distant each person was and how much of it was spent together, 0 to 4, if noted.

    `others` counts the further notes of the day: signs and what weighed.
    """

    day: date
    distance: dict[str, int]
    together: int | None
    others: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """A thing check-ins note (`item`, `about` "a", "b" or None for both), against the spells of a `person`.

    In the week up to `before` of `spells` spells, and in `otherwise` of so many other `weeks`; of either only those in
    which anything was noted. `difference` is that of the shares, with an interval that is wider the more things are
    compared. `says` is "cannot tell" where no claim holds.
    """

    item: str
    about: str | None
    person: str
    before: int
    spells: int
    otherwise: int
    weeks: int
    difference: Change | None
    says: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure before an agreement and after it, of a `person` or (None) of the two together.

    `before` and `after` are shares, 0 to 1, or hours (`longest_quiet`), with `taken` and `chances` of each where these
    were counted; None where too little happened. `change` is the difference of counted shares, else the log ratio, with
    an interval as wide as so many measures ask for. `says` is "cannot tell" where no claim holds.
    """

    id: Id
    person: str | None
    before: float | None = None
    after: float | None = None
    taken: tuple[int, int] | None = None
    chances: tuple[int, int] | None = None
    change: Change | None = None
    says: Literal["more", "less", "cannot tell"] = "cannot tell"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A local day on which the two agreed on something, and what is otherwise in the `days` after it and before it.

    `source` is who tells of it. Without enough days on either side nothing is compared.
    """

    day: date
    source: Literal["checkins", "intake"]
    days: int
    compared: tuple[Compared, ...] = ()
