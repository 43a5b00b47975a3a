"""Cues: strings of which a text must hold at least one to fit a pattern, read off the pattern itself.

Most messages hold no cue of most patterns, and one search for all cues together costs as much as a few patterns do. Of
what a pattern demands the two rarest sets are kept: few texts hold a cue of either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

Cues = frozenset[str]
#: The rarest and the next set of cues of which a text must hold one each.
Demands = tuple[Cues, Cues]

#: No cue: texts that fit the pattern need share nothing.
NONE: Cues = frozenset()
NOTHING: Demands = (NONE, NONE)

#: Words so common that they tell little, with roughly the share of messages that hold them.
_COMMON = {
    word: share
    for share, words in (
        (0.4, "i you u to a in is it at on"),
        (0.2, "the and me my of for so no not or be he do an as us am if we ha la"),
        (0.1, "your ur im have just that this up was with can get are what but go good how like now ok out see will"),
        (0.06, "know time come going dont when all day got love one some want think today home work back about tell"),
        (0.04, "been has had really need ill too she him her they from by need here there then more"),
    )
    for word in words.split()
}

_PIECE = re.compile(r"\\.|\[[^\]]*\]|\(\?:|<[a-z_]+>|\{[\d,]+\}|.")
_PLAIN = re.compile(r"[^\\\[\](){}|?*+.^$<>]|\\[^a-zA-Z0-9]")
_OPTIONAL = re.compile(r"[?*]|\{0?,.*\}")
_REPEATED = re.compile(r"\+|\{.*\}")


def demands(pattern: str, fragment: Callable[[str], Demands]) -> Demands:
    """What a pattern made of letters, `(?:…)`, `|`, classes, quantifiers and `<name>` demands; `NONE` for nothing more.

    `fragment` gives what the fragment of a name demands.
    """
    return _alternatives(iter(_PIECE.findall(pattern)), fragment)


@cache
def commonness(strings: Cues) -> float:
    """Roughly the share of messages that hold one of the strings; above 1 for no strings, which rule nothing out."""
    return sum(_share(string) for string in strings) if strings else 2.0


@cache
def _share(string: str) -> float:
    """The share of its rarest word; each further letter rules out three quarters of the messages."""
    return min((_COMMON.get(word, 3.0 * 4.0 ** -len(word) + 0.0005) for word in string.split()), default=1.0)


def _alternatives(pieces: Iterator[str], fragment: Callable[[str], Demands]) -> Demands:
    """What everything up to the closing bracket demands: that of every branch, or nothing if a branch has nothing."""
    branches: list[list[str | Demands]] = [[]]
    for piece in pieces:
        items = branches[-1]
        if _PLAIN.fullmatch(piece):
            items.append(piece[-1])
        elif piece == ")":
            break
        elif piece == "|":
            branches.append([])
        elif piece == "(?:":
            items.append(_alternatives(pieces, fragment))
        elif _OPTIONAL.fullmatch(piece):
            items[-1:] = [NOTHING]
        elif _REPEATED.fullmatch(piece):
            items.append(NOTHING)
        else:
            items.append(fragment(piece[1:-1]) if piece[0] == "<" else NOTHING)
    first, second = zip(*(_rarest(items) for items in branches), strict=True)
    return _of_all(first), _of_all(second)


def _of_all(found: Iterable[Cues]) -> Cues:
    """The cues of all branches together; none where one has none."""
    sets = tuple(found)
    return NONE.union(*sets) if all(sets) else NONE


def _rarest(items: list[str | Demands]) -> Demands:
    """Of all that one branch demands, what the fewest texts will hold."""
    demanded: list[Cues] = []
    run = ""
    for item in (*items, NOTHING):
        if isinstance(item, str):
            run += item
            continue
        demanded += [frozenset({run})] if run.strip(" ") else []
        demanded += [each for each in item if each]
        run = ""
    first, second, *_ = (*sorted(demanded, key=commonness), NONE, NONE)
    return first, second
