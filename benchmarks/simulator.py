"""The dyad over couple-years at hourly steps, noise on, beside other ways to follow the same system.

Seconds are those of one core for 1,000 couple-years. Messages off, 40,000 couple-years a minute on two cores are 3
seconds. The same system, noise off, goes through scipy's `solve_ivp` in a loop over couples, and, where it is
installed, through mesa with one agent a couple. With messages, words, media and truth, 2,000 a minute are 60 seconds,
and 30 on the clock for two processes; how many messages were written is said beside.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from math import inf
from multiprocessing import get_context

import numpy as np
from scipy.integrate import solve_ivp

from benchmarks.process import Figure
from ebbtide.simulator import make_dyads
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.integrate import euler
from ebbtide.simulator.systems.system import Floats

YEAR_HOURS = 8766
#: Couples that go through together: their states fit in the cache of a core.
TOGETHER = 2000
BUDGET = 3.0
#: Couple-years that the slow ways are measured on.
FEW = 2
#: Couples of each of these kinds whose chats are written, for a year each, and what 2,000 a minute on two cores allow.
KINDS, WRITTEN, YEAR_DAYS = ("secure", "anxious-avoidant"), 100, 365
WORDS_BUDGET, CLOCK_BUDGET = 60.0, 30.0


def figures() -> Iterator[Figure]:
    """Seconds per 1,000 couple-years of each way."""
    own = measured(ours, TOGETHER)
    yield Figure("dyad, 1,000 couple-years by the hour", own, "s", BUDGET)
    loop = measured(scipy_loop, FEW)
    yield Figure("  the same in a loop over solve_ivp", loop, "s", inf)
    if find_spec("mesa") is not None:
        yield Figure("  the same with mesa", measured(mesa, FEW), "s", inf)
    yield from chats()


def chats() -> Iterator[Figure]:
    """Seconds per 1,000 couple-years with events and words, in one process and on the clock of two."""
    couples = WRITTEN * len(KINDS)
    start = time.process_time()
    messages = sum(written(kind) for kind in KINDS)
    own = (time.process_time() - start) / couples * 1000
    yield Figure("dyad, 1,000 couple-years with words", own, "s", WORDS_BUDGET)
    yield Figure("  messages a day in these", messages / couples / YEAR_DAYS, "", inf)
    # Spawned: a fork of a process in which polars has run its threads can hang.
    with get_context("spawn").Pool(2) as pool:
        pool.map(len, KINDS, chunksize=1)
        clock = time.perf_counter()
        pool.map(written, KINDS, chunksize=1)
    yield Figure("  on the clock of two processes", (time.perf_counter() - clock) / couples * 1000, "s", CLOCK_BUDGET)


def written(kind: str) -> int:
    """Write the chats of some couples of a kind; the number of messages in them."""
    couples = make_dyads(range(WRITTEN), kind=kind, days=YEAR_DAYS)
    return sum(couple.conversation.messages.height for couple in couples)


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
