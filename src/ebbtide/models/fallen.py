"""How far a person has fallen over the last days below what was to be expected: M of models.md C."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_banded

from ebbtide.signals.stream import DAY, HOUR, Floats

#: What happened this long ago counts 1/e.
MEMORY = 2 * DAY
#: A person who has fallen to e⁻² of the usual has fallen as far as is told apart.
MOST = 2.0


@dataclass(frozen=True, slots=True)
class Fallen:
    """Expected and written messages of one person, to be looked up at any moment.

    `edges` (n + 1,) UTC seconds and `total` (n + 1,) messages to be expected up to each; `own` times of messages;
    `grid` (g,) hourly moments with the faded sums `due` and `made` of what lies before them.
    """

    edges: Floats
    total: Floats
    own: Floats
    grid: Floats
    due: Floats
    made: Floats

    def __call__(self, moments: Floats) -> Floats:
        """M at UTC seconds `moments`, from what was before them; 0 as usual or above, at most 2."""
        moments = np.maximum(moments, self.grid[0])
        hour = np.clip(((moments - self.grid[0]) // HOUR).astype(np.int64), 0, self.grid.size - 1)
        fade = np.exp(-(moments - self.grid[hour]) / MEMORY)
        due = self.due[hour] * fade + self.expected(moments) - self.expected(self.grid)[hour]
        made = self.made[hour] * fade + self.written(moments) - self.written(self.grid)[hour]
        return np.asarray(np.clip(np.log((due + 1) / (made + 1)), 0.0, MOST))

    def expected(self, moments: Floats) -> Floats:
        """Messages to be expected up to each moment."""
        return np.asarray(np.interp(moments, self.edges, self.total))

    def written(self, moments: Floats) -> Floats:
        """Messages written up to each moment, itself included."""
        return np.searchsorted(self.own, moments, side="right").astype(np.float64)


def fallen(edges: Floats, expected: Floats, own: Floats) -> Fallen:
    """M of a person who was expected to write `expected` (n,) messages between `edges` (n + 1,) and wrote at `own`."""
    total = np.append(0.0, np.cumsum(expected))
    grid = np.arange(edges[0], edges[-1] + HOUR, HOUR)
    fade = np.exp(-HOUR / MEMORY)
    half = np.exp(-HOUR / 2 / MEMORY)
    counts = np.interp(grid, edges, total), np.searchsorted(own, grid, side="right")
    # Every hour holds what faded since the hour before, and what came: one sweep of a banded system.
    bands = np.array([np.ones_like(grid), np.full_like(grid, -fade)])
    due, made = (solve_banded((1, 0), bands, half * np.diff(count, prepend=count[0])) for count in counts)
    return Fallen(edges, total, own, grid, np.asarray(due), np.asarray(made))
