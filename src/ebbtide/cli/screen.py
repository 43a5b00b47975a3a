"""A reading on the terminal: the answer first, then why, then one step. It fits on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from ebbtide.cli.plain import plain
from ebbtide.episodes import Episode
from ebbtide.guide.advice import ordered_voices
from ebbtide.reading import (
    Advice,
    EpisodeReading,
    Kind,
    Reading,
    Silence,
    Voice,
    addressed,
    phrases,
    present,
    quiet,
    sign_words,
)

#: Longer lines are hard to read, however wide the window.
WIDEST = 88
#: As many episodes as leave room for the answer and the step.
LATEST = 6
LONGEST_NAME = 16
#: Where there may be danger, a second step is in view, too: whom else to tell, and a device of one's own.
STEPS_OF_SAFETY = 2
#: Low mood stays in view beside what leads.
OF_LOW_MOOD = frozenset(
    {"help.low_mood", "help.low_mood.baby", "help.low_named", "named.low", "named.low.own", "say.low_other"}
)
#: The step that only says to sleep.
NOT_TONIGHT = "waiting.unusual.night"

REST = "--all shows the reasons and the limits, --html FILE writes the report."

#: Which way the two lists of reasons point, in a word or two; they are one step away with `--all`.
KINDS: dict[Kind, str] = {
    "processing": "settling alone",
    "concerning": "a worry",
    "mixed": "partly a worry",
    "open": "still open",
    "unclear": "cannot be told",
}


#: Signs of danger are often missed, so that help is always in view.
HELP = "Afraid, or in danger: ebbtide helplines."


def console() -> Console:
    """Standard output as Rich sees it: `NO_COLOR` and the width of the window respected, nothing guessed from text."""
    measured = Console(highlight=False, markup=False, emoji=False)
    measured.width = min(measured.width, WIDEST)
    return measured


def show(out: Console, reading: Reading, voice: Voice | None, *, rest: str = REST) -> None:
    """Print the answer, the episodes it rests on, and one step; `rest` says where everything else is."""
    voice = spoken_in(reading, voice)
    if reading.safety.level == "urgent":
        paragraph(out, reading.answer.now, style="bold")
        if reading.told_only and reading.answer.may_be:
            paragraph(out, reading.answer.may_be)
        show_safety(out, reading)
        show_step(out, steps(reading, voice))
        paragraph(out, HELP, style="dim")
        return
    show_answer(out, reading)
    if of_signs := sign_words.standing_out(reading):
        paragraph(out, of_signs)
    for finding in reading.findings:
        if finding.key in ("changed", "carried", "told_otherwise"):
            paragraph(out, finding.words)
    if reading.safety.level == "look":
        show_safety(out, reading)
    ended = reading.tells("parting_named")
    if reading.episodes and not (reading.told_only or reading.care_first or ended):
        paragraph(out, episodes_heading(reading), style="bold")
        show_episodes(out, reading)
        out.print()
    show_step(out, steps(reading, voice))
    # Beside danger nobody is asked to write a report that others may find.
    show_foot(out, reading, "" if reading.safety.level != "none" else rest)


def spoken_in(reading: Reading, asked: Voice | None) -> Voice:
    """The voice of the words: the one that was asked for, unless the messages show that it is the other way round."""
    return addressed(reading) or asked or voice_of(reading)


def voice_of(reading: Reading) -> Voice:
    """Words for the one who pulls away if the answer is about the reader, else those for the one waiting."""
    return ordered_voices(reading, present(reading))[0]


def show_answer(out: Console, reading: Reading) -> None:
    """What is, what it may be, what is not known."""
    paragraph(out, reading.answer.now, style="bold")
    for words in (reading.answer.may_be, reading.answer.unknown):
        if words:
            paragraph(out, words)


def show_safety(out: Console, reading: Reading) -> None:
    """The words about harm, before anything else is advised."""
    if reading.safety.shown:
        paragraph(out, reading.safety.shown, style="bold")


def steps(reading: Reading, voice: Voice) -> list[Advice]:
    """What is shown of the advice at once: the first piece for this voice, and the answer to a question."""
    asked = reading.intake is not None and reading.intake.question is not None
    own = [a for a in reading.advice if a.voice == voice]
    # That nothing is to be decided tonight is not all there is to say.
    for_tonight = bool(own) and own[0].id == NOT_TONIGHT
    low = any(a.id in OF_LOW_MOOD for a in own[1:2])
    return own[: STEPS_OF_SAFETY if reading.care_first else 1 + (asked or for_tonight or low)]


def show_step(out: Console, advice: Sequence[Advice]) -> None:
    """Pieces of advice, each with how well it is supported."""
    for step in advice:
        show_advice(out, step)


def show_advice(out: Console, step: Advice) -> None:
    """One piece of advice: title, text, caution, and where it comes from."""
    paragraph(out, step.title, style="bold", below=0)
    paragraph(out, step.text, below=0)
    if step.caution:
        paragraph(out, step.caution, below=0)
    paragraph(out, f"Source: {step.source} ({step.grade}).", style="dim")


def show_foot(out: Console, reading: Reading, rest: str) -> None:
    """What the reading rests on, and where the rest of it is."""
    if reading.told_only:
        paragraph(out, f"From what you told, with no messages beside it. {rest} {HELP}".replace("  ", " "), style="dim")
        return
    span = reading.span
    parts = [f"{phrases.counted(span.messages, 'message')} in {phrases.counted(span.days, 'day')}, {span.tz} time"]
    unreadable = sum(r.unreadable for r in reading.imports)
    if unreadable:
        parts.append(f"{phrases.counted(unreadable, 'line')} could not be read")
    paragraph(out, f"{'; '.join(parts)}. {rest} {HELP}".replace("  ", " "), style="dim")


def episodes_heading(reading: Reading) -> str:
    """The title over the table."""
    shown, total = min(LATEST, len(reading.episodes)), len(reading.episodes)
    if total == 1:
        return "One spell of distance stands out"
    return (
        f"The last {shown} of {total} spells of distance that stand out"
        if total > shown
        else f"{total} spells of distance stand out"
    )


def show_episodes(out: Console, reading: Reading) -> None:
    """Print the latest episodes as a table, or in words where the window is too narrow for one."""
    table = episode_table(reading)
    if Measurement.get(out, out.options.update(max_width=WIDEST), table).maximum <= out.width:
        out.print(table)
        return
    for read in reading.episodes[-LATEST:]:
        paragraph(out, episode_words(reading, read), hang=2, below=0)


def episode_words(reading: Reading, read: EpisodeReading) -> str:
    """What a row of the table holds, in words."""
    who, start, back, days, _, points = episode_cells(reading, read)
    left_over = f"Wrote {wrote(read.episode)}"
    until = f" to {back}" if read.episode.end else f", {back} back"
    return f"{who}, {start}{until}, {phrases.counted(int(days), 'day')}. {left_over}. Points to: {points}."


def left(episode: Episode) -> float | None:
    """The share of the usual that is left, where it was measured."""
    return None if episode.depth is None else 1 - episode.depth


def wrote(episode: Episode) -> str:
    """How much is left in words: "about a third as often", or nothing where no message came."""
    return "nothing" if episode.contact_kept == 0 else phrases.as_often(left(episode))


def episode_table(reading: Reading) -> Table:
    """The latest episodes: who, from, to, days, what was left, which way it points."""
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Who", max_width=LONGEST_NAME, no_wrap=True)
    for title in ("From", "Back", "Days", "Of the usual", "Points to"):
        table.add_column(title, justify="right" if title == "Days" else "left", overflow="fold")
    for read in reading.episodes[-LATEST:]:
        table.add_row(*(Text(plain(cell)) for cell in episode_cells(reading, read)))
    return table


def episode_cells(reading: Reading, read: EpisodeReading) -> tuple[str, ...]:
    """The cells of one row."""
    episode = read.episode
    return (
        named(reading, episode.person).first,
        short_day(episode.start),
        short_day(episode.end, year=episode.end.year != episode.start.year) if episode.end else "not yet",
        f"{episode.days}",
        wrote(episode).removesuffix(" as often"),
        KINDS[read.kind],
    )


def show_silences(out: Console, silences: Sequence[Silence], names: dict[str, phrases.Named], record_days: int) -> None:
    """Print how unusual each person's present silence is, with how often that comes in a record this long."""
    for silence in silences:
        said = silence_sentences(silence, names[silence.person], record_days)
        paragraph(out, said[0], style="bold", below=0 if said[1:] else 1)
        if said[1:]:
            paragraph(out, " ".join(said[1:]))


def silence_sentences(silence: Silence, who: phrases.Named, record_days: int) -> list[str]:
    """A silence in words: what is and how rare, how often that comes, what is usual."""
    said = [quiet.silence_words(silence, who), quiet.how_often(silence, record_days)]
    if silence.usual_hours and silence.hours is not None and silence.hours >= 1:
        half, nine = (phrases.lasting(silence.usual_hours[key]) for key in ("p50", "p90"))
        said.append(f"Half of {who.whose} quiet spells last {half} or less, nine in ten {nine} or less.")
    return [words for words in said if words]


def named(reading: Reading, person: str) -> phrases.Named:
    """A person as the terminal speaks of them."""
    return next(phrases.Named(p.name, p.me) for p in reading.people if p.id == person)


def short_day(day: date, *, year: bool = True) -> str:
    """A day for a table: "3 May 2025", "3 May"."""
    short = f"{day.day} {phrases.MONTHS[day.month - 1][:3]}"
    return f"{short} {day.year}" if year else short


def paragraph(out: Console, words: str, *, style: str = "", left: int = 0, hang: int = 0, below: int = 1) -> None:
    """Print words wrapped to the width, `left` spaces in and later lines `hang` further, with empty lines below."""
    for i, line in enumerate(Text(plain(words)).wrap(out, max(out.width - left - hang, 20))):
        line.rstrip()
        line.stylize(style)
        out.print(" " * (left + (hang if i else 0)), line, sep="")
    for _ in range(below):
        out.print()
