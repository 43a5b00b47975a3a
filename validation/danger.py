"""How often danger in a dialogue is seen, by authors the model never learned from, and how often where there is none.

    python -m validation danger [HELD_OUT]

HELD_OUT is what `python -m training` leaves beside the model: scores of every labelled message by a model that never
saw its author; by default where it leaves them. Each dialogue of the corpus with four messages and more is laid out in
time and given to `ebbtide.signals.safety` as it would be in a record.

Then the ordinary days of data/moves/ordinary, which nothing is learned from, a fifth in words that elsewhere speak of
danger: the share that the packaged model takes for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

import numpy as np
import polars as pl
from training.corpus import FOLDER, Labelled, labelled, read

from ebbtide.signals.moves import HEADS, Moves, model
from ebbtide.signals.moves.model import Message, chances
from ebbtide.signals.moves.model import scores as scored
from ebbtide.signals.safety import SIGNS, signs
from validation.check import NONE_LEFT_OUT, left_out

FEWEST = 4
START, APART = datetime(2025, 1, 1, tzinfo=UTC), timedelta(days=20)


def laid_out(rows: Sequence[Labelled]) -> pl.DataFrame:
    """The messages of all dialogues one after the other, each by two people of its own; `block` numbers them."""
    at = START
    out: list[tuple[str, datetime, str, str, int]] = []
    for block, (_, dialogue) in enumerate(groupby(rows, key=lambda r: (r.author, r.block))):
        who, at = 0, at + APART
        for r in dialogue:
            who = who if r.prev_same_person or r.prev is None else 1 - who
            at += timedelta(minutes=r.gap_minutes)
            out.append((f"{len(out)}", at, f"{block}{'ab'[who]}", r.text, block))
    return pl.DataFrame(out, schema=["id", "at", "person", "text", "block"], orient="row")


def report(logit: np.ndarray[tuple[int, ...], np.dtype[np.float32]], rows: Sequence[Labelled]) -> list[str]:
    """Dialogues with danger in which it is seen, message by message too, and those without in which it is seen."""
    events, using = laid_out(rows), model()
    scores = chances(using.scale * logit + using.shift)
    found = signs(events.drop("block"), Moves(scores, scores >= using.possible))
    seen = events.with_columns(found.select(SIGNS)).with_columns(
        *(pl.Series(f"is_{sign}", [sign in r.labels for r in rows]) for sign in SIGNS)
    )
    danger = pl.any_horizontal(f"is_{sign}" for sign in SIGNS)
    by_block = seen.group_by("block").agg(
        pl.len(), *(pl.col(c).any() for s in SIGNS for c in (s, f"is_{s}")), danger=danger.any()
    )
    whole = by_block.filter(pl.col("len") >= FEWEST)
    out = []
    for sign in SIGNS:
        said, meant = seen.filter(pl.col(f"is_{sign}")), whole.filter(pl.col(f"is_{sign}"))
        calm = whole.filter(~pl.col("danger"))
        out.append(
            f"{sign}: seen in {meant[sign].sum()} of {meant.height} dialogues with it, "
            f"and in {said[sign].sum()} of {said.height} messages; "
            f"in {calm[sign].sum()} of {calm.height} dialogues without danger ({calm['len'].sum()} messages)"
        )
    return out


def ordinary(rows: Sequence[Labelled]) -> list[str]:
    """Of messages of ordinary days, the share taken for danger more likely than not."""
    given = [Message(r.text, r.prev, r.prev_same_person, r.gap_minutes, r.unanswered) for r in rows]
    taken = (scored(given)[:, [HEADS.index(sign) for sign in SIGNS]] >= 0.5).mean(axis=0) * 1000
    shares = ", ".join(f"{sign} {share:.1f}" for sign, share in zip(SIGNS, taken, strict=True))
    return [f"of {len(rows)} messages of ordinary days taken for danger, in 1,000: {shares}"]


def main(arguments: Sequence[str]) -> None:
    """Print it; without scores, that there are none."""
    path = left_out(arguments)
    print("\n".join(ordinary([r for file in sorted((FOLDER / "ordinary").glob("*.txt")) for r in read(file)])))
    print("\n".join(report(np.load(path)["logit"], labelled())) if path else NONE_LEFT_OUT)
