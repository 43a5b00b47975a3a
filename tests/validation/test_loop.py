"""The proof of the loop: its couples are what they are said to be, and its ranks tell right belief from wrong."""

from __future__ import annotations

import numpy as np
import pytest
from validation.loop import Judged, row
from validation.loop_couples import NOTHING, Task, made, talk_of
from validation.loop_ranks import place, show, uniform
from validation.loop_roles import AWAY, DAYS, start, taking_turns
from validation.loop_roles import Judged as Swapped
from validation.loop_roles import show as show_roles

from ebbtide.models.loop import Measured
from ebbtide.signals.stream import stream

SHORT = 40


def test_couples_without_effect_have_none_and_the_others_what_was_asked_for() -> None:
    assert made(Task("light", 1, SHORT)).effects == NOTHING
    assert made(Task("none", 1, SHORT)).effects == NOTHING
    assert made(Task("hazard", 1, SHORT, (-0.4, 0.3))).effects == {"theta": (-0.4, -0.4), "phi": (0.3, 0.3)}
    drawn = made(Task("drawn", 1, SHORT)).effects
    assert len({*drawn["theta"], *drawn["phi"]}) == 4


def test_holes_are_told_of_or_not_and_hold_no_message() -> None:
    told, untold = (Task(kind, 2, SHORT) for kind in ("holes", "missing"))
    couple = made(told)
    known, unknown = (talk_of(made(t), t) for t in (told, untold))
    flow = stream(known, known.coverage[-1][1])
    assert len(couple.missing) == len(flow.holes) == len(known.coverage) - 1 >= 1
    assert not any(((flow.at > lo) & (flow.at < hi)).any() for lo, hi in flow.holes)
    assert len(unknown.coverage) == 1
    assert unknown.events["at"].to_list() == known.events["at"].to_list()


def test_whole_minutes_are_marked_as_such() -> None:
    task = Task("minutes", 3, SHORT)
    talk = talk_of(made(task), task)
    flow = stream(talk, talk.coverage[-1][1])
    assert flow.minute_only
    assert not (flow.at % 60).any()


def test_ranks_are_even_where_belief_is_right_and_uneven_where_it_is_too_narrow() -> None:
    rng = np.random.default_rng(4)
    true = 0.4 * rng.standard_normal(400)
    # The estimate is a posterior mode under the model's own prior, which is wide.
    data, own = 1 / 0.25**2, 0.25
    effect = (true + 0.25 * rng.standard_normal(400)) * data / (data + own)
    spread = (data + own) ** -0.5
    right = np.array([place(t, e, spread) for t, e in zip(true, effect, strict=True)])
    narrow = np.array([place(t, e, spread / 1.6) for t, e in zip(true, effect, strict=True)])
    assert min(uniform(right)) > 0.05
    assert min(uniform(narrow)) < 0.001


def test_a_row_counts_claims_of_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    task, seen = Task("none", 1), Measured(-0.4, -0.7, -0.1)
    none = [Judged(task, n, 0.0, seen, claimed=n == "theta", without_effect=True) for n in ("theta", "phi")]
    some = [Judged(task, n, -0.4, seen, claimed=True, without_effect=False) for n in ("theta", "phi")]
    told = row("both", [none, some])
    assert "50.0%" in told
    assert told.endswith("1 of 1     |     1 of 2    ")
    show({"theta": np.linspace(0.005, 0.995, 100)})
    assert "[10, 10, 10, 10, 10, 10, 10, 10, 10, 10]" in capsys.readouterr().out


def test_who_withdraws_is_swapped_half_way(capsys: pytest.CaptureFixture[str]) -> None:
    couple = taking_turns(5)
    day = (couple.times - couple.grid.start) / 86400
    for half, gone in ((0, 1), (1, 0)):
        low, high = (edge + half * DAYS / 2 for edge in AWAY)
        own = day[couple.person == gone]
        away = ((own >= low) & (own < high)).sum() / (high - low)
        assert away < 0.5 * own.size / DAYS
    assert start(5)[2].days == DAYS
    show_roles([Swapped((("b", "a"), ("a", "b")), {"theta": 0.2, "phi": -0.1})])
    told = capsys.readouterr().out
    assert "withdrawing: right in both halves 1 of 1" in told
    assert "phi by period: right order 0 of 1" in told
