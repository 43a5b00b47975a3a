"""What the writers write looks like what the apps write, and the importers read it back."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from ebbtide import importers
from ebbtide.conversation import EVENT_SCHEMA, with_event_ids
from ebbtide.errors import BadSetting
from ebbtide.simulator import SHAPES, Shape, make_couple, write_telegram, write_whatsapp
from ebbtide.simulator.writers import call_length

NAMES = {"a": "Jo", "b": "Sam"}
Event = tuple[str | None, str, str | None, float | None, list[str]]


def frame(*events: Event) -> pl.DataFrame:
    """Events a minute apart from 3 February 2025, 14:05:09 UTC."""
    rows = [
        {
            "at": datetime(2025, 2, 3, 14, 5 + i, 9, tzinfo=UTC),
            "minute_only": False,
            "person": person,
            "kind": kind,
            "text": text,
            "seconds": seconds,
            "source": "made-up",
            "record": i + 1,
            "flags": flags,
        }
        for i, (person, kind, text, seconds, flags) in enumerate(events)
    ]
    return with_event_ids(pl.DataFrame(rows, schema_overrides=EVENT_SCHEMA)).select(*EVENT_SCHEMA)


EVERYTHING = frame(
    ("a", "text", "Shopping:\n- milk\n- bread", None, []),
    ("b", "media", None, None, ["image"]),
    ("b", "media", None, None, ["sticker"]),
    ("a", "voice", None, 21.0, []),
    ("b", "call", None, 742.0, []),
    ("b", "missed_call", None, None, []),
    ("a", "deleted", None, None, []),
    ("b", "text", "See you at eight", None, ["edited"]),
    ("b", "location", None, None, []),
)


def test_android_writes_as_android_does() -> None:
    text = write_whatsapp(EVERYTHING, NAMES, tz="UTC", shape=SHAPES["android-gb"], me="a")
    assert text == (
        "03/02/2025, 14:05 - Messages and calls are end-to-end encrypted. Only people in this chat can read, "
        "listen to, or share them. Learn more.\n"
        "03/02/2025, 14:05 - Jo: Shopping:\n- milk\n- bread\n"
        "03/02/2025, 14:06 - Sam: <Media omitted>\n"
        "03/02/2025, 14:07 - Sam: <Media omitted>\n"
        "03/02/2025, 14:08 - Jo: <Media omitted>\n"
        "03/02/2025, 14:09 - Sam: Voice call, 12 min\n"
        "03/02/2025, 14:10 - Sam: Missed voice call\n"
        "03/02/2025, 14:11 - Jo: You deleted this message\n"
        "03/02/2025, 14:12 - Sam: See you at eight <This message was edited>\n"
        "03/02/2025, 14:13 - Sam: location: https://maps.google.com/?q=30.0,-40.0\n"
    )


def test_ios_marks_what_the_app_says() -> None:
    text = write_whatsapp(EVERYTHING, NAMES, tz="UTC", shape=SHAPES["ios-us"], me="a")
    lines = text.split("\r\n")
    assert lines[0].startswith("[2/3/25, 2:05:09\u202fPM] Sam: \u200eMessages and calls are end-to-end encrypted.")
    assert lines[1] == "[2/3/25, 2:05:09\u202fPM] Jo: Shopping:\n- milk\n- bread"
    assert lines[2] == "\u200e[2/3/25, 2:06:09\u202fPM] Sam: \u200eimage omitted"
    assert lines[4] == "\u200e[2/3/25, 2:08:09\u202fPM] Jo: \u200eaudio omitted"
    assert lines[5] == "[2/3/25, 2:09:09\u202fPM] Sam: \u200eVoice call, \u200e12 min"
    assert lines[7] == "[2/3/25, 2:11:09\u202fPM] Jo: \u200eYou deleted this message."
    assert lines[8] == "[2/3/25, 2:12:09\u202fPM] Sam: See you at eight \u200e<This message was edited>"


@pytest.mark.parametrize(
    ("shape", "stamp"),
    [
        (SHAPES["android-us"], "2/3/25, 2:05\u202fPM - Jo: "),
        (SHAPES["android-in"], "03/02/25, 2:05\u202fpm - Jo: "),
        (SHAPES["android-de"], "03.02.25, 14:05 - Jo: "),
        (SHAPES["android-ca"], "2025-02-03, 2:05\u202fp.m. - Jo: "),
        (SHAPES["ios-gb"], "[03/02/2025, 14:05:09] Jo: "),
        (SHAPES["ios-de"], "[03.02.25, 14:05:09] Jo: "),
        (SHAPES["ios-nl"], "[03-02-2025 14:05:09] Jo: "),
        (SHAPES["ios-se"], "[2025-02-03, 14:05:09] Jo: "),
    ],
)
def test_every_shape_writes_its_own_stamp(shape: Shape, stamp: str) -> None:
    assert stamp + "Shopping" in write_whatsapp(EVERYTHING, NAMES, tz="UTC", shape=shape)


def test_times_are_those_of_the_zone() -> None:
    text = write_whatsapp(EVERYTHING, NAMES, tz="Asia/Tokyo", shape=SHAPES["android-gb"])
    assert "03/02/2025, 23:05 - Jo: Shopping" in text


def test_attached_files_are_named() -> None:
    android = write_whatsapp(EVERYTHING, NAMES, tz="UTC", shape=SHAPES["android-de"])
    ios = write_whatsapp(EVERYTHING, NAMES, tz="UTC", shape=SHAPES["ios-de"])
    assert re.findall(r"(\w+-20250203-WA\d{4}\.\w+) \(file attached\)", android) == [
        "IMG-20250203-WA0002.jpg",
        "STK-20250203-WA0003.webp",
        "PTT-20250203-WA0004.opus",
    ]
    assert "\u200e<attached: 00000004-AUDIO-2025-02-03-14-08-09.opus>" in ios


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45.0, "45 sec"), (60.0, "1 min"), (3599.0, "59 min"), (3600.0, "1 hr"), (3725.0, "1 hr 2 min")],
)
def test_lengths_of_calls_are_rounded_as_the_app_does(seconds: float, words: str) -> None:
    assert call_length(seconds) == words


def test_events_without_words_are_refused() -> None:
    silent = make_couple(1, days=14, words=False)
    with pytest.raises(BadSetting, match=r"no words to write.*words=True"):
        write_whatsapp(silent.conversation.events, silent.names, tz="UTC", shape=Shape())
    with pytest.raises(BadSetting, match="no words to write"):
        write_telegram(silent.conversation.events, silent.names, tz="UTC")


def test_no_events_make_an_empty_export() -> None:
    assert write_whatsapp(EVERYTHING.clear(), NAMES, tz="UTC", shape=Shape()) == ""


def test_telegram_writes_as_telegram_desktop_does() -> None:
    linked = frame(("a", "text", "Look at this https://example.org/otters please", None, []))
    chat = json.loads(write_telegram(pl.concat([EVERYTHING, linked]), NAMES, tz="Europe/Berlin", me="a"))
    by_id = {m["id"]: m for m in chat["messages"]}
    assert (chat["name"], chat["type"], len(by_id)) == ("Sam", "personal_chat", 9)
    assert by_id[1]["date"] == "2025-02-03T15:05:09"
    assert by_id[1]["date_unixtime"] == "1738591509"
    assert by_id[1]["text_entities"] == [{"type": "plain", "text": "Shopping:\n- milk\n- bread"}]
    assert by_id[3]["media_type"] == "sticker"
    assert (by_id[4]["media_type"], by_id[4]["duration_seconds"]) == ("voice_message", 21)
    assert by_id[5] == {
        "id": 5,
        "type": "service",
        "date": "2025-02-03T15:09:09",
        "date_unixtime": "1738591749",
        "actor": "Sam",
        "actor_id": "user41000000098",
        "action": "phone_call",
        "duration_seconds": 742,
        "discard_reason": "hangup",
        "text": "",
        "text_entities": [],
    }
    assert by_id[6]["discard_reason"] == "missed"
    assert "edited_unixtime" in by_id[7]
    assert by_id[9]["text"] == ["Look at this ", {"type": "link", "text": "https://example.org/otters"}, " please"]


def as_read(events: pl.DataFrame, *, floor: str, lost: tuple[str, ...] = ()) -> list[tuple[object, ...]]:
    """Time, person, kind and text of events as an importer can know them."""
    kept = events.filter(~pl.col("kind").is_in(lost))
    return kept.select(pl.col("at").dt.truncate(floor), "person", pl.col("kind").cast(pl.String), "text").rows()


@pytest.mark.parametrize("name", list(SHAPES))
def test_whatsapp_is_read_back_as_it_was_written(name: str, tmp_path: Path) -> None:
    couple, shape = make_couple(6, days=40), SHAPES[name]
    events = couple.conversation.events
    path = tmp_path / "chat.txt"
    path.write_bytes(write_whatsapp(events, couple.names, tz="Europe/London", shape=shape, me="a").encode())
    read = importers.open(path, tz="Europe/London")
    floor = "1s" if shape.seconds else "1m"
    heard = pl.col("kind").cast(pl.String)
    if shape.platform == "android" and not shape.attached:  # leaves voice notes out as any other media
        heard = heard.replace({"voice": "media"})
    assert {p.id: p.name for p in read.people} == couple.names
    written = events.with_columns(heard.alias("kind"))
    seen = read.events.filter(pl.col("kind") != "system").with_columns(pl.col("kind").cast(pl.String))
    assert as_read(seen, floor=floor) == as_read(written, floor=floor)
    assert sum(report.unreadable for report in read.imports) == 0


def test_telegram_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    couple = make_couple(8, days=40)
    events = couple.conversation.events
    path = tmp_path / "result.json"
    path.write_text(write_telegram(events, couple.names, tz="Europe/London"), encoding="utf-8")
    read = importers.open(path, tz="Europe/London")
    assert {p.id: p.name for p in read.people} == couple.names
    assert as_read(read.events, floor="1s") == as_read(events, floor="1s", lost=("deleted",))
    lengths = [e.filter(pl.col("kind").is_in(["call", "voice"]))["seconds"].to_list() for e in (read.events, events)]
    assert lengths[0] == lengths[1]
