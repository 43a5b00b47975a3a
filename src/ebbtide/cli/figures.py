"""Options that are numbers: refused in plain words, whatever reads the command line."""

from __future__ import annotations

import typer


def number(text: str | float) -> float:
    """A number as given."""
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a number. Write it like 7 or 2.5.") from None


def whole(text: str | int) -> int:
    """A whole number as given."""
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a whole number. Write it like 7.") from None
