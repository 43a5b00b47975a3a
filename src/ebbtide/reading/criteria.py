"""Criteria: the two lists of S8, read off one spell, and the kind they add up to.

Only timing and plain words are used. Whatever these cannot tell stays None. The durations are what practitioners hold;
no study behind them was found, so every sentence sets the person's own history beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ebbtide.episodes import RETURN_DAYS, Episode
from ebbtide.reading.context import Context
from ebbtide.reading.phrases import Named, counted, large, lasting, lasting_days, on_day, range_of_days
from ebbtide.reading.types import Criterion, Kind

#: "About a week", with a day of grace.
ABOUT_A_WEEK_DAYS = 8
TWO_WEEKS_DAYS = 14
#: Silence throughout: of three days at least, and three fifths of the spell, or a week that is a third of it. One word
#: in the middle leaves two silences of about half each, and is some contact.
BLACKOUT_HOURS = 72.0
BLACKOUT_PART, BLACKOUT_LEAST_PART = 0.6, 1 / 3
BLACKOUT_SURELY_HOURS = 168.0
#: Now and then is every few days.
NOW_AND_THEN_HOURS = 120.0
#: From this share of the usual messages on, some contact is kept.
SOME_SHARE = 0.1

#: A spell follows a close moment that was noted so shortly before it; from so many of them on it is told how often.
CLOSE_BEFORE, FEWEST_CLOSE = timedelta(days=3), 2
#: A red flag belongs to a spell if it was seen in it or in the month before.
FLAG_DAYS = 30

NO_WORDS = "This record holds no words that can be read here."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one criterion comes to in one spell."""

    met: bool | None
    why: str
    evidence: tuple[str, ...] = ()


Rule = Callable[[Episode, Sequence[Episode], Context], Verdict]


def criteria(episode: Episode, history: Sequence[Episode], context: Context) -> tuple[Criterion, ...]:
    """All eleven criteria for one spell; `history` holds this person's earlier spells, oldest first."""
    return tuple(
        Criterion(id_, side, verdict.met, title, verdict.why, verdict.evidence)
        for id_, side, title, rule in CRITERIA
        for verdict in (rule(episode, history, context),)
    )


def kind(found: Sequence[Criterion], episode: Episode) -> Kind:
    """What the criteria that are met add up to."""
    p = sum(c.met is True for c in found if c.list == "processing")
    c = sum(c.met is True for c in found if c.list == "concerning")
    if p >= 2 and c == 0:
        return "processing"
    if c >= 2 and p <= 1:
        return "concerning"
    if c >= 1 and p >= 1:
        return "mixed"
    return "open" if episode.end is None else "unclear"


def said_space(episode: Episode, _: Sequence[Episode], context: Context) -> Verdict:
    """Was the need for space said, even briefly?"""
    who = context.who
    if episode.said_so is None:
        return Verdict(None, "The words do not tell." if context.has_words else NO_WORDS)
    if not episode.said_so:
        return Verdict(False, f"Nothing {who} wrote around the start says so.")
    evidence = episode.said_so_evidence
    if not evidence:
        return Verdict(True, f"A check-in notes that {who} said so.")
    when = next((context.moments[i] for i in evidence if i in context.moments), None)
    day = f", {on_day(when.date(), context.today)}" if when else ""
    return Verdict(True, f"{who.first} wrote of it{day}.", evidence)


def some_contact(episode: Episode, _: Sequence[Episode], __: Context) -> Verdict:
    """Was some minimal contact kept?"""
    longest = longest_words(episode)
    if is_blackout(episode):
        return Verdict(False, f"A silence of {longest}, and next to nothing besides.", episode.evidence)
    if keeps_contact(episode):
        return Verdict(True, f"The longest silence in it is {longest}.", episode.evidence)
    return Verdict(None, f"{open_words(episode)} longest silence is {longest}.")


def resolves_in_a_week(episode: Episode, history: Sequence[Episode], context: Context) -> Verdict:
    """Did it resolve in days to about a week?"""
    before = lengths_before(history, context)
    if episode.end is None:
        met = None if episode.days <= ABOUT_A_WEEK_DAYS else False
        return Verdict(met, f"It goes on; this is day {episode.days}.{before}")
    return Verdict(episode.days <= ABOUT_A_WEEK_DAYS, f"It ended after {lasting_days(episode.days)}.{before}")


def renewed_openness(episode: Episode, history: Sequence[Episode], context: Context) -> Verdict:
    """Did the person come back with renewed openness?"""
    back, who = episode.return_, context.who
    if back is None:
        return Verdict(None, f"Not back yet.{returns_before(history)}")
    return Verdict(
        OPENNESS[back.warmth, said_about_it(episode)], return_words(episode, who, context.today), back.evidence
    )


def could_say_what(episode: Episode, _: Sequence[Episode], context: Context) -> Verdict:
    """Could the person say, even vaguely, what it was?"""
    who, back = context.who, episode.return_
    if back is not None and back.explained:
        return Verdict(True, f"{who.first} gave a reason on coming back.", back.evidence)
    if episode.outside_cause:
        return Verdict(True, "A reason outside the two of you was named.", episode.outside_cause)
    if episode.said_why:
        return Verdict(True, f"{who.first} said, at least vaguely, what it was.", episode.said_why)
    if back is None:
        return Verdict(None, "Not back yet.")
    if back.explained is None:
        return Verdict(None, "The words do not tell." if context.has_words else NO_WORDS)
    return Verdict(False, "No reason was found in the words after the return.")


def blackout(episode: Episode, _: Sequence[Episode], __: Context) -> Verdict:
    """Was it a full blackout with no word?"""
    longest = longest_words(episode)
    if not is_blackout(episode):
        if episode.said_so:
            return Verdict(False, f"The longest silence is {longest}, and a word came before it.")
        met = False if keeps_contact(episode) or episode.end is not None else None
        return Verdict(met, f"{open_words(episode) if met is None else 'The'} longest silence is {longest}.")
    if episode.said_so is None:
        return Verdict(None, f"A silence of {longest}; whether a word came before cannot be told.")
    if episode.said_so:
        return Verdict(False, f"A silence of {longest}, but a word came before it.", episode.said_so_evidence)
    if why := (*episode.said_why, *episode.outside_cause):
        return Verdict(False, f"A silence of {longest}, but a word was found on what it is about.", why)
    return Verdict(True, f"A silence of {longest}, and no word found before it.", episode.evidence)


def over_two_weeks(episode: Episode, history: Sequence[Episode], context: Context) -> Verdict:
    """Has it gone on for over two weeks?"""
    took = f"It goes on; this is day {episode.days}" if episode.end is None else f"It took {lasting_days(episode.days)}"
    if episode.days > TWO_WEEKS_DAYS and mourned(episode, context):
        return Verdict(None, f"{took}. A death was told of, and no rule about days fits grief.")
    if episode.days > TWO_WEEKS_DAYS and context.limited(episode.start):
        return Verdict(None, f"{took}. A limit had been set, and less contact follows from one.")
    evidence = episode.evidence if episode.days > TWO_WEEKS_DAYS else ()
    return Verdict(episode.days > TWO_WEEKS_DAYS, f"{took}.{lengths_before(history, context)}", evidence)


def mourned(episode: Episode, context: Context) -> bool:
    """Whether the one who withdrew told of a death in the spell, or in the two weeks before it."""
    first, last = episode.start - timedelta(days=TWO_WEEKS_DAYS), episode.end or context.today
    return any(first <= day <= last for day in context.mourning)


def after_every_closeness(episode: Episode, history: Sequence[Episode], context: Context) -> Verdict:
    """Does it come back after every intimate moment? Check-ins tell of them; each is followed by a spell or not."""
    close = [day for day in context.close if day <= episode.start]
    if not close:
        would = "no check-in has noted a close moment" if context.near or context.far else "a short note each day would"
        return Verdict(None, f"Messages do not show closeness in person; {would}.")
    starts = [e.start for e in (*history, episode)]
    after = sum(any(timedelta(0) <= start - day <= CLOSE_BEFORE for start in starts) for day in close)
    told = f"Of {counted(len(close), 'close moment')} noted, {after} came in the days before a spell."
    if len(close) < FEWEST_CLOSE:
        return Verdict(None, f"{told} That is too few to tell.")
    return Verdict(True if after == len(close) else False if 2 * after < len(close) else None, told)


def returned_without_a_word(episode: Episode, history: Sequence[Episode], context: Context) -> Verdict:
    """Did the person come back with no acknowledgement or will to talk?"""
    back = episode.return_
    if back is None:
        return Verdict(None, f"Not back yet.{unspoken_before(history)}")
    said = said_about_it(episode)
    if not said and context.limited(episode.start):
        return Verdict(None, "A limit had been set; less contact after one needs no word.")
    if said is None:
        return Verdict(None, "The words do not tell." if context.has_words else NO_WORDS)
    if said:
        return Verdict(False, f"{context.who.first} said something about it.", back.evidence)
    if one_word_back(episode, context.today):
        return Verdict(None, "One message has come so far; that is too little to tell.", back.evidence)
    if back.warmth == "warm":
        return Verdict(None, "No word about it was found, but contact came back warm.", back.evidence)
    return Verdict(True, "No word about the quiet was found in the days after.", back.evidence)


def continues_though_discussed(_: Episode, __: Sequence[Episode], context: Context) -> Verdict:
    """Does it continue although its effect was talked about?"""
    return Verdict(None, "Whether you talked it over cannot be told from messages." if context.has_words else NO_WORDS)


def red_flags(episode: Episode, _: Sequence[Episode], context: Context) -> Verdict:
    """Does it come with other red flags? Never "no": a tool like this can miss them."""
    if context.safety_level == "none":
        return Verdict(None, "None seen; this tool can miss them." if context.has_words else NO_WORDS)
    first, last = episode.start - timedelta(days=FLAG_DAYS), episode.end or context.today
    near = context.within(context.safety_evidence, first, last)
    if not near and any(i in context.moments for i in context.safety_evidence):
        return Verdict(None, "None seen in these weeks; this tool can miss them.")
    return Verdict(True, "Some messages call for care before anything else.", near or context.safety_evidence)


CRITERIA: tuple[tuple[str, Literal["processing", "concerning"], str, Rule], ...] = (
    ("said_space", "processing", "Need for space was said", said_space),
    ("some_contact", "processing", "Some contact is kept", some_contact),
    ("resolves_in_a_week", "processing", "Resolves within about a week", resolves_in_a_week),
    ("renewed_openness", "processing", "Comes back with new openness", renewed_openness),
    ("could_say_what", "processing", "Can say, even vaguely, what it was", could_say_what),
    ("blackout", "concerning", "Silent throughout, without a word before", blackout),
    ("over_two_weeks", "concerning", "Over two weeks", over_two_weeks),
    ("after_every_closeness", "concerning", "Follows every close moment", after_every_closeness),
    ("returned_without_a_word", "concerning", "Comes back without a word about it", returned_without_a_word),
    ("continues_though_discussed", "concerning", "Goes on although you talked about it", continues_though_discussed),
    ("red_flags", "concerning", "Other red flags", red_flags),
)

CONTACT = {"warm": "warmer than usual", "usual": "as usual", "flat": "below the usual"}
SAID = {
    True: "something was said about the quiet",
    False: "no word about the quiet was found",
    None: "whether the quiet was spoken of cannot be told",
}

#: Renewed openness by the warmth of the return and whether the quiet was spoken of.
OPENNESS: dict[tuple[str | None, bool | None], bool | None] = {
    ("warm", True): True,
    ("warm", None): True,
    ("warm", False): None,
    ("usual", True): True,
    ("usual", None): None,
    ("usual", False): False,
    ("flat", True): None,
    ("flat", None): False,
    ("flat", False): False,
    (None, True): True,
    (None, None): None,
    (None, False): None,
}


def longest_words(episode: Episode) -> str:
    """The longest silence in a spell, in words."""
    return "unknown" if episode.longest_silence_hours is None else lasting(episode.longest_silence_hours)


def open_words(episode: Episode) -> str:
    """The beginning of a sentence on what cannot be told of a spell: in its first week because it is early."""
    early = episode.end is None and episode.days <= ABOUT_A_WEEK_DAYS
    return "Too early to tell: the" if early else "Hard to tell: the"


def is_blackout(episode: Episode) -> bool:
    """Whether the person was as good as silent throughout, for three days at least."""
    longest = episode.longest_silence_hours
    if longest is None or episode.contact_kept is None:
        return False
    part = longest / (24 * episode.days)
    throughout = part >= BLACKOUT_PART or (longest >= BLACKOUT_SURELY_HOURS and part >= BLACKOUT_LEAST_PART)
    return longest >= BLACKOUT_HOURS and throughout and episode.contact_kept < SOME_SHARE


def keeps_contact(episode: Episode) -> bool:
    """Whether the person wrote now and then all through the spell."""
    longest = episode.longest_silence_hours
    if longest is None or episode.contact_kept is None:
        return False
    throughout = longest <= BLACKOUT_PART * 24 * episode.days
    sparse = episode.contact_kept > 0 and longest <= NOW_AND_THEN_HOURS
    often = episode.contact_kept >= SOME_SHARE and longest < BLACKOUT_SURELY_HOURS
    return throughout and (sparse or often)


def said_about_it(episode: Episode) -> bool | None:
    """Whether the return came with an acknowledgement or a reason; None where the words cannot tell."""
    back = episode.return_
    if back is None:
        return None
    if back.acknowledged or back.explained:
        return True
    return None if back.acknowledged is None or back.explained is None else False


def return_words(episode: Episode, who: Named, today: date) -> str:
    """How the return went, as far as it can be told already."""
    warmth = episode.return_.warmth if episode.return_ else None
    said = SAID[said_about_it(episode)]
    if warmth is None:
        return f"{large(said)}."
    if one_word_back(episode, today):
        return f"One message does not show how contact will be; {said}."
    early = back_only_now(episode, today)
    first = f"So far {who.whose} contact is" if early else f"In the first two days {who.whose} contact was"
    return f"{first} {CONTACT[warmth]}; {said}."


def back_only_now(episode: Episode, today: date) -> bool:
    """Whether the days by which a return is judged are not over."""
    return episode.end is not None and today - episode.end < timedelta(days=int(RETURN_DAYS))


def one_word_back(episode: Episode, today: date) -> bool:
    """Whether a return of these days rests on a single message."""
    back = episode.return_
    return back is not None and back.messages == 1 and back_only_now(episode, today)


def lengths_before(history: Sequence[Episode], context: Context) -> str:
    """How long this person's earlier spells took, as a sentence to add; empty if there are none."""
    took = [e.days for e in history if e.end is not None]
    if not took:
        return ""
    spells = "spell" if len(took) == 1 else "spells"
    return f" {context.who.first_whose} earlier {spells}: {range_of_days(took)}."


def returns_before(history: Sequence[Episode]) -> str:
    """How earlier spells ended, as a sentence to add; empty if that is not known."""
    known = [e.return_.warmth for e in history if e.return_ is not None and e.return_.warmth is not None]
    warm = known.count("warm")
    return f" Before: {warm} of {len(known)} came back warm." if known else ""


def unspoken_before(history: Sequence[Episode]) -> str:
    """Whether earlier returns came without a word, as a sentence to add; empty if none is known to have."""
    known = [said_about_it(e) for e in history if e.return_ is not None and said_about_it(e) is not None]
    silent = known.count(False)
    return f" Before: {silent} of {len(known)} came without a word." if silent else ""


#: Each kind as a sentence; to the one who withdraws, concern would sound like a reproach.
KIND_WORDS: dict[Kind, str] = {
    "processing": "It fits a spell that settles by itself.",
    "concerning": "It gives reason for concern.",
    "mixed": "Some of it fits settling alone, and some of it is a worry.",
    "open": "What it is, is still open.",
    "unclear": "What it was cannot be told.",
}
KIND_WORDS_TO_YOU: dict[Kind, str] = {**KIND_WORDS, "concerning": "It is more than a few quiet days."}
