"""The file of check-ins: read, added to, and its last sitting taken back. What is there is never half written.

Beside `notes.csv`, `notes.csv.undo` holds the lines the last sitting changed; `--undo` uses it up.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ebbtide.cli import asking, files
from ebbtide.errors import BadSetting, EbbtideError, ImportFailed
from ebbtide.importers.checkins import text_of
from ebbtide.importers.encodings import decode
from ebbtide.importers.notebook import Note, Sitting, noted, notes_of, taken_back


class Undo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sitting, and the digest of the file it left: whatever has changed since is not touched."""

    after: str
    sitting: Sitting


def read(path: Path) -> list[Note]:
    """What is noted; nothing where there is no file yet."""
    return notes_of(text(path), path.name)


def add(path: Path, notes: Sequence[Note]) -> Sitting:
    """Add a sitting to the file, made where it is missing, and keep how to take it back."""
    with files.held(path.parent):
        before = text(path)
        after, sitting = noted(before, notes, path.name)
        content = encoded(path, after)
        files.write_whole(path, content)
        try:
            # After the file, and tied to it by its digest: what stops in between leaves an undo that fits nothing.
            files.write_whole(beside(path), msgspec.json.encode(Undo(digest(content), sitting)))
        except EbbtideError as error:
            asking.say(f"It is noted, but --undo cannot take it back. {error}")
    return sitting


def undo(path: Path) -> tuple[Note, ...]:
    """Take the last sitting back and say what it was; `BadSetting` where there is none, or the file changed since."""
    with files.held(path.parent):
        kept = last(path)
        content = path.read_bytes() if path.is_file() else b""
        if kept is None:
            raise BadSetting("There is no sitting to take back.", where=str(path), try_="Only the last one can be.")
        if kept.after != digest(content):
            raise BadSetting(
                "The file has changed since the last sitting, so nothing was taken back.",
                where=str(path),
                try_="Open it and take the lines out, or note the day again.",
            )
        files.write_whole(path, encoded(path, taken_back(text(path), kept.sitting)))
        beside(path).unlink(missing_ok=True)
    return kept.sitting.notes


def usable(path: Path) -> Path:
    """The path of a file that can be noted in, links followed; `BadSetting` for a folder, a device or no folder."""
    path = files.destination(path).resolve()
    if path.exists() and not path.is_file():
        raise BadSetting("This is no file to keep notes in.", where=str(path), try_="Give the name of a CSV.")
    return path


def text(path: Path) -> str:
    """The text of the file, "" where there is none; damaged text is refused, since writing it back would lose some."""
    if not path.exists() or not path.stat().st_size:
        return ""
    found = text_of(path)
    if decode(path.read_bytes(), path.name).problems:
        raise ImportFailed("This is not text in UTF-8.", where=path.name, try_="Save it as UTF-8, then note again.")
    return found


def encoded(path: Path, text: str) -> bytes:
    """The text as UTF-8, with the mark some programs want where the file had it."""
    marked = path.exists() and path.read_bytes().startswith(codecs.BOM_UTF8)
    return (codecs.BOM_UTF8 if marked else b"") + text.encode()


def last(path: Path) -> Undo | None:
    """How to take back the last sitting, if that is known."""
    try:
        return msgspec.json.decode(beside(path).read_bytes(), type=Undo)
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return None


def beside(path: Path) -> Path:
    """Where the last sitting is kept."""
    return path.with_name(f"{path.name}.undo")


def digest(content: bytes) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content).hexdigest()
