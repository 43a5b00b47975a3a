"""Questions to take to a counsellor, chosen by what the reading holds.

Either of the two can ask them; beside signs of harm they are for the reader alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ebbtide.reading import CANNOT_TELL, Reading, present
from ebbtide.reading.findings import outside
from ebbtide.report import numbers
from ebbtide.report.loop import shown

FEWEST, MOST = 3, 6
#: From this many episodes of one person on, distance has come back.
COMES_BACK = 2
REACHING = frozenset({"reaching_more", "flood", "double_text", "apology_repeated", "slipped"})

GENERAL = (
    "What would each of us like to be different in three months, and how would we notice?",
    "What kind of help fits us: together or one by one, and for about how long?",
    "What do we each do well here that we could do more of?",
)
#: Where one of the two has ended it in plain words: not what would be better between them, but how to live with it.
PARTED = (
    "One of us wrote that it has ended. Is that how each of us sees it, and how can we say so once, kindly?",
    "What do we still have to settle together, and how do we keep those talks short and fair?",
    "How much contact is good for each of us now, and who else can each of us lean on?",
)
#: Where messages speak of fear or control, these alone: nothing is shared between the two there.
CARE = (
    "Can we speak where nobody else can see or hear it?",
    "How do I make a plan for my safety, and for any children?",
    "How do I tell a hard quarrel from control, and whom do I call if it gets worse?",
)


def questions(reading: Reading) -> tuple[str, ...]:
    """Three to six questions; none where someone may be in danger, since help comes before talk then."""
    if reading.safety.level == "urgent":
        return ()
    if reading.safety.level == "look":
        return CARE
    if reading.tells("parting_named"):
        return PARTED
    chosen = list(fitting(reading))[:MOST]
    return tuple([*chosen, *GENERAL][: max(FEWEST, len(chosen))])


def fitting(reading: Reading) -> Iterator[str]:
    """The questions that this reading gives a reason for, the nearest first."""
    keys = {f.key for f in reading.findings}
    met = {c.id for e in reading.episodes for c in e.criteria if c.met}
    if any(e.episode.end is None for e in reading.episodes) or (reading.intake and reading.intake.since_days):
        yield "What can each of us do while a spell of distance lasts, and what is better left for a calm day?"
    if "continues_though_discussed" in met:
        yield "We have talked about it, and it goes on. What would make the next talk go another way?"
    if comes_back(reading):
        yield f"{back_words(reading)} What sets it off, and what could we agree on before the next time?"
    if {"unspoken_returns", "quiet_after_quarrels"} & keys or "returned_without_a_word" in met:
        yield "After spells of distance we go on as if nothing had happened. How can we speak of one without a quarrel?"
    ways = ways_of_a_loop(reading)
    if len(ways) == 2:
        yield "When one of us reaches, the other gets slower, and that feeds the next round. How do we both step out?"
    elif ways:
        yield "How soon or how much one of us writes goes with what the other does. What would ease that for both?"
    if keys & REACHING:
        yield "When no answer comes, waiting is hard. What eases the worry, other than writing again?"
    if "after_every_closeness" in met or says(reading, "closeness_alarm"):
        yield "Distance has followed closeness. What pace would suit us both?"
    if (
        outside(reading, present(reading).who)
        or says(reading, "outside_stress")
        or (reading.intake and reading.intake.stress)
    ):
        yield "There is strain from outside. How do we tell it from distance between us, and how do we share it?"
    if says(reading, "fading") or says(reading, "one_sided"):
        yield "How do we find out, kindly, what each of us still wants, and what each can give?"
    if any(e.episode.said_so is False for e in reading.episodes) or unsaid(reading):
        yield "How can one of us say that room is needed, and how can the other hear it?"


def comes_back(reading: Reading) -> bool:
    """Whether one person had several episodes, or the intake says that it happened before."""
    count = Counter(e.episode.person for e in reading.episodes)
    told = reading.intake.before.times if reading.intake else None
    return max(count.values(), default=0) >= COMES_BACK or (told or 0) >= COMES_BACK


def back_words(reading: Reading) -> str:
    """How often distance came, in whomever's case."""
    if len(reading.episodes) >= COMES_BACK:
        times = numbers.sentence(numbers.times(len(reading.episodes)))
        took = numbers.lengths([e.episode.days for e in reading.episodes])
        return f"{times} in {numbers.stretch(reading.span.days)} one of us was distant, for {took}."
    return "This has happened before."


def ways_of_a_loop(reading: Reading) -> set[str]:
    """The directions, like "a→b", in which an effect over the whole record carries words; only both are a loop."""
    loop = shown(reading)
    if loop is None:
        return set()
    whole = loop.periods[0]
    effects = (*whole.reaching_then_slower.items(), *whole.withdrawing_then_reaching.items())
    return {way for way, e in effects if e.says != CANNOT_TELL}


def says(reading: Reading, reason: str) -> bool:
    """Whether something speaks for this reason."""
    return any(h.id == reason and h.weight == "speaks for it" for h in reading.hypotheses)


def unsaid(reading: Reading) -> bool:
    """Whether the intake says that room was not asked for."""
    return reading.intake is not None and reading.intake.asked_for_space == "no"
