"""`ebbtide whatif`: words, JSON, a picture, and clear messages for what cannot be asked."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Run
from tests.cli.test_check import unwrapped

SVG = "{http://www.w3.org/2000/svg}"
MONTH = "".join(
    f"{day:02}/03/2025, {hour:02}:{minute:02} - {who}: on my way\n"
    for day in range(1, 31)
    for hour, minute, who in ((9, 0, "Sam"), (9, 20, "Jo"), (20, 0, "Jo"), (20, 10, "Sam"))
)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A steady month of two people: too short to fit, long enough to be read."""
    path = tmp_path_factory.mktemp("whatif") / "chat.txt"
    path.write_text(MONTH, encoding="utf-8")
    return path


def test_words_say_in_this_model_and_what_is_not_known(run: Run, month: Path) -> None:
    said = unwrapped(run("whatif", month, "--me", "Jo", "--dates", "dmy", "--tz", "Europe/London").stdout)
    assert said.startswith("In this model, over 30 days, if you leave Sam room for 7 days: ")
    assert "too short to fit the model" in said
    assert "no promise and no advice to wait" in said
    assert "ebbtide helplines" in said


def test_json_is_the_what_if_alone_and_the_picture_has_words_and_a_table(run: Run, month: Path, tmp_path: Path) -> None:
    picture = tmp_path / "fan.svg"
    options = ("--reach", "12/day", "--me", "Jo", "--dates", "dmy", "--tz", "Europe/London", "--out", picture, "--json")
    told = json.loads(run("whatif", month, *options).stdout)
    assert told["schema"] == "ebbtide.whatif/1"
    assert told["alternative"]["reach"] == 12
    drawn = ElementTree.fromstring(picture.read_text(encoding="utf-8"))
    assert drawn.findtext(f"{SVG}desc") == " ".join((*told["says"], *told["limits"]))
    assert "for couples of any kind" in (drawn.findtext(f"{SVG}title") or "")
    assert len((drawn.findtext(f"{SVG}metadata") or "").splitlines()) == 1 + 7


def test_too_little_is_answered_and_the_picture_says_so_too(run: Run, tmp_path: Path) -> None:
    chat, picture = tmp_path / "chat.txt", tmp_path / "fan.svg"
    chat.write_text(MONTH[:400], encoding="utf-8")
    result = run("whatif", chat, "--dates", "dmy", "--tz", "Europe/London", "--out", picture)
    assert result.exit_code == 0
    assert "too short" in result.stdout
    drawn = ElementTree.fromstring(picture.read_text(encoding="utf-8"))
    read = " ".join(line.text or "" for line in drawn.iter(f"{SVG}text"))
    assert (drawn.findtext(f"{SVG}desc") or "") in read
    assert "too short" in read
    assert not drawn.findall(f"{SVG}polyline")


def test_beside_danger_no_picture_is_left_behind(run: Run, tmp_path: Path) -> None:
    chat, picture = tmp_path / "chat.txt", tmp_path / "fan.svg"
    chat.write_text(f"{MONTH}30/03/2025, 21:00 - Sam: I will kill you if you leave\n", encoding="utf-8")
    result = run("whatif", chat, "--me", "Jo", "--dates", "dmy", "--tz", "Europe/London", "--out", picture)
    assert result.exit_code == 0
    assert unwrapped(result.stdout).endswith("No picture was drawn.")
    assert not picture.exists()


def test_beside_danger_an_older_picture_is_left_and_said_not_to_fit(run: Run, tmp_path: Path) -> None:
    """It is not deleted behind one's back, nor written over with words of danger that others may find."""
    chat, picture = tmp_path / "chat.txt", tmp_path / "fan.svg"
    chat.write_text(f"{MONTH}30/03/2025, 21:00 - Sam: I will kill you if you leave\n", encoding="utf-8")
    picture.write_text("<svg/>", encoding="utf-8")
    options = ("--me", "Jo", "--dates", "dmy", "--tz", "Europe/London", "--out", picture)
    said = unwrapped(run("whatif", chat, *options).stdout)
    assert "No picture was drawn. The file that was there before is left as it was" in said
    assert "it does not fit here: please do not go by it" in said
    told = run("whatif", chat, *options, "--json")
    assert json.loads(told.stdout)["outcome"] == "harm"
    assert "it does not fit here" in unwrapped(told.stderr)
    assert picture.read_text(encoding="utf-8") == "<svg/>"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--give-space", "0"), "0.125 days (3 hours) or more"),
        (("--give-space", "0", "--appreciate"), "give_space=0"),
        (("--give-space", "0.1"), "3 hours"),
        (("--give-space", "nan"), "from 0 to 90"),
        (("--give-space", "1e9"), "from 0 to 90"),
        (("--reach", "nan"), "from 0 to 100"),
        (("--reach", "-1/day"), "from 0 to 100"),
        (("--reach", "many"), "10/day"),
        (("--give-space", "-3"), "from 0 to 90"),
        (("--reach", "9", "--give-space", "3"), "one, then the other"),
        (("--out", "fan.png"), "fan.svg"),
    ],
)
def test_what_cannot_be_asked_is_told_before_anything_is_read(
    run: Run, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    result = run("whatif", tmp_path / "not-there.txt", *options)
    assert result.exit_code == 2
    assert said in unwrapped(result.stderr)
