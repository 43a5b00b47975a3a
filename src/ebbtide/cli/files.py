"""Writing what the user asked for: whole or not at all, and never over something else."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ebbtide.cli.failures import cannot_write
from ebbtide.errors import BadSetting


def destination(path: Path, sources: Iterable[Path] = ()) -> Path:
    """The path, if a file can go there; said before the work starts, not after it.

    Raises `BadSetting` where the path is a folder, lies in no folder, or is one of the files being read.
    """
    if path.is_dir():
        raise BadSetting("This is a folder.", where=str(path), try_="Give the name of a file in it.")
    if not path.parent.is_dir():
        raise BadSetting(
            "There is no such folder.", where=str(path.parent), try_="Make it first, or write to another place."
        )
    if any(path.resolve() == source.resolve() for source in sources):
        raise BadSetting("This file is the one being read.", where=str(path), try_="Write to another name.")
    return path


def folder(path: Path) -> Path:
    """The folder, made where it is missing."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise BadSetting("This is a file, not a folder.", where=str(path), try_="Give another folder.") from None
    except OSError as error:
        raise cannot_write(path, error) from None
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write the file beside its place and move it there, so that nobody finds half of it.

    New files can be read by their owner only. Devices and pipes are written straight.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        write_beside(path, content)
    except OSError as error:
        raise cannot_write(path, error) from None


def write_beside(path: Path, content: bytes) -> None:
    """Write to a temporary file in the same folder, then rename."""
    handle, name = tempfile.mkstemp(prefix=".ebbtide-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """A folder held against another of these commands, so that what is read and written back is not written between.

    Where folders cannot be locked (Windows, some network disks) it is not held.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = None
    try:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if handle is not None:
            os.close(handle)
