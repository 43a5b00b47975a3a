"""An episode in words: a sentence, the facts beside it, and how it ended."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from ebbtide.episodes import Episode, Warmth
from ebbtide.reading import EpisodeReading, Kind, Reading
from ebbtide.report import numbers
from ebbtide.report.names import Names

#: Strength words, the same for the same range everywhere (voice.md).
STRENGTH = ((0.95, "almost certainly"), (0.75, "probably"), (0.40, "perhaps"))

KIND_SENTENCE: dict[Kind, str] = {
    "processing": "More points here speak for settling alone than for a worry.",
    "concerning": "Several points here would be a worry.",
    "mixed": "Some points here fit settling alone, and some would be a worry.",
    "open": "It is still running, and too early to tell which way it goes.",
    "unclear": "The record does not hold enough to say which kind it was.",
}
WARMTH: dict[Warmth, str] = {
    "warm": "warmer than usual",
    "usual": "as warm as usual",
    "flat": "flatter than usual",
}


def strength(probability: float | None) -> str:
    """The word for how sure the record makes it."""
    if probability is None:
        return "too early to tell, but it may be that"
    return next((word for least, word in STRENGTH if probability >= least), "too early to tell, but it may be that")


def sentence(read: EpisodeReading, names: Names, last_word: date | None = None) -> str:
    """Who, since when, how long, how sure; then which way the two lists point.

    Where nothing at all came since `last_word`, that is certain and stands first.
    """
    silent = ""
    if silent_throughout(read.episode) and last_word is not None:
        silent = f"No message from {names.told(read.episode.person)} since {numbers.day(last_word, year=False)}. "
    return f"{silent}{course(read.episode, names)} {KIND_SENTENCE[read.kind]}"


def silent_throughout(episode: Episode) -> bool:
    """Whether an episode still runs in which no message came at all."""
    hours = episode.longest_silence_hours
    return episode.end is None and hours is not None and hours >= 24 * episode.days


def last_word(reading: Reading, person: str) -> date | None:
    """The local day of a person's last message."""
    since = next((s.since for s in reading.silence if s.person == person), None)
    return None if since is None else since.astimezone(ZoneInfo(reading.span.tz)).date()


def course(episode: Episode, names: Names) -> str:
    """The episode as a sentence."""
    name, sure = names.told(episode.person), strength(episode.probability)
    has, was = ("have", "were") if name == "you" else ("has", "was")
    lasted = numbers.length(episode.days)
    if episode.end is None:
        said = f"{name} {has} been withdrawing since {numbers.day(episode.start)}, {lasted} so far"
    else:
        started = numbers.day(episode.start, year=episode.start.year != episode.end.year)
        # No break between the number and its unit.
        took = lasted.replace(" ", "\u00a0")
        said = f"{name} withdrew on {started} and {was} back on {numbers.day(episode.end)} ({took})"
    if episode.probability is None:
        return f"As it was told, {said}."
    if sure.startswith("too early"):
        return f"It is {sure} {said}."
    return f"{numbers.sentence(sure)}, {said}."


def facts(episode: Episode, names: Names, other: str) -> list[tuple[str, str]]:
    """What happened, point by point, with "cannot be told" where the record does not say."""
    name, partner = names.told(episode.person), names.told(other)
    return [
        ("Contact", contact(episode, name)),
        ("Longest silence", longest(episode)),
        ("A word before", told(episode.said_so, f"{name} asked for room", "none was found")),
        ("Room given", told(episode.space_given, f"{partner} eased off", f"{partner} kept on writing")),
        *([("Meanwhile", unanswered(episode.unanswered_turns, partner))] if episode.unanswered_turns else []),
        ("Back", back(episode)),
    ]


def longest(episode: Episode) -> str:
    """The longest silence; one that began before the episode says so, since it can be the longer of the two."""
    hours = episode.longest_silence_hours
    if hours is None:
        return "cannot be told"
    before = ", from the last message before it" if hours > 24 * episode.days else ""
    return f"{numbers.duration(hours)}{before}"


def unanswered(turns: int, partner: str) -> str:
    """How often the other wrote without an answer."""
    return f"{partner} wrote {numbers.times(turns)} without an answer"


#: Words for the share of the usual messages, up to each limit.
KEPT_WORDS = (
    (0.07, "very few"),
    (0.15, "about a tenth"),
    (0.22, "about a fifth"),
    (0.3, "about a quarter"),
    (0.42, "about a third"),
    (0.6, "about half"),
    (0.85, "most"),
)


def contact(episode: Episode, name: str) -> str:
    """How much was written, as a share of this person's usual number of messages."""
    if episode.contact_kept is None or episode.longest_silence_hours is None:
        return "cannot be told"
    if episode.longest_silence_hours >= 24 * episode.days:
        return f"no message from {name}"
    whose = "your" if name == "you" else f"{name}’s"
    for limit, words in KEPT_WORDS:
        if episode.contact_kept < limit:
            return f"{words} of {whose} usual messages"
    return f"as many messages from {name} as usual"


def told(known: bool | None, yes: str, no: str) -> str:
    """A yes or a no in words, or that it cannot be told."""
    return "cannot be told" if known is None else yes if known else no


def back(episode: Episode) -> str:
    """How the episode ended, as far as the record says."""
    if episode.return_ is None:
        return "not yet" if episode.end is None else "cannot be told"
    parts = [WARMTH[episode.return_.warmth]] if episode.return_.warmth else []
    acknowledged, explained = episode.return_.acknowledged, episode.return_.explained
    if acknowledged is not None:
        parts.append("spoke of having been away" if acknowledged else "without a word about having been away")
    if episode.said_why or explained:
        parts.append("said what it was")
    elif explained is False and acknowledged is not False and not episode.outside_cause:
        # Without a word about it there was none on what it was either; and a reason outside may have been named before.
        parts.append("without saying what it was")
    when = numbers.day(episode.return_.date, year=False)
    return f"on {when}, {', '.join(parts)}" if parts else f"on {when}"


def when(episode: Episode) -> str:
    """The days of an episode for a table; `end` is the first day back."""
    if episode.end is None:
        return f"since {numbers.day(episode.start)}"
    return numbers.day_range(episode.start, episode.end)
