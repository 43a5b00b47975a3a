"""Sentences: the answer shown first. What is now, what it may be, what is not known; each taken from a finding."""

from __future__ import annotations

from ebbtide.episodes import Episode
from ebbtide.reading.criteria import ABOUT_A_WEEK_DAYS, return_words
from ebbtide.reading.findings import about, away_now, outside, quiet_with_reason
from ebbtide.reading.phrases import Named, lasting_days, small
from ebbtide.reading.present import Present, Situation, named, present, situation
from ebbtide.reading.quiet import how_often, quiet_words
from ebbtide.reading.safety import OWES_NOTHING, TOLD_UNKNOWN, UNSURE_TOO, first_words, told_first
from ebbtide.reading.sign_words import of_tone
from ebbtide.reading.spells import MANY_TURNS, back_words, distant_words, left_words
from ebbtide.reading.types import Answer, Reading

#: The least a record has to hold: messages of each person, and days.
FEWEST_MESSAGES = 40
FEWEST_DAYS = 14
#: What episodes are made of begins here.
SHORTEST_SPELL_DAYS = 3

#: How far the signs of danger can be trusted.
UNSURE = "A program read these words. It can be wrong, and it can miss much."


def answer(reading: Reading) -> Answer:
    """The answer of a reading whose findings are complete."""
    now = present(reading)
    found = situation(reading)
    if found == "safety":
        return of_safety(reading)
    if words(reading, "farewell"):
        return of_farewell(reading)
    if words(reading, "parting_named") and found != "record_ended":
        return of_parted(reading)
    if found == "too_little_data":
        return of_too_little(reading, now)
    if words(reading, "explained_away") and now.running is None:
        return Answer(words(reading, "explained_away"), words(reading, "earlier_episodes"), "")
    if found == "record_ended":
        return of_ended_record(reading)
    if found == "living_together":
        return of_home(reading, now)
    if now.running is not None:
        return of_running(reading, now, found)
    if found == "returned":
        return of_return(reading, now)
    return of_quiet(reading, now, found)


def of_safety(reading: Reading) -> Answer:
    """Help first, and nothing about quiet beside it."""
    told = reading.intake
    if told is not None and told.safety.any and not (reading.safety.evidence and not told.safety.named):
        free = told.voice == "withdrawing" and told.safety.by_other
        return Answer(told_first(told.safety), OWES_NOTHING if free else "", TOLD_UNKNOWN)
    return Answer(first_words(reading), UNSURE_TOO if told is not None and told.safety.unsure else "", UNSURE)


def of_too_little(reading: Reading, now: Present) -> Answer:
    """What can be said in general, and when more can be known."""
    thin = words(reading, "too_little_data") or f"What is usual for {named(reading, now.who)} cannot be told here."
    quiet = quiet_words(now.silence, named(reading, now.who)) if now.silence and now.silence.hours is not None else ""
    return Answer(
        now=joined(words(reading, "record_ended") or quiet, thin),
        may_be=(
            "In general, practitioners hold that a few quiet days are common, "
            "and that two weeks without a word are a reason to ask."
        ),
        unknown=(
            f"More can be said from about {FEWEST_MESSAGES} messages of each of you "
            f"over at least {FEWEST_DAYS // 7} full weeks."
        ),
    )


def of_ended_record(reading: Reading) -> Answer:
    """What the record showed last, and that now is another matter."""
    keys = ("parting_named", "running_episode", "returned", "earlier_episodes")
    last = next(filter(None, (words(reading, key) for key in keys)), "")
    return Answer(
        now=words(reading, "record_ended"),
        may_be=f"As of that day: {small(last) if last.startswith('You') else last}" if last else "",
        unknown="How it went on is not in it. A newer export would tell.",
    )


def of_home(reading: Reading, now: Present) -> Answer:
    """Why counts say little where two share a home."""
    quiet, far = words(reading, "present_silence"), [f.words for f in reading.findings if f.key == "far_at_home"]
    return Answer(
        now=words(reading, "living_together"),
        may_be=joined(
            quiet,
            "At home that says little." if quiet else "",
            *far,
            words(reading, "quarrel"),
            words(reading, "quiet_after_quarrels"),
            *(f.words for f in outside(reading, now.who)),
            of_oneself(reading, now),
            *(f.words for f in reading.findings if f.key in ("pressed_named", "asks_hard")),
            words(reading, "running_episode"),
            # Where few messages say little, how they are written says more.
            of_tone(reading),
        ),
        unknown=FAR_OR_NEAR[bool(far)],
    )


#: What messages of two who share a home leave open, where they told of no distance there, and where they did.
FAR_OR_NEAR = (
    "How near or far it feels in person is not in messages. A short note each evening would tell.",
    "How the days at home really are, the two of you know better. A short note each evening would tell how it goes.",
)


def of_farewell(reading: Reading) -> Answer:
    """Words like a goodbye come before any reading of quiet: what they end is asked, and not guessed."""
    return Answer(
        now=words(reading, "farewell"),
        may_be="That can be an end between the two of you. It can also be said by someone who is tired of living.",
        unknown=f"Which it is, only asking tells. {UNSURE}",
    )


def of_parted(reading: Reading) -> Answer:
    """An ending in plain words: after it no silence is measured."""
    if not any(f.evidence for f in reading.findings if f.key == "parting_named"):
        return Answer(words(reading, "parting_named"), "What you need now comes first.", "")
    return Answer(
        now=words(reading, "parting_named"),
        may_be="After such words it means little how long somebody is quiet.",
        unknown=f"Whether it is final only the two of you can say. {UNSURE}",
    )


def of_running(reading: Reading, now: Present, found: Situation) -> Answer:
    """A spell runs: first the silence if that stands out, else the spell."""
    who, spell, silence = named(reading, now.who), now.running, now.silence
    if spell is None:
        return of_quiet(reading, now, found)
    distant, left = distant_words(spell.episode, who, now), left_words(spell, who)
    stands_out = silence is not None and silence.word in ("long", "unusual")
    first, rest = (words(reading, "present_silence"), f"{distant} {left}") if stands_out else (distant, left)
    said = words(reading, "said_space") or unsaid(spell.episode)
    earlier = (
        words(reading, "unspoken_returns")
        or words(reading, "quiet_after_quarrels")
        or words(reading, "earlier_episodes")
    )
    earlier = joined(earlier, words(reading, "gone_after_vow"))
    if now.back_for is not None:
        earlier = f"{earlier} {who.first} had been back for {lasting_days(now.back_for)}."
    asked = now.back_for is not None or much_written(now) or (spell.episode.unanswered_turns or 0) >= MANY_TURNS
    still_open = until_the_day(reading, found, who) or open_in(found, who, spell.episode, asked=asked)
    came = f"{who.first} {who.verb('has', 'have')} written again. Whether that is a return is too early to tell."
    return Answer(
        first,
        joined(
            rest, said, words(reading, "reaching_more"), day_ahead(reading), words(reading, "warm_between"), earlier
        ),
        joined(another_reason(reading, now), came if now.word_came else still_open),
    )


def of_return(reading: Reading, now: Present) -> Answer:
    """Someone is back."""
    who, spell = named(reading, now.who), now.back
    if spell is None:
        return of_quiet(reading, now, "usual_quiet")
    return Answer(
        now=back_words(spell.episode, who, now),
        may_be=joined(
            words(reading, "day_kept"), return_words(spell.episode, who, now.today), words(reading, "earlier_episodes")
        ),
        unknown=joined(another_reason(reading, now), "Whether it lasts is too early to tell."),
    )


def of_quiet(reading: Reading, now: Present, found: Situation) -> Answer:
    """Nobody is in a spell."""
    who, earlier = named(reading, now.who), words(reading, "quiet_after_quarrels") or words(reading, "earlier_episodes")
    if found == "in_touch":
        over = quiet_with_reason(reading, now.who)
        before = over.words if over else words(reading, "day_kept") or earlier
        return Answer(words(reading, "in_touch"), before, "What is said in person or elsewhere does not show here.")
    often = how_often(now.silence, reading.span.days)
    stands_out = often or found in ("unusual_quiet", "concerning")
    announced = joined(
        words(reading, "quarrel"), next((f.words for f in outside(reading, now.who)), ""), words(reading, "said_space")
    )
    signs = words(reading, "signs")
    changed = signs if stands_out else ""
    # That no spell shows would read like an all-clear beside contact that has changed, or a silence of days.
    if not reading.episodes and ((signs and announced) or (stands_out and (changed or not not_yet(now)))):
        earlier = ""
    mourned = bool(about(reading, now.who, "loss_named"))
    calm = "" if signs else "Nothing about it stands out."
    rest = "" if mourned or changed else not_yet(now) if stands_out else calm
    may_be = joined(announced, of_oneself(reading, now), day_ahead(reading), often, changed, rest, earlier)
    why = "why, you know best" if who.you else "not why"
    not_why = f"Messages show when {who} {who.verb('writes', 'write')}{';' if who.you else ','} {why}."
    knows = "you know best" if who.you else f"only {who} knows"
    unknown = f"How much of the quiet that explains, {knows}." if announced else not_why
    unknown = "Grief keeps no calendar." if mourned else unknown
    unknown = open_in(found, who, asked=much_written(now)) if found == "concerning" else unknown
    if now.silence is not None and (away := away_now(reading, now.who)) is not None:
        # Within what was announced a silence says nothing, however rare it is.
        announced = f"{quiet_words(now.silence, who)} That was announced: {small(away.words)}"
        return Answer(announced, joined(of_oneself(reading, now), earlier), "")
    return Answer(words(reading, "present_silence"), may_be, unknown)


def not_yet(now: Present) -> str:
    """That a silence is not a spell of distance while it is shorter than one."""
    short = now.silence is not None and (now.silence.hours or 0.0) < 24 * SHORTEST_SPELL_DAYS
    return "It does not count as a spell of distance yet; that takes three days." if short else ""


#: What stays open while a spell runs.
OPEN_IN: dict[Situation, str] = {
    "processing": "When it ends is not known. Practitioners speak of days to about a week; no study of it was found.",
    "concerning": "Messages cannot tell slow settling from trouble elsewhere or from an ending.",
    "unusual_quiet": "How it ends is too early to tell.",
}


def until_the_day(reading: Reading, found: Situation, who: Named) -> str:
    """What stays open in a spell with a day named ahead, unless it worries; empty without such a day."""
    days = [f.numbers["ahead_days"] for f in reading.findings if f.key in ("day_named", "meeting_named")]
    if found == "concerning" or not any(ahead >= 0 for ahead in days):
        return ""
    return "A day is named, and it is yours to keep." if who.you else f"What {who} will say on that day is not known."


#: The same of a spell that has outlasted the week.
OVER_A_WEEK = "When it ends is not known. It has lasted longer than the week or so practitioners speak of."


def much_written(now: Present) -> bool:
    """Whether the other has written so often into the silence that one more question would not tell."""
    return now.silence is not None and now.silence.waiting_turns >= MANY_TURNS


def open_in(found: Situation, who: Named, episode: Episode | None = None, *, asked: bool = False) -> str:
    """What stays open, and who could tell: whoever is quiet knows best, and one who asked for room is not asked.

    Nor is one who was back and is gone again, or was `asked` often.
    """
    if found == "processing" and episode is not None and episode.days > ABOUT_A_WEEK_DAYS:
        return OVER_A_WEEK
    if found != "concerning":
        return OPEN_IN[found]
    if who.you:
        return "Slow settling, trouble elsewhere or an ending: you can tell better than messages can."
    asked = asked or (episode is not None and bool(episode.said_so))
    return OPEN_IN[found] if asked else f"{OPEN_IN[found]} Asking can."


def unsaid(episode: Episode) -> str:
    """That no word came before the spell, where that is known."""
    told = episode.said_so is not False or episode.said_why or episode.outside_cause
    return "" if told else "No word about it was found before it began."


def another_reason(reading: Reading, now: Present) -> str:
    """What had been hidden, a limit, doubts or shame that were told; else an outside reason that was named."""
    if hidden := words(reading, "confession"):
        return hidden
    if own := joined(words(reading, "limit_named"), of_oneself(reading, now)):
        return own
    # A death outweighs what was named before it.
    named = sorted(outside(reading, now.who), key=lambda f: f.key != "loss_named")
    return next((f"There is another possible reason. {f.words}" for f in named), "")


def of_oneself(reading: Reading, now: Present) -> str:
    """What the one in question would say face to face, and the doubts, the shame and the drinking that were told of."""
    keys = ("in_person_named", "doubts_named", "eased_named", "shame_named", "drinking_named", "newborn_named")
    return joined(*(f.words for f in about(reading, now.who, *keys)))


def day_ahead(reading: Reading) -> str:
    """The day that was named for being in touch, or else for meeting."""
    return words(reading, "day_named") or words(reading, "meeting_named") or words(reading, "meeting_past")


def words(reading: Reading, key: str) -> str:
    """The words of the finding with this key; empty if there is none."""
    return next((f.words for f in reading.findings if f.key == key), "")


def joined(*sentences: str) -> str:
    """The sentences that are there, one after another."""
    return " ".join(s for s in sentences if s)
