"""Flags: what in a draft may make it harder between two people, where, why, and two gentler wordings that keep it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.errors import BadSetting
from ebbtide.guide.check.clauses import Span
from ebbtide.guide.check.draft import SOONER, Draft, Found, by_rules, read
from ebbtide.guide.check.judge import Judge, packaged
from ebbtide.guide.check.moment import LATEST, moment, said_of
from ebbtide.guide.check.pack import HELP, LOOKED_FOR, ONCE_OPENED, packaged_words
from ebbtide.guide.check.spans import marked
from ebbtide.guide.check.topics import NONE, topic
from ebbtide.reading import Voice
from ebbtide.reading.help import country_of
from ebbtide.reading.safety import SHOWN, safety
from ebbtide.reading.types import Safety
from ebbtide.signals import safety as signals

SCHEMA = "ebbtide.check/1"
#: No draft is told more at once.
MOST = 2
DIGITS = 3
#: Halves of signs, as a terminal in another encoding leaves them.
NO_DANGER = safety("none")
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing in a draft that may make it harder.

    `span` (start, end) in code points of the draft; `confidence` the probability, 0 to 1, that the draft does this;
    `rewrites` two gentler wordings, none for threats and danger; `source` and `grade` of what `why` claims.
    """

    label: str
    span: Span
    why: str
    confidence: float
    rewrites: tuple[str, ...]
    source: str
    grade: str

    def to_dict(self) -> dict[str, Any]:
        """An entry of `flags` in schema `ebbtide.check/1`."""
        return {
            "label": self.label,
            "span": list(self.span),
            "why": self.why,
            "confidence": self.confidence,
            "rewrites": list(self.rewrites),
            "source": self.source,
            "grade": self.grade,
        }


def check(
    text: str,
    *,
    talk: Conversation | None = None,
    now: datetime | None = None,
    voice: Voice = "waiting",
    judge: Judge | None = None,
    care: Safety | None = None,
) -> list[Flag]:
    """What in a draft presses, blames or threatens: at most two flags, the most important first.

    `talk` is the conversation it is written into, with `me` known; `now` (aware) defaults to the end of it; `voice` is
    "waiting" for the one who reaches, "withdrawing" for the one who pulls away. Nothing is kept, and nothing is said of
    a draft that is not in English (`readable`), nor beside danger in the conversation: `care` is what
    `beside_danger` says of it, where that is known already.

    Raises `NotTwoPeople` for a talk of more or fewer than two, `BadSetting` where it is not known who writes and for an
    unknown voice.
    """
    if voice not in LOOKED_FOR:
        raise BadSetting("There is no such voice.", where="voice", try_=f"Known are {' and '.join(LOOKED_FOR)}.")
    judge = judge or packaged()
    before = moment(talk, now)
    draft = read(whole_signs(text), before, judge) if readable(text, judge) else None
    if draft is None:
        return []
    looked_for = (*LOOKED_FOR[voice], *((ONCE_OPENED,) if draft.before.opened else ()))
    found = [f for f in (draft.found(label) for label in dict.fromkeys(looked_for)) if f is not None]
    grave = [f for f in found if f.label in HELP]
    care = beside_danger(talk, now) if care is None else care
    if not grave and care.level != "none":
        return []
    # Words of dying are read as a threat, too; unless they are one in plain words, it is help that is needed.
    if len(grave) > 1 and not by_rules(draft.text, "control_threat"):
        grave = [f for f in grave if f.label == "crisis"]
    if "pursuit" in LOOKED_FOR[voice] and all(f.label == "pursuit" and not draft.worded(f) for f in found):
        more = draft.one_more()
        found = found if more is None else [more]
    return [flag(f, draft, voice) for f in (grave or once(found))[:MOST]]


def once(found: Sequence[Found]) -> list[Found]:
    """Moves that ask for an answer told once for the same words: what the moment makes of them comes first."""
    timely = [f for f in found if f.timely]
    return [f for f in found if f.timely or f.label not in SOONER or not any(touching(f.span, t.span) for t in timely)]


def touching(one: Span, other: Span) -> bool:
    """Whether two parts of a draft share a place."""
    return one[0] < other[1] and other[0] < one[1]


def beside_danger(talk: Conversation | None, now: datetime | None = None) -> Safety:
    """The help that comes first where the last messages of a conversation speak of danger; with level "none" nothing.

    `now` as in `check`. Beside danger no wording of a draft is what matters.
    """
    if talk is None:
        return safety("none")
    end = talk.coverage[-1][1] if now is None else now
    at = (end if end.tzinfo else end.replace(tzinfo=ZoneInfo(talk.tz))).astimezone(UTC)
    lately = talk.events.filter(pl.col("at") <= at).tail(LATEST)
    level, evidence = signals.assess(signals.recent(signals.signs(lately), lately, at))
    return safety(level, evidence, country_of(talk.tz) if talk.tz_source != "assumed" else None)


def readable(text: str, judge: Judge | None = None) -> bool:
    """Whether a draft is in a language the check can read, so that no flag means something."""
    return (judge or packaged()).reads(whole_signs(text))


def whole_signs(text: str) -> str:
    """The text with halves of signs replaced, each by one code point."""
    return _HALVES.sub("\ufffd", text)


def flag(found: Found, draft: Draft, voice: Voice) -> Flag:
    """A found move in words."""
    start, end = found.span
    pack = packaged_words()
    about = topic(pack.topics, draft.text[start:end], draft.text)
    entry = pack.entry(found.label, voice, about)
    holds = draft.holds | ({"unanswered"} & draft.before.holds if found.timely else set())
    rule, place = marked(found.label, draft.text, found.span, holds) or (None, found.span)
    # What the very words do is said by their rule; what fits the matter is reworded by its topic, unless the rule is
    # sure of what it is about.
    reason = entry if rule is None else rule
    wording = entry if rule is None or (about != NONE and rule.counts != "sure") else rule
    name = draft.before.name
    words = {
        "name": name or "the other person",
        "Name": name or "The other person",
        "look": SHOWN["look"],
        "urgent": SHOWN["urgent"],
    }
    why = (said_of(draft.before, found.label), reason.why.format(**words))
    return Flag(
        label=found.label,
        span=place,
        why=" ".join(part for part in why if part),
        confidence=round(found.probability, DIGITS),
        rewrites=tuple(r.format(day=draft.before.day) for r in wording.rewrites),
        source=reason.source,
        grade=reason.grade,
    )


def as_json(flags: Sequence[Flag], *, readable: bool = True, care: Safety = NO_DANGER) -> dict[str, Any]:
    """Flags in schema `ebbtide.check/1`; `readable` says whether the draft could be read, `care` what comes first."""
    told = {"schema": SCHEMA, "readable": readable, "flags": [f.to_dict() for f in flags]}
    return told | ({"safety": {"level": care.level, "shown": care.shown}} if care.level != "none" else {})
