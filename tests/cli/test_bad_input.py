"""What cannot be read or was not meant: a clear sentence, the right exit code, nothing on standard output."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GROUP = "".join(
    f"0{1 + n % 9}/13/25, {h}:00 - {who}: hi\n" for n in range(9) for h, who in ((9, "Jo"), (10, "Sam"), (11, "Kim"))
)


def damaged(kind: str, folder: Path, chat: Path) -> Path:
    """A file of this kind."""
    path = folder / f"{kind}.txt"
    if kind == "binary":
        path.write_bytes(bytes(range(256)) * 64)
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "prose":
        path.write_text("This is a letter.\nIt has no messages in it.\n" * 50)
    elif kind == "alone":
        path.write_text("".join(f"{d}/01/2025, 10:00 - Jo: hello\n" for d in range(13, 31)))
    elif kind == "group":
        path.write_text(GROUP)
    elif kind == "zip":
        path = folder / "chat.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(chat, "_chat.txt")
        path.write_bytes(path.read_bytes()[:2000])
    return path


@pytest.mark.parametrize("kind", ["missing", "binary", "empty", "prose", "alone", "group", "zip"])
@pytest.mark.parametrize("command", ["read", "now"])
def test_what_cannot_be_read_is_told(run: Run, tmp_path: Path, chat: Path, command: str, kind: str) -> None:
    result = run(command, damaged(kind, tmp_path, chat), "--json")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert 20 < len(result.stderr) < 600
    assert "Ebbtide (" not in result.stderr


def test_a_group_chat_names_its_people_and_what_to_do(run: Run, tmp_path: Path, chat: Path) -> None:
    group = damaged("group", tmp_path, chat)
    refused = run("read", group).stderr
    assert "Kim (9)" in refused
    assert "--people" in refused
    picked = run("read", group, "--people", "Jo", "Sam", "--json")
    assert picked.exit_code == 0
    assert [p["name"] for p in json.loads(picked.stdout)["people"]] == ["Jo", "Sam"]


def test_the_table_of_a_group_chat_can_be_had(run: Run, tmp_path: Path, chat: Path) -> None:
    result = run("events", damaged("group", tmp_path, chat), "--report")
    assert {p["name"] for p in json.loads(result.stdout)["people"]} == {"Jo", "Sam", "Kim"}


@pytest.mark.parametrize(
    "options",
    [
        ("--tz", "Middle/Earth"),
        ("--now", "yesterday"),
        ("--since", "2025-02-30"),
        ("--until", "soon"),
        ("--dates", "ymd"),
        ("--level", "everything"),
        ("--explain-away", "2025-05-03=bored"),
        ("--people", "Jo"),
        ("--voice", "third"),
        ("--html", "."),
        ("--html", "nowhere/report.html"),
        ("--pdf", "nowhere/report.pdf"),
        ("--unknown",),
    ],
    ids=" ".join,
)
def test_an_option_that_cannot_be_meant_is_usage(run: Run, chat: Path, options: tuple[str, ...]) -> None:
    result = run("read", chat, "--json", *options)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize("words", [("measure", "foo"), ("intake", "--voice", "foo")], ids=" ".join)
def test_a_choice_there_is_not_is_told_in_plain_words(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "'foo' is not one of " in result.stderr
    assert "Value error" not in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("read", "--now", "2024-01-01"),
        ("read", "--since", "2026-01-01"),
        ("read", "--until", "2020-01-01"),
        ("read", "--since", "2025-06-01", "--until", "2025-04-01"),
        ("now", "--now", "2024-01-01"),
    ],
    ids=" ".join,
)
def test_a_time_in_which_nobody_wrote_is_usage_and_the_record_is_named(
    run: Run, chat: Path, options: tuple[str, ...]
) -> None:
    result = run(options[0], chat, "--json", *options[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the record goes from 2025-" in result.stderr


@pytest.mark.parametrize("now", ["2100-01-01", "9999-12-31", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_a_now_beyond_every_record_is_usage(run: Run, chat: Path, now: str) -> None:
    result = run("now", chat, "--json", "--now", now)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Ebbtide (" not in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_bad_input(run: Run, tmp_path: Path, chat: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_bytes(chat.read_bytes())
    path.chmod(0)
    result = run("read", path, "--json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "Check that you may read it" in result.stderr


def test_a_name_that_is_not_there_is_bad_input(run: Run, chat: Path) -> None:
    result = run("read", chat, "--me", "Robin", "--json")
    assert result.exit_code == 3
    assert "Sam" in result.stderr


def test_the_export_is_not_overwritten(run: Run, chat: Path) -> None:
    before = chat.read_bytes()
    assert run("read", chat, "--html", chat).exit_code == 2
    assert run("events", chat, "--out", chat).exit_code == 2
    assert chat.read_bytes() == before


def test_ten_messages_are_answered_without_a_question(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text("".join(f"0{n}/02/2025, 10:00 - {'Jo' if n % 2 else 'Sam'}: hi\n" for n in range(1, 10)))
    result = run("read", path, "--json")
    reading = json.loads(result.stdout)
    assert result.exit_code == 0
    assert reading["episodes"] == []
    assert reading["advice"]
    assert reading["import"][0]["choices"]["by"] == "default"


def test_dates_that_fit_both_orders_are_asked_for(run: Run, ambiguous: Path) -> None:
    refused = run("read", ambiguous, "--json")
    assert refused.exit_code == 3
    assert "--dates" in refused.stderr
    starts = [
        json.loads(run("read", ambiguous, "--dates", o, "--json").stdout)["span"]["start"] for o in ("dmy", "mdy")
    ]
    assert [start[:10] for start in starts] == ["2025-02-01", "2025-01-02"]


def on_a_terminal(answers: str, *arguments: str) -> tuple[str, str]:
    """Run a command with a terminal for questions; what it printed, and what stood on the terminal.

    The terminal is read while the command runs: progress drawn on a slow machine fills it, and then the command waits.
    """
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from ebbtide.cli import main; main()", *arguments]
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    os.write(ours, answers.encode())
    with ThreadPoolExecutor(1) as reader:
        seen = reader.submit(until_it_is_gone, ours)
        printed, _ = process.communicate(timeout=300)
        shown = seen.result()
    os.close(ours)
    return printed, shown.decode(errors="replace")


def until_it_is_gone(terminal: int) -> bytes:
    """Everything written to a terminal before its last user leaves."""
    seen = b""
    try:
        while chunk := os.read(terminal, 4096):
            seen += chunk
    except OSError:
        pass
    return seen


def test_at_a_terminal_each_question_is_asked_once(ambiguous: Path) -> None:
    printed, seen = on_a_terminal("2\n1\n", "read", str(ambiguous))
    assert seen.count("day first (03/04 is 3 April)") == 1
    assert seen.count("Which one is you? 1: Jo, 2: Sam") == 1
    assert "Which" not in printed
    assert printed


def test_the_end_of_the_input_answers_no_more_than_enter(ambiguous: Path) -> None:
    printed, seen = on_a_terminal("1\n\x04", "read", str(ambiguous))
    assert "Aborted" not in seen
    assert printed


def test_json_is_never_preceded_by_a_question(ambiguous: Path) -> None:
    printed, seen = on_a_terminal("", "read", str(ambiguous), "--json")
    assert printed == ""
    assert "--dates" in seen


@pytest.mark.parametrize(
    ("answers", "where", "said"),
    [
        ({"since_days": -4}, "since_days", "too small: the least is 0"),
        ({"since_days": "long"}, "since_days", "A number belongs here"),
        ({"mood": {"phq2": 99}}, "mood.phq2", "too large: the most is 6"),
        ({"mood": {"phq2": 1.5}}, "mood.phq2", "A whole number belongs here"),
        ({"mood": {"phq": 1}}, "mood.phq", "Did you mean phq2?"),
        ({"mood": 3}, "mood", "in { and }"),
        ({"voice": "my own secret"}, "voice", "One of: waiting, withdrawing."),
        ({"stress": "work"}, "stress", "A list belongs here"),
        ({"sign": ["flat"]}, "sign", "Did you mean signs?"),
        ({"xyzzy": 1}, "xyzzy", "There is no such question"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_plain_words(
    run: Run, tmp_path: Path, answers: dict[str, object], where: str, said: str
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers))
    result = run("intake", "--answers", path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"(answers.json, {where})" in result.stderr
    assert said in result.stderr
    assert not [w for w in ("Expected", "`", "null", "enum", "Object", "array", "secret") if w in result.stderr]


def test_answers_nested_without_end_are_no_failure_of_the_program(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"stress": ' + "[" * 100_000 + "]" * 100_000 + "}")
    assert run("intake", "--answers", path).exit_code == 3


@pytest.mark.parametrize(
    ("command", "option"),
    [("intake", "--answers"), ("read", "--intake"), ("read", "--checkins"), ("moves", ""), ("style", "--answers")],
)
def test_a_folder_and_a_missing_file_are_told_apart_in_plain_words(
    run: Run, tmp_path: Path, chat: Path, command: str, option: str
) -> None:
    before = (chat, "--me", "Jo", "--tz", "Europe/London") if command == "read" else ()
    for path, why in ((tmp_path, "this is a folder"), (tmp_path / "none", "there is no such file")):
        result = run(command, *before, *([option] if option else []), path)
        assert result.exit_code == 3
        assert why in result.stderr
        assert "directory" not in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("whatif", "none.txt", "--give-space", "many"),
        ("simulate", "dyad", "--for", "x"),
        ("simulate", "dyad", "--seed", "1.5"),
    ],
)
def test_what_is_no_number_is_usage_in_plain_words(run: Run, options: tuple[str, ...]) -> None:
    result = run(*options)
    assert result.exit_code == 2
    assert "number. Write it like 7" in " ".join(result.stderr.replace("│", " ").split())
    assert "parse" not in result.stderr


def test_an_ending_that_names_no_format_is_usage(run: Run, chat: Path, tmp_path: Path) -> None:
    result = run("events", chat, "--out", tmp_path / "table.xlsx")
    assert result.exit_code == 2
    assert ".parquet" in result.stderr
    assert not list(tmp_path.iterdir())
