"""The loop against known effects: coverage, claims where there is nothing, and power. python -m validation loop

Kinds of couples are described in validation/loop_couples.py. `power` has effects of −0.4 and 0.4 over 3, 6 and 12
months; `sbc` ranks true effects in what is believed of them; `roles` swaps who reaches and who withdraws half way.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import Pool

import numpy as np

from ebbtide.models.loop import LoopFit, Measured, fit_loop
from ebbtide.signals.stream import stream
from validation import loop_ranks, loop_roles
from validation.loop_couples import DAYS, KINDS, Task, made, talk_of

PROCESSES = 2
#: Couples used while the model was made have seeds below this.
HELD_OUT_FROM = 5000
POWER_DAYS, POWER_THETA, POWER_PHI = (90, 180, 360), -0.4, 0.4
MODES = (*KINDS, "power", "sbc", "roles")


@dataclass(frozen=True, slots=True)
class Judged:
    """One effect on one person: true and measured, and whether it was claimed, of the whole or of any period."""

    task: Task
    name: str
    true: float
    measured: Measured
    claimed: bool
    without_effect: bool


def fitted(task: Task) -> tuple[dict[str, tuple[float, float]], LoopFit | None]:
    """The true effects of a task's couple and the loop fitted to its record."""
    couple = made(task)
    talk = talk_of(couple, task)
    return couple.effects, fit_loop(stream(talk, talk.coverage[-1][1]), seed=1)


def judge(task: Task) -> list[Judged]:
    """Fit one couple's loop and set it beside the truth."""
    effects, found = fitted(task)
    return [] if found is None else compared(task, effects, found)


def compared(task: Task, effects: dict[str, tuple[float, float]], found: LoopFit) -> list[Judged]:
    """Both effects on both persons."""
    none = not any(v for pair in effects.values() for v in pair)
    out = []
    for index, (name, field) in enumerate((("theta", "reached"), ("phi", "withdrawn_from"))):
        for k in (0, 1):
            seen: list[Measured] = [getattr(p, field)[k] for p in found.periods]
            claimed = any(m.clear for m in seen) and found.claims(k, index)
            out.append(Judged(task, name, effects[name][k], seen[0], claimed, none))
    return out


def run(tasks: Sequence[Task], processes: int) -> list[list[Judged]]:
    """Judge all couples, so many at a time."""
    with Pool(processes) as pool:
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
    # A claim of what is not there, whatever else the couple has.
    false = [any(j.claimed and not j.true for j in each) for each in couples]
    cells.append(f"{sum(none):>5} of {len(none):<5} | {sum(false):>5} of {len(false):<5}")
    return " |".join(cells)


def main(argv: list[str]) -> None:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(prog="python -m validation loop", description=__doc__)
    parser.add_argument("kinds", nargs="*", help=f"some of {', '.join(MODES)}; all if none")
    parser.add_argument("--couples", type=int, default=40, help="couples of each kind")
    parser.add_argument("--first", type=int, default=HELD_OUT_FROM, help="first seed")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="couples fitted at a time")
    given = parser.parse_args(argv)
    kinds, seeds = given.kinds or MODES, range(given.first, given.first + given.couples)
    tables(kinds, seeds, given.processes)
    if "sbc" in kinds:
        loop_ranks.show(loop_ranks.places([fitted(Task("drawn", s)) for s in seeds]))
    if "roles" in kinds:
        loop_roles.show([loop_roles.judge(s) for s in seeds])


def tables(kinds: Sequence[str], seeds: Sequence[int], processes: int) -> None:
    """Coverage, claims and power of each kind of couples."""
    rows = [(f"{kind}, {DAYS} days", [Task(kind, s) for s in seeds]) for kind in kinds if kind in KINDS]
    if "power" in kinds:
        for days in POWER_DAYS:
            tasks = [Task("hazard", s, days, (POWER_THETA, POWER_PHI)) for s in seeds]
            rows.append((f"θ −0.4, φ 0.4, {days} days", tasks))
    if rows:
        effect = f"{'covered':>9} {'bias':>7} {'width':>6} {'claimed':>7}"
        heads = " | ".join((f"θ {effect}", f"φ {effect}", "no effect, claim", "any false claim"))
        print(f"{'':<28} {'couples':>7} |{heads}")
    for title, tasks in rows:
        print(row(title, run(tasks, processes)), flush=True)
