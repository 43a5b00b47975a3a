"""Paths to export files: plain files, folders and zip archives, each looked into without being unpacked to disk."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ebbtide.errors import ImportFailed, UnknownExport, unopened
from ebbtide.importers.detect import HEAD_BYTES, WANTED, Format, sniff, unrecognised

#: Larger exports are refused, so that memory stays under 1.5 GB in the worst case, which is many short lines. Two
#: people's ten years are some tens of megabytes; Telegram needs five times as many for the same.
LARGEST_BYTES: Mapping[Format, int] = {"whatsapp": 96 * 2**20, "telegram": 256 * 2**20}
#: More entries than any export has photos.
MOST_ENTRIES = 200_000
#: What WhatsApp for iOS calls the chat itself; beside it every other text is an attachment.
IOS_CHAT = "_chat.txt"


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file that holds a chat: its name for reports, its format, and how to get at its bytes."""

    name: str
    format: Format
    read: Callable[[], bytes]


def find_exports(paths: Iterable[str | Path]) -> list[ExportFile]:
    """The export files behind paths to files, folders and zips; `ImportFailed` where there is none."""
    found = [export for path in paths for export in _at(Path(path))]
    if not found:
        raise ImportFailed("No file was given.", try_=WANTED)
    return found


def _at(path: Path) -> list[ExportFile]:
    try:
        if path.is_dir():
            return _in_folder(path)
        if not path.exists():
            raise ImportFailed(
                "There is no file or folder at this place.", where=str(path), try_="Check the path, and the spelling."
            )
        if path.is_file():
            return _in_archive(path) if _is_archive(path) else [_plain(path)]
    except OSError as error:
        raise _not_opened(path, error) from None
    raise ImportFailed("This is neither a file nor a folder.", where=str(path), try_=WANTED)


def _not_opened(path: Path, error: OSError) -> ImportFailed:
    return ImportFailed(
        f"This cannot be opened: {unopened(error)}.",
        where=str(path),
        try_="Check that you may read it, or copy it to a folder of your own.",
    )


def _plain(path: Path) -> ExportFile:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    kind = sniff(head)
    if kind is None:
        raise unrecognised(head, path.name)
    return _export(path, kind)


def _export(path: Path, kind: Format) -> ExportFile:
    size = path.stat().st_size
    if size > LARGEST_BYTES[kind]:
        raise _too_large(path.name, size, kind)

    def read() -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise _not_opened(path, error) from None

    return ExportFile(path.name, kind, read)


def _too_large(name: str, size: int, kind: Format) -> ImportFailed:
    return ImportFailed(
        f"The chat in this file has {size / 2**20:.0f} MB; Ebbtide reads up to {LARGEST_BYTES[kind] // 2**20} MB.",
        where=name,
        try_="Export the one chat by itself, without media, or a shorter stretch of it.",
    )


def _in_folder(folder: Path) -> list[ExportFile]:
    """The exports directly in a folder, or, where there is none, directly in a folder inside it."""
    entries = sorted(folder.iterdir())
    found = _among(entries)
    if not found:
        found = [export for inner in entries if inner.is_dir() for export in _among(sorted(inner.iterdir()))]
    if not found:
        raise UnknownExport("There is no chat export in this folder.", where=str(folder), try_=WANTED)
    return found


def _among(entries: list[Path]) -> list[ExportFile]:
    chat = [e for e in entries if e.name == IOS_CHAT]
    files = chat or [e for e in entries if e.suffix.lower() in (".txt", ".json") and e.is_file()]
    found = []
    for path in files:
        with path.open("rb") as file:
            kind = sniff(file.read(HEAD_BYTES))
        if kind is not None:
            found.append(_export(path, kind))
    archives = [] if chat else [e for e in entries if e.suffix.lower() == ".zip" and e.is_file()]
    return found + [export for archive in archives for export in _in_archive(archive, alone=False)]


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK" or (path.suffix.lower() == ".zip" and path.stat().st_size > 0)


def _in_archive(path: Path, *, alone: bool = True) -> list[ExportFile]:
    """The exports in a zip. An archive that is damaged, encrypted or points outside itself is refused whole."""
    with _opened(path) as archive:
        entries = archive.infolist()
        _check(entries, path.name)
        texts = [e for e in entries if not e.is_dir() and PurePosixPath(e.filename).suffix.lower() in (".txt", ".json")]
        chat = [e for e in texts if PurePosixPath(e.filename).name == IOS_CHAT]
        found = [_member(path, entry, kind) for entry, kind in _sniffed(archive, chat or texts, path.name)]
    if not found and alone:
        raise UnknownExport("There is no chat export in this archive.", where=path.name, try_=WANTED)
    return found


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise _damaged(path.name) from None


def _damaged(name: str) -> ImportFailed:
    return ImportFailed(
        "This archive is damaged or cut off.", where=name, try_="Export or copy it again; the transfer may have failed."
    )


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise ImportFailed(
            f"This archive holds {len(entries)} files, too many for a chat export.",
            where=name,
            try_="Unpack it, and give the file of the chat inside.",
        )
    if any(_points_outside(entry) for entry in entries):
        raise ImportFailed(
            "This archive holds a path that leads outside it, which no export does. It was not read.",
            where=name,
            try_="Export the chat again, and give the file as the app made it.",
        )


def _points_outside(entry: zipfile.ZipInfo) -> bool:
    path = entry.orig_filename.replace("\\", "/")
    return path.startswith("/") or ".." in path.split("/") or re.match(r"[A-Za-z]:", path) is not None


def _sniffed(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str
) -> Iterator[tuple[zipfile.ZipInfo, Format]]:
    for entry in entries:
        kind = sniff(_taken(archive, entry, HEAD_BYTES, name))
        if kind is not None:
            if entry.file_size > LARGEST_BYTES[kind]:
                raise _too_large(f"{name}/{entry.filename}", entry.file_size, kind)
            yield entry, kind


def _taken(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int, name: str) -> bytes:
    """The first bytes of an entry, at most `size`, whatever the archive claims about its length."""
    if entry.flag_bits & 0x1:
        raise ImportFailed(
            "This archive is locked with a password.", where=name, try_="Unpack it first, then give the file inside."
        )
    try:
        with archive.open(entry) as file:
            return file.read(size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise _damaged(name) from None


def _member(path: Path, entry: zipfile.ZipInfo, kind: Format) -> ExportFile:
    name = f"{path.name}/{entry.filename}"

    def read() -> bytes:
        with _opened(path) as archive:
            data = _taken(archive, entry, LARGEST_BYTES[kind] + 1, path.name)
        if len(data) > LARGEST_BYTES[kind]:
            raise _too_large(name, len(data), kind)
        return data

    return ExportFile(name, kind, read)
