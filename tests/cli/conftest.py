"""Exports of made-up couples, and a way to run commands on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from typer.testing import CliRunner, Result

from ebbtide.cli import app
from ebbtide.simulator import SHAPES, Couple, demo_couple, write_whatsapp

Run: TypeAlias = Callable[..., Result]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a command in this process; exceptions that would be a traceback for the user are one here."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)

    return run


@pytest.fixture(scope="session")
def couple() -> Couple:
    """The couple of the demo: Jo, and Sam who has been quiet for 31 hours."""
    return demo_couple()


@pytest.fixture(scope="session")
def chat(couple: Couple, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their WhatsApp export, as Jo made it."""
    talk = couple.conversation
    path = tmp_path_factory.mktemp("chat") / "WhatsApp Chat with Sam.txt"
    text = write_whatsapp(talk.events, couple.names, tz=talk.tz, shape=SHAPES["android-gb"], me="a")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def ambiguous(tmp_path: Path) -> Path:
    """Enough messages for a reading, on four days that look as likely with the month first."""
    path = tmp_path / "chat.txt"
    times = [
        (f"0{n}/0{n + 1}/2025", f"{hour:02}:{minute}")
        for n in range(1, 5)
        for hour in range(9, 22)
        for minute in (10, 40)
    ]
    lines = [f"{day}, {time} - {who}: hello" for day, time in times for who in ("Jo", "Sam")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
