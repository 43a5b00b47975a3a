"""Conditions: what an entry of a pack may ask of a reading. A closed set.

Each is read off the findings and the spells, or off what was told in the intake (told.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from ebbtide.guide.told import TOLD, Condition
from ebbtide.reading import Present, Reading, Voice
from ebbtide.reading.criteria import (
    ABOUT_A_WEEK_DAYS,
    TWO_WEEKS_DAYS,
    is_blackout,
    keeps_contact,
    one_word_back,
    said_about_it,
)
from ebbtide.reading.findings import away_now, outside, quiet_with_reason
from ebbtide.reading.spells import MANY_TURNS

#: From ten in the evening until six nothing needs deciding.
NIGHT_FROM, NIGHT_UNTIL = 22, 6
#: Before a silence is this long, nobody asks whether the other is all right.
DAYS_SILENT_HOURS = 96.0


def holds(name: str, reading: Reading, now: Present, voice: Voice) -> bool:
    """Whether the condition with this name holds for the reader of this voice."""
    return CONDITIONS[name](reading, now, voice)


def has(key: str) -> Condition:
    """The reading holds a finding with this key."""
    return lambda reading, _, __: any(f.key == key for f in reading.findings)


def silence_is(*words: str) -> Condition:
    """The present silence is described by one of these words."""
    return lambda _, now, __: now.silence is not None and now.silence.word in words


def silent_for(hours: float) -> Condition:
    """No word has come for so long."""
    return lambda _, now, __: now.silence is not None and (now.silence.hours or 0.0) >= hours


def turns_waiting(least: int, most: int | None = None) -> Condition:
    """The other has written so often since; from the intake alone nobody knows who wrote last, or how often."""

    def counted(reading: Reading, now: Present, _: Voice) -> bool:
        if reading.told_only:
            return False
        turns = now.silence.waiting_turns if now.silence else 0
        return least <= turns and (most is None or turns <= most)

    return counted


def night(reading: Reading, _: Present, __: Voice) -> bool:
    """It is night where the two live."""
    hour = reading.span.now.astimezone(ZoneInfo(reading.span.tz)).hour
    return hour >= NIGHT_FROM or hour < NIGHT_UNTIL


def warm_before(_: Reading, now: Present, __: Voice) -> bool:
    """An earlier spell ended with a warm return."""
    return any(e.episode.return_ is not None and e.episode.return_.warmth == "warm" for e in now.earlier)


def return_is(*warmth: str) -> Condition:
    """The return at hand was of this warmth."""

    def compared(_: Reading, now: Present, __: Voice) -> bool:
        back = now.back.episode.return_ if now.back else None
        return back is not None and back.warmth in warmth

    return compared


def spoken_of(wanted: bool) -> Condition:
    """The return at hand came with a word about it, or without one."""
    return lambda _, now, __: now.back is not None and said_about_it(now.back.episode) is wanted


def told_of_danger(reading: Reading) -> bool:
    """An answer of the intake tells of fear, control, hurt, or danger from oneself."""
    return reading.intake is not None and reading.intake.safety.named


def told_of_doubt(reading: Reading) -> bool:
    """An answer of the intake is not sure about safety."""
    return reading.intake is not None and reading.intake.safety.in_doubt


def reason_is(id_: str, told_to: Voice) -> Condition:
    """This reason has several things for it, and more than against it, where one of the two is told."""
    return lambda reading, _, voice: (
        voice == told_to and any(h.id == id_ and h.weight == "speaks for it" for h in reading.hypotheses)
    )


def shows(*ids: str) -> Condition:
    """One of these signs of the one in question is more than usual, as measured."""
    return lambda reading, now, voice: (
        voice == "waiting"
        and any(
            s.id in ids and s.person == now.who and s.direction == "more"
            for s in (*reading.signs, *reading.counter_signs)
        )
    )


def either(*conditions: Condition) -> Condition:
    """One of them holds."""
    return lambda reading, now, voice: any(c(reading, now, voice) for c in conditions)


def own(now: Present, voice: Voice) -> str:
    """Who is spoken to in this voice."""
    return now.partner if voice == "waiting" else now.who


def day_named(*, ahead: bool) -> Condition:
    """The one in question named a day for being in touch that is still to come, or that is over."""
    return lambda reading, *_: any(
        f.key == "day_named" and (f.numbers["ahead_days"] >= 0) is ahead for f in reading.findings
    )


def told_of(key: str, *, self_: bool) -> Condition:
    """The one who is spoken to told this of themselves, or the other did."""
    return lambda reading, now, voice: any(
        f.key == key and (f.about == own(now, voice)) is self_ for f in reading.findings
    )


def back_told(reading: Reading, _: Present, __: Voice) -> bool:
    """Whoever was away in an earlier intake is back in this one."""
    return any(f.key == "better" and "back" in f.numbers for f in reading.findings)


def unless_back(name: str) -> Condition:
    """What is told holds, and it is no return since an earlier intake."""
    return lambda reading, now, voice: TOLD[name](reading, now, voice) and not back_told(reading, now, voice)


def reason_outside(reading: Reading, now: Present, _: Voice) -> bool:
    """A reason outside the two was named for the one in question."""
    return bool(outside(reading, now.who))


def reason_read(reading: Reading, now: Present, voice: Voice) -> bool:
    """The same in messages: what the teller names as a load need not have been given as a reason."""
    return not reading.told_only and reason_outside(reading, now, voice)


def home_calm(reading: Reading, now: Present, _: Voice) -> bool:
    """In the messages of two who share a home nothing of either stands out, and nothing else was told."""
    quiet = all(s.word in ("usual", "unknown") for s in reading.silence)
    stirs = any(f.key in STIRS for f in reading.findings)
    return reading.intake is None and reading.enough and now.spell is None and quiet and not stirs


def in_danger(*, self_: bool) -> Condition:
    """All words of danger are those of the one who is spoken to, or all those of the other.

    Whoever asked in a voice is spoken to in it.
    """

    def wrote(reading: Reading, now: Present, voice: Voice) -> bool:
        spoken_to = reading.asker or own(now, voice)
        return len(reading.safety.wrote) == 1 and (reading.safety.wrote[0] == spoken_to) is self_

    return wrote


def explained(_: Reading, now: Present, __: Voice) -> bool:
    """The return at hand came with a reason."""
    return now.back is not None and now.back.episode.return_ is not None and now.back.episode.return_.explained is True


def gives_more(reading: Reading, now: Present, voice: Voice) -> bool:
    """The one who waits gives more, by the record: by several measures, or by one while the other is away.

    Not where room was asked for, or much was written at once: a call that is not taken then is no taking.
    """
    if has("said_space")(reading, now, voice) or flooded(reading, now):
        return False
    away = now.running is not None or (now.silence is not None and now.silence.word == "unusual")
    found = voice == "waiting" and any(f.key == "give_and_take" and f.about == now.who for f in reading.findings)
    return found and (away or reason_is("one_sided", "waiting")(reading, now, voice))


def flooded(reading: Reading, now: Present) -> bool:
    """The one who waits wrote many messages at once in the last two weeks."""
    return any(
        f.key == "flood" and f.about == now.partner and f.numbers["days_ago"] <= TWO_WEEKS_DAYS
        for f in reading.findings
    )


def writes_on(reading: Reading, now: Present, voice: Voice) -> bool:
    """The other wrote much into the spell without an answer, and again since the last word came."""
    wrote_into_it = now.spell is not None and (now.spell.episode.unanswered_turns or 0) >= MANY_TURNS
    return wrote_into_it and turns_waiting(1)(reading, now, voice)


def turned_round(reading: Reading, now: Present, _: Voice) -> bool:
    """The reader asked as the one who waits, and is the quiet one by the last message alone."""
    return reading.asker == now.who and reading.voice == "waiting" and now.running is None


def other_quiet(reading: Reading, now: Present, _: Voice) -> bool:
    """The reader asked as the one who pulls away, and the quiet of the other is what stands out."""
    return reading.voice == "withdrawing" and reading.asker == now.partner


def sorry_often(reading: Reading, now: Present, voice: Voice) -> bool:
    """The one who waits has said sorry over and over of late."""
    return voice == "waiting" and any(f.key == "apology_repeated" and f.about == now.partner for f in reading.findings)


def still_dealing(reading: Reading, _: Present, __: Voice) -> bool:
    """Both have gone on writing, in a plain way, after words that ended it."""
    return any(f.numbers.get("dealings", 0) >= DEALINGS for f in reading.findings if f.key == "parting_named")


def by_answers_alone(reading: Reading, now: Present) -> bool:
    """What is known rests on an intake: there is no record beside it, or one too thin for the spell that is told."""
    return reading.told_only or (reading.intake is not None and not reading.enough and now.running is not None)


#: On so many days both wrote since it was ended: something has to be settled between them.
DEALINGS = 2


#: What either tells of themselves, by its finding: a condition for each of the two.
OF_EITHER = {
    "loss": "loss_named",
    "low": "low_named",
    "confession": "confession",
    "shame": "shame_named",
    "drinking": "drinking_named",
    "eased": "eased_named",
    "doubts": "doubts_named",
    "limit": "limit_named",
    "in_person": "in_person_named",
    "after_quarrels": "quiet_after_quarrels",
    "pressed": "pressed_named",
    "punishing": "punishing",
    "unkept": "unkept",
    "asks_hard": "asks_hard",
    "far": "far_at_home",
    "bed": "bed_named",
}

#: What is told of either, or of the two, and is no calm home.
STIRS = frozenset({*OF_EITHER.values(), "outside_cause", "load_named", "quarrel", "flood"})

CONDITIONS: Mapping[str, Condition] = {
    "night": night,
    "silence_long": silence_is("long"),
    "silence_unusual": silence_is("unusual"),
    "wrote_nothing_since": turns_waiting(0, 0),
    "wrote_since": turns_waiting(1, MANY_TURNS - 1),
    "wrote_much_since": turns_waiting(MANY_TURNS),
    "reaching_more": has("reaching_more"),
    "pressing": lambda _, now, __: now.spell is not None and bool(now.spell.episode.pressing_messages),
    "room_left": has("room_left"),
    "outside_cause": reason_outside,
    "asked_last": has("asked_last"),
    "question_waits": has("question_waits"),
    "absence_lasts": lambda reading, now, __: away_now(reading, now.who) is not None,
    "absence_over": lambda reading, now, __: quiet_with_reason(reading, now.who) is not None,
    **{f"own_{name}": told_of(key, self_=True) for name, key in OF_EITHER.items()},
    **{f"other_{name}": told_of(key, self_=False) for name, key in OF_EITHER.items()},
    "slipped": has("slipped"),
    "greeted": has("greeted"),
    "gone_after_vow": has("gone_after_vow"),
    "newborn": has("newborn_named"),
    "pregnancy": either(has("pregnancy_named"), TOLD["about.pregnancy"]),
    "own_farewell": told_of("farewell", self_=True),
    "own_trouble": told_of("load_named", self_=True),
    "talked_over": has("talked_over"),
    "said_so": has("said_space"),
    "day_ahead": day_named(ahead=True),
    "day_past": day_named(ahead=False),
    "day_kept": has("day_kept"),
    "agreed_before": has("agreement"),
    "meeting_ahead": has("meeting_named"),
    "meeting_past": has("meeting_past"),
    "warm_between": has("warm_between"),
    "gone_again": lambda _, now, __: now.back_for is not None,
    "in_spell": lambda _, now, __: now.running is not None,
    "word_came": lambda _, now, __: now.word_came,
    "contact_kept": lambda _, now, __: now.spell is not None and keeps_contact(now.spell.episode),
    "silent_for_days": silent_for(DAYS_SILENT_HOURS),
    "silent_for_weeks": silent_for(24.0 * TWO_WEEKS_DAYS),
    "wrote_into_it": lambda _, now, __: (
        now.spell is not None and (now.spell.episode.unanswered_turns or 0) >= MANY_TURNS
    ),
    "writes_on": writes_on,
    "turned_round": turned_round,
    "other_quiet": other_quiet,
    "home_calm": home_calm,
    "blackout": lambda _, now, __: (
        now.unanswered_for_weeks or (now.spell is not None and is_blackout(now.spell.episode))
    ),
    "over_a_week": lambda _, now, __: now.spell is not None and now.spell.episode.days > ABOUT_A_WEEK_DAYS,
    "over_two_weeks": lambda _, now, __: (
        now.unanswered_for_weeks or (now.spell is not None and now.spell.episode.days > TWO_WEEKS_DAYS)
    ),
    "earlier_spells": lambda _, now, __: len(now.earlier) > 0,
    "several_spells": lambda _, now, __: len(now.earlier) >= 2,
    "warm_before": warm_before,
    "room_before": lambda _, now, __: bool(now.earlier) and now.earlier[-1].episode.space_given is True,
    "unspoken_before": has("unspoken_returns"),
    "return_one_word": lambda _, now, __: now.back is not None and one_word_back(now.back.episode, now.today),
    "return_warm": return_is("warm"),
    "return_flat": return_is("flat"),
    "return_spoken": spoken_of(True),
    "return_unspoken": spoken_of(False),
    "return_explained": explained,
    "unsure": reason_is("commitment", "withdrawing"),
    "ended_it": told_of("parting_named", self_=True),
    "quarrel_read": has("quarrel"),
    "bed_said": told_of("bed_named", self_=True),
    "own_danger": in_danger(self_=True),
    "other_in_danger": either(in_danger(self_=False), TOLD["told_other"]),
    "record": lambda reading, now, _: not by_answers_alone(reading, now),
    "intake_alone": lambda reading, now, _: by_answers_alone(reading, now),
    "day_told_alone": lambda reading, now, voice: (
        by_answers_alone(reading, now) and TOLD["day_told"](reading, now, voice)
    ),
    "urgent": lambda reading, *_: reading.safety.level == "urgent" or told_of_danger(reading),
    "look": lambda reading, *_: (
        (reading.safety.level == "look" or told_of_doubt(reading)) and not told_of_danger(reading)
    ),
    **TOLD,
    "came_back": either(TOLD["came_back"], back_told),
    "near": unless_back("near"),
    "old_wound": either(TOLD["old_wound"], told_of("old_hurt_named", self_=True)),
    "nothing_changed": unless_back("nothing_changed"),
    "after.trouble_in_bed": either(TOLD["after.trouble_in_bed"], has("bed_named")),
    "asked_enough": either(TOLD["did.many_messages"], turns_waiting(MANY_TURNS)),
    "sorry_often": either(TOLD["did.apologised"], sorry_often),
    "reason_named": either(TOLD["explained_by_them"], reason_read),
    "gives_more": either(TOLD["one_sided"], gives_more),
    "one_sided_record": gives_more,
    "mixed_messages": either(TOLD["mixed_messages"], shows("mixed_messages")),
    "still_caring": either(TOLD["still_caring"], shows("checks_in", "shows_concern")),
    "still_dealing": still_dealing,
}
