"""Several exports of one conversation as one: the same people, each event once, and what is covered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from ebbtide.conversation import Conversation, assemble
from ebbtide.importers.parsed import Parsed, ZoneSource

#: Exports of one app agree on these for one event; the ordinal among equals keeps genuine repeats.
SAME_EVENT = ("app", "slot", "person", "kind", "text")


def merge(files: Sequence[Parsed]) -> tuple[Conversation, Mapping[str, str]]:
    """The conversation of several files, and under which name each other name of a person now goes.

    An event two exports of one app share counts once: the same time, person, kind and words, as often as in the file
    that has it most. Events of different apps are different events. Each file covers its first to its last event;
    between two files that do not touch nothing is known.
    """
    aliases = _same_people(files)
    frames = [
        f.events.with_columns(
            pl.col("person").replace(aliases), pl.lit(f.app).alias("app"), pl.lit(i, pl.Int32).alias("file")
        )
        for i, f in enumerate(files)
    ]
    table = frames[0] if len(frames) == 1 else _once(pl.concat(frames), files)
    tz, source = _zone(files)
    conversation = assemble(
        table.sort("at", maintain_order=True).drop("app", "file"),
        tz=tz,
        tz_source=source,
        coverage=[f.interval for f in files if f.interval is not None],
        imports=tuple(f.report for f in files),
    )
    return conversation, aliases


def _zone(files: Sequence[Parsed]) -> tuple[str, ZoneSource]:
    return next(((f.tz, f.tz_source) for f in files if f.tz_source != "assumed"), (files[0].tz, files[0].tz_source))


def _once(table: pl.DataFrame, files: Sequence[Parsed]) -> pl.DataFrame:
    """Each event once. Times to the second win over times to the minute; those are compared by the minute."""
    coarse = {f.app for f in files if f.events["minute_only"].any()}
    slot = pl.when(pl.col("app").is_in(list(coarse))).then(pl.col("at").dt.truncate("1m")).otherwise(pl.col("at"))
    table = table.with_columns(slot.alias("slot"))
    table = table.with_columns(pl.int_range(pl.len()).over("file", "slot").alias("place"))
    table = table.sort("minute_only", "file", maintain_order=True)
    counted = table.with_columns(pl.int_range(pl.len()).over("file", *SAME_EVENT).alias("ordinal"))
    seen_in = pl.col("file").n_unique().over(*SAME_EVENT, "ordinal").alias("seen_in")
    union = counted.with_columns(seen_in).unique([*SAME_EVENT, "ordinal"], keep="first", maintain_order=True)
    kept = _changed_since(union, counted).sort("place", "file", maintain_order=True)
    return kept.select(*files[0].events.columns, "app", "file")


def _changed_since(union: pl.DataFrame, counted: pl.DataFrame) -> pl.DataFrame:
    """Leave out the older version of messages edited or deleted between two exports.

    Such a message is in the union twice: more events of one person at one time than any file has. What both files
    have stays; of the rest an edited version goes before the original, and a deletion is only kept where no words are.
    """
    place = ["app", "slot", "person"]
    most = counted.group_by(*place, "file").len().group_by(*place).agg(pl.col("len").max().alias("most"))
    worth = (
        pl.when(pl.col("seen_in") > 1)
        .then(0)
        .when(pl.col("flags").list.contains("edited"))
        .then(1)
        .when(pl.col("kind") == "deleted")
        .then(3)
        .otherwise(2)
    )
    ranked = union.with_columns(worth.alias("worth")).join(most, on=place, how="left", maintain_order="left")
    rank = pl.col("worth").rank("ordinal").over(*place)
    altered = pl.col("worth").is_in([1, 3]).any().over(*place)
    return ranked.filter(~altered | (rank <= pl.col("most")).fill_null(True))


def _same_people(files: Sequence[Parsed]) -> dict[str, str]:
    """Other names of people already known, to the name they have in the first file that knows them.

    The files are of one conversation, so where two people write in each, the names pair up: the same name, else the
    same first word, else the one that is left over.
    """
    aliases: dict[str, str] = {}
    known: list[str] = []
    for file in files:
        new = [name for name in file.writers if name not in known]
        free = [name for name in known if name not in file.writers]
        pairs = _paired(new, free, two=len(known) == 2 and len(file.writers) == 2)
        aliases.update(pairs)
        known += [name for name in new if name not in pairs]
    return aliases


def _paired(new: list[str], free: list[str], *, two: bool) -> dict[str, str]:
    pairs: dict[str, str] = {}
    rules = (str.casefold, _first_word) if two else (str.casefold,)
    for rule in rules:
        for name in [n for n in new if n not in pairs]:
            same = [k for k in free if rule(k) == rule(name) and k not in pairs.values()]
            if len(same) == 1:
                pairs[name] = same[0]
    left = [n for n in new if n not in pairs], [k for k in free if k not in pairs.values()]
    if two and len(left[0]) == len(left[1]) == 1:
        pairs[left[0][0]] = left[1][0]
    return pairs


def _first_word(name: str) -> str:
    return name.split(maxsplit=1)[0].casefold() if name.split() else ""
