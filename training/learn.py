"""From corpus to thresholds: examples, folds of authors, calibration on authors left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ebbtide.signals.moves.features import Place, plain
from ebbtide.signals.moves.labels import HEADS, PRESSING, RATED
from ebbtide.signals.moves.tokens import all_words, words
from training.corpus import Labelled
from training.tune import Examples

Array = NDArray[Any]
#: Of messages shown as clear, the share that should be right; and on how many the threshold must rest.
CLEAR_PRECISION, CLEAR_LEAST = 0.9, 12
#: Pseudo-messages that keep the rates of an author with few messages of a kind near those of all.
LENT = 10.0
#: Probabilities that may be thresholds, and from how many of a move an author has a say in its own.
STEPS, FEWEST = np.linspace(0.02, 0.98, 97), 10


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Per head: log odds are times `scale` plus `shift`; probabilities from which a move is possible, and clear.

    `found` and `mistaken` (2, `RATED`): the share of a move's messages called possible, and of all others; mean over
    authors and standard deviation between them.
    """

    scale: Array
    shift: Array
    possible: Array
    clear: Array
    found: Array
    mistaken: Array


def examples(rows: Sequence[Labelled], wanted: Array) -> Examples:
    """Labelled messages as a network takes them."""
    texts = [r.text for r in rows]
    own = all_words(texts)
    before = [None if r.prev is None else words(r.prev) for r in rows]
    place = Place(
        np.array([r.prev is not None for r in rows], np.float32),
        np.array([r.prev_same_person for r in rows], np.float32),
        np.array([r.gap_minutes for r in rows]),
        np.array([r.unanswered for r in rows], np.float32),
    )
    return Examples(own, [b or ["."] for b in before], plain(texts, own, before, place), wanted)


def folds(rows: Sequence[Labelled], count: int) -> list[Array]:
    """Rows of each fold: whole authors, in turn."""
    return folds_of(np.array([r.author for r in rows]), count)


def folds_of(author: Array, count: int) -> list[Array]:
    """Rows of each fold, from who wrote each row."""
    fold = {str(name): i % count for i, name in enumerate(np.unique(author))}
    mine = np.array([fold[name] for name in author])
    return [np.flatnonzero(mine == i) for i in range(count)]


def platt(logit: Array, wanted: Array) -> tuple[float, float]:
    """Scale and shift under which log odds are calibrated (logistic regression on one number)."""

    def cost(at: Array) -> float:
        z = at[0] * logit + at[1]
        return float((np.logaddexp(0, z) - wanted * z).sum() + 0.5 * (at[0] - 1) ** 2)

    found = minimize(cost, np.array([1.0, 0.0]), method="Nelder-Mead")
    return float(found.x[0]), float(found.x[1])


def thresholds(logit: Array, truth: Array, agreed: Array, author: Array) -> Thresholds:
    """Calibration and thresholds from authors left out.

    `truth` (n, heads) is what the author said; `agreed` the same with NaN where two readers differ, which neither
    counts for nor against a clear move.
    """
    heads = truth.shape[1]
    each, rated = (np.zeros(heads, np.float32) for _ in range(4)), (np.zeros((2, len(RATED))) for _ in range(2))
    out = Thresholds(*each, *rated)
    reached = np.zeros(truth.shape, np.bool_)
    for h in range(heads):
        out.scale[h], out.shift[h] = platt(logit[:, h], truth[:, h])
        p = 1 / (1 + np.exp(-(out.scale[h] * logit[:, h] + out.shift[h])))
        out.possible[h] = for_anyone(truth[:, h], p, author)
        told = ~np.isnan(agreed[:, h])
        out.clear[h] = max(precise(agreed[told, h], p[told]), out.possible[h])
        reached[:, h] = p >= out.possible[h]
    pressing = [HEADS.index(label) for label in PRESSING]
    reached, real = (np.column_stack([x, x[:, pressing].any(axis=1)]) for x in (reached, truth > 0))
    for r in range(len(RATED)):
        yes = real[:, r]
        out.found[:, r] = by_author(reached[yes, r], author[yes])
        out.mistaken[:, r] = by_author(reached[~yes, r], author[~yes])
    return out


def by_author(reached: Array, author: Array) -> tuple[float, float]:
    """The share of messages that reach a threshold: the mean over authors, and the standard deviation between them."""
    every = float(reached.mean())
    count = np.array([(author == name).sum() for name in np.unique(author)])
    hits = np.array([reached[author == name].sum() for name in np.unique(author)])
    share = (hits + LENT * every) / (count + LENT)
    return float(share.mean()), float(share.std())


def best_f1(wanted: Array, score: Array) -> float:
    """The threshold with the highest F1."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(wanted[order])
    f1 = 2 * hits / (np.arange(1, hits.size + 1) + wanted.sum())
    return float(score[order[np.argmax(f1)]])


def for_anyone(wanted: Array, p: Array, author: Array) -> float:
    """The threshold for somebody new: best over authors, each of whom counts the same, and over all messages.

    Where the two differ the higher one is taken: real chats hold fewer moves than the corpus.
    """
    return max(best_f1(wanted, p), evenly(f1_of_authors(wanted, p, author)))


def f1_of_authors(wanted: Array, p: Array, author: Array) -> Array:
    """F1 at each of `STEPS` of every author (authors, steps), nan where there is little to go by."""
    rows = []
    for name in np.unique(author):
        mine = author == name
        yes = np.sort(p[mine & (wanted > 0)])
        said, hits = (x.size - np.searchsorted(x, STEPS) for x in (np.sort(p[mine]), yes))
        rows.append(2 * hits / np.maximum(said + yes.size, 1) if yes.size >= FEWEST else np.full(STEPS.size, np.nan))
    return np.array(rows)


def evenly(f1: Array) -> float:
    """The step at which the mean of authors' F1 (authors, steps) is best; 0 where no author has a say."""
    told = f1[~np.isnan(f1).any(axis=1)]
    return float(STEPS[told.mean(axis=0).argmax()]) if len(told) else 0.0


def precise(wanted: Array, score: Array) -> float:
    """The lowest threshold from which enough are right, judged over all above it; above 1 where there is none."""
    order = np.argsort(-score, kind="stable")
    count = np.arange(1, order.size + 1)
    enough = (np.cumsum(wanted[order]) / count >= CLEAR_PRECISION) & (count >= CLEAR_LEAST)
    return float(score[order[np.flatnonzero(enough)[-1]]]) if enough.any() else 1.01


@dataclass(frozen=True, slots=True)
class Score:
    """Per head hits, false alarms and misses at thresholds that other authors set."""

    hit: Array
    false: Array
    missed: Array

    @property
    def f1(self) -> Array:
        """F1 per head."""
        return np.asarray(2 * self.hit / np.maximum(2 * self.hit + self.false + self.missed, 1))

    def micro(self, count: int) -> float:
        """F1 of the first `count` heads together."""
        hit, false, missed = (x[:count].sum() for x in (self.hit, self.false, self.missed))
        return float(2 * hit / (2 * hit + false + missed))


def judged(logit: Array, truth: Array, author: Array) -> Score:
    """Every author judged at the thresholds of all others."""
    return counted(called(logit, truth, author), truth)


def called(logit: Array, truth: Array, author: Array) -> Array:
    """Whether each message reaches each head's threshold by all other authors (n, heads)."""
    out, names = np.zeros(truth.shape, bool), np.unique(author)
    for h in range(truth.shape[1]):
        p, wanted = 1 / (1 + np.exp(-logit[:, h])), truth[:, h]
        f1 = f1_of_authors(wanted, p, author)
        for i, name in enumerate(names):
            mine = author == name
            out[mine, h] = p[mine] >= max(best_f1(wanted[~mine], p[~mine]), evenly(np.delete(f1, i, axis=0)))
    return out


def counted(said: Array, truth: Array) -> Score:
    """Hits, false alarms and misses of what was said of messages (n, heads)."""
    yes = truth > 0
    return Score((said & yes).sum(0), (said & ~yes).sum(0), (~said & yes).sum(0))


def table(score: Score) -> str:
    """F1 per head, one a line, and together."""
    rows = [f"{h:16} {n:5d} {f:.2f}" for h, n, f in zip(HEADS, score.hit + score.missed, score.f1, strict=True)]
    return "\n".join([*rows, f"micro {score.micro(21):.3f}, macro {score.f1[:21].mean():.3f}"])
