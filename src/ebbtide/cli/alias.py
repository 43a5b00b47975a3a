"""`--alias`: the reading with both names replaced, for the terminal and for JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import PurePath
from typing import Any

from ebbtide.reading import Reading
from ebbtide.report.names import Names, names_of


def aliased(reading: Reading) -> Reading:
    """The reading as it is with "Person A" and "Person B"; file names, which often hold a name, go as well."""
    names = names_of(reading, alias=True)
    people = tuple(replace(p, name=names.of(p.id)) for p in reading.people)
    imports = tuple(
        replace(report, file=f"export-{i}{PurePath(report.file).suffix}") for i, report in enumerate(reading.imports, 1)
    )
    said = {f.name: renamed(getattr(reading, f.name), names) for f in fields(reading)}
    return replace(reading, **(said | {"people": people, "imports": imports}))


def renamed(value: Any, names: Names) -> Any:
    """A part of a reading with the names in its sentences replaced; ids and other single words stay."""
    if isinstance(value, str):
        return names.say(value) if " " in value else value
    if isinstance(value, tuple):
        return tuple(renamed(part, names) for part in value)
    if isinstance(value, dict):
        return {key: renamed(part, names) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: renamed(getattr(value, f.name), names) for f in fields(value)})
    return value
