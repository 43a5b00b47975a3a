"""`ebbtide check` and `ebbtide moves`: what they take, what they print, and that they keep and repeat nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import ebbtide
from ebbtide.cli import app
from ebbtide.cli.check import EMPTY, NOTHING, UNREAD, marked, sorted_out
from ebbtide.guide.check import Flag, flags
from ebbtide.signals.moves import LABELS
from tests.cli.conftest import Run
from tests.guide.made_judge import Made

DRAFT = "Home at six. You hardly listen 😭 see you"
PART = [13, 32]


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Drafts are judged by a few known words."""
    monkeypatch.setattr(flags, "packaged", lambda: Made().judge)
    yield


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def piped(given: str | bytes, *arguments: str) -> Any:
    """What comes of a command with this on standard input."""
    return CliRunner().invoke(app, ["check", *arguments], input=given, catch_exceptions=False)


def test_the_draft_is_shown_with_its_part_the_reason_two_wordings_and_the_own(run: Run) -> None:
    result = run("check", DRAFT)
    assert (result.exit_code, result.stderr) == (0, "")
    (flag,) = flags.check(DRAFT)
    said = unwrapped(result.stdout)
    assert said.startswith("Home at six. [You hardly listen 😭]¹ see you ¹ This speaks of")
    assert said.endswith("Or keep yours.")
    assert all(words in said for words in flag.rewrites)
    assert f"Source: {flag.source} ({flag.grade})." in said


@pytest.mark.parametrize("given", ["", " \n", "\t"])
def test_an_empty_draft_is_said_to_be_empty(given: str) -> None:
    assert piped(given, "-").stdout.strip() == EMPTY
    assert piped("See you at six.", "-").stdout.strip() == NOTHING


def test_json_is_that_of_the_contract_alone(run: Run) -> None:
    result = run("check", DRAFT, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert found["schema"] == "ebbtide.check/1"
    assert [f["span"] for f in found["flags"]] == [PART]
    assert len(found["flags"][0]["rewrites"]) == 2
    quiet = json.loads(run("check", "see you", "--json").stdout)
    assert quiet == {"schema": "ebbtide.check/1", "readable": True, "flags": []}


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_a_draft_comes_from_standard_input(arguments: tuple[str, ...]) -> None:
    found = json.loads(piped(f"{DRAFT}\r\n", "--json", *arguments).stdout)
    assert [f["span"] for f in found["flags"]] == [PART]
    shifted = json.loads(piped(f"\r\n{DRAFT}".encode(), "--json", *arguments).stdout)
    assert shifted["flags"][0]["span"] == [PART[0] + 2, PART[1] + 2]


def test_bytes_that_are_no_text_are_no_trouble() -> None:
    assert json.loads(piped(b"\xff\xfe you hardly listen", "--json").stdout)["flags"]


def test_one_line_where_nothing_is_found(run: Run) -> None:
    assert run("check", "see you at six").stdout.strip() == NOTHING
    for draft in ("", "   "):
        assert run("check", draft).stdout.strip() == "There is no draft to check: it is empty."


def test_another_language_is_told_and_not_taken_for_fine(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flags, "packaged", lambda: replace(Made().judge, known=["see", "you"]))
    assert unwrapped(run("check", "Warum antwortest du nie").stdout) == UNREAD
    assert json.loads(run("check", "Warum antwortest du nie", "--json").stdout)["readable"] is False
    assert unwrapped(run("check", "see you at six").stdout) == NOTHING


def test_a_threat_gets_help_and_no_other_wording(run: Run) -> None:
    result = unwrapped(run("check", "I will hurt you").stdout)
    assert "nomoredirectory.org" in result
    assert "keep yours" not in result


def test_the_voice_decides_what_is_looked_for(run: Run) -> None:
    def found(voice: str) -> list[str]:
        return [
            f["label"] for f in json.loads(run("check", "not this again", "--voice", voice, "--json").stdout)["flags"]
        ]

    assert found("withdrawing") == ["deflection"]
    assert found("waiting") == []
    assert run("check", "x", "--voice", "shouting").exit_code == 2


def test_the_conversation_gives_the_moment(run: Run, chat: Path, tmp_path: Path) -> None:
    how = ("--talk", chat, "--me", "Jo", "--tz", "Europe/London", "--json")
    (found,) = json.loads(run("check", "You hardly listen", *how).stdout)["flags"]
    assert "what Sam is like" in found["why"]
    again = tmp_path / "again.txt"
    again.write_bytes(chat.read_bytes())
    several = run("check", "You hardly listen", "--talk", chat, again, "--me", "Jo", "--json")
    assert json.loads(several.stdout)["flags"] == [found]


def test_files_behind_talk_are_told_from_the_draft(tmp_path: Path) -> None:
    file = tmp_path / "b.txt"
    file.touch()
    assert sorted_out(["see", "you", str(file)], with_talk=True) == ("see you", (file,))
    assert sorted_out(["see", "you", str(file)], with_talk=False) == (f"see you {file}", ())
    assert sorted_out([str(file)], with_talk=True) == (None, (file,))


def test_who_writes_has_to_be_known(run: Run, chat: Path) -> None:
    result = run("check", "hello secret", "--talk", chat, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--me NAME" in result.stderr
    assert "secret" not in result.stderr
    assert run("check", "hello", "--talk", chat, "--me", "Nobody").exit_code == 3
    assert run("check", "hello", "--talk", "missing.txt", "--me", "Jo").exit_code == 3


def test_nothing_is_kept(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    run("check", DRAFT)
    assert list(tmp_path.iterdir()) == []


def test_a_bug_does_not_repeat_the_draft(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError(DRAFT)

    monkeypatch.setattr(flags, "packaged", broken)
    result = run("check", DRAFT)
    assert result.exit_code == 1
    assert "listen" not in result.stdout + result.stderr


def test_parts_of_two_flags_are_told_apart() -> None:
    def flag(start: int, end: int) -> Flag:
        return Flag("demand", (start, end), "", 0.9, (), "", "clinical")

    assert marked("ab cd", [flag(0, 2), flag(3, 5)]) == "[ab]¹ [cd]²"
    assert marked("ab cd", [flag(0, 5), flag(3, 5)]) == "[ab [cd]²]¹"
    assert marked("ab", [flag(0, 2), flag(0, 2)]) in ("[[ab]¹]²", "[[ab]²]¹")


def test_the_library_has_the_same(run: Run) -> None:
    assert [f.to_dict() for f in ebbtide.check(DRAFT)] == json.loads(run("check", DRAFT, "--json").stdout)["flags"]
    assert isinstance(ebbtide.check(DRAFT)[0], ebbtide.Flag)


def test_moves_answers_line_by_line(run: Run, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"text": "are you there??", "n": 1}\n\n{"text": "ok", "prev": "get milk?", "gap_minutes": 3}\n')
    for arguments in ((lines,), (lines, "--json")):
        result = run("moves", *arguments)
        assert result.exit_code == 0
        first, second = map(json.loads, result.stdout.splitlines())
        assert (first["text"], first["n"], second["prev"]) == ("are you there??", 1, "get milk?")
        assert set(first["scores"]) == set(LABELS)
        assert set(first["clear"]) <= set(first["labels"]) <= set(LABELS)
    lines.write_text('{"text": 3, "secret": "words"}\n')
    refused = run("moves", lines)
    assert (refused.exit_code, refused.stdout) == (3, "")
    assert "secret" not in refused.stderr
    assert "(lines.jsonl, line 1)" in refused.stderr


def test_both_are_in_the_help(run: Run) -> None:
    for command in ("check", "moves"):
        assert command in run("--help").stdout
        assert "--help" in run(command, "--help").stdout
