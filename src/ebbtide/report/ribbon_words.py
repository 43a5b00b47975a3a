"""What the ribbon of months says, in words."""

from __future__ import annotations

from collections.abc import Sequence

from ebbtide.episodes import Episode
from ebbtide.reading import Reading, Ribbon
from ebbtide.report import numbers
from ebbtide.report.names import Names

#: More lengths than this in one sentence are a range.
MOST_LENGTHS = 3


def heading(reading: Reading) -> str:
    """The title of the figure: the stretch of time it shows and what stands out."""
    if not reading.episodes:
        return f"{numbers.sentence(time_shown(reading))}, no episode"
    n = len(reading.episodes)
    return f"{numbers.sentence(time_shown(reading))}, {numbers.in_words(n)} episode{'' if n == 1 else 's'}"


def time_shown(reading: Reading) -> str:
    """The length of the record in words."""
    ribbon = reading.ribbon
    days = (ribbon.days[-1] - ribbon.days[0]).days + 1 if ribbon else reading.span.days
    return numbers.stretch(days)


def description(reading: Reading, ribbon: Ribbon, names: Names) -> str:
    """Who withdrew when and for how long, for those who cannot see the figure."""
    said = [episodes_in_words(names.of(p.id), of_person(reading, p.id)) for p in reading.people]
    return f"From {numbers.day(ribbon.days[0])} to {numbers.day(ribbon.days[-1])}. {' '.join(said)}"


def of_person(reading: Reading, person: str) -> list[Episode]:
    """This person's episodes."""
    return [e.episode for e in reading.episodes if e.episode.person == person]


def episodes_in_words(name: str, episodes: Sequence[Episode]) -> str:
    """One person's episodes in a sentence."""
    over = [e for e in episodes if e.end]
    running = [e for e in episodes if not e.end]
    if not episodes:
        return f"{name} shows no episode of withdrawing."
    parts = []
    if over:
        parts.append(f"withdrew {numbers.times(len(over))}, for {lengths(over)}")
    if running:
        parts.append(f"has been withdrawing since {numbers.day(running[-1].start)}")
    return f"{name} {' and '.join(parts)}."


def lengths(episodes: Sequence[Episode]) -> str:
    """How long they lasted: each one, or from the shortest to the longest."""
    days = [e.days for e in episodes]
    if len(days) <= MOST_LENGTHS:
        return numbers.listed([numbers.length(d) for d in days])
    return numbers.lengths(days)
