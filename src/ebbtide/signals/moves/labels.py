"""The moves of moves.md by name, and two signs of circumstance that are learned beside them."""

from __future__ import annotations

LABELS = (
    "pursuit",
    "demand",
    "ultimatum",
    "criticism",
    "contempt",
    "defensiveness",
    "curt",
    "noncommittal",
    "deflection",
    "space_request",
    "explanation",
    "repair",
    "affection",
    "appreciation",
    "reassurance",
    "disclosure",
    "open_question",
    "future_plan",
    "us_talk",
    "control_threat",
    "crisis",
)
#: The writer is hard to reach for a reason outside the couple; the two are, were or will be in one place.
AWAY, TOGETHER = "+away", "+together"
HEADS = (*LABELS, AWAY, TOGETHER)
#: Moves that press the other for an answer or a change.
PRESSING = ("pursuit", "demand", "ultimatum", "criticism")
#: What is told as a rate: every head, and pressing of any kind.
RATED = (*HEADS, "pressing")
