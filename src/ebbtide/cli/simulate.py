"""`ebbtide simulate`: run a model of two people, tell what it does, write its course or draw it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import polars as pl
import typer

from ebbtide.cli import chats, files, pushes
from ebbtide.cli.screen import console, paragraph
from ebbtide.errors import BadSetting
from ebbtide.report import basin, course
from ebbtide.simulator.systems import SYSTEMS, Run, System, basins, bifurcation, described, simulate, system
from ebbtide.simulator.systems.system import checked, for_both_first

SUFFIXES = (".json", ".csv", ".svg")
#: Values of the parameter in a drawing over a range.
ACROSS = 61
#: Further figures of the models, in words.
WORDS = {
    "both_love_share": "Share of each round in which both love",
    "couple": "The pair is",
    "uninfluenced": "Alone they settle at",
    "oscillates": "It swings",
    "feedback": "How strongly they answer one another, both ways together",
    "threshold": "It tips at",
    "period_alone": "A swing alone takes",
    "loop_gain": "How strongly the loop feeds itself, where 1 is the edge if closeness did not answer",
    "strongest_gain": "The same at its strongest",
    "assumes": "This assumes",
}
#: What becomes of a small push at a state of rest: by its kind, else by whether it is stable.
STAYS: Mapping[str | bool, str] = {
    True: "and stays there",
    False: "but does not stay there",
    "centre": "and a push makes it go round it for good",
    "neutral": "and a push moves it for good",
}
FEWEST_DIGITS = 3
#: Smaller figures are told as nothing.
LEAST_TOLD = 1e-4
#: What a further figure of the models that is not there means.
MISSING = {
    "threshold": "nowhere",
    "uninfluenced": "nowhere",
    "period_alone": "does not swing",
    "couple": "neither robust nor fragile",
}
#: States of rest without a pull, more than these, lie on one line; a list of those that were hit says nothing.
MOST_NEUTRAL = 3
#: Who keeps this distance three quarters of the time is far as a rule.
FAR_AS_A_RULE = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """What to run: the model, its parameters as written (k=v), how long, the seed, and what to draw or write:
    a range of a parameter, a chat, starts over two states.
    """

    model: str
    settings: tuple[str, ...]
    duration: float | None
    seed: int
    over: str | None = None
    export: tuple[str, Path] | None = None
    starts: str | None = None


def tell(asked: Asked, out: Path | None, *, json: bool) -> None:
    """Run it, write the file if one was named, and say what came of it."""
    if out is not None:
        files.destination(out)
        kind(out)
    for option, given in (("--over", asked.over), ("--basins", asked.starts)):
        if given is not None and (out is None or out.suffix.lower() != ".svg"):
            raise BadSetting("This is drawn, not written.", where=option, try_="Name a picture: --out over.svg.")
    if asked.over is not None and asked.starts is not None:
        raise BadSetting("One picture shows one of the two.", where="--over, --basins", try_="Draw them one by one.")
    if asked.export is not None:
        chats.checked(*asked.export, asked.model)
        if out is not None and out.resolve() in map(Path.resolve, chats.places(asked.export[1])):
            raise BadSetting("The chat would take the place of the run.", where=str(out), try_="Name another file.")
    run = simulate(asked.model, parameters=settings(asked.settings), duration=asked.duration, seed=asked.seed)
    # What cannot be made leaves no file behind.
    made = None if out is None else (out, content(run, out, asked))
    written = chats.write(run, *asked.export) if asked.export is not None else None
    if made is not None:
        files.write_whole(*made)
    if json:
        typer.echo(encoded(run).decode())
    else:
        spoken(run, out)
        if written is not None:
            paragraph(console(), written)


def content(run: Run, out: Path, asked: Asked) -> bytes:
    """What goes into the file, by its ending."""
    ending = out.suffix.lower()
    if ending == ".json":
        return encoded(run) + b"\n"
    if ending == ".csv":
        buffer = io.BytesIO()
        pl.DataFrame({"t": run.t, **run.states}).write_csv(buffer)
        return buffer.getvalue()
    if asked.over is not None:
        return f"{course.over(branches(run, asked.over, given_starts(run, asked), again(asked)))}\n".encode()
    if asked.starts is not None:
        return f"{basin.drawn(ends(run, asked.starts, given_starts(run, asked), again(asked)))}\n".encode()
    return f"{course.drawn(drawable(run, again(asked)))}\n".encode()


def again(asked: Asked) -> str:
    """How a picture can be drawn again: the command with all that was set, and the seed."""
    command = f"ebbtide simulate {asked.model}"
    if asked.settings:
        command += f" --set {','.join(f'{name}={value:.12g}' for name, value in settings(asked.settings).items())}"
    lasting = None if asked.duration is None else f"{asked.duration:.12g}"
    options = {"for": lasting, "seed": asked.seed, "over": asked.over, "basins": asked.starts}
    command += "".join(f" --{name} {value}" for name, value in options.items() if value is not None)
    return f"Drawn by: {command} --out picture.svg"


def kind(out: Path) -> None:
    """Check the ending of the file."""
    if out.suffix.lower() not in SUFFIXES:
        raise BadSetting(
            "The ending of the file says what is written.", where=str(out), try_=f"Use {', '.join(SUFFIXES)}."
        )


def encoded(run: Run) -> bytes:
    """The run as JSON."""
    return msgspec.json.encode(run.to_dict())


def settings(given: tuple[str, ...]) -> dict[str, float]:
    """Parameters as written: "a=2", or several with commas between."""
    found: dict[str, float] = {}
    for part in (part.strip() for one in given for part in one.split(",")):
        name, equals, value = part.partition("=")
        name = name.strip()
        if name in found:
            raise BadSetting("This is set more than once.", where=f"--set {name}", try_="Leave one of them out.")
        try:
            found[name] = float(value)
        except ValueError:
            raise BadSetting("This is not a parameter with a number.", where=part, try_="Write name=number.") from None
        if not equals:
            raise BadSetting("This is not a parameter with a number.", where=part, try_="Write name=number.")
    return found


def drawable(run: Run, made: str) -> course.Course:
    """The run as plain figures for a drawing; `made` says how it can be drawn again."""
    chosen = system(run.model)
    return course.Course(
        title=chosen.title,
        unit=run.unit,
        t=run.t,
        panels=panels({name: v for name, v in run.states.items() if name not in chosen.held}),
        plane=plane(chosen),
        rest=tuple((e.at, e.stable) for e in run.analysis.equilibria),
        words=" ".join([*sentences(run), made]),
    )


def plane(chosen: System) -> tuple[str, str]:
    """The two states of the phase portrait: the first two, or what the one and the other of a dyad do."""
    return ("distance_a", "reaching_b") if chosen.id == "dyad" else (chosen.names[0], chosen.names[1])


def panels(states: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """States of the same name for both people share a panel."""
    grouped: dict[str, dict[str, Any]] = {}
    for name, values in states.items():
        stem = name[:-2] if name.endswith(("_a", "_b")) else name.rstrip("12")
        grouped.setdefault(stem, {})[name] = values
    return grouped


def given_starts(run: Run, asked: Asked) -> dict[str, float]:
    """The starting states that were set."""
    model = system(run.model)
    return checked(model, for_both_first(model, settings(asked.settings)))[1]


def branches(run: Run, over: str, start: Mapping[str, float], made: str) -> course.Branches:
    """States of rest and cycles over a range written as name=low..high."""
    name, _, span = over.partition("=")
    try:
        low, high = (float(end) for end in span.split(".."))
    except ValueError:
        low = high = nan
    if not (isfinite(low) and isfinite(high) and low < high):
        raise BadSetting("This is not a range.", where=over, try_="Write name=low..high, like tau=0..1.")
    chosen = system(run.model)
    found = bifurcation(chosen, dict(run.parameters), name, list(np.linspace(low, high, ACROSS)), start=start)
    shown = plane(chosen)[0]
    return course.Branches(
        title=chosen.title,
        parameter=name,
        state=shown,
        values=found.values,
        rest=tuple(tuple((e.at[shown], e.stable) for e in rest) for rest in found.rest),
        swing=tuple(
            None if c is None else (c.lowest[shown], c.lowest[shown] + c.amplitude[shown]) for c in found.cycles
        ),
        made=f"{pushes.over(found)} {made}" if chosen.id == "dyad" else made,
    )


def ends(run: Run, starts: str, start: Mapping[str, float], made: str) -> basin.BasinMap:
    """Where starts end, over two states written as name,name."""
    chosen = system(run.model)
    first, _, second = (part.strip() for part in starts.partition(","))
    for name in (first, second):
        if name not in chosen.names or first == second:
            raise BadSetting(
                "These are not two states of the model.", where=starts, try_=f"It has {', '.join(chosen.names)}."
            )
    found = basins(chosen, dict(run.parameters), (first, second), start=start)
    rest = tuple((e.at, e.stable) for e in found.ends)
    push = pushes.across(found, run.start) if chosen.id == "dyad" else None
    told = made if push is None else f"{push} {made}"
    return basin.BasinMap(chosen.title, found.axes, found.first, found.second, rest, found.into, told)


def spoken(run: Run, out: Path | None) -> None:
    """What came of it, in a few sentences."""
    screen = console()
    paragraph(screen, f"{system(run.model).title} ({run.model})", style="bold", below=0)
    paragraph(screen, f"Over {lasting(float(run.t[-1]), run.unit)}. All of this holds in the model only.")
    for sentence in sentences(run):
        paragraph(screen, sentence, below=0)
    if out is not None:
        paragraph(screen, f"Written to {out}")


def sentences(run: Run) -> list[str]:
    """The analysis in words."""
    found = run.analysis
    skipped = set(system(run.model).held)
    told = []
    line = [rest for rest in found.equilibria if rest.kind == "neutral"]
    if len(line) <= MOST_NEUTRAL:
        line = []
    for rest in (*line[:1], *(rest for rest in found.equilibria if rest not in line)):
        where = ", ".join(f"{name} {number(x)}" for name, x in rest.at.items() if name not in skipped)
        at = "in a whole line of states, for instance at" if rest in line else "at"
        told.append(f"It can rest {at} {where}, {STAYS.get(rest.kind, STAYS[rest.stable])}.")
    if not told:
        told.append("No state of rest was found.")
    if found.cycle is not None:
        told.append(f"It goes round in {lasting(found.cycle.period, run.unit)}.")
    if run.grew_at is not None:
        told.append(f"The feelings grow without end; the run stops at {lasting(run.grew_at, run.unit)}.")
    for name, value in found.more.items():
        told.append(
            f"{WORDS.get(name, name.replace('_', ' ').capitalize())}: {figures(value, MISSING.get(name, 'none'))}."
        )
    if any(at is not None for at in found.more.get("threshold", {}).values()) and run.model == "dyad":
        push = pushes.at_rest(sum(rest.stable for rest in found.equilibria) + (found.cycle is not None))
        told += [push] if push else []
    if run.truth is not None:
        spells = run.truth["spells"]
        told.append(
            f"{len(run.events or ())} messages; {len(spells)} {'spell' if len(spells) == 1 else 'spells'} away."
        )
        told.extend(far_as_a_rule(run))
    return told


def far_as_a_rule(run: Run) -> list[str]:
    """Who is far nearly all the time: a spell is told against one's own usual, so none would be counted."""
    usual = {k: float(np.quantile(run.states[f"distance_{k}"], 0.25)) for k in "ab"}
    return [
        f"For most of it {k} is at distance {number(low)} or more. Spells are told against one's own usual, "
        "so this is not counted as one."
        for k, low in usual.items()
        if low > FAR_AS_A_RULE
    ]


def figures(value: Any, missing: str) -> str:
    """A further figure in words; `missing` is what to say where there is none."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {figures(each, missing)}" for name, each in value.items())
    if value is None:
        return missing
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, float) else str(value)


def number(x: float) -> str:
    """A figure with three digits that count, without powers of ten."""
    if 0 < abs(x) < LEAST_TOLD:
        return "about 0"
    return f"{x:,.0f}" if abs(x) >= 10**FEWEST_DIGITS else f"{x + 0.0:.{FEWEST_DIGITS}g}"


def lasting(x: float, unit: str) -> str:
    """A time in the unit of the model: "1 day", "18.8 days"."""
    told = number(x)
    return f"{told} {unit.removesuffix('s')}" if told == "1" else f"{told} {unit}"


def listed(*, json: bool) -> None:
    """Every model, with parameters, ranges, meanings and sources."""
    if json:
        typer.echo(msgspec.json.encode({"models": [described(s) for s in SYSTEMS.values()]}).decode())
        return
    screen = console()
    for chosen in SYSTEMS.values():
        paragraph(screen, f"{chosen.id}: {chosen.title}", style="bold", below=0)
        names = ", ".join(f"{p.name} {p.default:g}" for p in chosen.parameters)
        paragraph(screen, f"In {chosen.unit}. {names}.", below=0)
        paragraph(screen, f"{chosen.source}.", style="dim")
