"""Bytes of an export as UTF-8: byte-order marks, UTF-16, cut-off ends, and a best guess where it is neither."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from ebbtide.conversation import Problem
from ebbtide.errors import UnknownExport

REPLACEMENT = "\ufffd".encode()
#: Mended in pieces of this size, so that a large damaged file is never held as one Python string.
PIECE = 4 * 2**20
#: Broken sequences per whole one up to which a file is taken for damaged UTF-8 rather than another encoding.
DAMAGE = 0.1
#: The share of zero bytes from which a file is binary.
ZEROS = 0.001


@dataclass(frozen=True, slots=True)
class Decoded:
    """An export as valid UTF-8 without a byte-order mark; `encoding` says what it was read as."""

    data: bytes
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """Read the bytes of a text export; a binary file is `UnknownExport`, a guess is reported as a problem."""
    for bom, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(bom):
            return _utf16(data[2:], encoding)
    data = data.removeprefix(codecs.BOM_UTF8)
    guess = wide(data)
    if guess is not None:
        return _utf16(data, guess)
    if not is_text(data):
        raise binary(name)
    whole = _without_cut_end(data)
    if is_utf8(whole):
        cut = (Problem(whole.count(b"\n") + 1, "cut_off_inside_a_character"),) if len(whole) < len(data) else ()
        return Decoded(whole, "utf-8", cut)
    return _mended(data)


def binary(name: str) -> UnknownExport:
    """The answer to a file that is not text."""
    return UnknownExport(
        "This file is not a chat export: it holds binary data.",
        where=name,
        try_="Give the .txt or .zip that WhatsApp exports, or the result.json of Telegram Desktop.",
    )


def is_text(data: bytes) -> bool:
    """Whether the bytes can be text: a few zeros are damage, many are another kind of file."""
    sample = data[:PIECE]
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return marked or sample.count(0) <= len(sample) * ZEROS or wide(data) is not None


def wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows as a zero in nearly every second byte; anything else with zeros is binary."""
    sample = data[:4096]
    half = max(len(sample) // 2, 1)
    odd, even = sample[1::2].count(0) / half, sample[0::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are valid UTF-8, checked without building a Python string."""
    if data.isascii():
        return True
    try:
        pl.Series([data], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.ComputeError:
        return False
    return True


def _utf16(data: bytes, encoding: str) -> Decoded:
    text = data[: len(data) // 2 * 2].decode(encoding, "replace").removeprefix("\ufeff")
    return Decoded(text.encode("utf-8", "replace"), "utf-16")


def _without_cut_end(data: bytes) -> bytes:
    """The data without a last character of which only the first bytes are there, as after a broken copy."""
    for back in range(1, min(4, len(data) + 1)):
        lead = data[-back]
        if lead >= 0xC0:
            needed = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            return data[:-back] if needed > back else data
        if lead < 0x80:
            return data
    return data


def _mended(data: bytes) -> Decoded:
    """Damaged UTF-8 with the broken bytes replaced, or, where little of it is UTF-8, the file read as Windows-1252."""
    pieces = [piece.decode("utf-8", "replace").encode() for piece in _pieces(data)]
    mended = b"".join(pieces)
    broken = mended.count(REPLACEMENT) - data.count(REPLACEMENT)
    leads = sum(data.count(bytes([b])) for b in range(0xC3, 0xF5))
    if broken <= DAMAGE * leads:
        lines = (n for n, line in enumerate(mended.split(b"\n"), start=1) if REPLACEMENT in line)
        return Decoded(mended, "utf-8", tuple(Problem(n, "undecodable_bytes") for n in lines))
    latin = b"".join(piece.decode("cp1252", "replace").encode() for piece in _pieces(data))
    first = data[: next(i for i, b in enumerate(data) if b >= 0x80)].count(b"\n") + 1
    return Decoded(latin, "cp1252", (Problem(first, "not_utf8_read_as_windows_1252"),))


def _pieces(data: bytes) -> Iterator[bytes]:
    """The data in pieces that end with a line, so that no character is torn."""
    start = 0
    while start < len(data):
        end = data.rfind(b"\n", start, start + PIECE) + 1
        end = end if end > start else (data.find(b"\n", start + PIECE) + 1 or len(data))
        yield data[start:end]
        start = end
