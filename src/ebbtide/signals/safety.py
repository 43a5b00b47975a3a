"""Safety: messages in which someone may be in danger or under another's control.

Rules and the learned moves together, made to miss little rather than to be exact, so a sign is a reason to show help,
never a finding about a person. Signs are not counted, scored or compared between the two.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.signals.moves import HEADS, Moves, moves
from ebbtide.signals.phrases import blanked, by_label, each_once, labelled, met, packaged_rules
from ebbtide.signals.said import habitual
from ebbtide.signals.stream import DAY, Floats

Level = Literal["none", "look", "urgent"]
SIGNS = ("crisis", "control_threat")
#: How sure the model has to be of one message: in a record of thousands, a lower bound would always be reached by one.
SURE = {"crisis": 0.85, "control_threat": 0.9}
#: How sure of each kind where another message of the same person, in other words, points there too, at least so far and
#: within so many days.
SECONDED, SECONDING = {"crisis": 0.7, "control_threat": 0.8}, {"crisis": 0.2, "control_threat": 0.3}
SECONDED_DAYS = 14
#: Below this the model takes a rule's words for a figure of speech ("start without me and I'll murder you").
FIGURE = 0.05
#: Somebody's death wished: no figure of speech, whatever the model makes of it.
WISHED = "death_wish"
#: How the ids of rules for threats begin; the others are about watching and forbidding.
THREATS = "threat_"
#: How the ids of rules begin whose words are never a figure of speech, however unlikely the model finds them.
PLAIN = "plain_"
#: A reproach that is the whole message ("1 text takes 5 seconds"): what the model alone makes of it is no sign.
COMPLAINT = "complaint"
#: By each sign, whether such a rule was met.
PLAINLY = tuple(f"{PLAIN}{sign}" for sign in SIGNS)


def signs(events: pl.DataFrame, found: Moves | None = None) -> pl.DataFrame:
    """Signs of danger in each event: `id`, `crisis`, `control_threat`, `idiom`, `softened`, row by row with `events`.

    `idiom` says that a figure of speech ("this traffic is killing me") was found; what else the message says still
    counts. `softened`, that it would be a sign if it were not one: to be told gently, and not passed over. `events`
    follows `EVENT_SCHEMA`; needed are `id`, `at`, `person` and `text`.
    `found` is what `moves` says of the events, where that is known already.
    """
    plainly = ruled(events)
    chances = (moves(events) if found is None else found).scores
    chances = np.where(plainly[COMPLAINT].to_numpy()[:, None], 0, chances)
    read = np.asarray((chances > 0).any(axis=1))
    made, figures = {}, np.zeros(events.height, np.bool_)
    for sign in SIGNS:
        chance, said = chances[:, HEADS.index(sign)], plainly[sign].to_numpy()
        figure = said & read & (chance < FIGURE) & ~plainly[f"{PLAIN}{sign}"].to_numpy()
        made[sign] = (said & ~figure) | (chance >= SURE[sign]) | seconded(events, chance, sign)
        # Only words of dying or hurting can be a figure of speech for it.
        figures |= figure & (plainly["threat"].to_numpy() | (sign == "crisis"))
    made["control_threat"] |= plainly[WISHED].to_numpy()
    softened = plainly["softened"].to_numpy() | (figures & ~made["crisis"] & ~made["control_threat"])
    found_signs = (made | {"softened": softened}).items()
    return plainly.drop("threat", *PLAINLY, WISHED, COMPLAINT).with_columns(
        pl.Series(sign, rows) for sign, rows in found_signs
    )


def seconded(events: pl.DataFrame, chance: Floats, sign: str) -> NDArray[np.bool_]:
    """Whether each message (n,) is likely a `sign` and another of its writer says the like, or is that other one.

    Lines somebody writes again and again are left out: what the model mistakes, it mistakes every time.
    """
    who, text = events["person"].to_numpy(), events["text"].str.to_lowercase().str.strip_chars(" .!?…")
    near = np.flatnonzero((chance >= SECONDING[sign]) & ~habitual(text, who))
    out = np.zeros(chance.size, np.bool_)
    day = events["at"].dt.epoch("s").to_numpy() / DAY
    for row in near[chance[near] >= SECONDED[sign]]:
        other = near[(who[near] == who[row]) & (np.abs(day[near] - day[row]) <= SECONDED_DAYS)]
        other = other[[text[int(i)] != text[int(row)] for i in other]]
        out[other] = True
        out[row] |= other.size > 0
    return out


def ruled(events: pl.DataFrame) -> pl.DataFrame:
    """The same by plain rules alone, for which an event's place in the talk does not matter."""
    return each_once(events, _read)


def _read(text: pl.Series) -> pl.DataFrame:
    idioms = packaged_rules("idiom")
    idiom = labelled(idioms, text)["idiom"]
    wording = "|".join(pattern.regex for rule in idioms for pattern in rule.patterns)
    literal = text.zip_with(~idiom, blanked(wording, text.set(~idiom, None)))
    rules = packaged_rules(*SIGNS, WISHED, COMPLAINT)
    met_at, size = list(zip(rules, met(rules, literal), strict=True)), len(text)
    found = by_label(met_at, size)
    threat = by_label([m for m in met_at if m[0].id.startswith(THREATS)], size).to_series()
    meant_so = by_label([m for m in met_at if m[0].id.startswith(PLAIN)], size).select(SIGNS)
    threats = [r for r in rules if r.id.startswith(THREATS)]
    # Only words of dying or hurting can be a figure of speech for it; words of watching cannot.
    grave = labelled([*packaged_rules("crisis"), *threats], text.set(~idiom, None))
    meant, signed = (frame.select(pl.any_horizontal(SIGNS)).to_series() for frame in (grave, found))
    return found.with_columns(
        idiom,
        (meant & ~signed).alias("softened"),
        threat.alias("threat"),
        *(meant_so[sign].alias(name) for sign, name in zip(SIGNS, PLAINLY, strict=True)),
    )


def assess(signs: pl.DataFrame) -> tuple[Level, tuple[str, ...]]:
    """How much care is called for, and the ids of the events that call for it, in their order.

    `urgent` when there is any crisis text, `look` when there are only other signs of harm, else `none`.
    """
    crisis, control = (tuple(signs.filter(pl.col(sign))["id"].to_list()) for sign in ("crisis", "control_threat"))
    if crisis:
        return "urgent", crisis
    return ("look", control) if control else ("none", ())


#: How many days a sign of either kind calls for care. Rules mark a few ordinary messages in ten thousand, so that in a
#: record of years some old message would always be marked.
CRISIS_DAYS, CONTROL_DAYS = 45, 120


def recent(signs: pl.DataFrame, events: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """The same signs without those too old to call for care; a crisis some time ago still calls for a look.

    `signs` is row-aligned with `events`; `now` is aware.
    """
    age = (pl.lit(now) - pl.col("at")).dt.total_days()
    days = events.select(age.alias("age"))["age"]
    near, near_control = days <= CRISIS_DAYS, days <= CONTROL_DAYS
    return signs.with_columns(
        crisis=signs["crisis"] & near,
        softened=signs["softened"] & near,
        control_threat=(signs["control_threat"] | signs["crisis"]) & near_control,
    )
