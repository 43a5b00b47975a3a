"""What WhatsApp writes in place of words, in each language it is known for, as patterns for whole columns.

The phrases are data: `words/*.toml`, one file per language. A phrase of one language is looked for in every file,
because a phone may change its language in the middle of a conversation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

#: Marks of direction and the byte-order mark: invisible, strewn over exports by the apps.
MARKS = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
#: U+200E, which WhatsApp for iOS puts before what it says itself.
APP_MARK = "\u200e"
#: Spaces an app may put between the parts of a date and a time.
SPACE = "[ \u00a0\u2007\u2009\u202f]"
#: Where a shared place points to.
MAPS = (
    r"maps\.google\.com/|(?:www\.)?google\.[a-z.]{2,6}/maps|maps\.app\.goo\.gl/|goo\.gl/maps|(?:www\.)?foursquare\.com"
)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns (Rust regex) for each thing WhatsApp says in place of words.

    `omitted` maps a flag to its pattern, `units` a unit of time to the pattern of its number. `needles` are literal
    strings of which every body that matches one of the patterns (but `system`) holds at least one.
    """

    omitted: Mapping[str, str]
    attached: str
    edited: str
    deleted: str
    waiting: str
    view_once: str
    missed: str
    call: str
    unanswered: str
    video: str
    units: Mapping[str, str]
    location: str
    live: str
    poll: str
    option: str
    notice: str
    system: str
    needles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dayparts:
    """What stands beside a 12-hour clock: a pattern, and the part of the day each token means."""

    pattern: str
    meaning: Mapping[str, str]


@cache
def phrases() -> Phrases:
    """The phrases of all languages together."""
    tables = [_table(name) for name in _languages()]

    def words(*path: str) -> str:
        return _any_of(_collect(tables, path))

    flags = sorted({flag for table in tables for flag in table["omitted"]})
    units = {u: rf"(?i)(\d+){SPACE}?{words('call', u)}\b" for u in ("hours", "minutes", "seconds")}
    any_unit = "|".join(words("call", u) for u in units)
    lasted = rf"(?:\d+{SPACE}?(?:{any_unit})\.?,?{SPACE}?){{1,3}}(?:•.{{0,40}})?"
    return Phrases(
        omitted={f: rf"(?im)(?:^{MARKS}*|{APP_MARK})<?\s?{words('omitted', f)}\s?\.?>?{MARKS}*$" for f in flags},
        attached=_attached(words("attached"), words("file_attached")),
        edited=rf"(?i)\s*{MARKS}*<{words('edited')}\.?>{MARKS}*\s*$",
        deleted=rf"(?i)^(?:{words('deleted')}|{words('deleted_by')}.{{0,80}})\.?$",
        waiting=rf"(?i)^{words('waiting')}.{{0,160}}$",
        view_once=rf"(?i)^{words('view_once')}.{{0,160}}$",
        missed=rf"(?i)^{words('call', 'missed')}(?:\.?|[,.] ?{words('call', 'call_back')}\.?)$",
        call=rf"(?i)^{words('call', 'done')}[,.] ?(?:{lasted}|{words('call', 'answered')}\.?)$",
        unanswered=rf"(?i)^{words('call', 'done')}[,.] ?{words('call', 'unanswered')}\.?$",
        video="(?i)v[ií]d[eé]o|wideo|видео|görüntülü",
        units=units,
        location=rf"(?i)^(?:{words('place', 'location')}|[^\s:]{{1,20}}(?: [^\s:]{{1,20}})?):? ?https?://(?:{MAPS})\S*$",
        live=rf"(?i)^{words('place', 'live')}\.?$",
        poll=rf"^{words('poll', 'question')}{SPACE}?:",
        option=rf"(?m)^{words('poll', 'option')}{SPACE}?:",
        notice=rf"(?i)^{words('notices')}",
        system=rf"(?i){words('system')}",
        needles=_needles(tables),
    )


def _needles(tables: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """Every phrase as written, in lower case and with a capital: the search ignores the case of a–z only."""
    paths: list[tuple[str, ...]] = [
        (key,) for key in ("edited", "deleted", "deleted_by", "waiting", "view_once", "attached", "file_attached")
    ]
    paths += [("notices",), ("call", "missed"), ("call", "done"), ("place", "live"), ("poll", "question")]
    paths += [("omitted", flag) for flag in {flag for table in tables for flag in table["omitted"]}]
    said = {w.replace("'", mark) for path in paths for w in _collect(tables, path) for mark in "'’"}
    said |= {"maps.google", "google.com/maps", "maps.app.goo.gl", "goo.gl/maps", "foursquare.com"}
    return tuple(sorted({form for w in said for form in (w, w.lower(), w[:1].upper() + w[1:], w.upper())}))


def _attached(ios: str, android: str) -> str:
    """A line that stands for an attached file, whose name is captured: iOS in angle brackets, Android in round."""
    return (
        rf"(?im)(?:{MARKS}*<{ios}:\s?([^>\n]{{1,250}})>"
        rf"|^{MARKS}*([^\n]{{1,250}}\.[A-Za-z0-9]{{1,5}}) \({android}\)){MARKS}*$"
    )


@cache
def dayparts() -> Dayparts:
    """The tokens of 12-hour clocks; a token is looked up without dots and spaces, in lower case."""
    table = tomllib.loads((resources.files(__package__) / "words" / "dayparts.toml").read_text(encoding="utf-8"))
    meaning = {plain_daypart(token): part for part, tokens in table.items() for token in tokens}
    spelled = [_dotted(token) for tokens in table.values() for token in tokens]
    pattern = "|".join(sorted(spelled, key=len, reverse=True))
    return Dayparts(pattern=rf"(?i:{pattern})\.?", meaning=meaning)


def plain_daypart(token: str) -> str:
    """A daypart without the dots and spaces that vary: "a. m." is "am"."""
    return re.sub(rf"\.|{SPACE}", "", token).lower()


def _dotted(token: str) -> str:
    """ "am" as it may be written: AM, a.m., a. m. Longer tokens stand as they are."""
    if len(token) == 2:
        return rf"{re.escape(token[0])}\.?{SPACE}?{re.escape(token[1])}"
    return re.escape(token)


def _languages() -> list[str]:
    files = (resources.files(__package__) / "words").iterdir()
    return sorted(f.name for f in files if f.name.endswith(".toml") and f.name != "dayparts.toml")


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "words" / name).read_text(encoding="utf-8"))


def _collect(tables: Iterable[dict[str, Any]], path: tuple[str, ...]) -> list[str]:
    found: dict[str, None] = {}
    for table in tables:
        node: Any = table
        for key in path:
            node = node.get(key, [] if key == path[-1] else {})
        found.update(dict.fromkeys(node))
    return sorted(found, key=lambda phrase: (-len(phrase), phrase))


def _any_of(words: Iterable[str]) -> str:
    """One of the phrases; an apostrophe may be straight or curly."""
    escaped = (re.escape(w).replace(r"\ ", " ").replace("'", "['’]") for w in words)
    return "(?:" + "|".join(escaped) + ")"
