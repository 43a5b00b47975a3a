"""One made-up couple as three ways of looking see it: python -m validation figure [--seed N] [--out FILE].

Daily counts with change points (ruptures), a table of the own gaps, and Ebbtide, each under the same true episodes.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
from markupsafe import Markup

from ebbtide import analysis, selfreport
from ebbtide.episodes import find_episodes
from ebbtide.models.engagement import fit_engagement
from ebbtide.report import svg
from ebbtide.report.calendar_axis import ticks
from ebbtide.report.numbers import count
from ebbtide.report.svg import Frame, Point
from ebbtide.signals import words
from ebbtide.signals.moves import moves
from ebbtide.signals.stream import DAY, HOUR, Floats, Stream, stream
from validation.couples import HELD_OUT_FROM, Known, own
from validation.episodes import change_points
from validation.score import Span, match

#: The gap table rings at gaps longer than this share of the person's own.
RARE = 0.99
OUT = Path("docs/validation-episodes.svg")
WIDTH, LEFT, MARGIN = 760.0, 84.0, 12.0
HEAD, STRIP, SPACE, AXIS, TOP = 44.0, 42.0, 14.0, 44.0, 62.0
BAR = 5.0
KEY = "validation-episodes"
TITLE = "The same half year, looked at in three ways"
LEGEND = "A made-up couple. Hatched: when each had truly withdrawn. Solid bars: what that way of looking says."
#: The dark palette of the report, for those whose screen is dark.
DARK = """@media (prefers-color-scheme: dark) {
.paper { fill: #12191e } .strong { fill: #e8e6e0 } .label { fill: #a9b4ba }
.rule { stroke: #2a363e } .edge, .hatch { stroke: #a9b4ba }
.line-a { stroke: #6cc3c6 } .deep-a, .name-a { fill: #6cc3c6 } .shade-a { fill: #1e444a }
.line-b { stroke: #e0ac63 } .deep-b, .name-b { fill: #e0ac63 } .shade-b { fill: #4a3820 }
}"""


@dataclass(frozen=True, slots=True)
class Row:
    """One way of looking: a heading, what comes of it in words, each person's line (days, height 0 to 1), what it says.

    `filled` where the line is an area.
    """

    heading: str
    outcome: str
    lines: tuple[Sequence[Point], Sequence[Point]]
    says: Sequence[Span]
    filled: bool = False


def rows(known: Known) -> tuple[Row, Row, Row]:
    """The three ways of looking at one couple."""
    flow = stream(known.talk, known.now)
    return counts(known, flow), gap_table(known, flow), ours(known, flow)


def counts(known: Known, flow: Stream) -> Row:
    """Messages a day, and their low stretches by change points."""
    lines = []
    for person in (0, 1):
        daily = np.bincount(flow.day_of(flow.at[flow.who == person]), minlength=flow.days)
        lines.append(daywise(daily / daily.max()))
    found = change_points(known)
    return Row("Messages a day; low stretches, by change points", outcome(found, known), (lines[0], lines[1]), found)


def gap_table(known: Known, flow: Stream) -> Row:
    """Gaps between one person's messages, from an hour on, and those longer than nearly all of the own."""
    lines, alarms = [], []
    for person in (0, 1):
        at = flow.at[flow.who == person]
        gaps = np.diff(at, append=flow.end)
        rare = np.quantile(gaps[:-1], RARE)
        days = (at - flow.day_edges[0]) / DAY
        heights = np.where(gaps > HOUR, gaps / gaps.max(), 0.0)
        lines.append(saw(days, days + gaps / DAY, heights))
        alarms += [
            (person, float(d + rare / DAY), float(d + g / DAY)) for d, g in zip(days, gaps, strict=True) if g > rare
        ]
    real = sum(inside(alarm, known.true) for alarm in alarms)
    reached = sum(any(inside(alarm, [true]) for alarm in alarms) for true in known.true)
    told = (
        f"{count(len(alarms), 'alarm')}, {real} of them while that person had withdrawn; "
        f"{reached} of {len(known.true)} withdrawals had one"
    )
    return Row(
        "Hours without a message; those longer than 99% of the own, by a gap table", told, (lines[0], lines[1]), alarms
    )


def ours(known: Known, flow: Stream) -> Row:
    """Ebbtide's probability that each had withdrawn, day by day, and the episodes it names."""
    talk = known.talk
    spoken = words.heard(flow, talk.events, moves(talk.events))
    told = analysis.spoken_days(flow, talk.events, spoken, selfreport.checked(None, talk))
    engagement = fit_engagement(flow, seed=analysis.SEED, spoken=told)
    found: list[Span] = []
    for each in find_episodes(flow, engagement, spoken):
        end = None if each.end is None else float((each.end - known.first_day).days)
        found.append(("ab".index(each.person), float((each.start - known.first_day).days), end))
    lines = [daywise(days.withdrawn) for days in engagement.people]
    heading = "How likely it is that each had withdrawn, by Ebbtide"
    return Row(heading, outcome(found, known), (lines[0], lines[1]), found, filled=True)


def outcome(found: Sequence[Span], known: Known) -> str:
    """What comes of it in words: a hit overlaps by half and names the right person."""
    parts = [
        match([f for f in found if f[0] == p], [t for t in known.true if t[0] == p], days=known.days) for p in (0, 1)
    ]
    hits, false = (sum(getattr(m, name) for m in parts) for name in ("tp", "fp"))
    return f"{hits} of {len(known.true)} withdrawals found; {false} named that were none"


def inside(alarm: Span, true: Sequence[Span]) -> bool:
    """Whether an alarm rings during an episode of the same person."""
    last = np.inf if alarm[2] is None else alarm[2]
    return any(alarm[0] == p and alarm[1] < (np.inf if end is None else end) and last > start for p, start, end in true)


def daywise(values: Floats) -> list[Point]:
    """A line that holds each day's value for that day."""
    return [(float(d + part), float(v)) for d, v in enumerate(values) for part in (0, 1)]


def saw(start: Floats, end: Floats, heights: Floats) -> list[Point]:
    """A line that rises over each gap of more than an hour and falls back at its end."""
    points = []
    for a, b, h in zip(start[heights > 0], end[heights > 0], heights[heights > 0], strict=True):
        points += [(float(a), 0.0), (float(b), float(h)), (float(b), 0.0)]
    return points


def drawn(known: Known) -> Markup:
    """The whole figure."""
    made = rows(known)
    days = float(np.ceil(known.days))
    height = TOP + len(made) * (HEAD + 2 * (STRIP + SPACE)) + AXIS
    frame = Frame(WIDTH, height, LEFT, WIDTH - MARGIN, TOP, height - AXIS)
    names = [p.name for p in known.talk.people]
    marks = [
        svg.element("style", Markup(DARK)),
        svg.element("rect", class_="paper", fill=svg.PAPER, width=WIDTH, height=height),
        svg.element("text", TITLE, paint="strong", x=MARGIN, y=26.0, font_size=16.0),
        svg.text(MARGIN, 46.0, LEGEND),
    ]
    top = TOP
    for row in made:
        marks += drawn_row(row, known, names, frame, top, days)
        top += HEAD + 2 * (STRIP + SPACE)
    marks += axis(known, frame, days)
    return svg.element(
        "svg",
        svg.element("title", TITLE, id=f"{KEY}-title"),
        svg.element("desc", description(known, names, made), id=f"{KEY}-desc"),
        *marks,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{KEY}-title {KEY}-desc",
        font_family="sans-serif",
        font_size=svg.TEXT_SIZE,
    )


def drawn_row(row: Row, known: Known, names: Sequence[str], frame: Frame, top: float, days: float) -> list[Markup]:
    """One way of looking: its words, and a strip per person with the truth behind."""
    marks = [
        svg.text(MARGIN, top + 16, row.heading, paint="strong"),
        svg.text(MARGIN, top + 33, f"{row.outcome}."),
    ]
    for person, key in enumerate("ab"):
        y = top + HEAD + person * (STRIP + SPACE)
        strip = Frame(frame.width, 0, frame.left, frame.right, y, y + STRIP)
        marks.append(svg.text(MARGIN, y + STRIP / 2 + 4, names[person], paint=f"name-{key}"))
        for true in (t for t in known.true if t[0] == person):
            x, width = stretch(true, frame, days)
            marks.append(svg.element("rect", paint=f"shade-{key}", x=x, y=y, width=width, height=STRIP))
            marks.append(svg.hatching(x, y, width, STRIP))
        marks.append(svg.line(frame.left, strip.bottom, frame.right, strip.bottom, paint="rule"))
        marks.append(curve(row, person, strip, days))
        for each in (s for s in row.says if s[0] == person):
            x, width = stretch(each, frame, days)
            marks.append(bar(key, x, strip.bottom + 2, max(width, 1.5)))
    return marks


def curve(row: Row, person: int, strip: Frame, days: float) -> Markup:
    """The line or area of one person."""
    points = [
        (strip.left + d / days * (strip.right - strip.left), strip.bottom - v * (strip.bottom - strip.top))
        for d, v in row.lines[person]
    ]
    key = "ab"[person]
    if not row.filled:
        return svg.polyline(points, paint=f"line-{key}", width=1.0)
    closed = [(points[0][0], strip.bottom), *points, (points[-1][0], strip.bottom)]
    return svg.element(
        "polygon", class_=f"deep-{key}", fill=svg.PERSON[key][0], fill_opacity=0.75, points=svg.coordinates(closed)
    )


def bar(key: str, x: float, y: float, width: float) -> Markup:
    """What a way of looking says."""
    return svg.element("rect", class_=f"deep-{key}", fill=svg.PERSON[key][0], x=x, y=y, width=width, height=BAR)


def stretch(span: Span, frame: Frame, days: float) -> tuple[float, float]:
    """Left edge and width in pixels; an open end reaches the end of the record."""
    scale = (frame.right - frame.left) / days
    end = days if span[2] is None else min(span[2], days)
    return frame.left + span[1] * scale, max(0.0, end - span[1]) * scale


def axis(known: Known, frame: Frame, days: float) -> list[Markup]:
    """Months below, each year said once."""
    last = known.first_day + timedelta(days=int(days) - 1)
    marks = []
    for tick in ticks(known.first_day, last, frame.right - frame.left):
        x = frame.left + (tick.day - known.first_day).days / days * (frame.right - frame.left)
        marks.append(svg.line(x, frame.bottom, x, frame.bottom + 5, paint="edge"))
        if x + svg.text_width(tick.label) > frame.width:
            continue
        marks.append(svg.text(x, frame.bottom + 19, tick.label))
        if tick.year:
            marks.append(svg.text(x, frame.bottom + 34, tick.year))
    return marks


def description(known: Known, names: Sequence[str], made: Sequence[Row]) -> str:
    """The figure in words, for those who cannot see it."""
    start = (
        f"A made-up couple, {names[0]} and {names[1]}, over {known.days:.0f} days with {len(known.true)} withdrawals."
    )
    return " ".join([start, *(f"{row.heading}: {row.outcome}." for row in made)])


def main(argv: list[str]) -> None:
    """Write the figure."""
    parser = argparse.ArgumentParser(prog="python -m validation figure", description=__doc__)
    parser.add_argument("--seed", type=int, default=HELD_OUT_FROM, help="the couple; by default the first held out")
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args(argv)
    given.out.write_text(f"{drawn(own('settled', given.seed))}\n", encoding="utf-8")
    print(f"Wrote {given.out}")
