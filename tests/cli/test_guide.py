"""`ebbtide guide`: every topic and problem on the terminal and as JSON, safety first, and an exercise along a count."""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from ebbtide.cli import exercise
from ebbtide.cli.guide import NOW, SAFETY
from ebbtide.guide.browse import Step, Text, packaged_guide
from ebbtide.guide.where import packaged_where
from ebbtide.reading.help import packaged_help
from tests.cli.conftest import Run
from tests.cli.test_check import unwrapped
from tests.reading.wording import restraint

TOPICS = [topic.id for topic in packaged_guide().topics]
PROBLEMS = [problem.id for problem in packaged_where().problems]
VOICES = [(), ("--voice", "waiting"), ("--voice", "withdrawing")]
SHORT = Text(
    "guide.made_up", ("waiting",), "Sit", "Sit.", "S", "clinical", rounds=2, steps=(Step("Up.", 2), Step("Down.", 30))
)


def said(run: Run, *arguments: str) -> str:
    result = run("guide", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return unwrapped(result.stdout)


def told(run: Run, *arguments: str) -> dict[str, Any]:
    result = run("guide", *arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_without_a_topic_it_lists_what_there_is(run: Run) -> None:
    assert said(run).startswith(SAFETY)
    assert all(f"{topic}:" in said(run) for topic in TOPICS)
    listed = told(run)
    assert listed["schema"] == "ebbtide.guide/1"
    assert [t["id"] for t in listed["topics"]] == TOPICS


@pytest.mark.parametrize(("topic", "voice"), list(product(TOPICS, VOICES)))
def test_every_topic_is_shown_with_safety_first(run: Run, topic: str, voice: tuple[str, ...]) -> None:
    words, table = said(run, topic, *voice), told(run, topic, *voice)
    assert words.startswith("Afraid, or in danger: ebbtide helplines.")
    assert list(table)[:3] == ["schema", "safety", "topic"]
    assert table["safety"] == SAFETY
    assert table["voice"] == (voice[1] if voice else None)
    assert table["items"]
    for item in table["items"]:
        assert {"id", "title", "text", "steps", "rounds", "seconds", "voices", "source", "grade"} <= set(item)
        assert item["title"] in words
        assert unwrapped(item["text"]) in words
        assert f"{item['source']} ({item['grade']})." in words
        assert not voice or voice[1] in item["voices"]


@pytest.mark.parametrize(("about", "country"), list(product(PROBLEMS, [None, "GB", "Kenya"])))
def test_every_problem_leads_somewhere_in_every_country(run: Run, about: str, country: str | None) -> None:
    where = ("--country", country) if country else ()
    words, table = said(run, "where", "--about", about, *where), told(run, "where", "--about", about, *where)
    problem = packaged_where().problem(about)
    assert problem
    assert words.startswith(NOW if problem.lines else SAFETY)
    assert table["safety"] == (NOW if problem.lines else SAFETY)
    assert unwrapped(problem.text) in words
    code = {None: None, "GB": "GB", "Kenya": "KE"}[country]
    assert (table["about"], table["country"]) == (about, code)
    assert {"items", "problems", "kinds", "organisations", "books", "situations", "lines", "directories"} <= set(table)
    assert {o["country"] for o in table["organisations"]} <= ({code, None} if code else {None, *CODES})
    assert all(o["source"] and o["checked"] for o in (*table["organisations"], *table["books"]))
    for need in problem.lines if code else ():
        assert all(line.name in words and (line.phone or "") in words for line in packaged_help().of(code, need))


CODES = {o.country for o in packaged_where().organisations}


@pytest.mark.parametrize("country", [None, "GB", "Kenya"])
def test_whoever_is_in_danger_is_told_nowhere_to_wait(run: Run, country: str | None) -> None:
    words = said(run, "where", "--about", "danger", *(("--country", country) if country else ()))
    assert "lila.help" in words
    assert not restraint(words)
    assert not restraint(f"{SAFETY} {NOW}")


def test_where_to_turn_can_be_browsed(run: Run) -> None:
    words = said(run, "where")
    assert all(f"{problem}:" in words for problem in PROBLEMS)
    assert "How to know somebody is trained" in words
    assert "Hold Me Tight (2008)" in words
    assert "BACP" not in words
    british = said(run, "where", "--country", "uk")
    assert "BACP, bacp.co.uk." in british
    assert "Samaritans: 116 123" in british
    assert "IACP" not in british
    assert "Nothing that is only for Kenya" in said(run, "where", "--country", "KE")


def test_a_file_of_ones_own_adds_to_it(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        '[[organisation]]\nname = "A made-up place"\ncountry = "AT"\nabout = ["talk"]\ntext = "Talks."\n'
        'source = "https://example.org"\nchecked = 2026-11-28\n',
        encoding="utf-8",
    )
    asked = ("where", "--about", "talk", "--country", "AT")
    assert "A made-up place. Talks." in said(run, *asked, "--pack", str(mine))
    assert "A made-up place" not in said(run, *asked)
    mine.write_bytes(b"\xff\xfe")
    refused = run("guide", *asked, "--pack", mine)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert run("guide", *asked, "--pack", tmp_path / "none.toml").exit_code == 2
    mine.write_text("[[shop]]\n", encoding="utf-8")
    assert "nothing called shop" in run("guide", *asked, "--pack", mine).stderr


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("weather",), "no such topic"),
        (("where", "--about", "weather"), "not among those known"),
        (("where", "--country", "Atlantis"), "no such country"),
        (("settling", "--about", "low"), "--about does not belong here (guide settling)"),
        (("repair", "--country", "GB"), "--country does not belong here"),
        (("--do", "weather"), "no such exercise"),
        (("settling", "--do", "weather"), "no such exercise"),
        (("saying", "--do", "box"), "no such exercise"),
    ],
)
def test_what_there_is_not_is_an_error_that_helps(run: Run, arguments: tuple[str, ...], what: str) -> None:
    result = run("guide", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert what in result.stderr


def test_an_exercise_is_shown_at_once_where_nobody_sits_at_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exercise, "count", lambda *_: pytest.fail("it counts"))
    words = said(run, "settling", "--do", "box")
    assert words.startswith(SAFETY)
    assert "15 rounds, 4 minutes." in words
    assert "Five, four" not in words
    (item,) = told(run, "settling", "--do", "box")["items"]
    assert (item["id"], item["seconds"]) == ("guide.box", 240)
    assert said(run, "--do", "box") == words


def test_an_option_of_where_to_turn_needs_no_topic(run: Run) -> None:
    assert said(run, "--about", "low") == said(run, "where", "--about", "low")
    assert said(run, "--country", "IE") == said(run, "where", "--country", "IE")


def test_at_a_terminal_it_is_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from ebbtide.cli import guide

    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    counted: list[str] = []
    monkeypatch.setattr(exercise, "count", lambda text, _: counted.append(text.id))
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    guide.tell(guide.Asked("settling", do="box"), json=False)
    assert counted == ["guide.box"]
    words = unwrapped(capsys.readouterr().out)
    assert words.startswith(SAFETY)
    assert "It takes 4 minutes. Ctrl-C leaves at any time." in words


def test_a_count_takes_the_seconds_of_its_steps() -> None:
    lines: list[object] = []
    waited: list[float] = []
    assert exercise.count(SHORT, lines.append, waited.append)
    assert sum(waited) == SHORT.seconds == 64
    round_ = ["Up.", "  1", "  2", "Down."]
    assert lines == ["Round 1 of 2", *round_, "Round 2 of 2", *round_, "Done."]


def test_ctrl_c_leaves_a_count_calmly() -> None:
    lines: list[object] = []
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            raise KeyboardInterrupt

    assert not exercise.count(SHORT, lines.append, wait)
    assert lines[-1] == "Stopped here. That is fine."
    assert len(waited) == 3
