"""Figure 4: near and apart by turns, month by month: warm words, who writes first, and quiet spells of either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ebbtide.reading import Month, Reading, Rhythm, Share
from ebbtide.reading.phrases import MONTHS
from ebbtide.reading.rhythm import spells_words, warm_words
from ebbtide.report import numbers, svg
from ebbtide.report.drawn import Figure, Table
from ebbtide.report.names import Names
from ebbtide.report.svg import Frame

#: Fewer months than this show no rhythm; more than this find no room.
FEWEST, MOST = 3, 36
#: Heights: of a row of bars, of a mark for a spell, of what is said above a row, of the axis.
ROW, SPELL, SAID, AXIS = 56.0, 11.0, 26.0, 40.0
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
    heading, described = title(months), description(months)
    wide, narrow = (
        drawn(months, f"rhythm-{key}", heading, described, width) for key, width in (("wide", 720.0), ("narrow", 350.0))
    )
    lead = " ".join(filter(None, (spells_words(rhythm), in_between(rhythm), ended(warm_words(rhythm)))))
    caption = (
        "Both of you together. The thin line on a bar is the range it may lie in. "
        "A month with few messages has no bar for warm words. The first and the last month may be seen in part."
    )
    return Figure(heading, names.say(lead), wide, narrow, caption, table(months))


def title(months: Sequence[Month]) -> str:
    """What the months show, in a line."""
    n = sum(m.spells for m in months)
    if not n:
        return f"Near and apart: {numbers.in_words(len(months))} months without a quiet spell"
    spells = f"{numbers.in_words(n)} quiet spell{'' if n == 1 else 's'}"
    return f"Near and apart: {spells} in {numbers.in_words(len(months))} months"


def ended(words: str) -> str:
    """A sentence with its stop."""
    return words if not words or words.endswith(".") else f"{words}."


def in_between(rhythm: Rhythm) -> str:
    """How often a spell comes round; nothing from fewer than two."""
    if rhythm.spells < 2 or rhythm.spells_a_year <= 0:
        return ""
    return f"A spell begins {numbers.interval(numbers.DAYS_PER_YEAR / rhythm.spells_a_year)}."


def description(months: Sequence[Month]) -> str:
    """The months in numbers, for those who cannot see the figure."""
    return " ".join(
        f"{called(m)}: {warm_cell(m)} warm, {m.starts:.1f} starts a day, {numbers.count(m.spells, 'quiet spell')}."
        for m in months
    )


def called(month: Month) -> str:
    """A month by its name and year."""
    return f"{MONTHS[month.first.month - 1]} {month.first.year}"


def warm_cell(month: Month) -> str:
    """The share of warm messages in words."""
    return "not known" if month.affection is None else percent(month.affection.share)


def percent(share: float) -> str:
    """A share as people read it."""
    return f"{100 * share:.0f}%" if share >= 0.1 else f"{100 * share:.1f}%"


def drawn(months: Sequence[Month], key: str, heading: str, described: str, width: float) -> Markup:
    """One drawing: two rows of bars, a row of spells, and the months below."""
    columns = Columns(2.0, width - 6, len(months))
    most = max(1, max(m.spells for m in months))
    warm = Frame(width, 0, columns.left, width - 4, SAID, SAID + ROW)
    first = Frame(width, 0, columns.left, width - 4, warm.bottom + SAID, warm.bottom + SAID + ROW)
    floor = first.bottom + SAID + most * (SPELL + 3)
    marks = [
        *row(warm, columns, [m.affection for m in months], "Warm messages"),
        *row(first, columns, [exactly(m.starts) for m in months], "Writing first, times a day"),
        svg.text(columns.left, first.bottom + SAID - 8, "Quiet spells that began"),
        *spells(columns, months, floor),
        svg.line(columns.left, floor, width - 4, floor, paint="rule"),
        *names_of_months(columns, months, floor),
    ]
    return svg.drawing(Frame(width, floor + AXIS, 0, width, 0, floor), key, heading, described, marks)


def exactly(value: float) -> Share:
    """A number that was counted, and has no range."""
    return Share(value, value, value)


def row(frame: Frame, columns: Columns, values: Sequence[Share | None], said: str) -> Iterator[Markup]:
    """What a row shows, its floor, and a bar with its range for every month that is known."""
    top = max([v.high for v in values if v is not None], default=0.0) or 1.0
    shown = f"{said}, up to {percent(top)}" if said.startswith("Warm") else f"{said}, up to {top:.1f}"
    yield svg.text(frame.left, frame.top - 8, svg.shortened(shown, frame.right - frame.left))
    yield svg.line(frame.left, frame.bottom, frame.right, frame.bottom, paint="rule")
    scale = (frame.bottom - frame.top) / top
    for i, value in enumerate(values):
        if value is None:
            continue
        x, height = columns.middle(i), value.share * scale
        yield svg.element(
            "rect", paint="both", x=x - columns.bar / 2, y=frame.bottom - height, width=columns.bar, height=height
        )
        if value.high > value.low:
            low, high = (frame.bottom - v * scale for v in (value.low, value.high))
            yield svg.line(x, low, x, high, paint="edge")


def spells(columns: Columns, months: Sequence[Month], floor: float) -> Iterator[Markup]:
    """A hatched box for every spell, stacked over the month in which it began."""
    side = min(SPELL, columns.bar)
    for i, month in enumerate(months):
        for n in range(month.spells):
            x, y = columns.middle(i) - side / 2, floor - (n + 1) * (SPELL + 3)
            yield svg.hatching(x, y, side, SPELL)
            yield svg.element("rect", paint="edge", x=x, y=y, width=side, height=SPELL)


def names_of_months(columns: Columns, months: Sequence[Month], floor: float) -> Iterator[Markup]:
    """As many names as there is room for, each year said once."""
    step = max(1, -(-int(NAME_ROOM * len(months)) // int(columns.width)))
    year = None
    for i, month in enumerate(months):
        if i % step:
            continue
        x = columns.middle(i) - columns.bar / 2
        yield svg.text(x, floor + 18, MONTHS[month.first.month - 1][:3])
        if month.first.year != year:
            year = month.first.year
            yield svg.text(x, floor + 34, str(year))


def table(months: Sequence[Month]) -> Table:
    """Each month with its numbers."""
    columns = ("Month", "Days seen", "Warm messages", "Starts a day", "Quiet spells")
    rows = ((called(m), str(m.days), warm_range(m), f"{m.starts:.1f}", str(m.spells)) for m in months)
    return Table(columns, tuple(rows))


def warm_range(month: Month) -> str:
    """The share of warm messages with its range."""
    share = month.affection
    if share is None:
        return "not known"
    return f"{percent(share.share)} ({percent(share.low)} to {percent(share.high)})"
