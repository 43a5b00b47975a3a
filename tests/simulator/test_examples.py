"""The example exports in the repository can be read and agree with the truth beside them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from ebbtide import importers

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPORTS = sorted(p for p in EXAMPLES.iterdir() if p.suffix in (".txt", ".json") and ".truth" not in p.name)


def test_there_are_examples_of_both_apps() -> None:
    assert {p.suffix for p in EXPORTS} == {".txt", ".json"}
    assert all(p.stat().st_size < 300_000 for p in EXPORTS)


@pytest.mark.parametrize("path", EXPORTS, ids=lambda p: p.name)
def test_an_example_is_the_record_its_truth_speaks_of(path: Path) -> None:
    truth = json.loads(path.with_name(f"{path.stem}.truth.json").read_text("utf-8"))
    talk = importers.open(path, tz=truth["tz"]).require_two()
    assert [{"id": p.id, "name": p.name} for p in talk.people] == truth["people"]
    start, now = (datetime.fromisoformat(truth[key]) for key in ("start", "now"))
    assert start <= talk.coverage[0][0] < talk.coverage[-1][1] <= now
    days = {d.isoformat() for d in talk.events["at"].dt.convert_time_zone(truth["tz"]).dt.date()}
    assert all(min(days) <= e["start"] <= max(days) for e in truth["episodes"])
