"""A judge of drafts that knows a few pieces of words, so that tests of the check need no learned model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ebbtide.guide.check import Judge
from ebbtide.signals.moves import HEADS, Message

#: What each piece of words is taken to do, and how surely.
SAID: Mapping[str, tuple[str, float]] = {
    "you hardly listen": ("criticism", 0.9),
    "you always": ("criticism", 0.9),
    "pathetic": ("contempt", 0.9),
    "answer me": ("demand", 0.9),
    "are you there": ("pursuit", 0.9),
    "just checking": ("pursuit", 0.5),
    "you have to": ("demand", 0.5),
    "you must": ("demand", 0.62),
    "once and for all": ("demand", 0.62),
    "or we are done": ("ultimatum", 0.9),
    "because you": ("defensiveness", 0.9),
    "i will hurt you": ("control_threat", 0.9),
    "no reason to go on": ("crisis", 0.9),
    "hurt myself": ("crisis", 0.5),
    "never once. not once": ("criticism", 0.9),
    "love you": ("affection", 0.9),
    "fine": ("curt", 0.9),
    "not this again": ("deflection", 0.9),
    "need some space": ("space_request", 0.9),
    "how was your day": ("open_question", 0.9),
}
POSSIBLE, CLEAR = 0.4, 0.8


class Made:
    """A judge that knows a few pieces of words, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[Message]] = []

    def __call__(self, messages: Sequence[Message]) -> np.ndarray[Any, Any]:
        self.asked.append(list(messages))
        out = np.zeros((len(messages), len(HEADS)), np.float32)
        for i, message in enumerate(messages):
            for words, (label, sure) in SAID.items():
                if words in message.text.lower():
                    out[i, HEADS.index(label)] = max(out[i, HEADS.index(label)], sure)
        return out

    @property
    def judge(self) -> Judge:
        return Judge(self, dict.fromkeys(HEADS, POSSIBLE), dict.fromkeys(HEADS, CLEAR))
