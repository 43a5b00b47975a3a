"""Packs of advice: every mistake is refused with its place and what to try."""

from __future__ import annotations

import pytest

from ebbtide.errors import PackInvalid
from ebbtide.guide import packaged, read_pack
from ebbtide.guide.pack import GRADES, together
from ebbtide.guide.place import PLACES

GOOD = """
[[advice]]
id = "made.up"
voices = ["waiting"]
situations = ["usual_quiet"]
when = ["night"]
priority = 10
title = "Sleep"
text = "{name} may be asleep too."
because = ["present_silence"]
source = "A made-up source"
grade = "clinical"
"""


def test_a_good_entry_is_read() -> None:
    (entry,) = read_pack(GOOD, "made.toml")
    assert (entry.id, entry.voices, entry.when, entry.slots) == ("made.up", ("waiting",), ("night",), {"name"})


def test_any_situation_leaves_out_danger_and_an_ending() -> None:
    (entry,) = read_pack(GOOD.replace('"usual_quiet"', '"any", "parted"'), "made.toml")
    assert set(PLACES) - set(entry.situations) == {"safety", "farewell", "unseen"}
    (entry,) = read_pack(GOOD.replace('"usual_quiet"', '"any"'), "made.toml")
    assert set(PLACES) - set(entry.situations) == {"safety", "parted", "farewell", "unseen"}


@pytest.mark.parametrize(
    ("change", "to", "what"),
    [
        ('"usual_quiet"', '"full_moon"', "situations has no full_moon."),
        ('"waiting"', '"shouting"', "voices has no shouting."),
        ('"night"', '"thursday"', "when has no thursday."),
        ('"night"', '"asks.the_stars"', "when has no asks.the_stars."),
        ('"night"', '"stage.friends"', "when has no stage.friends."),
        ('"present_silence"', '"tea_leaves"', "because has no tea_leaves."),
        ('"clinical"', '"certain"', "grade has no certain."),
        ('source = "A made-up source"', "", "source is missing or empty."),
        ('grade = "clinical"', 'grade = ""', "grade is missing or empty."),
        ('because = ["present_silence"]', "because = []", "because is missing or empty."),
        ("{name}", "{star_sign}", "Nothing fills {star_sign}."),
        ("{name}", "{name", "A field cannot be read."),
        ("priority = 10", 'priority = "high"', "A field cannot be read."),
        ('title = "Sleep"', 'title = "Sleep"\ncolour = "blue"', "There is no field colour."),
        ("[[advice]]", "[advice]", "The pack has no list of advice."),
        ('id = "made.up"', 'id = "made.up', "The pack is not TOML."),
    ],
)
def test_each_mistake_is_named_with_its_place(change: str, to: str, what: str) -> None:
    assert change in GOOD
    with pytest.raises(PackInvalid) as refused:
        read_pack(GOOD.replace(change, to), "made.toml")
    assert refused.value.what == what
    assert refused.value.where is not None
    assert refused.value.where.startswith("made.toml")
    assert refused.value.try_


def test_an_id_is_used_once_in_all_packs() -> None:
    with pytest.raises(PackInvalid, match=r"made\.up is used twice"):
        together([read_pack(GOOD, "one.toml"), read_pack(GOOD, "two.toml")])


def test_an_empty_pack_holds_nothing() -> None:
    assert read_pack("", "empty.toml") == ()


def test_the_packs_that_come_with_it_are_read_once() -> None:
    assert packaged() is packaged()
    assert {e.grade for e in packaged()} <= set(GRADES)


@pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
def test_both_voices_have_words_for_every_situation(voice: str) -> None:
    known = {s for e in packaged() if voice in e.voices for s in e.situations}
    assert known == {
        "too_little_data",
        "living_together",
        "safety",
        "usual_quiet",
        "unusual_quiet",
        "processing",
        "concerning",
        "returned",
        "in_touch",
        "record_ended",
        "parted",
        "farewell",
        "unseen",
    }
