"""What if: both runs meet the same chance, and each change does in the model what the domain says of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from ebbtide.simulator.alternatives import BAND, Ahead, Change, ahead
from ebbtide.simulator.fitting import prior
from ebbtide.simulator.fitting.days import started
from ebbtide.simulator.fitting.present import Present
from ebbtide.simulator.fitting.prior import full, values
from ebbtide.simulator.systems.system import Floats

A, B, N = 0, 1, 200
USUAL = (20.0, 20.0)


def away(pressing: float = 0.5, *, near: bool = False) -> Present:
    """Couples in which b is away and a reaches: a is anxious, b is pressed by it; or is near still."""
    places = np.random.default_rng(4).random((len(prior.ALL), N))
    for name, at in {"anxiety_a": 0.8, "pressing_b": pressing, "returning_b": 0.5, "quieter": 0.4}.items():
        places[prior.ALL.index(name)] = at
    states = started(full(values(places)), N)
    if not near:
        states[1], states[3], states[4], states[14] = 1.8, 0.7, 0.9, 0.3
    return Present(places, states, np.ones((2, N)))


def asked(now: Present, seed: int = 1, **change: float) -> Ahead:
    return ahead(now, Change(**change), A, USUAL, seed)  # type: ignore[arg-type]


def gap(found: Ahead, name: str) -> float:
    """The middle difference the change makes."""
    return float(found.fans[name].gap[2])


@pytest.mark.parametrize("laid", [np.ascontiguousarray, np.asfortranarray])
def test_nothing_changed_changes_nothing_however_states_lie_in_memory(laid: Callable[[Floats], Floats]) -> None:
    now = away()
    found = asked(Present(now.places, laid(now.states), now.usual))
    for fan in found.fans.values():
        np.testing.assert_array_equal(fan.now, fan.changed)
        assert not fan.gap.any()
        assert fan.less == fan.more == 0


def test_fans_are_ordered_and_as_long_as_asked() -> None:
    found = asked(away(), give_space=40)
    assert found.days == 54
    for fan in found.fans.values():
        assert fan.now.shape == (len(BAND), 55)
        assert (np.diff(fan.changed, axis=0) >= 0).all()
        assert (np.diff(fan.gap) >= 0).all()
    assert asked(away(), give_space=3).days == 30


def test_room_lets_the_one_who_is_pressed_come_nearer() -> None:
    found = asked(away(), give_space=14)
    assert gap(found, "distance_b") < -0.02
    assert found.fans["distance_b"].less > 0.4 > 0.05 > found.fans["distance_b"].more
    # Reaching stops at once: at letting go of 1 a day hardly any is left after three days.
    assert found.fans["reaching_a"].changed[2, 3] < 0.1 < found.fans["reaching_a"].now[2, 3]


def test_room_does_less_where_nobody_is_pressed_by_being_reached_for() -> None:
    assert gap(asked(away(1.0), give_space=14), "distance_b") < gap(asked(away(0.0), give_space=14), "distance_b")


def test_more_reaching_is_held_and_drives_away_who_was_near() -> None:
    found = asked(away(near=True), reach=80)
    assert found.fans["reaching_a"].changed[2, -1] == pytest.approx(np.log(4), abs=0.01)
    assert gap(found, "distance_b") > 0.05
    assert found.fans["distance_b"].more > 0.5 > 0.05 > found.fans["distance_b"].less


def test_reaching_asked_for_below_the_usual_is_none() -> None:
    assert asked(away(), reach=1).fans["reaching_a"].changed[2, -1] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("change", [{"appreciate": True}, {"stress_falls": True}, {"both_ease_off": True}])
def test_what_calms_brings_nearer(change: dict[str, float]) -> None:
    found = asked(away(), **change)
    assert gap(found, "distance_b") < 0
    assert found.fans["distance_b"].more < 0.1


def test_said_once_is_one_line_and_then_room() -> None:
    reach = asked(away(), say_once=True).fans["reaching_a"].changed[2]
    assert reach[0] == pytest.approx(0.9 + np.log(2))
    assert reach[5] < 0.1


def test_both_ease_off_for_as_long_as_is_said() -> None:
    short, week = (asked(away(), both_ease_off=True, **days).fans["reaching_a"] for days in ({"give_space": 3}, {}))
    assert short.changed[2, 3] < 0.1 > week.changed[2, 6]
    assert short.changed[2, 6] > 2 * week.changed[2, 6]


def test_one_seed_one_result() -> None:
    one, two, other = (asked(away(), seed=s, give_space=7).fans["distance_b"].now for s in (1, 1, 2))
    np.testing.assert_array_equal(one, two)
    assert (one != other).any()
