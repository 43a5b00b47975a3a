"""Files, folders and zips: what is found in them, and a clear answer to everything that is no export."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from ebbtide.errors import ImportFailed, UnknownExport
from ebbtide.importers import open as read_export
from ebbtide.importers import sources

CHAT = "14/02/2025, 08:01 - Robin: Morning\n14/02/2025, 08:02 - Kit: hello secret\n"


def zipped(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def refused(path: Path | list[Path], kind: type[ImportFailed] = ImportFailed) -> str:
    """What is said about a path that cannot be read; never any of the words in it."""
    with pytest.raises(ImportFailed) as caught:
        read_export(path)  # type: ignore[arg-type]
    assert type(caught.value) is kind
    said = str(caught.value)
    assert "secret" not in said
    return said


def test_a_zip_with_photos(tmp_path: Path) -> None:
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": CHAT, "00000001-PHOTO.jpg": b"\xff\xd8\0", "notes.txt": CHAT})
    talk = read_export(path)
    assert [p.messages for p in talk.people] == [1, 1]
    assert talk.imports[0].file == "chat.zip/_chat.txt"


def test_a_zip_from_android(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"WhatsApp Chat with Kit.txt": CHAT, "list.txt": "bread\nmilk\n"}
    assert len(read_export(zipped(tmp_path / "chat.zip", files)).events) == 2


def test_a_folder_and_a_folder_in_it(tmp_path: Path) -> None:
    inner = tmp_path / "export" / "chat"
    inner.mkdir(parents=True)
    (inner / "_chat.txt").write_text(CHAT)
    (inner / "attached.txt").write_text(CHAT)
    assert len(read_export(inner).events) == 2
    assert len(read_export(inner.parent).events) == 2
    zipped(tmp_path / "export" / "chat.zip", {"_chat.txt": CHAT})
    zipped(tmp_path / "export" / "photos.zip", {"a.jpg": b"\xff"})
    assert [r.file for r in read_export(inner.parent).imports] == ["chat.zip/_chat.txt"]


def test_a_string_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT)
    assert len(read_export(str(tmp_path / "chat.txt")).events) == 2


@pytest.mark.parametrize(
    "name", ["../chat.txt", "/etc/chat.txt", "a/../../chat.txt", "..\\chat.txt", "C:\\chat.txt", "C:/chat.txt"]
)
def test_paths_that_lead_out_of_a_zip(name: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": CHAT, name: CHAT})
    assert "leads outside it" in refused(path)


def test_a_damaged_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": CHAT * 500})
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:60] + b"\0" * 40 + whole[100:], b"PK\x03\x04", b"no zip at all"):
        path.write_bytes(damaged)
        assert "damaged or cut off" in refused(path)


def test_a_locked_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": CHAT})
    data = bytearray(path.read_bytes())
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(header) + flags] |= 0x1
    path.write_bytes(bytes(data))
    assert "password" in refused(path)


def test_a_zip_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST_BYTES", {"whatsapp": 2**20, "telegram": 2**20})
    path = zipped(tmp_path / "chat.zip", {"_chat.txt": CHAT + "0" * 2**21})
    assert "Ebbtide reads up to 1 MB" in refused(path)
    lying = bytearray(path.read_bytes())
    at = lying.find(b"PK\x01\x02") + 24
    lying[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(lying))
    assert "damaged" in refused(path)


def test_too_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_ENTRIES", 2)
    assert "too many" in refused(zipped(tmp_path / "chat.zip", {f"{i}.txt": CHAT for i in range(3)}))


def test_too_large_is_said_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    with path.open("wb") as file:
        file.write(CHAT.encode() * 8000)
        file.truncate(300_000_000)
    assert "286 MB; Ebbtide reads up to 96 MB" in refused(path)


def test_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\n")
    assert "no chat export in this folder" in refused(tmp_path / "empty", UnknownExport)
    assert "empty" in refused(tmp_path / "empty.txt")
    assert "empty" in refused(tmp_path / "blank.txt")
    assert "no chat export in this archive" in refused(zipped(tmp_path / "a.zip", {"a.txt": "secret"}), UnknownExport)
    assert "no file or folder" in refused(tmp_path / "nowhere.txt")
    assert "No file was given" in refused([])


def test_files_that_are_something_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    others = {
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0secret": "binary",
        b"dear secret diary\nnothing happened\n": "no line begins a chat message",
        b'{"secret": [1, 2]}': "JSON, but not a Telegram chat",
        b"<!DOCTYPE html><html><head>secret": "machine-readable JSON",
        bytes(range(1, 256)) * 20: "no line begins",
    }
    for data, answer in others.items():
        path.write_bytes(data)
        assert answer in refused(path, UnknownExport)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_neither_file_nor_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in refused(tmp_path / "pipe")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "chat.txt").write_text(CHAT)

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "cannot be opened: you may not read it" in refused(tmp_path / "chat.txt")
    monkeypatch.setattr(Path, "iterdir", denied)
    assert "cannot be opened: you may not read it" in refused(tmp_path)
