"""Advice for both voices, and what the grades of evidence mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ebbtide.reading import Advice, Finding, Reading, Voice
from ebbtide.report import numbers

#: More than three pieces of advice are none.
MOST_ADVICE = 3

VOICES: tuple[tuple[Voice, str], ...] = (
    ("waiting", "If you are the one waiting"),
    ("withdrawing", "If you are the one pulling away"),
)
GRADES = {
    "supported": "found again and again in research",
    "mixed": "research points both ways",
    "weak": "little research, or none that tests it directly",
    "clinical": "what practitioners agree on",
    "popular": "what advice books say, without research found",
    "contradicted": "research speaks against it",
    "unknown": "no research found",
}


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """One piece of advice with the findings it rests on, by their number in the list."""

    advice: Advice
    points: str
    grade: str


@dataclass(frozen=True, slots=True)
class VoiceShown:
    """A list of advice under its heading."""

    heading: str
    advice: tuple[AdviceShown, ...]


def voices(reading: Reading) -> list[VoiceShown]:
    """Up to three pieces of advice for each voice that has any.

    Where someone may be in danger no voice is a role, and what stands as the one step is not said twice.
    """
    if reading.safety.level == "urgent":
        lists = [("After that", list(reading.advice[1:]))]
    else:
        lists = [(heading, [a for a in reading.advice if a.voice == voice]) for voice, heading in VOICES]
    return [
        VoiceShown(heading, tuple(shown(a, reading.findings) for a in advice[:MOST_ADVICE]))
        for heading, advice in lists
        if advice
    ]


def shown(advice: Advice, findings: Sequence[Finding]) -> AdviceShown:
    """The advice with the numbers of its findings in the list of reasons."""
    points = [str(i) for i, f in enumerate(findings, start=1) if f.key in advice.because]
    words = f"point{'' if len(points) == 1 else 's'} {numbers.listed(points)}" if points else ""
    return AdviceShown(advice, words, GRADES.get(advice.grade, advice.grade))


def grades_used(reading: Reading) -> list[tuple[str, str]]:
    """The grades that occur in this reading and what each means."""
    used = {a.grade for a in reading.advice}
    return [(grade, meaning) for grade, meaning in GRADES.items() if grade in used]
