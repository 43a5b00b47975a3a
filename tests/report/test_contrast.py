"""The colours: readable in both themes, and the same in the drawings as in the stylesheet."""

from __future__ import annotations

import re
from itertools import product

import pytest

from ebbtide.report import svg
from ebbtide.report.page import stylesheet


def palettes() -> dict[str, dict[str, str]]:
    """Custom properties of the light and the dark theme."""
    light, dark = re.findall(r":root \{([^}]*)\}", stylesheet())[:2]
    return {name: dict(re.findall(r"--(\w+): (#\w+)", block)) for name, block in (("light", light), ("dark", dark))}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("theme", "colour"), list(product(("light", "dark"), ("ink", "soft", "a", "b"))))
def test_text_can_be_read(theme: str, colour: str) -> None:
    palette = palettes()[theme]
    assert contrast(palette[colour], palette["paper"]) >= 4.5


@pytest.mark.parametrize(("theme", "person"), list(product(("light", "dark"), "ab")))
def test_a_line_stands_out_from_its_own_band(theme: str, person: str) -> None:
    palette = palettes()[theme]
    assert contrast(palette[person], palette[f"{person}2"]) >= 3


def test_drawings_carry_the_light_palette() -> None:
    light = palettes()["light"]
    assert tuple(light[k] for k in ("paper", "ink", "soft", "line")) == (svg.PAPER, svg.INK, svg.SOFT, svg.LINE)
    assert {p: (light[p], light[f"{p}2"]) for p in "ab"} == svg.PERSON
