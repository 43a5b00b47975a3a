"""Phrases: rules as data, and how they are looked for in a column of texts.

A rule file is TOML: `[[rule]]` tables with `id`, `label`, `pattern` (a list of alternatives), optional `unless` (a list
of wordings that are blanked out first, so that they excuse themselves and nothing else in the message), `why`, `hits`
and `misses`. Patterns are looked for in `plain` text, whose words and marks are parted by single blanks, so that a
blank in a pattern is a word boundary; `<name>` stands for a fragment of fragments.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl
from polars.exceptions import ComputeError

from ebbtide.errors import PackInvalid

#: Fewer examples than this on either side say too little about where a rule ends.
LEAST_EXAMPLES = 3

#: Nobody pours out more than this in one message; what is longer was pasted, and only its beginning is read.
LONGEST_TEXT = 4000

#: Alternatives joined into one expression. More of them outgrow the matcher's memory of states, fewer cost more passes:
#: over 50,000 different texts all rules took 4.2 s joined, 3.2 s one by one and 2.6 s by threes.
JOINED = 3

_FRAGMENT = re.compile(r"<([a-z_]+)>")
_DROPPED = r"['’‘ʼ´`\u{200b}-\u{200f}\u{fe0f}]|https?://\S+"
_MARKS = {
    **dict.fromkeys("?!,.", " {} "),
    **dict.fromkeys(";()–—", " , "),
    **dict.fromkeys("…\n", " . "),
    "&": " and ",
    "%": " percent ",
    **dict.fromkeys("❤♥😘🥰😍😻💋💗💘💙💚💛💜💝💞💟💓💕💖🫶🧡🖤🤍", " ♥ "),
}
_SPACED_MARKS = {sign: spaced.format(sign) for sign, spaced in _MARKS.items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction that makes a message carry `label`; `patterns` and `unless` are Rust regular expressions."""

    id: str
    label: str
    patterns: tuple[str, ...]
    unless: str | None
    why: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]


def plain(text: pl.Expr) -> pl.Expr:
    """Text made comparable: "I need some time, ok?" becomes " # i need some time , ok ? # ".

    Lower case, no apostrophes (so that "don't" and "dont" are one), addresses dropped, hearts and kisses as ♥, line
    breaks as full stops, other signs as blanks, every word and mark between single blanks, # at both ends.
    """
    return pl.concat_str(
        pl.lit(" # "),
        text.str.slice(0, LONGEST_TEXT)
        .str.to_lowercase()
        .str.replace_all(_DROPPED, "")
        .str.replace_many(_SPACED_MARKS)
        .str.replace_all(r"[^\p{L}\p{N}.,?!♥]+", " ")
        .str.strip_chars(" "),
        pl.lit(" # "),
    )


def matches(rules: Sequence[Rule], text: pl.Series) -> pl.Series:
    """Whether any of the rules is met, for each of a series of `plain` texts; None is not met."""
    met = pl.repeat(False, len(text), dtype=pl.Boolean, eager=True)
    for near, rule in zip(_nearly(rules, text), rules, strict=True):
        met |= near if rule.unless is None else _excused(rule, text, near)
    return met


def _nearly(rules: Sequence[Rule], text: pl.Series) -> list[pl.Series]:
    """For each rule, where one of its patterns is found."""
    found = (pl.any_horizontal(_contains(rule)).fill_null(False).alias(f"{i}") for i, rule in enumerate(rules))
    return text.to_frame("text").select(*found).get_columns()


def _contains(rule: Rule) -> list[pl.Expr]:
    return [pl.col("text").str.contains(pattern) for pattern in rule.patterns]


def _excused(rule: Rule, text: pl.Series, near: pl.Series) -> pl.Series:
    """`near` without the texts in which nothing is left of the pattern once `unless` is blanked out."""
    rest = blanked(rule.unless, text.filter(near)).to_frame("text")
    left = rest.select(pl.any_horizontal(_contains(rule)).alias("left"))["left"]
    return near.scatter(near.arg_true().filter(~left), False)


def each_once(events: pl.DataFrame, read: Callable[[pl.Series], pl.DataFrame]) -> pl.DataFrame:
    """`id` and what `read` says of the `plain` text of each event, row by row.

    `read` turns a series of texts into columns beside them; it is shown each different text once, because people who
    write to each other every day often write the same. The text is None where no person wrote one.
    """
    said = pl.when(pl.col("person").is_not_null() & (pl.col("text").str.len_bytes() > 0)).then(pl.col("text"))
    texts = events.select("id", plain(said).alias("plain"))
    once = texts["plain"].unique()
    columns = read(once).with_columns(once.alias("plain"))
    return texts.join(columns, on="plain", how="left", nulls_equal=True, maintain_order="left").drop("plain")


def blanked(wording: str | None, text: pl.Series) -> pl.Series:
    """`plain` texts with every stretch that fits the wording replaced by a comma."""
    return text if wording is None else text.str.replace_all(wording, " , ")


@cache
def packaged_rules(*names: str) -> tuple[Rule, ...]:
    """The rules of the files of these names that come with Ebbtide, in order."""
    folder = files("ebbtide.signals") / "rules"
    fragments = tomllib.loads((folder / "fragments.toml").read_text("utf-8"))
    read: list[Rule] = []
    for name in names:
        read += parse_rules((folder / f"{name}.toml").read_text("utf-8"), fragments, where=f"{name}.toml")
    return tuple(read)


def parse_rules(toml: str, fragments: Mapping[str, str | list[str]], *, where: str) -> tuple[Rule, ...]:
    """The rules in a TOML text; `PackInvalid` names the file and the rule that breaks the rules for rules."""
    try:
        entries = tomllib.loads(toml).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise PackInvalid(f"This is not TOML: {error}.", where=where) from error
    rules = tuple(_rule(entry, fragments, f"{where}, rule {i}") for i, entry in enumerate(entries, start=1))
    if not rules:
        raise PackInvalid("There is no rule in this file.", where=where, try_="Write at least one [[rule]] table.")
    ids = [rule.id for rule in rules]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise PackInvalid(f"Several rules have the id {twice[0]}.", where=where, try_="Give each rule its own id.")
    return rules


def _rule(entry: Mapping[str, Any], fragments: Mapping[str, str | list[str]], where: str) -> Rule:
    for key in ("id", "label", "why"):
        if not isinstance(entry.get(key), str) or not entry[key]:
            raise PackInvalid(f"The rule has no {key}.", where=where, try_=f"Add {key} as a non-empty string.")
    place = f"{where}, {entry['id']}"
    for key in ("hits", "misses"):
        if len(set(entry.get(key, ()))) < LEAST_EXAMPLES:
            raise PackInvalid(
                f"The rule has fewer than {LEAST_EXAMPLES} {key}.",
                where=place,
                try_="Add texts that must hit and texts that come close and must not.",
            )
    pattern, unless = entry.get("pattern"), entry.get("unless")
    return Rule(
        id=entry["id"],
        label=entry["label"],
        patterns=tuple(_compiled(part, fragments, place) for part in _parts(pattern, place)),
        unless=None
        if unless is None
        else "|".join(_compiled(part, fragments, place) for part in _parts(unless, place)),
        why=entry["why"],
        hits=tuple(entry["hits"]),
        misses=tuple(entry["misses"]),
    )


def _parts(alternatives: Any, where: str) -> list[list[str]]:
    if not isinstance(alternatives, list) or not alternatives:
        raise PackInvalid("A pattern is missing.", where=where, try_="Write a list with at least one alternative.")
    return [alternatives[i : i + JOINED] for i in range(0, len(alternatives), JOINED)]


def _compiled(alternatives: list[str], fragments: Mapping[str, str | list[str]], where: str) -> str:
    """One expression between blanks out of a list of alternatives, tried once so that a slip is found at once."""
    whole = f" (?:{'|'.join(_expanded(a, fragments, where) for a in alternatives)}) "
    try:
        pl.Series([""]).str.contains(whole)
    except ComputeError as error:
        raise PackInvalid("A pattern does not compile.", where=where, try_=str(error)) from error
    return whole


def _expanded(pattern: str, fragments: Mapping[str, str | list[str]], where: str) -> str:
    def fragment(found: re.Match[str]) -> str:
        if (value := fragments.get(found[1])) is None:
            raise PackInvalid(f"There is no fragment called {found[1]}.", where=where, try_="See fragments.toml.")
        return f"(?:{_expanded(value if isinstance(value, str) else '|'.join(value), fragments, where)})"

    return _FRAGMENT.sub(fragment, pattern)
