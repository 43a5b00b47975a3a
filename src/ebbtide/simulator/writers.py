"""Writers: a table of events as the text that WhatsApp exports and the JSON that Telegram Desktop exports.

They write what the apps write, and lose what the apps lose: WhatsApp knows no length of voice notes, rounds calls and
keeps no reactions; Telegram keeps no trace of deleted messages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from ebbtide.errors import BadSetting

MARK = "\u200e"  # invisible; iOS sets it before whatever the app itself says
NARROW_SPACE = "\u202f"  # before AM and PM since 2023
ENCRYPTED = (
    "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them. "
    "Learn more."
)
ELSEWHERE = (30.0, -40.0)  # a place in the middle of an ocean: nobody is found there
NOT_INCLUDED = "(File not included. Change data exporting settings to download.)"
LINK = re.compile(r"https?://\S+")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """How one phone writes an export. `attached` names files instead of leaving media out."""

    platform: Literal["android", "ios"] = "android"
    order: Literal["dmy", "mdy", "ymd"] = "dmy"
    separator: Literal["/", ".", "-"] = "/"
    year_digits: Literal[2, 4] = 4
    padded: bool = True
    clock: Literal[12, 24] = 24
    seconds: bool = False
    half: Literal["AM", "am", "a.m."] = "AM"
    comma: bool = True
    attached: bool = False

    @property
    def newline(self) -> str:
        """iOS ends lines as Windows does."""
        return "\r\n" if self.platform == "ios" else "\n"

    @property
    def stamp(self) -> str:
        """The pattern of date and time for `strftime`."""
        pad = "" if self.padded else "-"
        year = "%Y" if self.year_digits == 4 else "%y"
        parts = {"d": f"%{pad}d", "m": f"%{pad}m", "y": year}
        date = self.separator.join(parts[p] for p in self.order)
        seconds = ":%S" if self.seconds else ""
        time = f"%H:%M{seconds}" if self.clock == 24 else f"%-I:%M{seconds}{NARROW_SPACE}%p"
        return f"{date}{',' if self.comma else ''} {time}"


#: Shapes met in the wild, by platform and region of the phone.
SHAPES: Mapping[str, Shape] = {
    "android-gb": Shape(),
    "android-us": Shape(order="mdy", year_digits=2, padded=False, clock=12, attached=True),
    "android-in": Shape(year_digits=2, clock=12, half="am"),
    "android-de": Shape(separator=".", year_digits=2, attached=True),
    "android-ca": Shape(order="ymd", separator="-", clock=12, half="a.m."),
    "ios-gb": Shape(platform="ios", seconds=True),
    "ios-us": Shape(platform="ios", order="mdy", year_digits=2, padded=False, clock=12, seconds=True),
    "ios-de": Shape(platform="ios", separator=".", year_digits=2, seconds=True, attached=True),
    "ios-nl": Shape(platform="ios", separator="-", seconds=True, comma=False),
    "ios-se": Shape(platform="ios", order="ymd", separator="-", seconds=True),
}


def write_whatsapp(
    events: pl.DataFrame, names: Mapping[str, str], *, tz: str, shape: Shape, me: str | None = None
) -> str:
    """The text of a WhatsApp export of these events, times in `tz`.

    `events` follows the schema of a conversation with ids as `person`; `names` maps them to names; `me` is the id of
    the one who exports. Reactions are left out, as WhatsApp does. Raises `BadSetting` for text events without text.
    """
    require_words(events)
    shown = events.filter(pl.col("kind") != "reaction")
    if not shown.height:
        return ""
    stamps = clock_stamps(shown["at"], tz, shape)
    other = next((n for i, n in names.items() if i != me), "")
    lines = [system_line(stamps[0], other, ENCRYPTED, shape)]
    for number, (row, stamp) in enumerate(zip(shown.iter_rows(named=True), stamps, strict=True), start=1):
        if row["person"] is None:
            lines.append(system_line(stamp, other, row["text"], shape))
        else:
            lines.append(message_line(row, stamp, names[row["person"]], number, row["person"] == me, shape))
    return shape.newline.join(lines) + shape.newline


def require_words(events: pl.DataFrame) -> None:
    """Refuse text events without text: an export of them would say that people wrote nothing."""
    if events.filter((pl.col("kind") == "text") & pl.col("text").is_null()).height:
        raise BadSetting("These events hold no words to write.", try_="Make the couple with words=True.")


def clock_stamps(at: pl.Series, tz: str, shape: Shape) -> list[str]:
    """Date and time of every event as the phone shows them."""
    stamps = at.dt.convert_time_zone(tz).dt.strftime(shape.stamp)
    if shape.clock == 12 and shape.half != "AM":
        small = {"am": ("am", "pm"), "a.m.": ("a.m.", "p.m.")}[shape.half]
        stamps = stamps.str.replace("AM$", small[0]).str.replace("PM$", small[1])
    return stamps.to_list()


def head(stamp: str, shape: Shape) -> str:
    """What stands before the author."""
    return f"[{stamp}] " if shape.platform == "ios" else f"{stamp} - "


def system_line(stamp: str, other: str, text: str, shape: Shape) -> str:
    """A line of the app: on iOS it bears the name of the chat, on Android none."""
    author = f"{other}: {MARK}" if shape.platform == "ios" else ""
    return head(stamp, shape) + author + text


def message_line(row: Row, stamp: str, name: str, number: int, mine: bool, shape: Shape) -> str:
    """One message, which may run over several lines."""
    ios = shape.platform == "ios"
    if row["kind"] == "text":
        body = row["text"]
    elif row["kind"] == "media" or row["kind"] == "voice":
        body = file_words(row, number, shape)
    else:
        body = app_words(row, mine, ios)
    if "edited" in row["flags"]:
        body += f" {MARK if ios else ''}<This message was edited>"
    front = MARK if ios and row["kind"] in ("media", "voice") else ""
    return f"{front}{head(stamp, shape)}{name}: {body}"


def file_words(row: Row, number: int, shape: Shape) -> str:
    """What stands for a photo, a sticker or a voice note, with the caption if there is one."""
    ios = shape.platform == "ios"
    sort = "voice" if row["kind"] == "voice" else "sticker" if "sticker" in row["flags"] else "image"
    if shape.attached:
        words = attached_file(row, sort, number, ios)
    else:
        words = f"{MARK}{'audio' if sort == 'voice' else sort} omitted" if ios else "<Media omitted>"
    if not row["text"]:
        return words
    return f"{row['text']} {words}" if ios else f"{words}\n{row['text']}"


def attached_file(row: Row, sort: str, number: int, ios: bool) -> str:
    """The name of a file that was exported along, as each platform names and announces it."""
    ending = {"voice": "opus", "sticker": "webp", "image": "jpg"}[sort]
    if ios:
        name = {"voice": "AUDIO", "sticker": "STICKER", "image": "PHOTO"}[sort]
        return f"{MARK}<attached: {number:08d}-{name}-{row['at']:%Y-%m-%d-%H-%M-%S}.{ending}>"
    name = {"voice": "PTT", "sticker": "STK", "image": "IMG"}[sort]
    return f"{MARK}{name}-{row['at']:%Y%m%d}-WA{number % 10000:04d}.{ending} (file attached)"


def app_words(row: Row, mine: bool, ios: bool) -> str:
    """What the app says in place of words."""
    mark, stop = (MARK, ".") if ios else ("", "")
    kind = row["kind"]
    if kind == "call":
        return f"{mark}Voice call, {mark}{call_length(row['seconds'])}"
    if kind == "missed_call":
        return f"{mark}Missed voice call" + (f", {mark}Tap to call back" if ios else "")
    if kind == "deleted":
        return f"{mark}{'You deleted this message' if mine else 'This message was deleted'}{stop}"
    if kind == "location":
        word = f"{mark}Location" if ios else "location"
        return f"{word}: https://maps.google.com/?q={ELSEWHERE[0]},{ELSEWHERE[1]}"
    return f"{mark}POLL:\n{row['text']}\n{mark}OPTION: yes (0 votes)\n{mark}OPTION: no (0 votes)"


def call_length(seconds: float) -> str:
    """Seconds under a minute, else whole minutes, else hours and minutes."""
    if seconds < 60:
        return f"{seconds:.0f} sec"
    hours, minutes = divmod(int(seconds // 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} hr {minutes} min" if minutes else f"{hours} hr"


def write_telegram(events: pl.DataFrame, names: Mapping[str, str], *, tz: str, me: str | None = None) -> str:
    """The `result.json` of Telegram Desktop for these events, dates in `tz`.

    Parameters and errors as of `write_whatsapp`. Deleted messages and reactions are left out, as Telegram does.
    """
    require_words(events)
    shown = events.filter(~pl.col("kind").is_in(["deleted", "reaction", "system"]))
    local = shown["at"].dt.convert_time_zone(tz).dt.strftime("%Y-%m-%dT%H:%M:%S").to_list()
    unix = shown["at"].dt.epoch("s").to_list()
    rows = zip(shown.iter_rows(named=True), local, unix, strict=True)
    messages = [telegram_message(n, row, names, date, stamp) for n, (row, date, stamp) in enumerate(rows, start=1)]
    other = next((name for person, name in names.items() if person != me), "")
    chat = {"name": other, "type": "personal_chat", "id": 4100000001, "messages": messages}
    return json.dumps(chat, ensure_ascii=False, indent=1)


def telegram_message(number: int, row: Row, names: Mapping[str, str], date: str, unix: int) -> dict[str, Any]:
    """One entry of `messages`: a service entry for calls, a message for all else."""
    name, account = names[row["person"]], f"user41000000{ord(row['person'][0]):03d}"
    called = row["kind"] in ("call", "missed_call")
    entry: dict[str, Any] = {
        "id": number,
        "type": "service" if called else "message",
        "date": date,
        "date_unixtime": str(unix),
    }
    if "edited" in row["flags"]:
        entry |= {"edited": date, "edited_unixtime": str(unix)}
    author = ("actor", "actor_id") if called else ("from", "from_id")
    entry |= {author[0]: name, author[1]: account, **telegram_body(row)}
    parts = text_parts(row["text"] if row["kind"] in ("text", "media") and row["text"] else "")
    entities = [{"type": "plain", "text": p} if isinstance(p, str) else p for p in parts]
    linked = any(not isinstance(p, str) for p in parts)
    return entry | {"text": parts if linked else "".join(map(str, parts)), "text_entities": entities}


def telegram_body(row: Row) -> dict[str, Any]:
    """The fields that say what an entry is."""
    kind = row["kind"]
    if kind == "call":
        return {"action": "phone_call", "duration_seconds": int(row["seconds"]), "discard_reason": "hangup"}
    if kind == "missed_call":
        return {"action": "phone_call", "discard_reason": "missed"}
    if kind == "voice":
        voice = {"file": NOT_INCLUDED, "media_type": "voice_message", "mime_type": "audio/ogg"}
        return voice if row["seconds"] is None else {**voice, "duration_seconds": int(row["seconds"])}
    if kind == "location":
        return {"location_information": {"latitude": ELSEWHERE[0], "longitude": ELSEWHERE[1]}}
    if kind == "poll":
        answers = [{"text": word, "voters": 0, "chosen": False} for word in ("yes", "no")]
        return {"poll": {"question": row["text"], "closed": False, "total_voters": 0, "answers": answers}}
    if kind == "media" and "sticker" in row["flags"]:
        return {"file": NOT_INCLUDED, "media_type": "sticker", "sticker_emoji": "😄", "width": 512, "height": 512}
    return {"photo": NOT_INCLUDED, "width": 1280, "height": 960} if kind == "media" else {}


def text_parts(text: str) -> list[str | dict[str, str]]:
    """A text cut at its links, each of which becomes an entity."""
    parts: list[str | dict[str, str]] = []
    done = 0
    for link in LINK.finditer(text):
        if link.start() > done:
            parts.append(text[done : link.start()])
        parts.append({"type": "link", "text": link.group()})
        done = link.end()
    return [*parts, text[done:]] if done < len(text) else parts
