"""`ebbtide demo`: a made-up couple, their export, and the reading of it; the same every time."""

from __future__ import annotations

from pathlib import Path

from ebbtide import analysis, importers
from ebbtide.cli import files
from ebbtide.cli.waiting import progress
from ebbtide.reading import Reading
from ebbtide.report import html
from ebbtide.simulator import SHAPES, Couple, demo_couple, write_truth, write_whatsapp

ME = "a"


def demo(out: Path) -> tuple[Reading, Path]:
    """Write the export, the truth behind it and the report into the folder; the reading and the report's path."""
    couple = demo_couple()
    files.folder(out)
    export, page = out / "chat.txt", out / "report.html"
    files.write_whole(export, exported(couple).encode())
    files.write_whole(out / "truth.json", write_truth(couple).encode())
    reading = read(couple, export)
    files.write_whole(page, html(reading).encode())
    return reading, page


def exported(couple: Couple) -> str:
    """The couple's conversation as one of them would export it from WhatsApp."""
    talk = couple.conversation
    return write_whatsapp(talk.events, couple.names, tz=talk.tz, shape=SHAPES["android-gb"], me=ME)


def read(couple: Couple, export: Path) -> Reading:
    """The reading of the export, made just when the made-up record ends."""
    talk = importers.open([export], me=couple.names[ME], tz=couple.conversation.tz)
    with progress("Reading") as step:
        return analysis.read(talk, couple.conversation.coverage[-1][1], progress=step)
