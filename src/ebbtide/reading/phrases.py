"""Phrases: durations, dates, counts and names as people say them. The same number always gets the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Strength = Literal["almost certainly", "probably", "perhaps", "too early to tell"]

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

#: Shares in words, each used up to the number beside it.
SHARES = (
    (0.05, "hardly at all"),
    (0.15, "about a tenth as often"),
    (0.22, "about a fifth as often"),
    (0.29, "about a quarter as often"),
    (0.42, "about a third as often"),
    (0.58, "about half as often"),
    (0.72, "about two thirds as often"),
    (1.00, "almost as often"),
)

#: Beyond this the record rarely carries the number; the words stop there.
RAREST_ONE_IN = 200


#: How the other is spoken of whose name is not known.
UNNAMED = "your partner"


@dataclass(frozen=True, slots=True)
class Named:
    """A person as sentences speak of them: by name, or as "you" if they are the reader."""

    name: str
    you: bool

    def __str__(self) -> str:
        return "you" if self.you else self.name

    @property
    def first(self) -> str:
        """The person at the beginning of a sentence."""
        return "You" if self.you else self.name[:1].upper() + self.name[1:] if self.name == UNNAMED else self.name

    @property
    def whose(self) -> str:
        """ "your" or "Sam’s"."""
        return "your" if self.you else f"{self.name}’s"

    @property
    def theirs(self) -> str:
        """ "yours" or "Sam’s", after a noun and "of"."""
        return "yours" if self.you else self.whose

    @property
    def first_whose(self) -> str:
        """ "Your" or "Sam’s", at the beginning of a sentence."""
        return "Your" if self.you else f"{self.first}’s"

    def verb(self, third: str, second: str) -> str:
        """The form of a verb that goes with this person."""
        return second if self.you else third


def both(one: Named, other: Named) -> str:
    """The two of them at the beginning of a sentence: "You and Sam", or "Jo and Sam" if neither is the reader."""
    first, second = sorted((one, other), key=lambda who: (not who.you, who.name.casefold()))
    return f"{first.first} and {second}"


def lasting(hours: float) -> str:
    """A duration as people say it: "40 minutes", "31 hours", "2 and a half days", "5 days", "2 weeks"."""
    if hours < 1:
        return counted(max(1, round(hours * 60)), "minute")
    if hours < 47.5:
        return "an hour" if hours < 1.5 else f"{int(hours + 0.5)} hours"
    days = hours / 24
    # Three days are where a spell begins to count, so that none is rounded up to them.
    if 2.75 <= days < 3:
        return "nearly 3 days"
    if days < 4 and 0.25 <= days % 1 < 0.75:
        return f"{int(days)} and a half days"
    return lasting_days(int(days + 0.5))


DAYS_A_MONTH = 30.4
#: From so many days on a number of them is rarely said in weeks, and from so many on neither in days.
IN_WEEKS, IN_MONTHS, IN_YEARS = 14, 66, 720


def lasting_days(days: int) -> str:
    """A number of days as people say it: "5 days", "2 weeks", "31 days", "5 weeks", "3 months", "2 years".

    Up to two months no day is lost: only whole weeks are weeks, so that what stands together can be compared.
    """
    if days < IN_MONTHS:
        return f"{days // 7} weeks" if days >= IN_WEEKS and days % 7 == 0 else counted(days, "day")
    return f"{int(days / DAYS_A_MONTH + 0.5)} months" if days < IN_YEARS else f"{int(days / 365.25 + 0.5)} years"


#: From here on a length that was told is in rounder words.
EXACT_DAYS = 100
#: Told days that lie so near a number of whole months, from one on, are said in months.
NEAR_A_MONTH = 0.6


def told_days(days: float) -> str:
    """A length as it was told: "5 days", "2 weeks", "a month", "2 months", "31 days"."""
    whole, months = round(days), round(days / DAYS_A_MONTH)
    if months and whole < IN_YEARS and abs(days - months * DAYS_A_MONTH) <= NEAR_A_MONTH:
        return "a month" if months == 1 else f"{months} months"
    return lasting_days(whole) if whole % 7 == 0 or whole >= EXACT_DAYS else counted(whole, "day")


def roughly(days: float) -> str:
    """About so many days, at least one, to stand after "about" or before "ago": from three weeks on in whole weeks."""
    whole = max(1, int(days + 0.5))
    return lasting_days(7 * ((whole + 3) // 7) if 21 <= whole < IN_MONTHS else whole)


def counted(n: int, noun: str) -> str:
    """A number with its noun: "1 day", "5 days", "5,738 messages"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def small(words: str) -> str:
    """Words with a small first letter, to stand inside a sentence."""
    return words[:1].lower() + words[1:]


def large(words: str) -> str:
    """Words with a capital first letter, to begin a sentence."""
    return words[:1].upper() + words[1:]


def in_words(n: int) -> str:
    """A small count in words, a larger one in digits."""
    return COUNTS[n] if 0 <= n < len(COUNTS) else f"{n:,}"


def times(n: int) -> str:
    """How often: "once", "twice", "three times", "14 times"."""
    return {1: "once", 2: "twice"}.get(n) or f"{in_words(n)} times"


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{100 * share:.0f}%" if share >= 0.1 else f"{100 * share:.1f}%"


def listed(parts: Sequence[str]) -> str:
    """Parts as a list in a sentence: "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def you_name(things: Sequence[str]) -> str:
    """What somebody named, said back as a sentence; empty where nothing was."""
    return f"You name {listed(things)}." if things else ""


def day_of(day: date, today: date) -> str:
    """A day as one refers to it: "today", "yesterday", "Tuesday", "3 May", "3 May 2024"."""
    ago = (today - day).days
    if ago in (0, 1):
        return ("today", "yesterday")[ago]
    if 1 < ago < 7:
        return WEEKDAYS[day.weekday()]
    return calendar_day(day) if day.year == today.year else dated(day)


def dated(day: date) -> str:
    """A day with its year, where it may be looked at long after: "3 May 2024"."""
    return f"{calendar_day(day)} {day.year}"


def on_day(day: date, today: date) -> str:
    """`day_of` with its preposition: "today", "on Tuesday", "on 3 May"."""
    said = day_of(day, today)
    return said if said in ("today", "yesterday") else f"on {said}"


def coming(day: date, today: date) -> str:
    """A day about now that was named: "today", "tomorrow", "Friday 9 May", "12 May".

    A weekday alone is one of two when it is read on that weekday, or a week later.
    """
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("today", "tomorrow")[ahead]
    return f"{WEEKDAYS[day.weekday()]} {calendar_day(day)}" if abs(ahead) < 7 else calendar_day(day)


def on_coming(day: date, today: date) -> str:
    """`coming` with its preposition: "tomorrow", "on Friday 9 May", "on 12 May"."""
    said = coming(day, today)
    return said if said in ("today", "tomorrow") else f"on {said}"


def message_of(who: Named, day: str) -> str:
    """A message of one of the two as the beginning of a sentence: "A message of Sam’s, on Tuesday,"."""
    return f"A message of {who.theirs}, {day},"


def evening_of(day: date, today: date) -> str:
    """A coming evening: "this evening", "tomorrow evening", "Sunday evening", "the evening of 12 May"."""
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("this evening", "tomorrow evening")[ahead]
    return f"{WEEKDAYS[day.weekday()]} evening" if 1 < ahead < 7 else f"the evening of {calendar_day(day)}"


def on_evening(day: date, today: date) -> str:
    """`evening_of` with its preposition: "tomorrow evening", "on Sunday evening", "on the evening of 12 May"."""
    said = evening_of(day, today)
    return said if said.startswith(("this", "tomorrow")) else f"on {said}"


def calendar_day(day: date) -> str:
    """ "3 May"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def days_between(first: date, last: date) -> str:
    """A stretch of days: "3 May", "3–9 May", "30 April – 2 May"."""
    if first == last:
        return calendar_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{calendar_day(last)}"
    return f"{calendar_day(first)} – {calendar_day(last)}"


def range_of_days(days: Sequence[int]) -> str:
    """How long several stretches took: "5 days", "2 to 6 days", "5 days to 3 weeks"."""
    low, high = lasting_days(min(days)), lasting_days(max(days))
    if low == high:
        return low
    amount, _, unit = low.partition(" ")
    return f"{amount} to {high}" if high.endswith(unit) else f"{low} to {high}"


def as_often(share: float | None) -> str:
    """A share of the usual: "about a third as often"."""
    if share is None:
        return "less often"
    return next(words for limit, words in SHARES if share <= limit or limit == 1.0)


def one_spell_in(one_in: int) -> str:
    """How rare a quiet spell of this length is, as the end of a sentence about quiet spells, not of distance."""
    if one_in <= 1:
        return "most quiet spells last this long or longer"
    if one_in > RAREST_ONE_IN:
        return f"fewer than 1 quiet spell in {RAREST_ONE_IN} lasts this long"
    return f"about 1 quiet spell in {one_in} lasts this long"


def once_in(days: float) -> str:
    """How often something comes round: "about once a day", "about once in 3 weeks"."""
    if days < 0.7:
        return "more than once a day"
    for low, high, noun in ((0.7, 1.5, "day"), (6.0, 8.5, "week"), (26.0, 36.0, "month")):
        if low <= days < high:
            return f"about once a {noun}"
    return f"about once in {roughly(days)}"


def strength(probability: float | None) -> Strength:
    """The word for how sure something is; the ranges never change. What is told and not measured cannot be told so."""
    if probability is None:
        return "too early to tell"
    if probability >= 0.95:
        return "almost certainly"
    if probability >= 0.75:
        return "probably"
    return "perhaps" if probability >= 0.40 else "too early to tell"
