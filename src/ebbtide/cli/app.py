"""The commands. Each one is short: options in, the library called, words out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from ebbtide.cli.failures import Commands, told
from ebbtide.cli.figures import number, whole

app = typer.Typer(
    name="ebbtide",
    cls=Commands,
    help="Reads, on your own machine, the conversation two people have, for distance, reaching and return.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", readable=False, help="Exports of one conversation: files, zips, folders."),
]
Me = Annotated[str | None, typer.Option(metavar="NAME", help="Which of the two is you, as the export writes it.")]
Zone = Annotated[str | None, typer.Option(metavar="ZONE", help="Time zone of the phone, like Europe/London.")]
Now = Annotated[str | None, typer.Option(metavar="ISO", help="Until when the record is known, like 2025-05-03T21:30.")]
Dates = Annotated[Literal["dmy", "mdy"] | None, typer.Option(help="Order of day and month, where both fit.")]
People = Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="The two people, where more wrote.")]
Answered = Annotated[
    Path | None, typer.Option("--answers", metavar="FILE|-", help="Answers as JSON instead of questions.")
]
Kept = Annotated[
    Path | None, typer.Option("--file", metavar="FILE", help="Add the result to this file, and show the change.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def version(asked: bool) -> None:
    """Print the version and end."""
    if asked:
        from ebbtide import __version__

        typer.echo(f"ebbtide {__version__}")
        raise typer.Exit


@app.callback()
def ebbtide(
    _: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Reads, on your own machine, the conversation two people have, for distance, reaching and return."""


@app.command()
@told
def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to put the files.")] = Path("ebbtide-demo"),
) -> None:
    """Make up a couple and read their export."""
    from ebbtide.cli import made_up, screen

    reading, page = made_up.demo(out)
    screen.show(screen.console(), reading, None, rest="")
    typer.echo(f"These two people are made up.\nTheir report: {page.resolve()}")


@app.command()
@told
def read(
    files: Files,
    me: Me = None,
    tz: Zone = None,
    now: Now = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Leave out what was before.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Leave out what came after.")] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report there.")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it there as PDF (extra pdf).")] = None,
    level: Annotated[
        Literal["numbers", "paraphrase", "quotes"], typer.Option(help="What the report shows of the messages.")
    ] = "numbers",
    alias: Annotated[bool, typer.Option("--alias", help="Replace the names.")] = False,
    dates: Dates = None,
    people: People = None,
    explain_away: Annotated[
        list[str] | None,
        typer.Option(metavar="D..D=REASON", help="Days with a known reason: home, travel, ill, work, other."),
    ] = None,
    checkins: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Daily notes as CSV: date, person, item, value from 0 to 4.")
    ] = None,
    intake: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your answers to the intake, read beside the messages.")
    ] = None,
    voice: Annotated[
        Literal["waiting", "withdrawing"] | None, typer.Option(help="Whose words: the one waiting or pulling away.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Reasons, limits, and both voices if none is named.")] = False,
    why: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Show what one thing in it rests on; may be given again.")
    ] = None,
    json: Json = False,
) -> None:
    """What is, what it may be, one step."""
    from ebbtide.cli import moments, reading
    from ebbtide.cli.talk import Source

    reading.tell(
        Source(tuple(files), me=me, tz=moments.zone(tz), dates=dates, people=people, ask=not json),
        reading.Asked(
            now=moments.checked_now(now),
            since=moments.day(since, "--since"),
            until=moments.day(until, "--until"),
            explain_away=moments.explained_away(explain_away or ()),
            checkins=checkins,
            intake=intake,
            voice=voice,
        ),
        reading.Shown(html=html, pdf=pdf, level=level, alias=alias, everything=all_, why=tuple(why or ()), json=json),
    )


@app.command(short_help="No export needed: a dozen short questions.")
@told
def intake(
    answers: Annotated[
        Path | None, typer.Option(metavar="FILE", readable=False, help="Answers as JSON instead of questions; - too.")
    ] = None,
    voice: Annotated[
        Literal["waiting", "withdrawing"] | None, typer.Option(help="Which one you are: waiting, or pulling away.")
    ] = None,
    now: Now = None,
    earlier: Annotated[
        Path | None, typer.Option(metavar="FILE", readable=False, help="Earlier answers, to be compared with.")
    ] = None,
    keep: Annotated[Path | None, typer.Option(metavar="FILE", help="Keep the answers there.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Reasons, limits, and both voices if none is named.")] = False,
    json: Json = False,
) -> None:
    """No export needed: a dozen or so short questions, and a reading from what you answer."""
    from ebbtide.cli import intake, moments

    at = moments.clock() if now is None else moments.moment(now, "UTC")
    intake.tell(intake.Asked(answers, voice, at, earlier, keep), json_=json, everything=all_)


@app.command()
@told
def now(
    files: Files,
    me: Me = None,
    tz: Zone = None,
    now: Now = None,
    dates: Dates = None,
    people: People = None,
    json: Json = False,
) -> None:
    """Only: how unusual the present silence is."""
    from ebbtide.cli import moments, silence
    from ebbtide.cli.talk import Source

    source = Source(tuple(files), me=me, tz=moments.zone(tz), dates=dates, people=people, ask=not json)
    silence.tell(source, moments.checked_now(now), json=json)


@app.command()
@told
def events(
    files: Files,
    me: Me = None,
    tz: Zone = None,
    dates: Dates = None,
    people: People = None,
    format_: Annotated[
        Literal["parquet", "csv", "jsonl"] | None, typer.Option("--format", help="Of the table.")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it there.")] = None,
    report: Annotated[bool, typer.Option("--report", help="Instead: what became of every line, as JSON.")] = False,
) -> None:
    """The table of every message and call."""
    from ebbtide.cli import moments, table
    from ebbtide.cli.talk import Source

    source = Source(tuple(files), me=me, tz=moments.zone(tz), dates=dates, people=people, ask=False)
    table.write(source, out, format_, report=report)


@app.command(short_help="What presses, blames or threatens in a draft.")
@told
def check(
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT|-]", help="The draft; - reads it from standard input.")
    ] = None,
    talk: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", readable=False, help="The conversation it is written into.")
    ] = None,
    me: Me = None,
    tz: Zone = None,
    now: Now = None,
    dates: Dates = None,
    people: People = None,
    voice: Annotated[
        Literal["waiting", "withdrawing"], typer.Option(help="Who writes: the one waiting or pulling away.")
    ] = "waiting",
    json: Json = False,
) -> None:
    """What presses, blames or threatens in a draft, why, and gentler words. Nothing is kept."""
    from ebbtide.cli import check, moments
    from ebbtide.cli.talk import Source

    source = Source(tuple(talk or ()), me=me, tz=moments.zone(tz), dates=dates, people=people, ask=not json)
    check.tell(text or (), source, moments.checked_now(now), voice, json=json)


@app.command(short_help="What each message of a file does.")
@told
def moves(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE|-]", readable=False, help="Messages, one JSON object a line.")
    ] = None,
    encoder: Annotated[
        bool, typer.Option("--encoder", help="Beside the packaged model, read by the extra encoder: surer, and slow.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="JSON lines; there is no other form.")] = False,  # noqa: ARG001
) -> None:
    """What each message of a file of JSON lines does between two people."""
    from ebbtide.cli import moves

    moves.tell(file, sys.stdout, encoder=encoder)


@app.command()
@told
def checkin(
    date: Annotated[str | None, typer.Option(metavar="DAY", help="An earlier day, like 2025-05-03.")] = None,
    file: Annotated[Path | None, typer.Option(metavar="CSV", help="Where to note it.")] = None,
    person: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whom it is about, as the export writes the name.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="ITEM=VALUE", help="Note this, 0 to 4, and ask nothing.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Show the last days.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last sitting back.")] = False,
    items: Annotated[
        bool, typer.Option("--items", help="Show what can be noted: signs, what weighs, thanks, plans, agreements.")
    ] = False,
    json: Json = False,
) -> None:
    """Note how today was, in two answers. It goes into ebbtide-checkins.csv here, for read --checkins."""
    from ebbtide.cli import checkin

    checkin.tell(
        checkin.Asked(date, file, person, tuple(set_ or ())), listed=list_, undone=undo, items=items, json=json
    )


@app.command(short_help="Eight sentences about yourself.")
@told
def style(answers: Answered = None, file: Kept = None, json: Json = False) -> None:
    """Eight sentences about yourself: fear of being left, and closeness getting too much. Not a tested scale."""
    from ebbtide.cli import sheets

    sheets.tell("style", answers, file, json=json)


@app.command(short_help="A short published questionnaire about yourself.")
@told
def measure(
    name: Annotated[
        Literal["phq2", "gad2", "csi4"], typer.Argument(metavar="phq2|gad2|csi4", help="Mood, worry, or contentment.")
    ],
    answers: Answered = None,
    file: Kept = None,
    json: Json = False,
) -> None:
    """A short published questionnaire about yourself, and what its score means and does not."""
    from ebbtide.cli import sheets

    sheets.tell(name, answers, file, json=json)


@app.command(short_help="Who to call in danger.")
@told
def helplines(
    country: Annotated[
        str | None, typer.Argument(metavar="[COUNTRY]", help="Its name or code, like Ireland or IE; none lists all.")
    ] = None,
    json: Json = False,
) -> None:
    """Who to call in danger, or where somebody threatens or controls, by country."""
    from ebbtide.cli import helplines

    helplines.tell(country, json=json)


@app.command(short_help="What helps, and where to turn, without any chat.")
@told
def guide(
    topic: Annotated[
        str | None, typer.Argument(metavar="[TOPIC]", help="What to browse, like settling; none lists all.")
    ] = None,
    voice: Annotated[
        Literal["waiting", "withdrawing"] | None,
        typer.Option(help="Only what is for the one waiting, or pulling away."),
    ] = None,
    do: Annotated[str | None, typer.Option("--do", metavar="NAME", help="One exercise, along a calm count.")] = None,
    about: Annotated[
        str | None, typer.Option(metavar="PROBLEM", help="Where to turn with it: guide where lists them.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Where to turn there, like Ireland or IE.")
    ] = None,
    pack: Annotated[
        list[Path] | None, typer.Option("--pack", metavar="FILE", help="Places of your own, as TOML, beside ours.")
    ] = None,
    json: Json = False,
) -> None:
    """Exercises, ways of saying it, coming back, the repair talk, weighing it, and where to turn."""
    from ebbtide.cli import guide

    guide.tell(guide.Asked(topic, voice, do, about, country, tuple(pack or ())), json=json)


@app.command()
@told
def simulate(
    model: Annotated[str | None, typer.Argument(metavar="[MODEL]", help="Its id; --list shows them.")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="K=V", help="A parameter, or where a state starts.")
    ] = None,
    for_: Annotated[
        float | None, typer.Option("--for", metavar="N", parser=number, help="How long, in the model's unit.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", parser=whole, help="Of chance: the same seed, the same run.")] = 1,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the course as .csv or .json, or draw it as .svg.")
    ] = None,
    over: Annotated[
        str | None, typer.Option(metavar="K=LOW..HIGH", help="Draw where it rests over a range of one parameter.")
    ] = None,
    basins: Annotated[
        str | None, typer.Option(metavar="STATE,STATE", help="Draw where starts end, over two states.")
    ] = None,
    export: Annotated[
        tuple[str, Path] | None,
        typer.Option(metavar="APP FILE", help="Write the dyad as a chat of whatsapp or telegram, its truth beside it."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Show the models.")] = False,
    json: Json = False,
) -> None:
    """Run a model of two people. It shows what the model does, and when it tips."""
    from ebbtide.cli import simulate
    from ebbtide.errors import BadSetting

    if list_:
        simulate.listed(json=json)
        return
    if model is None:
        raise BadSetting("No model was named.", where="MODEL", try_="See ebbtide simulate --list.")
    simulate.tell(simulate.Asked(model, tuple(set_ or ()), for_, seed, over, export, basins), out, json=json)


@app.command()
@told
def whatif(
    files: Files,
    give_space: Annotated[
        float | None,
        typer.Option("--give-space", metavar="DAYS", parser=number, help="Leave the other room for so long."),
    ] = None,
    reach: Annotated[str | None, typer.Option(metavar="N/day", help="Write so many messages a day.")] = None,
    say_once: Annotated[bool, typer.Option("--say-once", help="Say it once, then leave it for a week.")] = False,
    appreciate: Annotated[bool, typer.Option("--appreciate", help="Let the other feel valued.")] = False,
    both_ease_off: Annotated[
        bool, typer.Option("--both-ease-off", help="Neither reaches for a week, or as --give-space says.")
    ] = False,
    stress_falls: Annotated[bool, typer.Option("--stress-falls", help="The stress from outside falls away.")] = False,
    me: Me = None,
    tz: Zone = None,
    now: Now = None,
    dates: Dates = None,
    people: People = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Draw it as .svg.")] = None,
    json: Json = False,
) -> None:
    """A model of you two: what might change. No promise."""
    from ebbtide.cli import moments, whatif
    from ebbtide.cli.talk import Source
    from ebbtide.simulator.alternatives import Change

    whatif.tell(
        Source(tuple(files), me=me, tz=moments.zone(tz), dates=dates, people=people, ask=not json),
        moments.checked_now(now),
        Change(give_space, whatif.per_day(reach), say_once, appreciate, both_ease_off, stress_falls),
        out,
        json=json,
    )


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()
