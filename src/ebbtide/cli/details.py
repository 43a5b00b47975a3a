"""`--all`: everything the reading holds, below its first screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from ebbtide.cli.screen import KINDS, left, named, paragraph, short_day, show_step, spoken_in, steps
from ebbtide.episodes import Episode
from ebbtide.reading import Advice, Criterion, EpisodeReading, Reading, Voice, phrases, sections
from ebbtide.reading.loop import ONLY_A_COUNT
from ebbtide.reading.present import not_the_reader
from ebbtide.report.episode_words import longest

VOICES: dict[Voice, str] = {
    "waiting": "For the one who waits",
    "withdrawing": "For the one who pulls away",
}
NO_LOOP = "This record neither shows a loop between the two nor rules one out."
MET = {True: "met", False: "not met", None: "not known"}
LISTS = {"processing": "What speaks for settling alone", "concerning": "What would be a worry"}


def show_all(out: Console, reading: Reading, voice: Voice | None = None) -> None:
    """Print each episode with its reasons, the findings, the advice that the first screen has not shown (that of the
    reader only where care comes first) and the limits."""
    voice = spoken_in(reading, voice)
    if not reading.care_first:
        of_all = shared(reading.episodes)
        for read in reading.episodes:
            show_episode(out, reading, read, of_all)
        if of_all:
            heading(out, "Each of these spells may also have been")
            points(out, of_all)
        show_findings(out, reading)
        show_loop(out, reading)
        for section in sections(reading):
            heading(out, section.title)
            points(out, section.lines)
        show_reasons(out, reading)
    seen = {a.text for a in steps(reading, voice)}
    alone = reading.told_only or (reading.care_first and reading.reader is not None)
    for each in [voice] if alone else sorted(VOICES, key=lambda v: v != voice):
        rest = [a for a in reading.advice if a.voice == each and a.text not in seen]
        show_voice(out, rest, spoken_to(reading, each, own=each == voice))
        if reading.reader is not None:  # One reader need not read the same twice; two readers each want theirs.
            seen |= {a.text for a in rest}
    if reading.limits:
        heading(out, "What this cannot know")
        points(out, reading.limits)
    show_imports(out, reading)


def spoken_to(reading: Reading, each: Voice, *, own: bool) -> str:
    """Who is spoken to in a voice: the reader where it is their `own`, else the other by name; without a reader, the
    one who waits or the one who pulls away."""
    if reading.reader is None:
        return VOICES[each]
    return "For you, beside that" if own else f"Said to {named(reading, not_the_reader(reading)).first}"


def show_loop(out: Console, reading: Reading) -> None:
    """What can be told of how each one's moves go with the other's, and whether more answers are warmer ones."""
    if reading.loop is None or not reading.loop.periods or not reading.episodes:
        return
    told = [effect.says for effect in reading.loop.periods[0].claims]
    heading(out, "Whether you feed each other" if reading.reader else "Whether the two feed each other")
    answers = [each.says for each in reading.loop.answers if each.says]
    points(out, [*(told or [NO_LOOP]), *answers, *([ONLY_A_COUNT] if answers else [])])


def measured(episode: Episode) -> list[str]:
    """How sure a spell is, how long it was and what was left in it, as far as that is known."""
    told = [f"{phrases.lasting_days(episode.days).capitalize()}."]
    if episode.probability is None:
        return told
    told.insert(0, f"Withdrawing: {phrases.strength(episode.probability)} ({episode.probability:.0%}).")
    if episode.contact_kept is not None:
        share = f"{episode.contact_kept:.0%} of the usual number; {given_the_chances(episode)}"
        told.append(f"Messages: {share if episode.contact_kept > 0 else 'none'}.")
    if episode.longest_silence_hours is not None:
        told.append(f"The longest silence was {longest(episode)}.")
    return told


def given_the_chances(episode: Episode) -> str:
    """What the model says was left, which a count cannot: the other may have written less, too."""
    share = left(episode)
    return f"starting and answering, given the chances, {phrases.as_often(share)}"


def shared(episodes: Sequence[EpisodeReading]) -> tuple[str, ...]:
    """What else every one of several spells may have been, to be said once for all; nothing for a single spell."""
    if len(episodes) < 2:
        return ()
    first, *others = (read.other_explanations for read in episodes)
    return tuple(words for words in first if all(words in other for other in others))


def show_episode(out: Console, reading: Reading, read: EpisodeReading, of_all: Sequence[str] = ()) -> None:
    """One episode: dates, what was there, the two lists, what else it may have been beside what is told `of_all`."""
    episode = read.episode
    until = f"to {short_day(episode.end)}" if episode.end else "until now"
    heading(
        out,
        f"{named(reading, episode.person).first}, {short_day(episode.start)} {until}; points to: {KINDS[read.kind]}",
    )
    paragraph(out, " ".join(measured(episode)))
    for key, title in LISTS.items():
        criteria = [c for c in read.criteria if c.list == key]
        if criteria:
            paragraph(out, title, style="bold", below=0)
            points(out, [criterion_line(c) for c in criteria])
    if read.noted:
        paragraph(out, "Noted in the week before", style="bold", below=0)
        points(out, read.noted)
    own = [words for words in read.other_explanations if words not in of_all]
    if own:
        paragraph(out, "It may also have been", style="bold", below=0)
        points(out, own)


def criterion_line(criterion: Criterion, *, rests: bool = True) -> str:
    """One criterion with its state and why, and with how many messages it `rests` on."""
    some = f" [{phrases.counted(len(criterion.evidence), 'message')}]" if criterion.evidence and rests else ""
    return f"{MET[criterion.met]}: {criterion.title}. {criterion.why}{some}"


def show_findings(out: Console, reading: Reading) -> None:
    """The findings that the answer above does not tell in the same words, with their limits."""
    answer = " ".join((reading.answer.now, reading.answer.may_be, reading.answer.unknown))
    # Of a record that ended long ago, its last silence is none of now.
    over = reading.tells("record_ended")
    for finding in reading.findings:
        if finding.words in answer or (over and finding.key == "present_silence"):
            continue
        paragraph(out, finding.words, below=0 if finding.limits else 1)
        if finding.limits:
            points(out, finding.limits)


def show_reasons(out: Console, reading: Reading) -> None:
    """The reasons with anything for or against them, side by side."""
    # That the record covers these days is no reason to tell.
    told = [h for h in reading.hypotheses if h.for_ or (h.against and h.id != "missing_data")]
    if told:
        heading(out, "Reasons, side by side")
    for reason in (h for h in told if h.for_):
        paragraph(out, f"{reason.title}: {reason.weight}", below=0)
        points(
            out, [*reason.for_, *(f"Against it: {p}" for p in reason.against), f"What would tell: {reason.would_tell}"]
        )
    without = [phrases.small(h.title) for h in told if not h.for_]
    if without:
        paragraph(out, f"Nothing seen here speaks for: {'; '.join(without)}.")


def show_voice(out: Console, advice: Sequence[Advice], title: str) -> None:
    """More advice for one reader."""
    if advice:
        heading(out, title)
        show_step(out, advice)


def show_imports(out: Console, reading: Reading) -> None:
    """What became of every line of the files; nothing where there are none."""
    if not reading.imports:
        return
    heading(out, "The files")
    for report in reading.imports:
        choices = "".join(f", {key.replace('_', ' ')} {value}" for key, value in report.choices.items())
        counts = f"{phrases.counted(report.lines, 'line')}, {phrases.counted(report.events, 'event')}"
        paragraph(out, f"{report.file}: {report.format}, {counts}, {report.unreadable} unreadable{choices}.", below=0)
        points(out, [f"record {p.record}: {p.code.replace('_', ' ')}" for p in report.problems[:10]])


def heading(out: Console, words: str) -> None:
    """The title of a section."""
    paragraph(out, words, style="bold underline")


def points(out: Console, lines: list[str] | tuple[str, ...]) -> None:
    """A short list."""
    for line in lines:
        paragraph(out, f"- {line}", left=2, hang=2, below=0)
    out.print()
