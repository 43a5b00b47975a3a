"""What is wrong with an answer of an intake, in words for people: never a term of a program, nor the answer itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

#: How the decoder begins what it refuses, and what is said instead; the first that fits. `{0}` is a number it names.
SAID = (
    (r"Expected `str` matching", "This is no id: small letters, digits and _ only."),
    (r"Expected `bool", "This is neither true nor false."),
    (r"Expected `(?:int|float)` >= (-?[\d.]+)", "This number is too small: the least is {0}."),
    (r"Expected `(?:int|float)` > (-?[\d.]+)", "This number is too small: it has to be above {0}."),
    (r"Expected `(?:int|float)` <= (-?[\d.]+)", "This number is too large: the most is {0}."),
    (r"Expected `(?:int|float)` < (-?[\d.]+)", "This number is too large: it has to be below {0}."),
    (r"Expected `str` of length <= (\d+)", "This is too long: {0} letters at most."),
    (r"Expected `array` of length <= (\d+)", "This list is too long: {0} entries at most."),
    (r"Expected `int", "A whole number belongs here."),
    (r"Expected `float", "A number belongs here."),
    (r"Expected `array", 'A list belongs here, like ["work"].'),
    (r"Expected `object", "Named answers belong here, in { and }."),
    (r"Expected `str", "A word in quotes belongs here."),
    (r"Invalid enum value", "This is none of the answers there are."),
)
UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)


def refused(said: str) -> str:
    """What is wrong, from the decoder's own words."""
    for start, words in SAID:
        if found := re.match(start, said):
            return words.replace("{0}", found[1].removesuffix(".0")) if found.groups() else words
    return "This answer cannot be."


def unknown_field(said: str) -> str | None:
    """The name of a field that there is not; None where something else is wrong."""
    found = UNKNOWN.match(said)
    return found[1] if found else None


def close_to(name: str, known: Iterable[str]) -> str:
    """What may have been meant by a name, as a sentence; empty where nothing is near."""
    near = get_close_matches(name, list(known), n=1)
    return f"Did you mean {near[0]}? " if near else ""
