"""Figure 1: where the present silence lies on the curve of this person's quiet spells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from markupsafe import Markup

from ebbtide.reading import QuietCurve, Reading, Silence, present
from ebbtide.reading.phrases import RAREST_ONE_IN, one_spell_in
from ebbtide.report import now, numbers, svg
from ebbtide.report.drawn import Figure, Table
from ebbtide.report.names import Names
from ebbtide.report.svg import Frame, Point

WIDE = Frame(720, 276, left=76, right=712, top=28, bottom=244)
NARROW = Frame(350, 260, left=76, right=346, top=28, bottom=228)

DAY = 24.0
WEEK = 7 * DAY
#: Moments worth a mark on the time axis, in hours; the first that fit are labelled, in this order of importance.
MARKS: tuple[tuple[float, str], ...] = (
    (1, "1 h"),
    (DAY, "1 day"),
    (WEEK, "1 week"),
    (6, "6 h"),
    (3 * DAY, "3 days"),
    (2 * WEEK, "2 weeks"),
    (3, "3 h"),
    (12, "12 h"),
    (2 * DAY, "2 days"),
    (30 * DAY, "1 month"),
    (90 * DAY, "3 months"),
    (365 * DAY, "1 year"),
)
#: Lengths of the table; those from `FAR` on only where the present silence has lasted as long.
TABLE_HOURS = (1, 3, 6, 12, DAY, 2 * DAY, 4 * DAY, WEEK, 2 * WEEK, 4 * WEEK, 8 * WEEK)
FAR = 4 * WEEK

#: The figure and its table end where the words do.
RAREST = 1 / RAREST_ONE_IN
SHARES = ((1.0, "all"), (0.1, "1 in 10"), (0.01, "1 in 100"), (RAREST, f"1 in {RAREST_ONE_IN}"))
#: Where a silence stops being usual and where it starts to be unusual (voice.md).
USUAL, LONG = 1 / 5, 1 / 20
#: More points than this cannot be told apart on the page.
MOST_POINTS = 160
#: A band whose upper edge is no more than so many times its lower one is as thin as the line, and tells no range:
#: there the record has too few spells to say. Of nearly all spells it is thin because it is well known.
THIN, NEARLY_ALL = 1.05, 0.95
TOO_FEW = "too few to tell"
DASHES = "6 4"


@dataclass(frozen=True, slots=True)
class Axes:
    """Hours (logarithmic) to the right, share (logarithmic) downwards."""

    frame: Frame
    longest: float

    def x(self, hours: float) -> float:
        """Pixels from the left for a length in hours; a quiet spell starts at one hour."""
        part = math.log(max(1.0, hours)) / math.log(self.longest)
        return self.frame.left + min(1.0, part) * (self.frame.right - self.frame.left)

    def y(self, share: float) -> float:
        """Pixels from the top for a share; what is rarer than words tell lies on the floor."""
        part = math.log(max(RAREST, min(1.0, share))) / math.log(RAREST)
        return self.frame.top + part * (self.frame.bottom - self.frame.top)


def told(reading: Reading) -> Silence | None:
    """The silence the figure is about: that of the person the answer speaks of, else the other's."""
    drawable = [s for s in reading.silence if s.curve is not None and len(s.curve.hours) > 1]
    who = present(reading).who
    return min(drawable, key=lambda s: s.person != who, default=None)


def figure(reading: Reading, names: Names) -> Figure | None:
    """The figure, or None where no curve could be told."""
    silence = told(reading)
    curve = None if silence is None else silence.curve
    if silence is None or curve is None:
        return None
    if now.ended(reading) or now.announced(silence, reading) or (silence.hours or 0.0) < 1:
        # What is over, was announced, or has hardly begun is no silence to compare: the curve stands for itself.
        silence = replace(silence, hours=None)
    heading, lead = spoken(silence, names, reading.span.days)
    described = description(silence, curve)
    rows = table(silence, curve)
    wide, narrow = (
        drawn(frame, f"curve-{key}", silence, curve, heading, described)
        for key, frame in (("wide", WIDE), ("narrow", NARROW))
    )
    caption = (
        f"Share of {names.whose(silence.person)} quiet spells (an hour and more without a message) that last "
        f"at least this long, at this time of the week. The shade is what {numbers.count(reading.span.days, 'day')} "
        "of messages can tell: in 9 cases of 10 the line lies within it."
    )
    if any(row[-1] == TOO_FEW for row in rows.rows):
        caption += " Where there is no shade, too few spells have lasted as long to tell a range."
    if silence.hours is not None and silence.hours > curve.hours[-1]:
        caption += " The dashed line leads to now, beyond what the curve was told for."
    return Figure(heading, lead, wide, narrow, caption, rows)


def spoken(silence: Silence, names: Names, record_days: int) -> tuple[str, str]:
    """What the figure shows, in words: a heading and a sentence."""
    name = names.told(silence.person)
    if silence.hours is None or silence.word == "unknown":
        return f"How long {names.whose(silence.person)} quiet spells last", usual(silence)
    heading = {
        "usual": "A silence of {} is usual for {}",
        "long": "A silence of {} is long for {}, and it happens",
        "unusual": "A silence of {} is unusual for {}",
    }[silence.word].format(numbers.duration(silence.hours), name)
    return heading, frequency(silence, name, record_days)


def usual(silence: Silence) -> str:
    """How long the quiet spells of the record lasted, at whatever hour, which the line beside it does not show; an
    admission where the present one cannot be compared with them."""
    if silence.hours is not None:
        return "How unusual the present silence is cannot be told."
    lasts = silence.usual_hours
    if lasts is None:
        return ""
    half, tenth = numbers.duration(lasts["p50"]), numbers.duration(lasts["p90"])
    return (
        f"In this record half of them lasted {half} or more, and 1 in 10 lasted {tenth} or more. "
        "The line is for one that begins at this time of the week, and allows for longer ones than were seen."
    )


def frequency(silence: Silence, name: str, record_days: int) -> str:
    """How often a silence like this one comes, among quiet spells and in days."""
    if silence.one_in is None:
        return ""
    since = " and with what was written since" if silence.by_words else ""
    said = f"{numbers.sentence(one_spell_in(silence.one_in))}, at this time of the week{since}."
    if silence.once_in_days is None:
        return said
    if silence.once_in_days > record_days:
        return f"{said} This record is too short to say how often that happens."
    if silence.by_words:
        return (
            f"{said} A silence this long, whatever was written into it, comes {numbers.interval(silence.once_in_days)}."
        )
    goes = "go" if name == "you" else "goes"
    return f"{said} At the rate at which {name} {goes} quiet, that is {numbers.interval(silence.once_in_days)}."


def description(silence: Silence, curve: QuietCurve) -> str:
    """The shape of the curve for those who cannot see it, no further than words tell."""
    known = [(share_at(curve, h), h) for h in (3.0, 12.0, DAY, 3 * DAY) if within(curve, h)]
    parts = [f"{rarity(share)} last {numbers.duration(hours)} or more" for share, hours in known]
    said = f"Of the quiet spells: {'; '.join(parts)}." if parts else ""
    if silence.hours is not None:
        rare = "" if silence.one_in is None else f"; {one_spell_in(silence.one_in)}"
        said += f" The present one is at {numbers.duration(silence.hours)}{rare}."
    return said.strip()


def rarity(share: float) -> str:
    """A share as a count of cases, down to the rarest that is told."""
    return f"fewer than 1 in {RAREST_ONE_IN}" if share < RAREST else numbers.one_in(share)


def drawn(frame: Frame, key: str, silence: Silence, curve: QuietCurve, title: str, described: str) -> Markup:
    """One drawing of the curve."""
    axes = Axes(frame, longest=reach(silence))
    path = line_of(axes, curve)
    marks = [*grid(axes), *words_for_silence(axes), *shades(axes, silence.person, curve)]
    marks.append(svg.polyline(path, paint=f"line-{silence.person}", width=2.4))
    marks += time_axis(axes)
    if silence.hours is not None:
        marks += now_mark(axes, silence, curve, path)
    return svg.drawing(frame, key, title, described, marks)


def reach(silence: Silence) -> float:
    """The end of the time axis in hours: two weeks, or further where the silence has lasted longer."""
    return max(2 * WEEK, 1.6 * (silence.hours or 0.0))


def grid(axes: Axes) -> list[Markup]:
    """A hairline and a label for each power of ten."""
    frame = axes.frame
    marks: list[Markup] = []
    for share, label in SHARES:
        y = axes.y(share)
        marks.append(svg.line(frame.left, y, frame.right, y, paint="rule"))
        marks.append(svg.text(frame.left - 8, y + 4, label, anchor="end"))
    return marks


def words_for_silence(axes: Axes) -> list[Markup]:
    """The three words for a silence, set where each one holds; at the left, where the curve is still far above."""
    left, right = axes.frame.left, axes.frame.right
    usual, long = axes.y(USUAL), axes.y(LONG)
    return [
        svg.line(left, usual, right, usual, paint="limit"),
        svg.line(left, long, right, long, paint="limit"),
        svg.text(left + 6, usual - 6, "usual"),
        svg.text(left + 6, long - 6, "long"),
        svg.text(left + 6, long + 16, "unusual"),
    ]


def shades(axes: Axes, person: str, curve: QuietCurve) -> list[Markup]:
    """The 90% band as far as the axes go, broken where the record tells no range."""
    runs: list[list[int]] = [[]]
    for i in drawable(axes, curve):
        if ranged(curve.share[i], curve.low[i], curve.high[i]):
            runs[-1].append(i)
        elif runs[-1]:
            runs.append([])
    return [
        svg.polygon(
            [
                *((axes.x(curve.hours[i]), axes.y(curve.high[i])) for i in run),
                *((axes.x(curve.hours[i]), axes.y(curve.low[i])) for i in reversed(run)),
            ],
            paint=f"shade-{person}",
        )
        for run in runs
        if len(run) > 1
    ]


def ranged(share: float, low: float, high: float) -> bool:
    """Whether the band is wide enough to be one, or stands where it has to be narrow."""
    return high > THIN * low or share >= NEARLY_ALL or share < RAREST


def line_of(axes: Axes, curve: QuietCurve) -> list[Point]:
    """The curve in pixels, down to the floor."""
    told_of = down_to_rarest([(curve.hours[i], curve.share[i]) for i in drawable(axes, curve)])
    return [(axes.x(hours), axes.y(share)) for hours, share in told_of]


def drawable(axes: Axes, curve: QuietCurve) -> list[int]:
    """The points of the curve that the axes hold."""
    return [i for i in thinned(len(curve.hours)) if 1 <= curve.hours[i] <= axes.longest]


def thinned(n: int) -> list[int]:
    """At most `MOST_POINTS` of n indices, evenly spread, with both ends."""
    return sorted({int(i) for i in np.linspace(0, n - 1, min(n, MOST_POINTS)).round()})


def down_to_rarest(points: Sequence[Point]) -> list[Point]:
    """The points above the floor and the place where the curve passes it, so that nothing runs along the floor."""
    kept: list[Point] = []
    for hours, share in points:
        if share >= RAREST:
            kept.append((hours, share))
            continue
        if kept and share > 0:
            part = math.log(kept[-1][1] / RAREST) / math.log(kept[-1][1] / share)
            kept.append((kept[-1][0] * (hours / kept[-1][0]) ** part, RAREST))
        break
    return kept


def time_axis(axes: Axes) -> list[Markup]:
    """Ticks at lengths people know, as many as there is room for, the important ones first."""
    frame = axes.frame
    taken: list[tuple[float, float]] = []
    marks: list[Markup] = []
    for hours, label in MARKS:
        if hours > axes.longest:
            continue
        half = svg.text_width(label) / 2 + 5
        x = axes.x(hours)
        centre = min(x, frame.width - half + 5)
        if any(centre - half < right and centre + half > left for left, right in taken):
            continue
        taken.append((centre - half, centre + half))
        marks.append(svg.line(x, frame.bottom, x, frame.bottom + 4, paint="rule"))
        marks.append(svg.text(centre, frame.bottom + 20, label, anchor="middle"))
    return marks


def now_mark(axes: Axes, silence: Silence, curve: QuietCurve, path: Sequence[Point]) -> list[Markup]:
    """The dotted line and the ring at the present silence, its word above the plot, clear of the curve.

    Where the line ends before it, a dashed one leads there, so that the ring does not float.
    """
    assert silence.hours is not None
    frame, x = axes.frame, axes.x(silence.hours)
    y = axes.y(share_of(silence, curve))
    label = f"now, {numbers.short_duration(silence.hours)}"
    half = svg.text_width(label) / 2
    middle = min(max(x, frame.left + half), frame.right - half)
    marks = [
        svg.line(x, frame.top - 6, x, frame.bottom, paint="mark"),
        svg.text(middle, frame.top - 12, label, anchor="middle", paint="strong"),
    ]
    if path and x > path[-1][0] + 1:
        led = svg.coordinates([path[-1], (x, y)])
        marks.append(
            svg.element(
                "polyline", paint=f"line-{silence.person}", points=led, stroke_width=1.6, stroke_dasharray=DASHES
            )
        )
    return [*marks, svg.element("circle", paint="dot", cx=x, cy=y, r=5.5)]


def share_of(silence: Silence, curve: QuietCurve) -> float:
    """The share of quiet spells as long as the present silence."""
    assert silence.hours is not None
    return share_at(curve, silence.hours) if silence.probability is None else silence.probability


def table(silence: Silence, curve: QuietCurve) -> Table:
    """The curve at lengths people know, and at now; no length stands twice."""
    hours = silence.hours
    here = "" if hours is None else numbers.duration(hours)
    known = [h for h in TABLE_HOURS if within(curve, h) and (h < FAR or h <= (hours or 0.0))]
    # One row below the floor says all that more would.
    told_of = [h for i, h in enumerate(known) if not i or share_at(curve, known[i - 1]) >= RAREST]
    lengths = [h for h in told_of if numbers.duration(h) != here]
    rows = [row(curve, h, numbers.duration(h), share_at(curve, h)) for h in lengths]
    if hours is not None:
        now_row = row(curve, hours, f"{here}, now", share_of(silence, curve))
        rows.insert(sum(h <= hours for h in lengths), now_row)
    return Table(("Lasts at least", "Of 100 quiet spells", "Range"), tuple(rows))


def row(curve: QuietCurve, hours: float, label: str, share: float) -> tuple[str, str, str]:
    """One length with its share and the range the record allows, or that it allows none."""
    low, high = interpolated(curve, curve.low, hours), interpolated(curve, curve.high, hours)
    if not (within(curve, hours) and ranged(share, low, high)):
        return label, told_share(share), TOO_FEW
    # The curve is moved to pass through the present silence; its band may end a hair beside it.
    ends = told_share(min(share, low)), told_share(max(share, high))
    return label, told_share(share), ends[0] if ends[0] == ends[1] else " to ".join(ends)


def told_share(share: float) -> str:
    """A share as so many of a hundred, down to where the figure ends."""
    of_100 = 100 * share
    if share < RAREST:
        return f"under {100 * RAREST:.1f}"
    return f"{of_100:.0f}" if of_100 >= 9.95 else f"{of_100:.1f}"


def within(curve: QuietCurve, hours: float) -> bool:
    """Whether the curve was told as far as this length."""
    return curve.hours[0] <= hours <= curve.hours[-1] * (1 + 1e-9)


def share_at(curve: QuietCurve, hours: float) -> float:
    """The share of quiet spells that last at least `hours`."""
    return interpolated(curve, curve.share, hours)


def interpolated(curve: QuietCurve, values: Sequence[float], hours: float) -> float:
    """A value of the curve between its points, on logarithmic axes."""
    logs = np.log(np.maximum(values, 1e-9))
    return float(np.exp(np.interp(math.log(hours), np.log(curve.hours), logs)))
