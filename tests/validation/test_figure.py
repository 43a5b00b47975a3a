"""The figure of three ways of looking: one drawing, told in words too, that asks nothing of the network."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pytest
from validation.couples import HELD_OUT_FROM, Known, own
from validation.figure import DARK, Row, drawn, gap_table, inside, rows

from ebbtide.report.svg import PAINT, PERSON
from ebbtide.signals.stream import stream


@cache
def known() -> Known:
    return own("settled", HELD_OUT_FROM)


@cache
def made() -> tuple[Row, Row, Row]:
    return rows(known())


@cache
def markup() -> str:
    return str(drawn(known()))


def test_the_drawing_is_whole_and_told_in_words() -> None:
    root = ElementTree.fromstring(markup())
    space = "{http://www.w3.org/2000/svg}"
    told = root.findtext(f"{space}desc") or ""
    assert root.findtext(f"{space}title")
    assert all(f"{row.heading}: {row.outcome}." in told for row in made())
    assert {root.find(f".//*[@id='{name}']") is not None for name in root.attrib["aria-labelledby"].split()} == {True}


def test_every_withdrawal_is_behind_every_row_and_every_saying_below_it() -> None:
    root = ElementTree.fromstring(markup())
    for person, key in enumerate("ab"):
        shown = [e for e in root.iter() if e.get("class") == f"shade-{key}"]
        assert len(shown) == 3 * sum(t[0] == person for t in known().true)
        bars = [e for e in root.iter() if e.get("class") == f"deep-{key}" and e.tag.endswith("rect")]
        assert len(bars) == sum(s[0] == person for row in made() for s in row.says)


def test_no_address_but_the_name_of_the_format() -> None:
    assert re.findall(r"https?://[^\"]+", markup()) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<(script|image|use|link)|@import|url\(", markup())


def test_the_dark_palette_repaints_all_that_is_drawn() -> None:
    drawn_classes = set(re.findall(r'class="([\w-]+)"', markup()))
    assert drawn_classes <= {*PAINT, "paper", "deep-a", "deep-b"}
    assert all(f".{name}" in DARK for name in drawn_classes)
    assert PERSON["a"][0] in markup()


def test_the_gap_table_rings_for_one_gap_in_a_hundred() -> None:
    flow = stream(known().talk, known().now)
    alarms = gap_table(known(), flow).says
    for person in (0, 1):
        gaps = int((flow.who == person).sum()) - 1
        assert sum(a[0] == person for a in alarms) == pytest.approx(gaps / 100, abs=2)


@pytest.mark.parametrize(
    ("alarm", "expected"),
    [((0, 4.0, 5.5), True), ((0, 9.0, 11.0), True), ((0, 10.0, 11.0), False), ((1, 6.0, 7.0), False)],
)
def test_an_alarm_counts_for_the_one_who_withdrew_and_while_it_lasts(
    alarm: tuple[int, float, float], expected: bool
) -> None:
    assert inside(alarm, [(0, 5.0, 10.0)]) is expected
    assert inside((1, 30.0, np.inf), [(1, 20.0, None)])
