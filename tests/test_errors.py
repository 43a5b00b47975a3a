"""Every error says what was wrong, where, and what to try."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

import ebbtide
from ebbtide import errors
from ebbtide.errors import EbbtideError, ImportFailed

PACKAGE = Path(ebbtide.__file__).parent
OURS = {n: v for n, v in vars(errors).items() if isinstance(v, type) and issubclass(v, EbbtideError)}


def raised() -> Iterator[tuple[str, ast.Call]]:
    """Every place in the package where one of our errors is made, as file and line."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OURS:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


MADE = dict(raised())


def test_there_are_errors_to_look_at() -> None:
    assert len(MADE) > 30
    assert {"ImportFailed", "NotTwoPeople", "BadSetting"} <= {c.func.id for c in MADE.values()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("place", MADE)
def test_every_error_says_what_was_wrong_and_what_to_try(place: str) -> None:
    call = MADE[place]
    named = {k.arg: k.value for k in call.keywords}
    assert len(call.args) == 1
    assert "try_" in named
    assert ast.unparse(named["try_"]) not in {"None", "''"}
    assert set(named) <= {"where", "try_"}


@pytest.mark.parametrize("place", MADE)
def test_what_was_wrong_is_a_sentence(place: str) -> None:
    what = MADE[place].args[0]
    ends = [
        part.values[-1].value if isinstance(part, ast.JoinedStr) and isinstance(part.values[-1], ast.Constant) else part
        for part in ([what.body, what.orelse] if isinstance(what, ast.IfExp) else [what])
    ]
    for end in ends:
        text = end.value if isinstance(end, ast.Constant) else end
        assert not isinstance(text, str) or text.rstrip("”\"'").endswith((".", "?"))


@pytest.mark.parametrize("kind", OURS.values(), ids=OURS)
def test_the_three_parts_are_kept_and_shown_in_order(kind: type[EbbtideError]) -> None:
    error = kind("The file is empty.", where="chat.txt", try_="Export it again.")
    assert (error.what, error.where, error.try_) == ("The file is empty.", "chat.txt", "Export it again.")
    assert str(error) == "The file is empty (chat.txt). Export it again."


def test_parts_that_are_missing_leave_no_trace() -> None:
    assert str(EbbtideError("It is empty.")) == "It is empty."
    assert str(EbbtideError("It is empty.", where="chat.txt")) == "It is empty (chat.txt)."
    assert str(EbbtideError("Which is it?", where="chat.txt", try_="Say it.")) == "Which is it? (chat.txt) Say it."
    assert str(EbbtideError("It is empty.", try_="Export it again.")) == "It is empty. Export it again."


def test_all_can_be_caught_at_once_and_imports_by_themselves() -> None:
    for kind in OURS.values():
        with pytest.raises(EbbtideError):
            raise kind("It is empty.")
    assert {k.__name__ for k in OURS.values() if issubclass(k, ImportFailed)} == {
        *("ImportFailed", "UnknownExport", "AmbiguousDates", "NotTwoPeople")
    }


@pytest.mark.parametrize("kind", OURS.values(), ids=OURS)
def test_every_error_is_described(kind: type[EbbtideError]) -> None:
    assert (inspect.getdoc(kind) or "").endswith(".")
    assert kind.__doc__ != EbbtideError.__doc__ or kind is EbbtideError
