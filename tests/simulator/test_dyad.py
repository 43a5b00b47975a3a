"""The dyad: its limits, and what the domain says of people (S2 to S9), found in it and not put into it by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from validation.systems import course

from ebbtide.simulator.systems import dyad_events, dyad_loop, simulate
from ebbtide.simulator.systems.cycles import cycle
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.equilibria import eigenvalues, equilibria
from ebbtide.simulator.systems.integrate import euler, exact
from ebbtide.simulator.systems.system import Floats, checked

SECURE = {"anxiety": 0.2, "avoidance": 0.2}
ANXIOUS_AVOIDANT = {**SECURE, "anxiety_b": 0.8, "avoidance_a": 0.8}
#: b reaches for a, who is away, and has for long.
AWAY = {"distance_a": 0.69, "alarm_a": 2.0, "reaching_b": 0.9, "closeness": 0.3}
QUIET = {"stress_swing": 0.0, "alarms": 0.0}
A, B = 0, 1
DISTANCE, REACHING = 2, 4
#: From this distance on a person is far.
FAR = 0.5


def away(rows: Floats, person: int = A) -> float:
    """The share of days after a month on which a person has withdrawn."""
    return float((rows[30:, DISTANCE + person] >= FAR).mean())


def loop(rows: Floats) -> float:
    """How much one reaches while the other is away: the loop at work, both ways, after a month."""
    h = rows[30:]
    return float((h[:, DISTANCE + A] * h[:, REACHING + B] + h[:, DISTANCE + B] * h[:, REACHING + A]).mean())


# S5


def test_secure_couples_settle() -> None:
    rows = course(120, **SECURE)
    assert away(rows) < 0.01
    assert rows[-1, 14].mean() > 0.8


def test_anxious_beside_avoidant_has_the_strongest_loop() -> None:
    pairs = {
        "anxious–avoidant": ANXIOUS_AVOIDANT,
        "secure": SECURE,
        "both anxious": {**SECURE, "anxiety": 0.8},
        "both avoidant": {**SECURE, "avoidance": 0.8},
        "avoidant beside secure": {**SECURE, "avoidance_a": 0.8},
        "anxious beside secure": {**SECURE, "anxiety_b": 0.8},
    }
    strength = {name: loop(course(120, **given)) for name, given in pairs.items()}
    first, second = sorted(strength.values(), reverse=True)[:2]
    assert strength["anxious–avoidant"] == first
    assert first > 10 * second


def test_attachment_drifts_to_security_with_a_partner_who_is_there() -> None:
    steady = course(900, 1, **SECURE, **QUIET, easing=0.002)[-1, 10:14, 0]
    left = course(900, 1, **ANXIOUS_AVOIDANT, **QUIET, easing=0.002)[-1, 10:14, 0]
    assert (steady < 0.25 * 0.2).all()
    # The anxious one beside a partner who is away keeps a larger share of it, and so does the one who is pressed.
    assert left[1] / 0.8 > 1.5 * steady[1] / 0.2
    assert left[2] / 0.8 > 1.5 * steady[2] / 0.2


# S4


def test_feeling_valued_protects_from_outside_stress() -> None:
    stressed = {**SECURE, "anxiety_b": 0.6, "outside_stress_a": 0.3}
    assert away(course(120, **stressed, appreciated=0.1)) > 0.9
    assert away(course(120, **stressed, appreciated=0.8)) < 0.1


# S6


@pytest.mark.parametrize("demands", [0.1, 0.3, 1.0, 2.0])
def test_demands_bring_more_messages_and_less_warmth(demands: float) -> None:
    def answered(demand: float) -> tuple[float, float]:
        run = simulate("dyad", parameters={**SECURE, **QUIET, "demand_by_b": demand}, days=40)
        rows = np.column_stack([run.states[name] for name in DYAD.names])
        many = dyad_events.given(run.parameters, rows, A)[-1] + dyad_events.owed(run.parameters, A)
        return float(many), float(run.states["warmth_a"][-1])

    (calm_many, calm_warm), (many, warm) = answered(0.0), answered(demands)
    assert many > calm_many
    assert warm < calm_warm


# S9


def test_space_ends_a_spell_and_the_return_is_warm() -> None:
    loopy = {**SECURE, **QUIET, "anxiety_b": 0.8}
    pressed = course(60, 1, AWAY, **loopy)[:, DISTANCE, 0]
    spaced = course(60, 1, AWAY, **loopy, space_from=5.0, space_by_b=14.0)[:, :, 0]
    assert pressed.min() > 0.6
    assert spaced[20, DISTANCE] < 0.1
    assert spaced[60, DISTANCE] < 0.1
    assert spaced[60, 14] > 0.8


@pytest.mark.parametrize("fading", [{"returning_a": 0.02}, {"growing": 0.02}])
def test_fading_interest_does_not_come_back_close_with_space(fading: dict[str, float]) -> None:
    given = {**SECURE, **QUIET, "anxiety_b": 0.8, "space_from": 5.0, "space_by_b": 14.0, **fading}
    assert course(60, 1, AWAY, **given)[-1, 14, 0] < 0.3


def test_giving_space_stops_the_drive_only_for_that_time() -> None:
    p, _ = checked(DYAD, {"space_by_b": 3.0, "space_from": 1.0})
    x = DYAD.start(p, {"distance_a": 0.7})
    drive = [DYAD.field(p)(t, x)[REACHING + B] for t in (0.9, 1.0, 3.9, 4.0)]
    assert drive[0] == drive[3] > 0
    assert drive[1] == drive[2] == 0
    assert DYAD.field(p)(2.0, DYAD.start(p, {"distance_b": 0.7}))[REACHING + A] > 0


# Loop and threshold


def test_near_rest_the_loop_is_stable_exactly_below_a_gain_of_one() -> None:
    """Without avoidance: every state of rest found has G < 1 if it is stable, and G > 1 of one loop if it is not."""
    p, _ = checked(DYAD, {**SECURE, "anxiety": 0.8, "avoidance": 0.0, "pressing": 2.0, "easing": 0.0})
    found = equilibria(DYAD, p)
    assert {e.stable for e in found} == {True, False}
    for rest in found:
        worst = max(dyad_loop.gain(p, rest.at, k) for k in (A, B))
        assert (worst < 1) == rest.stable


def test_the_gain_is_the_product_of_slopes_of_the_equations() -> None:
    """Against the Jacobian taken numerically: ∂A'/∂P·∂P'/∂D·∂D'/∂A over the three rates of decay."""
    p, _ = checked(DYAD, ANXIOUS_AVOIDANT)
    rest = min((e.at for e in equilibria(DYAD, p)), key=lambda at: at["distance_a"])
    x, h = np.array([rest[n] for n in DYAD.names]), 1e-6
    rates = DYAD.field(p)

    def slope(of: str, by: str) -> float:
        up, down = x.copy(), x.copy()
        up[DYAD.names.index(by)] += h
        down[DYAD.names.index(by)] -= h
        return float((rates(0.0, up) - rates(0.0, down))[DYAD.names.index(of)] / (2 * h))

    ring = slope("alarm_a", "reaching_b") * slope("reaching_b", "distance_a") * slope("distance_a", "alarm_a")
    decay = -slope("alarm_a", "alarm_a") * slope("reaching_b", "reaching_b") * slope("distance_a", "distance_a")
    assert dyad_loop.gain(p, rest, A) == pytest.approx(ring / decay, rel=1e-5)


def test_a_loop_too_weak_to_tip_has_no_threshold_below_what_is_plausible() -> None:
    p, _ = checked(DYAD, {**SECURE, "anxiety_b": 0.0})
    assert dyad_loop.threshold(p, {"distance_b": 0.0}, A) is None
    weak = simulate("dyad", parameters={**SECURE, "anxiety": 0.04}, days=1).analysis.more
    assert weak["strongest_gain"]["a"] < 1
    assert weak["threshold"]["pressing_a"] > 3


# Limits


def test_left_alone_alarm_falls_at_its_own_rate() -> None:
    still = {**QUIET, "pressing": 0.0, "avoidance": 0.0, "protection": 0.0}
    p, given = checked(DYAD, {**still, "alarm_a": 2.0})
    rows = exact(DYAD.field(p), DYAD.start(p, given), np.array([0.0, 1.0, 4.0]))
    assert rows[:, 0] == pytest.approx(2 * np.exp(-0.5 * np.array([0, 1, 4])), rel=1e-6)


def test_in_steady_alarm_distance_rests_where_coming_and_going_balance() -> None:
    p, _ = checked(DYAD, {**QUIET, "pressing": 0.0, "avoidance": 0.0, "protection": 0.0, "outside_stress": 0.5})
    (rest,) = equilibria(DYAD, p)
    assert rest.at["alarm_a"] == pytest.approx(1.0)
    half = p["withdrawing_a"] / 2
    assert rest.at["distance_a"] == pytest.approx(half / (p["returning_a"] + half))


def test_without_avoidance_pressing_couples_have_one_state_or_several() -> None:
    """As in Liebovitch et al.: one state for a weak loop, more for a strong one, some of them with one person away."""
    weak, strong = ({**SECURE, "avoidance": 0.0, "anxiety": a, "pressing": 2.0} for a in (0.1, 0.8))
    assert sum(e.stable for e in equilibria(DYAD, checked(DYAD, weak)[0])) == 1
    found = [e.at for e in equilibria(DYAD, checked(DYAD, strong)[0]) if e.stable]
    states = {(at["distance_a"] > 0.5, at["distance_b"] > 0.5) for at in found}
    assert states == {(False, False), (True, False), (False, True), (True, True)}


def test_without_pressing_strong_avoidance_swings_between_near_and_far() -> None:
    """As in Strogatz and in Boker & Laurenceau: damped when it is weak, lasting when it is strong."""
    swing = {**QUIET, "pressing": 0.0, "easing": 0.0, "avoidance": 1.0, "growing": 0.5, "fading": 0.5, "comfort": 0.3}
    damped, _ = checked(DYAD, {**swing, "closeness_alarm": 1.2})
    (rest,) = equilibria(DYAD, damped)
    assert rest.kind == "spiral in"
    lasting, _ = checked(DYAD, {**swing, "closeness_alarm": 2.0})
    found = cycle(replace(DYAD, settles=300.0), lasting, DYAD.start(lasting))
    assert found is not None
    assert 5 < found.period < 10
    assert found.amplitude["closeness"] > 0.05


def test_distance_stays_between_nought_and_one_whatever_happens() -> None:
    rows = course(60, 50, **ANXIOUS_AVOIDANT, outside_stress=3.0, stress_swing=5.0, withdrawing=12.0, returning=12.0)
    assert rows[:, DISTANCE : DISTANCE + 2].min() >= 0
    assert rows[:, DISTANCE : DISTANCE + 2].max() <= 1
    assert rows[:, REACHING : REACHING + 2].min() >= 0


def test_roles_swap_with_the_people() -> None:
    swapped = {n.replace("_a", "_x").replace("_b", "_a").replace("_x", "_b"): v for n, v in ANXIOUS_AVOIDANT.items()}
    one, other = (course(40, 1, **given, **QUIET)[-1, :, 0] for given in (ANXIOUS_AVOIDANT, swapped))
    assert one[0:14:2] == pytest.approx(other[1:14:2])


def test_an_avoidant_person_pressed_more_goes_and_comes_back_month_by_month() -> None:
    """Below the threshold, beside a stable rest: closeness, fright, distance, ease, and closeness again (S2)."""
    p, _ = checked(DYAD, {**ANXIOUS_AVOIDANT, "pressing_a": 0.6})
    found = cycle(DYAD, p, DYAD.start(p))
    assert found is not None
    assert 20 < found.period < 45
    assert found.amplitude["distance_a"] > 0.4
    less, _ = checked(DYAD, {**ANXIOUS_AVOIDANT, "pressing_a": 0.2})
    assert cycle(DYAD, less, DYAD.start(less)) is None


# Steps, chance, messages


def test_hourly_steps_are_fine_enough() -> None:
    p, given = checked(DYAD, {**ANXIOUS_AVOIDANT, **QUIET, "easing": 0.0})
    start = DYAD.start(p, given)
    rough = euler(DYAD.field(p), start, 1 / 24, 24 * 40, np.zeros(15), None, every=24)
    assert rough == pytest.approx(exact(DYAD.field(p), start, np.arange(41.0)), abs=0.02)


def test_stress_swings_as_set() -> None:
    rows = course(200, 200, outside_stress=0.2, stress_swing=0.3)
    assert rows[50:, 6].mean() == pytest.approx(0.2, abs=0.02)
    assert rows[50:, 6].std() == pytest.approx(0.3, rel=0.05)


def test_many_couples_go_as_each_would_alone() -> None:
    p, _ = checked(DYAD, QUIET)
    together = {**p, "anxiety_b": np.array([0.2, 0.8]), "avoidance_a": np.array([0.2, 0.8])}
    starts = [DYAD.start({**p, "anxiety_b": v, "avoidance_a": v}) for v in (0.2, 0.8)]
    rows = euler(DYAD.field(together), np.array(starts).T, 1 / 24, 480, np.zeros(15), None, every=480)[-1]
    for i, v in enumerate((0.2, 0.8)):
        one = {**p, "anxiety_b": v, "avoidance_a": v}
        assert rows[:, i] == pytest.approx(euler(DYAD.field(one), starts[i], 1 / 24, 480, np.zeros(15), None)[-1])


def test_messages_come_at_the_rate_of_the_states_and_hardly_at_night() -> None:
    run = simulate("dyad", parameters={**SECURE, **QUIET, "messages_a": 60.0, "messages_b": 5.0}, days=100, seed=2)
    rows = np.column_stack([run.states[name] for name in DYAD.names])
    assert run.events is not None
    for k, name in enumerate("ab"):
        expected = dyad_events.given(run.parameters, rows, k).mean() * 100
        assert sum(who == name for _, who in run.events) == pytest.approx(expected, abs=4 * expected**0.5)
    hours = np.array([at % 1 * 24 for at, _ in run.events])
    assert ((hours >= 2) & (hours < 6)).mean() < 0.01
    assert [at for at, _ in run.events] == sorted(at for at, _ in run.events)


def test_nobody_writes_without_end() -> None:
    run = simulate("dyad", parameters={"reaching_a": 100.0, "messages": 1000.0}, days=1)
    assert len(run.events or ()) < 2 * dyad_events.MOST_A_DAY * 1.2


def test_the_truth_tells_spells_of_three_days_and_more() -> None:
    t = np.arange(0, 20, 1 / 24)
    rows = np.zeros((len(t), 15))
    for first, last in ((2, 4), (6, 10), (15, 30)):
        rows[(t >= first) & (t < last), DISTANCE] = 0.8
    rows[:, REACHING + B] = 0.5
    spells = dyad_events.truth(dict(DYAD.defaults), t, rows)["spells"]
    assert [(s["person"], round(s["start"]), s["end"] and round(s["end"])) for s in spells] == [
        ("a", 6, 10),
        ("a", 15, None),
    ]
    assert spells[0]["depth"] == pytest.approx(1 - np.exp(-0.8 * DYAD.defaults["quieter"]))
    assert spells[0]["other_reaching"] == pytest.approx(0.5)


def test_eigenvalues_leave_out_what_is_held() -> None:
    p, _ = checked(DYAD, SECURE)
    (rest,) = equilibria(DYAD, p)
    x = np.array([rest.at[n] for n in DYAD.names])
    free = [i for i, n in enumerate(DYAD.names) if n not in DYAD.held]
    assert len(eigenvalues(DYAD, p, x, free)) == 7
    assert len(eigenvalues(replace(DYAD, held=()), p, x)) == 15
