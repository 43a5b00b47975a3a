"""The hours of the week and the loop: what they draw where, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from ebbtide.reading import CANNOT_TELL, Finding, Reading, Share, Week
from ebbtide.reading.types import Answered
from ebbtide.report import html, loop, svg, week
from ebbtide.report.names import names_of
from ebbtide.report.questions import questions
from tests.report import samples
from tests.report.drawings import parsed
from tests.report.parts import REACHES, SLOWER, TURNED, rhythm, turning


def marks(drawing: str, paint: str) -> list[ElementTree.Element]:
    """The elements of a drawing with this paint."""
    return [e for e in ElementTree.fromstring(drawing).iter() if e.get("class") == paint]


def figure_of(module, reading: Reading):
    figure = module.figure(reading, names_of(reading, alias=False))
    assert figure is not None
    return figure


def weekly(**changes: object) -> Reading:
    return samples.reading(week=rhythm(), **changes)


@pytest.mark.parametrize("module", [week, loop])
@pytest.mark.parametrize("names", [("Jo", "Sam"), ("Maximiliana Featherstonehaugh", "<b>"), ("נועה", "سلمى")])
def test_every_drawing_is_well_formed_named_and_inside_its_frame(module, names: tuple[str, str]) -> None:
    base = samples.renamed(*names)
    reading = replace(base, week=rhythm(), loop=turning())
    figure = figure_of(module, reading)
    for drawing in (figure.wide, figure.narrow):
        root = parsed(drawing)
        assert "var(" not in drawing
        width, height = (float(v) for v in (root.get("viewBox") or "").split()[2:])
        for text in root.iter("text"):
            half = svg.text_width(text.text or "")
            room = {"middle": half / 2, "end": half}.get(text.get("text-anchor") or "", 0.0)
            assert float(text.get("x") or 0) - room >= -12
            assert 0 < float(text.get("y") or 0) <= height
            assert float(text.get("x") or 0) <= width


def test_no_figure_without_numbers() -> None:
    names = names_of(samples.unusual_quiet(), alias=False)
    assert week.figure(samples.unusual_quiet(), names) is None
    assert loop.figure(samples.unusual_quiet(), names) is None


def test_each_day_of_each_person_is_a_staircase_of_24_steps() -> None:
    wide = figure_of(week, weekly()).wide
    for person in "ab":
        rows = marks(wide, f"line-{person}")
        assert len(rows) == 7
        assert all(len((r.get("points") or "").split()) == 50 for r in rows)


def test_the_tallest_step_is_the_busiest_hour() -> None:
    share = {"a": [0.0] * 168, "b": [1 / 168] * 168}
    share["a"][2 * 24 + 20] = 1.0
    made = Week({p: tuple(v) for p, v in share.items()}, {"a": 100, "b": 100}, 70)
    wide = figure_of(week, samples.reading(week=made)).wide
    heights = []
    for row in marks(wide, "line-a"):
        points = [tuple(map(float, p.split(","))) for p in (row.get("points") or "").split()]
        heights.append(points[0][1] - min(y for _, y in points))
    assert heights[2] == pytest.approx(week.ROW * week.FILLED, abs=0.2)
    assert sum(heights) == pytest.approx(heights[2])


def test_the_hours_are_said_in_words() -> None:
    figure = figure_of(week, weekly())
    assert figure.heading == "Both of you write most in the evening"
    assert "Jo writes most from 18:00 to 22:00 and hardly ever from 0:00 to 6:00." in figure.lead
    assert "says little" in figure.lead


def test_the_part_of_the_day_in_the_title_is_at_odds_with_neither_the_hours_nor_the_shares() -> None:
    day = [0.0] * 24
    for hour, share in ((13, 0.15), (14, 0.15), (15, 0.15), (17, 0.05), (18, 0.13), (19, 0.13), (20, 0.12), (21, 0.12)):
        day[hour] = share
    spread = tuple(v / 7 for v in day * 7)
    figure = figure_of(week, samples.reading(week=Week({"a": spread, "b": spread}, {"a": 100, "b": 100}, 70)))
    assert figure.heading == "Both of you write most in the afternoon and in the evening"
    assert "write most from 18:00 to 22:00" in figure.lead
    assert "afternoon 50% and evening 50%" in figure.wide


def test_an_empty_stretch_runs_over_midnight() -> None:
    day = [0.0] * 24
    for hour in range(9, 21):
        day[hour] = 1 / 12
    assert week.stretches(day) == "most from 9:00 to 13:00 and hardly ever from 21:00 to 9:00"
    assert week.stretches([1 / 24] * 24) == "most from 0:00 to 4:00"


def test_the_table_of_hours_adds_up() -> None:
    parts = dict(figure_of(week, weekly()).table.parts)
    assert list(parts) == ["Sam", "Jo"]
    for rows in parts.values():
        assert len(rows) == 7
        assert sum(float(c.rstrip("%")) for r in rows for c in r[1:]) == pytest.approx(100, abs=1)


def test_now_stands_above_the_hours_it_is_about() -> None:
    wide = figure_of(week, weekly()).wide
    words = [e for e in marks(wide, "strong") if e.text == "now"]
    assert len(words) == 2
    tops = [float(p.split(",")[1]) for e in marks(wide, "line-a") for p in (e.get("points") or "").split()]
    assert all(float(e.get("y") or 0) < min(tops) for e in words)


def test_now_is_marked_in_the_row_of_its_day_alone() -> None:
    figure = figure_of(week, weekly())
    # The sketch is of a Tuesday.
    for mark in marks(figure.wide, "mark"):
        top, bottom = float(mark.get("y1") or 0), float(mark.get("y2") or 0)
        assert bottom == pytest.approx(week.HEAD + 2 * week.ROW)
        assert bottom - top < week.ROW
    assert [e.text for e in marks(figure.wide, "strong")].count("Tue") == 2
    assert figure.caption.endswith("The dotted line is now: Tuesday, 01:10.")


def test_now_is_marked_only_while_it_is_known() -> None:
    assert len(marks(figure_of(week, weekly()).wide, "mark")) == 2
    ended = weekly(findings=(Finding("record_ended", None, "…"),))
    assert not marks(figure_of(week, ended).wide, "mark")


def test_both_arrows_stand_equal_and_carry_their_words() -> None:
    figure = figure_of(loop, samples.reading(loop=turning()))
    assert figure.heading.startswith("A loop has hold of Jo and Sam")
    assert [len(marks(figure.wide, f"line-{p}")) for p in "ab"] == [1, 1]
    assert not marks(figure.wide, "unsure")
    labels = " ".join(e.text or "" for e in marks(figure.wide, "strong-label"))
    assert labels == (f"{SLOWER} (1.5 times as slowly, 1.2 to 2.0) {REACHES} (1.9 times as much, 1.4 to 2.4)")
    assert "neither started it" in figure.wide


def only_later() -> Reading:
    """A loop of which nothing holds over the whole record, and something in a part of it."""
    return samples.reading(loop=turning(CANNOT_TELL, CANNOT_TELL))


def test_what_cannot_be_told_is_a_thin_dashed_arrow() -> None:
    figure = figure_of(loop, only_later())
    assert figure.heading == "Whether a loop has hold of Jo and Sam cannot be told"
    dashed = marks(figure.wide, "unsure")
    assert len(dashed) == 2
    assert all(e.get("stroke-dasharray") and float(e.get("stroke-width") or 9) < loop.THIN for e in dashed)
    assert "neither started it" not in figure.wide
    assert "too early to tell" in figure.wide
    half = figure_of(loop, samples.reading(loop=turning(reaches=CANNOT_TELL)))
    assert half.heading == "One half of a loop shows between Jo and Sam"
    assert len(marks(half.wide, "unsure")) == 1
    assert "neither started it" in half.wide


def test_the_reader_is_spoken_to_in_the_same_way_throughout() -> None:
    wide = figure_of(loop, samples.reading(loop=turning(CANNOT_TELL, CANNOT_TELL))).wide
    labels = " ".join(e.text or "" for e in marks(wide, "strong-label"))
    assert labels == (
        "Too early to tell what Sam does when you reach out or fall quiet. "
        "Too early to tell what you do when Sam reaches out or falls quiet."
    )


def test_a_range_that_leaves_out_1_and_still_tells_nothing_is_explained() -> None:
    words = "Some numbers lean one way"
    assert words in figure_of(loop, only_later()).caption
    it = turning()
    clear = {way: replace(e, low=-1.0, high=1.0) for way, e in it.periods[0].reaching_then_slower.items()}
    vague = replace(it.periods[0], reaching_then_slower=clear)
    assert words not in figure_of(loop, samples.reading(loop=replace(it, periods=(vague,)))).caption


def test_a_loop_of_which_nothing_is_told_is_two_sentences() -> None:
    vague = turning(CANNOT_TELL, CANNOT_TELL)
    reading = samples.reading(loop=replace(vague, periods=vague.periods[:1]))
    figure = figure_of(loop, reading)
    assert not figure.wide
    assert not figure.table.rows
    assert figure.lead.count(".") == 2
    page = html(reading)
    section = page[page.index('aria-labelledby="loop"') :].split("</section>")[0]
    assert "neither shows one nor rules it out" in section
    assert "<figure" not in section
    assert "<details" not in section
    assert "rules it out" in reading._repr_html_()


def test_what_follows_when_one_writes_again_is_told_only_where_it_is_clear() -> None:
    low, high = Share(0.5, 0.45, 0.55), Share(0.8, 0.7, 0.9)
    clear = Answered("b", low, high, low, high, "Where you write again, Sam answers more warmly.")
    vague = Answered("a", low, high, low, low, "Where Sam writes again, you answer more often.")
    told = figure_of(loop, samples.reading(loop=replace(turning(CANNOT_TELL, CANNOT_TELL), answers=(vague, clear))))
    assert clear.says in told.lead
    assert "no reason to write twice" in told.lead
    # That more of them are answered is so by the way it is counted.
    assert vague.says not in told.lead
    nothing = replace(turning(CANNOT_TELL, CANNOT_TELL), answers=(vague,))
    none = figure_of(loop, samples.reading(loop=replace(nothing, periods=nothing.periods[:1])))
    assert "answers are not clearly warmer or colder" in none.lead
    # What is not said in words has its numbers in the table, also where nothing is drawn.
    assert not none.wide
    assert [row[1] for row in none.table.rows] == ["50%", "80%", "50%", "50%"]
    assert none.table.rows[1][0] == "Where Sam writes again before an answer, you answer"


def test_without_a_spell_there_is_no_loop() -> None:
    reading = samples.reading(loop=turning(), episodes=())
    assert loop.figure(reading, names_of(reading, alias=False)) is None
    assert "The loop</dt>" not in html(reading)
    assert "that feeds the next round" not in html(reading)


def test_a_question_speaks_of_a_round_only_where_both_halves_of_a_loop_show() -> None:
    whole, half = (questions(samples.reading(loop=each)) for each in (turning(), turning(reaches=CANNOT_TELL)))
    assert any("feeds the next round" in words for words in whole)
    assert not any("feeds the next round" in words for words in half)
    assert any("What would ease that for both?" in words for words in half)


def test_a_loop_of_a_part_of_the_record_says_which() -> None:
    whole = figure_of(loop, samples.reading(loop=turning()))
    assert "looked for in the days" not in whole.lead
    it = turning()
    late = replace(it.periods[0], start=date(2025, 6, 1))
    figure = figure_of(loop, samples.reading(loop=replace(it, periods=(late, *it.periods[1:]))))
    assert figure.lead.endswith("It was looked for in the days of 1 June – 30 September 2025.")
    assert not any("all of it" in heading for heading, _ in figure.table.parts)


def test_a_stronger_effect_is_a_thicker_arrow() -> None:
    wide = figure_of(loop, samples.reading(loop=turning())).wide
    slower, reaches = (float(marks(wide, f"line-{p}")[0].get("stroke-width") or 0) for p in "ab")
    assert loop.THIN < slower < reaches < loop.THICK


def test_what_holds_for_a_part_only_is_said_with_its_days() -> None:
    figure = figure_of(loop, samples.reading(loop=turning()))
    assert f"1 June – 30 September 2025: {TURNED}" in figure.lead
    assert "moved in time" not in figure.caption
    assert "moved in time" in figure_of(loop, samples.reading(loop=turning(placebo=False))).caption


def test_the_table_of_the_loop_holds_every_effect_in_sentences_under_its_days() -> None:
    parts = list(figure_of(loop, samples.reading(loop=turning())).table.parts)
    assert [len(rows) for _, rows in parts] == [4, 4, 4]
    days = "3 February – 30 September 2025, all of it."
    assert parts[0][0] == f"{days} Reached: you. Was distant: Sam."
    assert ("While your messages wait, Sam answers", "1.5 times as slowly", "1.2 to 2.0") in parts[0][1]
    assert ("When Sam writes less, you write", "1.9 times as much", "1.4 to 2.4") in parts[0][1]
    assert parts[2][0].endswith("Reached: Sam. Was distant: both of you.")
