"""Roles that are swapped half way: does the reading show who reached and who withdrew in the right order?

Two kinds of couples. In one, turns are taken; b withdraws for a while in the first half and a reaches meanwhile, then
the other way round. In the other, the log-linear hazard has effects on one person in the first half and on the other
in the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ebbtide.models.engagement import fit_engagement
from ebbtide.models.loop import LoopFit, fit_loop
from ebbtide.models.roles import roles
from ebbtide.signals.stream import Stream, stream
from validation.rivals import Rival, rival, to_conversation
from validation.rivals.intensity import calibrated, rules_of, run
from validation.rivals.life import Life
from validation.rivals.turns import converse, habits_of
from validation.rivals.week import BIN, DAY, Floats, Grid, grid_of, local_hours, readiness, taste_of, usual_schedule

DAYS = 180
#: First and last day of a withdrawal within a half, how deep it is, and by how much the other begins more meanwhile.
AWAY, DEPTH, MORE = (35.0, 56.0), 0.85, 2.0
THETA, PHI = -0.6, 0.6


@dataclass(frozen=True, slots=True)
class Judged:
    """Roles named in each half, (withdrawing, reaching); differences of θ and φ that are above 0 in the right order."""

    named: tuple[tuple[str, str], tuple[str, str]]
    ahead: dict[str, float]


def judge(seed: int) -> Judged:
    """Both couples of a seed."""
    flow = flow_of(taking_turns(seed))
    engagement, half = fit_engagement(flow, seed=1), flow.days // 2
    first, second = roles(engagement, 0, half), roles(engagement, half, flow.days)
    named = ((first.withdrawing, first.reaching), (second.withdrawing, second.reaching))
    found = fit_loop(flow_of(with_effects_swapped(seed)), seed=1)
    return Judged(named, {} if found is None else ahead(found))


def ahead(found: LoopFit) -> dict[str, float]:
    """How much more an effect lies on b in the first half than in the second, over the same of a, in its direction."""
    first, second = found.periods[1:]
    out = {}
    for name, field, sign in (("theta", "reached", -1), ("phi", "withdrawn_from", 1)):
        (a1, b1), (a2, b2) = getattr(first, field), getattr(second, field)
        out[name] = sign * ((b1.effect - b2.effect) - (a1.effect - a2.effect))
    return out


def flow_of(couple: Rival) -> Stream:
    """The couple's record as arrays."""
    talk = to_conversation(couple)
    return stream(talk, talk.coverage[-1][1])


def start(seed: int) -> tuple[np.random.Generator, Rival, Grid, Floats]:
    """A generator, a couple to fill, its grid, and how readily each writes."""
    rng, base = np.random.default_rng([seed, 80]), rival(seed, "thin", DAYS)
    grid = grid_of(base.grid.first_day, DAYS, base.tz)
    wall, weekday = local_hours(grid, base.tz), grid.first_day.weekday()
    ready = np.stack([readiness(wall, weekday, usual_schedule(rng, grid), taste_of(rng)) for _ in (0, 1)])
    return rng, base, grid, ready


def filled(base: Rival, grid: Grid, times: Floats, person: np.typing.NDArray[np.int8]) -> Rival:
    """The couple with these messages."""
    text: list[str | None] = [None] * times.size
    whole = replace(base, times=times, person=person, grid=grid, covered=(grid.start, grid.end), text=text)
    return replace(whole, episodes=[], notes=[], missing=[], minute_only=False)


def taking_turns(seed: int) -> Rival:
    """b withdraws in the first half while a reaches, a in the second while b does."""
    rng, base, grid, ready = start(seed)
    life, per_day = Life(grid), float(np.exp(rng.uniform(np.log(15), np.log(100))))
    for half, gone in ((0, 1), (1, 0)):
        span = life.between(*(grid.at(day + half * DAYS / 2) for day in AWAY))
        life.keen[gone, span] *= 1 - DEPTH
        life.eager[1 - gone, span] *= MORE
        life.nudge[1 - gone, span] += 0.2
    times, person = converse(rng, habits_of(rng, per_day, "light"), ready, life)
    return filled(base, grid, times, person)


def with_effects_swapped(seed: int) -> Rival:
    """θ and φ are on b in the first half and on a in the second."""
    rng, base, grid, ready = start(seed)
    rules = rules_of(rng, float(np.exp(rng.uniform(np.log(15), np.log(100)))))
    rules = calibrated(rng, replace(rules, theta=(0.0, 0.0), phi=(0.0, 0.0)), ready)
    middle = int(DAYS / 2 * DAY / BIN)
    times, people = [], []
    for part, on_b, at in ((slice(0, middle), 1, 0.0), (slice(middle, None), 0, DAYS / 2 * DAY)):
        theta, phi = ((0.0, THETA), (0.0, PHI)) if on_b else ((THETA, 0.0), (PHI, 0.0))
        some = ready[:, part]
        when, who = run(rng, replace(rules, theta=theta, phi=phi), some, np.zeros(some.shape))
        times.append(grid.start + at + when)
        people.append(who)
    return filled(base, grid, np.concatenate(times), np.concatenate(people))


def show(judged: Sequence[Judged]) -> None:
    """Print how often roles and effects come in the right order, and how often the wrong way round."""
    for place, word, first in ((0, "withdrawing", "b"), (1, "reaching", "a")):
        pairs = [(j.named[0][place], j.named[1][place]) for j in judged]
        second = "a" if first == "b" else "b"
        right, wrong = pairs.count((first, second)), pairs.count((second, first))
        halves = sum((one == first) + (two == second) for one, two in pairs)
        misled = sum((one == second) + (two == first) for one, two in pairs)
        print(
            f"{word}: right in both halves {right} of {len(pairs)}, the wrong way round {wrong}; "
            f"of {2 * len(pairs)} halves right {halves}, the other person {misled}"
        )
    for name in ("theta", "phi"):
        order = [j.ahead[name] for j in judged if j.ahead]
        print(f"{name} by period: right order {sum(v > 0 for v in order)} of {len(order)}")
