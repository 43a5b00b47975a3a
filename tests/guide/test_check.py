"""The check of a draft: what is flagged and where, in which moment, for whom; and that it stays quiet otherwise."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from ebbtide.conversation import Conversation
from ebbtide.errors import BadSetting, NotTwoPeople
from ebbtide.guide.check import Flag, as_json, beside_danger, check, readable
from ebbtide.guide.check.pack import HELP, LOOKED_FOR
from ebbtide.reading.safety import SHOWN
from ebbtide.signals.moves import HEADS, Message
from tests.guide.made_judge import CLEAR, SAID, Made
from tests.guide.talks import written
from tests.reading.wording import restraint
from tests.talks import Line, moment, talk


def flags(text: str, **how: Any) -> list[Flag]:
    return check(text, judge=Made().judge, **how)


def labels(text: str, **how: Any) -> list[str]:
    return [f.label for f in flags(text, **how)]


def marked(text: str, **how: Any) -> list[str]:
    return [text[f.span[0] : f.span[1]] for f in flags(text, **how)]


def test_beside_danger_in_the_conversation_help_comes_first_and_no_wording() -> None:
    pressing = "you hardly listen, please come home"
    calm = written((1.0, "a", "home at six"), (2.0, "b", "ok, soup"))
    danger = written((1.0, "a", "home at six"), (2.0, "b", "I will kill you if you leave me"))
    assert beside_danger(calm).level == beside_danger(None).level == "none"
    assert check(pressing, talk=danger) == []
    care = beside_danger(danger)
    assert care.level != "none"
    assert not restraint(care.shown)
    told = as_json([], care=care)
    assert told["safety"] == {"level": care.level, "shown": care.shown}
    assert "safety" not in as_json([])
    # What is a threat in the draft itself is said all the same.
    assert [f.label for f in check("I will kill you if you leave me", talk=danger)] != []


class TestSpans:
    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("you hardly listen", "you hardly listen"),
            ("  you hardly listen \n", "you hardly listen"),
            ("Home at six. You hardly listen! See you", "You hardly listen!"),
            ("I was late, but you hardly listen", "but you hardly listen"),
            ("ok 👩‍👩‍👧‍👦❤️ you hardly listen 😭😭 see you", "you hardly listen 😭😭"),
            ("Cafe\u0301 at six… you hardly listen", "you hardly listen"),
            ("dinner\nyou hardly listen\nbye", "you hardly listen"),
            ("you hardly listen ❗️ bye", "you hardly listen ❗️"),
            ("why?! you hardly listen — truly", "you hardly listen —"),
            ("Never once. Not once. See you.", "Never once. Not once."),
            ("😭😭 you hardly listen", "😭😭 you hardly listen"),
        ],
    )
    def test_the_smallest_part_that_carries_it_is_marked_to_the_code_point(self, text: str, part: str) -> None:
        assert marked(text) == [part]

    def test_no_sign_of_several_code_points_is_cut(self) -> None:
        text = "hm 🏳️‍🌈 you hardly listen 👍🏽 e\u0301 bye"
        (found,) = marked(text)
        assert found == "you hardly listen 👍🏽"

    def test_half_a_sign_from_a_terminal_moves_nothing(self) -> None:
        text = "\ud83d you hardly listen"
        assert marked(text) == [text]

    @pytest.mark.parametrize("text", ["", " \n ", "😭😭", "...", "👍🏽"])
    def test_a_draft_without_words_is_nothing(self, text: str) -> None:
        assert flags(text) == []

    def test_a_long_letter_is_read_to_its_end(self) -> None:
        text = "We went for a walk by the river and then had tea. " * 40 + "You hardly listen."
        assert marked(text) == ["You hardly listen."]

    def test_words_without_any_mark_are_read_to_their_end(self) -> None:
        text = "and then we went on and on " * 20 + "you hardly listen"
        (part,) = marked(text)
        assert "you hardly listen" in part
        assert len(part.split()) <= 40

    def test_a_move_that_hangs_on_a_mark_or_on_what_came_before_is_not_told(self) -> None:
        def shaky(messages: Sequence[Message]) -> np.ndarray[Any, Any]:
            out = np.full((len(messages), len(HEADS)), 0.01)
            for i, message in enumerate(messages):
                out[i, HEADS.index("pursuit")] = 0.9 if "?" in message.text else 0.7
                out[i, HEADS.index("contempt")] = 0.9 if message.prev is None else 0.5
                out[i, HEADS.index("defensiveness")] = 0.9 if message.prev is None else 0.5
            return out

        judge = replace(Made().judge, scores=shaky)
        assert [f.label for f in check("where?", judge=judge)] == ["defensiveness"]
        after = written((90, "a", "hi"), (91, "b", "hi"))
        assert check("where?", judge=judge, talk=after) == []

    def test_draft_and_clauses_are_judged_in_one_go(self) -> None:
        made = Made()
        check("One. Two. You hardly listen.", judge=made.judge)
        assert len(made.asked) == 1
        assert {m.text for m in made.asked[0]} >= {"One. Two. You hardly listen.", "One.", "You hardly listen."}


class TestWhatIsTold:
    def test_two_at_most_the_most_important_first(self) -> None:
        text = "Are you there? Answer me. You hardly listen. You are pathetic. Say yes or we are done."
        assert labels(text) == ["ultimatum", "contempt"]
        assert labels("Are you there? Answer me.") == ["demand", "pursuit"]

    def test_what_is_only_possible_is_not_told(self) -> None:
        assert labels("just checking") == []
        assert labels("I hurt myself on the kitchen door") == []

    @pytest.mark.parametrize("text", ["I will hurt you.", "There is no reason to go on."])
    def test_threats_and_danger_are_never_reworded_and_point_to_help(self, text: str) -> None:
        (found,) = flags(f"You hardly listen. {text}")
        assert found.label in HELP
        assert found.rewrites == ()
        assert SHOWN["urgent" if found.label == "crisis" else "look"] in found.why
        assert restraint(found.why) == []

    def test_where_plain_rules_agree_the_possible_is_enough_for_help(self) -> None:
        assert labels("I want to kill myself. I will hurt myself") == ["crisis"]

    def test_every_other_flag_has_two_wordings(self) -> None:
        for text, (label, sure) in SAID.items():
            for voice, looked_for in LOOKED_FOR.items():
                if label in looked_for and label not in HELP and sure > CLEAR and label != "curt":
                    (found,) = flags(text, voice=voice)
                    assert len(set(found.rewrites)) == 2
                    assert 0 <= found.confidence <= 1

    @pytest.mark.parametrize("voice", ["waiting", "withdrawing"])
    @pytest.mark.parametrize("text", ["Love you, see you at six", "can you get milk", "how was your day?", "Ok."])
    def test_it_is_silent_on_warm_and_ordinary_words(self, text: str, voice: str) -> None:
        assert labels(text, voice=voice) == []

    def test_in_a_warm_draft_only_what_a_part_carries_alone_counts(self) -> None:
        assert labels("Love you. But you hardly listen.") == ["criticism"]

    def test_the_wordings_fit_what_it_is_about(self) -> None:
        late, chores, neither = (
            flags(f"{words}you hardly listen")[0].rewrites for words in ("You were late, ", "The dishes again. ", "")
        )
        assert "later than we said" in late[0]
        assert "all still to do" in chores[0]
        assert neither not in (late, chores)

    def test_of_another_language_nothing_is_said(self) -> None:
        judge = replace(Made().judge, known=["never", "listen", "ignore", "me", "pathetic"])
        for text, known in (
            ("Warum hörst du nie zu, pathetic", False),
            ("pathetic yyy xxx you", True),
            ("never listen, pathetic", True),
            ("pathetic", True),
        ):
            assert readable(text, judge) is known
            assert bool(check(text, judge=judge)) is known or "listen" in text

    def test_the_json_is_that_of_the_contract(self) -> None:
        found = as_json(flags("you hardly listen"))
        assert found["schema"] == "ebbtide.check/1"
        assert {"label", "span", "why", "confidence", "rewrites"} <= set(found["flags"][0])
        assert json.loads(json.dumps(found)) == found
        assert as_json([]) == {"schema": "ebbtide.check/1", "readable": True, "flags": []}


class TestVoices:
    def test_reaching_is_looked_for_in_the_one_who_waits(self) -> None:
        for text in ("Are you there?", "Answer me"):
            assert labels(text)
            assert labels(text, voice="withdrawing") == []

    def test_turning_away_is_looked_for_in_the_one_who_withdraws(self) -> None:
        assert labels("not this again", voice="withdrawing") == ["deflection"]
        assert labels("not this again") == []

    def test_leaving_without_a_day_gets_a_day(self) -> None:
        (found,) = flags("I need some space", voice="withdrawing", now=moment(0))  # a Monday
        assert found.label == "space_request"
        assert all("on Thursday" in words or "from me on Thursday" in words for words in found.rewrites)
        (found,) = flags("I need some space", voice="withdrawing")
        assert "on Friday" in found.rewrites[0]

    @pytest.mark.parametrize(
        "when", ["I'll write on Friday", "back tomorrow", "for two days", "until 8", "till the weekend", "for an hour"]
    )
    def test_leaving_with_a_day_is_fine(self, when: str) -> None:
        assert labels(f"I need some space, {when}", voice="withdrawing") == []

    def test_a_short_answer_counts_only_where_more_was_asked(self) -> None:
        asked = written((90, "a", "hi"), (91, "b", "how was your day"))
        told = written((90, "a", "hi"), (91, "b", "the keys are on the table"))
        own = written((90, "b", "how was your day"), (91, "a", "ok"))
        assert labels("fine", voice="withdrawing", talk=asked) == ["curt"]
        assert "Sam’s last message asks for more than a word." in flags("fine", voice="withdrawing", talk=asked)[0].why
        for other in (told, own, None):
            assert labels("fine", voice="withdrawing", talk=other) == []
        assert labels("fine", talk=asked) == ["curt"]

    def test_a_shrug_in_words_counts_whatever_came_before(self) -> None:
        for voice in LOOKED_FOR:
            (found,) = flags("Fine, suit yourself", voice=voice)
            assert (found.label, "shrug" in found.why) == ("curt", True)
        assert labels("Fine, whatever you like for dinner", voice="withdrawing") == []

    def test_an_unknown_voice_is_an_error_with_the_known_ones(self) -> None:
        with pytest.raises(BadSetting, match="waiting and withdrawing"):
            check("hello", voice="shouting", judge=Made().judge)  # type: ignore[arg-type]


class TestMoment:
    ASKED = ((2, "a", "hello"), (48, "b", "i need some space"))

    def test_a_wish_for_room_is_named_with_its_day(self) -> None:
        for hours, when in ((50, "today"), (74, "yesterday"), (96, "two days ago"), (24 * 12, "ten days ago")):
            (found,) = flags("Are you there?", talk=written(*self.ASKED, until=hours))
            assert found.why.startswith(f"Sam asked for room {when}; this asks again. ")

    def test_after_two_weeks_or_many_messages_the_wish_is_past(self) -> None:
        long_ago = written(*self.ASKED, until=24 * 17)
        back = written(*self.ASKED, *((50 + i / 10, "b", "look at this") for i in range(30)))
        for past in (long_ago, back):
            assert "room" not in flags("Are you there?", talk=past)[0].why

    def test_an_own_wish_for_room_is_not_the_others(self) -> None:
        own = written((48, "b", "hello"), (49, "a", "i need some space"))
        assert "room" not in flags("Are you there?", talk=own)[0].why

    @pytest.mark.parametrize(
        ("count", "said"),
        [
            (0, None),
            (1, None),
            (2, "This would be the third message since Sam’s last answer."),
            (4, "This would be the fifth message since Sam’s last answer."),
            (14, "You have written 14 times since Sam’s last answer."),
        ],
    )
    def test_what_is_unanswered_is_counted(self, count: int, said: str | None) -> None:
        lines: list[Line] = [(10, "a", "hello"), (20, "b", "hi"), *((22 + 2.0 * i, "a", "ok") for i in range(count))]
        (found,) = flags("Are you there?", talk=written(*lines))
        assert found.why.startswith(said) if said else "since" not in found.why

    def test_half_way_to_clear_is_enough_where_the_words_have_a_rule(self) -> None:
        judge = Made().judge
        assert [f.label for f in check("you must come home", judge=judge)] == ["demand"]
        assert check("come home once and for all", judge=judge) == []
        assert check("you have to come home", judge=judge) == [], "less than half way"

    def test_in_a_pressing_moment_the_possible_is_enough_for_reaching(self) -> None:
        waiting = written((10, "b", "hi"), (20, "a", "hello"), (30, "a", "hello"))
        for pressed in (waiting, written(*self.ASKED)):
            assert labels("just checking", talk=pressed) == ["pursuit"]
            assert labels("you have to come", talk=pressed) == ["demand"]
        calm = written((10, "a", "hello"), (90, "b", "hi"))
        assert labels("just checking", talk=calm) == []

    def test_a_flurry_of_an_hour_ago_presses_and_one_of_this_minute_does_not(self) -> None:
        flurry = [(10, "b", "hi"), *((20 + i / 60, "a", "ok") for i in range(4))]
        assert labels("just checking", talk=written(*flurry, until=22)) == ["pursuit"]
        soon = [(19.5, "b", "hi"), *flurry[1:]]
        assert labels("just checking", talk=written(*soon, until=20.1)) == []

    def test_what_comes_after_now_is_not_known(self) -> None:
        later = written(*self.ASKED)
        assert "room" not in flags("Are you there?", talk=later, now=moment(40))[0].why
        naive = moment(96).replace(tzinfo=None)
        assert "two days ago" in flags("Are you there?", talk=later, now=naive)[0].why

    def test_the_draft_is_judged_after_the_last_message(self) -> None:
        made = Made()
        lines: list[Line] = [(10, "b", "hi"), (20, "a", "one"), (21, "a", "two")]
        check("Are you there?", talk=written(*lines, until=24), judge=made.judge)
        first = made.asked[0][0]
        assert first == Message("Are you there?", "two", True, 180.0, 2)
        check("Are you there?", talk=written(lines[0], until=11), judge=made.judge)
        assert made.asked[1][0] == Message("Are you there?", "hi", False, 60.0, 0)

    def test_the_others_words_are_never_repeated(self) -> None:
        secret = written((2, "a", "hello"), (48, "b", "i need some space because of the aubergine"))
        assert "aubergine" not in json.dumps(as_json(flags("Are you there? Answer me", talk=secret)))

    def test_an_empty_past_is_no_moment(self) -> None:
        assert labels("Are you there?", talk=written((50, "a", "hi"), (60, "b", "hi")), now=moment(1)) == ["pursuit"]

    def test_names_come_from_the_talk_alone(self) -> None:
        (found,) = flags("You hardly listen", talk=written((1, "a", "hi"), (2, "b", "hi")))
        assert "what Sam is like" in found.why
        assert "what the other person is like" in flags("You hardly listen")[0].why

    def test_whose_draft_it_is_has_to_be_known(self) -> None:
        with pytest.raises(BadSetting, match="which of the two"):
            flags("hello", talk=talk([(1, "a", "hi"), (2, "b", "hi")]))

    def test_two_people_are_needed(self) -> None:
        both = written((1, "a", "hi"), (2, "b", "hi"))
        alone = Conversation(both.events, both.people[:1], both.tz, both.tz_source, both.coverage, me="a")
        with pytest.raises(NotTwoPeople):
            flags("hello", talk=alone)

    def test_the_flow_of_time_between_changes_only_the_moment(self) -> None:
        spoken = written(*self.ASKED)
        one, other = (flags("You hardly listen", talk=spoken, now=moment(96) + timedelta(days=d)) for d in (0, 3))
        assert one == other


class TestDistance:
    """What the moment makes of words that would be fine on a calm day."""

    GONE = ((8, "a", "morning"), (9, "b", "ok"), (20, "a", "night"))
    KIND = ((8, "b", "ok"), (20, "a", "hope you slept"), (44, "a", "thinking of you"), (68, "a", "have a good day"))
    SORRY = ((8, "b", "you went too far"), (20, "a", "I'm so sorry"), (30, "a", "please forgive me, I was wrong"))

    @pytest.mark.parametrize(
        "text",
        [
            "I've noticed a pattern where you pull away whenever it gets good",
            "Every time we get close you run",
            "Can we talk about what happened?",
            "what is wrong between us",
        ],
    )
    def test_a_pattern_waits_for_a_calm_day_together(self, text: str) -> None:
        (found,) = flags(text, talk=written(*self.GONE, until=24 * 5))
        assert "calm day together" in found.why
        assert flags(text) == []
        assert flags(text, talk=written(*self.GONE[:2], until=12)) == []

    def test_right_after_the_return_it_waits_too(self) -> None:
        back = written(*self.GONE, (24 * 5, "b", "hey. sorry I went quiet"), until=24 * 5 + 2)
        assert labels("we need to talk about us", talk=back) == ["pursuit"]
        assert labels("lovely to hear from you", talk=back) == []

    def test_said_once_though_it_demands_and_comes_at_a_bad_time(self) -> None:
        (found,) = check("we need to talk about us, tonight", talk=written(*self.GONE, until=24 * 5))
        assert found.label == "pursuit"
        assert [f.label for f in check("we need to talk about us, tonight")] == ["demand"]

    def test_one_calm_line_in_a_long_silence_is_contact(self) -> None:
        for days in (3, 8, 14):
            talk = written(*self.GONE, until=24 * days)
            for text in (
                "Thinking of you. No need to reply",
                "Are we still on for Friday?",
                "I hope work is kind to you",
            ):
                assert flags(text, talk=talk) == []

    def test_the_fourth_line_without_an_answer_is_one_too_many_however_kind(self) -> None:
        (found,) = flags("hope you are ok x", talk=written(*self.KIND, until=90))
        assert found.why.startswith("This would be the fourth message since Sam’s last answer. However kindly")
        # Said as it is, too, where the model takes the words for a question about the silence.
        (found,) = flags("just checking you are ok x", talk=written(*self.KIND, until=90))
        assert "However kindly" in found.why
        assert flags("hope you are ok x", talk=written(*self.KIND[:3], until=66)) == []
        burst = [(8, "b", "ok"), *((9 + i / 60, "a", "milk") for i in range(3))]
        assert flags("hope you are ok x", talk=written(*burst, until=10)) == []

    @pytest.mark.parametrize(
        "text", ["The plumber comes at two", "Dad is in hospital, ring me", "are we still on for Friday?"]
    )
    def test_what_has_to_be_said_is_no_line_too_many(self, text: str) -> None:
        assert flags(text, talk=written(*self.KIND, until=90)) == []

    def test_the_third_sorry_presses_and_the_second_does_not(self) -> None:
        (found,) = flags("I am so sorry", talk=written(*self.SORRY, until=40))
        assert "sorry" in found.why
        assert flags("I am so sorry", talk=written(*self.SORRY[:2], until=28)) == []
        assert flags("sorry I'm late, ten minutes", talk=written(*self.SORRY, until=40)) == []

    def test_a_silence_no_longer_than_their_others_is_none(self) -> None:
        slow: list[Line] = [(60.0 * i + d, p, "ok") for i in range(15) for d, p in ((0, "a"), (50, "b"))]
        later = moment(60 * 14 + 50 + 40)
        assert flags("every time we get close you run", talk=written(*slow, (60 * 14 + 52, "a", "ok")), now=later) == []
        assert flags("every time we get close you run", talk=written(*slow), now=later + timedelta(days=5)) != []

    def test_few_words_of_one_who_wrote_many_are_distance_unless_both_write_few(self) -> None:
        def past(theirs: float, ours: float) -> Conversation:
            weeks = [(24.0 * d + 12 + i, p, "ok") for d in range(28) for i in range(3) for p in "ab"]
            last = [(24.0 * d + 12, "b", "ok") for d in range(28, 35) if d % theirs == 0]
            own = [(24.0 * d + 10, "a", "ok") for d in range(28, 35) if d % ours == 0]
            return written(*weeks, *last, *own, until=24 * 35)

        text = "every time we get close you run"
        assert flags(text, talk=past(2, 1)) == []
        many = [(24.0 * d + 10 + i, "a", "ok") for d in range(28, 35) for i in range(3)]
        weeks = [(24.0 * d + 12 + i, p, "ok") for d in range(28) for i in range(3) for p in "ab"]
        few = [(24.0 * d + 14, "b", "ok") for d in range(28, 35, 2)]
        assert flags(text, talk=written(*weeks, *many, *few, until=24 * 34 + 20)) != []

    def test_a_run_of_question_marks_asks(self) -> None:
        assert labels("?????") == ["pursuit"]
        assert labels("?????", voice="withdrawing") == []
        assert labels("?") == labels("...?") == []


def test_who_withdraws_and_wants_it_to_stop_is_offered_how_long_and_what_stays() -> None:
    for text in ("stop asking me", "leave me alone for once", "please do not disturb me"):
        (found,) = check(text, voice="withdrawing", now=moment(0))
        assert found.label == "space_request"
        assert all(re.search(r"until Thursday|on Thursday", r) and re.search(r"hello|line", r) for r in found.rewrites)


class TestRoomAskedForWithADay:
    """Sam asked for room on a Thursday and named the Sunday; Jo writes on the Friday unless it says else."""

    ASKED: tuple[Line, ...] = (
        (72, "a", "morning"),
        (85, "b", "I need some space for a few days, my head is full. I'll write on Sunday"),
        (86, "a", "ok, take care"),
    )

    @pytest.mark.parametrize(
        "draft",
        ["Shall I come over tomorrow?", "Shall I come tonight?", "could we talk now", "have you had enough space yet"],
    )
    def test_whoever_asks_to_meet_before_it_is_told_so(self, draft: str) -> None:
        (found,) = check(draft, talk=written(*self.ASKED, until=24 * 4 + 18))
        assert found.label == "pursuit"
        assert found.why.startswith("Sam asked for room yesterday and named Sunday 9 February; this asks again. ")
        assert draft[slice(*found.span)] == draft.rstrip("?")

    @pytest.mark.parametrize(
        "draft",
        [
            "Shall I come on Sunday?",
            "Could we meet next Tuesday?",
            "Can we talk when you're ready?",
            "Shall I collect Tom from school tomorrow?",
            "No rush, see you Sunday x",
            "I'll leave you be, write when you like",
        ],
    )
    def test_whoever_keeps_to_it_is_not(self, draft: str) -> None:
        assert check(draft, talk=written(*self.ASKED, until=24 * 4 + 18)) == []

    def test_once_the_day_is_over_the_wish_is_too(self) -> None:
        on_the_day, after = (written(*self.ASKED, until=24 * days + 18) for days in (6, 7))
        (found,) = check("can we talk now", talk=on_the_day)
        assert "and named today; " in found.why
        assert all("asked for room" not in f.why for f in check("are you ignoring me", talk=after))

    def test_without_a_day_it_is_still_too_soon(self) -> None:
        talk = written((72, "a", "hi"), (85, "b", "I need some space for a few days"), until=24 * 4 + 18)
        (found,) = check("Shall I come on Saturday?", talk=talk)
        assert found.why.startswith("Sam asked for room yesterday; ")


class TestOpeningUp:
    OPENED: tuple[Line, ...] = (
        (90, "a", "hi"),
        (91, "b", "I feel far from you lately and it scares me. Can we talk about us?"),
        (93, "b", "please say something"),
    )

    def test_a_door_shut_on_it_is_told_also_after_one_more_line(self) -> None:
        for draft in ("not now", "stop it", "I can't do this", "I don't know what you want me to say"):
            (found,) = check(draft, talk=written(*self.OPENED), voice="withdrawing")
            assert found.label == "deflection"
            assert found.why.startswith("Sam told you something that matters")

    def test_it_is_an_answer_to_anything_else_and_with_a_time(self) -> None:
        asked = written((90, "a", "hi"), (91, "b", "shall I put the kettle on?"))
        assert check("not now", talk=asked, voice="withdrawing") == []
        assert check("I can't tonight, can we talk on Saturday?", talk=written(*self.OPENED), voice="withdrawing") == []


def test_a_time_of_the_week_is_no_plan() -> None:
    talk = written((72, "a", "hi"), (85, "b", "I need some space for a few days"), until=24 * 4 + 18)
    (found,) = check("is it because of what I said at the weekend", talk=talk)
    assert all("plan" not in words for words in found.rewrites)
