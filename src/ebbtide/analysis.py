"""The whole pipeline on one page: read(conversation) -> Reading, in the order in which the data flows.

conversation → stream → engagement → episodes ┐
             → plain words, safety            ├→ reading → advice
             → silence                        ┘
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ebbtide import selfreport
from ebbtide.conversation import Conversation
from ebbtide.episodes import Episode, find_episodes
from ebbtide.errors import BadSetting
from ebbtide.guide import advise
from ebbtide.models.engagement import TOGETHER_TOLD, Engagement, Spoken, fit_engagement
from ebbtide.models.loop import LoopFit, fit_recent
from ebbtide.models.manner import Tone
from ebbtide.models.rescaling import rescale
from ebbtide.models.silence import SilenceFit, present, silences
from ebbtide.models.silence import fit_silence as fit_silence_of
from ebbtide.reading import Reading, Ribbon, Silence, Voice, addressed
from ebbtide.reading.agreed import agreements
from ebbtide.reading.better import better, with_better
from ebbtide.reading.both import changed
from ebbtide.reading.build import build
from ebbtide.reading.hypotheses import hypotheses
from ebbtide.reading.loop import loop
from ebbtide.reading.patterns import Occurrence
from ebbtide.reading.reciprocity import measured as give_and_take
from ebbtide.reading.rhythm import rhythm
from ebbtide.reading.signs import signs as signs_of
from ebbtide.reading.silences import both_silences
from ebbtide.reading.told import told_reading
from ebbtide.reading.told_facts import carried_on, withdrawing_as_told
from ebbtide.reading.week import week
from ebbtide.selfreport import Intake, read_answers
from ebbtide.signals import safety, words
from ebbtide.signals.answers import answers
from ebbtide.signals.moves import Moves, moves
from ebbtide.signals.patterns import patterns
from ebbtide.signals.said import Said, told_by_day
from ebbtide.signals.stream import Floats, Stream, stream
from ebbtide.signals.tally import per_day
from ebbtide.version import VERSION

Reason = Literal["home", "travel", "ill", "work", "other"]
Progress = Callable[[str], None]

SEED = 20250203
#: Below this nothing is said about this couple in particular.
FEWEST_MESSAGES, FEWEST_DAYS = 40, 14
RIBBON_DAYS = 7
#: Beyond this a silence is an old record, and looking along it takes minutes.
LONGEST_SILENCE = timedelta(days=10 * 366)
#: Days outside of these are nobody's; the calendar of computers ends not far beyond.
EARLIEST, LATEST = date(1900, 1, 1), date(2900, 1, 1)


@dataclass(frozen=True, slots=True)
class ExplainedAway:
    """Local days, both included, whose quiet has a reason the user knows."""

    start: date
    end: date
    reason: Reason


@dataclass(frozen=True, slots=True)
class Learnt:
    """What takes time to learn of a conversation, and is the same whoever asks: all but the answers of an intake."""

    talk: Conversation
    now: datetime
    noted: pl.DataFrame | None
    away: tuple[ExplainedAway, ...]
    found: Moves
    marks: pl.DataFrame
    signs: pl.DataFrame
    flow: Stream
    spoken: Said
    engagement: Engagement | None
    silences: tuple[Silence, ...]
    loop: LoopFit | None


def read(
    talk: Conversation,
    now: datetime | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    explain_away: Sequence[ExplainedAway] = (),
    checkins: pl.DataFrame | None = None,
    intake: Intake | None = None,
    voice: Voice | None = None,
    current: bool = True,
    progress: Progress | None = None,
) -> Reading:
    """Read a conversation of two people.

    `now` is when observation ends (aware; by default the last event); `since` and `until` keep only those local days;
    `checkins` are daily notes about either person and `intake` the reader's answers (selfreport), read beside the
    messages; `current` is false where the record stopped long before anyone asked. Raises `NotTwoPeople`,
    `ImportFailed` for check-ins that cannot be used, and `BadSetting` for a `now` far beyond the record.
    """
    step = progress or (lambda _: None)
    learnt = learn(talk, now, since=since, until=until, explain_away=explain_away, checkins=checkins, progress=progress)
    step("Putting the reading together")
    return tell(learnt, intake=intake, voice=voice, current=current)


def learn(
    talk: Conversation,
    now: datetime | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    explain_away: Sequence[ExplainedAway] = (),
    checkins: pl.DataFrame | None = None,
    progress: Progress | None = None,
) -> Learnt:
    """Learn from a conversation all that does not hang on who asks (arguments and errors as in `read`)."""
    step = progress or (lambda _: None)
    end = ending(talk.require_two(), now, until)
    noted = selfreport.checked(checkins, talk)
    talk = between(talk, since, end)
    step("Reading the words")
    found = moves(talk.events)
    marks = words.marks(talk.events, found)
    signs = safety.recent(safety.signs(talk.events, found), talk.events, end)
    enough = holds_enough(talk, end)
    away = (*explain_away, *at_home(noted))
    flow = stream(talk, end, explained(talk, away))
    spoken = words.heard(flow, talk.events, found, marks)
    step("Learning each one's usual")
    days, reports = spoken_days(flow, talk.events, spoken, noted), selfreport.reports(noted, flow)
    engagement = fit_engagement(flow, seed=SEED, spoken=days, reports=reports) if enough else None
    step("Looking at the present silence")
    quiet = both_silences(flow, silences(flow, SEED, enough=enough), talk.events)
    step("Looking for a loop")
    feeding = fit_recent(flow, seed=SEED) if engagement else None
    return Learnt(
        talk=talk,
        now=end,
        noted=None if checkins is None else noted,
        away=away,
        found=found,
        marks=marks,
        signs=signs,
        flow=flow,
        spoken=spoken,
        engagement=engagement,
        silences=quiet,
        loop=feeding,
    )


def tell(learnt: Learnt, *, intake: Intake | None = None, voice: Voice | None = None, current: bool = True) -> Reading:
    """The reading of what was learnt for one who asks (arguments as in `read`)."""
    talk, end, flow, engagement = learnt.talk, learnt.now, learnt.flow, learnt.engagement
    found, marks, spoken = learnt.found, learnt.marks, learnt.spoken
    noted = selfreport.checked(None, talk) if learnt.noted is None else learnt.noted
    intake = None if intake is None else carried_on(intake, end.astimezone(ZoneInfo(talk.tz)).date())
    level, evidence = safety.assess(learnt.signs)
    named = None if intake is None or talk.me is None else withdrawing_as_told(intake, talk.me)
    episodes = with_notes(find_episodes(flow, engagement, spoken, named), noted) if engagement else ()
    reading = build(
        talk,
        now=end,
        silences=learnt.silences,
        episodes=episodes,
        ribbon=ribbon(flow, engagement) if engagement else None,
        marks=marks,
        safety_level=level,
        safety_evidence=evidence,
        softened=tuple(learnt.signs.filter("softened")["id"].to_list()),
        patterns=occurrences(talk, flow, found, marks),
        answers=intake,
        voice=voice,
        enough=engagement is not None,
        version=VERSION,
        current=current,
        noted=learnt.noted,
        away=[(a.start, a.end, a.reason) for a in learnt.away],
        signs=signs_of(flow, engagement, talk.events, found, spoken, episodes, noted),
        reciprocity=give_and_take(flow, engagement, talk.events, found, spoken, noted) if engagement else (),
        rhythm=rhythm(flow, engagement, found, spoken, episodes) if engagement else None,
        agreements=agreements(flow, found, spoken, noted, intake) if engagement else (),
    )
    if engagement:
        turning = loop(learnt.loop, flow, engagement, reading.people, answers(flow, found, spoken))
        reading = replace(reading, loop=turning, week=week(flow, engagement))
    reading = replace(reading, hypotheses=hypotheses(reading))
    return replace(reading, advice=advise(reading, addressed(reading)))


def intake(answers: Mapping[str, Any] | Intake, now: datetime | None = None, earlier: Intake | None = None) -> Reading:
    """A reading from self-report alone: the answers of an intake (schema `ebbtide.intake/1`), at an aware moment.

    `now` defaults to the first moment of 2000, since nothing but dates hangs on it. With the answers of an `earlier`
    intake, what changed is told, and what got better first. Raises `ImportFailed` that names the field of an
    impossible value.
    """
    now = now or datetime(2000, 1, 1, 12, tzinfo=UTC)
    told = carried_on(answers if isinstance(answers, Intake) else read_answers(answers), now.date())
    reading = told_reading(told, now, VERSION)
    if earlier is not None and reading.safety.level == "none" and (news := changed(earlier, told)) is not None:
        reading = replace(reading, findings=(*reading.findings, news))
        if (good := better(earlier, told)) is not None:
            reading = with_better(reading, good)
    return replace(reading, advice=advise(reading, told.voice))


def now(talk: Conversation, now: datetime | None = None, *, fit: SilenceFit | None = None) -> tuple[Silence, ...]:
    """How unusual the present silence of each person is; the same figures as in `read`.

    With a `fit` learnt before nothing is learnt anew, which takes a fraction of a second for a record of years;
    learnt at the same `now`, it gives the same figures.
    """
    end = ending(talk.require_two(), now)
    talk = between(talk, None, end)
    flow = stream(talk, end)
    found = present(fit or fit_silence_of(flow, enough=holds_enough(talk, end)), flow, SEED)
    return both_silences(flow, found, talk.events)


def fit_silence(talk: Conversation, now: datetime | None = None) -> SilenceFit:
    """Learn what is usual for each person's silences, to be kept and given to `now`: numbers only, no words.

    `now` is when observation ends (aware; by default the last event). Raises `NotTwoPeople`.
    """
    end = ending(talk.require_two(), now)
    talk = between(talk, None, end)
    return fit_silence_of(stream(talk, end), enough=holds_enough(talk, end))


def events(talk: Conversation) -> pl.DataFrame:
    """The canonical event table (`EVENT_SCHEMA`)."""
    return talk.events


def rescaled(talk: Conversation, fit_until: str | datetime) -> pl.DataFrame:
    """Each later gap's probability value: `person`, `at`, `event` (id), `u`, `log_score` (nats, density per hour).

    `fit_until` is a local date or an aware datetime; parameters come from before it, history from before each gap's
    end. A calibrated model gives uniform `u` (models/rescaling.py). Raises `NotTwoPeople`.
    """
    talk = talk.require_two()
    flow = stream(talk, ending(talk, None))
    until = moment(fit_until, talk.tz).timestamp()
    found = [rescale(flow, person, until, SEED) for person in (0, 1)]
    rows = np.concatenate([f.event for f in found])
    events: pl.DataFrame = talk.events[flow.event[rows].tolist()]
    return events.select("person", "at", pl.col("id").alias("event")).with_columns(
        u=pl.Series(np.concatenate([f.u for f in found]), dtype=pl.Float64),
        log_score=pl.Series(np.concatenate([f.log_score for f in found]), dtype=pl.Float64),
    )


def moment(given: str | datetime, tz: str) -> datetime:
    """An aware datetime from a local date or datetime written out, or as it is; raises `BadSetting`."""
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        raise BadSetting(f"{given!r} is not a date.", try_="Write it like 2025-05-01.") from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(tz))


def between(talk: Conversation, since: date | None, end: datetime) -> Conversation:
    """Only what was from the local day `since` up to `end`: what came later is not known yet."""
    low = None if since is None else midnight(since, talk.tz)
    kept = talk.events.filter(pl.col("at") <= end)
    if low:
        kept = kept.filter(pl.col("at") >= low)
    coverage = tuple(
        (max(a, low) if low else a, min(b, end)) for a, b in talk.coverage if (low is None or b > low) and a < end
    )
    return replace(talk, events=kept, coverage=coverage)


def ending(talk: Conversation, now: datetime | None, until: date | None = None) -> datetime:
    """The moment observation ends, in UTC: `now`, else the end of coverage; no later than the day `until`."""
    known = talk.coverage[-1][1]
    last = (known if now is None else now).astimezone(UTC)
    if last - known > LONGEST_SILENCE:
        raise BadSetting(
            f"The record ends on {known:%Y-%m-%d}, more than ten years before the time asked about.",
            where="--now",
            try_="Ask about a time nearer to the record, or add a newer export.",
        )
    if until is None:
        return last
    return min(last, midnight(until, talk.tz, after=1) - timedelta(microseconds=1))


def midnight(day: date, tz: str, *, after: int = 0) -> datetime:
    """The moment a local day begins, or the day so many days after it, in UTC; days beyond any record are moved in."""
    near = min(max(day, EARLIEST), LATEST) + timedelta(days=after)
    return datetime.combine(near, time.min, ZoneInfo(tz)).astimezone(UTC)


def holds_enough(talk: Conversation, end: datetime) -> bool:
    """Whether the record says anything about this couple in particular."""
    seen = talk.messages.filter(pl.col("at") <= end)
    if seen.height == 0:
        return False
    counts = [seen.filter(pl.col("person") == p).height for p in ("a", "b")]
    span = end - seen.select(pl.col("at").min()).item()
    return min(counts) >= FEWEST_MESSAGES and bool(span >= timedelta(days=FEWEST_DAYS))


def explained(talk: Conversation, away: Sequence[ExplainedAway]) -> list[tuple[float, float]]:
    """The stretches of UTC seconds whose quiet is known to have a reason."""
    return [
        (midnight(each.start, talk.tz).timestamp(), midnight(each.end, talk.tz, after=1).timestamp()) for each in away
    ]


def at_home(noted: pl.DataFrame) -> list[ExplainedAway]:
    """The days noted as spent together in person."""
    return [ExplainedAway(day, day, "home") for day in selfreport.days_together(noted)]


def with_notes(episodes: Sequence[Episode], noted: pl.DataFrame) -> tuple[Episode, ...]:
    """The episodes, where check-ins say that room was asked for with that known too."""
    said = [selfreport.said_before_going(noted, e.person, e.start) for e in episodes]
    return tuple(replace(e, said_so=True) if told else e for e, told in zip(episodes, said, strict=True))


def occurrences(talk: Conversation, flow: Stream, found: Moves, marks: pl.DataFrame) -> tuple[Occurrence, ...]:
    """What took more than one message, by local day and event."""
    zone, ids = ZoneInfo(talk.tz), talk.events["id"].gather(flow.event).to_list()
    return tuple(
        Occurrence(
            p.kind, "ab"[p.person], datetime.fromtimestamp(p.end, zone).date(), tuple(ids[row] for row in p.rows)
        )
        for p in patterns(flow, found, marks["arranges"].to_numpy())
    )


def spoken_days(flow: Stream, events: pl.DataFrame, spoken: Said, noted: pl.DataFrame) -> Spoken:
    """What the words of each day say of being together, and on which each asked for room (or a check-in says so) or
    named trouble.

    And how many messages of a day were written to someone elsewhere, calls that were missed among them.
    """
    elsewhere = spoken.marks["apart"] | (events["kind"] == "missed_call").to_numpy()[flow.event]
    space, trouble = (
        np.stack([days_with(flow, spoken.marks[label] & (flow.who == person)) for person in (0, 1)])
        for label in ("space_request", "trouble")
    )
    return Spoken(
        told_by_day(flow, spoken.weights["together"], TOGETHER_TOLD),
        np.maximum(space, selfreport.room_asked(noted, flow)),
        trouble,
        per_day(flow, flow.at[elsewhere]),
        (tone_of(flow, spoken, 0), tone_of(flow, spoken, 1)),
    )


def tone_of(flow: Stream, spoken: Said, person: int) -> Tone:
    """How one person wrote by day; nothing where the words cannot be read."""
    written = (flow.who == person) & (flow.length > 0) & spoken.texts[person]
    days = (per_day(flow, flow.at[written & kind]) for kind in (True, spoken.marks["curt"], spoken.marks["open"]))
    return Tone(*days)


def days_with(flow: Stream, which: NDArray[np.bool_]) -> Floats:
    """1 for every day on which one of the chosen messages was written, else 0."""
    return np.minimum(np.bincount(flow.day_of(flow.at[which]), minlength=flow.days), 1).astype(np.float64)


def ribbon(flow: Stream, engagement: Engagement) -> Ribbon:
    """Each person's level by day, against the middle 80% of their engaged days."""
    levels = {}
    low, high = {}, {}
    for name, days in zip("ab", engagement.people, strict=True):
        made, usual = days.seen.starts + days.seen.answers, days.usual.starts + days.usual.answers
        window = np.ones(RIBBON_DAYS)
        made, usual = np.convolve(made, window, mode="same"), np.convolve(usual, window, mode="same")
        known = (usual >= 1) & (flow.covered > 0.2)
        level = np.where(known, made / np.maximum(usual, 1e-9), np.nan)
        calm = level[known & (days.withdrawn < 0.2)]
        low[name], high[name] = (np.quantile(calm, [0.1, 0.9]) if calm.size else np.array([0.5, 1.5])).tolist()
        levels[name] = tuple(None if np.isnan(v) else float(v) for v in level)
    return Ribbon(tuple(flow.date_of(d) for d in range(flow.days)), levels, low, high)
