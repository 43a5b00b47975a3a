"""Advice for both voices, and what the grades of evidence mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from ebbtide.reading import Advice, Finding, Reading, Voice, situation
from ebbtide.report.now import is_told

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


EITHER = "For either of you"
#: Where nobody pulls away and nobody waits, nobody is spoken to as if they did.
CALM = ("in_touch", "usual_quiet")
#: The step that only says to sleep.
NOT_TONIGHT = "waiting.unusual.night"

#: Advice that says nothing but what the box of help says: so much of its words stands there.
REPEATED = 0.9
#: Grades whose meaning some sources say themselves.
SAYS_ITSELF = {"clinical": "practi", "weak": "no direct test", "popular": "advice literature"}


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """One piece of advice with its place on the page and the findings it rests on, by their number in the list."""

    id: str
    advice: Advice
    points: tuple[int, ...]
    grade: str


@dataclass(frozen=True, slots=True)
class VoiceShown:
    """A list of advice under its heading."""

    heading: str
    advice: tuple[AdviceShown, ...]


def steps(reading: Reading) -> list[Advice]:
    """The one step of the first page; where it only says to sleep, what is there to do by day, too."""
    if reading.care_first:
        return in_danger(reading)[:1]
    own = [a for a in reading.advice if a.voice == reading.advice[0].voice]
    return own[: 2 if own and own[0].id == NOT_TONIGHT else 1]


def voices(reading: Reading) -> list[VoiceShown]:
    """Up to three pieces of advice for each voice that has any, in one list where both are told the same.

    Where someone may be in danger no voice is a role, and what stands as the one step is not said twice.
    """
    if reading.care_first:
        lists = [("After that", in_danger(reading)[1:])]
    elif situation(reading) in CALM:
        lists = [(EITHER, list({said(a): a for a in reading.advice}.values()))]
    else:
        lists = [(heading, [a for a in reading.advice if a.voice == voice][:MOST_ADVICE]) for voice, heading in VOICES]
        if list(map(said, lists[0][1])) == list(map(said, lists[1][1])):
            lists = [(EITHER, lists[0][1])]
    numbered, told = count(1), findings_told(reading)
    return [
        VoiceShown(heading, tuple(shown(f"advice-{next(numbered)}", a, told) for a in advice[:MOST_ADVICE]))
        for heading, advice in lists
        if advice
    ]


def findings_told(reading: Reading) -> list[Finding]:
    """The findings that the page lists and numbers: all but a usual silence the answer says nothing of."""
    quiet = {s.person: s for s in reading.silence}
    return [
        f
        for f in reading.findings
        if f.key != "present_silence" or f.about not in quiet or is_told(quiet[f.about], reading)
    ]


def in_danger(reading: Reading) -> list[Advice]:
    """What helps where someone may be in danger, each once, without what the box of help says already."""
    box = set(words_of(reading.safety.shown))
    known = any(p.me for p in reading.people)
    # The other voice's advice speaks to the other person; where the reader is not known, either may be reading.
    meant = [a for a in reading.advice if not known or a.voice == reading.advice[0].voice]
    return list({said(a): a for a in meant if not repeats(a, box)}.values())


def repeats(advice: Advice, box: set[str]) -> bool:
    """Whether a piece of advice says only what stands in the box."""
    words = words_of(advice.text)
    return sum(w in box for w in words) >= REPEATED * len(words)


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"[\w.]*\w", text.casefold())


def said(advice: Advice) -> tuple[str, str]:
    """What a piece of advice says, whoever it is said to."""
    return advice.title, advice.text


def shown(place: str, advice: Advice, findings: Sequence[Finding]) -> AdviceShown:
    """The advice with the numbers of its findings in the list of reasons, and its grade unless the source says it."""
    points = tuple(i for i, f in enumerate(findings, start=1) if f.key in advice.because)
    says_itself = SAYS_ITSELF.get(advice.grade, "\0") in advice.source.casefold()
    return AdviceShown(place, advice, points, "" if says_itself else GRADES.get(advice.grade, advice.grade))


def place_of(advice: Advice | None, lists: Sequence[VoiceShown]) -> str:
    """Where a piece of advice stands on the page; empty where it does not."""
    return next((a.id for v in lists for a in v.advice if advice is not None and said(a.advice) == said(advice)), "")
