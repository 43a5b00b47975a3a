"""Episodes found against true ones, beside change points on daily counts: the same couples, in one run."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing import Pool

import numpy as np
import polars as pl
import ruptures

from ebbtide import analysis
from ebbtide.simulator import DYADS
from validation.couples import HELD_OUT_FROM, RUNS, Known, make
from validation.score import Match, Score, Span, match, score
from validation.strangers import KINDS as STRANGER_KINDS

PROCESSES = 2
#: The kinds behind the figures; those left out are reported apart, since their records say little by design.
STANDARD = ("own/settled", "own/reaching", "own/swapped", "own/distance", "own/busy", "own/announced", "own/new")
QUIET = ("own/none",)
#: Distance by degrees is judged apart: what is half away there is neither an episode nor calm.
GRADUAL = ("dyad/gradual",)
DYADIC = tuple(f"dyad/{kind}" for kind in DYADS if f"dyad/{kind}" not in GRADUAL)
BARE = tuple(f"run/{kind}" for kind in RUNS)
HARD = ("own/sparse", "own/together")
RIVALS = ("rival/poissonstate", "rival/dense", "rival/heavytail", "rival/mood_episodes", "rival/decoys")
STRANGERS = tuple(f"stranger/{kind}" for kind in STRANGER_KINDS)
#: Where distance is graded, so that a stretch may be neither an episode nor calm.
GRADED = ("dyad/", "run/")
#: A stretch counts as low for the change-point method when its mean is below this share of the person's median.
LOW_SHARE = 0.5
#: Over the rows of a table, as `line` writes them.
HEAD = f"{'':24} {'n':>5} {'hit':>5} {'false':>5} {'miss':>5} {'F1':>6} {'person':>6} {'edge':>6} {'false/y':>7}"


@dataclass(frozen=True, slots=True)
class Result:
    """One couple, read by Ebbtide and by change points.

    `stated` pairs the probability of each found episode with whether it is real. `aside` is ours with
    stretches partly away open to both answers: the dyad's distance is graded, and in these neither is wrong.
    """

    name: str
    ours: Match
    counts: Match
    stated: tuple[tuple[float, bool], ...]
    aside: Match | None = None


def judge(task: tuple[str, int]) -> Result:
    """Make one couple, read it both ways, and match what is found with what is true."""
    known = make(*task)
    reading = analysis.read(known.talk, known.now)
    found, stated = [], []
    for each in reading.episodes:
        episode = each.episode
        first = (episode.start - known.first_day).days
        last = None if episode.end is None else float((episode.end - known.first_day).days)
        span = ("ab".index(episode.person), float(first), last)
        found.append(span)
        same = [t for t in known.true if t[0] == span[0]]
        stated.append((episode.probability, match([span], same, days=known.days).tp == 1))
    return Result(
        known.name,
        match(found, known.true, days=known.days),
        match(change_points(known), known.true, days=known.days),
        tuple(stated),
        match(found, known.true, days=known.days, between=known.partly),
    )


def change_points(known: Known) -> list[Span]:
    """Low stretches of each person's daily message counts by penalised change points (ruptures, PELT)."""
    found: list[Span] = []
    days = int(np.ceil(known.days))
    local = known.talk.messages.with_columns(pl.col("at").dt.convert_time_zone(known.talk.tz).dt.date().alias("day"))
    for index, person in enumerate("ab"):
        day = local.filter(pl.col("person") == person)["day"]
        offset = (day - known.first_day).dt.total_days().to_numpy()
        count = np.bincount(np.clip(offset, 0, days - 1), minlength=days).astype(float)
        level = np.sqrt(count + 0.25)
        spread = np.median(np.abs(np.diff(level))) / 0.954 + 1e-6
        ends = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(level / spread).predict(pen=3 * np.log(days))
        usual = float(np.median(count))
        for start, stop in zip([0, *ends[:-1]], ends, strict=True):
            if count[start:stop].mean() < LOW_SHARE * usual:
                found.append((index, float(start), None if stop >= days else float(stop)))
    return found


def run(names: Iterable[str], couples: int) -> list[Result]:
    """Judge `couples` held-out couples of every name, in parallel."""
    logging.getLogger().setLevel(logging.WARNING)
    tasks = [(name, HELD_OUT_FROM + i) for name in names for i in range(couples)]
    with Pool(PROCESSES) as pool:
        return pool.map(judge, tasks, chunksize=2)


def line(name: str, scores: Score) -> str:
    """One row of the table."""

    def shown(value: float | None, digits: int = 3) -> str:
        return "–".rjust(6) if value is None else f"{value:.{digits}f}".rjust(6)

    return (
        f"{name:24} {scores.couples:5d} {scores.tp:5d} {scores.fp:5d} {scores.fn:5d} "
        f"{shown(scores.f1)} {shown(scores.person)} {shown(scores.edge_days, 2)} {shown(scores.false_per_year, 2)}"
    )


def table(results: list[Result]) -> str:
    """The table by kind and in all, ours and change points on counts."""
    rows = [HEAD]
    for name in dict.fromkeys(r.name for r in results):
        mine = [r for r in results if r.name == name]
        rows.append(line(name, score(r.ours for r in mine)))
        rows.append(line("  counts + ruptures", score(r.counts for r in mine)))
        if name.startswith(GRADED):
            rows.append(line("  partly away open to both", score(r.aside for r in mine if r.aside)))
    rows.append(line("all", score(r.ours for r in results)))
    rows.append(line("  counts + ruptures", score(r.counts for r in results)))
    if any(r.name.startswith(GRADED) for r in results):
        rows.append(line("  partly away open to both", score(r.aside for r in results if r.aside)))
    return "\n".join(rows)


def calibration(results: list[Result]) -> str:
    """Of the episodes given a probability, how many are real, by tenths, and the expected calibration error."""
    stated = np.array([pair for r in results for pair in r.stated], dtype=float).reshape(-1, 2)
    rows, error = [], 0.0
    for low in np.arange(0.5, 1.0, 0.1):
        inside = (stated[:, 0] >= low) & (stated[:, 0] < low + 0.1 + (low > 0.85))
        if inside.any():
            said, real = stated[inside].mean(axis=0)
            error += inside.mean() * abs(said - real)
            rows.append(f"  said {said:.2f}  real {real:.2f}  of {int(inside.sum())}")
    return "\n".join(
        [f"calibration of the probability of episodes, {stated.shape[0]} in all", *rows, f"  ECE {error:.3f}"]
    )


def main(argv: list[str]) -> None:
    """Print the tables: python -m validation episodes [--couples N] [NAME …]."""
    parser = argparse.ArgumentParser(prog="python -m validation episodes", description=__doc__)
    parser.add_argument("names", nargs="*", help="kinds such as own/settled or rival/dense; all groups if none")
    parser.add_argument("--couples", type=int, default=40, help="couples of each kind")
    given = parser.parse_args(argv)
    groups = (
        {"asked for": given.names}
        if given.names
        else {
            "own generator": STANDARD,
            "couples without episodes": QUIET,
            "couples whose chat follows the dyad": DYADIC,
            "couples of the dyad whose distance comes and goes by degrees": GRADUAL,
            "bare runs of the dyad": BARE,
            "little to see by design": HARD,
            "couples by other hands": RIVALS,
            "couples by a third hand, looked at once": STRANGERS,
        }
    )
    for title, names in groups.items():
        results = run(names, given.couples)
        print(f"\n{title}\n{table(results)}\n{calibration(results)}", flush=True)
