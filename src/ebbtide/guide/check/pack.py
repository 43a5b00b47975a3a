"""The pack of gentler wordings, packs/check.toml: a list of words for each topic, and entries, each a TOML table.

An entry needs `id`, `label`, `voices`, `when` (topics), `why`, `source` and `grade`, and two `rewrites`, or none for
what no wording makes gentler. `{slots}` are filled from the moment. Every move has an entry for topic "none" in each
voice it is looked for in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

import msgspec

from ebbtide.errors import PackInvalid, refused_as
from ebbtide.guide.check.topics import NONE, TOPICS
from ebbtide.guide.pack import GRADES, refuse_misshapen, slots_in
from ebbtide.reading import Voice

#: The moves looked for in a draft, by who writes it, the most important first.
LOOKED_FOR: Mapping[Voice, tuple[str, ...]] = {
    "waiting": (
        "crisis",
        "control_threat",
        "ultimatum",
        "contempt",
        "criticism",
        "demand",
        "pursuit",
        "defensiveness",
        "curt",
    ),
    "withdrawing": (
        "crisis",
        "control_threat",
        "ultimatum",
        "contempt",
        "criticism",
        "defensiveness",
        "deflection",
        "curt",
        "space_request",
    ),
}
#: What is looked for in either voice where the other has just opened up: whoever it is can turn away from that.
ONCE_OPENED = "deflection"
#: Moves that are met with help and never with another wording.
HELP = ("crisis", "control_threat")
#: Gentler wordings of everything else.
REWRITES = 2
#: What can be filled in: names and help in the reason, a day in a wording.
SLOTS = {"why": frozenset({"name", "Name", "look", "urgent"}), "rewrites": frozenset({"day"})}
NEEDED = ("id", "label", "voices", "when", "why", "source", "grade")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of a move in a draft about one of these topics, and how it could be said."""

    id: str
    label: str
    voices: tuple[Voice, ...]
    when: tuple[str, ...]
    why: str
    source: str
    grade: str
    rewrites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """The words of each topic, and the entries."""

    topics: Mapping[str, tuple[str, ...]]
    entries: tuple[Entry, ...]

    def entry(self, label: str, voice: Voice, topic: str) -> Entry:
        """The entry for a move in a draft about this topic, else the one for any."""
        mine = [e for e in self.entries if e.label == label and voice in e.voices]
        return next(e for wanted in (topic, NONE) for e in mine if wanted in e.when)


@cache
def packaged_words() -> Pack:
    """The pack that comes with Ebbtide, checked."""
    file = files("ebbtide.guide").joinpath("packs", "check.toml")
    return read_pack(file.read_text(encoding="utf-8"), file.name)


def read_pack(text: str, name: str) -> Pack:
    """A pack from its text; whatever breaks the rules is `PackInvalid` with the place and the reason."""
    with refused_as("The pack cannot be read.", name):
        table = tomllib.loads(text)
        topics = msgspec.convert(table.get("topics", {}), dict[str, tuple[str, ...]])
        given = msgspec.convert(table.get("rewrite", []), list[dict[str, Any]])
    if sorted(topics) != sorted(TOPICS):
        raise PackInvalid("The topics are not those known.", where=name, try_=f"Known are {', '.join(TOPICS)}.")
    entries = tuple(entry_of(e, f"{name}, rewrite {e.get('id', i)}") for i, e in enumerate(given, 1))
    complete(entries, name)
    return Pack(topics, entries)


def entry_of(table: Mapping[str, Any], where: str) -> Entry:
    """One entry, checked."""
    refuse_misshapen(table, Entry, NEEDED, CLOSED, where)
    try:
        entry = msgspec.convert(table, Entry)
        strange = sorted(unfillable(entry))
    except (msgspec.ValidationError, ValueError) as error:
        raise PackInvalid("A field cannot be read.", where=where, try_=str(error)) from None
    if strange:
        raise PackInvalid(f"Nothing fills {{{strange[0]}}} there.", where=where, try_="See SLOTS.")
    if len(entry.rewrites) != (0 if entry.label in HELP else REWRITES):
        raise PackInvalid("The number of rewrites is not right.", where=where, try_="Two; none beside signs of harm.")
    return entry


#: For each field with ids of a closed list: the ids there are.
CLOSED: Mapping[str, frozenset[str]] = {
    "label": frozenset(label for labels in LOOKED_FOR.values() for label in labels),
    "voices": frozenset(get_args(Voice)),
    "when": frozenset((*TOPICS, NONE)),
    "grade": frozenset(GRADES),
}


def unfillable(entry: Entry) -> frozenset[str]:
    """Slots that stand where nothing fills them."""
    return (slots_in(entry.why) - SLOTS["why"]) | (slots_in(" ".join(entry.rewrites)) - SLOTS["rewrites"])


def complete(entries: Sequence[Entry], name: str) -> None:
    """`PackInvalid` if an id or a place is taken twice, or a move has no entry for any topic."""
    ids = [e.id for e in entries]
    taken = [f"{e.label}, {voice}, {topic}" for e in entries for voice in e.voices for topic in e.when]
    for kind, given in (("id", ids), ("place", taken)):
        twice = sorted({g for g in given if given.count(g) > 1})
        if twice:
            raise PackInvalid(f"The {kind} {twice[0]} is used twice.", where=name, try_="Keep one.")
    needed = [f"{label}, {voice}, {NONE}" for voice, labels in LOOKED_FOR.items() for label in labels]
    missing = sorted(set(needed) - set(taken))
    if missing:
        raise PackInvalid(f"There is no entry for {missing[0]}.", where=name, try_="Every move needs one.")
