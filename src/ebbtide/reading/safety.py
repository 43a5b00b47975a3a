"""Safety: what is shown first when messages call for care. Help, at once, in words that ask for no restraint."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import msgspec

from ebbtide.reading.help import Need, countries, packaged_help
from ebbtide.reading.own_words import spelled
from ebbtide.reading.phrases import on_day, you_name
from ebbtide.reading.present import local_today, named
from ebbtide.reading.types import Reading, Safety
from ebbtide.selfreport.intake import SafetyAnswers

Level = Literal["none", "look", "urgent"]

CONTROL = "Being threatened, watched or kept from others is control, whatever the reason given."
SHOWN: dict[Level, str] = {
    "none": "",
    "look": (
        f"{CONTROL} If that is part of your days, nomoredirectory.org lists people trained to help, by country. "
        "In danger, call your local emergency number."
    ),
    "urgent": (
        "If a life may be at risk, yours or another’s, call your local emergency number now. "
        "findahelpline.com lists free help lines by country, by phone and by chat. "
        "You need not be sure, and you need not do it alone."
    ),
}

#: The answer that stands in for a reading of quiet.
FIRST: dict[Level, str] = {
    "none": "",
    "look": "Some messages here speak of threats, control or fear. That comes before any reading of quiet.",
    "urgent": "Some messages here read as if someone may be in danger. Please speak to someone now.",
}


#: The same where one of the two wrote all of it: of the reader, and of the other.
FIRST_OF_YOU: dict[Level, str] = {
    "look": (
        "Some of what you wrote, most recently {day}, speaks of threats, control or fear. "
        "That comes before any reading of quiet."
    ),
    "urgent": (
        "Some of what you wrote, most recently {day}, reads as if someone may be in danger. "
        "Please speak to someone now."
    ),
}
FIRST_OF_OTHER: dict[Level, str] = {
    "look": (
        "Some of what {who} wrote, most recently {day}, speaks of threats, control or fear. "
        "That comes before any reading of quiet."
    ),
    "urgent": (
        "Some of what {who} wrote, most recently {day}, reads as if {who} may be in danger. "
        "Ring {who} now, and ask straight out. If there is no answer, call your local emergency number."
    ),
}


def first_words(reading: Reading) -> str:
    """The answer that stands in for a reading of quiet: who wrote the signs, and when, where one of the two did."""
    care = reading.safety
    if len(care.wrote) != 1 or care.last is None or not any(p.me for p in reading.people):
        return FIRST[care.level]
    who = named(reading, care.wrote[0])
    said = (FIRST_OF_YOU if who.you else FIRST_OF_OTHER)[care.level]
    if len(care.evidence) == 1:
        said = said.replace("Some of what", "What").replace(", most recently {day},", " {day}")
    return said.format(who=who, day=on_day(care.last, local_today(reading)))


#: The same where it was answered, not read, and what is said beside it.
TOLD_UNKNOWN = "Nothing of what you answered is sent anywhere."
STOP_NOW = "Stop now: that comes first, and there is help for it."
#: What was answered, the gravest first, and what is said to it.
TOLD: tuple[tuple[str, str, str], ...] = (
    ("self_harm", "you think of harming yourself", "Please speak to someone now."),
    ("fears_for_other", "you fear for the other’s life", "Ask now, by voice and straight out; no message can do that."),
    ("hurt", "you have been hurt or threatened", "That is not your fault, and it comes first."),
    ("afraid", "you are afraid", "That is enough, and it comes first."),
    ("controlled", "you are watched, kept from people or told what to do", "That comes first."),
    (
        "frightened_other",
        "you have frightened or hurt the other",
        STOP_NOW,
    ),
    ("unsure", "you are not sure whether you are safe", "That comes first, so the rest is left out for now."),
)
#: What may be answered in words of dying, and what is said to those: to one's own, and to the other's.
OF_DYING = ("self_harm", "fears_for_other")
IF_OWN = "If that means that you think of ending your life, please speak to someone now."
IF_OTHER = "If that is about ending a life, ask now, by voice and straight out; no message can do that."
#: Nobody owes contact to whom they fear.
OWES_NOTHING = "You owe nobody contact. Staying away from someone you fear is allowed."
#: Beside words of danger in the messages.
UNSURE_TOO = "You said that you are not sure whether you are safe: talk that over with somebody, too."
#: What is shown where the answer was "not sure".
NOT_SURE = (
    "Not being sure is reason enough to talk it over with somebody outside the two of you. nomoredirectory.org lists "
    "people trained to listen, by country. findahelpline.com lists lines for any trouble. You need not give a name, "
    "and you need not decide anything. In danger, call your local emergency number."
)
#: To one who has frightened the other, by where the two live.
LEFT_IN_PEACE = {
    True: "Sleep somewhere else tonight, with a friend or family, and do not go back to settle it.",
    False: "Leave the other in peace: no lines, and no going there.",
}
OWN_HARM = (
    "A doctor can help today, and so can the lines listed at findahelpline.com: tell them that you have frightened "
    "somebody. If anybody is in danger, call your local emergency number."
)
#: To one who has looked into what is the other's.
WATCHED = (
    "Turn off any tracking, and use no password that is not yours. What you fear is better asked than looked for. "
    "findahelpline.com lists lines to talk to tonight, by country. If anybody is in danger, call your local emergency "
    "number."
)
#: To one whom the other harms, whatever it is called.
HARMED = "nomoredirectory.org lists people trained to help, by country; you need not know what to call it."


#: Where what was written at the question could not be read.
UNREAD = "What you wrote where safety was asked could not be read. It may matter, so help stands first."


def told_first(answers: SafetyAnswers) -> str:
    """What was answered, said back: all of it, and what is to be said to the gravest."""
    if answers.unread and not answers.named:
        return UNREAD
    in_words = OF_DYING if answers.dark else ()
    named = [(words, answer) for field, words, answer in TOLD if getattr(answers, field) and field not in in_words]
    said = f"You said that {', and that '.join(words for words, _ in named)}. {named[0][1]}" if named else ""
    if answers.dark:
        said = f"{dark(answers)} {said}".strip()
    flags = you_name(quoted(answers.flags))
    if answers.only_watched and not answers.named:
        return f"{you_name(quoted(answers.deeds))} That takes a freedom from the other, whatever you feared. {STOP_NOW}"
    if answers.deeds and not answers.named:
        return f"{you_name(quoted(answers.deeds))} That frightens or hurts, whatever it was meant for. {STOP_NOW}"
    if flags and not named:
        flags = f"{flags} That is no quiet spell, and it is not your fault. It comes first."
    return f"{flags} {said}".strip()


def dark(answers: SafetyAnswers) -> str:
    """The teller's own words that may mean dying, said back, and what they call for if they do."""
    said = you_name(quoted(answers.dark))
    return f"{said} {IF_OWN if answers.self_harm else IF_OTHER}"


def quoted(ids: tuple[str, ...]) -> list[str]:
    """The teller's own words as such."""
    return [f"“{spelled(id_)}”" for id_ in ids]


def told_safety(answers: SafetyAnswers, *, at_home: bool = False, country: str | None = None) -> Safety:
    """What is shown where a question about safety was answered with yes: help for what was named, at once."""
    if not answers.any:
        return Safety("none", "")
    if not answers.named:
        # Whoever frightens the other is the one the words are about.
        own = WATCHED if answers.only_watched else f"{LEFT_IN_PEACE[at_home]} {OWN_HARM}"
        if answers.frightened_other or answers.deeds:
            return Safety("look", own + lines_of(country, "stopping"), wrote=("a",))
        return Safety("look", NOT_SURE)
    parts = (
        CONTROL if answers.controlled or answers.flags else "",
        HARMED if answers.by_other else "",
        SHOWN["urgent"],
    )
    return Safety("urgent", " ".join(part for part in parts if part))


#: What stands first where what was answered is left out.
FIRST_UNSAID = "Help comes first here. It stands below, and needs no reason to be used."


def unsaid(reading: Reading) -> Reading:
    """The reading without what was answered about safety, for a file that others may see; the help itself stays."""
    told = reading.intake
    if told is None or not told.safety.any:
        return reading
    said = told_first(told.safety)
    answer = reading.answer
    if answer.now == said:
        answer = replace(answer, now=FIRST_UNSAID, may_be="")
    answer = replace(answer, may_be=answer.may_be.replace(UNSURE_TOO, ""))
    found = tuple(
        replace(f, words=FIRST_UNSAID) if f.key == "safety" and f.words == said else f for f in reading.findings
    )
    return replace(reading, answer=answer, findings=found, intake=msgspec.structs.replace(told, safety=SafetyAnswers()))


#: What the lines are for that are shown with each level.
NEED: dict[Level, Need] = {"look": "violence", "urgent": "crisis"}


def safety(
    level: Level, evidence: tuple[str, ...] = (), country: str | None = None, *, by_reader: bool = False
) -> Safety:
    """The safety part of a reading, with the lines of a country where known; with level "none" nothing is shown.

    `by_reader`: all of it was written by the reader, so that lines for those who want to stop come before the others.
    """
    if level == "none":
        return Safety(level, "", evidence)
    needs: tuple[Need, ...] = ("stopping", NEED[level]) if by_reader and level == "look" else (NEED[level],)
    return Safety(level, SHOWN[level] + lines_of(country, *needs), evidence)


def lines_of(country: str | None, *needs: Need) -> str:
    """The lines of a country as they stand behind what is shown; nothing where there are none."""
    lines = packaged_help().of(country, *needs)
    return f" In {countries()[country or '']}: {' '.join(line.words for line in lines)}" if lines else ""
