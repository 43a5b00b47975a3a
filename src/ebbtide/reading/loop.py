"""The loop as the reading tells it: effects in both directions by period, with words only where a claim holds."""

from __future__ import annotations

from datetime import timedelta

from ebbtide.models.engagement import Engagement
from ebbtide.models.loop import LoopFit, Measured, Period
from ebbtide.models.roles import roles
from ebbtide.reading.phrases import Named
from ebbtide.reading.types import CANNOT_TELL, Effect, Loop, LoopPeriod, Person
from ebbtide.signals.stream import Stream


def loop(found: LoopFit | None, flow: Stream, engagement: Engagement, people: tuple[Person, Person]) -> Loop | None:
    """What the fit of both directions says; None where nothing was fitted."""
    if found is None:
        return None
    names = (Named(people[0].name, people[0].me), Named(people[1].name, people[1].me))
    periods = tuple(read_period(found, p, flow, engagement, names) for p in found.periods)
    return Loop(periods, found.ks[0], found.ks[1], found.placebo_passed)


def read_period(
    found: LoopFit, period: Period, flow: Stream, engagement: Engagement, names: tuple[Named, Named]
) -> LoopPeriod:
    """One period in the terms of the reading."""
    who = roles(engagement, period.first, period.last)
    return LoopPeriod(
        start=flow.date_of(period.first),
        end=flow.date_of(period.last - 1) + timedelta(days=1),
        reaching_then_slower={
            way: told(period.reached[k], found.claims(k, 0), slower(names[1 - k], names[k]))
            for way, k in (("a→b", 1), ("b→a", 0))
        },
        withdrawing_then_reaching={
            way: told(period.withdrawn_from[k], found.claims(k, 1), reaches(names[1 - k], names[k]))
            for way, k in (("a→b", 1), ("b→a", 0))
        },
        reaching=who.reaching,
        withdrawing=who.withdrawing,
    )


def told(measured: Measured, allowed: bool, words: str) -> Effect:
    """An effect with its words, or that it cannot be told."""
    says = words if allowed and measured.clear else CANNOT_TELL
    return Effect(measured.effect, measured.low, measured.high, says)


def slower(acts: Named, responds: Named) -> str:
    """That answers come slower while more is waiting: what goes together, not what causes what."""
    answer = responds.verb("answers", "answer")
    return f"The more of {acts.whose} messages wait for an answer, the slower {responds} {answer}."


def reaches(acts: Named, responds: Named) -> str:
    """That one reaches more after the other has written less."""
    write = acts.verb("writes", "write")
    reach = responds.verb("reaches", "reach")
    return f"When {acts} {write} less than usual for some days, {responds} {reach} out more."
