"""Day or month first, decided from a whole file.

The rule, in order. Each step only speaks where it is certain; the next is asked where it is not.

1. A year in front leaves nothing to decide. What the user asked for holds, if it can be.
2. A number above 12 cannot be a month.
3. Exports run forward in time: an order under which lines jump back by more than a day is wrong.
4. Dots are written only where the day comes first (Unicode CLDR: no short date is month.day.year).
5. When every number is 12 or less, all active days lie in the first twelve days of their months. In the true order
   that happens once per unbroken stretch of days, in the wrong one (day and month swapped) once per day. A stretch of
   L days (broken by more than a week of nobody writing) falls into days 1–12 by chance with probability
   max(13 − L, 1)/30.4. The order whose stretches are together 1000 times likelier is taken.
6. What another export of the same phone has shown holds here too.
7. With too little data for a reading the question is not asked: day first, by default.
8. Otherwise the user is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ebbtide.conversation import ChoiceBy
from ebbtide.errors import AmbiguousDates, ImportFailed

Order = Literal["dmy", "mdy", "ymd"]
Ints = NDArray[np.int64]

BOTH: tuple[Order, Order] = ("dmy", "mdy")

#: Below these a reading says "too little data" whatever the order (contract.md).
ENOUGH_MESSAGES = 40
ENOUGH_DAYS = 14
#: Days of nobody writing that end a stretch (step 5), and the odds the step demands.
BREAK_DAYS = 7
ODDS = 1000.0
DAYS_PER_MONTH = 30.4
#: The share of lines that may be impossible in an order that is otherwise better (a pasted or damaged line).
STRAY = 0.01
YEARS = (1970, 2199)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dates:
    """The three numbers of every date of a file as written, and how they were written."""

    first: Ints
    second: Ints
    third: Ints
    year_first: bool
    separator: str

    def read(self, order: Order) -> tuple[Ints, Ints, Ints]:
        """Year, month, day under an order; years of two digits are of this century."""
        day, month, year = {
            "dmy": (self.first, self.second, self.third),
            "mdy": (self.second, self.first, self.third),
            "ymd": (self.third, self.second, self.first),
        }[order]
        return np.where(year < 100, year + 2000, year), month, day


@dataclass(frozen=True, slots=True)
class DateChoice:
    """The order chosen, and by what."""

    order: Order
    by: ChoiceBy


def decide(dates: Dates, asked: Order | None, guess: Order | None, fewest_messages: int, name: str) -> DateChoice:
    """The order of the numbers in a file's dates.

    `guess` is the order another export of the same phone has shown, taken where both fit. `fewest_messages` is the
    number of messages of the quieter of the two who wrote most. Raises `AmbiguousDates` where both orders fit,
    `ImportFailed` where none does or the one asked for cannot be.
    """
    if dates.year_first:
        return DateChoice("ymd", "evidence")
    if asked is not None:
        return _as_asked(dates, asked, name)
    order = _by_possible(dates, name) or _by_time(dates) or _by_separator(dates) or _by_stretches(dates) or guess
    if order is not None:
        return DateChoice(order, "evidence")
    same = bool(np.array_equal(dates.first, dates.second))
    if same or fewest_messages < ENOUGH_MESSAGES or max(_span(dates, "dmy"), _span(dates, "mdy")) < ENOUGH_DAYS:
        return DateChoice("dmy", "default")
    raise _ambiguous(dates, name)


def day_number(year: Ints, month: Ints, day: Ints) -> Ints:
    """Days since 1 January 1970; meaningless where `possible` is false."""
    months = (year - 1970) * 12 + month - 1
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + day - 1


def possible(year: Ints, month: Ints, day: Ints) -> NDArray[np.bool_]:
    """Whether each date exists and lies in years a chat can be from."""
    sane = (month >= 1) & (month <= 12) & (day >= 1) & (year >= YEARS[0]) & (year <= YEARS[1])
    y, m = np.where(sane, year, 2000), np.where(sane, month, 1)
    first = np.ones_like(y)
    length = day_number(y, m + 1, first) - day_number(y, m, first)
    return np.asarray(sane & (day <= length), dtype=np.bool_)


def _impossible(dates: Dates, order: Order) -> Ints:
    return np.flatnonzero(~possible(*dates.read(order)))


def _as_asked(dates: Dates, asked: Order, name: str) -> DateChoice:
    wrong = len(_impossible(dates, asked))
    if wrong > STRAY * len(dates.first):
        raise ImportFailed(
            f"Read as asked, {wrong} of the {len(dates.first)} dates in this export do not exist.",
            where=f"{name}, --dates {asked}",
            try_="Leave --dates out, or use the other order.",
        )
    return DateChoice(asked, "asked")


def _by_possible(dates: Dates, name: str) -> Order | None:
    wrong = {order: len(_impossible(dates, order)) for order in BOTH}
    if not any(wrong.values()):
        return None
    if _clean(dates, "ymd") and not _clean(dates, "dmy") and not _clean(dates, "mdy"):
        return "ymd"
    best: Order = "dmy" if wrong["dmy"] <= wrong["mdy"] else "mdy"
    if wrong[best] > STRAY * len(dates.first):
        raise ImportFailed(
            f"The dates of this export cannot be read: {wrong[best]} of {len(dates.first)} do not exist in any order.",
            where=name,
            try_="Export the chat again with the phone set to the Gregorian calendar.",
        )
    return best if wrong["dmy"] != wrong["mdy"] else None


def _clean(dates: Dates, order: Order) -> bool:
    return len(_impossible(dates, order)) == 0 and _backward(dates, order) == 0


def _backward(dates: Dates, order: Order) -> int:
    """How often the file jumps back by more than a day under an order."""
    year, month, day = dates.read(order)
    days = day_number(year, month, day)[possible(year, month, day)]
    return int(np.count_nonzero(np.diff(days) < -1))


def _by_time(dates: Dates) -> Order | None:
    back = {order: _backward(dates, order) for order in BOTH}
    better: Order = "dmy" if back["dmy"] < back["mdy"] else "mdy"
    worse: Order = "mdy" if better == "dmy" else "dmy"
    return better if back[worse] > 5 * back[better] else None


def _by_separator(dates: Dates) -> Order | None:
    return "dmy" if dates.separator == "." else None


def _by_stretches(dates: Dates) -> Order | None:
    chance = {order: _stretch_chance(dates, order) for order in BOTH}
    if abs(chance["dmy"] - chance["mdy"]) < np.log(ODDS):
        return None
    return "dmy" if chance["dmy"] > chance["mdy"] else "mdy"


def _stretch_chance(dates: Dates, order: Order) -> float:
    """Log of the chance that all stretches of days fall into the first twelve days of a month."""
    days = np.unique(day_number(*dates.read(order)))
    breaks = np.flatnonzero(np.diff(days) > BREAK_DAYS)
    starts = np.concatenate((days[:1], days[breaks + 1]))
    ends = np.concatenate((days[breaks], days[-1:]))
    room = np.maximum(13 - (ends - starts + 1), 1)
    return float(np.sum(np.log(room / DAYS_PER_MONTH)))


def _span(dates: Dates, order: Order) -> int:
    days = day_number(*dates.read(order))
    return int(days.max() - days.min()) + 1 if len(days) else 0


def _ambiguous(dates: Dates, name: str) -> AmbiguousDates:
    i = int(np.argmax(dates.first != dates.second))
    a, b = int(dates.first[i]), int(dates.second[i])
    year = int(dates.read("dmy")[0][i])
    written = dates.separator.join(str(int(part[i])) for part in (dates.first, dates.second, dates.third))
    return AmbiguousDates(
        f"Every date in this export can be read two ways: {written} is {a} {MONTHS[b - 1]} {year} with the day first, "
        f"{b} {MONTHS[a - 1]} {year} with the month first.",
        where=name,
        try_="Say which it is: --dates dmy (day first) or --dates mdy (month first).",
    )
