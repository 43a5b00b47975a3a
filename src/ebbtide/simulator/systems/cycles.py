"""Lasting cycles: what is left of a path once it has settled, with its period and its swing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ebbtide.simulator.systems.integrate import path
from ebbtide.simulator.systems.system import Field, Floats, System, Values

#: A swing below this share of the range of a state is none; one that shrinks or grows by more is not lasting.
LEAST, LASTING = 1e-3, 0.01
#: Rounds that must be seen, and how far their lengths may differ.
ROUNDS, EVEN = 4, 0.05
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Cycle:
    """A lasting cycle: its period in the unit of the model, how far every state swings, and its lowest."""

    period: float
    amplitude: Mapping[str, float]
    lowest: Mapping[str, float]


def cycle(system: System, p: Values, start: Floats) -> Cycle | None:
    """The cycle a couple that starts there ends on, noise left out; None if it comes to rest or runs away."""
    step = 1.0 if system.kind == "difference" else max(system.step, system.settles / MOST_ROWS)
    t = np.asarray(np.arange(round(system.settles / step) + 1) * step, dtype=np.float64)
    rows = path(quiet(system), p, start, t)
    return lasting(system, t, rows) if len(rows) == len(t) else None


def quiet(system: System) -> System:
    """The system without noise, and with the states it holds held."""
    if system.kind != "sde":
        return system
    still = [i for i, name in enumerate(system.names) if name in system.held]

    def field(p: Values) -> Field:
        whole = system.field(p)

        def rates(t: float, x: Floats) -> Floats:
            change = whole(t, x)
            change[still] = 0.0
            return change

        return rates

    return replace(system, kind="ode", field=field)


def lasting(system: System, t: Floats, rows: Floats) -> Cycle | None:
    """The cycle in the last two quarters of a path, if it is the same in both."""
    half, third = len(t) // 2, 3 * len(t) // 4
    width = np.array([s.box[1] - s.box[0] for s in system.states])
    earlier, later = np.ptp(rows[half:third], axis=0), np.ptp(rows[third:], axis=0)
    widest = int(np.argmax(later / width))
    if later[widest] < LEAST * width[widest] or abs(earlier[widest] / later[widest] - 1) > LASTING:
        return None
    rounds = np.diff(upward(t[half:], rows[half:, widest]))
    if len(rounds) < ROUNDS or np.ptp(rounds) > EVEN * rounds.mean():
        return None
    swing, lowest = (dict(zip(system.names, map(float, v), strict=True)) for v in (later, rows[third:].min(axis=0)))
    return Cycle(float(rounds.mean()), swing, lowest)


def upward(t: Floats, x: Floats) -> Floats:
    """Times at which a series passes the middle of its range on its way up."""
    off = x - (x.min() + x.max()) / 2
    at = np.flatnonzero((off[:-1] < 0) & (off[1:] >= 0))
    return np.asarray(t[at] - off[at] * (t[at + 1] - t[at]) / (off[at + 1] - off[at]), dtype=np.float64)
