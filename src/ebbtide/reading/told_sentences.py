"""The answer of a reading from self-report alone, in sentences: what is, what it may be, what only the other knows."""

from __future__ import annotations

import re

from ebbtide.reading.asked import asked, asked_words
from ebbtide.reading.own_words import DRUNK_WITH_CHILDREN, found_in, love_gone, said_back, wants_out, whose
from ebbtide.reading.phrases import listed, small, you_name
from ebbtide.reading.sentences import joined, of_safety
from ebbtide.reading.told_facts import (
    SHORT_BOND_MONTHS,
    SHORTEST_DAYS,
    days_told,
    named_words,
    spoken_of,
    withdrawn,
)
from ebbtide.reading.types import Answer, Reading
from ebbtide.reading.unseen import GONE, unseen
from ebbtide.selfreport.intake import OLD_WOUNDS, OWN_LOADS, RED_FLAGS, Intake

EXPORT = "An export of your chat would show how usual this is for the two of you."


def told_answer(reading: Reading) -> Answer:
    """The sentence about now, what it may be, and what is not known."""
    said = {f.key: f.words for f in reading.findings}
    if reading.safety.level != "none":
        return of_safety(reading)
    answers = reading.intake or Intake()
    if answers.stage == "ended":
        return Answer("It has ended, as you tell it.", "What you need now comes first.", "")
    first = next((said[key] for key in FIRST_TOLD if key in said), None)
    flags, named = you_name(said_back(answers.red_flags, RED_FLAGS)), named_words(answers)
    # What was said back already is not part of the first sentence.
    clash = said["told"].partition("tell. ")[2]
    head = [clash, asked_words(answers), flags]
    if first is None:
        general = separated_words(answers) or (GENERAL if answers.voice == "waiting" else GENERAL_TO_YOU)
        parts = [*head, named, seen_words(answers), load_words(answers), general]
        return Answer(said.get("too_little_data", "This rests on what you tell."), joined(*parts), EXPORT)
    # Beside what else is named; else beside what the teller carries.
    seen, load = seen_words(answers), load_words(answers)
    beside, load = (seen, load) if named or flags else ("", joined(seen, load))
    earlier, wound = said.get("earlier_episodes", ""), wound_words(answers)
    parts = [*head, named, beside, short_words(reading), earlier, load, wound]
    if reading.episodes or "in_touch" in said:
        cause = named or given_words(answers)
        close = said.get("after_closeness", "")
        before = [clash, asked_words(answers), said.get("said_space", ""), flags]
        parts = [*before, cause, beside, short_words(reading), close, earlier, load, wound]
    return Answer(first, named_once(joined(*parts)), reasons_words(reading))


def named_once(text: str) -> str:
    """A text in which what is named in two sentences running stands in one."""
    return re.sub(r"(You name (?:“[^”]*”|[^.“”])*)\. You name ", r"\1, and also ", text)


def separated_words(answers: Intake) -> str:
    """What holds in general between two who are separated."""
    if answers.stage != "separated":
        return ""
    return "You are separated, as you tell it. What is still shared can be settled, calmly and one thing at a time."


#: What the answer begins with: the first of these that is told.
FIRST_TOLD = ("living_together", "running_episode", "in_touch", "present_silence")
GENERAL = (
    "In general, practitioners hold that a few quiet days are common, "
    "and that two weeks without a word are a reason to ask."
)
GENERAL_TO_YOU = (
    "In general, practitioners hold that a few quiet days are common, "
    "and that a word about when you will be in touch makes them easier for the other."
)


def given_words(answers: Intake) -> str:
    """That a reason was given, where none is named."""
    if answers.explained not in ("yes", "partly"):
        return ""
    who = spoken_of(withdrawn(answers))
    return f"{who.first} gave a reason{', in part' if answers.explained == 'partly' else ''}."


def seen_of_other(answers: Intake) -> list[str]:
    """Of what the one who waits carries what the other does, or a door that stayed shut: no load of their own."""
    beside = f"{GONE}|{DRUNK_WITH_CHILDREN}"
    return [i for i in answers.own_load if whose(i) == "other" or found_in(beside, [i])]


def seen_words(answers: Intake) -> str:
    """That, named."""
    return you_name(said_back(seen_of_other(answers), OWN_LOADS)) if answers.voice == "waiting" else ""


def load_words(answers: Intake) -> str:
    """What weighs on the one who waits."""
    if answers.voice != "waiting":
        return ""
    seen = seen_of_other(answers)
    carried = said_back((i for i in answers.own_load if i not in seen), OWN_LOADS)
    return f"You carry something yourself: {listed(carried)}." if carried else ""


#: To two who hardly know each other.
YOUNG = "The two of you are new: it is early, and little is known yet of what is usual."


def wound_words(answers: Intake) -> str:
    """That a silence touches an old hurt of the one who waits, and meets a bond that may be too young to be known."""
    young = answers.together_months is not None and answers.together_months < SHORT_BOND_MONTHS
    if not answers.old_wounds:
        return YOUNG if young and answers.voice == "waiting" else ""
    named = you_name(said_back(answers.old_wounds, OLD_WOUNDS))
    if answers.voice == "withdrawing":
        return f"{named} Quiet can be a way to keep clear of that, and need not be."
    if not young:
        return (
            f"{named} {'Distance' if answers.contact == 'usual' else 'A silence'} can touch that, whatever it is now."
        )
    return "You carry a hurt from before, and the two of you are new: fear would be no wonder, and little is known yet."


def short_words(reading: Reading) -> str:
    """That a pause of under three days is no spell of distance."""
    answers = reading.intake or Intake()
    days = days_told(answers)
    if days is not None and days < SHORTEST_DAYS and not answers.red_flags:
        return "That is short: a pause of a day or two is common, and no spell of distance yet."
    return ""


def reasons_words(reading: Reading) -> str:
    """Which reasons have most for them, and that only the other knows; fading is named only to who asks for it."""
    answers = reading.intake or Intake()
    if unseen(answers):
        return FIRST_WHETHER_WELL
    # Who tells of their own love that has gone has named it themselves.
    named = answers.voice == "withdrawing" and love_gone(answers)
    unasked = set() if named or asked(answers) in ABOUT_FADING else {"fading"}
    found = [h.title for h in reading.hypotheses if h.weight == "speaks for it" and h.id not in unasked][:2]
    near = not reading.episodes and any(f.key in ("in_touch", "living_together") for f in reading.findings)
    only = "Why it is so, only the other knows."
    if answers.voice == "withdrawing":
        only = "What it is, you know best, and it may not have words yet."
        only = "Whether to stay or go is yours to say." if wants_out(answers) else only
    only = "" if near else only
    # Beside somebody else or lies no other reason is what fits best.
    if not found or {"infidelity", "lying"} & set(answers.red_flags):
        return only
    fits = "; ".join(small(title) for title in found)
    return f"What fits best with what you tell: {fits}. Other reasons are possible. {only}".strip()


#: What comes before every reason for a silence in which somebody may need help.
FIRST_WHETHER_WELL = "Whether your partner is all right comes first. Why it is quiet can wait."
#: Questions whose answer names fading.
ABOUT_FADING = ("losing_interest", "ending")
