"""The proof on stress and coping reads such a table, finds what was put into it, and says so where there is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from validation.__main__ import main
from validation.sequences import FILE_FROM, series, shown

from ebbtide.models.sequences import fit_steps


def written(path: Path) -> Path:
    """Thirty made-up couples: stress comes and goes by itself, coping mostly follows it one step later."""
    rng = np.random.default_rng(1)
    stress = (rng.random((30, 48)) < 0.5).astype(int)
    follows = rng.random((30, 47)) < 0.8
    coping = np.concatenate([stress[:, :1], np.where(follows, stress[:, :-1], 1 - stress[:, :-1])], axis=1)
    named = {f"IKCB{i + 1:02d}": stress[:, i] for i in range(48)} | {
        f"DCCB{i + 1:02d}": coping[:, i] for i in range(48)
    }
    pl.DataFrame(named).write_csv(path)
    return path


def test_the_effect_put_in_is_told_in_the_right_direction(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "couples.csv")
    stress, coping = series(path)
    fit = fit_steps(stress, coping)
    assert fit.cross[0].low < 0 < fit.cross[0].high
    assert fit.cross[1].estimate == pytest.approx(2 * np.log(4), abs=0.35)
    main(["sequences", str(path)])
    assert shown(fit.cross[1]) in capsys.readouterr().out


def test_without_the_file_nothing_is_made_up(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(FILE_FROM, raising=False)
    main(["sequences"])
    assert capsys.readouterr().out.startswith("No sequences to read")
    monkeypatch.setenv(FILE_FROM, str(written(tmp_path / "couples.csv")))
    main(["sequences"])
    assert "30 couples" in capsys.readouterr().out
