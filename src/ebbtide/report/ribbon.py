"""Figure 2: the ribbon of months, each person against their own usual, with the episodes hatched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from markupsafe import Markup

from ebbtide.episodes import Episode
from ebbtide.reading import Person, Reading, Ribbon
from ebbtide.report import numbers, svg
from ebbtide.report.calendar_axis import ticks
from ebbtide.report.drawn import Figure
from ebbtide.report.names import Names
from ebbtide.report.ribbon_table import table
from ebbtide.report.ribbon_words import description, heading, of_person
from ebbtide.report.svg import Frame, Point

#: Height of a row's plot, and the room above it for the lengths of episodes.
ROW, LABELS = 66.0, 20.0
AXIS = 40.0
#: The level at the top of a row, as a multiple of the usual; higher where the usual reaches higher.
TOP_LEVEL = 1.75
#: Points nearer than this many pixels are drawn as their lowest and highest.
PIXELS_PER_BIN = 2.0
#: A gap in what is known that is long enough to open the band.
OPEN_GAP_DAYS = 7
NARROWEST_EPISODE = 3.0
#: A level so low is drawn on the floor; where it stays there for some days, the page says what that means.
FLAT, FLAT_DAYS = 0.05, 3
LABEL_GAP = 4.0
WIDEST_NAME = 130.0


@dataclass(frozen=True, slots=True)
class Strip:
    """One person's row: where its plot lies and which level is at its top."""

    frame: Frame
    start: date
    days: int
    top_level: float

    def x(self, when: date, *, middle: bool = False) -> float:
        """Pixels from the left for the start of a day, or its middle."""
        part = ((when - self.start).days + (0.5 if middle else 0.0)) / self.days
        return self.frame.left + min(1.0, max(0.0, part)) * (self.frame.right - self.frame.left)

    def y(self, level: float) -> float:
        """Pixels from the top for a level; what lies above the row is drawn at its edge."""
        part = min(1.0, max(0.0, level / self.top_level))
        return self.frame.bottom - part * (self.frame.bottom - self.frame.top)


def figure(reading: Reading, names: Names) -> Figure | None:
    """The figure, or None where the record is too short for one."""
    ribbon = reading.ribbon
    if ribbon is None or len(ribbon.days) < 2:
        return None
    title = heading(reading)
    described = description(reading, ribbon, names)
    wide, narrow = (
        drawn(reading, ribbon, names, key, title, described, narrow=key == "narrow") for key in ("wide", "narrow")
    )
    lead = "Each one against their own usual, which is the shaded band."
    if reading.episodes:
        lead += " Hatching marks episodes: one withdrew although the other was there to be answered."
    if any(sum(level is not None and level < FLAT for level in it) >= FLAT_DAYS for it in ribbon.level.values()):
        lead += " Where a line runs along the floor, almost nothing came."
    broken = any(level is None for levels in ribbon.level.values() for level in levels)
    caption = "Where the line breaks, nothing can be told for those days." if broken else ""
    return Figure(title, lead, wide, narrow, caption, table(reading, ribbon, names))


def drawn(
    reading: Reading, ribbon: Ribbon, names: Names, key: str, title: str, described: str, *, narrow: bool
) -> Markup:
    """One drawing of the ribbon: on a phone the names stand above the rows instead of beside them."""
    people = in_order(reading.people)
    width = 350.0 if narrow else 720.0
    widest = max(svg.text_width(names.of(p.id)) for p in people)
    left = 2.0 if narrow else min(WIDEST_NAME, max(48.0, widest + 16))
    head = LABELS + (20.0 if narrow else 0.0)
    marks: list[Markup] = []
    top = 0.0
    for person in people:
        frame = Frame(width, 0, left, width - 4, top + head, top + head + ROW)
        marks += name_mark(frame, person.id, names, narrow=narrow)
        marks += row(strip(frame, ribbon, person.id), ribbon, person.id, of_person(reading, person.id))
        top += head + ROW + 8
    axis = Frame(width, top + AXIS, left, width - 4, 0, top)
    return svg.drawing(axis, f"ribbon-{key}", title, described, [*marks, *month_axis(axis, ribbon)])


def in_order(people: Sequence[Person]) -> list[Person]:
    """The other person first, the reader below."""
    return sorted(people, key=lambda p: p.me)


def strip(frame: Frame, ribbon: Ribbon, person: str) -> Strip:
    """The row's scale, high enough for the band."""
    days = (ribbon.days[-1] - ribbon.days[0]).days + 1
    return Strip(frame, ribbon.days[0], days, max(TOP_LEVEL, 1.25 * ribbon.high[person]))


def name_mark(frame: Frame, person: str, names: Names, *, narrow: bool) -> list[Markup]:
    """The person's name, in the person's colour, and which of the two is the reader."""
    if narrow:
        words = names.label(person, frame.right - frame.left)
        return [svg.text(frame.left, frame.top - LABELS - 6, words, paint=f"name-{person}")]
    words, middle = svg.shortened(names.of(person), frame.left - 10), (frame.top + frame.bottom) / 2
    you = [svg.text(0.0, middle + 19, "(you)")] if names.label(person) != names.of(person) else []
    return [svg.text(0.0, middle + 4, words, paint=f"name-{person}"), *you]


def row(at: Strip, ribbon: Ribbon, person: str, episodes: Sequence[Episode]) -> list[Markup]:
    """Band, hatched episodes and line of one person."""
    levels = ribbon.level[person]
    floor = svg.line(at.frame.left, at.frame.bottom, at.frame.right, at.frame.bottom, paint="rule")
    marks = [floor, *(band(at, ribbon, person, first, last) for first, last in told_stretches(ribbon.days, levels))]
    for episode in episodes:
        marks += episode_mark(at, episode)
    marks += labels(at, episodes)
    for points in lines(at, ribbon.days, levels):
        marks.append(svg.polyline(points, paint=f"line-{person}", width=1.6))
    return marks


def band(at: Strip, ribbon: Ribbon, person: str, first: date, last: date) -> Markup:
    """The usual, over a stretch in which something is known."""
    x, y = at.x(first), at.y(ribbon.high[person])
    return svg.element(
        "rect",
        paint=f"shade-{person}",
        x=x,
        y=y,
        width=at.x(last + timedelta(days=1)) - x,
        height=at.y(ribbon.low[person]) - y,
        rx=3,
    )


def told_stretches(days: Sequence[date], levels: Sequence[float | None]) -> Iterator[tuple[date, date]]:
    """First and last days of the stretches without a gap of a week or more."""
    known = [d for d, level in zip(days, levels, strict=True) if level is not None]
    if not known:
        return
    first = known[0]
    for before, after in pairwise(known):
        if (after - before).days > OPEN_GAP_DAYS:
            yield first, before
            first = after
    yield first, known[-1]


def lines(at: Strip, days: Sequence[date], levels: Sequence[float | None]) -> Iterator[list[Point]]:
    """The line, broken where a day is not known or missing."""
    run: list[Point] = []
    previous: date | None = None
    for day, level in zip(days, levels, strict=True):
        if run and (level is None or previous is None or (day - previous).days > 1):
            yield decimated(run)
            run = []
        if level is not None:
            run.append((at.x(day, middle=True), at.y(level)))
        previous = day
    if run:
        yield decimated(run)


def decimated(points: Sequence[Point]) -> list[Point]:
    """The points as far as pixels can show them: the lowest and highest of each bin, in their order."""
    bins: dict[int, list[Point]] = {}
    for point in points:
        bins.setdefault(int(point[0] / PIXELS_PER_BIN), []).append(point)
    kept: list[Point] = []
    for group in bins.values():
        ends = {min(group, key=lambda p: p[1]), max(group, key=lambda p: p[1])}
        kept.extend(sorted(ends))
    if len(kept) == 1:
        return [(kept[0][0] - 0.5, kept[0][1]), (kept[0][0] + 0.5, kept[0][1])]
    return kept


def extent(at: Strip, episode: Episode) -> tuple[float, float]:
    """Left and right of an episode; a short one in a long record stays visible."""
    left = at.x(episode.start)
    right = at.x(episode.end) if episode.end else at.frame.right
    if right - left >= NARROWEST_EPISODE:
        return left, right
    right = min(at.frame.right, left + NARROWEST_EPISODE)
    return right - NARROWEST_EPISODE, right


def episode_mark(at: Strip, episode: Episode) -> list[Markup]:
    """The hatched stretch of an episode."""
    left, right = extent(at, episode)
    top, height = at.frame.top, at.frame.bottom - at.frame.top
    return [
        svg.hatching(left, top, right - left, height),
        svg.element("rect", paint="edge", x=left, y=top, width=right - left, height=height),
    ]


def labels(at: Strip, episodes: Sequence[Episode]) -> list[Markup]:
    """Lengths above the episodes; where they would overlap, the running one and the longest are said."""
    taken: list[tuple[float, float]] = []
    marks: list[Markup] = []
    for episode in sorted(episodes, key=lambda e: (e.end is not None, -e.days)):
        words = numbers.length(episode.days) if episode.end else "now"
        left, right = extent(at, episode)
        half = svg.text_width(words) / 2
        centre = min(max((left + right) / 2, at.frame.left + half), at.frame.right - half)
        if any(centre - half - LABEL_GAP < stop and centre + half + LABEL_GAP > start for start, stop in taken):
            continue
        taken.append((centre - half, centre + half))
        paint = "label" if episode.end else "strong"
        marks.append(svg.text(centre, at.frame.top - 6, words, anchor="middle", paint=paint))
    return marks


def month_axis(frame: Frame, ribbon: Ribbon) -> list[Markup]:
    """Months or weeks under the rows, with each year said once."""
    start, end = ribbon.days[0], ribbon.days[-1]
    scale = Strip(frame, start, (end - start).days + 1, TOP_LEVEL)
    marks: list[Markup] = []
    for tick in ticks(start, end, frame.right - frame.left):
        x = scale.x(tick.day)
        if x + svg.text_width(tick.label) > frame.width + 6:
            continue
        marks.append(svg.line(x, frame.bottom, x, frame.bottom + 5, paint="edge"))
        marks.append(svg.text(x, frame.bottom + 19, tick.label))
        if tick.year:
            marks.append(svg.text(x, frame.bottom + 34, tick.year))
    return marks
