"""The picture of a what-if: two fans that can be told apart without colour, with words and the table behind."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np

from ebbtide.report.fan import Fans, Quantity, drawn

SVG = "{http://www.w3.org/2000/svg}"
DAYS = 31


def fans(title: str = "What if", words: str = "Nothing is promised.", changed: str = "if Jo leaves Sam room") -> Fans:
    now = np.linspace(0.1, 0.9, 5)[:, None] + np.zeros(DAYS)
    falling = now - np.linspace(0, 0.1, DAYS)
    return Fans(title, words, changed, (Quantity("distance", now, falling), Quantity("closeness", now, now)))


def tree(shown: Fans) -> ElementTree.Element:
    return ElementTree.fromstring(str(drawn(shown)))


def test_it_has_a_title_a_description_and_the_table_behind() -> None:
    found = tree(fans())
    assert found.findtext(f"{SVG}title") == "What if"
    assert found.findtext(f"{SVG}desc") == "Nothing is promised."
    rows = [line.split(",") for line in (found.findtext(f"{SVG}metadata") or "").splitlines()]
    assert rows[0][:4] == ["day", "distance: now middle", "distance: now low", "distance: now high"]
    assert [r[0] for r in rows[1:]] == ["0", "5", "10", "15", "20", "25", "30"]
    assert rows[-1][1:7] == ["0.5", "0.1", "0.9", "0.4", "0", "0.8"]


def test_each_quantity_has_two_bands_of_two_and_two_lines_one_of_them_dashed() -> None:
    found = tree(fans())
    assert len(found.findall(f"{SVG}polygon")) == 2 * 4
    lines = [line for line in found.findall(f"{SVG}polyline") if len((line.get("points") or "").split()) == DAYS]
    assert [line.get("stroke-dasharray") is not None for line in lines] == [False, True] * 2


def test_the_middle_of_the_change_ends_lower_where_it_is_lower() -> None:
    found = tree(fans())
    now, changed = [
        float((line.get("points") or "").split()[-1].split(",")[1])
        for line in found.findall(f"{SVG}polyline")
        if len((line.get("points") or "").split()) == DAYS
    ][:2]
    assert changed > now + 5  # pixels grow downwards


def test_names_cannot_break_it() -> None:
    found = tree(fans(title="<b>&", words='"<script>', changed="if </svg> leaves"))
    assert found.findtext(f"{SVG}title") == "<b>&"
    assert "if </svg> leaves" in [t.text for t in found.iter(f"{SVG}text")]
