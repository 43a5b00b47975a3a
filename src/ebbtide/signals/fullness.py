"""How full a person's turns are: messages to a turn, and characters to a message, against the person's own usual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.signals.opportunities import Turns
from ebbtide.signals.stream import Floats, Stream

#: An exclamation mark, an emoji, or a face of two or three signs.
LIVELY = r"!|\p{Emoji_Presentation}|\p{Extended_Pictographic}|[:;]-?[)D(P*]"


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


def lively(events: pl.DataFrame) -> NDArray[np.bool_]:
    """Whether each event's words come with an exclamation mark or an emoji (n,)."""
    return np.asarray(events["text"].str.contains(LIVELY).fill_null(value=False).to_numpy())
