"""`ebbtide intake`: answers from a file, from standard input or asked for, and beside an export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ebbtide.cli import app, intake
from ebbtide.cli.questions import REST, SAFETY, VOICE, choices_of
from tests.cli.conftest import Run
from tests.cli.test_check import unwrapped
from tests.reading.wording import forbidden, reading_grade

ANSWERS = {"voice": "waiting", "since_days": 16, "contact": "none", "asked_for_space": "no", "explained": "no"}


def reading_of(result: Any) -> Any:
    """The JSON after what the runner echoes of the typing."""
    return json.loads(result.stdout[result.stdout.index("{") :])


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(ANSWERS))
    return path


def typed(monkeypatch: pytest.MonkeyPatch, *replies: str) -> Any:
    """What comes of answering the questions so."""
    monkeypatch.setattr(intake, "can_ask", lambda: True)
    return CliRunner().invoke(app, ["intake", "--json"], input="\n".join(replies) + "\n", catch_exceptions=False)


def test_answers_of_a_file_give_a_reading(run: Run, answers: Path) -> None:
    result = run("intake", "--answers", answers)
    assert (result.exit_code, result.stderr) == (0, "")
    said = unwrapped(result.stdout)
    assert said.startswith("Your partner has been more distant for 16 days, as you tell it.")
    assert "Source: " in said
    foot = "--all shows the reasons. Afraid, or in danger: ebbtide helplines."
    assert said.endswith(f"From what you told, with no messages beside it. {foot}")
    assert len(result.stdout.splitlines()) < 40


def test_json_alone_is_on_standard_output(run: Run, answers: Path) -> None:
    told = json.loads(run("intake", "--answers", answers, "--json", "--now", "2026-11-26").stdout)
    assert told["episodes"][0]["start"] == "2026-11-10"
    assert told["episodes"][0]["kind"] == "concerning"
    assert told["hypotheses"]


def test_answers_come_from_standard_input_too() -> None:
    result = CliRunner().invoke(app, ["intake", "--answers", "-", "--json"], input=json.dumps(ANSWERS))
    assert json.loads(result.stdout)["episodes"][0]["days"] == 16


@pytest.mark.parametrize(
    ("text", "says"), [("{", "not JSON"), ("[]", "not an object"), ('{"since_days": -2}', "since_days")]
)
def test_bad_answers_are_bad_input(run: Run, tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    result = run("intake", "--answers", path)
    assert result.exit_code == 3
    assert says in result.stderr
    assert result.stdout == ""


def test_with_nobody_to_ask_it_says_how_to_answer(run: Run) -> None:
    result = run("intake")
    assert result.exit_code == 2
    assert "--answers" in result.stderr


def test_questions_are_asked_one_by_one_and_can_be_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    result = typed(monkeypatch, "1", "8", "12", "1", "3", "99", "", "", "7", "", "", "", "", "q")
    told = reading_of(result)
    (episode,) = told["episodes"]
    assert (episode["days"], episode["said_so"], episode["space_given"]) == (12, True, True)
    assert "none of the choices" in result.stderr
    assert told["safety"]["level"] == "none"


def test_a_yes_about_safety_ends_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    result = typed(monkeypatch, "1", "1 2")
    assert reading_of(result)["safety"]["level"] == "urgent"
    assert "how many days" not in result.stderr.casefold()


def test_not_being_sure_about_safety_ends_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading_of(typed(monkeypatch, "1", "7"))["safety"]["level"] == "look"


@pytest.mark.parametrize("reply", ["1 8", "8 1", "3 4 8", "5 8"])
def test_none_of_these_takes_back_no_danger_that_was_named(monkeypatch: pytest.MonkeyPatch, reply: str) -> None:
    assert reading_of(typed(monkeypatch, "1", reply))["safety"]["level"] == "urgent"


def test_words_at_the_question_about_safety_are_asked_again_and_never_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = typed(monkeypatch, "1", "yes afraid", "1")
    assert "ebbtide helplines" in result.output
    assert reading_of(result)["safety"]["level"] == "urgent"
    assert reading_of(typed(monkeypatch, "1", "yes afraid", "i am"))["safety"]["level"] == "look"
    assert reading_of(typed(monkeypatch, "1", "no", "6", "9"))["safety"]["level"] == "none"


def test_it_is_said_where_kept_answers_lie(run: Run, answers: Path, tmp_path: Path) -> None:
    result = run("intake", "--answers", answers, "--keep", tmp_path / "mine.json")
    assert "delete that file" in unwrapped(result.stderr)


def test_leaving_at_once_is_a_general_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    told = reading_of(typed(monkeypatch, "q"))
    assert told["episodes"] == []
    assert told["answer"]["now"]


def test_the_one_who_waits_can_tell_of_give_and_take(monkeypatch: pytest.MonkeyPatch) -> None:
    signs = next(q for q in REST if q.id == "signs")
    words = [c.words for c in choices_of(signs, "waiting")]
    given = f"{words.index('I am the one who starts') + 1} {words.index('plans with me are dropped') + 1}"
    told = reading_of(typed(monkeypatch, "1", "8", "20", "", "2", "", "", given, "q"))
    assert next(h for h in told["hypotheses"] if h["id"] == "one_sided")["for"]
    assert not {c.words for c in choices_of(signs, "withdrawing")} & {"I am the one who starts"}


def test_a_load_of_ones_own_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [q.id for q in REST]
    blank = [""] * names.index("own_load")
    told = reading_of(typed(monkeypatch, "1", "8", "20", *blank[1:], "1 2", "q"))
    assert "You carry something yourself: work and money." in told["answer"]["may_be"]
    assert next(q for q in REST if q.id == "own_load").words("withdrawing") == ""


def test_answers_can_be_kept_and_compared_later(run: Run, answers: Path, tmp_path: Path) -> None:
    kept, later = tmp_path / "kept.json", tmp_path / "later.json"
    run("intake", "--answers", answers, "--keep", kept)
    later.write_text(json.dumps(ANSWERS | {"contact": "checks_in"}))
    told = json.loads(run("intake", "--answers", later, "--earlier", kept, "--json").stdout)
    assert "Contact: none before, a sign now and then now." in next(
        f["words"] for f in told["findings"] if f["key"] == "changed"
    )


def test_an_export_and_answers_are_read_together(run: Run, chat: Path, answers: Path) -> None:
    how = ("--me", "Jo", "--tz", "Europe/London", "--json")
    told = json.loads(run("read", chat, "--intake", answers, *how).stdout)
    assert "You said 16 days" in next(f["words"] for f in told["findings"] if f["key"] == "told_otherwise")
    assert told["span"]["messages"] > 1000


def test_every_question_is_short_plain_and_fits_both_voices() -> None:
    questions = (VOICE, SAFETY, *REST)
    assert len(questions) <= 14
    for question in questions:
        for voice in ("waiting", "withdrawing"):
            words = question.words(voice)
            if not words:
                continue
            assert len(words.split()) <= 14
            assert reading_grade(words) <= 9
            choices = choices_of(question, voice)
            assert bool(choices) != bool(question.field)
            for choice in choices:
                assert len(choice.words.split()) <= 12
                assert forbidden(choice.words) == []


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("10", 10),
        ("10 days", 10),
        ("2 weeks", 14),
        ("a month", 30.4),
        ("1,5", 1.5),
        ("about 3w", 21),
        ("one year", 365.2),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, days: float) -> None:
    assert intake.as_days(typed) == pytest.approx(days)


@pytest.mark.parametrize("typed", ["", "long", "-3", "999999", "two three"])
def test_what_is_no_number_of_days_is_left_open(typed: str) -> None:
    assert intake.as_days(typed) is None


@pytest.mark.parametrize(
    ("typed_", "days"),
    [
        ("half a day", 0.5),
        ("12 hours", 0.5),
        ("yesterday", 1),
        ("a few days", 3),
        ("a couple of weeks", 14),
        ("almost 3 weeks", 21),
        ("10-14 days", 12),
        ("twenty", 20),
        ("over a year", 365.2),
    ],
)
def test_lengths_are_read_as_people_say_them(typed_: str, days: float) -> None:
    assert intake.as_days(typed_) == pytest.approx(days, abs=0.1)


def test_a_choice_in_its_own_words_is_that_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    told = reading_of(typed(monkeypatch, "1", "8", "since march", "12", "nothing", "none", "no", "q"))
    (episode,) = told["episodes"]
    assert (episode["days"], episode["said_so"], episode["contact_kept"]) == (12, False, 0.0)
    assert any("Nothing like it" in f["words"] for f in told["findings"])


def test_to_have_frightened_the_other_is_met_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    told = reading_of(typed(monkeypatch, "1", "6"))
    assert told["safety"]["level"] == "look"
    assert told["advice"][0]["id"] == "safety.told.frightened"
