"""What a push does, in words: against maps whose ends are known, and against pushes that are followed."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from ebbtide.cli import pushes
from ebbtide.simulator.systems import Equilibrium, system
from ebbtide.simulator.systems.cycles import Cycle, quiet
from ebbtide.simulator.systems.integrate import path
from ebbtide.simulator.systems.sweeps import Basins, Branches

STAYS, LEAVES = Equilibrium({}, stable=True, kind="node"), Equilibrium({}, stable=False, kind="saddle")
ROUND = Cycle(9.0, {}, {})


def map_of(*rows: str) -> Basins:
    """A map over x and y from 0 to 1, the lowest y first: the number of each end, "-" for none."""
    into = np.array([[-1 if end == "-" else int(end) for end in row] for row in rows])
    first, second = (np.linspace(0, 1, n) for n in reversed(into.shape))
    return Basins(("x", "y"), first, second, (STAYS, STAYS), into)


@pytest.mark.parametrize(
    ("rows", "start", "told"),
    [
        (("00011", "00011", "11111"), {"x": 0, "y": 0}, ("x to 0.75 carries", "to 0.5 not", "y to 1 carries")),
        (("00011", "00011", "00111"), {"x": 0.05, "y": 0.1}, ("x to 0.75", "none of y alone")),
        (("00011", "00011", "00111"), {"x": 1, "y": 0}, ("x to 0.5 carries", "to 0.75 not", "none of y alone")),
        (("00-11",), {"x": 0, "y": 0}, ("x to 0.75 carries", "to 0.25 not")),
        (("00-00",), {"x": 0, "y": 0}, ("none of x alone", "none of y alone")),
    ],
)
def test_the_least_push_that_carries_across_is_told(
    rows: tuple[str, ...], start: dict[str, float], told: tuple[str, ...]
) -> None:
    said = pushes.across(map_of(*rows), start) or ""
    assert all(words in said for words in told), said


def test_a_start_that_comes_to_no_rest_or_lies_off_the_map_is_pushed_nowhere() -> None:
    assert pushes.across(map_of("-0011"), {"x": 0, "y": 0}) is None
    assert pushes.across(map_of("00011"), {"x": 2, "y": 0}) is None


def test_over_a_range_the_values_with_several_ways_to_end_are_told() -> None:
    rest = ((STAYS,), (STAYS, LEAVES, STAYS), (STAYS, STAYS), (STAYS,), (STAYS,))
    found = Branches("k", (0.0, 0.1, 0.2, 0.3, 0.4), rest, (None, None, None, None, ROUND))
    assert pushes.over(found).startswith("At k 0.1 to 0.2, 0.4 it can end in several ways: there a push")
    alone = Branches("k", (0.0, 0.1), ((STAYS,), (LEAVES,)), (None, ROUND))
    assert pushes.over(alone).startswith("At none of these values was more than one way to end found")


def test_where_nothing_stays_nothing_is_said_of_a_push() -> None:
    assert pushes.at_rest(0) is None


def test_the_push_that_the_map_in_the_docs_tells_does_carry_across() -> None:
    """Of the sentence under docs/simulator-basins.svg, followed here one start at a time."""
    dyad = system("dyad")
    p = {**dyad.defaults, "anxiety_b": 0.8, "avoidance_a": 0.2, "pressing_a": 3.0}
    told = Path("docs/simulator-basins.svg").read_text(encoding="utf-8")
    pushed = re.findall(r"one of (\w+) to ([\d.]+) carries it to another end, to ([\d.]+) not yet", told)
    assert [name for name, *_ in pushed] == ["distance_a", "reaching_b"]
    ends = []
    for name, value in [(name, float(at)) for name, there, not_yet in pushed for at in (not_yet, there)]:
        start = dyad.start(p, {name: value})
        t = np.arange(0.0, 401.0)
        ends.append(float(path(quiet(dyad), p, start, t)[-1, dyad.names.index("distance_a")]))
    assert [end > 0.5 for end in ends] == [False, True, False, True]
