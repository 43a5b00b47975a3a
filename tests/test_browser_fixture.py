"""What happens to browser tests where there is no browser."""

from __future__ import annotations

import pytest

from tests.conftest import not_run


def test_without_a_browser_the_test_is_reported_as_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="not run: no browser"):
        not_run("no browser")


def test_in_ci_it_fails_and_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no browser"):
        not_run("no browser")
