"""Fixtures for importer tests, and `pytest tests/importers --renew`, which writes the golden tables anew."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--renew", action="store_true", help="write the expected tables of the golden exports anew")


@pytest.fixture(autouse=True)
def machine_in_london(monkeypatch: pytest.MonkeyPatch) -> None:
    """The zone of the machine is the same wherever the tests run."""
    monkeypatch.setenv("TZ", "Europe/London")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A place for one WhatsApp export."""
    return tmp_path / "chat.txt"
