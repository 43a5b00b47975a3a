"""Why: behind a finding the days, the numbers in words, the messages, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ebbtide.episodes import Episode
from ebbtide.reading import Finding, Reading, Sign
from ebbtide.reading.phrases import one_spell_in
from ebbtide.report import episode_words, now, numbers, signs
from ebbtide.report.advice_words import findings_told
from ebbtide.report.evidence import Rests, Sources
from ebbtide.report.names import Names

Fact = tuple[str, str]

#: Findings that rest on days: the messages named with them are only where these begin, and say nothing.
OF_DAYS = frozenset({"running_episode", "earlier_episodes", "pattern_of_returns", "unspoken_returns"})
#: Of more episodes than this only the latest are told by their days.
MOST_DAYS = 6
#: What one did while the other was distant.
IN_A_SPELL = frozenset({"reaching_more", "room_left"})
#: Findings that rest on more than the few messages named with them.
SAMPLED = frozenset(
    {"returned", "signs", "living_together", "flood", "double_text", "left_pending", "apology_repeated"}
)


@dataclass(frozen=True, slots=True)
class Why:
    """A finding as the list of reasons shows it; `as_above` says that its other explanations stand elsewhere."""

    finding: Finding
    facts: tuple[Fact, ...]
    rests: Rests
    others: tuple[str, ...]
    as_above: bool
    would_change: str

    @property
    def opens(self) -> bool:
        """Whether anything lies behind it."""
        return bool(
            self.facts or self.rests.shown or self.rests.rest or self.others or self.as_above or self.finding.limits
        )


def why(reading: Reading, names: Names, known: Sources) -> list[Why]:
    """Every finding of the page with what lies behind it."""
    return [behind(f, reading, names, known) for f in findings_told(reading)]


def behind(it: Finding, reading: Reading, names: Names, known: Sources) -> Why:
    """One finding."""
    elsewhere = {words for e in reading.episodes for words in e.other_explanations}
    return Why(
        finding=it,
        facts=(*days(it, reading), *(() if over(it, reading) else measured(it, reading))),
        rests=known.rests(() if it.key in OF_DAYS else it.evidence, sampled=it.key in SAMPLED),
        others=tuple(words for words in it.other_explanations if words not in elsewhere),
        as_above=any(words in elsewhere for words in it.other_explanations),
        would_change="" if over(it, reading) else changed_by(it, names),
    )


def over(it: Finding, reading: Reading) -> bool:
    """Whether a silence is no present one: hardly begun, or of a record that has ended."""
    return it.key in ("present_silence", "in_touch") and (now.ended(reading) or it.numbers.get("hours", 0.0) < 1)


def days(it: Finding, reading: Reading) -> Iterator[Fact]:
    """The days a finding is about."""
    own = [e.episode for e in reading.episodes if e.episode.person == it.about]
    past, running = ([e for e in own if (e.end is None) is still] for still in (False, True))
    if it.key == "present_silence":
        since = next((s.since for s in reading.silence if s.person == it.about), None)
        if since is not None:
            yield "Last message", numbers.moment(since.astimezone(ZoneInfo(reading.span.tz)))
    elif it.key == "running_episode" and running:
        yield "Days", stretch(running[-1])
    elif it.key in IN_A_SPELL:
        spells = [e.episode for e in reading.episodes if e.episode.end is None and e.episode.person != it.about]
        yield from (("Days", stretch(e)) for e in spells[-1:])
    elif it.key == "returned" and past:
        yield "Days", stretch(max(past, key=lambda e: e.start))
    elif it.key in ("earlier_episodes", "pattern_of_returns") and past:
        yield "Days", stretches(past)
    elif it.key == "unspoken_returns":
        unspoken = [e for e in past if e.return_ is not None and e.return_.acknowledged is False]
        yield from (("Days", stretches(each)) for each in (unspoken,) if each)
    elif it.key == "rhythm" and reading.episodes:
        yield "Days", stretches([e.episode for e in reading.episodes])


def stretch(episode: Episode) -> str:
    """The days of an episode and their number."""
    so_far = " so far" if episode.end is None else ""
    took = numbers.length(episode.days).replace(" ", "\u00a0")
    return f"{episode_words.when(episode)} ({took}{so_far})"


def stretches(episodes: Sequence[Episode]) -> str:
    """The days of several; of many the latest, since all of them have a page of their own further up."""
    latest = sorted(episodes, key=lambda e: e.start)[-MOST_DAYS:]
    rest = len(episodes) - len(latest)
    before = f"{numbers.in_words(rest)} before {numbers.day(latest[0].start)}; " if rest else ""
    return before + "; ".join(map(stretch, latest))


def measured(it: Finding, reading: Reading) -> Iterator[Fact]:
    """The numbers that words can carry; what only the program needs is left out."""
    sign = sign_of(it, reading)
    if sign is not None:
        yield "Against the usual", signs.compared(sign)
    for key, value in it.numbers.items():
        label, say = SAID.get(f"{it.key}.{key}") or SAID.get(key, ("", unsaid))
        # A rate slower than the record is long was not seen in it.
        if key == "once_in_days" and value > reading.span.days:
            continue
        if words := say(value, it.numbers):
            yield label, words


def sign_of(it: Finding, reading: Reading) -> Sign | None:
    """The sign a finding tells of, known by whose it is and by its change."""
    change = it.numbers.get("change")
    if it.key != "signs" or change is None:
        return None
    every = (*reading.signs, *reading.counter_signs)
    return next(
        (s for s in every if s.person == it.about and s.change is not None and round(s.change, 3) == change), None
    )


Say = Callable[[float, Mapping[str, float]], str]


def unsaid(_: float, __: Mapping[str, float]) -> str:
    """Nothing."""
    return ""


def sureness(probability: float, _: Mapping[str, float]) -> str:
    """The strength word."""
    return episode_words.strength(probability).split(",")[0]


def of_turns(turns: float, _: Mapping[str, float]) -> str:
    """How often something was done; nothing of what was not."""
    return numbers.times(round(turns)) if turns else ""


def unanswered(turns: float, _: Mapping[str, float]) -> str:
    """How often the other wrote without an answer; nothing where that was not so."""
    return f"{numbers.times(round(turns))}, without an answer" if turns else ""


def percent(share: float, _: Mapping[str, float]) -> str:
    """A share of a hundred."""
    return f"{100 * share:.0f}%"


def returns(room: float, known: Mapping[str, float]) -> str:
    """In how many spells room was left, and how these ended."""
    ends = [(words, round(known.get(end, 0))) for end, words in ENDS.items()]
    told = numbers.listed([f"{numbers.in_words(n)} ended {words}" for words, n in ends if n])
    some = numbers.in_words(round(room)) if room else "none"
    said = f"{some} of {numbers.in_words(round(known.get('ended', room)))}"
    return f"{said}; of these {told}" if told and room else said


ENDS = {"warm": "warmly", "usual": "as usual", "flat": "flatly"}
SAID: dict[str, tuple[str, Say]] = {
    "hours": ("Lasts so far", lambda v, _: numbers.duration(v)),
    "one_in": ("How rare", lambda v, _: numbers.sentence(one_spell_in(round(v)))),
    "running_episode.probability": ("How sure", sureness),
    "once_in_days": ("How often", lambda v, _: numbers.interval(v)),
    "waiting_turns": ("Written to since", unanswered),
    "unanswered_turns": ("Written to in these days", unanswered),
    "depth": ("Starts and answers", lambda v, _: f"{percent(1 - v, {})} of the usual"),
    "with_room": ("Room was left in", returns),
    "times": ("Seen", of_turns),
    "messages": ("Messages", lambda v, _: f"{v:,.0f}"),
    "messages_a_day": ("Messages a day", lambda v, _: f"{v:.1f}"),
    "household_share": ("Messages about the home", percent),
    "affection": ("With words of affection", lambda v, _: f"{percent(v, {})} of messages"),
    "starts": ("Begins a talk", lambda v, _: f"{percent(v, {})} of the times either does"),
    "asks": ("Asks how the other is", lambda v, _: f"{percent(v, {})} of the times either does"),
    "warmth": ("Answers warmly", lambda v, _: f"{percent(v, {})} of what the other opens up"),
    "calls": ("Takes calls", lambda v, _: f"{percent(v, {})} of them"),
    "plans": ("Keeps plans", lambda v, _: f"{percent(v, {})} of those noted"),
    "returns": ("Comes back only to ask for something", lambda v, _: f"{percent(v, {})} of the times"),
}

#: What would make the page say something else.
CHANGED_BY = {
    "present_silence": "one message from {who}",
    "in_touch": "a day without a message",
    "better": "answers of another day that tell of less",
    "running_episode": "a few days on which {who} {writes} about as usual again",
    "returned": "{who} falling quiet again within a few days",
    "reaching_more": "an answer, or a day without another message",
    "greeted": "a word from {who}",
    "unkept": "days that are named and kept",
    "slipped": "some days without another message",
    "room_left": "several messages in a row without an answer",
    "earlier_episodes": "a longer record, or days known to be spent together",
    "pattern_of_returns": "a few more spells, with room left in them",
    "unspoken_returns": "a word about it after the next one",
    "quiet_after_quarrels": "a word about it after the next quarrel",
    "outside_cause": "hearing that it was something else",
    "signs": "a few weeks as usual",
    "rhythm": "a longer record",
    "give_and_take": "four weeks in which it goes the other way",
    "agreement": "a new agreement",
    "too_little_data": "more messages",
    "record_ended": "a newer export",
    "living_together": "a record that holds more than the home",
}


def changed_by(it: Finding, names: Names) -> str:
    """What would change a finding, as a sentence; empty where nothing in particular would."""
    words = CHANGED_BY.get(it.key, "")
    if not words:
        return ""
    who = names.told(it.about) if it.about else "either of you"
    writes = "write" if who == "you" else "writes"
    return f"What would change this: {words.format(who=who, writes=writes)}."
