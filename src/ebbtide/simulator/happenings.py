"""Happenings: episodes and decoys, each with the spells and the scripted turns it puts into the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ebbtide.simulator.spells import MINUTES_A_DAY, Calendar, Mode, Scripted, Spell
from ebbtide.simulator.truth import Decoy, DecoyKind, Reaction, TrueEpisode, TrueReturn, Warmth

IDS = ("a", "b")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something put into the record: its truth, what it does to the rates, and what is said about it."""

    truth: TrueEpisode | Decoy
    spells: tuple[Spell, ...]
    scripts: tuple[Scripted, ...] = ()


@dataclass(frozen=True, slots=True)
class EpisodePlan:
    """What an episode shall be. `start` and `end` are minutes of the record, `end` None while it runs at its end."""

    person: int
    start: float
    end: float | None
    depth: float
    said_so: bool
    reaction: Reaction
    warmth: Warmth = "usual"
    acknowledged: bool = False
    explained: bool = False


def episode(plan: EpisodePlan, calendar: Calendar, over: float, rng: np.random.Generator) -> Happening:
    """A withdrawal: one person starts and answers less, later and shorter; the partner reacts; it ends or runs on."""
    keep = 1 - plan.depth
    until = over if plan.end is None else plan.end
    away = Spell(
        plan.person,
        plan.start,
        until,
        Mode.WITHDRAWN,
        starts=keep,
        answers=keep,
        latency=rng.uniform(1.0, 4.0),
        burst=rng.uniform(0.2, 0.7),
        follow=keep,
    )
    spells = (away, *partner_spells(plan, until, rng), *return_spells(plan, rng))
    truth = told(plan, calendar)
    return Happening(truth, spells, (*said_before(plan, calendar, rng), *said_after(plan, calendar, rng)))


def told(plan: EpisodePlan, calendar: Calendar) -> TrueEpisode:
    """The truth of a planned episode."""
    back = (
        None
        if plan.end is None
        else TrueReturn(calendar.local(plan.end).date(), plan.warmth, plan.acknowledged, plan.explained)
    )
    return TrueEpisode(
        person=IDS[plan.person],
        start=calendar.local(plan.start),
        end=None if plan.end is None else calendar.local(plan.end),
        depth=plan.depth,
        said_so=plan.said_so,
        reaction=plan.reaction,
        return_=back,
    )


def partner_spells(plan: EpisodePlan, until: float, rng: np.random.Generator) -> tuple[Spell, ...]:
    """What the partner does, from when it is noticed: at once where it was said, else after half a day to a day."""
    noticed = plan.start + (0.0 if plan.said_so else rng.uniform(0.4, 1.2) * MINUTES_A_DAY)
    if noticed >= until or plan.reaction == "carries_on":
        return ()
    other = 1 - plan.person
    if plan.reaction == "space":
        eased = rng.uniform(0.3, 0.7)
        return (Spell(other, noticed, until, Mode.GIVING_SPACE, starts=eased, follow=0.3),)
    more = rng.uniform(1.2, 3.0)
    return (Spell(other, noticed, until, Mode.REACHING, starts=rng.uniform(1.0, 1.4), follow=more),)


def return_spells(plan: EpisodePlan, rng: np.random.Generator) -> tuple[Spell, ...]:
    """The first days back: fuller than usual when warm, somewhat thinner when flat."""
    if plan.end is None or plan.warmth == "usual":
        return ()
    days = rng.uniform(1.0, 2.5) * MINUTES_A_DAY
    span = (plan.person, plan.end, plan.end + days)
    if plan.warmth == "warm":
        return (Spell(*span, Mode.RETURNED_WARM, starts=rng.uniform(1.2, 2.0), answers=1.1, latency=0.7, burst=1.2),)
    return (Spell(*span, Mode.RETURNED_FLAT, starts=rng.uniform(0.75, 0.95), answers=0.95, latency=1.3, burst=0.6),)


def said_before(plan: EpisodePlan, calendar: Calendar, rng: np.random.Generator) -> tuple[Scripted, ...]:
    """The word that space is needed: minutes before it begins, or on the evening before where it begins at night."""
    if not plan.said_so:
        return ()
    ahead = rng.uniform(2, 15) if calendar.local(plan.start).hour >= 8 else rng.uniform(60, 240)
    return (Scripted(plan.start - ahead, plan.person, ("space",)),)


def said_after(plan: EpisodePlan, calendar: Calendar, rng: np.random.Generator) -> tuple[Scripted, ...]:
    """The first turn after a withdrawal, with apology and explanation where there are any."""
    if plan.end is None:
        return ()
    acts = ["return_warm"] if plan.warmth == "warm" else ["return_flat"] if plan.warmth == "flat" else []
    acts += ["apology"] * plan.acknowledged + ["explanation"] * plan.explained
    if not acts:
        return ()
    clock = calendar.local(plan.end).hour
    wait = rng.uniform(0.1, 1.5) if clock >= 8 else max(0.0, 8.5 - clock) + rng.exponential(1.0)
    return (Scripted(plan.end + 60 * min(wait, 13.0), plan.person, tuple(acts)),)


def at_hour(
    calendar: Calendar, person: int, day: int, low: float, high: float, acts: Sequence[str], rng: np.random.Generator
) -> Scripted:
    """A scripted turn between two clock hours of a day."""
    return Scripted(calendar.minute(day, rng.uniform(low, high)), person, tuple(acts))


def busy_day(calendar: Calendar, person: int, day: int, length: int, rng: np.random.Generator) -> Happening:
    """One or two days on which one person hardly writes; half of them with a word about it."""
    start, end = calendar.minute(day), calendar.minute(day + length)
    said = bool(rng.random() < 0.5)
    less = rng.uniform(0.1, 0.4)
    spell = Spell(person, start, end, Mode.AWAY, starts=less, answers=rng.uniform(0.4, 0.8), latency=2.0, burst=0.5)
    scripts = (at_hour(calendar, person, day, 8, 11, ("busy",), rng),) if said else ()
    return Happening(decoy("busy_day", calendar, person, start, end, said), (spell,), scripts)


def quiet_day(calendar: Calendar, person: int, day: int, length: int, rng: np.random.Generator) -> Happening:
    """A day on which one person starts little but answers as always."""
    start, end = calendar.minute(day), calendar.minute(day + length)
    spell = Spell(person, start, end, starts=rng.uniform(0.15, 0.5), burst=0.7)
    return Happening(decoy("quiet_day", calendar, person, start, end, False), (spell,))


def weekend_together(calendar: Calendar, person: int, day: int, length: int, rng: np.random.Generator) -> Happening:
    """Friday evening to Sunday evening in one place: both nearly silent, with plans before and a word after."""
    friday = day + (4 - calendar.weekday(day)) % 7
    start, end = (
        calendar.minute(friday, rng.uniform(16, 20)),
        calendar.minute(friday + length - 1, rng.uniform(17, 21.5)),
    )
    scripts = (
        at_hour(calendar, person, friday - 1, 18, 21.5, ("weekend_plan",), rng),
        at_hour(calendar, 1 - person, friday, 11, 15, ("on_my_way",), rng),
        Scripted(end + rng.uniform(30, 120), person, ("after_together",)),
    )
    return Happening(decoy("weekend_together", calendar, None, start, end, True), in_one_place(start, end), scripts)


def holiday(calendar: Calendar, person: int, day: int, length: int, rng: np.random.Generator) -> Happening:
    """Five to ten days away together: both nearly silent."""
    start, end = calendar.minute(day, rng.uniform(6, 14)), calendar.minute(day + length, rng.uniform(15, 21))
    scripts = (
        at_hour(calendar, person, day - 2, 18, 21.5, ("holiday_plan",), rng),
        at_hour(calendar, 1 - person, day - 1, 17, 21.5, ("packing",), rng),
        Scripted(end + rng.uniform(30, 150), 1 - person, ("after_holiday",)),
    )
    return Happening(decoy("holiday", calendar, None, start, end, True), in_one_place(start, end), scripts)


def in_one_place(start: float, end: float) -> tuple[Spell, ...]:
    """Both hardly write, and then about logistics."""
    return tuple(Spell(k, start, end, Mode.TOGETHER, starts=0.05, answers=0.6, burst=0.5) for k in (0, 1))


def outside_cause(calendar: Calendar, person: int, day: int, length: int, rng: np.random.Generator) -> Happening:
    """Several days of less contact for a reason named beforehand, with a word now and then."""
    start, end = calendar.minute(day), calendar.minute(day + length)
    less = rng.uniform(0.3, 0.65)
    spell = Spell(
        person, start, end, Mode.AWAY, starts=less, answers=rng.uniform(0.55, 0.9), latency=rng.uniform(1, 2), burst=0.6
    )
    scripts = (
        at_hour(calendar, person, day - 1, 17, 21.5, ("outside_cause",), rng),
        at_hour(calendar, person, day + length, 9, 12, ("cause_over",), rng),
    )
    return Happening(decoy("outside_cause", calendar, person, start, end, True), (spell,), scripts)


def night_shift(calendar: Calendar, person: int, day: int, length: int, rng: np.random.Generator) -> Happening:
    """Two to five weeks in which one person's whole day lies 8 to 12 hours later."""
    start, end = calendar.minute(day), calendar.minute(day + length)
    spell = Spell(person, start, end, shift=rng.uniform(8, 12))
    scripts = (at_hour(calendar, person, day - 1, 16, 21, ("night_shift",), rng),)
    return Happening(decoy("night_shift", calendar, person, start, end, True), (spell,), scripts)


def decoy(kind: DecoyKind, calendar: Calendar, person: int | None, start: float, end: float, said_so: bool) -> Decoy:
    """The truth of a decoy."""
    who = None if person is None else IDS[person]
    return Decoy(kind, who, calendar.local(start), calendar.local(end), said_so)


Maker = Callable[[Calendar, int, int, int, np.random.Generator], Happening]

#: Each placeable decoy: how it is made, and its shortest and longest length in days.
DECOYS: dict[DecoyKind, tuple[Maker, int, int]] = {
    "busy_day": (busy_day, 1, 2),
    "quiet_day": (quiet_day, 1, 1),
    "weekend_together": (weekend_together, 3, 3),
    "holiday": (holiday, 5, 10),
    "outside_cause": (outside_cause, 3, 8),
    "night_shift": (night_shift, 14, 35),
}
