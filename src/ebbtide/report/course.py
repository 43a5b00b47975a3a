"""Pictures of a model: its course over time beside its phase portrait, and where it rests over a range of a parameter.

They take plain figures; what a model is, the report does not know. Each drawing is one SVG with a title, a description
and, as metadata, the table behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from ebbtide.report import svg
from ebbtide.report.svg import Frame, Point

Floats = npt.NDArray[np.float64]

WIDTH, LEFT, GAP, HEAD, AXIS = 760.0, 64.0, 56.0, 46.0, 40.0
PANEL, BETWEEN, PLANE = 84.0, 30.0, 270.0
#: Points of a line; more cannot be told apart. Rows of the table behind.
MOST_POINTS, MOST_ROWS = 600, 40
MOST_PANELS = 8
DARK = """@media (prefers-color-scheme: dark) {
.paper { fill: #12191e } .strong { fill: #e8e6e0 } .label { fill: #a9b4ba }
.rule { stroke: #2a363e } .edge { stroke: #a9b4ba } .dot { fill: #12191e; stroke: #e8e6e0 }
.line-a { stroke: #6cc3c6 } .name-a { fill: #6cc3c6 } .line-b { stroke: #e0ac63 } .name-b { fill: #e0ac63 }
}"""

#: A state of rest: where it lies, and whether it stays.
Rest = tuple[Mapping[str, float], bool]


@dataclass(frozen=True, slots=True)
class Course:
    """A run: lines by panel, the two states of the phase portrait, states of rest, and what it says in words."""

    title: str
    unit: str
    t: Floats
    panels: Mapping[str, Mapping[str, Floats]]
    plane: tuple[str, str]
    rest: tuple[Rest, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Branches:
    """One state over values of a parameter: where it rests, whether it stays there, between what it swings.

    `made` says how the picture can be drawn again.
    """

    title: str
    parameter: str
    state: str
    values: tuple[float, ...]
    rest: tuple[tuple[tuple[float, bool], ...], ...]
    swing: tuple[tuple[float, float] | None, ...]
    made: str


@dataclass(frozen=True, slots=True)
class Axes:
    """Figures to pixels inside a rectangle."""

    frame: Frame
    across: tuple[float, float]
    up: tuple[float, float]

    def point(self, x: float, y: float) -> Point:
        """Where a pair of figures lies."""
        f = self.frame
        right = (x - self.across[0]) / (self.across[1] - self.across[0])
        high = (y - self.up[0]) / (self.up[1] - self.up[0])
        return f.left + right * (f.right - f.left), f.bottom - high * (f.bottom - f.top)


def drawn(course: Course) -> Markup:
    """Courses over time at the left, the phase portrait at the right."""
    shown = dict(list(course.panels.items())[:MOST_PANELS])
    height = HEAD + max(len(shown) * (PANEL + BETWEEN), PLANE + BETWEEN) + AXIS
    middle = WIDTH - PLANE - GAP - 12
    marks = []
    for n, (name, lines) in enumerate(shown.items()):
        top = HEAD + BETWEEN / 2 + n * (PANEL + BETWEEN)
        frame = Frame(WIDTH, height, LEFT, middle, top, top + PANEL)
        marks += panel(frame, name, course, lines, last=n == len(shown) - 1)
    top = HEAD + BETWEEN / 2
    marks += portrait(Frame(WIDTH, height, WIDTH - PLANE - 12, WIDTH - 12, top, top + PLANE), course)
    table = rows(course)
    return whole(Frame(WIDTH, height, 0, WIDTH, 0, height), "course", course.title, course.words, marks, table)


def panel(frame: Frame, name: str, course: Course, lines: Mapping[str, Floats], *, last: bool) -> list[Markup]:
    """One quantity over time, for one person or both."""
    axes = Axes(frame, (float(course.t[0]), float(course.t[-1])), bounds(lines.values()))
    marks = [*scale(axes, course.unit if last else None)]
    marks.append(svg.text(frame.left, frame.top - 5, name, paint="strong"))
    for n, (each, values) in enumerate(lines.items()):
        key = "ab"[n % 2]
        marks.append(svg.polyline(points(axes, course.t, values), paint=f"line-{key}", width=1.6))
        if len(lines) > 1:
            marks.append(
                svg.text(frame.right - 60 * (1 - n), frame.top - 5, each[-1], anchor="end", paint=f"name-{key}")
            )
    return marks


def portrait(frame: Frame, course: Course) -> list[Markup]:
    """One state against the other; filled dots stay, open dots do not."""
    first, second = course.plane
    all_lines = {name: v for lines in course.panels.values() for name, v in lines.items()}
    x, y = all_lines[first], all_lines[second]
    inside = [(r[first], r[second], stable) for r, stable in course.rest]
    axes = Axes(frame, bounds([x, np.array([p[0] for p in inside])]), bounds([y, np.array([p[1] for p in inside])]))
    marks = [*scale(axes, None)]
    path = [axes.point(float(a), float(b)) for a, b in zip(thin(x), thin(y), strict=True)]
    marks.append(svg.polyline(path, paint="line-a", width=1.4))
    for a, b, stable in inside:
        px, py = axes.point(a, b)
        marks.append(svg.element("circle", paint="dot", cx=px, cy=py, r=5.0, fill=svg.INK if stable else svg.PAPER))
    marks.append(svg.text(frame.left, frame.top - 5, f"{second} against {first}", paint="strong"))
    marks.append(svg.text(frame.left, frame.bottom + 36, "Full dot: it stays there. Open dot: it does not."))
    return marks


def over(branches: Branches) -> Markup:
    """Where one state rests over a range of a parameter: large dots stay, small ones do not; bars are swings."""
    frame = Frame(WIDTH, 380, LEFT, WIDTH - 20, HEAD + 20, 320)
    levels = np.array([at for rest in branches.rest for at, _ in rest] + [at for s in branches.swing for at in s or ()])
    axes = Axes(frame, (branches.values[0], branches.values[-1]), bounds([levels if levels.size else np.zeros(1)]))
    marks = [*scale(axes, branches.parameter)]
    marks.append(svg.text(frame.left, frame.top - 7, f"{branches.state} at rest", paint="strong"))
    for value, rest, swing in zip(branches.values, branches.rest, branches.swing, strict=True):
        if swing is not None:
            (x, low), (_, high) = (axes.point(value, at) for at in swing)
            marks.append(svg.line(x, low, x, high, paint="edge"))
        for at, stable in rest:
            x, y = axes.point(value, at)
            key = "a" if stable else "b"
            deep = svg.PERSON[key][0]
            marks.append(svg.element("circle", class_=f"name-{key}", fill=deep, cx=x, cy=y, r=3.2 if stable else 1.6))
    marks.append(svg.text(frame.left, 373, "Large dots: it stays there. Small dots: it does not. Bars: it swings."))
    table = [(branches.parameter, "rests at", "stays")] + [
        (short(v), short(at), "yes" if stable else "no")
        for v, rest in zip(branches.values, branches.rest, strict=True)
        for at, stable in rest
    ]
    return whole(Frame(WIDTH, 380, 0, WIDTH, 0, 380), "over", branches.title, turns(branches), marks, table)


def turns(branches: Branches) -> str:
    """In words: where the number of stable states changes, and how it can be drawn again."""
    values, name = branches.values, branches.parameter
    counts = [sum(stable for _, stable in rest) for rest in branches.rest]
    said = [f"{branches.state} over {name} from {short(values[0])} to {short(values[-1])}."]
    for value, before, now in zip(values[1:], counts[:-1], counts[1:], strict=True):
        if before != now:
            said.append(f"At {name} {short(value)} there are {now} stable states of rest, before it {before}.")
    return " ".join([*said, branches.made])


def whole(
    frame: Frame, key: str, title: str, words: str, marks: Iterable[Markup], table: Sequence[Sequence[str]]
) -> Markup:
    """The drawing on its paper, with the style for dark screens and the table behind."""
    behind = "\n".join(",".join(row) for row in table)
    drawing = svg.drawing(
        frame,
        key,
        title,
        words,
        [
            svg.element("metadata", behind),
            svg.element("style", Markup(DARK)),
            svg.element("rect", class_="paper", fill=svg.PAPER, width=frame.width, height=frame.height),
            svg.text(LEFT, 26, title, paint="strong"),
            *marks,
        ],
    )
    # S704: every part was escaped when it was made.
    return Markup(str(drawing).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def scale(axes: Axes, unit: str | None) -> list[Markup]:
    """Lines and labels of both axes; the unit stands below where one is given."""
    frame, marks = axes.frame, []
    for value in nice(axes.up, 2 if frame.bottom - frame.top < PLANE / 2 else 4):
        _, y = axes.point(axes.across[0], value)
        marks += [svg.line(frame.left, y, frame.right, y, paint="rule")]
        marks += [svg.text(frame.left - 7, y + 4, short(value), anchor="end")]
    below = unit is not None or frame.bottom - frame.top >= PLANE
    for value in nice(axes.across, 5) if below else ():
        x, _ = axes.point(value, axes.up[0])
        marks += [svg.line(x, frame.bottom, x, frame.bottom + 4, paint="edge")]
        marks += [svg.text(x, frame.bottom + 18, short(value), anchor="middle")]
    if unit is not None:
        marks.append(svg.text((frame.left + frame.right) / 2, frame.bottom + 34, unit, anchor="middle"))
    return marks


def nice(span: tuple[float, float], about: int) -> list[float]:
    """Round figures inside a span, about so many."""
    raw = (span[1] - span[0]) / about
    size = 10.0 ** floor(log10(raw))
    step = min((m * size for m in (1, 2, 5, 10)), key=lambda s: abs(s - raw))
    first = int(np.ceil(span[0] / step - 1e-9))
    return [n * step for n in range(first, int(np.floor(span[1] / step + 1e-9)) + 1)]


def bounds(lines: Iterable[Floats]) -> tuple[float, float]:
    """The range of all lines with a little room; a flat line lies in the middle."""
    filled = [line for line in lines if line.size]
    low, high = min(float(v.min()) for v in filled), max(float(v.max()) for v in filled)
    room = (high - low) * 0.06 or max(abs(high), 1.0) * 0.1
    return low - room, high + room


def points(axes: Axes, t: Floats, values: Floats) -> list[Point]:
    """A line as points, no more than can be told apart."""
    return [axes.point(float(a), float(b)) for a, b in zip(thin(t), thin(values), strict=True)]


def thin(values: Floats) -> Floats:
    """Every so many of the values."""
    return values[:: max(1, len(values) // MOST_POINTS)]


def rows(course: Course) -> list[tuple[str, ...]]:
    """The table behind the courses."""
    lines = {name: v for lines in course.panels.values() for name, v in lines.items()}
    at = np.unique(np.linspace(0, len(course.t) - 1, min(MOST_ROWS, len(course.t))).astype(int))
    head = (course.unit, *lines)
    return [head, *((short(float(course.t[i])), *(short(float(v[i])) for v in lines.values())) for i in at)]


def short(x: float) -> str:
    """A figure with three digits that count."""
    return f"{x + 0.0:.3g}"
