"""Signs of distance and signs of care, each against the person's own usual, in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ebbtide.reading import Reading, Sign
from ebbtide.report import numbers
from ebbtide.report.evidence import Rests, Sources
from ebbtide.report.names import Names
from ebbtide.report.ribbon import in_order

TITLES = {
    "fewer_contacts": "Writes and calls less often",
    "vague_plans": "Stays vague about plans",
    "less_affection": "Fewer words of affection",
    "more_solitary": "Spends more time alone",
    "avoids_feelings": "Turns away from feelings",
    "future_discomfort": "Is uneasy about the future",
    "defensive": "Is on guard at simple questions",
    "escape_into_work": "Work or hobbies fill the time",
    "less_eye_contact": "Looks away more",
    "shorter_time": "Cuts time together short",
    "flat": "Answers are short and plain",
    "avoids_us_talk": "Avoids talk about the two of you",
    "irritable": "Is easily annoyed",
    "mixed_messages": "Words and contact do not match",
    "checks_in": "Checks in now and then",
    "shows_concern": "Asks how the other is",
    "distracted": "Is distracted, for no clear reason",
    "says_space": "Says that room is needed",
}
SOURCES = {"messages": "messages", "checkins": "check-ins", "intake": "your answers"}
#: Mark, the mark in words, class: the grammar of the two lists of an episode.
MARKS = {
    "more": ("●", "Shows", "met"),
    "usual": ("○", "No clear change", "not"),
    "less": ("○", "Less than usual", "not"),
    "unknown": ("–", "Not knowable", "unk"),
}
ORDER = ("more", "usual", "less")
COMPARED = {"more": "More than usual", "less": "Less than usual", "usual": "No clear change"}
#: Signs of something that becomes less: their numbers say what is left of it.
LEFT = frozenset({"fewer_contacts", "less_affection", "shorter_time"})
COMPARED_LEFT = COMPARED | {"more": "Less of it than usual", "less": "More of it than usual"}


@dataclass(frozen=True, slots=True)
class SignShown:
    """One sign: its mark, its title, how it compares, and what it rests on."""

    mark: str
    spoken: str
    kind: str
    title: str
    compared: str
    rests: Rests


@dataclass(frozen=True, slots=True)
class SignsOf:
    """The signs of one person that can be told, of distance and of care."""

    name: str
    distance: tuple[SignShown, ...]
    care: tuple[SignShown, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs by person, and those that cannot be told of anybody, once."""

    people: tuple[SignsOf, ...]
    untold: tuple[str, ...]


def signs(reading: Reading, names: Names, known: Sources) -> Signs | None:
    """The signs by person, the other person first; None where nothing was looked at."""
    every = (*reading.signs, *reading.counter_signs)
    if not every:
        return None
    found = []
    for person in in_order(reading.people):
        distance, care = (
            told([s for s in group if s.person == person.id], known) for group in (reading.signs, reading.counter_signs)
        )
        if distance or care:
            found.append(SignsOf(names.label(person.id), distance, care))
    return Signs(tuple(found), untold(reading, every))


def untold(reading: Reading, every: Sequence[Sign]) -> tuple[str, ...]:
    """The titles of those signs that can be told of nobody, each once; what an episode tells of is none of them."""
    told_of = {s.id for s in every if s.direction != "unknown"}
    if any(e.episode.said_so for e in reading.episodes):
        told_of.add("says_space")
    return tuple(dict.fromkeys(title(s) for s in every if s.id not in told_of))


def told(group: Sequence[Sign], known: Sources) -> tuple[SignShown, ...]:
    """Those of which something can be told: what is more than usual first, with messages to show for it."""
    ordered = sorted((s for s in group if s.direction in ORDER), key=lambda s: ORDER.index(s.direction))
    return tuple(SignShown(*MARKS[s.direction], title(s), compared(s), examples(s, known)) for s in ordered)


def examples(sign: Sign, known: Sources) -> Rests:
    """Messages that show the sign where there is more of it; it rests on months, so they are not counted.

    What became fewer is shown by no message: those that did come say nothing of it.
    """
    shows = sign.direction == "more" and sign.id not in LEFT
    return known.rests(sign.evidence if shows else (), counted=False)


def title(sign: Sign) -> str:
    """The sign in words."""
    return TITLES.get(sign.id, numbers.sentence(sign.id.replace("_", " ")))


def compared(sign: Sign) -> str:
    """The comparison with the person's own usual and its range; where it comes from, unless from messages alone."""
    amount = in_scale(sign) if "messages" not in sign.source else as_ratio(sign)
    said = (COMPARED_LEFT if sign.id in LEFT else COMPARED)[sign.direction]
    where = "" if sign.source == ("messages",) else numbers.listed([SOURCES[s] for s in sign.source])
    return f"{said}{f': {amount}' if amount else ''}.{f' From {where}.' if where else ''}"


def as_ratio(sign: Sign) -> str:
    """How many times the usual, with its range; of what became fewer or shorter, what share of it."""
    if sign.change is None:
        return ""
    if sign.id in LEFT:
        return f"{percent(-sign.change)} of the usual{between(sign, lambda v: percent(-v))}"
    return f"{times(sign.change)} times the usual{between(sign, times)}"


def in_scale(sign: Sign) -> str:
    """The difference on the scale from 0 to 4 with its range."""
    if sign.change is None:
        return ""
    way = "higher" if sign.change >= 0 else "lower"
    return f"{abs(sign.change):.1f} {way} on a scale from 0 to 4{between(sign, lambda v: f'{v:+.1f}')}"


def between(sign: Sign, said: Callable[[float], str]) -> str:
    """The range of a change, in brackets, the lower end first."""
    if sign.low is None or sign.high is None:
        return ""
    ends = (sign.high, sign.low) if sign.id in LEFT and "messages" in sign.source else (sign.low, sign.high)
    low, high = (said(v).replace("-", "−") for v in ends)
    return f" ({low} to {high})"


def times(log_ratio: float) -> str:
    """A ratio in two figures."""
    ratio = math.exp(log_ratio)
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.1f}"


def percent(log_ratio: float) -> str:
    """A ratio as a share, to the nearest 5 of 100; more would claim more than is known."""
    ratio = math.exp(log_ratio)
    return f"{round(ratio * 20) * 5}%" if ratio >= 0.05 else "under 5%"
