"""Help that can be tapped: numbers as links, nothing said twice, and whose safety it is about."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ebbtide import report
from ebbtide.reading.help import packaged_help
from ebbtide.reading.safety import safety
from ebbtide.report.help_lines import heading, help_box, line, linked, numbered
from tests.report import samples
from tests.report.test_page import in_order


def addresses(written: str) -> list[str]:
    """Where the links of a piece of the page lead."""
    return re.findall(r'href="([^"]+)"', written)


@pytest.mark.parametrize(
    ("phone", "links"),
    [
        ("116 123", ["tel:116123"]),
        ("text SHOUT to 85258", ["sms:85258?body=SHOUT"]),
        ("1800 247 247, or text HELP to 51444", ["tel:1800247247", "sms:51444?body=HELP"]),
        ("(0800) 111 0 111 or (0800) 111 0 222", ["tel:08001110111", "tel:08001110222"]),
        ("016 (WhatsApp 600 000 016)", ["tel:016"]),
        ("180 (WhatsApp (61) 9610-0180)", ["tel:180"]),
        ("800 202 148 (SMS 3060)", ["tel:800202148", "sms:3060"]),
        ("0800/30.030", ["tel:080030030"]),
        ("079, opción 1", ["tel:079"]),
        ("#8008", ["tel:%238008"]),
    ],
)
def test_a_number_is_a_link_and_reads_as_it_did(phone: str, links: list[str]) -> None:
    written = numbered(phone)
    assert addresses(written) == links
    assert re.sub("<[^>]+>", "", written) == phone


@pytest.mark.parametrize("it", packaged_help().lines, ids=lambda it: f"{it.country} {it.name}")
def test_every_line_can_be_reached_by_a_tap(it) -> None:
    written = line(it)
    assert addresses(written)
    assert "&lt;" not in written
    assert all(re.fullmatch(r"tel:(%23)?\+?\d+|sms:\d+(\?body=\w+)?|https://[\w./-]+", a) for a in addresses(written))


@pytest.mark.parametrize("country", ["GB", "US", "DE", None])
def test_the_box_says_all_that_was_to_be_shown(country: str | None) -> None:
    reading = replace(samples.urgent(), safety=safety("urgent", (), country))
    box = help_box(reading)
    assert box is not None
    said = " ".join([box.lead, box.country, *(re.sub("<[^>]+>", "", it) for it in box.lines)])
    assert set(re.findall(r"\w+", reading.safety.shown)) <= {*re.findall(r"\w+", said), "In"}
    assert len(box.lines) == len(packaged_help().of(country, "crisis")) + 1
    assert "findahelpline" not in box.lead


def test_a_sentence_that_leads_on_keeps_its_place() -> None:
    box = help_box(replace(samples.look(), safety=safety("look", (), "GB")))
    assert box is not None
    assert box.lead.endswith("whatever the reason given.")
    assert box.directory.startswith("If that is part of your days, <a")
    assert box.after == "In danger, call your local emergency number."
    assert not any("If that" in it for it in box.lines)
    page = report.html(replace(samples.look(), safety=safety("look", (), "GB")))
    assert in_order(page, box.lead, '<p class="directory">', box.after, "In Britain")


def test_an_address_in_a_sentence_is_a_link_and_the_rest_is_escaped() -> None:
    assert linked("See findahelpline.com. <b>") == (
        'See <a rel="noreferrer" href="https://findahelpline.com">findahelpline.com</a>. &lt;b&gt;'
    )
    assert not addresses(linked("not.findahelpline.com.evil or me@findahelpline.com"))


@pytest.mark.parametrize("sample", samples.ALL.values(), ids=samples.ALL)
def test_every_page_that_names_a_directory_links_it(sample) -> None:
    page = report.html(sample())
    assert page.count("findahelpline.com</a>") == page.count('"https://findahelpline.com"')
    assert ("findahelpline.com" in page) is (sample().safety.level == "none")


def test_help_is_said_once_and_to_the_reader() -> None:
    page = report.html(samples.urgent_in("GB"))
    assert page.count("If a life may be at risk") == 1
    assert "Speak to someone now" not in page
    assert "Where this comes from" not in page
    assert in_order(page, "Samaritans", "One step now", "Do not stay alone", "After that", "If it is Sam you fear for")
    assert "If it is Jo you fear for" not in page
    assert page.count("Practice of crisis services") == 1


def test_where_the_reader_is_not_known_both_are_spoken_to() -> None:
    reading = samples.urgent_in("GB")
    nobody = replace(reading, people=tuple(replace(p, me=False) for p in reading.people))
    page = report.html(nobody)
    assert in_order(page, "If it is Sam you fear for", "If it is Jo you fear for")
    assert page.count("Do not stay alone with it") == 1


@pytest.mark.parametrize(
    ("wrote", "words"),
    [
        (("b",), "Someone may be in danger"),
        (("a",), "Your safety comes first"),
        (("a", "b"), "Your safety comes first"),
        ((), "Someone may be in danger"),
    ],
)
def test_the_heading_says_whose_safety_it_is_only_where_that_is_known(wrote: tuple[str, ...], words: str) -> None:
    reading = samples.urgent_in("GB")
    assert heading(replace(reading, safety=replace(reading.safety, wrote=wrote))) == words


def test_answers_are_about_the_reader_and_calm_pages_have_no_box() -> None:
    assert heading(samples.unsafe_answers()) == "Your safety comes first"
    assert help_box(samples.unusual_quiet()) is None
