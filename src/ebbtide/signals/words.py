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
from ebbtide.signals.phrases import each_once, labelled, packaged_rules, plain
from ebbtide.signals.said import Said, said
from ebbtide.signals.stream import Floats, Stream

#: Marks that are read off moves: any of these, from the probability at which it is possible.
LEARNED = {
    "space_request": ("space_request",),
    "outside_cause": (AWAY,),
    "together": (TOGETHER,),
    "explanation": ("explanation",),
    "apology": ("repair",),
    "pressing": PRESSING,
    "affection": ("affection",),
    "warm": ("affection", "appreciation", "open_question", "future_plan"),
    "curt": ("curt", "noncommittal"),
    "sharp": ("criticism", "contempt", "defensiveness"),
    "open": ("affection", "appreciation", "disclosure", "open_question"),
    "us_talk": ("us_talk",),
}
#: What people leave behind beside a goodbye.
LEAVING = ("leave_thanks", "leave_care", "leave_blameless", "leave_gift")
#: Marks that are rules; each is also the name of its file.
RULES = (
    *("arranges", "household", "question", "work", "later", "parting", "trouble", "apart", "brief", "closing"),
    *(
        "loss",
        "low",
        "shame",
        "pressed",
        "doubts",
        "gives_room",
        "in_person",
        "limit",
        "punishing",
        "asks_money",
        "bed_trouble",
        "birthday",
        "asks_help",
        "confession",
        "drinking",
        "eased",
        "elsewhere",
        "far_at_home",
        "newborn",
        "old_hurt",
        "pregnancy",
        "keep_off",
        "farewell",
        "will_tonight",
        "will_write",
        "will_meet",
        "declined",
        "out_of_reach",
        "vaguely",
        "about_quiet",
        "vow",
        *LEAVING,
    ),
)
#: News that explains away a whole spell has to be nearly certain: "fell asleep" is away, and no
#: reason for a week, which the rule knows better than the model.
NEARLY_CERTAIN = 0.6
#: One sharp or warm line is often misread; one so likely to be it is not.
SURELY, WARM = 0.7, ("affection", "appreciation")
#: Of the sharp moves, those that attack: to defend oneself may be banter.
ATTACKING = ("criticism", "contempt")
LABELS = (*LEARNED, "surely_sharp", "surely_warm", *RULES)
#: The rule of trouble that is about money alone.
MONEY = "money"
#: News of which every message is weighed, not only marked: its move, and the share of the corpus's messages that make
#: it. Probabilities are calibrated on that mix, so that odds over it say how far a message speaks for such news.
NEWS = {
    "outside_cause": (AWAY, 0.035),
    "together": (TOGETHER, 0.035),
    "space_request": ("space_request", 0.023),
    "apology": ("repair", 0.035),
}
#: No message is surer than this.
SUREST = 0.97
#: What is said aloud where two are in one place, and written where they are not.
SAID_ALOUD = ("pursuit", "criticism", "us_talk", "disclosure", "open_question", "space_request")
#: Words of parting that are likelier than not a threat part nobody.
THREAT, LIKELIER = ("ultimatum",), 0.5


def marks(events: pl.DataFrame, found: Moves | None = None) -> pl.DataFrame:
    """What each event says: `id` and one boolean column for each of `LABELS`, row by row with `events`.

    `events` follows `EVENT_SCHEMA`; needed are `id`, `at`, `person` and `text`. Rows without a person or text carry no
    mark. `found` is what `moves` says of the events, where that is known already.
    """
    found = moves(events) if found is None else found
    sure = found.possible & (found.scores >= np.where(np.array(HEADS) == AWAY, NEARLY_CERTAIN, 0))
    learned = {label: any_of(sure, heads) for label, heads in LEARNED.items()}
    by_rule = each_once(events, lambda text: labelled(packaged_rules(*RULES), text).select(RULES))
    # Under a condition, however it is worded, nothing is ended.
    threat, aloud = pl.Series(any_of(found.scores >= LIKELIER, THREAT)), pl.Series(any_of(found.possible, SAID_ALOUD))
    by_rule = by_rule.with_columns(
        pl.col("parting", "will_write", "will_meet") & ~threat, apart=pl.col("apart") | aloud
    )
    by_rule = by_rule.with_columns(pl.col("trouble") & ~for_money(events, by_rule))
    learned["surely_sharp"] = any_of(found.scores >= SURELY, ATTACKING)
    learned["surely_warm"] = any_of(found.scores >= SURELY, WARM)
    learned["outside_cause"] &= ~by_rule["brief"].to_numpy() & ~by_rule["asks_money"].to_numpy()
    learned["outside_cause"] |= by_rule["out_of_reach"].to_numpy()
    learned["space_request"] |= by_rule["keep_off"].to_numpy()
    # Who leaves the other room asks for none.
    learned["space_request"] &= ~(by_rule["punishing"] | by_rule["gives_room"]).to_numpy()
    columns = [pl.Series(label, np.asarray(values), dtype=pl.Boolean) for label, values in learned.items()]
    return by_rule.with_columns(columns).select("id", *LABELS)


def for_money(events: pl.DataFrame, by_rule: pl.DataFrame) -> pl.Series:
    """Which messages (n,) ask for money, and name no other trouble than being short of it: that explains no silence."""
    asks = by_rule["asks_money"] & by_rule["trouble"]
    other = [rule for rule in packaged_rules("trouble") if rule.id != MONEY]
    text = events.filter(asks).select(plain(pl.col("text"))).to_series()
    asking = asks.arg_true()
    return asks.scatter(asking, ~labelled(other, text)["trouble"]) if asking.len() else asks


def only_closes(events: pl.DataFrame) -> bool:
    """Whether these messages all only close ("good night then"), so that no answer to them is due."""
    if events["text"].null_count():
        return False
    return bool(labelled(packaged_rules("closing"), events.select(plain(pl.col("text"))).to_series())["closing"].all())


def any_of(made: NDArray[np.bool_], heads: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each message (n,) makes one of these moves, by `made` (n, heads)."""
    return np.asarray(made[:, [HEADS.index(head) for head in heads]].any(axis=1))


def weights(found: Moves, marked: pl.DataFrame) -> dict[str, Floats]:
    """How much likelier each message (n,) is where there is such news than elsewhere, by label of `NEWS`.

    Rows follow the moves `found` and their `marks`; nan where nothing is written that can be read. Away for hours is
    no news, and neither is what somebody wants money for.
    """
    written = (found.scores > 0).any(axis=1)
    out = {
        label: np.where(written, over(found.scores[:, HEADS.index(head)], share), np.nan)
        for label, (head, share) in NEWS.items()
    }
    away = out["outside_cause"]
    out["outside_cause"] = np.where((marked["brief"] | marked["asks_money"]).to_numpy(), np.minimum(away, 1), away)
    return out


def heard(stream: Stream, events: pl.DataFrame, found: Moves, marked: pl.DataFrame | None = None) -> Said:
    """What was said when: marks and weights of the messages of a stream, by the moves `found` of all `events`."""
    marked = marks(events, found) if marked is None else marked
    return said(stream, events, marked, weights(found, marked))


def over(probability: Floats, share: float) -> Floats:
    """The odds of a probability over those of a share."""
    sure = np.minimum(probability, SUREST).astype(np.float64)
    return np.asarray(sure / (1 - sure) * (1 - share) / share)
