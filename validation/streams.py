"""Real message streams: estimates the population prior on half of the pairs, and judges predictions on the other half.

    python -m validation.streams prior FILE    writes src/ebbtide/models/priors/writing.json
    python -m validation.streams FILE          judges, as ebbtide.rescaled does
    python -m validation.streams folds 4 FILE  judges every pair by a prior from the other folds
    python -m validation.streams couples 6     judges made-up couples of every law of validation/rivals

FILE is CollegeMsg (Panzarasa, Opsahl & Carley 2009; SNAP): `from to unix_seconds` a line, gzipped.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np
import polars as pl
from scipy.optimize import minimize

from ebbtide import analysis
from ebbtide.conversation import Conversation, assemble
from ebbtide.models.availability import DUE_KNOTS, SINCE, Prior, newton, plain_prior, regression
from ebbtide.models.population import PopulationFile
from ebbtide.models.recalibration import Recalibration, recalibrate
from ebbtide.models.rescaling import Later, density, later_gaps, rescale, survival
from ebbtide.signals.segments import segments, spread_out
from ebbtide.signals.stream import DAY, HOUR, Floats, stream
from validation.rivals import LAWS, rival, to_conversation

ZONE = "America/Los_Angeles"
FEWEST, TRAIN_SHARE, SPLIT_SEED = 20, 0.7, 7
PRIOR_FILE = Path("src/ebbtide/models/priors/writing.json")
ROUNDS = 15
#: From when on an unanswered message tells more of students than of couples, in seconds, and how far couples may
#: differ a day into it (standard deviation of the log hazard, growing with the log of time).
UNLIKE_FROM, UNLIKE_SD = 8 * HOUR, 0.7
#: The day from which a made-up couple lives eight hours later: before and after the fit ends.
MOVES = {"moved": 70.0, "moves": 140.0}
#: Pairs' worth of weight for the plain prior in the mean, and for its spread in the covariance.
MEAN_WEIGHT, SPREAD_WEIGHT, SPREAD_SHARE = 0.2, 20.0, 0.05


def conversations(path: Path) -> list[Conversation]:
    """Every pair with enough messages in which both write, in order of their numbers."""
    pairs: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
    with gzip.open(path, "rt") as lines:
        for line in lines:
            a, b, at = (int(x) for x in line.split())
            pairs[min(a, b), max(a, b)].append((at, "one" if a < b else "two"))
    kept = [sorted(v) for _, v in sorted(pairs.items()) if len(v) >= FEWEST and len({w for _, w in v}) == 2]
    return [conversation(rows) for rows in kept]


def conversation(rows: list[tuple[int, str]]) -> Conversation:
    """One pair as a conversation without words."""
    count = len(rows)
    events = pl.DataFrame(
        {
            "at": pl.Series([t * 1_000_000 for t, _ in rows]).cast(pl.Datetime("us", "UTC")),
            "minute_only": [False] * count,
            "person": [w for _, w in rows],
            "kind": ["text"] * count,
            "text": pl.Series([None] * count, dtype=pl.String),
            "seconds": pl.Series([None] * count, dtype=pl.Float64),
            "source": ["stream"] * count,
            "record": list(range(count)),
            "flags": pl.Series([[]] * count, dtype=pl.List(pl.String)),
        }
    )
    return assemble(events, tz=ZONE, tz_source="given")


def halves(talks: list[Conversation]) -> tuple[list[Conversation], list[Conversation]]:
    """The pairs a prior is estimated on, and the others."""
    order = np.random.default_rng(SPLIT_SEED).permutation(len(talks))
    chosen = set(order[: len(talks) // 2].tolist())
    return [t for i, t in enumerate(talks) if i in chosen], [t for i, t in enumerate(talks) if i not in chosen]


def split_time(talk: Conversation) -> datetime:
    """The moment after 70% of the span."""
    first, last = talk.coverage[0]
    return datetime.fromtimestamp(first.timestamp() + TRAIN_SHARE * (last - first).total_seconds(), UTC)


def estimate(talks: list[Conversation]) -> Prior:
    """Mean and precision of the coefficients over pairs, by expectation maximisation on Laplace posteriors."""
    data = []
    for talk in talks:
        flow = stream(talk, talk.coverage[-1][1])
        at = spread_out(flow)
        cut = segments(flow, at)
        data += [regression(flow, at, cut, person, flow.end) for person in (0, 1)]
    base = prior = plain_prior()
    spread = np.linalg.inv(base.precision) * SPREAD_SHARE
    for _ in range(ROUNDS):
        fits = [newton(*each, prior)[:2] for each in data]
        modes = np.array([beta for beta, _ in fits])
        total = len(fits) * prior.precision + MEAN_WEIGHT * base.precision
        mean = np.linalg.solve(
            total, len(fits) * prior.precision @ modes.mean(axis=0) + MEAN_WEIGHT * base.precision @ base.mean
        )
        away = modes - mean
        covariance = sum(np.linalg.inv(h) for _, h in fits) + away.T @ away + SPREAD_WEIGHT * spread
        precision = np.linalg.inv(covariance / (len(fits) + SPREAD_WEIGHT))
        prior = Prior(mean, (precision + precision.T) / 2)
    return prior


def common_recalibration(talks: list[Conversation], prior: Prior) -> Recalibration:
    """The recalibration to shrink to, under which later gaps, once corrected by the own earlier ones, are likeliest.

    Each person's last gap counts as lasting at least so long, and the silence after it not at all. With a fixed end of
    observation that is unbiased for whoever goes on writing; a silence for good is no gap between messages, and with
    it as a censored one the gaps that did end came out too short.
    """
    seen = []
    for talk in talks:
        flow, until = stream(talk, talk.coverage[-1][1]), split_time(talk).timestamp()
        found = (later_gaps(flow, person, until, prior, analysis.SEED) for person in (0, 1))
        seen += [f for f in found if f is not None and f.event.size]
    best = minimize(
        lambda x: -sum(likelihood(each, Recalibration(*x)) for each in seen),
        [0.0, 0.0],
        method="Nelder-Mead",
        options={"xatol": 0.003, "fatol": 0.05, "initial_simplex": [[0.0, 0.0], [0.2, 0.0], [0.0, -0.1]]},
    )
    return Recalibration(float(best.x[0]), float(best.x[1]))


def likelihood(later: Later, centre: Recalibration) -> float:
    """Log likelihood of one person's later gaps, the last of them censored, given what they had lasted before."""
    correct = recalibrate(later.past, centre)
    count = later.event.size
    total, final, before = later.drawn.total[:count], later.drawn.final[:count], later.drawn.before[:count]
    ended = np.log(density(total, final, correct))[:-1].sum()
    lasted = np.log(np.maximum(survival(total[-1:], correct), 1e-300)).sum()
    return float(ended + lasted - np.log(np.maximum(survival(before, correct), 1e-300)).sum())


def belief(talks: list[Conversation]) -> tuple[Prior, Recalibration]:
    """All that is estimated from a population."""
    prior = widened(estimate(talks))
    return prior, common_recalibration(talks, prior)


def widened(prior: Prior) -> Prior:
    """The prior, less sure of what follows when a message has gone unanswered for a day.

    Most of these students never wrote again; of made-up couples in that state twice as many answered as they would.
    """
    beyond = np.zeros(prior.mean.size)
    beyond[SINCE] = np.maximum(DUE_KNOTS - np.log(UNLIKE_FROM), 0) / np.log(DAY / UNLIKE_FROM)
    precision = np.linalg.inv(np.linalg.inv(prior.precision) + UNLIKE_SD**2 * np.outer(beyond, beyond))
    return Prior(prior.mean, (precision + precision.T) / 2)


def write_prior(path: Path) -> None:
    """Estimate on one half and write the packaged file."""
    mine, _ = halves(conversations(path))
    prior, usual = belief(mine)
    made = PopulationFile(
        source="CollegeMsg (Panzarasa, Opsahl & Carley 2009, J. Am. Soc. Inf. Sci. 60:911; SNAP), half of the pairs",
        made_by="python -m validation.streams prior FILE",
        pairs=len(mine),
        mean=[round(float(x), 5) for x in prior.mean],
        precision=[[round(float(x), 4) for x in row] for row in prior.precision],
        scale=round(usual.scale, 4),
        shape=round(usual.shape, 4),
    )
    PRIOR_FILE.write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=0) + b"\n")
    print(f"{PRIOR_FILE}: {made.pairs} pairs, scale {made.scale}, shape {made.shape}")


def kernel_scores(past: Floats, later: Floats) -> Floats:
    """Log density per hour of later gaps under a kernel on the logarithm of the person's own past gaps (hours)."""
    log_past, log_later = np.log(past), np.log(later)
    width = max(1.06 * log_past.std() * log_past.size**-0.2, 0.3)
    near = np.exp(-0.5 * ((log_later[:, None] - log_past) / width) ** 2).mean(axis=1) / (width * np.sqrt(2 * np.pi))
    wide = np.exp(-0.5 * (log_later / 4) ** 2) / (4 * np.sqrt(2 * np.pi))
    return np.asarray(np.log(0.98 * near + 0.02 * wide) - log_later)


def kaplan_meier_distance(u: Floats, ended: Floats) -> float:
    """Largest distance between the Kaplan–Meier distribution of `u` and the uniform."""
    order = np.argsort(u, kind="stable")
    u, ended = u[order], ended[order]
    left = np.cumprod(1 - ended / (u.size - np.arange(u.size)))
    return float(np.abs(1 - left - u)[ended == 1].max())


@dataclass(frozen=True, slots=True)
class Judged:
    """Later gaps: values `u` (g,), 1 but for each person's last gap in `ended` (g,), and nats over the own table."""

    u: Floats
    ended: Floats
    gains: Floats

    def __str__(self) -> str:
        plain = kaplan_meier_distance(self.u, np.ones(self.u.size))
        censored = kaplan_meier_distance(self.u, self.ended)
        return (
            f"{self.u.size:6} later gaps: KS {plain:.3f}, last gap censored {censored:.3f} "
            f"(95% noise {1.36 / np.sqrt(self.u.size):.3f}), beyond .99 {(self.u > 0.99).mean():.4f}, "
            f"nats per gap over the own gap table {self.gains.mean():+.2f}"
        )


def judge(talks: list[Conversation], known: tuple[Prior, Recalibration] | None = None) -> Judged:
    """Calibration and sharpness on the later 30% of each pair's time, by the packaged belief or another."""
    found = [of_person(talk, person, known) for talk in talks for person in (0, 1)]
    return pooled([each for each in found if each.u.size])


def pooled(found: list[Judged]) -> Judged:
    """All of them as one."""
    return Judged(*(np.concatenate([getattr(f, name) for f in found]) for name in ("u", "ended", "gains")))


def of_person(talk: Conversation, person: int, known: tuple[Prior, Recalibration] | None) -> Judged:
    """One person's later gaps, as `ebbtide.rescaled` gives them."""
    flow = stream(talk, talk.coverage[-1][1])
    rows = rescale(flow, person, split_time(talk).timestamp(), analysis.SEED, known)
    hours = np.maximum(np.diff(flow.at[flow.who == person]), 30 if flow.minute_only else 1) / HOUR
    past, later = np.split(hours, [hours.size - rows.u.size])
    gains = rows.log_score - kernel_scores(past, later) if past.size >= 2 else np.zeros(0)
    return Judged(rows.u, (np.arange(rows.u.size) < rows.u.size - 1).astype(float), gains)


def cross_validated(talks: list[Conversation], folds: int) -> Judged:
    """Every pair judged by what the other folds tell: nothing of a pair enters what it is judged by."""
    order = np.random.default_rng(SPLIT_SEED).permutation(len(talks))
    found = []
    for part in np.array_split(order, folds):
        inside = set(part.tolist())
        known = belief([t for i, t in enumerate(talks) if i not in inside])
        found.append(judge([t for i, t in enumerate(talks) if i in inside], known))
        print(f"fold {len(found)} of {folds}, scale {known[1].scale:+.2f}, shape {known[1].shape:+.2f}: {found[-1]}")
    return pooled(found)


def couples(laws: list[str], count: int) -> None:
    """Calibration on made-up couples by other hands, 180 days each."""
    for law in laws:
        made = [made_up(law, seed) for seed in range(count)]
        print(f"{law:10} {judge(made)}", flush=True)


def made_up(law: str, seed: int) -> Conversation:
    """A rival as a conversation; `moved` and `moves` live eight hours later from day 70, or 140, of the 180 on."""
    if law not in MOVES:
        return to_conversation(rival(seed, law))
    still = rival(seed, "poissonstate")
    late = still.times >= still.grid.at(MOVES[law])
    first, last = still.covered
    times = still.times + np.where(late, 8 * HOUR, 0.0)
    return to_conversation(replace(still, times=times, covered=(first, last + 8 * HOUR)))


def main(argv: list[str]) -> None:
    """Estimate or judge."""
    if argv and argv[0] == "prior":
        return write_prior(Path(argv[1]))
    if argv and argv[0] == "couples":
        return couples(argv[2:] or [*LAWS, *MOVES], int(argv[1]))
    if argv and argv[0] == "folds":
        return print("all, cross-validated:", cross_validated(conversations(Path(argv[2])), int(argv[1])))
    mine, others = (judge(half) for half in halves(conversations(Path(argv[0]))))
    print("pairs not used for the prior:", others)
    print("pairs used for the prior:    ", mine)
    return print("all pairs:                   ", pooled([mine, others]))


if __name__ == "__main__":
    main(sys.argv[1:])
