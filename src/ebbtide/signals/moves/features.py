"""What the head looks at beside the vectors: how a message is typed, and where in the conversation it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
#: Plain figures beside the vectors.
PLAIN = 18
_CAPITAL, _LETTER = re.compile(r"[A-Z]"), re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where messages stand (n,): whether something came before, whether by the same person, minutes since, and how many
    messages of the same person in a row came before."""

    follows: Array
    same_person: Array
    gap_minutes: Array
    unanswered: Array


def plain(texts: Sequence[str], words: Sequence[list[str]], before: Sequence[list[str] | None], place: Place) -> Array:
    """Plain figures (n, PLAIN) about how a message is typed and where it stands."""
    gap = np.log1p(np.clip(place.gap_minutes, 0, 60 * 24 * 30))
    alone = place.follows * (1 - place.same_person)
    typed = np.array([_typed(t, w) for t, w in zip(texts, words, strict=True)], np.float32).reshape(-1, 9)
    prior = np.array([_prior(w) for w in before], np.float32).reshape(-1, 3)
    stands = np.stack(
        [place.follows, place.same_person, gap / 5, gap / 5 * place.same_person, gap / 5 * alone, place.unanswered / 3],
        axis=1,
    )
    return np.concatenate([typed, prior, stands], axis=1).astype(np.float32)


def _typed(text: str, words: list[str]) -> tuple[float, ...]:
    ended = text.rstrip()
    return (
        np.log1p(len(words)) / 2,
        float(len(words) == 1),
        float(len(words) <= 3),
        float("?" in text),
        float("!" in text),
        float(ended.endswith(".") and not ended.endswith("..")),
        float(".." in text or "…" in text),
        len(_CAPITAL.findall(text)) / max(len(_LETTER.findall(text)), 1),
        float(not text.isascii() and max(text) > "\u2190"),
    )


def _prior(words: list[str] | None) -> tuple[float, float, float]:
    if words is None:
        return 0.0, 0.0, 0.0
    return np.log1p(len(words)) / 2, float(any(w[0] == "?" for w in words)), float(len(words) <= 2)
