"""Everything Ebbtide raises on purpose.

    EbbtideError
    ├── ImportFailed            a file could not be read as a conversation
    │   ├── UnknownExport       no importer recognises it
    │   ├── AmbiguousDates      day and month can be read either way
    │   └── NotTwoPeople        more or fewer than two people wrote
    ├── NotEnoughData           a model was asked for more than the record holds
    ├── FitFailed               a model did not converge
    ├── PackInvalid             a pack of words or advice breaks its own rules
    └── BadSetting              an option holds a value that cannot be used

Each carries what was wrong, where, and what to try. None ever carries message text.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager


class EbbtideError(Exception):
    """A problem to tell the user about: what was wrong, where, and what to try next."""

    def __init__(self, what: str, *, where: str | None = None, try_: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.try_ = try_

    def __str__(self) -> str:
        stop = "." if self.what.endswith(".") else ""  # the place belongs to its sentence: before the full stop
        place = f" ({self.where})" if self.where else ""
        advice = f" {self.try_}" if self.try_ else ""
        return f"{self.what.removesuffix(stop)}{place}{stop}{advice}"


#: Why a file cannot be opened, in plain words.
UNOPENED = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "part of the path is not a folder",
    errno.EISDIR: "this is a folder, not a file",
    errno.EACCES: "you may not read it",
    errno.EPERM: "you may not read it",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EIO: "the disk could not be read",
}


def unopened(error: OSError) -> str:
    """Why a file cannot be opened, to stand inside a sentence."""
    return UNOPENED.get(error.errno or 0, (error.strerror or "the reason is not known").lower())


class ImportFailed(EbbtideError):
    """A file could not be turned into a conversation."""


class UnknownExport(ImportFailed):
    """No importer recognises the file."""


class AmbiguousDates(ImportFailed):
    """Every date in the file can be read as day first and as month first."""


class NotTwoPeople(ImportFailed):
    """A reading needs exactly two people; the file has more or fewer."""


class NotEnoughData(EbbtideError):
    """The record is too short or too thin for what was asked."""


class FitFailed(EbbtideError):
    """A model did not converge on this record."""


class PackInvalid(EbbtideError):
    """A pack of rules, words or advice breaks the rules for packs."""


class BadSetting(EbbtideError):
    """An option or argument holds a value that cannot be used."""


@contextmanager
def refused_as(what: str, where: str) -> Iterator[None]:
    """Around the reading of a TOML file: what its grammar or its shape refuses is `PackInvalid`, as `what` says."""
    # Every command starts by this room, and few of them read a pack.
    import tomllib

    import msgspec

    try:
        yield
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackInvalid(what, where=where, try_=f"The reason: {error}.") from None
