"""Tuning: the student and a small head learn the moves together, from the message, the one before and the place.

Begins from the distilled student. Labels on which two readers differ count for nothing. Everything is seeded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.moves.features import PLAIN
from ebbtide.signals.moves.labels import HEADS
from ebbtide.signals.moves.model import OWN_WEIGHT, PRIOR_WEIGHT
from training.distill import coded, encoded

Array = NDArray[Any]
BATCH, RATE, MIDDLE = 128, 1e-3, 256
#: Words of a message and of the one before that are looked at while tuning; batches hold messages of like length.
SIZES, PREV_SIZE, POOL = (10, 20, 40), 20, 1024
WORD_DROP, DROP, PULL, DECAY, SEED = 0.2, 0.35, 2e-4, 0.02, 20261127
#: Which of the plain figures says whether something came before.
FOLLOWS = slice(12, 13)


@dataclass(frozen=True, slots=True)
class Examples:
    """Messages: `text` and `prev` words, `plain` (n, PLAIN), `wanted` (n, heads), NaN where readers differ."""

    text: Sequence[list[str]]
    prev: Sequence[list[str]]
    plain: Array
    wanted: Array

    def rows(self, which: Array) -> Examples:
        """Some of them."""
        return Examples(
            [self.text[i] for i in which], [self.prev[i] for i in which], self.plain[which], self.wanted[which]
        )


def head_weights(size: int) -> dict[str, Array]:
    """Small random weights of the head."""
    rng = np.random.default_rng(SEED)
    width = 2 * size + PLAIN
    return {
        "mid": (rng.standard_normal((width, MIDDLE)) / np.sqrt(width)).astype(np.float32),
        "mid_bias": np.zeros(MIDDLE, np.float32),
        "top": (rng.standard_normal((MIDDLE, len(HEADS))) / 16).astype(np.float32),
        "straight": np.zeros((width, len(HEADS)), np.float32),
        "top_bias": np.full(len(HEADS), -3.0, np.float32),
    }


def logits(weights: dict[str, Any], batch: dict[str, Any], key: Any = None) -> Any:
    """Log odds (n, heads); with a `key` some of the features are dropped."""
    text = encoded(weights, batch["own"], batch["gram"], batch["length"])
    prev = encoded(weights, batch["prev_own"], batch["prev_gram"], batch["prev_length"])
    return head_logits(weights, text, prev, batch["plain"], key)


def head_logits(weights: dict[str, Any], text: Any, prev: Any, plain: Any, key: Any = None) -> Any:
    """Log odds (n, heads) from the vectors of messages and of those before them; with a `key` some are dropped."""
    features = jnp.concatenate([OWN_WEIGHT * text, PRIOR_WEIGHT * prev * plain[:, FOLLOWS], plain], axis=1)
    if key is not None:
        features = features * jax.random.bernoulli(key, 1 - DROP, features.shape) / (1 - DROP)
    middle = jax.nn.relu(features @ weights["mid"] + weights["mid_bias"])
    if key is not None:
        middle = middle * jax.random.bernoulli(jax.random.fold_in(key, 1), 1 - DROP, middle.shape) / (1 - DROP)
    return middle @ weights["top"] + features @ weights["straight"] + weights["top_bias"]


def batch_of(examples: Examples, place: dict[str, int], cache: dict[str, list[int]], size: int) -> dict[str, Array]:
    """Examples as arrays, messages cut to `size` words."""
    own = coded(list(examples.text), place, cache, size)
    prev = coded(list(examples.prev), place, cache, PREV_SIZE)
    return {
        "own": own.own,
        "gram": own.gram,
        "length": own.length.astype(np.float32),
        "prev_own": prev.own,
        "prev_gram": prev.gram,
        "prev_length": np.maximum(prev.length, 1).astype(np.float32),
        "plain": examples.plain,
    }


def tune(
    base: dict[str, Array], place: dict[str, int], known: Examples, epochs: int, seed: int = SEED
) -> dict[str, Array]:
    """Weights of student and head after `epochs` over the examples (AdamW towards the distilled student)."""
    start = {k: jnp.asarray(v) for k, v in base.items() if not k.startswith("feel")}
    weights = start | {k: jnp.asarray(v) for k, v in head_weights(base["out_bias"].size).items()}
    moments = no_moments(weights)
    cache: dict[str, list[int]] = {}
    whole = batch_of(known, place, cache, SIZES[-1])
    rng = np.random.default_rng(seed)
    steps = epochs * (len(known.text) // BATCH)

    update = stepper(logits, start)
    step, key = 0, jax.random.PRNGKey(seed)
    for _ in range(epochs):
        for rows, size in shuffled(whole["length"], rng):
            step += 1
            batch = {k: v[rows] for k, v in whole.items()}
            batch |= {"own": batch["own"][:, :size], "gram": batch["gram"][:, :size]}
            batch["own"] = np.where(rng.random(batch["own"].shape) < WORD_DROP, 0, batch["own"])
            key, used = jax.random.split(key)
            rate = RATE * min(step / 50, max(0.02, 1 - step / steps))
            weights, moments = update(weights, moments, batch, known.wanted[rows], used, float(step), rate)
    return {k: np.asarray(v) for k, v in weights.items()}


def stepper(logits: Callable[..., Any], start: dict[str, Any]) -> Callable[..., Any]:
    """One step of AdamW on the cross entropy of `logits(weights, batch, key)`, where what is wanted is not NaN.

    Weights of `start` are pulled back to it, all others to 0.
    """

    def cost(weights: Any, batch: Any, wanted: Any, key: Any) -> Any:
        found = logits(weights, batch, key)
        want = jnp.nan_to_num(wanted)
        return jnp.where(jnp.isnan(wanted), 0.0, jax.nn.softplus(found) - want * found).sum(1).mean()

    @jax.jit
    def update(weights: Any, moments: Any, batch: Any, wanted: Any, key: Any, step: Any, rate: Any) -> Any:
        slopes = jax.grad(cost)(weights, batch, wanted, key)
        fresh, kept = {}, {}
        for k, w in weights.items():
            m = 0.9 * moments[k][0] + 0.1 * slopes[k]
            v = 0.999 * moments[k][1] + 0.001 * slopes[k] ** 2
            pull = PULL * (w - start[k]) if k in start else DECAY * w
            own_rate = rate if k not in start else rate * 0.5
            move = (m / (1 - 0.9**step)) / (jnp.sqrt(v / (1 - 0.999**step)) + 1e-8)
            fresh[k] = w - own_rate * (move + pull)
            kept[k] = (m, v)
        return fresh, kept

    return update


def no_moments(weights: dict[str, Any]) -> dict[str, Any]:
    """The moments of AdamW before its first step."""
    return {k: (jnp.zeros_like(v), jnp.zeros_like(v)) for k, v in weights.items()}


def shuffled(length: Array, rng: np.random.Generator) -> list[tuple[Array, int]]:
    """Rows of every batch of an epoch and the words they are cut to: random, but of like length within a pool."""
    order, out = rng.permutation(length.size), []
    for first in range(0, order.size, POOL):
        pool = order[first : first + POOL]
        pool = pool[np.argsort(length[pool], kind="stable")]
        for start in range(0, pool.size - BATCH + 1, BATCH):
            rows = pool[start : start + BATCH]
            out.append((rows, next((s for s in SIZES if s >= length[rows[-1]]), SIZES[-1])))
    return [out[i] for i in rng.permutation(len(out))]


def scores(weights: dict[str, Array], place: dict[str, int], asked: Examples) -> Array:
    """Log odds (n, heads) by tuned weights."""
    cache: dict[str, list[int]] = {}
    run = jax.jit(logits)
    out = []
    for first in range(0, len(asked.text), 512):
        rows = np.arange(first, min(first + 512, len(asked.text)))
        out.append(np.asarray(run(weights, batch_of(asked.rows(rows), place, cache, SIZES[-1]))))
    return np.concatenate(out)


def held_out(task: tuple[dict[str, Array], dict[str, int], Examples, Array, int]) -> Array:
    """Log odds of some rows by weights that were tuned on all others."""
    base, place, examples, mine, epochs = task
    others = np.setdiff1d(np.arange(len(examples.text)), mine)
    return scores(tune(base, place, examples.rows(others), epochs), place, examples.rows(mine))
