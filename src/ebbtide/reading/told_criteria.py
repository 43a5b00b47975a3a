"""The two lists of S8 from what a person tells: the same criteria, answered from an intake instead of messages.

Whatever was not asked, or not answered, stays None. Nothing here is measured, and every sentence says whose word it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ebbtide.episodes import Episode
from ebbtide.reading.criteria import ABOUT_A_WEEK_DAYS, CRITERIA, TWO_WEEKS_DAYS, Verdict, kind
from ebbtide.reading.own_words import said_back, weighs
from ebbtide.reading.phrases import Named, roughly, times, told_days, you_name
from ebbtide.reading.types import Criterion, Kind
from ebbtide.selfreport.intake import NO_CALENDAR, RED_FLAGS, Intake

#: What has happened so often before is a pattern.
OFTEN = 2
#: "About 5 days" is outrun from half as many more on.
OUTRUN_TIMES = 1.5
NOT_SAID = Verdict(None, "Not answered.")
Told = Callable[[Intake, Named], Verdict]


def told_criteria(answers: Intake, who: Named) -> tuple[Criterion, ...]:
    """All eleven criteria as far as the answers tell."""
    return tuple(
        Criterion(id_, side, verdict.met, title, verdict.why)
        for id_, side, title, _ in CRITERIA
        for verdict in (TOLD[id_](answers, who),)
    )


def told_kind(answers: Intake, found: tuple[Criterion, ...], episode: Episode) -> Kind:
    """What the criteria add up to; silent throughout, after returns without a word, is a worry before any return."""
    comes_to = kind(found, episode)
    silent = any(c.id == "blackout" and c.met for c in found)
    again = answers.before.ended == "unacknowledged" and (answers.before.times or 0) >= OFTEN
    return "concerning" if comes_to == "open" and silent and again else comes_to


def said_space(answers: Intake, who: Named) -> Verdict:
    """Was the need for space said, even briefly?"""
    said = answers.asked_for_space or ("yes" if "says_space" in answers.counter_signs else None)
    if said == "yes":
        return Verdict(True, f"{who.first} said so, as you tell it.")
    if said == "no":
        return Verdict(False, f"{who.first} did not say so, as you tell it.")
    return Verdict(None, "You are not sure.") if said == "unsure" else NOT_SAID


def some_contact(answers: Intake, _: Named) -> Verdict:
    """Is some minimal contact kept?"""
    if answers.contact == "none":
        return Verdict(False, f"There is no contact{since_last_word(answers)}.")
    if answers.contact in ("checks_in", "less", "usual") or "checks_in" in answers.counter_signs:
        kept = {"usual": "As usual", "less": "Less than before"}.get(answers.contact or "", "A sign now and then")
        return Verdict(True, f"{kept}, as you tell it.")
    return NOT_SAID


def since_last_word(answers: Intake) -> str:
    """How long ago the last word was, to add to a sentence."""
    if answers.last_word_days is None:
        return ""
    return f"; the last word was {days_ago(answers.last_word_days)}"


def days_ago(days: float) -> str:
    """How long ago something was that is told in days: "today", "yesterday", "5 days ago"."""
    if days < 2:
        return "today" if days < 1 else "yesterday"
    return f"{roughly(days)} ago"


def resolves_in_a_week(answers: Intake, _: Named) -> Verdict:
    """Does it resolve within about a week?"""
    if answers.since_days is None:
        return NOT_SAID
    days = told_days(max(1.0, answers.since_days))
    earlier = before_words(answers)
    if answers.since_days > ABOUT_A_WEEK_DAYS:
        return Verdict(False, f"It has lasted {days}.{earlier}")
    return Verdict(None, f"It has lasted {days} so far.{earlier}")


def before_words(answers: Intake) -> str:
    """How long earlier spells took, to add to a sentence."""
    if answers.before.usual_days is None or answers.before.times == 0:
        return ""
    return f" Before it took about {roughly(answers.before.usual_days)}."


#: How earlier spells ended, to add to "Not back yet.": a spell that goes on meets no criterion of a return.
ENDED_BEFORE = {
    "warm": " Earlier spells ended warmly, as you tell it.",
    "flat": " Earlier spells ended flat, as you tell it.",
    "unacknowledged": " Earlier spells ended without a word about them, as you tell it.",
    "varied": " Earlier spells ended now one way, now another, as you tell it.",
}


def renewed_openness(answers: Intake, _: Named) -> Verdict:
    """Is there new openness on coming back? The present spell goes on; how earlier ones ended stands beside it."""
    ended = answers.before.ended if answers.before.times != 0 else None
    return Verdict(None, f"Not back yet.{ENDED_BEFORE.get(ended or '', '')}")


def could_say_what(answers: Intake, who: Named) -> Verdict:
    """Could the person say, even vaguely, what it is?"""
    if answers.explained in ("yes", "partly"):
        return Verdict(True, f"{who.first} gave a reason{', in part' if answers.explained == 'partly' else ''}.")
    return Verdict(False, f"{who.first} gave no reason.") if answers.explained == "no" else NOT_SAID


def blackout(answers: Intake, who: Named) -> Verdict:
    """Is it a full blackout with no word?"""
    if answers.contact is None:
        return NOT_SAID
    if answers.contact != "none":
        return Verdict(False, "Some contact is kept.")
    if answers.asked_for_space == "yes" or answers.explained in ("yes", "partly"):
        return Verdict(False, f"There is no contact, but {who} said something before.")
    if answers.asked_for_space == "no":
        return Verdict(True, f"There is no contact{since_last_word(answers)}, and no word came before.")
    if answers.explained == "no":
        return Verdict(True, f"There is no contact{since_last_word(answers)}, and no reason was given.")
    return Verdict(None, "There is no contact; whether a word came before was not answered.")


def over_two_weeks(answers: Intake, _: Named) -> Verdict:
    """Has it gone on for over two weeks?"""
    if answers.since_days is None:
        return NOT_SAID
    days = told_days(max(1.0, answers.since_days))
    over = answers.since_days > TWO_WEEKS_DAYS
    if over and answers.explained in ("yes", "partly") and NO_CALENDAR & weighs(answers):
        return Verdict(None, f"It has lasted {days}. No rule about days fits grief or illness.")
    return Verdict(over, f"It has lasted {days}.{before_words(answers)}")


def after_every_closeness(answers: Intake, _: Named) -> Verdict:
    """Does it come back after every intimate moment?"""
    said = answers.after_closeness
    if said == "always":
        return Verdict(True, f"It follows every close moment, as you tell it{exposures(answers)}.")
    if said in ("sometimes", "no"):
        return Verdict(False, "It does not follow every close moment.")
    return Verdict(None, "You are not sure.") if said == "unsure" else NOT_SAID


def exposures(answers: Intake) -> str:
    """How often it has happened, to add to a sentence."""
    return f"; it has happened {times(answers.before.times)} before" if answers.before.times else ""


def returned_without_a_word(answers: Intake, _: Named) -> Verdict:
    """Is there no word on coming back? The present spell goes on; earlier returns stand beside it where they tell."""
    silent = answers.before.ended == "unacknowledged" and answers.before.times != 0
    return Verdict(None, f"Not back yet.{ENDED_BEFORE['unacknowledged'] if silent else ''}")


def continues_though_discussed(answers: Intake, _: Named) -> Verdict:
    """Does it continue although its effect was talked about?"""
    if answers.talked_about_it == "yes":
        # Spells that ended warm before, and one that is not longer than those, go on as was to be expected.
        again = (answers.before.times or 0) >= 1 and answers.before.ended != "warm"
        goes_on = again or outrun(answers)
        return (
            Verdict(True, "You talked about it, and it goes on.") if goes_on else Verdict(None, "You talked about it.")
        )
    return Verdict(False, "You have not talked about it yet.") if answers.talked_about_it == "no" else NOT_SAID


def outrun(answers: Intake) -> bool:
    """Whether it has lasted over two weeks, or clearly longer than is usual for this person."""
    days, usual = answers.since_days or 0.0, answers.before.usual_days
    return days > TWO_WEEKS_DAYS or (usual is not None and days > OUTRUN_TIMES * usual)


def within_usual(answers: Intake) -> bool:
    """Whether it is known to be no longer than is usual for this person."""
    return answers.before.usual_days is not None and answers.since_days is not None and not outrun(answers)


def red_flags(answers: Intake, _: Named) -> Verdict:
    """Does it come with other red flags? Never "no": a few questions can miss them."""
    if answers.safety.named:
        return Verdict(True, "What you answered about safety comes before anything else.")
    named = you_name(said_back(answers.red_flags, RED_FLAGS))
    if any(flag in RED_FLAGS for flag in answers.red_flags):
        return Verdict(True, named)
    if named:
        return Verdict(None, f"{named} What that weighs is yours to say.")
    doubt = "You are not sure about safety. " if answers.safety.unsure else ""
    return Verdict(None, f"{doubt}None named; a few questions can miss them.")


TOLD: Mapping[str, Told] = {
    "said_space": said_space,
    "some_contact": some_contact,
    "resolves_in_a_week": resolves_in_a_week,
    "renewed_openness": renewed_openness,
    "could_say_what": could_say_what,
    "blackout": blackout,
    "over_two_weeks": over_two_weeks,
    "after_every_closeness": after_every_closeness,
    "returned_without_a_word": returned_without_a_word,
    "continues_though_discussed": continues_though_discussed,
    "red_flags": red_flags,
}
