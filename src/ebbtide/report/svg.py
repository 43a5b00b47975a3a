"""SVG elements as safe text.

Every mark carries a class and, for renderers that read no stylesheet inside SVG, the same paint as attributes. In a
browser the stylesheet wins, which is how one drawing serves light, dark and paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

#: The light palette of report.css, for renderers that know no custom properties. A test keeps the two the same.
PAPER, INK, SOFT, LINE = "#fbfaf7", "#1d2a33", "#56656f", "#e3e0d8"
PERSON = {"a": ("#14707a", "#cfe6e6"), "b": ("#8f5512", "#f3e3c8")}

PAINT: Mapping[str, Mapping[str, str]] = {
    "rule": {"stroke": LINE},
    "limit": {"stroke": SOFT, "stroke-dasharray": "1 4"},
    "mark": {"stroke": INK, "stroke-dasharray": "2 3"},
    "dot": {"fill": PAPER, "stroke": INK, "stroke-width": "2.2"},
    "hatch": {"fill": "none", "stroke": SOFT, "stroke-width": ".9", "stroke-opacity": ".55"},
    "edge": {"fill": "none", "stroke": SOFT, "stroke-width": ".8"},
    "both": {"fill": LINE, "stroke": SOFT, "stroke-width": ".8"},
    "part": {"fill": "none", "stroke": SOFT, "stroke-width": ".8", "stroke-dasharray": "3 2"},
    "label": {"fill": SOFT},
    "strong": {"fill": INK, "font-weight": "600"},
    "strong-label": {"fill": INK},
    "inside": {"fill": INK},
    "inside-name": {"fill": INK, "font-weight": "600"},
    "unsure": {"fill": "none", "stroke": SOFT, "stroke-dasharray": "5 4"},
    **{f"line-{p}": {"fill": "none", "stroke": deep, "stroke-linejoin": "round"} for p, (deep, _) in PERSON.items()},
    **{f"shade-{p}": {"fill": pale} for p, (_, pale) in PERSON.items()},
    **{f"fill-{p}": {"fill": deep} for p, (deep, _) in PERSON.items()},
    **{f"node-{p}": {"fill": pale, "stroke": deep, "stroke-width": "1.6"} for p, (deep, pale) in PERSON.items()},
    **{f"name-{p}": {"fill": deep, "font-weight": "600"} for p, (deep, _) in PERSON.items()},
}

#: Mean width of a character of a sans face, as a share of its size; used only to keep labels apart.
CHARACTER = 0.6
TEXT_SIZE = 12.0

Point = tuple[float, float]
Value = str | float | int | None


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot area inside a drawing of `width` × `height` pixels."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float


def element(name: str, *children: str, paint: str = "", **attributes: Value) -> Markup:
    """One element. Text is escaped, attributes given as None are left out, `_` in their names means `-`."""
    painted: dict[str, Value] = dict(PAINT.get(paint, {}))
    if paint:
        painted = {"class": paint, **painted}
    painted |= {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
    written = "".join(f' {key}="{escape(written_as(value))}"' for key, value in painted.items() if value is not None)
    inside = Markup("").join(children)
    return Markup(f"<{name}{written}>{inside}</{name}>") if children else Markup(f"<{name}{written}/>")


def drawing(frame: Frame, key: str, title: str, description: str, marks: Iterable[Markup]) -> Markup:
    """The whole drawing, named and described for those who cannot see it."""
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-desc"),
        *marks,
        viewBox=f"0 0 {written_as(frame.width)} {written_as(frame.height)}",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        font_family="sans-serif",
        font_size=TEXT_SIZE,
    )


def text(x: float, y: float, words: str, *, anchor: str | None = None, paint: str = "label") -> Markup:
    """A label; `anchor` is start (the default), middle or end."""
    return element("text", words, paint=paint, x=x, y=y, text_anchor=anchor)


def line(x1: float, y1: float, x2: float, y2: float, *, paint: str) -> Markup:
    """A straight line."""
    return element("line", paint=paint, x1=x1, y1=y1, x2=x2, y2=y2)


def polyline(points: Iterable[Point], *, paint: str, width: float) -> Markup:
    """An open line through the points."""
    return element("polyline", paint=paint, points=coordinates(points), stroke_width=width)


def polygon(points: Iterable[Point], *, paint: str) -> Markup:
    """A filled shape."""
    return element("polygon", paint=paint, points=coordinates(points))


def hatching(x: float, y: float, width: float, height: float, *, gap: float = 5.0) -> Markup:
    """Diagonal strokes that fill a rectangle; drawn one by one, since patterns need ids and fail in some renderers."""
    strokes = []
    offset = gap / 2
    while offset < width + height:
        x1, y1 = min(offset, width), max(0.0, offset - width)
        x2, y2 = max(0.0, offset - height), min(offset, height)
        strokes.append(f"M{written_as(x + x1)} {written_as(y + y1)}L{written_as(x + x2)} {written_as(y + y2)}")
        offset += gap
    return element("path", paint="hatch", d="".join(strokes))


def coordinates(points: Iterable[Point]) -> str:
    """Points as the attribute writes them."""
    return " ".join(f"{written_as(x)},{written_as(y)}" for x, y in points)


def written_as(value: Value) -> str:
    """An attribute value; a tenth of a pixel is finer than anyone sees."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def text_width(words: str) -> float:
    """About how many pixels a label takes."""
    return len(words) * CHARACTER * TEXT_SIZE


def shortened(words: str, room: float) -> str:
    """The words, cut with an ellipsis where they would take more than `room` pixels."""
    if text_width(words) <= room:
        return words
    closing = words[-1] if words[-1] == "\u2069" else ""
    return words[: max(1, int(room / (CHARACTER * TEXT_SIZE)) - 1)].rstrip() + "…" + closing
