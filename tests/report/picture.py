"""Draws the picture of the report for the README.

    python -m tests.report.picture docs/report.png [report.html]

Without a report it shows the made-up reading of `samples.unusual_quiet`; with one, that file. Light, 1200 px wide, from
the answer to the ribbon of months.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from ebbtide import report
from tests.conftest import INSTALL, chromium_path
from tests.report import samples

WIDTH, SCALE = 860, 1.4
MARGIN = 32


def draw(target: Path, source: Path) -> None:
    """A screenshot of the report in `source`, as far as the end of its ribbon."""
    path = chromium_path()
    if path is None:
        raise SystemExit(f"Chromium was not found. {INSTALL}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900}, device_scale_factor=SCALE)
        page.goto(source.resolve().as_uri())
        box = page.locator("section:has(#ribbon)").bounding_box()
        assert box is not None
        page.screenshot(
            path=target,
            full_page=True,
            clip={"x": 0, "y": 0, "width": WIDTH, "height": box["y"] + box["height"] + MARGIN},
        )
        browser.close()


def main(arguments: list[str]) -> None:
    """The command."""
    if len(arguments) not in (1, 2):
        raise SystemExit(__doc__)
    if len(arguments) == 2:
        draw(Path(arguments[0]), Path(arguments[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.html")
        source.write_text(report.html(samples.unusual_quiet()), encoding="utf-8")
        draw(Path(arguments[0]), source)


if __name__ == "__main__":
    main(sys.argv[1:])
