"""Slots: what can be filled into an entry of a pack, from the reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ebbtide.reading import Present, Reading, Situation, Voice, situation
from ebbtide.reading.phrases import evening_of, in_words, lasting, lasting_days, on_evening, times

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
    """The other person, seen from the one who is spoken to."""
    return reading.name(now.who if voice == "waiting" else now.partner)


def until(reading: Reading, now: Present, voice: Voice) -> str:
    """The next good evening: "Sunday evening"."""
    return evening_of(good_evening(reading, now, voice), now.today)


def on_until(reading: Reading, now: Present, voice: Voice) -> str:
    """The next good evening with its preposition: "on Sunday evening"."""
    return on_evening(good_evening(reading, now, voice), now.today)


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


def one_in(_: Reading, now: Present, __: Voice) -> str | None:
    """How rare the silence is: the n of "1 in n"."""
    return str(now.silence.one_in) if now.silence and now.silence.one_in and now.silence.one_in > 1 else None


def spells_before(_: Reading, now: Present, __: Voice) -> str | None:
    """How many spells there were before: "three times"."""
    return times(len(now.earlier)) if now.earlier else None


def spells_known(_: Reading, now: Present, __: Voice) -> str | None:
    """How many spells there were before, as a number in words: "three"."""
    return in_words(len(now.earlier)) if now.earlier else None


SLOTS: Mapping[str, Slot] = {
    "name": name,
    "until": until,
    "on_until": on_until,
    "turns": turns,
    "quiet_for": quiet_for,
    "spell_length": spell_length,
    "one_in": one_in,
    "spells_before": spells_before,
    "spells_known": spells_known,
}
