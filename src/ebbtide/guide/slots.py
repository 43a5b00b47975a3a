"""Slots: what can be filled into an entry of a pack, from the reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ebbtide.reading import Present, Reading, Situation, Voice, situation
from ebbtide.reading.criteria import CONTACT
from ebbtide.reading.findings import away_now
from ebbtide.reading.own_words import feelings, said_back, shareable
from ebbtide.reading.phrases import (
    DAYS_A_MONTH,
    UNNAMED,
    coming,
    evening_of,
    in_words,
    lasting,
    lasting_days,
    listed,
    on_coming,
    on_evening,
    range_of_days,
    times,
    told_days,
)
from ebbtide.reading.present import not_the_reader
from ebbtide.selfreport.intake import OWN_LOADS, RED_FLAGS, STRESS, Intake

#: By then a person who said nothing has had about a week.
WEEK_DAYS = 7
#: How many days ahead the next good evening is, where neither the silence nor the spell gives one.
DAYS_AHEAD: Mapping[Situation, int] = {"unusual_quiet": 2, "processing": 2, "concerning": 3, "returned": 3}
#: After this hour "this evening" comes too soon.
EVENING_STARTS = 18

Slot = Callable[[Reading, Present, Voice], str | None]


def filled(names: frozenset[str], reading: Reading, now: Present, voice: Voice) -> dict[str, str] | None:
    """The words for these slots; None if one of them has nothing to say in this reading."""
    words = {name: SLOTS[name](reading, now, voice) for name in names}
    known = {name: said for name, said in words.items() if said is not None}
    return known if len(known) == len(words) else None


def name(reading: Reading, now: Present, voice: Voice) -> str:
    """The other person, seen from the one who is spoken to; from the intake alone neither has a name."""
    if reading.told_only:
        return UNNAMED
    # Nobody is told of themselves by their name, in whatever voice they asked.
    if reading.asker is not None:
        return reading.name(not_the_reader(reading))
    return reading.name(now.who if voice == "waiting" else now.partner)


def until(reading: Reading, now: Present, voice: Voice) -> str:
    """The next good evening: "Sunday evening"."""
    return evening_of(good_evening(reading, now, voice), now.today)


def on_until(reading: Reading, now: Present, voice: Voice) -> str:
    """The next good evening with its preposition: "on Sunday evening"."""
    return on_evening(good_evening(reading, now, voice), now.today)


def day_named(words: Callable[[date, date], str], key: str = "day_named") -> Slot:
    """The day that was named for being in touch, or by another finding, in these words."""

    def said(reading: Reading, now: Present, _: Voice) -> str | None:
        ahead = next((f.numbers["ahead_days"] for f in reading.findings if f.key == key), None)
        return None if ahead is None else words(now.today + timedelta(days=ahead), now.today)

    return said


def away_until(reading: Reading, now: Present, _: Voice) -> str | None:
    """The day until which the one in question said beforehand to be away."""
    away = away_now(reading, now.who)
    return None if away is None else coming(now.today + timedelta(days=away.numbers["until_days"]), now.today)


def good_evening(reading: Reading, now: Present, voice: Voice) -> date:
    """The next evening that is neither too soon for the one who is quiet nor too far for the other.

    For the one who withdraws it is tomorrow. For the one waiting: in a usual quiet when nine in ten quiet spells have
    ended; in a spell that settles, the end of its first week.
    """
    moment = reading.span.now.astimezone(ZoneInfo(reading.span.tz))
    tomorrow = now.today + timedelta(days=1)
    if voice == "withdrawing":
        return tomorrow
    found = situation(reading)
    if found == "usual_quiet":
        return evening_after_most(now, moment) or tomorrow
    if found == "processing" and now.running is not None:
        week = now.running.episode.start + timedelta(days=WEEK_DAYS)
        return week if week >= tomorrow else now.today + timedelta(days=DAYS_AHEAD[found])
    return now.today + timedelta(days=DAYS_AHEAD.get(found, 1))


def evening_after_most(now: Present, moment: datetime) -> date | None:
    """The evening by which nine in ten of this person's quiet spells are over, if that still lies ahead."""
    silence = now.silence
    if silence is None or silence.since is None or not silence.usual_hours:
        return None
    over = (silence.since + timedelta(hours=silence.usual_hours["p90"])).astimezone(moment.tzinfo)
    day = over.date() if over.hour < EVENING_STARTS else over.date() + timedelta(days=1)
    late = moment.hour >= EVENING_STARTS and day == moment.date()
    return None if over <= moment or late else day


def turns(_: Reading, now: Present, __: Voice) -> str | None:
    """How often the other has written since: "six times"."""
    return times(now.silence.waiting_turns) if now.silence and now.silence.waiting_turns else None


def quiet_for(_: Reading, now: Present, __: Voice) -> str | None:
    """How long the present silence is: "31 hours"."""
    return lasting(now.silence.hours) if now.silence and now.silence.hours else None


def spell_length(_: Reading, now: Present, __: Voice) -> str | None:
    """How long the spell has lasted, or lasted: "9 days"."""
    return lasting_days(now.spell.episode.days) if now.spell else None


def back_for(_: Reading, now: Present, __: Voice) -> str | None:
    """How long somebody was back before going again: "4 days"."""
    return lasting_days(now.back_for) if now.back_for is not None else None


def one_in(_: Reading, now: Present, __: Voice) -> str | None:
    """How rare the silence is: the n of "1 in n"."""
    return str(now.silence.one_in) if now.silence and now.silence.one_in and now.silence.one_in > 1 else None


def spells_before(_: Reading, now: Present, __: Voice) -> str | None:
    """How many spells there were before: "three times"."""
    return times(len(now.earlier)) if now.earlier else None


def spells_known(_: Reading, now: Present, __: Voice) -> str | None:
    """How many spells there were before, as a number in words: "three"."""
    return in_words(len(now.earlier)) if now.earlier else None


def so_far(reading: Reading, now: Present, _: Voice) -> str | None:
    """How long the distance has lasted, by the record or else as told: "9 days"."""
    if now.running is not None:
        return lasting_days(now.running.episode.days)
    told = reading.intake.since_days if reading.intake else None
    return told_days(told) if told is not None and told >= 1 else None


def usual_spell(reading: Reading, now: Present, _: Voice) -> str | None:
    """How long earlier spells took, by the record or else as told: "5 to 14 days", "about 6 days"."""
    if now.earlier:
        return range_of_days([e.episode.days for e in now.earlier])
    told = reading.intake.before.usual_days if reading.intake else None
    return f"about {told_days(told)}" if told is not None and told >= 1 else None


def before(reading: Reading, now: Present, voice: Voice) -> str | None:
    """How many spells there were before, by the record or else as told: "three times"."""
    told = reading.intake.before.times if reading.intake else None
    return spells_before(reading, now, voice) or (times(told) if told else None)


def last_time(_: Reading, now: Present, voice: Voice) -> str | None:
    """What the one waiting did in the last spell before this one, and how that ended, as a sentence of the record."""
    if not now.earlier:
        return None
    last = now.earlier[-1].episode
    who = "you" if voice == "waiting" else "the other"
    if last.unanswered_turns is not None and last.unanswered_turns > 1:
        did = f"{who} wrote {times(last.unanswered_turns)} without an answer"
    elif last.space_given:
        did = f"{who} left room"
    else:
        return None
    warmth = last.return_.warmth if last.return_ else None
    back = f"; then contact was {CONTACT[warmth]}" if warmth else ""
    return f"In the spell before this one {did}. It took {lasting_days(last.days)}{back}."


def warm_of(_: Reading, now: Present, __: Voice) -> str | None:
    """How many of the returns that can be compared were warm: "2 of 3"."""
    known = [r.warmth for e in now.earlier if (r := e.episode.return_) is not None and r.warmth is not None]
    return f"{known.count('warm')} of {len(known)}" if known else None


def told(field: str, known: Mapping[str, str], *, of_teller: bool) -> Slot:
    """What an intake lists in a field: "work and money"; with `of_teller` only to the one who answered."""

    def said(reading: Reading, _: Present, voice: Voice) -> str | None:
        intake = reading.intake
        if intake is None or (of_teller and intake.voice != voice):
            return None
        named = said_back(getattr(intake, field), known)
        return listed(named) if named else None

    return said


def carried(kind: Callable[[Intake], tuple[str, ...]]) -> Slot:
    """What the teller carries of one kind: what can be shared, or what is felt; only to the one who answered."""

    def said(reading: Reading, _: Present, voice: Voice) -> str | None:
        intake = reading.intake
        ids = kind(intake) if intake is not None and intake.voice == voice else ()
        return listed(said_back(ids, OWN_LOADS)) if ids else None

    return said


def balance(reading: Reading, _: Present, __: Voice) -> str | None:
    """The first thing messages show of give and take, as a sentence of the record."""
    said = next((f.words for f in reading.findings if f.key == "give_and_take"), None)
    return None if said is None else f"{said.partition('. ')[0]}."


def together_for(reading: Reading, _: Present, __: Voice) -> str | None:
    """How long the two have known each other as a couple, as told: "10 weeks"."""
    months = reading.intake.together_months if reading.intake else None
    return told_days(months * DAYS_A_MONTH) if months else None


def agreed_ago(reading: Reading, _: Present, __: Voice) -> str | None:
    """How long ago the two agreed on something, of which the spell at hand is a test: "7 days"."""
    days = next((f.numbers["days_ago"] for f in reading.findings if f.key == "agreement"), None)
    return None if days is None else lasting_days(round(days))


SLOTS: Mapping[str, Slot] = {
    "name": name,
    "until": until,
    "on_until": on_until,
    "named_day": day_named(coming),
    "on_named_day": day_named(on_coming),
    "meeting_day": day_named(coming, "meeting_named"),
    "on_meeting_day": day_named(on_coming, "meeting_named"),
    "day_of_meeting": day_named(coming, "meeting_past"),
    "away_until": away_until,
    "turns": turns,
    "quiet_for": quiet_for,
    "spell_length": spell_length,
    "back_for": back_for,
    "one_in": one_in,
    "spells_before": spells_before,
    "spells_known": spells_known,
    "so_far": so_far,
    "usual_spell": usual_spell,
    "before": before,
    "last_time": last_time,
    "warm_of": warm_of,
    "stress": told("stress", STRESS, of_teller=False),
    "own_load": carried(shareable),
    "own_feeling": carried(feelings),
    "flags": told("red_flags", RED_FLAGS, of_teller=True),
    "balance": balance,
    "agreed_ago": agreed_ago,
    "together_for": together_for,
}
