"""Files are written whole or not at all, and never over something else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ebbtide.cli.files import destination, folder, write_whole
from ebbtide.errors import BadSetting, EbbtideError


def test_a_file_is_replaced_whole_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(b"old and longer")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "no permission"), (errno.EIO, "error")]
)
def test_when_writing_fails_the_old_file_stays_and_nothing_is_left_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, "as the system says it")

    path = tmp_path / "report.html"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(EbbtideError, match=words):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_device_is_named(tmp_path: Path) -> None:
    with pytest.raises(EbbtideError, match=r"disk is full.*/dev/full"):
        write_whole(Path("/dev/full"), b"x" * 100_000)


def test_a_folder_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="folder"):
        destination(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"no such folder.*nowhere"):
        destination(tmp_path / "nowhere" / "report.html")


def test_an_export_is_never_overwritten_by_its_report(tmp_path: Path) -> None:
    chat, link = tmp_path / "chat.txt", tmp_path / "link.html"
    chat.write_text("")
    link.symlink_to(chat)
    with pytest.raises(BadSetting, match="being read"):
        destination(link, [chat])
    assert destination(tmp_path / "report.html", [chat]) == tmp_path / "report.html"


def test_a_file_where_a_folder_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(BadSetting, match="not a folder"):
        folder(tmp_path / "out")
    assert folder(tmp_path / "a" / "b").is_dir()
