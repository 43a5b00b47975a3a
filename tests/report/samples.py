"""Readings made by hand, about made-up people, one for each situation the report has to show decently."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from ebbtide.conversation import ImportReport
from ebbtide.episodes import Episode, Return
from ebbtide.reading import (
    Advice,
    Answer,
    Criterion,
    EpisodeReading,
    Finding,
    Person,
    QuietCurve,
    Reading,
    Ribbon,
    Safety,
    Silence,
    Span,
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
    ("contact_kept", "Some contact is kept"),
    ("within_a_week", "Resolves within about a week"),
    ("warm_return", "Comes back with more openness"),
    ("can_say_what", "Can say, even vaguely, what it was"),
)
CONCERNING = (
    ("blackout", "Full silence without a word"),
    ("over_two_weeks", "Over two weeks without an end"),
    ("after_closeness", "After every intimate moment"),
    ("no_acknowledgement", "Comes back as if nothing had been"),
    ("goes_on", "Goes on although you talked about it"),
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
        "You do not need the right words. “I went quiet. It got a lot. I am glad you are there” is enough for now.",
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


def reading(**changes: object) -> Reading:
    """Sam unusually quiet for 31 hours, an episode running, two that ended warmly: the reading of the sketch."""
    episodes = tuple(
        EpisodeReading(e, k, m, other)
        for e, k, m, other in (
            (MARCH, "processing", OVER_MARKS, ()),
            (MAY, "mixed", OVER_MARKS, ()),
            (JULY, "unclear", OVER_MARKS, ()),
            (
                RUNNING,
                "processing",
                MIXED_MARKS,
                (
                    "Sam spoke of a family visit this weekend.",
                    "Together in person, when there is little to write.",
                    "Calls or messages in another app.",
                ),
            ),
        )
    )
    made = Reading(
        version="0.1.0",
        people=(Person("a", "Jo", True), Person("b", "Sam", False)),
        span=Span(
            start=START,
            end=NOW - timedelta(hours=31),
            now=NOW,
            tz="Europe/London",
            tz_source="given",
            events=5902,
            messages=5738,
            days=240,
            coverage=((START, NOW),),
        ),
        imports=(ImportReport("chat.txt", "whatsapp", 6120, 5902, {"text": 5738}, unreadable=2),),
        answer=Answer(
            "Sam has been quiet for 31 hours. For Sam that is unusual: about 1 quiet spell in 40 lasts this long.",
            "It resembles two earlier episodes that ended warmly after 5 days and 2 weeks. There is another possible "
            "reason: Sam spoke of a family visit this weekend.",
            "Too early to tell more.",
        ),
        silence=(silence("a", 3.0, "usual", 2, waiting=0), silence("b", 31.0, "unusual", 40)),
        episodes=episodes,
        findings=FINDINGS,
        advice=ADVICE,
        safety=Safety("none", ""),
        limits=LIMITS,
        ribbon=ribbon(START.date(), 240, (MARCH, MAY, JULY, RUNNING)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def unusual_quiet() -> Reading:
    """The sketch of the look, as a Reading."""
    return reading()


def usual_quiet() -> Reading:
    """Half a day without a message, as often before; no episode at all."""
    return reading(
        answer=Answer(
            "Sam has been quiet for 7 hours. For Sam that is usual: about 1 quiet spell in 6 lasts this long.",
            "A working day is reason enough.",
            "",
        ),
        silence=(silence("b", 7.2, "usual", 6, every=0.9),),
        episodes=(),
        ribbon=ribbon(START.date(), 240, ()),
        advice=(replace(WAITING, title="Nothing to do.", text="Write when you have something to say.", caution=None),),
    )


def concerning() -> Reading:
    """Three weeks without a word, with gaps in what is known."""
    it = episode("b", date(2025, 9, 9), 21, running=True, said_so=False, space=False, kept=0.0, longest=504)
    marks = criteria(
        ((False, "no word was found"), (False, "no message in 21 days"), (False, "day 21"), (None, "still running")),
        (
            (True, "21 days, no word"),
            (True, "21 days"),
            (None, "needs check-ins"),
            (None, "still running"),
            (True, "you wrote about it in June"),
            (False, "none seen; this tool can miss them"),
        ),
    )
    return reading(
        answer=Answer(
            "Sam has been quiet for 3 weeks. Nothing in this record has lasted as long.",
            "Several points that practitioners treat as a worry are met.",
            "Whether something happened to Sam cannot be seen from here.",
        ),
        silence=(silence("b", 504, "unusual", 2400, every=900, waiting=5),),
        episodes=(EpisodeReading(it, "concerning", marks, ("Illness or an accident.", "A lost or broken phone.")),),
        ribbon=ribbon(START.date(), 240, (it,), unknown=((60, 75), (150, 152))),
        span=replace(
            reading().span,
            coverage=((START, START + timedelta(days=60)), (START + timedelta(days=75), NOW)),
            tz_source="assumed",
        ),
    )


def returned() -> Reading:
    """The last episode is over; both write again."""
    return reading(
        answer=Answer(
            "Sam is back. The two weeks of quiet in May ended warmly.", "You have both written as usual since.", ""
        ),
        silence=(silence("b", 0.6, "usual", 1, every=0.3, waiting=0),),
        episodes=tuple(e for e in reading().episodes if e.episode.end is not None),
        ribbon=ribbon(START.date(), 240, (MARCH, MAY, JULY)),
    )


def too_little() -> Reading:
    """Ten messages in all: nothing is claimed, and something useful is still said."""
    start = datetime(2025, 9, 22, 19, 0, tzinfo=LONDON)
    return reading(
        span=replace(reading().span, start=start, events=10, messages=10, days=8, coverage=((start, NOW),)),
        imports=(),
        answer=Answer(
            "There are 10 messages here, too few to know what is usual for either of you.",
            "Early on, a day or two without a message is common and says little.",
            "After about 40 messages of each of you and two weeks, this page can say more.",
        ),
        silence=(Silence("b", NOW - timedelta(hours=20), 20.0, None, None, "unknown", None),),
        episodes=(),
        findings=(),
        limits=("Ten messages cannot show a pattern.",),
        ribbon=None,
        enough=False,
    )


def urgent() -> Reading:
    """Signs of control: the safety words come first, and only advice that fits follows."""
    return reading(
        safety=Safety(
            "urgent",
            "What these messages describe, checking your phone and not letting you go out, is control. "
            "It is not about distance, and it is not your fault.\n"
            "If you are in danger now, call the emergency number where you are.",
            ("e9",),
        ),
        advice=(
            Advice(
                "talk_to_someone",
                "waiting",
                "Speak to someone trained for this.",
                "A helpline listens and asks for no name. Use a phone nobody else looks at.",
                (),
                "Practitioners’ consensus",
                "clinical",
            ),
        ),
        findings=(),
        limits=("Words alone cannot show all that happens between two people.",),
    )


def look() -> Reading:
    """A milder sign of harm: one block first, everything else as it is."""
    return reading(
        safety=Safety("look", "Some words here can go with fear. If you are ever afraid of Sam, start here.")
    )


def renamed(first: str, second: str) -> Reading:
    """The sketch with other names, also within the sentences."""

    def say(words: str) -> str:
        return words.replace("Sam", second).replace("Jo ", f"{first} ")

    base = reading()
    return replace(
        base,
        people=(Person("a", first, True), Person("b", second, False)),
        answer=Answer(say(base.answer.now), say(base.answer.may_be), say(base.answer.unknown)),
        findings=tuple(
            replace(f, words=say(f.words), other_explanations=tuple(map(say, f.other_explanations)))
            for f in base.findings
        ),
        episodes=tuple(replace(e, other_explanations=tuple(map(say, e.other_explanations))) for e in base.episodes),
    )


def long_names() -> Reading:
    """Names longer than any gutter."""
    return renamed("Maximiliana Evangeline Featherstonehaugh", "Bartholomew-Alexander van der Wolkenstein zu Rodenegg")


def hostile_names() -> Reading:
    """Names that are markup, and quotes."""
    return renamed("<script>alert('x')</script>", '"O\'Hara" & <b onmouseover="x">Sons</b>')


def right_to_left() -> Reading:
    """Names written from right to left."""
    return renamed("נועה", "سلمى القاضي")


def three_years(years: float = 3.0) -> Reading:
    """A long record with a dozen episodes of both."""
    days = round(365.25 * years)
    first = NOW.date() - timedelta(days=days - 1)
    rng = np.random.default_rng(11)
    many = tuple(
        episode(
            "b" if i % 3 else "a",
            first + timedelta(days=int(20 + i * (days - 60) / 14 + rng.integers(0, 20))),
            int(rng.integers(3, 24)),
            back=Return(first, "warm", None, None),
            space=True,
        )
        for i in range(14)
    )
    many = tuple(replace(e, return_=Return(e.end, "warm", None, None)) for e in many if e.end)
    start = datetime(first.year, first.month, first.day, tzinfo=LONDON)
    return reading(
        span=replace(
            reading().span, start=start, messages=104_212, events=110_300, days=days, coverage=((start, NOW),)
        ),
        episodes=tuple(EpisodeReading(e, "unclear", OVER_MARKS, ()) for e in many),
        ribbon=ribbon(first, days, many, unknown=((400, 430),)),
    )


def two_weeks() -> Reading:
    """The shortest record with a ribbon."""
    first = NOW.date() - timedelta(days=14)
    start = datetime(first.year, first.month, first.day, tzinfo=LONDON)
    return reading(
        span=replace(reading().span, start=start, messages=310, events=318, days=15, coverage=((start, NOW),)),
        episodes=(EpisodeReading(RUNNING, "open", MIXED_MARKS, ()),),
        ribbon=ribbon(first, 15, (RUNNING,)),
    )


ALL = {
    f.__name__: f
    for f in (
        unusual_quiet,
        usual_quiet,
        concerning,
        returned,
        too_little,
        urgent,
        look,
        long_names,
        hostile_names,
        right_to_left,
        three_years,
        two_weeks,
    )
}
