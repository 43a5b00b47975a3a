"""Couples for the proof of the loop: known effects or none, and records that are coarse, torn or of two time zones.

Couples come from other hands (validation/rivals). A log-linear hazard has known θ and φ; `mood`, `light` and `heavy`
have none at all, and write by mechanisms the model does not assume. `minutes`, `holes`, `missing` and `zones` are of
the log-linear hazard whose record shows whole minutes only, has holes that it tells of or does not, or who live seven
hours apart and work shifts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from ebbtide.conversation import Conversation
from validation.rivals import SEVEN_APART, Rival, rival, to_conversation
from validation.rivals.intensity import Rules, calibrated, dwell, rules_of
from validation.rivals.life import Life
from validation.rivals.turns import Tails, converse, habits_of
from validation.rivals.week import grid_of, local_hours, readiness, rotating_schedule, taste_of, usual_schedule

DAYS = 180
NOTHING = {"theta": (0.0, 0.0), "phi": (0.0, 0.0)}
KINDS = ("hazard", "none", "mood", "light", "heavy", "minutes", "holes", "missing", "zones")
#: Kinds made by the rivals themselves; of the others, those of turn takers.
RIVALS, TURN_TAKERS = ("hazard", "mood"), ("light", "heavy")
#: Kinds whose effects are drawn as those of the rivals' log-linear hazard are.
AS_DRAWN = ("minutes", "holes", "missing", "zones")
#: Standard deviation of effects drawn for rank statistics; beyond about 1 couples of the law fall silent or run away.
DRAWN_SD = 0.4
MOST_PER_DAY = 100


@dataclass(frozen=True, slots=True)
class Task:
    """One couple to make: `kind`, `seed`, `days`, and for power the θ and φ both persons have."""

    kind: str
    seed: int
    days: int = DAYS
    effects: tuple[float, float] | None = None


def made(task: Task) -> Rival:
    """The couple of a task."""
    if task.kind in RIVALS and task.effects is None:
        return rival(task.seed, task.kind, task.days)
    whole = plain(task)
    return torn(whole, task) if task.kind in ("minutes", "holes", "missing") else whole


def talk_of(couple: Rival, task: Task) -> Conversation:
    """The couple's record; one with holes tells of them."""
    talk = to_conversation(couple)
    if task.kind != "holes":
        return talk
    edges = [couple.covered[0], *(t for hole in couple.missing for t in hole), couple.covered[1]]
    moments = [datetime.fromtimestamp(t, UTC) for t in edges]
    return replace(talk, coverage=tuple(zip(moments[::2], moments[1::2], strict=True)))


def plain(task: Task) -> Rival:
    """A couple to whom nothing happens: turn takers with light or heavy tails, or a log-linear hazard."""
    rng = np.random.default_rng([task.seed, 77])
    base = rival(task.seed, "thin", task.days)
    apart = SEVEN_APART[task.seed % len(SEVEN_APART)]
    zones = apart if task.kind == "zones" else (base.tz, base.tz)
    grid = grid_of(base.grid.first_day, task.days, zones[0])
    weekday, walls = grid.first_day.weekday(), [local_hours(grid, zone) for zone in zones]
    weeks = [usual_schedule, rotating_schedule if task.kind == "zones" else usual_schedule]
    ready = np.stack(
        [readiness(wall, weekday, week(rng, grid), taste_of(rng)) for wall, week in zip(walls, weeks, strict=True)]
    )
    life, per_day = Life(grid), float(np.exp(rng.uniform(np.log(6), np.log(MOST_PER_DAY))))
    if task.kind in TURN_TAKERS:
        tails: Tails = "light" if task.kind == "light" else "heavy"
        times, person = converse(rng, habits_of(rng, per_day, tails), ready, life)
        effects = NOTHING
    else:
        rules = with_effects(task, rules_of(rng, per_day))
        times, person = dwell(rng, calibrated(rng, rules, ready), ready, life)
        effects = {"theta": rules.theta, "phi": rules.phi}
    text: list[str | None] = [None] * times.size
    covered = (grid.start, grid.end)
    whole = replace(base, times=times, person=person, tz=zones[0], grid=grid, covered=covered, effects=effects)
    return replace(whole, text=text, episodes=[], notes=[], missing=[], minute_only=False)


def with_effects(task: Task, rules: Rules) -> Rules:
    """The rules with the effects the task asks for."""
    if task.kind in AS_DRAWN:
        return rules
    if task.kind == "drawn":
        theta, phi = DRAWN_SD * np.random.default_rng([task.seed, 78]).standard_normal((2, 2))
        return replace(rules, theta=(float(theta[0]), float(theta[1])), phi=(float(phi[0]), float(phi[1])))
    theta_of_both, phi_of_both = task.effects or (0.0, 0.0)
    return replace(rules, theta=(theta_of_both, theta_of_both), phi=(phi_of_both, phi_of_both))


def torn(whole: Rival, task: Task) -> Rival:
    """The record in whole minutes, or with a hole of one to four days in about every month."""
    if task.kind == "minutes":
        return replace(whole, times=np.floor(whole.times / 60) * 60, minute_only=True)
    rng = np.random.default_rng([task.seed, 79])
    first = np.arange(15, task.days - 10, 30) + rng.uniform(0, 10, len(range(15, task.days - 10, 30)))
    missing = [(whole.grid.at(d), whole.grid.at(d + rng.uniform(1, 4))) for d in first.tolist()]
    kept = np.ones(whole.times.size, bool)
    for lo, hi in missing:
        kept &= (whole.times < lo) | (whole.times >= hi)
    text: list[str | None] = [None] * int(kept.sum())
    return replace(whole, times=whole.times[kept], person=whole.person[kept], text=text, missing=missing)
