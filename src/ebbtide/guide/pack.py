"""Packs: advice as data, read and checked.

A pack is TOML: `[[advice]]` tables with `id`, `voices`, `situations`, `title`, `text`, `because` (the findings it rests
on), `source`, `grade` and `priority`; optional are `when` and `unless` (conditions that have to hold, or not) and
`caution`. The situation "any" is every one but danger and an ending. `{slots}` in title, text and caution are filled
from the reading.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, get_args

import msgspec

from ebbtide.errors import PackInvalid
from ebbtide.guide.conditions import CONDITIONS
from ebbtide.guide.place import ANY, ANY_PLACE, PLACES, Place
from ebbtide.guide.slots import SLOTS
from ebbtide.reading import Voice
from ebbtide.reading.findings import KEYS

GRADES = ("supported", "mixed", "weak", "clinical", "popular")


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of advice with the situations, conditions and findings it belongs to; higher `priority` comes first."""

    id: str
    voices: tuple[Voice, ...]
    situations: tuple[Place, ...]
    title: str
    text: str
    because: tuple[str, ...]
    source: str
    grade: str
    priority: int
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    caution: str | None = None

    @property
    def answers(self) -> bool:
        """Whether it answers what the teller asks."""
        return any(condition.startswith("asks.") for condition in self.when)

    @property
    def slots(self) -> frozenset[str]:
        """The slots that have to be filled before this can be said."""
        return slots_in(f"{self.title} {self.text} {self.caution or ''}")


def slots_in(text: str) -> frozenset[str]:
    """The names of the slots in a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


#: For each field with ids of a closed list: the ids there are.
CLOSED: Mapping[str, frozenset[str]] = {
    "voices": frozenset(get_args(Voice)),
    "situations": frozenset({*PLACES, ANY}),
    "when": frozenset(CONDITIONS),
    "unless": frozenset(CONDITIONS),
    "because": KEYS,
    "grade": frozenset(GRADES),
}
NEEDED = ("id", "voices", "situations", "title", "text", "because", "source", "grade", "priority")


@cache
def packaged() -> tuple[Entry, ...]:
    """Every entry of the packs that come with Ebbtide, checked, in the order of their ids."""
    packs = sorted((f for f in files("ebbtide.guide").joinpath("packs").iterdir() if f.name.endswith(".toml")), key=str)
    return together(read_pack(f.read_text(encoding="utf-8"), f.name) for f in packs)


def together(packs: Iterable[Iterable[Entry]]) -> tuple[Entry, ...]:
    """The entries of several packs; an id that is used twice is `PackInvalid`."""
    entries: dict[str, Entry] = {}
    for entry in (e for pack in packs for e in pack):
        if entry.id in entries:
            raise PackInvalid(f"The id {entry.id} is used twice.", where="advice packs", try_="Give one a new id.")
        entries[entry.id] = entry
    return tuple(entries[i] for i in sorted(entries))


def read_pack(text: str, name: str) -> tuple[Entry, ...]:
    """The entries of one pack; whatever breaks the rules for packs is `PackInvalid` with the place and the reason."""
    try:
        tables = tomllib.loads(text).get("advice", [])
    except tomllib.TOMLDecodeError as error:
        raise PackInvalid("The pack is not TOML.", where=name, try_=str(error)) from None
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise PackInvalid("The pack has no list of advice.", where=name, try_="Begin each entry with [[advice]].")
    return tuple(entry_of(table, f"{name}, advice {table.get('id', number)}") for number, table in enumerate(tables, 1))


def entry_of(table: Mapping[str, Any], where: str) -> Entry:
    """One entry, checked."""
    refuse_misshapen(table, Entry, NEEDED, CLOSED, where)
    try:
        entry = msgspec.convert({**table, "situations": spelled_out(table["situations"])}, Entry)
        unfillable = sorted(entry.slots - set(SLOTS))
    except (msgspec.ValidationError, ValueError) as error:
        raise PackInvalid("A field cannot be read.", where=where, try_=str(error)) from None
    if unfillable:
        raise PackInvalid(
            f"Nothing fills {{{unfillable[0]}}}.", where=where, try_=f"Slots are {', '.join(sorted(SLOTS))}."
        )
    return entry


def spelled_out(situations: Sequence[str]) -> tuple[str, ...]:
    """The situations with "any" spelled out."""
    return tuple(s for given in situations for s in (ANY_PLACE if given == ANY else (given,)))


def refuse_misshapen(
    table: Mapping[str, Any], kind: type[Any], needed: Sequence[str], closed: Mapping[str, frozenset[str]], where: str
) -> None:
    """`PackInvalid` if an entry of this `kind` lacks a field, has one too many, or holds something unknown."""
    missing = [field for field in needed if not table.get(field)]
    if missing:
        raise PackInvalid(f"{missing[0]} is missing or empty.", where=where, try_="Every entry needs one.")
    unknown = sorted(set(table) - {field.name for field in fields(kind)})
    if unknown:
        raise PackInvalid(f"There is no field {unknown[0]}.", where=where, try_=f"Needed are {', '.join(needed)}.")
    for field, known in closed.items():
        refuse_strange(field, table.get(field, []), known, where)


def refuse_strange(field: str, given: object, known: frozenset[str], where: str) -> None:
    """`PackInvalid` if a field of a closed list holds something else."""
    ids = given if isinstance(given, list) else [given]
    strange = [i for i in ids if i not in known]
    if strange:
        raise PackInvalid(f"{field} has no {strange[0]}.", where=where, try_=f"Known are {', '.join(sorted(known))}.")
