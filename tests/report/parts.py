"""Parts of readings made by hand: curves, ribbons, episodes, signs, reasons and advice about made-up people."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from ebbtide.episodes import Episode, Return
from ebbtide.reading import (
    CANNOT_TELL,
    Advice,
    Criterion,
    Effect,
    Finding,
    Hypothesis,
    Loop,
    LoopPeriod,
    QuietCurve,
    Ribbon,
    Sign,
    Silence,
    Week,
)
from ebbtide.reading.types import SilenceWord

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2025, 9, 30, 1, 10, tzinfo=LONDON)
START = datetime(2025, 2, 3, 8, 2, tzinfo=LONDON)


def quiet_curve(hours_now: float, one_in: float, doubt: float = 0.35) -> QuietCurve:
    """A tail from one hour on that passes 1 in `one_in` at now; its band widens as spells get rare."""
    hours = np.geomspace(1, 24 * 28, 220)
    steep = max(0.35, math.log(one_in) / math.log(max(2.0, hours_now)) ** 1.6)
    share = np.exp(-steep * np.log(hours) ** 1.6)
    width = doubt * (0.15 - np.log10(np.maximum(share, 1e-9)) / 2)
    low, high = share * np.exp(-width), np.minimum(1.0, share * np.exp(width))
    return QuietCurve(tuple(hours), tuple(share), tuple(low), tuple(high))


def silence(
    person: str, hours: float, word: SilenceWord, one_in: int, *, every: float = 21.0, waiting: int = 1
) -> Silence:
    """A silence that has lasted some hours, with the curve it lies on."""
    since = NOW - timedelta(hours=hours)
    usual = {"p50": 1.7, "p90": 9.8, "p99": 38.0}
    return Silence(person, since, hours, 1 / one_in, one_in, word, usual, every, waiting, quiet_curve(hours, one_in))


def ribbon(
    start: date, days: int, episodes: tuple[Episode, ...], seed: int = 5, unknown: tuple[tuple[int, int], ...] = ()
) -> Ribbon:
    """Smooth noise about the usual for both, low in the episodes, unknown in the stretches given."""
    rng = np.random.default_rng(seed)
    dates = tuple(start + timedelta(days=i) for i in range(days))
    level: dict[str, tuple[float | None, ...]] = {}
    for person in ("a", "b"):
        values = 1 + np.convolve(rng.normal(0, 0.45, days + 6), np.ones(7) / 7, "valid")
        for episode in (e for e in episodes if e.person == person):
            inside = np.array([episode.start <= d and (episode.end is None or d < episode.end) for d in dates])
            values[inside] = 1 - episode.depth + 0.08 * rng.normal(size=int(inside.sum()))
        gone = {i for lo, hi in unknown for i in range(lo, hi)}
        level[person] = tuple(None if i in gone else round(max(0.0, float(v)), 3) for i, v in enumerate(values))
    return Ribbon(dates, level, {"a": 0.76, "b": 0.78}, {"a": 1.25, "b": 1.22})


def episode(
    person: str,
    start: date,
    days: int,
    *,
    running: bool = False,
    said_so: bool | None = None,
    back: Return | None = None,
    space: bool | None = None,
    kept: float = 0.5,
    longest: float = 31.0,
) -> Episode:
    """An episode with the fields that matter to the page."""
    end = None if running else start + timedelta(days=days)
    return Episode(
        person=person,
        start=start,
        end=end,
        days=days,
        depth=0.72,
        probability=0.97,
        said_so=said_so,
        contact_kept=kept,
        longest_silence_hours=longest,
        space_given=space,
        unanswered_turns=4,
        pressing_messages=1,
        return_=back,
        evidence=("e1", "e2"),
        said_so_evidence=("e1",) if said_so else (),
    )


PROCESSING = (
    ("said_space", "Need for space was said"),
    ("some_contact", "Some contact is kept"),
    ("resolves_in_a_week", "Resolves within about a week"),
    ("renewed_openness", "Comes back with more openness"),
    ("could_say_what", "Can say, even vaguely, what it was"),
)
CONCERNING = (
    ("blackout", "Full silence without a word"),
    ("over_two_weeks", "Over two weeks without an end"),
    ("after_every_closeness", "After every intimate moment"),
    ("returned_without_a_word", "Comes back as if nothing had happened"),
    ("continues_though_discussed", "Goes on although you talked about it"),
    ("red_flags", "Comes with other red flags"),
)


def criteria(
    processing: tuple[tuple[bool | None, str], ...], concerning: tuple[tuple[bool | None, str], ...]
) -> tuple[Criterion, ...]:
    """The two lists of S8 with the marks and reasons given, the rest not knowable."""
    made = []
    for name, lines, marks in (("processing", PROCESSING, processing), ("concerning", CONCERNING, concerning)):
        padded = [*marks, *[(None, "not from messages alone")] * (len(lines) - len(marks))]
        for (key, title), (met, why) in zip(lines, padded, strict=True):
            made.append(Criterion(key, name, met, title, why, ("e1",) if met else ()))  # type: ignore[arg-type]
    return tuple(made)


WAITING = Advice(
    "leave_it",
    "waiting",
    "Leave it until Sunday evening.",
    "One light message is enough, and you sent it on Friday. If nothing has come by then, one calm, open line.",
    ("silence_unusual", "earlier_returns"),
    "Overall, Simpson & Struthers 2013",
    "weak",
    "If you feel afraid rather than sad, this does not fit; look at the safety page first.",
)
ADVICE = (
    WAITING,
    Advice(
        "own_evening",
        "waiting",
        "Plan this evening for yourself.",
        "Call someone who is glad to hear you, or walk for half an hour without the phone.",
        ("silence_unusual",),
        "Fincham et al. 2023",
        "supported",
    ),
    Advice(
        "plain_thanks",
        "waiting",
        "When contact is back, let it be light.",
        "Say one thing you were glad of. The talk about the pattern can wait for a calm day.",
        ("earlier_returns",),
        "Chang et al. 2022",
        "mixed",
    ),
    Advice(
        "say_it_before",
        "withdrawing",
        "One line before you go quiet.",
        "“I need a few days, I am all right, I will write on Sunday.” It costs less than it seems.",
        ("earlier_returns",),
        "Practitioners’ consensus",
        "clinical",
    ),
    Advice(
        "come_back_small",
        "withdrawing",
        "Come back small.",
        "You do not need the right words. “I went quiet. It was a lot. I am glad you are there” is enough for now.",
        ("silence_unusual",),
        "Practitioners’ consensus",
        "clinical",
    ),
)

FINDINGS = (
    Finding(
        "silence_unusual",
        "b",
        "Sam’s present silence is longer than 39 of 40 quiet spells.",
        {"hours": 31.0, "share_of_spells": 0.025},
        ("e3",),
        ("Sam spoke of a family visit this weekend.",),
        ("Calls and other apps are not in this export.",),
    ),
    Finding(
        "earlier_returns",
        "b",
        "Two earlier episodes ended with Sam writing first, more warmly than usual.",
        {"episodes": 2.0, "warm_returns": 2.0},
        ("e4", "e5"),
    ),
    Finding(
        "own_part",
        "a",
        "In the last episode Jo eased off after two days; answers came back a day and a half later.",
        {"days_until_eased": 2.0},
    ),
)
LIMITS = (
    "Calls, time together and other apps are not in this export.",
    "Two earlier episodes are too few to tell settling from fading.",
    "Words can hide or carry a feeling; warmth of words is not shown as what someone feels.",
)

WARM = Return(date(2025, 3, 29), "warm", True, True, ("e4",))
MARCH = episode("b", date(2025, 3, 24), 5, said_so=False, back=WARM, space=True, kept=0.6, longest=27)
MAY = episode(
    "b", date(2025, 5, 15), 14, said_so=True, back=Return(date(2025, 5, 29), "warm", True, None), space=True, kept=0.4
)
JULY = episode("a", date(2025, 7, 10), 5, back=Return(date(2025, 7, 15), "usual", None, None), kept=0.8, longest=19)
RUNNING = episode("b", date(2025, 9, 26), 4, running=True, said_so=True, space=True, kept=0.5)

MIXED_MARKS = criteria(
    ((True, "on Thursday, 18:40"), (True, "a message on 2 of 4 days"), (None, "day 4"), (None, "still running")),
    ((False, "a word was said"), (False, "4 days"), (None, "needs check-ins"), (None, "still running")),
)
OVER_MARKS = criteria(
    (
        (True, "a day before"),
        (True, "6 of 14 days"),
        (False, "two weeks"),
        (True, "first two days"),
        (None, "no words found"),
    ),
    ((False, "a word was said"), (False, "14 days"), (None, "needs check-ins"), (False, "spoke of it")),
)


def rhythm(late: int = 20, messages: int = 2500) -> Week:
    """Two people who write most around some hour of the evening, one of them in the morning as well."""
    hours = np.arange(168) % 24
    evening = np.exp(-((hours - late) ** 2) / 8.0)
    both = {"a": evening + 0.6 * np.exp(-((hours - 8) ** 2) / 4.0), "b": evening * (1 + 0.5 * (np.arange(168) >= 120))}
    share = {p: tuple(float(v) for v in (np.where(hours < 6, 0.0, w)) / w[hours >= 6].sum()) for p, w in both.items()}
    return Week(share, {"a": messages, "b": messages - 140}, 201)


def effect(value: float, says: str = CANNOT_TELL) -> Effect:
    """An effect with a range of a quarter on either side."""
    return Effect(value, value - 0.25, value + 0.25, says)


SLOWER = "The more of your messages wait for an answer, the slower Sam answers."
REACHES = "When Sam writes less than usual for some days, you reach out more."
TURNED = "When you write less than usual for some days, Sam reaches out more."


def turning(slower: str = SLOWER, reaches: str = REACHES, *, placebo: bool = True) -> Loop:
    """A loop over the whole record and in two halves; in the second it runs the other way."""
    whole = LoopPeriod(
        START.date(),
        date(2025, 10, 1),
        {"a→b": effect(-0.42, slower), "b→a": effect(-0.06)},
        {"a→b": effect(0.11), "b→a": effect(0.62, reaches)},
        "a",
        "b",
    )
    first = replace(whole, end=date(2025, 6, 1))
    second = LoopPeriod(
        date(2025, 6, 1),
        date(2025, 10, 1),
        {"a→b": effect(-0.2), "b→a": effect(-0.1)},
        {"a→b": effect(0.5, TURNED), "b→a": effect(0.2)},
        "b",
        "both",
    )
    return Loop((whole, first, second), 0.03, 0.04, placebo)


SIGNS = (
    Sign("fewer_contacts", "b", "more", 0.7, 0.4, 1.0, ("messages",), ("e1", "e2")),
    Sign("vague_plans", "b", "more", 0.6, 0.1, 1.1, ("messages", "checkins"), ("e3",)),
    Sign("flat", "b", "usual", 0.05, -0.2, 0.3, ("messages",)),
    Sign("irritable", "b", "less", -1.2, -2.0, -0.4, ("checkins",)),
    Sign("less_eye_contact", "b", "unknown", None, None, None, ()),
    Sign("more_solitary", "b", "unknown", None, None, None, ()),
    Sign("fewer_contacts", "a", "usual", 0.0, -0.1, 0.1, ("messages",)),
)
COUNTER_SIGNS = (
    Sign("checks_in", "b", "more", 0.4, 0.1, 0.7, ("messages",), ("e4",)),
    Sign("says_space", "b", "more", None, None, None, ("intake",), ("e1",)),
)
HYPOTHESES = (
    Hypothesis(
        "fading",
        "little speaks for it",
        "Interest fades",
        (),
        ("Sam came back warmly two times of two.",),
        "Whether contact comes back by itself once there is room, a few times over.",
    ),
    Hypothesis(
        "outside_stress",
        "speaks for it",
        "Strain from outside",
        ("Sam spoke of a family visit this weekend.", "Both of you write less, not one alone."),
        ("Sam answers other things as usual.",),
        "Whether it eases when the visit is over.",
    ),
    Hypothesis(
        "closeness_alarm",
        "possible",
        "Closeness itself gets too much",
        ("One spell began two days after a weekend together.",),
        ("Two others did not.",),
        "Whether the next spell follows a close day too.",
    ),
    Hypothesis("shame", "cannot tell", "Shame about something", (), (), "Only Sam can tell, when it is safe to."),
)


SUPPOSED = (
    Hypothesis(
        "outside_stress",
        "speaks for it",
        "Strain from outside",
        ("You named work.",),
        (),
        "Whether it eases when the work does.",
    ),
    Hypothesis("missing_data", "cannot tell", "What was not asked", (), (), "A talk, on a calm day."),
)
ANSWERS = {
    "voice": "waiting",
    "since_days": 9,
    "asked_for_space": "no",
    "contact": "none",
    "before": {"times": 2, "usual_days": 5, "ended": "warm"},
    "stress": ["work"],
    "question": "how_long",
    "mood": {"phq2": 5},
    "safety": {"afraid": False},
}
