"""A map of where starts end: one square for each start, coloured by the state it comes to rest at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from ebbtide.report import svg
from ebbtide.report.course import HEAD, LEFT, WIDTH, Axes, Floats, Rest, scale, short, whole
from ebbtide.report.svg import Frame

HEIGHT, SIDE = 470.0, 360.0
#: Colours of the states starts end at, light enough for dots upon them; the last is for those that end nowhere.
FILLS = ("#9fd0d2", "#efd3a8", "#c9c2e6", "#cfe3b4")
NOWHERE = "#e4e2dd"


@dataclass(frozen=True, slots=True)
class BasinMap:
    """Starts over two states (`across`, `up`), and for each (rows by `up`) the number of its end in `rest`, −1 none.

    `made` says how the picture can be drawn again.
    """

    title: str
    axes: tuple[str, str]
    across: Floats
    up: Floats
    rest: tuple[Rest, ...]
    into: npt.NDArray[np.int64]
    made: str


def drawn(basin: BasinMap) -> Markup:
    """The map at the left, what the colours mean at the right."""
    frame = Frame(WIDTH, HEIGHT, LEFT, LEFT + SIDE, HEAD + 20, HEAD + 20 + SIDE)
    half = (step(basin.across) / 2, step(basin.up) / 2)
    axes = Axes(
        frame,
        (float(basin.across[0]) - half[0], float(basin.across[-1]) + half[0]),
        (float(basin.up[0]) - half[1], float(basin.up[-1]) + half[1]),
    )
    marks = squares(axes, basin, half) + scale(axes, f"{basin.axes[0]} at the start")
    marks.append(svg.text(frame.left, frame.top - 7, f"{basin.axes[1]} at the start", paint="strong"))
    for rest, _ in basin.rest:
        x, y = axes.point(*(rest[name] for name in basin.axes))
        marks.append(svg.element("circle", paint="dot", cx=x, cy=y, r=5.0, fill=svg.INK))
    for n, said in enumerate(legend(basin)):
        y = frame.top + 18 + 24 * n
        fill = FILLS[n % len(FILLS)] if n < len(basin.rest) else NOWHERE
        marks.append(svg.element("rect", fill=fill, x=frame.right + 30, y=y - 12, width=16.0, height=16.0))
        marks.append(svg.text(frame.right + 54, y + 1, said))
    return whole(Frame(WIDTH, HEIGHT, 0, WIDTH, 0, HEIGHT), "basin", basin.title, words(basin), marks, table(basin))


def squares(axes: Axes, basin: BasinMap, half: tuple[float, float]) -> list[Markup]:
    """Runs of starts with the same end as one bar each."""
    marks = []
    for row, at in zip(basin.into, basin.up, strict=True):
        edges = np.flatnonzero(np.diff(row, prepend=row[0] - 1))
        for first, last in zip(edges, [*edges[1:], len(row)], strict=True):
            left, top = axes.point(float(basin.across[first]) - half[0], float(at) + half[1])
            right, bottom = axes.point(float(basin.across[last - 1]) + half[0], float(at) - half[1])
            end = int(row[first])
            fill = FILLS[end % len(FILLS)] if end >= 0 else NOWHERE
            width, height = right - left + 0.3, bottom - top + 0.3  # a hair more, so that no gaps show
            marks.append(svg.element("rect", fill=fill, x=left, y=top, width=width, height=height))
    return marks


def legend(basin: BasinMap) -> list[str]:
    """What each colour means, and that of the starts that end at none where there are such."""
    first, second = basin.axes
    said = [f"to {first} {short(rest[first])}, {second} {short(rest[second])}" for rest, _ in basin.rest]
    return [*said, "to none of these"] if (basin.into < 0).any() else said


def words(basin: BasinMap) -> str:
    """The share of the starts that ends at each, and how it can be drawn again."""
    shares = [(basin.into == n).mean() for n in range(len(basin.rest))] + [(basin.into < 0).mean()]
    told = [f"{share:.0%} of the starts go {said}." for said, share in zip(legend(basin), shares, strict=False)]
    return " ".join([f"Where starts end, over {basin.axes[0]} and {basin.axes[1]}.", *told, basin.made])


def table(basin: BasinMap) -> list[tuple[str, ...]]:
    """Every start with the number of its end."""
    rows = [
        (short(float(x)), short(float(y)), str(int(end)))
        for y, row in zip(basin.up, basin.into, strict=True)
        for x, end in zip(basin.across, row, strict=True)
    ]
    return [(*basin.axes, "ends at"), *rows]


def step(values: Floats) -> float:
    """The distance of two neighbours."""
    return float(values[1] - values[0])
