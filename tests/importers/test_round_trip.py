"""Events → export text → events: what an app writes of a conversation is what comes back, in every shape."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide.conversation import EVENT_SCHEMA, Conversation, with_event_ids
from ebbtide.importers import open as read_export
from ebbtide.importers.headers import looks_like_chat
from ebbtide.importers.phrases import MARKS, phrases
from ebbtide.simulator.writers import SHAPES, Shape, write_telegram, write_whatsapp

Row = dict[str, Any]
START = datetime(2024, 6, 11, 7, 30, 15, tzinfo=UTC)
ZONE = "Europe/London"

NAMES = st.sampled_from([("Robin", "Kit"), ("Zoë 🌻", "Kit - work"), ("+44 20 7946 0000", "Ash:)"), ("李", "Ас я")])
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
TEXT = st.lists(LINE, min_size=1, max_size=3).map("\n".join).map(str.strip)


def only_words(text: str) -> bool:
    """Whether a text is a person's: not empty, and nothing that an app would say or begin a message with."""
    column = pl.Series([text])
    said = column.str.contains(MARKS).any() or column.str.contains_any(list(phrases().needles)).any()
    lines = pl.Series(text.split("\n"))
    return bool(text) and text != "null" and not said and not looks_like_chat(lines)


def events(*kinds: str) -> st.SearchStrategy[list[Row]]:
    """Up to 20 events of two people, in order of time over a few weeks of one summer."""
    row = st.fixed_dictionaries(
        {
            "gap": st.integers(0, 3 * 86_400),
            "person": st.sampled_from(["a", "b"]),
            "kind": st.sampled_from(kinds),
            "text": TEXT.filter(only_words),
            "caption": st.booleans(),
            "seconds": st.integers(1, 9000),
            "flag": st.sampled_from(["image", "sticker"]),
            "edited": st.booleans(),
        }
    )
    return st.lists(row, min_size=1, max_size=20).map(timed)


def timed(rows: list[Row]) -> list[Row]:
    at, out = START, []
    for n, row in enumerate(rows, start=1):
        at += timedelta(seconds=row["gap"])
        kind = row["kind"]
        words = kind in ("text", "poll") or (kind == "media" and row["caption"])
        text = row["text"].split("\n")[0].strip() or "Soup?" if kind == "poll" else row["text"]
        flags = [row["flag"]] if kind == "media" else ["edited"] if kind == "text" and row["edited"] else []
        seconds = float(row["seconds"]) if kind in ("call", "voice") else None
        out.append(
            {"at": at, "minute_only": False, "person": row["person"], "kind": kind, "text": text if words else None,
             "seconds": seconds, "source": "made-up", "record": n, "flags": flags}
        )  # fmt: skip
    return out


def frame(rows: list[Row]) -> pl.DataFrame:
    return with_event_ids(pl.DataFrame(rows, schema_overrides=EVENT_SCHEMA)).select(*EVENT_SCHEMA)


def read_back(text: str, name: str, shape: Shape | None = None) -> Conversation:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text.encode("utf-8"))
        order = None if shape is None or shape.order == "ymd" else shape.order
        return read_export(path, tz=ZONE, dates=order)


def told(talk: Conversation) -> list[Row]:
    """The events of people as plain rows, with their names."""
    names = {p.id: p.name for p in talk.people}
    kept = talk.events.filter(pl.col("person").is_not_null()).with_columns(pl.col("person").replace(names))
    return kept.select("at", "person", "kind", "text", "seconds", "flags").to_dicts()


def through_whatsapp(row: Row, shape: Shape, names: dict[str, str]) -> Row:
    """What WhatsApp keeps of an event: no lengths of voice notes, calls by the minute, clocks as shown."""
    at = row["at"] if shape.seconds else row["at"].replace(second=0)
    seconds = row["seconds"] if row["kind"] == "call" else None
    if seconds is not None and seconds >= 60:
        seconds = seconds // 60 * 60
    kind, flags = row["kind"], row["flags"]
    if shape.platform == "android" and not shape.attached and kind in ("media", "voice"):
        kind, flags = "media", []
    told = {"at": at, "person": names[row["person"]], "kind": kind, "text": row["text"]}
    return {**told, "seconds": seconds, "flags": flags}


@settings(max_examples=60, deadline=None)
@given(
    rows=events("text", "text", "media", "voice", "call", "missed_call", "deleted", "location", "poll"),
    shape=st.sampled_from(sorted(SHAPES)),
    pair=NAMES,
    me=st.sampled_from(["a", "b"]),
)
def test_whatsapp_and_back(rows: list[Row], shape: str, pair: tuple[str, str], me: str) -> None:
    names = dict(zip("ab", pair, strict=True))
    text = write_whatsapp(frame(rows), names, tz=ZONE, shape=SHAPES[shape], me=me)
    talk = read_back(text, "chat.txt", SHAPES[shape])
    assert told(talk) == [through_whatsapp(row, SHAPES[shape], names) for row in rows]
    (report,) = talk.imports
    assert report.unreadable == 0
    assert report.lines == report.events + report.continuations == text.count("\n")


@settings(max_examples=30, deadline=None)
@given(rows=events("text", "text", "media", "voice", "call", "missed_call", "location", "poll"), pair=NAMES)
def test_telegram_and_back(rows: list[Row], pair: tuple[str, str]) -> None:
    names = dict(zip("ab", pair, strict=True))
    talk = read_back(write_telegram(frame(rows), names, tz=ZONE), "result.json")
    keys = ("at", "kind", "text", "seconds", "flags")
    assert told(talk) == [{"person": names[row["person"]], **{k: row[k] for k in keys}} for row in rows]
    assert talk.imports[0].unreadable == 0


@settings(max_examples=30, deadline=None)
@given(
    rows=events("text", "media", "voice", "missed_call"), shape=st.sampled_from(sorted(SHAPES)), cut=st.integers(0, 20)
)
def test_two_overlapping_exports_are_the_whole(rows: list[Row], shape: str, cut: int) -> None:
    names = {"a": "Robin", "b": "Kit"}
    parts = [rows[: cut + 3], rows[cut:]]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{n}.txt" for n in range(len(parts)) if parts[n]]
        for path, part in zip(paths, [p for p in parts if p], strict=True):
            path.write_text(write_whatsapp(frame(part), names, tz=ZONE, shape=SHAPES[shape], me="a"), newline="")
        order = SHAPES[shape].order
        talk = read_export(paths, tz=ZONE, dates=None if order == "ymd" else order)
    expected = [through_whatsapp(row, SHAPES[shape], names) for row in rows]
    key = lambda row: (row["at"], row["person"], row["kind"], row["text"] or "", row["flags"])  # noqa: E731
    assert sorted(told(talk), key=key) == sorted(expected, key=key)
