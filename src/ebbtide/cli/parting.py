"""How long ago two parted, which is no time together: told where it is asked how long they have been together."""

from __future__ import annotations

import re

from ebbtide.cli.asking import LENGTH, SPAN

#: Where one part of a line ends and another begins.
PART_ENDS = re.compile(r"[,;.]|\b(?:and|but|then|while)\b")
#: Words of a parting, and of being together; the one next before a length says what it is the length of.
PARTED = (
    r"(?:not|no longer|arent|aren[’']t|stopped being) (?:\w+ )?together|br(?:oke|oken|eaking|eak)[ -]?up|split\w*"
    r"|sep[ae]rat\w+|divorc\w+|ended|(?:is|its|it[’']s|was|been|all) over|over (?:since|for)|parted|(?<!far )apart"
    r"|moved out|dumped"
    r"|finished|(?:on|having|taking) a break|left (?:me|him|her|us)|(?:he|she|they|i) left|called it off"
)
TOGETHER = r"together|mar+ied|marriage|dating|dated|a couple|engaged|relationship|known|knew|met|after|going out"
OF_WHAT = re.compile(rf"\b(?:(?P<parted>{PARTED})|(?P<together>{TOGETHER}))\b", re.IGNORECASE)
TOGETHER_FOR = re.compile(rf"\btogether\s+({LENGTH.pattern})|({LENGTH.pattern})\s+together\b", re.IGNORECASE)
#: A length that is none of being together where only an end is told: “2 months ago”, “since March”.
BARE_LENGTH = re.compile(rf"(?!.*\bago$)(?!since\b){SPAN}", re.IGNORECASE)


def without_parting(typed: str, *, parted: bool) -> str:
    """What was typed without lengths that tell since when two are parted; `parted` where a choice says so."""
    out = typed
    for length in reversed(list(LENGTH.finditer(typed))):
        if since_parting(typed, length, parted=parted):
            out = f"{out[: length.start()]},{out[length.end() :]}"
    # Of two who have parted “together” tells how long it was, and not that they are a couple.
    return TOGETHER_FOR.sub(r"\1\2", out) if tells_parting(typed) else out


def tells_parting(typed: str) -> bool:
    """Whether a parting is told of."""
    return re.search(rf"\b(?:{PARTED})\b", typed, re.IGNORECASE) is not None


def since_parting(typed: str, length: re.Match[str], *, parted: bool) -> bool:
    """Whether a length tells how long ago the two parted."""
    before, after = around(typed, length)
    said = [*OF_WHAT.finditer(before)][-1:] or [*OF_WHAT.finditer(after)][:1]
    if said:
        return bool(said[0]["parted"])
    alone = not re.search("[a-z]", before + after, re.IGNORECASE)
    return (parted or tells_parting(typed)) and alone and BARE_LENGTH.fullmatch(length[0]) is None


def around(typed: str, length: re.Match[str]) -> tuple[str, str]:
    """What stands before and after a length in its own part of the line."""
    before = PART_ENDS.split(typed[: length.start()])[-1]
    return before, PART_ENDS.split(typed[length.end() :])[0]
