"""The report as PDF, by WeasyPrint (the extra `pdf`): the page made ready for paper, then drawn without a network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NoReturn

from ebbtide.conversation import Conversation
from ebbtide.errors import EbbtideError
from ebbtide.reading import Reading
from ebbtide.report.evidence import Level
from ebbtide.report.page import html

INSTALL = "Install it with: pip install 'ebbtide[pdf]'. Or print the HTML report from a browser."


def pdf(
    reading: Reading,
    *,
    level: Level = "numbers",
    alias: bool = False,
    quotes: Mapping[str, str] | None = None,
    talk: Conversation | None = None,
) -> bytes:
    """The reading as a PDF file, with the parameters of `html`; raises `EbbtideError` where WeasyPrint is missing."""
    weasyprint = library()
    page = for_paper(html(reading, level=level, alias=alias, quotes=quotes, talk=talk))
    # Headings and lists for those who hear it; older versions know no tags and refuse what they do not know.
    tags = {"pdf_tags": True} if "pdf_tags" in weasyprint.DEFAULT_OPTIONS else {}
    drawn: bytes = weasyprint.HTML(string=page, url_fetcher=nothing_from_outside).write_pdf(**tags)
    return drawn


def library() -> Any:
    """WeasyPrint, if it and the system's text libraries are there."""
    try:
        return import_module("weasyprint")
    except ImportError:
        raise EbbtideError("A PDF needs WeasyPrint, which is not installed.", where="--pdf", try_=INSTALL) from None
    except OSError:
        raise EbbtideError(
            "WeasyPrint is installed, but this system lacks Pango, which it draws text with.",
            where="--pdf",
            try_="Install Pango, or print the HTML report from a browser.",
        ) from None


def nothing_from_outside(_: str) -> NoReturn:
    """A report asks for nothing; if it ever did, this would refuse."""
    raise EbbtideError(
        "A report asked for something from outside itself.", where="--pdf", try_="Write the HTML report instead."
    )


def for_paper(page: str) -> str:
    """The page for a renderer that draws SVG without a stylesheet and shows only what is open.

    Colours become literal, figures keep their own paint, everything folded is open, and the drawings for a phone go.
    """
    head, closing, body = page.partition("</style>")
    start, opening, css = head.partition("<style>")
    body = re.sub(r'<div class="narrow">.*?</svg></div>\n?', "", body, flags=re.DOTALL)
    body = re.sub(r"<details(?! open)", "<details open", body)
    return f"{start}{opening}{literal(css)}{closing}{body}"


def colours(block: str) -> list[tuple[str, str]]:
    """The custom properties that a rule sets."""
    return re.findall(r"--([\w-]+):\s*([^;]+);", block)


def literal(css: str) -> str:
    """The stylesheet with the light colours written out, on white, and without rules for inside SVG."""
    css = re.sub(r"@media screen[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    # What is left are the light theme and, over it, the colours of print.
    light = {k: v for block in re.findall(r":root \{([^}]*)\}", css) for k, v in colours(block)}
    css = re.sub(r":root \{[^}]*\}", "", css)
    css = re.sub(r"(?m)^svg \.[^{]*\{[^}]*\}\n", "", css)
    return re.sub(r"var\(--([\w-]+)\)", lambda found: light[found[1]], css)
