"""Language: whether somebody writes in the language that the rules can read.

Where they do not, that nothing was found says nothing, and must not be told as if it did.
"""

from __future__ import annotations

import polars as pl

#: Words most English sentences have and the languages around it hardly use.
FREQUENT = (
    "the and that this these there they you your my his her she what when where which who how with from have has had "
    "been was were will would could should can can't don't didn't it's i'm i'll i've you're we're that's just but not "
    "about out all get got going know think want need love did does it if we then than some today tomorrow tonight"
)
#: Too much in other languages, however frequent: German, Dutch, Danish, Norwegian, French, Spanish, Italian, Polish.
SHARED = ("was", "had", "has", "her", "when", "we", "can", "all", "hat", "get", "does")
#: Messages of this many bytes are sentences rather than "ok" or "haha"; addresses do not count.
SENTENCE_BYTES = 15
#: With fewer sentences than this nothing is said about the language.
FEWEST_SENTENCES = 20
#: English chats reach 0.7 and more, others stay under 0.1; between them are people who write both.
ENGLISH_FROM = 0.4

WORDS = [w for w in FREQUENT.split() if w not in SHARED]
PATTERN = rf"(?i)\b(?:{'|'.join(WORDS)})\b"
ADDRESS = r"https?://\S+"


def in_english(texts: pl.Series) -> bool | None:
    """Whether most of these texts are English; None with too few sentences to tell."""
    plain = texts.drop_nulls().str.replace_all("’", "'", literal=True).str.replace_all(ADDRESS, "")
    sentences = plain.filter(plain.str.strip_chars().str.len_bytes() >= SENTENCE_BYTES)
    if sentences.len() < FEWEST_SENTENCES:
        return None
    return bool(sentences.str.contains(PATTERN).mean() >= ENGLISH_FROM)  # type: ignore[operator]


def legible(texts: pl.Series) -> bool:
    """Whether there are words, and as far as one can tell in English."""
    return bool((texts.str.len_bytes() > 0).any()) and in_english(texts) is not False
