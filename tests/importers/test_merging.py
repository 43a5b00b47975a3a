"""Several exports of one conversation: each event once, genuine repeats kept, holes left open."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ebbtide.errors import NotTwoPeople
from ebbtide.importers import open as read_export


def put(folder: Path, **files: list[str]) -> list[Path]:
    paths = []
    for name, lines in files.items():
        paths.append(folder / f"{name}.txt")
        paths[-1].write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return paths


def line(minute: int, name: str, text: str, day: int = 14) -> str:
    return f"{day}/02/2025, 08:{minute:02d} - {name}: {text}"


OLD = [line(i, "Kit" if i % 2 else "Robin", f"message {i}") for i in range(10)]


def test_the_same_export_twice_changes_nothing(tmp_path: Path) -> None:
    once, twice = put(tmp_path, once=[*OLD, OLD[-1], OLD[-1]], twice=[*OLD, OLD[-1], OLD[-1]])
    single, double = read_export(once), read_export([once, twice, once])
    assert double.events.drop("source").equals(single.events.drop("source"))
    assert double.coverage == single.coverage
    assert len(single.events) == 12
    assert len(double.imports) == 3


def test_a_longer_export_extends_a_shorter(tmp_path: Path) -> None:
    more = [*OLD[5:], *(line(30 + i, "Kit", "later") for i in range(3))]
    paths = put(tmp_path, first=OLD, second=more)
    for order in (paths, paths[::-1]):
        talk = read_export(order)
        assert len(talk.events) == 13
        assert talk.events["at"].is_sorted()
        assert len(talk.coverage) == 1


def test_repeats_of_one_minute_are_kept(tmp_path: Path) -> None:
    paths = put(tmp_path, first=[line(1, "Kit", "?")] * 3, second=[line(1, "Kit", "?")] * 2 + [line(2, "Robin", "yes")])
    assert len(read_export(paths).events) == 4


def test_a_message_edited_or_deleted_between_two_exports_counts_once(tmp_path: Path) -> None:
    before = [*OLD, line(20, "Kit", "I hate it"), line(21, "Kit", "see you at eihgt"), line(21, "Kit", "ok")]
    after = [
        *OLD,
        line(20, "Kit", "This message was deleted"),
        line(21, "Kit", "see you at eight <This message was edited>"),
        line(21, "Kit", "ok"),
        line(22, "Robin", "fine"),
    ]
    paths = put(tmp_path, before=before, after=after)
    for order in (paths, paths[::-1]):
        talk = read_export(order)
        assert talk.events["text"].to_list()[10:] == ["I hate it", "see you at eight", "ok", "fine"]


def test_what_lies_between_two_exports_is_unknown(tmp_path: Path) -> None:
    paths = put(tmp_path, one=OLD, two=[line(0, "Kit", "back", 20), line(9, "Robin", "hello", 20)])
    assert read_export(paths[::-1]).coverage == (
        (datetime(2025, 2, 14, 8, 0, tzinfo=UTC), datetime(2025, 2, 14, 8, 9, tzinfo=UTC)),
        (datetime(2025, 2, 20, 8, 0, tzinfo=UTC), datetime(2025, 2, 20, 8, 9, tzinfo=UTC)),
    )


def test_both_phones_of_one_chat(tmp_path: Path) -> None:
    """Android writes minutes, iOS seconds; each phone knows the other person under its own name."""
    android = [line(1, "Robin V.", "Morning"), line(1, "Kit", "Morning"), line(2, "Kit", "tea?")]
    ios = [
        "[14/02/2025, 08:01:10] Robin: Morning",
        "[14/02/2025, 08:01:40] Kit Marlow: Morning",
        "[14/02/2025, 08:02:05] Kit Marlow: tea?",
        "[14/02/2025, 08:03:00] Robin: yes",
    ]
    talk = read_export(put(tmp_path, android=android, ios=ios), me="kit marlow")
    assert {p.name: p.messages for p in talk.people} == {"Kit": 2, "Robin V.": 2}
    assert not talk.events["minute_only"].any()
    assert talk.me == "a"


def telegram(folder: Path, *names: str) -> Path:
    messages = [
        {"id": i, "type": "message", "date": f"2025-02-14T08:{i:02d}:00", "date_unixtime": str(1739520000 + 60 * i),
         "from": name, "from_id": f"user{41001 + i % 2}", "text": f"message {i}"}
        for i, name in enumerate(names)
    ]  # fmt: skip
    path = folder / "result.json"
    path.write_text(json.dumps({"name": "x", "type": "personal_chat", "id": 1, "messages": messages}))
    return path


def test_two_apps_are_two_streams_of_the_same_people(tmp_path: Path) -> None:
    (chat,) = put(tmp_path, chat=OLD)
    talk = read_export([chat, telegram(tmp_path, "Robin", "Kitty")], people=["Kitty", "Robin"])
    assert {p.name: p.messages for p in talk.people} == {"Kit": 6, "Robin": 6}
    assert [r.format for r in talk.imports] == ["whatsapp", "telegram"]


def test_a_third_person_is_not_merged_away(tmp_path: Path) -> None:
    one, two = put(tmp_path, one=OLD, two=[line(1, "Ash", "hi", 20), line(2, "Ember", "hi", 20)])
    assert len(read_export([one, two]).people) == 4
    group = put(tmp_path, group=[*OLD, line(30, "Ash", "hi")])
    assert len(read_export([*group, telegram(tmp_path, "Robin", "Kitty")]).people) == 4


def test_telegram_knows_the_zone_of_the_others(tmp_path: Path) -> None:
    path = telegram(tmp_path, "Robin", "Kit")
    path.write_text(path.read_text().replace("T08:", "T13:"))
    (chat,) = put(tmp_path, chat=OLD)
    talk = read_export([chat, path])
    assert (talk.tz, talk.tz_source) == ("Etc/GMT-5", "export")
    assert talk.events["at"][0] == datetime(2025, 2, 14, 3, 0, tzinfo=UTC)


def test_files_of_two_couples_are_told_apart(tmp_path: Path) -> None:
    two = [line(1, "Ash", "hi", 20), line(2, "Ember", "hi", 20)]
    paths = put(tmp_path, one=OLD, two=two)
    with pytest.raises(NotTwoPeople, match=r"4 people wrote in these files: .*different conversations"):
        read_export(paths).require_two()
