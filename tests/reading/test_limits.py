"""What could not be known, in sentences whose verbs go with their numbers."""

from __future__ import annotations

from datetime import date

from ebbtide.reading.limits import softened_limits
from ebbtide.reading.phrases import Named


def test_one_figure_of_speech_is_and_several_are_with_whose_and_when() -> None:
    sam, you = (Named("Sam", False), date(2025, 5, 28)), (Named("Jo", True), date(2025, 6, 1))
    assert softened_limits([]) == []
    (one,) = softened_limits([sam])
    assert "1 recent message reads like a figure of speech about dying or hurting (Sam’s of 28 May)" in one
    assert "and is not counted as a sign. If it was meant," in one
    (several,) = softened_limits([sam, you, sam, you])
    assert "4 recent messages read like a figure of speech" in several
    assert "(the last your of" not in several
    assert "(the last yours of 1 June, Sam’s of 28 May and yours of 1 June)" in several
    assert "and are not counted as signs. If one was meant," in several
