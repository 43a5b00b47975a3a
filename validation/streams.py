"""Real message streams: estimates the population prior on half of the pairs, and judges predictions on the other half.

    python -m validation.streams prior FILE    writes src/ebbtide/models/priors/writing.json
    python -m validation.streams FILE          judges, through ebbtide.rescaled

FILE is CollegeMsg (Panzarasa, Opsahl & Carley 2009; SNAP): `from to unix_seconds` a line, gzipped.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np
import polars as pl

from ebbtide import analysis
from ebbtide.conversation import Conversation, assemble
from ebbtide.models.availability import Prior, newton, plain_prior, regression
from ebbtide.models.population import PopulationFile
from ebbtide.models.recalibration import Recalibration
from ebbtide.models.rescaling import gaps
from ebbtide.signals.segments import segments, spread_out
from ebbtide.signals.stream import Floats, stream

ZONE = "America/Los_Angeles"
FEWEST, TRAIN_SHARE, SPLIT_SEED = 20, 0.7, 7
PRIOR_FILE = Path("src/ebbtide/models/priors/writing.json")
ROUNDS = 15
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


def later_integrals(talks: list[Conversation], prior: Prior) -> tuple[Floats, Floats, Floats]:
    """Integrated hazards of the gaps after the split: in all, before the split, and whether each ended."""
    from ebbtide.models.availability import fit_availability

    total, before, ended = [], [], []
    for talk in talks:
        flow, until = stream(talk, talk.coverage[-1][1]), split_time(talk).timestamp()
        at = spread_out(flow)
        cut = segments(flow, at)
        for person in (0, 1):
            own = at[flow.who == person]
            running = int((own <= until).sum()) - 1
            if running < 0:
                continue
            fit = fit_availability(flow, at, cut, person, until, prior)
            found = gaps(fit, flow, at, cut, own, fit.beta[:, None], until)
            total.append(found.total[running:, 0])
            before.append(found.before[running:, 0])
            ended.append(np.arange(running, own.size) < own.size - 1)
    return np.concatenate(total), np.concatenate(before), np.concatenate(ended).astype(float)


def common_recalibration(total: Floats, before: Floats, ended: Floats) -> Recalibration:
    """The scale and shape that make later gaps unit exponentials, left-truncated and right-censored, by a fine grid."""
    best, chosen = -np.inf, Recalibration(0.0, 0.0)
    for shape in np.arange(-0.5, 0.301, 0.01):
        bend = np.exp(shape)
        grown = np.maximum(total, 1e-12) ** bend - np.maximum(before, 1e-12) ** bend
        scale = np.log(ended.sum() / grown.sum())
        value = (ended * (scale + shape + (bend - 1) * np.log(np.maximum(total, 1e-12)))).sum() - ended.sum()
        if value > best:
            best, chosen = value, Recalibration(float(scale), float(shape))
    return chosen


def write_prior(path: Path) -> None:
    """Estimate on one half and write the packaged file."""
    mine, _ = halves(conversations(path))
    prior = estimate(mine)
    usual = common_recalibration(*later_integrals(mine, prior))
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


def judge(talks: list[Conversation]) -> str:
    """Calibration and sharpness on the later 30% of each pair's time."""
    values, last, gains = [], [], []
    for talk in talks:
        rows = analysis.rescaled(talk, split_time(talk))
        for person in ("a", "b"):
            mine = rows.filter(pl.col("person") == person)
            if mine.height == 0:
                continue
            at = talk.events.filter(pl.col("person") == person)["at"].dt.epoch("us").to_numpy() / 3.6e9
            hours = np.maximum(np.diff(at), 1 / 3600)
            past = hours[: hours.size - mine.height]
            values += mine["u"].to_list()
            last += [False] * (mine.height - 1) + [True]
            if past.size >= 2:
                gains += (mine["log_score"].to_numpy() - kernel_scores(past, hours[past.size :])).tolist()
    u, ends = np.array(values), 1.0 - np.array(last)
    plain = kaplan_meier_distance(u, np.ones(u.size))
    return (
        f"{len(talks)} pairs, {u.size} later gaps: KS {plain:.3f}, last gap censored "
        f"{kaplan_meier_distance(u, ends):.3f} (95% noise {1.36 / np.sqrt(u.size):.3f}), beyond .99 "
        f"{(u > 0.99).mean():.4f}, nats per gap over the own gap table {np.mean(gains):+.2f}"
    )


def main(argv: list[str]) -> None:
    """Estimate or judge."""
    if argv and argv[0] == "prior":
        write_prior(Path(argv[1]))
        return
    mine, others = halves(conversations(Path(argv[0])))
    print("pairs not used for the prior:", judge(others))
    print("pairs used for the prior:    ", judge(mine))
    print("all pairs:                   ", judge(mine + others))


if __name__ == "__main__":
    main(sys.argv[1:])
