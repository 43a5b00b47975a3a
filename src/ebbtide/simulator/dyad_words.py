"""Words of a dyad: what two people say as their states make it likely, on one topic a day, each answering the other.

For every message the writer's distance is weighed first (short, flat, dodging), then the writer's reaching (asking,
pressing, and more the more of it), then what was just said (questions are answered, plans taken up or left open, warmth
returned or not), then the ordinary talk of the day. Lines come from the banks; each act stands for moves of a message
(`MOVES`), which are written beside as truth.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

import numpy as np

from ebbtide.simulator.spells import Mode
from ebbtide.simulator.systems.system import Floats
from ebbtide.simulator.timing import FOLLOW_UP, START, Ints, Messages, stream
from ebbtide.simulator.words import (
    COMMON,
    MIXES,
    MORE,
    REPLIES,
    REPLY_WITHIN,
    Mix,
    Speaker,
    draw_from,
    draw_typing,
    greeting,
    styled,
)

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
ON_TOPIC, WARM_SHARE = 0.42, 0.22
TOPICAL = frozenset(("open", "more", "ask"))
#: In these the words are those of the first generator, whatever the states.
OWN_WORDS = frozenset((Mode.AWAY, Mode.TOGETHER, Mode.RETURNED_WARM, Mode.RETURNED_FLAT))


@dataclass(frozen=True, slots=True)
class Topic:
    """What can be said about one thing: to open it, to go on, and questions with what can be answered to each."""

    open: tuple[str, ...]
    more: tuple[str, ...]
    ask: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Felt:
    """The writer's states at each message: share kept of usual, reaching, and closeness as warmth (0 to 1)."""

    share: Floats
    reaching: Floats
    warmth: Floats


@cache
def styled_topics(lower: bool, apostrophes: bool, short: bool) -> tuple[Topic, ...]:
    """The topics as somebody with these habits types them."""

    def typed(lines: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(styled(line, lower, apostrophes, short) for line in lines)

    return tuple(Topic(typed(t.open), typed(t.more), tuple(typed(each) for each in t.ask)) for t in topics())


@cache
def topics() -> tuple[Topic, ...]:
    """The topics packaged beside the banks."""
    found = []
    for path in sorted(files("ebbtide.simulator.banks").joinpath("topics").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            for lines in tomllib.loads(path.read_text("utf-8")).values():
                asked = tuple(tuple(each) for each in lines["ask"])
                found.append(Topic(tuple(lines["open"]), tuple(lines["more"]), asked))
    return tuple(found)


class Deck:
    """Draws from many without drawing one again before all others were drawn."""

    def __init__(self, size: int, rng: np.random.Generator) -> None:
        self.size, self.rng = size, rng
        self.left: list[int] = []

    def draw(self) -> int:
        """The number of the next card."""
        if not self.left:
            self.left = self.rng.permutation(self.size).tolist()
        return self.left.pop()


class Chat:
    """Two people in the middle of talking: what each said last, the question that waits, the topic of the day."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.speakers = [Speaker(draw_typing(rng), rng) for _ in range(2)]
        self.topics = [styled_topics(t.lower, t.apostrophes, t.short) for t in (s.typing for s in self.speakers)]
        self.uniform = stream(rng.random).__next__
        self.rng = rng
        self.deck = Deck(len(topics()), rng)
        self.cards: dict[tuple[int, str], Deck] = {}
        self.day, self.number, self.teller = -1, 0, -1
        self.left = {"more": 0, "ask": 0}  # lines on today's topic that were not used today
        self.said: list[tuple[float, str]] = [(-REPLY_WITHIN, ""), (-REPLY_WITHIN, "")]
        self.asked: list[tuple[int, int] | None] = [None, None]  # topic and number of the question each asked last

    def turn_to(self, day: int) -> None:
        """A new day has a new topic, until somebody opens it nobody's."""
        self.day, self.number, self.teller = day, self.deck.draw(), -1
        topic = topics()[self.number]
        self.left = {"more": len(topic.more), "ask": len(topic.ask)}

    def choose(
        self, at: float, person: int, why: int, first: bool, mode: int, share: float, reaching: float, warmth: float
    ) -> str:
        """The act of a message that nobody scripted."""
        reason = why if first else MORE
        heard_at, heard = self.said[1 - person]
        fresh = first and heard != "" and at - heard_at < REPLY_WITHIN
        away = self.uniform() > share
        if fresh and (mode not in OWN_WORDS or heard in REPLIES):
            reply = self.reply(heard, away, reaching)
            if reply:
                self.said[1 - person] = (heard_at, "")
                return reply
        own = MIXES[Mode(mode)].get(reason) if mode in OWN_WORDS or mode == Mode.GIVING_SPACE else None
        if own:
            return draw_from(own, self.uniform())
        usual = reason if reason in AWAY else START
        if away:
            return draw_from(AWAY[usual], self.uniform())
        if self.uniform() < (1 - exp(-0.8 * reaching)) * (0.45 if reason == MORE or fresh else 1.0):
            strong = self.uniform() < 1 - exp(-reaching)
            return draw_from(STRONG if strong else MILD, self.uniform())
        if self.uniform() < WARM_SHARE * warmth:
            return draw_from(WARM, self.uniform())
        if self.uniform() < ON_TOPIC:
            act = self.on_topic(person)
            if act:
                return act
        if fresh and why != START:
            return "echo" if self.uniform() < 0.7 else "small_talk"
        return draw_from(COMMON[usual], self.uniform())

    def on_topic(self, person: int) -> str:
        """One opens the topic of the day and goes on telling, the other asks; "" when all was said."""
        if self.teller < 0:
            self.teller = person
            return "open"
        act = "more" if person == self.teller else "ask"
        self.left[act] -= 1
        return act if self.left[act] >= 0 else ""

    def reply(self, heard: str, away: bool, reaching: float) -> str:
        """The act that answers what the other just said; "" where it needs no answer of its own."""
        if heard == "ask":
            if away:
                return draw_from((("flat", 0.85), ("logistics", 0.15)), self.uniform())
            return "back"
        if heard == "space":
            return "reply_space_worried" if self.uniform() < 1 - exp(-2 * reaching) else "reply_space"
        if heard in ("return_warm", "apology", "explanation"):
            return "hurt_reply" if self.uniform() < 0.2 + 0.4 * min(reaching, 1.0) else "reply_return"
        if heard in REPLIES:
            return REPLIES[heard]
        if heard in ANSWERS:
            return draw_from(ANSWERS[heard][away], self.uniform())
        if away:
            return "flat" if self.uniform() < 0.8 else "turning_away"
        if heard in ("flat", "defending", "turning_away", "leaving_open"):
            return "pursuit" if self.uniform() < 1 - exp(-0.7 * reaching) else ""
        return ""

    def line(self, person: int, act: str) -> str:
        """The words of an act, typed as this person types."""
        speaker = self.speakers[person]
        if act == "back":
            line = self.answer(person)
        elif act in TOPICAL:
            line = self.topical(act, person)
        else:
            return speaker.say(act)
        return speaker.typed(speaker.filled(line) if "{" in line else line, act)

    def answer(self, person: int) -> str:
        """One of what may be answered to the question the other asked last."""
        question = self.asked[1 - person]
        if question is None:
            return self.speakers[person].line("answer")
        topic, number = question
        _, *options = self.topics[person][topic].ask[number]
        return options[int(self.uniform() * len(options))]

    def topical(self, act: str, person: int) -> str:
        """A line on the topic of the day that was not used on it for long."""
        topic = self.topics[person][self.number]
        lines = topic.open if act == "open" else topic.more if act == "more" else topic.ask
        deck = self.cards.get((self.number, act))
        if deck is None:
            deck = self.cards[self.number, act] = Deck(len(lines), self.rng)
        number = deck.draw()
        if act == "ask":
            self.asked[person] = (self.number, number)
            return topic.ask[number][0]
        return topic.open[number] if act == "open" else topic.more[number]


def write_chat(
    messages: Messages,
    hours: Sequence[float],
    days: Ints,
    is_text: Sequence[bool],
    felt: Felt,
    rng: np.random.Generator,
) -> tuple[list[str | None], list[str]]:
    """A text and its act for every message for which `is_text`, None and "" for the others.

    `hours` and `days` are local; `felt` has a row for every message.
    """
    chat = Chat(rng)
    texts: list[str | None] = []
    acts: list[str] = []
    columns = (messages.at, messages.person, messages.place, messages.why, messages.mode, days)
    rows = zip(
        *(c.tolist() for c in (*columns, felt.share, felt.reaching, felt.warmth)),
        messages.act,
        hours,
        is_text,
        strict=True,
    )
    for at, person, place, why, mode, day, share, reaching, warmth, scripted, hour, text in rows:
        if day != chat.day:
            chat.turn_to(day)
        act = scripted or chat.choose(at, person, why, place == 0, mode, share, reaching, warmth)
        if act == "opener":
            act = greeting(hour)
        said = act if text else ""
        texts.append(chat.line(person, act) if text else None)
        chat.said[person] = (at, said)
        acts.append(said)
    return texts, acts
