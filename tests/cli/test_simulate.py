"""`ebbtide simulate`: models listed and run, in words, as JSON, as a table and as a drawing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from ebbtide import importers
from ebbtide.errors import BadSetting
from ebbtide.simulator import chat_of_run
from ebbtide.simulator.systems import SYSTEMS, simulate
from tests.cli.conftest import Run
from tests.cli.test_check import unwrapped

SVG = "{http://www.w3.org/2000/svg}"


def test_the_list_names_every_model_with_its_parameters(run: Run) -> None:
    said = unwrapped(run("simulate", "--list").stdout)
    assert all(f"{name}: " in said for name in SYSTEMS)
    told = json.loads(run("simulate", "--list", "--json").stdout)["models"]
    assert [m["id"] for m in told] == list(SYSTEMS)
    assert {"name", "default", "plausible", "possible", "meaning", "source"} == set(told[0]["parameters"][0])


def test_json_is_the_run_of_the_contract_and_nothing_else(run: Run) -> None:
    told = json.loads(run("simulate", "strogatz", "--set", "a=2", "--set", "b=8", "--for", "5", "--json").stdout)
    assert {"schema", "model", "parameters", "seed", "t", "unit", "states", "events", "analysis"} <= set(told)
    assert told["schema"] == "ebbtide.run/1"
    assert told["parameters"] == {"a": 2.0, "b": 8.0}
    assert told["t"][-1] == pytest.approx(5)
    assert told["events"] is None
    assert told["analysis"]["cycle"]["period"] == pytest.approx(3.14159 / 2, rel=1e-3)
    assert {"at", "stable"} <= set(told["analysis"]["equilibria"][0])


def test_the_dyad_tells_messages_gain_and_threshold(run: Run) -> None:
    told = json.loads(run("simulate", "dyad", "--for", "20", "--seed", "7", "--json").stdout)
    assert told["seed"] == 7
    assert {who for _, who in told["events"]} == {"a", "b"}
    assert set(told["analysis"]["loop_gain"]) == {"a", "b"}
    assert told["analysis"]["threshold"]["pressing_a"] > 0
    assert told["analysis"]["cycle"] is None
    assert told == json.loads(run("simulate", "dyad", "--for", "20", "--seed", "7", "--json").stdout)


def test_words_tell_where_it_rests_and_how_long_a_round_takes(run: Run) -> None:
    said = unwrapped(run("simulate", "gragnani", "--for", "20").stdout)
    assert "holds in the model only" in said
    assert "It can rest at x1 0.929, x2 2.71, but does not stay there." in said
    assert "It goes round in 18.8 days." in said
    assert "stops at" in unwrapped(run("simulate", "rinaldi", "--set", "beta=2").stdout)


def test_the_course_is_written_as_the_ending_says(run: Run, tmp_path: Path) -> None:
    table, data = tmp_path / "course.csv", tmp_path / "course.json"
    assert run("simulate", "laura", "--for", "2", "--out", table).exit_code == 0
    assert run("simulate", "laura", "--for", "2", "--out", data).exit_code == 0
    frame, told = pl.read_csv(table), json.loads(data.read_bytes())
    assert frame.columns == ["t", "L", "P", "Z"]
    assert frame["P"].to_list() == pytest.approx(told["states"]["P"], abs=1e-6)


def test_the_course_is_drawn_with_title_description_and_the_table_behind(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "dyad.svg"
    assert run("simulate", "dyad", "--for", "20", "--out", page).exit_code == 0
    drawing = ElementTree.parse(page).getroot()
    assert drawing.find(f"{SVG}title").text == SYSTEMS["dyad"].title  # type: ignore[union-attr]
    assert "It can rest at" in drawing.find(f"{SVG}desc").text  # type: ignore[union-attr, operator]
    rows = drawing.find(f"{SVG}metadata").text.split("\n")  # type: ignore[union-attr]
    assert rows[0].startswith("days,alarm_a,alarm_b,distance_a")
    assert rows[-1].startswith("20,")
    width = float(drawing.get("viewBox", "").split()[2])
    for line in drawing.iter(f"{SVG}polyline"):
        assert all(0 <= float(p.split(",")[0]) <= width for p in line.get("points", "").split())


def test_a_range_is_drawn_and_its_turns_are_told(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "over.svg"
    assert run("simulate", "liebovitch", "--over", "c=0..2.2", "--out", page).exit_code == 0
    said = ElementTree.parse(page).getroot().find(f"{SVG}desc").text  # type: ignore[union-attr]
    # Two stable states from c = 0.9 on; 0.917 is the next value.
    told, again = (said or "").split(" Drawn by: ")
    assert told == "x over c from 0 to 2.2. At c 0.917 there are 2 stable states of rest, before it 1."
    assert again == "ebbtide simulate liebovitch --seed 1 --over c=0..2.2 --out picture.svg"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "No model was named"),
        (("love",), "no model of this name"),
        (("strogatz", "--set", "c=1"), "It has a, b"),
        (("strogatz", "--set", "a"), "name=number"),
        (("strogatz", "--set", "a=much"), "name=number"),
        (("strogatz", "--set", "a=-1"), "above 0"),
        (("strogatz", "--set", "a=1,a=2"), "set more than once (--set a)"),
        (("strogatz", "--set", "a=1", "--set", " a =1"), "set more than once (--set a)"),
        (("laura", "--for", "-1"), "too short"),
        (("laura", "--seed", "-1"), "A seed"),
        (("laura", "--over", "delta=0..1"), "Name a picture"),
        (("laura", "--out", "course.png"), ".svg"),
        (("liebovitch", "--basins", "x,y"), "Name a picture"),
        (("liebovitch", "--basins", "x,z", "--out", "map.svg"), "It has x, y"),
        (("laura", "--export", "whatsapp", "chat.txt"), "writes no messages"),
        (("dyad", "--export", "pigeon", "chat.txt"), "whatsapp or telegram"),
        (("dyad", "--export", "whatsapp", "none/chat.txt"), "no such folder"),
        (("dyad", "--for", "9", "--export", "whatsapp", "chat.txt"), "9 days are too few"),
        (("dyad", "--export", "whatsapp", "chat.zip"), "ends in .txt"),
        (("dyad", "--set", "messages=0", "--export", "whatsapp", "chat.txt", "--out", "run.csv"), "nobody writes"),
        (("dyad", "--export", "telegram", "run.json", "--out", "run.json"), "take the place of the run"),
        (("laura", "--over", "delta=0..1", "--basins", "L,P", "--out", "map.svg"), "one of the two"),
    ],
)
def test_what_cannot_be_run_is_said_and_nothing_is_printed(
    run: Run, arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("simulate", *arguments, "--json")
    assert result.exit_code == 2
    assert words in unwrapped(result.stderr)
    assert result.stdout == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "span",
    [
        "delta",
        "delta=0",
        "delta=a..b",
        "P=0..1",
        "nobody=0..1",
        "delta=-2..1",
        "delta=1..1",
        "delta=2..1",
        "delta=0..inf",
    ],
)
def test_a_range_that_is_none_is_said(run: Run, span: str, tmp_path: Path) -> None:
    page = tmp_path / "over.svg"
    assert run("simulate", "laura", "--over", span, "--out", page).exit_code == 2
    assert not page.exists()


def test_where_starts_end_is_drawn_and_told(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "map.svg"
    assert run("simulate", "liebovitch", "--set", "c=1.6", "--basins", "x,y", "--out", page).exit_code == 0
    drawing = ElementTree.parse(page).getroot()
    said = drawing.find(f"{SVG}desc").text  # type: ignore[union-attr]
    # Mutual help is symmetric: half of the starts end well, half badly, but for those on the border.
    shares = [int(share) for share in re.findall(r"(\d+)% of the starts go to x", said or "")]
    assert len(shares) == 2
    assert min(shares) > 45
    rows = drawing.find(f"{SVG}metadata").text.split("\n")  # type: ignore[union-attr]
    assert rows[0] == "x,y,ends at"
    assert len(rows) == 1601


@pytest.mark.parametrize(("app", "name"), [("whatsapp", "chat.txt"), ("telegram", "result.json")])
def test_the_chat_of_the_dyad_is_read_back_whole_with_its_truth_beside(
    run: Run, app: str, name: str, tmp_path: Path
) -> None:
    chat = tmp_path / name
    arguments = ("simulate", "dyad", "--for", "40", "--seed", "5", "--export", app, chat)
    said = unwrapped(run(*arguments).stdout)
    truth = json.loads((tmp_path / f"{chat.stem}.truth.json").read_bytes())
    talk = importers.open([chat], tz="Europe/London")
    assert sorted(p.name for p in talk.people) == [p["name"] for p in truth["people"]]
    assert talk.events.filter(pl.col("kind") == "text").height > 400
    assert talk.coverage[0][0].date().isoformat() == truth["start"][:10] == "2025-02-03"
    assert truth["schema"] == "ebbtide.truth/1"
    assert len(truth["states"]["distance_a"]) == 39
    assert {"episodes", "decoys", "partly_away", "roles", "loop", "moves"} <= set(truth)
    assert f"{len(truth['episodes'])} truly withdrawn stretches, told in {chat.stem}.truth.json" in said


@pytest.mark.parametrize(("app", "name"), [("whatsapp", "chat.txt"), ("telegram", "result.json")])
def test_the_moves_of_a_truth_are_found_by_the_ids_that_the_chat_is_read_with(
    run: Run, app: str, name: str, tmp_path: Path
) -> None:
    """Over the nights in which the clocks change, too: a model of moves can be scored by them."""
    chat, events = tmp_path / name, tmp_path / "events.jsonl"
    assert run("simulate", "dyad", "--for", "275", "--seed", "3", "--export", app, chat).exit_code == 0
    assert run("events", chat, "--tz", "Europe/London", "--format", "jsonl", "--out", events).exit_code == 0
    read = {row["id"]: row for row in map(json.loads, events.read_text().splitlines())}
    told = json.loads((tmp_path / f"{chat.stem}.truth.json").read_bytes())["moves"]
    assert len(told) > 1000
    assert len({move["event"] for move in told}) == len(told)
    found = [(read.get(move["event"]), move) for move in told]
    assert all(row and row["kind"] == "text" and row["person"] == move["person"] for row, move in found)
    assert all(row and row["at"][:16].replace(" ", "T") == move["at"][:16] for row, move in found)
    made = chat_of_run(simulate("dyad", days=275.0, seed=3), minute_only=app == "whatsapp").conversation
    texts = dict(made.events.select("id", "text").rows())
    assert all(row and row["text"] == texts[move["event"]] for row, move in found)


def test_an_export_is_the_same_under_a_seed_and_another_under_another(run: Run, tmp_path: Path) -> None:
    chats = [tmp_path / f"{n}.txt" for n in range(3)]
    for chat, seed in zip(chats, ("6", "6", "7"), strict=True):
        assert run("simulate", "dyad", "--for", "20", "--seed", seed, "--export", "whatsapp", chat).exit_code == 0
    first, again, other = (chat.read_bytes() for chat in chats)
    truths = [(tmp_path / f"{n}.truth.json").read_bytes() for n in range(3)]
    assert first == again != other
    assert truths[0] == truths[1] != truths[2]


def test_with_json_the_run_alone_is_printed_and_the_chat_follows_its_states(run: Run, tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    told = json.loads(run("simulate", "dyad", "--for", "20", "--json", "--export", "whatsapp", chat).stdout)
    truth = json.loads((tmp_path / "chat.truth.json").read_bytes())
    daily = sum(told["states"]["distance_a"][:24]) / 24
    assert truth["states"]["distance_a"][0] == pytest.approx(daily, abs=1e-3)


def test_a_file_that_was_not_made_here_is_not_written_over(run: Run, tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("ours, from the phone")
    result = run("simulate", "dyad", "--for", "20", "--export", "whatsapp", chat)
    assert result.exit_code == 2
    assert "was not made here" in unwrapped(result.stderr)
    assert chat.read_text() == "ours, from the phone"
    assert list(tmp_path.iterdir()) == [chat]


def test_notes_under_the_name_of_a_truth_are_not_written_over(run: Run, tmp_path: Path) -> None:
    notes = tmp_path / "thesis.truth.json"
    for written in ('{"my": "notes"}', "no json"):
        notes.write_text(written)
        result = run("simulate", "dyad", "--for", "20", "--export", "whatsapp", tmp_path / "thesis.txt")
        assert result.exit_code == 2
        assert notes.read_text() == written


@pytest.mark.parametrize(
    "asked",
    [
        ("dyad", "--set", "anxiety_b=0.8", "--set", "avoidance_a=0.8,pressing_a=0.75", "--for", "30", "--seed", "9"),
        ("laura",),
        ("liebovitch", "--over", "c=-1..1"),
        ("liebovitch", "--set", "c=1.6", "--basins", "x,y"),
    ],
)
def test_a_picture_says_by_which_command_it_can_be_drawn_again(
    run: Run, asked: tuple[str, ...], tmp_path: Path
) -> None:
    page, again = tmp_path / "one.svg", tmp_path / "two.svg"
    assert run("simulate", *asked, "--out", page).exit_code == 0
    said = ElementTree.parse(page).getroot().find(f"{SVG}desc").text or ""  # type: ignore[union-attr]
    program, *command, out = said.split("Drawn by: ")[1].split()
    assert (program, out) == ("ebbtide", "picture.svg")
    assert run(*command, again).exit_code == 0
    assert again.read_bytes() == page.read_bytes()


def test_where_a_run_starts_counts_in_a_drawing_over_a_range(run: Run, tmp_path: Path) -> None:
    pages = [tmp_path / "one.svg", tmp_path / "two.svg"]
    for page, start in zip(pages, ("r=1", "r=0.1"), strict=True):
        assert run("simulate", "strogatz", "--set", start, "--over", "a=0.5..2", "--out", page).exit_code == 0
    # What is drawn differs, not only the command that the description tells.
    drawings = [re.sub("<desc.*?</desc>", "", page.read_text("utf-8")) for page in pages]
    assert drawings[0] != drawings[1]


def test_a_line_of_rest_is_told_as_one(run: Run) -> None:
    said = unwrapped(run("simulate", "felmlee", "--set", "b=0").stdout)
    assert said.count("It can rest") == 1
    assert "It can rest in a whole line of states, for instance at x" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("delay", "--set", "b=0.5"), "It tips at: tau nowhere."),
        (("gottman", "--set", "r1=1"), "Alone they settle at: W nowhere, H 0.75."),
        (("oscillator", "--set", "eta1=1"), "A swing alone takes: x1 does not swing, x2 11.5."),
        (("strogatz", "--for", "2000"), "Over 2,000 days."),
        (("strogatz", "--for", "1"), "Over 1 day."),
    ],
)
def test_figures_are_told_in_words_people_use(run: Run, asked: tuple[str, ...], said: str) -> None:
    assert said in unwrapped(run("simulate", *asked).stdout)


def test_who_is_far_all_along_is_told_though_no_spell_is_counted(run: Run) -> None:
    far = unwrapped(
        run("simulate", "dyad", "--for", "60", "--set", "anxiety=0.9,avoidance_b=0.9,outside_stress=2").stdout
    )
    assert "For most of it a is at distance 0.7" in far
    assert "e-" not in far
    assert "against one's own usual" not in unwrapped(run("simulate", "dyad", "--for", "20").stdout)


def test_a_misspelt_model_is_guessed(run: Run) -> None:
    assert "Did you mean dyad?" in unwrapped(run("simulate", "Dyat").stderr)
    assert "There are strogatz, rinaldi," in unwrapped(run("simulate", "xyz").stderr)


def test_a_chat_that_chance_left_without_a_message_is_none() -> None:
    """So few messages a day that none is drawn, and no day of ordinary life on which a line is."""
    with pytest.raises(BadSetting, match="nobody writes"):
        chat_of_run(simulate("dyad", parameters={"messages": 1e-5}, days=30, seed=3))


def test_the_dyad_says_what_a_push_does_where_it_tips(run: Run) -> None:
    usual = unwrapped(run("simulate", "dyad", "--for", "20").stdout)
    assert "Only one way to end was found here, so no push" in usual
    set_ = "anxiety_b=0.8,avoidance_a=0.2,pressing_a=1.4"
    two = unwrapped(run("simulate", "dyad", "--set", set_, "--for", "20").stdout)
    assert "It can end in 2 ways here: a push that comes once and is large enough" in two
