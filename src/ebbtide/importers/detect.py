"""Which format a file is in, from its first lines; and what to say where it is none."""

from __future__ import annotations

import codecs
from typing import Literal

from ebbtide.errors import ImportFailed, UnknownExport
from ebbtide.importers.encodings import binary, decode, is_text
from ebbtide.importers.headers import looks_like_chat
from ebbtide.importers.whatsapp import split_lines

Format = Literal["whatsapp", "telegram"]

#: How much of a file is looked at to tell its format: more than the longest first message.
HEAD_BYTES = 256 * 1024

WANTED = "Give the .txt or .zip that WhatsApp exports, or the result.json of Telegram Desktop."


def sniff(head: bytes) -> Format | None:
    """The format of a file that begins with these bytes, None where it is no export we read."""
    if not is_text(head):
        return None
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start[:1] in (b"{", b"["):
        known = b'"messages"' in start or (b'"about"' in start and b'"personal_information"' in start)
        if known or b'"chats"' in start:
            return "telegram"
    try:
        lines = split_lines(decode(head.rpartition(b"\n")[0] or head, "").data)
    except UnknownExport:
        return None
    return "whatsapp" if looks_like_chat(lines) else None


def unrecognised(head: bytes, name: str) -> ImportFailed:
    """Why a file that begins with these bytes is not read."""
    if not head.strip():
        return ImportFailed("The file is empty.", where=name, try_="Export the chat again; the copy may have failed.")
    if not is_text(head):
        return binary(name)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return UnknownExport(
            "This is an export as a web page, which is not read.",
            where=name,
            try_="In Telegram Desktop export the chat again and choose the format “machine-readable JSON”.",
        )
    what = "JSON, but not a Telegram chat" if start[:1] in (b"{", b"[") else "text, but no line begins a chat message"
    return UnknownExport(f"This file is not a chat export: it is {what}.", where=name, try_=WANTED)
