"""Day or month first: decided by the whole file, asked where the file cannot tell, never guessed in silence."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ebbtide.conversation import Conversation
from ebbtide.errors import AmbiguousDates, ImportFailed
from ebbtide.importers import open as read_export

CLOCKS = 8


def chat(days: list[date], pattern: str, *, per_day: int = CLOCKS, quieter: int = 2) -> str:
    """A chat of two on these days; every `quieter`-th message is the second person's."""
    return "".join(
        f"{day.strftime(pattern)}, {8 + i:02d}:15 - {'Kit' if i % quieter == 0 else 'Robin'}: hello\n"
        for day in days
        for i in range(per_day)
    )


def days_from(start: date, n: int, step: int = 1) -> list[date]:
    return [start + timedelta(days=i * step) for i in range(n)]


def read(text: str, path: Path, **asked: str) -> Conversation:
    path.write_text(text, encoding="utf-8")
    return read_export(path, **asked)  # type: ignore[arg-type]


def chosen(talk: Conversation) -> tuple[str, str]:
    (report,) = talk.imports
    return report.choices["date_order"], report.choices["by"]


#: Two days of each month whose numbers are both months: nothing in them tells the order.
EITHER = [date(2025, month, month + shift) for month in range(1, 7) for shift in (0, 1)]


@pytest.mark.parametrize(("pattern", "order"), [("%d/%m/%Y", "dmy"), ("%m/%d/%Y", "mdy"), ("%m/%d/%y", "mdy")])
def test_a_number_above_twelve_is_no_month(pattern: str, order: str, export: Path) -> None:
    talk = read(chat(days_from(date(2025, 2, 25), 10), pattern), export)
    assert chosen(talk) == (order, "evidence")
    assert talk.events["at"][0].date() == date(2025, 2, 25)


@pytest.mark.parametrize(("pattern", "order"), [("%d/%m/%Y", "dmy"), ("%m/%d/%Y", "mdy")])
def test_time_runs_forward(pattern: str, order: str, export: Path) -> None:
    two_springs = days_from(date(2024, 3, 9), 4) + days_from(date(2024, 4, 2), 4)
    assert chosen(read(chat(two_springs, pattern), export)) == (order, "evidence")


def test_dots_mean_day_first(export: Path) -> None:
    assert chosen(read(chat(EITHER, "%d.%m.%Y"), export)) == ("dmy", "evidence")


@pytest.mark.parametrize(("pattern", "order"), [("%d/%m/%Y", "dmy"), ("%m/%d/%Y", "mdy")])
def test_twelve_days_on_end_are_not_one_day_of_twelve_months(pattern: str, order: str, export: Path) -> None:
    talk = read(chat(days_from(date(2025, 3, 1), 12), pattern, per_day=40), export)
    assert chosen(talk) == (order, "evidence")


def test_both_ways_is_asked_with_both_readings(export: Path) -> None:
    with pytest.raises(AmbiguousDates) as caught:
        read(chat(EITHER, "%d/%m/%Y", per_day=20), export)
    said = str(caught.value)
    assert "02/01/2025" not in said
    assert "2/1/2025 is 2 January 2025 with the day first, 1 February 2025 with the month first" in said
    assert "--dates dmy" in said
    assert "--dates mdy" in said
    assert "hello" not in said


@pytest.mark.parametrize("order", ["dmy", "mdy"])
def test_the_answer_is_taken(order: str, export: Path) -> None:
    assert chosen(read(chat(EITHER, "%d/%m/%Y", per_day=20), export, dates=order)) == (order, "asked")


def test_an_impossible_answer_is_refused(export: Path) -> None:
    with pytest.raises(ImportFailed, match="dates in this export do not exist") as caught:
        read(chat(days_from(date(2025, 2, 20), 10), "%d/%m/%Y"), export, dates="mdy")
    assert "--dates mdy" in str(caught.value)


def test_too_little_data_is_not_asked(export: Path) -> None:
    few = chat(EITHER, "%d/%m/%Y", per_day=2)
    assert chosen(read(few, export)) == ("dmy", "default")
    one_sided = chat(EITHER, "%d/%m/%Y", per_day=20, quieter=20)
    assert chosen(read(one_sided, export)) == ("dmy", "default")
    one_day = chat([date(2025, 3, 3)], "%d/%m/%Y", per_day=12) * 10
    assert chosen(read(one_day, export)) == ("dmy", "default")


def test_a_year_in_front_needs_no_answer(export: Path) -> None:
    assert chosen(read(chat(EITHER, "%Y-%m-%d", per_day=20), export)) == ("ymd", "evidence")


def test_another_export_of_the_phone_answers(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(chat(EITHER, "%m/%d/%Y", per_day=20), encoding="utf-8")
    (tmp_path / "two.txt").write_text(chat(days_from(date(2025, 8, 1), 31), "%m/%d/%Y"), encoding="utf-8")
    talk = read_export([tmp_path / "one.txt", tmp_path / "two.txt"])
    assert [report.choices["date_order"] for report in talk.imports] == ["mdy", "mdy"]


def test_dates_of_no_order_at_all(export: Path) -> None:
    with pytest.raises(ImportFailed, match="cannot be read") as caught:
        read("".join(f"45/{i}/2025, 08:15 - Robin: hello\n" for i in range(13, 60)), export)
    assert "hello" not in str(caught.value)
