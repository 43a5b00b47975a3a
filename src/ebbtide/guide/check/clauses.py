"""Clauses: a draft cut into sentences and their parts, each by its place (start, end) in code points of the draft."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ebbtide.signals.moves.tokens import MOST_WORDS

#: Where a part begins and ends, in code points.
Span = tuple[int, int]

#: Clauses that may carry a move together; what needs more is the whole draft's.
LONGEST_RUN = 3
#: With more clauses than this only single ones are looked at, so that a long letter is not read three times.
MANY_CLAUSES = 24
#: Words after which a clause without any mark is cut.
LONG_CLAUSE = 40

#: Marks that ask by themselves.
_ASKING = re.compile(r"\?(?:\s*[?!]){2,}")
_PICTURE = "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff]"
_END = re.compile(
    r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？]+|[;\n]+|\s[-–—]+(?=\s)|—"
    rf"|{_PICTURE}(?=[\ufe0f\u200d\U0001f3fb-\U0001f3ff]*\s+\w)"
    r"|,(?=\s+(?:but|and|so|because|cos|coz|bc|then)\b)",
    re.IGNORECASE,
)
#: What joins signs into one picture: variation selectors and the zero-width joiner; skin tones are marks of their own.
_JOINING = frozenset("\u200d\ufe0e\ufe0f")


def clauses(text: str) -> list[Span]:
    """The clauses of a text in order, without the blanks around them.

    None for a text without words, unless it is a run of question marks: that asks, too.
    """
    parts = [part for cut in _between(text, _ends(text)) for part in _short(text, *cut)]
    return _with_words(text, parts) or [found.span() for found in _ASKING.finditer(text)][:1]


def runs(parts: Sequence[Span]) -> list[Span]:
    """Runs of neighbouring clauses, the shortest first."""
    most = LONGEST_RUN if len(parts) <= MANY_CLAUSES else 1
    sizes = range(1, min(most, len(parts)) + 1)
    return [(parts[i][0], parts[i + n - 1][1]) for n in sizes for i in range(len(parts) - n + 1)]


def stretches(text: str, parts: Sequence[Span]) -> list[Span]:
    """The draft in stretches as long as the model reads: one for all but long drafts."""
    out: list[Span] = []
    held = 0
    for start, end in parts:
        size = len(text[start:end].split())
        if out and held + size <= MOST_WORDS - MOST_WORDS // 6:
            out[-1], held = (out[-1][0], end), held + size
        else:
            out.append((start, end))
            held = size
    return out


def _ends(text: str) -> Iterator[int]:
    """Where clauses end, never inside a sign that is made of several code points."""
    for found in _END.finditer(text):
        end = found.end()
        while end < len(text) and _joined(text[end]):
            end += 1
        yield end


def _joined(sign: str) -> bool:
    return sign in _JOINING or unicodedata.combining(sign) > 0 or unicodedata.category(sign) in ("Mn", "Me", "Sk")


def _between(text: str, ends: Iterator[int]) -> Iterator[Span]:
    start = 0
    for end in [*ends, len(text)]:
        kept = text[start:end]
        if kept.strip():
            yield start + len(kept) - len(kept.lstrip()), end - len(kept) + len(kept.rstrip())
        start = max(start, end)


def _short(text: str, start: int, end: int) -> Iterator[Span]:
    """A clause, cut where it runs on and on."""
    words = list(re.finditer(r"\S+", text[start:end]))
    for first in range(0, len(words), LONG_CLAUSE):
        part = words[first : first + LONG_CLAUSE]
        yield start + part[0].start(), start + part[-1].end()


def _with_words(text: str, parts: Sequence[Span]) -> list[Span]:
    """The parts, those without a letter or number joined to the one before, or else to the one after."""
    out: list[Span] = []
    waiting: int | None = None
    for start, end in parts:
        if any(sign.isalnum() for sign in text[start:end]):
            out.append((start if waiting is None else waiting, end))
            waiting = None
        elif out:
            out[-1] = (out[-1][0], end)
        elif waiting is None:
            waiting = start
    return out
