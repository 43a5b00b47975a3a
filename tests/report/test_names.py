"""Names: replaced on request, kept apart where they run the other way."""

from __future__ import annotations

from ebbtide.report.names import names_of
from tests.report import samples


def test_names_stay_as_they_are() -> None:
    names = names_of(samples.unusual_quiet(), alias=False)
    assert names.of("b") == "Sam"
    assert names.say("Sam wrote.") == "Sam wrote."


def test_an_alias_reaches_into_sentences_but_not_into_other_words() -> None:
    names = names_of(samples.unusual_quiet(), alias=True)
    assert names.say("Sam’s quiet spells; Jo waited. The same join.") == (
        "Person B’s quiet spells; Person A waited. The same join."
    )


def test_parts_of_a_long_name_are_replaced_too() -> None:
    names = names_of(samples.renamed("Ana Lind", "Sam van Oak"), alias=True)
    assert names.say("Ana wrote to Sam van Oak and to Oak, a man of van size.") == (
        "Person A wrote to Person B and to Person B, a man of Person B size."
    )


def test_someone_called_may_does_not_change_dates() -> None:
    names = names_of(samples.renamed("May", "Will"), alias=True)
    assert names.say("May was away from 3 May to 9 May 2025; it will pass, Will said.") == (
        "Person A was away from 3 May to 9 May 2025; it will pass, Person B said."
    )


def test_a_quote_loses_the_name_in_any_case() -> None:
    names = names_of(samples.unusual_quiet(), alias=True)
    assert names.quote("SAM?? sam, please") == "Person B?? Person B, please"


def test_right_to_left_names_are_closed_off() -> None:
    reading = samples.right_to_left()
    names = names_of(reading, alias=False)
    assert names.say(reading.answer.now).count("\u2068") == names.say(reading.answer.now).count("\u2069") == 2
