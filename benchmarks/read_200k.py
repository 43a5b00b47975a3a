"""`ebbtide read` on an export of 200,000 messages of a made-up couple."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.process import Figure, Run, ebbtide, run
from ebbtide.simulator import SHAPES, Couple, make_couple, write_whatsapp

MESSAGES = 200_000
#: The couples that write most; the record spans about five years.
KIND, SEED = "busy", 200
TRIAL_DAYS = 180
TZ = "Europe/London"


def figures() -> Iterator[Figure]:
    """Seconds and GiB of the whole process: with words on the terminal, and with JSON and the report."""
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "chat.txt"
        export.write_text(exported(large_couple()), encoding="utf-8")
        size = f"{MESSAGES:,} messages"
        plain = run(ebbtide("read", str(export), "--tz", TZ))
        yield from budgeted(f"ebbtide read, {size}", plain)
        full = run(ebbtide("read", str(export), "--tz", TZ, "--json", "--html", f"{folder}/report.html"))
        yield from budgeted(f"ebbtide read --json --html, {size}", full)


def budgeted(name: str, measured: Run) -> Iterator[Figure]:
    """Time and memory of one run with their budgets."""
    yield Figure(name, measured.seconds, "s", 12.0)
    yield Figure("  peak memory", measured.gibibytes, "GiB", 1.0)


def large_couple() -> Couple:
    """A couple with at least as many messages as asked for: a short trial tells for how many days."""
    a_day = make_couple(SEED, kind=KIND, days=TRIAL_DAYS, words=False).conversation.messages.height / TRIAL_DAYS
    days = int(MESSAGES / a_day)
    while (couple := make_couple(SEED, kind=KIND, days=days)).conversation.messages.height < MESSAGES:
        days = int(days * 1.1)
    return couple


def exported(couple: Couple) -> str:
    """The first messages as WhatsApp would export them, cut to the number asked for."""
    events = couple.conversation.events.head(MESSAGES)
    return write_whatsapp(events, couple.names, tz=TZ, shape=SHAPES["android-gb"])
