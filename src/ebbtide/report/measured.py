"""How well it works, in plain words: figures from docs/validation.md, which a test holds them to."""

from __future__ import annotations

from dataclasses import dataclass

from ebbtide.reading import Reading
from ebbtide.report import numbers
from ebbtide.report.loop import shown


@dataclass(frozen=True, slots=True)
class Found:
    """Episodes of made-up couples: how many couples, how many found, found wrongly and missed."""

    couples: int
    hit: int
    false: int
    missed: int


OWN = Found(224, 548, 5, 44)
OTHERS = Found(80, 87, 8, 37)
STRANGERS = Found(96, 167, 19, 7)
#: Couples without any effect that were told of a loop all the same, and how many there were.
LOOP_CLAIMED, LOOP_COUPLES = 7, 267
#: Share of true loops of middling strength that half a year of messages shows.
LOOP_SEEN = 0.29


def measured(reading: Reading) -> list[tuple[str, str]]:
    """What was tried out, for the parts that this reading holds."""
    said = [("How well episodes are found", episodes_found())] if reading.enough else []
    if shown(reading):
        said.append(("How well a loop is found", loops_found()))
    if reading.enough:
        words = (
            "Danger in what people write is often missed: when this was tried out, it was seen in about half of the "
            "talks that held it. "
            "That none is named here means nothing."
        )
        said.append(("Signs of danger", words))
    return said


def episodes_found() -> str:
    """Made-up couples by three hands, the hardest last."""
    own, others = OWN, (OTHERS, STRANGERS)
    return (
        f"Tried on made-up couples, whose episodes are known. Of {own.hit + own.missed} episodes in {own.couples} "
        f"couples it had not seen, it found {own.hit}, and named {own.false} that were none. Couples made up by other "
        f"hands, in ways it was not made for, are harder: it found {sum(o.hit for o in others)} of "
        f"{sum(o.hit + o.missed for o in others)} and named {sum(o.false for o in others)} that were none, mostly "
        "holidays together. Short episodes of people who write little are missed most. Real couples were not at hand."
    )


def loops_found() -> str:
    """How often a loop is claimed wrongly, and how often a true one is missed."""
    return (
        f"Of {LOOP_COUPLES} made-up couples without a loop, {LOOP_CLAIMED} were told of one. "
        f"Half a year of messages shows {numbers.one_in(LOOP_SEEN)} loops of middling strength; "
        "so “cannot tell” is the usual answer, and says nothing against one."
    )
