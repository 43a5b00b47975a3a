"""Give and take: what each does for the bond, of late and before, in words; never a label for anybody (S22)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from ebbtide.models.engagement import Engagement
from ebbtide.reading.findings import DRAINS, about
from ebbtide.reading.phrases import Named
from ebbtide.reading.present import Present
from ebbtide.reading.types import Finding, Reading, Reciprocity, Share
from ebbtide.selfreport import plans
from ebbtide.signals.moves import Moves
from ebbtide.signals.reciprocity import Part, calls, part, reciprocity, returns
from ebbtide.signals.said import Said
from ebbtide.signals.stream import Stream

#: Late are the last four weeks; with fewer days than two weeks before them nothing is said of before.
RECENT_DAYS, FEWEST_BEFORE = 28, 14
#: Days on which neither has likely withdrawn.
ENGAGED = 0.5
#: Of two, one surely does little below the first share and about as much from the second on; before, below the third.
LITTLE, EVEN, LITTLE_BEFORE = 0.35, 0.4, 0.45
#: So much of what comes from the other is taken up by hardly anything, or by most.
HALF = 0.5
#: Fewer plans than this tell nothing.
FEWEST_PLANS = 3


def measured(
    flow: Stream, engagement: Engagement, events: pl.DataFrame, found: Moves, spoken: Said, noted: pl.DataFrame
) -> tuple[Reciprocity, ...]:
    """Every measure for both persons, of late and before; unknown where too little happened.

    `noted` are the check-ins (selfreport), which alone know of plans.
    """
    # How little is begun in a spell is told as a spell.
    near = np.maximum(*(p.withdrawn for p in engagement.people)) < ENGAGED
    known = (flow.covered > 0) & near
    late = known & (np.arange(flow.days) >= flow.days - RECENT_DAYS)
    before = known & ~late
    starts = (engagement.people[0].seen.starts, engagement.people[1].seen.starts)
    now = dict(reciprocity(flow, events, found, spoken, starts, late))
    # Whether a call was taken is a fact of any day.
    lately = (flow.covered > 0) & (np.arange(flow.days) >= flow.days - RECENT_DAYS)
    now["calls"] = calls(flow, events, lately)
    enough = before.sum() >= FEWEST_BEFORE
    past = dict(reciprocity(flow, events, found, spoken, starts, before)) if enough else {}
    # Coming back ends a spell, so that days of spells are left in.
    now["returns"] = returns(flow, found, spoken, lately)
    now["plans"] = plans_kept(noted, flow, flow.days - RECENT_DAYS, flow.days)
    if past:
        past["returns"] = returns(flow, found, spoken, (flow.covered > 0) & ~lately)
        past["plans"] = plans_kept(noted, flow, 0, flow.days - RECENT_DAYS)
    return tuple(
        both_times(id_, "ab"[p], parts[p], past[id_][p] if past else None) for id_, parts in now.items() for p in (0, 1)
    )


def both_times(id_: str, person: str, late: Part | None, before: Part | None) -> Reciprocity:
    """One measure of one person, of late and before."""
    return Reciprocity(id_, person, share(late), share(before), *counts(late), *counts(before))


def plans_kept(noted: pl.DataFrame, flow: Stream, first: int, stop: int) -> tuple[Part | None, Part | None]:
    """Of each one's plans noted from one day of the record up to another, those that were kept."""
    if stop <= max(first, 0):
        return None, None
    span = flow.date_of(max(first, 0)), flow.date_of(stop - 1)
    one, other = (plans(noted, person, *span) for person in "ab")
    # Who notes a plan notes it by itself, so that plans are counted as they are.
    return part(*one, FEWEST_PLANS, varies=1.0), part(*other, FEWEST_PLANS, varies=1.0)


def share(part: Part | None) -> Share | None:
    """A measured share as the reading shows it."""
    return None if part is None else Share(part.share, part.low, part.high)


def counts(part: Part | None) -> tuple[int, int] | tuple[None, None]:
    """How often, out of how many."""
    return (None, None) if part is None else (part.taken, part.chances)


@dataclass(frozen=True, slots=True)
class Sides:
    """What speaks for one giving and the other taking, and what against, as sentences."""

    for_: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)


def excused(reading: Reading, now: Present) -> frozenset[str]:
    """The measures in which little from the one in question is no taking.

    Where room was asked for that is a call left unanswered, and where something weighs, little warmth.
    """
    weighed = about(reading, now.who, *DRAINS)
    return frozenset((("calls",) if now.asked_for_room else ()) + (("warmth",) if weighed else ()))


def sides(
    seen: Sequence[Reciprocity], who: str, of_who: Named, of_partner: Named, *, excused: frozenset[str] = frozenset()
) -> Sides:
    """What the measures say of `who`, the one in question, as far as each tells anything, but for those `excused`."""
    found = Sides()
    mine = {r.id: r for r in seen if r.person == who and r.id not in excused}
    theirs = {r.id: r for r in seen if r.person != who}
    for id_, judge in JUDGED.items():
        if id_ in mine:
            judge(found, mine[id_], theirs[id_], of_who, of_partner)
    return found


def lasts(own: Reciprocity) -> bool:
    """Whether this person's share has surely been small for long, and has not risen of late."""
    long_ = own.before or own.share
    return long_ is not None and long_.high < LITTLE and (own.share is None or own.share.share < LITTLE_BEFORE)


def surely_less(own: Reciprocity, other: Reciprocity) -> bool:
    """Whether this person does surely less of it than the other does: before, if that is known, and no more of late."""
    pairs = [(own.before, other.before), (own.share, other.share)]
    known = [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
    return bool(known) and known[0][0].high < known[0][1].low and all(m.share < t.share for m, t in known)


def judge_starts(found: Sides, own: Reciprocity, _: Reciprocity, who: Named, partner: Named) -> None:
    """Who begins: one-sided if it was so for long; where it has changed of late, that is another thing."""
    now, before = own.share, own.before
    if lasts(own) and own.chances:
        begins = f"{who.first} began {own.taken} of the last {own.chances} times that one of you wrote first."
        found.for_.append(f"{begins} Before, it was much the same." if before else begins)
    elif now is not None and before is not None and now.high < LITTLE < before.low:
        found.against.append(f"Until lately {who} {who.verb('was', 'were')} no less the one who begins.")
    elif now is not None and now.low > LITTLE and now.share > EVEN:
        found.against.append(f"{who.first} {who.verb('begins', 'begin')} about as often as {partner}, or more.")


def judge_asks(found: Sides, own: Reciprocity, _: Reciprocity, who: Named, partner: Named) -> None:
    """Who asks after whom."""
    if lasts(own):
        asks = partner.verb("asks", "ask")
        found.for_.append(
            f"{partner.first} {asks} how {who} {who.verb('is', 'are')} far more than the other way round."
        )
    elif own.share is not None and own.share.low > EVEN:
        asks = who.verb("asks", "ask")
        found.against.append(
            f"{who.first} {asks} how {partner} {partner.verb('is', 'are')} no less than the other way round."
        )


def judge_warmth(found: Sides, own: Reciprocity, other: Reciprocity, _: Named, partner: Named) -> None:
    """Whether what the other opens up is answered warmly, against how the other does it."""
    now = own.share
    opened = f"What {partner} {partner.verb('opens', 'open')} up"
    if now is not None and surely_less(own, other):
        found.for_.append(f"{opened} was answered warmly {own.taken} of {own.chances} times, as far as words show.")
    elif now is not None and now.low > HALF:
        found.against.append(f"{opened} is mostly answered warmly.")


def judge_calls(found: Sides, own: Reciprocity, _: Reciprocity, who: Named, partner: Named) -> None:
    """Whether calls are taken."""
    now = own.share
    if now is not None and now.high < HALF:
        taken = own.taken or "none"
        found.for_.append(f"{who.first} took {taken} of {partner.whose} last {own.chances} calls.")
    elif now is not None and now.low > HALF:
        found.against.append(f"{who.first} {who.verb('takes', 'take')} most of {partner.whose} calls.")


Judge = Callable[[Sides, Reciprocity, Reciprocity, Named, Named], None]


def judge_plans(found: Sides, own: Reciprocity, _: Reciprocity, who: Named, __: Named) -> None:
    """Whether plans are kept, as noted."""
    now = own.share or own.before
    if now is not None and now.high < HALF:
        found.for_.append(f"Of {who.whose} plans that are noted, few were kept.")
    elif now is not None and now.low > HALF:
        found.against.append(f"Of {who.whose} plans that are noted, most were kept.")


def judge_returns(found: Sides, own: Reciprocity, _: Reciprocity, who: Named, __: Named) -> None:
    """Whether a return mostly asks for something; that it does not is no sign of giving."""
    now = own.share or own.before
    if now is not None and now.low > HALF:
        words = f"After two days and more without a word {who} mostly {who.verb('comes', 'come')} back"
        found.for_.append(f"{words} with something to ask for, and no more than that.")


JUDGED: dict[str, Judge] = {
    "starts": judge_starts,
    "asks": judge_asks,
    "warmth": judge_warmth,
    "calls": judge_calls,
    "plans": judge_plans,
    "returns": judge_returns,
}


def of_reciprocity(
    seen: Sequence[Reciprocity], who: str, of_who: Named, of_partner: Named, *, excused: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """That more goes out than comes back, where something surely says so and nothing the contrary."""
    found = sides(seen, who, of_who, of_partner, excused=excused)
    if len(found.for_) > len(found.against):
        numbers = {r.id: round(r.share.share, 3) for r in seen if r.person == who and r.share is not None}
        words = " ".join([*found.for_, "What you do for each other in person is in no message."])
        yield Finding("give_and_take", who, words, numbers)
