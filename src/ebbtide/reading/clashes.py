"""Clashes: answers of an intake that do not go together; of those that cannot both be right neither is used."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ebbtide.reading.phrases import DAYS_A_MONTH
from ebbtide.selfreport.intake import Before, Intake

#: Days are counted roughly, too.
ROUGHLY_SILENT_DAYS = 3.0
#: A bond may be told shorter than its distance by so many days: months are counted roughly.
ROUGHLY_DAYS = 45.0
#: Whoever wrote less than a day ago has not been out of contact for so many days.
IN_CONTACT_DAYS, OUT_OF_CONTACT_DAYS = 1.0, 3.0
#: The last word lies long before the distance from so many days, and so many times its length, on.
LONG_BEFORE_DAYS, LONG_BEFORE_TIMES = 14.0, 3.0


def disagreeing(answers: Intake) -> Iterator[str]:
    """Answers of which both can hardly be right."""
    yield from clashes(answers)
    since = answers.since_days
    if answers.contact == "none" and "checks_in" in answers.counter_signs:
        yield "You tell of no contact, and of a sign now and then."
    if answers.asked_for_space == "no" and "says_space" in answers.counter_signs:
        yield "You tell that no room was asked for, and that the need of it is said."
    last, silent = answers.last_word_days, answers.contact == "none"
    longer = since is not None and last is not None and last >= since + ROUGHLY_SILENT_DAYS
    if silent and longer and not last_word_clashes(answers):
        yield "You tell of a last word from before it became distant; the longer time is taken here."
    if (
        answers.contact == "usual"
        and since is not None
        and answers.last_word_days is not None
        and answers.last_word_days > since
    ):
        yield "You tell of contact as usual, and of a last word from before it became distant."


def clashes(answers: Intake) -> tuple[str, ...]:
    """Answers of which one has to be wrong, in words."""
    if answers.safety.any:
        return ()
    found = (
        (longer_than_bond(answers), "You tell of a distance that is longer than the two of you are together"),
        (last_word_clashes(answers), "You tell of a last word from long before it became distant"),
        (word_in_silence(answers), "You tell of days without contact, and of a last word today"),
        (first_and_before(answers), "You tell that it is the first time, and how it went before"),
    )
    return tuple(f"{words}; neither is used here." for clash, words in found if clash)


def longer_than_bond(answers: Intake) -> bool:
    """Whether the distance is told longer than the bond."""
    together, since = answers.together_months, answers.since_days
    return together is not None and since is not None and since > together * DAYS_A_MONTH + ROUGHLY_DAYS


def last_word_clashes(answers: Intake) -> bool:
    """Whether the last word is told to lie so far before the distance that one of the two is wrong."""
    since, last = answers.since_days, answers.last_word_days
    return since is not None and last is not None and last > max(LONG_BEFORE_DAYS, LONG_BEFORE_TIMES * since)


def word_in_silence(answers: Intake) -> bool:
    """Whether a word of today is told, and no contact for days."""
    since, last = answers.since_days, answers.last_word_days
    silent = answers.contact == "none" and since is not None and since >= OUT_OF_CONTACT_DAYS
    return silent and last is not None and last < IN_CONTACT_DAYS


def first_and_before(answers: Intake) -> bool:
    """Whether it is told to be the first time, and how it went before."""
    before = answers.before
    return before.times == 0 and bool(before.usual_days or before.ended)


def without_clashes(answers: Intake) -> Intake:
    """The answers without those of which one has to be wrong."""
    gone: dict[str, object] = {}
    if longer_than_bond(answers):
        gone |= {"since_days": None, "together_months": None, "last_word_days": None}
    if last_word_clashes(answers):
        gone |= {"since_days": None, "last_word_days": None}
    if word_in_silence(answers):
        gone |= {"contact": None, "last_word_days": None}
    if first_and_before(answers):
        gone["before"] = Before()
    return msgspec.structs.replace(answers, **gone)
