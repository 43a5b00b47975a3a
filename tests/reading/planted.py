"""Two people whose days are alike, one of whom does one thing differently in the last two weeks: a sign put in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl

from ebbtide.conversation import EVENT_SCHEMA, Conversation, with_event_ids
from tests.talks import moment, talk_of

DAYS, LATE = 120, 14

PLANS = (
    "shall we go out for dinner on Friday?",
    "do you want to come to the coast with me on Saturday?",
    "let's go to the cinema together tomorrow night",
    "want to cook something together on Sunday?",
    "shall we go hiking at the weekend, you and me?",
    "let's book that little restaurant for Thursday",
)
LATER = (
    "shall we go to Spain together next summer?",
    "what if we move in together next year?",
    "I'd love to grow old with you in a house by the sea one day",
    "do you want to have kids with me one day?",
    "shall we look for a flat together in the spring?",
    "I think about our future a lot, about living together",
)
FEELINGS = (
    "I feel so sad and alone tonight, I cried after work",
    "I'm really scared about the operation, I can't sleep",
    "how are you feeling about everything at the moment?",
    "what's been on your mind lately? tell me",
    "I feel so anxious today, my chest is tight",
    "I was hurt yesterday and I feel small",
)
US = (
    "I think we have grown apart as a couple and we should talk about us",
    "can we talk about our relationship? I want us to be closer",
    "what are we to each other these days, as a couple?",
    "I want to talk about where this relationship is going",
    "I feel like something between us has changed, can we talk about us",
    "our relationship means everything to me, how do you see us?",
)
QUESTIONS = (
    "did you ring the landlord?",
    "what time did you get home yesterday?",
    "have you paid the electricity bill?",
    "where did you put the spare key?",
    "did you see my message about the dentist?",
    "who did you have lunch with?",
)
SMALL = (
    "the bus was late again",
    "made the lentil soup, it came out well",
    "rain all morning here",
    "there's a fox in the garden",
    "the new bakery is open",
    "finished the book at last",
    "Pim sends regards",
    "watched half the match",
    "cycled along the canal",
    "the meeting moved to Thursday",
)
TAKEN_UP = (
    "yes, I'd love that, count me in",
    "yes please, seven o'clock at mine?",
    "great idea, I'll book us a table",
    "I'm so looking forward to it",
)
TAKEN_IN = (
    "oh no, I'm so sorry. come here, tell me all about it",
    "I'm here for you, always. tell me what happened",
    "that sounds so hard. I felt the same last year, I was scared too",
    "thank you for telling me. I feel close to you when you do",
)
PLAIN_ANSWERS = ("yes, done this morning", "about half past six", "on the shelf by the door", "with Tarik and Odile")
VAGUE = (
    "maybe, we'll see",
    "not sure yet",
    "we'll see",
    "maybe",
    "don't know yet, depends",
    "let's see closer to the time",
)
DODGING = (
    "whatever",
    "not this again",
    "k",
    "fine",
    "if you say so",
    "can we not do this now",
    "can we talk about something else",
)
DEFENDING = (
    "so it's my fault again, is it? I only did it because you never do",
    "why are you always checking up on me, I did nothing wrong",
    "I said I would, didn't I? it's not my fault",
    "oh so now I'm the bad one. you're the one who forgot",
)
WARM = (
    "I love you so much",
    "missing you, my love",
    "thank you for being so kind to me, it means a lot",
    "can't wait to hold you",
)
SHARP = (
    "you never listen, you're so selfish",
    "what is wrong with you, you always ruin everything",
    "you're pathetic, honestly",
    "you always think only of yourself",
)
BUSY = (
    "still at work, working late again",
    "stuck in meetings all day",
    "have to work all weekend, deadline on Monday",
    "at the office until ten, sorry, can't talk",
)
ASKING = (
    "how are you feeling today? tell me everything",
    "how did that make you feel?",
    "I'm here for you, you're safe with me",
    "what's on your mind? I'd love to know",
)
LIVELY = (
    "haha that is brilliant!! tell me the whole story tonight, I want every detail 😂",
    "oh wow, the garden looks amazing today! I sat outside with coffee for an hour ☀️",
    "yesss the train was on time for once! I even got a seat by the window 🎉",
)
FLAT = ("ok", "yeah", "on the bus", "fine here", "home", "rain")


def couple(
    seed: int,
    *,
    person: str = "b",
    opens: Sequence[str] = SMALL,
    usual: Sequence[str] = SMALL,
    late: Sequence[str] | None = None,
    own: Sequence[str] = SMALL,
    own_late: Sequence[str] | None = None,
    share: float = 0.4,
    exchanges: int = 6,
    calls: tuple[float, float] | None = None,
    keeps: Callable[[int], float] = lambda day: 1.0,
    said: Sequence[tuple[float, str]] = (),
) -> Conversation:
    """About six exchanges a day for 120 days, begun by either.

    The other begins with a line of `opens` in a `share` of theirs, else with small talk; `person` answers those with
    lines of `usual`, in the last two weeks of `late`. Of the exchanges `person` begins a `share` are lines of `own`, of
    late of `own_late`. `calls` are the mean minutes of a call every other day, and of late.
    """
    rng = np.random.default_rng(seed)
    other = {"a": "b", "b": "a"}[person]
    lines: list[tuple[float, str, str, str | None, float | None]] = []

    def say(hour: float, who: str, bank: Sequence[str]) -> None:
        lines.append((hour, who, "text", str(rng.choice(list(bank))), None))

    for day in range(DAYS):
        is_late = day >= DAYS - LATE
        for _ in range(rng.poisson(exchanges)):
            hour = 24 * day + rng.uniform(8, 22)
            chosen, kept = rng.random() < share, rng.random() < keeps(day)
            if rng.random() < 0.5:
                say(hour, other, opens if chosen else SMALL)
                answers = (late if is_late and late is not None else usual) if chosen else SMALL
                if kept:
                    say(hour + rng.uniform(0.02, 0.3), person, answers)
            elif kept:
                mine = own_late if is_late and own_late is not None else own
                say(hour, person, mine if chosen else SMALL)
                say(hour + rng.uniform(0.02, 0.3), other, SMALL)
        if calls is not None and day % 2:
            seconds = 60 * calls[is_late] * rng.lognormal(0, 0.4)
            lines.append((24 * day + 22.5, "ab"[int(rng.integers(2))], "call", None, seconds))
    lines += [(hour, person, "text", text, None) for hour, text in said]
    return conversation(lines)


def conversation(lines: Sequence[tuple[float, str, str, str | None, float | None]]) -> Conversation:
    """The conversation of lines: hour, person, kind, words, seconds."""
    schema = {name: dtype for name, dtype in EVENT_SCHEMA.items() if name != "id"}
    given = pl.DataFrame(
        {
            "at": [moment(line[0]) for line in lines],
            "person": [line[1] for line in lines],
            "kind": [line[2] for line in lines],
            "text": [line[3] for line in lines],
            "seconds": [line[4] for line in lines],
        },
        schema={name: schema[name] for name in ("at", "person", "kind", "text", "seconds")},
    )
    events = given.with_columns(
        minute_only=pl.lit(False),
        source=pl.lit("made up"),
        record=pl.int_range(pl.len()),
        flags=pl.lit([], dtype=pl.List(pl.String)),
    )
    frame = with_event_ids(events.select(*schema)).select(*EVENT_SCHEMA)
    return talk_of(frame, coverage=[(moment(0), moment(0) + timedelta(days=DAYS))])


#: A life in which everything happens now and then, and nothing changes.
OF_ALL: dict[str, Any] = {
    "opens": (*PLANS, *LATER, *FEELINGS, *US, *QUESTIONS),
    "usual": (*TAKEN_UP, *TAKEN_IN, *PLAIN_ANSWERS, *VAGUE, *DODGING, *DEFENDING),
    "own": (*WARM, *SHARP, *BUSY, *ASKING, *SMALL),
    "share": 0.6,
    "exchanges": 10,
    "calls": (20, 20),
}
#: For each sign of words how to put it in.
PLANTED: dict[str, dict[str, Any]] = {
    "vague_plans": {"opens": PLANS, "usual": TAKEN_UP, "late": VAGUE},
    "less_affection": {"own": WARM, "own_late": SMALL},
    "avoids_feelings": {"opens": FEELINGS, "usual": TAKEN_IN, "late": DODGING},
    "future_discomfort": {"opens": LATER, "usual": TAKEN_UP, "late": (*DODGING, *VAGUE), "share": 0.8},
    "defensive": {"opens": QUESTIONS, "usual": PLAIN_ANSWERS, "late": DEFENDING},
    "escape_into_work": {"own_late": BUSY},
    "avoids_us_talk": {"opens": US, "usual": TAKEN_IN, "late": DODGING},
    "irritable": {"own_late": SHARP},
    "shows_concern": {"own_late": ASKING},
    "flat": {"usual": LIVELY, "own": LIVELY, "late": FLAT, "own_late": FLAT},
}
