"""The week: at which hours of it each of the two writes, when nobody is distant."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ebbtide.models.engagement import Engagement
from ebbtide.reading.types import HOURS_OF_WEEK, Week
from ebbtide.signals.stream import DAY, HOUR, Floats, Ints, Stream

#: A day tells of the hours people keep if it is seen whole, both are there and nobody is likely to have withdrawn.
SEEN, AWAY = 0.95, 0.2
#: Below this a rhythm cannot be told: days, and messages of each.
FEWEST_DAYS, FEWEST_MESSAGES = 14, 40
#: The epoch began on a Thursday; weeks begin on Monday.
EPOCH_HOUR = 3 * 24


def week(flow: Stream, engagement: Engagement) -> Week | None:
    """Each person's messages by hour of the week, over calm and wholly covered days; None where these are too few."""
    calm = (flow.covered > SEEN) & (engagement.absent < AWAY)
    for person in engagement.people:
        calm &= person.withdrawn < AWAY
    days = calm_weekdays(flow, calm)
    inside = calm[flow.day_of(flow.at)]
    hour = hour_of_week(flow)
    counts = [np.bincount(hour[inside & (flow.who == k)], minlength=HOURS_OF_WEEK) for k in (0, 1)]
    if days.sum() < FEWEST_DAYS or not days.all() or min(c.sum() for c in counts) < FEWEST_MESSAGES:
        return None
    rates = [c / np.repeat(days, 24) for c in counts]
    return Week(
        share={p: tuple((r / r.sum()).tolist()) for p, r in zip("ab", rates, strict=True)},
        messages={p: int(c.sum()) for p, c in zip("ab", counts, strict=True)},
        days=int(days.sum()),
    )


def hour_of_week(flow: Stream) -> Ints:
    """The local hour of the week of every message, 0 for Monday from midnight on."""
    hours = np.floor(flow.clock.local(flow.at) / HOUR).astype(np.int64)
    return (hours + EPOCH_HOUR) % HOURS_OF_WEEK


def calm_weekdays(flow: Stream, calm: NDArray[np.bool_]) -> Floats:
    """How many of the calm days were Mondays, Tuesdays and so on."""
    noon = flow.clock.local(flow.day_edges[:-1] + DAY / 2)
    weekday = (np.floor(noon / DAY).astype(np.int64) + EPOCH_HOUR // 24) % 7
    return np.bincount(weekday[calm], minlength=7).astype(np.float64)
