"""Named days: the day a message speaks of, from its words and the day on which it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from ebbtide.signals.languages import packs
from ebbtide.signals.languages.pack import Days
from ebbtide.signals.phrases import met, packaged_rules, plain

SATURDAY, SUNDAY, WEEK = 5, 6, timedelta(days=7)
STOP = re.compile(r" [.?!] ")
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)?")


def day_named(text: str, written: date, promise: str = "will_write") -> date | None:
    """The one coming day a message names by a rule of this label: to be in touch, or "will_meet".

    None if it names none, or more than one.
    """
    said: str = pl.select(plain(pl.lit(text))).item()
    # Of several days those count that stand in a sentence which promises.
    sentences = pl.Series([f" # {part.strip(' #')} # " for part in STOP.split(said)])
    promising = sorted({int(row) for rows in met(packaged_rules(promise), sentences) for row in rows})
    for parts in (sentences, sentences[promising]):
        words = " . ".join(parts).split()
        found = {day for pack in packs() for day in days_in(words, written, pack.days)}
        if len(found) == 1:
            return found.pop()
    return None


def days_in(words: list[str], written: date, days: Days) -> Iterator[date]:
    """Every coming day these words name, on the day they were written."""
    weekday, month, number_of = placed(days.weekdays, 0), placed(days.months, 1), placed(days.numbers, 1)
    unit = dict.fromkeys(days.span, 1) | dict.fromkeys(days.span_of_weeks, 7)
    for i, word in enumerate(words):
        before = words[max(i - 2, 0) : i]
        if word in days.tomorrow:
            yield written + timedelta(days=1)
        elif word in days.weekend:
            monday = written + timedelta(days=7 - written.weekday())
            yield monday if set(before) & set(days.after) else monday - timedelta(days=1)
        elif word in unit and len(before) == 2 and before[0] in days.within and before[1] in number_of:
            yield written + timedelta(days=number_of[before[1]] * unit[word])
        elif word in weekday:
            day = written + timedelta(days=(weekday[word] - written.weekday() - 1) % 7 + 1)
            # "Next Friday" is not the one of this week.
            this_week = day - timedelta(days=day.weekday()) <= written
            yield day + WEEK if this_week and {*before, *words[i + 1 : i + 2]} & set(days.next) else day
        elif number := ORDINAL.fullmatch(word):
            named = next((month[w] for w in (*words[i + 1 : i + 3], *before[-1:]) if w in month), None)
            if named is not None or not word.isdigit():
                yield from coming(int(number[1]), named, written)


def placed(spellings: tuple[tuple[str, ...], ...], first: int) -> dict[str, int]:
    """The place of each spelling among such names, counted from `first`."""
    return {spelling: i for i, each in enumerate(spellings, start=first) for spelling in each}


def coming(day: int, month: int | None, written: date) -> Iterator[date]:
    """The next such day of a month after `written`; none if it is long off."""
    for ahead in range(1, 40):
        found = written + timedelta(days=ahead)
        if found.day == day and month in (None, found.month):
            yield found
            return
