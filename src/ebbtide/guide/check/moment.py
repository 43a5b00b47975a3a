"""The moment a draft is written in: what a conversation says of the last messages, and what follows for the draft."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.conversation import Conversation
from ebbtide.errors import BadSetting
from ebbtide.guide.check.distance import apart, apologies, longer_than_usual, says_no
from ebbtide.guide.check.judge import COLUMN, Judge
from ebbtide.guide.check.spans import During
from ebbtide.reading.phrases import WEEKDAYS, coming, in_words
from ebbtide.reading.phrases import times as often
from ebbtide.signals.moves import Message
from ebbtide.signals.moves.talk import messages, written
from ebbtide.signals.named_days import day_named, every_day

Array = NDArray[Any]

#: A wish for room counts for so many days, unless so many messages of the same person came after it: who writes that
#: much is back.
ROOM_DAYS, BACK_AFTER = 14, 24
#: Messages with words that are looked at; beyond them the other has long been back, or never was.
LATEST = 600
#: Own messages less than an hour apart are one turn, as in the reading.
TURN = timedelta(hours=1)
#: From so many turns without an answer, or messages over more than an hour, another one presses.
PRESSING_TURNS, PRESSING_MESSAGES, PRESSING_HOURS = 2, 4, 1.0
#: One more line of whatever kind is too many from so many messages on, where they were sent in so many turns and the
#: other's last is so many hours ago: a few over an evening, or over two days.
MANY_SENT, MANY_TURNS = 3, ((3, 3.0), (2, 12.0))
#: The sorry that comes after so many without an answer asks for one.
SORRIES = 2
#: From so many earlier messages it is said which one this would be.
COUNTED_FROM = 2
#: Kinds that people call a message.
SENT = ("text", "media", "voice")
#: What of the other's opens up about the two or about themselves, and what asks for more than a word.
OPENING = ("us_talk", "disclosure")
ASKING = ("open_question", *OPENING, "pursuit")
#: That an answer to it may say what to do: whoever opened up and asks for no advice wants to be heard first.
ADVICE = re.compile(
    r"\?|\b(?:(?:what|how|where|who) (?:to|do|should|can|could|would)|should i|ideas?|tips?|advi[cs]e|help)\b"
)
#: How far ahead the day lies that a line about needing room may name.
DAYS_AHEAD = 3

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Moment:
    """What comes before a draft. Without a conversation all is unknown.

    `place` is the draft's place without its words; `turns` and `sent` count own turns and messages since the other last
    wrote, `hours` since then; `heard` the other's last messages and `heard_days` how many local days ago they came;
    `replying` whether the last of them is the last of all. `room_days` (how many days ago room was asked for), `until`
    (the day then named for being back in touch), `more_asked` (whether the last message asks for more than a word) and
    `opened` (whether it opens up) are known once they have been judged. `apart`:
    the other is at a distance, or only just back; `sorries`: own requests to be forgiven since the other last wrote;
    `overdue`: the other usually writes sooner than this.
    """

    name: str | None = None
    today: date | None = None
    place: Message = field(default_factory=lambda: Message(""))
    turns: int = 0
    sent: int = 0
    hours: float | None = None
    heard: tuple[Message, ...] = ()
    heard_days: tuple[int, ...] = ()
    replying: bool = False
    room_days: int | None = None
    until: date | None = None
    more_asked: bool = False
    opened: bool = False
    apart: bool = False
    sorries: int = 0
    overdue: bool = False

    @property
    def holds(self) -> frozenset[During]:
        """What rules that are for a moment may count on."""
        many = self.sent >= MANY_SENT and any(self.turns >= n and (self.hours or 0.0) >= h for n, h in MANY_TURNS)
        true: dict[During, bool] = {
            "distance": self.apart or self.room_days is not None,
            "apologised": self.sorries >= SORRIES,
            "unanswered": many and self.overdue,
            "opened": self.opened,
            "unasked": self.opened and not any(ADVICE.search(m.text.lower()) for m in self.heard[-2:]),
            "room": self.room_days is not None,
        }
        return frozenset(name for name, so in true.items() if so)

    @property
    def known(self) -> bool:
        """Whether anything is known to come before."""
        return self.place.prev is not None

    @property
    def pressing(self) -> bool:
        """Whether anything that asks for an answer would press: room was asked for, or much is unanswered."""
        flood = self.sent >= PRESSING_MESSAGES and (self.hours or 0.0) >= PRESSING_HOURS
        return self.room_days is not None or self.turns >= PRESSING_TURNS or flood

    def keeps_to(self, text: str) -> bool:
        """Whether a text names a day, and none before the one on which the other means to be back in touch."""
        if self.until is None or self.today is None:
            return False
        days = every_day(text, self.today)
        return bool(days) and min(days) >= self.until

    @property
    def day(self) -> str:
        """A weekday a few days ahead."""
        return "Friday" if self.today is None else WEEKDAYS[(self.today + timedelta(days=DAYS_AHEAD)).weekday()]


def moment(talk: Conversation | None, now: datetime | None) -> Moment:
    """The moment at `now` (aware, else in the zone of the conversation; by default the end of the record).

    Raises `NotTwoPeople`, and `BadSetting` where it is not known which of the two is writing.
    """
    if talk is None:
        return Moment(today=None if now is None else now.date())
    mine, other = writer(talk)
    zone = ZoneInfo(talk.tz)
    end = talk.coverage[-1][1] if now is None else now
    at = (end if end.tzinfo else end.replace(tzinfo=zone)).astimezone(UTC)
    name, today = talk.name(other), at.astimezone(zone).date()
    lately = talk.messages.filter(pl.col("at") <= at)
    return following(answered(Moment(name, today), lately, mine, at), lately, mine, at, zone)


def writer(talk: Conversation) -> tuple[str, str]:
    """The ids of the one who writes the draft and of the other."""
    people = [p.id for p in talk.require_two().people]
    if talk.me is None:
        names = " and ".join(p.name for p in talk.people)
        raise BadSetting(
            "It is not known which of the two writes this.", where=f"people found: {names}", try_="Say it: --me NAME."
        )
    return talk.me, next(p for p in people if p != talk.me)


def answered(at: Moment, lately: pl.DataFrame, mine: str, now: datetime) -> Moment:
    """The moment with what was written since the other's last message."""
    last = lately.filter(pl.col("person") != mine)["at"].max()
    since = lately if last is None else lately.filter(pl.col("at") > last)
    own = since.filter(pl.col("person") == mine)
    turns = int((own["at"].diff().fill_null(TURN) >= TURN).sum())
    hours = (now - last).total_seconds() / 3600 if isinstance(last, datetime) else None
    theirs, ours = (lately.filter((pl.col("person") == mine) == own)["at"] for own in (False, True))
    return replace(
        at,
        turns=turns,
        sent=own.filter(pl.col("kind").is_in(SENT)).height,
        hours=hours,
        apart=apart(theirs, ours, now),
        sorries=apologies(own["text"]),
        overdue=longer_than_usual(theirs, now),
    )


def following(at: Moment, lately: pl.DataFrame, mine: str, now: datetime, zone: ZoneInfo) -> Moment:
    """The moment with the place of the draft, and the other's last messages, each in its place."""
    said = written(lately).tail(LATEST)
    if said.is_empty() or at.today is None:
        return at
    people, times, spoken = said["person"].to_list(), said["at"].to_list(), messages(said)
    days = [(at.today - t.astimezone(zone).date()).days for t in times]
    theirs = [i for i, person in enumerate(people) if person != mine and days[i] <= ROOM_DAYS][-BACK_AFTER:]
    replying = people[-1] != mine
    if replying and not theirs:
        theirs = [len(people) - 1]
    run = 0 if replying else spoken[-1].unanswered + 1
    return replace(
        at,
        place=Message("", spoken[-1].text, not replying, (now - times[-1]).total_seconds() / 60, run),
        heard=tuple(spoken[i] for i in theirs),
        heard_days=tuple(days[i] for i in theirs),
        replying=replying,
    )


def judged(at: Moment, found: Array, judge: Judge) -> Moment:
    """The moment with what the other's last messages say; `found` (n, heads) is row by row with `heard`."""
    if not at.heard:
        return at
    clear = found[:, COLUMN["space_request"]] >= judge.clear["space_request"]
    clear |= np.array(says_no([m.text for m in at.heard]))
    room = [days for days, asked in zip(at.heard_days, clear, strict=True) if asked and days <= ROOM_DAYS]
    asking = "?" in at.heard[-1].text or any(found[-1, COLUMN[m]] >= judge.possible[m] for m in ASKING)
    # "Can we talk about us?" is often followed by one more line.
    opening = any((found[-2:, COLUMN[m]] >= judge.possible[m]).any() for m in OPENING)
    named = back_by(at, room[-1]) if room else None
    # Who named a day has had the room they asked for once it is there.
    over = named is not None and at.today is not None and named < at.today
    return replace(
        at,
        room_days=room[-1] if room and not over else None,
        until=None if over else named,
        more_asked=at.replying and asking,
        opened=at.replying and opening,
    )


def back_by(at: Moment, room_days: int) -> date | None:
    """The last day the other named for being back in touch, on the day they asked for room or since."""
    if at.today is None:
        return None
    since = [(m.text, ago) for m, ago in zip(at.heard, at.heard_days, strict=True) if ago <= room_days]
    days = [day_named(text, at.today - timedelta(days=ago)) for text, ago in since]
    return max((day for day in days if day is not None), default=None)


def said_of(at: Moment, label: str) -> str:
    """What the moment adds to the reason of a move that asks for an answer; empty for others and where nothing does."""
    if label not in AGAIN or at.name is None:
        return ""
    return " ".join(part for part in (room_words(at, label), count_words(at)) if part)


#: What a draft does with a wish for room, by move.
AGAIN = {"pursuit": "this asks again", "demand": "this presses for an answer", "ultimatum": "this sets a limit to it"}


def room_words(at: Moment, label: str) -> str:
    """That room was asked for, and when."""
    if at.room_days is None:
        return ""
    when = ("today", "yesterday")[at.room_days] if at.room_days < 2 else f"{in_words(at.room_days)} days ago"
    until = "" if at.until is None else f" and named {coming(at.until, at.today or at.until)}"
    return f"{at.name} asked for room {when}{until}; {AGAIN[label]}."


def count_words(at: Moment) -> str:
    """Which message this would be since the other last wrote, where that is more than a second thought."""
    if at.hours is None or at.sent < COUNTED_FROM or not at.pressing:
        return ""
    if at.turns != at.sent:
        # The reading counts turns: both numbers, so that neither seems wrong.
        return f"You have written {often(at.turns)} since {at.name}’s last answer, in {in_words(at.sent)} messages."
    if at.sent < len(ORDINALS):
        return f"This would be the {ORDINALS[at.sent]} message since {at.name}’s last answer."
    return f"You have written {at.sent} times since {at.name}’s last answer."
