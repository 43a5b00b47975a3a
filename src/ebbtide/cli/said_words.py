"""What was said about it, as somebody tells it in their own words: that room is wanted, a day, a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ebbtide.cli.questions import Choice
from ebbtide.reading.own_words import LOADS, found_in

#: That something is wanted, and what stands for room: the plainest words wherever they come, others only close by.
WISH = r"\b(?:need|want|ask)(?:s|ed|ing)?\b|\bwanna\b|\bgotta\b|\bcould (?:do with|use)\b"
ROOM = re.compile(
    rf"(?:{WISH}).*\b(?:space|room|time|alone|break)\b"
    rf"|(?:{WISH})(?:\W+\w+){{0,4}}?\W+(?:breathe(?! new| life)|breather|breathing|air(?! (?:in|for"
    rf"|con))|head ?space|distance"
    r"|quiet|peace|think(?! of)|(?:clear|sort)(?: out)? (?:my|his|her|their) head|get (?:my|his|her"
    r"|their) head (?:a)?round|(?:few|some|couple(?: of)?) days|recharge)\b"
    # To be pressed is to need room.
    r"|\b(?:suffocat\w*|smother\w*|crowd(?:s|ed|ing)? (?:me|him|her|them)|(?:under|too much) pressure)\b"
)
#: Days that are a day wherever they stand, and short ones that are also other words ("sat", "sun").
DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|tomorrow|tomoz|tmrw?|tmw|2mor+ow?|tonight"
    r"|tonite|2nite|(?:the|this) weekend"
    r"|next (?:week|weekend|month)|(?:the )?end of (?:the |this )?(?:week|month|year)|in (?:a|an|one|two|three|four"
    r"|five|\d+) (?:days?|weeks?)|the \d+(?:st|nd|rd|th))"
)
SHORT_DAY = (
    r"(?:mon|tues?|weds?|thurs?|thu|fri|sat|sun)(?=$| (?:then|x+|ok|at \d|around \d|night"
    r"|morning|evening|eve|afternoon)\b)"
)
CONTACT = (
    r"(?:see|c|meet|talk|speak|call|ring|phone|text|txt|write|msg|message|come|catch up"
    r"|be in touch|be back|be home|back|home)"
)
TO = r"(?: (?:u|you|ya|me|us|up|each other|again))*"
ON_DAY = re.compile(
    rf"\b{CONTACT}(?: \w+){{0,3}}? {DAY}\b|\b{DAY}(?: \w+){{0,4}}? {CONTACT}\b"
    rf"|\b(?:{CONTACT}{TO}(?: on| this| next)?|until|till?|by|on|this|next) {SHORT_DAY}"
    rf"|\b(?:until|till?)(?: the)? {DAY}\b"
)
#: Days that are over.
PAST = re.compile(r"\b(?:last|since|was|were|went|saw)\b")
REASON = re.compile(
    r"\b(?:busy|stress\w*|overwhelm\w*|swamped|snowed under|(?:work|family|uni|school)(?: stuff)?"
    r"|too much (?:going )?on|money|broke|burn(?:t|ed)[ -]?out|exhaust\w*|worn out|on nights|night shifts?)\b"
)
#: What explains nothing by being so.
FINE = re.compile(r"\b(?:fine|good|great|ok|okay|over|done|passed|well)\b")
#: "I’ll", as it is typed.
I_WILL = re.compile(rf"\bi?[’']?ll (?=(?:{CONTACT}|be|try|let|get|give|have|do|go|explain|tell)\b)")
OUTSIDE = ("work", "money", "health", "study", "grief", "low_mood", "children", "baby")
NOT = re.compile(
    r"\b(?:no|not|never|nothing|without|can[’']?t|won[’']?t|cannot|\w+n[’']t"
    r"|(?:do|does|did|would|could|should|is|was|were|has|have|had|are)nt)\b"
)


def said_so(words: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that words about what was said come to; none of a part that says that something is not so."""
    kinds = {kind for part in re.split(r"[.,;:!?\n]|\bbut\b", words.casefold()) for kind in told_in(part.strip())}
    return [choice for choice in choices if kind_of(choice) in kinds]


def told_in(part: str) -> Iterator[str]:
    """What one part of a line tells of: "room", "day", "reason"."""
    if NOT.search(part):
        return
    if ROOM.search(part):
        yield "room"
    if ON_DAY.search(part) and not PAST.search(part):
        yield "day"
    id_ = re.sub(r"[^a-z0-9]+", "_", I_WILL.sub("", part))
    if (REASON.search(part) or any(found_in(LOADS[kind], [id_]) for kind in OUTSIDE)) and not FINE.search(part):
        yield "reason"


def kind_of(choice: Choice) -> str:
    """Which of them a choice stands for; empty for the others."""
    if choice.fills == {"asked_for_space": "yes"}:
        return "room"
    if "day_named" in choice.fills or "said_when_back" in choice.fills.get("own_moves", ()):
        return "day"
    return "reason" if choice.fills == {"explained": "yes"} else ""
