"""What the states of a dyad do to how its two people write, and the truth that follows from the states alone.

The share kept and the spells away are those of systems/dyad_spells.py; reaching P multiplies starts and following up by
e^P.

*Partly away.* Distance is graded, so there are stretches that are neither episode nor calm: three days and more with a
share below `PARTLY_BELOW` outside of episodes. They are told as such: who finds one is not simply wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ebbtide.simulator.systems import dyad_loop
from ebbtide.simulator.systems.dyad import STATES
from ebbtide.simulator.systems.dyad_spells import LEAST_HOURS, Away, share_kept, stretches
from ebbtide.simulator.systems.system import Floats, Values
from ebbtide.simulator.timing import BIN, Course

PARTLY_BELOW = 0.75
HOURS_A_DAY = 24
PERIOD_DAYS = 30
#: Mean reaching from which a period, and an episode, counts as one of reaching; e^0.2 is a fifth more starts.
REACHES = 0.2
#: Share of a period that a person is away, from which the period counts as one of withdrawing.
WITHDRAWS = 0.1
ROW: Mapping[str, int] = {state.name: i for i, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """A dyad's states by the hour, (hours, 15), with its parameters; `share` is (hours, 2): the share kept of usual."""

    parameters: Values
    rows: Floats
    share: Floats

    def of(self, name: str, person: int) -> Floats:
        """One state of one person by the hour."""
        return self.rows[:, ROW[f"{name}_{'ab'[person]}"]]

    @property
    def closeness(self) -> Floats:
        """Closeness of the two by the hour."""
        return self.rows[:, ROW["closeness"]]


def followed(p: Values, rows: Floats) -> Path:
    """A path with the share each keeps."""
    return Path(p, rows, share_kept(p, rows))


def courses(path: Path, bins: int) -> tuple[Course, Course]:
    """What each one's states multiply, by the bin of `BIN` minutes."""
    place = np.minimum((np.arange(bins) * BIN / 60).astype(np.int64), len(path.rows) - 1)
    a, b = (one_course(path.share[:, k], path.of("reaching", k), place) for k in (0, 1))
    return a, b


def one_course(share: Floats, reaching: Floats, place: npt.NDArray[np.int64]) -> Course:
    """Away: fewer, later, shorter. Reaching: more starts, and more again without an answer."""
    kept, more = share[place], np.exp(reaching)[place]
    return Course(starts=kept * more, answers=kept, latency=kept**-0.6, burst=kept**0.5, follow=kept * more)


def partly_away(path: Path, spells: list[Away]) -> list[tuple[int, int, int]]:
    """Person, first and one past the last hour of the stretches that are neither episode nor calm."""
    hours, found = len(path.share), []
    for k in (0, 1):
        low = path.share[:, k] < PARTLY_BELOW
        for each in (s for s in spells if s.person == k):
            low[each.first : hours if each.back is None else each.back] = False
        found += [(k, first, back) for first, back in stretches(low) if back - first >= LEAST_HOURS]
    return sorted(found, key=lambda each: each[1])


def roles(path: Path, spells: list[Away]) -> list[dict[str, object]]:
    """Who reached and who withdrew in each period of thirty days: a, b, both or neither; days from the start."""
    hours = len(path.rows)
    gone = np.zeros((hours, 2))
    for each in spells:
        gone[each.first : hours if each.back is None else each.back, each.person] = 1
    reaching = np.column_stack([path.of("reaching", k) for k in (0, 1)])
    found: list[dict[str, object]] = []
    for first in range(0, hours, PERIOD_DAYS * HOURS_A_DAY):
        part = slice(first, first + PERIOD_DAYS * HOURS_A_DAY)
        found.append(
            {
                "from_day": first // HOURS_A_DAY,
                "to_day": min(first + PERIOD_DAYS * HOURS_A_DAY, hours) // HOURS_A_DAY,
                "reaching": who(reaching[part].mean(axis=0) >= REACHES),
                "withdrawing": who(gone[part].mean(axis=0) >= WITHDRAWS),
            }
        )
    return found


def who(does: npt.NDArray[np.bool_]) -> str:
    """Which of the two, in the words of the reading."""
    a, b = does.tolist()
    return "both" if a and b else "a" if a else "b" if b else "neither"


def loop(path: Path) -> dict[str, object]:
    """How strongly each one's withdrawing feeds itself: where the couple usually is, and at its strongest."""
    usual = dict(zip(ROW, np.median(path.rows, axis=0).tolist(), strict=True))
    return {
        "gain": {k: round(dyad_loop.gain(path.parameters, usual, i), 4) for i, k in enumerate("ab")},
        "strongest_gain": {k: round(dyad_loop.strongest(path.parameters, i), 4) for i, k in enumerate("ab")},
    }
