"""Following equations through time: one couple exactly, many couples in fixed steps, with delay and with noise.

Every path has its rows first: (rows, states) for one couple, (rows, states, couples) for many.
"""

from __future__ import annotations

from math import ceil
from typing import Protocol

import numpy as np
from scipy.integrate import solve_ivp

from ebbtide.errors import BadSetting
from ebbtide.simulator.systems.system import DelayField, Field, Floats, System, Values

#: Beyond this a path is taken to grow without end.
FAR = 1e6
RTOL, ATOL = 1e-9, 1e-11
#: More steps than this take long.
MOST_STEPS = 300_000


class Shaking(Protocol):
    """What fills an array with standard normal numbers: a generator, or one for each couple."""

    def standard_normal(self, *, out: Floats) -> object:
        """Fill `out`."""


def path(system: System, p: Values, start: Floats, t: Floats, *, rng: np.random.Generator | None = None) -> Floats:
    """One couple's states at the times `t` (evenly spaced from 0); without `rng` no noise.

    Fewer rows than times come back where a state grows without end.
    """
    with np.errstate(all="ignore"):
        if system.kind == "difference":
            rows = iterate(system.field(p), start, len(t) - 1)
        elif system.kind == "delay" and system.delayed is not None and system.lag is not None:
            rows = late(system.delayed(p), start, float(p[system.lag]), t)
        elif system.kind == "sde" and system.noise is not None:
            rows = euler(system.field(p), start, float(t[1] - t[0]), len(t) - 1, system.noise(p), rng)
        else:
            rows = exact(system.field(p), start, t)
    fine = np.isfinite(rows).all(axis=1) & (np.abs(rows) < FAR).all(axis=1)
    return rows if fine.all() else rows[: int(np.argmin(fine))]


def exact(field: Field, start: Floats, t: Floats) -> Floats:
    """By an eighth-order method with error control; ends early where a state passes `FAR`."""

    asked = 0

    def counted(at: float, x: Floats) -> Floats:
        nonlocal asked
        asked += 1
        if asked > MOST_STEPS:
            raise BadSetting("The changes are too fast to follow.", try_="Lower the largest rates, or run it shorter.")
        return field(at, x)

    def leaving(_: float, x: Floats) -> float:
        return float(FAR - np.abs(x).max())

    leaving.terminal = True  # type: ignore[attr-defined]
    found = solve_ivp(counted, (t[0], t[-1]), start, "DOP853", t, events=leaving, rtol=RTOL, atol=ATOL)
    return np.asarray(found.y.T, dtype=np.float64)


def iterate(field: Field, start: Floats, steps: int) -> Floats:
    """Difference equations, one row a step."""
    rows = [start]
    for n in range(steps):
        rows.append(field(float(n), rows[-1]))
    return np.array(rows)


def rk4(field: Field, start: Floats, step: float, steps: int, *, every: int = 1) -> Floats:
    """Fourth-order Runge–Kutta in fixed steps over any number of couples; every so many steps one row is kept."""
    x, rows = np.array(start, dtype=np.float64), [np.array(start, dtype=np.float64)]
    for n in range(steps):
        t = n * step
        k1 = field(t, x)
        k2 = field(t + step / 2, x + step / 2 * k1)
        k3 = field(t + step / 2, x + step / 2 * k2)
        k4 = field(t + step, x + step * k3)
        x = x + step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        if (n + 1) % every == 0:
            rows.append(x)
    return np.array(rows)


def euler(
    field: Field,
    start: Floats,
    step: float,
    steps: int,
    noise: Floats,
    rng: Shaking | None,
    *,
    every: int = 1,
) -> Floats:
    """Euler–Maruyama over any number of couples; `noise` is (states,) or (states, couples); without `rng` none."""
    x = np.array(start, dtype=np.float64)
    noise = noise.reshape(noise.shape + (1,) * (x.ndim - noise.ndim)) * np.sqrt(step)
    noisy = np.flatnonzero(noise.reshape(len(noise), -1).any(axis=1)) if rng is not None else np.array([], dtype=int)
    # Rows of one kind stand together, so that they can be taken as slices, without a copy.
    first, last = (int(noisy[0]), int(noisy[-1]) + 1) if noisy.size else (0, 0)
    shaken = np.empty_like(x[first:last])
    rows = np.empty((steps // every + 1, *x.shape))
    rows[0] = x
    for n in range(steps):
        change = field(n * step, x)
        change *= step
        x += change
        if rng is not None and last:
            rng.standard_normal(out=shaken)
            np.multiply(shaken, noise[first:last], out=shaken)
            x[first:last] += shaken
        if (n + 1) % every == 0:
            rows[(n + 1) // every] = x
    return rows


def late(field: DelayField, start: Floats, lag: float, t: Floats) -> Floats:
    """Delay equations by Runge–Kutta in steps that divide the lag, the past between steps by cubic interpolation.

    Before the start everything was as at the start.
    """
    if lag <= 0:
        return rk4(lambda at, x: field(at, x, x), start, float(t[1] - t[0]) / 4, 4 * (len(t) - 1), every=4)
    parts = max(ceil(lag / ((t[1] - t[0]) / 4)), 2)
    step = lag / parts
    total = ceil((t[-1] - t[0]) / step) + 1
    if total > MOST_STEPS:
        raise BadSetting("This lag is too short to follow.", where=f"{lag:g}", try_="Give 0, or a longer one.")
    x, slope = np.empty((total + 1, len(start))), np.empty((total + 1, len(start)))
    x[0] = start
    for n in range(total):
        before, between, after = past(x, slope, n - parts, step, start)
        at = n * step
        k1 = field(at, x[n], before)
        slope[n] = k1
        k2 = field(at + step / 2, x[n] + step / 2 * k1, between)
        k3 = field(at + step / 2, x[n] + step / 2 * k2, between)
        k4 = field(at + step, x[n] + step * k3, after)
        x[n + 1] = x[n] + step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    grid = np.arange(total + 1) * step
    return np.column_stack([np.interp(t, grid, column) for column in x.T])


def past(x: Floats, slope: Floats, n: int, step: float, start: Floats) -> tuple[Floats, Floats, Floats]:
    """The states at step n, half a step later, and a step later; before step 0 those of the start."""
    if n < 0:
        return start, start, x[0]
    middle = (x[n] + x[n + 1]) / 2 + step / 8 * (slope[n] - slope[n + 1])
    return x[n], middle, x[n + 1]
