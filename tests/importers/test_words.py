"""Every phrase of every language table is recognised as what the table says it is."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from ebbtide.importers import open as read_export

WORDS = resources.files("ebbtide.importers") / "words"
LANGUAGES = sorted(f.name for f in WORDS.iterdir() if f.name != "dayparts.toml" and f.name.endswith(".toml"))


def kinds_of(bodies: list[str], path: Path, *, author: bool = True) -> list[tuple[str, list[str]]]:
    """What messages with these bodies become, in order."""
    name = "Robin: " if author else ""
    path.write_text("".join(f"14/02/2025, 08:01 - {name}{body}\n" for body in bodies), encoding="utf-8")
    events = read_export(path).events
    return list(zip(events["kind"].cast(str).to_list(), events["flags"].to_list(), strict=True))


@pytest.fixture(params=LANGUAGES)
def words(request: pytest.FixtureRequest) -> dict[str, Any]:
    return tomllib.loads((WORDS / request.param).read_text(encoding="utf-8"))


def test_omitted_files(words: dict[str, Any], export: Path) -> None:
    for flag, phrases in words["omitted"].items():
        bodies = [form for phrase in phrases for form in (phrase, f"<{phrase}>", f"{phrase}.", f"\u200e{phrase}")]
        expected = ("voice", []) if flag == "voice" else ("media", [] if flag == "any" else [flag])
        assert kinds_of(bodies, export) == [expected] * len(bodies)


def test_attached_files(words: dict[str, Any], export: Path) -> None:
    android = [f"IMG-20250214-WA0001.jpg ({phrase})" for phrase in words["file_attached"]]
    ios = [f"\u200e<{phrase}: 00000012-PHOTO-2025-02-14-08-01-00.jpg>" for phrase in words["attached"]]
    assert kinds_of([*android, *ios], export) == [("media", ["image"])] * (len(android) + len(ios))


def test_deleted_edited_waiting_and_view_once(words: dict[str, Any], export: Path) -> None:
    deleted = [form for phrase in words["deleted"] for form in (phrase, f"{phrase}.")]
    assert kinds_of(deleted, export) == [("deleted", [])] * len(deleted)
    edited = [f"so be it \u200e<{phrase}>" for phrase in words["edited"]]
    assert kinds_of(edited, export) == [("text", ["edited"])] * len(edited)
    for key in ("waiting", "view_once"):
        assert kinds_of([f"{p} …" for p in words[key]], export) == [("media", [key])] * len(words[key])


def test_calls(words: dict[str, Any], export: Path) -> None:
    call = words["call"]
    missed = [*call["missed"], *(f"{call['missed'][0]}, \u200e{tail}" for tail in call["call_back"])]
    missed += [f"{done}, \u200e{why}" for done in call["done"] for why in call["unanswered"]]
    assert {kind for kind, _ in kinds_of(missed, export)} == {"missed_call"}
    assert {kind for kind, _ in kinds_of(call["missed"], export, author=False)} == {"missed_call"}
    done = [f"{done}, \u200e{how}" for done in call["done"] for how in call["answered"]]
    assert {kind for kind, _ in kinds_of(done, export)} == {"call"}


def test_lengths_of_calls(words: dict[str, Any], export: Path) -> None:
    call = words["call"]
    units = [(f"2 {u}", 7200) for u in call["hours"]]
    units += [(f"1 {call['hours'][0]}, \u200e5 {u}", 3900) for u in call["minutes"]]
    units += [
        (f"{length}{dot}", value) for length, value in [(f"51 {u}", 51) for u in call["seconds"]] for dot in ("", ".")
    ]
    kinds_of([f"{call['done'][0]}, \u200e{length}" for length, _ in units], export)
    assert read_export(export).events["seconds"].to_list() == [float(value) for _, value in units]


def test_places_and_polls(words: dict[str, Any], export: Path) -> None:
    places = [f"{w}: https://maps.google.com/?q=30.0,-40.0" for w in words["place"]["location"]]
    assert kinds_of(places, export) == [("location", [])] * len(places)
    live = words["place"]["live"]
    assert kinds_of(live, export) == [("location", ["live"])] * len(live)
    polls = [f"{q}:\nSoup?\n{o}: yes (1)" for q in words["poll"]["question"] for o in words["poll"]["option"]]
    assert kinds_of(polls, export) == [("poll", [])] * len(polls)


def test_system_lines(words: dict[str, Any], export: Path) -> None:
    notices = [f"\u200e{notice} …" for notice in words["notices"]]
    assert {kind for kind, _ in kinds_of(notices, export)} == {"system"}
    lines = [f"Robin{phrase}“Ash: {i}”" for i, phrase in enumerate(words["system"])]
    assert {kind for kind, _ in kinds_of(lines, export, author=False)} == {"system"}


@pytest.mark.parametrize(
    "body",
    [
        "video call tonight?",
        "Voice call, then dinner",
        "I attached the list",
        "this message was deleted by mistake, sorry",
        "the image omitted the best part",
        "POLL: soup or salad",
        "waiting for you",
        "meet me at https://example.org",
        "<3",
        "<grins>",
        "nullified",
        "missed voice calls make me sad",
        "everyone left, she added later: fine",
    ],
)
def test_ordinary_words_stay_words(body: str, export: Path) -> None:
    assert kinds_of([body], export) == [("text", [])]
    assert read_export(export).events["text"].to_list() == [body]
