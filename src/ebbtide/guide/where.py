"""Where to turn: kinds of people and groups, registers and other organisations, books; by problem and country.

packs/where.toml comes with Ebbtide; files of the same form add to it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain

import msgspec

from ebbtide.errors import PackInvalid, refused_as
from ebbtide.guide.browse import Grade, packaged_guide, refuse_unknown
from ebbtide.reading.help import Need, countries


class Problem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something people turn to somebody for: the first step, texts of the guide, and which help lines belong to it."""

    id: str
    title: str
    text: str
    source: str
    grade: Grade
    shows: tuple[str, ...] = ()
    lines: tuple[Need, ...] = ()


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of practitioner, group or programme, and the problems it is for."""

    id: str
    title: str
    about: tuple[str, ...]
    text: str
    source: str
    grade: Grade


class Organisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A register, a list or a service: its country (ISO 3166; None for many), and where and when that was read."""

    name: str
    about: tuple[str, ...]
    text: str
    source: str
    checked: date
    country: str | None = None
    web: str | None = None


class Book(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A book: what it is for, what it rests on, and where and when it was looked up."""

    title: str
    author: str
    year: int
    about: tuple[str, ...]
    text: str
    rests_on: str
    grade: Grade
    source: str
    checked: date


class Situation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Made-up people with one of the problems, in a few lines."""

    about: tuple[str, ...]
    text: str


class Where(msgspec.Struct, frozen=True):
    """All that is known of where to turn."""

    problems: tuple[Problem, ...] = ()
    kinds: tuple[Kind, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    books: tuple[Book, ...] = ()
    situations: tuple[Situation, ...] = ()

    def problem(self, id_: str) -> Problem | None:
        """The problem with this id, None if there is none."""
        return next((problem for problem in self.problems if problem.id == id_), None)

    def of(self, about: str | None, country: str | None) -> Where:
        """What is for one problem, or for all, with the organisations of a country and those of many, or all."""
        return Where(
            tuple(p for p in self.problems if about in (None, p.id)),
            tuple(k for k in self.kinds if about is None or about in k.about),
            tuple(
                o
                for o in self.organisations
                if (about is None or about in o.about) and (country is None or o.country in (country, None))
            ),
            tuple(b for b in self.books if about is None or about in b.about),
            tuple(s for s in self.situations if about is None or about in s.about),
        )


@cache
def packaged_where() -> Where:
    """The file that comes with Ebbtide, checked."""
    file = files("ebbtide.guide").joinpath("packs", "where.toml")
    return together([read_where(file.read_text(encoding="utf-8"), file.name)])


def read_where(text: str, name: str) -> Where:
    """What one file holds; `PackInvalid` says what is wrong and where."""
    with refused_as("The file of where to turn cannot be read.", name):
        table = tomllib.loads(text)
        unknown = sorted(set(table) - {"problem", "kind", "organisation", "book", "situation"})
        found = Where(
            msgspec.convert(table.get("problem", []), tuple[Problem, ...]),
            msgspec.convert(table.get("kind", []), tuple[Kind, ...]),
            msgspec.convert(table.get("organisation", []), tuple[Organisation, ...]),
            msgspec.convert(table.get("book", []), tuple[Book, ...]),
            msgspec.convert(table.get("situation", []), tuple[Situation, ...]),
        )
    if unknown:
        raise PackInvalid(f"There is nothing called {unknown[0]}.", where=name, try_="See docs/where-to-turn.md.")
    for problem in found.problems:
        refuse_unknown(problem.shows, packaged_guide().texts, f"{name}, problem {problem.id}")
    for one in found.organisations:
        if one.country is not None and one.country not in countries():
            raise PackInvalid(f"{one.name} is in no country.", where=name, try_="Use a code like GB.")
    for source in (*(o.source for o in found.organisations), *(b.source for b in found.books)):
        if not source.startswith(("https://", "http://")):
            raise PackInvalid("An entry has no address as its source.", where=name, try_="Give the page that says so.")
    return found


def together(files_: Iterable[Where]) -> Where:
    """Several files as one; an id that is used twice, or a problem nobody describes, is `PackInvalid`."""
    parts = tuple(files_)
    found = Where(
        tuple(chain.from_iterable(p.problems for p in parts)),
        tuple(chain.from_iterable(p.kinds for p in parts)),
        tuple(chain.from_iterable(p.organisations for p in parts)),
        tuple(chain.from_iterable(p.books for p in parts)),
        tuple(chain.from_iterable(p.situations for p in parts)),
    )
    ids = [*(p.id for p in found.problems), *(k.id for k in found.kinds)]
    twice = sorted({id_ for id_ in ids if ids.count(id_) > 1})
    if twice:
        raise PackInvalid(f"The id {twice[0]} is used twice.", where="where to turn", try_="Give one a new id.")
    named = (
        *(k.about for k in found.kinds),
        *(o.about for o in found.organisations),
        *(b.about for b in found.books),
        *(s.about for s in found.situations),
    )
    strange = sorted(set(chain.from_iterable(named)) - {problem.id for problem in found.problems})
    if strange:
        known = ", ".join(problem.id for problem in found.problems)
        raise PackInvalid(f"about has no {strange[0]}.", where="where to turn", try_=f"Known are {known}.")
    return found
