"""The place of a reading in the guide: its situation, and what the intake adds to it."""

from __future__ import annotations

from typing import Literal, get_args

from ebbtide.reading import Reading, Situation, present, situation
from ebbtide.reading.unseen import unseen

Place = Literal[Situation, "parted", "farewell", "unseen"]

#: Words for a silence fit a bond that goes on. Where it has ended, other words do.
PARTED_STAGES = ("separated", "ended")
PLACES: tuple[str, ...] = get_args(Place)
#: What an entry that says "any" is for: help in danger, an ending, a goodbye, and one who may need help have their own.
ANY = "any"
ANY_PLACE = tuple(p for p in PLACES if p not in ("safety", "parted", "farewell", "unseen"))


#: A message so many hours ago is a sign of life, whatever was answered.
LATELY_HOURS = 24.0


def heard_lately(reading: Reading) -> bool:
    """Whether messages show a word of the other's within a day; what is only told shows none."""
    if reading.told_only:
        return False
    hours = [s.hours for s in reading.silence if s.person == present(reading).who]
    return any(h is not None and h < LATELY_HOURS for h in hours)


def place(reading: Reading) -> Place:
    """Where the guide looks for words: help, an ending or a goodbye, one who may need help, a home, the situation."""
    found, intake = situation(reading), reading.intake
    if found == "safety":
        return found
    keys = {f.key for f in reading.findings}
    if intake is None:
        return "parted" if "parting_named" in keys else "farewell" if "farewell" in keys else found
    if intake.safety.any:
        return "safety"
    if unseen(intake) and not heard_lately(reading):
        return "unseen"
    if intake.stage in PARTED_STAGES:
        return "parted"
    if "farewell" in keys:
        return "farewell"
    return "living_together" if intake.living == "together" else found
