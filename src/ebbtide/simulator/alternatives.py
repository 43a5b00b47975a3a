"""What if: the same couples run on twice from where they may stand, as things go now and with something changed.

Both runs meet the same chance (common random numbers), so that what differs between them is what was changed.
All of it holds in the model only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ebbtide.simulator.fitting.days import A_DAY, CLOSENESS, DISTANCE, MOST, REACHING, STEP, levels
from ebbtide.simulator.fitting.present import Present
from ebbtide.simulator.fitting.prior import full, values
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.integrate import euler
from ebbtide.simulator.systems.system import Field, Floats, Values

#: Days looked ahead at least, and how many beyond the end of what is changed.
AHEAD, BEYOND = 30, 14
#: Days of room after one line that asks for nothing, and when both ease off, where no number is given.
QUIET_DAYS = 7.0
#: One line raises reaching by this much for a moment: about two messages where there was one.
ONE_LINE = float(np.log(2.0))
#: How valued one is who is appreciated for something that was seen, 0 to 1.
APPRECIATED = 0.9
#: How fast reaching is brought to what was asked for, a day.
HELD = 8.0
#: Quantiles of a fan.
BAND = (0.05, 0.25, 0.5, 0.75, 0.95)
#: A difference that counts: in distance, closeness and reaching, and in messages as a share of the usual.
CLEAR, CLEAR_SHARE = 0.05, 0.1
LARGEST_DAYS, LARGEST_REACH = 90.0, 100.0
#: Room for less than a step of the model cannot be told from more of it, and room for none is no change.
LEAST_DAYS = STEP


@dataclass(frozen=True, slots=True)
class Change:
    """What is changed, by the person who acts: days of room, messages a day, one line, appreciation, and so on."""

    give_space: float | None = None
    reach: float | None = None
    say_once: bool = False
    appreciate: bool = False
    both_ease_off: bool = False
    stress_falls: bool = False

    @property
    def days_ahead(self) -> int:
        """How far to look."""
        return int(max(AHEAD, (self.give_space or 0) + BEYOND))


@dataclass(frozen=True, slots=True)
class Fan:
    """One quantity over the days ahead: quantiles `BAND` (5, days + 1) as things go now and with the change.

    `gap` are the quantiles of the change's effect on each couple's mean over the days ahead; `less` and `more` the
    shares of couples in which it is clearly lower and clearly higher.
    """

    now: Floats
    changed: Floats
    gap: Floats
    less: float
    more: float


@dataclass(frozen=True, slots=True)
class Ahead:
    """The fans by name: closeness, and distance, reaching and messages a day of each person."""

    days: int
    fans: Mapping[str, Fan]


def ahead(now: Present, change: Change, actor: int, usual_messages: tuple[float, float], seed: int) -> Ahead:
    """Run on from now, unchanged and changed; `actor` 0 or 1 acts, who usually writes so many messages a day."""
    p = full(values(now.places))
    days = change.days_ahead
    plain = run(p, DYAD.field(p), now.states, days, seed)
    q = changed_values(p, change, actor)
    target = None if change.reach is None else target_reaching(change.reach, usual_messages[actor], now.usual[actor])
    start = changed_start(now.states, change, actor)
    other = run(q, held(q, target, actor), start, days, seed)
    unit = now.usual / np.array(usual_messages)[:, None]
    before, after = (seen(p, rows, unit) for rows in (plain, other))
    clear = {
        name: CLEAR_SHARE * usual_messages["ab".index(name[-1])] if "messages" in name else CLEAR for name in before
    }
    return Ahead(days, {name: fan(before[name], after[name], clear[name]) for name in before})


def run(p: Values, field: Field, start: Floats, days: int, seed: int) -> Floats:
    """States by the day: (days + 1, 15, couples). The same seed gives the same chance."""
    noise = DYAD.noise(p) if DYAD.noise else np.zeros(15)
    # Chance falls on couples in the order in which they lie in memory: the same for both runs.
    laid = np.ascontiguousarray(start)
    return euler(field, laid, STEP, days * A_DAY, noise, np.random.default_rng(seed), every=A_DAY)


def changed_values(p: Values, change: Change, actor: int) -> dict[str, Floats | float]:
    """The parameters under the change."""
    me, other = "ab"[actor], "ba"[actor]
    room = {me: change.give_space or 0.0, other: 0.0}
    if change.both_ease_off:
        room = dict.fromkeys(room, change.give_space or QUIET_DAYS)
    if change.say_once:
        room[me] = max(room[me], QUIET_DAYS)
    out = {**p, **{f"space_by_{k}": days for k, days in room.items()}}
    if change.appreciate:
        out[f"appreciated_{other}"] = APPRECIATED
    if change.stress_falls:
        out |= {f"outside_stress_{k}": np.zeros_like(np.asarray(p[f"outside_stress_{k}"])) for k in "ab"}
    return out


def changed_start(states: Floats, change: Change, actor: int) -> Floats:
    """The states from which the changed run begins: with one line said, if it is."""
    start = states.copy()
    if change.say_once:
        start[REACHING.start + actor] += ONE_LINE
    return start


def target_reaching(messages: float, usual_messages: float, usual: Floats) -> Floats:
    """The reaching at which somebody near writes so many messages a day; never below 0."""
    return np.log(np.maximum(messages / usual_messages * usual, 1.0))


def held(p: Values, target: Floats | None, actor: int) -> Field:
    """The equations, with the actor's reaching held where it was asked to be."""
    field = DYAD.field(p)
    if target is None:
        return field
    row = REACHING.start + actor

    def rates(t: float, x: Floats) -> Floats:
        out = field(t, x)
        out[row] = HELD * (target - x[row])
        return out

    return rates


def seen(p: Values, rows: Floats, unit: Floats) -> dict[str, Floats]:
    """What is shown of a run: (days + 1, couples) each; messages are a day."""
    level = np.minimum(levels(p, rows) / unit, MOST * 10)
    return {
        "closeness": rows[:, CLOSENESS],
        **{f"distance_{k}": rows[:, DISTANCE.start + i] for i, k in enumerate("ab")},
        **{f"reaching_{k}": rows[:, REACHING.start + i] for i, k in enumerate("ab")},
        **{f"messages_{k}": level[:, i] for i, k in enumerate("ab")},
    }


def fan(now: Floats, changed: Floats, clear: float) -> Fan:
    """Both courses by their quantiles, and what the change does to each couple."""
    gap = changed[1:].mean(axis=0) - now[1:].mean(axis=0)
    return Fan(
        np.quantile(now, BAND, axis=1),
        np.quantile(changed, BAND, axis=1),
        np.quantile(gap, BAND),
        float((gap < -clear).mean()),
        float((gap > clear).mean()),
    )
