"""The sixth story beside its figures: the check of one more such message, and the loop of two who go on like that."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import polars as pl
import pytest

from ebbtide import analysis
from ebbtide.conversation import EVENT_SCHEMA, Conversation, with_event_ids
from ebbtide.guide.check import check
from ebbtide.reading import CANNOT_TELL, Reading
from ebbtide.simulator import make_couple
from tests.reading.wording import forbidden
from tests.stories.background import SEED, Told, moment
from tests.stories.stories import STORIES

NAMES = ("Anna", "Tom")
#: A couple of the kind that reaches, in whose record one direction of the loop can be told.
REACHING = 5


@cache
def thirty() -> Told:
    return STORIES[6](NAMES, False, SEED)


def flagged(draft: str) -> dict[str, str]:
    """What is flagged in a draft written at the end of the story, and why."""
    return {f.label: f.why for f in check(draft, talk=thirty().talk, now=thirty().now)}


@pytest.mark.parametrize(
    "draft",
    [
        "Why are you ignoring me? Answer me now",
        "You owe me an answer. Talk to me today",
        "are you there?? please just answer me",
        "If you don't write back tonight I'm done waiting. Tell me what is going on",
    ],
)
def test_one_more_such_message_is_stopped_and_its_place_is_told(draft: str) -> None:
    found = flagged(draft)
    assert found
    assert any("answer" in why for why in found.values())


@pytest.mark.parametrize("draft", ["I will leave it for now. I am here when you want to talk", "Good night, Tom"])
def test_a_line_that_asks_for_nothing_is_not_called_blame_or_a_threat(draft: str) -> None:
    assert set(flagged(draft)) <= {"pressing", "pursuit", "count", "flood"}


@cache
def going_on_like_that() -> Reading:
    """Months of two who reach and pull back, with the days of the story at their end."""
    asked = thirty()
    columns = [name for name in EVENT_SCHEMA if name != "id"]
    couple = make_couple(REACHING, kind="reaching").conversation
    first = moment(-5, 0)
    late: timedelta = first - couple.events["at"].max()  # type: ignore[operator]
    # Whole days, so that the hours of the day stay as they are.
    before = couple.events.with_columns(
        pl.col("at") + timedelta(days=late.days), pl.col("person").replace({"a": "b", "b": "a"})
    )
    own = asked.talk.events.filter(pl.col("at") >= first)
    both = pl.concat([before.select(columns), own.select(columns)]).sort("at", maintain_order=True)
    events = with_event_ids(both).select(*EVENT_SCHEMA)
    covered = ((events["at"].min(), asked.now),)
    talk = Conversation(events, asked.talk.people, asked.talk.tz, "given", covered, me=asked.talk.me)
    return analysis.read(talk, asked.now)


def test_the_loop_is_told_in_the_direction_in_which_it_runs() -> None:
    loop = going_on_like_that().loop
    assert loop is not None
    whole = loop.periods[0]
    reaching = whole.reaching_then_slower["a→b"]
    assert reaching.says != CANNOT_TELL
    assert reaching.low < reaching.effect < reaching.high < 0
    assert forbidden(reaching.says) == []


def test_beside_a_loop_the_first_step_is_to_stop_and_to_send_one_line_later() -> None:
    read = going_on_like_that()
    first = read.advice[0]
    assert first.id == "waiting.unusual.stop"
    assert "reaching_more" in {f.key for f in read.findings}
