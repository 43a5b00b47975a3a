"""Readings made by hand, about made-up people, one for each situation the report has to show decently."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np

from ebbtide.conversation import ImportReport
from ebbtide.episodes import Return
from ebbtide.reading import (
    Advice,
    Answer,
    EpisodeReading,
    Finding,
    Person,
    Reading,
    Safety,
    Silence,
    Span,
)
from ebbtide.reading.safety import safety
from ebbtide.selfreport import read_answers
from tests.report.parts import (
    ADVICE,
    ANSWERS,
    COUNTER_SIGNS,
    FINDINGS,
    HYPOTHESES,
    JULY,
    LIMITS,
    LONDON,
    MARCH,
    MAY,
    MIXED_MARKS,
    NOW,
    OVER_MARKS,
    RUNNING,
    SIGNS,
    START,
    SUPPOSED,
    WAITING,
    criteria,
    episode,
    rhythm,
    ribbon,
    silence,
    turning,
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
        answer=Answer(
            "Some of this reads as if someone may be in danger. Please speak to someone now.",
            "",
            "A program read this. It can be wrong, and it can miss much.",
        ),
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
            Advice(
                "someone_near",
                "waiting",
                "Tell one person you trust.",
                "Say what happened, and agree on a word that means: come now.",
                (),
                "Practitioners’ consensus",
                "clinical",
            ),
        ),
        findings=(),
        limits=("Words alone cannot show all that happens between two people.",),
    )


def urgent_in(country: str, **changes: object) -> Reading:
    """Words of Sam that call for care first, with the help lines of a country and the advice that goes with them."""
    texts = (
        ("now", "Speak to someone now", "If a life may be at risk, call your local emergency number."),
        ("person", "Do not stay alone with it", "Tell one person you trust, in plain words, what is going on."),
        ("other", "If it is {} you fear for", "Ask straight out. Listen, and call for help together."),
    )
    advice = tuple(
        Advice(
            f"safety.urgent.{key}",
            voice,
            title.format(who),
            text,
            ("safety",),
            "Practice of crisis services",
            "clinical",
        )
        for voice, who in (("waiting", "Sam"), ("withdrawing", "Jo"))
        for key, title, text in texts
    )
    return replace(urgent(), safety=safety("urgent", ("e9",), country), advice=advice, **changes)  # type: ignore[arg-type]


def look() -> Reading:
    """A milder sign of harm: help first, and what was found about quiet kept out of sight."""
    return reading(
        safety=Safety("look", "Some words here can go with fear. If you are ever afraid of Sam, start here.")
    )


def goodbye() -> Reading:
    """Last words like a goodbye: they stand first, and nothing about quiet stands beside them."""
    words = "What Sam wrote yesterday reads like a goodbye."
    ring = "Ring now; a voice says more than a line. findahelpline.com lists free help lines by country."
    source = "Practice of crisis services"
    return reading(
        answer=Answer(words, "That can be an end between the two of you.", "Which it is, only asking tells."),
        findings=(Finding("farewell", "b", words, {}, ("e9",)),),
        advice=(
            Advice(
                "farewell.ring", "waiting", "Ring Sam, and ask what it means", ring, ("farewell",), source, "clinical"
            ),
        ),
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


def in_full() -> Reading:
    """Everything a reading can hold at once."""
    return reading(
        loop=turning(),
        week=rhythm(),
        signs=SIGNS,
        counter_signs=COUNTER_SIGNS,
        hypotheses=HYPOTHESES,
        findings=(
            *FINDINGS,
            Finding("checkins", None, "Check-ins of 12 days are read beside the messages.", {"days": 12.0}),
        ),
    )


def from_answers() -> Reading:
    """No messages at all: the answers of one person, who gave no names."""
    return reading(
        people=(Person("a", "", True), Person("b", "", False)),
        span=replace(reading().span, start=NOW, end=NOW, events=0, messages=0, days=1, coverage=()),
        imports=(),
        answer=Answer(
            "It has been about 9 days, without a word before.",
            "Twice before it ended warmly, after about 5 days. This time is longer.",
            "Nine days are too few to tell settling from fading.",
        ),
        silence=(),
        episodes=(),
        findings=(Finding("earlier_episodes", "b", "It happened twice before, and ended warmly.", {"spells": 2.0}),),
        limits=("These are the answers of one person. Nothing was measured.",),
        ribbon=None,
        enough=False,
        hypotheses=SUPPOSED,
        intake=read_answers(ANSWERS),
    )


def unsafe_answers() -> Reading:
    """Answers that say that someone is hurt: only help."""
    it = urgent()
    hurt = read_answers(ANSWERS | {"safety": {"hurt": True, "controlled": True}})
    return replace(from_answers(), intake=hurt, answer=it.answer, safety=it.safety, advice=it.advice, findings=())


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
        loop=turning(),
        week=rhythm(),
        signs=SIGNS,
        counter_signs=COUNTER_SIGNS,
        hypotheses=HYPOTHESES,
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
        goodbye,
        long_names,
        hostile_names,
        right_to_left,
        three_years,
        two_weeks,
        in_full,
        from_answers,
        unsafe_answers,
    )
}
