"""What two people of a dyad do by each message, as their states make it likely.

For every message the writer's distance is weighed first (short, flat, dodging), then the writer's reaching (asking,
pressing, and more the more of it), then what was just said (questions are answered, plans taken up or left open, warmth
returned or not), then the ordinary talk of the day. Each act stands for moves of a message (`MOVES`), which are
written beside as truth.

What somebody says unprompted follows from the states alone, so it is drawn for all messages at once
(`unprompted`). Only what answers the other, and who says what on the topic of the day, needs them in order (`choose`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
import numpy.typing as npt

from ebbtide.simulator.spells import Mode
from ebbtide.simulator.systems.system import Floats
from ebbtide.simulator.timing import FOLLOW_UP, START, Ints, Messages
from ebbtide.simulator.words import COMMON, MIXES, MORE, REPLIES, REPLY_WITHIN, Mix, draw_from, greeting

#: The moves (docs/model-card.md) that the lines of an act make. Acts that are not here make none.
MOVES: Mapping[str, tuple[str, ...]] = {
    "pursuit": ("pursuit",),
    "pressing": ("pursuit",),
    "insisting": ("demand",),
    "blaming": ("criticism",),
    "last_word": ("ultimatum",),
    "defending": ("defensiveness",),
    "turning_away": ("deflection",),
    "leaving_open": ("noncommittal",),
    "flat": ("curt",),
    "space": ("space_request",),
    "apology": ("repair",),
    "explanation": ("explanation",),
    "affection": ("affection",),
    "tender_back": ("affection",),
    "return_warm": ("affection",),
    "thanking": ("appreciation",),
    "calming": ("reassurance",),
    "reply_space": ("reassurance",),
    "opening_up": ("disclosure",),
    "asking_in": ("open_question",),
    "about_us": ("us_talk",),
    "plans": ("future_plan",),
    "taking_up": ("future_plan",),
}

#: What a person who is near, and one who is away, says to what was just heard.
ANSWERS: Mapping[str, tuple[Mix, Mix]] = {
    "pursuit": (
        (("calming", 0.75), ("tender_back", 0.25)),
        (("flat", 0.5), ("defending", 0.3), ("turning_away", 0.2)),
    ),
    "pressing": (
        (("calming", 0.8), ("listening", 0.2)),
        (("flat", 0.45), ("defending", 0.35), ("turning_away", 0.2)),
    ),
    "insisting": (
        (("calming", 0.6), ("about_us", 0.2), ("listening", 0.2)),
        (("defending", 0.5), ("flat", 0.3), ("turning_away", 0.2)),
    ),
    "blaming": (
        (("calming", 0.5), ("listening", 0.3), ("defending", 0.2)),
        (("defending", 0.7), ("turning_away", 0.3)),
    ),
    "last_word": (
        (("calming", 0.7), ("about_us", 0.3)),
        (("turning_away", 0.5), ("defending", 0.5)),
    ),
    "opening_up": (
        (("listening", 0.7), ("calming", 0.3)),
        (("turning_away", 0.5), ("flat", 0.5)),
    ),
    "about_us": (
        (("opening_up", 0.4), ("about_us", 0.3), ("calming", 0.3)),
        (("turning_away", 0.6), ("leaving_open", 0.4)),
    ),
    "asking_in": ((("opening_up", 0.6), ("answer", 0.4)), (("flat", 0.7), ("turning_away", 0.3))),
    "affection": ((("tender_back", 0.7), ("affection", 0.3)), (("flat", 0.8), ("echo", 0.2))),
    "thanking": ((("tender_back", 0.6), ("thanking", 0.4)), (("flat", 1.0),)),
    "plans": ((("taking_up", 0.85), ("echo", 0.15)), (("leaving_open", 0.85), ("flat", 0.15))),
    "question": ((("answer", 1.0),), (("flat", 0.8), ("turning_away", 0.2))),
    "return_flat": ((("echo", 0.5), ("hurt_reply", 0.5)), (("flat", 1.0),)),
    "cool_return": ((("hurt_reply", 0.6), ("echo", 0.4)), (("flat", 1.0),)),
}

#: What a person who is away says to a question on the topic.
NOT_SAYING: Mix = (("flat", 0.85), ("logistics", 0.15))
AWAY: Mapping[int, Mix] = {
    START: (("flat_opener", 0.55), ("logistics", 0.3), ("flat", 0.15)),
    FOLLOW_UP: (("flat_opener", 1.0),),
    MORE: (("flat", 0.6), ("logistics", 0.4)),
}
#: Reaching, from its mildest: what comes with little of it, and what only with much.
MILD: Mix = (
    ("pursuit", 0.42),
    ("affection", 0.16),
    ("asking_in", 0.14),
    ("opening_up", 0.12),
    ("about_us", 0.1),
    ("plans", 0.06),
)
STRONG: Mix = (
    ("pursuit", 0.36),
    ("pressing", 0.32),
    ("insisting", 0.17),
    ("blaming", 0.09),
    ("about_us", 0.04),
    ("last_word", 0.02),
)
WARM: Mix = (("affection", 0.4), ("thanking", 0.22), ("asking_in", 0.14), ("plans", 0.16), ("opening_up", 0.08))
#: What comes where something was said that needs no answer of its own.
ECHOES: Mix = (("echo", 0.7), ("small_talk", 0.3))
ON_TOPIC, WARM_SHARE = 0.42, 0.22
#: Of the reaching at the start of a turn, what is left within one, and where the other has just spoken.
LESS_PULL = 0.45
#: In these the words are those of the first generator, whatever the states.
OWN_WORDS = frozenset((Mode.AWAY, Mode.TOGETHER, Mode.RETURNED_WARM, Mode.RETURNED_FLAT))


#: In place of an act: something on the topic of the day, or what is ordinary where all was said about it.
ON_THE_TOPIC = "on the topic"


@dataclass(frozen=True, slots=True)
class Felt:
    """The writer's states at each message: share kept of usual, reaching, and closeness as warmth (0 to 1)."""

    share: Floats
    reaching: Floats
    warmth: Floats


@dataclass(frozen=True, slots=True)
class Unprompted:
    """What each message does if nothing before it asks for an answer, drawn for all at once.

    `alone` holds where nothing was just heard, `after` where something was that needs no answer of its own;
    `ordinary` and `ordinary_after` stand in for `ON_THE_TOPIC` where all was said about it. `away`: the writer is away;
    `chance` (0 to 1) draws an answer.
    """

    alone: list[str]
    after: list[str]
    ordinary: list[str]
    ordinary_after: list[str]
    away: list[bool]
    chance: list[float]


class Picked:
    """Acts drawn from mixes for many messages at once, kept as numbers until all are drawn."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.number: dict[str, int] = {}

    def of(self, act: str) -> int:
        """The number of an act."""
        if act not in self.number:
            self.number[act] = len(self.names)
            self.names.append(act)
        return self.number[act]

    def draw(self, mix: Mix, chance: Floats) -> Ints:
        """The number of the act at each share (0 to 1) of the summed weights."""
        edges = np.cumsum([weight for _, weight in mix])[:-1]
        return np.array([self.of(act) for act, _ in mix])[np.searchsorted(edges, chance, side="right")]

    def by(self, mixes: Mapping[int, Mix], reason: Ints, chance: Floats) -> Ints:
        """The same with each message's own mix, by its reason."""
        drawn = np.zeros(len(reason), dtype=np.int64)
        for key, mix in mixes.items():
            at = reason == key
            drawn[at] = self.draw(mix, chance[at])
        return drawn

    def named(self, numbers: Ints) -> list[str]:
        """Acts by their numbers."""
        found: list[str] = np.array(self.names, dtype=object)[numbers].tolist()
        return found


def unprompted(why: Ints, first: npt.NDArray[np.bool_], mode: Ints, felt: Felt, rng: np.random.Generator) -> Unprompted:
    """What each message does by the states of its writer.

    `first`: it begins a turn; those that do not are on for another reason, `MORE`.
    """
    picked = Picked()
    reason = np.where(first, why, MORE)
    usual = np.where(np.isin(reason, (MORE, FOLLOW_UP)), reason, START)  # an answer that answers nothing is as a start
    is_away, wants, insists, is_warm, is_topical, which, chance = rng.random((7, len(why)))

    # From what gives way to all else to what goes before all else.
    ordinary = picked.by(COMMON, usual, which)
    ordinary_after = ordinary.copy()
    echoing = np.flatnonzero(first & (why != START))
    ordinary_after[echoing] = picked.draw(ECHOES, which[echoing])
    alone, after = ordinary.copy(), ordinary_after.copy()
    alone[is_topical < ON_TOPIC] = after[is_topical < ON_TOPIC] = picked.of(ON_THE_TOPIC)
    warm = np.flatnonzero(is_warm < WARM_SHARE * felt.warmth)
    alone[warm] = after[warm] = picked.draw(WARM, which[warm])
    strong, pull = -np.expm1(-felt.reaching), -np.expm1(-0.8 * felt.reaching)
    for said, share in ((alone, np.where(first, 1.0, LESS_PULL)), (after, LESS_PULL)):
        reaching = wants < pull * share
        for at, mix in ((reaching & (insists < strong), STRONG), (reaching & (insists >= strong), MILD)):
            said[at] = picked.draw(mix, which[at])
    away = is_away > felt.share
    gone = np.flatnonzero(away)
    alone[gone] = after[gone] = picked.by(AWAY, usual[gone], which[gone])
    for own in (*sorted(OWN_WORDS), Mode.GIVING_SPACE):
        rows = np.flatnonzero(mode == own)
        for key, mix in MIXES[own].items():
            at = rows[reason[rows] == key]
            alone[at] = after[at] = picked.draw(mix, which[at])
    return Unprompted(
        alone=picked.named(alone),
        after=picked.named(after),
        ordinary=picked.named(ordinary),
        ordinary_after=picked.named(ordinary_after),
        away=away.tolist(),
        chance=chance.tolist(),
    )


class Topic:
    """The topic of a day, until somebody opens it nobody's: one tells about it, the other asks."""

    def __init__(self, more: int, ask: int) -> None:
        self.teller = -1
        self.left = {"more": more, "ask": ask}  # lines that were not used today

    def next(self, person: int) -> str:
        """One opens it and goes on telling, the other asks; "" when all was said."""
        if self.teller < 0:
            self.teller = person
            return "open"
        act = "more" if person == self.teller else "ask"
        self.left[act] -= 1
        return act if self.left[act] >= 0 else ""


def choose(
    messages: Messages,
    hours: Sequence[float],
    days: Ints,
    is_text: Sequence[bool],
    felt: Felt,
    sizes: Sequence[tuple[int, int]],
    rng: np.random.Generator,
) -> list[str]:
    """The act of every message for which `is_text`, "" for the others.

    `hours` are local; `days` number the days on which something was written, from 0 on; `sizes`: how much can be told
    and asked on the topic of each. `felt` has a row for every message.
    """
    first = messages.place == 0
    drawn = unprompted(messages.why, first, messages.mode, felt, rng)
    own_words = np.isin(messages.mode, list(OWN_WORDS)).tolist()
    reaching = felt.reaching.tolist()
    heard = ["", ""]  # what the other said last, where it still waits for an answer, and when
    heard_at = [-REPLY_WITHIN, -REPLY_WITHIN]
    acts: list[str] = []
    today = -1
    columns = (messages.at.tolist(), messages.person.tolist(), days.tolist(), first.tolist())
    for i, (at, person, day, begins, scripted, text, act) in enumerate(
        zip(*columns, messages.act, is_text, drawn.alone, strict=True)
    ):
        if day != today:
            today, topic = day, Topic(*sizes[day])
        if scripted:
            act = scripted
        else:
            ordinary = drawn.ordinary
            if begins and heard[person] and at - heard_at[person] < REPLY_WITHIN:
                said, act, ordinary = heard[person], drawn.after[i], drawn.ordinary_after
                if not own_words[i] or said in REPLIES:
                    answer = reply(said, drawn.away[i], reaching[i], drawn.chance[i])
                    if answer:
                        act, heard[person] = answer, ""
            if act == ON_THE_TOPIC:
                act = topic.next(person) or ordinary[i]
        if act == "opener":
            act = greeting(hours[i])
        if not text:
            act = ""
        heard[1 - person], heard_at[1 - person] = act, at
        acts.append(act)
    return acts


def reply(heard: str, away: bool, reaching: float, chance: float) -> str:
    """The act that answers what the other just said, drawn by `chance` (0 to 1); "" where it needs none of its own."""
    if heard == "ask":
        return draw_from(NOT_SAYING, chance) if away else "back"
    if heard == "space":
        return "reply_space_worried" if chance < 1 - exp(-2 * reaching) else "reply_space"
    if heard in ("return_warm", "apology", "explanation"):
        return "hurt_reply" if chance < 0.2 + 0.4 * min(reaching, 1.0) else "reply_return"
    if heard in REPLIES:
        return REPLIES[heard]
    if heard in ANSWERS:
        return draw_from(ANSWERS[heard][away], chance)
    if away:
        return "flat" if chance < 0.8 else "turning_away"
    if heard in ("flat", "defending", "turning_away", "leaving_open"):
        return "pursuit" if chance < 1 - exp(-0.7 * reaching) else ""
    return ""
