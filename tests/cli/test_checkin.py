"""`ebbtide checkin`: two answers into a table, whole or not at all, and back again."""

from __future__ import annotations

import errno
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ebbtide.cli import app, asking, files, moments, notes
from ebbtide.importers.checkins import read_checkins
from ebbtide.importers.notebook import Note
from ebbtide.selfreport import ITEMS
from tests.cli.conftest import Run
from tests.cli.test_bad_input import on_a_terminal, until_it_is_gone
from tests.cli.test_check import unwrapped

HEADER = "date,person,item,value\n"
#: Where another process is started, so that it finds the same program as this one.
ROOT = Path(__file__).parents[2]
Answer = Callable[..., Result]


@pytest.fixture(autouse=True)
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The table in the current folder; today is 3 May 2025."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(moments, "clock", lambda: datetime(2025, 5, 3, 12, tzinfo=UTC))
    return tmp_path / "ebbtide-checkins.csv"


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Run a command as at a terminal, with what is written there."""
    monkeypatch.setattr(asking, "can_ask", lambda: True)

    def run(written: str, *arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments), input=written, catch_exceptions=False)

    return run


def test_two_answers_make_a_private_table_that_read_takes(answer: Answer, run: Run, table: Path, chat: Path) -> None:
    result = answer("Sam\n3\n0\n\n", "checkin")
    assert result.exit_code == 0
    assert "How far away did Sam feel today?" in result.stderr
    assert "Were you together in person today?" in result.stderr
    assert unwrapped(result.stdout).startswith("Noted for 3 May 2025, Sam: far away 3, together in person 0.")
    assert table.read_text() == HEADER + "2025-05-03,Sam,distance,3\n2025-05-03,Sam,together,0\n"
    assert {path.stat().st_mode & 0o777 for path in table.parent.iterdir()} == {0o600}
    assert run("read", chat, "--me", "Jo", "--checkins", table, "--json").exit_code == 0


def test_whom_it_is_about_is_asked_once(answer: Answer, table: Path) -> None:
    answer("Sam\n3\n0\n\n", "checkin")
    answer("", "checkin", "--person", "Jo", "--set", "exhaustion=2")
    assert "Whom" not in answer("1\n\n\n", "checkin", "--date", "2025-05-02").stderr
    assert table.read_text().endswith("2025-05-03,Jo,exhaustion,2\n2025-05-02,Sam,distance,1\n")


def test_an_earlier_day_is_asked_for_by_its_name(answer: Answer) -> None:
    assert "feel yesterday?" in answer("q\n", "checkin", "--person", "Sam", "--date", "2025-05-02").stderr
    assert "feel on 20 April?" in answer("q\n", "checkin", "--person", "Sam", "--date", "2025-04-20").stderr


def test_signs_and_triggers_come_on_request_and_blank_skips(answer: Answer, table: Path) -> None:
    result = answer("\n\ns\n1, 10\n2\n\nt\n1\n4\n\n", "checkin", "--person", "Sam")
    assert " 10  answers with little feeling" in result.stderr
    assert table.read_text() == HEADER + "2025-05-03,Sam,vague_plans,2\n2025-05-03,Sam,work,4\n"
    assert "1 and" not in result.stdout


def test_an_answer_off_the_scale_is_asked_again(answer: Answer, table: Path) -> None:
    result = answer("5\nmuch\n²\n99999\n4\n\nmaybe\ns\n99\n\n\n", "checkin", "--person", "Sam")
    assert result.stderr.count("Write a number from 0 to 4.") == 4
    assert "Write numbers from 1 to 17" in result.stderr
    assert table.read_text() == HEADER + "2025-05-03,Sam,distance,4\n"


@pytest.mark.parametrize("written", ["3\nq\n", "3\n0\ns\n1\nQ\n", "3\n", "", "3\n0\n"], ids=repr)
def test_leaving_early_keeps_nothing(answer: Answer, table: Path, written: str) -> None:
    result = answer(written, "checkin", "--person", "Sam")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing was kept." in result.stderr
    assert not table.exists()


def test_skipping_everything_writes_nothing(answer: Answer, table: Path) -> None:
    assert answer("\n\n\n", "checkin", "--person", "Sam").stdout == "Nothing was noted.\n"
    assert not table.exists()


def test_a_blank_name_leaves(answer: Answer, table: Path) -> None:
    assert "Nothing was kept." in answer("\n", "checkin").stderr
    assert not table.exists()


def test_at_a_real_terminal_it_asks_and_prints_only_what_was_noted(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    arguments = ("checkin", "--person", "Sam", "--date", "2025-05-03", "--file", str(table))
    printed, seen = on_a_terminal("2\n1\n\n", *arguments)
    assert seen.count("How far away did Sam feel") == 1
    assert unwrapped(printed).startswith("Noted for 3 May 2025, Sam: far away 2, together in person 1.")


def test_an_interrupt_leaves_at_once_and_keeps_nothing(table: Path) -> None:
    ours, theirs = pty.openpty()
    # A process started in the background may have been told to ignore interrupts.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heard}; from ebbtide.cli import main; main()"
    command = [sys.executable, "-c", code, "checkin", "--person", "Sam", "--file", str(table)]
    process = subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, cwd=ROOT)
    os.close(theirs)
    seen = b""
    while not seen.endswith(b"> "):
        seen += os.read(ours, 4096)
    # The question stands there a moment before the answer is waited for.
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    try:
        assert process.communicate(timeout=60) == (b"", None)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "Nothing was kept." in until_it_is_gone(ours).decode()
    os.close(ours)
    assert not table.exists()


def test_nothing_is_asked_where_nobody_can_answer(run: Run, table: Path) -> None:
    refused = run("checkin")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--set distance=3" in refused.stderr
    nobody = run("checkin", "--set", "flat=1")
    assert nobody.exit_code == 2
    assert "--person Sam" in nobody.stderr
    assert not table.exists()


def test_a_second_entry_replaces_the_first_says_so_and_can_be_taken_back(run: Run, table: Path) -> None:
    run("checkin", "--person", "Sam", "--set", "distance=3", "--set", "flat=1")
    before = table.read_bytes()
    again = json.loads(
        run("checkin", "--set", "Flat=4", "--set", "less affection=2", "--person", "SAM", "--json").stdout
    )
    assert again["noted"] == [
        {"date": "2025-05-03", "person": "Sam", "item": "flat", "value": 4, "before": 1},
        {"date": "2025-05-03", "person": "Sam", "item": "less_affection", "value": 2, "before": None},
    ]
    replaced = unwrapped(run("checkin", "--set", "flat=2").stdout)
    assert "It takes the place of what you noted before: answers with little feeling 4." in replaced
    undone = unwrapped(run("checkin", "--undo").stdout)
    assert "Taken back for 3 May 2025, Sam: answers with little feeling 2." in undone
    assert "What stood there before is back: answers with little feeling 4." in undone
    assert table.read_bytes() == before.replace(b"flat,1", b"flat,4") + b"2025-05-03,Sam,less_affection,2\n"


def test_only_the_last_sitting_is_taken_back_and_only_once(run: Run, table: Path) -> None:
    run("checkin", "--person", "Sam", "--set", "flat=1", "--date", "2025-05-01")
    before = table.read_bytes()
    run("checkin", "--set", "flat=2")
    told = json.loads(run("checkin", "--undo", "--json").stdout)
    assert told["taken_back"][0] == {
        "date": "2025-05-03",
        "person": "Sam",
        "item": "flat",
        "value": 2,
        "before": None,
    }
    assert table.read_bytes() == before
    assert list(table.parent.iterdir()) == [table]
    assert "no sitting to take back" in run("checkin", "--undo").stderr


def test_what_was_changed_by_hand_since_is_not_touched(run: Run, table: Path) -> None:
    run("checkin", "--person", "Sam", "--set", "flat=1")
    table.write_text(HEADER + "2025-05-03,Sam,flat,4\n")
    refused = run("checkin", "--undo")
    assert refused.exit_code == 2
    assert "has changed since the last sitting" in refused.stderr
    assert table.read_text() == HEADER + "2025-05-03,Sam,flat,4\n"


def test_the_last_days_are_listed(run: Run, table: Path) -> None:
    assert run("checkin", "--list").stdout == "Nothing is noted in ebbtide-checkins.csv.\n"
    rows = "".join(f"2025-04-{day:02},Sam,flat,{day % 5}\n" for day in range(1, 21))
    table.write_text(HEADER + rows + "2025-04-20,Jo,of_my_own,1\n")
    lines = run("checkin", "--list").stdout.splitlines()
    assert lines[0] == "14 April 2025, Sam: answers with little feeling 4."
    assert lines[-2:] == ["20 April 2025, Sam: answers with little feeling 0.", "20 April 2025, Jo: of_my_own 1."]
    assert len(lines) == 8
    told = json.loads(run("checkin", "--list", "--person", "jo", "--json").stdout)
    assert told["rows"] == [{"date": "2025-04-20", "person": "Jo", "item": "of_my_own", "value": 1}]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--set", "flta=1"), "Perhaps flat was meant."),
        (("--set", "qqqq=1"), "The items are fewer_contacts,"),
        (("--set", "flat=5"), "not on the scale from 0 to 4"),
        (("--set", "flat="), "not on the scale from 0 to 4"),
        (("--set", "flat"), "not on the scale from 0 to 4"),
        (("--set", "flat=1", "--set", "flat=2"), "set twice"),
        (("--set", "flat=1", "--date", "2025-05-04"), "still to come"),
        (("--set", "flat=1", "--date", "May"), "is not a day"),
        (("--set", "flat=1", "--person", " "), "not a name"),
        (("--set", "flat=1", "--person", "S\x1bm"), "not a name"),
        (("--set", "flat=1", "--person", "x" * 101), "not a name"),
        (("--set", "flat=1", "--file", "."), "This is a folder (.)."),
        (("--set", "flat=1", "--file", "nowhere/notes.csv"), "no such folder"),
        (("--set", "flat=1", "--file", "/dev/null"), "no file to keep notes in"),
        (("--list", "--undo"), "Only one"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    run: Run, table: Path, arguments: tuple[str, ...], words: str
) -> None:
    person = () if "--person" in arguments else ("--person", "Sam")
    result = run("checkin", *person, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in unwrapped(result.stderr).replace(" │ │ ", " ")
    assert list(table.parent.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"14/02/2025, 08:01 - Jo: hello\n",
        HEADER.encode() + b"2025-05-03,Sam,flat,x\n",
        bytes(range(256)) * 9,
        HEADER.encode() + b"2025-05-03,Zo\xff\xfe,flat,1\n",
    ],
    ids=["a chat", "a bad line", "binary", "damaged"],
)
def test_a_file_that_is_something_else_is_left_as_it_is(run: Run, table: Path, content: bytes) -> None:
    table.write_bytes(content)
    result = run("checkin", "--person", "Sam", "--set", "flat=1")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "hello" not in result.stderr
    assert table.read_bytes() == content
    assert list(table.parent.iterdir()) == [table]


def test_a_link_to_the_table_stays_a_link(run: Run, table: Path) -> None:
    real = table.with_name("real.csv")
    real.write_bytes(b"\xef\xbb\xbf" + HEADER.encode())
    table.symlink_to(real)
    run("checkin", "--person", "Sam", "--set", "flat=1")
    assert table.is_symlink()
    assert real.read_bytes() == b"\xef\xbb\xbf" + HEADER.encode() + b"2025-05-03,Sam,flat,1\n"
    assert read_checkins(real).height == 1


def test_a_full_disk_leaves_what_was_there(run: Run, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("checkin", "--person", "Sam", "--set", "flat=1")
    before = {path: path.read_bytes() for path in table.parent.iterdir()}

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "as the system says it")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        result = run("checkin", "--set", "flat=4")
    assert result.exit_code == 1
    assert "the disk is full" in result.stderr
    assert {path: path.read_bytes() for path in table.parent.iterdir()} == before
    assert run("checkin", "--undo").exit_code == 0


def test_a_note_that_cannot_be_taken_back_is_still_noted(
    run: Run, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("checkin", "--person", "Sam", "--set", "flat=1")
    whole = files.write_whole

    def no_undo(path: Path, content: bytes) -> None:
        if path.suffix == ".undo":
            raise files.cannot_write(path, OSError(errno.ENOSPC, ""))
        whole(path, content)

    monkeypatch.setattr(files, "write_whole", no_undo)
    result = run("checkin", "--set", "flat=4")
    assert result.exit_code == 0
    assert "--undo cannot take it back" in result.stderr
    assert table.read_text() == HEADER + "2025-05-03,Sam,flat,4\n"
    assert "has changed since" in run("checkin", "--undo").stderr


DIES = """
import os, signal, sys
calls = 0
def fsync(handle):
    global calls
    calls += 1
    if calls == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
os.fsync = fsync
from ebbtide.cli import app
app(sys.argv[2:])
"""


@pytest.mark.parametrize("call", [1, 2])
def test_killed_while_writing_the_table_is_the_old_or_the_new_one_whole(run: Run, table: Path, call: int) -> None:
    run("checkin", "--person", "Sam", "--set", "flat=1", "--date", "2025-05-01")
    old = table.read_text()
    arguments = ("checkin", "--set", "flat=2", "--date", "2025-05-02", "--file", str(table))
    killed = subprocess.run([sys.executable, "-c", DIES, str(call), *arguments], check=False, cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert table.read_text() == (old if call == 1 else old + "2025-05-02,Sam,flat,2\n")
    undone = run("checkin", "--undo")
    assert undone.exit_code == (0 if call == 1 else 2)
    assert table.read_text() == (HEADER if call == 1 else old + "2025-05-02,Sam,flat,2\n")


def test_two_at_the_same_time_lose_nothing(table: Path) -> None:
    days = [date(2025, 4, day) for day in range(1, 31)]
    with ThreadPoolExecutor(8) as together:
        list(together.map(lambda day: notes.add(table, [Note(day, "Sam", "flat", 1)]), days))
    assert sorted(note.date for note in notes.read(table)) == days


def test_what_can_be_noted_is_listed_in_words_and_each_item_is_taken(run: Run, table: Path) -> None:
    told = json.loads(run("checkin", "--items", "--json").stdout)["items"]
    assert [each["item"] for each in told if each["item"] not in unwrapped(run("checkin", "--items").stdout)] == []
    assert {each["item"] for each in told} == set(ITEMS)
    assert len(told) == len(ITEMS)
    for person in ("Sam", "Jo"):
        done = run("checkin", "--person", person, *(p for each in told for p in ("--set", f"{each['item']}=2")))
        assert done.exit_code == 0
    assert table.read_text().count("\n") == 1 + 2 * len(ITEMS)
    assert run("checkin", "--items", "--list").exit_code == 2


def test_thanks_plans_and_agreements_are_asked_for_on_request(answer: Answer, table: Path) -> None:
    result = answer("\n\nh\n1 4 5\n3\n1\n1\n\n", "checkin", "--person", "Sam")
    assert "the two agreed on how to go about it" in result.stderr
    noted = [f"2025-05-03,Sam,{item}\n" for item in ("appreciation,3", "plan_cancelled,1", "agreement,1")]
    assert table.read_text() == HEADER + "".join(noted)
