"""Words of a dyad: the lines of what two people do, on one topic a day, each typed in its writer's own way.

Lines come from the banks, those on the topic of the day from the topics beside them, where every question has answers
of its own. What is done by each message is drawn in dyad_acts.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from ebbtide.simulator.dyad_acts import Felt, choose
from ebbtide.simulator.timing import Ints, Messages, stream
from ebbtide.simulator.words import (
    DRY_ACTS,
    PLAIN_EMOJI,
    TWO_PARTS,
    WARM_ACTS,
    WARM_EMOJI,
    WARMER,
    Speaker,
    deck,
    draw_typing,
    styled,
)

TOPICAL = frozenset(("open", "more", "ask", "back"))


@dataclass(frozen=True, slots=True)
class Topic:
    """What can be said about one thing: to open it, to go on, and questions with what can be answered to each."""

    open: tuple[str, ...]
    more: tuple[str, ...]
    ask: tuple[tuple[str, ...], ...]


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


class Topical:
    """Lines on the topics: none on a topic comes again before all others were used, and questions wait for answers."""

    def __init__(self, speakers: Sequence[Speaker], rng: np.random.Generator) -> None:
        self.speakers = speakers
        self.topics = [styled_topics(s.typing.lower, s.typing.apostrophes, s.typing.short) for s in speakers]
        self.rng, self.uniform = rng, stream(rng.random).__next__
        self.unused: dict[tuple[int, str], list[int]] = {}
        self.asked: list[tuple[int, int] | None] = [None, None]  # topic and number of the question each asked last

    def said(self, act: str, person: int, number: int) -> str:
        """To open topic `number`, to go on or ask about it, or "back" to what the other asked; slots are filled."""
        line = self.answer(person) if act == "back" else self.line(act, person, number)
        return self.speakers[person].filled(line)

    def line(self, act: str, person: int, number: int) -> str:
        """The next line to open topic `number`, to go on or to ask about it."""
        topic = self.topics[person][number]
        lines = topic.open if act == "open" else topic.more if act == "more" else topic.ask
        unused = self.unused.get((number, act))
        if not unused:
            unused = self.unused[number, act] = self.rng.permutation(len(lines)).tolist()
        place = unused.pop()
        if act == "ask":
            self.asked[person] = (number, place)
            return topic.ask[place][0]
        return topic.open[place] if act == "open" else topic.more[place]

    def answer(self, person: int) -> str:
        """One of what may be answered to the question the other asked last, else one that fits any."""
        question = self.asked[1 - person]
        if question is None:
            return self.speakers[person].line("answer")
        topic, number = question
        _, *options = self.topics[person][topic].ask[number]
        return options[int(self.uniform() * len(options))]


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
    speakers = [Speaker(draw_typing(rng), rng) for _ in range(2)]
    day = np.cumsum(np.diff(days, prepend=days[:1]) != 0)
    todays = deck(len(topics()), int(day[-1]) + 1 if len(day) else 0, rng)
    sizes = [(len(topics()[n].more), len(topics()[n].ask)) for n in todays.tolist()]
    acts = choose(messages, hours, day, is_text, felt, sizes, rng)
    texts = lines_of(acts, messages.person, todays[day], speakers, rng)
    type_all(texts, acts, messages.person, speakers, rng)
    return [text or None for text in texts], acts


def lines_of(
    acts: Sequence[str], person: Ints, topic: Ints, speakers: Sequence[Speaker], rng: np.random.Generator
) -> list[str]:
    """The lines of every act as they stand in the banks, slots filled and some in two parts; "" for ""."""
    topical = Topical(speakers, rng)
    coming: list[dict[str, Callable[[], str]]] = [{}, {}]  # for each act what gives the next line
    two = (rng.random(len(acts)) < TWO_PARTS).tolist()
    texts: list[str] = []
    for act, who, number, twice in zip(acts, person.tolist(), topic.tolist(), two, strict=True):
        take = coming[who].get(act)
        if take is not None:
            texts.append(f"{take()}\n{take()}" if twice else take())
        elif act == "":
            texts.append("")
        elif act in TOPICAL:
            texts.append(topical.said(act, who, number))
        else:
            take = coming[who][act] = speakers[who].lines(act).__next__
            texts.append(f"{take()}\n{take()}" if twice else take())
    return texts


def type_all(
    texts: list[str], acts: Sequence[str], person: Ints, speakers: Sequence[Speaker], rng: np.random.Generator
) -> None:
    """Put slips, stops and flourishes into texts as `Speaker.typed` does into one; "" are left alone.

    Which get one is drawn for all at once, so that most, which are said as they stand, cost nothing here.
    """
    written = np.array(list(map(bool, texts)), dtype=bool)
    for who, speaker in enumerate(speakers):
        typing, rows = speaker.typing, np.flatnonzero(written & (person == who))
        slips, stops, flourish, kiss = rng.random((4, len(rows)))
        for row in rows[slips < typing.typo].tolist():
            texts[row] = speaker.slip(texts[row])
        for row in rows[stops < typing.stop].tolist():
            if texts[row][-1].isalpha():
                texts[row] += "."
        kissed = kiss < 3 * typing.kiss
        some = np.flatnonzero((flourish < WARMER * typing.emoji) | kissed)
        for row, chance, x in zip(rows[some].tolist(), flourish[some].tolist(), kissed[some].tolist(), strict=True):
            warm = acts[row] in WARM_ACTS
            if acts[row] in DRY_ACTS:
                continue
            if chance < typing.emoji * (WARMER if warm else 1.0):
                texts[row] += f" {speaker.pick(WARM_EMOJI if warm else PLAIN_EMOJI)}"
            elif warm and x:
                texts[row] += " x"
