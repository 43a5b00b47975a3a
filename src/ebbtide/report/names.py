"""Names as the report shows them: replaced by neutral ones on request, and kept apart from the text around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from ebbtide.reading import Person, Reading
from ebbtide.reading.phrases import MONTHS
from ebbtide.report.svg import shortened, text_width

ALIASES = ("Person A", "Person B")

#: Classes of characters that turn the direction of writing around.
TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"})
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

#: Shorter parts of a name ("de", "J.") are too often words of their own.
SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Names:
    """What to write for each person, in sentences and in figures."""

    shown: Mapping[str, str]
    replaced: Mapping[str, str]
    reader: str | None = None

    def of(self, person: str) -> str:
        """The name to show for a person's id."""
        return self.shown[person]

    def told(self, person: str) -> str:
        """How a sentence speaks of a person: "you" to the reader, as the reading does, else the name."""
        return "you" if person == self.reader else self.shown[person]

    def whose(self, person: str) -> str:
        """The same in the genitive: "your", "Sam’s"."""
        name = self.told(person)
        return "your" if name == "you" else f"{name}’s"

    def label(self, person: str, room: float = inf) -> str:
        """The name on a label of at most `room` pixels, with "(you)" beside the reader's."""
        name = self.shown[person]
        you = " (you)" if person == self.reader and name != "you" else ""
        return f"{shortened(name, room - text_width(you))}{you}"

    def say(self, sentence: str) -> str:
        """A sentence of the reading with the names as they are to be shown."""
        return self._with_names(sentence, re.NOFLAG)

    def quote(self, text: str) -> str:
        """Words a person wrote, in whatever case, with the names as they are to be shown."""
        return self._with_names(text, re.IGNORECASE)

    def _with_names(self, text: str, flags: re.RegexFlag) -> str:
        if not self.replaced:
            return text
        known = {name.casefold(): new for name, new in self.replaced.items()}
        pattern = "|".join(spotted(n) for n in sorted(self.replaced, key=len, reverse=True))
        return re.sub(pattern, lambda found: known[found[0].casefold()], text, flags=flags)


def names_of(reading: Reading, *, alias: bool) -> Names:
    """The names of a reading's two people, or "Person A" and "Person B"."""
    if not alias:
        shown = {p.id: isolated(p.name) or unnamed(p) for p in reading.people}
        return Names(
            shown, {p.name: shown[p.id] for p in reading.people if p.name and shown[p.id] != p.name}, reading.reader
        )
    shown = {p.id: new for p, new in zip(reading.people, ALIASES, strict=True)}
    replaced: dict[str, str] = {}
    for person in reading.people:
        for part in (person.name, *parts_of(person.name)) if person.name else ():
            replaced.setdefault(part, shown[person.id])
    return Names(shown, replaced, reading.reader)


def unnamed(person: Person) -> str:
    """Whom a reading of answers alone is about: it knows no names."""
    return "you" if person.me else "the other person"


def parts_of(name: str) -> list[str]:
    """The words of a name that would give the person away by themselves."""
    return [part for part in re.findall(r"\w+", name) if len(part) >= SHORTEST_PART and not part.isdigit()]


def spotted(name: str) -> str:
    """A pattern for a name as a whole word; someone called May leaves "3 May" and "May 2025" alone."""
    word = rf"(?<!\w){re.escape(name)}(?!\w)"
    return rf"(?<!\d ){word}(?! \d)" if name in MONTHS else word


def isolated(name: str) -> str:
    """A name that may run right to left, closed off so that the sentence around it keeps its order."""
    if any(unicodedata.bidirectional(c) in TURNING for c in name):
        return f"{FIRST_STRONG_ISOLATE}{name}{POP_ISOLATE}"
    return name
