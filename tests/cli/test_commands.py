"""The commands as contract.md has them: what they print, what they write, how they end."""

from __future__ import annotations

import html
import io
import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import ebbtide
from ebbtide.cli import moments
from ebbtide.conversation import EVENT_SCHEMA
from ebbtide.simulator import Couple
from tests.cli.conftest import Run

HERE = ("--me", "Jo", "--tz", "Europe/London")


def test_the_list_of_commands_is_whole_on_the_screen_of_a_phone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    listed = run("--help").stdout.partition("Commands:")[2]
    assert "whatif" in listed
    assert "..." not in listed


@pytest.fixture(scope="module")
def now(couple: Couple) -> str:
    return couple.conversation.coverage[-1][1].isoformat()


@pytest.fixture(scope="module")
def reading(run: Run, chat: Path, now: str) -> dict[str, Any]:
    result = run("read", chat, *HERE, "--now", now, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_help_and_version(run: Run) -> None:
    assert run("--version").stdout == f"ebbtide {ebbtide.__version__}\n"
    for command in ("demo", "read", "now", "events"):
        assert command in run("--help").stdout
        assert "--help" in run(command, "--help").stdout


def test_json_is_the_reading_of_the_contract(reading: dict[str, Any], now: str) -> None:
    assert reading["schema"] == "ebbtide.reading/1"
    assert [(p["id"], p["name"], p["me"]) for p in reading["people"]] == [("a", "Jo", True), ("b", "Sam", False)]
    assert moments.moment(reading["span"]["now"], "UTC") == moments.moment(now, "UTC")
    sam = next(s for s in reading["silence"] if s["person"] == "b")
    assert sam["hours"] == pytest.approx(31, abs=0.1)
    assert sam["word"] == "unusual"
    assert {e["person"] for e in reading["episodes"]} == {"a", "b"}
    assert reading["episodes"][-1]["end"] is None


def test_words_start_with_the_answer(run: Run, chat: Path, now: str, reading: dict[str, Any]) -> None:
    result = run("read", chat, *HERE, "--now", now)
    assert result.exit_code == 0
    assert unwrapped(result.stdout).startswith(reading["answer"]["now"])
    assert len(result.stdout.splitlines()) < 40
    assert "\x1b" not in result.stdout


def test_all_adds_what_cannot_be_known(run: Run, chat: Path, now: str, reading: dict[str, Any]) -> None:
    text = unwrapped(run("read", chat, *HERE, "--now", now, "--all").stdout)
    assert all(unwrapped(limit) in text for limit in reading["limits"])
    assert reading["limits"]


def test_now_is_the_silence_of_the_reading(run: Run, chat: Path, now: str, reading: dict[str, Any]) -> None:
    result = run("now", chat, *HERE, "--now", now, "--json")
    assert json.loads(result.stdout) == reading["silence"]
    said = unwrapped(run("now", chat, *HERE, "--now", now).stdout)
    assert "Sam has been quiet for 31 hours." in said
    assert said.endswith("Afraid, or in danger: ebbtide helplines.")


def test_a_fresh_export_reaches_to_the_clock_and_an_old_one_to_its_last_event(
    run: Run, chat: Path, couple: Couple, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = couple.conversation.events["at"].max().replace(second=0, microsecond=0)

    def read_at(clock: Any) -> Any:
        monkeypatch.setattr(moments, "clock", lambda: clock)
        silences = json.loads(run("now", chat, *HERE, "--json").stdout)
        return min(s["hours"] for s in silences)

    assert read_at(last + timedelta(hours=5)) == pytest.approx(5, abs=0.02)
    assert read_at(last + timedelta(days=40)) == pytest.approx(0, abs=0.02)
    assert "It says nothing about now. As of that day:" in unwrapped(run("now", chat, *HERE).stdout)


def test_the_report_is_written_beside_the_words(run: Run, chat: Path, now: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    result = run("read", chat, *HERE, "--now", now, "--html", page)
    assert result.exit_code == 0
    assert str(page) in result.stdout.replace("\n", "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_pdf_without_its_library_is_refused_before_anything_is_read(
    run: Run, chat: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    result = run("read", chat, *HERE, "--pdf", tmp_path / "report.pdf")
    assert result.exit_code == 1
    assert "pip install 'ebbtide[pdf]'" in result.stderr.replace("\n", " ")
    assert result.stdout == ""
    assert not list(tmp_path.glob("report*"))


def test_messages_are_quoted_only_when_asked(run: Run, chat: Path, now: str, tmp_path: Path, couple: Couple) -> None:
    said = couple.conversation.events.filter(pl.col("text").str.len_chars() > 12)["text"].to_list()
    pages = {}
    for level in ("numbers", "quotes"):
        run("read", chat, *HERE, "--now", now, "--level", level, "--html", tmp_path / "report.html", "--json")
        pages[level] = html.unescape((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert not [words for words in said if words in pages["numbers"]]
    assert [words for words in said if words in pages["quotes"]]


def test_without_names_none_is_in_any_output(run: Run, chat: Path, now: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    data = run("read", chat, *HERE, "--now", now, "--alias", "--json", "--html", page).stdout
    words = run("read", chat, *HERE, "--now", now, "--alias", "--all").stdout
    for text in (data, words, page.read_text(encoding="utf-8")):
        assert "Sam" not in text
        assert "Person B" in text


def test_days_with_a_known_reason_no_longer_count(run: Run, chat: Path, now: str, reading: dict[str, Any]) -> None:
    gone = next(e for e in reading["episodes"] if e["end"])
    days = f"{gone['start']}..{gone['end']}=travel"
    result = run("read", chat, *HERE, "--now", now, "--explain-away", days, "--json")
    kept = [e["start"] for e in json.loads(result.stdout)["episodes"]]
    assert gone["start"] not in kept


def test_a_present_quiet_with_a_known_reason_is_said_to_be_explained(run: Run, chat: Path, now: str) -> None:
    said = unwrapped(run("read", chat, *HERE, "--now", now, "--explain-away", "2025-09-27..2025-09-30=travel").stdout)
    assert said.startswith(
        "The quiet of these days, 27–30 September, is explained as you say: travel; it is not measured"
    )
    assert "too few" not in said.casefold()
    assert "So few messages" not in said


def test_check_ins_are_read_beside_the_messages(
    run: Run, chat: Path, now: str, reading: dict[str, Any], tmp_path: Path
) -> None:
    notes = tmp_path / "notes.csv"
    gone = next(e for e in reading["episodes"] if e["end"])
    first = date.fromisoformat(gone["start"])
    rows = [f"{first + timedelta(d)},{gone['person']},together,4" for d in range(gone["days"])]
    notes.write_text("\n".join(["date,person,item,value", *rows]) + "\n", encoding="utf-8")
    result = run("read", chat, *HERE, "--now", now, "--checkins", notes, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    read = json.loads(result.stdout)
    assert gone["start"] not in [e["start"] for e in read["episodes"]]
    assert read["findings"][-1]["words"] == (
        f"Check-ins of {gone['days']} days are read beside the messages. "
        "On 4 days they note time together in person; quiet is not measured there."
    )


def test_a_check_in_that_cannot_be_used_is_bad_input(run: Run, chat: Path, now: str, tmp_path: Path) -> None:
    notes = tmp_path / "notes.csv"
    for row, words in (("2025-03-01,Sam,flat,7", "scale from 0 to 4"), ("soon,Sam,flat,1", "not a day")):
        notes.write_text(f"date,person,item,value\n{row}\n", encoding="utf-8")
        result = run("read", chat, *HERE, "--now", now, "--checkins", notes, "--json")
        assert (result.exit_code, result.stdout) == (3, "")
        assert "notes.csv, line 2, " in result.stderr
        assert words in result.stderr
    assert run("read", chat, *HERE, "--checkins", tmp_path / "none.csv").exit_code == 3
    assert run("read", chat, *HERE, "--checkins", notes, "--html", notes).exit_code == 2


def test_one_voice(run: Run, chat: Path, now: str, reading: dict[str, Any]) -> None:
    other = next(a for a in reading["advice"] if a["voice"] == "withdrawing")
    result = run("read", chat, *HERE, "--now", now, "--voice", "withdrawing")
    assert unwrapped(other["title"]) in unwrapped(result.stdout)


def test_the_demo_reads_its_own_export_the_same_every_time(run: Run, tmp_path: Path) -> None:
    results = [run("demo", "--out", tmp_path / name) for name in ("one", "two")]
    assert [r.exit_code for r in results] == [0, 0]
    assert sorted(p.name for p in (tmp_path / "one").iterdir()) == ["chat.txt", "report.html", "truth.json"]
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    assert "Sam has been quiet for 31 hours" in unwrapped(results[0].stdout)
    assert str(tmp_path / "one" / "report.html") in results[0].stdout.replace("\n", "")


def test_the_table_is_the_same_in_every_format(run: Run, chat: Path, tmp_path: Path, couple: Couple) -> None:
    for form in ("csv", "jsonl", "parquet"):
        assert run("events", chat, *HERE, "--out", tmp_path / f"events.{form}").exit_code == 0
    exact = pl.read_parquet(tmp_path / "events.parquet")
    assert exact.schema == EVENT_SCHEMA
    flags = exact["flags"].list.join(";").to_list()
    assert any(flags)
    table = pl.read_csv(tmp_path / "events.csv", infer_schema=False)
    lines = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [f or "" for f in table["flags"]] == flags
    assert table["id"].to_list() == [line["id"] for line in lines] == exact["id"].to_list()
    assert [line["flags"] for line in lines] == exact["flags"].to_list()


def test_the_table_goes_to_standard_output(run: Run, chat: Path) -> None:
    result = run("events", chat, *HERE, "--format", "csv")
    assert pl.read_csv(io.BytesIO(result.stdout_bytes), infer_schema=False).columns == list(EVENT_SCHEMA)


def test_the_import_report_accounts_for_every_event(run: Run, chat: Path) -> None:
    report = json.loads(run("events", chat, *HERE, "--report").stdout)
    (entry,) = report["import"]
    assert sum(entry["by_kind"].values()) == entry["events"]
    assert entry["lines"] == len(chat.read_text(encoding="utf-8").splitlines())
    assert {p["name"] for p in report["people"]} == {"Jo", "Sam"}
    assert report["coverage"]


def test_evidence_is_listed_among_the_events(run: Run, chat: Path, reading: dict[str, Any]) -> None:
    table = pl.read_csv(io.BytesIO(run("events", chat, *HERE).stdout_bytes), infer_schema=False)
    refs = [ref for e in reading["episodes"] for ref in e["evidence"]]
    refs += [ref for e in reading["episodes"] for c in e["criteria"] for ref in c["evidence"]]
    assert refs
    assert set(refs) <= set(table["id"])


def test_nothing_heavy_is_loaded_before_a_command_runs() -> None:
    code = "import sys, ebbtide.cli; print(*(m for m in ('numpy', 'polars', 'scipy', 'jinja2') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@pytest.mark.parametrize("command", ["read", "now"])
def test_a_reader_that_goes_away_is_no_traceback(command: str, chat: Path) -> None:
    run = [sys.executable, "-c", "from ebbtide.cli import main; main()", command, str(chat), *HERE, "--json"]
    unread, written = os.pipe()
    os.close(unread)
    with os.fdopen(written, "wb") as gone:
        done = subprocess.run(run, stdout=gone, stderr=subprocess.PIPE, text=True, check=False)
    assert "Traceback" not in done.stderr


def test_why_shows_what_one_thing_rests_on(run: Run, chat: Path) -> None:
    how = ("read", chat, "--me", "Jo", "--tz", "Europe/London")
    said = unwrapped(run(*how, "--why", "over_two_weeks").stdout)
    assert said.startswith("over_two_weeks")
    assert "met: Over two weeks." in said
    told = json.loads(run(*how, "--json").stdout)
    step = told["advice"][0]
    assert step["text"][:40] in unwrapped(run(*how, "--why", step["id"]).stdout)
    both = unwrapped(run(*how, "--why", step["id"], "--why", "over_two_weeks").stdout)
    assert both.index(step["text"][:40]) < both.index("met: Over two weeks.")
    missing = run(*how, "--why", "weather")
    assert missing.exit_code == 2
    assert "present_silence" in missing.stderr
