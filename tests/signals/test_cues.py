"""Strings without which a pattern cannot be met."""

import polars as pl
import pytest

from ebbtide.signals.cues import NONE, NOTHING, commonness, demands
from ebbtide.signals.phrases import blanked, met, packaged_rules, plain
from ebbtide.signals.words import RULES as RULE_FILES

FRAGMENTS = {"place": (frozenset({"kitchen", "garden"}), NONE), "filler": NOTHING}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("alone", {"alone"}),
        ("home|alone", {"home", "alone"}),
        ("kill(?:ing|s)?", {"kill"}),
        ("(?:just )?leave me", {"leave me"}),
        ("(?:really |so ){0,3}quiet", {"quiet"}),
        ("colou?r", {"colo"}),
        ("hello+ there", {"hello"}),
        ("in the <place>", {"kitchen", "garden"}),
        ("<filler>\\w+", set()),
        ("alone|\\w+", set()),
        ("[a-z]+ alone", {" alone"}),
        (" \\?", {" ?"}),
        ("a(?:b|c)?", {"a"}),
    ],
)
def test_cues_of_a_pattern(pattern: str, expected: set[str]) -> None:
    assert demands(pattern, FRAGMENTS.__getitem__)[0] == expected


def test_common_words_and_short_strings_rule_out_little() -> None:
    assert commonness(frozenset({"you"})) > commonness(frozenset({"dissertation", "funeral"}))
    assert commonness(NONE) > 1


def test_cues_lose_nothing() -> None:
    rules = packaged_rules(*RULE_FILES, "crisis", "control_threat", "idiom")
    said = [text for rule in rules for text in (*rule.hits, *rule.misses)]
    text = pl.DataFrame({"text": said}).select(plain(pl.col("text")))["literal"]
    for rule, rows in zip(rules, met(rules, text), strict=True):
        everywhere = blanked(rule.unless, text).to_frame("text")
        fits = pl.any_horizontal(pl.col("text").str.contains(pattern.regex) for pattern in rule.patterns)
        assert sorted(rows.to_list()) == everywhere.select(fits).to_series().arg_true().to_list(), rule.id
