"""Danger in somebody's own words: what is heard, and what is near to it and is none."""

from __future__ import annotations

import pytest

from ebbtide.cli.questions import REST, SAFETY, Question
from ebbtide.cli.typed import taken
from ebbtide.selfreport import harm

SAID = next(q for q in REST if q.id == "said")


@pytest.mark.parametrize(
    ("question", "typed", "found"),
    [
        (SAID, "he said everyone would be better off without him", "fears_for_other"),
        (SAID, "the kids would be better off without me", "self_harm"),
        (SAID, "i am better off without him", None),
        (SAID, "everyone says i am better off without him", None),
        (SAID, "my friends think the kids are fine without him", None),
        (SAID, "he gets so angry i hide in the bathroom", "flags"),
        (SAID, "i dont tell him where i go because he goes mad", "flags"),
        (SAID, "he has my bank card", "flags"),
        (SAID, "he has my phone number", None),
        (SAID, "i go mad because he is late", None),
        (SAFETY, "no not really i mean he has never hit me or anything", None),
        (SAFETY, "i am not afraid of him", None),
        (SAFETY, "he has never hit me but he pushed me", "flags"),
        (SAFETY, "he doesnt hit me any more", "flags"),
        (SAFETY, "he doesnt let me go out", "flags"),
    ],
)
def test_danger_is_heard_and_what_is_said_not_to_be_is_not(question: Question, typed: str, found: str | None) -> None:
    safety = taken(question, typed, {"voice": "waiting"}).get("safety", {})
    assert (found in safety) if found else not any(safety.values())


@pytest.mark.parametrize(
    ("deed", "watches"),
    [
        ("made_a_new_account_to_see_his_stories", True),
        ("hired_a_private_detective", True),
        ("made_a_new_profile", False),
        ("made_a_joint_account", False),
    ],
)
def test_getting_round_a_block_is_watching(deed: str, watches: bool) -> None:
    assert (bool(harm.deeds([deed])) and harm.only_watching([deed])) is watches
