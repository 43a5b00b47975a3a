"""The models of two people: what their papers say, and the ways of following and judging equations."""

from __future__ import annotations

import json
from math import exp, pi
from pathlib import Path

import numpy as np
import pytest

import ebbtide as eb
from ebbtide.errors import BadSetting, NotEnoughData
from ebbtide.simulator.systems import SYSTEMS, basins, bifurcation, simulate, system
from ebbtide.simulator.systems.cycles import cycle, upward
from ebbtide.simulator.systems.equilibria import equilibria
from ebbtide.simulator.systems.integrate import euler, exact, late, path, rk4
from ebbtide.simulator.systems.oscillator_fit import fit_oscillators
from ebbtide.simulator.systems.system import checked
from validation import systems as claims

IDS = (
    *("strogatz", "rinaldi", "gragnani", "secure", "laura", "gottman"),
    *("felmlee", "liebovitch", "delay", "oscillator", "dyad"),
)
PAGE = Path(__file__).parents[2] / "docs" / "simulator.md"


@pytest.mark.parametrize("claim", claims.CLAIMS, ids=lambda c: f"{c.model}: {c.says}")
def test_what_the_paper_says_comes_out(claim: claims.Claim) -> None:
    got = claim.got()
    assert claim.holds(got), f"expected {claim.expected} within {claim.tolerance}, got {got}"


def test_a_claim_can_fail() -> None:
    claim = claims.Claim("laura", "", 4.0, lambda: 4.0, 0.1)
    assert claim.holds(4.39)
    assert not claim.holds(4.41)
    assert not claim.holds("none")


def test_every_model_of_the_table_is_there_with_a_claim_and_on_the_page() -> None:
    assert tuple(SYSTEMS) == IDS
    assert {c.model for c in claims.CLAIMS} == set(IDS)
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"| {c.model} | {c.says} | {claims.shown(c.expected)} |" in page for c in claims.CLAIMS)
    assert "| NO |" not in page


@pytest.mark.parametrize("name", IDS)
def test_every_parameter_says_what_it_means_and_whence_it_is(name: str) -> None:
    model = system(name)
    both = set(model.defaults) & set(model.names)
    assert all(model.start({**model.defaults, n: 0.7})[model.names.index(n)] == 0.7 for n in both), "two meanings"
    for p in model.parameters:
        assert p.meaning and p.source
        assert p.plausible[0] <= p.default <= p.plausible[1], p.name
        assert p.possible[0] <= p.plausible[0] or p.plausible[0] == 0, p.name
        assert p.possible[1] >= p.plausible[1], p.name


@pytest.mark.parametrize("name", IDS)
def test_a_run_is_the_schema_and_repeats_itself(name: str) -> None:
    days = 5 * system(name).step if name != "dyad" else 3.0
    run = simulate(name, duration=days, seed=3)
    again = simulate(name, duration=days, seed=3)
    data = json.loads(json.dumps(run.to_dict(), allow_nan=False))
    assert data == json.loads(json.dumps(again.to_dict()))
    assert data["schema"] == "ebbtide.run/1"
    assert data["model"] == name
    assert data["unit"] in {"hours", "days", "years", "steps"}
    assert all(len(column) == len(data["t"]) for column in data["states"].values())
    assert (data["events"] is None) == (name != "dyad")
    assert all(set(e) == {"at", "stable", "kind"} for e in data["analysis"]["equilibria"])
    assert "cycle" in data["analysis"]


def test_the_library_runs_days_and_freezes_the_run() -> None:
    run = eb.simulate("dyad", days=10, seed=1)
    assert run.t[-1] == pytest.approx(10)
    with pytest.raises(AttributeError):
        run.seed = 2  # type: ignore[misc]
    assert eb.simulate("laura", days=365.25).t[-1] == pytest.approx(1)


def test_another_seed_is_another_course_only_where_there_is_chance() -> None:
    def alarm(seed: int) -> float:
        return float(simulate("dyad", duration=2, seed=seed).states["alarm_a"][-1])

    assert alarm(1) != alarm(2)
    assert (
        simulate("laura", duration=1, seed=1).to_dict()["states"]
        == simulate("laura", duration=1, seed=2).to_dict()["states"]
    )


@pytest.mark.parametrize(
    ("model", "given", "words"),
    [
        ("nobody", {}, "no model"),
        ("strogatz", {"q": 1.0}, "It has a, b"),
        ("gragnani", {"alfa1": 1.0}, "alpha1"),
        ("strogatz", {"a": 0.0}, "above 0"),
        ("strogatz", {"a": float("nan")}, "finite|between"),
        ("dyad", {"anxiety_a": 1.2}, "between 0 and 1"),
        ("dyad", {"messages": 1e12}, "between"),
        ("gottman", {"r1": -0.1}, "between 0 and 1"),
        ("dyad", {"distance_a": -0.1}, "between 0 and 1"),
        ("gragnani", {"x1": -1.0}, "0 or more"),
        ("delay", {"tau": 1e-7}, "too short to follow"),
    ],
)
def test_what_cannot_be_is_said(model: str, given: dict[str, float], words: str) -> None:
    with pytest.raises(BadSetting, match=words):
        simulate(model, parameters=given)


def test_what_is_given_for_one_holds_beside_what_is_given_for_both() -> None:
    for given in ({"anxiety": 0.9, "anxiety_a": 0.2}, {"anxiety_a": 0.2, "anxiety": 0.9}):
        run = simulate("dyad", parameters=given, duration=2)
        assert (run.parameters["anxiety_a"], run.parameters["anxiety_b"]) == (0.2, 0.9)


@pytest.mark.parametrize(
    ("length", "words"),
    [({"duration": 0.0}, "too short"), ({"duration": 1e9}, "too long"), ({"duration": 1.0, "days": 1.0}, "not both")],
)
def test_lengths_that_cannot_be_are_said(length: dict[str, float], words: str) -> None:
    with pytest.raises(BadSetting, match=words):
        simulate("laura", **length)  # type: ignore[arg-type]
    with pytest.raises(BadSetting, match="in steps"):
        simulate("gottman", days=3)
    with pytest.raises(BadSetting, match="seed"):
        simulate("laura", seed=-1)


def test_a_name_without_its_ending_sets_both_and_a_state_sets_the_start() -> None:
    values, start = checked(system("liebovitch"), {"c": -1.0, "x": 2.0})
    assert values["c1"] == values["c2"] == -1.0
    assert start == {"x": 2.0}
    assert simulate("liebovitch", parameters={"x": 2.0}, duration=1).states["x"][0] == 2.0


def test_feelings_that_grow_without_end_end_the_run() -> None:
    run = simulate("rinaldi", parameters={"beta": 2.0})
    assert run.grew_at is not None
    assert run.grew_at == pytest.approx(run.t[-1], abs=0.2)
    assert not run.analysis.equilibria[0].stable
    assert run.analysis.cycle is None


def test_fixed_steps_agree_with_error_control_for_many_couples_at_once() -> None:
    model = system("laura")
    p = model.defaults
    starts = np.array([[0.0, 0.3, -0.2], [0.0, 0.1, 0.2], [0.0, 1.0, 2.0]])
    rows = rk4(model.field(p), starts, 0.002, 2000, every=1000)
    for couple in range(3):
        alone = exact(model.field(p), starts[:, couple], np.array([0.0, 2.0, 4.0]))
        assert rows[:, :, couple] == pytest.approx(alone, abs=1e-6)


def test_parameters_may_differ_from_couple_to_couple() -> None:
    model = system("strogatz")
    p = {"a": np.array([1.0, 4.0]), "b": np.array([1.0, 4.0])}
    rows = rk4(model.field(p), np.array([[1.0, 1.0], [0.0, 0.0]]), 0.01, 100)
    assert rows[-1, 0] == pytest.approx(np.cos([1.0, 4.0]), abs=1e-6)


def test_noise_spreads_as_it_should() -> None:
    """x' = −x + noise of size 1 spreads to a variance of one half."""
    start = np.zeros((1, 4000))
    rows = euler(lambda _, x: -x, start, 0.02, 500, np.ones(1), np.random.default_rng(1), every=500)
    assert rows[-1].var() == pytest.approx(0.5, rel=0.08)
    still = euler(lambda _, x: -x, start + 1, 0.02, 500, np.ones(1), None)
    assert still[-1, 0, 0] == pytest.approx(exp(-10), abs=1e-4)


def test_a_lag_is_followed_exactly() -> None:
    """x' = −x(t − 1) with x = 1 before 0: until 1 it is 1 − t, until 2 it is 1 − t + (t − 1)²/2."""
    t = np.arange(0, 2.01, 0.1)
    rows = late(lambda _, __, before: -before, np.array([1.0]), 1.0, t)[:, 0]
    assert rows == pytest.approx(np.where(t < 1, 1 - t, 1 - t + (t - 1) ** 2 / 2), abs=1e-3)


def test_without_a_lag_the_equations_are_ordinary() -> None:
    model = system("delay")
    p = {"a": 1.0, "b": 2.0, "tau": 0.0}
    t = np.arange(0, 3, 0.05)
    rows = path(model, p, np.array([1.0, 0.0]), t)
    assert rows[:, 0] == pytest.approx(np.exp(-t) * np.cos(2 * t), abs=1e-4)


def test_stability_of_a_late_reaction_turns_at_its_lag() -> None:
    for tau, stable in ((0.29, True), (0.31, False)):
        (rest,) = equilibria(system("delay"), {"a": 1.0, "b": 2.0, "tau": tau})
        assert rest.stable is stable


def test_a_round_is_measured_and_a_dying_swing_is_none() -> None:
    t = np.arange(0, 50, 0.1)
    assert np.diff(upward(t, np.sin(2 * pi * t / 7))) == pytest.approx(7, abs=1e-3)
    model = system("oscillator")
    assert cycle(model, model.defaults, model.start(model.defaults)) is None


def test_states_of_rest_over_a_parameter_change_where_they_should() -> None:
    model = system("liebovitch")
    found = bifurcation(model, model.defaults, "c", [0.5, 0.85, 0.95, 2.0], cycles=False)
    assert [sum(e.stable for e in rest) for rest in found.rest] == [1, 1, 2, 2]
    swings = bifurcation(system("gragnani"), system("gragnani").defaults, "b1", [0.0, 2.9]).cycles
    assert swings[0] is None
    assert swings[1] is not None
    with pytest.raises(BadSetting, match="not a parameter"):
        bifurcation(model, model.defaults, "x", [0.0])


def test_starts_end_at_the_state_on_their_side() -> None:
    model = system("liebovitch")
    found = basins(model, model.defaults, ("x", "y"), points=12)
    assert len(found.ends) == 2
    x, y = np.meshgrid(found.first, found.second)
    clear = np.abs(x + y) > 1
    upper = int(np.argmax([e.at["x"] for e in found.ends]))
    assert ((found.into == upper) == (x + y > 0))[clear].all()
    with pytest.raises(BadSetting, match="differential"):
        basins(system("gottman"), system("gottman").defaults, ("W", "H"))


def test_a_fit_needs_enough_rows() -> None:
    with pytest.raises(NotEnoughData):
        fit_oscillators(np.zeros((10, 2)), 1.0)


def test_states_of_rest_are_those_when_room_that_was_given_is_over() -> None:
    settings = {"anxiety_b": 0.8, "avoidance_a": 0.2, "pressing_a": 1.4}
    plain, room = (simulate("dyad", parameters={**settings, **p}, days=20) for p in ({}, {"space_by_b": 7.0}))
    assert len(plain.analysis.equilibria) == len(room.analysis.equilibria) == 3


def test_the_threshold_of_help_and_harm_is_told_only_where_it_holds() -> None:
    assert "threshold" in simulate("liebovitch").analysis.more
    assert "threshold" not in simulate("liebovitch", parameters={"b": 1.0}).analysis.more


def test_what_is_felt_alone_is_where_the_list_says() -> None:
    chosen = system("liebovitch")
    alone = {**chosen.defaults, "c1": 0.0, "c2": 0.0, "b1": 0.45}
    (rest,) = equilibria(chosen, alone)
    assert rest.at["x"] == pytest.approx(-alone["b1"] / alone["m1"])
    assert "−b/m" in next(p.meaning for p in chosen.parameters if p.name == "b1")
