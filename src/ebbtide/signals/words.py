"""Words: what a message says about distance, reaching and return.

Learned moves (signals/moves), beside rules for what they do not know: questions, the
household, work, times far off. A mark is a hint to be shown with its message, and its absence proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.signals.moves import AWAY, HEADS, PRESSING, TOGETHER, Moves, moves
from ebbtide.signals.phrases import each_once, labelled, packaged_rules

#: Marks that are read off moves: any of these, from the probability at which it is possible.
LEARNED = {
    "space_request": ("space_request",),
    "outside_cause": (AWAY,),
    "together": (TOGETHER,),
    "explanation": ("explanation",),
    "apology": ("repair",),
    "pressing": PRESSING,
    "affection": ("affection",),
}
#: Marks that are rules; each is also the name of its file.
RULES = ("household", "question", "work", "later", "parting", "trouble", "apart")
#: A rule that only unmakes: away for hours.
BRIEF = "brief"
#: News that explains away a whole spell has to be nearly certain: "fell asleep" is away, and no
#: reason for a week, which the rule knows better than the model.
NEARLY_CERTAIN = 0.6
LABELS = (*LEARNED, *RULES)
#: What is said aloud where two are in one place, and written where they are not.
SAID_ALOUD = ("pursuit", "criticism", "us_talk", "disclosure", "open_question", "space_request")
#: Moves that unmake a rule's mark, or make it.
BESIDE_RULES = {"parting": ("ultimatum",), "apart": SAID_ALOUD}


def marks(events: pl.DataFrame, found: Moves | None = None) -> pl.DataFrame:
    """What each event says: `id` and one boolean column for each of `LABELS`, row by row with `events`.

    `events` follows `EVENT_SCHEMA`; needed are `id`, `at`, `person` and `text`. Rows without a person or text carry no
    mark. `found` is what `moves` says of the events, where that is known already.
    """
    found = moves(events) if found is None else found
    sure = found.possible & (found.scores >= np.where(np.array(HEADS) == AWAY, NEARLY_CERTAIN, 0))
    learned = {label: any_of(sure, heads) for label, heads in LEARNED.items()}
    by_rule = each_once(events, lambda text: labelled(packaged_rules(*RULES, BRIEF), text).select(*RULES, BRIEF))
    # Under a condition, however it is worded, nothing is ended.
    possible = {name: pl.Series(any_of(found.possible, heads)) for name, heads in BESIDE_RULES.items()}
    by_rule = by_rule.with_columns(
        parting=pl.col("parting") & ~possible["parting"], apart=pl.col("apart") | possible["apart"]
    )
    learned["outside_cause"] &= ~by_rule[BRIEF].to_numpy()
    columns = [pl.Series(label, np.asarray(values), dtype=pl.Boolean) for label, values in learned.items()]
    return by_rule.with_columns(columns).select("id", *LABELS)


def any_of(made: NDArray[np.bool_], heads: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each message (n,) makes one of these moves, by `made` (n, heads)."""
    return np.asarray(made[:, [HEADS.index(head) for head in heads]].any(axis=1))
