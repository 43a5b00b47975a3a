"""Golden exports: a small made-up export of every shape, and beside it the table it must become.

`pytest tests/importers --renew` writes the tables anew; look at the difference before committing it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ebbtide.conversation import Conversation
from ebbtide.importers import open as read_export

GOLDEN = Path(__file__).parent / "golden"
EXPORTS = sorted(p for p in GOLDEN.iterdir() if not p.name.endswith(".expected.json"))


def table(talk: Conversation) -> dict[str, Any]:
    """Everything a conversation holds, as plain data."""
    names = {p.id: p.name for p in talk.people}
    rows = talk.events.drop("id", "source").with_columns(
        pl.col("at").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        pl.col("person").replace(names),
        pl.col("kind").cast(pl.String),
    )
    return {
        "people": {p.name: p.messages for p in talk.people},
        "tz": [talk.tz, talk.tz_source],
        "import": [report.to_dict() for report in talk.imports],
        "events": rows.to_dicts(),
    }


def written(data: dict[str, Any]) -> str:
    """JSON with one event per line, so that a difference can be read."""
    events = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in data["events"])
    rest = {k: v for k, v in data.items() if k != "events"}
    return json.dumps(rest, ensure_ascii=False, indent=1)[:-2] + f',\n "events": [\n{events}\n ]\n}}\n'


@pytest.mark.parametrize("path", EXPORTS, ids=lambda p: p.name)
def test_golden_export(path: Path, request: pytest.FixtureRequest) -> None:
    found = table(read_export(path))
    expected = path.with_suffix(f"{path.suffix}.expected.json")
    if request.config.getoption("--renew", default=False):
        expected.write_text(written(found), encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", EXPORTS, ids=lambda p: p.name)
def test_every_line_is_accounted_for(path: Path) -> None:
    (report,) = read_export(path).imports
    if report.format == "whatsapp":
        text = path.read_bytes().decode({"utf16.txt": "utf-16", "windows_1252.txt": "cp1252"}.get(path.name, "utf-8"))
        assert report.lines == len(text.removesuffix("\n").split("\n"))
    assert report.lines == report.events + report.continuations + report.unreadable
    assert report.events == sum(report.by_kind.values())
    assert len(report.problems) >= report.unreadable
