"""Help: lines to call, by country, each with the page that says so and the day it was looked up (help.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from ebbtide.errors import PackInvalid, refused_as

Need = Literal["emergency", "crisis", "violence", "stopping"]


class HelpLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"need": "for"}):
    """One line: its country (ISO 3166), what it is for, how to reach it, and where and when that was read."""

    country: str
    need: Need
    name: str
    source: str
    checked: date
    phone: str | None = None
    web: str | None = None
    hours: str | None = None

    @property
    def words(self) -> str:
        """The line as a sentence: name, number, address."""
        how = ", ".join(part for part in (self.phone, self.web, self.hours) if part)
        return f"{self.name}: {how}."


class Directory(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"need": "for"}):
    """A list of lines of all countries."""

    need: Need
    web: str
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Help:
    """All that is known of where to turn."""

    lines: tuple[HelpLine, ...]
    directories: tuple[Directory, ...]

    def of(self, country: str | None, *needs: Need) -> tuple[HelpLine, ...]:
        """The lines of a country by need, after its emergency number; none where the country is not known."""
        mine = [line for line in self.lines if line.country == country]
        return tuple(line for need in ("emergency", *needs) for line in mine if line.need == need)


@cache
def packaged_help() -> Help:
    """The file that comes with Ebbtide, checked."""
    return read_help(files("ebbtide.reading").joinpath("help.toml").read_text("utf-8"))


def read_help(text: str) -> Help:
    """Lines and directories from the text of a file; `PackInvalid` says what is wrong."""
    with refused_as("The file of help lines cannot be read.", "help.toml"):
        table = tomllib.loads(text)
        lines = msgspec.convert(table.get("line", []), tuple[HelpLine, ...])
        directories = msgspec.convert(table.get("directory", []), tuple[Directory, ...])
    for line in lines:
        if line.phone is None and line.web is None:
            raise PackInvalid(f"{line.name} cannot be reached.", where="help.toml", try_="Add its phone or web.")
        if line.country not in countries():
            raise PackInvalid(f"{line.name} is in no country.", where="help.toml", try_="Use a code like GB.")
    return Help(lines, directories)


@cache
def countries() -> dict[str, str]:
    """Codes of countries and their names (ISO 3166, as the time zone data lists them)."""
    rows = (row.split("\t") for row in zone_table("iso3166.tab"))
    return {row[0]: row[1] for row in rows}


@cache
def country_of(zone: str) -> str | None:
    """The country a time zone belongs to, None for those of several, such as "UTC"."""
    rows = (row.split("\t") for row in zone_table("zone.tab"))
    return {row[2]: row[0] for row in rows}.get(zone)


def zone_table(name: str) -> Sequence[str]:
    """The rows of a table of the time zone data, without its comments."""
    rows = files("tzdata").joinpath("zoneinfo", name).read_text("utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]
