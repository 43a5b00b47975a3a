"""The check with the learned moves: plain cases of each kind, silence on ordinary words, and wordings that pass it."""

from __future__ import annotations

import pytest

from ebbtide.guide.check import check, readable
from ebbtide.guide.check.pack import packaged_words


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("are you ignoring me", "pursuit"),
        ("are you mad at me? please just say something", "pursuit"),
        ("talk to me now", "demand"),
        ("You owe me an answer.", "demand"),
        ("Tell me by Sunday or I'm moving out", "ultimatum"),
        ("if you don’t answer by tonight we’re done", "ultimatum"),
        ("you are such a coward, hiding like a little boy", "contempt"),
        ("you always do this. what is wrong with you", "criticism"),
        ("it's not my fault, you started it", "defensiveness"),
        ("If you break up with me I'll post those pictures", "control_threat"),
        ("I can't do this, I just want it all to stop. I've got the pills here", "crisis"),
        ("I don't want to live anymore", "crisis"),
    ],
)
def test_plain_cases_are_found(text: str, label: str) -> None:
    assert label in [f.label for f in check(text)]


ORDINARY = """
Morning love, did you sleep ok?
can you pick up nappies on the way home
Running ten minutes late, sorry!
Thank you for sorting the car, you're a star
I loved last night. thinking of you
no worries, take your time, I'm here when you're ready
I'm sorry I snapped at you earlier. I was tired and it wasn't fair.
I felt a bit lonely this week and would love an evening with you
miss you loads, counting the days
this traffic is killing me
lol you idiot, I love you
Could we talk on Sunday? Nothing bad, I just want to hear how you are.
call me when you're free, it's about the boiler
haven't heard from the landlord yet, have you?
I was sad you left early but I get it
""".strip().splitlines()


@pytest.mark.parametrize("text", ORDINARY)
def test_it_is_silent_on_ordinary_and_warm_words(text: str) -> None:
    assert check(text) == []
    assert check(text, voice="withdrawing") == []


@pytest.mark.parametrize("entry", packaged_words().entries, ids=lambda e: e.id)
def test_no_wording_that_is_offered_would_be_flagged_itself(entry) -> None:  # type: ignore[no-untyped-def]
    for words in entry.rewrites:
        for voice in entry.voices:
            assert check(words.format(day="Friday"), voice=voice) == []


def test_languages_it_cannot_read_are_told_from_english_in_a_hurry() -> None:
    assert readable("why r u ignorin me babe plz anser")
    assert not readable("Warum antwortest du mir nicht")
    assert not readable("pourquoi tu ne me réponds pas")
