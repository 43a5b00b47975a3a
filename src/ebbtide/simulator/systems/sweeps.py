"""What becomes of a model over a range of one parameter, and which starts end where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ebbtide.errors import BadSetting
from ebbtide.simulator.systems.cycles import Cycle, cycle
from ebbtide.simulator.systems.equilibria import equilibria
from ebbtide.simulator.systems.integrate import rk4
from ebbtide.simulator.systems.system import Equilibrium, Floats, System, Values, checked, meant

FEWER_STARTS = 20


@dataclass(frozen=True, slots=True)
class Branches:
    """For each value of the parameter: the states of rest, and the cycle from the usual start if there is one."""

    parameter: str
    values: tuple[float, ...]
    rest: tuple[tuple[Equilibrium, ...], ...]
    cycles: tuple[Cycle | None, ...]


@dataclass(frozen=True, slots=True)
class Basins:
    """Which stable state each start ends at: `into`, rows by the second axis, columns by the first, −1 none."""

    axes: tuple[str, str]
    first: Floats
    second: Floats
    ends: tuple[Equilibrium, ...]
    into: npt.NDArray[np.int64]


def bifurcation(
    system: System,
    p: dict[str, float],
    name: str,
    values: Sequence[float],
    *,
    start: Mapping[str, float] | None = None,
    cycles: bool = True,
) -> Branches:
    """States of rest and cycles for each value of one parameter, the others as given, from the states in `start`.

    Raises `BadSetting` for what is no parameter and for values that are not possible.
    """
    if any(full not in system.defaults for full in meant(system, name)):
        raise BadSetting("This is a state, not a parameter.", where=name, try_=f"Use {', '.join(system.defaults)}.")
    settings = [checked(system, {**p, name: float(value)})[0] for value in values]
    found = [cycle(system, changed, system.start(changed, start)) if cycles else None for changed in settings]
    return Branches(name, tuple(map(float, values)), followed(system, settings), tuple(found))


def followed(system: System, settings: Sequence[Values]) -> tuple[tuple[Equilibrium, ...], ...]:
    """States of rest of each setting, those of its neighbours on both sides tried as places to start from."""
    rest: list[tuple[Equilibrium, ...]] = []
    for p in settings:
        near = [e.at for e in rest[-1]] if rest else []
        rest.append(equilibria(system, p, system.start(p), starts=FEWER_STARTS, near=near))
    for n in range(len(settings) - 2, -1, -1):
        near = [e.at for e in (*rest[n], *rest[n + 1])]
        rest[n] = equilibria(system, settings[n], system.start(settings[n]), starts=0, near=near)
    return tuple(rest)


def basins(
    system: System, p: Values, axes: tuple[str, str], *, start: Mapping[str, float] | None = None, points: int = 40
) -> Basins:
    """Follow a grid of starts over the range of two states, the others as in `start`, all at once, without noise.

    States that are held for states of rest (attachment, which drifts over years) are held here too.

    Raises `BadSetting` for models other than ordinary differential equations.
    """
    if system.kind in ("delay", "difference"):
        raise BadSetting("Basins are drawn for differential equations only.", where=system.id, try_="Choose another.")
    whole, places = system.start(p, start), [system.names.index(a) for a in axes]
    first, second = (np.linspace(*system.states[i].box, points) for i in places)
    starts = np.repeat(whole[:, None], points * points, axis=1)
    starts[places[0]], starts[places[1]] = np.tile(first, points), np.repeat(second, points)
    steps = round(system.settles / system.step)
    field, held = system.field(p), [i for i, name in enumerate(system.names) if name in system.held]

    def still(t: float, x: Floats) -> Floats:
        change = field(t, x)
        change[held] = 0
        return change

    with np.errstate(all="ignore"):
        end = rk4(still, starts, system.step, steps, every=steps)[-1]
    return end_at(system, p, axes, first, second, end)


def end_at(system: System, p: Values, axes: tuple[str, str], first: Floats, second: Floats, end: Floats) -> Basins:
    """The stable state of rest that each end is at, if any."""
    stable = tuple(e for e in equilibria(system, p) if e.stable)
    free = [i for i, n in enumerate(system.names) if n not in system.held]
    width = np.array([system.states[i].box[1] - system.states[i].box[0] for i in free])
    into = np.full(end.shape[1], -1)
    for n, rest in enumerate(stable):
        at = np.array([rest.at[system.names[i]] for i in free])
        into[np.abs((end[free] - at[:, None]) / width[:, None]).max(axis=0) < 0.01] = n
    return Basins(axes, first, second, stable, into.reshape(len(second), len(first)))
