"""The sections: the first page, signs, reasons, method, what is left out in danger, and answers without messages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ebbtide import analysis, report
from ebbtide.episodes import Return
from ebbtide.reading import CANNOT_TELL, Finding, Hypothesis, Share, Sign
from ebbtide.reading.types import Reciprocity
from ebbtide.report import episode_words, give, measured
from ebbtide.report.evidence import Sources
from ebbtide.report.key_facts import key_facts
from ebbtide.report.names import names_of
from ebbtide.report.signs import TITLES, compared, signs
from ebbtide.selfreport import COUNTER_SIGNS, SIGNS
from tests.report import samples
from tests.report.parts import turning

VALIDATION = Path(__file__).parents[2] / "docs" / "validation.md"


def words_of(page: str) -> str:
    """The text of a page, without tags and style."""
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL))


def facts_of(reading) -> dict[str, str]:
    return dict(key_facts(reading, names_of(reading, alias=False)))


def test_everything_stands_in_its_order() -> None:
    page = report.html(samples.in_full())
    ids = re.findall(r'<h2 id="(\w+)"', page)
    assert ids == [
        *("step", "glance", "curve", "ribbon", "week", "episode", "earlier", "loop", "signs", "reasons"),
        *("advice", "why", "checkins", "limits", "method", "questions"),
    ]


def test_the_first_page_says_where_things_stand() -> None:
    found = facts_of(samples.in_full())
    assert found == {
        "Sam’s silence now": "31 hours: unusual (about 1 quiet spell in 40 lasts this long)",
        "The present episode": "Sam: distant since 26 September, 4 days so far; almost certainly",
        "Episodes that are over": "three, of 5 days to 2 weeks; "
        "two ended warmer than usual and one ended as warm as usual; two were Sam’s, one yours",
        "What else it may be": "strain from outside; closeness itself gets too much; "
        "or work, illness, travel, calls elsewhere, time together",
        "A loop": "shows in both directions",
    }
    assert facts_of(samples.unusual_quiet())["What else it may be"].startswith("work, illness")
    assert "What else it may be" not in facts_of(samples.usual_quiet())
    quiet = samples.unusual_quiet()
    ended = replace(quiet, findings=(*quiet.findings, Finding("parting_named", "b", "…")))
    assert "What else it may be" not in facts_of(ended)
    assert "A loop" not in facts_of(samples.reading(loop=turning(CANNOT_TELL, CANNOT_TELL)))
    assert facts_of(samples.usual_quiet())["Episodes"] == "none in eight months"
    assert facts_of(samples.too_little()) == {}


def test_give_and_take_is_a_table_of_both() -> None:
    half = Share(0.5, 0.42, 0.58)
    gives = tuple(Reciprocity("starts", p, half, half, 20, 40) for p in ("b", "a"))
    never = Reciprocity("returns", "a", Share(0, 0, 0.4), None, 0, 4)
    asks = (Reciprocity("asks", "b", None, half), Reciprocity("calls", "a", None, None), never)
    reading = samples.reading(reciprocity=(*gives, *asks))
    found = give.table(reading, names_of(reading, alias=False))
    assert found is not None
    assert list(found.parts) == [
        (
            "Wrote first, of the times one of you did",
            (("You", "20 of 40 (42 to 58%)", "50% (42 to 58%)"), ("Sam", "20 of 40 (42 to 58%)", "50% (42 to 58%)")),
        ),
        ("Asked how the other is, of the times one of you did", (("Sam", "–", "50% (42 to 58%)"),)),
    ]
    assert 'class="of-give short"' in report.html(reading)
    assert "of-give" not in report.html(samples.reading())
    assert give.table(samples.ALL["urgent"](), names_of(reading, alias=False)) is None


def test_how_it_ended_says_nothing_twice_and_nothing_against_the_lists() -> None:
    it = samples.in_full().episodes[0].episode
    back = Return(date(2025, 3, 29), "usual", acknowledged=False, explained=False)
    silent = replace(it, end=back.date, return_=back, said_why=(), outside_cause=())
    assert episode_words.back(silent) == "on 29 March, as warm as usual, without a word about having been away"
    spoke = replace(silent, return_=replace(back, acknowledged=True))
    assert episode_words.back(spoke).endswith("spoke of having been away, without saying what it was")
    assert episode_words.back(replace(spoke, outside_cause=("e1",))).endswith("spoke of having been away")


def test_each_silence_says_whose_it_is() -> None:
    reading = samples.usual_quiet()
    own = samples.silence("a", 30.0, "long", 12)
    found = facts_of(replace(reading, silence=(own, *reading.silence)))
    assert found["Your silence now"].startswith("30 hours: long (about 1 quiet spell in 12")
    assert "Sam’s silence now" not in found
    calm = replace(reading, silence=(samples.silence("a", 3.0, "usual", 2), *reading.silence))
    assert list(facts_of(calm))[:2] == ["Sam’s silence now", "Episodes"]


def test_an_old_record_has_no_silence_now() -> None:
    ended = (Finding("record_ended", None, "This record ends on 28 September 2025."),)
    found = facts_of(replace(samples.unusual_quiet(), findings=ended))
    assert found["Sam’s silence at the end of the record"].startswith("31 hours: unusual")
    assert not any("silence" in name for name in facts_of(replace(samples.usual_quiet(), findings=ended)))
    assert not any("silence" in name for name in facts_of(samples.returned()))


def test_both_voices_told_the_same_stand_in_one_list() -> None:
    same = tuple(replace(a, voice=voice) for voice in ("waiting", "withdrawing") for a in samples.ADVICE[:2])
    page = report.html(samples.reading(advice=same))
    assert "For either of you" in page
    assert "If you are the one" not in page
    assert page.count(f"<h4>{same[0].title}</h4>") == 1
    assert "For either of you" not in report.html(samples.unusual_quiet())


def test_where_nobody_pulls_away_nobody_is_spoken_to_as_if_they_did() -> None:
    both = (samples.ADVICE[0], samples.ADVICE[1], replace(samples.ADVICE[0], voice="withdrawing"))
    page = report.html(replace(samples.usual_quiet(), advice=both))
    assert "For either of you" in page
    assert "If you are the one" not in page
    assert page.count(f"<h4>{samples.ADVICE[0].title}</h4>") == 1


def test_in_danger_one_heading_stands_over_what_comes_after() -> None:
    page = report.html(samples.urgent())
    assert '<h2 id="advice">After that</h2>' in page
    assert "What may help" not in page


def test_a_source_that_says_its_grade_does_not_say_it_twice() -> None:
    page = report.html(samples.unusual_quiet())
    assert "Practitioners’ consensus · <a" in page
    assert "Overall, Simpson &amp; Struthers 2013 · little research" in page


def test_empty_parts_leave_no_heading() -> None:
    page = report.html(samples.usual_quiet())
    for absent in ('id="signs"', 'id="reasons"', 'id="loop"', 'id="week"', 'id="checkins"', 'id="earlier"'):
        assert absent not in page


def test_signs_are_against_the_own_usual_and_say_where_they_come_from() -> None:
    reading = samples.in_full()
    found = signs(reading, names_of(reading, alias=False), Sources({}, {}))
    assert found is not None
    sam, jo = found.people
    assert [s.title for s in sam.distance][:2] == ["Writes and calls less often", "Stays vague about plans"]
    assert sam.distance[2].compared == "No clear change: 1.1 times the usual (0.8 to 1.3)."
    assert sam.distance[0].spoken == "Shows"
    assert jo.name == "Jo (you)"
    assert sam.distance[0].compared == "Less of it than usual: 50% of the usual (35% to 65%)."
    assert sam.distance[1].compared == "More than usual: 1.8 times the usual (1.1 to 3.0). From messages and check-ins."
    assert (
        sam.distance[3].compared == "Less than usual: 1.2 lower on a scale from 0 to 4 (−2.0 to −0.4). From check-ins."
    )
    assert [s.kind for s in sam.distance] == ["met", "met", "not", "not"]
    assert found.untold == ("Looks away more", "Spends more time alone")
    assert report.html(reading).count("Looks away more") == 1
    assert not jo.care
    assert (
        compared(Sign("says_space", "b", "more", None, None, None, ("intake",)))
        == "More than usual. From your answers."
    )


def test_asking_for_room_is_not_untold_where_an_episode_tells_of_it() -> None:
    every = (*samples.SIGNS, *(Sign("says_space", p, "unknown", None, None, None, ()) for p in "ab"))
    reading = samples.reading(signs=every)
    for said, told in ((True, False), (False, True)):
        spells = tuple(replace(e, episode=replace(e.episode, said_so=said)) for e in reading.episodes)
        found = signs(replace(reading, episodes=spells), names_of(reading, alias=False), Sources({}, {}))
        assert found is not None
        assert ("Says that room is needed" in found.untold) is told


def test_messages_are_shown_only_for_signs_of_which_there_is_more() -> None:
    every = tuple(replace(s, evidence=("e1",)) for s in samples.SIGNS)
    page = report.html(samples.reading(signs=every), level="quotes", quotes={"e1": "a blue kettle"})
    shown = page[page.index('id="signs"') : page.index('id="advice"')]
    # Two signs are more than usual; what one of them counts became less, and no message shows that.
    assert [s.id for s in every if s.direction == "more"] == ["fewer_contacts", "vague_plans"]
    assert shown.count("a blue kettle") == 1
    assert "Rests on" not in shown
    assert "Rests on" not in report.html(samples.reading(signs=every)).split('id="signs"')[1].split('id="advice"')[0]


def test_every_sign_has_a_title() -> None:
    assert set(TITLES) == {*SIGNS, *COUNTER_SIGNS}


def test_reasons_stand_side_by_side_the_best_supported_first() -> None:
    page = report.html(samples.in_full())
    shown = page[page.index('id="reasons"') : page.index('id="advice"')]
    places = [shown.index(t) for t in ("Strain from outside", "Closeness itself", "Interest fades", "Shame about")]
    assert places == sorted(places)
    assert shown.index("<details>") < places[-1]
    assert "Whether it eases when the visit is over." in shown


def test_harm_is_no_reason_to_be_weighed_and_help_is_linked_instead() -> None:
    harm = Hypothesis("harm", "cannot tell", "Harm", (), (), "Nothing needs to be told apart.")
    page = report.html(samples.reading(hypotheses=(*samples.HYPOTHESES, harm)))
    shown = page[page.index('id="reasons"') : page.index('id="advice"')]
    assert "Nothing needs to be told apart" not in page
    assert "1 reason of which nothing can be told" in shown
    assert 'href="#help"' in shown


def test_in_danger_the_report_holds_only_help() -> None:
    full = samples.in_full()
    reading = replace(
        full, safety=samples.urgent().safety, answer=samples.urgent().answer, advice=samples.urgent().advice
    )
    page = report.html(reading)
    assert re.findall(r'<h[12] id="(\w+)"', page) == ["safety", "step", "advice"]
    assert page.count("Speak to someone trained for this.") == 1
    # Of when the page is has to be known; of when the messages are has not.
    words = words_of(page).replace("as of 30 September 2025, 01:10", "")
    for absent in ("Sam", "Jo", "5,738", "September", "figure", "messages"):
        assert absent not in words.replace("What these messages describe", ""), absent


@pytest.mark.parametrize("field", ["afraid", "controlled", "hurt", "self_harm", "unsure", "frightened_other"])
def test_what_was_answered_about_safety_is_in_no_file(field: str) -> None:
    told = analysis.intake({"since_days": 9, "safety": {field: True}})
    assert told.answer.now.startswith("You said")
    page = words_of(report.html(told))
    assert "You said" not in page
    assert "Help comes first here." in page
    assert told.safety.shown.split(".")[0] in page


def test_answers_about_safety_and_mood_are_never_told() -> None:
    calm, hurt = samples.from_answers(), samples.unsafe_answers()
    for page in (report.html(calm), report.html(hurt)):
        words = words_of(page).lower()
        assert "phq" not in words
        # The help box names fear in general, and never what was answered.
        assert "afraid rather" in words or "afraid" not in words.replace("if you are afraid, trust that", "")
    same = replace(calm, intake=replace_safety(calm))
    assert report.html(same) == report.html(calm)


def replace_safety(reading):
    """The same answers, but for those about safety and mood."""
    given = samples.ANSWERS | {"safety": {"self_harm": True, "afraid": True}, "mood": {"phq2": 6, "gad2": 6}}
    return samples.read_answers(given)


def test_answers_alone_make_a_page_without_figures() -> None:
    page = report.html(samples.from_answers())
    assert "<svg" not in page
    assert re.findall(r'<h2 id="(\w+)"', page) == [
        *("step", "glance", "reasons", "advice", "why", "other", "limits", "method", "questions")
    ]
    words = words_of(page)
    assert "What only the other person knows" in words
    assert "about 9 days" in words
    assert "No messages were read" in words
    assert "0 messages" not in words
    assert "  " not in words.strip()


def test_look_puts_help_first_and_keeps_what_was_found_about_quiet_out() -> None:
    ids = re.findall(r'<h[12] id="(\w+)"', report.html(samples.look()))
    assert ids[0] == "safety"
    assert "episode" not in ids


def test_words_like_a_goodbye_stand_first_with_one_step_and_no_silence_is_weighed_beside_them() -> None:
    page = report.html(samples.goodbye())
    ids = re.findall(r'<h[12] id="(\w+)"', page)
    assert "episode" not in ids
    assert "silence now" not in words_of(page)
    assert page.index("reads like a goodbye") < page.index("One step now")


def test_the_figures_of_the_method_are_those_of_the_validation() -> None:
    text = VALIDATION.read_text(encoding="utf-8")
    episodes = text[text.index("## Episodes") : text.index("## Silence")]
    rows = [tuple(map(int, m)) for m in re.findall(r"(?m)^all +(\d+) +(\d+) +(\d+) +(\d+)", episodes)]
    for found in (measured.OWN, measured.OTHERS, measured.STRANGERS):
        assert (found.couples, found.hit, found.false, found.missed) in rows
    assert f"{measured.LOOP_CLAIMED} of {measured.LOOP_COUPLES} couples without any effect" in text
    assert f"| θ −0.4 | 11% | {measured.LOOP_SEEN:.0%} |" in text
    assert "223 of 456 (49%), 208 of 392 (53%)" in text


def test_the_method_says_how_well_it_works() -> None:
    words = words_of(report.html(samples.in_full()))
    own = measured.OWN
    there = f"Of {own.hit + own.missed} episodes in {own.couples} couples it had not seen"
    assert f"{there}, it found {own.hit}, and named {own.false} that were none." in words
    assert "Of 267 made-up couples without a loop, 7 were told of one." in words


def test_a_notebook_shows_the_answer_and_the_figures() -> None:
    reading = samples.in_full()
    shown = reading._repr_html_()
    assert shown.count("<svg") == 4
    assert reading.answer.now in shown
    assert "<script" not in samples.hostile_names()._repr_html_()
    assert "<svg" not in samples.urgent()._repr_html_()
    assert samples.look().safety.shown in samples.look()._repr_html_()


@pytest.mark.parametrize("name", ["three_years", "in_full"])
def test_a_report_stays_small(name: str) -> None:
    assert len(report.html(samples.ALL[name]()).encode()) < 400_000


def test_the_foot_promises_no_more_than_the_page_keeps() -> None:
    quiet = samples.unusual_quiet()
    said = Finding("parting_named", "b", "A message of Sam’s, on 5 March, reads as if it has ended.", evidence=("e1",))
    page = words_of(report.html(replace(quiet, findings=(*quiet.findings, said)), quotes={"e1": "a blue kettle"}))
    assert said.words in page
    assert "a blue kettle" not in page
    # A finding may name a message by its day; only its words stay out.
    assert "one by one" not in page
    assert "No message is quoted." in page
