"""The moves of messages by the packaged model: probabilities, and which of them are possible or clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.languages import pack
from ebbtide.signals.moves.features import Place, plain
from ebbtide.signals.moves.labels import HEADS
from ebbtide.signals.moves.student import DENSE, Student, encode
from ebbtide.signals.moves.tokens import words

Array = NDArray[Any]
#: How strongly the vectors of the message and of the one before count beside the plain figures (as in training).
OWN_WEIGHT, PRIOR_WEIGHT = 12.0, 8.0
#: Messages that go through together, so that years of them need little memory.
MANY = 8_192


@dataclass(frozen=True, slots=True)
class Model:
    """A language's student, head and thresholds.

    `head` weights by name; `scale` and `shift` (heads,) turn log odds into calibrated ones; `possible` and `clear`
    (heads,) are the probabilities from which a move counts, by the best F1 and by a precision of .85. `found` and
    `mistaken` (2, `RATED`) are the share of a move's messages that reach `possible`, and of all others that do, on
    authors left out: the mean over authors and how far it varies between them (standard deviation).
    """

    student: Student
    head: Mapping[str, Array]
    scale: Array
    shift: Array
    possible: Array
    clear: Array
    found: Array
    mistaken: Array


@dataclass(frozen=True, slots=True)
class Message:
    """One message in its place; `prev` None at a beginning, `unanswered` messages of the same person just before."""

    text: str
    prev: str | None = None
    prev_same_person: bool = False
    gap_minutes: float = 0.0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Scored:
    """Calibrated probabilities (n, heads), and those from which a move is possible and clear (heads,)."""

    scores: Array
    possible: Array
    clear: Array


@cache
def model(language: str = "en") -> Model:
    """The model of a language pack."""
    return loaded(pack(language).model())


def loaded(raw: bytes) -> Model:
    """A model from the bytes of its file."""
    with np.load(BytesIO(raw)) as packed:
        get = {name: packed[name] for name in packed.files}
    names = get["words"].tobytes().decode().split("\n")
    student = Student(
        {w: i for i, w in enumerate(names)},
        (get["vectors"], get["vectors_scale"]),
        (get["spelling"], get["spelling_scale"]),
        {k: get[k].astype(np.float32) for k in DENSE},
    )
    head = {k: get[k].astype(np.float32) for k in ("mid", "mid_bias", "straight", "top", "top_bias")}
    return Model(student, head, *(get[k] for k in ("scale", "shift", "possible", "clear", "found", "mistaken")))


def scores(messages: Sequence[Message], using: Model | None = None) -> Array:
    """Calibrated probabilities (n, heads) of every move in `HEADS`."""
    using = using or model()
    return chances(using.scale * raw_logits(messages, using) + using.shift)


def chances(logit: Array) -> Array:
    """Probabilities from log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))), dtype=np.float32)


def raw_logits(messages: Sequence[Message], using: Model) -> Array:
    """Log odds (n, heads) before calibration."""
    parts = [some_logits(messages[i : i + MANY], using) for i in range(0, len(messages), MANY)]
    return np.concatenate([np.zeros((0, len(HEADS)), np.float32), *parts])


def some_logits(messages: Sequence[Message], using: Model) -> Array:
    """Log odds of a few thousand messages at once."""
    cut = {text: words(text) for text in {t for m in messages for t in (m.text, m.prev) if t is not None}}
    own = [cut[m.text] for m in messages]
    before = [None if m.prev is None else cut[m.prev] for m in messages]
    return head_logits(using.head, features(using.student, messages, own, before))


def features(
    student: Student, messages: Sequence[Message], own: list[list[str]], before: list[list[str] | None]
) -> Array:
    """What the head looks at, (n, d)."""
    place = placed(messages)
    known = {" ".join(w): w for w in [*own, *(b for b in before if b is not None)]}
    vector = encode(student, list(known.values()))
    row = {key: i for i, key in enumerate(known)}
    mine = vector[[row[" ".join(w)] for w in own]]
    prior = np.zeros_like(mine)
    follows = [i for i, b in enumerate(before) if b is not None]
    prior[follows] = vector[[row[" ".join(before[i] or ())] for i in follows]]
    beside = plain([m.text for m in messages], own, before, place)
    return np.concatenate([OWN_WEIGHT * mine, PRIOR_WEIGHT * prior, beside], axis=1)


def placed(messages: Sequence[Message]) -> Place:
    """Where the messages stand."""
    return Place(
        np.array([m.prev is not None for m in messages], np.float32),
        np.array([m.prev is not None and m.prev_same_person for m in messages], np.float32),
        np.array([m.gap_minutes if m.prev is not None else 0.0 for m in messages]),
        np.array([m.unanswered for m in messages], np.float32),
    )


def head_logits(head: Mapping[str, Array], x: Array) -> Array:
    """Log odds (n, heads) before calibration."""
    middle = np.maximum(x @ head["mid"] + head["mid_bias"], 0)
    return np.asarray(middle @ head["top"] + x @ head["straight"] + head["top_bias"])
