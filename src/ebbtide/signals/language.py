"""Language: whether somebody writes in a language that can be read (signals/languages).

Where they do not, that nothing was found says nothing, and must not be told as if it did.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from ebbtide.signals.languages import LanguagePack, packs

#: Messages of this many bytes are sentences rather than "ok" or "haha"; addresses do not count.
SENTENCE_BYTES = 15
#: With fewer sentences than this nothing is said about the language.
FEWEST_SENTENCES = 20
ADDRESS = r"https?://\S+"
#: What is written in none of the languages that can be read.
OTHER = "other"


def frequent_word(pack: LanguagePack) -> str:
    """An expression for any of the words a language is known by."""
    return rf"(?i)\b(?:{'|'.join(re.escape(w) for w in pack.frequent)})\b"


def language_of(texts: pl.Series, known: Sequence[LanguagePack] | None = None) -> str | None:
    """The id of the language most of these texts are in, `OTHER` for none that is known, None with too few to tell."""
    plain = texts.drop_nulls().str.replace_all("’", "'", literal=True).str.replace_all(ADDRESS, "")
    sentences = plain.filter(plain.str.strip_chars().str.len_bytes() >= SENTENCE_BYTES)
    if sentences.len() < FEWEST_SENTENCES:
        return None
    share = {p: float(sentences.str.contains(frequent_word(p)).mean()) for p in known or packs()}  # type: ignore[arg-type]
    best = max(share, key=lambda p: share[p])
    return best.id if share[best] >= best.sentence_share else OTHER


def legible(texts: pl.Series) -> bool:
    """Whether there are words, and as far as one can tell in a language that can be read."""
    return bool((texts.str.len_bytes() > 0).any()) and language_of(texts) != OTHER
