"""The days noted in check-ins: how distant each one was, and which days were spent together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ebbtide.reading import Noted, Reading
from ebbtide.report import numbers, svg
from ebbtide.report.calendar_axis import ticks
from ebbtide.report.drawn import Figure, Table
from ebbtide.report.names import Names
from ebbtide.report.ribbon import in_order
from ebbtide.report.svg import Frame

#: Only the latest days are drawn; all are in the table.
MOST_DAYS = 92
#: Heights: a row of bars, a row of marks, what is said above a row, and the axis.
ROW, MARK, SAID, AXIS = 40.0, 12.0, 24.0, 40.0
#: The highest mark of the scale; a day noted as 0 stays visible.
HIGHEST, LEAST_HEIGHT = 4, 2.0
FILLED, WIDEST_BAR = 0.7, 14.0


@dataclass(frozen=True, slots=True)
class Days:
    """Where the days stand, side by side."""

    start: date
    count: int
    left: float
    width: float

    def middle(self, day: date) -> float:
        """Pixels from the left for the middle of a day."""
        return self.left + ((day - self.start).days + 0.5) * self.width / self.count

    @property
    def bar(self) -> float:
        """The width of a bar."""
        return min(WIDEST_BAR, FILLED * self.width / self.count)


def figure(reading: Reading, names: Names) -> Figure | None:
    """The figure, or None where no day was noted by how distant or how much together it was."""
    noted = reading.noted
    people = [p.id for p in in_order(reading.people) if any(p.id in n.distance for n in noted)]
    if not people and not any(n.together is not None for n in noted):
        return None
    heading, described = title(noted), description(noted, people, names)
    last = noted[-1].day
    shown = [n for n in noted if (last - n.day).days < MOST_DAYS]
    wide, narrow = (
        drawn(shown, people, names, f"notes-{key}", heading, described, width)
        for key, width in (("wide", 720.0), ("narrow", 350.0))
    )
    lead = "As noted, from 0 to 4. A day without a bar was not noted, and says nothing."
    older = len(noted) - len(shown)
    caption = f"{numbers.sentence(numbers.count(older, 'earlier day'))} stand in the table." if older else ""
    return Figure(heading, lead, wide, narrow, caption, table(noted, people, names))


def only_signs(reading: Reading) -> bool:
    """Whether days were noted, but of all of them only signs."""
    return bool(reading.noted) and not any(n.distance or n.together is not None for n in reading.noted)


def title(noted: Sequence[Noted]) -> str:
    """How many days were noted, and how many of them together."""
    together = sum(bool(n.together) for n in noted)
    spent = f", {numbers.in_words(together)} of them spent together" if together else ""
    return f"{numbers.count(len(noted), 'day')} noted{spent}"


def description(noted: Sequence[Noted], people: Sequence[str], names: Names) -> str:
    """The days in numbers, for those who cannot see the figure."""
    parts = [f"From {numbers.day(noted[0].day)} to {numbers.day(noted[-1].day)}."]
    for person in people:
        known = [n.distance[person] for n in noted if person in n.distance]
        if known:
            mean = sum(known) / len(known)
            parts.append(f"{names.of(person)}: {mean:.1f} of 4 on average, on {numbers.count(len(known), 'day')}.")
    return " ".join(parts)


def drawn(
    noted: Sequence[Noted], people: Sequence[str], names: Names, key: str, heading: str, described: str, width: float
) -> Markup:
    """One drawing: a row of bars for each person of whom something was noted, the days together, and the calendar."""
    start, end = noted[0].day, noted[-1].day
    days = Days(start, (end - start).days + 1, 2.0, width - 6)
    marks: list[Markup] = []
    floor = 0.0
    for person in people:
        floor += SAID + ROW
        frame = Frame(width, 0, days.left, width - 4, floor - ROW, floor)
        words = svg.shortened(f"How distant: {names.of(person)}", width - 8)
        marks.append(svg.text(days.left, frame.top - 8, words, paint=f"name-{person}"))
        marks += bars(frame, days, noted, person)
    if any(n.together is not None for n in noted):
        floor += SAID + MARK
        marks.append(svg.text(days.left, floor - MARK - 8, "Together in person"))
        marks += boxes(days, noted, floor)
    marks.append(svg.line(days.left, floor, width - 4, floor, paint="rule"))
    marks += axis(Frame(width, floor + AXIS, days.left, width - 4, 0, floor), days, end)
    return svg.drawing(Frame(width, floor + AXIS, 0, width, 0, floor), key, heading, described, marks)


def bars(frame: Frame, days: Days, noted: Sequence[Noted], person: str) -> Iterator[Markup]:
    """A bar for every day on which this person's distance was noted."""
    yield svg.line(frame.left, frame.bottom, frame.right, frame.bottom, paint="rule")
    for each in noted:
        if person in each.distance:
            height = max(LEAST_HEIGHT, (frame.bottom - frame.top) * each.distance[person] / HIGHEST)
            x = days.middle(each.day) - days.bar / 2
            y = frame.bottom - height
            yield svg.element("rect", paint=f"fill-{person}", x=x, y=y, width=days.bar, height=height)


def boxes(days: Days, noted: Sequence[Noted], floor: float) -> Iterator[Markup]:
    """A box for every day together: the more of the day, the higher."""
    for each in noted:
        if each.together:
            height = MARK * each.together / HIGHEST
            x = days.middle(each.day) - days.bar / 2
            yield svg.element("rect", paint="both", x=x, y=floor - height, width=days.bar, height=height)


def axis(frame: Frame, days: Days, end: date) -> Iterator[Markup]:
    """Days or weeks under the rows, with the year said once."""
    for tick in ticks(days.start, end, frame.right - frame.left):
        x = days.middle(tick.day) - days.bar / 2
        if x + svg.text_width(tick.label) > frame.width:
            continue
        yield svg.text(x, frame.bottom + 18, tick.label)
        if tick.year:
            yield svg.text(x, frame.bottom + 34, tick.year)


def table(noted: Sequence[Noted], people: Sequence[str], names: Names) -> Table:
    """Each day that was noted."""
    columns = ("Day", *(f"{names.of(p)}, 0 to 4" for p in people), "Together, 0 to 4", "Other notes")
    rows = []
    for each in noted:
        distances = (cell(each.distance.get(p)) for p in people)
        rows.append((dated(each.day), *distances, cell(each.together), str(each.others)))
    return Table(columns, tuple(rows))


def dated(day: date) -> str:
    """A day with its year, so that every row has a heading of its own."""
    return f"{numbers.day(day)} {day.year}" if str(day.year) not in numbers.day(day) else numbers.day(day)


def cell(value: int | None) -> str:
    """A value of the scale; what was not noted is said so."""
    return "–" if value is None else str(value)
