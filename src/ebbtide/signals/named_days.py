"""Named days: the day a message speaks of, from its words and the day on which it was written."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import polars as pl

from ebbtide.signals.languages import packs
from ebbtide.signals.languages.pack import Days
from ebbtide.signals.phrases import Rule, blanked, met, packaged_rules, plain

SATURDAY, SUNDAY, WEEK = 5, 6, timedelta(days=7)
STOP = re.compile(r" [.?!] ")
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)?")


def day_named(text: str, written: date, promise: str = "will_write") -> date | None:
    """The coming day a message names by a rule of this label: to be in touch, or "will_meet".

    The words of the rule count before the rest of its sentence, and that before the rest of the message. Of several
    days for being in touch it is the last, by which a word is due; for meeting there has to be one.
    """
    said: str = pl.select(plain(pl.lit(text))).item()
    sentences = pl.Series([f" # {part.strip(' #')} # " for part in STOP.split(said)])
    rules = packaged_rules(promise)
    rows = met(rules, sentences)
    inside = {
        day
        for rule, found in zip(rules, rows, strict=True)
        for sentence in blanked(rule.unless, sentences.gather(found))
        for day in promised(rule, sentence, written)
    }
    # "I need 3 weeks. I'll call on the 8th": a date that is said counts before one that is reckoned.
    said_outright = {day for _, day in outright(said.split(), written)}
    inside = inside & said_outright or inside
    if inside:
        return max(inside) if promise == "will_write" or len(inside) == 1 else None
    for parts in (sentences.gather(sorted({row for found in rows for row in found})), sentences):
        named = {day for _, day in days_of(" . ".join(parts).split(), written)}
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def words_of(text: str) -> list[str]:
    """The `plain` words of a message."""
    said: str = pl.select(plain(pl.lit(text))).item()
    return said.split()


def every_day(text: str, written: date) -> set[date]:
    """Every coming day a message names, whatever for."""
    return {day for _, day in days_of(words_of(text), written)}


def first_day(text: str, written: date) -> date | None:
    """The first coming day a message names as a beginning ("from the 14th"), and not as an end ("until Friday")."""
    words, ends = words_of(text), {word for pack in packs() for word in pack.days.until}
    days = [day for i, day in days_of(words, written) if not ends & {*words[max(i - 3, 0) : i]}]
    return min(days, default=None)


def last_day(text: str, written: date) -> date | None:
    """The day named as an end ("until Friday", "Friday I am back"), or so long after its first ("ten days").

    What fills one named day ends with it ("tomorrow, all day").
    """
    words, ends = words_of(text), {word for pack in packs() for word in pack.days.until}
    named = outright(words, written)
    if over := {day for i, day in named if ends & {*words[max(i - 3, 0) : i]}} | back_on(words, written):
        return max(over)
    lasts = [length for pack in packs() for length in lengths(words, pack.days)]
    first = min((day for _, day in named), default=written)
    if not lasts and {day for _, day in named} == {first}:
        said = f" {' '.join(words)} "
        return first if any(f" {phrase} " in said for pack in packs() for phrase in pack.days.through) else None
    return first + max(lasts) if lasts else None


def day_back(text: str, written: date) -> date | None:
    """The day a message names for being back ("home on Friday", "Friday I am there again")."""
    return max(back_on(words_of(text), written), default=None)


def back_on(words: list[str], written: date) -> set[date]:
    """The coming days that stand shortly after or before a word of being back."""
    back = {word for pack in packs() for word in pack.days.back}
    return {day for i, day in outright(words, written) if back & {*words[max(i - 3, 0) : i], *words[i + 1 : i + 6]}}


def lengths(words: list[str], days: Days) -> Iterator[timedelta]:
    """How long words say that something lasts: "ten days", "two weeks"."""
    number_of, unit = placed(days.numbers, 1), dict.fromkeys(days.span, 1) | dict.fromkeys(days.span_of_weeks, 7)
    for before, word in pairwise(words):
        if word in unit and before in number_of:
            yield timedelta(days=number_of[before] * unit[word])


def promised(rule: Rule, sentence: str, written: date) -> Iterator[date]:
    """The days named where a rule is met in a `plain` sentence, and those joined to one by "or"."""
    words = sentence.split()
    named, either = days_of(words, written), {word for pack in packs() for word in pack.days.either}
    for pattern in rule.patterns:
        for stretch in pl.Series([sentence]).str.extract_all(pattern.regex)[0]:
            first = sentence[: sentence.index(stretch) + 1].count(" ") - 1
            here = range(first, first + len(stretch.split()))
            for place in (i for i, _ in named if i in here):
                yield from (day for i, day in named if i == place or either & {*words[min(i, place) : max(i, place)]})


def days_of(words: list[str], written: date) -> list[tuple[int, date]]:
    """Every coming day these words name, in any language, with its place among them."""
    return sorted({found for pack in packs() for found in days_in(words, written, pack.days)})


def outright(words: list[str], written: date) -> list[tuple[int, date]]:
    """The coming days that are named by their date or weekday, and not by how long until then."""
    spans = {word for pack in packs() for word in (*pack.days.span, *pack.days.span_of_weeks)}
    return [(i, day) for i, day in days_of(words, written) if words[i] not in spans]


def days_in(words: list[str], written: date, days: Days) -> Iterator[tuple[int, date]]:
    """Every coming day these words name, on the day they were written, with the place of the word."""
    weekday = placed(days.weekdays, 0) | placed(days.short_weekdays, 0)
    month, number_of = placed(days.months, 1), placed(days.numbers, 1)
    clear = placed(days.weekdays, 0)
    unit = dict.fromkeys(days.span, 1) | dict.fromkeys(days.span_of_weeks, 7)
    yield from ends_in(words, written, days)
    for i, word in enumerate(words):
        before = words[max(i - 2, 0) : i]
        if word in days.tomorrow:
            yield i, written + timedelta(days=2 if set(before[-1:]) & set(days.after) else 1)
        elif word in days.weekend:
            monday = written + timedelta(days=7 - written.weekday())
            yield i, monday if set(before) & set(days.after) else monday - timedelta(days=1)
        elif word in unit and len(before) == 2 and before[0] in days.within and before[1] in number_of:
            yield i, written + timedelta(days=number_of[before[1]] * unit[word])
        elif word in clear or is_short_day(words, i, days):
            # "Sunday the 8th" is one day, and not the Sunday before it.
            near = (d for n in range(max(i - 2, 0), i + 3) for d in dated(words, n, month, written))
            if any(d.weekday() == weekday[word] for d in near):
                continue
            day = written + timedelta(days=(weekday[word] - written.weekday() - 1) % 7 + 1)
            # "Next Friday" is not the one of this week.
            this_week = day - timedelta(days=day.weekday()) <= written
            yield i, day + WEEK if this_week and {*before, *words[i + 1 : i + 2]} & set(days.next) else day
        else:
            yield from ((i, day) for day in dated(words, i, month, written))


def ends_in(words: list[str], written: date, days: Days) -> Iterator[tuple[int, date]]:
    """The last day of each week or month whose end is named, with the place where its words begin."""
    month = placed(days.months, 1)
    for i in range(len(words)):
        rest = " ".join(words[i : i + 5]) + " "
        if rest.startswith(tuple(f"{said} " for said in days.week_end)):
            yield i, written + timedelta(days=(SUNDAY - written.weekday() - 1) % 7 + 1)
        elif rest.startswith(tuple(f"{said} " for said in days.month_end)):
            tomorrow = written + timedelta(days=1)
            yield i, last_of(tomorrow.year, tomorrow.month)
        elif said := next((said for said in days.end_of if rest.startswith(f"{said} ")), ""):
            named = next((month[w] for w in rest.removeprefix(f"{said} ").split()[:1] if w in month), None)
            if named is not None:
                yield i, last_of(written.year + (named < written.month), named)


def last_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def is_short_day(words: list[str], i: int, days: Days) -> bool:
    """Whether a word that is also something else ("sat") is a day here: "see you sat", "on sat then", "sun at 3"."""
    after = words[i + 1 : i + 3]
    timed = after[:1] == ["at"] and "".join(after[1:]).isdigit()
    short = words[i] in placed(days.short_weekdays, 0) and bool(set(words[max(i - 1, 0) : i]) & set(days.before_short))
    return short and (timed or not after or after[0] in days.after_short)


def dated(words: list[str], i: int, month: dict[str, int], written: date) -> Iterator[date]:
    """The coming day that a number among the words is the date of: "the 8th", "8 June"."""
    number = ORDINAL.fullmatch(words[i]) if i < len(words) else None
    if number is None:
        return
    named = next((month[w] for w in (*words[i + 1 : i + 3], *words[max(i - 1, 0) : i]) if w in month), None)
    if named is not None or not words[i].isdigit():
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
