"""A plain hazard, constant in steps of the time since the own last message: our Newton and lifelines find the same.

The gap that runs at the end is censored, a hole in the record censors the gap it begins in, and after it the gap is
followed again from where it then stands (late entry).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from lifelines import NelsonAalenFitter, PiecewiseExponentialFitter

from ebbtide.models.availability import Prior, newton, regression
from ebbtide.signals.segments import CUTS, Segments
from ebbtide.signals.stream import HOUR, Floats, Ints, Stream
from tests.models.writers import renewal, together
from tests.talks import cut

#: Times since the last message at which the hazard may change; segments end there too.
BREAKS = np.array([180.0, 1200.0, 3600.0, 7200.0])
DAYS = 21
NONE = np.empty(0)
#: A prior too weak to be seen beside the data.
FAINT = 1e-6
#: How near the log hazards must be.
CLOSE = 2e-3


@dataclass(frozen=True, slots=True)
class Gaps:
    """Gaps in hours between one person's messages: from where and to where each was followed, and whether it ended."""

    entry: Floats
    stop: Floats
    ended: Floats


@cache
def written(holed: bool) -> Stream:
    """One person who writes in bursts, watched until five hours after the last message; perhaps with two holes.

    Both holes lie in a gap of more than six hours, between edges of segments: the third to fifth hour of one, and of
    the other eight minutes to one hour after the message.
    """
    own = renewal(0.8, 0.55, DAYS, np.random.default_rng(40))
    whole = together(own, NONE, float(own[-1]) + 5 * HOUR)
    if not holed:
        return whole
    one, other = whole.at[np.flatnonzero(np.diff(whole.at) > 6 * HOUR)[[1, 4]]]
    return together(
        own,
        NONE,
        float(own[-1]) + 5 * HOUR,
        unknown=[(one + 2 * HOUR, one + 5 * HOUR), (other + CUTS[4], other + CUTS[6])],
    )


def gaps(flow: Stream) -> Gaps:
    """The same record as lifelines wants it, made without our segments."""
    edges = np.append(flow.at, flow.end)
    rows = []
    for start, stop in pairwise(edges.tolist()):
        begin = start
        for a, b in flow.holes:
            if start < a < stop:
                rows.append((begin - start, a - start, 0.0))
                begin = b
        rows.append((begin - start, stop - start, float(stop < flow.end)))
    entry, stop, ended = np.array(rows).T
    return Gaps(entry / HOUR, stop / HOUR, ended)


def fitted(flow: Stream) -> tuple[Floats, Floats, float]:
    """Our log hazards an hour by step of the time since the last message, their errors, and the log likelihood."""
    at, parts = cut(flow)
    *_, y, offset = regression(flow, at, parts, 0, flow.end)
    x = np.eye(BREAKS.size + 1, dtype=np.float32)[steps(parts, flow)]
    beta, hessian, value = newton(x, y, offset, Prior(np.zeros(x.shape[1]), FAINT * np.eye(x.shape[1])))
    return beta, np.sqrt(np.diag(np.linalg.inv(hessian))), value - float(y @ offset)


def steps(parts: Segments, flow: Stream) -> Ints:
    """The step each fitted segment belongs to."""
    rows = parts.seen & (parts.length > 0) & (parts.start < flow.end)
    return np.asarray(np.searchsorted(BREAKS, parts.own[0, rows]), dtype=np.int64)


def theirs(found: Gaps) -> PiecewiseExponentialFitter:
    """The same by lifelines."""
    model = PiecewiseExponentialFitter(BREAKS / HOUR)
    return model.fit(found.stop, found.ended, entry=found.entry, initial_point=np.ones(BREAKS.size + 1))


@pytest.mark.parametrize("holed", [False, True])
def test_hazard_errors_and_likelihood_are_those_of_lifelines(holed: bool) -> None:
    flow = written(holed)
    found = gaps(flow)
    assert (found.ended == 0).sum() == (3 if holed else 1)
    assert (found.entry > 0).sum() == (2 if holed else 0)
    beta, error, value = fitted(flow)
    outside = theirs(found).summary
    scale = outside["coef"].to_numpy()
    assert np.ptp(beta) > 1
    # Theirs is the mean time to a message, one over the hazard; its error is relative on the log scale.
    assert beta == pytest.approx(-np.log(scale), abs=CLOSE)
    assert error == pytest.approx(outside["se(coef)"].to_numpy() / scale, rel=5e-3)
    assert value == pytest.approx(theirs(found).log_likelihood_, abs=0.02)


@pytest.mark.parametrize("holed", [False, True])
def test_the_integrated_hazard_runs_along_nelson_and_aalen(holed: bool) -> None:
    """Where the step hazard changes, its integral is within the noise of the estimate that knows no steps."""
    flow = written(holed)
    found = gaps(flow)
    beta, *_ = fitted(flow)
    table = NelsonAalenFitter().fit(found.stop, found.ended, entry=found.entry)
    outside = table.cumulative_hazard_at_times(BREAKS / HOUR).to_numpy()
    ours = np.cumsum(np.exp(beta[:-1]) * np.diff(BREAKS / HOUR, prepend=0.0))
    assert ours == pytest.approx(outside, rel=0.05)


def test_a_censored_gap_and_a_hole_are_not_taken_for_messages_or_for_silence() -> None:
    """With either left out of account lifelines itself says otherwise, by more than the tests above let pass."""
    found = gaps(written(True))
    shown = theirs(found).summary["coef"].to_numpy()
    as_if_ended = theirs(Gaps(found.entry, found.stop, np.ones_like(found.ended))).summary["coef"].to_numpy()
    as_if_seen = theirs(gaps(written(False))).summary["coef"].to_numpy()
    for other in (as_if_ended, as_if_seen):
        assert np.abs(np.log(other / shown)).max() > 3 * CLOSE
