"""Manner: how full a person's turns are and how the words are, as witnesses beside how many there are.

Both are weak: a withdrawn person may write as fully and as warmly as ever when writing at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.models.counts import count_likelihood
from ebbtide.signals.fullness import Fullness
from ebbtide.signals.stream import Floats


@dataclass(frozen=True, slots=True)
class Tone:
    """One person's days (D,): messages whose words can be read, and how many of them are `curt` (close the exchange,
    leave a plan open) or `open` (tender, thankful, telling of oneself, asking after the other)."""

    texts: Floats
    curt: Floats
    open: Floats


#: When withdrawn, messages to a turn and their length (log) may stay as usual or fall by this much.
FEWER_EXTRAS, SHORTER = (1.0, 0.6, 0.3), (0.0, -0.3, -0.7)
#: Day-to-day standard deviation of the mean log length, and how far these witnesses are trusted.
LENGTH_SD, FLAT_TEMPER = 0.2, 0.6


def flatness(full: Fullness, weight: Floats) -> Floats:
    """Log likelihood ratio (D,) of withdrawn against engaged from how full a person's turns are.

    A withdrawn person may write as fully as ever, so that fullness speaks against withdrawal only mildly.
    """
    usual = ((full.extras * weight).sum() + 1) / ((full.turns * weight).sum() + 2)
    shape = burst_shape(full, usual, weight)
    extras = [count_likelihood(full.extras, full.turns * usual, np.array([f]), shape)[:, 0] for f in FEWER_EXTRAS]
    kept = np.where(full.turns > 0, np.logaddexp.reduce(extras, axis=0) - np.log(len(extras)) - extras[0], 0.0)
    said = weight * full.texts
    centre = (said * full.length).sum() / max(said.sum(), 1.0)
    rest = full.length - centre
    spread = (said * rest**2).sum() / max(said.sum(), 1.0)
    noise = 1.0 / np.maximum(full.texts, 1) * max(spread, 0.3) + LENGTH_SD**2
    lengths = [-0.5 * (rest - shift) ** 2 / noise for shift in SHORTER]
    shorter = np.where(full.texts > 0, np.logaddexp.reduce(lengths, axis=0) - np.log(len(lengths)) - lengths[0], 0.0)
    return np.asarray(FLAT_TEMPER * (kept + shorter))


#: Shape of the spread of messages to a turn (geometric at 1), tried in turn; and of a whole day's.
BURST_SHAPES, DAY_BURST_SHAPE = (0.1, 0.3, 1.0, 3.0), 8.0


def burst_shape(full: Fullness, usual: float, weight: Floats) -> Floats:
    """Negative binomial shape (D,) of a day's extra messages, at the burstiness that fits this person best."""
    shapes = [1 / (1 / (np.maximum(full.turns, 0.5) * k) + 1 / DAY_BURST_SHAPE) for k in BURST_SHAPES]
    known = weight * (full.turns > 0)
    fits = [
        float((known * count_likelihood(full.extras, full.turns * usual, np.ones(1), shape)[:, 0]).sum())
        for shape in shapes
    ]
    return shapes[int(np.argmax(fits))]


#: When withdrawn, the odds that a message is curt, and that it is open, may stay as usual or change by this much.
CURTER, COOLER = (1.0, 4.0, 16.0), (1.0, 0.5, 0.2)
#: The usual share of each beforehand, how many messages that is worth, and how far these witnesses are trusted.
USUALLY_CURT, USUALLY_OPEN, USUAL_WEIGHT, TONE_TEMPER = 0.02, 0.12, 30.0, 0.6
#: No day's words count for more than this: one quarrel is no withdrawal.
MOST_COOL = 2.0


def coolness(tone: Tone, weight: Floats) -> Floats:
    """Log likelihood ratio (D,) of withdrawn against engaged from how a person writes, against the person's own usual.

    Only the person's own words count: what the other says about someone's distance is no witness of it. `weight` (D,)
    says which days show the usual.
    """
    out = np.zeros(tone.texts.size)
    for made, changes, share in ((tone.curt, CURTER, USUALLY_CURT), (tone.open, COOLER, USUALLY_OPEN)):
        usual = ((weight * made).sum() + share * USUAL_WEIGHT) / ((weight * tone.texts).sum() + USUAL_WEIGHT)
        times = np.array(changes)
        every = np.log1p((times - 1) * usual)
        each = made[:, None] * np.log(times) - tone.texts[:, None] * every
        out += np.logaddexp.reduce(each, axis=1) - np.log(times.size)
    return np.where(tone.texts > 0, np.clip(TONE_TEMPER * out, -MOST_COOL, MOST_COOL), 0.0)
