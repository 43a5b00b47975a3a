"""Reasons side by side: what speaks for each, what against it, and what would tell it from the others."""

from __future__ import annotations

from dataclasses import dataclass

from ebbtide.reading import Hypothesis, Reading
from ebbtide.reading.phrases import small

#: The weights, in the order in which they are shown.
WEIGHTS = ("speaks for it", "possible", "little speaks for it", "cannot tell")
WEIGHT_WORDS = {
    "speaks for it": "Something speaks for it",
    "possible": "Possible",
    "little speaks for it": "Little speaks for it",
    "cannot tell": "Cannot be told",
}


HARM = "harm"
#: Of these the general list says the same.
TOGETHER, MOST_NAMED = "together", 3


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons with something to weigh, and those of which nothing can be told."""

    weighed: tuple[Hypothesis, ...]
    open: tuple[Hypothesis, ...]


def reasons(reading: Reading) -> Reasons | None:
    """The reasons of a reading; None where none were weighed."""
    if not reading.hypotheses:
        return None
    # Fear and harm are no reason to be weighed among others; where nothing was seen, the page says where help is.
    asked = [h for h in reading.hypotheses if h.id != HARM or h.weight != "cannot tell"]
    ordered = sorted(asked, key=lambda h: WEIGHTS.index(h.weight) if h.weight in WEIGHTS else 1)
    weighed = tuple(h for h in ordered if h.weight != "cannot tell" or h.for_ or h.against)
    return Reasons(weighed, tuple(h for h in ordered if h not in weighed))


def named(reading: Reading) -> list[str]:
    """The reasons for which something speaks or that are possible, in words inside a sentence."""
    found = reasons(reading)
    likely = [h for h in found.weighed if h.weight in WEIGHTS[:2]] if found else []
    return [small(h.title) for h in likely if h.id != TOGETHER][:MOST_NAMED]


def weight_words(found: Hypothesis) -> str:
    """The weight as a line of its own."""
    return WEIGHT_WORDS.get(found.weight, found.weight)


ONLY_THE_OTHER = {
    "waiting": (
        "Why. You see what is done; the reason can be another one.",
        "What it is like on the other side, and whether it feels like distance there at all.",
        "What would make it easier to come nearer. Only asking tells, on a calm day.",
    ),
    "withdrawing": (
        "What the quiet means on the other side. It is often taken for less than it is, or for more.",
        "What would make it easier to wait: a word, a day, an hour.",
        "What the other needs that was not said. Only asking tells, on a calm day.",
    ),
}


def only_the_other_knows(reading: Reading) -> tuple[str, ...]:
    """What answers of one person cannot hold; none beside signs of harm, where asking may not be safe."""
    if reading.intake is None or reading.span.messages or reading.safety.level != "none":
        return ()
    return ONLY_THE_OTHER[reading.intake.voice]
