"""When someone in a dyad is away: one rule, for runs and for the chats made from them.

*Share kept.* At distance D a person keeps e^(−quieter·(D − usual)) of the starts and of the answers that are usual for
this person, where `usual` is the lower quartile of the person's own distance over the record.

*Spell.* A person is away while the share kept is below `AWAY_BELOW`. Returns shorter than a day do not end it,
stretches shorter than three days are ordinary, and so are those in which the share never falls to `DEEP`. Its edges are
the hours at which the share crosses `AWAY_BELOW`: a rule, since distance comes within a day and goes over several.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ebbtide.simulator.systems.system import Floats, Values

AWAY_BELOW, DEEP = 0.5, 1 / 3
LEAST_HOURS, BRIDGED_HOURS = 72, 24
#: Nobody keeps much more than usual for being a little nearer than usual.
MOST_SHARE = 1.25
#: Where the states of both hold distance and reaching.
DISTANCE, REACHING = slice(2, 4), slice(4, 6)


@dataclass(frozen=True, slots=True)
class Away:
    """Hours in which a person was away: the first, the first back (None while it runs), and how it was.

    `depth` is one less the mean share kept, `reached` the mean reaching of the other meanwhile.
    """

    person: int
    first: int
    back: int | None
    depth: float
    reached: float


def share_kept(p: Values, rows: Floats) -> Floats:
    """The share each keeps of usual (hours, 2), from the states by the hour."""
    distance = rows[:, DISTANCE]
    usual = np.quantile(distance, 0.25, axis=0)
    return np.asarray(np.minimum(np.exp(-p["quieter"] * (distance - usual)), MOST_SHARE))


def spells_away(share: Floats, rows: Floats) -> list[Away]:
    """The spells of both in order of time, from the share each keeps (hours, 2) and the states by the hour."""
    found = [away for k in (0, 1) for away in one_away(share[:, k], rows[:, REACHING][:, 1 - k], k)]
    return sorted(found, key=lambda each: (each.first, each.person))


def one_away(share: Floats, reached: Floats, k: int) -> list[Away]:
    """The spells of one, toward whom the other `reached` (hours,)."""
    hours = len(share)
    return [
        Away(
            k,
            first,
            None if back == hours else back,
            float(1 - share[first:back].mean()),
            float(reached[first:back].mean()),
        )
        for first, back in stretches(share < AWAY_BELOW)
        if back - first >= LEAST_HOURS and share[first:back].min() <= DEEP
    ]


def stretches(away: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and one past the last hour of each stretch, those less than a day apart joined."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], away, [False]]).astype(np.int8))).reshape(-1, 2)
    joined: list[tuple[int, int]] = []
    for first, back in edges.tolist():
        if joined and first - joined[-1][1] < BRIDGED_HOURS:
            joined[-1] = (joined[-1][0], back)
        else:
            joined.append((first, back))
    return joined
