"""The couple of the demo: two made-up people, eight months, three spells that ended well and one that runs."""

from __future__ import annotations

from datetime import date

import numpy as np

from ebbtide.simulator.couple import Couple, play, put_together, random_for
from ebbtide.simulator.happenings import (
    EpisodePlan,
    Happening,
    busy_day,
    episode,
    outside_cause,
    weekend_together,
)
from ebbtide.simulator.kinds import Kind, draw_habits
from ebbtide.simulator.spells import Calendar, Mode, Scripted, Spell
from ebbtide.simulator.timing import moods

SEED = 11
START = date(2025, 2, 3)
DAYS = 240  # to 30 September
NOW = 21.0  # o'clock on the last day
QUIET_HOURS = 31.0
JO, SAM = 0, 1


def demo_couple() -> Couple:
    """Jo ("a") and Sam ("b"), always the same.

    Sam withdrew in March and June and Jo in August, each with a warm return. In April Sam was away for work and had
    said so; there were weekends together in May, July and September. Sam asked for space four days before the end of
    the record and has written nothing for its last 31 hours.
    """
    calendar = Calendar(START, DAYS, "Europe/London")
    rng = random_for(SEED, "demo", "timing")
    over = calendar.minute(DAYS - 1, NOW)
    habits = draw_habits(Kind(messages=(26.0, 26.0), answer=(0.9, 0.95)), calendar.tz, rng)
    happenings = (*past(calendar, over, rng), running(calendar, over, rng))
    messages = play(habits, calendar, over, happenings, moods(DAYS + 2, 0.15, rng), rng)
    return put_together(messages, calendar, over, happenings, (), ("Jo", "Sam"), kind="demo", seed=SEED, words=True)


def day_of(month: int, day: int) -> int:
    """The number of a day of 2025 in the record."""
    return (date(2025, month, day) - START).days


def past(calendar: Calendar, over: float, rng: np.random.Generator) -> tuple[Happening, ...]:
    """Everything that happened before the last days."""

    def spell(person: int, first: int, back: int, depth: float, *, said: bool, explained: bool) -> Happening:
        start, end = calendar.minute(first, 16.5), calendar.minute(back, 9.5)
        plan = EpisodePlan(person, start, end, depth, said, "space" if said else "reaches", "warm", True, explained)
        return episode(plan, calendar, over, rng)

    return (
        busy_day(calendar, JO, day_of(2, 27), 1, rng),
        spell(SAM, day_of(3, 17), day_of(3, 22), 0.9, said=True, explained=True),
        outside_cause(calendar, SAM, day_of(4, 14), 5, rng),
        weekend_together(calendar, JO, day_of(5, 9), 3, rng),
        spell(SAM, day_of(6, 2), day_of(6, 15), 0.85, said=False, explained=False),
        weekend_together(calendar, SAM, day_of(7, 11), 3, rng),
        spell(JO, day_of(8, 11), day_of(8, 17), 0.88, said=True, explained=True),
        weekend_together(calendar, SAM, day_of(9, 19), 3, rng),
    )


def running(calendar: Calendar, over: float, rng: np.random.Generator) -> Happening:
    """The spell that still runs: said on a Friday, a flat word on Monday, since then nothing."""
    asked = calendar.minute(day_of(9, 26), 18.7)
    spell = episode(EpisodePlan(SAM, asked, None, 0.92, True, "space"), calendar, over, rng)
    last = over - 60 * QUIET_HOURS
    silent = Spell(SAM, last - 240, over, Mode.WITHDRAWN, starts=0.0, answers=0.0, follow=0.0)
    light = Spell(JO, asked + 60, over, Mode.GIVING_SPACE, starts=0.4, burst=0.2, follow=0.2)
    words = (
        Scripted(calendar.minute(day_of(9, 28), 11.2), JO, ("light",)),
        Scripted(last, SAM, ("flat",)),
    )
    return Happening(spell.truth, (*spell.spells, silent, light), (*spell.scripts, *words))
