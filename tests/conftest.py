"""Fixtures that more than one room of tests shares."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# As the commands do (ebbtide.cli), and before numpy is loaded: on a busy machine threads make small matrices slow.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

INSTALL = "Install it with the system's package manager (Debian, Ubuntu: apt-get install chromium)."


def chromium_path() -> str | None:
    """The system's Chromium, if there is one."""
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def not_run(why: str) -> NoReturn:
    """Report a browser test as not run; where CI=true that is a failure, since nobody would notice otherwise."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"browser tests need what is missing here: {why}", pytrace=False)
    pytest.skip(f"not run: {why}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium of this machine, one for the whole run."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        not_run("the Python package playwright is not installed (pip install -e '.[dev]').")
    path = chromium_path()
    if path is None:
        not_run(f"Chromium was not found. {INSTALL}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def chromium_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in a context of its own with the options given; all are closed after the test.

    `open_page(path, width=1280, color_scheme="light")` loads a file; without a path the page is blank. What the page
    asked for and what it wrote to the console are on `page.requests` and `page.complaints`.
    """
    contexts: list[Any] = []

    def open_page(path: Path | None = None, *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        if path is not None:
            page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
