"""Distance at a glance: whether the other is away from the talk just now, by their own usual, for the check of a draft.

The reading works episodes out from the whole record; here a draft is waiting, so a few counts must do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import polars as pl

from ebbtide.guide.check.spans import packaged_spans
from ebbtide.signals.phrases import labelled, packaged_rules, plain

#: A silence is distance from so many hours on, if the other is seldom quiet for so long.
SILENT_HOURS = 36.0
#: Who was silent for so many hours is only just back for a day.
LONG_HOURS, JUST_BACK = 72.0, timedelta(days=1)
#: So few of one's usual messages in a week is thin, if the other of the two kept to at least this share of theirs:
#: where both write little they may well be in one place.
WEEK, THIN, KEPT = timedelta(days=7), 1 / 3, 1 / 2
#: The usual is that of so many weeks before; with fewer weeks or messages it is not known.
USUAL_WEEKS, FEWEST_WEEKS, FEWEST_MESSAGES = 8, 2, 20
#: Gaps of at least an hour are spells without a word. With fewer of them the other's usual is not known.
SPELL, FEWEST_SPELLS = timedelta(hours=1), 10
#: Shares of the other's spells that are shorter than one that is long, and than one that is more than usual.
LONG, MORE = 0.9, 0.75
#: The rule for words that ask to be forgiven.
SORRY = "span.pursuit.sorry_again"


def says_no(texts: Sequence[str]) -> list[bool]:
    """Whether each text is a plain no to contact for now, or says that room is wanted, whatever else it holds."""
    said = pl.DataFrame({"text": list(texts)}, schema={"text": pl.String})
    return labelled(packaged_rules("keep_off"), said.select(plain(pl.col("text"))).to_series())["keep_off"].to_list()


def apart(theirs: pl.Series, ours: pl.Series, now: datetime) -> bool:
    """Whether the other is silent, writes little or is only just back; `theirs` and `ours` are times in order."""
    if theirs.is_empty():
        return False
    silent = hours(now - theirs[-1])
    if silent >= SILENT_HOURS and longer_than_usual(theirs, now, LONG):
        return True
    return just_back(theirs, now) or thin(theirs, ours, now)


def longer_than_usual(theirs: pl.Series, now: datetime, share: float = MORE) -> bool:
    """Whether the present silence is longer than this share of the other's spells without a word, as far as known."""
    spells = theirs.diff().drop_nulls()
    spells = spells.filter(spells >= SPELL)
    if theirs.is_empty() or len(spells) < FEWEST_SPELLS:
        return True
    usual = spells.dt.total_seconds().quantile(share)
    return usual is not None and hours(now - theirs[-1]) * 3600 > usual


def just_back(theirs: pl.Series, now: datetime) -> bool:
    """Whether the other wrote today for the first time after a long silence."""
    lately = theirs.filter(theirs > now - JUST_BACK)
    before = theirs.filter(theirs <= now - JUST_BACK)
    if lately.is_empty() or before.is_empty():
        return False
    return hours(lately[0] - before[-1]) >= LONG_HOURS and longer_than_usual(before, lately[0], LONG)


def thin(theirs: pl.Series, ours: pl.Series, now: datetime) -> bool:
    """Whether the other wrote far less than usual in the last week, and the one who writes the draft did not."""
    other, own = (share_of_usual(times, now) for times in (theirs, ours))
    return other is not None and other < THIN and (own is None or own >= KEPT)


def share_of_usual(times: pl.Series, now: datetime) -> float | None:
    """The last week's messages over those of a usual week before it; None where the usual is not known."""
    before = times.filter((times <= now - WEEK) & (times > now - WEEK * (USUAL_WEEKS + 1)))
    if len(before) < FEWEST_MESSAGES:
        return None
    weeks = (now - WEEK - before[0]) / WEEK
    if weeks < FEWEST_WEEKS:
        return None
    return float(len(times.filter(times > now - WEEK)) / (len(before) / weeks))


def apologies(texts: pl.Series) -> int:
    """How many of some messages ask to be forgiven."""
    (rule,) = (r for r in packaged_spans() if r.id == SORRY)
    return sum(bool(rule.places(text)) for text in texts.drop_nulls().to_list())


def hours(span: timedelta) -> float:
    """A span of time in hours."""
    return span.total_seconds() / 3600
