"""Phrases: rules as data, and how they are looked for in a column of texts.

A rule file is TOML: `[[rule]]` tables with `id`, `label`, `pattern` (a list of alternatives), optional `unless` (a list
of wordings that are blanked out first, so that they excuse themselves and nothing else in the message), `why`, `hits`
and `misses`. Patterns are looked for in `plain` text, whose words and marks are parted by single blanks, so that a
blank in a pattern is a word boundary; `<name>` stands for a fragment of fragments.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.exceptions import ComputeError

from ebbtide.errors import PackInvalid
from ebbtide.signals.cues import NONE, Cues, Demands, commonness, demands
from ebbtide.signals.languages import packs

Rows = NDArray[np.uint32]
#: Fewer examples than this on either side say too little about where a rule ends.
LEAST_EXAMPLES = 3

#: Nobody pours out more than this in one message; what is longer was pasted, and only its beginning is read.
LONGEST_TEXT = 4000

#: Above this share of messages that hold a cue, looking for the cues costs more than it saves: for the rarest set of a
#: pattern, and for the next.
COMMON_CUES = (1.0, 0.3)

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
class Pattern:
    """A Rust regular expression over `plain` text, and sets of strings of which a text must hold one each to fit it."""

    regex: str
    cues: tuple[Cues, ...]


@dataclass(frozen=True, slots=True)
class Fragments:
    """The pieces patterns share, by name, and what each demands."""

    patterns: Mapping[str, str]
    known: dict[str, Demands] = field(default_factory=dict)

    def demands(self, name: str) -> Demands:
        """What the fragment of this name demands; worked out once, because most patterns share a few fragments."""
        if name not in self.known:
            self.known[name] = demands(self.patterns.get(name, ""), self.demands)
        return self.known[name]


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction that makes a message carry `label`: any of `patterns`, once `unless` is blanked out."""

    id: str
    label: str
    patterns: tuple[Pattern, ...]
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


def labelled(rules: Sequence[Rule], text: pl.Series) -> pl.DataFrame:
    """One boolean column for each label of the rules, beside a series of `plain` texts; None carries no label."""
    return by_label(zip(rules, met(rules, text), strict=True), len(text))


def by_label(met_at: Iterable[tuple[Rule, pl.Series]], size: int) -> pl.DataFrame:
    """One boolean column of this size for each label, true where one of its rules is met."""
    rows: dict[str, list[pl.Series]] = {}
    for rule, found in met_at:
        rows.setdefault(rule.label, []).append(found)
    nowhere = pl.repeat(False, size, dtype=pl.Boolean, eager=True)
    return pl.DataFrame([nowhere.clone().scatter(pl.concat(r), True).alias(label) for label, r in rows.items()])


def met(rules: Sequence[Rule], text: pl.Series) -> list[pl.Series]:
    """For each rule, the positions in a series of `plain` texts at which it is met."""
    near = _holders([cues for rule in rules for pattern in rule.patterns for cues in pattern.cues], text)
    return [_met(rule, text, near) for rule in rules]


def _met(rule: Rule, text: pl.Series, near: Mapping[Cues, Rows]) -> pl.Series:
    # Each question asked of a column costs a few hundred microseconds, and most rules have no text near them.
    looked_at = ((pl.Series(held), p.regex) for p in rule.patterns if (held := _near(p, near)).size)
    found = [held.filter(text.gather(held).str.contains(regex)) for held, regex in looked_at]
    rows = pl.concat(found).unique() if found else pl.Series([], dtype=pl.UInt32)
    if rule.unless is None or rows.is_empty():
        return rows
    left = blanked(rule.unless, text.gather(rows)).to_frame("text")
    still = pl.any_horizontal(pl.col("text").str.contains(p.regex) for p in rule.patterns)
    return rows.filter(left.select(still).to_series())


def _near(pattern: Pattern, near: Mapping[Cues, Rows]) -> Rows:
    """The positions of the texts that hold what a pattern demands; of all with text where it demands nothing."""
    rows = near[NONE]
    for cues in pattern.cues:
        rows = near[cues] if rows is near[NONE] else np.intersect1d(rows, near[cues], assume_unique=True)
    return rows


def _holders(wanted: Sequence[Cues], text: pl.Series) -> dict[Cues, Rows]:
    """For each set of cues, the positions of the texts that hold one of them; for no cues, all positions with text."""
    numbers = {cues: number for number, cues in enumerate(dict.fromkeys(wanted))}
    pairs = pl.DataFrame(
        [(cue, number) for cues, number in numbers.items() for cue in cues],
        schema={"cue": pl.String, "set": pl.UInt32},
        orient="row",
    )
    texts = text.to_frame("text").with_row_index("row").drop_nulls()
    held_by = pl.col("text").str.extract_many(pairs["cue"].unique().to_list(), overlapping=True)
    holders = (
        texts.select("row", held_by.alias("cue")).explode("cue").join(pairs, on="cue").select("set", "row").unique()
    )
    by_set = holders.partition_by("set", as_dict=True, include_key=False)
    nobody, everybody = texts["row"].clear().to_numpy(), texts["row"].to_numpy()
    held = {c: by_set[n,]["row"].to_numpy() if (n,) in by_set else nobody for c, n in numbers.items()}
    return {**held, NONE: everybody}


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
    """The rules of the files of these names, language by language: people mix them, so all are looked for."""
    read: list[Rule] = []
    for pack in packs():
        fragments = Fragments(tomllib.loads(pack.rules("fragments")))
        for name in names:
            read += parse_rules(pack.rules(name), fragments, where=f"{pack.id}/{name}.toml", tried=True)
    return tuple(read)


def parse_rules(toml: str, fragments: Fragments, *, where: str, tried: bool = False) -> tuple[Rule, ...]:
    """The rules in a TOML text; `PackInvalid` names the file and the rule that breaks the rules for rules.

    Every expression is compiled once, so that a slip is found at once, unless it is known to have been `tried`.
    """
    try:
        entries = tomllib.loads(toml).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise PackInvalid("This is not TOML.", where=where, try_=f"{error}.") from error
    rules = tuple(_rule(entry, fragments, f"{where}, rule {i}") for i, entry in enumerate(entries, start=1))
    if not rules:
        raise PackInvalid("There is no rule in this file.", where=where, try_="Write at least one [[rule]] table.")
    if not tried:
        for rule in rules:
            _try(rule, f"{where}, {rule.id}")
    ids = [rule.id for rule in rules]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise PackInvalid(f"Several rules have the id {twice[0]}.", where=where, try_="Give each rule its own id.")
    return rules


def _rule(entry: Mapping[str, Any], fragments: Fragments, where: str) -> Rule:
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
    unless = entry.get("unless")
    return Rule(
        id=entry["id"],
        label=entry["label"],
        patterns=tuple(_pattern(p, fragments, place) for p in _listed(entry.get("pattern"), place)),
        unless=None if unless is None else _compiled(_listed(unless, place), fragments, place),
        why=entry["why"],
        hits=tuple(entry["hits"]),
        misses=tuple(entry["misses"]),
    )


def _listed(alternatives: Any, where: str) -> list[str]:
    if not isinstance(alternatives, list) or not alternatives:
        raise PackInvalid("A pattern is missing.", where=where, try_="Write a list with at least one alternative.")
    return alternatives


def _pattern(alternative: str, fragments: Fragments, where: str) -> Pattern:
    found = zip(demands(f" {alternative} ", fragments.demands), COMMON_CUES, strict=True)
    kept = tuple(cues for cues, most in found if commonness(cues) < most)
    return Pattern(_compiled([alternative], fragments, where), kept)


def _compiled(alternatives: list[str], fragments: Fragments, where: str) -> str:
    """One expression between blanks out of a list of alternatives."""
    return f" (?:{'|'.join(_expanded(a, fragments, where) for a in alternatives)}) "


def _try(rule: Rule, where: str) -> None:
    for regex in (*(p.regex for p in rule.patterns), *filter(None, (rule.unless,))):
        try:
            pl.Series([""]).str.contains(regex)
        except ComputeError as error:
            raise PackInvalid("A pattern does not compile.", where=where, try_=str(error)) from error


def _expanded(pattern: str, fragments: Fragments, where: str) -> str:
    def fragment(found: re.Match[str]) -> str:
        if found[1] not in fragments.patterns:
            raise PackInvalid(f"There is no fragment called {found[1]}.", where=where, try_="See fragments.toml.")
        return f"(?:{_expanded(fragments.patterns[found[1]], fragments, where)})"

    return _FRAGMENT.sub(fragment, pattern)
