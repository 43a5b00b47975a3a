"""Words of made-up people: lines from the banks by what is going on, in each person's own way of typing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ebbtide.errors import PackInvalid
from ebbtide.simulator.spells import Mode
from ebbtide.simulator.timing import ANSWER, FOLLOW_UP, START, Ints, Messages, stream

Bank = Mapping[str, tuple[str, ...]]
Options = tuple[tuple[str, ...], ...]
Mix = tuple[tuple[str, float], ...]

SLOT = re.compile(r"\{(\w+)\}")
TWO_PARTS = 0.015  # of messages have a second line
REPLY_WITHIN = 720.0  # minutes in which an answer still refers to what was said

MORE = -1  # second and later messages of a turn
COMMON: Mapping[int, Mix] = {
    START: (
        ("opener", 0.3),
        ("question", 0.2),
        ("small_talk", 0.2),
        ("logistics", 0.16),
        ("affection", 0.08),
        ("plans", 0.06),
    ),
    ANSWER: (("answer", 0.58), ("small_talk", 0.16), ("question", 0.12), ("logistics", 0.07), ("affection", 0.07)),
    FOLLOW_UP: (("follow_up", 1.0),),
    MORE: (("reaction", 0.45), ("small_talk", 0.28), ("question", 0.2), ("affection", 0.07)),
}

#: What a person says in each mode; where a mode names nothing, the usual.
MIXES: Mapping[Mode, Mapping[int, Mix]] = {
    Mode.WITHDRAWN: {
        START: (("flat_opener", 0.6), ("logistics", 0.25), ("flat", 0.15)),
        ANSWER: (("flat", 0.85), ("logistics", 0.15)),
        FOLLOW_UP: (("flat_opener", 1.0),),
        MORE: (("flat", 0.7), ("logistics", 0.3)),
    },
    Mode.RETURNED_WARM: {
        START: (("affection", 0.35), ("opener", 0.25), ("question", 0.2), ("plans", 0.2)),
        ANSWER: (("answer", 0.45), ("affection", 0.3), ("question", 0.15), ("plans", 0.1)),
        MORE: (("affection", 0.35), ("small_talk", 0.25), ("question", 0.25), ("reaction", 0.15)),
    },
    Mode.RETURNED_FLAT: {
        START: (("logistics", 0.5), ("small_talk", 0.3), ("flat_opener", 0.2)),
        ANSWER: (("flat", 0.45), ("answer", 0.4), ("small_talk", 0.15)),
        MORE: (("small_talk", 0.6), ("flat", 0.4)),
    },
    Mode.AWAY: {
        START: (("away_answer", 0.75), ("affection", 0.25)),
        ANSWER: (("away_answer", 0.6), ("answer", 0.4)),
        FOLLOW_UP: (("away_answer", 1.0),),
    },
    Mode.TOGETHER: {
        START: (("together_note", 1.0),),
        ANSWER: (("together_note", 0.7), ("answer", 0.3)),
        FOLLOW_UP: (("together_note", 1.0),),
        MORE: (("together_note", 1.0),),
    },
    Mode.REACHING: {
        START: (("pressing", 0.4), ("opener", 0.2), ("question", 0.25), ("affection", 0.15)),
        FOLLOW_UP: (("pressing", 0.85), ("follow_up", 0.15)),
        MORE: (("pressing", 0.35), ("question", 0.3), ("affection", 0.2), ("reaction", 0.15)),
    },
    Mode.GIVING_SPACE: {
        START: (("light", 0.6), ("logistics", 0.25), ("small_talk", 0.15)),
        FOLLOW_UP: (("light", 1.0),),
    },
}

HOUSEHOLD: Mapping[int, Mix] = {
    START: (("household", 0.75), ("question", 0.1), ("small_talk", 0.08), ("affection", 0.07)),
    ANSWER: (("household", 0.45), ("answer", 0.5), ("affection", 0.05)),
    FOLLOW_UP: (("household", 0.8), ("follow_up", 0.2)),
    MORE: (("household", 0.5), ("reaction", 0.35), ("affection", 0.15)),
}

#: What those who live together say in place of words about coming and going.
AT_HOME: Mapping[str, str] = {
    "weekend_plan": "plans",
    "on_my_way": "household",
    "after_together": "household",
    "packing": "household",
    "after_holiday": "household",
}

#: The act of an answer by the act it answers.
REPLIES: Mapping[str, str] = {
    "space": "reply_space",
    "outside_cause": "reply_cause",
    "night_shift": "reply_cause",
    "busy": "reply_cause",
    "return_warm": "reply_return",
    "apology": "reply_return",
    "explanation": "reply_return",
    "weekend_plan": "reply_together",
    "on_my_way": "reply_together",
    "after_together": "reply_together",
    "holiday_plan": "reply_together",
    "after_holiday": "reply_together",
}

WARM_ACTS = frozenset(
    ("affection", "return_warm", "after_together", "weekend_plan", "reply_return", "reply_together", "away_answer")
)
DRY_ACTS = frozenset(
    ("flat", "flat_opener", "space", "pressing", "apology", "explanation", "reply_space", "reply_space_worried")
)
WARM_EMOJI = ("❤️", "😘", "🥰", "💛", "🤗", "😊", "💕")
WARMER = 1.8  # so many times as often, an emoji follows warm words
PLAIN_EMOJI = ("😂", "😄", "🙈", "😅", "👍", "🤷", "🙃", "😉", "✨", "😴", "🎉", "🥲")


@dataclass(frozen=True, slots=True)
class Typing:
    """How one person types; figures are shares of messages."""

    lower: bool
    apostrophes: bool
    stop: float
    emoji: float
    typo: float
    kiss: float
    short: bool


def draw_typing(rng: np.random.Generator) -> Typing:
    """One person's way of typing, from careful sentences to lower case with slips."""
    lower = bool(rng.random() < 0.45)
    return Typing(
        lower=lower,
        apostrophes=bool(rng.random() < (0.4 if lower else 0.92)),
        stop=float(rng.choice([0.0, 0.1, 0.9], p=[0.4, 0.3, 0.3])) * (not lower),
        emoji=float(rng.choice([0.0, 0.08, 0.3], p=[0.3, 0.4, 0.3])),
        typo=rng.uniform(0.0, 0.05),
        kiss=float(rng.choice([0.0, 0.12], p=[0.7, 0.3])),
        short=bool(lower and rng.random() < 0.3),
    )


@cache
def packaged_banks() -> tuple[Bank, Bank]:
    """The lines by act and the slots, from the files beside this module; `PackInvalid` if an act is in two files."""
    acts: dict[str, tuple[str, ...]] = {}
    slots: dict[str, tuple[str, ...]] = {}
    for path in sorted(files("ebbtide.simulator.banks").iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml"):
            continue
        target = slots if path.name == "slots.toml" else acts
        for name, lines in tomllib.loads(path.read_text("utf-8")).items():
            if name in target:
                raise PackInvalid(f"The act {name!r} is in two word banks.", where=path.name, try_="Join the two.")
            target[name] = tuple(lines)
    return acts, slots


@cache
def styled_banks(lower: bool, apostrophes: bool, short: bool) -> tuple[Bank, Bank]:
    """The packaged lines and slots as somebody with these habits types them."""
    acts, slots = (
        {n: tuple(styled(x, lower, apostrophes, short) for x in own) for n, own in b.items()} for b in packaged_banks()
    )
    return acts, slots


def styled(line: str, lower: bool, apostrophes: bool, short: bool) -> str:
    """A line without capitals or apostrophes, or with short forms, where that is the habit."""
    if lower:
        line = line.lower()
    if not apostrophes:
        line = line.replace("'", "")
    return line.replace("you're", "ur").replace(" you ", " u ").replace("please", "pls") if short else line


@cache
def cut(line: str, lower: bool, apostrophes: bool, short: bool) -> Options:
    """A line cut behind its slots: for each part all that it can be, with a capital where a slot begins the line."""
    _, slots = styled_banks(lower, apostrophes, short)
    *slotted, last = SLOT.split(line)
    parts = [
        [before + option for option in slots[slot]] for before, slot in zip(slotted[::2], slotted[1::2], strict=True)
    ]
    parts[-1] = [part + last for part in parts[-1]]
    if line[0] == "{" and not lower:
        parts[0] = [part[0].upper() + part[1:] for part in parts[0]]
    return tuple(map(tuple, parts))


def deck(size: int, count: int, rng: np.random.Generator) -> Ints:
    """So many draws from as many as `size`, none of which comes again before all others were drawn."""
    rounds = np.tile(np.arange(size), (-(-count // size), 1))
    return rng.permuted(rounds, axis=1).ravel()[:count]


class Speaker:
    """Draws one person's lines: no line of an act comes again before all its others were used."""

    def __init__(self, typing: Typing, rng: np.random.Generator) -> None:
        self.acts, _ = styled_banks(typing.lower, typing.apostrophes, typing.short)
        self.options: dict[str, Options] = {}
        self.typing, self.rng = typing, rng
        self.uniform = stream(rng.random).__next__
        self.decks: dict[str, list[str]] = {}

    def say(self, act: str) -> str:
        """A line of the act, its slots filled, typed as this person types."""
        line = self.line(act)
        if self.uniform() < TWO_PARTS:
            line += "\n" + self.line(act)
        return self.typed(line, act)

    def line(self, act: str) -> str:
        """The next line from the deck of the act with its slots filled."""
        line = (self.decks.get(act) or self.shuffled(act)).pop()
        return self.filled(line)

    def lines(self, act: str) -> Iterator[str]:
        """Lines of an act without end, slots filled; for those who need many, from a deck of its own."""
        bank = self.acts[act]
        while True:
            for number in self.rng.permutation(len(bank)).tolist():
                line = bank[number]
                yield self.filled(line) if "{" in line else line

    def shuffled(self, act: str) -> list[str]:
        """A new deck of an act."""
        deck = self.decks[act] = list(self.acts[act])
        self.rng.shuffle(deck)
        return deck

    def filled(self, line: str) -> str:
        """A line with its slots filled, and a capital where a slot begins it."""
        if "{" not in line:
            return line
        options, uniform = self.options.get(line) or self.cut(line), self.uniform
        whole = ""
        for each in options:
            whole += each[int(uniform() * len(each))]
        return whole

    def cut(self, line: str) -> Options:
        """What a line with slots can be put together from."""
        typing = self.typing
        found = self.options[line] = cut(line, typing.lower, typing.apostrophes, typing.short)
        return found

    def pick(self, options: Sequence[str]) -> str:
        """One of the options."""
        return options[int(self.uniform() * len(options))]

    def typed(self, line: str, act: str) -> str:
        """A line with this person's slips, stops and flourishes."""
        typing, uniform = self.typing, self.uniform
        if uniform() < typing.typo:
            line = self.slip(line)
        if typing.stop and line[-1].isalpha() and uniform() < typing.stop:
            line += "."
        if act in DRY_ACTS:
            return line
        warm = act in WARM_ACTS
        if uniform() < typing.emoji * (WARMER if warm else 1.0):
            return f"{line} {self.pick(WARM_EMOJI if warm else PLAIN_EMOJI)}"
        return f"{line} x" if warm and uniform() < 3 * typing.kiss else line

    def slip(self, line: str) -> str:
        """Two neighbouring letters swapped somewhere inside a word."""
        at = int(self.uniform() * len(line))
        inside = line[at : at + 4]
        return (
            line[: at + 1] + inside[2] + inside[1] + line[at + 3 :] if inside.isalpha() and len(inside) == 4 else line
        )


def write_words(
    messages: Messages, hours: Sequence[float], is_text: Sequence[bool], at_home: bool, rng: np.random.Generator
) -> list[str | None]:
    """A text for every message for which `is_text`, None for the others.

    `hours` are local clock hours; `at_home`: the two live together and write mostly about the household.
    """
    speakers = [Speaker(draw_typing(rng), rng) for _ in range(2)]
    acts = choose_acts(messages, hours, at_home, rng)
    people = messages.person.tolist()
    return [speakers[who].say(act) if text else None for who, act, text in zip(people, acts, is_text, strict=True)]


def choose_acts(messages: Messages, hours: Sequence[float], at_home: bool, rng: np.random.Generator) -> list[str]:
    """The act of every message: the scripted one, a fitting reply, or one of the mix of mode and reason to write."""
    draw = stream(rng.random).__next__
    usual = HOUSEHOLD if at_home else COMMON
    said: list[tuple[float, str]] = [(-REPLY_WITHIN, ""), (-REPLY_WITHIN, "")]
    chosen = []
    columns = (messages.at, messages.person, messages.place, messages.why, messages.mode)
    rows = zip(*(c.tolist() for c in columns), messages.act, hours, strict=True)
    for at, person, place, why, mode, scripted, hour in rows:
        heard_at, heard = said[1 - person]
        if scripted is not None:
            act = AT_HOME.get(scripted, scripted) if at_home else scripted
        elif place == 0 and heard in REPLIES and at - heard_at < REPLY_WITHIN:
            act = reply_to(heard, mode)
            said[1 - person] = (at, "")
        elif place and said[person][1].startswith("reply_"):
            act = "affection"
        else:
            reason = MORE if place else START if why not in usual else why
            act = draw_from(MIXES.get(mode, usual).get(reason) or usual[reason], draw())
            act = greeting(hour) if act == "opener" else act
        said[person] = (at, act)
        chosen.append(act)
    return chosen


def greeting(hour: float) -> str:
    """The opener that suits a clock hour."""
    if 4 <= hour < 10.5:
        return "opener_morning"
    return "opener" if 10.5 <= hour < 18 else "opener_evening"


def reply_to(heard: str, mode: int) -> str:
    """The act of a reply, worried where a person who reaches is told about space."""
    return "reply_space_worried" if heard == "space" and mode == Mode.REACHING else REPLIES[heard]


def draw_from(mix: Mix, share: float) -> str:
    """The act at a share (0 to 1) of the summed weights."""
    for act, weight in mix:
        share -= weight
        if share < 0:
            return act
    return mix[-1][0]
