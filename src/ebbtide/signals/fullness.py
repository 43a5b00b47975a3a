"""How full a person's turns are: messages to a turn, and characters to a message, against the person's own usual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.signals.opportunities import Turns
from ebbtide.signals.stream import Floats, Stream


@dataclass(frozen=True, slots=True)
class Fullness:
    """One person's days (D,): `turns` begun and `extras`, the messages in them beyond the first.

    `texts` counts messages with words, `length` is their mean log number of characters (0 on days without).
    """

    turns: Floats
    extras: Floats
    texts: Floats
    length: Floats


def fullness(stream: Stream, spoken: Turns, person: int) -> Fullness:
    """How full the turns of `person` are, day by day."""
    mine = spoken.who == person
    day = stream.day_of(spoken.start[mine])
    extras = (spoken.last - spoken.first)[mine].astype(np.float64)
    worded = (stream.who == person) & (stream.length > 0)
    text_day = stream.day_of(stream.at[worded])
    texts = np.bincount(text_day, minlength=stream.days).astype(np.float64)
    total = np.bincount(text_day, np.log(stream.length[worded]), minlength=stream.days)
    return Fullness(
        turns=np.bincount(day, minlength=stream.days).astype(np.float64),
        extras=np.asarray(np.bincount(day, extras, minlength=stream.days), dtype=np.float64),
        texts=texts,
        length=np.asarray(total / np.maximum(texts, 1)),
    )
