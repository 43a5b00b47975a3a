"""The report in a real browser: silent on the network, open to assistive technology, fit for phone and paper."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from ebbtide import report
from ebbtide.report.advice_words import NOT_TONIGHT
from tests.report import samples

pytestmark = pytest.mark.browser

VIEWS = list(product((390, 1280), ("light", "dark")))
IN_FULL = ("unusual_quiet", "concerning", "too_little", "urgent", "in_full", "from_answers")


@pytest.fixture
def saved(tmp_path: Path):
    """Writes a sample's report to a file and says where."""

    def save(name: str) -> Path:
        path = tmp_path / f"{name}.html"
        path.write_text(report.html(samples.ALL[name]()), encoding="utf-8")
        return path

    return save


@pytest.mark.parametrize("name", samples.ALL)
def test_nothing_is_asked_of_the_network_and_nothing_goes_wrong(name: str, saved, chromium_page) -> None:
    path = saved(name)
    page = chromium_page(path)
    assert page.requests == [path.as_uri()]
    assert page.complaints == []


@pytest.mark.parametrize("name", samples.ALL)
def test_a_phone_never_scrolls_sideways(name: str, saved, chromium_page) -> None:
    page = chromium_page(saved(name), width=390)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".wide:visible").count() == 0


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("name", IN_FULL)
def test_axe_finds_nothing(name: str, width: int, scheme: str, saved, chromium_page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = chromium_page(saved(name), width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["impact"], v["nodes"][0]["html"][:200]) for v in found] == []


def test_dark_is_dark_and_print_is_light(saved, chromium_page) -> None:
    page = chromium_page(saved("unusual_quiet"), color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(18, 25, 30)"
    page.emulate_media(media="print")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"


def test_paper_shows_what_the_screen_folds_away(saved, chromium_page) -> None:
    page = chromium_page(saved("unusual_quiet"), width=680)
    shown = "[...document.querySelectorAll('details > :not(summary, .jump)')].map(e => e.checkVisibility())"
    assert not any(page.evaluate(shown))
    page.emulate_media(media="print")
    assert all(page.evaluate(shown))
    assert page.locator(".narrow:visible").count() == 0


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints(paper: str, saved, chromium_page) -> None:
    page = chromium_page(saved("three_years"))
    assert page.pdf(format=paper).startswith(b"%PDF")
    width = 210 if paper == "A4" else 216
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int((width - 32) / 25.4 * 96), "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_help_fits_one_sheet_and_no_episode_is_torn(paper: str, saved, chromium_page) -> None:
    assert sheets(chromium_page(saved("urgent")).pdf(format=paper)) == 1
    page = chromium_page(saved("in_full"))
    whole = sheets(page.pdf(format=paper))
    page.evaluate("document.querySelectorAll('.earlier .episode').forEach(e => e.remove())")
    # Each is whole on its sheet, which is the most it may cost.
    assert whole - sheets(page.pdf(format=paper)) <= len(samples.in_full().episodes)


def test_two_earlier_episodes_share_a_sheet_and_the_first_sheet_holds_a_drawing(saved, chromium_page) -> None:
    page = chromium_page(saved("in_full"))
    page.emulate_media(media="print")
    # Letter, the shorter of the two, less its margins, at 96 pixels to the inch.
    page.set_viewport_size({"width": int((216 - 32) / 25.4 * 96), "height": 900})
    sheet = (279 - 36) / 25.4 * 96
    tall = page.evaluate("[...document.querySelectorAll('.past .episode')].map(e => e.offsetHeight)")
    assert tall
    assert 2 * max(tall) <= sheet
    assert page.locator("#curve").evaluate("e => e.closest('.whole').getBoundingClientRect().bottom") <= sheet


def test_paper_keeps_together_what_belongs_together(saved, chromium_page) -> None:
    page = chromium_page(saved("in_full"))
    page.emulate_media(media="print")
    style = "e => [getComputedStyle(e).breakInside, getComputedStyle(e).breakAfter, getComputedStyle(e).breakBefore]"
    assert page.locator("table.of-week").evaluate(style)[0] == "avoid"
    assert page.locator(".key").first.evaluate(style)[1] == "avoid"
    assert page.locator("footer").evaluate(style) == ["avoid", "auto", "avoid"]
    assert page.locator(".episode").first.evaluate(style)[2] == "auto"
    assert page.locator(".past .episode").first.evaluate(style)[0] == "avoid"
    assert page.locator(".questions").evaluate(style)[0] == "avoid"
    for gone in (".contents", ".jump", ".where"):
        assert page.locator(f"{gone}:visible").count() == 0


def test_paper_leads_with_what_there_is_to_do(tmp_path: Path, chromium_page) -> None:
    night = replace(samples.WAITING, id=NOT_TONIGHT, title="Not tonight", text="Lie down.")
    path = tmp_path / "night.html"
    path.write_text(report.html(samples.reading(advice=(night, *samples.ADVICE))), encoding="utf-8")
    page = chromium_page(path)
    assert page.locator(".step .tonight").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".step .tonight").is_visible()
    assert not page.locator(".step .by-day").is_visible()
    assert samples.WAITING.title in page.locator(".step").inner_text()


def test_every_link_can_be_hit(saved, chromium_page) -> None:
    page = chromium_page(saved("in_full"), width=390)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    heights = page.evaluate("[...document.querySelectorAll('a, summary')].map(e => e.offsetHeight)")
    assert min(h for h in heights if h) >= 24


def test_help_can_be_tapped_with_a_thumb(tmp_path: Path, chromium_page) -> None:
    path = tmp_path / "help.html"
    path.write_text(report.html(samples.urgent_in("GB")), encoding="utf-8")
    page = chromium_page(path, width=390)
    links = page.locator(".lines a").all()
    boxes = [link.bounding_box() for link in links]
    assert len(links) >= 4
    assert all(box is not None and box["height"] >= 44 and box["width"] >= 44 for box in boxes)
    assert page.requests == [path.as_uri()]


def sheets(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_the_keyboard_reaches_everything_that_opens_and_shows_where_it_is(saved, chromium_page) -> None:
    page = chromium_page(saved("unusual_quiet"))
    seen = set()
    for _ in range(page.locator("a:visible, summary:visible").count()):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.tagName + document.activeElement.textContent"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert any(s.startswith("SUMMARYThe numbers behind the curve") for s in seen)
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.get_attribute("open") is not None


def test_text_in_figures_is_never_smaller_than_it_can_be_read(saved, chromium_page) -> None:
    for width in (360, 390, 620, 640, 1280):
        page = chromium_page(saved("in_full"), width=width)
        heights = page.evaluate(
            "[...document.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width > 0)"
            ".map(s => 12 * s.getBoundingClientRect().width / s.viewBox.baseVal.width)"
        )
        assert len(heights) == 4
        assert min(heights) >= 9.5


def test_labels_stay_inside_the_page(saved, chromium_page) -> None:
    for name, width in product(("in_full", "three_years", "long_names", "right_to_left"), (390, 1280)):
        page = chromium_page(saved(name), width=width)
        edges = page.evaluate(
            "[...document.querySelectorAll('svg text')].map(t => t.getBoundingClientRect()).filter(r => r.width > 0)"
            ".map(r => [r.left, r.right])"
        )
        main = page.evaluate("(r => [r.left, r.right])(document.querySelector('main').getBoundingClientRect())")
        assert all(left >= main[0] and right <= main[1] for left, right in edges)
