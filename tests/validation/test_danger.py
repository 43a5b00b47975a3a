"""Danger in dialogues: how they are laid out, and that what is seen is counted where it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from training.corpus import Labelled, read
from validation.danger import laid_out, report

from ebbtide.signals.moves import HEADS

TALKS = """
A 0 | i can see no point any more | crisis
B 5 | where are you |
A 2 | it would be easier for all of you | crisis
A 1 | sorry |

A 0 | bread? |
A 60 | hello? |
B 3 | yes |
A 1 | thanks |
"""


def rows(folder: Path) -> list[Labelled]:
    path = folder / "mallow.txt"
    path.write_text(TALKS.strip() + "\n")
    return read(path)


def test_dialogues_stand_apart_with_two_people_each(tmp_path: Path) -> None:
    laid = laid_out(rows(tmp_path))
    assert laid["person"].to_list() == ["0a", "0b", "0a", "0a", "1a", "1a", "1b", "1a"]
    assert (laid["at"][5] - laid["at"][4]).total_seconds() == 3600
    assert (laid["at"][4] - laid["at"][3]).days == 20


def test_what_is_seen_is_counted_in_its_dialogue(tmp_path: Path) -> None:
    told = rows(tmp_path)
    logit = np.full((len(told), len(HEADS)), -20.0, np.float32)
    logit[[0, 2], HEADS.index("crisis")] = 20.0
    crisis, control = report(logit, told)
    assert crisis.startswith("crisis: seen in 1 of 1 dialogues with it, and in 2 of 2 messages; in 0 of 1 dialogues")
    assert "seen in 0 of 0 dialogues" in control
