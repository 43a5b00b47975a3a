"""The words of the check-in (questions/checkin.toml): what each item is called, and what is asked."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from ebbtide.errors import PackInvalid, refused_as
from ebbtide.selfreport.checkins import AGREEMENT, COUNTER_SIGNS, DISTANCE, PLANS, PROTECTS, SIGNS, TOGETHER, TRIGGERS

#: What else can have happened on a day, and how it is named.
HAPPENED = {**PROTECTS, **PLANS, AGREEMENT: "the two agreed on how to go about it"}
#: Every item, by the heading it is listed under.
GROUPS: dict[str, tuple[str, ...]] = {
    "How the day was": (DISTANCE, TOGETHER),
    "Signs of distance, for the one who shows them": SIGNS,
    "Signs of care, for the one who shows them": COUNTER_SIGNS,
    "What weighs, for the one on whom it weighs": tuple(TRIGGERS),
    "What does good, for the one who gets it": tuple(PROTECTS),
    "Plans, for the one who kept them or called them off": tuple(PLANS),
    "For either of you": (AGREEMENT,),
}


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An item in words; `asks` has {name} and {day}, `offered` says that it can be picked from the list of signs."""

    label: str
    asks: str = ""
    offered: bool = False


@cache
def packaged_words() -> dict[str, Words]:
    """The words of every item, those of the triggers included."""
    return read_words(files("ebbtide.selfreport").joinpath("questions", "checkin.toml").read_text("utf-8"))


def read_words(text: str) -> dict[str, Words]:
    """Words by item from the text of a file; `PackInvalid` says what is wrong."""
    with refused_as("The words of the check-in cannot be read.", "checkin.toml"):
        found = msgspec.convert(tomllib.loads(text), dict[str, Words])
    missing = sorted({*SIGNS, *COUNTER_SIGNS, DISTANCE, TOGETHER} ^ set(found))
    if missing:
        raise PackInvalid(f"{missing[0]} has no words, or is no item.", where="checkin.toml", try_="Name every sign.")
    return found | {item: Words(label) for item, label in (TRIGGERS | HAPPENED).items()}
