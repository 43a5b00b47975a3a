"""How words are spelt: slips of the typing hand, what stands behind an apostrophe, and words as an id."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from ebbtide.selfreport.intake import CUT, LONGEST_ID

#: What is short for two words. Without its apostrophe it would be another word: “hell”, “shell”, “ill”, “were”.
SHORT_FOR = ((re.compile(r"(?<=[a-z])[’']ll\b"), " will"), (re.compile(r"(?<=[a-z])[’']re\b"), " are"))
WILL = SHORT_FOR[:1]
#: A word that says that something is not so.
NOT = re.compile(r"^(?:no|not|never)$|n[’']?t$")
#: Fewer letters than that fit by chance.
SHORTEST_WORDS = 4
#: From so many letters on a word is known with a letter too many, too few or wrong.
SHORTEST_SLIP = 6
#: How much alike two words are at least, of which one is the other misspelt.
ALIKE = 0.75
VOWELS = frozenset("aeiou")
#: What looks like a slip and is a word of its own.
OTHER_WORDS = frozenset(
    {
        "wanting",
        "wasting",
        "quite",
        "separate",
        "spilt",
        "trail",
        "diary",
        "angle",
        "from",
        "untied",
        "marred",
        "three",
        "fright",
        "flight",
    }
)


def as_id(typed: str, longest: int | None = LONGEST_ID) -> str:
    """Somebody's own words as an id; letters lose their accents, and other scripts are not taken.

    Of words that are too many the first are kept, and the id ends in CUT.
    """
    words = re.sub(r"['’]", "", written_out(typed.casefold(), WILL))
    letters = unicodedata.normalize("NFKD", words)
    plain_ones = "".join(c for c in letters if not unicodedata.combining(c))
    id_ = re.sub(r"[^a-z0-9]+", "_", plain_ones).strip("_")
    if longest is None or len(id_) <= longest:
        return id_
    # No word is cut in two, where it is not the only one.
    return (id_[:longest].rpartition("_")[0] or id_[: longest - 1]).strip("_") + CUT


def written_out(words: str, short: Iterable[tuple[re.Pattern[str], str]] = SHORT_FOR) -> str:
    """Words with those in full that are short for two."""
    for pattern, full in short:
        words = pattern.sub(full, words)
    return words


def plainly(typed: str, known: Iterable[str] = ()) -> str:
    """What was typed in small letters, without apostrophes and with slips mended towards words that are known."""
    words = re.sub(r"['’]", "", written_out(typed.casefold()))
    return re.sub(r"[a-z]+", lambda word: mended(word[0], known), re.sub(r"\s+", " ", words)).strip(" .!?,")


def mended(word: str, known: Iterable[str]) -> str:
    """A word without its slip, where exactly one that is known is meant."""
    known = frozenset(known)
    if word in known or word in OTHER_WORDS or len(word) < SHORTEST_WORDS:
        return word
    meant = [right for right in known if is_slip(word, right)]
    return meant[0] if len(meant) == 1 else word


def is_slip(typed: str, right: str) -> bool:
    """Whether one letter is missing, too many or the wrong vowel, or two are swapped; the first letter is right."""
    if typed[0] != right[0] or abs(len(typed) - len(right)) > 1:
        return False
    if len(typed) == len(right):
        return is_swapped(typed, right) or (len(right) >= SHORTEST_SLIP and is_other_vowel(typed, right))
    longer, shorter = sorted((typed, right), key=len, reverse=True)
    one_less = any(longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer) - 1))
    # Another ending makes another word.
    return len(right) >= SHORTEST_SLIP and typed[-1] == right[-1] and one_less


def is_swapped(typed: str, right: str) -> bool:
    """Whether two letters beside one another changed places."""
    at = [i for i, (a, b) in enumerate(zip(typed, right, strict=True)) if a != b]
    return len(at) == 2 and at[1] == at[0] + 1 and typed[at[0]] == right[at[1]] and typed[at[1]] == right[at[0]]


def is_other_vowel(typed: str, right: str) -> bool:
    """Whether one vowel stands for another, and all else is the same."""
    unlike = [(a, b) for a, b in zip(typed, right, strict=True) if a != b]
    return len(unlike) == 1 and set(unlike[0]) <= VOWELS


def is_alike(typed: str, said: str) -> bool:
    """Whether a word may be another one misspelt: a first letter is seldom wrong."""
    return typed[0] == said[0] and SequenceMatcher(None, typed, said).ratio() >= ALIKE


def all_alike(words: Sequence[str], said: Sequence[str]) -> bool:
    """Whether words are the same, one by one, but for their spelling and no “not”; at least one is of some length."""
    return (
        len(words) == len(said)
        and [bool(NOT.search(w)) for w in words] == [bool(NOT.search(w)) for w in said]
        and max(map(len, words), default=0) >= SHORTEST_WORDS
        and not OTHER_WORDS.intersection(words)
        and all(is_alike(a, b) for a, b in zip(words, said, strict=True))
    )
