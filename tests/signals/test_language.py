"""Words that the rules cannot read are known to be unread, so that "nothing found" is not taken for "nothing said"."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from ebbtide.signals.language import FEWEST_SENTENCES, OTHER, language_of, legible
from ebbtide.signals.languages import LanguagePack

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
    assert language_of(texts(*ENGLISH)) == "en"
    assert legible(texts(*ENGLISH, "https://example.org/a/b/c"))


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_not(language: str) -> None:
    assert language_of(texts(*OTHERS[language])) == OTHER
    assert not legible(texts(*OTHERS[language]))


def test_a_few_words_of_english_make_no_english() -> None:
    assert language_of(texts(*OTHERS["es"], *OTHERS["de"], ENGLISH[0])) == OTHER


def test_with_few_sentences_the_language_is_not_guessed() -> None:
    few = pl.Series(OTHERS["es"])
    assert language_of(few) is None
    assert legible(few)


def test_each_is_told_by_its_own_words() -> None:
    """A second pack is all a second language needs; who writes a bit of both is read in what they mostly write."""
    made = [
        LanguagePack(i, i, words, 0.4, Path())
        for i, words in (("de", ("der", "ich", "hast", "wir")), ("en", ("did", "the", "about", "need")))
    ]
    assert language_of(texts(*OTHERS["de"]), made) == "de"
    assert language_of(texts(*ENGLISH), made) == "en"
    assert language_of(texts(*OTHERS["de"], ENGLISH[0]), made) == "de"
    assert language_of(texts(*OTHERS["ja"]), made) == OTHER


def test_without_words_there_is_nothing_to_read() -> None:
    assert not legible(pl.Series([None, ""], dtype=pl.String))
