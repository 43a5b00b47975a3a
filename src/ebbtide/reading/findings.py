"""Findings: what the record shows, each with its words, its numbers and the events it rests on."""

from __future__ import annotations

from datetime import date

from ebbtide.reading.phrases import calendar_day, counted, lasting_days
from ebbtide.reading.present import local_day, named, present
from ebbtide.reading.quiet import of_silence
from ebbtide.reading.safety import first_words, told_first
from ebbtide.reading.spells import of_earlier, of_partner, of_spell
from ebbtide.reading.types import Finding, Reading

#: Every key a finding can have. Advice names those it rests on.
KEYS = frozenset(
    {
        "present_silence",
        "asked_last",
        "question_waits",
        "told_otherwise",
        "changed",
        "better",
        "in_touch",
        "after_closeness",
        "running_episode",
        "said_space",
        "day_named",
        "day_kept",
        "meeting_named",
        "meeting_past",
        "unkept",
        "greeted",
        "room_left",
        "reaching_more",
        "slipped",
        "gone_after_vow",
        "outside_cause",
        "loss_named",
        "low_named",
        "confession",
        "load_named",
        "shame_named",
        "bed_named",
        "old_hurt_named",
        "drinking_named",
        "newborn_named",
        "pregnancy_named",
        "eased_named",
        "warm_between",
        "doubts_named",
        "limit_named",
        "elsewhere_named",
        "far_at_home",
        "in_person_named",
        "pressed_named",
        "punishing",
        "returned",
        "talked_over",
        "earlier_episodes",
        "pattern_of_returns",
        "unspoken_returns",
        "quiet_after_quarrels",
        "living_together",
        "asks_hard",
        "explained_away",
        "too_little_data",
        "record_ended",
        "checkins",
        "agreement",
        "told",
        "carried",
        "quarrel",
        "parting_named",
        "farewell",
        "flood",
        "double_text",
        "left_pending",
        "apology_repeated",
        "signs",
        "rhythm",
        "give_and_take",
        "safety",
    }
)

#: Those that name a reason outside the two, where they are about the one in question.
OUTSIDE = frozenset({"outside_cause", "loss_named", "low_named"})

#: What takes from somebody most of what there would be to give.
DRAINS = ("loss_named", "low_named", "shame_named", "bed_named", "newborn_named")

#: Not said beside signs of harm: no reading of room or rhythm belongs there.
UNFIT_BESIDE_HARM = frozenset(
    {"said_space", "room_left", "reaching_more", "earlier_episodes", "pattern_of_returns", "unspoken_returns"}
)


def findings(reading: Reading) -> tuple[Finding, ...]:
    """The findings that follow from the silences, the spells and the safety of a reading."""
    now = present(reading)
    if reading.safety.level == "urgent":
        return (safety_finding(reading),)
    if not reading.enough:
        found = (*of_silence(reading, now), too_little_data(reading))
    else:
        spells = (*of_spell(reading, now), *of_partner(reading, now), *of_earlier(reading, now))
        found = (*of_silence(reading, now), *spells)
    if reading.safety.level == "look":
        return (safety_finding(reading), *(f for f in found if f.key not in UNFIT_BESIDE_HARM))
    return found


def outside(reading: Reading, who: str) -> tuple[Finding, ...]:
    """The findings that name a reason outside the two for one of them."""
    return about(reading, who, *OUTSIDE)


def about(reading: Reading, who: str, *keys: str) -> tuple[Finding, ...]:
    """The findings with one of these keys that are about this person."""
    return tuple(f for f in reading.findings if f.key in keys and f.about == who)


def away_now(reading: Reading, who: str) -> Finding | None:
    """The finding that this person said beforehand to be away until a day that is still to come; None without."""
    return next((f for f in outside(reading, who) if f.numbers.get("until_days", -1.0) >= 0), None)


def quiet_with_reason(reading: Reading, who: str) -> Finding | None:
    """The finding of a quiet of this person that had a reason and is over; None if there is none."""
    return next((f for f in outside(reading, who) if "silent_hours" in f.numbers), None)


def safety_finding(reading: Reading) -> Finding:
    """That messages call for care first, or what was answered."""
    told = reading.intake.safety if reading.intake is not None else None
    if told is not None and (told.named or (told.any and not reading.safety.evidence)):
        return Finding("safety", None, told_first(told))
    return Finding("safety", None, first_words(reading), evidence=reading.safety.evidence)


def too_little_data(reading: Reading) -> Finding:
    """That the record is too thin to know what is usual."""
    who, span = named(reading, present(reading).who), reading.span
    held = f"{counted(span.messages, 'message')} in all, over {lasting_days(max(1, span.days))}"
    words = f"There is too little here to know what is usual for {who}: {held}."
    return Finding("too_little_data", None, words, {"messages": float(span.messages), "days": float(span.days)})


def record_ended(reading: Reading) -> Finding:
    """That the record stops before now."""
    return Finding("record_ended", None, ended_words(local_day(reading, reading.span.end)))


def ended_words(last: date) -> str:
    """That a record stops on this day, and what that means."""
    return f"This record ends on {calendar_day(last)} {last.year}. It says nothing about now."


def checkins(days: int, before: tuple[str, ...] = (), together: int = 0) -> Finding:
    """That check-ins of so many days were read beside the messages, and what they note `before` spells.

    Days `together` in person are left out of what is measured.
    """
    noted = f"Check-ins of {counted(days, 'day')} are read beside the messages."
    near = f"On {counted(together, 'day')} they note time together in person; quiet is not measured there."
    words = " ".join([noted, *([near] if together else []), *before])
    return Finding(
        "checkins",
        None,
        words if days else "None of the check-ins is from a day of this record.",
        {"days": float(days)},
    )
