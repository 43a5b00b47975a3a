"""What is particular to Telegram: damaged JSON, whole accounts, people who change their names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ebbtide.errors import ImportFailed, UnknownExport
from ebbtide.importers import open as read_export

START = 1739520000


def message(n: int, text: Any = "hello", **more: Any) -> dict[str, Any]:
    """The n-th message, a minute after the one before, in the winter of London."""
    entry = {"id": n, "type": "message", "date": f"2025-02-14T08:{n:02d}:00", "date_unixtime": str(START + 60 * n)}
    return entry | {"from": "Kit", "from_id": "user41002", "text": text} | more


def chat(*messages: dict[str, Any], name: str = "Kit", type: str = "personal_chat") -> dict[str, Any]:
    return {"name": name, "type": type, "id": 41002, "messages": list(messages)}


@pytest.fixture
def result(tmp_path: Path) -> Path:
    return tmp_path / "result.json"


def refused(data: Any, path: Path, kind: type[ImportFailed] = ImportFailed) -> str:
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    with pytest.raises(ImportFailed) as caught:
        read_export(path)
    assert type(caught.value) is kind
    assert "secret" not in str(caught.value)
    return str(caught.value)


def test_cut_off_json_says_where(result: Path) -> None:
    data = json.dumps(chat(message(1, "secret"), message(2))).encode()
    assert f"its end, byte {len(data) - 20}" in refused(data[:-20], result)
    assert "goes wrong at byte" in refused(data.replace(b"[", b"[}"), result)


def test_json_of_something_else(result: Path) -> None:
    assert "not a chat exported by Telegram" in refused({"messages": [{"sender": "secret"}]}, result, UnknownExport)
    assert "not a chat exported by Telegram" in refused({"messages": "secret", "a": 1}, result, UnknownExport)
    assert "not a chat exported by Telegram" in refused([{"messages": []}], result, UnknownExport)


def test_a_whole_account_with_several_chats(result: Path) -> None:
    several = [chat(message(1, "secret"), name=n) for n in ("Kit", "Ash")] + [chat(message(1), type="private_group")]
    said = refused({"about": "", "chats": {"list": several}}, result)
    assert "2 personal chats: Kit, Ash (result.json)." in said
    assert "Export the one chat by itself" in said
    assert "0 personal chats (result.json)." in refused({"about": "", "chats": {"list": []}}, result)


def test_control_characters_as_telegram_writes_them(result: Path) -> None:
    data = json.dumps(chat(message(1, "one@two"), message(2, r"a\x0B"))).encode().replace(b"@", rb"\x0B")
    result.write_bytes(data)
    assert read_export(result).events["text"].to_list() == ["one\x0btwo", r"a\x0B"]


def test_one_broken_message_does_not_cost_the_others(result: Path) -> None:
    broken = [message(2, date="secret"), message(3, date=7), {"id": 4}, message(5, date_unixtime="secret")]
    result.write_text(json.dumps(chat(message(1), *broken, message(6))))
    (report,) = read_export(result).imports
    assert (report.lines, report.events, report.unreadable) == (6, 2, 4)
    assert [p.record for p in report.problems] == [2, 3, 4, 5]


def test_a_person_is_known_by_id(result: Path) -> None:
    talk = chat(
        message(1, **{"from": "Kit before"}),
        message(2, **{"from": "Robin", "from_id": "user41001"}),
        message(3),
        message(4, **{"from": None}),
        message(5, **{"from": None, "from_id": "user41003"}),
    )
    result.write_text(json.dumps(talk))
    assert {p.name: p.messages for p in read_export(result).people} == {"Kit": 3, "Robin": 1, "user41003": 1}


def test_two_people_of_one_name(result: Path) -> None:
    result.write_text(json.dumps(chat(message(1), message(2, from_id="user41001"))))
    assert [p.name for p in read_export(result).people] == ["Kit (user41001)", "Kit (user41002)"]


def test_given_zone_wins_over_the_export(result: Path) -> None:
    result.write_text(json.dumps(chat(message(1, date="2025-02-14T10:01:00"))))
    found = read_export(result)
    assert (found.tz, found.tz_source) == ("Etc/GMT-2", "export")
    asked = read_export(result, tz="Asia/Tokyo")
    assert (asked.tz, asked.tz_source) == ("Asia/Tokyo", "given")
    assert asked.events["at"].to_list() == found.events["at"].to_list()


def test_words_in_pieces(result: Path) -> None:
    pieces = ["a ", {"type": "mention_name", "text": "b", "user_id": 1}, {"type": "bold", "text": ["c"]}, 7, None]
    result.write_text(json.dumps(chat(message(1, pieces), message(2, None), message(3, {"text": "d"}))))
    assert read_export(result).events["text"].to_list() == ["a bc", None, "d"]
