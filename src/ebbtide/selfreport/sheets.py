"""Short sheets of questions about oneself: items, answers and words as data in questions/*.toml, scored here.

`style` is our own self-check on two dimensions; `phq2`, `gad2` and `csi4` are published measures in their own wording.
No sheet asks about the other person, and no score says anything about them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

import msgspec

from ebbtide.errors import ImportFailed, PackInvalid, refused_as

#: Answers by item; what is missing was skipped.
Answers: TypeAlias = Mapping[str, int]
#: Scores by id; None where too few items were answered.
Scores: TypeAlias = dict[str, float | None]
SHEETS = ("style", "phq2", "gad2", "csi4")
DIGITS = 2


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question: the score it belongs to, and choices of its own where it has any."""

    id: str
    of: str
    text: str
    reversed: bool = False
    choices: tuple[str, ...] = ()


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a score `below` this may mean, and where to turn; the last band is open."""

    id: str
    words: str
    turn: str = ""
    below: float | None = None


class Score(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One score: how many of its items have to be answered, and its bands in order."""

    id: str
    name: str
    needs: int
    band: tuple[Band, ...]

    def band_of(self, value: float) -> Band:
        """The band a value falls into."""
        return next(band for band in self.band if band.below is None or value < band.below)


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sheet: `choices` are the answers from `lowest` upwards; an empty one has a number and no word."""

    title: str
    asks: str
    how: Literal["mean", "sum"]
    lowest: int
    choices: tuple[str, ...]
    limits: str
    steady: str
    source: str
    item: tuple[Item, ...]
    score: tuple[Score, ...]
    step: str = ""

    def choices_of(self, item: Item) -> tuple[str, ...]:
        """The answers to an item, the lowest first."""
        return item.choices or self.choices

    def highest_of(self, item: Item) -> int:
        """The highest answer to an item."""
        return self.lowest + len(self.choices_of(item)) - 1

    def highest_score(self, score: Score) -> int:
        """The highest a score can be."""
        each = [self.highest_of(item) for item in self.item if item.of == score.id]
        return max(each) if self.how == "mean" else sum(each)


@cache
def sheet(name: str) -> Sheet:
    """A sheet that comes with Ebbtide, by its name in `SHEETS`."""
    text = files("ebbtide.selfreport").joinpath("questions", f"{name}.toml").read_text("utf-8")
    return read_sheet(text, f"{name}.toml")


def read_sheet(text: str, name: str) -> Sheet:
    """A sheet from the text of a file; `PackInvalid` says what is wrong."""
    with refused_as("The sheet cannot be read.", name):
        read = msgspec.convert(tomllib.loads(text), Sheet)
    ids = [item.id for item in read.item]
    of = [item.of for item in read.item]
    if len(set(ids)) < len(ids) or set(of) != {score.id for score in read.score}:
        raise PackInvalid("Items and scores do not fit.", where=name, try_="Each item once, and for a score there is.")
    for score in read.score:
        bounds = [band.below for band in score.band]
        rising = [b for b in bounds[:-1] if b is not None]
        if not bounds or bounds[-1] is not None or len(rising) < len(bounds) - 1 or rising != sorted(set(rising)):
            raise PackInvalid("The bands do not rise.", where=f"{name}, {score.id}", try_="Leave the last one open.")
        if not 1 <= score.needs <= of.count(score.id):
            raise PackInvalid("A score needs more items than it has.", where=f"{name}, {score.id}", try_="Lower needs.")
    return read


def scored(sheet: Sheet, answers: Answers) -> Scores:
    """Every score of a sheet; None where fewer items than it needs were answered. A sum needs all of its items."""
    found: Scores = {}
    for score in sheet.score:
        values = [
            sheet.lowest + sheet.highest_of(item) - answers[item.id] if item.reversed else answers[item.id]
            for item in sheet.item
            if item.of == score.id and item.id in answers
        ]
        if len(values) < score.needs:
            found[score.id] = None
        else:
            found[score.id] = sum(values) if sheet.how == "sum" else round(sum(values) / len(values), DIGITS)
    return found


def read_answers(sheet: Sheet, text: bytes, where: str) -> dict[str, int]:
    """Answers from JSON, by item or as a list in order; null skips. `ImportFailed` names what is impossible."""
    ids = [item.id for item in sheet.item]
    shape = f"Write an object with {', '.join(ids)}, or a list in that order."
    try:
        raw: Any = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise ImportFailed("This is not JSON.", where=where, try_=shape) from None
    if isinstance(raw, list) and len(raw) == len(ids):
        raw = dict(zip(ids, raw, strict=True))
    if not isinstance(raw, dict) or not set(raw) <= set(ids):
        raise ImportFailed("These are not answers to this sheet.", where=where, try_=shape)
    for item in sheet.item:
        value, highest = raw.get(item.id), sheet.highest_of(item)
        if value is not None and (type(value) is not int or not sheet.lowest <= value <= highest):
            raise ImportFailed(
                "This answer cannot be.",
                where=f"{where}, {item.id}",
                try_=f"Write a whole number from {sheet.lowest} to {highest}, or null to skip it.",
            )
    return {key: value for key, value in raw.items() if value is not None}
