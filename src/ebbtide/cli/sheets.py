"""`ebbtide style` and `ebbtide measure`: a short sheet about oneself, what it may mean and what not.

Nothing is kept unless `--file` names a file: one JSON object a line with the day and the scores, never the answers.
"""

from __future__ import annotations

import json as json_
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import typer

from ebbtide.cli import asking, files, moments, notes
from ebbtide.cli.screen import console, paragraph
from ebbtide.errors import BadSetting, ImportFailed, unopened
from ebbtide.reading import phrases
from ebbtide.selfreport.sheets import DIGITS, Item, Score, Scores, Sheet, read_answers, scored, sheet

SCHEMA = "ebbtide.measure/1"


class Result(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the file: which sheet, when, and its scores."""

    sheet: str
    date: date
    scores: dict[str, int | float | None]


def tell(name: str, answers: Path | None, file: Path | None, *, json: bool) -> None:
    """Take the answers, score them, keep the scores where asked to, and print them in words or as JSON."""
    of = sheet(name)
    path = None if file is None else notes.usable(file)
    earlier = [] if path is None else results(path)
    found = scored(of, read_answers(of, given(answers), str(answers)) if answers else asked(of))
    if path is not None and any(value is not None for value in found.values()):
        keep(path, Result(name, moments.clock().astimezone().date(), found))
    mine = [result for result in earlier if result.sheet == name]
    if not json:
        show(of, found, mine)
    else:
        told = found if name == "style" else as_json(name, of, found, mine)
        typer.echo(json_.dumps(told, ensure_ascii=False, indent=2, allow_nan=False))


def given(path: Path) -> bytes:
    """The answers as they come, from a file or from standard input."""
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        raise ImportFailed(
            f"The answers cannot be opened: {unopened(error)}.", where=str(path), try_="Check the path."
        ) from None


def asked(of: Sheet) -> dict[str, int]:
    """The answers of somebody at the terminal."""
    if not asking.can_ask():
        raise BadSetting("There is nobody to ask.", where="--answers", try_="Give the answers as a JSON file, or -.")
    asking.say(f"{of.title}\n{of.asks}\nEnter skips a question. q leaves and keeps nothing.")
    found = {}
    for place, item in enumerate(of.item, 1):
        asking.say(f"\n{place} of {len(of.item)}. {item.text}")
        found[item.id] = asking.number(offered(of, item), of.lowest, of.highest_of(item))
    asking.say("")
    return {key: value for key, value in found.items() if value is not None}


def offered(of: Sheet, item: Item) -> str:
    """The answers to choose from, in a line."""
    return ", ".join(f"{n}: {word}" for n, word in enumerate(of.choices_of(item), of.lowest) if word)


def results(path: Path) -> list[Result]:
    """The lines of a file of results, none where there is no file; `ImportFailed` names one that is something else."""
    found = []
    for number, line in enumerate(lines_of(path), 1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Result))
            except (msgspec.DecodeError, msgspec.ValidationError):
                raise ImportFailed(
                    "This line is no result.", where=f"{path.name}, line {number}", try_="Give another file."
                ) from None
    return found


def lines_of(path: Path) -> list[bytes]:
    """The lines of a file."""
    try:
        return path.read_bytes().splitlines() if path.exists() else []
    except OSError as error:
        raise ImportFailed(
            f"The file cannot be opened: {unopened(error)}.", where=str(path), try_="Check the path."
        ) from None


def keep(path: Path, result: Result) -> None:
    """Add a line to the file."""
    with files.held(path.parent):
        lines = [*lines_of(path), msgspec.json.encode(result)]
        files.write_whole(path, b"\n".join(lines) + b"\n")


def show(of: Sheet, found: Scores, earlier: Sequence[Result]) -> None:
    """Print what the scores are and may mean, how they changed, what they do not say, and where to turn."""
    out = console()
    paragraph(out, of.title, style="bold")
    for score in of.score:
        value = found[score.id]
        if value is None:
            paragraph(out, f"{score.name}: too few answers to say.")
            continue
        band = score.band_of(value)
        paragraph(out, f"{score.name}: {value:g} of {of.highest_score(score)}. {band.words}")
        if band.turn:
            paragraph(out, band.turn)
    changes = [words for score in of.score if (words := changed(score, found, earlier))]
    if changes:
        paragraph(out, " ".join((*changes, of.steady)))
    paragraph(out, of.limits)
    if of.step:
        paragraph(out, of.step)
    paragraph(out, f"Source: {of.source}", style="dim", below=0)


def changed(score: Score, found: Scores, earlier: Sequence[Result]) -> str:
    """How a score changed since the first time and the last, in words; "" where nothing is known of either."""
    now, known = found[score.id], values_of(score, earlier)
    if now is None or not known:
        return ""
    last, first = known[-1], known[0]
    since = [f"{moved(now - last[1])} since the last time ({phrases.dated(last[0])})"]
    if len(known) > 1:
        since.append(f"{moved(now - first[1])} since the first ({phrases.dated(first[0])})")
    return f"{score.name}: {', '.join(since)}."


def moved(by: float) -> str:
    """A change in words."""
    return f"{'higher' if by > 0 else 'lower'} by {abs(round(by, DIGITS)):g}" if by else "no change"


def values_of(score: Score, results: Sequence[Result]) -> list[tuple[date, float]]:
    """The days and values at which a score is known, in the order of the days."""
    known = [(r.date, value) for r in results if (value := r.scores.get(score.id)) is not None]
    return sorted(known, key=lambda each: each[0])


def as_json(name: str, of: Sheet, found: Scores, earlier: Sequence[Result]) -> dict[str, Any]:
    """A measure as JSON: the score, the words that go with it, and the first and last time before."""
    score = of.score[0]
    value = found[score.id]
    band = None if value is None else score.band_of(value)
    known = [{"date": day.isoformat(), "score": before} for day, before in values_of(score, earlier)]
    return {
        "schema": SCHEMA,
        "measure": name,
        "score": value,
        "highest": of.highest_score(score),
        "band": None if band is None else band.id,
        "words": [of.limits] if band is None else [words for words in (band.words, band.turn, of.limits) if words],
        "first": known[0] if known else None,
        "last": known[-1] if known else None,
        "source": of.source,
    }
