"""What is particular to WhatsApp: encodings, authors, and headers that are only quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from ebbtide.conversation import Conversation, Problem
from ebbtide.errors import NotTwoPeople, UnknownExport
from ebbtide.importers import open as read_export

LINES = ["14/02/2025, 08:01 - Zoë: Grüße 😀", "14/02/2025, 08:02 - Kit: hello", "14/02/2025, 08:03 - Zoë: ça va"]


def read(data: bytes | str, path: Path) -> Conversation:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_export(path)


def texts(talk: Conversation) -> list[str]:
    return talk.events["text"].to_list()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_reads_the_same(encoding: str, newline: str, export: Path) -> None:
    talk = read((newline.join(LINES) + newline).encode(encoding), export)
    assert texts(talk) == ["Grüße 😀", "hello", "ça va"]
    assert talk.imports[0].problems == ()
    assert talk.imports[0].lines == 3


def test_broken_bytes_are_reported_by_line(export: Path) -> None:
    many = [*LINES * 10, "14/02/2025, 08:04 - Kit: broken ? here"]
    talk = read("\n".join(many).encode().replace(b"?", b"\xff"), export)
    assert talk.imports[0].problems == (Problem(31, "undecodable_bytes"),)
    assert texts(talk)[-1] == "broken \ufffd here"


def test_another_encoding_is_guessed_and_said(export: Path) -> None:
    talk = read("\n".join(line.replace(" 😀", "") for line in LINES).encode("cp1252"), export)
    assert texts(talk) == ["Grüße", "hello", "ça va"]
    assert talk.imports[0].choices["encoding"] == "cp1252"
    assert talk.imports[0].problems == (Problem(1, "not_utf8_read_as_windows_1252"),)


def test_a_file_cut_inside_a_character(export: Path) -> None:
    talk = read("\n".join(LINES[:2]).encode() + "\n14/02/2025, 08:03 - Zoë: 😀".encode()[:-1], export)
    assert talk.imports[0].problems == (Problem(3, "cut_off_inside_a_character"),)
    assert len(talk.events) == 3


def test_a_zero_far_inside_a_text_does_no_harm(export: Path) -> None:
    assert len(read("\n".join(LINES * 3) + "\n14/02/2025, 08:09 - Kit: a\u200b b\n", export).events) == 10


def test_who_wrote(export: Path) -> None:
    talk = read(
        "14/02/2025, 08:01 - Kit: Kit: twice\n"
        "14/02/2025, 08:02 - +49\u00a0170\u00a01234567: number\n"
        "14/02/2025, 08:03 - ~\u202fRobin: tilde\n"
        "14/02/2025, 08:04 - \u202a+44 20 7946 0000\u202c: marks\n"
        "14/02/2025, 08:05 - Dr. Ash - home (new): dashes\n"
        '14/02/2025, 08:06 - Kit changed the group name to "Trip: north"\n',
        export,
    )
    assert {p.name for p in talk.people} == {
        "Kit",
        "+49 170 1234567",
        "Robin",
        "+44 20 7946 0000",
        "Dr. Ash - home (new)",
    }
    assert texts(talk)[0] == "Kit: twice"
    assert talk.events["person"].null_count() == 1


def test_a_name_like_a_system_line_is_a_person_who_writes_a_lot(export: Path) -> None:
    often = "".join(f"14/02/2025, 08:0{i} - We added sugar bakery: {i}\n" for i in range(6))
    assert [p.name for p in read(often, export).people] == ["We added sugar bakery"]


def test_quoted_headers_of_another_shape_stay_in_the_message(export: Path) -> None:
    own = "".join(f"[14/02/2025, 08:01:0{i}] Kit: {i}\n" for i in range(4))
    talk = read(
        own + "[14/02/2025, 08:02:00] Robin: see\n14/02/25, 10:11 - Ash: hi\n14/02/2025, 10:12 - Ash: ho\n", export
    )
    assert [p.name for p in talk.people] == ["Kit", "Robin"]
    assert texts(talk)[-1] == "see\n14/02/25, 10:11 - Ash: hi\n14/02/2025, 10:12 - Ash: ho"
    assert talk.imports[0].continuations == 2
    assert {p.code for p in talk.imports[0].problems} == {"looks_like_another_chat"}


def test_line_ends_inside_a_message(export: Path) -> None:
    talk = read("14/02/2025, 08:01 - Kit: one\u2028two\x0bthree\x0cfour\x85five\n", export)
    assert texts(talk) == ["one\u2028two\x0bthree\x0cfour\x85five"]


def test_the_reader_and_the_two(export: Path) -> None:
    export.write_text("".join(f"14/02/2025, 08:0{i} - {n}: x\n" for i, n in enumerate(["Ash", "Kit", "Robin", "Kit"])))
    talk = read_export(export, people=["robin", "Kit"], me="Kit")
    assert [(p.id, p.name, p.messages) for p in talk.people] == [("a", "Kit", 2), ("b", "Robin", 1)]
    assert talk.me == "a"
    with pytest.raises(NotTwoPeople, match="3 people wrote in this conversation: Ash"):
        read_export(export).require_two()
    with pytest.raises(NotTwoPeople, match="Nobody called “Jo”") as caught:
        read_export(export, me="Jo")
    assert "Ash (1), Kit (2), Robin (1)" in str(caught.value)
    with pytest.raises(NotTwoPeople, match="do not match two different people"):
        read_export(export, people=["Kit", "kit"])


def test_one_writer_and_none(export: Path) -> None:
    with pytest.raises(NotTwoPeople, match=r"Only Kit \(1\) wrote"):
        read("14/02/2025, 08:01 - Kit: hello?\n", export).require_two()
    empty = read("14/02/2025, 08:01 - Messages and calls are end-to-end encrypted.\n", export)
    assert empty.people == ()
    with pytest.raises(NotTwoPeople, match="Nobody wrote"):
        empty.require_two()


def test_no_line_begins_a_message(export: Path) -> None:
    with pytest.raises(UnknownExport, match="no line begins a chat message"):
        read("14 February: a diary\n", export)


def test_minutes_and_seconds(export: Path) -> None:
    assert read("14/02/2025, 08:01 - Kit: x\n", export).events["minute_only"].all()
    assert not read("[14/02/2025, 08:01:30] Kit: x\n", export).events["minute_only"].any()
