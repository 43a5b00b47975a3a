"""The loop's full fit, both directions with goodness and placebos, over records of growing length (processor time)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.process import Figure
from ebbtide.models.loop import fit_loop
from ebbtide.signals.stream import Stream, stream
from ebbtide.simulator import make_couple

A_DAY, SEED = 150, 200
#: Days of the record and the seconds allowed for it; between these, linear.
BUDGETS = {90: 3.0, 180: 3.6, 365: 4.9, 730: 7.5, 1095: 10.0}


def figures() -> Iterator[Figure]:
    """Seconds of one core for each length, at 150 messages a day."""
    for days, budget in BUDGETS.items():
        flow = couple(days)
        start = time.process_time()
        fit_loop(flow, seed=1)
        spent = time.process_time() - start
        yield Figure(f"loop, {days} days, {flow.at.size:,} messages", spent, "s", budget)


def couple(days: int) -> Stream:
    """A couple that writes 150 messages a day: one that writes less, with further messages soon after some."""
    made = make_couple(SEED, kind="busy", days=days, words=False)
    flow = stream(made.conversation, made.conversation.coverage[-1][1])
    rng = np.random.default_rng(SEED)
    more = rng.integers(0, flow.at.size, max(A_DAY * days - flow.at.size, 0))
    rows = np.concatenate([np.arange(flow.at.size), more])
    at = flow.at[rows] + np.where(np.arange(rows.size) < flow.at.size, 0.0, rng.uniform(5, 90, rows.size))
    rows, at = rows[np.argsort(at)], np.minimum(np.sort(at), flow.end)
    return replace(flow, at=at, who=flow.who[rows], length=flow.length[rows], event=flow.event[rows])
