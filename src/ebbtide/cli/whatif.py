"""`ebbtide whatif`: the model fitted to a record, and run on as things go now and with something changed."""

from __future__ import annotations

from pathlib import Path

import msgspec
import typer
from markupsafe import Markup

from ebbtide.cli import files, moments
from ebbtide.cli.screen import HELP, console, paragraph
from ebbtide.cli.talk import Source, conversation, with_reader
from ebbtide.cli.waiting import progress
from ebbtide.errors import BadSetting
from ebbtide.report import fan
from ebbtide.simulator.alternatives import Change
from ebbtide.supposing import WhatIf, whatif
from ebbtide.supposing.whole import asked
from ebbtide.supposing.words import named, supposed


def tell(source: Source, now: str | None, change: Change, out: Path | None, *, json: bool) -> None:
    """Fit, look ahead, draw where a file was named, and say what came of it."""
    change = asked(change)
    if out is not None:
        files.destination(out, source.files)
        if out.suffix.lower() != ".svg":
            raise BadSetting("The picture is an SVG.", where=str(out), try_="Name it like fan.svg.")
    talk = with_reader(conversation(source), source).require_two()
    until = moments.coverage_end(talk, now, moments.clock())
    moments.holding_messages(talk, None, until)
    with progress("Reading") as step:
        found = whatif(talk, until, change=change, progress=step)
    # Beside danger nothing is left in a file that others may find.
    written = None if found.outcome == "harm" else out
    if written is not None:
        files.write_whole(written, f"{drawing(found)}\n".encode())
    if json:
        typer.echo(msgspec.json.encode(found.to_dict()).decode())
    else:
        show(found, written)
    if out is not None and written is None:
        not_drawn(out, json=json)


def not_drawn(out: Path, *, json: bool) -> None:
    """Say that there is no picture, and that an older one still lies there: what it shows does not fit here.

    It is left as it is. One with words of danger in it could be found by others; a file of the user's is not deleted.
    """
    older = out.is_file()
    if not json:
        paragraph(console(), f"No picture was drawn.{' ' + OLDER.format(out) if older else ''}", below=0)
    elif older:
        typer.echo(OLDER.format(out), err=True)  # standard output is JSON and nothing else


def per_day(written: str | None) -> float | None:
    """Messages a day as written: "10/day", "10"."""
    if written is None:
        return None
    try:
        return float(written.strip().lower().removesuffix("/day"))
    except ValueError:
        raise BadSetting(
            "This is not a number of messages a day.", where=written, try_="Write it like 10/day."
        ) from None


def show(found: WhatIf, out: Path | None) -> None:
    """Everything in words: what there is first in bold, its limits at the end."""
    screen = console()
    for n, words in enumerate(found.says):
        paragraph(screen, words, style="" if n else "bold")
    foot = [*found.limits, HELP]
    paragraph(screen, " ".join(foot), style="dim")
    if out is not None:
        paragraph(screen, f"The picture: {out}", below=0)


OLDER = (
    "The file that was there before is left as it was ({}). If it is an older picture, it does not fit here: "
    "please do not go by it. You can delete it."
)
TITLE = "What if: in this model, no promise"
#: Over fans that nothing was fitted for: a picture is passed on without its words.
OF_ANYBODY = "What if: in this model, for couples of any kind, no promise"


def drawing(found: WhatIf) -> Markup:
    """The picture: the fans, or, where there is nothing to draw, why not."""
    fans = fans_of(found)
    return fan.stated(TITLE, (*found.says, *found.limits)) if fans is None else fan.drawn(fans)


def fans_of(found: WhatIf) -> fan.Fans | None:
    """What is to be drawn: distance and messages of the one who withdrew, and closeness."""
    if found.ahead is None:
        return None
    actor, other = named(found, found.actor), named(found, found.other)
    titles = {
        f"distance_{found.other}": f"{other.first_whose} distance (0 near, 1 gone)",
        f"messages_{found.other}": f"{other.first_whose} messages a day",
        "closeness": "closeness",
    }
    fans = found.ahead.fans
    return fan.Fans(
        title=TITLE if found.fitted else OF_ANYBODY,
        words=" ".join((*found.says, *found.limits)),
        changed=f"if {supposed(found.change, actor, other)}",
        quantities=tuple(fan.Quantity(words, fans[name].now, fans[name].changed) for name, words in titles.items()),
    )
