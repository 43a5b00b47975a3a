"""Telegram Desktop's JSON export: `result.json` of one chat, or of a whole account with one personal chat in it.

Fields follow Telegram Desktop's own writer (export_output_json.cpp). A message keeps the id it has in the file as its
record. People are told apart by `from_id`, because names change; the last name somebody had is the one used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
import polars as pl

from ebbtide.conversation import Problem
from ebbtide.errors import ImportFailed, UnknownExport
from ebbtide.importers.clock import agrees, to_utc, zone_with
from ebbtide.importers.encodings import decode
from ebbtide.importers.parsed import PARSED_SCHEMA, Parsed, ZoneSource, import_report

MEDIA_FLAGS = {
    "video_message": "video_note",
    "sticker": "sticker",
    "animation": "gif",
    "video_file": "video",
    "audio_file": "audio",
}
#: The chat types of a conversation between two people; bots, groups and channels are none.
PERSONAL = "personal_chat"
#: Offsets are compared at this many messages spread over the export, and around every change.
ZONE_CHECKS = 400


class Chat(msgspec.Struct):
    """One chat: its messages are decoded one by one, so that one broken message does not cost the others."""

    name: str | None = None
    type: str | None = None
    messages: list[msgspec.Raw] | None = None


class Chats(msgspec.Struct):
    """The list of chats in the export of an account."""

    chats: list[Chat] = msgspec.field(name="list", default_factory=list)


class Export(msgspec.Struct):
    """The top of result.json: one chat, or an account."""

    name: str | None = None
    type: str | None = None
    messages: list[msgspec.Raw] | None = None
    chats: Chats | None = None


class Message(msgspec.Struct):
    """A message or service message; fields whose shape varies between versions are left open."""

    id: int
    type: str
    date: str
    date_unixtime: str | int | None = None
    edited: str | None = None
    edited_unixtime: str | int | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    from_id: str | int | None = None
    actor: str | None = None
    actor_id: str | int | None = None
    action: str | None = None
    discard_reason: str | None = None
    duration_seconds: float | None = None
    forwarded_from: Any = msgspec.UNSET
    media_type: str | None = None
    photo: Any = None
    file: Any = None
    location_information: Any = None
    place_name: Any = None
    contact_information: Any = None
    poll: Any = None
    text: Any = ""
    reactions: Any = None


class Event(msgspec.Struct, frozen=True):
    """One event before its time zone is settled; `unix` is None in old exports, `local` the clock of the exporter."""

    local: datetime
    unix: int | None
    who: str | None
    kind: str
    text: str | None
    seconds: float | None
    record: int
    flags: list[str]


_read_export = msgspec.json.Decoder(Export)
_read_message = msgspec.json.Decoder(Message)


def read_telegram(data: bytes, name: str, *, tz: str, tz_source: ZoneSource) -> Parsed:
    """Read one export; `ImportFailed` where it is not whole JSON or holds several personal chats.

    `tz` is the zone given, or the one assumed. An export of today holds each time both ways; where the assumed zone
    contradicts it, a zone that agrees is taken and `tz_source` is "export".
    """
    raws = _the_chat(_decoded(decode(data, name).data, name), name)
    names: dict[str, str] = {}
    events: list[Event] = []
    problems: list[Problem] = []
    for position, raw in enumerate(raws, start=1):
        message = _message(raw)
        if message is None:
            problems.append(Problem(_record(raw) or position, "unsupported_message"))
            continue
        try:
            events.extend(_events(message, names))
        except (ValueError, OverflowError):
            problems.append(Problem(message.id, "impossible_date"))
    if tz_source == "assumed":
        tz, tz_source = _zone(events, tz)
    table = _table(events, _unmistakable(names), tz, name)
    choices = {
        "date_order": "ymd",
        "by": "evidence",
        "clock": "24",
        "resolution": "second",
        "encoding": "utf-8",
        "tz": tz,
    }
    report = import_report(
        file=name,
        format="telegram",
        events=table,
        lines=len(events) + len(problems),
        continuations=0,
        problems=problems,
        choices=choices,
        unreadable=len(problems),
    )
    return Parsed(table, tz, tz_source, report)


def _decoded(data: bytes, name: str) -> Export:
    try:
        return _read_export.decode(data)
    except msgspec.ValidationError:
        raise _no_chat(name) from None
    except (msgspec.DecodeError, RecursionError) as error:
        try:
            return _read_export.decode(_with_legal_escapes(data))
        except (msgspec.MsgspecError, RecursionError):
            raise _broken(data, str(error), name) from None


def _broken(data: bytes, said: str, name: str) -> ImportFailed:
    at = re.search(r"byte (\d+)", said)
    place = f"byte {at.group(1)}" if at else f"its end, byte {len(data)}"
    return ImportFailed(
        f"This file is not whole JSON: it breaks off or goes wrong at {place}.",
        where=name,
        try_="Export the chat again in Telegram Desktop and wait until it says that it is done.",
    )


def _no_chat(name: str) -> UnknownExport:
    return UnknownExport(
        "This JSON file is not a chat exported by Telegram Desktop.",
        where=name,
        try_="Open the chat in Telegram Desktop, choose Export chat history, and the format “machine-readable JSON”.",
    )


def _with_legal_escapes(data: bytes) -> bytes:
    r"""Control characters as JSON wants them: Telegram Desktop writes \x0B, which JSON does not know."""
    return re.sub(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})", rb"\1\\u00\2", data)


def _the_chat(export: Export, name: str) -> Sequence[msgspec.Raw]:
    """The messages of the one chat of an export."""
    if export.messages is not None:
        if export.messages and all(_record(raw) is None for raw in export.messages[:20]):
            raise _no_chat(name)
        return export.messages
    if export.chats is None:
        raise _no_chat(name)
    personal = [chat for chat in export.chats.chats if chat.type == PERSONAL and chat.messages]
    if len(personal) == 1:
        return personal[0].messages or []
    shown = ", ".join(chat.name or "a deleted account" for chat in personal[:8])
    more = f" and {len(personal) - 8} more" if len(personal) > 8 else ""
    raise ImportFailed(
        f"This export of a whole account holds {len(personal)} personal chats{': ' if shown else ''}{shown}{more}.",
        where=name,
        try_="Export the one chat by itself: open it in Telegram Desktop, then Export chat history.",
    )


def _message(raw: msgspec.Raw) -> Message | None:
    try:
        return _read_message.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        try:
            return _read_message.decode(_with_legal_escapes(bytes(raw)))
        except (msgspec.MsgspecError, RecursionError):
            return None


def _record(raw: msgspec.Raw) -> int | None:
    """The id of a message that may be unreadable otherwise."""
    found = re.match(rb'\s*\{\s*"id"\s*:\s*(\d{1,18})\b', bytes(raw)[:200])
    return int(found.group(1)) if found else None


def _events(message: Message, names: dict[str, str]) -> Iterator[Event]:
    """The event of a message, and those of the reactions to it that carry a date."""
    service = message.type == "service"
    who = _who(message.actor, message.actor_id, names) if service else _who(message.from_, message.from_id, names)
    kind, text, flags = _service(message) if service else _content(message)
    unix = None if message.date_unixtime is None else int(message.date_unixtime)
    yield Event(
        local=datetime.fromisoformat(message.date).replace(tzinfo=None),
        unix=unix if unix is None or unix > 0 else None,
        who=None if kind == "system" else who,
        kind=kind,
        text=text,
        seconds=message.duration_seconds if kind in ("call", "voice") else None,
        record=message.id,
        flags=flags,
    )
    yield from _reactions(message, names)


def _who(name: str | None, key: str | int | None, names: dict[str, str]) -> str | None:
    """The key of a person, whose last known name is kept in `names`."""
    if key is None:
        key = name
    if key is None:
        return None
    person = f"user{key}" if str(key).isdigit() else str(key)
    if name and name.strip():
        names[person] = name.strip()
    else:
        names.setdefault(person, person)
    return person


def _service(message: Message) -> tuple[str, str | None, list[str]]:
    if message.action != "phone_call":
        return "system", None, [message.action] if message.action else []
    if message.duration_seconds:
        return "call", None, []
    return "missed_call", None, [message.discard_reason] if message.discard_reason in ("busy", "hangup") else []


def _content(message: Message) -> tuple[str, str | None, list[str]]:
    """Kind, words and flags of what somebody sent."""
    text = _words(message.text).strip() or None
    flags = _marks(message)
    if message.media_type == "voice_message":
        return "voice", text, flags
    if message.media_type:
        return "media", text, [MEDIA_FLAGS.get(message.media_type, message.media_type), *flags]
    if message.poll is not None:
        question = message.poll.get("question") if isinstance(message.poll, dict) else None
        return "poll", _words(question).strip() or text, flags
    if message.location_information is not None or message.place_name is not None:
        return "location", None, flags
    for given, flag in ((message.photo, "image"), (message.contact_information, "contact"), (message.file, "document")):
        if given is not None:
            return "media", text, [flag, *flags]
    return ("text", text, flags) if text else ("media", None, ["empty", *flags])


def _marks(message: Message) -> list[str]:
    flags = []
    edited = message.edited is not None and not message.edited.startswith("1970-")
    if edited or message.edited_unixtime not in (None, "0", 0):
        flags.append("edited")
    if message.forwarded_from is not msgspec.UNSET:
        flags.append("forwarded")
    return flags


def _words(text: Any) -> str:
    """Text as one string: Telegram cuts it into pieces where it is bold, a link, a mention …"""
    if isinstance(text, str):
        return text
    if isinstance(text, dict):
        return _words(text.get("text"))
    return "".join(_words(piece) for piece in text) if isinstance(text, list) else ""


def _reactions(message: Message, names: dict[str, str]) -> Iterator[Event]:
    given = message.reactions if isinstance(message.reactions, list) else []
    for reaction in given:
        recent = reaction.get("recent") if isinstance(reaction, dict) else None
        for one in recent if isinstance(recent, list) else []:
            when = one.get("date") if isinstance(one, dict) else None
            if isinstance(when, str):
                who = _who(one.get("from"), one.get("from_id"), names)
                emoji = reaction.get("emoji")
                local = datetime.fromisoformat(when).replace(tzinfo=None)
                text = emoji if isinstance(emoji, str) else None
                yield Event(local, None, who, "reaction", text, None, message.id, [])


def _unmistakable(names: dict[str, str]) -> dict[str, str]:
    """Names by person, with the id added where two people have the same one."""
    several = [n for n in names.values() if list(names.values()).count(n) > 1] if len(names) < 1000 else []
    return {
        person: f"{name} ({person})" if name in several and name != person else name for person, name in names.items()
    }


def _zone(events: Iterable[Event], assumed: str) -> tuple[str, ZoneSource]:
    """The assumed zone if the export agrees with it or is silent, else one that agrees with the export."""
    offsets = [(e.unix, int((e.local - datetime(1970, 1, 1)).total_seconds()) - e.unix) for e in events if e.unix]
    changes = [i for i in range(1, len(offsets)) if offsets[i][1] != offsets[i - 1][1]]
    around = {i for change in changes for i in (change - 1, change)}
    spread = range(0, len(offsets), max(len(offsets) // ZONE_CHECKS, 1))
    checked = [offsets[i] for i in sorted(around.union(spread))]
    if agrees(assumed, checked):
        return assumed, "assumed"
    found = zone_with(checked)
    return (assumed, "assumed") if found is None else (found, "export")


def _table(events: list[Event], names: dict[str, str], tz: str, source: str) -> pl.DataFrame:
    columns = {
        "local": pl.Series([e.local for e in events], dtype=pl.Datetime("us")),
        "unix": pl.Series([e.unix for e in events], dtype=pl.Int64),
        "person": pl.Series([None if e.who is None else names[e.who] for e in events], dtype=pl.String),
        "kind": pl.Series([e.kind for e in events], dtype=pl.String),
        "text": pl.Series([e.text for e in events], dtype=pl.String),
        "seconds": pl.Series([e.seconds for e in events], dtype=pl.Float64),
        "record": pl.Series([e.record for e in events], dtype=pl.Int64),
        "flags": pl.Series([e.flags for e in events], dtype=pl.List(pl.String)),
    }
    frame = pl.DataFrame(columns)
    by_clock = to_utc(frame["local"], tz)
    exact = (pl.col("unix") * 1_000_000).cast(pl.Datetime("us", "UTC"))
    return (
        frame.with_columns(
            pl.coalesce(exact, by_clock).alias("at"),
            pl.lit(False).alias("minute_only"),
            pl.lit(source).alias("source"),
        )
        .select(*PARSED_SCHEMA)
        .cast(PARSED_SCHEMA)
    )
