"""What got better since an earlier intake is said first, and what got worse is not passed off as that."""

from __future__ import annotations

import pytest

from ebbtide import analysis
from ebbtide.reading.better import better
from ebbtide.selfreport.intake import Intake


@pytest.mark.parametrize(
    ("earlier", "later", "first"),
    [
        (
            Intake(contact="none", since_days=9),
            Intake(contact="usual"),
            "Your partner is back since your earlier answers: contact is as usual, where before there was none.",
        ),
        (
            Intake(voice="withdrawing", contact="less", since_days=9),
            Intake(voice="withdrawing", contact="usual", own_moves=("came_back",)),
            "You are back since your earlier answers: contact is as usual, where before there was less than usual.",
        ),
        (
            Intake(contact="none", since_days=9, explained="no"),
            Intake(contact="checks_in", since_days=12, explained="partly"),
            "Since your earlier answers something got better: contact is a sign now and then, "
            "where before there was none; a reason was given.",
        ),
        (
            Intake(contact="less", since_days=9, signs=("flat", "irritable")),
            Intake(contact="less", since_days=12, signs=("flat",)),
            "Since your earlier answers something got better: you name fewer signs of distance.",
        ),
    ],
)
def test_what_got_better_is_the_first_line(earlier: Intake, later: Intake, first: str) -> None:
    reading = analysis.intake(later, earlier=earlier)
    assert reading.answer.now == first
    assert analysis.intake(later).answer.now != first


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (Intake(contact="usual"), Intake(contact="none", since_days=4)),
        (Intake(contact="none"), Intake(contact="none")),
        (Intake(contact="none"), Intake()),
        (Intake(contact="none", stage="dating"), Intake(contact="usual", stage="ended")),
        (Intake(contact="none"), Intake(contact="less", red_flags=("infidelity",))),
        (Intake(signs=("flat",)), Intake(contact="less")),
    ],
)
def test_what_is_worse_the_same_or_not_known_is_no_good_news(earlier: Intake, later: Intake) -> None:
    assert better(earlier, later) is None


def test_beside_danger_no_good_news_is_told() -> None:
    reading = analysis.intake({"contact": "usual", "safety": {"afraid": True}}, earlier=Intake(contact="none"))
    assert not reading.tells("better")


def test_who_is_back_gets_the_advice_for_a_return() -> None:
    reading = analysis.intake(Intake(contact="usual"), earlier=Intake(contact="none", since_days=9))
    assert reading.advice[0].id == "return.welcome"
