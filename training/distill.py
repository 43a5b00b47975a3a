"""The student: a small network that learns a sentence encoder's vectors, and feelings from GoEmotions, on chat lines.

Words and hashed character n-grams → embedding → convolutions of width 2, 3 and 5 → pooling → hidden layer with a skip
→ the teacher's vector. Epochs are fixed and one thread is used, so that the same image gives the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from ebbtide.signals.moves.student import DIMS, HIDDEN, WIDTHS
from ebbtide.signals.moves.tokens import MOST_GRAMS, grams

Array = NDArray[Any]
#: Words that get a vector of their own; buckets of character n-grams; seen less often than this a word is spelled out.
VOCABULARY, BUCKETS, LEAST_COUNT = 20_000, 8_192, 2
BATCH, LENGTHS = 256, (6, 10, 16, 24, 40, 60)
RATE, DROP, EMOTION_WEIGHT, SEED = 2e-3, 0.1, 0.3, 20261126
EMOTIONS = 28


@dataclass(frozen=True, slots=True)
class Lines:
    """Texts to learn from: `words`, the teacher's `vectors` (n, t), `emotions` (n, 28) or NaN, `copies` an epoch."""

    words: list[list[str]]
    vectors: Array
    emotions: Array
    copies: Array


@dataclass(frozen=True, slots=True)
class Coded:
    """Words as numbers: `own` (n, T) row of the word's vector (0 none), `gram` (n, T, G) buckets (−1 none)."""

    own: Array
    gram: Array
    length: Array


def vocabulary(texts: list[list[str]]) -> list[str]:
    """The words with a vector of their own, most frequent first, ties by spelling."""
    count = Counter(w for words in texts for w in words)
    ranked = sorted((w for w, c in count.items() if c >= LEAST_COUNT), key=lambda w: (-count[w], w))
    return ranked[:VOCABULARY]


def coded(texts: list[list[str]], place: dict[str, int], cache: dict[str, list[int]], size: int) -> Coded:
    """Texts of at most `size` words as arrays."""
    own = np.zeros((len(texts), size), np.int32)
    gram = np.full((len(texts), size, MOST_GRAMS), -1, np.int32)
    for i, words in enumerate(texts):
        for t, word in enumerate(words[:size]):
            own[i, t] = place.get(word, -1) + 1
            if word not in cache:
                cache[word] = grams(word, BUCKETS)
            gram[i, t, : len(cache[word])] = cache[word]
    return Coded(own, gram, np.array([min(len(w), size) for w in texts], np.int32))


def first_weights(words: int, teacher: int) -> dict[str, Array]:
    """Small random weights."""
    rng = np.random.default_rng(SEED)
    pooled = 2 * DIMS * len(WIDTHS)

    def drawn(*shape: int) -> Array:
        return (rng.standard_normal(shape) / np.sqrt(shape[0])).astype(np.float32)

    weights = {
        "own": rng.standard_normal((words + 1, DIMS)).astype(np.float32) * 0.1,
        "gram": rng.standard_normal((BUCKETS, DIMS)).astype(np.float32) * 0.1,
    }
    for width in WIDTHS:
        weights[f"conv{width}"] = drawn(width * DIMS, DIMS).reshape(width, DIMS, DIMS)
        weights[f"bias{width}"] = np.zeros(DIMS, np.float32)
    weights |= {"hidden": drawn(pooled, HIDDEN), "hidden_bias": np.zeros(HIDDEN, np.float32)}
    weights |= {
        "skip": drawn(pooled, teacher),
        "out": drawn(HIDDEN, teacher),
        "out_bias": np.zeros(teacher, np.float32),
    }
    return weights | {"feel": drawn(teacher, EMOTIONS), "feel_bias": np.full(EMOTIONS, -3.0, np.float32)}


def embedded(weights: dict[str, Any], own: Any, gram: Any) -> Any:
    """Vectors of words (…, DIMS): their own, if they have one, and the mean of their n-grams'."""
    shown = (gram >= 0)[..., None]
    spelled = (weights["gram"][jnp.maximum(gram, 0)] * shown).sum(-2) / jnp.maximum(shown.sum(-2), 1)
    return spelled + weights["own"][own] * (own > 0)[..., None]


def encoded(weights: dict[str, Any], own: Any, gram: Any, length: Any) -> Any:
    """The student's vectors (n, t), of length one."""
    inside = (jnp.arange(own.shape[1])[None, :] < length[:, None])[..., None]
    x = embedded(weights, own, gram) * inside
    pools = []
    for width in WIDTHS:
        ahead = jnp.pad(x, ((0, 0), (0, width - 1), (0, 0)))
        total = sum(ahead[:, j : j + own.shape[1]] @ weights[f"conv{width}"][j] for j in range(width))
        active = jax.nn.relu(total + weights[f"bias{width}"]) * inside
        pools += [active.sum(1) / jnp.sqrt(length)[:, None], active.max(1)]
    pooled = jnp.concatenate(pools, axis=1)
    hidden = jax.nn.relu(pooled @ weights["hidden"] + weights["hidden_bias"])
    out = pooled @ weights["skip"] + hidden @ weights["out"] + weights["out_bias"]
    return out / jnp.sqrt((out**2).sum(1, keepdims=True) + 1e-9)


def loss(weights: dict[str, Any], batch: tuple[Any, ...]) -> Any:
    """One minus the cosine with the teacher, and the cross entropy of the feelings where they are known."""
    own, gram, length, vectors, emotions = batch
    found = encoded(weights, own, gram, length)
    apart = 1 - (found * vectors).sum(1)
    logits = 4 * found @ weights["feel"] + weights["feel_bias"]
    known = ~jnp.isnan(emotions)
    wanted = jnp.nan_to_num(emotions)
    entropy = jnp.where(known, jax.nn.softplus(logits) - wanted * logits, 0.0).mean(1)
    return (apart + EMOTION_WEIGHT * entropy).mean()


def batches(
    lines: Lines, place: dict[str, int], cache: dict[str, list[int]], rng: np.random.Generator
) -> Iterator[Any]:
    """The batches of an epoch, of lines of like length, in random order."""
    copies = np.floor(lines.copies + rng.random(lines.copies.size)).astype(int)
    order = rng.permutation(np.repeat(np.arange(copies.size), copies))
    length = np.array([len(lines.words[i]) for i in order])
    chosen = []
    for low, high in zip((0, *LENGTHS[:-1]), LENGTHS, strict=True):
        mine = order[(length > low) & (length <= high)]
        chosen += [(high, mine[i : i + BATCH]) for i in range(0, mine.size - BATCH + 1, BATCH)]
    for k in rng.permutation(len(chosen)):
        size, rows = chosen[k]
        code = coded([lines.words[i] for i in rows], place, cache, size)
        own = np.where(rng.random(code.own.shape) < DROP, 0, code.own)
        yield own, code.gram, code.length.astype(np.float32), lines.vectors[rows], lines.emotions[rows]


def train(lines: Lines, epochs: int, progress: Any = print) -> tuple[list[str], dict[str, Array]]:
    """Vocabulary and weights learned from lines over a fixed number of epochs (Adam, rate falling to nothing)."""
    names = vocabulary(lines.words)
    place = {w: i for i, w in enumerate(names)}
    weights = {k: jnp.asarray(v) for k, v in first_weights(len(names), lines.vectors.shape[1]).items()}
    moments = {k: (jnp.zeros_like(v), jnp.zeros_like(v)) for k, v in weights.items()}
    rng, cache, step = np.random.default_rng(SEED + 1), {}, 0
    total = epochs * int(lines.copies.sum() // BATCH)

    @jax.jit
    def update(weights: Any, moments: Any, batch: Any, step: Any, rate: Any) -> Any:
        value, slopes = jax.value_and_grad(loss)(weights, batch)
        fresh, kept = {}, {}
        for k, w in weights.items():
            m = 0.9 * moments[k][0] + 0.1 * slopes[k]
            v = 0.999 * moments[k][1] + 0.001 * slopes[k] ** 2
            fresh[k] = w - rate * (m / (1 - 0.9**step)) / (jnp.sqrt(v / (1 - 0.999**step)) + 1e-8)
            kept[k] = (m, v)
        return fresh, kept, value

    for epoch in range(epochs):
        seen = []
        for batch in batches(lines, place, cache, rng):
            step += 1
            rate = RATE * min(step / 300, max(0.02, 1 - step / total))
            weights, moments, value = update(weights, moments, batch, float(step), rate)
            seen.append(value)
        progress(f"epoch {epoch + 1} of {epochs}: loss {float(np.mean([float(s) for s in seen])):.4f}")
    return names, {k: np.asarray(v) for k, v in weights.items()}


def word_vectors(names: list[str], weights: dict[str, Array]) -> Array:
    """The vectors of the vocabulary as they are used: own and spelled together, (V, DIMS)."""
    out = np.zeros((len(names), DIMS), np.float32)
    for i, word in enumerate(names):
        out[i] = weights["own"][i + 1] + weights["gram"][grams(word, BUCKETS)].mean(axis=0)
    return out
