"""What could be found at best in chats that follow the dyad, by one who knows the law that made them.

This reader is told what no reading can know: each person's habits, the drift, every decoy, all the partner does, how
moods vary (not the mood of a day), how withdrawal comes, deepens and goes in couples of the same kind (from the true
courses of others), and of every single message whether distance spoke in it. It sees who began, which turns were
answered, how many messages a turn had. What it misses is not in the record, whatever reads it.

Withdrawal is the share kept of usual, in steps of six hours: a chain over levels that remembers two steps, beside an
AR(1) of daily moods. Courses are drawn from it given the record (forward filtering, backward sampling), the rule of the
dyad's chats marks the episodes in each, and what enough of them mark is named.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import Pool
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from ebbtide.simulator import DYADS, dyad_acts, dyad_couple
from ebbtide.simulator.dyad_kinds import PREFIX
from ebbtide.simulator.systems.dyad_spells import AWAY_BELOW, DEEP, LEAST_HOURS, stretches
from ebbtide.simulator.timing import ANSWER, AWAY, BIN, SCRIPT, START, Habits, Messages, Rates, person_rates
from validation.couples import HELD_OUT_FROM, make
from validation.episodes import HEAD, PROCESSES, line
from validation.score import Match, Span, match, score

Array = NDArray[np.float64]
#: Hours of a step, and shares kept that part the levels.
STEP = 6
EDGES = np.array([1e-4, 0.04, 0.09, 0.16, 0.25, DEEP, 0.43, AWAY_BELOW, 0.58, 0.66, 0.74, 0.82, 0.9, 1.4])
#: Moods in standard deviations, and how much of one is left on the next day.
MOODS, CARRY = np.array([-1.5, -0.75, 0.0, 0.75, 1.5]), 0.6
#: Couples whose true courses are learned from (seeds by which nothing is judged), and courses drawn of each person.
LEARNED_FROM, LEARNED, DRAWN, SEED = 700, 20, 150, 20261128
#: Shares of the drawn courses from which something is named: the best of them on the couples learned from is used.
BOUNDS = (0.3, 0.4, 0.5, 0.6)
#: What one step says counts as much as two steps that were seen this often.
LENT = 3.0
#: Minutes within which an answer comes, if one does.
LATEST = 720.0
STEPS_A_DAY, BINS_A_STEP = 24 // STEP, int(STEP * 60 // BIN)


@dataclass(frozen=True, slots=True)
class Asked:
    """Turns of the other with nothing between them: the step, the chance to answer each at share 1, whether one was."""

    step: int
    chances: tuple[float, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One of a couple by the step: true `share`, turns `begun`, as many as `expected` at share 1; messages in which
    distance spoke and did not (`distant`: 2, steps); `bursts`: step, messages beyond the first, as many as expected at
    share 1; what was `asked`; how much moods vary."""

    share: Array
    begun: Array
    expected: Array
    distant: Array
    bursts: tuple[tuple[int, int, float], ...]
    asked: tuple[Asked, ...]
    mood: float


@dataclass(frozen=True, slots=True)
class Told:
    """A couple as the reader is told of it, with its true episodes in days."""

    people: tuple[Person, Person]
    true: tuple[Span, ...]
    days: float


@dataclass(slots=True)
class Heard:
    """What the generator last played: what it was given, the messages, and whether distance spoke in each."""

    given: tuple[Any, ...] = ()
    messages: Messages | None = None
    distant: Sequence[bool] = ()


@contextmanager
def listening() -> Iterator[Heard]:
    """What the generator plays from here on."""
    heard, play, speak = Heard(), dyad_couple.simulate_messages, dyad_acts.unprompted

    def played(*given: Any) -> Messages:
        heard.given, heard.messages = given, play(*given)
        return heard.messages

    def spoken(*given: Any) -> dyad_acts.Unprompted:
        said = speak(*given)
        heard.distant = said.away
        return said

    with patch.object(dyad_couple, "simulate_messages", played), patch.object(dyad_acts, "unprompted", spoken):
        yield heard


def told(task: tuple[str, int]) -> Told:
    """Make one couple, and keep what made it."""
    with listening() as heard:
        known = make(*task)
    habits, calendar, end, spells, _, drift, _, courses = heard.given
    assert heard.messages is not None
    bins = int(end // BIN) + 1
    people = []
    for k in (0, 1):
        share, ones = courses[k].answers[:bins], np.ones(bins)
        course = replace(courses[k], starts=courses[k].starts[:bins] / share, answers=ones, burst=ones)
        steady = replace(habits[k], mood_sd=0.0)
        rates = person_rates(steady, k, calendar, bins, spells, drift, np.random.default_rng(SEED), course)
        people.append(person(k, share, habits[k], rates, heard.messages, np.array(heard.distant)))
    return Told((people[0], people[1]), known.true, known.days)


def person(
    k: int, share: Array, habits: Habits, rates: Rates, messages: Messages, distant: NDArray[np.bool_]
) -> Person:
    """What one of a couple did, beside what the rates at share 1 would have."""
    steps = len(share) // BINS_A_STEP
    begun, bursts, asked = np.zeros(steps), [], []
    heads = np.flatnonzero(messages.place == 0)
    sizes, last = (
        np.bincount(messages.turn),
        {int(t): float(a) for t, a in zip(messages.turn, messages.at, strict=True)},
    )
    waiting: list[tuple[float, int, float]] = []  # the end of a turn of the other, its step, the chance to answer it
    for head in heads.tolist():
        at, why, turn = float(messages.at[head]), int(messages.why[head]), int(messages.turn[head])
        now = min(int(at / 60 / STEP), steps - 1)
        if messages.person[head] == k:
            asked += [*answered(waiting, at if why == ANSWER else np.inf)]
            waiting = []
            if why != SCRIPT:
                begun[now] += why == START
                bursts.append((now, int(sizes[turn]) - 1, float(rates.extra[int(at / BIN)])))
        elif not waiting or last[turn] >= waiting[-1][0] + AWAY:
            chance = float(rates.answer[int(at / BIN)]) * (habits.goes_on if why == ANSWER else 1.0)
            waiting.append((last[turn], now, chance))
    asked += [*answered(waiting, np.inf)]
    expected = np.asarray(rates.starts)[: steps * BINS_A_STEP].reshape(steps, BINS_A_STEP).sum(axis=1)
    mean = share[: steps * BINS_A_STEP].reshape(steps, BINS_A_STEP).mean(axis=1)
    mine = np.flatnonzero((messages.person == k) & np.array([act is None for act in messages.act]))
    at_step = np.minimum(messages.at[mine] / 60 / STEP, steps - 1).astype(np.int64)
    told = [np.bincount(at_step[distant[mine] == yes], minlength=steps) for yes in (True, False)]
    return Person(mean, begun, expected, np.array(told, float), tuple(bursts), tuple(asked), habits.mood_sd)


def answered(waiting: Sequence[tuple[float, int, float]], at: float) -> Iterator[Asked]:
    """Turns that waited until an answer came: one of the last of them was answered, those before were not."""
    late = [each for each in waiting if each[0] < at - LATEST]
    for _, step, chance in late:
        yield Asked(step, (chance,), False)
    if rest := waiting[len(late) :]:
        yield Asked(rest[-1][1], tuple(chance for _, _, chance in rest), True)


def likelihood(who: Person, shares: Array) -> Array:
    """Log likelihood (steps, moods, levels) of what a person did, at the `shares` kept of the levels."""
    mood = MOODS * who.mood
    rate = who.expected[:, None, None] * np.exp(mood)[:, None] * shares
    out = who.begun[:, None, None] * (mood[:, None] + np.log(shares)) - rate
    spoke = np.clip(shares, 0.01, 0.99)
    out += (who.distant[0][:, None] * np.log1p(-spoke) + who.distant[1][:, None] * np.log(spoke))[:, None, :]
    for step, more, usual in who.bursts:
        extra = np.maximum(usual * np.sqrt(shares), 1e-9)
        out[step] += more * np.log(extra / (1 + extra)) - np.log1p(extra)
    for each in who.asked:
        chance = np.array(each.chances)[:, None, None] * np.exp(0.15 * mood)[:, None] * shares
        none = np.log1p(-np.minimum(chance, 0.98)).sum(axis=0)
        out[each.step] += np.log1p(-np.exp(none)) if each.answered else none
    return out


@dataclass(frozen=True, slots=True)
class Law:
    """How withdrawal goes in couples of a kind: `shares` of the levels (L), chances of the `first` (L) and of the one
    `following` two others (L, L, L)."""

    shares: Array
    first: Array
    following: Array


def levels(share: Array) -> NDArray[np.int64]:
    """The level of each share."""
    return np.clip(np.searchsorted(EDGES, share) - 1, 0, len(EDGES) - 2)


def law(courses: Sequence[Array]) -> Law:
    """Learned from true courses."""
    count = len(EDGES) - 1
    one, two = np.full((count, count), 1e-3), np.zeros((count, count, count))
    everything = np.concatenate(courses)
    at = levels(everything)
    middle = (EDGES[1:] + EDGES[:-1]) / 2
    shares = np.array([everything[at == i].mean() if (at == i).any() else middle[i] for i in range(count)])
    for course in courses:
        steps = levels(course)
        np.add.at(one, (steps[:-1], steps[1:]), 1)
        np.add.at(two, (steps[:-2], steps[1:-1], steps[2:]), 1)
    next_one = one / one.sum(axis=1, keepdims=True)
    following = (two + LENT * next_one) / (two.sum(axis=2, keepdims=True) + LENT)
    return Law(shares, one.sum(axis=1) / one.sum(), following)


def drawn(likely: Array, by: Law, rng: np.random.Generator) -> Array:
    """Shares kept (`DRAWN`, steps) in courses drawn given the record."""
    steps, moods, count = likely.shape
    turn = np.exp(-0.5 * (MOODS[None] - CARRY * MOODS[:, None]) ** 2 / (1 - CARRY**2))
    turn /= turn.sum(axis=1, keepdims=True)
    weight = np.exp(likely - likely.max(axis=(1, 2), keepdims=True))
    ahead = np.zeros((steps, moods, count, count))  # mood, level before, level now
    ahead[0] = np.einsum("m,mj,ij->mij", np.exp(-0.5 * MOODS**2), weight[0] * by.first, np.eye(count))
    ahead[0] /= ahead[0].sum()
    for t in range(1, steps):
        moved = np.einsum("mij,ijk->mjk", ahead[t - 1], by.following)
        moved = np.einsum("mq,mjk->qjk", turn, moved) if t % STEPS_A_DAY == 0 else moved
        moved *= weight[t][:, None, :]
        ahead[t] = moved / moved.sum()
    out = np.zeros((DRAWN, steps), np.int64)
    place = rng.choice(ahead[-1].size, size=DRAWN, p=ahead[-1].ravel())
    mood, before, now = np.unravel_index(place, ahead[-1].shape)
    out[:, -1] = now
    for t in range(steps - 2, -1, -1):
        out[:, t] = before
        kept = turn[:, mood] if (t + 1) % STEPS_A_DAY == 0 else np.eye(moods)[:, mood]
        chance = ahead[t][:, :, before] * by.following[:, before, now] * kept[:, None, :]
        chance = np.cumsum(chance.reshape(moods * count, DRAWN), axis=0)
        place = (chance < rng.random(DRAWN) * chance[-1]).sum(axis=0)
        now = before
        mood, before = np.unravel_index(place, (moods, count))
    return by.shares[out]


def away(share: Array) -> NDArray[np.bool_]:
    """The steps in an episode by the rule of systems/dyad_spells.py."""
    hourly, inside = np.repeat(share, STEP), np.zeros(len(share), np.bool_)
    for first, back in stretches(hourly < AWAY_BELOW):
        if back - first >= LEAST_HOURS and hourly[first:back].min() <= DEEP:
            inside[first // STEP : back // STEP] = True
    return inside


def inside(couple: Told, by: Law) -> tuple[Array, Array]:
    """By the step, the share of drawn courses in which each of the two is in an episode."""
    rng = np.random.default_rng(SEED)
    a, b = (np.mean([away(c) for c in drawn(likelihood(who, by.shares), by, rng)], axis=0) for who in couple.people)
    return a, b


def named(couple: Told, shares: tuple[Array, Array], bound: float) -> Match:
    """What is named from a bound on, against what is true."""
    found: list[Span] = []
    for k, share in enumerate(shares):
        for first, back in np.flatnonzero(np.diff(np.pad(share > bound, 1).astype(np.int8))).reshape(-1, 2).tolist():
            if (back - first) * STEP >= LEAST_HOURS - STEP:
                found.append((k, first / STEPS_A_DAY, None if back == len(share) else back / STEPS_A_DAY))
    return match(found, couple.true, days=couple.days)


def best_found(name: str, couples: int) -> list[Match]:
    """Held-out couples of a kind, read by one who has learned from others of it."""
    with Pool(PROCESSES) as pool:
        others = pool.map(told, [(name, LEARNED_FROM + i) for i in range(LEARNED)])
        by = law([who.share for each in others for who in each.people])
        judged = pool.map(told, [(name, HELD_OUT_FROM + i) for i in range(couples)])
        of_others, of_judged = (pool.starmap(inside, [(c, by) for c in some]) for some in (others, judged))

    def f1(bound: float) -> float:
        return score(map(named, others, of_others, [bound] * LEARNED)).f1 or 0.0

    bound = max(BOUNDS, key=f1)
    return [named(couple, shares, bound) for couple, shares in zip(judged, of_judged, strict=True)]


def main(argv: list[str]) -> None:
    """Print the table: python -m validation ceiling [--couples N] [NAME …]."""
    parser = argparse.ArgumentParser(prog="python -m validation ceiling", description=__doc__)
    parser.add_argument(
        "names", nargs="*", default=[PREFIX + kind for kind in DYADS], help="kinds of dyads; all if none"
    )
    parser.add_argument("--couples", type=int, default=10, help="couples of each kind")
    given = parser.parse_args(argv)
    print(HEAD)
    everything: list[Match] = []
    for name in given.names:
        found = best_found(name, given.couples)
        everything += found
        print(line(name, score(found)), flush=True)
    print(line("all", score(everything)))
