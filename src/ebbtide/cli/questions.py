"""The questions of the intake, in both voices: short, each with its choices, each skippable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ebbtide.selfreport.intake import OLD_WOUNDS, OWN_MOVES, QUESTIONS, RED_FLAGS, STRESS, Voice


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be answered: its words, what it fills in, field by field, and what else people type for it."""

    words: str
    fills: dict[str, Any]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its words for the one who waits and the one who pulls away; empty where it is not put.

    `choices` are numbered from 1; `several` may be given; without choices a number of days is asked for `field`.
    """

    id: str
    waiting: str
    withdrawing: str
    choices: tuple[Choice, ...] = ()
    several: bool = False
    field: str = ""

    def words(self, voice: Voice) -> str:
        """The question for a voice."""
        return self.waiting if voice == "waiting" else self.withdrawing


def one(field: str, *given: tuple[str, Any]) -> tuple[Choice, ...]:
    """Choices that each give one field a value."""
    return tuple(Choice(words, {field: value}) for words, value in given)


def listed(field: str, named: dict[str, str]) -> tuple[Choice, ...]:
    """Choices that each add an id to a list."""
    return tuple(Choice(words, {field: [id_]}) for id_, words in named.items())


SIGN_WORDS = {
    "fewer_contacts": "fewer messages and calls",
    "vague_plans": "vague about plans",
    "less_affection": "less warmth",
    "more_solitary": "more time alone",
    "avoids_feelings": "feelings are dodged",
    "future_discomfort": "uneasy about the future",
    "defensive": "on guard at simple questions",
    "escape_into_work": "buried in work or hobbies",
    "less_eye_contact": "looks away",
    "shorter_time": "time together is cut short",
    "flat": "flat answers",
    "avoids_us_talk": "no talk about the two of us",
}
CARE_WORDS = {
    "checks_in": "checks in now and then",
    "shows_concern": "asks how I am",
    "says_space": "says that room is needed",
}
#: The same of oneself.
OWN_CARE_WORDS = {
    "checks_in": "I check in now and then",
    "shows_concern": "I ask after the other",
    "says_space": "I said that I need room",
}
#: Who gives and who takes, of which the one who waits can tell.
GIVING = (
    Choice("I am the one who starts", {"reciprocity": {"starts": "me"}}),
    Choice("I am hardly asked how I am", {"reciprocity": {"asks_after_me": "no"}}),
    Choice("plans with me are dropped", {"reciprocity": {"keeps_plans": "no"}}),
)
#: Questions in other words for the one who pulls away.
OWN_QUESTIONS = {
    "losing_interest": "Is it fading in me?",
    "pushed_too_hard": "Was I too hard on them?",
    "pull_away_too": "They are quiet now, too. What then?",
    "win_back": "How do I find my way back to them?",
}
WAITING_MOVES = (
    "many_messages",
    "demanded",
    "ultimatum",
    "criticised",
    "apologised",
    "matched",
    "gave_space",
    "said_calmly",
)
WITHDRAWING_MOVES = ("vanished", "matched", "said_calmly", "said_when_back", "came_back")

VOICE = Question(
    "voice",
    "Which one are you?",
    "Which one are you?",
    one("voice", ("I am the one waiting", "waiting"), ("I am the one pulling away", "withdrawing")),
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
        Choice("I am not sure", {"safety": {"unsure": True}}),
        Choice("none of these", {"safety": dict.fromkeys(("afraid", "controlled", "hurt", "self_harm"), False)}),
    ),
    several=True,
)
REST = (
    Question(
        "since",
        "For how many days has it been distant?",
        "For how many days have you been distant?",
        field="since_days",
    ),
    Question(
        "said",
        "What was said about it?",
        "What did you say about it?",
        (
            Choice("that room or time is needed", {"asked_for_space": "yes"}),
            Choice("a reason", {"explained": "yes"}),
            Choice("a part of a reason", {"explained": "partly"}),
            Choice("nothing", {"asked_for_space": "no", "explained": "no"}, ("no", "none", "not a word")),
            Choice("I am not sure", {"asked_for_space": "unsure"}),
        ),
        several=True,
    ),
    Question(
        "contact",
        "What contact is left?",
        "What contact is left?",
        one(
            "contact",
            ("as usual", "usual"),
            ("less than before", "less"),
            ("a sign now and then", "checks_in"),
            ("none", "none"),
        ),
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
    ),
    Question(
        "after_what",
        "What came just before?",
        "What came just before?",
        one(
            "after_what",
            ("a close time together", ["closeness"]),
            ("a quarrel", ["quarrel"]),
            ("talk about the future", ["talk_of_future"]),
            ("trouble in bed", ["trouble_in_bed"]),
            ("bad news", ["bad_news"]),
        ),
        several=True,
    ),
    Question(
        "signs",
        "What has changed?",
        "What have you noticed in yourself?",
        several=True,
    ),
    Question(
        "own_moves",
        "What have you done about it?",
        "What have you done about it?",
        several=True,
    ),
    Question(
        "stress",
        "What else weighs on the other?",
        "What else weighs on you?",
        listed("stress", STRESS),
        several=True,
    ),
    # Whoever pulls away has told of their own load just before.
    Question("own_load", "And what weighs on you?", "", listed("own_load", STRESS), several=True),
    Question(
        "red_flags",
        "Is any of this part of it, on either side?",
        "Is any of this part of it, on either side?",
        (*listed("red_flags", RED_FLAGS), *listed("old_wounds", OLD_WOUNDS)),
        several=True,
    ),
    Question(
        "stage",
        "Where are the two of you?",
        "Where are the two of you?",
        (
            *one(
                "stage",
                ("dating", "dating"),
                ("together", "exclusive"),
                ("engaged", "engaged"),
                ("married", "married"),
                ("separated", "separated"),
                ("it has ended", "ended"),
            ),
            Choice("we share a home", {"living": "together"}),
            Choice("far from one another", {"living": "distance"}),
        ),
        several=True,
    ),
    Question(
        "question",
        "What would you most like to know?",
        "What would you most like to know?",
    ),
)


def choices_of(question: Question, voice: Voice) -> tuple[Choice, ...]:
    """The choices of a question; those about the teller's own part differ by voice."""
    return BY_VOICE[voice].get(question.id, question.choices)


def asking(words: dict[str, str]) -> tuple[Choice, ...]:
    """The questions to choose from, in these words."""
    return one("question", *((w, i) for i, w in words.items()))


def moving(moves: tuple[str, ...]) -> tuple[Choice, ...]:
    """What may have been done about it."""
    return listed("own_moves", {move: OWN_MOVES[move] for move in moves})


BY_VOICE: dict[Voice, dict[str, tuple[Choice, ...]]] = {
    "waiting": {
        "signs": (*listed("signs", SIGN_WORDS), *listed("counter_signs", CARE_WORDS), *GIVING),
        "own_moves": moving(WAITING_MOVES),
        "question": asking(QUESTIONS),
    },
    "withdrawing": {
        "signs": (*listed("signs", SIGN_WORDS), *listed("counter_signs", OWN_CARE_WORDS)),
        "own_moves": moving(WITHDRAWING_MOVES),
        "question": asking(QUESTIONS | OWN_QUESTIONS),
    },
}


def filled(answers: dict[str, Any], choice: Choice) -> dict[str, Any]:
    """The answers with a choice added: lists grow, objects are joined, the rest is replaced.

    Inside an object a yes stays, whatever comes after it: "none of these" takes back no danger that was named.
    """
    out = dict(answers)
    for field, value in choice.fills.items():
        if isinstance(value, list):
            out[field] = [*out.get(field, []), *(v for v in value if v not in out.get(field, []))]
        elif isinstance(value, dict):
            said = out.get(field, {})
            out[field] = {**said, **{k: v for k, v in value.items() if not said.get(k)}}
        else:
            out[field] = value
    return out
