"""Every rule of every file: what it must hit and what it must not."""

import tomllib

import polars as pl
import pytest

from ebbtide.errors import PackInvalid
from ebbtide.signals.languages import packs
from ebbtide.signals.phrases import Fragments, Rule, labelled, packaged_rules, parse_rules, plain
from ebbtide.signals.words import RULES as RULE_FILES

FILES = (*RULE_FILES, "crisis", "control_threat", "death_wish", "idiom", "complaint")
RULES = [pytest.param(rule, id=f"{name}-{rule.id}") for name in FILES for rule in packaged_rules(name)]

GOOD = """
[[rule]]
id = "hello"
label = "greeting"
pattern = ['hello <who>']
unless = ['hello world again']
why = "A greeting."
hits = ["Hello world", "hello moon", "oh, hello world!"]
misses = ["hello", "world", "hello sun"]
"""
FRAGMENTS = Fragments({"who": "world|moon"})


def met(rule: Rule, *texts: str) -> list[bool]:
    said = pl.DataFrame({"text": texts}).select(plain(pl.col("text")))["literal"]
    return labelled([rule], said)[rule.label].to_list()


@pytest.mark.parametrize("name", FILES)
def test_what_is_taken_as_tried_when_it_is_used_compiles(name: str) -> None:
    for pack in packs():
        fragments = Fragments(tomllib.loads(pack.rules("fragments")))
        assert parse_rules(pack.rules(name), fragments, where=name)


@pytest.mark.parametrize("rule", RULES)
def test_every_hit_hits(rule: Rule) -> None:
    assert [text for text, hit in zip(rule.hits, met(rule, *rule.hits), strict=True) if not hit] == []


@pytest.mark.parametrize("rule", RULES)
def test_every_miss_misses(rule: Rule) -> None:
    assert [text for text, hit in zip(rule.misses, met(rule, *rule.misses), strict=True) if hit] == []


@pytest.mark.parametrize("name", FILES)
def test_a_file_holds_rules_of_its_own_label(name: str) -> None:
    assert {rule.label for rule in packaged_rules(name)} == {name}


def test_every_file_is_read() -> None:
    for pack in packs():
        found = {path.name.removesuffix(".toml") for path in (pack.folder / "rules").iterdir()}
        assert found == {*FILES, "fragments"}


def test_a_good_rule_is_read() -> None:
    (rule,) = parse_rules(GOOD, FRAGMENTS, where="made up")
    assert met(rule, *rule.hits, *rule.misses) == [True] * 3 + [False] * 3


def test_unless_excuses_itself_and_nothing_else() -> None:
    (rule,) = parse_rules(GOOD, FRAGMENTS, where="made up")
    assert met(rule, "hello world again", "hello world again, and hello moon") == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('hits = ["Hello world", "hello moon", "oh, hello world!"]', 'hits = ["Hello world"]', "fewer than 3 hits"),
        ('misses = ["hello", "world", "hello sun"]', 'misses = ["no", "no", "no"]', "fewer than 3 misses"),
        ("'hello <who>'", "'hello (<who>'", "does not compile"),
        ("'hello <who>'", "'hello <whom>'", "no fragment called whom"),
        ("['hello <who>']", "'hello <who>'", "pattern is missing"),
        ("['hello world again']", "[]", "pattern is missing"),
        ('why = "A greeting."', 'why = ""', "no why"),
        ('id = "hello"', "", "no id"),
        ("[[rule]]", "[[rules]]", "no rule in this file"),
        ("[[rule]]", "[[rule", "not TOML"),
    ],
)
def test_a_broken_rule_says_where_and_what(old: str, new: str, says: str) -> None:
    with pytest.raises(PackInvalid, match=says) as caught:
        parse_rules(GOOD.replace(old, new), FRAGMENTS, where="made up")
    assert (caught.value.where or "").startswith("made up")


def test_two_rules_of_one_id_are_refused() -> None:
    with pytest.raises(PackInvalid, match="the id hello"):
        parse_rules(GOOD + GOOD, FRAGMENTS, where="made up")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I need some time, ok?", " # i need some time , ok ? # "),
        ("DON’T  worry…\nreally", " # dont worry . . really # "),
        ("see https://example.org/?q=1 there", " # see there # "),
        ("love you❤️❤️", " # love you ♥ ♥ # "),
        ("at 3%", " # at 3 percent # "),
        ("👍", " #  # "),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    assert pl.DataFrame({"text": [text]}).select(plain(pl.col("text"))).item() == expected
