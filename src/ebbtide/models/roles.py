"""Roles: who of the two reaches and who withdraws in a stretch of days, given the opportunity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ebbtide.models.engagement import Engagement, PersonDays
from ebbtide.signals.stream import Floats

Role = Literal["a", "b", "both", "neither"]

#: Days more likely withdrawn than not from which on someone is withdrawing: the shortest episode.
WITHDRAWN_DAYS = 3
#: Turns begun out of quiet, over the usual, from which on someone reaches; and standard errors above it.
MORE, CLEAR = 1.2, 1.645


@dataclass(frozen=True, slots=True)
class Roles:
    """Who reaches and who withdraws."""

    reaching: Role
    withdrawing: Role


def roles(engagement: Engagement, first: int, last: int) -> Roles:
    """The roles over the days [first, last).

    Someone reaches who begins clearly more turns than usual, be it throughout or while the other is withdrawn; a turn
    after one's own unanswered one counts too.
    """
    days = np.zeros(engagement.absent.size)
    days[first:last] = 1.0
    gone = [days * (p.withdrawn > 0.5) for p in engagement.people]
    here = [days * (1 - p.withdrawn) * (1 - engagement.absent) for p in engagement.people]
    reach = [
        begins_more(person, here[k]) or (gone[1 - k].sum() >= WITHDRAWN_DAYS and begins_more(person, gone[1 - k]))
        for k, person in enumerate(engagement.people)
    ]
    return Roles(named(reach), named([g.sum() >= WITHDRAWN_DAYS for g in gone]))


def begins_more(person: PersonDays, days: Floats) -> bool:
    """Whether a person begins clearly more turns than usual over days weighted by `days` (D,)."""
    made, usual = float(days @ person.seen.starts), float(days @ person.usual.starts)
    temper = person.temper
    lasting = (1 + temper.persistence) / (1 - temper.persistence)
    spread = (days * person.usual.starts) ** 2 @ (1 / temper.shape + temper.spread**2 * lasting * np.ones(days.size))
    return bool(made > MORE * usual and made - usual > CLEAR * np.sqrt(usual + spread))


def named(which: list[bool]) -> Role:
    """Whom a pair of truths is about."""
    if all(which):
        return "both"
    return "neither" if not any(which) else ("a" if which[0] else "b")
