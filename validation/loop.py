"""The loop against known effects: coverage, claims where there is nothing, and power. python -m validation loop

Couples come from other hands (validation/rivals). The law `hazard` has known θ and φ; `mood`, and the turn takers
without episodes made here, have none at all, and write by mechanisms the model does not assume.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing import Pool

import numpy as np

from ebbtide.models.loop import LoopFit, Measured, fit_loop
from ebbtide.signals.stream import stream
from validation.rivals import Rival, rival, to_conversation
from validation.rivals.intensity import calibrated, dwell, rules_of
from validation.rivals.life import Life
from validation.rivals.turns import Tails, converse, habits_of
from validation.rivals.week import grid_of, local_hours, readiness, taste_of, usual_schedule

PROCESSES = 2
#: Couples used while the model was made have seeds below this.
HELD_OUT_FROM = 5000
DAYS = 180
NOTHING = {"theta": (0.0, 0.0), "phi": (0.0, 0.0)}
#: Kinds of couples: name, how they are made, and whether they have an effect for certain.
KINDS = ("hazard", "none", "mood", "light", "heavy")
POWER_DAYS, POWER_THETA, POWER_PHI = (90, 180, 360), -0.4, 0.4


@dataclass(frozen=True, slots=True)
class Task:
    """One couple to make: `kind`, `seed`, `days`, and for power the effects both persons have."""

    kind: str
    seed: int
    days: int = DAYS
    effects: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One effect on one person: true and measured, and whether it was claimed."""

    task: Task
    name: str
    true: float
    measured: Measured
    claimed: bool
    without_effect: bool


def made(task: Task) -> Rival:
    """The couple of a task."""
    if task.kind in ("light", "heavy") or task.effects is not None or task.kind == "none":
        return plain(task)
    return rival(task.seed, task.kind, task.days)


def plain(task: Task) -> Rival:
    """A couple to whom nothing happens: turn takers with light or heavy tails, or a log-linear hazard."""
    rng = np.random.default_rng([task.seed, 77])
    base = rival(task.seed, "thin", task.days)
    grid = grid_of(base.grid.first_day, task.days, base.tz)
    weekday, wall = grid.first_day.weekday(), local_hours(grid, base.tz)
    ready = np.stack([readiness(wall, weekday, usual_schedule(rng, grid), taste_of(rng)) for _ in (0, 1)])
    life, per_day = Life(grid), float(np.exp(rng.uniform(np.log(6), np.log(100))))
    if task.kind in ("light", "heavy"):
        tails: Tails = "light" if task.kind == "light" else "heavy"
        times, person = converse(rng, habits_of(rng, per_day, tails), ready, life)
        effects = NOTHING
    else:
        theta, phi = task.effects or (0.0, 0.0)
        rules = replace(rules_of(rng, per_day), theta=(theta, theta), phi=(phi, phi))
        times, person = dwell(rng, calibrated(rng, rules, ready), ready, life)
        effects = {"theta": (theta, theta), "phi": (phi, phi)}
    text: list[str | None] = [None] * times.size
    covered = (grid.start, grid.end)
    whole = replace(base, times=times, person=person, grid=grid, covered=covered, effects=effects, text=text)
    return replace(whole, episodes=[], notes=[], missing=[], minute_only=False)


def judge(task: Task) -> list[Judged]:
    """Fit one couple's loop and set it beside the truth."""
    couple = made(task)
    talk = to_conversation(couple)
    found = fit_loop(stream(talk, talk.coverage[-1][1]), seed=1)
    return [] if found is None else compared(task, couple.effects, found)


def compared(task: Task, effects: dict[str, tuple[float, float]], found: LoopFit) -> list[Judged]:
    """Both effects on both persons."""
    whole, none = found.periods[0], not any(v for pair in effects.values() for v in pair)
    out = []
    for index, (name, pair) in enumerate((("theta", whole.reached), ("phi", whole.withdrawn_from))):
        for k in (0, 1):
            claimed = pair[k].clear and found.claims(k, index)
            out.append(Judged(task, name, effects[name][k], pair[k], claimed, none))
    return out


def run(tasks: Sequence[Task]) -> list[list[Judged]]:
    """Judge all couples, two at a time."""
    with Pool(PROCESSES) as pool:
        return [found for found in pool.imap(judge, tasks) if found]


def row(title: str, couples: list[list[Judged]]) -> str:
    """One line: coverage of both effects, couples without effect that get a claim, claims of true effects."""
    cells = [f"{title:<28} {len(couples):>7}"]
    for name in ("theta", "phi"):
        mine = [j for each in couples for j in each if j.name == name]
        inside = np.mean([j.measured.low <= j.true <= j.measured.high for j in mine])
        width = np.median([j.measured.high - j.measured.low for j in mine])
        away = np.mean([j.measured.effect - j.true for j in mine])
        true = [j.claimed for j in mine if j.true]
        power = f"{np.mean(true):7.0%}" if true else "      –"
        cells.append(f"{inside:9.1%} {away:+7.2f} {width:6.2f} {power}")
    none = [any(j.claimed for j in each) for each in couples if each[0].without_effect]
    cells.append(f"{sum(none):>5} of {len(none):<5}")
    return " |".join(cells)


def main(argv: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m validation loop", description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"some of {', '.join(KINDS)}, power; all if none")
    parser.add_argument("--couples", type=int, default=40, help="couples of each kind")
    parser.add_argument("--first", type=int, default=HELD_OUT_FROM, help="first seed")
    given = parser.parse_args(argv)
    effect = f"{'covered':>9} {'bias':>7} {'width':>6} {'claimed':>7}"
    print(f"{'':<28} {'couples':>7} |{'θ ' + effect} |{'φ ' + effect} | claims where nothing is")
    seeds = range(given.first, given.first + given.couples)
    for kind in given.kinds or (*KINDS, "power"):
        if kind != "power":
            print(row(f"{kind}, {DAYS} days", run([Task(kind, s) for s in seeds])), flush=True)
            continue
        for days in POWER_DAYS:
            tasks = [Task("hazard", s, days, (POWER_THETA, POWER_PHI)) for s in seeds]
            print(row(f"θ −0.4, φ 0.4, {days} days", run(tasks)), flush=True)
