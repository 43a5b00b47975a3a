"""The guide without a reading: every topic in both voices, words that harm nobody, and times that add up."""

from __future__ import annotations

import re

import pytest

from ebbtide.errors import PackInvalid
from ebbtide.guide import packaged
from ebbtide.guide.browse import BLANKS, Text, packaged_guide, read_guide
from tests.guide.test_words import GROUP, NOT_SAID
from tests.reading.wording import forbidden, reading_grade

GUIDE = packaged_guide()
OWN = [text for text in GUIDE.texts.values() if text.id.startswith("guide.")]
TOPICS = ("settling", "saying", "returning", "repair", "enough", "where")
GOOD = """
[[topic]]
id = "made_up"
title = "Made up"
what = "One thing."
shows = ["guide.made_up", "settle.phone"]

[[text]]
id = "guide.made_up"
voices = ["waiting"]
title = "Sit"
text = "Sit down."
source = "A made-up source"
grade = "clinical"
rounds = 2
steps = [{ say = "Sit.", seconds = 30 }]
"""


def whole(text: Text) -> str:
    return " ".join([f"{text.title}.", text.text, text.caution or "", *(step.say for step in text.steps)])


def test_the_topics_are_those_promised() -> None:
    assert tuple(topic.id for topic in GUIDE.topics) == TOPICS


@pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
@pytest.mark.parametrize("topic", GUIDE.topics, ids=lambda t: t.id)
def test_every_topic_has_something_for_both_and_nothing_of_the_other(topic, voice) -> None:  # type: ignore[no-untyped-def]
    texts = GUIDE.of(topic.shows, voice)
    assert len(texts) >= 3
    assert all(voice in text.voices for text in texts)
    assert len({text.title for text in texts}) == len(texts)


def test_coming_back_differs_by_side() -> None:
    topic = GUIDE.topic("returning")
    assert topic
    waiting, withdrawing = (
        {t.id for t in GUIDE.of(topic.shows, v)}
        for v in ("waiting", "withdrawing")  # type: ignore[arg-type]
    )
    assert "return.welcome" in waiting - withdrawing
    assert "return.parts" in withdrawing - waiting


def test_every_text_of_its_own_is_shown_somewhere() -> None:
    from ebbtide.guide.where import packaged_where

    shown = {id_ for topic in GUIDE.topics for id_ in topic.shows}
    shown |= {id_ for problem in packaged_where().problems for id_ in problem.shows}
    assert {text.id for text in OWN} - shown == set()


@pytest.mark.parametrize("text", OWN, ids=lambda t: t.id)
class TestEachText:
    def test_it_diagnoses_nobody_and_knows_no_gender(self, text: Text) -> None:
        assert forbidden(whole(text).replace(GROUP, "group")) == []
        assert not re.search(rf"\b(?:{NOT_SAID})\b", whole(text), re.IGNORECASE)

    def test_it_reads_below_ninth_grade(self, text: Text) -> None:
        assert reading_grade(text.text) <= 9
        assert all(reading_grade(step.say) <= 9 for step in text.steps)

    def test_it_is_short(self, text: Text) -> None:
        assert len(text.title.split()) <= 9
        assert not text.title.endswith(".")
        assert len(text.text.split()) <= 55
        assert all(len(step.say.split()) <= 20 for step in text.steps)

    def test_it_sets_its_quotes_as_people_print_them_and_names_no_day(self, text: Text) -> None:
        assert not re.search(r"[\"']|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", whole(text))
        assert whole(text).count("“") == whole(text).count("”")

    def test_only_what_has_a_study_is_graded_by_one(self, text: Text) -> None:
        assert bool(re.search(r"\b(?:19|20)\d\d\b", text.source)) is (text.grade in ("supported", "mixed", "weak"))


@pytest.mark.parametrize(
    ("short", "minutes", "steps"),
    [("senses", 2, 5), ("box", 4, 4), ("journal", 8, 4), ("urge", 10, 5), ("move", 20, 3), ("repair", 60, 5)],
)
def test_the_exercises_take_as_long_as_they_say(short: str, minutes: int, steps: int) -> None:
    text = GUIDE.texts[f"guide.{short}"]
    assert (text.short, text.seconds, len(text.steps)) == (short, 60 * minutes, steps)


def test_the_square_has_four_sides_of_four() -> None:
    assert [step.seconds for step in GUIDE.texts["guide.box"].steps] == [4, 4, 4, 4]


def test_the_senses_come_five_to_one_and_the_questions_are_four() -> None:
    numbers = [step.say.split()[0] for step in GUIDE.texts["guide.senses"].steps]
    assert numbers == ["Five", "Four", "Three", "Two", "One"]
    assert all(step.say.endswith("?") for step in GUIDE.texts["guide.journal"].steps)


def test_the_repair_talk_warns_of_fear_before_its_steps() -> None:
    topic = GUIDE.topic("repair")
    assert topic
    first, second = GUIDE.of(topic.shows, None)[:2]
    assert "help line first" in first.text
    assert second.steps


def test_entries_of_the_packs_are_shown_with_blanks_and_not_copied() -> None:
    entries = {entry.id: entry for entry in packaged()}
    shown = GUIDE.texts["say.before"]
    assert "I will write on [day]." in shown.text
    assert shown.source == entries["say.before"].source
    assert all("{" not in f"{text.title}{text.text}{text.caution}" for text in GUIDE.texts.values())
    assert {e.id for e in packaged() if not e.slots <= set(BLANKS)} & set(GUIDE.texts) == set()
    assert {text.text for text in OWN} & {entry.text for entry in packaged()} == set()


@pytest.mark.parametrize(
    ("change", "to", "what"),
    [
        ('"settle.phone"', '"settle.nothing"', "There is no text settle.nothing"),
        ('"settle.phone"', '"settle.load"', "There is no text settle.load"),
        ('"waiting"', '"shouting"', "cannot be read"),
        ('grade = "clinical"', 'grade = "certain"', "cannot be read"),
        ("seconds = 30", "seconds = 0", "takes no time"),
        ("rounds = 2", "rounds = 0", "takes no time"),
        ('id = "guide.made_up"\nvoices', 'id = "settle.phone"\nvoices', "is used twice"),
        ("[[topic]]", "[[topic", "cannot be read"),
    ],
)
def test_each_mistake_is_named(change: str, to: str, what: str) -> None:
    assert read_guide(GOOD, "made.toml").texts["guide.made_up"].seconds == 60
    assert change in GOOD
    with pytest.raises(PackInvalid, match=what):
        read_guide(GOOD.replace(change, to), "made.toml")
