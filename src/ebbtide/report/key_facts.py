"""The key facts of the first page: a few lines that say where things stand, each with its words for not knowing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ebbtide.episodes import Episode
from ebbtide.reading import Reading, Silence, present
from ebbtide.reading.phrases import one_spell_in
from ebbtide.report import episode_words, now, numbers
from ebbtide.report.episode_words import WARMTH
from ebbtide.report.loop import arrows_of, shown
from ebbtide.report.names import Names
from ebbtide.report.reasons import named
from ebbtide.selfreport import Intake

Fact = tuple[str, str]

CONTACT = {"usual": "as usual", "less": "less than usual", "checks_in": "a word now and then", "none": "none"}
ASKED = {"yes": "yes", "no": "no", "unsure": "not clear"}
ENDED = {
    "warm": "they ended warmly",
    "flat": "they ended flatly",
    "unacknowledged": "they ended without a word about it",
    "varied": "they ended in different ways",
}


#: What is possible whenever someone is quiet, in the order of the longer list beside an episode.
ELSE = "work, illness, travel, calls elsewhere, time together"


def key_facts(reading: Reading, names: Names) -> list[Fact]:
    """Up to half a dozen lines; none where someone may be in danger."""
    if reading.care_first:
        return []
    if reading.span.messages == 0:
        return list(of_answers(reading.intake)) if reading.intake else []
    if not reading.enough:
        return []
    return [*of_silences(reading, names), *of_episodes(reading, names), *of_else(reading), *of_loop(reading)]


def of_silences(reading: Reading, names: Names) -> Iterator[Fact]:
    """The silence of the person the answer speaks of, and the other's where it stands out; each says whose it is.

    Of the reader nothing is counted beside it: to leave room is no silence that stands out.
    """
    who = present(reading).who
    for silence in sorted(reading.silence, key=lambda s: s.person != who):
        # A silence that is usual is a fact only where the answer is about it.
        if (silence.person == who and now.is_told(silence, reading)) or (
            stands_out(silence) and silence.person != reading.reader
        ):
            yield from of_silence(silence, names, ended=now.ended(reading), announced=now.announced(silence, reading))


def of_silence(silence: Silence, names: Names, *, ended: bool, announced: bool) -> Iterator[Fact]:
    """One silence and how usual it is; none under an hour, and of an old record only what stood out in it."""
    if silence.hours is None or silence.hours < 1 or silence.word == "unknown" or (ended and not stands_out(silence)):
        return
    often = ""
    if stands_out(silence) and silence.one_in is not None:
        often = f" ({one_spell_in(silence.one_in)})"
    whose = numbers.sentence(names.whose(silence.person))
    when = "at the end of the record" if ended else "now"
    how = "as announced" if announced else f"{silence.word}{often}"
    yield f"{whose} silence {when}", f"{numbers.duration(silence.hours)}: {how}"


def stands_out(silence: Silence) -> bool:
    """Whether a silence is more than usual."""
    return silence.word in ("long", "unusual")


def of_episodes(reading: Reading, names: Names) -> Iterator[Fact]:
    """The running episode, and how earlier ones went."""
    for it in (e.episode for e in reading.episodes if e.episode.end is None):
        sure = episode_words.strength(it.probability)
        name = numbers.sentence(names.told(it.person))
        since = f"distant since {numbers.day(it.start, year=False)}, {numbers.length(it.days)} so far"
        said = since if sure.startswith("too early") else f"{since}; {sure}"
        word = episode_words.last_word(reading, it.person)
        if word is not None and episode_words.silent_throughout(it):
            # The certain part first.
            said = f"no message since {numbers.day(word, year=False)}; {since if said == since else f'{sure} {since}'}"
        yield "The present episode", f"{name}: {said}"
    earlier = [e.episode for e in reading.episodes if e.episode.end is not None]
    if not reading.episodes:
        yield "Episodes", f"none in {numbers.stretch(reading.span.days)}"
    elif earlier:
        yield "Episodes that are over", f"{over(earlier)}{whose(earlier, names)}"


def of_else(reading: Reading) -> Iterator[Fact]:
    """What else a quiet may be, wherever one is told of; nothing is excused beside signs of harm.

    After words that it has ended a quiet needs no other reason.
    """
    if reading.tells("parting_named"):
        return
    quiet = any(map(stands_out, reading.silence)) or any(e.episode.end is None for e in reading.episodes)
    if quiet:
        weighed = "; ".join(named(reading))
        yield "What else it may be", f"{weighed}; or {ELSE}" if weighed else ELSE


def over(episodes: list[Episode]) -> str:
    """How many, how long and how they ended."""
    said = f"{numbers.in_words(len(episodes))}, of {numbers.lengths([e.days for e in episodes])}"
    ends = Counter(e.return_.warmth for e in episodes if e.return_ and e.return_.warmth)
    if len(ends) == 1 and ends.total() == len(episodes):
        return f"{said}; {'each ' if len(episodes) > 1 else ''}ended {WARMTH[next(iter(ends))]}"
    endings = [f"{numbers.in_words(ends[w])} ended {words}" for w, words in WARMTH.items() if ends[w]]
    return f"{said}; {numbers.listed(endings)}" if endings else said


def whose(episodes: list[Episode], names: Names) -> str:
    """Whose they were, where both had some."""
    each = Counter(e.person for e in episodes).most_common()
    if len(each) == 1:
        return ""
    (one, many), (other, few) = each
    possessive = {p: "yours" if names.told(p) == "you" else names.whose(p) for p in (one, other)}
    verb = "was" if many == 1 else "were"
    return f"; {numbers.in_words(many)} {verb} {possessive[one]}, {numbers.in_words(few)} {possessive[other]}"


def of_loop(reading: Reading) -> Iterator[Fact]:
    """Where a loop shows; nothing of it beside signs of harm."""
    loop = shown(reading)
    told = 0 if loop is None else sum(a.told for a in arrows_of(loop.periods[0], reading.people))
    if told:
        yield "A loop", "shows in one direction" if told == 1 else "shows in both directions"


def of_answers(intake: Intake) -> Iterator[Fact]:
    """What was answered of the distance itself; answers about safety and mood stay out of any report."""
    if intake.since_days is not None:
        yield "Distant for", f"about {numbers.about(intake.since_days)}"
    if intake.contact is not None:
        yield "Contact", CONTACT[intake.contact]
    if intake.asked_for_space is not None:
        yield "Room was asked for", ASKED[intake.asked_for_space]
    if intake.before.times is not None:
        times = "never" if intake.before.times == 0 else numbers.times(intake.before.times)
        ended = ENDED.get(intake.before.ended or "", "")
        yield "It happened before", f"{times}; {ended}" if ended and intake.before.times else times
