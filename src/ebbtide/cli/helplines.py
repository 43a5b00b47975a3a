"""`ebbtide helplines`: who to call, by country, with the day each line was looked up."""

from __future__ import annotations

from typing import Any

import msgspec
import typer

from ebbtide.cli.screen import console, paragraph
from ebbtide.errors import BadSetting
from ebbtide.reading.help import HelpLine, Need, countries, packaged_help

TITLES: dict[Need, str] = {
    "emergency": "In danger now",
    "crisis": "When a life may be at risk",
    "violence": "When somebody threatens or controls",
    "stopping": "When you frighten or hurt someone, and want to stop",
}


def tell(country: str | None, *, json: bool) -> None:
    """The lines of a country, or of all, and the lists of all countries."""
    found = packaged_help()
    code = None if country is None else code_of(country)
    lines = [line for line in found.lines if code in (None, line.country)]
    if json:
        typer.echo(msgspec.json.encode({"lines": lines, "directories": found.directories}).decode())
        return
    out = console()
    paragraph(out, "In danger, call your local emergency number now.", style="bold")
    for need, title in TITLES.items():
        rows = [told(line, named=code is None) for line in lines if line.need == need]
        listed = ", ".join(d.web for d in found.directories if d.need == need)
        if listed:
            rows.append(f"By country: {listed}." if lines else f"None is known here. By country: {listed}.")
        for i, row in enumerate([title, *rows] if rows else []):
            paragraph(out, row, style="" if i else "bold", below=int(i == len(rows)))
    if lines:
        paragraph(out, f"Looked up on {max(line.checked for line in lines)}. Numbers change.", style="dim")


def told(line: HelpLine, *, named: bool) -> str:
    """A line, after its country where several are shown."""
    return f"{countries()[line.country]}: {line.words}" if named else line.words


def code_of(country: str) -> str:
    """The code of a country given by code or name; `BadSetting` if there is none."""
    wanted = country.strip().casefold()
    known: dict[str, Any] = {name.casefold(): code for code, name in countries().items()}
    known |= {code.casefold(): code for code in countries()} | {"uk": "GB", "usa": "US"}
    if wanted not in known:
        raise BadSetting("There is no such country.", where=country, try_="Give its English name, or a code like IE.")
    return str(known[wanted])
