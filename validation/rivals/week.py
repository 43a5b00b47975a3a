"""The week of a person: ten-minute bins over the record, and how readily that person writes in each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DAY = 86_400.0
BIN = 600.0
BINS_PER_DAY = 144
#: Readiness below this share of the person's mean counts as asleep: an answer waits for the morning.
ASLEEP_BELOW = 0.12


@dataclass(frozen=True, slots=True)
class Grid:
    """The record in UTC bins. `midnights` holds the epoch of each local midnight, one more than there are days."""

    first_day: date
    tz: str
    midnights: Floats

    @property
    def days(self) -> int:
        """How many local days the record has."""
        return len(self.midnights) - 1

    @property
    def start(self) -> float:
        """Epoch of the first local midnight."""
        return float(self.midnights[0])

    @property
    def end(self) -> float:
        """Epoch of the local midnight after the last day."""
        return float(self.midnights[-1])

    @property
    def bins(self) -> Floats:
        """Epoch of the middle of each bin."""
        return np.arange(self.start + BIN / 2, self.end, BIN)

    def at(self, local_day: float) -> float:
        """Epoch of a fractional local day, counted from the first midnight."""
        return float(np.interp(local_day, np.arange(len(self.midnights)), self.midnights))

    def day_of(self, epoch: float) -> float:
        """Fractional local day of an epoch; the inverse of `at`."""
        return float(np.interp(epoch, self.midnights, np.arange(len(self.midnights))))


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a person wakes, for how many hours, and when eight hours of work begin, for each local day.

    Hours are local; `work` is NaN on days off. Arrays have one entry per day and one to spare at either end.
    """

    wake: Floats
    awake_hours: Floats
    work: Floats


@dataclass(frozen=True, slots=True)
class Taste:
    """The parts of the day a person likes to write in, and how much work keeps them from it (0 never writes)."""

    morning: float
    noon: float
    evening: float
    at_work: float
    weekend: float


def grid_of(first_day: date, days: int, tz: str) -> Grid:
    """The bins of `days` local days from `first_day` on."""
    zone = ZoneInfo(tz)
    local = (first_day + timedelta(days=i) for i in range(days + 1))
    return Grid(first_day, tz, np.array([datetime(d.year, d.month, d.day, tzinfo=zone).timestamp() for d in local]))


def local_hours(grid: Grid, tz: str) -> Floats:
    """Hours since the first local midnight of the wall clock of `tz`, for each bin, summer time included."""
    zone = ZoneInfo(tz)
    hours = np.arange(grid.start, grid.end + 3600.0, 3600.0)
    offsets = [datetime.fromtimestamp(h, UTC).astimezone(zone).utcoffset() for h in hours]
    seconds = np.array([o.total_seconds() if o is not None else 0.0 for o in offsets])
    first = datetime(grid.first_day.year, grid.first_day.month, grid.first_day.day, tzinfo=UTC).timestamp()
    bins = grid.bins
    offset = seconds[((bins - grid.start) // 3600.0).astype(np.int64)]
    wall: Floats = (bins + offset - first) / 3600.0
    return wall


def usual_schedule(rng: np.random.Generator, grid: Grid) -> Schedule:
    """A day job from Monday to Friday, later mornings at the weekend, and a wake hour of one's own."""
    days = np.arange(-1, grid.days + 1)
    weekend = (grid.first_day.weekday() + days) % 7 >= 5
    wake = float(np.clip(rng.normal(7.2, 0.9), 5.0, 10.0))
    lie_in = rng.uniform(0.3, 2.0)
    work = np.where(weekend, np.nan, wake + rng.uniform(1.2, 2.5))
    mornings = np.where(weekend, wake + lie_in, wake)
    return Schedule(mornings, np.full(len(days), rng.uniform(15.2, 17.2)), work)


def rotating_schedule(rng: np.random.Generator, grid: Grid) -> Schedule:
    """Early, late and night shifts that change every week, five days of work in seven."""
    days = np.arange(-1, grid.days + 1)
    weekday = (grid.first_day.weekday() + days) % 7
    shift = ((grid.first_day.weekday() + days) // 7 + int(rng.integers(3))) % 3
    wake = np.array([5.2, 8.8, 15.0], dtype=np.float64)[shift]
    work = np.where(weekday >= 5, np.nan, np.array([6.0, 14.0, 22.0])[shift])
    return Schedule(wake, np.array([16.2, 16.0, 16.5])[shift], work)


def on_nights(schedule: Schedule, first: int, last: int) -> Schedule:
    """The same schedule with night shifts, days of sleep, from day `first` up to but not including `last`."""
    nights = np.zeros(len(schedule.wake), dtype=bool)
    nights[first + 1 : last + 1] = True
    working = nights & ~np.isnan(schedule.work)
    return Schedule(
        np.where(nights, 15.0, schedule.wake),
        np.where(nights, 16.5, schedule.awake_hours),
        np.where(working, 22.0, schedule.work),
    )


def taste_of(rng: np.random.Generator) -> Taste:
    """A person's liking for mornings, noons and evenings, drawn at random."""
    return Taste(
        morning=rng.uniform(0.0, 1.5),
        noon=rng.uniform(0.2, 1.5),
        evening=rng.uniform(0.8, 3.5),
        at_work=rng.uniform(0.2, 0.9),
        weekend=rng.uniform(0.7, 1.5),
    )


def readiness(wall: Floats, first_weekday: int, schedule: Schedule, taste: Taste) -> Floats:
    """How readily a person writes in each bin, with mean 1; `wall` is what `local_hours` returned."""
    day = np.floor(wall / 24.0).astype(np.int64)
    hour = wall - 24.0 * day
    awake_since = wall - 24.0 * day - schedule.wake[_entry(day, schedule)]
    before = awake_since < 0
    entry = _entry(np.where(before, day - 1, day), schedule)
    awake_since = np.where(before, wall - 24.0 * (day - 1) - schedule.wake[entry], awake_since)
    length = schedule.awake_hours[entry]
    awake = _ramp(awake_since) * _ramp(length - awake_since)
    liking = (
        0.5
        + taste.morning * np.exp(-0.5 * ((awake_since - 1.0) / 0.8) ** 2)
        + taste.noon * np.exp(-0.5 * ((awake_since - 5.5) / 1.2) ** 2)
        + taste.evening * np.exp(-0.5 * ((awake_since - length + 3.2) / 2.0) ** 2)
    )
    weekend = (first_weekday + day) % 7 >= 5
    raw = 0.004 + awake * liking * np.where(_at_work(day, hour, schedule), taste.at_work, 1.0)
    raw = raw * np.where(weekend, taste.weekend, 1.0)
    scaled: Floats = raw / raw.mean()
    return scaled


def _at_work(day: NDArray[np.int64], hour: Floats, schedule: Schedule) -> NDArray[np.bool_]:
    today = schedule.work[_entry(day, schedule)]
    yesterday = schedule.work[_entry(day - 1, schedule)] - 24.0
    at_work: NDArray[np.bool_] = ((hour >= today) & (hour < today + 8)) | ((hour >= yesterday) & (hour < yesterday + 8))
    return at_work


def _entry(day: NDArray[np.int64], schedule: Schedule) -> NDArray[np.int64]:
    return np.clip(day + 1, 0, len(schedule.wake) - 1)


def _ramp(hours: Floats) -> Floats:
    ramp: Floats = 1.0 / (1.0 + np.exp(-np.clip(hours / 0.35, -50, 50)))
    return ramp
