"""`ebbtide intake`: answers from a file, from standard input or asked for, and beside an export."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from typer.testing import CliRunner

import ebbtide as eb
from ebbtide.cli import app, asking, intake
from ebbtide.cli import typed as heard
from ebbtide.cli.questions import REST, SAFETY, VOICE, choices_of
from ebbtide.selfreport import read_answers
from ebbtide.selfreport.intake import CounterSign, Sign
from tests.cli.conftest import Run
from tests.cli.test_check import unwrapped
from tests.reading.wording import forbidden, reading_grade

ANSWERS = {"voice": "waiting", "since_days": 16, "contact": "none", "asked_for_space": "no", "explained": "no"}


def reading_of(result: Any) -> Any:
    """The JSON after what the runner echoes of the typing."""
    return json.loads(result.stdout[result.stdout.index("{") :])


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(ANSWERS))
    return path


QUESTIONS = {q.id: q for q in (VOICE, SAFETY, *REST)}
NOW = datetime(2026, 11, 28, 23, 30)


def typed(monkeypatch: pytest.MonkeyPatch, *replies: str, how: tuple[str, ...] = ("--json",)) -> Any:
    """What comes of answering the questions so."""
    monkeypatch.setattr(intake, "can_ask", lambda: True)
    return CliRunner().invoke(app, ["intake", *how], input="\n".join(replies) + "\n", catch_exceptions=False)


def given(monkeypatch: pytest.MonkeyPatch, *replies: str) -> Any:
    """The answers that come of these replies."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(replies) + "\n"))
    return intake.questioned(None, now=NOW)


def taken(id_: str, reply: str, answers: dict[str, Any] | None = None) -> dict[str, Any]:
    """What a reply to a question adds."""
    before = answers or {}
    after = heard.taken(QUESTIONS[id_], reply, before, NOW)
    return {field: value for field, value in after.items() if before.get(field) != value}


def number_of(id_: str, words: str, answers: dict[str, Any] | None = None) -> str:
    """The number of a choice."""
    return str([c.words for c in choices_of(QUESTIONS[id_], answers or {})].index(words) + 1)


def test_answers_of_a_file_give_a_reading(run: Run, answers: Path) -> None:
    result = run("intake", "--answers", answers)
    assert (result.exit_code, result.stderr) == (0, "")
    said = unwrapped(result.stdout)
    assert said.startswith("Your partner has been more distant for 16 days, as you tell it.")
    assert "Source: " in said
    foot = "--all shows the reasons. Afraid, or in danger: ebbtide helplines."
    assert said.endswith(f"From what you told, with no messages beside it. {foot}")
    assert len(result.stdout.splitlines()) < 40


def test_json_alone_is_on_standard_output(run: Run, answers: Path) -> None:
    told = json.loads(run("intake", "--answers", answers, "--json", "--now", "2026-11-26").stdout)
    assert told["episodes"][0]["start"] == "2026-11-10"
    assert told["episodes"][0]["kind"] == "concerning"
    assert told["hypotheses"]


def test_answers_come_from_standard_input_too() -> None:
    result = CliRunner().invoke(app, ["intake", "--answers", "-", "--json"], input=json.dumps(ANSWERS))
    assert json.loads(result.stdout)["episodes"][0]["days"] == 16


@pytest.mark.parametrize(
    ("text", "says"), [("{", "not JSON"), ("[]", "not an object"), ('{"since_days": -2}', "since_days")]
)
def test_bad_answers_are_bad_input(run: Run, tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text)
    result = run("intake", "--answers", path)
    assert result.exit_code == 3
    assert says in result.stderr
    assert result.stdout == ""


def test_with_nobody_to_ask_it_says_how_to_answer(run: Run) -> None:
    result = run("intake")
    assert result.exit_code == 2
    assert "--answers" in result.stderr


def test_questions_are_asked_one_by_one_and_can_be_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    result = typed(monkeypatch, "1", "8", "", "12", "1", "99", "", "", "", "8", "", "", "", "q")
    told = reading_of(result)
    (episode,) = told["episodes"]
    assert (episode["days"], episode["said_so"], episode["space_given"]) == (12, True, True)
    assert "none of the choices" in result.stderr
    assert told["safety"]["level"] == "none"


def test_a_yes_about_safety_ends_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    result = typed(monkeypatch, "1", "1 2")
    assert reading_of(result)["safety"]["level"] == "urgent"
    assert "Where are the two of you" not in result.stderr


def test_not_being_sure_about_safety_ends_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading_of(typed(monkeypatch, "1", "7"))["safety"]["level"] == "look"


@pytest.mark.parametrize("reply", ["1 8", "8 1", "3 4 8", "5 8"])
def test_none_of_these_takes_back_no_danger_that_was_named(monkeypatch: pytest.MonkeyPatch, reply: str) -> None:
    assert reading_of(typed(monkeypatch, "1", reply))["safety"]["level"] == "urgent"


def test_words_at_the_question_about_safety_are_asked_again_and_never_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = typed(monkeypatch, "1", "yes afraid", "1")
    assert "ebbtide helplines" in result.output
    assert reading_of(result)["safety"]["level"] == "urgent"
    assert reading_of(typed(monkeypatch, "1", "yes afraid", "i am"))["safety"]["level"] == "look"
    assert reading_of(typed(monkeypatch, "1", "no", "6", "9"))["safety"]["level"] == "none"


@pytest.mark.parametrize(
    ("reply", "field"),
    [("he hits me", "flags"), ("I want to die", "self_harm"), ("I'm scared of him", "flags")],
)
@pytest.mark.parametrize("skipped", [0, 1, 4, 8])
def test_danger_in_ones_own_words_is_heard_at_every_question(
    monkeypatch: pytest.MonkeyPatch, reply: str, field: str, skipped: int
) -> None:
    result = typed(monkeypatch, "1", *([""] * skipped), reply, "21", "4")
    assert "The questions stop here: this comes first." in result.stderr
    told = reading_of(result)
    assert told["safety"]["level"] == "urgent"
    assert told["advice"][0]["id"].startswith("safety.")
    assert told["episodes"] == []
    assert not any(f["key"] == "told" and field in f["words"] for f in told["findings"])


def test_other_words_are_kept_where_a_list_is_open_and_passed_over_elsewhere() -> None:
    assert taken("own_moves", "Wrote her mum a card") == {"own_moves": ["wrote_her_mum_a_card"]}
    assert taken("stress", "1, Ärger im Haus") == {"stress": ["work", "arger_im_haus"]}
    assert taken("question", "Does she read my letters?") == {"question": "does_she_read_my_letters"}
    assert taken("contact", "Wrote her mum a card") == {}


def test_what_was_answered_about_safety_is_kept_nowhere(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "afraid.json"
    path.write_text(json.dumps({"safety": {"afraid": True}}))
    result = run("intake", "--answers", path, "--keep", tmp_path / "kept.json")
    assert "your answers are not kept" in unwrapped(result.stderr)
    assert not (tmp_path / "kept.json").exists()


def test_ctrl_c_leaves_at_once_and_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Interrupted:
        def readline(self) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr(intake, "can_ask", lambda: True)
    monkeypatch.setattr("sys.stdin", Interrupted())
    with pytest.raises(typer.Exit):
        intake.questioned("waiting", tmp_path / "kept.json")
    assert list(tmp_path.iterdir()) == []


def test_it_is_said_where_kept_answers_lie(run: Run, answers: Path, tmp_path: Path) -> None:
    result = run("intake", "--answers", answers, "--keep", tmp_path / "mine.json")
    assert "delete that file" in unwrapped(result.stderr)


def test_leaving_at_once_is_a_general_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    told = reading_of(typed(monkeypatch, "q"))
    assert told["episodes"] == []
    assert told["answer"]["now"]


def test_with_nothing_told_there_is_no_reading_and_it_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for replies in (("q",), ("1", "8", "q")):
        result = typed(monkeypatch, *replies, how=())
        assert "Nothing was told" in result.stderr
        assert "ebbtide read FILE" in result.stderr
        assert "Source:" not in result.stdout
        assert result.exit_code == 0
    # A question alone is answered in general.
    assert "Source:" in typed(monkeypatch, "1", "8", *[""] * 11, "1", how=()).stdout


def test_the_one_who_waits_can_tell_of_give_and_take(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [number_of("red_flags", words) for words in ("I am the one who starts", "plans with me are dropped")]
    told = reading_of(typed(monkeypatch, "1", "8", "", "20", "", "2", "", "", "", "", "", "", " ".join(said), "q"))
    assert next(h for h in told["hypotheses"] if h["id"] == "one_sided")["for"]
    own = {c.words for c in choices_of(QUESTIONS["red_flags"], {"voice": "withdrawing"})}
    assert "I am the one who starts" not in own


def test_a_load_of_ones_own_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    load = QUESTIONS["own_load"]
    blank = [""] * (REST.index(load) - 2)
    said = " ".join(number_of("own_load", words) for words in ("work", "money"))
    told = reading_of(typed(monkeypatch, "1", "8", "", "20", *blank, said, "q"))
    assert "You carry something yourself: work and money." in told["answer"]["may_be"]
    assert load.words({"voice": "withdrawing"}) == ""
    assert taken("own_load", "1 2 3") == {"own_load": ["fear_of_being_left", "exhaustion", "health"]}
    assert not read_answers({"own_load": ["fear_of_being_left", "exhaustion", "health"]}).safety.any


def test_b_goes_back_and_the_answer_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, "1", "8", "", "10", "b", "20", "q").since_days == 20
    # Two back; Enter keeps what was answered, and - leaves it open.
    kept = given(monkeypatch, "1", "8", "4 7", "10", "1", "b", "b", "", "-", "q")
    assert (kept.since_days, kept.asked_for_space, kept.stage) == (10, None, "married")
    assert given(monkeypatch, "1", "8", "", "10", "b", "-", "q").since_days is None
    assert given(monkeypatch, "b", "b", "2", "q").voice == "withdrawing"


def test_back_at_safety_takes_the_new_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, "1", "8", "b", "1").safety.afraid
    assert given(monkeypatch, "1", "8", "b", "").safety == given(monkeypatch, "1", "8", "q").safety


def test_each_question_says_how_many_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given(monkeypatch, "1", "8", *[""] * 12)
    said = capsys.readouterr().err
    assert "1 of 14  Which one are you?" in said
    assert "14 of 14  What would you most like to know?" in said
    given(monkeypatch, "2", "8", *[""] * 11)
    assert "13 of 13  What would you most like to know?" in capsys.readouterr().err


@pytest.mark.parametrize("voice", ["1", "2"])
def test_after_an_ending_only_what_fits_it_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], voice: str
) -> None:
    answers = given(monkeypatch, voice, "8", "6, 2 years", "4", "1", "", "4")
    said = capsys.readouterr().err
    assert "7 of 7  What would you most like to know?" in said
    assert not any(words in said for words in ("distant", "What contact", "happened before", "has changed"))
    assert (answers.stage, answers.together_months) == ("ended", pytest.approx(24, abs=0.1))
    assert answers.own_moves == ("checked_on",)
    assert answers.own_load == ("exhaustion",)
    assert answers.question == "may_i_write"
    # Somebody who goes back and takes it back is asked the rest.
    given(monkeypatch, voice, "8", "6", "b", "1", "q")
    assert "4 of 1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("id_", "reply", "adds"),
    [
        ("stage", "2 8, 3 years", {"stage": "exclusive", "living": "apart", "together_months": 36}),
        ("stage", "4 7 since march", {"stage": "married", "living": "together", "together_months": 8.5}),
        ("stage", "dating, 6 weeks", {"stage": "dating", "together_months": 1.4}),
        ("stage", "2 and 7, two and a half years", {"stage": "exclusive", "living": "together", "together_months": 30}),
        ("contact", "4, 3 days ago", {"contact": "none", "last_word_days": 3}),
        ("contact", "none, yesterday", {"contact": "none", "last_word_days": 1}),
        (
            "contact",
            "3 last week",
            {"contact": "checks_in", "counter_signs": ["checks_in"], "last_word_days": 7},
        ),
        ("contact", "2, 3 days ago", {"contact": "less"}),
        ("before", "2, 3 times, 5 days", {"before": {"ended": "warm", "times": 3, "usual_days": 5}}),
        ("before", "3 twice, about a week each", {"before": {"ended": "flat", "times": 2, "usual_days": 7}}),
        ("before", "6, 4x", {"after_closeness": "always", "before": {"times": 4}}),
        (
            "stage",
            "married 2 years, we live together",
            {"stage": "married", "living": "together", "together_months": 24},
        ),
        ("stage", "we have been married for 2 years", {"stage": "married", "together_months": 24}),
        ("said", "1 2", {"asked_for_space": "yes", "counter_signs": ["says_space"], "day_named": "yes"}),
        ("signs", "9 10 11", {"signs": ["irritable", "mixed_messages"], "counter_signs": ["distracted"]}),
    ],
)
def test_lengths_and_how_often_go_beside_the_choices(id_: str, reply: str, adds: dict[str, Any]) -> None:
    added = taken(id_, reply)
    assert added.keys() == adds.keys()
    for field, value in adds.items():
        assert added[field] == (pytest.approx(value, abs=0.1) if isinstance(value, int | float) else value)
    read_answers(added)


NOT_KNOWN = ["idk", "I don't know", "i dont know", "no idea", "not sure", "Not really sure.", "sort of", "hard to say"]


@pytest.mark.parametrize("reply", NOT_KNOWN)
@pytest.mark.parametrize("id_", [id_ for id_ in QUESTIONS if id_ not in ("safety", "said")])
def test_not_to_know_leaves_a_question_open_and_is_no_mistake(
    id_: str, reply: str, capsys: pytest.CaptureFixture[str]
) -> None:
    after = heard.taken(QUESTIONS[id_], reply, {}, NOW)
    assert after == {}
    assert not intake.not_read(QUESTIONS[id_], reply, after)
    assert capsys.readouterr().err == ""


def test_not_to_know_whether_one_is_safe_or_what_was_said_is_an_answer() -> None:
    for reply in ("idk", "I don't know", "not sure"):
        assert taken("safety", reply) == {"safety": {"unsure": True}}
        assert taken("said", reply) == {"asked_for_space": "unsure"}


@pytest.mark.parametrize(
    ("id_", "reply", "adds"),
    [
        ("contact", "less than before i guess", {"contact": "less"}),
        ("said", "nothing really", {"asked_for_space": "no", "explained": "no"}),
        ("after_what", "after a fight", {"after_what": ["quarrel"]}),
        ("after_what", "probably bad news", {"after_what": ["bad_news"]}),
        ("stress", "work i think, maybe money", {"stress": ["work", "money"]}),
    ],
)
def test_a_choice_said_softly_is_that_choice(id_: str, reply: str, adds: dict[str, Any]) -> None:
    assert taken(id_, reply) == adds


def test_what_is_no_choice_is_still_said_to_be_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert taken("after_what", "no quarrel at all") == {}
    assert "none of the choices" in capsys.readouterr().err


def test_a_question_of_ones_own_is_one_whatever_commas_it_has(capsys: pytest.CaptureFixture[str]) -> None:
    asks = "he says he loves me, but does he?"
    assert taken("question", asks) == {"question": "he_says_he_loves_me_but_does_he"}
    assert capsys.readouterr().err == ""
    (long,) = taken(
        "question", "why does he never answer when I ask him anything, ever, and what should I do with him?"
    ).values()
    assert long == "why_does_he_never_answer_when_i_ask_him_anything_ever_and_what_should_i_do_with_"
    assert heard.as_id("x" * 100) == "x" * 79 + "_"


def test_words_that_are_cut_are_said_back_as_that_and_numbers_are_nobodys_words() -> None:
    weighs = "why does he never answer when I ask him anything ever and what should I do with him then"
    answers = {**taken("stress", f"{weighs}; 3/4"), "since_days": 20, "contact": "less"}
    told = eb.intake(answers).to_dict()
    assert "ever and what should I do with…”" in told["answer"]["may_be"]
    assert "3 4" not in json.dumps(told["answer"])
    assert taken("question", "13 14") == {}
    numbers = read_answers({"own_load": ["12", "3_4", "dog"], "question": "1_2"})
    assert (numbers.own_load, numbers.question) == (("dog",), None)


def test_an_end_beside_a_couple_is_asked_again_and_never_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert given(monkeypatch, "1", "8", "2 6", "2", "12", "q").stage == "exclusive"
    assert "neither is taken" in capsys.readouterr().err
    twice = given(monkeypatch, "1", "8", "2 6", "6 2", "12", "q")
    assert (twice.stage, twice.since_days) == (None, 12)
    assert taken("stage", "2 6 8") == {"living": "apart"}
    assert taken("stage", "2 6 months")["stage"] == "exclusive"
    assert taken("stage", "5 6") == {"stage": "ended"}


@pytest.mark.parametrize(
    ("reply", "heard_as"),
    [
        ("i got exams. need to breathe abit", {"room", "reason"}),
        ("he said he wants a bit of air, swamped at work", {"room", "reason"}),
        ("see u sat", {"day"}),
        ("c u sun night", {"day"}),
        ("ill write u tmrw", {"day"}),
        ("we talk again on saturday", {"day"}),
        ("she doesn't need space", set()),
        ("see u sat in the car", set()),
        ("we sat down and talked", set()),
        ("needs air in the tyres", set()),
        ("her exams are over", set()),
    ],
)
def test_what_was_said_is_heard_in_plain_words(reply: str, heard_as: set[str]) -> None:
    told = taken("said", reply)
    assert ("day" in heard_as) is (told.get("day_named") == "yes")
    assert ("reason" in heard_as) is (told.get("explained") == "yes")
    assert ({"room", "day"} & heard_as != set()) is (told.get("asked_for_space") == "yes")


@pytest.mark.parametrize(
    ("id_", "reply"),
    [("stage", "we are poly"), ("after_what", "she found out she is pregnant"), ("said", "he came out as gay")],
)
def test_what_the_two_are_in_is_kept_wherever_it_is_typed(id_: str, reply: str) -> None:
    assert taken(id_, reply) == {"stress": [heard.as_id(reply)]}


def test_the_one_who_pulls_away_can_tell_the_day_what_was_sharp_and_of_leaving() -> None:
    own = {"voice": "withdrawing"}
    assert taken("said", number_of("said", "on which day I will write", own), own)["own_moves"] == ["said_when_back"]
    said = ", ".join(("said sorry", "blamed the other", "thought of leaving"))
    moves = taken("own_moves", said, own)["own_moves"]
    assert moves == ["apologised", "criticised", "thought_of_separating"]
    assert not read_answers({**own, "own_moves": moves}).safety.any
    assert taken("question", number_of("question", "I want to end it. How?", own), own) == {"question": "ending"}


def test_every_sign_can_be_told() -> None:
    fills = [c.fills for v in ("waiting", "withdrawing") for c in choices_of(QUESTIONS["signs"], {"voice": v})]
    assert {s for f in fills for s in f.get("signs", ())} == set(get_args(Sign))
    assert {s for f in fills for s in f.get("counter_signs", ())} == set(get_args(CounterSign))
    assert taken("signs", "looks away") == {"signs": ["less_eye_contact"]}
    assert taken("signs", "hot and cold, Feelings are dodged") == {"signs": ["mixed_messages", "avoids_feelings"]}


def test_of_choices_that_exclude_one_another_the_last_counts_and_it_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert taken("stage", "1 4") == {"stage": "married"}
    assert "the last one counts: married." in capsys.readouterr().err
    assert taken("stage", "4 7") == {"stage": "married", "living": "together"}
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("reply", ["9" * 3000, "x" * 3000, "a, " * 900, "???", "грустно", "1 " * 900, "0", "-1", "١"])
@pytest.mark.parametrize("id_", list(QUESTIONS))
def test_no_reply_breaks_anything(id_: str, reply: str) -> None:
    read_answers(heard.taken(QUESTIONS[id_], reply, {}, NOW))


def test_keys_and_control_characters_in_a_line_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asking.clean("\x1b[A\x1b[1;5D his\x00 \u202eboss\x07\x1bOP ") == "his boss"
    assert asking.clean("\udcff2") == "?2"
    assert len(asking.clean("x" * 99999)) == asking.LONGEST_LINE
    answers = given(monkeypatch, "1", "8", *[""] * 7, "\x1b[A", "q")
    assert answers.own_moves == ()


@pytest.mark.parametrize("id_", ["since", "signs", "red_flags", "stress"])
def test_danger_late_in_a_long_line_is_heard_as_what_it_is(id_: str) -> None:
    found = taken(id_, "There was a lot of trouble at work and at home, and last week after the party he hit me hard")
    assert found.keys() == {"safety"}
    assert found["safety"].keys() == {"flags"}
    assert read_answers(found).safety.by_other
    both = taken(id_, "he hit me and I want to die")["safety"]
    assert both["self_harm"] and both["flags"]


def test_answers_can_be_kept_and_compared_later(run: Run, answers: Path, tmp_path: Path) -> None:
    kept, later = tmp_path / "kept.json", tmp_path / "later.json"
    run("intake", "--answers", answers, "--keep", kept, "--now", "2026-05-15")
    assert json.loads(kept.read_text())["told_on"] == "2026-05-15"
    later.write_text(json.dumps(ANSWERS | {"contact": "checks_in"}))
    told = json.loads(run("intake", "--answers", later, "--earlier", kept, "--json").stdout)
    assert "Contact: none before, a sign now and then now." in next(
        f["words"] for f in told["findings"] if f["key"] == "changed"
    )


def test_an_export_and_answers_are_read_together(run: Run, chat: Path, answers: Path) -> None:
    how = ("--me", "Jo", "--tz", "Europe/London", "--json")
    told = json.loads(run("read", chat, "--intake", answers, *how).stdout)
    assert "You said 16 days" in next(f["words"] for f in told["findings"] if f["key"] == "told_otherwise")
    assert told["span"]["messages"] > 1000


def test_every_question_is_short_plain_and_fits_both_voices() -> None:
    questions = (VOICE, SAFETY, *REST)
    for voice, most in (("waiting", 14), ("withdrawing", 13)):
        for answers in ({"voice": voice}, {"voice": voice, "stage": "ended"}):
            put = [q for q in questions if q.words(answers)]
            assert len(put) <= (most if len(answers) == 1 else 7)
            for question in put:
                words, choices = question.words(answers), choices_of(question, answers)
                assert len(words.split()) <= 14
                assert reading_grade(words) <= 9
                assert bool(choices) != bool(question.field)
                assert len([c for c in choices if c.shown]) <= 12
                assert not any(c.shown for c in choices[len(heard.numbered(choices)) :])
                for choice in choices:
                    assert len(choice.words.split()) <= 12
                    assert forbidden(choice.words) == []
                    read_answers(dict(choice.fills))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("10", 10),
        ("10 days", 10),
        ("2 weeks", 14),
        ("a month", 30.4),
        ("1,5", 1.5),
        ("about 3w", 21),
        ("one year", 365.2),
        ("two and a half weeks", 17.5),
        ("1 and a half years", 547.9),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, days: float) -> None:
    assert asking.as_days(typed) == pytest.approx(days)


@pytest.mark.parametrize("typed", ["", "long", "-3", "999999", "two three"])
def test_what_is_no_number_of_days_is_left_open(typed: str) -> None:
    assert asking.as_days(typed) is None


@pytest.mark.parametrize(
    ("typed_", "days"),
    [
        ("half a day", 0.5),
        ("12 hours", 0.5),
        ("yesterday", 1),
        ("a few days", 3),
        ("a couple of weeks", 14),
        ("almost 3 weeks", 21),
        ("10-14 days", 12),
        ("twenty", 20),
        ("over a year", 365.2),
    ],
)
def test_lengths_are_read_as_people_say_them(typed_: str, days: float) -> None:
    assert asking.as_days(typed_) == pytest.approx(days, abs=0.1)


def test_a_choice_in_its_own_words_is_that_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    told = reading_of(typed(monkeypatch, "1", "8", "", "since ever", "12", "nothing", "none", "no", "q"))
    (episode,) = told["episodes"]
    assert (episode["days"], episode["said_so"], episode["contact_kept"]) == (12, False, 0.0)
    assert any("Nothing like it" in f["words"] for f in told["findings"])


@pytest.mark.parametrize(
    ("id_", "reply", "field"),
    [
        ("stress", "work, he said there is no reason to go on", "fears_for_other"),
        ("stress", "low mood, doesnt want to live any more", "fears_for_other"),
        ("stress", "she talks about suicide", "fears_for_other"),
        ("said", "he told me hes suicidal", "fears_for_other"),
        ("safety", "she says she dosnt want to live any more", "fears_for_other"),
        ("own_load", "tired, i want to sleep and not wake up", "self_harm"),
        ("own_load", "i dont want to exist", "self_harm"),
        ("stress", "nothing, its me, i dont want to be here anymore", "self_harm"),
    ],
)
def test_whose_life_it_is_about_is_heard_from_the_line_and_the_question(id_: str, reply: str, field: str) -> None:
    safety = taken(id_, reply)["safety"]
    assert {f for f in ("fears_for_other", "self_harm") if safety.get(f)} == {field}


@pytest.mark.parametrize(
    "reply", ["doesnt want to live together", "didnt want to be here at christmas", "never woke up"]
)
def test_where_somebody_wants_to_live_is_no_danger(reply: str) -> None:
    assert "safety" not in taken("stress", reply)


@pytest.mark.parametrize(
    ("id_", "reply", "field", "said"),
    [
        ("red_flags", "he goes through my phone, hes just stressed", "flags", "he_goes_through_my_phone"),
        ("stress", "she wants to know where i am all day and reads my messages", "flags", "reads_my_messages"),
        ("own_moves", "6 i looked in his phone, i was so worried", "deeds", "i_looked_in_his_phone"),
    ],
)
def test_of_a_long_line_what_tells_of_danger_is_said_back_whole(id_: str, reply: str, field: str, said: str) -> None:
    assert taken(id_, reply)["safety"][field] == [said]


@pytest.mark.parametrize(
    ("id_", "reply", "adds"),
    [
        ("before", "yes and it ended warmly, twice, 5 days", {"times": 2, "usual_days": 5.0, "ended": "warm"}),
        ("before", "never before like this", {"times": 0}),
        ("stress", "money work", ["money", "work"]),
        ("stress", "work and money", ["work", "money"]),
        ("said", "he is telling he need some time", "yes"),
    ],
)
def test_choices_said_a_little_otherwise_are_those(id_: str, reply: str, adds: Any) -> None:
    field = {"said": "asked_for_space"}.get(id_, id_)
    assert taken(id_, reply)[field] == adds


def test_a_day_to_meet_is_kept_as_one() -> None:
    assert taken("said", number_of("said", "a day to meet or to hear again"))["day_named"] == "yes"
    assert "day_named" not in taken("said", "1")


def test_to_have_frightened_the_other_is_met_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    told = reading_of(typed(monkeypatch, "1", "6"))
    assert told["safety"]["level"] == "look"
    assert told["advice"][0]["id"] == "safety.told.frightened"


@pytest.mark.parametrize(
    ("reply", "days"),
    [
        ("since march", 258),
        ("Since the 3rd of March", 270),
        ("march 3", 270),
        ("3. March 2025", 635),
        ("since march 2025", 623),
        ("early november", 23),
        ("late november", 3),
        ("since november", 14),
        ("since december", 348),
        ("mid-october", 44),
        ("since monday", 5),
        ("last saturday", 7),
        ("since christmas", 338),
        ("since 2025", 515),
        ("2026-11-01", 27),
        ("last week", 7),
        ("feb 29", 1003),
    ],
)
def test_a_date_is_a_length_of_time_up_to_now(reply: str, days: float, capsys: pytest.CaptureFixture[str]) -> None:
    assert taken("since", reply) == {"since_days": days}
    assert f"Taken as {days:,g} days." in capsys.readouterr().err


@pytest.mark.parametrize("reply", ["since 31 june", "1 december 2026", "since spring", "2026-13-01", "3/4"])
def test_what_is_no_date_is_said_and_asked_once_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reply: str
) -> None:
    assert given(monkeypatch, "1", "8", "", reply, "12", "q").since_days == 12
    assert "no length of time that can be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("id_", "reply", "field", "value"),
    [
        ("since", "like about six weeks now i would say", "since_days", 42.0),
        ("since", "since the baby came, 5 months", "since_days", 152.0),
        ("since", "we met 3 years ago and it began 2 weeks ago", "since_days", None),
        ("since", "since he got odd", "since_days", None),
        ("contact", "she answers but only about the kids", "contact", "less"),
        ("contact", "he blocked me everywhere", "contact", "none"),
        ("contact", "he not write me", "contact", "none"),
        ("contact", "he doesn't answer any more", "contact", "none"),
        ("contact", "checks in on sundays", "contact", "checks_in"),
        ("contact", "he never writes first", "contact", None),
        ("contact", "he does not answer at night", "contact", None),
        ("contact", "les than befor", "contact", "less"),
        ("stage", "marrid", "stage", "married"),
        ("stage", "it hasnt ended", "stage", None),
        ("stage", "it has not ended", "stage", None),
        ("signs", "les warmth", "signs", ["less_affection"]),
        ("signs", "more warmth", "signs", None),
    ],
)
def test_rambling_and_misspelt_answers_are_read_and_others_are_not(
    id_: str, reply: str, field: str, value: object
) -> None:
    assert taken(id_, reply).get(field) == value


def test_a_slip_of_spelling_says_that_nobody_is_in_danger_and_never_that_somebody_is() -> None:
    assert taken("safety", "non of thees")["safety"]["afraid"] is False
    assert "safety" not in taken("safety", "i am afrad of the other one")


@pytest.mark.parametrize(("reply", "said"), [("we are best friends", True), ("we are poly", False)])
def test_for_who_is_no_couple_it_says_whom_it_is_written_for(
    capsys: pytest.CaptureFixture[str], reply: str, said: bool
) -> None:
    taken("stage", reply)
    assert ("written for a couple" in capsys.readouterr().err) is said
