"""Made-up couples by a third hand, to be judged once: agents with a week, a phone and an inbox, and truth.

Nothing here knows the product's own simulator, its models or the rivals. The kinds:

    plain         a few busy days, weekends together, now and then a holiday or an absence
    busy_life     many of all of them, and often a new shift
    moody         moods with a standard deviation of 0.35 that last for days
    night_shift   one works nights by rota
    no_episode    everything that can be mistaken for a withdrawal, and none
    minute        whole minutes, and holes of one to four days that the record's coverage names
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from ebbtide.conversation import Conversation, Interval, assemble
from validation.record import texts

from .lives import DAY, Life, Mix, Withdrawal, begin, happen
from .phones import Chat, Line, calibrated, owners_of

_MANY = Mix(busy=20, weekends=8, holidays=1.6, absences=3, change=0.6, season=0.3)
MIXES = {
    "plain": Mix(),
    "busy_life": _MANY,
    "moody": Mix(mood=0.35, mood_days=3),
    "night_shift": Mix(nights=True, busy=8),
    "no_episode": replace(_MANY, withdraws=False),
    "minute": Mix(holes=True),
}
KINDS: tuple[str, ...] = tuple(MIXES)

ZONES = (
    "Europe/Lisbon",
    "Europe/Warsaw",
    "America/Chicago",
    "America/Bogota",
    "Africa/Nairobi",
    "Asia/Karachi",
    "Asia/Singapore",
    "Australia/Melbourne",
    "Pacific/Auckland",
)
NAMES = ("Ines", "Milo")


@dataclass(frozen=True, slots=True)
class Stranger:
    """A couple and its truth: `true` holds (person, first day, first day back or None while it runs, depth).

    Days are local wall-clock days from the midnight on which `first_day` begins; `days` is where the record ends.
    Person 0 is "a" of the conversation.
    """

    talk: Conversation
    first_day: date
    days: float
    true: list[Withdrawal]


def stranger(seed: int, kind: str, days: int = 180) -> Stranger:
    """The couple of this seed and kind, over `days` local days; the same arguments always give the same couple."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    mix = MIXES[kind]
    first_day = date(2021, 1, 4) + timedelta(days=int(rng.integers(1400)))
    tz = str(rng.choice(ZONES))
    volume = float(np.exp(rng.uniform(np.log(18), np.log(250))))
    topic = 1 + volume**0.6 * float(rng.uniform(0.5, 1.2))
    life = begin(rng, days, first_day.weekday(), mix, fond=float(np.clip((volume / 50) ** 0.5, 0.7, 2)))
    owners = calibrated(rng, owners_of(rng, volume), life, volume, topic)
    happen(rng, life, mix)
    lines = Chat(rng, owners, life, topic, spoken=float(rng.uniform(0.35, 0.85))).run()
    holes = _holes(rng, life) if mix.holes else []
    kept = [line for line in lines if not any(lo <= line[0] < hi for lo, hi in holes)]
    talk = _conversation(kept, life, holes, first_day, tz, kind)
    return Stranger(talk, first_day, life.end / DAY, life.true)


def _holes(rng: np.random.Generator, life: Life) -> list[tuple[float, float]]:
    """Stretches of one to four days of which nothing is known, a day clear of every true edge and dated line."""
    edges = [day * DAY for _, *ends, _ in life.true for day in ends if day is not None]
    edges += [saying.at for saying in life.sayings]
    found: list[tuple[float, float]] = []
    for _ in range(int(rng.integers(2, 6))):
        lo = float(rng.uniform(5 * DAY, max(6 * DAY, life.end - 7 * DAY)))
        hi = lo + float(rng.uniform(1, 4)) * DAY
        clear = all(not lo - DAY < at < hi + DAY for at in edges)
        if clear and hi < life.end - DAY and all(hi + DAY < a or lo - DAY > b for a, b in found):
            found.append((lo, hi))
    return sorted(found)


def _conversation(
    lines: list[Line], life: Life, holes: list[tuple[float, float]], first_day: date, tz: str, kind: str
) -> Conversation:
    """The lines as an imported conversation, covered from its first midnight to its end but for the holes."""
    zone, minute = ZoneInfo(tz), MIXES[kind].holes
    midnight = datetime.combine(first_day, datetime.min.time())

    def utc(at: float) -> datetime:
        return (midnight + timedelta(minutes=at)).replace(tzinfo=zone).astimezone(UTC)

    at = [utc(t).replace(second=0, microsecond=0) if minute else utc(t) for t, _, _ in lines]
    events = texts(
        pl.Series(at, dtype=pl.Datetime("us", "UTC")),
        [NAMES[p] for _, p, _ in lines],
        [text for _, _, text in lines],
        f"stranger-{kind}",
        minute_only=minute,
    )
    cuts = [0.0, *(edge for hole in holes for edge in hole), life.end]
    covered: list[Interval] = [(utc(a), utc(b)) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]
    return assemble(events, tz=tz, tz_source="given", coverage=covered)
