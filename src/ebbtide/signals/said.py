"""What was said when: marked messages looked up by person and stretch of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide.signals.language import legible
from ebbtide.signals.named_days import first_day
from ebbtide.signals.stream import Floats, Ints, Stream

#: Marks of news; a line someone writes this often, word for word, is none.
ANNOUNCING, OFTEN = ("outside_cause",), 3
#: News stands out from what a person says all the time. That they say such things less than others is known only after
#: so many messages, and makes what they do say count at most five times.
KNOWN_FROM, LEAST_SAID = 100, 0.2


@dataclass(frozen=True, slots=True)
class Said:
    """Marks of messages by row of the stream.

    `at` (n,) UTC seconds, `who` (n,), `ids` of the events, `marks` label → (n,) bool, `weights` label → (n,) how much
    likelier a message is where there is such news, `texts` (2,) whether each person's words are in the record, and can
    be read. `due` (n,) UTC seconds is when what a message announces begins: the first later day it names, or `at`.
    """

    at: Floats
    who: NDArray[np.int8]
    ids: tuple[str, ...]
    marks: Mapping[str, NDArray[np.bool_]]
    weights: Mapping[str, Floats]
    texts: tuple[bool, bool]
    due: Floats

    def rows(self, label: str, person: int, start: float, stop: float) -> Ints:
        """Stream rows of this person's messages marked `label` from `start` up to `stop`."""
        low, high = np.searchsorted(self.at, [start, stop])
        here = self.marks[label][low:high] & (self.who[low:high] == person)
        return np.asarray(low + np.flatnonzero(here), dtype=np.int64)

    def announced(self, label: str, person: int, start: float, stop: float) -> Ints:
        """Rows marked `label` from before `start` that name a day between `start` and `stop` for it."""
        early = self.marks[label] & (self.who == person) & (self.at < start) & (self.due >= start) & (self.due < stop)
        return np.asarray(np.flatnonzero(early), dtype=np.int64)

    def refs(self, rows: Ints, most: int = 5) -> tuple[str, ...]:
        """Event ids of the first few rows."""
        return tuple(self.ids[int(r)] for r in rows[:most])


def said(stream: Stream, events: pl.DataFrame, marks: pl.DataFrame, weights: Mapping[str, Floats]) -> Said:
    """Line up marks and weights (row-aligned with `events`) with the rows of a stream."""
    rows = stream.event
    labels = [c for c in marks.columns if c != "id"]
    written = events["text"].gather(rows)
    often = habitual(written, stream.who)
    found = {c: marks[c].to_numpy()[rows] & ~(often & (c in ANNOUNCING)) for c in labels}
    return Said(
        at=stream.at,
        who=stream.who,
        ids=tuple(events["id"].gather(rows).to_list()),
        marks=found,
        weights={label: no_news(each[rows], often, stream.who) for label, each in weights.items()},
        texts=(
            legible(written.filter(pl.Series(stream.who == 0))),
            legible(written.filter(pl.Series(stream.who == 1))),
        ),
        due=due(stream, written, sum((found[c] for c in ANNOUNCING if c in found), np.zeros(rows.size, bool))),
    )


def due(stream: Stream, written: pl.Series, announcing: NDArray[np.bool_]) -> Floats:
    """When what each message (n,) announces begins: on the first later day it names, or as it is written."""
    begins = stream.at.copy()
    for row, day in zip(np.flatnonzero(announcing), stream.day_of(stream.at[announcing]), strict=True):
        today = stream.date_of(day)
        named = first_day(written[int(row)], today)
        if named is not None:
            begins[row] = stream.day_edges[min(day + (named - today).days, stream.days)]
    return begins


def habitual(written: pl.Series, who: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each message is one its writer repeats word for word (n,): "at work" every morning is no absence."""
    lines = pl.DataFrame({"text": written.str.to_lowercase().str.strip_chars(), "who": who})
    count = lines.select(pl.len().over("text", "who"))["len"].to_numpy()
    return np.asarray((count >= OFTEN) & written.is_not_null().to_numpy())


def no_news(weight: Floats, often: NDArray[np.bool_], who: NDArray[np.int8]) -> Floats:
    """Weights (n,) over what this person's messages weigh on average; a line repeated word for word is never news.

    What cannot be read (nan) is 1, and counts as that where someone seems to say such things more than others: of few
    lines kept, most may be news.
    """
    kept, read = np.where(often, np.minimum(weight, 1.0), weight), ~np.isnan(weight)
    for person in (0, 1):
        own = who == person
        known = own & read
        total = float(kept[known].sum())
        of_all = (total + (own & ~read).sum()) / max(own.sum(), 1)
        of_read = (total + KNOWN_FROM) / (known.sum() + KNOWN_FROM)
        kept[known] /= of_all if of_all > 1 else np.clip(of_read, LEAST_SAID, 1.0)
    return np.where(read, np.where(often, np.minimum(kept, 1.0), kept), 1.0)


def told(weight: Floats, places: Mapping[str, tuple[Ints, Floats]], share: float) -> float:
    """How much likelier messages (n,) are where there is news: in `share` of such cases one of them tells it.

    `places` are rows of messages that may tell it, and the chance of each.
    """
    chance = sum(float(c.sum()) for _, c in places.values())
    likelier = sum(float(weight[rows] @ c) for rows, c in places.values())
    return 1 - share + share * likelier / chance if chance else 1.0


def told_by_day(stream: Stream, weight: Floats, share: float) -> Floats:
    """The same of the messages of each local day (D,) and the one before."""
    day = stream.day_of(stream.at)
    total, count = (np.bincount(day, w, minlength=stream.days) for w in (weight, np.ones(weight.size)))
    total, count = (x + np.append(0.0, x[:-1]) for x in (total, count))
    return np.asarray(np.where(count > 0, 1 - share + share * total / np.maximum(count, 1), 1.0))
