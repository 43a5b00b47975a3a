"""The figures: what they draw where, and what they say."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide.reading import Finding, Reading, Ribbon, present
from ebbtide.report import curve, ribbon, svg
from ebbtide.report.calendar_axis import ticks
from ebbtide.report.names import names_of
from ebbtide.report.ribbon_table import folded
from tests.report import samples


def marks(drawing: str, paint: str) -> list[ElementTree.Element]:
    """The elements of a drawing with this paint."""
    return [e for e in ElementTree.fromstring(drawing).iter() if e.get("class") == paint]


def curve_of(reading: Reading):
    figure = curve.figure(reading, names_of(reading, alias=False))
    assert figure is not None
    return figure


def ribbon_of(reading: Reading):
    figure = ribbon.figure(reading, names_of(reading, alias=False))
    assert figure is not None
    return figure


@pytest.mark.parametrize("sample", samples.ALL.values(), ids=samples.ALL)
def test_every_drawing_is_well_formed_and_named(sample) -> None:
    reading = sample()
    names = names_of(reading, alias=False)
    for figure in (curve.figure(reading, names), ribbon.figure(reading, names)):
        for drawing in (figure.wide, figure.narrow) if figure else ():
            root = ElementTree.fromstring(drawing)
            title, description = root[0], root[1]
            assert root.get("aria-labelledby") == title.get("id")
            assert root.get("aria-describedby") == description.get("id")
            assert title.text
            assert len(description.text or "") > 20
            assert "nan" not in drawing
            assert "var(" not in drawing


def test_the_ring_stands_where_the_silence_is() -> None:
    wide = curve_of(samples.unusual_quiet()).wide
    (ring,) = marks(wide, "dot")
    across = (float(ring.get("cx")) - curve.WIDE.left) / (curve.WIDE.right - curve.WIDE.left)
    down = (float(ring.get("cy")) - curve.WIDE.top) / (curve.WIDE.bottom - curve.WIDE.top)
    assert across == pytest.approx(math.log(31) / math.log(336), abs=0.002)
    assert down == pytest.approx(math.log(40) / math.log(200), abs=0.002)


def test_the_curve_speaks_first_in_words() -> None:
    figure = curve_of(samples.unusual_quiet())
    assert figure.heading == "A silence of 31 hours is unusual for Sam"
    assert figure.lead == (
        "About 1 quiet spell in 40 lasts this long, at this time of the week. "
        "At the rate at which Sam goes quiet, that is about once in 3 weeks."
    )


def test_the_table_holds_now_in_its_place() -> None:
    rows = [r[0] for r in curve_of(samples.unusual_quiet()).table.rows]
    assert rows[rows.index("31 hours, now") - 1] == "24 hours"
    assert rows[rows.index("31 hours, now") + 1] == "2 days"


def test_a_silence_under_an_hour_is_no_quiet_spell_and_is_not_compared() -> None:
    figure = curve_of(samples.returned())
    assert not marks(figure.wide, "dot")
    assert not marks(figure.wide, "mark")
    assert figure.heading == "How long Sam’s quiet spells last"
    assert figure.lead.startswith("In this record half of them lasted 2 hours or more, and 1 in 10 lasted 10 hours or")
    assert "The line is for one that begins at this time of the week" in figure.lead
    assert not any("now" in row[0] for row in figure.table.rows)


def test_a_record_that_has_ended_has_no_present_silence() -> None:
    ended = samples.reading(findings=(Finding("record_ended", None, "This record ends on 28 September 2025."),))
    figure = curve_of(ended)
    assert figure.heading == "How long Sam’s quiet spells last"
    assert not marks(figure.wide, "dot")
    assert "present one" not in figure.wide


def test_the_figure_is_about_the_person_the_answer_speaks_of() -> None:
    quiet = (samples.silence("a", 80.0, "unusual", 60), samples.silence("b", 5.0, "usual", 2))
    reading = samples.reading(episodes=(), silence=quiet)
    assert present(reading).who == "a"
    assert curve_of(reading).heading == "A silence of 3 and a half days is unusual for you"
    turned = replace(reading, silence=(samples.silence("a", 5.0, "usual", 2), samples.silence("b", 80.0, "usual", 3)))
    assert curve_of(turned).heading == "A silence of 3 and a half days is usual for Sam"


def test_what_the_record_cannot_tell_is_not_claimed() -> None:
    lead = curve_of(samples.concerning()).lead
    assert "Fewer than 1 quiet spell in 200" in lead
    assert "too short to say how often" in lead


def test_the_table_ends_where_the_figure_ends() -> None:
    assert curve.told_share(1 / 200) == "0.5"
    assert curve.told_share(1 / 97_000_000) == "under 0.5"
    cells = [cell for row in curve_of(samples.concerning()).table.rows for cell in row[1:]]
    assert any("under 0.5" in cell for cell in cells)


@pytest.mark.parametrize("sample", [samples.unusual_quiet, samples.concerning, samples.usual_quiet])
def test_a_share_lies_in_its_range_and_all_are_of_a_hundred(sample) -> None:
    for _, share, span in curve_of(sample()).table.rows:
        ends = [float(end.removeprefix("under ")) for end in (span or f"{share} to {share}").split(" to ")]
        assert ends[0] <= float(share.removeprefix("under ")) <= ends[-1]


def test_a_band_as_thin_as_the_line_is_no_shade_and_tells_no_range() -> None:
    reading = samples.unusual_quiet()
    it = reading.silence[1]
    assert it.curve is not None
    thin = replace(it.curve, low=it.curve.share, high=tuple(v * 1.0001 for v in it.curve.share))
    rows = curve.table(it, thin).rows
    # That all last an hour is what they are; below the floor nothing more is told.
    assert {r[2] for r in rows[1:-1]} == {curve.TOO_FEW}
    assert [rows[0][2], rows[-1][2]] == ["100", "under 0.5"]
    figure = curve_of(replace(reading, silence=(reading.silence[0], replace(it, curve=thin))))
    assert "Where there is no shade, too few spells" in figure.caption
    assert "no shade" not in curve_of(reading).caption


def test_the_shade_is_broken_where_no_range_is_told() -> None:
    reading = samples.unusual_quiet()
    it = reading.silence[1]
    assert it.curve is not None
    hours, share = it.curve.hours, it.curve.share
    known = [not 24 <= h <= 60 for h in hours]
    low = tuple(v if k else s for v, s, k in zip(it.curve.low, share, known, strict=True))
    high = tuple(v if k else s for v, s, k in zip(it.curve.high, share, known, strict=True))
    broken = replace(it, curve=replace(it.curve, low=low, high=high))
    figure = curve_of(replace(reading, silence=(reading.silence[0], broken)))
    assert len(marks(figure.wide, "shade-b")) == 2
    assert {r[0]: r[2] for r in figure.table.rows}["2 days"] == curve.TOO_FEW


def short_of_now():
    """A curve told for four weeks, and a silence of five."""
    reading = samples.concerning()
    long = replace(samples.silence("b", 836.0, "unusual", 102), curve=samples.silence("b", 31.0, "unusual", 40).curve)
    return curve_of(replace(reading, silence=(long,)))


def test_beyond_the_curve_a_dashed_line_leads_to_now_and_the_table_holds_it() -> None:
    figure = short_of_now()
    (dashed,) = [e for e in marks(figure.wide, "line-b") if e.get("stroke-dasharray")]
    (ring,) = marks(figure.wide, "dot")
    assert (dashed.get("points") or "").split()[-1] == f"{ring.get('cx')},{ring.get('cy')}"
    assert figure.table.rows[-1] == ("5 weeks, now", "1.0", curve.TOO_FEW)
    assert "beyond what the curve was told for" in figure.caption
    assert not [e for e in marks(curve_of(samples.unusual_quiet()).wide, "line-b") if e.get("stroke-dasharray")]


def test_a_length_that_is_now_stands_once_in_the_table() -> None:
    reading = samples.reading(silence=(samples.silence("b", 24.2, "unusual", 30),))
    rows = [r[0] for r in curve_of(reading).table.rows]
    assert "24 hours, now" in rows
    assert "24 hours" not in rows


def test_four_weeks_stand_in_the_table_only_where_now_lies_beyond() -> None:
    assert "4 weeks" not in [r[0] for r in curve_of(samples.unusual_quiet()).table.rows]
    it = replace(samples.silence("b", 836.0, "unusual", 102), curve=samples.silence("b", 3.0, "usual", 2).curve)
    assert it.curve is not None
    assert "4 weeks" in [r[0] for r in curve.table(it, replace(it.curve, share=(0.5,) * 220)).rows]


def test_the_description_is_no_rarer_than_the_words_and_tells_of_now() -> None:
    assert curve.rarity(1 / 46_000) == "fewer than 1 in 200"
    assert curve.rarity(1 / 40) == "1 in 40"
    wide = ElementTree.fromstring(curve_of(samples.unusual_quiet()).wide)
    assert (wide[1].text or "").endswith("The present one is at 31 hours; about 1 quiet spell in 40 lasts this long.")


def test_the_word_for_now_stands_above_the_plot() -> None:
    for hours in (1.0, 31.0, 300.0):
        wide = curve_of(samples.reading(silence=(samples.silence("b", hours, "unusual", 40),))).wide
        (word,) = [e for e in marks(wide, "strong") if (e.text or "").startswith("now")]
        assert float(word.get("y") or 99) < curve.WIDE.top - 6


def test_no_curve_and_no_ribbon_without_data() -> None:
    reading = samples.too_little()
    names = names_of(reading, alias=False)
    assert curve.figure(reading, names) is None
    assert ribbon.figure(reading, names) is None


def test_episodes_are_hatched_with_their_lengths() -> None:
    wide = ribbon_of(samples.unusual_quiet()).wide
    assert len(marks(wide, "hatch")) == 4
    words = [e.text for e in marks(wide, "label") + marks(wide, "strong")]
    assert words.count("5 days") == 2
    assert {"2 weeks", "now"} <= set(words)


def test_labels_never_overlap() -> None:
    narrow = ElementTree.fromstring(ribbon_of(samples.three_years()).narrow)
    for row in {e.get("y") for e in narrow.iter("text")}:
        middle = [e for e in narrow.iter("text") if e.get("y") == row and e.get("text-anchor") == "middle"]
        spans = sorted((float(e.get("x")), svg.text_width(e.text) / 2) for e in middle)
        for (x1, half1), (x2, half2) in pairwise(spans):
            assert x1 + half1 < x2 - half2


def test_the_line_breaks_where_nothing_is_known() -> None:
    known = ribbon_of(samples.unusual_quiet())
    broken = ribbon_of(samples.concerning())
    assert [len(marks(known.wide, f"line-{p}")) for p in "ab"] == [1, 1]
    assert [len(marks(broken.wide, f"line-{p}")) for p in "ab"] == [3, 3]
    assert [len(marks(broken.wide, f"shade-{p}")) for p in "ab"] == [2, 2]
    assert "nothing can be told" in broken.caption
    assert not known.caption


@pytest.mark.parametrize("years", [2 / 52, 0.25, 1, 3, 5])
def test_from_two_weeks_to_five_years(years: float) -> None:
    figure = ribbon_of(samples.three_years(years)) if years > 0.2 else ribbon_of(samples.two_weeks())
    for drawing, room in ((figure.wide, 720), (figure.narrow, 350)):
        assert len(drawing) < 45_000
        for line in marks(drawing, "line-a") + marks(drawing, "line-b"):
            xs = [float(p.split(",")[0]) for p in line.get("points").split()]
            assert xs == sorted(xs)
            assert 0 <= xs[0] <= xs[-1] <= room


def test_decimating_keeps_the_depth_of_a_dip() -> None:
    points = [(i * 0.1, 10.0) for i in range(1000)]
    points[501] = (50.1, 60.0)
    kept = ribbon.decimated(points)
    assert (50.1, 60.0) in kept
    assert len(kept) < 120


@given(st.lists(st.one_of(st.none(), st.floats(0, 9)), min_size=2, max_size=60))
@settings(max_examples=60)
def test_any_levels_can_be_drawn(levels: list[float | None]) -> None:
    days = tuple(date(2025, 1, 1) + timedelta(days=i) for i in range(len(levels)))
    odd = Ribbon(days, {"a": tuple(levels), "b": tuple(reversed(levels))}, {"a": 0.8, "b": 0.0}, {"a": 1.2, "b": 4.0})
    figure = ribbon_of(samples.reading(ribbon=odd))
    ElementTree.fromstring(figure.wide)
    assert len(figure.table.rows) >= 1


def test_the_table_says_more_less_and_not_known() -> None:
    days = tuple(date(2025, 1, 6) + timedelta(days=i) for i in range(28))
    levels = tuple([1.0] * 7 + [0.4] * 7 + [None] * 7 + [2.0] * 7)
    made = Ribbon(days, {"a": levels, "b": levels}, {"a": 0.8, "b": 0.8}, {"a": 1.2, "b": 1.2})
    rows = ribbon_of(samples.reading(ribbon=made)).table.rows
    assert [r[1] for r in rows] == ["as usual", "less, about 40% of usual", "not known", "more, about 200% of usual"]
    assert rows[0][0] == "6 January 2025"


def test_the_table_holds_the_episodes_the_figure_hatches() -> None:
    table = ribbon_of(samples.unusual_quiet()).table
    assert table.columns[-1] == "Episodes"
    said = "; ".join(row[-1] for row in table.rows)
    for words in ("Sam, from 24 March: 5 days", "Jo, from 10 July: 5 days", "Sam, from 26 September: 4 days so far"):
        assert words in said
    assert ribbon_of(samples.usual_quiet()).table.columns[-1] == "Jo"


def test_a_run_of_months_as_usual_is_one_row() -> None:
    rows = [("Jan", "as usual", "as usual", ""), ("Feb", "as usual", "as usual", "Sam, from 3 February: 4 days")]
    calm = [(f"M{i}", "as usual", "as usual", "") for i in range(5)]
    made = list(folded([*calm, *rows, ("Mar", "less, about 40% of usual", "as usual", "")], 2))
    assert made == [
        ("M0 – Jan", "as usual", "as usual", ""),
        rows[1],
        ("Mar", "less, about 40% of usual", "as usual", ""),
    ]
    assert len(list(folded(calm[:2], 2))) == 2
    assert list(folded([row[:3] for row in calm], 2)) == [("M0 – M4", "as usual", "as usual")]


def test_the_reader_is_named_as_such() -> None:
    figure = ribbon_of(samples.unusual_quiet())
    assert "Jo (you)" in [e.text for e in marks(figure.narrow, "name-a")]
    assert "(you)" in [e.text for e in marks(figure.wide, "label")]
    assert "(you)" not in "".join(e.text or "" for e in marks(figure.narrow, "name-b"))


def test_a_line_on_the_floor_is_said_to_mean_almost_nothing() -> None:
    days = tuple(date(2025, 1, 6) + timedelta(days=i) for i in range(28))
    made = Ribbon(days, {"a": (1.0,) * 28, "b": (0.01,) * 28}, {"a": 0.8, "b": 0.8}, {"a": 1.2, "b": 1.2})
    figure = ribbon_of(samples.reading(ribbon=made))
    assert "along the floor, almost nothing came" in figure.lead
    assert {r[1] for r in figure.table.rows} == {"almost nothing"}
    assert "floor" not in ribbon_of(samples.unusual_quiet()).lead


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(14, 1900), st.sampled_from([340.0, 660.0]))
def test_marks_of_the_calendar_have_room(start: date, days: int, room: float) -> None:
    end = start + timedelta(days=days - 1)
    made = ticks(start, end, room)
    assert made
    assert all(start <= t.day <= end for t in made)
    gaps = [(b.day - a.day).days * room / days for a, b in pairwise(made)]
    assert all(gap > 30 for gap in gaps)


def test_hatching_stays_inside_its_rectangle() -> None:
    path = ElementTree.fromstring(svg.hatching(10.0, 20.0, 30.0, 12.0)).get("d")
    for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path):
        assert 10 <= float(x) <= 40
        assert 20 <= float(y) <= 32


def test_names_in_drawings_are_escaped() -> None:
    drawing = ribbon_of(samples.hostile_names()).wide
    assert "<script" not in drawing
    assert "<script>" in "".join(ElementTree.fromstring(drawing).itertext())


def test_a_missing_probability_draws_the_ring_on_the_curve() -> None:
    reading = samples.unusual_quiet()
    silences = tuple(replace(s, probability=None, one_in=None, once_in_days=None) for s in reading.silence)
    figure = curve_of(replace(reading, silence=silences))
    (ring,) = marks(figure.wide, "dot")
    assert float(ring.get("cy")) > curve.WIDE.top
    assert figure.lead == ""
