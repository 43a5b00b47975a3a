"""Importers: exports of a chat → one Conversation. One module per format; words of each language as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from ebbtide.conversation import Conversation
from ebbtide.errors import AmbiguousDates
from ebbtide.importers.clock import checked_zone, machine_zone
from ebbtide.importers.merging import merge
from ebbtide.importers.parsed import Parsed, ZoneSource
from ebbtide.importers.sources import ExportFile, find_exports
from ebbtide.importers.telegram import read_telegram
from ebbtide.importers.whatsapp import read_whatsapp

__all__ = ["open"]

DateOrder = Literal["dmy", "mdy"]


def open(
    path_or_paths: str | Path | Sequence[str | Path],
    *,
    me: str | None = None,
    tz: str | None = None,
    dates: DateOrder | None = None,
    people: Sequence[str] | None = None,
) -> Conversation:
    """Read the exports of one conversation: WhatsApp's chat text or Telegram Desktop's JSON, as files, folders or zips.

    Several are merged, and what they share counts once. `me` and `people` are names as an export writes them, `tz`
    the time zone of the phone (WhatsApp does not say it; this machine's is assumed), `dates` what WhatsApp's numbers
    mean where the file cannot tell. Works for any number of people; `Conversation.require_two` asks for two.

    Raises `UnknownExport`, `AmbiguousDates`, `NotTwoPeople` (a name that is not there), `ImportFailed` for files that
    cannot be read, `BadSetting` for an unknown time zone.
    """
    paths = [path_or_paths] if isinstance(path_or_paths, str | Path) else list(path_or_paths)
    conversation, aliases = merge(_read_all(find_exports(paths), tz, dates))
    if people is not None:
        conversation = conversation.only([_current(name, aliases) for name in people])
    return conversation.with_me(None if me is None else _current(me, aliases))


def _current(name: str, aliases: Mapping[str, str]) -> str:
    """The name somebody goes by after merging, whichever export's name was given."""
    return next((now for other, now in aliases.items() if other.casefold() == name.casefold()), name)


def _read_all(files: Sequence[ExportFile], tz: str | None, dates: DateOrder | None) -> list[Parsed]:
    """Read every file, in the order given. Telegram's go first: they may know the time zone of the others."""
    zone = machine_zone() if tz is None else checked_zone(tz)
    source: ZoneSource = "assumed" if tz is None else "given"
    read: dict[int, Parsed] = {}
    for i, file in enumerate(files):
        if file.format == "telegram":
            read[i] = read_telegram(file.read(), file.name, tz=zone, tz_source=source)
            if read[i].tz_source == "export":
                zone, source = read[i].tz, "export"
    others = [i for i, file in enumerate(files) if file.format == "whatsapp"]
    read.update(_read_whatsapp({i: files[i] for i in others}, zone, source, dates))
    return [read[i] for i in range(len(files))]


def _read_whatsapp(
    files: dict[int, ExportFile], zone: str, source: ZoneSource, dates: DateOrder | None
) -> dict[int, Parsed]:
    """Read WhatsApp files; one whose dates could be read both ways follows those of the others that could not."""
    read: dict[int, Parsed] = {}
    asked: AmbiguousDates | None = None
    for i, file in files.items():
        try:
            read[i] = read_whatsapp(file.read(), file.name, tz=zone, tz_source=source, dates=dates)
        except AmbiguousDates as question:
            asked = asked or question
    shown = {r.report.choices["date_order"] for r in read.values() if r.report.choices["by"] == "evidence"}
    guess: DateOrder | None = "dmy" if shown == {"dmy"} else "mdy" if shown == {"mdy"} else None
    if asked is not None and guess is None:
        raise asked
    for i, file in files.items():
        if guess is not None and (i not in read or read[i].report.choices["by"] == "default"):
            read[i] = read_whatsapp(file.read(), file.name, tz=zone, tz_source=source, guess=guess)
    return read
