"""Figure 4: near and apart by turns, month by month: warm words, who writes first, and spells of distance of either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ebbtide.reading import Month, Reading, Rhythm, Share
from ebbtide.reading.phrases import MONTHS, percent
from ebbtide.reading.rhythm import depth_words, spells_words, thanks_words, warm_words
from ebbtide.report import numbers, svg
from ebbtide.report.drawn import Figure, Table
from ebbtide.report.names import Names
from ebbtide.report.svg import Frame

#: Fewer months than this show no rhythm; more than this find no room. Three years touch as many.
FEWEST, MOST = 3, 37
#: A month seen for fewer days than this is no measure for the others.
FEWEST_DAYS = 15
#: Heights: of a row of bars, of a mark for a spell, of what is said above a row, and of a line below.
ROW, SPELL, SAID, LINE = 56.0, 11.0, 26.0, 16.0
#: How much of its month a bar takes, and pixels a month's name needs.
FILLED, NAME_ROOM = 0.62, 34.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the months stand, side by side."""

    left: float
    width: float
    count: int

    def middle(self, i: int) -> float:
        """Pixels from the left for the middle of a month."""
        return self.left + (i + 0.5) * self.width / self.count

    @property
    def bar(self) -> float:
        """The width of a bar."""
        return FILLED * self.width / self.count


def figure(reading: Reading, names: Names) -> Figure | None:
    """The figure; None where the record is too short, and where something else has to come first."""
    rhythm = reading.rhythm
    if rhythm is None or len(rhythm.months) < FEWEST or reading.safety.level != "none":
        return None
    months = rhythm.months[-MOST:]
    heading, described = title(rhythm), description(months)
    wide, narrow = (
        drawn(months, f"rhythm-{key}", heading, described, width) for key, width in (("wide", 720.0), ("narrow", 350.0))
    )
    warm = (ended(warm_words(rhythm)), thanks_words(rhythm))
    lead = " ".join(filter(None, (spells_words(rhythm), in_between(rhythm), depth_words(rhythm), *warm)))
    caption = (
        "Both of you together. The thin line on a bar is the range it may lie in. "
        "A month with few messages has no bar for warm words."
    )
    if len(rhythm.months) > MOST:
        caption += f" The last {MOST} months are drawn."
    if any(map(in_part, months)):
        caption += " A dashed bar is of a month of which only a few days were seen"
        caption += "; the broken one reaches higher." if any(map(beyond(months), months)) else "."
    return Figure(heading, names.say(lead), wide, narrow, caption, table(months))


def beyond(months: Sequence[Month]) -> Callable[[Month], bool]:
    """Whether a month seen in part reaches above those seen whole, so that its bar is broken."""
    most = max((m.starts for m in months if not in_part(m)), default=float("inf"))
    return lambda month: in_part(month) and month.starts > most


def in_part(month: Month) -> bool:
    """Whether too little of a month was seen to set its bar beside the others."""
    return month.days < FEWEST_DAYS


def title(rhythm: Rhythm) -> str:
    """What the record shows, in a line; the same number of spells as below it."""
    n, span = rhythm.spells, numbers.stretch(rhythm.days)
    spells = f"{numbers.in_words(n)} spell{'' if n == 1 else 's'} of distance"
    return f"Near and apart: {spells} in {span}" if n else f"Near and apart: {span} without a spell of distance"


def ended(words: str) -> str:
    """A sentence with its stop."""
    return words if not words or words.endswith(".") else f"{words}."


def in_between(rhythm: Rhythm) -> str:
    """How often a spell comes round; nothing from fewer than two."""
    if rhythm.spells < 2 or rhythm.spells_a_year <= 0:
        return ""
    return f"A spell begins {numbers.interval(numbers.DAYS_PER_YEAR / rhythm.spells_a_year)}."


def description(months: Sequence[Month]) -> str:
    """What the months show in sum, for those who cannot see the figure; the table holds each one."""
    said = [f"From {called(months[0])} to {called(months[-1])}."]
    whole = [m for m in months if not in_part(m)] or list(months)
    warm = [m.affection.share for m in whole if m.affection is not None]
    if warm:
        said.append(f"Warm messages, month by month: {ends(percent(min(warm)), percent(max(warm)))}.")
    starts = [m.starts for m in whole]
    said.append(f"Writing first, times a day: {ends(f'{min(starts):.1f}', f'{max(starts):.1f}')}.")
    began = [f"{called(m)}{f' ({numbers.in_words(m.spells)})' if m.spells > 1 else ''}" for m in months if m.spells]
    said.append(f"Spells of distance began in {numbers.listed(began)}." if began else "No spell of distance began.")
    return " ".join(said)


def ends(low: str, high: str) -> str:
    """From the lowest to the highest; one where they are the same."""
    return low if low == high else f"{low} to {high}"


def called(month: Month) -> str:
    """A month by its name and year."""
    return f"{MONTHS[month.first.month - 1]} {month.first.year}"


def drawn(months: Sequence[Month], key: str, heading: str, described: str, width: float) -> Markup:
    """One drawing: two rows of bars, a row of spells, and the months below."""
    columns = Columns(2.0, width - 6, len(months))
    most = max(1, max(m.spells for m in months))
    warm = Frame(width, 0, columns.left, width - 4, SAID, SAID + ROW)
    first = Frame(width, 0, columns.left, width - 4, warm.bottom + SAID, warm.bottom + SAID + ROW)
    floor = first.bottom + SAID + most * (SPELL + 3)
    lines = below(columns, months, width)
    marks = [
        *row(warm, columns, months, [m.affection for m in months], "Warm messages", percent),
        *row(
            first, columns, months, [exactly(m.starts) for m in months], "Writing first, times a day", "{:.1f}".format
        ),
        svg.text(columns.left, first.bottom + SAID - 8, "Spells of distance that began"),
        *spells(columns, months, floor),
        svg.line(columns.left, floor, width - 4, floor, paint="rule"),
        *(svg.text(x, floor + 18 + LINE * i, words) for i, line in enumerate(lines) for x, words in line),
    ]
    height = floor + 24 + LINE * max(i for i, line in enumerate(lines) if line)
    return svg.drawing(Frame(width, height, 0, width, 0, floor), key, heading, described, marks)


def exactly(value: float) -> Share:
    """A number that was counted, and has no range."""
    return Share(value, value, value)


def row(
    frame: Frame,
    columns: Columns,
    months: Sequence[Month],
    values: Sequence[Share | None],
    said: str,
    say: Callable[[float], str],
) -> Iterator[Markup]:
    """What a row shows, its floor, and a bar for every month that is known; those seen whole set its scale."""
    known = [(m, v) for m, v in zip(months, values, strict=True) if v is not None]
    whole = [v for m, v in known if not in_part(m)] or [v for _, v in known]
    top = max((v.high for v in whole), default=0.0) or 1.0
    # The words tell of the bars; how far a range reaches above them is in the table.
    highest = f", up to {say(max(v.share for v in whole))}" if whole else ""
    yield svg.text(frame.left, frame.top - 8, svg.shortened(f"{said}{highest}", frame.right - frame.left))
    yield svg.line(frame.left, frame.bottom, frame.right, frame.bottom, paint="rule")
    scale = (frame.bottom - frame.top) / top
    for i, (month, value) in enumerate(zip(months, values, strict=True)):
        if value is not None:
            yield from bar(frame, columns, i, value, scale, partly=in_part(month))
            if value.share > top:
                yield from broken(frame, columns.middle(i), columns.bar, say(value.share))


def broken(frame: Frame, x: float, width: float, number: str) -> Iterator[Markup]:
    """The break of a bar that is cut at the top of its row, and its number."""
    for y in (frame.top + 6, frame.top + 10):
        yield svg.line(x - width / 2 - 3, y + 3, x + width / 2 + 3, y - 3, paint="edge")
    half = svg.text_width(number) / 2
    middle = min(max(x, frame.left + half), frame.right - half)
    yield svg.text(middle, frame.top + 28, number, anchor="middle", paint="strong")


def bar(frame: Frame, columns: Columns, i: int, value: Share, scale: float, *, partly: bool) -> Iterator[Markup]:
    """One bar with its range, cut at the top of its row; an empty dashed one for a month seen in part."""
    x, height = columns.middle(i), frame.bottom - frame.top
    level, low, high = (min(v * scale, height) for v in (value.share, value.low, value.high))
    paint = "part" if partly else "both"
    yield svg.element(
        "rect", paint=paint, x=x - columns.bar / 2, y=frame.bottom - level, width=columns.bar, height=level
    )
    if value.high > value.low and not partly:
        yield svg.line(x, frame.bottom - low, x, frame.bottom - high, paint="edge")


def spells(columns: Columns, months: Sequence[Month], floor: float) -> Iterator[Markup]:
    """A hatched box for every spell, stacked over the month in which it began."""
    side = min(SPELL, columns.bar)
    for i, month in enumerate(months):
        for n in range(month.spells):
            x, y = columns.middle(i) - side / 2, floor - (n + 1) * (SPELL + 3)
            yield svg.hatching(x, y, side, SPELL)
            yield svg.element("rect", paint="edge", x=x, y=y, width=side, height=SPELL)


def below(columns: Columns, months: Sequence[Month], width: float) -> list[list[tuple[float, str]]]:
    """The words below the figure, line by line: months as there is room for, years said once, days of those in part."""
    step = max(1, -(-int(NAME_ROOM * len(months)) // int(columns.width)))
    lines: list[list[tuple[float, str]]] = [[], [], []]
    year = None
    for i, month in enumerate(months):
        if i % step:
            continue
        x = columns.middle(i) - columns.bar / 2
        name = MONTHS[month.first.month - 1][:3]
        if x + svg.text_width(name) <= width:
            lines[0].append((x, name))
        # A year begins below the first month named of it, where there is room for it.
        if month.first.year != year and x + svg.text_width(str(month.first.year)) <= width:
            year = month.first.year
            lines[1].append((x, str(year)))
    for i, month in enumerate(months):
        if in_part(month):
            words = numbers.count(month.days, "day")
            x = min(columns.middle(i) - columns.bar / 2, width - svg.text_width(words))
            free = all(clear(x, words, *other) for other in lines[1])
            lines[1 if free else 2].append((x, words))
    return lines


def clear(x: float, words: str, other_x: float, other: str) -> bool:
    """Whether two labels of one line leave each other room."""
    return x > other_x + svg.text_width(other) or other_x > x + svg.text_width(words)


def table(months: Sequence[Month]) -> Table:
    """Each month with its numbers."""
    columns = ("Month", "Days seen", "Warm messages", "Starts a day", "Spells")
    rows = ((called(m), str(m.days), warm_range(m), f"{m.starts:.1f}", str(m.spells)) for m in months)
    return Table(columns, tuple(rows))


def warm_range(month: Month) -> str:
    """The share of warm messages with its range."""
    share = month.affection
    if share is None:
        return "not known"
    return f"{percent(share.share)} ({percent(share.low)} to {percent(share.high)})"
