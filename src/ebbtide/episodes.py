"""Episodes: dated stretches in which one person withdraws, with what the other did and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from ebbtide.models.engagement import Engagement
from ebbtide.models.histories import agreement, runs
from ebbtide.signals.opportunities import turns
from ebbtide.signals.rates import corrected
from ebbtide.signals.said import Said, told
from ebbtide.signals.stream import DAY, HOUR, Floats, Ints, Stream

Warmth = Literal["warm", "usual", "flat"]


@dataclass(frozen=True, slots=True)
class Return:
    """The first sustained re-engagement after an episode.

    `warmth` compares the first two days with this person's own usual; `acknowledged` and `explained` are None where
    the words cannot tell. `messages` is how many came in those two days, None where that is not known.
    """

    date: date
    warmth: Warmth | None
    acknowledged: bool | None
    explained: bool | None
    evidence: tuple[str, ...] = ()
    messages: int | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """One person withdrawing from `start` until `end`, the first day back (None while it runs).

    `depth` is 1 − the expected share of this person's starts and answers given the opportunity. `contact_kept` is the
    share of this person's usual number of messages a day. `space_given` is whether the other eased off; None if that
    cannot be told. From self-report alone `depth`, `probability` and the counts are None. `pressing_messages` is
    corrected for what the model misses and mistakes; it and `said_so` are None where no words can be read. `said_why`
    are messages before the return in which the person says, even vaguely, what it is.
    """

    person: str
    start: date
    end: date | None
    days: int
    depth: float | None
    probability: float | None
    said_so: bool | None
    contact_kept: float | None
    longest_silence_hours: float | None
    space_given: bool | None
    unanswered_turns: int | None
    pressing_messages: int | None
    return_: Return | None
    evidence: tuple[str, ...] = ()
    said_so_evidence: tuple[str, ...] = ()
    outside_cause: tuple[str, ...] = ()
    said_why: tuple[str, ...] = ()


#: Days belong to a spell, and a spell is named an episode, from this posterior probability on: where hits count for
#: more than misses of either kind (F1), the best bound is half of what is reached.
NAMED_FROM = 0.45
#: The same for the present spell of someone of whom the reader tells that it is so: they are a witness too.
TOLD_FROM = 0.3
#: Weight of a day that is surely not withdrawn.
LEAST_WEIGHT = 1e-6
#: Shortest episode in days.
SHORTEST = 3
#: A spell that begins so many days inside one of the other, and is so much less sure, is its echo; one that begins so
#: many days after room was asked for or given is that room.
ECHO_DAYS, SURER, LET_BE_DAYS = 2, 0.1, 3
#: From so much of the usual number of messages on, it is no spell; of so much, who has spoken of the quiet is back.
NEAR_USUAL, MUCH_OF_USUAL = 0.8, 0.4
#: A silence of more than so many days, and so many times this person's usual pause between days with a message, into
#: which the other wrote so often, is a spell of this probability whatever the record's usual; with fewer such days
#: there is no pause to go by, and with data for less of it none is seen.
WEEKS_DAYS, OFTEN_AS_LONG, WAITED_TURNS, FOR_WEEKS, FEWEST_DAYS, WHOLE = 14, 5, 2, 0.6, 10, 0.9
#: Days around the start in which words about it count, and after the end in which one returns.
BEFORE_DAYS, AFTER_START_DAYS, RETURN_DAYS = 2.0, 1.5, 2.0
#: Of the usual on return, from where it is more and below where it is less; so many warm messages, and so many times
#: the usual share of them, are warm too.
MORE, LESS, FEW_WARM, MUCH = 1.2, 0.7, 2, 2.0
#: A word about the quiet comes within a day of coming back; a later "sorry, overslept" is about something else.
WORD_DAYS = 1.0
#: Of reduced stretches beforehand, the share with an outside cause; how often such a cause is announced; how often room
#: is asked for before withdrawing, and how often it is owned on return.
OUTSIDE_SHARE, ANNOUNCED_SHARE, ASKED_SHARE, OWNED_SHARE = 0.4, 0.8, 0.3, 0.4
#: The longer it takes, the less one line explains it: from two weeks on each further week halves the odds.
LONG_ABSENCE_DAYS = 14
#: News of being away may come so many days later than other words about the start.
LATER_DAYS = 1.5
#: Trouble weighs for longer than its news: named so many days before the start, or at any time in a spell.
TROUBLE_DAYS = 7.0
#: Where news of a spell is given, if it is: before the start, and the sooner before it the likelier (days in which that
#: falls to a third), or in the first messages inside, or in the first on return, each half as likely as the one before.
NEWS_PLACES = {"before": 0.5, "inside": 0.2, "after": 0.3}
NEWS_FADES, FIRST_INSIDE, FIRST_AFTER = 0.25, 4, 4

PEOPLE = ("a", "b")

#: A spell as (first day, first day back), and its probability.
Likely = tuple[tuple[int, int], float]


def find_episodes(stream: Stream, engagement: Engagement, words: Said, told: str | None = None) -> tuple[Episode, ...]:
    """The episodes of both persons in order of their start; of one person a present spell may be `told` of."""
    likely_of: list[list[Likely]] = []
    for person in (0, 1):
        likely = []
        for spell in spells(engagement.people[person].withdrawn):
            probability = spell_probability(stream, engagement, words, person, spell)
            present = PEOPLE[person] == told and spell[1] >= stream.days
            if probability >= (TOLD_FROM if present else NAMED_FROM):
                likely.append((spell, probability))
        likely += [
            (spell, FOR_WEEKS * (1 - outside_share(stream, words, person, spell)))
            for spell in for_weeks(stream, words, person)
            if not any(a < spell[1] and spell[0] < b for (a, b), _ in likely)
        ]
        joined = until_back(stream, person, sorted(likely))
        ended = [(said_back(stream, engagement, words, person, spell), sure) for spell, sure in joined]
        likely_of.append([(from_silence(stream, words, person, spell), sure) for spell, sure in ended])
    found = [
        describe(stream, engagement, words, person, spell, probability)
        for person in (0, 1)
        for spell, probability in likely_of[person]
        if not echoes(spell, probability, likely_of[1 - person]) and not lets_be(stream, words, person, spell)
    ]
    # However short the lines, where nearly as many came as ever nobody would call it a spell.
    fewer = (e for e in found if (e.contact_kept or 0.0) < NEAR_USUAL)
    return tuple(sorted(fewer, key=lambda e: (e.start, e.person)))


def for_weeks(stream: Stream, words: Said, person: int) -> list[tuple[int, int]]:
    """Silences of more than two weeks into which the other wrote, as (first, first day back).

    Where somebody is away as often as there the usual of the record is no measure. Whoever writes only every few weeks
    is not away.
    """
    days = np.unique(stream.day_of(stream.at[stream.who == person]))
    if days.size < FEWEST_DAYS:
        return []
    gaps = np.diff(days)
    least = max(WEEKS_DAYS, OFTEN_AS_LONG * float(np.median(gaps)))
    ends = np.append(days[1:], stream.days)
    return [
        (first + 1, back)
        for first, back in zip(days.tolist(), ends.tolist(), strict=True)
        if back - first > least
        and stream.covered[first + 1 : back].mean() > WHOLE
        and unanswered(stream, words, person, stream.day_edges[first + 1], stream.day_edges[back]) >= WAITED_TURNS
    ]


def echoes(spell: tuple[int, int], probability: float, others: list[Likely]) -> bool:
    """Whether a spell lies in a surer one of the other that began days before: who is left alone goes quiet, too."""
    first, back = spell
    return any(a + ECHO_DAYS <= first and back <= b and sure >= probability + SURER for (a, b), sure in others)


def lets_be(stream: Stream, words: Said, person: int, spell: tuple[int, int]) -> bool:
    """Whether a spell is room asked for or given right before it, with next to nothing of the other's unanswered."""
    begin, stop = (float(stream.day_edges[day]) for day in spell)
    asked = words.rows("space_request", 1 - person, begin - LET_BE_DAYS * DAY, begin)
    given = words.rows("gives_room", person, begin - LET_BE_DAYS * DAY, begin)
    return asked.size + given.size > 0 and unanswered(stream, words, person, begin, stop) < WAITED_TURNS


def spells(withdrawn: Floats) -> list[tuple[int, int]]:
    """Runs of days as likely withdrawn as not, as (first, first day back)."""
    begins, stops = runs(withdrawn[None, :] > NAMED_FROM)[1:]
    return [(a, b) for a, b in zip(begins.tolist(), stops.tolist(), strict=True) if b - a >= SHORTEST]


def said_back(
    stream: Stream, engagement: Engagement, words: Said, person: int, spell: tuple[int, int]
) -> tuple[int, int]:
    """A running spell until the day on which the person spoke of the quiet, if much of the usual has come since."""
    first, last = spell
    if last < stream.days:
        return spell
    begin = float(stream.day_edges[first])
    about = (words.rows(label, person, begin, stream.end) for label in ("about_quiet", "explanation"))
    days = np.unique(stream.day_of(stream.at[np.unique(np.concatenate(list(about)))]))
    back = next(
        (
            int(day)
            for day in days[(days >= first + SHORTEST) & (days < last - 1)]
            if contact_kept(stream, engagement, person, (int(day), last)) >= MUCH_OF_USUAL
        ),
        last,
    )
    return first, back


def from_silence(stream: Stream, words: Said, person: int, spell: tuple[int, int]) -> tuple[int, int]:
    """A spell that begins in a silence, from the first day of it on, if the other wrote before it was likely."""
    first, back = spell
    wrote = np.unique(stream.day_of(stream.at[stream.who == person]))
    silent = int(wrote[wrote <= first][-1]) + 1 if (wrote <= first).any() else first
    if silent >= first or stream.covered[silent:first].mean() <= WHOLE:
        return spell
    waits = unanswered(stream, words, person, stream.day_edges[silent], stream.day_edges[first])
    return (silent, back) if waits else spell


def until_back(stream: Stream, person: int, found: list[Likely]) -> list[Likely]:
    """The same spells, each until a day on which this person writes again; those that then touch are one.

    A return can be likely before a word has come, as it is when the other falls quiet too.
    """
    wrote = stream.day_of(stream.at[stream.who == person])
    joined: list[Likely] = []
    for (first, back), probability in found:
        later = wrote[wrote >= back]
        until = int(later[0]) if later.size else stream.days
        if joined and first <= joined[-1][0][1]:
            (first, _), other = joined.pop()
            probability = max(probability, other)
        joined.append(((first, until), probability))
    return joined


def spell_probability(
    stream: Stream, engagement: Engagement, words: Said, person: int, spell: tuple[int, int]
) -> float:
    """Share of drawn histories in which this person has such a spell, less what an announced cause explains."""
    agreeing = agreement(engagement.draws[person], spell)
    return agreeing * (1 - outside_share(stream, words, person, spell))


def around_start(stream: Stream, spell: tuple[int, int]) -> tuple[float, float]:
    """The stretch of time in which words about a spell are looked for."""
    start = float(stream.day_edges[spell[0]])
    return start - BEFORE_DAYS * DAY, start + AFTER_START_DAYS * DAY


def outside_share(stream: Stream, words: Said, person: int, spell: tuple[int, int]) -> float:
    """Probability that a stretch of little contact has an outside cause this person announced, or gave on return.

    Every message counts by how far it speaks for such news; silence about it changes nothing. Asking for space, and an
    apology on return, speak for withdrawing.
    """
    own = np.flatnonzero(words.who == person)
    begin, stop = (float(stream.day_edges[d]) for d in spell)
    early = words.announced("outside_cause", person, *around_start(stream, spell))
    places = news_places(stream.at[own], begin, stop, np.flatnonzero(np.isin(own, early)))

    def heard(label: str, share: float, *where: str) -> float:
        return told(words.weights[label][own], {name: places[name] for name in where}, share)

    weeks_over = max(spell[1] - spell[0] - LONG_ABSENCE_DAYS, 0) / 7
    share = OUTSIDE_SHARE * float(0.5**weeks_over)
    outside = share * max(heard("outside_cause", ANNOUNCED_SHARE, *NEWS_PLACES) - 1, 0.0)
    asked = max(heard("space_request", ASKED_SHARE, "before", "inside"), 1.0)
    owned = max(heard("apology", OWNED_SHARE, "after"), 1.0)
    return outside / (outside + (1 - OUTSIDE_SHARE) * asked * owned)


def news_places(at: Floats, start: float, stop: float, early: Ints) -> dict[str, tuple[Ints, Floats]]:
    """Rows of the messages in which news of a spell would be given, and the chance of each, by `NEWS_PLACES`.

    Of messages further back only those count that named the day (`early`), as if written on it.
    """
    times = [start - BEFORE_DAYS * DAY, start, stop, stop + WORD_DAYS * DAY]
    recent, first, last, late = np.searchsorted(at, times).tolist()
    before = np.concatenate([early, np.arange(recent, first)])
    inside = np.arange(first, min(first + FIRST_INSIDE, last))
    after = np.arange(last, min(last + FIRST_AFTER, late))
    likely = {
        "before": (before, np.exp((np.where(at[before] < times[0], start, at[before]) - start) / (NEWS_FADES * DAY))),
        "inside": (inside, 0.5 ** np.arange(inside.size)),
        "after": (after, 0.5 ** np.arange(after.size)),
    }
    return {name: (rows, NEWS_PLACES[name] * w / max(w.sum(), 1e-300)) for name, (rows, w) in likely.items()}


def describe(
    stream: Stream,
    engagement: Engagement,
    words: Said,
    person: int,
    spell: tuple[int, int],
    probability: float,
) -> Episode:
    """An episode with what surrounds it."""
    first, last = spell
    running = last >= stream.days
    begin = float(stream.day_edges[first])
    stop = stream.end if running else float(stream.day_edges[last])
    window = around_start(stream, spell)
    space = words.rows("space_request", person, window[0], max(window[1], stop))
    own, other = PEOPLE[person], 1 - person
    days = engagement.people[person]
    inside = slice(first, last)
    # The days the model takes for withdrawn count; where it takes none for that, all do alike.
    weight = days.withdrawn[inside] + LEAST_WEIGHT
    return Episode(
        person=own,
        start=stream.date_of(first),
        end=None if running else stream.date_of(last),
        days=last - first,
        depth=float(np.clip(1 - np.average(days.share[inside], weights=weight), 0, 1)),
        probability=probability,
        said_so=bool(space.size) if words.texts[person] else None,
        contact_kept=contact_kept(stream, engagement, person, spell),
        longest_silence_hours=longest_silence(stream, person, begin, stop),
        space_given=space_given(engagement, other, spell),
        unanswered_turns=unanswered(stream, words, person, begin, stop),
        pressing_messages=pressing(words, other, begin, stop) if words.texts[other] else None,
        return_=None if running else describe_return(stream, engagement, words, person, last),
        evidence=first_messages(stream, words, person, begin, stop),
        said_so_evidence=words.refs(space),
        outside_cause=words.refs(causes(words, person, window, stop)),
        said_why=words.refs(reasons(words, person, window[0], max(window[1], stop))),
    )


def causes(words: Said, person: int, window: tuple[float, float], stop: float) -> Ints:
    """Messages that name what takes this person away around the start of a spell, or trouble before and in it."""
    # A start is dated to within some days: news a little later is news of it all the same.
    away = words.rows("outside_cause", person, window[0], window[1] + LATER_DAYS * DAY)
    away = np.union1d(away, words.announced("outside_cause", person, *window))
    begin = window[0] + (BEFORE_DAYS - TROUBLE_DAYS) * DAY
    return np.union1d(away, words.rows("trouble", person, begin, max(window[1], stop)))


def reasons(words: Said, person: int, start: float, stop: float) -> Ints:
    """Messages that say, even vaguely, what the quiet is: asking for room, or explaining the quiet."""
    vaguely, space, why, quiet = (
        words.rows(label, person, start, stop) for label in ("vaguely", "space_request", "explanation", "about_quiet")
    )
    explained = np.intersect1d(why, np.union1d(vaguely, quiet))
    return np.union1d(np.intersect1d(space, vaguely), np.setdiff1d(explained, words.rows("brief", person, start, stop)))


def contact_kept(stream: Stream, engagement: Engagement, person: int, spell: tuple[int, int]) -> float:
    """Messages a day inside the spell over messages a day on this person's engaged days, at most 1."""
    written = np.bincount(stream.day_of(stream.at[stream.who == person]), minlength=stream.days)
    calm = (1 - engagement.people[person].withdrawn) * (1 - engagement.absent) * stream.covered
    usual = (written * calm).sum() / max(calm.sum(), 1e-9)
    inside = written[spell[0] : spell[1]].sum() / max(stream.covered[spell[0] : spell[1]].sum(), 0.5)
    return float(np.clip(inside / max(usual, 1e-9), 0, 1))


def longest_silence(stream: Stream, person: int, begin: float, stop: float) -> float:
    """Longest stretch in hours without a message of this person that touches the spell."""
    own = stream.at[stream.who == person]
    marks = np.concatenate([[stream.start], own, [stream.end]])
    touching = (marks[1:] > begin) & (marks[:-1] < stop)
    return float(np.diff(marks)[touching].max() / HOUR)


def space_given(engagement: Engagement, other: int, spell: tuple[int, int]) -> bool | None:
    """Whether the other eased off: clearly fewer starts than usual, given the quiet there was; None if unclear."""
    days = engagement.people[other]
    inside = slice(spell[0], spell[1])
    made = float(days.seen.starts[inside].sum())
    usual = float(days.usual.starts[inside].sum())
    if usual < 2:
        return None
    # Gamma interval of the ratio with one pseudo-start at the usual rate.
    ratio, noise = (made + 1) / (usual + 1), 1 / np.sqrt(made + 1)
    if ratio * np.exp(noise) < 0.9:
        return True
    return False if ratio * np.exp(-noise) > 0.6 else None


def unanswered(stream: Stream, words: Said, person: int, begin: float, stop: float) -> int:
    """Turns of the other inside the spell after which this person wrote nothing before the other's next turn.

    Turns that only close ("good night then") wait for no answer.
    """
    spoken = turns(stream)
    theirs = np.flatnonzero((spoken.who != person) & (spoken.start >= begin) & (spoken.start < stop))
    follows = theirs + 1
    last = follows >= spoken.who.size
    answered = ~last & (spoken.who[np.minimum(follows, spoken.who.size - 1)] == person)
    opens = np.concatenate([[0], np.cumsum(~words.marks["closing"])])
    waits = opens[spoken.last[theirs] + 1] > opens[spoken.first[theirs]]
    return int((~answered & waits).sum())


def pressing(words: Said, person: int, begin: float, stop: float) -> int:
    """How many of a person's messages press, as near as can be told, from how many seem to."""
    low, high = np.searchsorted(words.at, [begin, stop])
    written = int((words.who[low:high] == person).sum())
    return corrected(words.rows("pressing", person, begin, stop).size, written, "pressing").count


def first_messages(stream: Stream, words: Said, person: int, begin: float, stop: float) -> tuple[str, ...]:
    """The last message before, the first and last inside: what anyone would look up."""
    own = np.flatnonzero(stream.who == person)
    low, high = np.searchsorted(stream.at[own], [begin, stop])
    picked = [own[i] for i in (low - 1, low, high - 1) if 0 <= i < own.size]
    return words.refs(np.unique(np.asarray(picked, dtype=np.int64)))


def describe_return(stream: Stream, engagement: Engagement, words: Said, person: int, day: int) -> Return:
    """How the person came back: the first two days against the person's own usual, and what was said."""
    begin = float(stream.day_edges[day])
    stop = min(begin + RETURN_DAYS * DAY, stream.end)
    own = stream.at[(stream.who == person) & (stream.at >= begin) & (stream.at < stop)]
    spoken = min(float(own[0]) + WORD_DAYS * DAY, stop) if own.size else stop
    sorry = words.rows("apology", person, begin, spoken)
    reason = words.rows("explanation", person, begin, spoken)
    about = np.union1d(sorry, words.rows("about_quiet", person, begin, spoken))
    heard = words.texts[person]
    return Return(
        date=stream.date_of(day),
        warmth=return_warmth(stream, engagement, words, person, day),
        acknowledged=bool(about.size or reason.size) if heard else None,
        explained=bool(reason.size) if heard else None,
        evidence=words.refs(np.union1d(about, reason)),
        messages=int(own.size),
    )


def return_warmth(stream: Stream, engagement: Engagement, words: Said, person: int, day: int) -> Warmth | None:
    """Warm, usual or flat by how much this person starts and answers in the first two days, and by what they say.

    Where their words can be read, a return without a warm word is not warm, nor is one of mostly short or sharp lines.
    """
    days = engagement.people[person]
    two = slice(day, min(day + int(RETURN_DAYS), stream.days))
    made = float(days.seen.starts[two].sum() + days.seen.answers[two].sum())
    usual = float(days.usual.starts[two].sum() + days.usual.answers[two].sum())
    if usual < 1:
        return None
    ratio = (made + 1) / (usual + 1)
    begin, stop = float(stream.day_edges[two.start]), float(stream.day_edges[two.stop])
    own = stream.who == person
    written = int((own & (stream.at >= begin) & (stream.at < stop)).sum())
    warm, *cool = (words.rows(label, person, begin, stop) for label in ("warm", "curt", "sharp", "space_request"))
    share = float(words.marks["warm"][own].mean()) if own.any() else 0.0
    more = ratio > MORE
    if words.texts[person]:
        cold = np.unique(np.concatenate(cool)).size
        more = (more and warm.size > 0) or (
            warm.size >= FEW_WARM and warm.size > MUCH * share * written and ratio > LESS
        )
        more = more and not (cold > warm.size and 2 * cold >= written)
    return "warm" if more else "flat" if ratio < LESS else "usual"
