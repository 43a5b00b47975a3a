"""The judge of a draft: probabilities of moves, and from which of them a move is possible or clear."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.language import frequent_word
from ebbtide.signals.languages import pack
from ebbtide.signals.moves import HEADS, Message, model, scores
from ebbtide.signals.moves.tokens import words

Array = NDArray[Any]
#: The place of each move in a row of scores.
COLUMN = {label: i for i, label in enumerate(HEADS)}
#: The language of the wordings that are offered, and so of the drafts that are read.
LANGUAGE = "en"
#: A draft of so many words is taken to be in another language where fewer than this share are known, as in under 1 in
#: 100 messages of the corpus, and fewer than this share are among the most frequent of English.
FEWEST_WORDS, KNOWN_SHARE, FREQUENT_SHARE = 3, 0.7, 0.25
_FREQUENT = re.compile(frequent_word(pack(LANGUAGE)))


@dataclass(frozen=True, slots=True)
class Judge:
    """`scores` gives calibrated probabilities (n, heads) in the order of `HEADS`; thresholds are by move.

    `known` are the words whose meaning was learned.
    """

    scores: Callable[[Sequence[Message]], Array]
    possible: Mapping[str, float]
    clear: Mapping[str, float]
    known: Collection[str] = ()

    def reads(self, text: str) -> bool:
        """Whether a text is in a language that can be read, as far as one can tell; a word or two always is."""
        said = [w for w in words(text) if w[0].isalpha()]
        if not self.known or len(said) < FEWEST_WORDS:
            return True
        frequent = sum(_FREQUENT.fullmatch(w) is not None for w in said)
        return sum(w in self.known for w in said) >= KNOWN_SHARE * len(said) or frequent >= FREQUENT_SHARE * len(said)


#: Drafts are ordinary more often than the messages the bounds were set on, so a flag asks for so much of the rest of
#: certainty beyond "clear": of 5,000 ordinary messages fewer than 5 in 1,000 are flagged then.
STRICTER = 0.25
#: Moves with a share of their own: less for what ordinary messages are hardly ever taken for (none of that rest, or
#: some of the way back to "possible"), more for what they are taken for more often. Chosen on ordinary messages and on
#: the first two sets of drafts (docs/validation.md).
OWN_STRICTNESS = {
    "ultimatum": 0.0,
    "demand": 0.0,
    "defensiveness": 0.0,
    "criticism": -0.1,
    "pursuit": 0.35,
    "control_threat": 0.35,
}


@cache
def packaged() -> Judge:
    """The judge that comes with Ebbtide."""
    learned = model(LANGUAGE)
    share = np.array([OWN_STRICTNESS.get(head, STRICTER) for head in HEADS])
    room = np.where(share >= 0, 1 - learned.clear, learned.clear - learned.possible)
    strict = learned.clear + room * share
    possible, clear = (dict(zip(HEADS, t.tolist(), strict=True)) for t in (learned.possible, strict))
    return Judge(scores, possible, clear, learned.student.place)
