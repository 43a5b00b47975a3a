"""Reciprocity: who begins, who asks after whom, who takes up what was opened up, who takes the other's calls (S22).

And who comes back with nothing but something to ask for. Out of the chances there were, of late and before, and each
with an interval. What two people do in person, and whether plans are kept, is in no message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import betaincinv

from ebbtide.signals.moves import HEADS, Moves
from ebbtide.signals.opportunities import turns
from ebbtide.signals.rates import USUAL_DISPERSION, Counted, log_ratio
from ebbtide.signals.said import Said
from ebbtide.signals.stream import DAY, Floats, Ints, Stream
from ebbtide.signals.tally import Marks, per_day

#: Asking how the other is; what opens something up; and what takes it up in warmth.
ASKING = ("open_question",)
OPENING = ("disclosure", "affection")
WARM_ANSWER = ("affection", "appreciation", "reassurance", "disclosure", "open_question")
ANSWER_DAYS = 2.0
#: Fewer starts, askings, openings or calls of both than this tell nothing.
FEWEST = {"starts": 8, "asks": 6, "warmth": 5, "calls": 3, "returns": 3}
#: Who has not written for so long, in days, comes back with the next word.
AWAY_DAYS = 2.0
#: Asking for money, a lift, a hand or a favour.
ASKING_FOR = ("asks_money", "asks_help")
#: Half of both starts is what a pair is expected to do, as firmly as one start would show.
PRIOR = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """A share, 0 to 1, with its 90% interval: `taken` out of so many `chances`."""

    share: float
    low: float
    high: float
    taken: int
    chances: int


#: What is measured of each person: the share of the starts of both; of the askings of both; of the other's openings
#: that were taken up in warmth; of the other's calls that were taken.
Parts = Mapping[str, tuple[Part | None, Part | None]]


def reciprocity(
    stream: Stream, events: pl.DataFrame, found: Moves, spoken: Said, starts: tuple[Floats, Floats], days: Marks
) -> Parts:
    """Every measure for both persons on some `days` (D,), None where there is too little, or words cannot be read.

    `starts` are turns begun out of quiet per day (D,), of a and of b.
    """
    inside = days[stream.day_of(stream.at)]
    parts: dict[str, tuple[Part | None, Part | None]] = {
        "starts": of_both(*(float(s[days].sum()) for s in starts)),
        "calls": calls(stream, events, days),
        "asks": (None, None),
        "warmth": (None, None),
    }
    if all(spoken.texts):
        parts["asks"] = asking(stream, found, days)
        parts["warmth"] = (taken_up(stream, found, inside, 0), taken_up(stream, found, inside, 1))
    return parts


#: A call that was taken, and one that was not; whose it is says who called.
CALLS = {"call": 1, "missed_call": 2}


def of_both(one: float, other: float) -> tuple[Part | None, Part | None]:
    """The shares of the starts of both."""
    total = one + other
    return part(one, total, FEWEST["starts"]), part(other, total, FEWEST["starts"])


def part(taken: float, chances: float, fewest: int, varies: float = USUAL_DISPERSION) -> Part | None:
    """A share with its interval (Jeffreys); counts of a person vary more than by chance, and count the less for it."""
    if chances < fewest:
        return None
    yes, no = (n / varies + PRIOR for n in (taken, chances - taken))
    low, high = (float(betaincinv(yes, no, q)) for q in (0.05, 0.95))
    return Part(taken / chances, low, high, round(taken), round(chances))


def calls(stream: Stream, events: pl.DataFrame, days: Marks) -> tuple[Part | None, Part | None]:
    """The shares of the other's calls on some `days` (D,) that each took."""
    kinds: Ints = np.asarray(events["kind"].cast(pl.String).replace_strict(CALLS, default=0).to_numpy()[stream.event])
    inside = days[stream.day_of(stream.at)]
    return calls_taken(stream, kinds, inside, 0), calls_taken(stream, kinds, inside, 1)


def calls_taken(stream: Stream, kinds: Ints, inside: Marks, person: int) -> Part | None:
    """Of the calls of the other, those this person took."""
    theirs = inside & (stream.who != person)
    taken, missed = (int((theirs & (kinds == kind)).sum()) for kind in CALLS.values())
    # Every call is a decision of its own, and days that go well or badly hold few of them.
    return part(taken, taken + missed, FEWEST["calls"], varies=1.0)


def asking(stream: Stream, found: Moves, days: Marks) -> tuple[Part | None, Part | None]:
    """The shares of both in asking after each other, for the same days, put right for what the model mistakes."""
    asks = made(stream, found, ASKING)
    read = stream.length > 0
    of = [
        [float(per_day(stream, stream.at[rows & (stream.who == p)])[days].sum()) for rows in (asks, read)]
        for p in (0, 1)
    ]
    (one, one_wrote), (other, other_wrote) = of
    known = float(days.sum())
    ratio = log_ratio(Counted(one, known, one_wrote), Counted(other, known, other_wrote), ASKING)
    if ratio is None or one + other < FEWEST["asks"]:
        return None, None
    share, low, high = (float(1 / (1 + np.exp(-x))) for x in (ratio.change, ratio.low, ratio.high))
    total = round(one + other)
    return Part(share, low, high, round(one), total), Part(1 - share, 1 - high, 1 - low, round(other), total)


def taken_up(stream: Stream, found: Moves, inside: Marks, person: int) -> Part | None:
    """Of the other's turns that open something up, those this person answered warmly within two days.

    What takes up this person's own opening is an answer and opens nothing: else whoever is greeted back in warmth would
    owe one more.
    """
    opens, warm = (made(stream, found, heads) for heads in (OPENING, WARM_ANSWER))
    cut = turns(stream)
    opening = [bool(opens[cut.first[i] : cut.last[i] + 1].any()) for i in range(cut.who.size)]

    def answers(i: int) -> bool:
        soon = i > 0 and cut.start[i] - cut.end[i - 1] < ANSWER_DAYS * DAY
        return soon and opening[i - 1] and cut.who[i - 1] == person

    opened = [
        i
        for i in range(cut.who.size)
        if cut.who[i] != person
        and inside[cut.first[i]]
        and opening[i]
        and not answers(i)
        and cut.end[i] + ANSWER_DAYS * DAY <= stream.end
    ]
    answered = sum(
        i + 1 < cut.who.size
        and cut.who[i + 1] == person
        and cut.start[i + 1] - cut.end[i] < ANSWER_DAYS * DAY
        and bool(warm[cut.first[i + 1] : cut.last[i + 1] + 1].any())
        for i in opened
    )
    return part(float(answered), float(len(opened)), FEWEST["warmth"])


def returns(stream: Stream, found: Moves, spoken: Said, days: Marks) -> tuple[Part | None, Part | None]:
    """Of each one's returns on some `days` (D,), those that only ask for something; None where words cannot be read."""
    if not all(spoken.texts):
        return None, None
    return only_asks(stream, found, spoken, days, 0), only_asks(stream, found, spoken, days, 1)


def only_asks(stream: Stream, found: Moves, spoken: Said, days: Marks, person: int) -> Part | None:
    """Of this person's first turns after two days and more without a word, those that ask for something and no more.

    A word of warmth, or a question after the other, beside it makes it more than that. Into a stretch without data
    nobody comes back.
    """
    cut, warm = turns(stream), made(stream, found, WARM_ANSWER)
    asks = np.any([spoken.marks[label] for label in ASKING_FOR], axis=0)
    own = np.flatnonzero(cut.who == person)
    late = own[1:][cut.start[own[1:]] - cut.end[own[:-1]] >= AWAY_DAYS * DAY]
    back = [i for i in late if days[stream.day_of(cut.start[i : i + 1])[0]] and seen_before(stream, cut.start[i])]
    rows = [slice(cut.first[i], cut.last[i] + 1) for i in back]
    taken = sum(bool(asks[r].any() and not warm[r].any()) for r in rows)
    # Each return is a decision of its own, and there are few of them.
    return part(float(taken), float(len(back)), FEWEST["returns"], varies=1.0)


def seen_before(stream: Stream, at: float) -> bool:
    """Whether nothing is missing from the record in the two days before a moment."""
    return not any(a < at and b > at - AWAY_DAYS * DAY for a, b in stream.holes)


def made(stream: Stream, found: Moves, heads: tuple[str, ...]) -> Marks:
    """Whether each message of a stream possibly makes one of these moves (n,)."""
    return np.asarray(found.possible[stream.event][:, [HEADS.index(h) for h in heads]].any(axis=1))
