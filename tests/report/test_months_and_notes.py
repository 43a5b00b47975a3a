"""The months of the two and the days they noted: what is drawn where, and what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from ebbtide.reading import Finding, Month, Noted, Reading, Rhythm, Safety, Share
from ebbtide.report import html, notes, rhythm, svg
from ebbtide.report.names import names_of
from tests.report import samples
from tests.report.drawings import parsed


def marks(drawing: str, paint: str) -> list[ElementTree.Element]:
    """The elements of a drawing with this paint."""
    return [e for e in ElementTree.fromstring(drawing).iter() if e.get("class") == paint]


def test_a_year_is_named_only_where_there_is_room_for_it() -> None:
    columns = rhythm.Columns(2.0, 344.0, 37)
    last = rhythm.below(columns, months(37), 350.0)
    assert [words for _, words in last[1]] == ["2024", "2025", "2026"]
    assert all(x + svg.text_width(words) <= 350.0 for line in last for x, words in line)


def months(count: int, spells: int = 1) -> tuple[Month, ...]:
    """Months from January 2024 on; the second has too few messages to tell warmth."""
    warm = Share(0.12, 0.08, 0.16)
    return tuple(
        Month(date(2024 + i // 12, i % 12 + 1, 1), 30, None if i == 1 else warm, 2.5, spells if i % 2 else 0)
        for i in range(count)
    )


def with_months(count: int, **changes: object) -> Reading:
    each = months(count)
    spells = sum(m.spells for m in each)
    of = Rhythm(30 * count, spells, spells * 12 / count, (6,), 0.8, Share(0.12, 0.1, 0.14), None, None, each)
    return samples.reading(rhythm=of, **changes)


def with_notes(count: int, **changes: object) -> Reading:
    first = date(2025, 5, 1)
    days = tuple(
        Noted(
            first + timedelta(days=2 * i), {"b": i % 5} | ({"a": 1} if i % 3 else {}), 4 if i % 4 == 0 else None, i % 2
        )
        for i in range(count)
    )
    return samples.reading(noted=days, **changes)


def figure_of(module, reading: Reading):
    figure = module.figure(reading, names_of(reading, alias=False))
    assert figure is not None
    return figure


@pytest.mark.parametrize(
    ("module", "reading"),
    [(rhythm, with_months(n)) for n in (3, 9, 36, 60)] + [(notes, with_notes(n)) for n in (1, 20, 80)],
)
def test_every_drawing_is_named_and_inside_its_frame(module, reading: Reading) -> None:
    figure = figure_of(module, reading)
    for drawing in (figure.wide, figure.narrow):
        root = parsed(drawing)
        width, height = (float(v) for v in (root.get("viewBox") or "").split()[2:])
        for text in root.iter("text"):
            assert float(text.get("x") or 0) >= 0
            assert float(text.get("x") or 0) + svg.text_width(text.text or "") <= width + 12
            assert 0 < float(text.get("y") or 0) <= height
        for box in root.iter("rect"):
            assert float(box.get("x") or 0) >= 0
            assert float(box.get("y") or 0) >= 0


def test_a_month_has_its_bars_its_range_and_its_spells() -> None:
    wide = figure_of(rhythm, with_months(4)).wide
    # Three of four months tell warmth, and every month its starts.
    assert len(marks(wide, "both")) == 3 + 4
    assert len([e for e in marks(wide, "edge") if e.tag.endswith("line")]) == 3
    assert len([e for e in marks(wide, "edge") if e.tag.endswith("rect")]) == 2


def test_the_table_of_months_says_what_is_not_known() -> None:
    rows = figure_of(rhythm, with_months(4)).table.rows
    assert rows[0] == ("January 2024", "30", "12% (8.0% to 16%)", "2.5", "0")
    assert rows[1][2] == "not known"


def test_the_words_of_a_row_tell_of_its_bars_and_not_of_their_ranges() -> None:
    assert "Warm messages, up to 12%" in figure_of(rhythm, with_months(4)).wide


def test_days_of_a_month_in_part_stand_under_its_name_where_there_is_room() -> None:
    whole = with_months(4)
    assert whole.rhythm is not None
    part = replace(months(5)[4], days=2)
    wide = figure_of(rhythm, replace(whole, rhythm=replace(whole.rhythm, months=(*whole.rhythm.months, part)))).wide
    at = {e.text: float(e.get("y") or 0) for e in marks(wide, "label")}
    assert at["2 days"] == at["2024"]
    first = figure_of(rhythm, replace(whole, rhythm=replace(whole.rhythm, months=(part, *months(8)[5:])))).wide
    at = {e.text: float(e.get("y") or 0) for e in marks(first, "label")}
    assert at["2 days"] == at["2024"] + rhythm.LINE


def test_the_description_sums_up_and_leaves_the_months_to_the_table() -> None:
    described = rhythm.description(months(8))
    assert described == (
        "From January 2024 to August 2024. Warm messages, month by month: 12%. Writing first, times a day: 2.5. "
        "Spells of distance began in February 2024, April 2024, June 2024 and August 2024."
    )


def test_times_apart_are_counted_without_a_verdict() -> None:
    figure = figure_of(rhythm, with_months(8))
    assert figure.heading == "Near and apart: four spells of distance in eight months"
    assert "How long they last and how they end say more than their number." in figure.lead


def test_months_are_counted_by_their_days_as_in_the_sentence_below() -> None:
    reading = with_months(5)
    assert reading.rhythm is not None
    figure = figure_of(rhythm, replace(reading, rhythm=replace(reading.rhythm, days=120)))
    assert "in four months" in figure.heading
    assert "In the 4 months of this record" in figure.lead


def test_a_month_seen_in_part_is_no_measure_for_the_others() -> None:
    whole = with_months(4)
    assert whole.rhythm is not None
    part = replace(months(5)[4], days=2, starts=9.0, spells=0)
    reading = replace(whole, rhythm=replace(whole.rhythm, months=(*whole.rhythm.months, part)))
    figure = figure_of(rhythm, reading)
    assert "Writing first, times a day, up to 2.5" in figure.wide
    # Its bar is broken, with its number.
    assert "9.0" in [e.text for e in marks(figure.wide, "strong")]
    assert "the broken one reaches higher" in figure.caption
    below = replace(part, starts=1.0)
    lower = replace(whole, rhythm=replace(whole.rhythm, months=(*whole.rhythm.months, below)))
    assert not marks(figure_of(rhythm, lower).wide, "strong")
    assert "broken" not in figure_of(rhythm, lower).caption
    assert "2 days" in [e.text for e in marks(figure.wide, "label")]
    dashed = marks(figure.wide, "part")
    assert dashed
    assert all(e.get("fill") == "none" for e in dashed)
    assert max(float(e.get("height") or 0) for e in dashed) <= rhythm.ROW
    assert "only a few days were seen" in figure.caption
    assert not marks(figure_of(rhythm, whole).wide, "part")
    assert "only a few days" not in figure_of(rhythm, whole).caption


def test_no_months_where_the_record_is_short_or_something_comes_first() -> None:
    for reading in (with_months(2), with_months(8, safety=Safety("look", "Look"))):
        assert rhythm.figure(reading, names_of(reading, alias=False)) is None


def test_a_day_that_was_noted_has_its_bar_and_another_day_none() -> None:
    wide = figure_of(notes, with_notes(6)).wide
    assert len(marks(wide, "fill-b")) == 6
    assert len(marks(wide, "fill-a")) == 4
    assert len(marks(wide, "both")) == 2
    heights = [float(e.get("height") or 0) for e in marks(wide, "fill-b")]
    assert heights[0] == pytest.approx(notes.LEAST_HEIGHT)
    assert heights[4] == pytest.approx(notes.ROW)


def test_the_table_of_days_shows_what_was_not_noted_as_such() -> None:
    figure = figure_of(notes, with_notes(6))
    assert figure.heading == "6 days noted, two of them spent together"
    assert figure.table.columns[1:3] == ("Sam, 0 to 4", "Jo, 0 to 4")
    assert [row[2] for row in figure.table.rows] == ["–", "1", "1", "–", "1", "1"]


def test_rows_stand_only_for_what_was_noted() -> None:
    first = date(2025, 5, 1)
    far = tuple(Noted(first + timedelta(days=i), {"b": 2}, None, 1) for i in range(5))
    figure = figure_of(notes, samples.reading(noted=far))
    words = "".join(parsed(figure.wide).itertext())
    assert "How distant: Sam" in words
    assert "How distant: Jo" not in words
    assert "Together" not in words


def test_days_of_which_only_signs_were_noted_have_no_figure() -> None:
    first = date(2025, 5, 1)
    signs = tuple(Noted(first + timedelta(days=i), {}, None, 3) for i in range(5))
    said = Finding("checkins", None, "Check-ins of 5 days are read beside the messages.", {"days": 5.0})
    reading = samples.reading(noted=signs, findings=(said,))
    assert notes.figure(reading, names_of(reading, alias=False)) is None
    page = html(reading)
    assert 'id="notes"' not in page
    assert "They name signs" in page
    assert "They name signs" not in html(replace(reading, noted=with_notes(6).noted))


def test_only_the_latest_days_are_drawn_and_all_stand_in_the_table() -> None:
    figure = figure_of(notes, with_notes(80))
    assert len(marks(figure.wide, "fill-b")) == 46
    assert len(figure.table.rows) == 80
    assert figure.caption == "34 earlier days stand in the table."


def test_the_page_shows_both() -> None:
    page = html(replace(with_months(8), noted=with_notes(6).noted))
    assert 'id="rhythm"' in page
    assert 'id="rhythm"' not in html(samples.reading())
