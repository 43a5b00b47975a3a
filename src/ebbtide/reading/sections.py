"""Sections: what a reading holds beside its findings, as titles and lines: give and take, agreements, and months.

Both the terminal and the page show them, in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ebbtide.reading.agreed import agreement_words, title_words
from ebbtide.reading.phrases import MONTHS, counted, in_words, percent
from ebbtide.reading.present import named
from ebbtide.reading.rhythm import usual_words
from ebbtide.reading.types import Month, Reading, Reciprocity, Share


@dataclass(frozen=True, slots=True)
class Section:
    """A title and its lines; `id` says which section it is."""

    id: str
    title: str
    lines: tuple[str, ...]


#: Each measure of give and take in words, in order.
MEASURES = {
    "starts": "{who} wrote first, of the times one of you did",
    "asks": "{who} asked how the other is, of the times one of you did",
    "warmth": "{who} answered warmly what the other opened up",
    "calls": "{who} took the other’s calls",
    "plans": "{who} kept plans, as noted",
    "returns": "{who} came back after two days and more only to ask for money, a lift or help",
}
NOT_SEEN = "What you do for each other in person is in no message. Much has another reason than it seems to have."
#: What is no merit either way: that it never happened is no news, and reads like a charge.
TOLD_IF_ANY = ("returns",)
#: More months than this are told in numbers (`--json`).
MOST_MONTHS = 24
RANGES = "In brackets is the range the true share lies in, nine times in ten."


def give_and_take(reading: Reading) -> Section | None:
    """Every measure that tells anything, a line for each person, of late and before; None where none does."""
    told = [r for id_ in MEASURES for r in reading.reciprocity if r.id == id_]
    lines = [line for each in told if (line := measure_words(each, named(reading, each.person).first))]
    return Section("give", "Give and take", (*lines, RANGES, NOT_SEEN)) if lines else None


def measure_words(it: Reciprocity, who: str) -> str:
    """What one person gives in one measure; empty where nothing is known."""
    if not tells(it):
        return ""
    late = [] if it.share is None else [f"{late_words(it)} in the last four weeks"]
    before = [] if it.before is None else [f"{before_words(it)} before"]
    return f"{MEASURES[it.id].format(who=who)}: {', '.join((*late, *before))}."


def tells(it: Reciprocity) -> bool:
    """Whether a measure says anything of this person."""
    known = [share for share in (it.share, it.before) if share is not None]
    return any(share.share > 0 for share in known) if it.id in TOLD_IF_ANY else bool(known)


def late_words(it: Reciprocity) -> str:
    """What one gave in the last four weeks; a dash where it is not known."""
    return "–" if it.share is None else share_words(it.share, it.taken, it.chances)


def before_words(it: Reciprocity) -> str:
    """What one gave before them; a dash where it is not known."""
    return "–" if it.before is None else share_words(it.before, it.before_taken, it.before_chances)


def share_words(share: Share, taken: int | None, chances: int | None) -> str:
    """A share with its range, and the counts behind it where they are known: "3 of 8 (15 to 65%)"."""
    ends = f"{100 * share.low:.0f} to {100 * share.high:.0f}%"
    if taken is None:
        return f"{100 * share.share:.0f}% ({ends})"
    return f"{taken} of {chances} ({ends})"


def agreed(reading: Reading) -> Iterator[Section]:
    """What is otherwise after each agreement, the latest first."""
    people = {p.id: named(reading, p.id) for p in reading.people}
    for each in reversed(reading.agreements):
        yield Section("agreed", title_words(each), agreement_words(each, people))


def months(reading: Reading) -> Section | None:
    """The months side by side; None without a rhythm."""
    if reading.rhythm is None or not reading.rhythm.months:
        return None
    lines = (*usual_words(reading.rhythm), *map(month_words, reading.rhythm.months[-MOST_MONTHS:]))
    return Section("months", "Near and apart, month by month", lines)


def month_words(month: Month) -> str:
    """One month in a line."""
    said = [f"writing first {month.starts:.1f} times a day"]
    if month.affection is not None:
        share = month.affection
        said.append(f"{percent(share.share)} warm messages ({percent(share.low)} to {percent(share.high)})")
    spells = f"{in_words(month.spells)} spell{'' if month.spells == 1 else 's'} of distance began"
    name = f"{MONTHS[month.first.month - 1]} {month.first.year}, {counted(month.days, 'day')} seen"
    return f"{name}: {', '.join((*said, spells))}."


def sections(reading: Reading) -> tuple[Section, ...]:
    """All of them, in order; none where something else has to come first."""
    if reading.care_first:
        return ()
    return tuple(s for s in (months(reading), give_and_take(reading), *agreed(reading)) if s is not None)
