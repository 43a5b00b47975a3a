"""The questions of the intake, in both voices: short, each with its choices, each skippable.

The list is in the order in which they are put. After an ending only those are put that have words for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ebbtide.selfreport.intake import OLD_WOUNDS, OWN_LOADS, OWN_MOVES, QUESTIONS, RED_FLAGS, STRESS, Voice

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be answered: its words, what it fills in, field by field, and what else people type for it.

    What is not `shown` has no number, and is taken where it is typed.
    """

    words: str
    fills: dict[str, Any]
    also: tuple[str, ...] = ()
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the words for the one who waits and the one who pulls away; empty where it is not put.

    `over` are its words once it has ended. The choices that are shown are numbered from 1; `several` may be given;
    without choices a number of days is asked for `field`. `beside` names fields that a length, or how often, fills when
    it is typed beside the choices; `hint` says so.
    """

    id: str
    waiting: str
    withdrawing: str
    choices: tuple[Choice, ...] = ()
    several: bool = False
    field: str = ""
    over: str = ""
    beside: tuple[str, ...] = ()
    hint: str = ""

    def words(self, answers: Answers) -> str:
        """The question as the answers so far have it put."""
        if ended(answers):
            return self.over
        return self.waiting if voice_in(answers) == "waiting" else self.withdrawing


def voice_in(answers: Answers) -> Voice:
    """The voice of the answers, which is the one who waits until something else is said."""
    return "withdrawing" if answers.get("voice") == "withdrawing" else "waiting"


def ended(answers: Answers) -> bool:
    """Whether it has ended, as told."""
    return answers.get("stage") == "ended"


def one(field: str, *given: tuple[str, Any]) -> tuple[Choice, ...]:
    """Choices that each give one field a value."""
    return tuple(Choice(words, {field: value}) for words, value in given)


def listed(field: str, named: Mapping[str, str]) -> tuple[Choice, ...]:
    """Choices that each add an id to a list."""
    return tuple(Choice(words, {field: [id_]}) for id_, words in named.items())


def unshown(*choices: Choice) -> tuple[Choice, ...]:
    """The choices as what is only taken where it is typed."""
    return tuple(Choice(c.words, c.fills, c.also, shown=False) for c in choices)


def picked(named: Mapping[str, str], ids: str) -> dict[str, str]:
    """Some of what is named, in this order."""
    return {id_: named[id_] for id_ in ids.split()}


def rest_of(field: str, named: Mapping[str, str], choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """What is named and not among the choices, to be taken where it is typed."""
    known = {id_ for c in choices for id_ in c.fills.get(field, ())}
    return unshown(*listed(field, {id_: words for id_, words in named.items() if id_ not in known}))


#: What is near to another sign goes with it into one choice; in its own words each can be told alone.
SIGNS = (
    Choice("fewer messages and calls", {"signs": ["fewer_contacts"]}),
    Choice("less warmth", {"signs": ["less_affection"]}),
    Choice("flat answers", {"signs": ["flat"]}),
    Choice("less time together, more alone", {"signs": ["shorter_time", "more_solitary"]}),
    Choice("buried in work or hobbies", {"signs": ["escape_into_work"]}),
    Choice("vague about plans and the future", {"signs": ["vague_plans", "future_discomfort"]}),
    Choice("no talk of feelings, or of the two of us", {"signs": ["avoids_feelings", "avoids_us_talk"]}),
    Choice("on guard at simple questions", {"signs": ["defensive"]}),
    Choice("irritable", {"signs": ["irritable"]}, ("moody", "snappy", "short-tempered")),
    Choice(
        "words and deeds disagree", {"signs": ["mixed_messages"]}, ("mixed messages", "mixed signals", "hot and cold")
    ),
    Choice("distracted, for no clear reason", {"counter_signs": ["distracted"]}),
)
SIGN_WORDS = {
    "vague_plans": "vague about plans",
    "more_solitary": "more time alone",
    "avoids_feelings": "feelings are dodged",
    "future_discomfort": "uneasy about the future",
    "less_eye_contact": "looks away",
    "shorter_time": "time together is cut short",
    "avoids_us_talk": "no talk about the two of us",
}
CARE_WORDS = {"checks_in": "checks in now and then", "says_space": "says that room is needed"}
MORE_SIGNS = unshown(*listed("signs", SIGN_WORDS), *listed("counter_signs", CARE_WORDS))
#: Who gives and who takes, of which the one who waits can tell.
GIVING = (
    Choice("I am the one who starts", {"reciprocity": {"starts": "me"}}),
    Choice("I am hardly asked how I am", {"reciprocity": {"asks_after_me": "no"}}),
    Choice("plans with me are dropped", {"reciprocity": {"keeps_plans": "no"}}),
)
#: Questions in other words for the one who pulls away.
OWN_QUESTIONS = {
    "losing_interest": "Is it fading in me?",
    "ending": "I want to end it. How?",
    "pushed_too_hard": "Was I too hard on them?",
    "pull_away_too": "They are quiet now, too. What then?",
    "win_back": "How do I find my way back to them?",
}
WAITING_MOVES = "many_messages demanded ultimatum criticised apologised checked_on matched gave_space said_calmly"
WITHDRAWING_MOVES = "vanished matched said_calmly came_back criticised"
MOVES_AFTER = "many_messages demanded apologised checked_on gave_space said_calmly"
#: Own moves in other words for the one who pulls away. The id of the last says nothing of ending one’s life.
MORE_OWN_MOVES = {"apologised": "said sorry", "thought_of_separating": "thought of leaving"}
LOAD = "fear_of_being_left exhaustion health work money family grief low_mood"
LOAD_AFTER = "exhaustion health work money family grief low_mood"
#: A loss goes by grief, which is named beside it.
WOUNDS = "betrayal childhood abandonment violence"
LOAD_WORDS = {**OWN_LOADS, "health": "illness of my own"}
#: What the one who waits asks most, what the one who pulls away does, and what either asks after an ending.
ASKED = (
    "how_long losing_interest ending is_it_me pushed_too_hard may_i_write "
    "enough_for_me when_stop used can_it_change win_back must_meet"
)
OWN_ASKED = (
    "what_is_it losing_interest ending is_it_me pushed_too_hard may_i_write "
    "enough_for_me can_it_change pull_away_too win_back does_therapy_work"
)
ASKED_AFTER = "ending is_it_me pushed_too_hard may_i_write must_meet win_back when_stop"

#: What people type for not being sure.
UNSURE = ("not sure", "unsure", "i’m not sure", "idk", "i don’t know", "i dont know", "don’t know", "dunno", "maybe")

VOICE = Question(
    "voice",
    "Which one are you?",
    "Which one are you?",
    one("voice", ("I am the one waiting", "waiting"), ("I am the one pulling away", "withdrawing")),
    over="Which one are you?",
)
SAFETY = Question(
    "safety",
    "First, about safety: is any of this so?",
    "First, about safety: is any of this so?",
    (
        Choice("I am afraid of the other", {"safety": {"afraid": True}}),
        Choice("I am watched, kept from people or told what to do", {"safety": {"controlled": True}}),
        Choice("I have been hurt or threatened", {"safety": {"hurt": True}}),
        Choice("I think of harming myself", {"safety": {"self_harm": True}}),
        Choice("I fear for the other’s life", {"safety": {"fears_for_other": True}}),
        Choice("I have frightened or hurt the other", {"safety": {"frightened_other": True}}),
        Choice("I am not sure", {"safety": {"unsure": True}}, UNSURE),
        Choice("none of these", {"safety": dict.fromkeys(("afraid", "controlled", "hurt", "self_harm"), False)}),
    ),
    several=True,
    over="First, about safety: is any of this so?",
)
REST = (
    Question(
        "stage",
        "Where are the two of you?",
        "Where are the two of you?",
        (
            Choice("dating", {"stage": "dating"}),
            Choice("a couple", {"stage": "exclusive"}, ("together", "exclusive")),
            Choice("engaged", {"stage": "engaged"}),
            Choice("married", {"stage": "married"}),
            Choice("separated", {"stage": "separated"}),
            Choice("it has ended", {"stage": "ended"}, ("ended", "over", "it is over", "it's over", "broken up")),
            Choice("we share a home", {"living": "together"}, ("living together", "we live together")),
            Choice("each in a home of their own", {"living": "apart"}, ("apart", "living apart", "we live apart")),
            Choice("far from one another", {"living": "distance"}, ("long distance", "long-distance", "far apart")),
        ),
        several=True,
        over="Where are the two of you?",
        beside=("together_months",),
        hint="Add how long you have been together, like: 2 8, 3 years",
    ),
    Question(
        "since",
        "How long has it been distant?",
        "How long have you been distant?",
        field="since_days",
    ),
    Question("said", "What was said about it?", "What did you say about it?", several=True),
    Question(
        "contact",
        "What contact is left?",
        "What contact is left?",
        (
            Choice("as usual", {"contact": "usual"}),
            Choice("less than before", {"contact": "less"}),
            Choice("a sign now and then", {"contact": "checks_in", "counter_signs": ["checks_in"]}),
            Choice("none", {"contact": "none"}, ("no", "nothing", "no contact", "not a word")),
            Choice("I am blocked", {"contact": "none", "blocked": "yes"}, ("blocked",), shown=False),
        ),
        beside=("last_word_days",),
        hint="With 3 or 4 add when the last word was, like: 4, 3 days ago",
    ),
    Question(
        "before",
        "Has it happened before, and how did it end?",
        "Has it happened before, and how did it end?",
        (
            Choice("never before", {"before": {"times": 0}}, ("no", "never", "first time", "the first time")),
            Choice("yes, and it ended warmly", {"before": {"ended": "warm"}}),
            Choice("yes, and it ended flat", {"before": {"ended": "flat"}}),
            Choice("yes, and nothing was said about it", {"before": {"ended": "unacknowledged"}}),
            Choice("yes, now one way and now another", {"before": {"ended": "varied"}}),
            Choice("it comes after every close moment", {"after_closeness": "always"}),
            Choice("we have talked about it, and it goes on", {"talked_about_it": "yes"}),
        ),
        several=True,
        beside=("before.times", "before.usual_days"),
        hint="With yes add how often and how long, like: 2, 3 times, 5 days",
    ),
    Question(
        "after_what",
        "What came just before?",
        "What came just before?",
        (
            Choice("a close time together", {"after_what": ["closeness"]}),
            Choice("a quarrel", {"after_what": ["quarrel"]}, ("a fight", "a row", "an argument", "fight", "argument")),
            Choice("talk about the future", {"after_what": ["talk_of_future"]}),
            Choice("trouble in bed", {"after_what": ["trouble_in_bed"]}),
            Choice("bad news", {"after_what": ["bad_news"]}),
        ),
        several=True,
    ),
    Question("signs", "What has changed?", "What have you noticed in yourself?", several=True),
    Question(
        "own_moves",
        "What have you done about it?",
        "What have you done about it?",
        several=True,
        over="What have you done since?",
    ),
    Question(
        "stress",
        "What else weighs on the other?",
        "What else weighs on you?",
        listed("stress", STRESS),
        several=True,
    ),
    # Whoever pulls away has told of their own load just before.
    Question("own_load", "And what weighs on you?", "", several=True, over="What weighs on you now?"),
    Question(
        "red_flags",
        "Is any of this part of it, on either side?",
        "Is any of this part of it, on either side?",
        several=True,
        over="Was any of this part of it, on either side?",
    ),
    Question(
        "question",
        "What would you most like to know?",
        "What would you most like to know?",
        over="What would you most like to know?",
    ),
)


def choices_of(question: Question, answers: Answers) -> tuple[Choice, ...]:
    """The choices of a question, those without a number last; they differ by voice, and after an ending."""
    put = BY_VOICE[voice_in(answers)]
    over = AFTER_AN_END[voice_in(answers)] if ended(answers) else {}
    return over.get(question.id, put.get(question.id, question.choices))


def asking(ids: str, words: Mapping[str, str]) -> tuple[Choice, ...]:
    """The questions to choose from in these words, and the others where they are typed."""
    shown = one("question", *((w, i) for i, w in picked(words, ids).items()))
    return (*shown, *unshown(*one("question", *((w, i) for i, w in words.items() if i not in ids.split()))))


def moving(ids: str, more: Mapping[str, str] | None = None) -> tuple[Choice, ...]:
    """What may have been done about it."""
    shown = listed("own_moves", picked(OWN_MOVES, ids) | dict(more or {}))
    return (*shown, *rest_of("own_moves", OWN_MOVES, shown))


def weighing(load: str, *more: Choice, wounds: str) -> tuple[Choice, ...]:
    """What may weigh on the teller: a load of now, and an old hurt."""
    now = listed("own_load", picked(LOAD_WORDS, load))
    old = listed("old_wounds", picked(OLD_WOUNDS, wounds))
    unnumbered = (*rest_of("own_load", LOAD_WORDS, now), *rest_of("old_wounds", OLD_WOUNDS, old))
    return (*now, *more, *old, *unnumbered)


def said(room: str, day: Choice) -> tuple[Choice, ...]:
    """What can have been said about it; a day on which there is contact again tells of the need of room, too."""
    return (
        Choice(room, {"asked_for_space": "yes"}),
        day,
        Choice("a reason", {"explained": "yes"}),
        Choice("a part of a reason", {"explained": "partly"}),
        Choice("nothing", {"asked_for_space": "no", "explained": "no"}, ("no", "none", "not a word")),
        Choice("I am not sure", {"asked_for_space": "unsure"}, UNSURE),
    )


FLAGS = listed("red_flags", RED_FLAGS)
BY_VOICE: dict[Voice, dict[str, tuple[Choice, ...]]] = {
    "waiting": {
        "said": said(
            "that room or time is needed",
            Choice(
                "a day to meet or to hear again",
                {"asked_for_space": "yes", "counter_signs": ["says_space"], "day_named": "yes"},
            ),
        ),
        "signs": (*SIGNS, *listed("counter_signs", {"shows_concern": "still asks how I am"}), *MORE_SIGNS),
        "own_moves": moving(WAITING_MOVES),
        "own_load": weighing(LOAD, wounds=WOUNDS),
        "red_flags": (*FLAGS, *GIVING),
        "question": asking(ASKED, QUESTIONS),
    },
    "withdrawing": {
        "said": said(
            "that I need room or time",
            Choice("on which day I will write", {"own_moves": ["said_when_back"], "counter_signs": ["says_space"]}),
        ),
        "signs": (*SIGNS, *listed("counter_signs", {"shows_concern": "I still ask after the other"}), *MORE_SIGNS),
        "own_moves": moving(WITHDRAWING_MOVES, MORE_OWN_MOVES),
        "red_flags": (*FLAGS, *listed("old_wounds", OLD_WOUNDS)),
        "question": asking(OWN_ASKED, QUESTIONS | OWN_QUESTIONS),
    },
}
AFTER = {
    "own_moves": moving(MOVES_AFTER),
    # Of children both have to think, whoever tells of them.
    "own_load": weighing(LOAD_AFTER, Choice("the children we share", {"stress": ["children"]}), wounds=WOUNDS),
    "red_flags": FLAGS,
}
IS_IT_OVER = {"ending": "Is it really over?"}
AFTER_AN_END: dict[Voice, dict[str, tuple[Choice, ...]]] = {
    "waiting": {**AFTER, "question": asking(ASKED_AFTER, QUESTIONS | IS_IT_OVER)},
    "withdrawing": {**AFTER, "question": asking(ASKED_AFTER, QUESTIONS | OWN_QUESTIONS | IS_IT_OVER)},
}


def filled(answers: Answers, choice: Choice) -> dict[str, Any]:
    """The answers with a choice added: lists grow, objects are joined, the rest is replaced.

    About safety a yes stays, whatever comes after it: "none of these" takes back no danger that was named.
    """
    out = dict(answers)
    for field, value in choice.fills.items():
        if isinstance(value, list):
            out[field] = [*out.get(field, []), *(v for v in value if v not in out.get(field, []))]
        elif isinstance(value, dict):
            before = out.get(field, {})
            stays = before if field == "safety" else {}
            out[field] = {**before, **{k: v for k, v in value.items() if not stays.get(k)}}
        else:
            out[field] = value
    return out
