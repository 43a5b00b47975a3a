"""The loop in steps on real couples: stress and coping of 64 couples in ten-second steps.

    python -m validation sequences FILE

FILE, or the environment's EBBTIDE_SEQUENCES, is `CouplesCope` of the R package DySeq (GPL-3) as CSV: her stress
communication in columns IKCB01 to IKCB48, his dyadic coping in DCCB01 to DCCB48. It is no part of Ebbtide.
"""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from ebbtide.models.sequences import Lag, Levels, fit_steps
from ebbtide.signals.stream import Floats

FILE_FROM = "EBBTIDE_SEQUENCES"
STRESS, COPING, LENGTH = "IKCB", "DCCB", 48
ASSUMED: dict[Levels, str] = {
    "tied": "own levels per couple, which may go together",
    "apart": "own levels per couple, independent of each other",
    "same": "all couples alike",
}


def series(path: Path) -> tuple[Floats, Floats]:
    """Stress and coping, each (couples, steps), NaN where not rated."""
    table = pl.read_csv(path)
    both = (table.select(f"{name}{i:02d}" for i in range(1, LENGTH + 1)) for name in (STRESS, COPING))
    stress, coping = (each.cast(pl.Float64).fill_null(float("nan")).to_numpy() for each in both)
    return stress, coping


def report(stress: Floats, coping: Floats) -> str:
    """Both cross effects under each belief about the couples' levels."""
    rows = [f"{'log odds of the next step, 90% intervals':50} {'coping → stress':>22} {'stress → coping':>22}"]
    for levels, words in ASSUMED.items():
        fit = fit_steps(stress, coping, levels)
        rows.append(f"{words:50} {shown(fit.cross[0]):>22} {shown(fit.cross[1]):>22}")
    return "\n".join([*rows, f"{fit.couples} couples, {fit.steps} next steps"])


def shown(lag: Lag) -> str:
    """An effect with its interval."""
    return f"{lag.estimate:+.2f} ({lag.low:+.2f} to {lag.high:+.2f})"


def main(argv: list[str]) -> None:
    """Print both cross effects."""
    given = argv[0] if argv else os.environ.get(FILE_FROM)
    if not given or not Path(given).is_file():
        print(f"No sequences to read: give the file of stress and coping, or set {FILE_FROM}. Skipped.")
        return
    print(report(*series(Path(given))))
