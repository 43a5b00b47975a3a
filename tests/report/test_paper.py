"""The PDF: a page made ready for a renderer that draws SVG without a stylesheet, and a word where that is missing."""

from __future__ import annotations

import re
import sys

import pytest

from ebbtide import report
from ebbtide.errors import EbbtideError
from ebbtide.report import svg
from ebbtide.report.paper import for_paper, library, nothing_from_outside
from tests.report import samples


@pytest.mark.parametrize("sample", samples.ALL.values(), ids=samples.ALL)
def test_paper_needs_no_custom_property_and_folds_nothing(sample) -> None:
    page = for_paper(report.html(sample()))
    assert "var(" not in page
    assert not re.search(r"(?m)^\s*svg \.", page)
    assert page.count("<details") == page.count("<details open")
    assert 'class="narrow"' not in page


def test_the_page_keeps_its_figures_and_tables() -> None:
    screen = report.html(samples.in_full())
    page = for_paper(screen)
    assert page.count("<svg") * 2 == screen.count("<svg") == 8
    assert page.count("<table") == screen.count("<table")
    assert page.count("<div") == page.count("</div")
    assert page.rstrip().endswith("</html>")


def test_colours_are_those_of_the_light_theme_on_white() -> None:
    css = for_paper(report.html(samples.unusual_quiet())).split("</style>")[0]
    assert "background: #fff" in css
    assert svg.INK in css
    assert "prefers-color-scheme" not in css
    assert "@media print" in css


def test_rules_have_the_colour_of_print_and_opened_parts_no_dash() -> None:
    css = for_paper(report.html(samples.unusual_quiet())).split("</style>")[0]
    assert "#cfcbc2" in css
    assert svg.LINE not in css
    assert css.index('details[open] > summary::before { content: "–"') < css.index(
        "details[open] > summary::before { content: none; }"
    )


def test_a_sheet_says_what_it_is_and_of_when_without_a_name() -> None:
    css = report.html(samples.unusual_quiet()).split("</style>")[0]
    assert '@bottom-left { content: "A reading, as of 30 September 2025, 01:10"; }' in css
    assert "counter(page)" in css


def test_every_line_and_shade_in_a_figure_carries_its_own_paint() -> None:
    page = for_paper(report.html(samples.in_full()))
    for tag in re.findall(r"<(?:line|polyline|polygon|rect|circle|path|text) [^>]*>", page):
        assert "fill=" in tag or "stroke=" in tag, tag


def test_a_missing_library_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(EbbtideError, match=r"pip install 'ebbtide\[pdf\]'"):
        report.pdf(samples.unusual_quiet())


def test_a_missing_system_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(_: str) -> None:
        raise OSError("cannot load library 'libpango'")

    monkeypatch.setattr("ebbtide.report.paper.import_module", lacking)
    with pytest.raises(EbbtideError, match="lacks Pango"):
        library()


def test_nothing_is_fetched() -> None:
    with pytest.raises(EbbtideError):
        nothing_from_outside("https://example.org/x.png")


def test_a_pdf_is_drawn() -> None:
    pytest.importorskip("weasyprint")
    assert report.pdf(samples.in_full()).startswith(b"%PDF")
