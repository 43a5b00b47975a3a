"""The bank of made-up couples that a record is compared with, and how it is made.

`python -m validation dyad-fit --build` makes it again: couples drawn from the prior, lived for six weeks to a year,
their records by the day summarised as a real one is. One part teaches the network, the rest is the bank.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np

from ebbtide.simulator.fitting import days as by_day
from ebbtide.simulator.fitting import prior
from ebbtide.simulator.fitting.network import Network, learned
from ebbtide.simulator.fitting.summaries import levels_of, run_lengths, summarised
from ebbtide.simulator.systems.system import Floats

FILE = "bank.npz"
#: Days of a record: fewer tell too little, of more only the last are read.
FEWEST_DAYS, MOST_DAYS = 42, 365
#: A person is away from this distance on; a spell has so many days; nobody is away for more than this share.
AWAY, SPELL_DAYS, MOST_AWAY = 0.5, 3, 0.4
#: Couples run together, and how often each that teaches the network is written.
TOGETHER, WRITTEN = 1000, 3
#: Places are kept to 16 bits.
STEPS = 65536


@dataclass(frozen=True, slots=True)
class Couples:
    """Made-up couples: places of their parameters (P, n), summaries from both sides (S, n), days of record (n,)."""

    places: Floats
    seen_by_a: Floats
    seen_by_b: Floats
    days: Floats


@dataclass(frozen=True, slots=True)
class Bank:
    """Places (P, n) and what the record shows of each couple (P + 3, n), the network, and where all of it is from."""

    places: Floats
    shown: Floats
    network: Network
    provenance: Mapping[str, Any]


def made(couples: int, rng: np.random.Generator, length: int | None = None, *, written: int = 1) -> Couples:
    """So many couples that could have a record to fit (about one of five that are tried), of various lengths.

    Each may be `written` several times, with other habits.
    """
    parts: list[Couples] = []
    while sum(p.days.size for p in parts) < couples:
        span = np.log([FEWEST_DAYS, MOST_DAYS])
        parts.append(tried(int(np.exp(rng.uniform(*span))) if length is None else length, rng, written))
    whole = [np.concatenate([getattr(p, name) for p in parts], axis=-1)[..., :couples] for name in Couples.__slots__]
    return Couples(*whole)


def tried(length: int, rng: np.random.Generator, written: int) -> Couples:
    """Couples of one length, those kept that the prior is about."""
    places = prior.drawn(TOGETHER, rng)
    p = prior.full(prior.values(places))
    rows = by_day.lived(p, by_day.together(p, TOGETHER, rng), int(MOST_AWAY * length) + 2, rng)
    # Whoever has been away for too much of the record by now need not be followed to its end.
    kept = ((rows[:, by_day.DISTANCE] >= AWAY).sum(axis=0) <= 2 * MOST_AWAY * length).all(axis=0)
    places, rows = places[:, kept], rows[:, :, kept]
    later = by_day.lived(prior.full(prior.values(places)), rows[-1], length - len(rows) // 2, rng)
    rows = np.concatenate([rows, later])
    kept = fitting(rows)
    rows, places = np.tile(rows[:, :, kept], written), np.tile(places[:, kept], written)
    habits = slice(len(prior.NAMES), None)
    places[habits] = rng.random(places[habits].shape)
    days = by_day.written(prior.full(prior.values(places)), rows, rng)
    levels = levels_of(days)
    return Couples(
        places, summarised(days, levels, 0), summarised(days, levels, 1), np.full(places.shape[1], float(length))
    )


def fitting(rows: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The couples in whom somebody draws away at least once and neither is away for most of the time."""
    away = rows[:, by_day.DISTANCE].transpose(1, 0, 2) >= AWAY
    longest = run_lengths(away).max(axis=(0, 1)) / 2
    return np.asarray((away.mean(axis=1).max(axis=0) <= MOST_AWAY) & (longest >= SPELL_DAYS))


def shown_by(network: Network, couples: Couples) -> Floats:
    """What is compared: the network's guesses, how many days, and how many turns of each (P + 3, n)."""
    return shown(network, couples.seen_by_a, couples.seen_by_b)


def shown(network: Network, seen_by_a: Floats, seen_by_b: Floats) -> Floats:
    """The same from the summaries of both sides; these begin with the logarithms of days and of turns of k and j."""
    return np.concatenate([network.of_couples(seen_by_a, seen_by_b), seen_by_a[:3]])


def built(teaching: int, couples: int, seed: int, note: Mapping[str, Any]) -> Bank:
    """A network learned from some couples and a bank of others."""
    rng = np.random.default_rng(seed)
    school = made(teaching * WRITTEN, rng, written=WRITTEN)
    both = np.concatenate([school.seen_by_a, school.seen_by_b], axis=1)
    network = learned(both, np.concatenate([school.places, school.places[prior.SWAPPED]], axis=1), rng)
    rest = made(couples, rng)
    provenance = {**note, "seed": seed, "teaching": teaching, "couples": couples, "order": list(prior.ALL)}
    return Bank(rest.places, shown_by(network, rest), network, provenance)


def unpacked(data: bytes) -> Bank:
    """A bank from its bytes."""
    with np.load(BytesIO(data), allow_pickle=False) as table:
        weights: Iterable[Floats] = (table[f"w{i}"].astype(np.float64) for i in range(6))
        network = Network(table["centre"], table["spread"], tuple(weights))
        places = (table["places"].astype(np.float64) + 0.5) / STEPS
        return Bank(places, table["shown"].astype(np.float64), network, json.loads(str(table["provenance"])))


def mirrored(bank: Bank) -> Bank:
    """The bank with every couple a second time, the two of them exchanged."""
    swapped = [*prior.SWAPPED, *(len(prior.ALL) + i for i in (0, 2, 1))]
    places = np.concatenate([bank.places, bank.places[prior.SWAPPED]], axis=1)
    return replace(bank, places=places, shown=np.concatenate([bank.shown, bank.shown[swapped]], axis=1))


@cache
def packaged() -> Bank:
    """The bank that comes with the package, mirrored."""
    return mirrored(unpacked(files("ebbtide.simulator.fitting").joinpath(FILE).read_bytes()))
