"""Words: what a message says about distance, reaching and return.

Learned moves (signals/moves), beside rules for what they do not know: questions, the
household, work, times far off. A mark is a hint to be shown with its message, and its absence proves nothing.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from ebbtide.signals.moves import AWAY, HEADS, PRESSING, TOGETHER, Moves, moves
from ebbtide.signals.phrases import each_once, labelled, packaged_rules
from ebbtide.signals.stream import Floats

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
RULES = ("household", "question", "work", "later", "parting")
#: News that explains away a whole spell has to be nearly certain: "fell asleep" is away, and no reason for a week.
NEARLY_CERTAIN = 0.6
LABELS = (*LEARNED, *RULES)
#: News of which every message is weighed, not only marked: its move, and the share of the corpus's messages that make
#: it. Probabilities are calibrated on that mix, so that odds over it say how far a message speaks for such news.
NEWS = {"outside_cause": (AWAY, 0.045), "together": (TOGETHER, 0.041), "space_request": ("space_request", 0.023)}
#: No message is surer than this.
SUREST = 0.97


def marks(events: pl.DataFrame, found: Moves | None = None) -> pl.DataFrame:
    """What each event says: `id` and one boolean column for each of `LABELS`, row by row with `events`.

    `events` follows `EVENT_SCHEMA`; needed are `id`, `at`, `person` and `text`. Rows without a person or text carry no
    mark. `found` is what `moves` says of the events, where that is known already.
    """
    found = moves(events) if found is None else found
    sure = found.possible & (found.scores >= np.where(np.array(HEADS) == AWAY, NEARLY_CERTAIN, 0))
    learned = {label: sure[:, [HEADS.index(head) for head in heads]].any(axis=1) for label, heads in LEARNED.items()}
    by_rule = each_once(events, lambda text: labelled(packaged_rules(*RULES), text).select(RULES))
    columns = [pl.Series(label, np.asarray(values), dtype=pl.Boolean) for label, values in learned.items()]
    return by_rule.with_columns(columns).select("id", *LABELS)


def weights(found: Moves) -> dict[str, Floats]:
    """How much likelier each message (n,) is where there is such news than elsewhere, by label of `NEWS`.

    Rows follow the moves `found`; 1 where nothing is written that can be read.
    """
    written = (found.scores > 0).any(axis=1)
    return {
        label: np.where(written, over(found.scores[:, HEADS.index(head)], share), 1.0)
        for label, (head, share) in NEWS.items()
    }


def over(probability: Floats, share: float) -> Floats:
    """The odds of a probability over those of a share."""
    sure = np.minimum(probability, SUREST).astype(np.float64)
    return np.asarray(sure / (1 - sure) * (1 - share) / share)
