"""Figure 4: the loop as something that has hold of both: a ring with both names and two arrows of equal standing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from ebbtide.reading import CANNOT_TELL, Loop, LoopPeriod, Person, Reading
from ebbtide.reading.loop import ONLY_A_COUNT, clearly
from ebbtide.report import numbers, svg
from ebbtide.report.drawn import Figure, Table
from ebbtide.report.loop_table import AMOUNT, SPEED, multiple, of_answers, span_of, table, when
from ebbtide.report.names import Names
from ebbtide.report.svg import Frame, Point

#: Size of the ring by drawing: width of the page, half-axes of the ring, radius of a name's circle.
WIDE, NARROW = (720.0, 210.0, 72.0, 46.0), (350.0, 112.0, 74.0, 42.0)
LINE = 17.0
#: Thickness of an arrow with words, from the weakest to the strongest effect, and where it stops growing (log scale).
THIN, THICK, STRONGEST = 3.0, 7.0, 1.0
UNSURE = 1.4
ODD_DAY = timedelta(days=1)
#: Degrees of the ring on either side of a name that stay free of the arrow.
ARROW_HEAD = 13.0


@dataclass(frozen=True, slots=True)
class Arrow:
    """What the one who responds does when the other acts: the words that hold with their range, and its strength."""

    acts: str
    responds: str
    says: tuple[tuple[str, str], ...]
    strength: float

    @property
    def told(self) -> bool:
        """Whether anything can be said of it."""
        return bool(self.says)


def shown(reading: Reading) -> Loop | None:
    """The loop, where one was looked for and there was a spell of distance to be part of it.

    None beside signs of harm: nobody has a share in those.
    """
    loop = reading.loop if reading.episodes and reading.safety.level == "none" else None
    return loop if loop and loop.periods else None


def figure(reading: Reading, names: Names) -> Figure | None:
    """The figure, or None where no loop is `shown`."""
    loop = shown(reading)
    if loop is None:
        return None
    people = sorted(reading.people, key=lambda p: not p.me)
    arrows = arrows_of(loop.periods[0], people)
    heading = title(arrows, people, names)
    lead = said(loop, arrows, names)
    whole = covers(loop.periods[0], reading)
    if not whole:
        lead += f" It was looked for in the days of {when(loop.periods[0])}."
    if not any(p.claims for p in loop.periods):
        # Two dashed arrows and numbers that tell nothing would only look like something.
        return Figure(heading, lead, Markup(), Markup(), "", of_answers(loop, people, names) or Table((), ()))
    described = description(arrows, names)
    wide, narrow = (
        drawn(size, f"loop-{key}", people, loop.periods[0], arrows, names, heading, described)
        for key, size in (("wide", WIDE), ("narrow", NARROW))
    )
    return Figure(heading, lead, wide, narrow, caption(loop), table(loop, people, names, whole=whole))


def covers(period: LoopPeriod, reading: Reading) -> bool:
    """Whether a period is the whole record, but for the odd day at either end."""
    zone, span = ZoneInfo(reading.span.tz), reading.span
    first, last = (at.astimezone(zone).date() for at in (span.start, span.end))
    return period.start <= first + ODD_DAY and period.end + ODD_DAY >= last


def arrows_of(period: LoopPeriod, people: Sequence[Person]) -> tuple[Arrow, Arrow]:
    """Both directions, the reader's own part first."""
    one, other = (p.id for p in people)
    return arrow(period, one, other), arrow(period, other, one)


def arrow(period: LoopPeriod, acts: str, responds: str) -> Arrow:
    """One direction of a period."""
    way = f"{acts}→{responds}"
    effects = ((period.reaching_then_slower.get(way), SPEED), (period.withdrawing_then_reaching.get(way), AMOUNT))
    told = [(e, kind) for e, kind in effects if e is not None and e.says != CANNOT_TELL]
    says = tuple((e.says, f"({multiple(e, kind)}, {span_of(e, kind)})") for e, kind in told)
    return Arrow(acts, responds, says, max((abs(e.effect) for e, _ in told), default=0.0))


def title(arrows: Sequence[Arrow], people: Sequence[Person], names: Names) -> str:
    """What the figure shows, in words."""
    both = numbers.listed([names.of(p.id) for p in people])
    told = sum(a.told for a in arrows)
    if told == 2:
        return f"A loop has hold of {both}: each one’s move feeds the other’s"
    if told == 1:
        return f"One half of a loop shows between {both}"
    return f"Whether a loop has hold of {both} cannot be told"


def said(loop: Loop, arrows: Sequence[Arrow], names: Names) -> str:
    """What holds over the whole record, and what only for a part of it."""
    whole = [words for a in arrows for words, _ in a.says]
    if not whole:
        words = (
            "In a loop one reaches, the other falls quiet, and each move feeds the next. "
            "This record neither shows one nor rules it out."
        )
    else:
        words = f"{' '.join(names.say(w) for w in whole)} Neither of you started it, and either can ease it."
    parts = [f"{when(p)}: {names.say(e.says)}" for p in loop.periods[1:] for e in p.claims if e.says not in whole]
    return " ".join([words, *parts, *answers_told(loop, names)])


def answers_told(loop: Loop, names: Names) -> list[str]:
    """How answers differ where one writes again before one; the numbers of what does not differ stand in the table."""
    told = [a for a in loop.answers if a.says]
    clear = [a for a in told if clearly(a.warm_again, a.warm)]
    if clear:
        return [*(names.say(a.says) for a in clear), ONLY_A_COUNT]
    known = any(a.warm is not None and a.warm_again is not None for a in told)
    return ["Where one writes again before an answer, the answers are not clearly warmer or colder."] if known else []


def description(arrows: Sequence[Arrow], names: Names) -> str:
    """Both arrows in words, for those who cannot see them."""
    parts = (f"From {names.of(a.acts)} to {names.of(a.responds)}: {' '.join(labels(a, names))}" for a in arrows)
    return f"A ring with both names and two arrows. {' '.join(parts)}"


def labels(a: Arrow, names: Names) -> list[str]:
    """The words beside an arrow, with how much it is and its range."""
    if a.told:
        return [line for words, much in a.says for line in (names.say(words), much)]
    does, acts, reaches = (
        ("do" if names.told(a.responds) == "you" else "does"),
        names.told(a.acts),
        "reach out or fall" if names.told(a.acts) == "you" else "reaches out or falls",
    )
    return [f"Too early to tell what {names.told(a.responds)} {does} when {acts} {reaches} quiet."]


def caption(loop: Loop) -> str:
    """How the figure is to be read, and what messages leave open."""
    words = (
        "A dashed arrow means that it cannot be told. "
        "Messages show who answers how soon and how often, not how warmly it is meant."
    )
    if not loop.placebo:
        words += " The same shows where one of the two records is moved in time, so nothing is claimed."
    elif any(e.says == CANNOT_TELL and e.low * e.high > 0 for p in loop.periods for e in p.effects):
        words += (
            " Some numbers lean one way, and still nothing is said: with so few days that happens by chance too often."
        )
    return words


def drawn(
    size: tuple[float, float, float, float],
    key: str,
    people: Sequence[Person],
    period: LoopPeriod,
    arrows: Sequence[Arrow],
    names: Names,
    heading: str,
    described: str,
) -> Markup:
    """One drawing: the first person's arrow runs over the top, the other's back below."""
    width, across, down, radius = size
    above, below = (wrapped(labels(a, names), width - 16) for a in arrows)
    middle = 14 + LINE * len(above) + down
    height = middle + down + LINE * len(below) + 18
    ring = Ring(width / 2, middle, across, down, radius)
    marks: list[Markup] = []
    for top, a in ((True, arrows[0]), (False, arrows[1])):
        marks += arrow_marks(ring, a, top=top)
    for left, person in ((True, people[0]), (False, people[1])):
        marks += person_marks(ring, person, period, names, left=left)
    said_inside = "neither started it" if any(a.told for a in arrows) else "too early to tell"
    marks.append(svg.text(width / 2, middle + 4, said_inside, anchor="middle"))
    for i, line in enumerate(above):
        marks.append(svg.text(width / 2, 14 + LINE * i, line, anchor="middle", paint="strong-label"))
    for i, line in enumerate(below):
        marks.append(svg.text(width / 2, middle + down + 24 + LINE * i, line, anchor="middle", paint="strong-label"))
    return svg.drawing(Frame(width, height, 0, width, 0, height), key, heading, described, marks)


@dataclass(frozen=True, slots=True)
class Ring:
    """An ellipse with a circle of a name at its left and at its right."""

    x: float
    y: float
    across: float
    down: float
    radius: float

    def at(self, degrees: float) -> Point:
        """A point on the ring; 0 is the right, 90 the top, 180 the left."""
        turn = math.radians(degrees)
        return self.x + self.across * math.cos(turn), self.y - self.down * math.sin(turn)

    def free_from(self, centre: float, step: float, room: float) -> float:
        """The first angle from `centre` on at which the ring is `room` pixels outside the name's circle."""
        middle = self.at(centre)
        angle = centre
        while math.dist(self.at(angle), middle) < self.radius + room:
            angle += step
        return angle


def arrow_marks(ring: Ring, a: Arrow, *, top: bool) -> list[Markup]:
    """An arrow along the upper or lower half, clockwise, thick by its strength or thin and dashed."""
    first, last = (180.0, 0.0) if top else (0.0, -180.0)
    start, tip = ring.free_from(first, -0.5, 5), ring.free_from(last, 0.5, 5)
    end = ring.free_from(last, 0.5, 5 + ARROW_HEAD * 0.8)
    points = [ring.at(start + (end - start) * i / 32) for i in range(33)]
    paint = f"line-{a.acts}" if a.told else "unsure"
    width = THIN + (THICK - THIN) * min(1.0, a.strength / STRONGEST) if a.told else UNSURE
    wing = 4.5 + width
    (x1, y1), (x2, y2) = ring.at(end), ring.at(tip)
    long = math.dist((x1, y1), (x2, y2))
    nx, ny = -(y2 - y1) / long, (x2 - x1) / long
    head: list[Point] = [(x1 + nx * wing, y1 + ny * wing), (x2, y2), (x1 - nx * wing, y1 - ny * wing)]
    filled = svg.polygon(head, paint=f"fill-{a.acts}") if a.told else svg.polyline(head, paint="edge", width=UNSURE)
    return [svg.polyline(points, paint=paint, width=width), filled]


def person_marks(ring: Ring, person: Person, period: LoopPeriod, names: Names, *, left: bool) -> list[Markup]:
    """A name in its circle, with what this person did over the record."""
    x, y = ring.at(180.0 if left else 0.0)
    lines = [*(["(you)"] if person.me else []), *roles(period, person.id)]
    name = svg.shortened(names.of(person.id), 2 * ring.radius - 6)
    marks = [
        svg.element("circle", paint=f"node-{person.id}", cx=x, cy=y, r=ring.radius),
        svg.text(x, y + 4 - 8 * len(lines), name, anchor="middle", paint="inside-name"),
    ]
    for i, line in enumerate(lines):
        marks.append(svg.text(x, y + 20 - 8 * len(lines) + 15 * i, line, anchor="middle", paint="inside"))
    return marks


def roles(period: LoopPeriod, person: str) -> list[str]:
    """What a person did, in words that fit a circle."""
    said = []
    if period.reaching in (person, "both"):
        said.append("reached")
    if period.withdrawing in (person, "both"):
        said.append("was distant")
    return said


def wrapped(sentences: Sequence[str], room: float) -> list[str]:
    """Sentences as lines of at most `room` pixels, each sentence on a new line."""
    lines: list[str] = []
    for sentence in sentences:
        line = ""
        for word in sentence.split():
            if line and svg.text_width(f"{line} {word}") > room:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return lines
