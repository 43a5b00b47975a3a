"""Build: one Reading from a conversation and what the models found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import polars as pl

from ebbtide.conversation import Conversation, Interval
from ebbtide.episodes import Episode
from ebbtide.reading.after_quarrels import of_after_quarrels
from ebbtide.reading.agreed import of_agreement
from ebbtide.reading.beside import Agreement
from ebbtide.reading.between import of_between
from ebbtide.reading.both import carried_in, of_answers, of_words, the_other_way_round, thin_answer, with_answers
from ebbtide.reading.context import Context, Days
from ebbtide.reading.criteria import criteria, kind
from ebbtide.reading.explanations import about_then, holes_between, other_explanations
from ebbtide.reading.exposure import before_words, exposures, of_exposures
from ebbtide.reading.findings import away_now, checkins, findings, record_ended
from ebbtide.reading.help import country_of
from ebbtide.reading.home import living_together, of_asking
from ebbtide.reading.limits import limits
from ebbtide.reading.parting import of_farewell, of_parting
from ebbtide.reading.patterns import Occurrence, before_absence, of_patterns
from ebbtide.reading.phrases import Named, days_between
from ebbtide.reading.present import local_today, present
from ebbtide.reading.promised import QUIET_FROM, of_greeting, of_meeting, of_named_day, of_question
from ebbtide.reading.quarrel import of_quarrel
from ebbtide.reading.quiet import as_announced
from ebbtide.reading.reciprocity import excused, of_reciprocity
from ebbtide.reading.rhythm import of_rhythm
from ebbtide.reading.room import of_room
from ebbtide.reading.safety import Level, safety, told_safety
from ebbtide.reading.sentences import answer
from ebbtide.reading.sign_words import of_signs
from ebbtide.reading.slips import of_slips
from ebbtide.reading.talked import of_talk
from ebbtide.reading.trouble import of_trouble
from ebbtide.reading.types import (
    Answer,
    EpisodeReading,
    Finding,
    Noted,
    Person,
    Reading,
    Reciprocity,
    Rhythm,
    Ribbon,
    Safety,
    Sign,
    Silence,
    Span,
    Voice,
)
from ebbtide.reading.unkept import of_unkept
from ebbtide.reading.vows import of_vow
from ebbtide.selfreport import Intake, triggers
from ebbtide.selfreport.checkins import DISTANCE, TOGETHER, close_days, days_apart, days_together
from ebbtide.signals.language import legible
from ebbtide.signals.named_days import day_named
from ebbtide.signals.reciprocity import CALLS

#: Last words are those of so many hours.
LAST_WORDS = timedelta(hours=3)
#: Room that was asked for so lately is still being given, by one who has sent no more than so many lines since.
#: The first and the last day of a quiet with a reason the reader knows, and the reason.
Away = tuple[date, date, str]
KNOWN_AS = {
    "home": ": you are together in person",
    "travel": ": travel",
    "ill": ": illness",
    "work": ": work",
    "other": "",
}
ROOM_KEPT, KEEPS_TO = timedelta(days=21), 2
#: A day so far off that a silence until then is meant.
FAR_OFF = timedelta(days=2)


def build(
    talk: Conversation,
    *,
    now: datetime,
    silences: Sequence[Silence],
    episodes: Sequence[Episode],
    ribbon: Ribbon | None,
    marks: pl.DataFrame,
    safety_level: Level,
    safety_evidence: tuple[str, ...],
    enough: bool,
    version: str,
    current: bool = True,
    noted: pl.DataFrame | None = None,
    away: Sequence[Away] = (),
    softened: tuple[str, ...] = (),
    patterns: Sequence[Occurrence] = (),
    answers: Intake | None = None,
    voice: Voice | None = None,
    signs: tuple[tuple[Sign, ...], tuple[Sign, ...]] = ((), ()),
    rhythm: Rhythm | None = None,
    reciprocity: tuple[Reciprocity, ...] = (),
    agreements: tuple[Agreement, ...] = (),
) -> Reading:
    """Everything there is to say about a conversation, but the advice.

    `talk` holds two people; `now` is aware; `marks` has `id` and the boolean columns of `signals.words`. With `enough`
    false the record is too thin and only general things are said. `current` is false if the record stops long before
    the clock: then nothing is said about now. `softened` are recent signs of danger that are likely figures
    of speech; `patterns` are what took more than one message; `signs` the signs and the counter-signs,
    `reciprocity` what each gives, `agreements` what the two agreed on; `voice` is as whom the reader asks; `away` are
    the local days, both included, whose quiet has a reason the reader knows. `noted` are the check-ins
    (selfreport.py), None where none were given.
    """
    country = country_of(talk.tz) if talk.tz_source != "assumed" else None
    signs_of_harm = written(talk, safety_evidence)
    wrote = {p for p, _ in signs_of_harm}
    care = safety(safety_level, safety_evidence, country, by_reader=wrote == {talk.me})
    if signs_of_harm:
        care = replace(care, wrote=tuple(sorted(wrote)), last=signs_of_harm[-1][1])
    in_text = care
    if answers is not None and (answers.safety.named or (answers.safety.any and care.level == "none")):
        care = told_safety(answers.safety, at_home=answers.living == "together", country=country)
    people, said, span = spoken_of(talk), marked(talk, marks, now), span_of(talk, now)
    counts = () if noted is None else exposures(noted, episodes, span.start.date(), span.now.date())
    reading = Reading(
        version=version,
        people=people_of(talk),
        span=span,
        imports=talk.imports,
        answer=Answer("", "", ""),
        silence=tuple(silences),
        episodes=tuple(
            e if noted is None else replace(e, noted=before_words(e.episode, noted, counts, people))
            for e in read_episodes(episodes, contexts_of(talk, episodes, marks, now, in_text, noted))
        ),
        findings=(),
        advice=(),
        safety=care,
        limits=limits(
            talk,
            holes=days_without_data(talk),
            has_words=holds_words(talk),
            # Beside danger nobody is told that other words were none.
            softened=[(people[w], day) for w, day in written(talk, softened)] if care.level == "none" else (),
        ),
        ribbon=ribbon,
        enough=enough,
        signs=signs[0],
        counter_signs=signs[1],
        rhythm=rhythm,
        reciprocity=reciprocity,
        noted=noted_days(noted, span),
        exposures=counts,
        agreements=agreements,
        let_be=asked_to_be_let(said) or answered_late(said, talk.me),
        voice=answers.voice if voice is None and answers is not None else voice,
    )
    told: tuple[Finding, ...] = ()
    if answers is not None:
        told = tuple(of_answers(reading, answers))
        reading = with_answers(reading, answers)
    elif (other := the_other_way_round(reading)) is not None:
        told = (other,)
    return with_findings(reading, talk, marks, said, current, noted, patterns, (*told, *explained_away(reading, away)))


def explained_away(reading: Reading, away: Sequence[Away]) -> Iterator[Finding]:
    """That the present days have a reason the reader knows, so that no silence in them is measured."""
    today = local_today(reading)
    for start, end, reason in away:
        if start <= today <= end:
            days = days_between(start, end)
            words = f"The quiet of these days, {days}, is explained as you say{KNOWN_AS[reason]}; it is not measured."
            yield Finding("explained_away", None, words)
            return


def spoken_of(talk: Conversation) -> dict[str, Named]:
    """How sentences speak of the two, by id."""
    return {p.id: Named(p.name, p.id == talk.me) for p in talk.people}


def written(talk: Conversation, ids: Sequence[str]) -> list[tuple[str, date]]:
    """Who wrote these events, and on which local day, in order of time."""
    rows = talk.events.filter(pl.col("id").is_in(ids) & pl.col("person").is_not_null()).sort("at")
    day = pl.col("at").dt.convert_time_zone(talk.tz).dt.date()
    return list(rows.select("person", day).iter_rows())


def with_findings(
    reading: Reading,
    talk: Conversation,
    marks: pl.DataFrame,
    said: pl.DataFrame,
    current: bool,
    noted: pl.DataFrame | None,
    patterns: Sequence[Occurrence],
    told: tuple[Finding, ...],
) -> Reading:
    """The reading with its findings and the answer they add up to."""
    home = living_together(talk, marks, *spoken_of(talk).values())
    reading = replace(reading, at_home=bool(home))
    found = findings(reading)
    if not current and reading.safety.level != "urgent":
        found = (*found, record_ended(reading))
    if reading.enough and current and reading.safety.level == "none":
        people, now = spoken_of(talk), present(reading)
        weighs = tuple(of_trouble(said, reading))
        weighed = replace(reading, findings=weighs)
        if away_now(weighed, now.who) is not None:
            found, patterns = as_announced(found, reading, now), before_absence(patterns, now)
        found = (*found, *of_patterns(patterns, people, reading.span.now.date()))
        # The weeks the signs are of hold the spell that has just ended, and a return is told by what came after it.
        changed = of_signs((*reading.signs, *reading.counter_signs), now.who, people, in_spell=now.spell is not None)
        found = (*found, *changed, *((of_rhythm(reading.rhythm),) if reading.rhythm else ()))
        who, partner, let = people[now.who], people[now.partner], excused(weighed, now)
        found = (*found, *of_reciprocity(reading.reciprocity, now.who, who, partner, excused=let))
        found = (*found, *weighs, *of_named_day(said, reading), *of_quarrel(said, reading))
        found = (*found, *of_question(said, reading), *of_talk(said, reading), *of_meeting(said, reading))
        found = (*found, *of_between(said, reading), *of_after_quarrels(said, reading), *of_slips(said, reading))
        found = (*found, *of_unkept(said, calls_of(talk), reading), *of_greeting(said, reading))
        found = (*found, *of_room(said, reading), *(of_asking(said, reading) if home else ()), *of_vow(said, reading))
        # What is left unanswered after a confession is no neglect.
        if any(f.key == "confession" for f in found):
            found = tuple(f for f in found if f.key != "left_pending")
    if reading.safety.level == "none":
        ended = tuple(of_parting(said, reading))
        found = (*found, *ended, *(of_farewell(said, reading) if current and not ended else ()))
    if reading.enough and reading.safety.level != "urgent":
        # Who has parted writes of the house as well, and of what is still to be shared out.
        if not any(f.key == "parting_named" for f in found):
            found = (*found, *home)
        if noted is not None:
            told_before = of_exposures(reading.exposures, spoken_of(talk)) if reading.safety.level == "none" else ()
            near = len({d for d in days_together(noted) if reading.span.start.date() <= d <= local_today(reading)})
            found = (*found, checkins(len(reading.noted), tuple(told_before), near))
    if reading.safety.level != "urgent":
        # An end that was read in messages is told once.
        keys = {f.key for f in found}
        found = (*found, *(f for f in told if f.key != "parting_named" or f.key not in keys))
        found = (*found, *of_words(reading, keys), *carried_in(reading))
    if reading.safety.level == "none":
        found = (*found, *of_agreement(reading))
    reading = replace(reading, findings=found)
    return replace(reading, answer=thin_answer(reading) or answer(reading))


def marked(talk: Conversation, marks: pl.DataFrame, now: datetime) -> pl.DataFrame:
    """The messages up to now, in order, with what each says (`marks`), its local `day` and how long `ago` it is."""
    here = now.astimezone(UTC)
    said = talk.messages.filter(pl.col("at") <= here).join(marks, on="id", maintain_order="left")
    return said.with_columns(day=pl.col("at").dt.convert_time_zone(talk.tz).dt.date(), ago=pl.lit(here) - pl.col("at"))


def calls_of(talk: Conversation) -> pl.DataFrame:
    """The calls of a conversation, missed ones too: `person` and `at`."""
    return talk.events.filter(pl.col("kind").is_in(list(CALLS))).select("person", "at")


def asked_to_be_let(said: pl.DataFrame) -> str | None:
    """Who asked for room and is let be: in the last words of all, some time ago, or lately with nearly nothing since.

    A day that is named asks for the same. One whose last words leave the other room is not the quiet one either.
    """
    if said.is_empty():
        return None
    last = said.row(-1, named=True)
    if (kept := room_kept(said)) is not None:
        return kept
    if last["ago"] < QUIET_FROM:
        return None
    words = said.filter((pl.col("person") == last["person"]) & (pl.col("ago") <= last["ago"] + LAST_WORDS))
    promised = (day_named(text, last["day"]) for text in words.filter("will_write")["text"])
    # "Talk tomorrow" asks for nothing; who names a day further off is not to be counted out before it.
    asked = bool(words["space_request"].any()) or any(d is not None and d - last["day"] >= FAR_OFF for d in promised)
    return last["person"] if asked else given_room(said)


def answered_late(said: pl.DataFrame, me: str | None) -> str | None:
    """Who answered the reader only today, after more than a day: the reader waited, and has not fallen quiet."""
    own = said.filter(pl.col("person") == me) if me is not None else said.clear()
    since = said.filter(pl.col("at") > own["at"][-1]) if own.height else own
    if since.is_empty():
        return None
    first, day = since.row(0, named=True), timedelta(days=1)
    return first["person"] if first["at"] - own["at"][-1] >= day > first["ago"] else None


def given_room(said: pl.DataFrame) -> str | None:
    """Whom the other said to leave room, and does: with few words of their own since, and nothing left to answer."""
    for person, other in (("a", "b"), ("b", "a")):
        own = said.filter(pl.col("person") == person)
        left = own.filter(pl.col("gives_room") & (pl.col("ago") <= ROOM_KEPT))
        if left.is_empty() or own.filter(pl.col("at") > left["at"][-1]).height > KEEPS_TO:
            continue
        since = said.filter(pl.col("at") > own["at"][-1])
        if since.height <= KEEPS_TO and not since["question"].any():
            return other
    return None


def room_kept(said: pl.DataFrame) -> str | None:
    """Who asked for room in the last weeks, where the other has written next to nothing since."""
    lately = said.filter(pl.col("ago") <= ROOM_KEPT)
    asked = lately.filter("space_request")
    if asked.is_empty():
        return None
    person, at = asked.row(-1, named=True)["person"], asked["at"][-1]
    other = lately.filter((pl.col("person") != person) & (pl.col("at") > at + LAST_WORDS))
    own = lately.filter((pl.col("person") == person) & (pl.col("at") > at))
    # Who writes more than a sign a day is back, and owed an answer.
    days = (lately["at"][-1] - at) / timedelta(days=1) + 1
    return person if other.height <= KEEPS_TO and own.height <= days + KEEPS_TO else None


def noted_days(noted: pl.DataFrame | None, span: Span) -> tuple[Noted, ...]:
    """The days of the record that check-ins tell of, in their order."""
    if noted is None:
        return ()
    inside = noted.filter(pl.col("date").is_between(span.start.date(), span.now.date())).sort("date")
    found = []
    for (day,), rows in inside.group_by("date", maintain_order=True):
        distance = dict(rows.filter(pl.col("item") == DISTANCE).select("person", "value").iter_rows())
        together = rows.filter(pl.col("item") == TOGETHER)["value"].max()
        others = rows.filter(~pl.col("item").is_in([DISTANCE, TOGETHER])).height
        found.append(Noted(day, distance, together, others))  # type: ignore[arg-type]
    return tuple(found)


def read_episodes(episodes: Sequence[Episode], contexts: Mapping[str, Context]) -> tuple[EpisodeReading, ...]:
    """Each episode with its criteria against the person's earlier ones, its kind and its other explanations."""
    ordered = sorted(episodes, key=lambda e: (e.start, e.person))
    found = []
    for episode in ordered:
        context = contexts[episode.person]
        history = [e for e in ordered if e.person == episode.person and e.start < episode.start]
        read = criteria(episode, history, context)
        else_ = other_explanations(episode, context)
        noted = (about_then(episode, context, context.triggers), about_then(episode, context, context.carried))
        found.append(EpisodeReading(episode, kind(read, episode), read, else_, *noted))
    return tuple(found)


def contexts_of(
    talk: Conversation,
    episodes: Sequence[Episode],
    marks: pl.DataFrame,
    now: datetime,
    care: Safety,
    noted: pl.DataFrame | None = None,
) -> dict[str, Context]:
    """For each person what the sentences about their spells need to know."""
    together = tuple(marks.filter("together")["id"].to_list())
    told = (i for e in episodes for i in (*e.said_so_evidence, *e.outside_cause))
    close = () if noted is None else tuple(sorted({day for p in talk.people for day in close_days(noted, p.id)}))
    weighed = {p.id: () if noted is None else triggers(noted, p.id) for p in talk.people}
    lost = dict.fromkeys(weighed, ()) | mournings(talk, marks)
    (one, first), (two, second) = spoken_of(talk).items()
    context = Context(
        who=first,
        partner=second,
        today=now.astimezone(ZoneInfo(talk.tz)).date(),
        has_words=holds_words(talk),
        safety_level=care.level,
        safety_evidence=care.evidence,
        moments=local_moments(talk, (*together, *told, *care.evidence)),
        together=together,
        holes=days_without_data(talk),
        triggers=weighed[one],
        close=close,
        mourning=lost[one],
        limits=tuple(day for _, day in written(talk, marks.filter("limit")["id"].to_list())),
        carried=weighed[two],
        near=() if noted is None else tuple(days_together(noted)),
        far=() if noted is None else tuple(days_apart(noted)),
    )
    swapped = replace(context, who=second, partner=first, triggers=weighed[two], mourning=lost[two])
    swapped = replace(swapped, carried=weighed[one])
    return {one: context, two: swapped}


def mournings(talk: Conversation, marks: pl.DataFrame) -> dict[str, tuple[date, ...]]:
    """The days on which each person told of a death."""
    rows = written(talk, marks.filter("loss")["id"].to_list())
    return {who: tuple(day for person, day in rows if person == who) for who, _ in rows}


def local_moments(talk: Conversation, ids: Iterable[str]) -> dict[str, datetime]:
    """The local time of each of these events."""
    rows = talk.events.filter(pl.col("id").is_in(list(set(ids)))).select(
        "id", pl.col("at").dt.convert_time_zone(talk.tz)
    )
    return dict(rows.iter_rows())


def people_of(talk: Conversation) -> tuple[Person, Person]:
    """The two people as the reading shows them."""
    one, other = (Person(p.id, p.name, p.id == talk.me) for p in talk.people)
    return one, other


def span_of(talk: Conversation, now: datetime) -> Span:
    """What stretch of time the reading is about; a conversation without events spans its own present.

    `start`, `end` and `days` are those of the events. Coverage ends at `now`: what came after the last event is known
    to be quiet.
    """
    zone = ZoneInfo(talk.tz)
    first, last = talk.events.select(pl.col("at").min().alias("a"), pl.col("at").max().alias("b")).row(0)
    start, end = ((first or now).astimezone(zone), (last or now).astimezone(zone))
    return Span(
        start=start,
        end=end,
        now=now.astimezone(zone),
        tz=talk.tz,
        tz_source=talk.tz_source,
        events=talk.events.height,
        messages=talk.messages.height,
        days=(end.date() - start.date()).days + 1,
        coverage=tuple((a.astimezone(zone), b.astimezone(zone)) for a, b in covered(talk, now)),
    )


def covered(talk: Conversation, now: datetime) -> tuple[Interval, ...]:
    """The stretches of coverage, the last of them up to now."""
    *before, (start, _) = talk.coverage or ((now, now),)
    return (*before, (start, now))


def days_without_data(talk: Conversation) -> tuple[Days, ...]:
    """The whole local days between stretches of coverage."""
    zone = ZoneInfo(talk.tz)
    return holes_between(tuple((a.astimezone(zone).date(), b.astimezone(zone).date()) for a, b in talk.coverage))


def holds_words(talk: Conversation) -> bool:
    """Whether messages come with words that the rules can read."""
    return legible(talk.messages["text"])
