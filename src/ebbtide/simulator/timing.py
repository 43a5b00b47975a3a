"""Who writes when: two people's day curves, starts, answers, follow-ups and bursts, with spells on top.

Starts are an inhomogeneous Poisson process whose rate is a person's day curve times a daily mood, after the cascading
Poisson account of correspondence (Malmgren, Stouffer, Motter & Amaral 2008, PNAS 105:18153): long gaps come from
daily and weekly rhythm, short ones from cascades of messages. Answers fall into a quick and a slow kind, each
log-normal, after the bimodal gaps of short messages (Wu, Zhou, Xiao, Kurths & Schellnhuber 2010, PNAS 107:18803).
The figures in the dataclasses are our choices, drawn widely so that couples differ; none is fitted to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from itertools import chain, repeat
from math import exp, inf, log

import numpy as np
import numpy.typing as npt
import polars as pl

from ebbtide.simulator.spells import MINUTES_A_DAY, Calendar, Mode, Scripted, Spell

BIN = 15.0  # minutes over which rates are held constant
GAP_LIMIT = 20.0  # minutes: longest pause inside a burst, well under the 60 that end a turn
AWAY = 60.0  # minutes for which not answering one turn decides about the next: they are one turn to a reader
MORNING_SHARE = 0.55  # of answers that would have fallen into sleep and are written after waking instead

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: A turn to come that waits for nobody: minute, person, why, scripted acts.
Entry = tuple[float, int, int, tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Habits:
    """How one person writes. Hours are local clock hours, latencies minutes, shares between 0 and 1."""

    wake: float
    awake_hours: float
    weekend_later: float
    lunch: float
    evening: float
    evening_hour: float
    work: float
    home: float
    starts_per_day: float
    answer: float
    goes_on: float
    quick_share: float
    quick_minutes: float
    slow_minutes: float
    extra_messages: float
    follow: float
    pressed: float
    mood_sd: float
    tz: str


@dataclass(frozen=True, slots=True)
class Course:
    """Factors per bin of `BIN` minutes on one person's figures, named as those of a `Spell`."""

    starts: Floats
    answers: Floats
    latency: Floats
    burst: Floats
    follow: Floats


@dataclass(frozen=True, slots=True)
class Rates:
    """One person's figures per bin of `BIN` minutes, spells and moods included.

    Those that are looked up one by one are views of arrays, which give plain numbers.
    """

    starts: Floats
    answer: Sequence[float]
    latency: Sequence[float]
    extra: Sequence[float]
    follow: Sequence[float]
    awake: Sequence[int]
    wakes: Sequence[int]
    mode: Ints


@dataclass(frozen=True, slots=True)
class Messages:
    """Messages in order of writing: minute of record, person, turn number, place in the turn, why, scripted act."""

    at: Floats
    person: Ints
    turn: Ints
    place: Ints
    why: Ints
    act: list[str | None]
    mode: Ints


START, ANSWER, FOLLOW_UP, SCRIPT = range(4)


def simulate_messages(
    habits: Sequence[Habits],
    calendar: Calendar,
    end: float,
    spells: Sequence[Spell],
    scripts: Sequence[Scripted],
    drift: Floats,
    rng: np.random.Generator,
    courses: tuple[Course, Course] | None = None,
) -> Messages:
    """All messages of the two until minute `end`; `drift` is the couple's shared log level per day.

    `courses` multiply each one's figures beside the spells, where there are any, in bins up to `end` or further.
    """
    bins = int(end // BIN) + 1
    each = courses or (None, None)
    rates = [person_rates(h, k, calendar, bins, spells, drift, rng, each[k]) for k, h in enumerate(habits)]
    starts = [start_times(rates[k].starts, rng) for k in (0, 1)]
    return play_turns(in_order(starts, [s for s in scripts if s.at < end]), habits, rates, end, rng)


def in_order(starts: Sequence[Floats], scripts: Sequence[Scripted]) -> Iterator[Entry]:
    """Starts of the two and scripted turns by time; of one minute, a's before b's."""
    at = np.concatenate([*starts, [s.at for s in scripts]])
    person = np.concatenate([*(np.full(len(t), k) for k, t in enumerate(starts)), [s.person for s in scripts]])
    first_script = sum(map(len, starts))
    order = np.lexsort((np.arange(len(at)) >= first_script, person, at))
    acts: list[tuple[str, ...] | None] = [None] * len(at)
    for place in np.flatnonzero(order >= first_script).tolist():
        acts[place] = scripts[order[place] - first_script].acts
    whys = np.where(order >= first_script, SCRIPT, START).tolist()
    return zip(at[order].tolist(), person[order].astype(np.int64).tolist(), whys, acts, strict=True)


def person_rates(
    habits: Habits,
    person: int,
    calendar: Calendar,
    bins: int,
    spells: Sequence[Spell],
    drift: Floats,
    rng: np.random.Generator,
    course: Course | None = None,
) -> Rates:
    """Multiply day curve, mood, spells and course into one person's figures per bin."""
    own = [s for s in spells if s.person == person]
    hours, weekdays, days_of = local_clock(calendar, habits.tz)
    hour, weekday, day = hours[:bins], weekdays[:bins], days_of[:bins]
    shift = np.zeros(bins)
    names = ("starts", "answers", "latency", "burst", "follow")
    factors = {name: np.ones(bins) if course is None else getattr(course, name)[:bins].copy() for name in names}
    mode = np.zeros(bins, dtype=np.int64)
    for spell in own:
        at = slice(max(0, round(spell.start / BIN)), max(0, round(spell.end / BIN)))
        shift[at] += spell.shift
        for name, values in factors.items():
            values[at] *= getattr(spell, name)
        if spell.mode != Mode.USUAL:
            mode[at] = spell.mode
    curve, awake = day_curve(habits, hour, weekday >= 5, shift)
    days = int(day[-1]) + 1
    mood = (moods(days, habits.mood_sd, rng) + np.resize(drift, days))[day]
    busy = np.clip(curve, 0.15, 2.0)
    return Rates(
        starts=habits.starts_per_day / MINUTES_A_DAY * BIN * curve * np.exp(mood) * factors["starts"],
        answer=np.minimum(habits.answer * np.exp(0.15 * mood) * factors["answers"], 0.98).data,
        latency=(factors["latency"] * np.exp(-0.4 * mood) / np.sqrt(busy)).data,
        extra=(habits.extra_messages * factors["burst"]).data,
        follow=np.minimum(habits.follow * factors["follow"], 0.8).data,
        awake=awake.data,
        wakes=next_true(awake).data,
        mode=mode,
    )


@lru_cache(maxsize=4)
def local_clock(calendar: Calendar, tz: str) -> tuple[Floats, Ints, Ints]:
    """Local clock hour, weekday (0 Monday) and day number of the middle of each bin of a calendar."""
    middle = (np.arange(calendar.minute(calendar.days) // BIN + 1) + 0.5) * BIN * 60e6
    start = int(calendar.origin.timestamp() * 1e6)
    stamps = pl.Series((middle + start).astype(np.int64)).cast(pl.Datetime("us", "UTC"))
    local = stamps.dt.convert_time_zone(tz).dt
    hour = local.hour().to_numpy() + local.minute().to_numpy() / 60
    day = local.date().to_physical().to_numpy().astype(np.int64)
    return hour, local.weekday().to_numpy().astype(np.int64) - 1, day - day[0]


def written_at(messages: Messages, calendar: Calendar) -> tuple[list[int], Ints]:
    """Local clock hour and day number of each message; no clock in use is set by less than a bin."""
    hours, _, days = local_clock(calendar, calendar.tz)
    at_bin = (messages.at / BIN).astype(np.int64)
    return hours[at_bin].astype(np.int64).tolist(), days[at_bin]


def day_curve(
    habits: Habits, hour: Floats, free: npt.NDArray[np.bool_], shift: Floats
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Inclination to write by local hour, mean about 1, and whether the person is awake; a `shift` is in hours."""
    minute = np.rint(hour * 60).astype(np.int64)
    each_minute = np.arange(24 * 60) // 60 + np.arange(24 * 60) % 60 / 60
    table = [inclination(habits, each_minute, np.full(len(each_minute), day)) for day in (False, True)]
    level, awake = (np.stack(both)[free.astype(np.int64), minute] for both in zip(*table, strict=True))
    moved = np.flatnonzero(shift)
    level[moved], awake[moved] = inclination(habits, (hour[moved] - shift[moved]) % 24, free[moved])
    return level / level.mean(), awake


def inclination(habits: Habits, hour: Floats, free: npt.NDArray[np.bool_]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """How much a person writes at an hour of a free day or a working day, without a unit, and whether awake."""
    wake = habits.wake + np.where(free, habits.weekend_later, 0.0)
    since_waking = (hour - wake) % 24
    awake = since_waking < habits.awake_hours

    def peak(centre: float | Floats, width: float) -> Floats:
        away = (hour - centre + 12) % 24 - 12
        return np.asarray(np.exp(-0.5 * (away / width) ** 2))

    level = 0.35 + 0.8 * peak(wake + 0.8, 0.8) + habits.lunch * peak(13.0, 0.9)
    level += habits.evening * peak(habits.evening_hour, 1.9)
    at_work = ~free & (peak(9.7, 1.0) + peak(15.5, 1.5) > 0.5)
    level *= np.where(at_work, habits.work, 1.0) * np.where(hour > 18.5, habits.home, 1.0)
    return np.where(awake, level, 0.008), awake


def moods(days: int, sd: float, rng: np.random.Generator, carry: float = 0.6) -> Floats:
    """A daily log level that wanders: AR(1) with standard deviation `sd`, so that days are overdispersed."""
    steps = rng.normal(0.0, sd * (1 - carry**2) ** 0.5, days)
    level = np.empty(days)
    level[0] = steps[0] / (1 - carry**2) ** 0.5
    for i in range(1, days):
        level[i] = carry * level[i - 1] + steps[i]
    return level


def next_true(flags: npt.NDArray[np.bool_]) -> Ints:
    """For each bin the first bin from it on that is true; the number of bins where none follows."""
    places = np.where(flags, np.arange(len(flags)), len(flags))
    return np.minimum.accumulate(places[::-1])[::-1]


def start_times(per_bin: Floats, rng: np.random.Generator) -> Floats:
    """Minutes of a Poisson process with the given expected number in each bin."""
    counts = rng.poisson(per_bin)
    places = np.repeat(np.arange(len(per_bin)), counts)
    return np.sort((places + rng.random(len(places))) * BIN)


def stream(draw: Callable[[int], npt.NDArray[np.float64]]) -> Iterator[float]:
    """Single random numbers, drawn in blocks because one call per number would be most of the running time."""
    return chain.from_iterable(draw(4096).tolist() for _ in repeat(None))


def play_turns(
    opening: Iterator[Entry], habits: Sequence[Habits], rates: Sequence[Rates], end: float, rng: np.random.Generator
) -> Messages:
    """Play turns to the end of the record: each may bring an answer, and if none comes a follow-up.

    One loop over plain numbers: this is where the time of writing a couple goes. `opening`, in order of time, holds
    what waits for nobody. Of answers only the earliest that each owes counts, so two numbers hold them, and nothing
    but follow-ups has to be kept in order here.
    """
    uniform, normal = stream(rng.random).__next__, stream(rng.standard_normal).__next__
    extras, answers = [r.extra for r in rates], [r.answer for r in rates]
    latencies, follows = [r.latency for r in rates], [r.follow for r in rates]
    due = [inf, inf]  # when each person's answer is due
    later: list[tuple[float, int, float]] = []  # follow-ups to come: minute, person, end of the turn they follow
    last = [-inf, -inf]  # when each person last wrote
    away_until = [-inf, -inf]  # till when a declined turn goes for those that follow it
    waiting = [0, 0]  # turns of the other since each person last wrote
    times: list[float] = []  # of all messages
    counts: list[int] = []  # of messages in each turn
    people: list[int] = []
    reasons: list[int] = []
    said: dict[int, Sequence[str]] = {}  # scripted acts by the number of their first message
    none_left: Entry = (inf, 0, START, None)

    def when_awake(person: int, at: float) -> float:
        """The minute itself if the person is awake then; otherwise some time after waking, or never."""
        own = rates[person]
        place = int(at / BIN)
        if at >= end or own.awake[place]:
            return at
        if uniform() > MORNING_SHARE or own.wakes[place] >= len(own.awake):
            return inf
        return own.wakes[place] * BIN + 25.0 * exp(0.8 * normal())

    start = next(opening, none_left)
    while True:
        # Whatever comes first: a start or script, the answer that one of them owes, a follow-up.
        turn_at, person, why, acts = start
        sooner = 0 if due[0] < due[1] else 1
        if due[sooner] < turn_at:
            turn_at, person, why, acts = due[sooner], sooner, ANSWER, None
        if later and later[0][0] < turn_at:
            turn_at, person, since = heappop(later)
            if last[1 - person] > since:
                continue  # no longer needed
            why, acts = FOLLOW_UP, None
        elif why != ANSWER:
            start = next(opening, none_left)
        if turn_at >= end:
            break
        other = 1 - person
        place = int(turn_at / BIN)
        if acts:
            said[len(times)] = acts
            count = len(acts)
        else:
            count, extra = 1, extras[person][place]
            if extra > 0:
                more = int(log(1.0 - uniform()) / log(extra / (1 + extra)))
                count += more if more < 6 else 6
        counts.append(count)
        people.append(person)
        reasons.append(why)
        at = turn_at
        for _ in range(count):
            times.append(at)
            pause = exp(normal() - 0.7)
            at += pause if pause < GAP_LIMIT else GAP_LIMIT
        due[person], last[person], waiting[person] = inf, at, 0
        waiting[other] += 1

        # Whether and when the other answers.
        if at >= away_until[other] or waiting[other] == 1:
            theirs = habits[other]
            chance = answers[other][place] * (theirs.goes_on if why == ANSWER else 1.0)
            if theirs.pressed and waiting[other] > 1:
                chance *= waiting[other] ** theirs.pressed
            if uniform() > chance:
                away_until[other] = at + AWAY
            else:
                quick = uniform() < theirs.quick_share
                middle, spread = (theirs.quick_minutes, 0.9) if quick else (theirs.slow_minutes, 0.8)
                answer = when_awake(other, at + middle * exp(spread * normal()) * latencies[other][place])
                if answer < due[other]:
                    due[other] = answer

        # Whether the writer will write again if nothing comes back.
        if uniform() < follows[person][place]:
            again = when_awake(person, at + 150.0 * exp(0.8 * normal()))
            if again < inf:
                heappush(later, (again, person, at))
    return gather(times, counts, people, reasons, said, rates, end)


def gather(
    times: Sequence[float],
    counts: Sequence[int],
    people: Sequence[int],
    reasons: Sequence[int],
    said: Mapping[int, Sequence[str]],
    rates: Sequence[Rates],
    end: float,
) -> Messages:
    """The turns as messages in order of time, each with the mode its writer was in."""
    act: list[str | None] = [None] * len(times)
    for at, scripted in said.items():
        act[at : at + len(scripted)] = scripted
    minute, count = np.array(times), np.array(counts, dtype=np.int64)
    order = np.argsort(minute, kind="stable")
    order = order[minute[order] < end]
    turn = np.repeat(np.arange(len(count)), count)[order]
    person = np.array(people, dtype=np.int64)[turn]
    at_bin = (minute[order] / BIN).astype(np.int64)
    return Messages(
        at=minute[order],
        person=person,
        turn=turn,
        place=order - (np.cumsum(count) - count)[turn],
        why=np.array(reasons, dtype=np.int64)[turn],
        act=[act[i] for i in order.tolist()],
        mode=np.where(person == 0, rates[0].mode[at_bin], rates[1].mode[at_bin]),
    )
