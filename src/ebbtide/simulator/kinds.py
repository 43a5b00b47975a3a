"""Kinds of couples: how much they write, how alike they are, what happens to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, log
from typing import Literal

import numpy as np

from ebbtide.simulator.timing import Habits
from ebbtide.simulator.truth import DecoyKind, Reaction

Span = tuple[float, float]
Withdrawing = Literal["anyone", "same", "swapped"]
FAR_ZONES = ("America/Los_Angeles", "Asia/Tokyo", "Australia/Sydney", "America/Chicago", "Asia/Kolkata")


@dataclass(frozen=True, slots=True)
class Kind:
    """Settings of a kind. Ranges are (low, high); `episodes` and `decoys` are numbers per 180 days.

    `messages` is messages a day of both together, `answer` the chance that a start is answered, `depth` the depth of
    episodes, `length` their days, `reactions` the weights of what the partner does, `withdrawing` who withdraws,
    `running` the chance that an episode runs at the end of the record. `pressed` is the power of the number of waiting
    turns by which an answer becomes likelier (below 0: less likely). `home` multiplies evening writing, `far` puts one
    of the two in another time zone, `days` is the usual length of the record.
    """

    messages: Span = (12.0, 70.0)
    answer: Span = (0.65, 0.95)
    episodes: tuple[int, int] = (1, 5)
    depth: Span = (0.5, 0.97)
    length: tuple[int, int] = (3, 20)
    reactions: Mapping[Reaction, float] = field(
        default_factory=lambda: {"reaches": 0.4, "space": 0.3, "carries_on": 0.3}
    )
    withdrawing: Withdrawing = "anyone"
    running: float = 0.12
    pressed: float = 0.0
    decoys: Mapping[DecoyKind, tuple[int, int]] = field(
        default_factory=lambda: {
            "busy_day": (1, 4),
            "quiet_day": (0, 2),
            "weekend_together": (1, 4),
            "holiday": (0, 1),
            "outside_cause": (0, 1),
            "night_shift": (0, 1),
            "slow_drift": (0, 1),
        }
    )
    home: float = 1.0
    far: bool = False
    days: int = 180


PLENTY: Mapping[DecoyKind, tuple[int, int]] = {
    "busy_day": (2, 6),
    "quiet_day": (1, 3),
    "weekend_together": (2, 6),
    "holiday": (0, 2),
    "outside_cause": (0, 2),
    "night_shift": (0, 1),
    "slow_drift": (0, 1),
}

KINDS: Mapping[str, Kind] = {
    "settled": Kind(),
    "none": Kind(episodes=(0, 0), messages=(8.0, 120.0), decoys=PLENTY),
    "reaching": Kind(
        episodes=(2, 5),
        reactions={"reaches": 1.0},
        withdrawing="same",
        pressed=-0.25,
        messages=(20.0, 100.0),
    ),
    "swapped": Kind(episodes=(2, 4), withdrawing="swapped"),
    "distance": Kind(far=True, decoys={"busy_day": (1, 3), "outside_cause": (0, 1), "night_shift": (1, 2)}),
    "together": Kind(
        messages=(6.0, 16.0),
        episodes=(0, 1),
        answer=(0.5, 0.8),
        home=0.12,
        decoys={"busy_day": (2, 5), "weekend_together": (2, 5), "holiday": (0, 1), "outside_cause": (0, 1)},
    ),
    "sparse": Kind(messages=(6.0, 12.0), answer=(0.5, 0.9), episodes=(1, 3), depth=(0.7, 0.97), length=(5, 20)),
    "busy": Kind(messages=(80.0, 150.0), answer=(0.8, 0.95)),
    "new": Kind(days=70, episodes=(1, 5), messages=(15.0, 90.0), decoys={"busy_day": (1, 4), "outside_cause": (0, 2)}),
    "announced": Kind(
        episodes=(0, 2), decoys={"busy_day": (1, 3), "outside_cause": (2, 5), "weekend_together": (0, 2)}
    ),
}


def draw_habits(kind: Kind, tz: str, rng: np.random.Generator) -> tuple[Habits, Habits]:
    """Two people's habits: alike in how much the couple writes, different in everything else."""
    low, high = kind.messages
    daily = low * (high / low) ** rng.random()
    goes_on = float(np.clip(0.5 + 0.33 * log(daily / 6) / log(25) + rng.normal(0, 0.06), 0.35, 0.88))
    share = 1 / (1 + exp(rng.uniform(-log(3), log(3))))
    zones = (tz, str(rng.choice(FAR_ZONES))) if kind.far else (tz, tz)
    if rng.random() < 0.5:
        zones = zones[::-1]
    heard = 0.8  # of the answers meant, those not lost to sleep or overtaken
    answers = [rng.uniform(*kind.answer) for _ in range(2)]
    bursts = [rng.uniform(0.25, 1.4) for _ in range(2)]
    length = sum(1 + heard * a / (1 - heard * a * goes_on) for a in answers) / 2
    merged = (daily / 30) ** 0.2  # busy couples lose more starts into talks already going on; found by trial
    starts = merged * daily / (length * (1 + sum(bursts) / 2))
    return (
        one_person(kind, zones[0], starts * share, answers[0], goes_on, bursts[0], rng),
        one_person(kind, zones[1], starts * (1 - share), answers[1], goes_on, bursts[1], rng),
    )


def one_person(
    kind: Kind, tz: str, starts: float, answer: float, goes_on: float, burst: float, rng: np.random.Generator
) -> Habits:
    """One person's habits around the couple's figures."""
    return Habits(
        wake=rng.uniform(5.8, 9.2),
        awake_hours=rng.uniform(15.0, 17.5),
        weekend_later=rng.uniform(0.0, 2.2),
        lunch=rng.uniform(0.0, 0.9),
        evening=rng.uniform(0.4, 1.8),
        evening_hour=rng.uniform(19.0, 22.0),
        work=rng.uniform(0.3, 1.0),
        home=kind.home,
        starts_per_day=starts,
        answer=answer,
        goes_on=goes_on,
        quick_share=rng.uniform(0.55, 0.9),
        quick_minutes=rng.uniform(1.5, 8.0),
        slow_minutes=rng.uniform(45.0, 150.0),
        extra_messages=burst,
        follow=rng.uniform(0.08, 0.3),
        pressed=kind.pressed,
        mood_sd=rng.uniform(0.2, 0.4),
        tz=tz,
    )
