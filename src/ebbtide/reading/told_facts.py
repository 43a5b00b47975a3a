"""What the answers of an intake say at a glance: of whom, for how long, at home, and what they name."""

from __future__ import annotations

from datetime import date

import msgspec

from ebbtide.reading.own_words import said_back
from ebbtide.reading.phrases import UNNAMED, Named, dated, you_name
from ebbtide.selfreport.intake import STRESS, Intake

#: A spell is reported from so many days on.
SHORTEST_DAYS = 3
#: Two who are together for less than this know little of each other's usual.
SHORT_BOND_MONTHS = 4.0


def withdrawn(answers: Intake) -> str:
    """Who withdraws: the other in the waiting voice, the teller in the withdrawing one."""
    return "a" if answers.voice == "withdrawing" else "b"


def withdrawing_as_told(answers: Intake, me: str) -> str | None:
    """Who of the two, "a" or "b", is in a spell of distance now, as the one who is `me` tells; None if nobody is."""
    if spell_days(answers) is None:
        return None
    return me if answers.voice == "withdrawing" else ("b" if me == "a" else "a")


def spoken_of(person: str) -> Named:
    """How somebody is spoken of."""
    return Named("you", True) if person == "a" else Named(UNNAMED, False)


def anything_told(answers: Intake) -> bool:
    """Whether there is anything to go by beside the voice and the question."""
    return msgspec.structs.replace(answers, voice="waiting", question=None, told_on=None) != Intake()


def carried_on(answers: Intake, today: date) -> Intake:
    """Answers of an earlier day, with lengths counted on until today."""
    passed = 0 if answers.told_on is None else (today - answers.told_on).days
    lengths = {
        field: length + passed
        for field in ("since_days", "last_word_days", "agreed_days")
        if (length := getattr(answers, field)) is not None
    }
    return msgspec.structs.replace(answers, **lengths) if passed > 0 else answers


def told_when(answers: Intake, today: date) -> tuple[str, ...]:
    """That answers are of an earlier day, if they are."""
    if answers.told_on is None or answers.told_on >= today:
        return ()
    return (f"Your answers are from {dated(answers.told_on)}; lengths are counted on from there.",)


def at_home(answers: Intake) -> bool:
    """Whether what is told is few messages between two who live together: no sign of distance by itself."""
    more = set(answers.signs) - {"fewer_contacts"} or answers.asked_for_space == "yes" or answers.contact == "none"
    return answers.living == "together" and not more


def days_told(answers: Intake) -> float | None:
    """How long the distance has lasted, as told."""
    silent = answers.last_word_days if answers.contact == "none" else None
    return max((days for days in (answers.since_days, silent) if days is not None), default=None)


def spell_days(answers: Intake) -> float | None:
    """How long a spell has lasted that is told of; None for short ones, where contact is as usual, and after an end."""
    days, over = days_told(answers), answers.contact == "usual" or answers.stage == "ended"
    return None if days is None or days < SHORTEST_DAYS or over else days


def named_words(answers: Intake) -> str:
    """What weighs on the one who is away, said back."""
    return you_name(said_back(answers.stress, STRESS))
