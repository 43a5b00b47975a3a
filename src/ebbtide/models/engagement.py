"""Engagement: for each person and day, how likely it is that the person had withdrawn, given the opportunity.

Starts out of quiet and answers to the other's turns are compared with what was to be expected of this person
(models/daycurve.py); the hidden states are those of models/chain.py. Usual and states are fitted in turn, so that
an episode does not become part of the usual it is measured against.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ebbtide.models.chain import (
    MINIMUM_STAY,
    Absence,
    Couple,
    Evidence,
    Shape,
    Smoothed,
    Transitions,
    mood_grid,
    sample,
    smooth,
    transitions,
)
from ebbtide.models.counts import count_likelihood
from ebbtide.models.daycurve import Expected, expected
from ebbtide.models.manner import Tone, coolness, flatness
from ebbtide.models.reports import Reports, nothing_reported, report_odds
from ebbtide.signals.fullness import Fullness, fullness
from ebbtide.signals.opportunities import Opportunities, day_sum, opportunities, turns
from ebbtide.signals.stream import Floats, Ints, Stream

#: Shares of the usual that a withdrawn person may keep.
SHARES = np.array([0.55, 0.4, 0.25, 0.12, 0.04])
#: Shares of the usual on a busy day.
BUSY = np.array([0.45, 0.2])
#: Chance per day to withdraw beforehand (about an episode in three months), how many days of the person's own record
#: that is worth, and the chance to stay so after the first three days.
ENTRY, ENTRY_DAYS = 1 / 90, 360.0
STAY = 1 - 1 / 7.0
#: Chance per day that a short or a long absence together begins, by weekday (Monday first), that both are slack, and
#: to go on with each.
SHORT_ENTRY = np.array([0.012, 0.012, 0.012, 0.02, 0.08, 0.08, 0.02])
LONG_ENTRY, SLACK_ENTRY = 0.02, 0.002
SHORT_STAY, LONG_STAY = 0.55, 0.85
#: Share of absences together that are spoken of the day before or that day; how far words may raise the chance of one,
#: and what they can raise it to in all.
TOGETHER_TOLD, MOST_TOLD, MOST_ABSENT = 0.7, 5.0, 0.4
#: Shares of the usual answers of people who are together: few, or about half. With hardly any, one who writes for weeks
#: into a blackout would count as being together with the other.
ANSWERED = (0.12, 0.5)
#: How likely people who are together are to write what is written to someone elsewhere, over what others are, in so
#: many messages a day at most. And how much less likely an absence together is in the days after one asked for room.
APART_TOGETHER, MOST_APART = 0.3, 2.0
ASKED_DAYS, ASKED_THEN_TOGETHER = 4, 0.05
#: What people who are together keep of the usual: both their starts, the answers of a, the answers of b. Each looks up
#: now and then, one more than the other; but who starts somewhat is answered somewhat: one who reaches into nothing is
#: not together with the other. On a journey both may keep a quarter of everything.
TOGETHER = (*((s, a, b) for s in (0.02, 0.1) for a in ANSWERED for b in ANSWERED), (0.25, 0.25, 0.25), (0.3, 0.5, 0.5))
#: The same of people who both have less to say for a while (exams, heat, a full house), neither withdrawing.
SLACK = ((0.6, 0.6, 0.6), (0.4, 0.5, 0.5))
#: What a person starts over the usual in reaction to the other's withdrawal: easing off nearly wholly, a lot or
#: somewhat, or more.
REACTING = np.array([0.12, 0.3, 0.55, 2.0])
#: Starts and answers of a day are not independent witnesses; their joint log likelihood is scaled by this.
TEMPER = 0.8
ROUNDS = 3
DRAWS = 200


@dataclass(frozen=True, slots=True)
class Temper:
    """How a person's days vary when nothing is the matter.

    `spread` and `persistence` of the daily mood (log scale), `shape` and `answer_shape` of the gammas that mix a day's
    starts and answers: answers come in conversations, and vary the more.
    """

    spread: float
    persistence: float
    shape: float
    answer_shape: float


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Turns one person began per local day (D,): out of quiet, and while an answer was due; and how full they were."""

    starts: Floats
    answers: Floats
    full: Fullness


@dataclass(frozen=True, slots=True)
class PersonDays:
    """One person's opportunities, what was to be expected, and the posterior of withdrawal.

    `withdrawn` (D,) from all days, `online` (D,) from the days up to each; `share` (D,) the expected share kept.
    """

    seen: DayCounts
    usual: Expected
    temper: Temper
    withdrawn: Floats
    online: Floats
    share: Floats


@dataclass(frozen=True, slots=True)
class Engagement:
    """Both persons' days, the probability of shared absence (D,), and drawn histories (N, D): the share each keeps of
    the usual while withdrawn, 1 on other days."""

    people: tuple[PersonDays, PersonDays]
    absent: Floats
    draws: tuple[Floats, Floats]
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said by day: `together` (D,), how much likelier such words are where an absence together begins; `space`
    (2, D), 1 where room was asked for by each, else 0.

    `trouble` (2, D) was named by each: work, money, illness, family. `apart` (D,) counts messages of either that are
    written to someone who is somewhere else, and missed calls. `tones` is how each wrote.
    """

    together: Floats
    space: Floats
    trouble: Floats
    apart: Floats
    tones: tuple[Tone, Tone]


def nothing_said(days: int) -> Spoken:
    """No words that bear on engagement."""
    none = np.zeros(days)
    nobody, unread = np.zeros((2, days)), Tone(none, none, none)
    return Spoken(np.ones(days), nobody, nobody, none, (unread, unread))


def fit_engagement(
    stream: Stream, *, seed: int, spoken: Spoken | None = None, reports: Reports | None = None, draws: int = DRAWS
) -> Engagement:
    """Fit usual and states in turn for both persons of a stream.

    `spoken` is what was said about it on which day, `reports` what was noted in check-ins.
    """
    chances = opportunities(stream)
    turned = turns(stream)
    seen = tuple(day_counts(c, fullness(stream, turned, k)) for k, c in enumerate(chances))
    spoken = spoken or nothing_said(stream.days)
    noted = (reports or nothing_reported(stream.days)).value
    known = stream.covered > 0
    absence = absences(stream, spoken)
    elsewhere = np.log(APART_TOGETHER) * np.minimum(spoken.apart, MOST_APART)
    openings = [opening_odds(words) for words in np.maximum(spoken.space, spoken.trouble)]
    weights = [first_weight(s, stream.covered) for s in seen]
    entries = [ENTRY, ENTRY]
    for _ in range(ROUNDS):
        usual = tuple(expected(c, w) for c, w in zip(chances, weights, strict=True))
        tempers = tuple(fit_temper(s, u, stream.covered) for s, u in zip(seen, usual, strict=True))
        flat = [
            known * (flatness(c.full, w) + coolness(tone, w)) + report_odds(v, w)
            for c, w, v, tone in zip(seen, weights, noted, spoken.tones, strict=True)
        ]
        opening_and_flat = list(zip(openings, flat, strict=True))
        smoothed, couple = infer(seen, usual, tempers, absence, opening_and_flat, elsewhere, entries)
        entries = entry_rates(smoothed.joint, couple.engaged, known)
        withdrawn = marginals(smoothed.joint, couple.engaged)
        absent = smoothed.absent.sum(axis=1)
        weights = [np.clip(1 - w - absent, 0.02, 1.0) for w in withdrawn]
    paths = sample(smoothed, couple, draws, seed)
    online = marginals(smoothed.filtered, couple.engaged)
    shares = kept(smoothed.joint, couple.engaged)
    people = [PersonDays(seen[k], usual[k], tempers[k], withdrawn[k], online[k], shares[k]) for k in (0, 1)]
    drawn = [drawn_shares(p - m) for p, m in zip(paths, couple.engaged, strict=True)]
    return Engagement((people[0], people[1]), absent, (drawn[0], drawn[1]), smoothed.log_likelihood)


def absences(stream: Stream, spoken: Spoken) -> Absence:
    """Chances of absences together by weekday, higher where being together was spoken of, and of slack times.

    Who has just asked for room does not go away together with the other, and neither has less to say by chance.

    Kinds are laid out as in `absent_likelihood`: short ones, long ones, slack.
    """
    weekday = (stream.first_day.weekday() + np.arange(stream.days)) % 7
    asked = np.convolve(spoken.space.max(axis=0), np.ones(ASKED_DAYS))[: stream.days] > 0
    heard = np.minimum(spoken.together, MOST_TOLD)
    short, long = SHORT_ENTRY[weekday] * heard, LONG_ENTRY * heard
    less = np.minimum(1.0, MOST_ABSENT / (short + long))
    short, long = short * less, long * less
    slack = np.full(stream.days, SLACK_ENTRY)
    kinds = ((short, SHORT_STAY, len(TOGETHER)), (long, LONG_STAY, len(TOGETHER)), (slack, LONG_STAY, len(SLACK)))
    entry = np.concatenate([np.repeat(e[:, None] / n, n, axis=1) for e, _, n in kinds], axis=1)
    entry = np.where(asked[:, None], entry * ASKED_THEN_TOGETHER, entry)
    return Absence(entry, np.concatenate([np.full(n, stay) for _, stay, n in kinds]))


#: Share of withdrawals in which room is asked for, or trouble named, at the start; days beyond those on which rules
#: hear it by mistake.
SAID_SHARE, HEARD_BY_MISTAKE = 0.3, 1.0


def opening_odds(space: Floats) -> Floats:
    """Log likelihood ratio (D,) that a withdrawal begins on each day, from whether room was asked for or trouble named.

    Asked on the day or the day before counts. Someone who often says such things has said less by it.
    """
    near = np.maximum(space, np.append(0.0, space[:-1]))
    ordinary = (near.sum() + HEARD_BY_MISTAKE) / (near.size + 30.0)
    ratio = np.where(near > 0, SAID_SHARE / ordinary, (1 - SAID_SHARE) / (1 - ordinary))
    return np.asarray(np.log(ratio)) if space.any() else np.zeros(space.size)


def infer(
    seen: tuple[DayCounts, ...],
    usual: tuple[Expected, ...],
    tempers: tuple[Temper, ...],
    absence: Absence,
    words: list[tuple[Floats, Floats]],
    elsewhere: Floats,
    entries: list[float],
) -> tuple[Smoothed, Couple]:
    """States of both persons with everything else held.

    `elsewhere` (D,) are log odds of being in one place, `entries` each one's chance per day to withdraw.
    """
    shapes = [Shape(mood_grid(t.spread), SHARES, BUSY, REACTING) for t in tempers]
    moves = [transitions(s, t.persistence, e, STAY) for s, t, e in zip(shapes, tempers, entries, strict=True)]
    tables = [own_likelihood(*each) for each in zip(seen, usual, tempers, shapes, strict=True)]
    for table, shape, (opening, flat) in zip(tables, shapes, words, strict=True):
        table[:, shape.engaged :: MINIMUM_STAY] += opening[:, None]
        table[:, shape.engaged :] += flat[:, None]
    away = np.sum([absent_likelihood(*each) for each in zip((0, 1), seen, usual, tempers, strict=True)], axis=0)
    # Two who both have less to say for a while are not in one place.
    away[:, : 2 * len(TOGETHER)] += elsewhere[:, None]
    couple = Couple(moves[0], moves[1], absence, (shapes[0].engaged, shapes[1].engaged))
    return smooth(Evidence(tables[0], tables[1], away), couple), couple


def entry_rates(joint: Floats, engaged: tuple[int, int], known: NDArray[np.bool_]) -> list[float]:
    """Each person's chance per day to withdraw: what is usual, drawn towards how often this person seems to have."""
    out = []
    for states, count in states_of_each(joint, engaged):
        begun, calm = states[known][1:, count::MINIMUM_STAY].sum(), states[known, :count].sum()
        out.append(float((ENTRY * ENTRY_DAYS + begun) / (ENTRY_DAYS + calm)))
    return out


def absent_likelihood(person: int, seen: DayCounts, usual: Expected, temper: Temper) -> Floats:
    """One person's log likelihood of each day under every kind of shared absence (D, K)."""
    kept = np.array([*TOGETHER, *TOGETHER, *SLACK])
    return day_likelihood(seen, usual, temper, kept[:, 0], kept[:, 1 + person])


def own_likelihood(seen: DayCounts, usual: Expected, temper: Temper, shape: Shape) -> Floats:
    """Log likelihood of each day under each state of one person (D, S)."""
    starts, answers = np.append(shape.starts, shape.shares), np.append(shape.answers, shape.shares)
    table = day_likelihood(seen, usual, temper, starts, answers)
    return shape.spread(table[:, : shape.engaged], table[:, shape.engaged :])


def day_likelihood(seen: DayCounts, usual: Expected, temper: Temper, starts: Floats, answers: Floats) -> Floats:
    """Tempered log likelihood of each day (D, F) at factors (F,) of the usual starts and answers."""
    return TEMPER * (
        count_likelihood(seen.starts, usual.starts, starts, temper.shape)
        + count_likelihood(seen.answers, usual.answers, answers, temper.answer_shape)
    )


def states_of_each(joint: Floats, engaged: tuple[int, int]) -> list[tuple[Floats, int]]:
    """Each person's states by day (D, S), and how many of them, the first ones, are engaged."""
    return [(joint.sum(axis=2), engaged[0]), (joint.sum(axis=1), engaged[1])]


def marginals(joint: Floats, engaged: tuple[int, int]) -> list[Floats]:
    """Probability of withdrawal of each person per day."""
    return [np.asarray(joint[:, engaged[0] :].sum(axis=(1, 2))), np.asarray(joint[:, :, engaged[1] :].sum(axis=(1, 2)))]


def kept(joint: Floats, engaged: tuple[int, int]) -> list[Floats]:
    """Expected share kept per day given that the person is withdrawn."""
    out = []
    for each, count in states_of_each(joint, engaged):
        states = each[:, count:]
        shares = np.repeat(SHARES, states.shape[1] // SHARES.size)
        out.append(np.asarray((states @ shares) / np.maximum(states.sum(axis=1), 1e-12)))
    return out


def drawn_shares(state: Ints) -> Floats:
    """What is kept of the usual in each of some states counted from the first withdrawn one; 1 in those before it."""
    return np.where(state < 0, 1.0, SHARES[np.maximum(state, 0) // MINIMUM_STAY])


def day_counts(seen: Opportunities, full: Fullness) -> DayCounts:
    """Turns begun per day out of quiet, and while an answer was due."""
    begun = seen.begun.astype(np.float64)
    return DayCounts(day_sum(seen, begun, ~seen.due), day_sum(seen, begun, seen.due), full)


def first_weight(seen: DayCounts, covered: Floats) -> Floats:
    """A first guess of the days that show the usual: those not far below the middle in turns begun."""
    week = np.convolve(seen.starts + seen.answers, np.ones(3) / 3, mode="same")
    middle = np.median(week[covered > 0.5]) if (covered > 0.5).any() else 0.0
    return np.where(week >= 0.4 * middle, 1.0, 0.1)


SPREADS = (0.08, 0.2, 0.35, 0.55)
PERSISTENCES = (0.2, 0.55, 0.8)
SHAPES = (2.0, 6.0, 25.0, 200.0)


def fit_temper(seen: DayCounts, usual: Expected, covered: Floats) -> Temper:
    """The day-to-day variation that best explains all days, withdrawn or not (marginal likelihood over a small grid).

    The states of withdrawal take part: leaving low days out beforehand would make every person look steadier than
    they are, and every low mood an episode. Starts hardly tell moods and spread apart, so their shape comes last.
    """
    known = (covered > 0.25)[:, None]
    grid = [Temper(spread, p, SHAPES[2], answer) for answer in SHAPES for spread in SPREADS for p in PERSISTENCES]
    best = middle(grid, plausible(seen, usual, known, grid))
    shapes = [replace(best, shape=shape) for shape in SHAPES]
    return middle(shapes, plausible(seen, usual, known, shapes))


def plausible(seen: DayCounts, usual: Expected, known: NDArray[np.bool_], grid: list[Temper]) -> Floats:
    """Posterior weights (G,) of the tempers of a grid, days not `known` (D, 1) left out."""
    shapes = [Shape(mood_grid(temper.spread), SHARES, BUSY) for temper in grid]
    tables = np.stack([own_likelihood(seen, usual, t, s) * known for t, s in zip(grid, shapes, strict=True)])
    moves = [transitions(s, t.persistence, ENTRY, STAY) for t, s in zip(grid, shapes, strict=True)]
    total = chain_likelihoods(tables, moves) + np.array([temper_prior(t) for t in grid])
    weight = np.exp(total - total.max())
    return np.asarray(weight / weight.sum())


def middle(grid: list[Temper], weight: Floats) -> Temper:
    """The temper in the middle of a posterior: a short record could be that of a moody person, and counts as such."""
    spread = np.sqrt(weight @ np.array([t.spread**2 for t in grid]))
    persistence = weight @ np.array([t.persistence for t in grid])
    starts, answers = (weight @ np.array([1 / getattr(t, name) for t in grid]) for name in ("shape", "answer_shape"))
    return Temper(float(spread), float(persistence), float(1 / starts), float(1 / answers))


def temper_prior(temper: Temper) -> float:
    """Weakly prefer moderate moods, so that few days do not make a wild person."""
    spread = (np.log(temper.spread) - np.log(0.25)) / 0.8
    return float(-0.5 * spread**2 - 0.5 * ((temper.persistence - 0.5) / 0.4) ** 2)


def chain_likelihoods(tables: Floats, moves: list[Transitions]) -> Floats:
    """Log likelihood (G,) of one person's chain under G settings at once; `tables` (G, D, S)."""
    steps = np.stack([m.step for m in moves])
    state = np.stack([m.start for m in moves])
    high = tables.max(axis=2)
    scaled = np.exp(tables - high[:, :, None])
    total = high.sum(axis=1)
    for d in range(tables.shape[1]):
        if d:
            state = np.einsum("gi,gij->gj", state, steps)
        state = state * scaled[:, d]
        norm = state.sum(axis=1)
        total = total + np.log(norm)
        state = state / norm[:, None]
    return np.asarray(total)
