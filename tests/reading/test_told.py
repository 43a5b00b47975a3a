"""Readings from an intake alone: the stories people bring, in both voices, honest about what only the other knows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebbtide import analysis
from ebbtide.errors import ImportFailed
from ebbtide.reading import CANNOT_TELL, Reading, situation
from ebbtide.reading.asked import asked
from ebbtide.reading.phrases import dated
from ebbtide.selfreport import COUNTER_SIGNS, SIGNS, read_answers
from tests.reading.wording import forbidden, reading_grade, restraint

NOW = datetime(2026, 5, 15, 22, tzinfo=UTC)
HARM = ("afraid", "controlled", "hurt", "self_harm")


def read(**answers: Any) -> Reading:
    return analysis.intake(answers, NOW)


def kinds(reading: Reading) -> list[str]:
    return [e.kind for e in reading.episodes]


def met(reading: Reading, id_: str) -> bool | None:
    return next(c.met for c in reading.episodes[0].criteria if c.id == id_)


#: S20 by number: answers, the situation, the kinds of what is told.
STORIES: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "1 half a day": ({"since_days": 0.5, "contact": "less"}, "usual_quiet", []),
    "2 asked for room": (
        {"since_days": 7, "asked_for_space": "yes", "contact": "checks_in", "own_moves": ["gave_space"]},
        "processing",
        ["processing"],
    ),
    "3 no word": (
        {"since_days": 16, "asked_for_space": "no", "contact": "none", "explained": "no"},
        "concerning",
        ["concerning"],
    ),
    "4 vanishes again": (
        {"since_days": 20, "contact": "none", "explained": "no", "before": {"times": 3, "ended": "unacknowledged"}},
        "concerning",
        ["concerning"],
    ),
    "5 work and money": (
        {"since_days": 10, "contact": "less", "explained": "yes", "stress": ["work", "money"]},
        "processing",
        ["processing"],
    ),
    "10 shared home": (
        {"living": "together", "contact": "less", "signs": ["fewer_contacts"], "since_days": 30},
        "living_together",
        [],
    ),
    "12 control": ({"since_days": 9, "safety": {"controlled": True}}, "safety", ["open"]),
    "13 no reason to go on": ({"mood": {"phq2": 6}, "safety": {"self_harm": True}}, "safety", []),
    "15 alone with it all": (
        {"since_days": 200, "contact": "less", "talked_about_it": "yes", "explained": "no", "stage": "married"},
        "concerning",
        ["concerning"],
    ),
    "16 an ending": ({"stage": "ended", "since_days": 30, "question": "win_back"}, "unusual_quiet", []),
}


@pytest.mark.parametrize(("answers", "found", "kind"), STORIES.values(), ids=STORIES)
def test_a_story_comes_to_its_situation_and_kind(answers: dict[str, Any], found: str, kind: list[str]) -> None:
    reading = read(**answers)
    assert situation(reading) == found
    assert kinds(reading) == kind


@pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
def test_both_voices_get_the_same_kind_about_the_right_person(voice: str) -> None:
    for answers, _, kind in STORIES.values():
        reading = read(voice=voice, **answers)
        assert kinds(reading) == kind
        assert {e.episode.person for e in reading.episodes} <= {"b" if voice == "waiting" else "a"}


def test_the_json_says_null_where_nothing_is_known() -> None:
    told = read(since_days=5, contact="less").to_dict()
    assert [p["name"] for p in told["people"]] == [None, None]
    assert (told["span"], told["import"], told["schema"]) == (None, [], "ebbtide.reading/1")
    (episode,) = told["episodes"]
    assert [episode[k] for k in ("depth", "probability", "contact_kept", "longest_silence_hours")] == [None] * 4
    assert episode["partner"] == {"unanswered_turns": None, "pressing_messages": None}
    assert (episode["days"], episode["start"], episode["end"]) == (5, "2026-05-10", None)
    assert told["silence"][0]["word"] == "unknown"
    json.dumps(told, allow_nan=False)


def test_under_three_days_there_is_no_spell() -> None:
    assert kinds(read(since_days=2.9, contact="none")) == []
    assert kinds(read(since_days=3, contact="none")) != []
    assert kinds(read(since_days=30, contact="usual")) == []


def test_the_lists_follow_what_is_told() -> None:
    told = {"since_days": 9, "contact": "none", "last_word_days": 8, "before": {"times": 2, "ended": "unacknowledged"}}
    reading = read(**told, asked_for_space="no", after_closeness="always", talked_about_it="yes", explained="no")
    assert met(reading, "blackout") is True
    assert met(reading, "over_two_weeks") is False
    assert met(reading, "after_every_closeness") is True
    assert met(reading, "continues_though_discussed") is True
    assert met(reading, "some_contact") is False
    assert met(reading, "red_flags") is None
    kept = read(since_days=9, contact="none", asked_for_space="yes")
    assert met(kept, "blackout") is False
    unsure = read(since_days=9, asked_for_space="unsure", after_closeness="unsure")
    assert {met(unsure, c) for c in ("said_space", "after_every_closeness", "some_contact")} == {None}


@pytest.mark.parametrize("ended", ["warm", "flat", "unacknowledged", "varied", None])
def test_a_spell_that_goes_on_meets_no_criterion_of_a_return(ended: str | None) -> None:
    reading = read(since_days=9, contact="none", before={"times": 2, "ended": ended} if ended else {})
    returns = [c for c in reading.episodes[0].criteria if c.id in ("renewed_openness", "returned_without_a_word")]
    assert [c.met for c in returns] == [None, None]
    assert all(c.why.startswith("Not back yet.") for c in returns)
    assert ("without a word" in returns[1].why) is (ended == "unacknowledged")


def test_silence_after_several_returns_without_a_word_is_a_worry_though_this_one_has_not_ended() -> None:
    told = {"since_days": 9, "contact": "none", "explained": "no"}
    assert kinds(read(**told, before={"times": 3, "ended": "unacknowledged"})) == ["concerning"]
    for before in ({"times": 1, "ended": "unacknowledged"}, {"times": 3, "ended": "flat"}):
        assert kinds(read(**told, before=before)) == ["open"]


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (0.4, "today"), (1, "yesterday"), (2, "2 days ago"), (30, "4 weeks ago")]
)
def test_how_long_ago_is_said_as_it_was_told(days: float, words: str) -> None:
    said = next(f.words for f in read(last_word_days=days, contact="less").findings if f.key == "present_silence")
    assert f" {words}, as you tell it." in said


def test_a_reason_given_in_part_is_said_so_and_is_not_taken_to_lie_outside() -> None:
    reading = read(since_days=9, contact="less", explained="partly")
    assert "Your partner gave a reason, in part." in reading.answer.may_be
    assert "outside_cause" not in {f.key for f in reading.findings}


def test_reasons_on_the_first_screen_are_counted_right_and_fading_is_for_who_asks() -> None:
    told = {"since_days": 40, "contact": "none", "before": {"times": 1, "ended": "flat"}}
    assert "fading" not in read(**told).answer.unknown
    assert "fading" in read(**told, question="losing_interest").answer.unknown
    one = read(since_days=9, contact="less", stress=["work"], explained="yes").answer.unknown
    assert one.startswith("What fits best with what you tell: trouble outside the two of you. Other reasons are")


@pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
def test_what_else_it_may_be_is_said_to_the_one_who_knows(voice: str) -> None:
    (spell,) = read(voice=voice, since_days=9, contact="less", stress=["grief"]).episodes
    only = "Something that only the other knows." in spell.other_explanations
    assert only is (voice == "waiting")
    assert not [words for words in spell.other_explanations if words.startswith("Illness or grief")]


def test_who_is_in_touch_again_is_not_told_of_a_distance_too() -> None:
    back = read(voice="withdrawing", since_days=14, contact="usual", own_moves=["came_back"])
    assert not [f.words for f in back.findings if "distant" in f.words]
    assert back.answer.unknown == ""


def test_an_old_hurt_in_a_young_bond_is_on_the_first_screen() -> None:
    told = {"since_days": 1, "old_wounds": ["betrayal"], "contact": "less"}
    assert "You carry a hurt from before" in read(**told, together_months=3).answer.may_be
    assert "You carry a hurt from before" not in read(**told, together_months=30).answer.may_be


def test_beside_danger_nothing_is_said_of_exports_or_of_what_the_other_knows() -> None:
    assert len(read(since_days=9, safety={"afraid": True}, contact="none", counter_signs=["checks_in"]).limits) == 2


def test_what_is_not_answered_is_not_known() -> None:
    reading = read(since_days=5)
    known = {c.id for c in reading.episodes[0].criteria if c.met is not None}
    assert known == {"over_two_weeks"}


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
def test_a_yes_about_safety_leads_to_help_and_nothing_else(harm: str, voice: str) -> None:
    reading = read(voice=voice, since_days=20, contact="none", asked_for_space="yes", safety={harm: True})
    assert reading.safety.level == "urgent"
    assert "emergency number" in reading.safety.shown
    assert ("nomoredirectory" in reading.safety.shown) == (harm != "self_harm")
    assert [f.key for f in reading.findings] == ["safety"]
    assert [h.id for h in reading.hypotheses] == ["harm"]
    texts = [reading.safety.shown, reading.answer.now, reading.answer.may_be, reading.answer.unknown]
    texts += [f"{a.title} {a.text} {a.caution or ''}" for a in reading.advice]
    assert reading.advice
    assert [r for t in texts for r in restraint(t)] == []


def test_no_to_all_about_safety_is_no_evidence_since_someone_may_look_on() -> None:
    reading = read(since_days=5, contact="less", safety=dict.fromkeys(HARM, False))
    assert reading.safety.level == "none"
    harm = next(h for h in reading.hypotheses if h.id == "harm")
    assert (harm.for_, harm.against, harm.weight) == ((), (), CANNOT_TELL)


@pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
def test_not_being_sure_of_safety_puts_help_first_without_calling_anything_by_name(voice: str) -> None:
    reading = read(voice=voice, since_days=20, contact="none", asked_for_space="yes", safety={"unsure": True})
    assert reading.safety.level == "look"
    assert "need not decide" in reading.safety.shown
    assert "call your local emergency number now" not in reading.safety.shown
    assert reading.advice
    texts = [reading.safety.shown, *(f"{a.title} {a.text} {a.caution or ''}" for a in reading.advice)]
    assert [r for t in texts for r in restraint(t)] == []
    flags = next(c for c in reading.episodes[0].criteria if c.id == "red_flags")
    assert (flags.met, "not sure" in flags.why) == (None, True)


def points(id_: str, **answers: Any) -> tuple[str, ...]:
    return next(h.for_ for h in read(since_days=5, contact="less", **answers).hypotheses if h.id == id_)


def test_a_reason_rests_only_on_what_was_told_for_it() -> None:
    assert points("shame", stress=["work", "health"]) == ("Trouble with work can feel like failing.",)
    assert points("closeness_alarm", old_wounds=["childhood"]) == ()
    assert len(points("closeness_alarm", old_wounds=["childhood"], voice="withdrawing")) == 1
    assert points("pressure", own_moves=["apologised"]) == ("You say that you said sorry many times.",)


def test_a_later_intake_is_compared_with_an_earlier_one() -> None:
    earlier = read_answers({"contact": "none", "signs": ["flat"], "since_days": 5})
    later = {"contact": "checks_in", "signs": ["vague_plans"], "since_days": 9}
    words = next(f.words for f in analysis.intake(later, NOW, earlier).findings if f.key == "changed")
    assert "Contact: none before, a sign now and then now." in words
    assert "No longer named: flat." in words
    assert "Newly named: vague plans" in words
    assert "changed" not in [f.key for f in analysis.intake(earlier, NOW, earlier).findings]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"voice": "both"}, "voice"),
        ({"since_days": -1}, "since_days"),
        ({"before": {"times": "often"}}, "before.times"),
        ({"own_style": {"anxious": 8}}, "own_style.anxious"),
        ({"signs": ["sad"]}, "signs"),
        ({"safety": {"afraid": "yes"}}, "safety.afraid"),
        ({"mood": {"phq2": 7}}, "mood.phq2"),
        ({"stage": "friends"}, "stage"),
        ({"stress": ["a b"]}, "stress"),
        ({"feeling": 1}, "feeling"),
        ({"schema": "ebbtide.intake/2"}, "schema"),
    ],
)
def test_an_impossible_value_is_an_error_that_names_its_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ImportFailed) as caught:
        analysis.intake(wrong, NOW)
    assert field in str(caught.value)


def test_unknown_ids_of_open_lists_and_nulls_are_taken_as_they_are() -> None:
    reading = read(since_days=4, contact="less", stress=["drought"], question="something_else", before=None, stage=None)
    assert "drought" in " ".join(f.words for f in reading.findings)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "voice": st.sampled_from(["waiting", "withdrawing"]),
        "together_months": st.integers(0, 600),
        "living": st.sampled_from(["together", "apart", "distance"]),
        "since_days": st.floats(0, 900),
        "asked_for_space": st.sampled_from(["yes", "no", "unsure"]),
        "contact": st.sampled_from(["usual", "less", "checks_in", "none"]),
        "last_word_days": st.floats(0, 900),
        "explained": st.sampled_from(["yes", "partly", "no"]),
        "before": st.fixed_dictionaries(
            {},
            optional={
                "times": st.integers(0, 30),
                "usual_days": st.floats(0, 90),
                "ended": st.sampled_from(["warm", "flat", "unacknowledged", "varied"]),
            },
        ),
        "after_closeness": st.sampled_from(["always", "sometimes", "no", "unsure"]),
        "signs": st.lists(st.sampled_from(SIGNS), max_size=4),
        "counter_signs": st.lists(st.sampled_from(COUNTER_SIGNS), max_size=2),
        "own_moves": st.lists(st.sampled_from(["many_messages", "gave_space", "matched", "vanished"]), max_size=2),
        "stress": st.lists(st.sampled_from(["work", "grief", "low_mood"]), max_size=2),
        "stage": st.sampled_from(["dating", "married", "separated", "ended"]),
        "after_what": st.lists(st.sampled_from(["closeness", "quarrel", "trouble_in_bed"]), max_size=2),
        "reciprocity": st.fixed_dictionaries({}, optional={"starts": st.sampled_from(["me", "other", "both"])}),
        "red_flags": st.lists(st.sampled_from(["lying", "used"]), max_size=1),
        "talked_about_it": st.sampled_from(["yes", "no"]),
    },
)


@settings(deadline=None, max_examples=60)
@given(ANSWERS)
def test_whatever_is_told_the_reading_is_whole_and_decent(answers: dict[str, Any]) -> None:
    reading = analysis.intake(answers, NOW)
    json.dumps(reading.to_dict(), allow_nan=False)
    assert reading.answer.now
    texts = [reading.answer.now, reading.answer.may_be, reading.answer.unknown]
    texts += [f.words for f in reading.findings]
    texts += [c.why for e in reading.episodes for c in e.criteria]
    texts += [p for h in reading.hypotheses for p in (h.title, h.would_tell, *h.for_, *h.against)]
    assert [found for text in texts for found in forbidden(text)] == []
    assert not [t for t in texts if t and not t[0].isupper() and not t[0].isdigit()]
    for text in filter(None, texts):
        assert reading_grade(text) <= 12, text
    assert {h.weight for h in reading.hypotheses} <= {
        "speaks for it",
        "possible",
        "little speaks for it",
        "cannot tell",
    }


def reasons(**answers: object) -> dict[str, str]:
    """How each reason weighs by these answers."""
    return {h.id: h.weight for h in read(since_days=20, **answers).hypotheses}


def test_a_reason_that_was_given_is_no_trouble_outside_until_one_is_named() -> None:
    given = {"contact": "less", "explained": "partly", "red_flags": ["infidelity", "lying"]}
    assert reasons(**given)["outside_stress"] == CANNOT_TELL
    assert reasons(**given, stress=["work"])["outside_stress"] == "speaks for it"


def test_what_follows_every_close_moment_and_comes_back_is_told_as_closeness_and_not_as_fading() -> None:
    before = {"times": 3, "ended": "unacknowledged"}
    weights = reasons(contact="none", after_closeness="always", before=before)
    assert weights["closeness_alarm"] == "speaks for it"
    assert weights["fading"] != "speaks for it"
    told = read(since_days=5, contact="none", after_closeness="always", before=before)
    assert "It follows every close moment." in told.answer.may_be


def test_a_shared_home_speaks_for_being_together_only_where_messages_are_few() -> None:
    assert reasons(contact="less", living="together", signs=["flat"])["together"] == CANNOT_TELL


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"together_months": 2, "since_days": 300}, "longer than the two of you are together"),
        ({"contact": "none", "counter_signs": ["checks_in"]}, "no contact, and of a sign now and then"),
        ({"contact": "usual", "since_days": 4, "last_word_days": 9}, "a last word from before it became distant"),
        ({"before": {"times": 0, "usual_days": 12}}, "the first time, and how it went before"),
        ({"since_days": 3, "last_word_days": 400}, "a last word from long before it became distant"),
    ],
)
def test_answers_that_do_not_go_together_are_named(answers: dict[str, object], words: str) -> None:
    assert any(words in limit for limit in read(**answers).limits)
    apart = {"together_months": 12, "since_days": 30, "contact": "none", "before": {"times": 2, "usual_days": 12}}
    assert not any(limit.startswith("You tell") for limit in read(**apart).limits)


def test_the_last_word_is_no_longest_silence_where_some_contact_is_left() -> None:
    spell = read(since_days=20, contact="less", last_word_days=1).episodes[0].episode
    assert spell.longest_silence_hours is None


def test_what_was_talked_about_and_lasts_leads_to_a_third_person() -> None:
    asked = read(since_days=200, contact="less", living="together", signs=["flat"], talked_about_it="yes")
    assert "help.persists" in {a.id for a in asked.advice}
    assert "waiting.home.ask" not in {a.id for a in asked.advice}


def test_of_a_bond_that_has_ended_no_distance_is_told() -> None:
    ended = read(stage="ended", since_days=60, contact="less", question="must_meet", own_moves=["apologised"])
    assert ended.answer.now == "It has ended, as you tell it."
    assert "distant" not in f"{ended.answer.now} {ended.answer.may_be} {ended.answer.unknown}"


def test_contact_as_usual_is_no_all_clear_where_distance_is_told() -> None:
    years = read(since_days=1500, contact="usual", signs=["flat"], talked_about_it="yes", living="together")
    assert years.answer.now == (
        "You are in touch. Still, your partner has been more distant for 4 years, as you tell it. "
        "You have talked about it, and it goes on."
    )
    assert read(contact="usual", signs=["flat"]).answer.now.endswith("something has changed, as you tell it.")
    assert read(contact="usual").answer.now == "You are in touch as usual, as you tell it."


def test_a_length_is_said_back_as_it_was_told() -> None:
    for days, words in ((25, "for 25 days,"), (75, "for 75 days,"), (14, "for 2 weeks,"), (400, "for 13 months,")):
        assert words in read(since_days=days, contact="none").answer.now
    for days, words in ((30.4, "for a month,"), (60.8, "for 2 months,"), (33, "for 33 days,"), (58, "for 58 days,")):
        assert words in read(since_days=days, contact="none").answer.now


def test_what_is_named_about_safety_is_said_back() -> None:
    for harm, words in (("hurt", "hurt or threatened"), ("afraid", "afraid"), ("self_harm", "harming yourself")):
        assert words in read(safety={harm: True}).answer.now
    for voice, free in (("withdrawing", True), ("waiting", False)):
        assert ("You owe nobody contact" in read(voice=voice, safety={"afraid": True}).answer.may_be) is free


def test_two_weeks_are_no_worry_where_grief_was_named_with_a_reason() -> None:
    for explained, met in (("yes", None), ("no", True)):
        reading = read(since_days=30, contact="less", stress=["grief"], explained=explained)
        assert next(c for c in reading.episodes[0].criteria if c.id == "over_two_weeks").met is met


def test_after_an_ending_no_reasons_are_held_side_by_side() -> None:
    assert read(since_days=18, contact="none", stage="ended").hypotheses == ()


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ("checks_my_phone", "You name “checks my phone”."),
        ("slapped", "You name “slapped”."),
        ("forced_sex", "You name “forced sex”."),
    ],
)
def test_fear_or_force_in_ones_own_words_comes_first(flag: str, words: str) -> None:
    said = {"red_flags": [flag], "since_days": 5, "own_moves": ["ultimatum"], "question": "pushed_too_hard"}
    told = analysis.intake(said)
    assert told.safety.level == "urgent"
    assert told.answer.now.startswith(words)
    assert {a.id.split(".")[0] for a in told.advice} == {"safety"}
    # What was asked in so many words was answered there.
    assert read_answers({"red_flags": [flag], "safety": {"controlled": True}}).safety.flags == ()
    harmless = ["lying", "forgets_birthdays", "white_lies", "blocked_me", "fewer_messages", "begun_drinking"]
    assert not read_answers({"red_flags": harmless}).safety.any


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"own_load": ["suicidal_thoughts"]}, "self_harm"),
        ({"own_moves": ["said_i_would_kill_myself"]}, "self_harm"),
        ({"voice": "withdrawing", "stress": ["suicidal"]}, "self_harm"),
        ({"stress": ["suicidal"]}, "fears_for_other"),
        ({"own_moves": ["waited_outside_home"]}, "frightened_other"),
        ({"own_moves": ["went_to_his_house"]}, "frightened_other"),
        ({"own_moves": ["turned_up_at_work"]}, "frightened_other"),
        ({"own_moves": ["looked_through_her_phone"]}, "frightened_other"),
        ({"stress": ["no_reason_to_go_on"]}, "fears_for_other"),
        ({"stress": ["says_no_point_living"]}, "fears_for_other"),
        ({"own_load": ["no_reason_to_go_on"]}, "self_harm"),
        ({"voice": "withdrawing", "stress": ["cant_go_on"]}, "self_harm"),
        ({"voice": "withdrawing", "stress": ["wishing_i_was_dead"]}, "self_harm"),
        ({"own_load": ["scared_of_him"]}, "flags"),
        ({"stress": ["afraid_of_his_temper"]}, "flags"),
        ({"voice": "withdrawing", "stress": ["afraid_of_their_reaction"]}, "flags"),
        ({"red_flags": ["he_wont_let_me_see_friends"]}, "flags"),
        ({"red_flags": ["screams_at_me"]}, "flags"),
        ({"stress": ["he_hit_me_hard"]}, "flags"),
        ({"own_moves": ["i_slapped_him"]}, "frightened_other"),
        ({"own_moves": ["i_hit_her"]}, "frightened_other"),
    ],
)
def test_danger_is_heard_in_every_open_list(said: dict[str, Any], field: str) -> None:
    assert getattr(read_answers(said).safety, field)
    assert analysis.intake(said).advice[0].id.startswith("safety.")


@pytest.mark.parametrize(
    "said",
    [
        {"stress": ["hurt_his_back"], "own_load": ["afraid_he_drowned"]},
        {"stress": ["broke_a_leg"], "own_load": ["hit_by_a_car"]},
        {"own_moves": ["went_to_my_mums", "called_his_mother", "checked_the_post", "broke_up_with_him"]},
        {"stress": ["his_mother_died"], "own_load": ["my_phone_broke"]},
    ],
)
def test_what_weighs_and_what_was_done_is_no_danger_by_half_a_word(said: dict[str, Any]) -> None:
    assert not read_answers(said).safety.any


def test_to_whoever_frightened_the_other_it_is_said_what_they_told_and_what_can_be_done_where_they_live() -> None:
    said = {"own_moves": ["punched_the_wall"]}
    home, apart = (analysis.intake(said | {"living": living}) for living in ("together", "apart"))
    assert home.answer.now.startswith("You name “punched the wall”.")
    assert "Sleep somewhere else tonight" in home.safety.shown
    assert "no going there" not in home.safety.shown
    assert "no going there" in apart.safety.shown


@pytest.mark.parametrize(
    "answers",
    [
        {"since_days": 400, "together_months": 2, "contact": "less"},
        {"since_days": 2, "last_word_days": 40, "contact": "none", "living": "together"},
        {"since_days": 3, "last_word_days": 400},
    ],
)
def test_of_answers_that_clash_neither_is_used_and_the_clash_is_said_first(answers: dict[str, Any]) -> None:
    reading = read(**answers)
    assert reading.answer.may_be.startswith("You tell of a ")
    assert "neither is used here." in reading.answer.may_be
    assert reading.episodes == ()
    said = " ".join([reading.answer.now, *(a.text for a in reading.advice), *(f.words for f in reading.findings)])
    assert not [w for w in ("13 months", "years", "40 days", "6 weeks", "400") if w in said]


def test_a_first_time_with_an_earlier_length_uses_neither() -> None:
    clash = read(since_days=9, contact="less", before={"times": 0, "usual_days": 5, "ended": "warm"})
    assert "earlier_episodes" not in {f.key for f in clash.findings}
    assert not [h for h in clash.hypotheses if any("warm" in p for p in (*h.for_, *h.against))]


@pytest.mark.parametrize(
    "against",
    [
        {"contact": None},
        {"asked_for_space": None},
        {"own_moves": ["matched"]},
        {"stress": ["his_divorce"]},
        {"stage": "separated"},
    ],
)
def test_after_a_week_nothing_is_said_to_settle_where_something_told_is_against_it(against: dict[str, Any]) -> None:
    told = {"since_days": 10, "contact": "checks_in", "asked_for_space": "yes", "explained": "yes", "signs": ["flat"]}
    assert "settles by itself" in read(**told).answer.now
    now = read(**told | against).answer.now
    assert "settl" not in now
    assert ("still open" in now) is ("stage" not in against)


def test_between_two_who_are_separated_no_spell_is_weighed() -> None:
    told = {"since_days": 21, "contact": "less", "asked_for_space": "yes"}
    assert "settling alone" in read(**told).answer.now
    assert "settling alone" not in read(**told, stage="separated").answer.now


def test_a_load_from_the_list_is_no_quotation_and_own_words_keep_their_apostrophes() -> None:
    said = read(since_days=5, contact="less", own_load=["fear_of_being_left", "im_sure_he_doesnt_care"]).answer.may_be
    assert "You carry something yourself: fear of being left and “I’m sure he doesn’t care”." in said


@pytest.mark.parametrize(
    ("load", "health"),
    [
        ("night_shifts_at_the_hospital", False),
        ("works_at_a_hospital", False),
        ("mum_in_hospital", True),
        ("he_was_hospitalised", True),
        ("taken_into_the_hospital", True),
    ],
)
def test_whoever_works_in_a_hospital_is_not_ill(load: str, health: bool) -> None:
    first = read(since_days=5, contact="less", stress=[load], explained="yes").advice[0]
    assert ("Illness" in first.text) is health


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("how_do_i_help_him", None),
        ("what_can_i_do", None),
        ("what_should_i_do_now", None),
        ("how_can_i_support_her", None),
        ("what_to_do", None),
        ("what_did_i_do_wrong", "is_it_me"),
        ("how_do_i_show_him_ive_changed", "win_back"),
        ("can_i_prove_to_her_that_i_changed", "win_back"),
        ("will_she_ever_change", "can_it_change"),
        ("is_he_seeing_someone_else", ""),
        ("what_does_he_think_of_me", ""),
    ],
)
def test_what_to_do_is_answered_by_the_steps_and_what_is_near_to_a_known_question_by_that(
    question: str, answered: str | None
) -> None:
    told = read(since_days=8, contact="less", question=question)
    assert told.intake is not None
    assert asked(told.intake) == answered
    assert any(a.id == "question.own_words" for a in told.advice) is (answered == "")


def test_where_nothing_has_changed_nothing_has_to_be_done() -> None:
    calm = {"contact": "usual", "stage": "exclusive", "since_days": 0.5}
    told = read(**calm, question="may_i_write")
    assert [a.id for a in told.advice[:2]] == ["lasting.as_ever", "question.may_i_write.usual"]
    assert "That is short" in told.answer.may_be
    for more in ({"since_days": 5}, {"signs": ["flat"]}, {"after_what": ["quarrel"]}, {"red_flags": ["lying"]}):
        assert "lasting.as_ever" not in {a.id for a in read(**calm | more).advice}


def test_a_day_that_was_named_comes_first_unless_much_was_written_or_worse_is_told() -> None:
    told = {
        "since_days": 7,
        "contact": "checks_in",
        "asked_for_space": "yes",
        "explained": "partly",
        "stress": ["work"],
    }
    named = read(**told, day_named="yes").advice
    assert named[0].id == "named.day.told"
    assert "still to come" in named[0].text
    for other in ({}, {"day_named": "no"}, {"day_named": "yes", "own_moves": ["demanded"]}):
        assert read(**told | other).advice[0].id != "named.day.told"
    assert "named.day.told" not in {a.id for a in read(**told, day_named="yes", red_flags=["infidelity"]).advice}


def test_who_looked_into_a_phone_is_told_to_stop_that_and_not_to_sleep_elsewhere() -> None:
    looked = {"own_moves": ["checked_his_phone"], "living": "together"}
    told = analysis.intake(looked)
    assert told.safety.level == "look"
    assert told.advice[0].id == "safety.told.watched"
    assert "Sleep somewhere else" not in told.safety.shown
    for worse in ({"own_moves": ["read_her_texts_and_pushed_her"]}, {"safety": {"frightened_other": True}}):
        told = analysis.intake(looked | worse)
        assert told.advice[0].id == "safety.told.frightened"
        assert "Sleep somewhere else" in told.safety.shown


def test_after_an_ending_nobody_is_told_that_they_wrote_a_lot_who_pressed_once() -> None:
    told = read(stage="ended", own_moves=["demanded"])
    assert told.advice[0].id == "parted.many"
    assert "a lot" not in told.advice[0].text


@pytest.mark.parametrize(("usual", "settles"), [(3, False), (6, True), (None, True)])
def test_what_lasts_far_longer_than_before_is_not_said_to_settle(usual: float | None, settles: bool) -> None:
    told = {"since_days": 12, "contact": "checks_in", "asked_for_space": "yes", "explained": "yes"}
    reading = read(**told, before={"times": 1, "usual_days": usual} if usual else {})
    assert kinds(reading) == ["processing"]
    assert ("settles by itself" in reading.answer.now) is settles
    assert "settles by itself" not in read(**told | {"since_days": 25, "stress": ["grief"]}).answer.now


def test_a_flag_in_ones_own_words_is_said_back_and_is_no_alarm() -> None:
    reading = read(since_days=8, contact="less", red_flags=["still_married"])
    assert "You name “still married”." in reading.answer.may_be
    assert met(reading, "red_flags") is None
    assert not [a for a in reading.advice if "afraid" in a.text or "weighs more than any" in a.text]
    assert met(read(since_days=8, contact="less", red_flags=["lying"]), "red_flags") is True


def test_no_short_quiet_is_called_common_beside_a_red_flag() -> None:
    assert "That is short" in read(since_days=2, contact="less").answer.may_be
    assert "That is short" not in read(since_days=2, contact="less", red_flags=["infidelity"]).answer.may_be


@pytest.mark.parametrize("living", ["together", "apart"])
def test_what_weighs_is_always_in_the_head(living: str) -> None:
    for days in (1, 20):
        reading = read(since_days=days, contact="less", living=living, stress=["his_mother_died", "work"])
        assert "You name “his mother died” and work." in reading.answer.may_be


def test_a_question_in_ones_own_words_is_said_back() -> None:
    reading = read(since_days=8, contact="less", question="is_he_seeing_someone_else")
    assert "You ask: “is he seeing someone else”." in reading.answer.may_be


def test_between_two_who_are_separated_no_few_days_are_called_common() -> None:
    told = read(stage="separated", stress=["children"], question="must_meet")
    assert "few quiet days" not in told.answer.may_be
    assert told.advice[0].id == "question.must_meet.truce"


@pytest.mark.parametrize("question", ["ending", "how_do_i_leave_her_kindly"])
def test_who_wants_to_end_it_hears_nothing_of_a_spell_that_settles(question: str) -> None:
    known = {"voice": "withdrawing", "since_days": 400, "contact": "less", "together_months": 60}
    told, other = (read(**known, question=q) for q in (question, "what_is_it"))
    assert "settling alone" not in told.answer.now
    assert "settling alone" in other.answer.now
    assert told.answer.unknown == "Whether to stay or go is yours to say."
    assert told.episodes[0].kind == other.episodes[0].kind == "mixed"


def test_no_contact_for_days_and_a_word_today_are_both_left_out() -> None:
    reading = read(since_days=14, contact="none", last_word_days=0, explained="no", asked_for_space="no")
    assert met(reading, "blackout") is None
    assert "a last word today" in reading.answer.may_be
    assert met(read(since_days=14, contact="none", last_word_days=1, explained="no"), "blackout") is True
    # Half a day without contact, and a word this morning, go together.
    assert not any(
        "last word today" in f.words for f in read(since_days=0.5, contact="none", last_word_days=0).findings
    )


def test_who_is_back_and_asks_how_long_is_not_told_to_name_a_day() -> None:
    back = {"voice": "withdrawing", "contact": "usual", "before": {"times": 3}, "question": "how_long"}
    ids = [a.id for a in read(**back, own_moves=["came_back"]).advice]
    assert "question.how_long.back" in ids
    assert "question.how_long.yours" not in ids
    away = [a.id for a in read(voice="withdrawing", since_days=6, contact="less", question="how_long").advice]
    assert "question.how_long.yours" in away


def test_ones_own_words_about_what_one_did_have_their_i() -> None:
    assert "“I broke the door”" in read(voice="withdrawing", own_moves=["i_broke_the_door"]).answer.now


def test_answers_of_an_earlier_day_say_so_and_their_lengths_are_counted_on() -> None:
    told = {"since_days": 10, "contact": "less"}
    on = NOW.date() - timedelta(days=20)
    old = analysis.intake({**told, "told_on": on.isoformat()}, NOW)
    (spell,) = old.episodes
    assert spell.episode.days == 30
    assert f"Your answers are from {dated(on)}; lengths are counted on from there." in old.answer.may_be
    fresh = analysis.intake({**told, "told_on": NOW.date().isoformat()}, NOW)
    assert fresh.episodes[0].episode.days == 10
    assert "Your answers are from" not in fresh.answer.may_be


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ({"stage": "ended", "living": "together"}, "question.must_meet.home"),
        ({"stage": "ended", "own_load": ["we_work_in_the_same_office"]}, "question.must_meet.truce"),
        ({"stage": "ended", "question": "how_do_i_sit_next_to_her"}, "question.must_meet.truce"),
        ({"stage": "ended", "own_load": ["work"]}, "parted.ended"),
    ],
)
def test_two_who_share_a_place_after_an_ending_are_told_of_a_truce(said: dict[str, Any], first: str) -> None:
    told = analysis.intake({"voice": "waiting", "contact": "less", "since_days": 25, **said})
    assert told.advice[0].id == first
    assert not any(a.id == "parted.load" for a in told.advice) or said.get("own_load") == ["work"]


def test_how_to_say_it_is_answered_by_the_steps_and_waiting_is_a_question_of_the_own_limit() -> None:
    say = analysis.intake({"voice": "withdrawing", "since_days": 6, "contact": "less", "question": "how_do_i_face_her"})
    assert not any(a.id == "question.own_words" for a in say.advice)
    know = analysis.intake({"voice": "waiting", "since_days": 6, "contact": "less", "question": "how_do_i_know"})
    assert any(a.id == "question.own_words" for a in know.advice)
    wait = analysis.intake(
        {"voice": "waiting", "since_days": 6, "contact": "less", "question": "should_i_wait_for_him"}
    )
    assert any(a.id.startswith("question.enough_for_me") for a in wait.advice)


def test_what_could_not_be_read_where_safety_was_asked_is_not_put_into_ones_mouth() -> None:
    reading = read(since_days=20, contact="none", safety={"unread": True})
    assert reading.safety.level == "look"
    assert "could not be read" in reading.answer.now
    assert "not sure" not in reading.answer.now
    danger = read(since_days=20, contact="none", safety={"unread": True, "afraid": True})
    assert "you are afraid" in danger.answer.now


def by_day(**answers: Any) -> Reading:
    """The same at noon; at night that it is night comes first."""
    return analysis.intake(answers, NOW - timedelta(hours=10))


@pytest.mark.parametrize(
    ("load", "first"),
    [
        ("he_looks_after_the_kids_when_he_is_drunk", "help.substances.theirs"),
        ("her_drinking", "help.substances.theirs"),
        ("my_husband_drinks", "help.substances.theirs"),
        ("drove_the_kids_home_drunk", "help.substances"),
        ("drinking", "help.substances.mine"),
        ("i_drink_because_he_left", "help.substances.mine"),
        ("she_says_i_drink_too_much", "help.substances.mine"),
    ],
)
def test_who_drinks_is_who_the_words_say(load: str, first: str) -> None:
    told = by_day(since_days=9, contact="less", red_flags=["substances"], own_load=[load])
    assert next(a.id for a in told.advice if a.id.startswith("help.substances")) == first
    assert ("You carry something yourself" in told.answer.may_be) is (first == "help.substances.mine")


@pytest.mark.parametrize("field", ["own_load", "red_flags", "stress"])
def test_no_child_is_left_to_or_rides_with_somebody_drunk(field: str) -> None:
    for words in ("drove_the_kids_home_drunk", "she_drinks_when_she_has_the_children", "picks_our_son_up_drunk"):
        first = by_day(since_days=9, contact="less", **{field: [words]}).advice[0]
        assert first.id == "help.drunk_with_children"
        assert "no child rides with, or is left to, anybody who has been drinking" in first.text
    for other in ("my_son_came_home_drunk", "kids_in_high_school", "drinks_since_the_kids_left", "drinking"):
        ids = [a.id for a in by_day(since_days=9, contact="less", **{field: [other]}).advice]
        assert "help.drunk_with_children" not in ids


@pytest.mark.parametrize(
    "load", ["still_hurt", "knot_in_my_stomach", "scared_it_will_happen_again", "fear_of_being_left"]
)
def test_a_feeling_is_for_a_friend_to_hear_and_nobody_is_asked_to_carry_it(load: str) -> None:
    told = by_day(since_days=9, contact="none", own_load=[load, "work"]).advice
    assert next(a.text for a in told if a.id == "settle.load").startswith("You named a weight of your own: work.")
    alone = [a.id for a in by_day(since_days=9, contact="less", own_load=[load]).advice]
    assert "settle.feeling" in alone[1:]
    assert "settle.load" not in alone


@pytest.mark.parametrize(
    "load", ["money", "exhaustion", "caring_for_my_mother", "two_jobs", "the_kids", "debts", "cancer", "grief"]
)
def test_what_can_be_shared_is_still_shared_out(load: str) -> None:
    told = [a.id for a in by_day(since_days=9, contact="less", own_load=[load]).advice]
    assert {"settle.load", "help.own_illness"} & set(told)
    assert "settle.feeling" not in told


def test_who_thinks_of_leaving_weighs_it_on_paper_and_is_not_asked_who_can_carry_it() -> None:
    for words in ("i_want_to_leave", "thinking_of_divorce", "i_need_to_end_it"):
        told = [a.id for a in by_day(since_days=9, contact="less", own_load=[words]).advice]
        assert told[0] == "ending.thought"
        assert not {"settle.load", "settle.feeling"} & set(told)
    for other in ("i_dont_want_to_leave", "want_to_leave_him_alone", "afraid_he_wants_to_leave"):
        assert "ending.thought" not in {a.id for a in by_day(since_days=9, contact="less", own_load=[other]).advice}


OWN = "help.infidelity.mine"


@pytest.mark.parametrize("field", ["own_load", "own_moves", "stress"])
@pytest.mark.parametrize(
    "words", ["i_kissed_someone", "i_had_the_affair", "i_slept_with_a_colleague", "i_cheated_on_her"]
)
def test_a_betrayal_of_ones_own_is_said_by_oneself_and_is_not_called_something_outside(field: str, words: str) -> None:
    told = by_day(voice="withdrawing", since_days=9, contact="less", **{field: [words]})
    assert told.advice[0].id == OWN
    assert not [a.id for a in told.advice if "not about you" in a.text]
    assert "outside_cause" not in {f.key for f in told.findings}


@pytest.mark.parametrize(
    "words",
    [
        *("i_was_cheated_on", "he_slept_with_someone", "i_never_cheated", "she_thinks_i_had_an_affair"),
        *("i_think_he_kissed_someone", "afraid_there_is_someone_else", "cheated_on_me", "i_know_she_had_an_affair"),
    ],
)
def test_what_the_other_did_is_feared_or_is_denied_is_no_betrayal_of_ones_own(words: str) -> None:
    for voice in ("waiting", "withdrawing"):
        told = by_day(voice=voice, since_days=9, contact="less", own_load=[words])
        assert OWN not in {a.id for a in told.advice}


def test_what_one_told_a_friend_is_no_betrayal() -> None:
    for move in ("told_someone_else", "slept_with_him", "kissed_her_goodbye"):
        told = by_day(voice="withdrawing", since_days=9, contact="less", own_moves=[move])
        assert OWN not in {a.id for a in told.advice}


@pytest.mark.parametrize(
    ("days", "before", "worry"),
    [
        (6, {"times": 2, "usual_days": 5, "ended": "warm"}, False),
        (6, {"times": 2, "ended": "warm"}, False),
        (9, {"times": 2, "usual_days": 5, "ended": "warm"}, True),
        (15, {"times": 2, "usual_days": 20, "ended": "warm"}, True),
    ],
)
def test_a_talk_about_it_is_a_worry_only_once_the_spell_has_outrun_the_usual(
    days: float, before: dict[str, Any], worry: bool
) -> None:
    kept = {"asked_for_space": "yes", "explained": "yes", "contact": "checks_in", "talked_about_it": "yes"}
    told = by_day(since_days=days, before=before, **kept)
    assert met(told, "continues_though_discussed") is (True if worry else None)
    assert ("some of it is a worry" in told.answer.now) is worry


def test_a_spell_of_the_usual_length_is_not_yet_the_point_for_a_third_person() -> None:
    told = {"talked_about_it": "yes", "contact": "checks_in", "since_days": 6}
    for usual, help_ in ((5, False), (3, True)):
        ids = {a.id for a in by_day(**told, before={"times": 3, "usual_days": usual}).advice}
        assert ("help.persists" in ids) is help_


def test_love_that_has_gone_is_no_trouble_outside_the_two() -> None:
    told = by_day(voice="withdrawing", since_days=9, contact="less", stress=["i_dont_love_her_anymore"])
    weights = {h.id: h.weight for h in told.hypotheses}
    assert weights["commitment"] == "speaks for it"
    assert weights["outside_stress"] == CANNOT_TELL
    assert "trouble outside" not in told.answer.unknown
    assert not [a.id for a in told.advice if "not about you" in a.text]
    # Of the other’s mind it is a point, and no more.
    waiting = by_day(since_days=9, contact="less", stress=["she_doesnt_love_me_anymore"])
    assert "outside_cause" not in {f.key for f in waiting.findings}
    assert {h.id: h.weight for h in waiting.hypotheses}["fading"] != "speaks for it"
    outside = by_day(voice="withdrawing", since_days=9, contact="less", stress=["work"])
    assert "outside_cause" in {f.key for f in outside.findings}


def test_after_a_loss_no_sorry_is_asked_for() -> None:
    told = {"since_days": 9, "contact": "less", "own_moves": ["demanded"], "question": "is_it_me"}
    for voice in ("waiting", "withdrawing"):
        loss = by_day(voice=voice, stress=["miscarriage"], **told)
        assert "question.is_it_me.grief" in {a.id for a in loss.advice}
        assert not [a.id for a in loss.advice if "Say sorry" in a.text]
    assert "question.is_it_me.did" in {a.id for a in by_day(**told).advice}


def test_grief_holds_it_back_that_one_gives_and_the_other_takes() -> None:
    given = {"reciprocity": {"starts": "me", "asks_after_me": "no", "keeps_plans": "no"}, "contact": "less"}
    for words, held in (("mother_buried_last_month", True), ("grief", True), ("buried_in_work", False)):
        told = by_day(since_days=20, stress=[words], **given)
        weight = next(h.weight for h in told.hypotheses if h.id == "one_sided")
        assert (weight != "speaks for it") is held
        assert (not [a.id for a in told.advice if a.id.startswith("onesided.")]) is held


@pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
def test_low_days_with_a_new_baby_are_told_with_the_baby(voice: str) -> None:
    told = by_day(voice=voice, since_days=9, living="together", stress=["new_baby", "no_sleep"], mood={"phq2": 5})
    assert told.advice[0].id == "help.low_mood.baby"
    assert next(h.weight for h in told.hypotheses if h.id == "outside_stress") == "speaks for it"
    assert by_day(voice=voice, since_days=9, mood={"phq2": 5}).advice[0].id == "help.low_mood"


def test_that_sex_hurts_is_for_a_doctor_beside_any_shame() -> None:
    for words in ("it_hurts_when_we_have_sex", "painful_sex", "sex_hurts", "endometriosis"):
        for voice in ("waiting", "withdrawing"):
            told = by_day(voice=voice, since_days=9, contact="less", stress=[words])
            assert told.advice[0].id == "say.sex_hurts"
    shame = next(h for h in told.hypotheses if h.id == "shame")
    assert "Pain is a matter of health, and it can be felt as failing, too." in shame.for_
    assert by_day(since_days=9, contact="less", stress=["no_sex"]).advice[0].id == "say.shame"


@pytest.mark.parametrize(
    ("words", "slips"),
    [
        *((w, True) for w in ("loses_words_and_gets_lost_driving", "forgets_everything_lately", "asks_the_same_again")),
        *((w, False) for w in ("forgets_our_anniversary", "gets_lost_in_work", "forgets_everything_i_say")),
        *((w, False) for w in ("his_mother_forgets_names", "i_get_lost", "she_has_dementia")),
    ],
)
def test_words_and_ways_that_get_lost_are_for_a_doctor(words: str, slips: bool) -> None:
    for living in ("together", "apart"):
        told = by_day(since_days=60, contact="less", living=living, together_months=480, stress=[words]).advice
        assert (told[0].id == "say.mind_slips") is slips
        assert ("doctor together" in told[0].text) is slips


def test_with_an_illness_of_the_mind_nobody_is_measured_by_plans_questions_or_tests() -> None:
    told = {"since_days": 60, "contact": "less", "question": "losing_interest", "signs": ["mixed_messages"]}
    given = {"reciprocity": {"starts": "me", "asks_after_me": "no", "keeps_plans": "no"}, "before": {"ended": "warm"}}
    ill = by_day(**told, **given, stress=["she_has_dementia"])
    assert [a.id for a in ill.advice[:2]] == ["say.fading_mind", "question.losing_interest.fading_mind"]
    assert not [a.id for a in ill.advice if "no tests" in a.text.lower() or a.id.startswith("onesided.")]
    assert "set no tests" in " ".join(a.text for a in by_day(**told, stress=["work"]).advice)


@pytest.mark.parametrize("question", [None, "may_i_write", "win_back", "how_long"])
@pytest.mark.parametrize("move", ["demanded", "many_messages", "gave_space"])
@pytest.mark.parametrize("living", ["together", "apart"])
def test_where_a_day_was_named_nobody_is_told_what_to_do_if_none_was(question: str, move: str, living: str) -> None:
    told = {"since_days": 9, "asked_for_space": "yes", "contact": "checks_in", "own_moves": [move], "living": living}
    named = " ".join(a.text for a in by_day(**told, question=question, day_named="yes", last_word_days=1).advice)
    assert "day" in named
    for words in ("if none was", "If none was", "Write no more now", "leave it a week"):
        assert words not in named
    assert "If none was" in " ".join(
        a.text for a in by_day(**told | {"own_moves": ["demanded"], "living": "apart"}).advice
    )


def test_nobody_is_told_to_write_no_more_the_day_after_a_word_came() -> None:
    told = {"since_days": 9, "asked_for_space": "yes", "contact": "checks_in", "own_moves": ["demanded"]}
    for last, first in (
        (0, "worsens.space.word"),
        (1, "worsens.space.word"),
        (3, "worsens.space"),
        (None, "worsens.space"),
    ):
        assert by_day(**told, last_word_days=last).advice[0].id == first


def test_between_two_who_are_separated_a_day_that_was_named_is_held_on_to() -> None:
    for living, first in (("apart", "parted.separated.day"), ("together", "parted.separated.day")):
        told = by_day(since_days=9, stage="separated", living=living, day_named="yes").advice
        assert told[0].id == first
    assert by_day(since_days=9, stage="separated").advice[0].id == "parted.separated"


@pytest.mark.parametrize("more", [{}, {"asked_for_space": "yes"}, {"since_days": 16}, {"living": "together"}])
@pytest.mark.parametrize("question", [None, "pushed_too_hard", "is_it_me", "win_back", "may_i_write"])
def test_a_reason_that_was_given_is_taken_as_real_and_sorry_presses_too(more: dict[str, Any], question: str) -> None:
    """S20.7"""
    told = {"since_days": 9, "contact": "less", "stress": ["money"], "explained": "yes"} | more
    said = by_day(**told, own_moves=["apologised", "demanded"], question=question).advice
    assert "worsens.apology.reason" in {a.id for a in said}


@pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
def test_after_a_separation_a_shared_home_or_children_get_a_truce_unasked(voice: str) -> None:
    """S20.22"""
    for shared, truce in (
        ({"living": "together"}, "parted.meet.home"),
        ({"stress": ["children"]}, "parted.meet.apart"),
        ({"own_load": ["the_kids"]}, "parted.meet.apart"),
        ({"own_load": ["we_work_in_the_same_office"]}, "parted.meet.apart"),
    ):
        assert truce in {a.id for a in by_day(voice=voice, stage="separated", **shared).advice}
    for nothing in ({}, {"stress": ["work"]}, {"living": "apart"}):
        ids = {a.id for a in by_day(voice=voice, stage="separated", **nothing).advice}
        assert not {id_ for id_ in ids if id_.startswith("parted.meet")}
    assert not by_day(voice=voice, stress=["children"], since_days=9).advice[0].id.startswith("parted.")


def test_two_who_are_new_are_told_that_it_is_early() -> None:
    """S20.9"""
    for months, early in ((1, True), (3, True), (6, False)):
        told = by_day(since_days=9, contact="less", stage="dating", together_months=months)
        assert ("it is early, and little is known yet" in told.answer.may_be) is early


def test_after_an_ending_a_death_is_a_second_loss_and_a_hurt_is_none() -> None:
    for load, more in (("my_mother_died", True), ("grief", True), ("work", True), ("still_hurt", False)):
        assert ("parted.load" in {a.id for a in by_day(stage="ended", own_load=[load]).advice}) is more


@pytest.mark.parametrize(("days", "told"), [(None, []), (9, ["It took about 9 days."])])
def test_the_spell_that_is_over_is_not_told_as_one_before_it(days: float | None, told: list[str]) -> None:
    since = {} if days is None else {"since_days": days}
    reading = read(own_load=["hes_back_since_yesterday"], contact="usual", **since)
    assert [f.words for f in reading.findings if f.key == "earlier_episodes"] == told
