"""The loop as the reading tells it: effects in both directions by period, with words only where a claim holds."""

from __future__ import annotations

from datetime import timedelta

from ebbtide.models.engagement import Engagement
from ebbtide.models.loop import LoopFit, Measured, Period
from ebbtide.models.roles import roles
from ebbtide.reading.phrases import Named, in_words
from ebbtide.reading.types import CANNOT_TELL, Answered, Effect, Loop, LoopPeriod, Person, Share
from ebbtide.signals.answers import Answers
from ebbtide.signals.stream import Stream

#: Told once beside what was counted, which else reads like a hint to write twice.
ONLY_A_COUNT = "This is a count, and no reason to write twice: an answer is not closeness."


def loop(
    found: LoopFit | None,
    flow: Stream,
    engagement: Engagement,
    people: tuple[Person, Person],
    given: tuple[Answers, Answers],
) -> Loop | None:
    """What the fit of both directions says, and how each was answered; None where nothing was fitted."""
    if found is None:
        return None
    names = (Named(people[0].name, people[0].me), Named(people[1].name, people[1].me))
    periods = tuple(read_period(found, p, flow, engagement, names) for p in found.periods)
    answers = tuple(
        answered(people[k].id, each, names[k], names[1 - k]) for k, each in enumerate(given) if each.again is not None
    )
    return Loop(periods, found.ks[0], found.ks[1], found.placebo_passed, answers)


def answered(person: str, given: Answers, who: Named, other: Named) -> Answered:
    """How one answered when the other wrote again before an answer: how often, and how warmly.

    The two shares of what was answered are not set against each other in words: a turn is written again after because
    it had no answer, so that the share of first turns answered is the lower by the way it is counted.
    """
    parts = (given.answered, given.again, given.warm, given.warm_again)
    first, again, warm, warm_again = (None if p is None else Share(p.share, p.low, p.high) for p in parts)
    says, writes = "", other.verb("writes", "write")
    if given.again is not None:
        times, taken = in_words(given.again.chances), in_words(given.again.taken)
        says = (
            f"Of the {times} times {other} wrote again before an answer, {who} answered {taken} within two days "
            f"({given.again.low:.0%} to {given.again.high:.0%})."
        )
    if says and warm is not None and warm_again is not None:
        says += (
            f" Of those answers {warm_again.share:.0%} read as warm, "
            f"{compared(warm_again, warm, 'more', 'fewer')} ({warm.share:.0%}, where {other} {writes} once)."
        )
    return Answered(person, first, again, warm, warm_again, says)


def compared(one: Share, other: Share, more: str, less: str) -> str:
    """Whether a share is clearly more or less than another, by their intervals."""
    if not clearly(one, other):
        return "not clearly more or less than otherwise"
    return f"{more if one.low > other.high else less} than otherwise"


def clearly(one: Share | None, other: Share | None) -> bool:
    """Whether two shares differ by more than their intervals leave open; not where either is unknown."""
    return one is not None and other is not None and (one.low > other.high or one.high < other.low)


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
