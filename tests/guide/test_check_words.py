"""The pack of gentler wordings: complete, refused with a reason where it is not, and in the voice of Ebbtide."""

from __future__ import annotations

import re

import pytest

from ebbtide.errors import PackInvalid
from ebbtide.guide.check.pack import HELP, LOOKED_FOR, Entry, packaged_words, read_pack
from ebbtide.guide.check.topics import NONE, TOPICS, names_a_day, topic
from ebbtide.guide.pack import packaged
from ebbtide.reading.safety import SHOWN
from tests.reading.wording import forbidden, reading_grade, restraint

PACK = packaged_words()
FILLED = {"name": "Sam", "Name": "Sam", "day": "Friday", **SHOWN}
BOTH = [(voice, label) for voice, labels in LOOKED_FOR.items() for label in labels]

ENTRY = """
[[rewrite]]
id = "made.{label}.{voice}"
label = "{label}"
voices = ["{voice}"]
when = ["none"]
why = "This says it of {{name}}."
source = "A made-up source"
grade = "clinical"
"""
GOOD = (
    "[topics]\n"
    + "".join(f'{name} = ["{name}"]\n' for name in TOPICS)
    + "".join(
        ENTRY.format(voice=voice, label=label) + ("" if label in HELP else 'rewrites = ["One.", "Two, on {day}."]\n')
        for voice, label in BOTH
    )
)


def texts(entry: Entry) -> list[str]:
    return [t.format(**FILLED) for t in (entry.why, *entry.rewrites)]


@pytest.mark.parametrize("entry", PACK.entries, ids=lambda e: e.id)
class TestEachEntry:
    def test_it_blames_nobody_diagnoses_nobody_and_knows_no_gender(self, entry: Entry) -> None:
        assert [forbidden(t) for t in texts(entry) if forbidden(t)] == []
        assert not re.search(r"[!\"']", " ".join(texts(entry)))
        assert not re.search(
            r"\b(?:must|should|always|never|you make me|validate\w*|boundar\w*)\b", " ".join(texts(entry))
        )

    def test_it_is_short_and_easy(self, entry: Entry) -> None:
        for text in (entry.why.format(**{**FILLED, "look": "", "urgent": ""}), *texts(entry)[1:]):
            assert reading_grade(text) <= 8
            assert len(text.split()) <= 45

    def test_a_wording_says_how_it_is_and_ends_on_what_is_asked_or_offered(self, entry: Entry) -> None:
        for words in texts(entry)[1:]:
            assert re.search(r"\b(?:I|I’m|I’d|I’ve|me|my|us)\b", words)
            assert len(re.findall(r"[.?](?:\s|$)", words)) in (2, 3, 4)

    def test_help_is_never_reworded_and_asks_for_no_restraint(self, entry: Entry) -> None:
        assert len(entry.rewrites) == (0 if entry.label in HELP else 2)
        if entry.label in HELP:
            assert restraint(texts(entry)[0]) == []
            assert ".org" in texts(entry)[0] or ".com" in texts(entry)[0]

    def test_only_what_has_a_study_is_graded_by_one(self, entry: Entry) -> None:
        assert bool(re.search(r"\b20\d\d\b", entry.source)) is (entry.grade in ("supported", "mixed", "weak"))

    def test_a_reason_is_one_sentence_but_beside_signs_of_harm(self, entry: Entry) -> None:
        assert entry.label in HELP or len(re.findall(r"[.?](?:\s|$)", entry.why)) == 1

    def test_a_wording_makes_up_nothing_that_may_not_have_been(self, entry: Entry) -> None:
        for words in texts(entry)[1:]:
            assert not re.search(
                r"\b(?:[Yy]esterday|[Tt]oday a|a lot of messages|I came home|Something happened)\b", words
            )

    def test_behind_a_threat_stands_a_limit_for_oneself(self, entry: Entry) -> None:
        if entry.label == "ultimatum":
            first = texts(entry)[1]
            assert re.search(r"I can’t|I’ll|I will|I need|more than I", first)


def test_who_withdraws_and_blames_is_not_told_to_complain() -> None:
    entry = PACK.entry("criticism", "withdrawing", NONE)
    assert entry.voices == ("withdrawing",)
    assert all(re.search(r"hear", words) for words in entry.rewrites)


def test_every_move_has_an_entry_for_any_topic_and_every_entry_is_used() -> None:
    used = {PACK.entry(label, voice, t).id for voice, label in BOTH for t in (*TOPICS, NONE)}
    assert used == {e.id for e in PACK.entries}


def test_no_wording_is_given_twice() -> None:
    given = [words for e in PACK.entries for words in e.rewrites]
    assert len(set(given)) == len(given)


def test_the_pack_is_no_advice() -> None:
    assert not {e.id for e in packaged()} & {e.id for e in PACK.entries}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("why don’t you ever reply", "silence"),
        ("You’ve left me on read since noon", "silence"),
        ("you FORGOT my birthday", "forgot"),
        ("you were late again", "late"),
        ("you lied to me about her", "trust"),
        ("you cancelled the weekend trip", "plans"),
        ("don't shout at me", "tone"),
        ("the dishes are still there", "chores"),
        ("always with your mates", "others"),
        ("on your phone again", "screens"),
        ("stop nagging, you're so clingy", "pressure"),
        ("you forgot to reply and you ignored me", "silence"),
        ("I like you", "none"),
        ("a message came", "none"),
    ],
)
def test_topics_are_found_by_their_words(text: str, about: str) -> None:
    assert topic(PACK.topics, text) == about


def test_the_part_comes_before_the_whole_draft() -> None:
    assert topic(PACK.topics, "the dishes", "you never reply or answer. the dishes") == "chores"
    assert topic(PACK.topics, "you are like that", "the dishes. you are like that") == "chores"


@pytest.mark.parametrize(
    "text", ["on Friday", "Tmrw", "at 8", "by 5pm", "in two days", "an hour", "next week", "tonight"]
)
def test_a_day_is_found(text: str) -> None:
    assert names_a_day(f"I need space, {text}")


@pytest.mark.parametrize(
    "text",
    [
        "I need space",
        "a few days",
        "some time",
        "for a while",
        "I sat down",
        "may be",
        "I had enough today",
        "on at me since this morning",
        "one evening without it",
        "not tonight",
    ],
)
def test_no_day_is_none(text: str) -> None:
    assert not names_a_day(text)


def test_a_good_pack_is_read() -> None:
    assert len(read_pack(GOOD, "made.toml").entries) == len(BOTH)


@pytest.mark.parametrize(
    ("change", "to", "what"),
    [
        ('silence = ["silence"]', "", "The topics are not those known."),
        ('silence = ["silence"]', "silence = 3", "The pack cannot be read."),
        ("[topics]", "[topics", "The pack cannot be read."),
        ('label = "pursuit"', 'label = "sulking"', "label has no sulking."),
        ('voices = ["waiting"]', 'voices = ["shouting"]', "voices has no shouting."),
        ('when = ["none"]', 'when = ["weather"]', "when has no weather."),
        ('grade = "clinical"', 'grade = "certain"', "grade has no certain."),
        ('source = "A made-up source"', "", "source is missing or empty."),
        ('source = "A made-up source"', 'source = "x"\ncolour = "blue"', "There is no field colour."),
        ("of {name}", "of {star_sign}", "Nothing fills {star_sign} there."),
        ("of {name}", "of {name", "A field cannot be read."),
        ("on {day}", "on {name}", "Nothing fills {name} there."),
        ('"One.", ', "", "The number of rewrites is not right."),
        ('rewrites = ["One.", "Two, on {day}."]', "", "The number of rewrites is not right."),
        ('id = "made.pursuit.waiting"', 'id = "made.demand.waiting"', "The id made.demand.waiting is used twice."),
        ('label = "pursuit"', 'label = "demand"', "The place demand, waiting, none is used twice."),
        (
            'label = "deflection"\nvoices = ["withdrawing"]',
            'label = "deflection"\nvoices = ["waiting"]',
            "There is no entry for ",
        ),
    ],
)
def test_each_mistake_is_named_with_its_place(change: str, to: str, what: str) -> None:
    assert change in GOOD
    with pytest.raises(PackInvalid) as refused:
        read_pack(GOOD.replace(change, to, 1), "made.toml")
    assert refused.value.what.startswith(what)
    assert refused.value.where is not None
    assert refused.value.where.startswith("made.toml")
    assert refused.value.try_
