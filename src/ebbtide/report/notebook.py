"""A reading in a notebook: the answer and the figures, in their own light paint, without a stylesheet."""

from __future__ import annotations

from markupsafe import Markup, escape

from ebbtide.reading import Reading
from ebbtide.report import svg
from ebbtide.report.names import Names, names_of
from ebbtide.report.page import figures

BOX = f"background:{svg.PAPER};color:{svg.INK};max-width:720px;padding:16px 20px;font-family:sans-serif;line-height:1.5"


def notebook(reading: Reading) -> str:
    """The answer, then every figure with its heading; where someone may be in danger, help and no figure."""
    names = names_of(reading, alias=False)
    parts = [paragraph(reading.safety.shown, names, "font-weight:600") if reading.safety.level != "none" else Markup()]
    parts.append(paragraph(reading.answer.now, names, "font-size:1.3em"))
    parts += [paragraph(words, names) for words in (reading.answer.may_be, reading.answer.unknown)]
    for figure in figures(reading, names).values():
        if figure is not None:
            parts += [Markup("<h4>{}</h4>").format(figure.heading), figure.wide or paragraph(figure.lead, names)]
    return str(Markup('<div style="{}">{}</div>').format(BOX, Markup("").join(parts)))


def paragraph(words: str, names: Names, style: str = "") -> Markup:
    """A sentence of the reading as a paragraph; nothing where there is none."""
    return Markup('<p style="{}">{}</p>').format(style, escape(names.say(words))) if words else Markup()
