"""`ebbtide events`: the event table as a file, or what became of every line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any, Literal

import polars as pl
import typer

from ebbtide import analysis
from ebbtide.cli import files
from ebbtide.cli.talk import Source, conversation
from ebbtide.conversation import Conversation
from ebbtide.errors import BadSetting

Format = Literal["parquet", "csv", "jsonl"]
SUFFIXES: dict[str, Format] = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}


def write(source: Source, out: Path | None, form: Format | None, *, report: bool) -> None:
    """Write the event table, or its report, to the file or to standard output."""
    form = form or ("csv" if out is None else form_of(out, report=report))
    if out is not None:
        files.destination(out, source.files)
    elif form == "parquet" and not report and sys.stdout.isatty():
        raise BadSetting("Parquet is not text.", where="--format", try_="Name a file: --out events.parquet.")
    talk = conversation(source)
    content = as_report(talk) if report else as_table(analysis.events(talk), form)
    if out is not None:
        files.write_whole(out, content)
    else:
        typer.echo(content, nl=False)


def form_of(out: Path, *, report: bool) -> Format:
    """The format that the ending of the file says; a report has but one, and a name without ending is CSV."""
    form = SUFFIXES.get(out.suffix.lower(), "csv" if report or not out.suffix else None)
    if form is None:
        raise BadSetting(
            "The ending of the file says what is written, and this one is not known.",
            where=str(out),
            try_=f"Use {', '.join(SUFFIXES)}, or --format.",
        )
    return form


def as_table(events: pl.DataFrame, form: Format) -> bytes:
    """The table in one of the formats; in CSV the flags are joined by ";"."""
    buffer = io.BytesIO()
    if form == "parquet":
        events.write_parquet(buffer)
    elif form == "csv":
        events.with_columns(pl.col("flags").list.join(";")).write_csv(buffer)
    else:
        events.write_ndjson(buffer)
    return buffer.getvalue()


def as_report(talk: Conversation) -> bytes:
    """What became of every line, who wrote how much, and for which time there is data, as JSON."""
    data: dict[str, Any] = {
        "import": [r.to_dict() for r in talk.imports],
        "people": [{"id": p.id, "name": p.name, "messages": p.messages} for p in talk.people],
        "coverage": [[start.isoformat(), end.isoformat()] for start, end in talk.coverage],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
