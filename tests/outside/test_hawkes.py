"""The linear special case (models.md F.3): with a = 1 our log likelihood is a linear Hawkes process's, by hawkesbook.

log λ = h + log(1 + E), with E a decayed count of the own messages, is λ = eʰ + eʰ·E: baseline and jump are eʰ. Ours is
constant within segments and taken at their middle, so each message's log hazard is off by at most half a segment over
the decay time, and the integral by as much of itself. Within that bound, which shrinks with the cuts, both agree.
"""

from __future__ import annotations

from dataclasses import dataclass

import hawkesbook
import numpy as np
import pytest

from ebbtide.models.availability import Prior, columns, derivatives, regression
from ebbtide.signals import segments as cutting
from ebbtide.signals.segments import DECAYS, Segments
from ebbtide.signals.stream import DAY, HOUR, Floats, Stream
from tests.models.writers import ORIGIN, renewal, steady, together
from tests.talks import cut

BASELINE = 0.35
DAYS = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """Our log likelihood and the package's, the bound of their difference, and how many messages it is about."""

    ours: float
    theirs: float
    bound: float
    messages: int


def both(person: int) -> Stream:
    """Two people, of whom one writes in bursts; the other's messages cut the time line but must not count."""
    rng = np.random.default_rng(30)
    bursts, other = renewal(0.6, 0.6, DAYS, rng), steady(0.5, DAYS, rng)
    return together(*((bursts, other) if person == 0 else (other, bursts)), DAYS * DAY)


def linear(flow: Stream, at: Floats, parts: Segments, person: int, decay: int) -> Floats:
    """Coefficients of the linear case: a constant, and 1 on the own excitation of one time scale."""
    rows = np.arange(parts.start.size)
    design = columns(flow, at, parts, person, rows)
    excited = np.log1p(parts.excite[decay, person]).astype(np.float32)
    place = np.flatnonzero((design == excited[:, None]).all(axis=0))
    assert place.size == 1
    beta = np.zeros(design.shape[1])
    beta[0], beta[place[0]] = np.log(BASELINE), 1.0
    return beta


def evenly_cut(flow: Stream, step: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the time line is cut every `step` seconds after a message."""
    monkeypatch.setattr(cutting, "CUTS", np.arange(0.0, np.diff(flow.at, append=flow.end).max() + step, step))


def compared(flow: Stream, person: int, decay: int, step: float) -> Compared:
    """Both log likelihoods of the same messages, given the first, where no segment is longer than `step` seconds."""
    at, parts = cut(flow)
    beta = linear(flow, at, parts, person, decay)
    x, y, offset = regression(flow, at, parts, person, flow.end)
    value, *_ = derivatives(x, y, offset, beta, Prior(beta, np.eye(beta.size)))
    expected = float(np.exp(x @ beta + offset).sum())
    own = (at[flow.who == person] - at[flow.who == person][0]) / HOUR
    law = np.array([BASELINE, BASELINE, HOUR / DECAYS[decay]])
    theirs = hawkesbook.exp_log_likelihood(own, (flow.end - ORIGIN) / HOUR - first_hours(flow, person), law)
    bound = (y.sum() + expected) * np.expm1(step / 2 / DECAYS[decay])
    # Ours counts hours, theirs is a density; ours begins after the first message.
    return Compared(value - float(y @ offset), float(theirs) - np.log(BASELINE), bound, int(y.sum()))


def first_hours(flow: Stream, person: int) -> float:
    """Hours of the record until the person's first message."""
    return float(flow.at[flow.who == person][0] - ORIGIN) / HOUR


@pytest.mark.parametrize("decay", range(len(DECAYS)))
@pytest.mark.parametrize("person", [0, 1])
def test_the_log_likelihood_is_that_of_a_linear_hawkes_process(
    person: int, decay: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    flow, away = both(person), []
    for step in (240.0, 60.0, 15.0, 5.0):
        evenly_cut(flow, step, monkeypatch)
        found = compared(flow, person, decay, step)
        assert found.messages > 60
        away.append(abs(found.ours - found.theirs))
        assert away[-1] < found.bound
    assert away[-1] < 0.002 < away[0]


@pytest.mark.parametrize("decay", range(len(DECAYS)))
def test_the_cuts_of_the_product_cost_little(decay: int) -> None:
    """Segments of up to an hour, for messages within seconds and within days: a hundredth of a nat a message."""
    found = compared(both(0), 0, decay, HOUR)
    assert abs(found.ours - found.theirs) < 0.02 * found.messages
