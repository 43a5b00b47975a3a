"""Self-report: what a person notes from day to day, checked, and turned into the evidence the messages give.

A check-in is a row: on this day, about this person, this item, from 0 (not at all) to 4 (very much). Nobody has to fill
one in; what is missing is unknown.
"""

from __future__ import annotations

from datetime import date, timedelta
from difflib import get_close_matches
from typing import get_args

import numpy as np
import polars as pl

from ebbtide.conversation import Conversation
from ebbtide.errors import ImportFailed
from ebbtide.models.reports import Reports
from ebbtide.selfreport.intake import CounterSign, Sign
from ebbtide.signals.stream import Floats, Stream

#: Signs of withdrawing (S7).
SIGNS: tuple[str, ...] = get_args(Sign)
#: Distant but still caring (S7): these say what kind of distance it is, not whether there is one.
COUNTER_SIGNS: tuple[str, ...] = get_args(CounterSign)
#: What may have set it off, for either of the two (S4), and the words for it: shown beside an episode, no evidence.
TRIGGERS = {
    "work": "work",
    "money": "money",
    "health": "health",
    "family": "family",
    "feeling_useless": "feeling of no use",
    "conflict": "a conflict",
    "intimate_moment": "an intimate moment",
    "talk_of_commitment": "talk of commitment",
    "partners_success": "a success of the other",
    "family_upheaval": "an upheaval in the family",
    "earlier_betrayal": "an earlier betrayal",
    "illness": "illness",
    "exhaustion": "exhaustion",
    "fear_of_being_left": "fear of being left",
}
#: What lies between the two, so that it counts for whomever it is noted.
BETWEEN = ("conflict", "intimate_moment", "talk_of_commitment")
#: What may protect (S4): noted for the one who got it.
PROTECTS = {"appreciation": "being thanked for something in particular", "felt_desired": "feeling desired"}
#: A plan that was kept or called off, noted for the one who did so; any number above 0 is one plan.
PLANS = {"plan_kept": "kept a plan", "plan_cancelled": "called a plan off"}
#: That the two agreed on how to go about it.
AGREEMENT = "agreement"
#: How far away somebody felt that day; and how much of it the two spent in one place.
DISTANCE, TOGETHER = "distance", "together"
ITEMS = (*SIGNS, *COUNTER_SIGNS, *TRIGGERS, *PROTECTS, *PLANS, AGREEMENT, DISTANCE, TOGETHER)
#: The items that bear on whether somebody has withdrawn.
EVIDENCE = (*SIGNS, DISTANCE)
LOWEST, HIGHEST = 0, 4
#: From here on a trigger is named beside an episode.
NAMED_FROM = 2
#: Days before a spell, and into it, on which saying that room is needed belongs to it.
BEFORE_DAYS, INTO_DAYS = 2, 3
#: An error repeats this much of a value.
LONGEST_SHOWN = 20

#: `person` is whom the row is about. `source` and `record` say where it stands: file and line.
CHECKIN_SCHEMA = pl.Schema(
    {
        "date": pl.Date(),
        "person": pl.String(),
        "item": pl.String(),
        "value": pl.Int64(),
        "source": pl.String(),
        "record": pl.Int64(),
    }
)
FIELDS = ("date", "person", "item", "value")


def checked(checkins: pl.DataFrame | None, talk: Conversation) -> pl.DataFrame:
    """Check-ins of a conversation of two in `CHECKIN_SCHEMA`, with "a" or "b" for the person; none are no rows.

    `checkins` has the columns date, person (a name or an id), item and value, and perhaps source and record. The first
    row that cannot be used raises `ImportFailed`, which names its line and field.
    """
    if checkins is None:
        return pl.DataFrame(schema=CHECKIN_SCHEMA)
    rows = in_schema(checkins)
    item = pl.col("item").str.strip_chars().str.to_lowercase().str.replace_all(r"[\s\-]+", "_")
    who = pl.col("person").str.strip_chars().map_elements(str.casefold, return_dtype=pl.String)
    found = rows.with_columns(
        item.alias("id"), who.replace_strict(ids_by_name(talk), default=None, return_dtype=pl.String).alias("who")
    )
    refuse(found, pl.col("date").is_null(), "date", "{} is not a day.", "Write the day like 2025-05-03.")
    refuse(found, pl.col("who").is_null(), "person", "{} is neither of the two people.", people_hint(talk))
    refuse(found, ~pl.col("id").is_in(ITEMS).fill_null(False), "item", "{} is not an item of the check-ins.", "")
    inside = pl.col("value").is_between(LOWEST, HIGHEST).fill_null(False)
    scale = "Write 0 (not at all) to 4 (very much), and leave the line out where you cannot tell."
    refuse(found, ~inside, "value", "{} is not on the scale from 0 to 4.", scale)
    return found.with_columns(pl.col("who").alias("person"), pl.col("id").alias("item")).select(*CHECKIN_SCHEMA)


def in_schema(checkins: pl.DataFrame) -> pl.DataFrame:
    """The rows with every column of the schema; where it is not said, a row is its own number."""
    missing = [name for name in FIELDS if name not in checkins.columns]
    if missing:
        raise ImportFailed(f"These check-ins lack the field {missing[0]}.", try_=f"The fields are {', '.join(FIELDS)}.")
    rows = checkins
    if "source" not in rows.columns:
        rows = rows.with_columns(pl.lit("check-ins").alias("source"))
    if "record" not in rows.columns:
        rows = rows.with_columns(pl.int_range(1, pl.len() + 1).alias("record"))
    for name, kind in CHECKIN_SCHEMA.items():
        try:
            rows = rows.with_columns(pl.col(name).cast(kind))
        except pl.exceptions.PolarsError:
            raise ImportFailed(
                f"The field {name} of these check-ins holds {rows[name].dtype}, not {kind}.",
                try_="Give dates as dates, persons and items as text, values as whole numbers.",
            ) from None
    return rows.select(*CHECKIN_SCHEMA)


def ids_by_name(talk: Conversation) -> dict[str, str]:
    """How a row may call each person: by id, or by the name in the export, which comes first."""
    return {p.id: p.id for p in talk.people} | {p.name.casefold(): p.id for p in talk.people}


def people_hint(talk: Conversation) -> str:
    """The names that can be used."""
    return f"Use a name as the export writes it: {' or '.join(p.name for p in talk.people)}."


def refuse(rows: pl.DataFrame, wrong: pl.Expr, field: str, words: str, advice: str) -> None:
    """Raise `ImportFailed` for the first row that is `wrong` in a field, naming the others."""
    bad = rows.filter(wrong)
    if not bad.height:
        return
    first = bad.row(0, named=True)
    raise ImportFailed(
        f"There is no {field}." if first[field] is None else words.format(shown(first[field])),
        where=f"{first['source']}, line {first['record']}, {field}",
        try_=(advice or item_hint(first["id"])) + also(bad["record"].to_list()[1:]),
    )


def shown(value: object) -> str:
    """A value as an error may repeat it: short, so that nothing written in the wrong place is told on."""
    text = str(value)
    return f"“{text}”" if len(text) <= LONGEST_SHOWN else f"“{text[:LONGEST_SHOWN]}…”"


def item_hint(item: str | None) -> str:
    """The item that was probably meant, else all there are."""
    close = get_close_matches(item or "", ITEMS, 1)
    return f"Perhaps {close[0]} was meant." if close else f"The items are {', '.join(ITEMS)}."


def also(lines: list[int]) -> str:
    """The other lines of the same kind."""
    if not lines:
        return ""
    more = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
    return f" The same holds for line {', '.join(str(n) for n in lines[:5])}{more}."


def reports(checkins: pl.DataFrame, flow: Stream) -> Reports:
    """The answers that bear on withdrawing, on the days of the record; several of one day are averaged."""
    value = np.full((2, len(EVIDENCE), flow.days), np.nan)
    usable = within(checkins, flow).filter(pl.col("item").is_in(EVIDENCE))
    daily = usable.group_by("person", "item", "date").agg(pl.col("value").mean())
    for person, item, day, mean in daily.iter_rows():
        value["ab".index(person), EVIDENCE.index(item), (day - flow.first_day).days] = mean
    return Reports(value)


def within(checkins: pl.DataFrame, flow: Stream) -> pl.DataFrame:
    """The check-ins of days of the record: what was noted later is not known yet."""
    return checkins.filter(pl.col("date").is_between(flow.first_day, flow.date_of(flow.days - 1)))


def room_asked(checkins: pl.DataFrame, flow: Stream) -> Floats:
    """1 for every person and day (2, D) on which that person is noted to have said that room is needed, else 0."""
    asked = np.zeros((2, flow.days))
    for person, day in noted(within(checkins, flow), "says_space").select("person", "date").iter_rows():
        asked["ab".index(person), (day - flow.first_day).days] = 1.0
    return asked


def noted(checkins: pl.DataFrame, item: str) -> pl.DataFrame:
    """The rows in which an item was there at all."""
    return checkins.filter((pl.col("item") == item) & (pl.col("value") > LOWEST))


def days_apart(checkins: pl.DataFrame) -> list[date]:
    """The days for which it is noted that none of it was spent in one place; `checkins` as `checked` gives them."""
    noted = checkins.filter(pl.col("item") == TOGETHER).group_by("date").agg(pl.col("value").max())
    return sorted(noted.filter(pl.col("value") == LOWEST)["date"].to_list())


def days_together(checkins: pl.DataFrame) -> list[date]:
    """The days of which some was spent together in person, in order; messages tell little on those."""
    return noted(checkins, TOGETHER)["date"].unique().sort().to_list()


def agreed_days(checkins: pl.DataFrame) -> list[date]:
    """The days on which the two agreed on something, in order."""
    return noted(checkins, AGREEMENT)["date"].unique().sort().to_list()


def plans(checkins: pl.DataFrame, person: str, first: date, last: date) -> tuple[int, int]:
    """How many plans this person kept, and how many there were, on the days from `first` to `last`."""
    kept, dropped = (
        noted(checkins, item)
        .filter((pl.col("person") == person) & pl.col("date").is_between(first, last))["date"]
        .n_unique()
        for item in PLANS
    )
    return kept, kept + dropped


def said_before_going(checkins: pl.DataFrame, person: str, start: date) -> bool:
    """Whether this person is noted to have said, around the start of a spell, that room is needed."""
    near = pl.col("date").is_between(start - timedelta(BEFORE_DAYS), start + timedelta(INTO_DAYS))
    return not noted(checkins, "says_space").filter((pl.col("person") == person) & near).is_empty()


def close_days(checkins: pl.DataFrame, person: str) -> list[date]:
    """The days for which a close moment is noted."""
    return [day for day, words in triggers(checkins, person) if words == TRIGGERS["intimate_moment"]]


def triggers(checkins: pl.DataFrame, person: str) -> tuple[tuple[date, str], ...]:
    """What is noted to have weighed on this person, in words, and when."""
    named = checkins.filter(
        pl.col("item").is_in(list(TRIGGERS)) & (pl.col("value") >= NAMED_FROM) & (pl.col("person") == person)
    )
    return tuple((day, TRIGGERS[item]) for day, item in named.select("date", "item").sort("date").iter_rows())
