"""The dyad over couple-years at hourly steps, noise on and messages off, beside other ways to follow the same system.

Seconds are those of one core for 1,000 couple-years: 40,000 couple-years a minute on two cores are 3 seconds. The
same system, noise off, goes through scipy's `solve_ivp` in a loop over couples, and, where it is installed, through
mesa with one agent a couple.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from math import inf

import numpy as np
from scipy.integrate import solve_ivp

from benchmarks.process import Figure
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.integrate import euler
from ebbtide.simulator.systems.system import Floats

YEAR_HOURS = 8766
#: Couples that go through together: their states fit in the cache of a core.
TOGETHER = 2000
BUDGET = 3.0
#: Couple-years that the slow ways are measured on.
FEW = 2


def figures() -> Iterator[Figure]:
    """Seconds per 1,000 couple-years of each way."""
    own = measured(ours, TOGETHER)
    yield Figure("dyad, 1,000 couple-years by the hour", own, "s", BUDGET)
    loop = measured(scipy_loop, FEW)
    yield Figure("  the same in a loop over solve_ivp", loop, "s", inf)
    if find_spec("mesa") is not None:
        yield Figure("  the same with mesa", measured(mesa, FEW), "s", inf)


def measured(way: Callable[[int], None], couples: int) -> float:
    """Processor seconds for 1,000 couple-years."""
    start = time.process_time()
    way(couples)
    return (time.process_time() - start) / couples * 1000


def drawn(couples: int) -> tuple[dict[str, Floats | float], Floats]:
    """Couples that differ in attachment, and where they start."""
    rng = np.random.default_rng(1)
    p: dict[str, Floats | float] = dict(DYAD.defaults)
    p |= {f"{style}_{k}": rng.uniform(0, 1, couples) for style in ("anxiety", "avoidance") for k in "ab"}
    rows = [DYAD.start({n: v[i] if isinstance(v, np.ndarray) else v for n, v in p.items()}) for i in range(couples)]
    return p, np.array(rows).T.copy()


def ours(couples: int) -> None:
    """All at once; states kept by the day."""
    p, start = drawn(couples)
    noise = DYAD.noise(p) if DYAD.noise else np.zeros(len(DYAD.states))
    euler(DYAD.field(p), start, DYAD.step, YEAR_HOURS, noise, np.random.default_rng(2), every=24)


def scipy_loop(couples: int) -> None:
    """One after another, with the default method and tolerances, states by the hour."""
    p, start = drawn(couples)
    t = np.arange(YEAR_HOURS + 1) * DYAD.step
    for i in range(couples):
        one = {n: v[i] if isinstance(v, np.ndarray) else v for n, v in p.items()}
        solve_ivp(DYAD.field(one), (0, t[-1]), start[:, i], t_eval=t)


def mesa(couples: int) -> None:
    """One agent a couple, stepped by the hour."""
    library = import_module("mesa")
    p, start = drawn(couples)
    model = library.Model()

    class Pair(library.Agent):  # type: ignore[misc, name-defined]
        def __init__(self, i: int) -> None:
            super().__init__(model)
            self.x = start[:, i].copy()
            self.field = DYAD.field({n: v[i] if isinstance(v, np.ndarray) else v for n, v in p.items()})

        def step(self) -> None:
            self.x += DYAD.step * self.field(0.0, self.x)

    for i in range(couples):
        Pair(i)
    for _ in range(YEAR_HOURS):
        model.agents.do("step")
