"""Better: what has got better since an earlier intake, which is what a reading of the later one begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ebbtide.reading.sentences import joined
from ebbtide.reading.told import IN_TOUCH
from ebbtide.reading.told_facts import SHORTEST_DAYS, days_told, spoken_of, withdrawn
from ebbtide.reading.types import Finding, Reading
from ebbtide.selfreport.intake import Intake

#: How much contact there is, the least first, and how it was.
CONTACT = {
    "none": "there was none",
    "checks_in": "there was a sign now and then",
    "less": "there was less than usual",
    "usual": "it was as usual",
}
AMOUNT = tuple(CONTACT)
NOW = {"checks_in": "a sign now and then", "less": "some, if less than usual", "usual": "as usual"}
#: How well it was explained, and the stages at which it is no bond that goes on.
EXPLAINED = ("no", "partly", "yes")
APART = ("separated", "ended")


def better(earlier: Intake, later: Intake) -> Finding | None:
    """What got better, in one sentence; None where nothing did, or something that weighs more got worse."""
    if worse(earlier, later):
        return None
    who, person = spoken_of(withdrawn(later)), withdrawn(later)
    if is_back_since(earlier, later):
        words = (
            f"{who.first} {who.verb('is', 'are')} back since your earlier answers: contact is as usual, where before "
        )
        return Finding("better", person, f"{words}{CONTACT[earlier.contact or '']}.", {"back": 1.0})
    parts = tuple(parts_of(earlier, later))
    if not parts:
        return None
    return Finding("better", None, f"Since your earlier answers something got better: {'; '.join(parts)}.")


def is_back_since(earlier: Intake, later: Intake) -> bool:
    """Whether contact was little or none, and is as usual now; who is near and distant for days is not back."""
    away = earlier.contact in ("none", "checks_in", "less")
    distant = (days_told(later) or 0.0) >= SHORTEST_DAYS and "came_back" not in later.own_moves
    return away and later.contact == "usual" and not distant


def parts_of(earlier: Intake, later: Intake) -> Iterator[str]:
    """What got better, one by one."""
    if rises(AMOUNT, earlier.contact, later.contact):
        yield f"contact is {NOW[later.contact or '']}, where before {CONTACT[earlier.contact or '']}"
    if earlier.stage in APART and later.stage is not None and later.stage not in APART:
        yield "the two of you are together again"
    if rises(EXPLAINED, earlier.explained, later.explained):
        yield "a reason was given"
    if earlier.talked_about_it == "no" and later.talked_about_it == "yes":
        yield "you have talked about it"
    # Signs that are left out may only not have been asked for again.
    if later.signs and set(later.signs) < set(earlier.signs):
        yield "you name fewer signs of distance"


def worse(earlier: Intake, later: Intake) -> bool:
    """Whether there is less contact, it has ended or come to a separation, or a new red flag is named."""
    parted = later.stage in APART and earlier.stage != later.stage
    falls = rises(AMOUNT, later.contact, earlier.contact)
    return parted or falls or bool(set(later.red_flags) - set(earlier.red_flags))


def rises(order: tuple[str, ...], was: str | None, now: str | None) -> bool:
    """Whether both are known, and the later one stands higher."""
    return was is not None and now is not None and order.index(was) < order.index(now)


def with_better(reading: Reading, found: Finding) -> Reading:
    """The reading with what got better said first, and what it began with after it."""
    answer = reading.answer
    # That the two are in touch is said already.
    in_touch = answer.now.startswith(IN_TOUCH) or (reading.intake is not None and reading.intake.returned == "yes")
    former = "" if "back" in found.numbers and in_touch else answer.now
    answer = replace(answer, now=found.words, may_be=joined(former, answer.may_be))
    return replace(reading, findings=(*reading.findings, found), answer=answer)
