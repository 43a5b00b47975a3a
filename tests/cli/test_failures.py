"""Whatever goes wrong: a short message, the right exit code, nobody's words."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import NoReturn

import pytest
import typer

from ebbtide import errors
from ebbtide.cli.failures import told

SECRET = "I never want anyone to read this"


def failing(error: BaseException) -> Callable[[], NoReturn]:
    def command() -> NoReturn:
        raise error

    return told(command)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.ImportFailed, 3),
        (errors.UnknownExport, 3),
        (errors.AmbiguousDates, 3),
        (errors.NotTwoPeople, 3),
        (errors.NotEnoughData, 3),
        (errors.BadSetting, 2),
        (errors.FitFailed, 1),
        (errors.PackInvalid, 1),
        (errors.EbbtideError, 1),
    ],
)
def test_every_error_has_its_exit_code_and_is_told_in_words(
    kind: type[errors.EbbtideError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as left:
        failing(kind("This went wrong.", where="chat.txt", try_="Try this."))()
    out, err = capsys.readouterr()
    assert left.value.exit_code == code
    assert out == ""
    assert err == "This went wrong (chat.txt). Try this.\n"


def test_the_text_of_an_unexpected_error_is_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EBBTIDE_DEBUG", raising=False)
    with pytest.raises(typer.Exit) as left:
        failing(KeyError(SECRET))()
    err = capsys.readouterr().err
    assert left.value.exit_code == 1
    assert SECRET not in err
    assert "(KeyError, cli/failures.py:" in err
    assert "EBBTIDE_DEBUG=1" in err


def test_details_of_an_unexpected_error_are_there_for_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBBTIDE_DEBUG", "1")
    with pytest.raises(KeyError, match=SECRET):
        failing(KeyError(SECRET))()


def test_a_full_disk_behind_standard_output_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as left:
        failing(OSError(errno.ENOSPC, "No space left on device"))()
    err = capsys.readouterr().err
    assert left.value.exit_code == 1
    assert "the disk is full (standard output)" in err
    assert "inside Ebbtide" not in err


def test_too_little_memory_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        failing(MemoryError())()
    assert "not enough memory" in capsys.readouterr().err


@pytest.mark.parametrize("error", [typer.Exit(0), typer.Abort(), typer.BadParameter("no"), KeyboardInterrupt()])
def test_what_typer_handles_passes_through(error: BaseException) -> None:
    with pytest.raises(type(error)):
        failing(error)()


def test_a_message_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        failing(errors.NotTwoPeople("Only Sam\x1b[2J (3) wrote."))()
    assert "\x1b" not in capsys.readouterr().err


def test_at_a_terminal_an_error_is_broken_between_words_and_a_path_stays_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/chats/{'a-very-long-name-' * 5}chat.txt"
    error = errors.ImportFailed("There is no file or folder at this place.", where=path, try_="Check the path.")
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with pytest.raises(typer.Exit):
        failing(error)()
    lines = capsys.readouterr().err.splitlines()
    assert f"({path})." in lines
    assert max(len(line) for line in lines if path not in line) <= 40
    assert " ".join(lines) == str(error)
