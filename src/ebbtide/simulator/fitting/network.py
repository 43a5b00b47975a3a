"""From the summaries of a record to the best guess of each parameter: a small network of two layers, learned once.

Its outputs are the summaries that matter (Fearnhead & Prangle 2012, JRSS B 74:419): the posterior means are what is
compared between a record and the bank of made-up couples. Learning needs numpy only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.simulator.fitting.prior import SWAPPED
from ebbtide.simulator.systems.system import Floats

HIDDEN, ROUNDS, BATCH, RATE, DECAY = 64, 30, 512, 3e-3, 1e-4
#: Standardised summaries beyond this are taken to be at it.
FAR = 5.0


@dataclass(frozen=True, slots=True)
class Network:
    """Centre and spread of the summaries, and the weights of the layers in order."""

    centre: Floats
    spread: Floats
    weights: tuple[Floats, ...]

    def of_couples(self, seen_by_a: Floats, seen_by_b: Floats) -> Floats:
        """Guesses for couples from what each side shows (summaries, couples): (parameters, couples).

        Both sides are asked, and the answers put together, so that it cannot matter who is called a.
        """
        return (self(seen_by_a) + self(seen_by_b)[SWAPPED]) / 2

    def __call__(self, summaries: Floats) -> Floats:
        """Guesses, first of the person whose summaries these are: (parameters, couples)."""
        return layers(standard(summaries.T, self.centre, self.spread), self.weights)[-1].T


def standard(x: Floats, centre: Floats, spread: Floats) -> Floats:
    """Summaries (couples, summaries) around 0 with spread 1."""
    return np.clip((x - centre) / spread, -FAR, FAR)


def layers(x: Floats, w: tuple[Floats, ...] | list[Floats]) -> tuple[Floats, Floats, Floats]:
    """What each of the layers gives."""
    first = np.tanh(x @ w[0] + w[1])
    second = np.tanh(first @ w[2] + w[3])
    return first, second, second @ w[4] + w[5]


def learned(summaries: Floats, places: Floats, rng: np.random.Generator) -> Network:
    """The network that guesses places (parameters, couples) from summaries (summaries, couples) best on average.

    Least squares by gradient steps of adapted size (Kingma & Ba 2015).
    """
    centre, spread = summaries.mean(axis=1), summaries.std(axis=1) + 1e-9
    x, y = standard(summaries.T, centre, spread), places.T
    w = begun(x.shape[1], y.shape[1], rng)
    w[-1] = y.mean(axis=0)
    slow, square = [np.zeros_like(each) for each in w], [np.zeros_like(each) for each in w]
    step = 0
    for turn in range(ROUNDS):
        order = rng.permutation(len(x))
        for rows in np.array_split(order, max(1, len(x) // BATCH)):
            step += 1
            for i, slope in enumerate(slopes(x[rows], y[rows], w)):
                slow[i] = 0.9 * slow[i] + 0.1 * slope
                square[i] = 0.999 * square[i] + 0.001 * slope**2
                moved = slow[i] / (1 - 0.9**step) / (np.sqrt(square[i] / (1 - 0.999**step)) + 1e-8)
                w[i] = w[i] - RATE * (1 - turn / ROUNDS) * (moved + DECAY * w[i])
    return Network(centre, spread, tuple(w))


def begun(inputs: int, outputs: int, rng: np.random.Generator) -> list[Floats]:
    """Small weights to begin with."""
    sizes = ((inputs, HIDDEN), (HIDDEN, HIDDEN), (HIDDEN, outputs))
    return [w for n, m in sizes for w in (rng.standard_normal((n, m)) / np.sqrt(n), np.zeros(m))]


def slopes(x: Floats, y: Floats, w: list[Floats]) -> list[Floats]:
    """How the mean squared error changes with each weight."""
    first, second, out = layers(x, w)
    wrong = 2 * (out - y) / len(x)
    at_second = (wrong @ w[4].T) * (1 - second**2)
    at_first = (at_second @ w[2].T) * (1 - first**2)
    return [
        x.T @ at_first,
        at_first.sum(axis=0),
        first.T @ at_second,
        at_second.sum(axis=0),
        second.T @ wrong,
        wrong.sum(axis=0),
    ]
