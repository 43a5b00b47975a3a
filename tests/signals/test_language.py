"""Words that the rules cannot read are known to be unread, so that "nothing found" is not taken for "nothing said"."""

from __future__ import annotations

import polars as pl
import pytest

from ebbtide.signals.language import FEWEST_SENTENCES, in_english, legible

ENGLISH = ("did you sleep well", "what about dinner later", "the bus is late again", "I need some time for myself")
OTHERS = {
    "de": ("hast du gut geschlafen", "was essen wir heute Abend", "der Bus ist zu spät", "ich brauche Zeit für mich"),
    "es": ("¿has dormido bien hoy?", "¿qué cenamos esta noche?", "el autobús llega tarde", "necesito estar solo"),
    "fr": ("tu as bien dormi cette nuit", "on mange quoi ce soir", "le bus est en retard", "j’ai besoin de temps"),
    "nl": ("heb je goed geslapen", "wat eten we vanavond dan", "de bus is weer te laat", "ik heb tijd voor mij nodig"),
    "ja": ("よく眠れましたか", "晩ごはんは何にしますか", "バスがまた遅れています", "少し時間がほしいです"),
}


def texts(*sentences: str) -> pl.Series:
    return pl.Series([*sentences * FEWEST_SENTENCES, *["ok", "haha", None] * 99], dtype=pl.String)


def test_english_is_english_whatever_else_is_sent() -> None:
    assert in_english(texts(*ENGLISH)) is True
    assert legible(texts(*ENGLISH, "https://example.org/a/b/c"))


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_not(language: str) -> None:
    assert in_english(texts(*OTHERS[language])) is False
    assert not legible(texts(*OTHERS[language]))


def test_a_few_words_of_english_make_no_english() -> None:
    assert in_english(texts(*OTHERS["es"], *OTHERS["de"], ENGLISH[0])) is False


def test_with_few_sentences_the_language_is_not_guessed() -> None:
    few = pl.Series(OTHERS["es"])
    assert in_english(few) is None
    assert legible(few)


def test_without_words_there_is_nothing_to_read() -> None:
    assert not legible(pl.Series([None, ""], dtype=pl.String))
