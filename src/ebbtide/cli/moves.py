"""`ebbtide moves`: JSON lines in, the same lines out with the moves of each message."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import msgspec

from ebbtide.errors import ImportFailed, unopened
from ebbtide.signals.moves import LABELS, Message, model, scores
from ebbtide.signals.moves.model import Scored

#: Lines that go through together.
MANY = 4096
DIGITS = 4


class Line(msgspec.Struct):
    """One line of moves.md: a message, what came before, and how long ago."""

    text: str
    prev: str | None = None
    prev_same_person: bool = False
    gap_minutes: float | None = None
    unanswered: int | None = None


def tell(file: Path | None, out: TextIO, *, encoder: bool = False) -> None:
    """Read lines from a file or from standard input and write them with `scores`, `labels` and `clear`.

    With `encoder`, by the extra of that name beside the packaged model.
    """
    score = with_encoder() if encoder else packaged
    for part in parts(lines(file), "" if file is None or str(file) == "-" else f"{file.name}, "):
        for raw, found in zip(part, judged([line for _, line in part], score), strict=True):
            out.write(msgspec.json.encode({**raw[0], **found}).decode() + "\n")


def packaged(messages: list[Message]) -> Scored:
    """What the packaged model says."""
    using = model()
    return Scored(scores(messages, using), using.possible, using.clear)


def with_encoder() -> Callable[[list[Message]], Scored]:
    """What it says together with the encoder; `BadSetting` where that is not installed."""
    from ebbtide.signals.moves import encoder

    encoder.installed()
    return encoder.scored


def judged(asked: list[Line], score: Callable[[list[Message]], Scored] = packaged) -> list[dict[str, Any]]:
    """What is added to each line."""
    found = score([message(line) for line in asked])
    return [
        {
            "scores": {name: round(float(p), DIGITS) for name, p in zip(LABELS, row, strict=True)},
            "labels": [name for name, p, least in zip(LABELS, row, found.possible, strict=False) if p >= least],
            "clear": [name for name, p, least in zip(LABELS, row, found.clear, strict=False) if p >= least],
        }
        for row in found.scores[:, : len(LABELS)]
    ]


def message(line: Line) -> Message:
    """A line as a message in its place."""
    same = line.prev is not None and line.prev_same_person
    waiting = int(same) if line.unanswered is None else line.unanswered
    return Message(line.text, line.prev, same, max(line.gap_minutes or 0.0, 0.0), max(waiting, 0))


def lines(file: Path | None) -> Iterator[tuple[int, str]]:
    """Numbered lines that are not blank."""
    try:
        stream = sys.stdin.buffer if file is None or str(file) == "-" else file.open("rb")
        with stream:
            yield from ((n, raw.decode("utf-8")) for n, raw in enumerate(stream, 1) if raw.strip())
    except OSError as error:
        raise ImportFailed(
            f"The file cannot be opened: {unopened(error)}.", where=str(file), try_="Check the path."
        ) from None
    except UnicodeDecodeError:
        raise ImportFailed("This is not text in UTF-8.", where=str(file or "-"), try_="Save it as UTF-8.") from None


def parts(numbered: Iterator[tuple[int, str]], name: str = "") -> Iterator[list[tuple[dict[str, Any], Line]]]:
    """The lines, read, some thousand at a time; `name` stands before the number of one that cannot be."""
    held: list[tuple[dict[str, Any], Line]] = []
    for number, text in numbered:
        held.append(parsed(number, text, name))
        if len(held) == MANY:
            yield held
            held = []
    if held:
        yield held


def parsed(number: int, text: str, name: str = "") -> tuple[dict[str, Any], Line]:
    """A line as it was and as a message; an error names its number and not its words."""
    try:
        raw = msgspec.json.decode(text, type=dict[str, Any])
        return raw, msgspec.convert(raw, Line)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        field = str(error).rpartition("`$")[2].strip(".`") if isinstance(error, msgspec.ValidationError) else ""
        raise ImportFailed(
            f"This is not a message{f': {field} is not what it should be' if field else ''}.",
            where=f"{name}line {number}",
            try_='Write one JSON object a line, like {"text": "...", "prev": null}.',
        ) from None
