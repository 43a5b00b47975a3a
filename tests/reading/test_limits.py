"""What could not be known, in sentences whose verbs go with their numbers."""

from __future__ import annotations

from ebbtide.reading.limits import softened_limits


def test_one_figure_of_speech_is_and_several_are() -> None:
    assert softened_limits(0) == []
    (one,) = softened_limits(1)
    assert "1 recent message reads like a figure of speech" in one
    assert "and is not counted as a sign. If it was meant," in one
    (several,) = softened_limits(3)
    assert "3 recent messages read like a figure of speech" in several
    assert "and are not counted as signs. If one was meant," in several
