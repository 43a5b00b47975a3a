"""Words of chat messages."""

from __future__ import annotations

import pytest

from ebbtide.signals.moves.tokens import MOST_GRAMS, MOST_WORDS, grams, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I don’t know", ["i", "don't", "know"]),
        ("SOOOO late!!!", ["soo", "late", "!!!"]),
        ("at 18:40 or 7", ["at", "#", "or", "#"]),
        ("see https://example.org/?q=1 ok", ["see", "link", "ok"]),
        ("ok…", ["ok", "..."]),
        ("❤️❤️", ["❤❤"]),
        ("", ["."]),
        ("   ", ["."]),
    ],
)
def test_one_spelling_for_what_is_typed_in_many(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_a_long_message_is_cut() -> None:
    assert len(words("word " * 500)) == MOST_WORDS


def test_a_word_is_spelled_out_in_few_stable_pieces() -> None:
    assert grams("ok", 100) == grams("ok", 100)
    assert len(grams("incomprehensibilities", 8192)) == MOST_GRAMS
    assert all(0 <= g < 50 for g in grams("hello", 50))
