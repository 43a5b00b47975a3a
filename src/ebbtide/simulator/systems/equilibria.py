"""States of rest: found from many starts, and judged by the eigenvalues of the equations near them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import root

from ebbtide.simulator.systems.system import Equilibrium, Field, Floats, System, Values

STARTS = 60
#: A time at which nothing that is scheduled is still under way.
OVER = 1e9
#: States of rest nearer than this share of the range searched are one.
SAME = 1e-4
#: Eigenvalues nearer to the border than this are on it: disturbances neither grow nor die.
BORDER = 1e-6
#: Points of the past at which a delay equation is looked at (Breda, Maset & Vermiglio 2005).
NODES = 24


def equilibria(
    system: System,
    p: Values,
    start: Floats | None = None,
    *,
    starts: int = STARTS,
    near: Sequence[Mapping[str, float]] = (),
) -> tuple[Equilibrium, ...]:
    """Every state of rest found from `starts` places in the range of the states, in the order of the first state.

    Places in `near` are tried too. States the system holds stay as in `start`, and are left out of stability. The
    places are the same every time.
    """
    whole = system.start(p) if start is None else start
    free = [i for i, name in enumerate(system.names) if name not in system.held]
    field, box = system.field(p), np.array([system.states[i].box for i in free])
    still = held(field, whole, free, difference=system.kind == "difference")
    places = np.random.default_rng(0).uniform(box[:, 0], box[:, 1], (starts, len(free)))
    found: list[Floats] = []
    width = box[:, 1] - box[:, 0]
    with np.errstate(all="ignore"):
        known = [np.array([at[system.names[i]] for i in free]) for at in near]
        for place in (whole[free], *known, *places):
            at = rest(still, place)
            if at is not None and all(np.abs((at - other) / width).max() > SAME for other in found):
                found.append(at)
        found.sort(key=tuple)
        return tuple(judged(system, p, whole, free, at) for at in found)


def held(field: Field, whole: Floats, free: list[int], *, difference: bool) -> Field:
    """What is 0 at rest, as a function of the free states alone, when all that is scheduled is over."""

    def still(_: float, x: Floats) -> Floats:
        full = whole.copy()
        full[free] = x
        rates = field(OVER, full)[free]
        return rates - x if difference else rates

    return still


def rest(still: Field, place: Floats) -> Floats | None:
    """The state of rest reached from a place by Newton's kind of step; None if none is."""

    def off_rest(x: Any) -> Any:
        return still(0.0, x)

    found: Any = root(off_rest, place, method="hybr", tol=1e-12)
    at = np.asarray(found.x, dtype=np.float64)
    off = still(0.0, at)
    fine = np.isfinite(at).all() and np.isfinite(off).all() and np.abs(off).max() < 1e-8 * (1 + np.abs(at).max())
    return at + 0.0 if fine else None


def judged(system: System, p: Values, whole: Floats, free: list[int], at: Floats) -> Equilibrium:
    """A state of rest with its stability."""
    full = whole.copy()
    full[free] = at
    eigen = eigenvalues(system, p, full, free)
    size = np.abs(eigen) - 1 if system.kind == "difference" else eigen.real
    turns, grows = np.abs(eigen.imag) > BORDER, size > BORDER
    if np.all(size < -BORDER):
        kind = "spiral in" if turns.any() else "node"
    elif not grows.any():
        kind = "centre" if turns.any() else "neutral"
    elif (turns & grows).any():
        kind = "spiral out"
    else:
        kind = "source" if grows.all() else "saddle"
    tidy = np.where(np.abs(full) < 1e-12, 0.0, full)
    return Equilibrium(dict(zip(system.names, map(float, tidy), strict=True)), bool(np.all(size < -BORDER)), kind)


def eigenvalues(
    system: System, p: Values, full: Floats, free: list[int] | None = None
) -> np.ndarray[tuple[int], np.dtype[np.complex128]]:
    """Eigenvalues of the equations near a state, of its free part; for delay equations the rightmost ones matter."""
    free = list(range(len(full))) if free is None else free
    if system.delayed is not None and system.lag is not None and p[system.lag] > 0:
        late = system.delayed(p)
        now = jacobian(lambda x: late(0.0, x, full), full)
        before = jacobian(lambda x: late(0.0, full, x), full)
        return np.asarray(np.linalg.eigvals(delay_generator(now, before, float(p[system.lag]))), dtype=np.complex128)
    field = system.field(p)
    whole = jacobian(lambda x: field(OVER, x), full)
    return np.asarray(np.linalg.eigvals(whole[np.ix_(free, free)]), dtype=np.complex128)


def jacobian(of: Callable[[Floats], Floats], at: Floats) -> Floats:
    """Central differences, one column per state."""
    columns = []
    for i in range(len(at)):
        step = np.zeros_like(at)
        step[i] = 1e-6 * (1 + abs(at[i]))
        columns.append((of(at + step) - of(at - step)) / (2 * step[i]))
    return np.column_stack(columns)


def delay_generator(now: Floats, before: Floats, lag: float) -> Floats:
    """The matrix whose eigenvalues approach those of x' = now·x + before·x(t − lag), on points of the past."""
    n, size = NODES, len(now)
    points = np.cos(np.pi * np.arange(n + 1) / n)
    ends = np.where(np.isin(np.arange(n + 1), (0, n)), 2.0, 1.0) * (-1.0) ** np.arange(n + 1)
    apart = points[:, None] - points[None, :] + np.eye(n + 1)
    slopes = np.outer(ends, 1 / ends) / apart
    slopes -= np.diag(slopes.sum(axis=1))
    matrix = np.asarray(np.kron(slopes * 2 / lag, np.eye(size)), dtype=np.float64)
    matrix[:size] = 0.0
    matrix[:size, :size] = now
    matrix[:size, -size:] = before
    return matrix
