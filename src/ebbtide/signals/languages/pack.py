"""A language pack: the words a language is known by, rules, the learned moves and messages to prove them on.

A folder with `pack.toml`, `rules/*.toml`, `moves.npz` and `held_out.jsonl` (docs/language-packs.md).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from ebbtide.errors import PackInvalid

#: The files of a pack beside its rules: the learned moves, and labelled messages none of which they were learned from.
ABOUT, MODEL, HELD_OUT, RULES = "pack.toml", "moves.npz", "held_out.jsonl", "rules"
#: Where there is one: heads over the vectors of the extra `encoder`.
ENCODER = "encoder.npz"
#: Rules every pack has; files of fragments and more rules may lie beside them.
NEEDED_RULES = (
    *(
        "about_quiet",
        "apart",
        "arranges",
        "bed_trouble",
        "birthday",
        "brief",
        "closing",
        "complaint",
        "confession",
        "control_threat",
        "crisis",
        "death_wish",
        "declined",
        "doubts",
        "drinking",
        "eased",
        "elsewhere",
        "farewell",
        "household",
        "idiom",
    ),
    *("leave_blameless", "leave_care", "leave_gift", "leave_thanks"),
    *(
        "keep_off",
        "later",
        "gives_room",
        "in_person",
        "limit",
        "loss",
        "low",
        "newborn",
        "old_hurt",
        "far_at_home",
        "out_of_reach",
        "parting",
        "pregnancy",
        "pressed",
        "punishing",
        "asks_money",
        "asks_help",
        "question",
        "shame",
        "trouble",
        "vaguely",
        "vow",
        "will_meet",
        "will_tonight",
        "will_write",
        "work",
    ),
)


class Days(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How days are named: spellings of each weekday, month and number in their order, and of words that move a day.

    A word of `short_weekdays` is a day only right after one of `before_short` and before one of `after_short`, or "at".
    "In two days" is a word of `within`, a number and one of `span`; `week_end`, `month_end` and, before the name of a
    month, `end_of` say that something ends with it.
    """

    weekdays: tuple[tuple[str, ...], ...] = ()
    months: tuple[tuple[str, ...], ...] = ()
    short_weekdays: tuple[tuple[str, ...], ...] = ()
    before_short: tuple[str, ...] = ()
    after_short: tuple[str, ...] = ()
    tomorrow: tuple[str, ...] = ()
    weekend: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    numbers: tuple[tuple[str, ...], ...] = ()
    within: tuple[str, ...] = ()
    span: tuple[str, ...] = ()
    span_of_weeks: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    week_end: tuple[str, ...] = ()
    month_end: tuple[str, ...] = ()
    end_of: tuple[str, ...] = ()


class About(msgspec.Struct, forbid_unknown_fields=True):
    """What stands in `pack.toml`."""

    id: str
    name: str
    frequent: tuple[str, ...]
    sentence_share: float
    days: Days = Days()


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """A language that can be read.

    `frequent` are words most of its sentences have and languages around hardly use; from a share of `sentence_share`
    of sentences with one of them on, somebody writes this language.
    """

    id: str
    name: str
    frequent: tuple[str, ...]
    sentence_share: float
    folder: Traversable = field(compare=False, repr=False)
    days: Days = field(default_factory=Days)

    def rules(self, name: str) -> str:
        """The text of one file of rules; empty where the pack has none of this name."""
        file = self.folder / RULES / f"{name}.toml"
        return file.read_text("utf-8") if file.is_file() else ""

    def model(self) -> bytes:
        """The learned moves."""
        return (self.folder / MODEL).read_bytes()

    def encoder(self) -> bytes:
        """The heads over the vectors of the extra `encoder`; `PackInvalid` where the pack has none."""
        file = self.folder / ENCODER
        if not file.is_file():
            raise PackInvalid("This language has no encoder.", where=self.id, try_="Read it without --encoder.")
        return file.read_bytes()

    def held_out(self) -> list[str]:
        """Labelled messages by an author the moves were not learned from, a JSON object each (moves.md)."""
        return (self.folder / HELD_OUT).read_text("utf-8").splitlines()


@cache
def packs() -> tuple[LanguagePack, ...]:
    """The packs that come with Ebbtide, by their id."""
    folders = (f for f in files(__package__).iterdir() if (f / ABOUT).is_file())
    return tuple(sorted((read_pack(folder) for folder in folders), key=lambda p: p.id))


def pack(language: str) -> LanguagePack:
    """The pack of this id; `PackInvalid` if there is none."""
    for each in packs():
        if each.id == language:
            return each
    known = ", ".join(p.id for p in packs())
    raise PackInvalid("There is no pack for this language.", where=language, try_=f"There are packs for {known}.")


def read_pack(folder: Traversable) -> LanguagePack:
    """A pack from its folder; `PackInvalid` says what is missing or wrong, and where."""
    where = f"{folder.name}/{ABOUT}"
    try:
        about = msgspec.convert(tomllib.loads((folder / ABOUT).read_text("utf-8")), About)
    except OSError:
        raise PackInvalid("There is no such file.", where=where, try_="Every language pack begins with it.") from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackInvalid("The file cannot be read.", where=where, try_=str(error)) from None
    if about.id != folder.name:
        raise PackInvalid("The id is not the folder's name.", where=where, try_=f"Write id = {folder.name!r}.")
    if not about.frequent or not 0 < about.sentence_share <= 1:
        raise PackInvalid("Nothing tells this language.", where=where, try_="Give frequent words and a share up to 1.")
    needed = [MODEL, HELD_OUT, *(f"{RULES}/{name}.toml" for name in NEEDED_RULES)]
    missing = [name for name in needed if not folder.joinpath(*name.split("/")).is_file()]
    if missing:
        raise PackInvalid("The pack lacks a file.", where=folder.name, try_=f"Add {missing[0]}.")
    return LanguagePack(about.id, about.name, about.frequent, about.sentence_share, folder, about.days)
