"""The stories of S20 told again: before other lives, in other words, and by other hands."""

from __future__ import annotations

import pytest

from ebbtide import analysis
from ebbtide.guide.place import place
from ebbtide.reading import situation
from tests.stories.background import OTHER_SEEDS, SEED
from tests.stories.other_hands import OTHER_HANDS, by_other_hands
from tests.stories.other_words import OTHER_WORDS
from tests.stories.stories import STORIES
from tests.stories.test_stories import EXPECTED, NAMES, PARTED, advice_ids, running_kind

#: Kinds that a spell may also be of before another background: beside danger the kind is not shown.
ELSEWHERE = {13: {"mixed"}}


@pytest.mark.parametrize("seed", OTHER_SEEDS)
@pytest.mark.parametrize("number", STORIES)
def test_another_life_around_it_changes_no_story(number: int, seed: int) -> None:
    asked = STORIES[number](NAMES, False, seed)
    read, expected = analysis.read(asked.talk, asked.now), EXPECTED["export"][number]
    assert situation(read) in expected.situations
    assert running_kind(read) in {*expected.kinds, *ELSEWHERE.get(number, ())}
    assert read.safety.level in expected.safety
    told = advice_ids(read)
    assert told[0] in expected.first
    # Where the life around it shows give and take that is one-sided, advice on that may take the other place.
    assert expected.among is None or {expected.among, "onesided.record"} & set(told)
    assert (place(read) == "parted") is (number in PARTED)


#: What is to be found in the stories told in other words, and what is to be said.
IN_OTHER_WORDS: dict[str, tuple[set[str], str]] = {
    "2": ({"said_space"}, "waiting.processing.keep"),
    "5": ({"outside_cause"}, "waiting.processing.offer"),
    "7": ({"outside_cause", "said_space", "apology_repeated"}, "worsens.apology.reason"),
    "16": ({"parting_named"}, "parted.named"),
    "19": ({"give_and_take"}, "onesided.record"),
    "22": ({"parting_named"}, "parted.truce"),
    "5+6": ({"outside_cause", "reaching_more"}, ""),
    "22+5": ({"parting_named"}, "parted.truce"),
}


@pytest.mark.parametrize("which", OTHER_WORDS)
def test_other_words_for_the_same_find_the_same(which: str) -> None:
    asked = OTHER_WORDS[which](NAMES, False, SEED)
    read = analysis.read(asked.talk, asked.now)
    keys, among = IN_OTHER_WORDS[which]
    assert keys <= {f.key for f in read.findings}
    assert not among or among in advice_ids(read)
    assert read.safety.level == "none"


#: What is to be found in stories by other hands, how urgent help is, and what is to be said.
BY_OTHER_HANDS: dict[str, tuple[set[str], str, str]] = {
    "02-by-the-lake": ({"said_space"}, "none", "waiting.processing.keep"),
    "10-start-without-me": (set(), "none", "waiting.home.ask"),
    "13-in-the-barn": (set(), "urgent", "safety.urgent.now"),
    "13-can-u-have-the-cat": (set(), "urgent", "safety.urgent.ring"),
    "15-in-the-lymph": (set(), "none", "waiting.home.heard"),
    "16-single-man": ({"parting_named"}, "none", "parted.grief"),
    "17-till-the-end-of-the-month": ({"day_named", "said_space"}, "none", "named.day.past.long"),
    "21-papers-first": (set(), "none", ""),
}


@pytest.mark.parametrize("which", OTHER_HANDS)
def test_other_hands_are_understood(which: str) -> None:
    asked = by_other_hands(which, NAMES)
    read = analysis.read(asked.talk, asked.now)
    keys, level, among = BY_OTHER_HANDS[which]
    found = {f.key for f in read.findings}
    assert keys <= found
    assert ("parting_named" in found) is ("parting_named" in keys)
    assert read.safety.level == level
    assert not among or among in advice_ids(read)
