"""`--why ID`: what one thing in a reading rests on, in plain words: whatever the screen or the JSON names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches

from rich.console import Console

from ebbtide.cli.details import LISTS, NO_LOOP, criterion_line, heading, measured, points, shared
from ebbtide.cli.screen import KINDS, named, paragraph, short_day, silence_sentences
from ebbtide.errors import BadSetting
from ebbtide.reading import Advice, Criterion, EpisodeReading, Finding, Hypothesis, Reading, Sign
from ebbtide.reading.loop import ONLY_A_COUNT
from ebbtide.report import loop_table
from ebbtide.report import signs as signs_in_words
from ebbtide.report import why as behind_it
from ebbtide.report.evidence import Sources
from ebbtide.report.names import names_of
from ebbtide.report.reasons import HARM

#: Words, and the points below them.
Part = tuple[str, list[str]]
NOTHING_THERE = "Nothing is told of this here."


def show_why(out: Console, reading: Reading, asked: str, known: Sources) -> None:
    """Print what one thing rests on, with the days of its messages (`known`) and never their words.

    `BadSetting` names what is close, and all that can be asked, where there is no such thing.
    """
    name = asked.strip().lower().replace(" ", "_")
    parts = list(about(reading, name, known))
    if not parts:
        everything = ids(reading)
        near = get_close_matches(name, everything, n=3, cutoff=0.5)
        near += [i for i in everything if len(name) > 2 and name in i and i not in near][:3]
        meant = f"Did you mean {', '.join(near)}? " if near else ""
        raise BadSetting(
            "There is nothing of that name in this reading.",
            where=asked,
            try_=f"{meant}You can ask about {', '.join(everything)}.",
        )
    heading(out, name)
    for words, lines in parts:
        paragraph(out, words, below=0 if lines else 1)
        if lines:
            points(out, lines)


def ids(reading: Reading) -> list[str]:
    """Everything that can be asked about, each once, in the order of the reading."""
    told = [f.key for f in reading.findings]
    if not reading.care_first:
        told += list(GROUPS)
        told += [c.id for e in reading.episodes for c in e.criteria]
        told += [s.id for s in (*reading.signs, *reading.counter_signs)]
    return list(dict.fromkeys([*told, *(h.id for h in reading.hypotheses), *(a.id for a in reading.advice)]))


def about(reading: Reading, asked: str, known: Sources) -> Iterator[Part]:
    """What is known under this name. Beside harm nothing but what is said there: no reading of quiet belongs there."""
    yield from (of_finding(f, reading, known) for f in reading.findings if f.key == asked)
    if not reading.care_first:
        if asked in GROUPS:
            yield from list(GROUPS[asked](reading, known)) or [(NOTHING_THERE, [])]
        for read in reading.episodes:
            lines = [with_days(c, known) for c in read.criteria if c.id == asked]
            if lines:
                yield f"{title_of(reading, read)}.", lines
        yield from (of_sign(s, reading, known) for s in (*reading.signs, *reading.counter_signs) if s.id == asked)
    yield from (of_reason(h) for h in reading.hypotheses if h.id == asked)
    yield from (of_advice(a, reading) for a in reading.advice if a.id == asked)


def of_finding(finding: Finding, reading: Reading, known: Sources) -> Part:
    """A finding with its days, its numbers in words, and what would change it, as the report has them."""
    it = behind_it.behind(finding, reading, names_of(reading, alias=False), known)
    facts = [f"{label}: {words}" if label else words for label, words in it.facts]
    told = [it.rests.rest, *it.others, *finding.limits, it.would_change]
    return finding.words, [*facts, *(words for words in told if words)]


def of_silences(reading: Reading, _: Sources) -> Iterator[Part]:
    """The present silence of each, and what is usual."""
    for silence in reading.silence:
        words = silence_sentences(silence, named(reading, silence.person), reading.span.days)
        yield words[0], words[1:]


def of_episodes(reading: Reading, known: Sources) -> Iterator[Part]:
    """Every spell of distance, with its two lists."""
    of_all = shared(reading.episodes)
    for read in reading.episodes:
        what = f"{title_of(reading, read)}; points to: {KINDS[read.kind]}. {' '.join(measured(read.episode))}"
        yield what, some(known.rests(read.episode.evidence, sampled=True).rest)
        for key, title in LISTS.items():
            yield f"{title}.", [with_days(c, known) for c in read.criteria if c.list == key]
        own = [words for words in read.other_explanations if words not in of_all]
        if own:
            yield "It may also have been.", own
    if of_all:
        yield "Each of these spells may also have been.", list(of_all)


def of_loop(reading: Reading, _: Sources) -> Iterator[Part]:
    """What of a loop shows, and every effect with its range."""
    if reading.loop is None or not reading.loop.periods:
        yield "The record is too short to look for a loop.", []
        return
    names = names_of(reading, alias=False)
    for period in reading.loop.periods:
        told = [effect.says for effect in period.claims] or [NO_LOOP]
        rows = [
            f"{what}: {much} (likely {range_})"
            for what, much, range_ in loop_table.rows_of(period, reading.people, names)
        ]
        yield f"{loop_table.when(period)}. {' '.join(told)}", rows
    answers = [each.says for each in reading.loop.answers if each.says]
    if answers:
        yield "Whether more answers are warmer ones.", [*answers, ONLY_A_COUNT]


def of_signs(reading: Reading, known: Sources) -> Iterator[Part]:
    """The signs of distance and of care that can be told, and what cannot."""
    yield from signs_told(reading, (*reading.signs, *reading.counter_signs), known)


def of_counter_signs(reading: Reading, known: Sources) -> Iterator[Part]:
    """Those of care."""
    yield from signs_told(reading, reading.counter_signs, known)


def signs_told(reading: Reading, every: Sequence[Sign], known: Sources) -> Iterator[Part]:
    """Signs, those that can be told one by one, the rest by name."""
    yield from (of_sign(s, reading, known) for s in every if s.direction != "unknown")
    rest = signs_in_words.untold(reading, every)
    if rest:
        yield "Of these nothing can be told from here.", list(rest)


def of_reasons(reading: Reading, _: Sources) -> Iterator[Part]:
    """Every reason, side by side; fear and harm are none to be weighed among others."""
    yield from (of_reason(h) for h in reading.hypotheses if h.id != HARM or h.weight != "cannot tell")


def of_every_advice(reading: Reading, _: Sources) -> Iterator[Part]:
    """Every piece of advice."""
    yield from (of_advice(a, reading) for a in reading.advice)


def of_limits(reading: Reading, _: Sources) -> Iterator[Part]:
    """What this cannot know."""
    yield "What this cannot know.", list(reading.limits)


#: What holds several things, by its name in the JSON.
GROUPS: dict[str, Callable[[Reading, Sources], Iterator[Part]]] = {
    "silence": of_silences,
    "episodes": of_episodes,
    "loop": of_loop,
    "signs": of_signs,
    "counter_signs": of_counter_signs,
    "hypotheses": of_reasons,
    "advice": of_every_advice,
    "limits": of_limits,
}


def title_of(reading: Reading, read: EpisodeReading) -> str:
    """Whose spell of distance, and when."""
    episode = read.episode
    until = f"to {short_day(episode.end)}" if episode.end else "until now"
    return f"{named(reading, episode.person).first}, {short_day(episode.start)} {until}"


def of_sign(sign: Sign, reading: Reading, known: Sources) -> Part:
    """A sign against the person's own usual."""
    title = f"{named(reading, sign.person).first}: {signs_in_words.title(sign)}"
    if sign.direction == "unknown":
        return f"{title}.", ["Cannot be told from here. A check-in each day would tell."]
    rests = known.rests(sign.evidence if sign.direction == "more" else (), sampled=True).rest
    return f"{title}.", [signs_in_words.compared(sign), *some(rests)]


def of_reason(reason: Hypothesis) -> Part:
    """A reason with what speaks for and against it."""
    for_, against = (
        [f"{which} it: {p}" for p in points_] for which, points_ in (("For", reason.for_), ("Against", reason.against))
    )
    nothing = [] if for_ or against else ["Nothing seen here speaks for or against it."]
    return f"{reason.title}: {reason.weight}.", [*for_, *against, *nothing, f"What would tell: {reason.would_tell}"]


def of_advice(step: Advice, reading: Reading) -> Part:
    """A piece of advice with what it rests on."""
    because = [f"Because: {f.words}" for key in step.because for f in reading.findings if f.key == key]
    told = ["Because of what you told."] if {"told", "safety"} & set(step.because) and reading.intake else []
    return f"{step.title}. {step.text}", [
        *because,
        *told,
        *some(step.caution),
        f"Source: {step.source} ({step.grade}).",
    ]


def with_days(criterion: Criterion, known: Sources) -> str:
    """A criterion with its state, why, and the days of the messages it rests on."""
    days = known.rests(criterion.evidence).rest
    return f"{criterion_line(criterion, rests=False)}{f' {days}' if days else ''}"


def some(words: str | None) -> list[str]:
    """The words as a point; none where there are none."""
    return [words] if words else []
