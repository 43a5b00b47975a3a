"""Damaged exports: whatever happens to the bytes of a file, the answer is a conversation or a clear refusal."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide.errors import ImportFailed
from ebbtide.importers import open as read_export
from tests.importers.test_golden import EXPORTS

CUTS = st.tuples(
    st.floats(0, 1),
    st.integers(0, 60),
    st.binary(max_size=12) | st.sampled_from([b"\n", b": ", b" - ", b"[", b"\\", b'"', b"9"]),
)


def damaged(data: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    """The data with stretches replaced, each given by where it begins, its length and what comes instead."""
    for where, length, instead in cuts:
        at = int(where * len(data))
        data = data[:at] + instead + data[at + length :]
    return data


@settings(max_examples=120, deadline=None)
@given(path=st.sampled_from(EXPORTS), cuts=st.lists(CUTS, max_size=5), end=st.floats(0.1, 1))
def test_damage_never_breaks_the_account(path: Path, cuts: list[tuple[float, int, bytes]], end: float) -> None:
    data = path.read_bytes()
    data = damaged(data[: int(end * len(data))], cuts)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / path.name
        file.write_bytes(data)
        try:
            talk = read_export(file)
        except ImportFailed as refusal:
            assert refusal.where
            assert refusal.try_
            return
    (report,) = talk.imports
    assert report.lines == report.events + report.continuations + report.unreadable
    assert report.events == talk.events.height == sum(report.by_kind.values())
    assert len(report.problems) >= report.unreadable
