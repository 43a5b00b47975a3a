"""The proof on ordinary messages counts what is flagged, and says so where there is nothing to read."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from tests.guide.made_judge import Made
from validation.__main__ import main

from ebbtide.guide.check import flags
from ebbtide.signals.moves import HEADS
from validation import check as proof


def test_flags_are_counted_in_both_voices(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flags, "packaged", lambda: Made().judge)
    monkeypatch.setattr(proof, "HELD_OUT", ())
    monkeypatch.setattr(proof, "DRAFTS", Path("nowhere"))
    path = tmp_path / "ordinary.txt.gz"
    path.write_bytes(gzip.compress(b"see you\nok\x85\nAre you there?\nyou hardly listen\n"))
    main(["check", str(path)])
    said = capsys.readouterr().out
    assert "waiting      2 of 4 flagged, 500.0 in 1,000 (" in said
    assert "withdrawing  1 of 4 flagged, 250.0 in 1,000 (criticism 1)" in said
    assert "No scores of authors left out" in said


def test_shares_of_a_label_are_those_of_its_flags() -> None:
    flagged, truth = np.array([1, 1, 1, 0], bool), np.array([1, 1, 0, 1], bool)
    agreed = np.array([1, np.nan, 0, 1])
    assert proof.row("demand", flagged, truth, agreed).split() == ["demand", "3", "3", "0.67", "0.67", "0.50"]
    assert "demand" in HEADS


def test_without_the_file_nothing_is_made_up(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(proof.FILE_FROM, raising=False)
    monkeypatch.setattr(proof, "HELD_OUT", ())
    monkeypatch.setattr(proof, "DRAFTS", Path("nowhere"))
    main(["check"])
    assert capsys.readouterr().out.startswith("No ordinary messages to read")
