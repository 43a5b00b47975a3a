"""A language pack is read from its folder, and what is missing or wrong in one is named."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import numpy as np
import pytest

from ebbtide.errors import PackInvalid
from ebbtide.signals.languages import HELD_OUT, MODEL, LanguagePack, pack, packs, read_pack
from ebbtide.signals.languages.pack import ABOUT, NEEDED_RULES
from ebbtide.signals.moves import LABELS, Message, model, scores

CARD = Path(__file__).parents[2] / "docs" / "model-card.md"


def made(folder: Path, about: str = 'id = "xx"\nname = "X"\nfrequent = ["zu"]\nsentence_share = 0.5\n') -> Path:
    """A small pack on disk."""
    (folder / "rules").mkdir(parents=True)
    (folder / ABOUT).write_text(about)
    for name in (MODEL, HELD_OUT, *(f"rules/{n}.toml" for n in NEEDED_RULES)):
        (folder / name).write_text("")
    return folder


def test_a_pack_is_read_from_its_folder(tmp_path: Path) -> None:
    found = read_pack(made(tmp_path / "xx"))
    assert (found.id, found.name, found.frequent) == ("xx", "X", ("zu",))
    assert found.rules("crisis") == found.rules("nothing of this name") == ""


def test_english_comes_along_and_an_unknown_language_is_named() -> None:
    assert "en" in [p.id for p in packs()]
    with pytest.raises(PackInvalid, match="no pack"):
        pack("tlh")


@pytest.mark.parametrize("name", [ABOUT, MODEL, HELD_OUT, "rules/crisis.toml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = made(tmp_path / "xx")
    (folder / name).unlink()
    with pytest.raises(PackInvalid) as caught:
        read_pack(folder)
    assert name in f"{caught.value}{caught.value.where}{caught.value.try_}"


@pytest.mark.parametrize(
    "about",
    [
        'id = "yy"\nname = "X"\nfrequent = ["zu"]\nsentence_share = 0.5\n',
        'id = "xx"\nname = "X"\nfrequent = []\nsentence_share = 0.5\n',
        'id = "xx"\nname = "X"\nfrequent = ["zu"]\nsentence_share = 1.5\n',
        'id = "xx"\nname = "X"\nfrequent = "zu"\nsentence_share = 0.5\n',
        'id = "xx"\nname = "X"\n',
        "id = xx",
    ],
)
def test_what_is_wrong_in_a_pack_is_an_error_with_its_place(tmp_path: Path, about: str) -> None:
    with pytest.raises(PackInvalid) as caught:
        read_pack(made(tmp_path / "xx", about))
    assert caught.value.where == f"xx/{ABOUT}"


def f1(hit: int, false: int, missed: int) -> float:
    return 2 * hit / max(2 * hit + false + missed, 1)


@pytest.mark.parametrize("language", packs(), ids=lambda p: p.id)
def test_every_pack_proves_itself_on_messages_it_has_not_learned_from(language: LanguagePack) -> None:
    """The model card's figure, from the pack alone."""
    rows = [msgspec.json.decode(line) for line in language.held_out()]
    place = ("prev", "prev_same_person", "gap_minutes", "unanswered")
    asked = [Message(r["text"], *(r[key] for key in place)) for r in rows]
    using = model(language.id)
    said = (scores(asked, using) >= using.possible)[:, : len(LABELS)]
    yes = np.array([[label in r["labels"] for label in LABELS] for r in rows])
    found = f1(int((said & yes).sum()), int((said & ~yes).sum()), int((~said & yes).sum()))
    (stated,) = re.findall(rf"\({language.id} pack\): micro-F1 ([0-9.]+)", CARD.read_text())
    assert len(rows) >= 1000
    assert found == pytest.approx(float(stated), abs=0.003)
