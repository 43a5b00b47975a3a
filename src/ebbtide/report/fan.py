"""The picture of a what-if: for each quantity two fans over the days ahead, as things go now and with the change.

It takes plain figures. The drawing is one SVG with a title, a description and, as metadata, the table behind it. The
two fans differ in colour and in the stroke of their middle line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import numpy as np
from markupsafe import Markup

from ebbtide.report import svg
from ebbtide.report.course import Axes, Floats, bounds, scale, short, whole
from ebbtide.report.svg import Frame

WIDTH, LEFT, RIGHT, HEAD, PANEL, BETWEEN, AXIS = 760.0, 64.0, 20.0, 70.0, 120.0, 38.0, 44.0
#: A line of words, in pixels and in letters.
LINE, LETTERS = 18.0, 88
#: Days between the rows of the table behind.
TABLE_DAYS = 5
WIDE_BAND, NARROW_BAND = 0.14, 0.22
DASHES = "7 5"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: its name, and its 5, 25, 50, 75 and 95% quantiles by day (5, days + 1), now and with the change."""

    name: str
    now: Floats
    changed: Floats


@dataclass(frozen=True, slots=True)
class Fans:
    """A what-if to be drawn: title, what it says in words, what the change is called, and the quantities."""

    title: str
    words: str
    changed: str
    quantities: tuple[Quantity, ...]


def drawn(fans: Fans) -> Markup:
    """The fans one below the other, with a key above."""
    height = HEAD + len(fans.quantities) * (PANEL + BETWEEN) + AXIS
    marks = key(fans)
    for n, quantity in enumerate(fans.quantities):
        top = HEAD + BETWEEN / 2 + n * (PANEL + BETWEEN)
        frame = Frame(WIDTH, height, LEFT, WIDTH - RIGHT, top, top + PANEL)
        marks += panel(frame, quantity, last=n == len(fans.quantities) - 1)
    page = Frame(WIDTH, height, 0, WIDTH, 0, height)
    return whole(page, "whatif", fans.title, fans.words, marks, table(fans))


def stated(title: str, says: Sequence[str]) -> Markup:
    """A picture of words alone: why there is nothing to draw, where a picture was asked for."""
    lines = [line for words in says for line in ("", *wrap(words, LETTERS))]
    height = HEAD + len(lines) * LINE
    marks = [svg.text(LEFT, HEAD + n * LINE, line, paint="strong-label") for n, line in enumerate(lines) if line]
    return whole(Frame(WIDTH, height, 0, WIDTH, 0, height), "whatif", title, " ".join(says), marks, ())


def key(fans: Fans) -> list[Markup]:
    """Which line is which, and what the bands are."""
    y, second = 50.0, LEFT + 130
    return [
        svg.polyline([(LEFT, y - 4), (LEFT + 26, y - 4)], paint="line-a", width=2.0),
        svg.text(LEFT + 32, y, "as it goes now", paint="name-a"),
        dashed([(second + 20, y - 4), (second + 46, y - 4)]),
        svg.text(second + 52, y, svg.shortened(fans.changed, WIDTH / 2 - 40), paint="name-b"),
        svg.text(WIDTH - RIGHT, y, "bands: half and nine of ten runs", anchor="end"),
    ]


def panel(frame: Frame, quantity: Quantity, *, last: bool) -> list[Markup]:
    """Both fans of one quantity."""
    day = np.arange(quantity.now.shape[1], dtype=np.float64)
    axes = Axes(frame, (0.0, float(day[-1])), bounds([quantity.now, quantity.changed]))
    marks = [*scale(axes, "days ahead" if last else None)]
    marks.append(svg.text(frame.left, frame.top - 6, quantity.name, paint="strong"))
    for person, rows in (("a", quantity.now), ("b", quantity.changed)):
        marks += [band(axes, day, rows[low], rows[-1 - low], person, thick) for low, thick in SHADES]
    marks.append(svg.polyline(points(axes, day, quantity.now[2]), paint="line-a", width=2.0))
    marks.append(dashed(points(axes, day, quantity.changed[2])))
    return marks


#: The outer and the inner band, by the row of its lower edge.
SHADES = ((0, WIDE_BAND), (1, NARROW_BAND))


def band(axes: Axes, day: Floats, low: Floats, high: Floats, person: str, thick: float) -> Markup:
    """The room between two quantiles."""
    edge = [*points(axes, day, high), *reversed(points(axes, day, low))]
    fill = svg.PERSON[person][0]
    return svg.element("polygon", class_="band", fill=fill, fill_opacity=str(thick), points=svg.coordinates(edge))


def dashed(line: Sequence[svg.Point]) -> Markup:
    """The middle line of the change."""
    return svg.element(
        "polyline", paint="line-b", points=svg.coordinates(line), stroke_width=2.0, stroke_dasharray=DASHES
    )


def points(axes: Axes, day: Floats, values: Floats) -> list[svg.Point]:
    """A course as points."""
    return [axes.point(float(x), float(y)) for x, y in zip(day, values, strict=True)]


def table(fans: Fans) -> list[tuple[str, ...]]:
    """The middle and nine tenths of both fans, every few days."""
    head = ["day"]
    for q in fans.quantities:
        head += [f"{q.name}: {which} {part}" for which in ("now", "changed") for part in ("middle", "low", "high")]
    rows = [tuple(head)]
    for day in range(0, fans.quantities[0].now.shape[1], TABLE_DAYS):
        cells = [
            short(float(course[i, day])) for q in fans.quantities for course in (q.now, q.changed) for i in (2, 0, 4)
        ]
        rows.append((str(day), *cells))
    return rows
