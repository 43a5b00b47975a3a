"""The dyad: two people, each with alarm, distance, reaching and stress, and the closeness between them.

It joins three accounts. *Approach and avoidance*: closeness beyond what a person is at ease with raises alarm,
distance lets it fall (Miller 1944; Birnbaum & Reis 2019). *Attachment*: anxious people reach as the other grows
distant, avoidant people take fright at closeness (Mikulincer & Shaver 2016). *Demand and withdrawal*: being reached
for while alarmed raises alarm (Christensen & Heavey 1990; Schrodt, Witt & Shimkowski 2014). For k and the other, j,
per day:

    alarm      A' = −calming·A + closeness_alarm·avoidance·[C − comfort]₊ + pressing·(P_j + ½demand_by_j)
                    + S − protection·V
    distance   D' = −returning·D + withdrawing·(1 − D)·σ((A − 1)/¼)                        so 0 ≤ D ≤ 1
    reaching   P' = −letting_go·P + reaching_drive·anxiety·σ((D_j − 0.4)/0.1)·(1 − V)      no drive while giving space
    stress     S' = (outside_stress − S)/stress_days + noise          valued   V' = (appreciated − V)/valued_days
    anxiety'   = −easing·(1 − D_j)·anxiety                    avoidance' = −easing·C/(1 + P_j)·avoidance
    closeness  C' = growing·(1 − D_a)(1 − D_b) − fading·C

*Why so.* Alarm is measured in units of the alarm at which a person withdraws at half speed, so that "1" means the
same in everybody; the widths ¼ and 0.1 say how sharp that is. Distance saturates: nobody can be further than away.
What the other's distance sets off is reaching, not alarm: that is the asymmetry of demand and withdrawal. Feeling
valued (V) both calms and makes the other's distance less of a threat (S4). Stress enters as alarm from outside and is
where chance comes in (an Ornstein–Uhlenbeck process), beside passing alarms. Attachment drifts to security with a
partner who is there and does not press (S5). A demand presses by half as much as being reached for all day, and draws
messages that are owed: there are more of them, and the warmth of all is less, since a smaller part is given freely
(S6).

*Loops.* A_k → D_k → P_j → A_k feeds itself; closeness → alarm → distance → closeness holds itself back, and is what
makes people swing between near and far. `dyad_loop` has the gain of the first and the threshold it predicts.
*Limits*: with pressing or anxiety 0 nothing feeds itself; with avoidance 0 closeness does not matter to alarm, and
with both sides pressing the pair has one state or several as in Liebovitch et al. 2008; with pressing 0 and strong
avoidance it is a damped, then a lasting swing as in Strogatz 1988 and Boker & Laurenceau 2006.

The numbers are ours, chosen so that a spell takes days; none is measured on people. No hormone is modelled: "alarm" may
be read as a stress response and "valued" as reward, as an interpretation (grade: mixed), not as a measurement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

import numpy as np
from scipy.special import expit

from ebbtide.simulator.systems import dyad_events, dyad_loop
from ebbtide.simulator.systems.dyad_loop import DEMAND, NOTICE_WIDTH, NOTICED, PAIRS
from ebbtide.simulator.systems.system import (
    NOT_NEGATIVE,
    SHARE,
    Equilibrium,
    Field,
    Floats,
    Parameter,
    State,
    System,
    Values,
    pair,
)

PEOPLE = ("a", "b")
STEP = 1 / 24
#: The fastest rate that hourly steps follow.
RATE = (0.0, 12.0)
FASTER = (1e-6, 12.0)
OURS = "chosen here, so that a spell takes days"


def field(p: Values) -> Field:
    """Rates of change per day of the fifteen states, in the order of `STATES`."""
    mine = {name: dyad_loop.both(p, name) for name in PAIRS}
    calming, returning, letting_go = mine["calming"], mine["returning"], mine["letting_go"]
    withdrawing, pressing, reaching = mine["withdrawing"], mine["pressing"], mine["reaching_drive"]
    demanded = DEMAND * pressing * mine["demand_by"][::-1]
    hesitating = p["hesitating"]
    growing, fading, frightened = p["growing"], p["fading"], p["closeness_alarm"]
    space_ends = p["space_from"] + mine["space_by"]
    gives_space = bool(np.any(mine["space_by"] > 0))

    def rates(t: float, x: Floats) -> Floats:
        z = x.reshape(15, -1)
        alarm, distance, reach, stress, valued = z[0:2], z[2:4], z[4:6], z[6:8], z[8:10]
        anxiety, avoidance, close = z[10:12], z[12:14], z[14]
        out = np.empty_like(z)
        here = 1 - distance
        out[0:2] = pressing * reach[::-1] - calming * alarm
        out[0:2] += frightened * avoidance * np.maximum(close - mine["comfort"], 0)
        out[0:2] += stress - p["protection"] * valued + demanded
        out[2:4] = withdrawing * here * expit((alarm - 1) / hesitating) - returning * distance
        drive = reaching * anxiety * expit((distance[::-1] - NOTICED) / NOTICE_WIDTH) * (1 - valued)
        if gives_space:
            drive = np.where((t >= p["space_from"]) & (t < space_ends), 0.0, drive)
        out[4:6] = drive - letting_go * reach
        out[6:8] = (mine["outside_stress"] - stress) / p["stress_days"]
        out[8:10] = (mine["appreciated"] - valued) / p["valued_days"]
        out[10:12] = -p["easing"] * here[::-1] * anxiety
        out[12:14] = -p["easing"] * close * avoidance / (1 + reach[::-1])
        out[14] = growing * here[0] * here[1] - fading * close
        return out.reshape(x.shape)

    return rates


def noise(p: Values) -> Floats:
    """Standard deviation per square root of a day: of passing alarms, and of stress, so that it swings as set."""
    swing = p["stress_swing"] * np.sqrt(2 / np.asarray(p["stress_days"], dtype=np.float64))
    rows = np.zeros((15, *np.broadcast_shapes(np.shape(swing), np.shape(p["alarms"]))))
    rows[0:2], rows[6:8] = p["alarms"], swing
    return rows


def begin(p: Values) -> Mapping[str, float]:
    """Stress, feeling valued and attachment start where the parameters say, closeness near its highest."""
    same = {"stress": "outside_stress", "valued": "appreciated", "anxiety": "anxiety", "avoidance": "avoidance"}
    pairs = {f"{state}_{k}": p[f"{name}_{k}"] for state, name in same.items() for k in PEOPLE}
    return {**pairs, "closeness": 0.8 * p["growing"] / p["fading"]}


def derived(p: Values, t: Floats, rows: Floats) -> Mapping[str, Floats]:
    """Warmth of each over a path, 1 at its most: what is left by distance, by the share of messages given freely."""
    warmth = {}
    for i, k in enumerate(PEOPLE):
        given, owed = dyad_events.given(p, rows, i), dyad_events.owed(p, i)
        warmth[f"warmth_{k}"] = (1 - rows[: len(t), 2 + i]) * given / (given + owed + 1e-12)
    return warmth


def more(p: Values, rest: Sequence[Equilibrium]) -> Mapping[str, Any]:
    """The gain of each one's loop at the calmest state of rest, the highest it reaches, and the threshold."""
    if not rest:
        return {}
    calm = min(rest, key=lambda e: e.at["distance_a"] + e.at["distance_b"])
    return {
        "loop_gain": {k: dyad_loop.gain(p, calm.at, i) for i, k in enumerate(PEOPLE)},
        "strongest_gain": {k: dyad_loop.strongest(p, i) for i, k in enumerate(PEOPLE)},
        "threshold": {f"pressing_{k}": dyad_loop.threshold(p, calm.at, i) for i, k in enumerate(PEOPLE)},
        "assumes": "attachment, stress and feeling valued held where they start",
    }


def person(
    name: str, default: float, plausible: tuple[float, float], meaning: str, **other: Any
) -> tuple[Parameter, ...]:
    """A parameter that each of the two has."""
    source = other.pop("source", OURS)
    return pair(
        name, (default, default), plausible, meaning, source, other.pop("possible", RATE), suffixes=("_a", "_b")
    )


def states(
    name: str, start: float, box: tuple[float, float], meaning: str, possible: tuple[float, float] = (-inf, inf)
) -> tuple[State, State]:
    """A state that each of the two has."""
    return State(f"{name}_a", start, box, meaning, possible), State(f"{name}_b", start, box, meaning, possible)


STATES = (
    *states("alarm", 0.0, (-2, 5), "alarm; at 1 a person withdraws at half speed, below 0 is at ease"),
    *states("distance", 0.05, (0, 1), "how far a person has withdrawn; 1 is gone", SHARE),
    *states("reaching", 0.0, (0, 3), "how much a person reaches; adds to the logarithm of messages", NOT_NEGATIVE),
    *states("stress", 0.0, (0, 1), "alarm a day from outside: work, money, illness, grief"),
    *states("valued", 0.4, (0, 1), "feeling valued and of use", SHARE),
    *states("anxiety", 0.3, (0, 1), "attachment anxiety: fear of being left", SHARE),
    *states("avoidance", 0.3, (0, 1), "attachment avoidance: unease with closeness", SHARE),
    State("closeness", 0.8, (0, 1), "closeness between the two", NOT_NEGATIVE),
)
SHARED = (
    Parameter("closeness_alarm", 2.0, (0, 4), "alarm a day from closeness beyond comfort, at avoidance 1", OURS, RATE),
    Parameter("protection", 0.4, (0, 1), "alarm a day that feeling fully valued takes away (S4)", OURS, RATE),
    Parameter("growing", 0.1, (0.01, 1), "how fast closeness grows when both are there, a day", OURS, RATE),
    Parameter("fading", 0.1, (0.01, 1), "how fast closeness fades by itself, a day", OURS, FASTER),
    Parameter(
        "easing", 0.0005, (0, 0.003), "drift of attachment to security, a day; about 4 years to half", OURS, RATE
    ),
    Parameter("stress_days", 4.0, (1, 30), "how long a stress lasts, in days", OURS, (0.1, 1e4)),
    Parameter("stress_swing", 0.08, (0, 0.3), "standard deviation of stress", OURS, (0.0, 10.0)),
    Parameter("alarms", 0.1, (0, 0.5), "passing alarms, per square root of a day", OURS, (0.0, 10.0)),
    Parameter("valued_days", 7.0, (1, 60), "how long appreciation is felt, in days", OURS, (0.1, 1e4)),
    Parameter("hesitating", 0.05, (0.02, 0.4), "span of alarm over which withdrawing sets in", OURS, FASTER),
    Parameter("quieter", 4.0, (0.5, 5), "fall of the logarithm of messages at distance 1", OURS, (0.0, 20.0)),
    Parameter("effort", 1.0, (0, 2), "messages owed per demand, as a share of a usual day (S6)", OURS, (0.0, 10.0)),
    Parameter("space_from", 0.0, (0, 365), "the day on which giving space begins", "scheduled", NOT_NEGATIVE),
)
EACH = (
    *person("avoidance", 0.3, (0, 1), "attachment avoidance at the start (ECR-R, scaled)", possible=SHARE),
    *person("anxiety", 0.3, (0, 1), "attachment anxiety at the start (ECR-R, scaled)", possible=SHARE),
    *person("comfort", 0.5, (0.2, 1), "closeness a person is at ease with", possible=(0.0, 100.0)),
    *person("calming", 0.5, (0.1, 3), "how fast alarm falls, a day", possible=FASTER),
    *person("pressing", 1.0, (0.2, 3), "alarm a day from being reached for"),
    *person(
        "returning",
        1.0,
        (0.05, 2),
        "how fast distance ends by itself, a day; low where interest fades (S9)",
        possible=FASTER,
    ),
    *person("withdrawing", 2.5, (0.2, 3), "how fast a person withdraws in full alarm, a day", possible=FASTER),
    *person("reaching_drive", 2.0, (0.5, 5), "reaching a day at the other's full distance, at anxiety 1"),
    *person("letting_go", 1.0, (0.3, 3), "how fast reaching ends by itself, a day", possible=FASTER),
    *person("appreciated", 0.4, (0, 1), "how valued the other lets this person feel", possible=SHARE),
    *person("outside_stress", 0.0, (0, 0.6), "mean stress from outside, as alarm a day"),
    *person("demand_by", 0.0, (0, 3), "demands this person makes a day (S6)", source="scheduled"),
    *person(
        "space_by", 0.0, (0, 30), "days for which this person gives space", source="scheduled", possible=NOT_NEGATIVE
    ),
    *person("messages", 20.0, (1, 100), "messages a day when near and calm", possible=(0.0, 1000.0)),
)

DYAD = System(
    id="dyad",
    title="Two people: closeness, alarm, distance, reaching",
    source="Ebbtide: approach–avoidance, attachment and demand–withdrawal joined",
    kind="sde",
    unit="days",
    states=STATES,
    parameters=(*EACH, *SHARED),
    field=field,
    span=120.0,
    step=STEP,
    settles=1600.0,
    noise=noise,
    begin=begin,
    held=tuple(f"{name}_{k}" for name in ("stress", "valued", "anxiety", "avoidance") for k in PEOPLE),
    derived=derived,
    more=more,
)
