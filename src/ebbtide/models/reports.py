"""Reports: what daily check-ins about a person say on withdrawal, against what is usual for whoever answers.

The answers 0–4 of one day are averaged over the items given, each against its own usual. A withdrawn person is reported
above it, or not at all above it: the one who answers may not notice. A few answers are slips that say nothing either
way, so that no single day decides, and check-ins never outweigh a deep silence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ebbtide.signals.stream import Floats

#: What is usual of a sign before anything is reported, and how many reports that is worth.
USUAL, USUAL_WEIGHT = 1.0, 3.0
#: Answers further than this from the middle one count as this far when the usual is worked out.
NEAR = 1.0
#: Spread of one item's answers beforehand, how many reports that is worth, and the spread of the answerer's own day.
ITEM_SD, ITEM_WEIGHT, DAY_SD = 0.8, 10.0, 0.5
#: How far above the usual the mean answer lies when the person has withdrawn, one as likely as the other.
ABOVE = (0.0, 0.75, 1.5)
#: Share of days on which the answers say nothing about that day, and their density then (the width of the scale).
SLIP, SLIP_DENSITY = 0.1, 0.25
#: Days follow each other in the answerer's mood, so that they are not independent witnesses.
TEMPER = 0.4


@dataclass(frozen=True, slots=True)
class Reports:
    """Answers 0–4 about each person, item and local day, (2, I, D); NaN where none was given."""

    value: Floats


def nothing_reported(days: int) -> Reports:
    """No check-ins."""
    return Reports(np.full((2, 0, days), np.nan))


def report_odds(value: Floats, weight: Floats) -> Floats:
    """Log likelihood ratio (D,) of withdrawn against engaged from the answers about one person; 0 on days without.

    `value` (I, D) holds NaN where nothing was answered; `weight` (D,) says which days show the usual.
    """
    given = ~np.isnan(value)
    count = given.sum(axis=0)
    if not count.any():
        return np.zeros(count.size)
    usual, variance = usual_answers(value, weight * given)
    rest = np.where(given, value - usual[:, None], 0.0)
    # Far above says no less than above, and better than usual no more than usual: both would look like slips.
    above = np.clip(rest.sum(axis=0) / np.maximum(count, 1), ABOVE[0], ABOVE[-1])
    noise = variance / np.maximum(count, 1) + DAY_SD**2
    withdrawn = np.mean([with_slips(above - shift, noise) for shift in ABOVE], axis=0)
    return np.where(count > 0, TEMPER * np.log(withdrawn / with_slips(above, noise)), 0.0)


def usual_answers(value: Floats, share: Floats) -> tuple[Floats, float]:
    """What is usually answered to each item (I,), drawn towards what anyone answers, and the variance around it.

    `share` (I, D) is how far each answer counts, 0 where none was given. Answers far from the middle one are moved
    near it, so that those of an episode do not hide it by widening the usual.
    """
    middle = np.array([middle_answer(*each) for each in zip(value, share, strict=True)])[:, None]
    near = np.clip(np.where(share > 0, value, middle), middle - NEAR, middle + NEAR)
    usual = ((share * near).sum(axis=1) + USUAL_WEIGHT * USUAL) / (share.sum(axis=1) + USUAL_WEIGHT)
    square = (share * (near - usual[:, None]) ** 2).sum()
    return usual, float((square + ITEM_WEIGHT * ITEM_SD**2) / (share.sum() + ITEM_WEIGHT))


def middle_answer(value: Floats, share: Floats) -> float:
    """The weighted median of the answers to one item; `USUAL` where there is none."""
    given = np.flatnonzero(share > 0)
    if not given.size:
        return USUAL
    order = given[np.argsort(value[given], kind="stable")]
    ladder = np.cumsum(share[order])
    return float(value[order[np.searchsorted(ladder, ladder[-1] / 2)]])


def with_slips(rest: Floats, noise: Floats) -> Floats:
    """Density of a day's mean answer that lies `rest` from where it should, slips included."""
    near = np.exp(-0.5 * rest**2 / noise) / np.sqrt(2 * np.pi * noise)
    return np.asarray((1 - SLIP) * near + SLIP * SLIP_DENSITY)
