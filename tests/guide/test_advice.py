"""Advice fits the situation, the voice and the facts; at most three steps, the first the one to show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ebbtide.guide import advise, packaged
from ebbtide.guide.conditions import holds
from ebbtide.guide.pack import read_pack
from ebbtide.reading import Finding, Hypothesis, Reading, present, situation
from tests.guide.variety import everything, in_words_of, readings
from tests.reading import stories as s
from tests.reading.wording import restraint


def ids(reading: Reading, voice: str) -> list[str]:
    return [a.id for a in advise(reading, voice)]  # type: ignore[arg-type]


def text(reading: Reading, id_: str) -> str:
    return next(f"{a.title}. {a.text}" for a in advise(reading) if a.id == id_)


def test_every_entry_is_said_somewhere() -> None:
    said = {a.id for _, __, told in everything() for a in told}
    assert {e.id for e in packaged()} - said == set()


def test_every_reading_gets_one_to_three_steps_for_each_voice() -> None:
    for reading, voice, told in everything():
        assert 1 <= len(told) <= 3, (situation(reading), voice, reading.intake)
        assert len({a.title for a in told}) == len(told), [a.id for a in told]


def test_every_step_rests_on_findings_that_are_there() -> None:
    for reading, _, told in everything():
        keys = {f.key for f in reading.findings}
        for advice in told:
            assert advice.because
            assert set(advice.because) <= keys
            assert "{" not in f"{advice.title} {advice.text} {advice.caution}"
            assert advice.source
            assert advice.grade


def test_half_a_day_asks_for_nothing() -> None:
    """S20.1"""
    assert ids(s.no_good_morning(), "waiting")[0] == "waiting.usual.nothing"


def test_asked_for_room_keeps_the_date_and_allows_one_light_word() -> None:
    """S20.2"""
    said = text(s.asked_for_room(), "waiting.processing.keep")
    assert "keep any date you have agreed" in said
    assert "One light word in between is fine" in said


def test_two_weeks_without_a_word_get_one_direct_line_limits_and_support() -> None:
    """S20.3"""
    assert ids(s.two_weeks_no_word(), "waiting") == [
        "waiting.concerning.sign",
        "waiting.concerning.two_people",
        "waiting.concerning.limit",
    ]
    assert "It asks for a sign, not for a talk." in text(s.two_weeks_no_word(), "waiting.concerning.sign")
    without_a_spell = s.reading([s.silence("a", 90), s.silence("b", 372, "unusual", 900, waiting=2)])
    assert ids(without_a_spell, "waiting") == ids(s.two_weeks_no_word(), "waiting")
    assert ids(without_a_spell, "withdrawing")[0] == "withdrawing.concerning.break"


def test_gone_again_is_told_as_a_whole_and_not_met_with_more_room() -> None:
    """S20.4"""
    told = s.gone_again()
    assert "waiting.concerning.whole" in ids(told, "waiting")
    assert not [a.id for a in advise(told, "waiting") if "room" in a.text or "Leave it until" in a.text]


def test_where_room_was_asked_for_no_further_line_is_put_into_the_mouth_of_who_wrote_and_wrote() -> None:
    for days in (6, 15):
        quiet = [s.silence("a", 1), s.silence("b", 60, "unusual", 50, waiting=7)]
        told = s.reading(quiet, [s.running("b", days, said_so=True, kept=0.3, longest=60)])
        assert ids(told, "waiting")[0] == "waiting.asked.stop"
        assert not {"waiting.concerning.last_line", "waiting.concerning.wish", "waiting.unusual.stop"} & set(
            ids(told, "waiting")
        )


def test_who_wrote_on_into_the_room_that_was_asked_for_is_not_offered_one_more_light_word() -> None:
    for turns, since, light in ((12, 1, False), (12, 0, True), (1, 1, True)):
        spell = replace(s.running("b", 6, said_so=True, kept=0.3, longest=60), unanswered_turns=turns)
        told = s.reading([s.silence("a", 1), s.silence("b", 20, waiting=since)], [spell])
        first = advise(told, "waiting")[0]
        assert (first.id == "waiting.asked.again") is not light
        assert any("One light word" in a.text for a in advise(told, "waiting")) is light


def test_who_waits_and_left_room_is_not_told_to_announce_a_quiet_of_their_own() -> None:
    for voice, first in (("waiting", "withdrawing.unusual.answer"), ("withdrawing", "withdrawing.unusual.line")):
        quiet = s.reading([s.silence("a", 140, "unusual", 50, waiting=1), s.silence("b", 20)])
        assert advise(replace(quiet, voice=voice), "withdrawing")[0].id == first
    flooded = s.reading([s.silence("a", 140, "unusual", 50, waiting=5), s.silence("b", 20)])
    assert advise(replace(flooded, voice="waiting"), "withdrawing")[0].id == "withdrawing.unusual.all"


def test_one_polite_message_is_answered_and_not_taken_for_a_return() -> None:
    for ago, messages, once in ((1, 1, True), (1, 4, False), (1, None, False), (3, 1, False)):
        back = replace(s.back(s.NOW.date(), "usual", False, False), messages=messages)
        told = s.reading([s.silence("a", 4), s.silence("b", 5)], [s.ended("b", ago, 15, return_=back)])
        assert ids(told, "waiting")[0] == ("waiting.returned.one" if once else "waiting.returned.glad")
        assert ("so far once" in told.answer.now) is once
        assert ("One message does not show how contact will be" in told.answer.may_be) is once
        met = {c.id: c.met for c in told.episodes[0].criteria}["returned_without_a_word"]
        assert met is (None if once else True)


def test_who_pulls_away_and_wrote_last_is_not_told_of_a_quiet_that_is_the_others() -> None:
    for turns in (1, 5):
        told = s.reading([s.silence("a", 20), s.silence("b", 140, "unusual", 50, waiting=turns)])
        said = advise(replace(told, voice="withdrawing"), "withdrawing")
        assert said[0].id == "withdrawing.other_quiet"
        assert not [a.id for a in said if "since you last did" in a.text or "your quiet" in a.text]


def test_a_home_is_calm_only_where_neither_is_unusually_quiet() -> None:
    for word, calm in (("usual", True), ("unusual", False)):
        told = s.reading([s.silence("a", 84, word, 200), s.silence("b", 1)], home=True)
        assert ("waiting.home.calm" in ids(told, "waiting")) is calm


def test_who_said_that_room_is_needed_is_asked_for_the_day_and_not_for_the_word_again() -> None:
    for days in (6, 15):
        spell = s.running("b", days, said_so=True, kept=0.3, longest=60)
        told = s.reading([s.silence("a", 1), s.silence("b", 60, "unusual", 50, waiting=7)], [spell], me="b")
        assert ids(told, "withdrawing")[0] == "withdrawing.processing.half"
        assert not {"withdrawing.concerning.break", "withdrawing.unusual.line"} & set(ids(told, "withdrawing"))


def test_a_call_that_is_refused_after_room_was_asked_for_is_no_taking() -> None:
    gives = Finding("give_and_take", "b", "Sam took none of your last 4 calls. Before, too.")
    for said_so, shown in ((False, True), (True, False)):
        spell = s.running("b", 6, said_so=said_so, kept=0.3, longest=30, outside=() if said_so else ("out-1",))
        told = s.reading([s.silence("a", 1), s.silence("b", 30, "unusual", 50)], [spell])
        told = replace(told, findings=(*told.findings, gives))
        assert holds("gives_more", told, present(told), "waiting") is shown


def test_nobody_is_given_a_limit_for_a_trouble_that_was_named() -> None:
    limits = {"waiting.processing.limit", "waiting.concerning.limit"}
    for reading, _, told in everything():
        if any(f.key == "outside_cause" for f in reading.findings):
            assert not limits & {a.id for a in told}


def test_who_comes_back_from_trouble_is_asked_how_it_is_and_heard_for_a_goodbye() -> None:
    back = s.reading([s.silence("a", 2), s.silence("b", 1)], [s.ended("b", 3, 6, outside=("out-1",))])
    assert "ring now and ask straight out" in advise(back, "waiting")[0].text
    assert "keeps for another day" not in " ".join(a.text for a in advise(back, "waiting"))


def test_a_reason_that_was_given_on_coming_back_is_not_asked_for_again() -> None:
    for explained, said in ((True, "withdrawing.returned.said"), (False, "withdrawing.returned.piece")):
        spell = s.ended("b", 3, 6, return_=s.back(s.NOW.date(), explained=explained))
        told = s.reading([s.silence("a", 2), s.silence("b", 1)], [spell])
        assert said in ids(told, "withdrawing")


def test_being_unsure_is_told_to_whom_it_fits_and_to_nobody_who_is_only_quiet() -> None:
    assert "say.unsure" not in ids(s.two_weeks_no_word(), "withdrawing")
    unsure = Hypothesis("commitment", "speaks for it", "Being unsure about the bond", ("one", "two"), (), "")
    told = replace(s.two_weeks_no_word(), hypotheses=(unsure,))
    assert ids(told, "withdrawing")[0] == "say.unsure"
    assert "say.unsure" not in ids(told, "waiting")


def test_who_ended_it_is_not_told_that_it_may_have_been_meant_otherwise() -> None:
    plain = s.reading([s.silence("a", 1), s.silence("b", 90, "unusual", 40)])
    for about, waiting, withdrawing in (("a", "said", "named"), ("b", "named", "said")):
        ended = Finding("parting_named", about, "It reads as if it has ended.", {"dealings": 0.0})
        told = replace(plain, findings=(*plain.findings, ended))
        assert ids(told, "waiting")[0] == f"parted.{waiting}"
        assert ids(told, "withdrawing")[0] == f"parted.{withdrawing}"


def test_whose_words_speak_of_danger_decides_who_is_to_be_rung() -> None:
    for wrote, waiting, withdrawing in (("b", "ring", "person"), ("a", "person", "ring")):
        told = in_words_of(wrote, s.ten_messages(level="urgent"))
        assert ids(told, "waiting")[0] == f"safety.urgent.{waiting}"
        assert ids(told, "withdrawing")[0] == f"safety.urgent.{withdrawing}"
        assert "safety.urgent.other" not in ids(told, "waiting")


def test_nobody_is_told_to_ring_themselves_in_whatever_voice_they_asked() -> None:
    for asked in ("waiting", "withdrawing"):
        mine = replace(in_words_of("a", s.ten_messages(level="urgent")), voice=asked)
        assert mine.reader == "a"
        assert ids(mine, asked)[0] == "safety.urgent.person"
        theirs = replace(in_words_of("b", s.ten_messages(level="urgent")), voice=asked)
        assert advise(theirs, asked)[0].title == "Ring Sam now, and ask"


def test_a_named_reason_is_taken_as_real() -> None:
    """S20.5"""
    assert "waiting.processing.offer" in ids(s.work_and_money(), "waiting")


def test_many_messages_stop_first() -> None:
    """S20.6, as far as counts go"""
    told = s.reading([s.silence("a", 1), s.silence("b", 40, "unusual", 50, waiting=9)])
    first = advise(told, "waiting")[0]
    assert first.title == "Stop here, then one message"
    assert "You have written nine times since Sam last wrote." in first.text


def test_swapped_roles_get_the_same_words_with_the_names_swapped() -> None:
    """S20.8"""
    one, other = s.asked_for_room(), s.roles_swapped()
    swapped = [a.text.replace("Sam", "\0").replace("Jo", "Sam").replace("\0", "Jo") for a in advise(one)]
    assert [a.text for a in advise(other)] == swapped


def test_who_is_called_a_changes_nothing() -> None:
    swap = {"a": "b", "b": "a", None: None}
    for reading in readings():
        people = tuple(replace(p, id=swap[p.id]) for p in reversed(reading.people))
        other = replace(
            reading,
            people=people,  # type: ignore[arg-type]
            silence=tuple(replace(x, person=swap[x.person]) for x in reversed(reading.silence)),
            episodes=tuple(
                replace(e, episode=replace(e.episode, person=swap[e.episode.person])) for e in reading.episodes
            ),
            findings=tuple(replace(f, about=swap[f.about]) for f in reading.findings),
            safety=replace(reading.safety, wrote=tuple(str(swap[p]) for p in reading.safety.wrote)),
        )
        assert advise(other) == advise(reading)


def test_ten_messages_get_general_words() -> None:
    """S20.9"""
    assert ids(s.ten_messages(), "waiting")[:2] == ["waiting.thin.general", "waiting.thin.line"]


@pytest.mark.parametrize(
    ("hours", "turns", "first"),
    [(60, 0, "waiting.thin.general"), (60, 4, "waiting.thin.much"), (400, 1, "waiting.thin.once")],
)
def test_a_thin_record_is_answered_by_how_long_it_is_quiet_and_how_often_was_asked(
    hours: float, turns: int, first: str
) -> None:
    quiet = [s.silence("a", 5), s.silence("b", hours, "unknown", waiting=turns)]
    short = s.reading(quiet, enough=False, messages=14)
    assert ids(short, "waiting")[0] == first
    # Who has gone already is not told to say it before.
    assert ("withdrawing.thin.late" in ids(short, "withdrawing")) is (hours > 96)
    assert ("withdrawing.thin.say" in ids(short, "withdrawing")) is (hours < 96)


def test_a_shared_home_asks_for_notes() -> None:
    """S20.10"""
    assert "waiting.home.note" in ids(s.shared_home(), "waiting")


def test_a_quarrel_at_home_is_for_words_aloud_and_not_for_one_more_message() -> None:
    sharp = Finding("quarrel", None, "Yesterday the two of you wrote sharply to each other.", evidence=("m1",))
    for waiting, expected in ((1, "named.quarrel"), (4, "waiting.home.quarrel")):
        home = s.reading([s.silence("a", 9), s.silence("b", 90, "unusual", 40, waiting=waiting)], home=True)
        found = ids(replace(home, findings=(*home.findings, sharp)), "waiting")
        assert found[0] == expected
        assert len({"named.quarrel", "waiting.home.quarrel"} & set(found)) == 1


def test_the_one_who_withdrew_is_spoken_to_first_and_about_the_own_part() -> None:
    """S20.14"""
    told = advise(s.own_withdrawal())
    assert [a.voice for a in told] == ["withdrawing"] * 3 + ["waiting"] * 3
    assert "Sam has written four times since you last did." in told[0].text


def test_the_one_waiting_comes_first_otherwise() -> None:
    for me in ("a", None):
        assert advise(s.asked_for_room(me=me))[0].voice == "waiting"


@pytest.mark.parametrize("level", ["look", "urgent"])
def test_beside_harm_help_comes_first_and_nobody_is_told_to_hold_still(level: str) -> None:
    for story in (s.asked_for_room, s.two_weeks_no_word, s.ten_messages, s.shared_home):
        told = advise(story(level=level))
        assert told
        assert ".org lists" in told[0].text or "emergency number" in told[0].text
        assert {a.id: restraint(f"{a.title} {a.text} {a.caution or ''}") for a in told if restraint(a.text)} == {}


def test_no_entry_meant_for_safety_holds_a_word_of_restraint() -> None:
    usable = [e for e in packaged() if "safety" in e.situations]
    assert usable
    assert {
        e.id: restraint(f"{e.title} {e.text} {e.caution or ''}") for e in usable if restraint(f"{e.title} {e.text}")
    } == {}
    assert all(e.situations == ("safety",) for e in usable)


def test_night_puts_the_phone_away_first() -> None:
    told = s.reading(
        [s.silence("a", 30, now=s.NIGHT), s.silence("b", 31, "unusual", 40, waiting=1, now=s.NIGHT)], now=s.NIGHT
    )
    assert ids(told, "waiting")[0] == "waiting.unusual.night"


def test_an_entry_whose_slot_has_nothing_to_say_is_left_out() -> None:
    (entry,) = read_pack(
        """
        [[advice]]
        id = "made.up"
        voices = ["waiting"]
        situations = ["usual_quiet"]
        priority = 10
        title = "Before"
        text = "It happened {spells_before} before."
        because = ["present_silence"]
        source = "A made-up source"
        grade = "clinical"
        """,
        "made.toml",
    )
    once = s.reading(s.no_good_morning().silence, [s.ended("b", 60, 5)])
    assert advise(s.no_good_morning(), "waiting", [entry]) == ()
    assert advise(once, "waiting", [entry])[0].text == "It happened once before."


@pytest.mark.parametrize(
    ("reading", "voice", "said"),
    [
        (s.reading([s.silence("a", 1), s.silence("b", 31, "unusual", 40, waiting=1)]), "waiting", "Saturday evening"),
        (s.reading([s.silence("a", 1), s.silence("b", 4)]), "waiting", "tomorrow evening"),
        (s.reading([s.silence("a", 1), s.silence("b", 9)]), "waiting", "this evening"),
        (s.asked_for_room(), "waiting", "tomorrow evening"),
        (s.asked_for_room(), "withdrawing", "tomorrow evening"),
    ],
)
def test_the_next_good_evening(reading: Reading, voice: str, said: str) -> None:
    assert said in " ".join(f"{a.title} {a.text}" for a in advise(reading, voice))  # type: ignore[arg-type]


def test_whoever_wrote_the_frightening_words_is_spoken_to_as_that() -> None:
    for person, first in (("a", "safety.look.yours"), ("b", "safety.look.control")):
        told = in_words_of(person, s.asked_for_room(level="look"))
        assert ids(told, "waiting")[0] == first
        assert ("safety.look.device" in ids(told, "waiting")) is (person == "b")


def test_at_home_who_carries_much_is_told_to_take_a_part_of_it_outside() -> None:
    """S20.15"""
    load = Finding("load_named", "a", "A message of Jo’s, on Monday, names trouble outside the two of you.")
    home = s.reading([s.silence("a", 9), s.silence("b", 90, "unusual", 40)], home=True)
    assert "waiting.home.own_trouble" in ids(replace(home, findings=(*home.findings, load)), "waiting")
    assert "waiting.home.own_trouble" not in ids(home, "waiting")
