"""Figure 3: the hours of the week at which each of the two writes, each by their own messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from ebbtide.reading import Reading, Week
from ebbtide.reading.phrases import WEEKDAYS
from ebbtide.report import now, numbers, svg
from ebbtide.report.drawn import Figure, Table
from ebbtide.report.names import Names
from ebbtide.report.ribbon import in_order
from ebbtide.report.svg import Frame, Point

#: Height of one day, room above the days for the name, below them for the hours, and beside them for their names.
ROW, HEAD, AXIS, GUTTER = 26.0, 40.0, 30.0, 40.0
#: How much of its row the busiest hour of all fills.
FILLED = 0.86
HOURS = (0, 6, 12, 18, 24)
PARTS = (("night", 0), ("morning", 6), ("afternoon", 12), ("evening", 18))
#: Hours of the stretch that is called the busiest; the share up to which a stretch is "hardly ever", and its least.
BUSY_HOURS = 4
HARDLY, LEAST_HOURS = 0.02, 3


def figure(reading: Reading, names: Names) -> Figure | None:
    """The figure, or None where no rhythm could be told."""
    week = reading.week
    if week is None:
        return None
    people = [p.id for p in in_order(reading.people)]
    heading, described = title(week, people, names), description(week, people, names)
    moment = present(reading)
    wide, narrow = (
        drawn(week, people, names, moment, f"week-{key}", heading, described, stacked=key == "narrow")
        for key in ("wide", "narrow")
    )
    lead = f"{hours_said(week, people, names)} A silence at hours when someone hardly ever writes says little."
    caption = (
        f"How each one’s own messages spread over the week, on {numbers.count(week.days, 'calm day')}: days seen whole "
        "on which neither was distant. Both are drawn to the same scale."
    )
    if moment is not None:
        caption += f" The dotted line is now: {WEEKDAYS[moment.weekday()]}, {moment:%H:%M}."
    return Figure(heading, lead, wide, narrow, caption, table(week, people, names))


def present(reading: Reading) -> datetime | None:
    """The local moment to mark as now; None where the record stopped before it."""
    return None if now.ended(reading) else now.local(reading)


def of_day(week: Week, person: str) -> list[float]:
    """Shares by hour of the day, over all days of the week."""
    share = week.share[person]
    return [sum(share[hour::24]) for hour in range(24)]


def of_part(week: Week, person: str, start: int) -> float:
    """The share of a quarter of the day that starts at this hour."""
    return sum(of_day(week, person)[start : start + 6])


def title(week: Week, people: Sequence[str], names: Names) -> str:
    """The parts of the day in which each writes most."""
    when = [busiest_parts(week, p) for p in people]
    if when[0] == when[1]:
        return f"Both of you write most {when[0]}"
    return f"{names.of(people[0])} writes most {when[0]}, {names.of(people[1])} {when[1]}"


def busiest_parts(week: Week, person: str) -> str:
    """The part of the day with most messages, and the one the busiest hours lie in where that is another."""
    day = of_day(week, person)
    fullest = max(range(4), key=lambda i: sum(day[6 * i : 6 * i + 6]))
    middle = (busiest_from(day) + BUSY_HOURS // 2) % 24 // 6
    called = [PARTS[i][0] for i in sorted({fullest, middle})]
    return " and ".join(f"{'at' if part == 'night' else 'in the'} {part}" for part in called)


def hours_said(week: Week, people: Sequence[str], names: Names) -> str:
    """The busiest hours and the empty ones of each, in a sentence; in one where they are the same."""
    said = [stretches(of_day(week, p)) for p in people]
    if said[0] == said[1]:
        return f"{names.of(people[0])} and {names.of(people[1])} write {said[0]}."
    return " ".join(f"{names.of(p)} writes {words}." for p, words in zip(people, said, strict=True))


def stretches(day: Sequence[float]) -> str:
    """When most is written and when hardly anything, of 24 shares."""
    busiest = busiest_from(day)
    most = f"most from {clock(busiest)} to {clock(busiest + BUSY_HOURS)}"
    empty = max(
        ((n, start) for start in range(24) for n in range(LEAST_HOURS, 24) if around(day, start, n) <= HARDLY),
        default=None,
    )
    if empty is None:
        return most
    return f"{most} and hardly ever from {clock(empty[1])} to {clock(empty[1] + empty[0])}"


def busiest_from(day: Sequence[float]) -> int:
    """The hour at which the busiest stretch begins."""
    return max(range(24), key=lambda start: around(day, start, BUSY_HOURS))


def around(day: Sequence[float], start: int, hours: int) -> float:
    """The share of some hours from `start` on, past midnight too."""
    return sum(day[(start + n) % 24] for n in range(hours))


def clock(hour: int) -> str:
    """An hour on the clock."""
    return f"{hour % 24}:00"


def description(week: Week, people: Sequence[str], names: Names) -> str:
    """The parts of the day in numbers, for those who cannot see the figure."""
    return " ".join(
        f"{names.of(p)}: {numbers.listed([f'{part} {of_part(week, p, start):.0%}' for part, start in PARTS])}."
        for p in people
    )


def drawn(
    week: Week,
    people: Sequence[str],
    names: Names,
    moment: datetime | None,
    key: str,
    heading: str,
    described: str,
    *,
    stacked: bool,
) -> Markup:
    """One drawing: a panel of seven days for each person, side by side or one above the other."""
    panel = HEAD + 7 * ROW + AXIS
    width, height = (350.0, 2 * panel) if stacked else (720.0, panel)
    most = max(max(week.share[p]) for p in people)
    room = width - 4 if stacked else width / 2 - 8
    marks: list[Markup] = []
    for i, person in enumerate(people):
        left = GUTTER + (0.0 if stacked else i * width / 2)
        top = HEAD + (i * panel if stacked else 0.0)
        right = room + (0.0 if stacked else i * width / 2)
        frame = Frame(width, height, left, right, top, top + 7 * ROW)
        marks += [*grid(frame, moment), *days(frame, week.share[person], person, most)]
        marks.append(svg.text(left, top - 22, names.label(person, right - left), paint=f"name-{person}"))
        if moment is not None:
            marks += now_mark(frame, moment)
    return svg.drawing(Frame(width, height, 0, width, 0, height), key, heading, described, marks)


def grid(frame: Frame, moment: datetime | None) -> list[Markup]:
    """Names of the days, a hairline under each, and the hours below; today is named by the mark of now."""
    marks: list[Markup] = []
    for i, name in enumerate(WEEKDAYS):
        floor = frame.top + (i + 1) * ROW
        marks.append(svg.line(frame.left, floor, frame.right, floor, paint="rule"))
        if moment is None or i != moment.weekday():
            marks.append(svg.text(frame.left - 8, floor - 6, name[:3], anchor="end"))
    for hour in HOURS:
        x = at(frame, hour)
        marks.append(svg.line(x, frame.top, x, frame.bottom + 4, paint="rule"))
        marks.append(svg.text(x, frame.bottom + 19, str(hour), anchor="end" if hour == 24 else "middle"))
    return marks


def days(frame: Frame, shares: Sequence[float], person: str, most: float) -> list[Markup]:
    """The outline of each day's hours."""
    marks: list[Markup] = []
    for i in range(7):
        floor = frame.top + (i + 1) * ROW
        outline = steps(frame, floor, shares[24 * i : 24 * (i + 1)], ROW * FILLED / most)
        marks.append(svg.polygon(outline, paint=f"shade-{person}"))
        marks.append(svg.polyline(outline, paint=f"line-{person}", width=1.2))
    return marks


def steps(frame: Frame, floor: float, shares: Sequence[float], scale: float) -> list[Point]:
    """A staircase over the hours, from the floor to the floor."""
    points: list[Point] = [(frame.left, floor)]
    for hour, share in enumerate(shares):
        top = floor - share * scale
        points += [(at(frame, hour), top), (at(frame, hour + 1), top)]
    return [*points, (frame.right, floor)]


def at(frame: Frame, hour: float) -> float:
    """Pixels from the left for an hour of the day."""
    return frame.left + hour / 24 * (frame.right - frame.left)


def now_mark(frame: Frame, moment: datetime) -> list[Markup]:
    """The present hour, in the row of its day alone; its word stands above the days, clear of the hours."""
    x = at(frame, moment.hour + moment.minute / 60)
    floor = frame.top + (moment.weekday() + 1) * ROW
    middle = min(max(x, frame.left + svg.text_width("now") / 2), frame.right - svg.text_width("now") / 2)
    return [
        svg.line(x, floor - ROW + 1, x, floor, paint="mark"),
        svg.text(frame.left - 8, floor - 6, WEEKDAYS[moment.weekday()][:3], anchor="end", paint="strong"),
        svg.text(middle, frame.top - 5, "now", anchor="middle", paint="strong"),
    ]


def table(week: Week, people: Sequence[str], names: Names) -> Table:
    """The days of each person by quarters, as shares of the person's whole week."""
    columns = ("Hours", *(f"{start}–{start + 6}" for _, start in PARTS))
    rows = []
    for person in people:
        for i, day in enumerate(WEEKDAYS):
            shares = week.share[person][24 * i : 24 * (i + 1)]
            cells = (f"{100 * sum(shares[start : start + 6]):.1f}%" for _, start in PARTS)
            rows.append((day, *cells))
    return Table(columns, tuple(rows), tuple((names.of(p), len(WEEKDAYS)) for p in people))
