"""The loop: does reaching go with slower answers, and withdrawing with more reaching (models.md C).

θ_k < 0: the more turns of the other's stand unanswered, the less k writes than k otherwise would. φ_k > 0: the
further the other has fallen below what was to be expected, the more k writes. Both are measured beside slow levels of
both persons, with intervals that hold when days vary more than the model knows, and against placebos.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

import numpy as np

from ebbtide.models.dyad import EFFECTS, DyadFit, Writer, day_sums, expected, fit_dyad, solve, writer
from ebbtide.models.fallen import Fallen, fallen
from ebbtide.models.placebo import Moved, begun, permutations, shifts
from ebbtide.signals.segments import Segments, segments, spread_out
from ebbtide.signals.stream import Floats, Ints, Stream, latest

#: Days of the record that are looked at.
RECENT_DAYS = 550
#: Below this nothing is fitted.
FEWEST_DAYS, FEWEST_MESSAGES = 28, 100
#: Length in days of a period, and how far effects of periods may lie from that of the whole record (log scale).
PERIOD_DAYS, PERIOD_SD = 90, 0.3
#: Normal quantile of the interval shown (90%).
SHOWN = 1.645
#: Normal quantiles that the clearest of the four effects, the next and so on must reach in turn (Holm 1979, 4% for the
#: four together): the clearest needs its 98% interval clear of 0.
CLAIMED = (2.326, 2.216, 2.054, 1.751)
#: How many placebos that vary as they should the scatter of the placebos is weighed against: eight are few, and their
#: scatter taken as it comes widened intervals by chance as often as with reason.
UNREST_WORTH = 24
#: The normal interval at the mode, with the levels' law taken as known, is this much too narrow (variance).
SPARE = 1.1
#: Days that may hang together in ways the model does not know; the widest interval counts.
BLOCKS = (1, 7)
#: θ is expected below 0, φ above.
DIRECTION = np.array([-1.0, 1.0])
#: A fit whose rescaled gaps lie further than this from the unit exponential carries no claim.
WORST_KS = 0.12


@dataclass(frozen=True, slots=True)
class Measured:
    """One effect with its 90% interval, and whether it is clear enough of 0 in the expected direction to be claimed."""

    effect: float
    low: float
    high: float
    clear: bool = False

    def standing(self, effect: int) -> float:
        """Standard errors by which it lies on the expected side of 0; `effect` 0 θ, 1 φ."""
        return float(DIRECTION[effect] * self.effect * 2 * SHOWN / (self.high - self.low))


@dataclass(frozen=True, slots=True)
class Period:
    """Day indices [first, last) and the effects on each person: `reached` (θ) and `withdrawn_from` (φ) of a and b."""

    first: int
    last: int
    reached: tuple[Measured, Measured]
    withdrawn_from: tuple[Measured, Measured]


@dataclass(frozen=True, slots=True)
class LoopFit:
    """Effects over the whole record (first) and by period; `ks` per person; `placebo` (2, 2) person × effect passed."""

    periods: tuple[Period, ...]
    ks: tuple[float, float]
    placebo: tuple[tuple[bool, bool], tuple[bool, bool]]

    @property
    def placebo_passed(self) -> bool:
        """Whether no effect that is clear over the whole record is there in the placebos too."""
        whole = self.periods[0]
        clear = [(m.clear, self.placebo[k][0]) for k, m in enumerate(whole.reached)]
        clear += [(m.clear, self.placebo[k][1]) for k, m in enumerate(whole.withdrawn_from)]
        return all(passed for seen, passed in clear if seen)

    def claims(self, person: int, effect: int) -> bool:
        """Whether anything may be claimed of this effect (0 θ, 1 φ) on `person`."""
        return self.placebo_passed and self.placebo[person][effect] and max(self.ks) <= WORST_KS


def fit_recent(stream: Stream, *, seed: int) -> LoopFit | None:
    """The loop over the last year and a half, its days counted from the beginning of the whole record.

    Couples change over years, and a reading of five years would spend most of its time here.
    """
    found = fit_loop(latest(stream, RECENT_DAYS), seed=seed)
    skipped = max(stream.days - RECENT_DAYS, 0)
    if found is None or not skipped:
        return found
    moved = tuple(replace(p, first=p.first + skipped, last=p.last + skipped) for p in found.periods)
    return replace(found, periods=moved)


def fit_loop(stream: Stream, *, seed: int) -> LoopFit | None:
    """Both directions of the loop over a record; None when it is too short to tell anything."""
    if stream.days < FEWEST_DAYS or min((stream.who == k).sum() for k in (0, 1)) < FEWEST_MESSAGES:
        return None
    at = spread_out(stream)
    cut = segments(stream, at)
    writers = (writer(stream, at, cut, 0), writer(stream, at, cut, 1))
    plain = fit_dyad(writers, stream.days, None, 2)
    falls = (record(stream, at, cut, plain, writers[0]), record(stream, at, cut, plain, writers[1]))
    rng = np.random.default_rng(seed)
    moves = [*shifts(stream), *permutations(stream, rng)]
    dummies = [placebo_effects(stream, at, cut, plain, w, falls[1 - w.person], moves) for w in writers]
    for who in writers:
        who.x[:, -EFFECTS:] = effects(cut, who, falls[1 - who.person])
    fit = fit_dyad(writers, stream.days, plain, 1)
    ks = [distance(at[stream.who == w.person], cut, w, expected(fit, w, usual=False), stream) for w in writers]
    found = [period_effects(fit, w, bounds(stream.days), unrest(d)) for w, d in zip(writers, dummies, strict=True)]
    found = cleared(found)
    passed = [passes(fit.beta[k, -EFFECTS:], dummies[k]) for k in (0, 1)]
    return LoopFit(
        tuple(Period(*bound, *paired(found, i)) for i, bound in enumerate(bounds(stream.days))),
        (ks[0], ks[1]),
        (passed[0], passed[1]),
    )


def paired(
    found: list[list[tuple[Measured, Measured]]], period: int
) -> tuple[tuple[Measured, Measured], tuple[Measured, Measured]]:
    """θ of both and φ of both for one period."""
    (a_reach, a_fall), (b_reach, b_fall) = (each[period] for each in found)
    return (a_reach, b_reach), (a_fall, b_fall)


def record(stream: Stream, at: Floats, cut: Segments, fit: DyadFit, who: Writer) -> Fallen:
    """What this person was to be expected to write, against the long-run level, and wrote."""
    usual = np.zeros(cut.start.size)
    usual[who.rows] = expected(fit, who, usual=True)
    edges = np.append(cut.start, cut.start[-1] + cut.length[-1])
    return fallen(edges, usual, at[stream.who == who.person])


def effects(cut: Segments, who: Writer, other: Fallen) -> Floats:
    """log(1 + U) and M of the other in each of a writer's rows (m, 2)."""
    reach = np.log1p(cut.reach[who.person, who.rows])
    return np.stack([reach, other(cut.start[who.rows])], axis=1).astype(np.float32)


def moved_effects(stream: Stream, at: Floats, cut: Segments, who: Writer, other: Fallen, move: Moved) -> Floats:
    """What `effects` would be had the other's record lain elsewhere, (m, 2), where an answer was due."""
    start = cut.start[who.rows]
    turned = move.put(begun(at, stream.who, who.person))
    own = at[stream.who == who.person]
    last = own[np.maximum(np.searchsorted(own, start, side="right") - 1, 0)]
    turns = np.searchsorted(turned, start, side="right") - np.searchsorted(turned, last, side="right")
    due = cut.reach[who.person, who.rows] > 0
    reach = np.log1p(np.maximum(turns, 1)) * due
    return np.stack([reach, other(move.look(start))], axis=1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Added:
    """Columns added to one writer at a mode: `score` (q,), `gram` (q, q) with all else eliminated, `days` (D, q) the
    daily parts of the score likewise, and `shift` (2p, q) by which the coefficients give way."""

    score: Floats
    gram: Floats
    days: Floats
    shift: Floats


def added(fit: DyadFit, who: Writer, z: Floats) -> Added:
    """What a Newton step needs to know of further columns `z` (m, q), without fitting again."""
    mean = expected(fit, who, usual=False)
    rest = who.y - mean
    heavy = z * mean.astype(np.float32)[:, None]
    days, p, q = fit.level.shape[0], fit.beta.shape[1], z.shape[1]
    by_beta, by_level = np.zeros((2, p, q)), np.zeros((days, 2, q))
    by_beta[who.person] = who.x.T @ heavy
    by_level[:, who.person] = day_sums(who.day, mean, z, days)
    v_beta, v_level = by_beta.reshape(2 * p, q), by_level.reshape(2 * days, q)
    d_beta, d_level = solve(fit, v_beta, v_level)
    gram = (z.T @ heavy).astype(np.float64) - v_beta.T @ d_beta - v_level.T @ d_level
    own = d_beta.reshape(2, p, q)[who.person].astype(np.float32)
    daily = day_sums(who.day, rest, z - who.x @ own, days)
    daily -= fit.slopes[who.person].level[:, None] * d_level.reshape(days, 2, q)[:, who.person]
    return Added((rest.astype(np.float32) @ z).astype(np.float64), gram, daily, d_beta)


def placebo_effects(
    stream: Stream, at: Floats, cut: Segments, fit: DyadFit, who: Writer, other: Fallen, moves: list[Moved]
) -> Floats:
    """Estimates and standard errors of both effects under each placebo, (moves, 2, 2)."""
    z = np.concatenate([moved_effects(stream, at, cut, who, other, m) for m in moves], axis=1)
    more = added(fit, who, z)
    out = np.zeros((len(moves), 2, 2))
    for i in range(len(moves)):
        pair = slice(EFFECTS * i, EFFECTS * (i + 1))
        inverse = np.linalg.inv(positive(more.gram[pair, pair]) + np.eye(EFFECTS) / 4)
        out[i, :, 0] = inverse @ more.score[pair]
        out[i, :, 1] = np.sqrt(np.diag(inverse))
    return out


def positive(gram: Floats) -> Floats:
    """The nearest matrix without negative curvature, of which single precision can leave a little."""
    size, axes = np.linalg.eigh((gram + gram.T) / 2)
    return np.asarray(axes * np.maximum(size, 0.0) @ axes.T)


def passes(effect: Floats, placebo: Floats) -> tuple[bool, bool]:
    """Whether each effect of one person is not also there in the placebos, shifted or permuted."""
    ok = []
    for k in (0, 1):
        failed = False
        for kind in (placebo[: -len(placebo) // 2, k], placebo[-(len(placebo) // 2) :, k]):
            mean, spread = kind[:, 0].mean() * DIRECTION[k], kind[:, 1].mean()
            failed |= bool(mean > 1.645 * spread and mean > 0.5 * effect[k] * DIRECTION[k])
        ok.append(not failed)
    return ok[0], ok[1]


def bounds(days: int) -> list[tuple[int, int]]:
    """The whole record, then its periods when there are at least two."""
    count = round(days / PERIOD_DAYS)
    edges = np.linspace(0, days, count + 1).round().astype(int).tolist() if count > 1 else []
    return [(0, days), *pairwise(edges)]


def unrest(placebo: Floats) -> Floats:
    """By how much placebos vary more than their variances say, (2,), at least 1: then the true ones do so too."""
    total = ((placebo[:, :, 0] / placebo[:, :, 1]) ** 2).sum(axis=0)
    return np.asarray(np.maximum((UNREST_WORTH + total) / (UNREST_WORTH + len(placebo)), 1.0))


def cleared(found: list[list[tuple[Measured, Measured]]]) -> list[list[tuple[Measured, Measured]]]:
    """The effects of both persons (person, period, effect) with those marked that may be claimed.

    The clearest of the whole record comes first, and the first that falls short ends it, so that 4% of couples have
    an effect claimed that is not there, whatever other effects they have. A period's effect needs that of the whole.
    """
    whole = sorted(((found[k][0][e].standing(e), k, e) for k in (0, 1) for e in (0, 1)), reverse=True)
    ahead = takewhile(lambda pair: pair[0][0] > pair[1], zip(whole, CLAIMED, strict=True))
    clear = {(k, e) for (_, k, e), _ in ahead}

    def mark(k: int, e: int, period: int, one: Measured) -> Measured:
        return replace(one, clear=(k, e) in clear and (period == 0 or one.standing(e) > CLAIMED[0]))

    return [
        [(mark(k, 0, i, reach), mark(k, 1, i, fall)) for i, (reach, fall) in enumerate(periods)]
        for k, periods in enumerate(found)
    ]


def period_effects(
    fit: DyadFit, who: Writer, spans: list[tuple[int, int]], unrest: Floats
) -> list[tuple[Measured, Measured]]:
    """θ and φ of one writer over each span of days, those of periods drawn towards the whole.

    Variances are times `unrest` (2,), and a little more.
    """
    place = who.person * fit.beta.shape[1] + fit.beta.shape[1] - EFFECTS + np.arange(EFFECTS)
    laplace = fit.inverse[np.ix_(place, place)]
    spreads = np.stack([np.diag(laplace), *(robust(fit, who, place, w) for w in BLOCKS)])
    inflation = SPARE * unrest * spreads.max(axis=0) / np.diag(laplace)
    centre = fit.beta[who.person, -EFFECTS:]
    whole = measured(centre, np.diag(laplace) * inflation)
    if len(spans) == 1:
        return [whole]
    z = np.concatenate([who.x[:, -EFFECTS:] * within(who, span)[:, None] for span in spans[1:]], axis=1)
    more = added(fit, who, z)
    inverse = np.linalg.inv(more.gram + np.eye(z.shape[1]) / PERIOD_SD**2)
    step = inverse @ more.score
    out = [whole]
    for i in range(len(spans) - 1):
        turn = np.eye(z.shape[1])[EFFECTS * i : EFFECTS * (i + 1)] - more.shift[place]
        variance = np.diag(laplace + turn @ inverse @ turn.T)
        out.append(measured(centre + turn @ step, variance * inflation))
    return out


def within(who: Writer, span: tuple[int, int]) -> Floats:
    """1 for a writer's rows on days of a span, else 0 (m,), single precision."""
    return np.asarray((who.day >= span[0]) & (who.day < span[1]), dtype=np.float32)


def measured(effect: Floats, variance: Floats) -> tuple[Measured, Measured]:
    """Both effects with their intervals."""
    away = SHOWN * np.sqrt(variance)
    reach, fall = (Measured(float(e), float(e - a), float(e + a)) for e, a in zip(effect, away, strict=True))
    return reach, fall


def robust(fit: DyadFit, who: Writer, place: Ints, width: int) -> Floats:
    """Variance of the effects when what is left over within blocks of `width` days may hang together (sandwich)."""
    days, p = fit.level.shape[0], fit.beta.shape[1]
    unit = np.zeros((2 * p, EFFECTS))
    unit[place, np.arange(EFFECTS)] = 1.0
    d_beta, d_level = solve(fit, unit, np.zeros((2 * days, EFFECTS)))
    own = d_beta.reshape(2, p, EFFECTS)[who.person]
    rest = who.y - expected(fit, who, usual=False)
    daily: Floats = fit.slopes[who.person].level[:, None] * d_level.reshape(days, 2, EFFECTS)[:, who.person]
    daily = daily + day_sums(who.day, rest, who.x @ own.astype(np.float32), days)
    # What the prior and the levels of both persons add is what the Laplace variance holds beyond this writer's data.
    level2 = fit.slopes[who.person]
    move = d_level.reshape(days, 2, EFFECTS)[:, who.person]
    seen = np.einsum("pq,pr,rq->q", own, level2.beta2, own) + 2 * np.einsum("dp,pq,dq->q", level2.mixed, own, move)
    seen += np.einsum("d,dq->q", level2.level2, move**2)
    blocks = np.add.reduceat(daily, np.arange(0, days, width), axis=0)
    return np.asarray((blocks**2).sum(axis=0) + np.maximum(np.diag(fit.inverse)[place] - seen, 0.0))


def distance(own: Floats, cut: Segments, who: Writer, mean: Floats, stream: Stream) -> float:
    """Kolmogorov–Smirnov distance of a person's rescaled gaps from the unit exponential."""
    gap = np.searchsorted(own, cut.start[who.rows], side="right") - 1
    total = np.bincount(gap, mean, minlength=own.size)[: own.size - 1]
    whole = np.ones(own.size - 1, bool)
    for a, b in stream.holes:
        whole &= (own[1:] <= a) | (own[:-1] >= b)
    u = np.sort(1 - np.exp(-total[whole]))
    steps = np.arange(u.size + 1) / max(u.size, 1)
    return float(max(np.abs(u - steps[1:]).max(initial=0), np.abs(u - steps[:-1]).max(initial=0)))
