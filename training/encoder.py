"""The teacher itself as an encoder: the same heads over its vectors, and how much they add to the student's.

The teacher is a sentence encoder that is installed apart (`ebbtide[encoder]`), so its vectors are as they are; only the
heads are learned. Their log odds and the student's are weighed against each other per move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from training.corpus import Labelled
from training.learn import for_anyone, precise
from training.tune import BATCH, SEED, head_logits, head_weights, no_moments, stepper

Array = NDArray[Any]
EPOCHS, RATE = 20, 1e-3


@dataclass(frozen=True, slots=True)
class Vectors:
    """The teacher's vectors of messages and of those before them (n, t), 0 where nothing came before, and `plain`."""

    text: Array
    prev: Array
    plain: Array

    def rows(self, which: Array) -> dict[str, Array]:
        """Some of them, as a batch."""
        return {"text": self.text[which], "prev": self.prev[which], "plain": self.plain[which]}


def looked_up(rows: Sequence[Labelled], known: dict[str, Array], plain: Array) -> Vectors:
    """The vectors of messages from those of all texts."""
    nothing = np.zeros_like(next(iter(known.values())))
    prev = [nothing if r.prev is None else known[r.prev] for r in rows]
    return Vectors(np.stack([known[r.text] for r in rows]), np.stack(prev), plain)


def odds(weights: dict[str, Any], batch: dict[str, Any], key: Any = None) -> Any:
    """Log odds (n, heads)."""
    return head_logits(weights, batch["text"], batch["prev"], batch["plain"], key)


def learned(known: Vectors, wanted: Array) -> dict[str, Array]:
    """Weights of the heads after `EPOCHS` over the messages."""
    weights = {k: jnp.asarray(v) for k, v in head_weights(known.text.shape[1]).items()}
    moments, update = no_moments(weights), stepper(odds, {})
    rng, key, step = np.random.default_rng(SEED), jax.random.PRNGKey(SEED), 0
    steps = EPOCHS * (wanted.shape[0] // BATCH)
    for _ in range(EPOCHS):
        order = rng.permutation(wanted.shape[0])
        for start in range(0, order.size - BATCH + 1, BATCH):
            step += 1
            mine = order[start : start + BATCH]
            key, used = jax.random.split(key)
            rate = RATE * min(step / 50, max(0.02, 1 - step / steps))
            weights, moments = update(weights, moments, known.rows(mine), wanted[mine], used, float(step), rate)
    return {k: np.asarray(v) for k, v in weights.items()}


def held_out(task: tuple[Vectors, Array, Array]) -> Array:
    """Log odds of some rows by heads that were learned from all others."""
    known, wanted, mine = task
    others = np.setdiff1d(np.arange(wanted.shape[0]), mine)
    weights = learned(Vectors(known.text[others], known.prev[others], known.plain[others]), wanted[others])
    return np.asarray(odds(weights, known.rows(mine)))


def weighed(student: Array, teacher: Array, truth: Array) -> Array:
    """Per head how much the student's log odds, the teacher's and 1 count (3, heads), by logistic regression."""
    out = np.zeros((3, truth.shape[1]), np.float32)
    for h in range(truth.shape[1]):
        x = np.column_stack([student[:, h], teacher[:, h], np.ones(len(student))])

        def cost(at: Array, x: Array = x, y: Array = truth[:, h]) -> tuple[float, Array]:
            z = x @ at
            slope = x.T @ (1 / (1 + np.exp(-z)) - y) + np.array([at[0] - 0.5, at[1] - 0.5, 0])
            loss = (np.logaddexp(0, z) - y * z).sum() + 0.5 * ((at[:2] - 0.5) ** 2).sum()
            return float(loss), slope

        out[:, h] = minimize(cost, np.array([0.5, 0.5, 0.0]), jac=True).x
    return out


def together(weights: Array, student: Array, teacher: Array) -> Array:
    """Log odds of both, weighed."""
    return np.asarray(weights[0] * student + weights[1] * teacher + weights[2])


def thresholds(logit: Array, truth: Array, agreed: Array, author: Array) -> tuple[Array, Array]:
    """Probabilities from which a move is possible and clear (heads,) by both."""
    possible, clear = np.zeros(truth.shape[1], np.float32), np.zeros(truth.shape[1], np.float32)
    for h in range(truth.shape[1]):
        p = 1 / (1 + np.exp(-logit[:, h]))
        possible[h] = for_anyone(truth[:, h], p, author)
        told = ~np.isnan(agreed[:, h])
        clear[h] = max(precise(agreed[told, h], p[told]), possible[h])
    return possible, clear
