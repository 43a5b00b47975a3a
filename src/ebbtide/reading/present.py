"""The present of a reading: whom it is about now, what is going on, and which situation that makes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from ebbtide.episodes import Episode
from ebbtide.reading.criteria import BLACKOUT_HOURS, TWO_WEEKS_DAYS, is_blackout, said_about_it
from ebbtide.reading.phrases import Named
from ebbtide.reading.types import EpisodeReading, Reading, Silence, Voice

Situation = Literal[
    "too_little_data",
    "living_together",
    "safety",
    "usual_quiet",
    "unusual_quiet",
    "processing",
    "concerning",
    "returned",
    "in_touch",
    "record_ended",
]

#: A return is news for a week.
NEWS_DAYS = 7
#: Two last messages less than this apart end one exchange together: neither person is the quiet one.
SAME_EXCHANGE_HOURS = 1.0
#: Nobody counts as quiet before this, or before their usual pause has passed.
QUIET_FROM_HOURS = 1.0
#: Whoever leaves so many turns without an answer for so long is the quiet one, whoever asks.
LEFT_HOURS, LEFT_TURNS = 72.0, 3
#: For so long a word that came in a silent spell is news.
WORD_CAME_HOURS = 24.0


@dataclass(frozen=True, slots=True)
class Present:
    """Whom a reading is about now (`who`), who is on the other side, and the spells and silence that matter now."""

    who: str
    partner: str
    today: date
    silence: Silence | None
    running: EpisodeReading | None
    back: EpisodeReading | None
    earlier: tuple[EpisodeReading, ...]
    last_word: date | None = None

    @property
    def spell(self) -> EpisodeReading | None:
        """The spell that runs, or else the one that has just ended."""
        return self.running or self.back

    @property
    def asked_for_room(self) -> bool:
        """Whether room was asked for in the spell at hand."""
        return self.spell is not None and bool(self.spell.episode.said_so)

    @property
    def back_for(self) -> int | None:
        """For how many days somebody was back who is gone again; None after more than two weeks, or after no spell."""
        last = self.earlier[-1].episode.end if self.earlier else None
        if self.running is None or last is None:
            return None
        # Where nothing came at all the quiet began with the last word, whenever it stood out.
        word, spell = self.last_word, self.running.episode
        gone = word if spell.contact_kept == 0 and word is not None and word >= last else spell.start
        days = (gone - last).days
        return max(days, 1) if days <= TWO_WEEKS_DAYS else None

    @property
    def word_came(self) -> bool:
        """Whether a spell runs in which days were silent, and a word has come within a day."""
        quiet = self.silence
        return (
            self.running is not None
            and quiet is not None
            and quiet.hours is not None
            and quiet.hours < WORD_CAME_HOURS
            and (self.running.episode.longest_silence_hours or 0.0) >= BLACKOUT_HOURS
        )

    @property
    def unanswered_for_weeks(self) -> bool:
        """Whether a silence that is unusual has lasted over two weeks while the other wrote.

        Where both write little no spell may stand out, and an unanswered word of two weeks ago is no less a reason.
        """
        quiet = self.silence
        return (
            self.running is None
            and quiet is not None
            and quiet.word == "unusual"
            and quiet.waiting_turns > 0
            and (quiet.hours or 0.0) > 24 * TWO_WEEKS_DAYS
        )

    @property
    def unspoken_before(self) -> bool:
        """Whether a spell of over two weeks ended without a word, or two of any length did."""
        unspoken = [e.episode for e in self.earlier if said_about_it(e.episode) is False]
        return len(unspoken) >= 2 or any(e.days > TWO_WEEKS_DAYS for e in unspoken)


def present(reading: Reading) -> Present:
    """The present of a reading, told the same whichever of the two is called "a"."""
    today = local_today(reading)
    who = told_of(reading) if reading.told_only else person_in_question(reading, today)
    partner = next(p.id for p in reading.people if p.id != who)
    own = sorted((e for e in reading.episodes if e.episode.person == who), key=lambda e: e.episode.start)
    running = next((e for e in reversed(own) if e.episode.end is None), None)
    back = next((e for e in reversed(own) if running is None and is_news(e.episode, today)), None)
    silence = next((s for s in reading.silence if s.person == who), None)
    return Present(
        who=who,
        partner=partner,
        today=today,
        silence=silence,
        running=running,
        back=back,
        earlier=tuple(e for e in own if e is not running and e is not back and e.episode.end is not None),
        last_word=None if silence is None or silence.since is None else local_day(reading, silence.since),
    )


def told_of(reading: Reading) -> str:
    """Whom an intake is about: the teller in the withdrawing voice, else the other."""
    return "a" if reading.intake is not None and reading.intake.voice == "withdrawing" else "b"


def situation(reading: Reading) -> Situation:
    """The one situation this reading is about; it decides the answer and the advice."""
    keys = {f.key for f in reading.findings}
    if reading.safety.level != "none":
        return "safety"
    # Of a record too thin for a spell the spell that is told is left.
    if not reading.enough and not (reading.intake is not None and present(reading).running is not None):
        return "too_little_data"
    if "record_ended" in keys:
        return "record_ended"
    if "living_together" in keys:
        return "living_together"
    if "explained_away" in keys and present(reading).running is None:
        return "usual_quiet"
    return by_answers(reading) if reading.told_only else by_contact(reading, present(reading))


def by_answers(reading: Reading) -> Situation:
    """The situation as far as an intake tells."""
    now = present(reading)
    if now.running is not None:
        return of_running(now.running, now)
    keys = {f.key for f in reading.findings}
    if "in_touch" in keys:
        return "in_touch"
    answers = reading.intake
    ended = answers is not None and answers.stage == "ended"
    return "usual_quiet" if "present_silence" in keys and not ended else "unusual_quiet"


def by_contact(reading: Reading, now: Present) -> Situation:
    """The situation as far as contact alone decides it."""
    if now.running is not None:
        return of_running(now.running, now)
    if now.silence is not None and now.silence.word == "unusual":
        return "concerning" if now.unanswered_for_weeks else "unusual_quiet"
    if now.back is not None:
        return "returned"
    if now.silence is None or now.silence.hours is None or now.silence.word == "unknown":
        return "too_little_data"
    return "in_touch" if both_in_touch(reading) else "usual_quiet"


def of_running(running: EpisodeReading, now: Present) -> Situation:
    """The situation while a spell runs."""
    if running.kind in ("processing", "concerning"):
        return "processing" if running.kind == "processing" else "concerning"
    episode = running.episode
    again = is_blackout(episode) and not episode.said_so and now.unspoken_before
    return "concerning" if episode.days > TWO_WEEKS_DAYS or again else "unusual_quiet"


def in_touch(silence: Silence) -> bool:
    """Whether a pause is so short that nobody is quiet."""
    # Half of somebody's pauses may last a day and more, and one can be long for its hour all the same.
    if silence.hours is None or silence.word in ("long", "unusual"):
        return False
    usual = silence.usual_hours["p50"] if silence.usual_hours else QUIET_FROM_HOURS
    return silence.hours < max(QUIET_FROM_HOURS, usual)


def both_in_touch(reading: Reading) -> bool:
    """Whether neither of the two is quiet."""
    return all(in_touch(s) for s in reading.silence)


def person_in_question(reading: Reading, today: date) -> str:
    """Whom to speak about: who is in a spell, else unusually quiet, else just back, else the quiet one.

    Whom the reader asks about comes first, unless the record has something to say of the other alone. Of two in a spell
    it is the one who said something about it. Between two of whom the same can be said it is the quiet one.
    While nobody is quiet it is who had more spells.
    """
    open_ = [e.episode for e in reading.episodes if e.episode.end is None]
    # Who waits for somebody may fall quiet too: it is about the one who spoke of it, and not the reader's own load.
    spoke = [e.person for e in open_ if e.said_so] or [
        e.person for e in open_ if e.outside_cause and e.person != reading.reader
    ]
    running = spoke or [e.person for e in open_]
    quiet = quiet_one(reading)
    silence = next((s for s in reading.silence if s.person == quiet), None)
    unusual = [quiet] if silence is not None and silence.word == "unusual" and not waited(reading, silence) else []
    news = [e.episode.person for e in reading.episodes if is_news(e.episode, today)]
    # Where two share a home a silence in messages is no ground to turn from whom the reader asks about.
    meant = meant_by(reading) if reading.at_home else None
    if meant not in (None, quiet):
        unusual = []
    found = running or unusual or news
    if (own := left_waiting(reading)) is not None:
        return own
    asked = asked_about(reading)
    if asked is not None and (not found or asked in (*(e.person for e in open_), *unusual, *news)):
        return asked
    if found:
        return quiet if quiet in found else found[0]
    if meant is not None:
        return meant
    return with_more_spells(reading) if silence is not None and in_touch(silence) else quiet


def asked_about(reading: Reading) -> str | None:
    """Whom the reader asks about: themselves as the one who pulls away, the other as the one who waits."""
    if reading.asker is None:
        return None
    return reading.asker if reading.voice == "withdrawing" else not_the_reader(reading)


def meant_by(reading: Reading) -> str | None:
    """Whom the reader means, said or not: who only says which of the two they are asks about the other."""
    return asked_about(reading) or (None if reading.reader is None else not_the_reader(reading))


def left_waiting(reading: Reading) -> str | None:
    """The reader who asks as the one who waits, where it is the other who has waited for days and gone on writing."""
    if reading.voice == "withdrawing" or reading.asker is None or reading.let_be == reading.asker:
        return None
    own = next((s for s in reading.silence if s.person == reading.asker), None)
    if own is None or own.word != "unusual" or (own.hours or 0.0) < LEFT_HOURS or own.waiting_turns < LEFT_TURNS:
        return None
    return own.person


def addressed(reading: Reading) -> Voice | None:
    """The voice to speak in: the one that was asked for, but whoever is the quiet one is spoken to as that."""
    if reading.care_first or reading.asker is None or present(reading).who != reading.asker:
        return reading.voice
    return "withdrawing"


def waited(reading: Reading, silence: Silence) -> bool:
    """Whether somebody's silence began while the other was away, and the other is back only since yesterday or today.

    That is room left, and the return is what matters; a day later an answer is due.
    """
    if silence.since is None:
        return False
    began, today = local_day(reading, silence.since), local_today(reading)
    others = (e.episode for e in reading.episodes if e.episode.person != silence.person)
    return any(e.end is not None and e.start <= began < e.end and (today - e.end).days <= 1 for e in others)


def with_more_spells(reading: Reading) -> str:
    """Who had more spells; if it is the same for both, the one who is not the reader."""
    count = Counter(e.episode.person for e in reading.episodes)
    one, other = (p.id for p in reading.people)
    if count[one] == count[other]:
        return not_the_reader(reading)
    return one if count[one] > count[other] else other


def quiet_one(reading: Reading) -> str:
    """Whose last message is the older one; not the one who leaves the other be, as was asked."""
    if reading.let_be is not None:
        return reading.let_be
    known = {s.person: s for s in reading.silence if s.hours is not None}
    if len(known) < 2:
        return not_the_reader(reading)
    longest, other = sorted(known.values(), key=lambda s: -(s.hours or 0.0))
    if (longest.hours or 0.0) - (other.hours or 0.0) >= SAME_EXCHANGE_HOURS:
        return longest.person
    if any(p.me for p in reading.people) or longest.probability == other.probability:
        return not_the_reader(reading)
    return min(known.values(), key=lambda s: 1.0 if s.probability is None else s.probability).person


def not_the_reader(reading: Reading) -> str:
    """The person who is not the reader; where that is not known, the one whose name comes first."""
    return min(reading.people, key=lambda p: (p.me, p.name.casefold(), p.name)).id


def is_news(episode: Episode, today: date) -> bool:
    """Whether a spell ended so lately that the return is what matters now."""
    return episode.end is not None and timedelta(0) <= today - episode.end <= timedelta(days=NEWS_DAYS)


def local_today(reading: Reading) -> date:
    """The day it is now, where the two live."""
    return local_day(reading, reading.span.now)


def local_day(reading: Reading, moment: datetime) -> date:
    """The calendar day of a moment, where the two live."""
    return moment.astimezone(ZoneInfo(reading.span.tz)).date()


def named(reading: Reading, person: str) -> Named:
    """How sentences speak of a person."""
    found = next(p for p in reading.people if p.id == person)
    return Named(found.name, found.me)
