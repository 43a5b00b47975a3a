"""Words of a chat message as the student knows them: lower case, apostrophes kept, emoji and runs of marks as words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from zlib import crc32

#: Longest message that is read, in words; what a longer one does is clear by then.
MOST_WORDS = 60
#: Hashed character n-grams of a word: sizes, and how many of them count.
SIZES, MOST_GRAMS = (3, 4, 5), 20

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "…": "...", "\u200b": "", "\ufe0f": ""}
)
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_LONG = re.compile(r"(\w)\1{2,}")
_WORD = re.compile(r"#|[^\W\d_]+(?:'[^\W\d_]+)*'?|([^\w\s])\1*|\d", re.UNICODE)


def normal(text: str) -> str:
    """One spelling for what is typed in many: case, quotes, links, numbers and drawn-out letters."""
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).lower()
    text = _NUMBER.sub("#", _LINK.sub(" link ", text))
    return _LONG.sub(r"\1\1", text)


def words(text: str) -> list[str]:
    """The words of a message, at most `MOST_WORDS` of them; "." for a message without any."""
    found = [m.group()[:24] for m in _WORD.finditer(normal(text))]
    return [w if w.isalpha() or len(w) < 4 else w[:3] if not w[0].isalpha() else w for w in found[:MOST_WORDS]] or ["."]


def grams(word: str, buckets: int) -> list[int]:
    """Buckets of a word's character n-grams, its edges marked, the first few."""
    edged = f"<{word}>"
    found = (edged[i : i + n] for n in SIZES for i in range(len(edged) - n + 1))
    return [crc32(g.encode()) % buckets for g in found][:MOST_GRAMS]


def all_words(texts: Iterable[str]) -> list[list[str]]:
    """The words of many messages."""
    return [words(t) for t in texts]
