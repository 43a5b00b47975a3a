"""Which of the two somebody is, as they tell it in their own words: who goes, and who waits."""

from __future__ import annotations

import re

from ebbtide.cli.spelling import plainly

#: Going away from the other, and waiting for them.
AWAY = (
    r"(?:pull|pulls|pulled|pulling|back|backs|backed|backing|step|stepped|stepping)(?: \w+)? (?:away|back|off)"
    r"|withdraw\w*|withdrew|distant|distanc\w+|avoid\w*|ghost(?:s|ing|ed)?|quiet|silent|disappear\w*|vanish\w*|retreat\w*"
    r"|went (?:cold|away|quite)|(?:go|goes|going|gone) (?:cold|away)|(?:shut|shuts|shutting) (?:down|off)"
    r"|(?:close|closes|closed|closing) (?:off|up)|(?:need|needs|needed|needing|want|wants|wanted|wanting)"
    r"(?: \w+){0,2}? (?:space|room|distance|a break)|(?:run|runs|ran|running) away"
    r"|(?:leave|leaves|(?<!one )left|leaving)"
)
WAITS = (
    r"wait(?:s|ed|ing)?|left (?:waiting|behind|hanging|alone)|pursu\w+|chas(?:e|es|ed|ing|er)"
    r"|(?:is|was|am|im|been|being|get|got|getting)(?: \w+)? (?:left|ghosted|avoided|ignored|shut out)"
    r"|(?:give|gives|giving|gave)(?: \w+)? (?:space|room)"
)
ME, OTHER, BOTH = (
    r"i|im|ive|id|me|myself",
    r"he|she|they|hes|shes|theyve|him|her|them|husband|wife|partner|boyfriend|girlfriend|bf|gf|fianc\w+|the other",
    r"we|us|both|each|neither|no one|nobody",
)
TOLD = re.compile(
    rf"\b(?:(?P<waits>{WAITS})|(?P<away>{AWAY})(?P<from_me> (?:from|on) (?:me|us))?"
    rf"|(?P<me>{ME})|(?P<other>{OTHER})|(?P<both>{BOTH}))\b"
)
#: Of what is not so, or asked, nobody can tell whose it is.
IN_DOUBT = re.compile(
    r"\b(?:no|not|never|nor|(?:do|does|did|is|was|were|are|has|have|had|wo|ca|would|could)nt|cannot|if|whether|or|should"
    r"|used to)\b"
)
#: Words to which slips are mended.
KNOWN = (
    *("away", "back", "pulling", "pulled", "withdraw", "withdrawing", "withdrew", "withdrawn", "distant", "distance"),
    *("distancing", "quiet", "silent", "waiting", "waited", "avoiding", "leaving", "disappearing", "vanished", "space"),
)


def voice_told(typed: str) -> str | None:
    """The voice of whoever says this of the two; None where it cannot be told, or speaks of both."""
    words = plainly(typed, KNOWN)
    if IN_DOUBT.search(words):
        return None
    found = set()
    # Without anybody named, somebody speaks of themselves.
    who = "me"
    for said in TOLD.finditer(words):
        if said["both"]:
            return None
        if said["me"] or said["other"]:
            who = "me" if said["me"] else "other"
            continue
        of_me = who == "me" and not said["from_me"]
        found.add("withdrawing" if bool(said["away"]) is of_me else "waiting")
    return found.pop() if len(found) == 1 else None
