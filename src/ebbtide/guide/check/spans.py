"""Spans: rules as data for where exactly a move stands in a draft, what that construction does, and how else to say it.

A rule marks a place and gives the reason; whether the draft makes the move at all is for the model to say, unless the
rule is `sure`, or says that these words are `harmless` whatever the model makes of them, or a `plain` matter of the
day, so that nothing less than clear counts. Some rules hold only in a moment of a conversation: then it is the moment
that makes the words press. Patterns are Python regular expressions over the draft in lower case with straight
apostrophes, as long as the draft itself, so that places are its own; `_` stands for blanks and `~` for an apostrophe
or none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import msgspec

from ebbtide.errors import PackInvalid, refused_as
from ebbtide.guide.check.clauses import Span
from ebbtide.guide.check.pack import CLOSED, HELP, REWRITES, SLOTS
from ebbtide.guide.pack import refuse_misshapen, slots_in
from ebbtide.signals.phrases import LEAST_EXAMPLES

NEEDED = ("id", "label", "pattern", "why", "source", "grade", "hits", "misses")
#: What a rule may need to hold: nothing, or that own lines have had no answer, that the other has just opened up, or
#: did so and asked for no advice, that forgiveness was asked before, that there is distance between the two, that the
#: other asked for room and is not back. Where several rules mark a part, a later one gives the reason.
During = Literal["unanswered", "any", "opened", "unasked", "apologised", "distance", "room"]
DURING: tuple[During, ...] = get_args(During)
#: Rules that count in these ways speak for a draft, and so come with no other wording.
UNTOLD = ("harmless", "plain")
_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class SpanRule:
    """One construction that carries `label`, or looks as if; `unless` are places a match must not touch."""

    id: str
    label: str
    pattern: tuple[str, ...]
    why: str
    source: str
    grade: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    rewrites: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    counts: Literal["with the model", "sure", "harmless", "plain"] = "with the model"
    during: During = "any"

    def places(self, text: str) -> list[Span]:
        """Where the construction stands in a text, from its beginning."""
        plain = folded(text)
        excused = [m.span() for m in expression(self.unless).finditer(plain)] if self.unless else []
        found = (m.span() for m in expression(self.pattern).finditer(plain))
        return [trimmed(text, s) for s in found if not any(a < s[1] and b > s[0] for a, b in excused)]


def marked(label: str, text: str, within: Span, moment: Collection[str] = ()) -> tuple[SpanRule, Span] | None:
    """The rule for a move that fits inside a part of a draft, with its place in the draft.

    Of several the one that the moment makes true comes first, then the one with the longest place.
    """
    start, end = within
    found = [
        (rule, s) for rule in holding(label, moment) if rule.counts not in UNTOLD for s in rule.places(text[start:end])
    ]
    if not found:
        return None
    rule, (a, b) = max(found, key=lambda each: (DURING.index(each[0].during), each[1][1] - each[1][0]))
    return rule, (start + a, start + b)


def counted(label: str, text: str, counts: str, moment: Collection[str] = ()) -> tuple[SpanRule, Span] | None:
    """The rule for a move that counts in this way, as `marked` orders them, with its first place in the draft."""
    rules = (r for r in holding(label, moment) if r.counts == counts)
    found = [(rule, place) for rule in rules for place in rule.places(text)]
    return min(found, key=lambda each: (-DURING.index(each[0].during), each[1]), default=None)


def holding(label: str, moment: Collection[str]) -> list[SpanRule]:
    """The rules for a move that hold in a moment."""
    return [r for r in packaged_spans() if r.label == label and (r.during == "any" or r.during in moment)]


def folded(text: str) -> str:
    """A text in lower case and with straight apostrophes, as many code points long as before."""
    straight = text.translate(_SAME)
    low = straight.lower()
    if len(low) == len(straight):
        return low
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in straight)


@cache
def expression(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for several patterns."""
    spelled = (re.sub(r"(?<!\\)_", r"\\s+", p).replace("~", "'?") for p in patterns)
    return re.compile("|".join(f"(?:{p})" for p in spelled))


#: What a place does not begin with: blanks, and the marks that end what was before.
ENDED = " \t\n.,!;"


def trimmed(text: str, span: Span) -> Span:
    """A place without the blanks around it, and without the end of a sentence before it."""
    start, end = span
    kept = text[start:end]
    return start + len(kept) - len(kept.lstrip(ENDED)), end - len(kept) + len(kept.rstrip())


@cache
def packaged_spans() -> tuple[SpanRule, ...]:
    """The rules that come with Ebbtide, checked."""
    file = files("ebbtide.guide").joinpath("packs", "spans.toml")
    return read_spans(file.read_text(encoding="utf-8"), file.name)


def read_spans(text: str, name: str) -> tuple[SpanRule, ...]:
    """Rules from the text of a file; `PackInvalid` names the file, the rule and what is wrong with it."""
    with refused_as("The file cannot be read.", name):
        given = msgspec.convert(tomllib.loads(text).get("span", []), list[dict[str, Any]])
    rules = tuple(rule_of(table, f"{name}, span {table.get('id', i)}") for i, table in enumerate(given, 1))
    twice = sorted(i for i in {r.id for r in rules} if sum(r.id == i for r in rules) > 1)
    if twice:
        raise PackInvalid(f"The id {twice[0]} is used twice.", where=name, try_="Give one a new id.")
    return rules


def rule_of(table: Mapping[str, Any], where: str) -> SpanRule:
    """One rule, checked."""
    refuse_misshapen(table, SpanRule, NEEDED, {key: CLOSED[key] for key in ("label", "grade")}, where)
    try:
        rule = msgspec.convert(table, SpanRule)
        expression(rule.pattern), expression(rule.unless)
        strange = (slots_in(rule.why) - SLOTS["why"]) | (slots_in(" ".join(rule.rewrites)) - SLOTS["rewrites"])
    except (msgspec.ValidationError, re.error, ValueError) as error:
        raise PackInvalid("A field cannot be read.", where=where, try_=str(error)) from None
    if strange:
        raise PackInvalid(f"Nothing fills {{{min(strange)}}} there.", where=where, try_="See SLOTS.")
    if rule.label in HELP or len(rule.rewrites) != (0 if rule.counts in UNTOLD else REWRITES):
        raise PackInvalid(
            "The number of rewrites is not right.",
            where=where,
            try_="Two; none for harmless and plain words; signs of harm have no rule.",
        )
    if few := next((k for k, v in examples(rule) if len(set(v)) < LEAST_EXAMPLES), None):
        raise PackInvalid(
            f"The rule has fewer than {LEAST_EXAMPLES} {few}.",
            where=where,
            try_="Add texts that must hit and texts that come close and must not.",
        )
    return rule


def examples(rule: SpanRule) -> Iterable[tuple[str, tuple[str, ...]]]:
    """The two lists of examples by name."""
    return ("hits", rule.hits), ("misses", rule.misses)
