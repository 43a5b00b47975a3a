"""`ebbtide style` and `ebbtide measure`: questions about oneself, and what the answers may mean."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ebbtide.cli import app, asking, moments
from ebbtide.selfreport import read_answers
from tests.cli.conftest import Run
from tests.cli.test_bad_input import on_a_terminal
from tests.cli.test_check import unwrapped

Answer = Callable[..., Result]
COMMANDS = [("style",), ("measure", "phq2"), ("measure", "gad2"), ("measure", "csi4")]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Run a command as at a terminal, with what is written there."""
    monkeypatch.setattr(asking, "can_ask", lambda: True)

    def run(written: str, *arguments: object) -> Result:
        return CliRunner().invoke(app, [str(a) for a in arguments], input=written, catch_exceptions=False)

    return run


@pytest.fixture
def given(tmp_path: Path) -> Callable[[object], Path]:
    """Answers as a file."""

    def write(answers: object) -> Path:
        path = tmp_path / "answers.json"
        path.write_text(json.dumps(answers))
        return path

    return write


def on(monkeypatch: pytest.MonkeyPatch, day: int) -> None:
    monkeypatch.setattr(moments, "clock", lambda: datetime(2025, 5, day, 12, tzinfo=UTC))


def test_the_self_check_asks_eight_and_says_what_it_is_not(answer: Answer) -> None:
    result = answer("6\n2\n6\n2\n2\n2\n6\n6\n", "style")
    assert "8 of 8. I like it when somebody asks how I really am." in result.stderr
    assert "1: not at all, 4: half, 7: very much" in result.stderr
    said = unwrapped(result.stdout)
    assert "Fear of being left: 6 of 7. It seems to speak up often." in said
    assert "Closeness getting too much: 2 of 7." in said
    assert "Nobody has tested them" in said
    assert "yourpersonality.net" in said


def test_its_json_goes_into_an_intake_as_it_is(run: Run, given: Callable[[object], Path]) -> None:
    own = json.loads(run("style", "--answers", given([5, 1, 5, 1, 3, 1, 5, 7]), "--json").stdout)
    assert own == {"anxious": 5.0, "avoidant": 1.0}
    style = read_answers({"own_style": own}).own_style
    assert style is not None
    assert style.anxious == 5.0


def test_at_a_real_terminal_standard_output_is_the_json_alone() -> None:
    printed, seen = on_a_terminal("6\n2\n6\n2\n2\n2\n6\n6\n", "style", "--json")
    assert printed == '{\n  "anxious": 6.0,\n  "avoidant": 2.0\n}\n'
    assert seen.count("8 of 8.") == 1


def test_skipped_answers_are_unknown(answer: Answer) -> None:
    result = answer("6\n\n6\n\n2\n\n6\n\n", "style", "--json")
    assert json.loads(result.stdout) == {"anxious": 6.0, "avoidant": None}
    assert "too few answers to say" in unwrapped(answer("6\n\n6\n\n2\n\n6\n\n", "style").stdout)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("written", ["1\nq\n", "1\n", ""], ids=repr)
def test_leaving_early_keeps_nothing(answer: Answer, tmp_path: Path, command: tuple[str, ...], written: str) -> None:
    result = answer(written, *command, "--file", tmp_path / "own.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing was kept." in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_is_asked_where_nobody_can_answer(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--answers" in result.stderr


def test_a_low_mood_names_a_doctor_and_who_answers(answer: Answer) -> None:
    result = answer("2\n1\n", "measure", "phq2")
    assert "Over the last 2 weeks, how often have you been bothered by any of the following problems?" in result.stderr
    said = unwrapped(result.stdout)
    assert "Your answers: 3 of 6." in said
    assert "tell a doctor" in said
    assert "ebbtide helplines lists who answers, by country." in said
    assert "Source: PHQ-2, Kroenke, Spitzer & Williams 2003." in said


def test_a_measure_as_json(run: Run, given: Callable[[object], Path]) -> None:
    told = json.loads(run("measure", "csi4", "--answers", given([3, 3, 4, 3]), "--json").stdout)
    assert (told["schema"], told["measure"], told["score"], told["highest"]) == ("ebbtide.measure/1", "csi4", 13, 21)
    assert told["band"] == "distress"
    assert any("no verdict on your partner" in words for words in told["words"])
    assert told["first"] is told["last"] is None
    unknown = json.loads(run("measure", "csi4", "--answers", given({"warm": 3}), "--json").stdout)
    assert unknown["score"] is unknown["band"] is None


def test_answers_come_from_standard_input(run: Run) -> None:
    result = CliRunner().invoke(
        app, ["measure", "gad2", "--answers", "-", "--json"], input=b'{"nervous":3,"worrying":3}'
    )
    assert json.loads(result.stdout)["score"] == 6


def test_with_a_file_the_change_is_shown_and_only_the_scores_are_kept(
    run: Run, given: Callable[[object], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.jsonl"
    on(monkeypatch, 1)
    first = unwrapped(run("measure", "phq2", "--answers", given([3, 3]), "--file", own).stdout)
    assert "since" not in first
    on(monkeypatch, 2)
    assert "lower by 2 since the last time (1 May 2025)." in unwrapped(
        run("measure", "phq2", "--answers", given([2, 2]), "--file", own).stdout
    )
    run("style", "--answers", given([4] * 8), "--file", own)
    on(monkeypatch, 3)
    third = unwrapped(run("measure", "phq2", "--answers", given([2, 3]), "--file", own).stdout)
    assert "higher by 1 since the last time (2 May 2025), lower by 1 since the first (1 May 2025)." in third
    told = json.loads(run("measure", "phq2", "--answers", given([2, 3]), "--file", own, "--json").stdout)
    assert (told["first"], told["last"]) == (
        {"date": "2025-05-01", "score": 6},
        {"date": "2025-05-03", "score": 5},
    )
    assert own.read_text().splitlines()[:3] == [
        '{"sheet":"phq2","date":"2025-05-01","scores":{"phq2":6}}',
        '{"sheet":"phq2","date":"2025-05-02","scores":{"phq2":4}}',
        '{"sheet":"style","date":"2025-05-02","scores":{"anxious":4.0,"avoidant":4.0}}',
    ]
    assert own.stat().st_mode & 0o777 == 0o600


def test_a_sheet_without_an_answer_is_not_kept(run: Run, given: Callable[[object], Path], tmp_path: Path) -> None:
    run("style", "--answers", given({}), "--file", tmp_path / "own.jsonl")
    assert not (tmp_path / "own.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("measure", "phq2", "--answers", "missing.json"), 3, "no such file"),
        (("measure", "phq9"), 2, "phq9"),
        (("style", "--file", "."), 2, "This is a folder (.)."),
        (("style", "--file", "chat.txt"), 3, "chat.txt, line 2"),
    ],
)
def test_what_cannot_be_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], code: int, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chat.txt").write_text('{"sheet":"style","date":"2025-05-02","scores":{}}\nJo: hello\n')
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert "hello" not in result.stderr
