"""Rates: how many messages really make a move, from how many are taken to.

A model that finds half of a move's messages and takes one in a hundred others for it shows neither the true number nor
the true share. With both known from authors left out, the count is put right (Rogan & Gladen 1978), with an interval
that holds what the count, and the writer's likeness to those authors, leave open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.signals.moves import RATED, Model, model

#: Half the width of a 90% interval in standard deviations.
NINETY = 1.645


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of messages that make a move, with a 90% interval, 0 to 1; of how many messages."""

    share: float
    low: float
    high: float
    messages: int

    @property
    def count(self) -> int:
        """The number of messages that make the move, as near as can be told."""
        return round(self.share * self.messages)


def corrected(taken: int, messages: int, move: str, using: Model | None = None) -> Rate:
    """The rate of a move (of `RATED`) of which `taken` of so many `messages` are possible ones."""
    if messages == 0:
        return Rate(0.0, 0.0, 0.0, 0)
    using = using or model()
    at = RATED.index(move)
    (found, found_sd), (mistaken, mistaken_sd) = using.found[:, at].tolist(), using.mistaken[:, at].tolist()
    seen = taken / messages
    # Half a message keeps a count of none, or of all, from passing for certainty.
    smooth = (taken + 0.5) / (messages + 1)
    tells = found - mistaken
    share = (seen - mistaken) / tells
    by_count = smooth * (1 - smooth) / messages
    by_found, by_mistaken = (share * found_sd) ** 2, ((share - 1) * mistaken_sd) ** 2
    spread = NINETY * float(np.sqrt(by_count + by_found + by_mistaken)) / tells
    low, middle, high = (float(np.clip(x, 0, 1)) for x in (share - spread, share, share + spread))
    return Rate(middle, low, high, messages)
