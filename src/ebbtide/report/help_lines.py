"""Help that can be tapped: what is shown about safety as a few sentences and a list of lines with links.

A link asks for nothing until it is tapped, so the page stays as silent as it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from ebbtide.reading import Reading
from ebbtide.reading.help import HelpLine, packaged_help

#: A directory that sentences name beside those of help.toml.
NAMED = "nomoredirectory.org"
#: How a sentence begins that leads on from the one before.
LEADS_ON = "If that "
#: In a line's number: words to send to one, one of another app (left as it is), or one to call.
NUMBER = re.compile(
    r"text (?P<word>\w+) to (?P<to>\d+)|SMS (?P<sms>\d+)|WhatsApp \(?\+?\d[\d ()-]*\d|(?P<call>[+#(]?\d[\d ()./-]*\d)"
)


@dataclass(frozen=True, slots=True)
class Help:
    """The box of help: its heading, what it says first, the country its lines are of, and the lines.

    `directory` is a sentence that leads on from `lead` to a list of help, `after` what stands behind it.
    """

    heading: str
    lead: str
    directory: Markup
    after: str
    country: str
    lines: tuple[Markup, ...]
    hide: bool


def help_box(reading: Reading) -> Help | None:
    """The box; None where nothing has to come first."""
    if reading.safety.level == "none":
        return None
    lead, country, known = parted(reading.safety.shown)
    said = re.split(r"(?<=[.!?])\s+", lead)
    listing = [words for words in said if directories().search(words)]
    directory, after = Markup(), ""
    if listing and listing[0].startswith(LEADS_ON):
        # "If that …" means what was said just before; behind the lines it would mean nothing.
        at = said.index(listing[0])
        directory, lead, said = linked(listing.pop(0)), " ".join(said[:at]), said[at + 1 :]
        after = " ".join(words for words in said if words not in listing)
    elif listing:
        lead = " ".join(words for words in said if words not in listing)
    lines = (*map(line, known), *map(linked, listing))
    return Help(heading(reading), lead, directory, after, country, lines, hides(reading))


def hides(reading: Reading) -> bool:
    """Whether somebody may be watched by the other, so that the page itself may put them at risk."""
    told = reading.intake is not None and (reading.intake.safety.by_other or reading.intake.safety.in_doubt)
    written = reading.safety.level == "look" and reading.safety.wrote != (reading.reader,)
    return told or written


def heading(reading: Reading) -> str:
    """Whose safety it is about: the reader's where the reader answered so or wrote some of it, else someone's."""
    if reading.safety.level == "look":
        return "Where help is"
    told = reading.intake is not None and reading.intake.safety.any
    own = any(p.me and p.id in reading.safety.wrote for p in reading.people)
    return "Your safety comes first" if told or own else "Someone may be in danger"


def parted(shown: str) -> tuple[str, str, tuple[HelpLine, ...]]:
    """The words shown about safety without the lines they end on, the country of these, and the lines."""
    known = {line.words: line for line in packaged_help().lines if line.words in shown}
    for words in known:
        shown = shown.replace(words, "")
    lead, country = re.fullmatch(r"(.*?)(?:\bIn ([^.:]+):)?\s*", shown, re.DOTALL).groups()  # type: ignore[union-attr]
    return lead.strip(), country or "", tuple(known.values())


def line(it: HelpLine) -> Markup:
    """One line: its name, its numbers and its page to tap, its hours."""
    web = link(f"https://{it.web}", it.web) if it.web else None
    parts = [part for part in (numbered(it.phone) if it.phone else None, web, it.hours) if part]
    return Markup("<b>{}</b> {}").format(it.name, Markup(" ").join(parts))


def numbered(phone: str) -> Markup:
    """A line's number as it is written, with what can be called or written to as links."""
    made, end = Markup(), 0
    for found in NUMBER.finditer(phone):
        made += escape(phone[end : found.start()]) + number_link(found)
        end = found.end()
    return made + escape(phone[end:])


def number_link(found: re.Match[str]) -> Markup:
    """One number: a call, a message with the word it asks for, or plain text."""
    word, to = found["word"], found["to"] or found["sms"]
    if to:
        return link(f"sms:{to}?body={word}" if word else f"sms:{to}", found[0])
    if found["call"]:
        return link("tel:" + re.sub(r"[^\d+#]", "", found["call"]).replace("#", "%23"), found[0])
    return escape(found[0])


def linked(words: str) -> Markup:
    """Words with every directory of help in them as a link."""
    made, end = Markup(), 0
    for found in directories().finditer(words):
        made += escape(words[end : found.start()]) + link(f"https://{found[0]}", found[0])
        end = found.end()
    return made + escape(words[end:])


@cache
def directories() -> re.Pattern[str]:
    """The addresses that sentences name."""
    known = sorted({NAMED, *(d.web for d in packaged_help().directories)}, key=len, reverse=True)
    return re.compile(rf"(?<![\w.@/-])(?:{'|'.join(map(re.escape, known))})(?![\w-])")


def link(address: str, words: str) -> Markup:
    """A link that tells the other side nothing of this page."""
    return Markup('<a rel="noreferrer" href="{}">{}</a>').format(address, words)
