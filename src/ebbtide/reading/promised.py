"""What is still open: a day that was named for being in touch or for meeting, and a question that was asked last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from ebbtide.reading.phrases import calendar_day, coming, large, message_of, on_coming, on_day
from ebbtide.reading.present import Present, named, present
from ebbtide.reading.types import Finding, Reading
from ebbtide.signals.named_days import day_named, every_day

#: Named in the days before a spell, or in one; without a spell, among the last messages.
BEFORE, LAST_MESSAGES = timedelta(days=2), 4
#: A day that was named so long before, and is still to come at the last word, counts too.
NAMED_BEFORE = timedelta(days=40)
#: A day to meet that is still ahead counts from so long before.
PROPOSED_BEFORE = timedelta(days=14)
#: A day that is so far off is named for a quiet until then; in so many days one sign is still quiet.
FAR_OFF_DAYS = 4
#: Whether a proposed day suits is answered within so long, in the first few messages.
ANSWERED_WITHIN, FIRST_ANSWERS = timedelta(hours=48), 2
#: A day that is so long past is told no more.
PAST_DAYS = 14
#: For so long a plain question waits for its answer.
WAITS_FOR = timedelta(days=4)
#: A greeting is not unanswered before so long.
GREETED_FOR = timedelta(days=1)
#: Before so long nobody is quiet, and no question lies open.
QUIET_FROM = timedelta(hours=12)


def of_named_day(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The last day the one in question named for being in touch: still ahead, past without a word of theirs, or kept.

    `said` are the marked messages (build.py).
    """
    now = present(reading)
    said = said.filter(pl.col("person") == now.who)
    near = set(lately(said, now)["id"])
    recent = said.filter(pl.col("will_write") & (pl.col("id").is_in(list(near)) | (pl.col("ago") <= NAMED_BEFORE)))
    for row in recent.reverse().iter_rows(named=True):
        day = day_named(row["text"], row["day"])
        # "Let us meet on Sunday, at the lake, and talk": that is a day to meet (`of_meeting`).
        if day is None or (row["will_meet"] and day_named(row["text"], row["day"], "will_meet") == day):
            continue
        quiet = quiet_until(said, row["day"], day, now.today)
        # Of what was named long before only a day counts that no word has reached, or that ended a quiet.
        if row["id"] not in near and said["day"][-1] >= day and not quiet:
            continue
        back = now.back is not None and now.back.episode.start <= day
        if (back or quiet) and said.filter(pl.col("day") == day).height:
            kept = f"{named(reading, now.who).first} named {coming(day, now.today)} for being in touch, and wrote then."
            yield Finding("day_kept", now.who, kept, evidence=(row["id"],))
            return
        # Whoever has written on that day has kept it, and one who is about to be silent is not silent yet.
        if said["day"][-1] < day and (now.today - day).days <= PAST_DAYS and row["day"] < now.today:
            told = words(reading, now, row["day"], day)
            yield Finding("day_named", now.who, told, {"ahead_days": float((day - now.today).days)}, (row["id"],))
        return


def quiet_until(said: pl.DataFrame, written: date, day: date, today: date) -> bool:
    """Whether someone who named a day some way off wrote next to nothing before it, and it passed lately.

    Where both keep to a break that was agreed, nothing else tells of it afterwards.
    """
    ahead = (day - written).days
    between = said.filter(pl.col("day").is_between(written, day, closed="none"))
    return ahead >= FAR_OFF_DAYS and 0 <= (today - day).days <= PAST_DAYS and between.height <= ahead // FAR_OFF_DAYS


def lately(said: pl.DataFrame, now: Present) -> pl.DataFrame:
    """The messages in which a day still counts: those of a spell and just before it, and the last few."""
    near = pl.int_range(pl.len()) >= said.height - LAST_MESSAGES
    if now.spell is not None:
        near |= pl.col("day") >= now.spell.episode.start - BEFORE
    return said.filter(near)


def of_meeting(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """The last day that either of the two named for meeting, in a spell or among the last messages: ahead, or past.

    A day the other turned down, or left open, is none.
    """
    now, off = present(reading), set[date]()
    near, calls = set(lately(said, now)["id"]), days_to_call(said, now)
    recent = said.filter(pl.col("will_meet") & (pl.col("id").is_in(list(near)) | (pl.col("ago") <= PROPOSED_BEFORE)))
    for row in recent.reverse().iter_rows(named=True):
        day = day_named(row["text"], row["day"], "will_meet")
        if day is None or row["day"] >= now.today or day in off or (row["id"] not in near and day < now.today):
            continue
        if not agreed(said, row, day):
            off.add(day)
            continue
        # "Sunday is fine", said of a call.
        if day in calls and row["at"] > calls[day]:
            return
        message = message_of(named(reading, row["person"]), on_day(row["day"], now.today))
        ahead = {"ahead_days": float((day - now.today).days)}
        if day >= now.today:
            told = f"{message} speaks of meeting {on_coming(day, now.today)}."
            yield Finding("meeting_named", row["person"], told, ahead, (row["id"],))
        elif left_standing(said, now, day):
            who = named(reading, now.who)
            two = "you" if reading.reader else "the two"
            silent = (
                f"{who} {who.verb('has', 'have')} not written from that day on. Messages cannot tell whether {two} met."
            )
            told = f"{message} spoke of meeting {on_coming(day, now.today)}; {silent}"
            yield Finding("meeting_past", row["person"], told, ahead, (row["id"],))
        return


def days_to_call(said: pl.DataFrame, now: Present) -> dict[date, datetime]:
    """The days the one in question named of late for being in touch and not for meeting, and when each was named."""
    promised = said.filter(
        (pl.col("person") == now.who) & pl.col("will_write") & ~pl.col("will_meet") & (pl.col("ago") <= NAMED_BEFORE)
    )
    days = ((day_named(text, day), at) for text, day, at in promised.select("text", "day", "at").rows())
    return {day: at for day, at in days if day is not None}


def agreed(said: pl.DataFrame, proposed: Mapping[str, Any], day: date) -> bool:
    """Whether a day that one proposed was not turned down by the other, nor by the same person since.

    What is asked has to be answered; what is said stands.
    """
    since = said.filter(pl.col("at") > proposed["at"])
    theirs = since.filter(pl.col("person") != proposed["person"])
    answers = theirs.filter(pl.col("at") <= proposed["at"] + ANSWERED_WITHIN).head(FIRST_ANSWERS)
    taken_back = since.filter(pl.col("declined") & (pl.col("person") == proposed["person"]))
    if answers["declined"].any() or any(day in every_day(t, d) for t, d in taken_back.select("text", "day").rows()):
        return False
    return not (proposed["question"] and answers.is_empty())


def left_standing(said: pl.DataFrame, now: Present, day: date) -> bool:
    """Whether a day to meet passed lately, on which and after which the other wrote and the one in question did not."""
    since = said.filter(pl.col("day") >= day)["person"].unique().to_list()
    return (now.today - day).days <= PAST_DAYS and since == [now.partner]


def of_question(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """A question that waits: of the one in question, as the last words of all, and then the quiet is not theirs.

    Or one of the other's that the one in question has not answered, unless it presses.
    """
    last, now = said.row(-1, named=True), present(reading)
    own = said.filter(pl.col("person") == now.who)["at"]
    since = said if own.is_empty() else said.filter(pl.col("at") > own[-1])
    # Nobody is told to answer for money before all else.
    plain = pl.col("question") & ~pl.col("pressing") & ~pl.col("sharp") & ~pl.col("asks_money")
    asks = since.filter(plain & (pl.col("ago") <= WAITS_FOR))
    for row in asks.tail(1).iter_rows(named=True):
        told = f"A question of {named(reading, now.partner).theirs} waits, asked {on_day(row['day'], now.today)}."
        yield Finding("question_waits", now.partner, told, evidence=(row["id"],))
    if last["question"] and last["person"] == now.who and last["ago"] >= QUIET_FROM:
        told = f"The last words are a question of {named(reading, now.who).whose}."
        yield Finding("asked_last", now.who, told, evidence=(last["id"],))


def of_greeting(said: pl.DataFrame, reading: Reading) -> Iterator[Finding]:
    """A birthday of the one in question inside their silence, that the other greeted and that no word has come for."""
    now = present(reading)
    own = said.filter(pl.col("person") == now.who)["at"]
    since = said if own.is_empty() else said.filter(pl.col("at") > own[-1])
    due = pl.col("birthday") & (pl.col("person") == now.partner) & (pl.col("ago") >= GREETED_FOR)
    for row in since.filter(due).tail(1).iter_rows(named=True):
        who, partner = named(reading, now.who), named(reading, now.partner)
        told = (
            f"{partner.first} wrote for {who.whose} birthday {on_day(row['day'], now.today)}; no word has come since."
        )
        yield Finding("greeted", now.who, told, evidence=(row["id"],))


def words(reading: Reading, now: Present, told: date, day: date) -> str:
    """The day in a sentence."""
    who, far = named(reading, now.who), abs((day - told).days) >= 7
    on = f"on {calendar_day(told)}" if far else on_day(told, now.today)
    since = "" if day >= now.today else "; no word has come since"
    return f"{large(on)} {who} wrote of being in touch {on_coming(day, now.today)}{since}."
