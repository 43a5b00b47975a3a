"""What the user is told when something goes wrong, and the exit code that goes with it."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import textwrap
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import typer
from typer.core import TyperGroup

from ebbtide.errors import BadSetting, EbbtideError, ImportFailed, NotEnoughData

P = ParamSpec("P")
R = TypeVar("R")

FAILURE, USAGE, BAD_INPUT = 1, 2, 3
DEBUG = "EBBTIDE_DEBUG"
PACKAGE = Path(__file__).parent.parent
#: What the library that reads the options sets before the reason why a word is none of those it knows.
NOISE = "Value error, "


class Commands(TyperGroup):
    """The commands; a wrong option is told in plain words."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named. Raises `typer.BadParameter` for a wrong option."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix(NOISE)
            raise


def told(command: Callable[P, R]) -> Callable[P, R]:
    """The command, with every exception turned into a short message on standard error and an exit code."""

    @wraps(command)
    def careful(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (typer.Exit, typer.Abort, typer.BadParameter, BrokenPipeError):
            raise
        except EbbtideError as error:
            leave(str(error), code_of(error))
        except OSError as error:
            leave(not_printed(error), FAILURE)
        except MemoryError:
            leave("There is not enough memory for this. Close other programs, or read fewer files at once.", FAILURE)
        except Exception as error:
            if os.environ.get(DEBUG) == "1":
                raise
            leave(unexpected(error), FAILURE)

    return careful


def code_of(error: EbbtideError) -> int:
    """The exit code of contract.md: bad input, a wrong option, or a failure of the program."""
    if isinstance(error, ImportFailed | NotEnoughData):
        return BAD_INPUT
    return USAGE if isinstance(error, BadSetting) else FAILURE


def unexpected(error: Exception) -> str:
    """Words for a bug: its type and place only, since the text of an exception may hold somebody's words."""
    ours = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(PACKAGE)]
    place = f"{Path(ours[-1].filename).relative_to(PACKAGE)}:{ours[-1].lineno}"
    reason = f": {os.strerror(error.errno)}" if isinstance(error, OSError) and error.errno else ""
    return (
        f"Something went wrong inside Ebbtide ({type(error).__name__}{reason}, {place}). "
        f"Your files are unchanged. {DEBUG}=1 before the command shows the details; they may contain message text."
    )


def not_printed(error: OSError) -> str:
    """Words for a full disk behind standard output; for any other trouble with files, as for a bug."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO) and error.filename is None:
        return str(cannot_write("standard output", error))
    return unexpected(error)


def cannot_write(path: str | os.PathLike[str], error: OSError) -> EbbtideError:
    """The error for a file that could not be written, with the reason in plain words."""
    plain = {
        errno.ENOSPC: ("the disk is full", "Free some space, or write to another place."),
        errno.EDQUOT: ("the disk quota is used up", "Free some space, or write to another place."),
        errno.EACCES: ("no permission to write there", "Write to a folder of your own."),
        errno.EPERM: ("no permission to write there", "Write to a folder of your own."),
        errno.EROFS: ("this disk can only be read", "Write to another place."),
        errno.ENOENT: ("there is no such folder", "Make the folder first, or write to another place."),
        errno.ENOTDIR: ("part of the path is not a folder", "Check the path."),
        errno.ENAMETOOLONG: ("the name is too long", "Use a shorter name."),
    }
    why, advice = plain.get(error.errno or 0, (os.strerror(error.errno or errno.EIO), "Write to another place."))
    return EbbtideError(f"The file could not be written: {why}.", where=os.fspath(path), try_=advice)


def leave(message: str, code: int) -> NoReturn:
    """Say it on standard error and end with this code."""
    from ebbtide.cli.plain import plain

    print(to_the_window(plain(message)), file=sys.stderr)
    raise typer.Exit(code)


def to_the_window(message: str) -> str:
    """The message with its lines broken between words, for the width of a window; a path stays whole."""
    if not sys.stderr.isatty():
        return message
    width = shutil.get_terminal_size().columns
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in message.splitlines()
    )
