"""Spells: what a spell of distance looks like now, what the other did in it, and how earlier ones went, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ebbtide.episodes import Episode
from ebbtide.reading.criteria import KIND_WORDS, KIND_WORDS_TO_YOU, one_word_back, return_words, said_about_it
from ebbtide.reading.explanations import NAMED_OUTSIDE
from ebbtide.reading.phrases import Named, as_often, day_of, in_words, lasting, lasting_days, on_day, strength, times
from ebbtide.reading.present import Present, named
from ebbtide.reading.returns import earlier_in_words, return_test, room_in_words, unspoken_in_words
from ebbtide.reading.types import EpisodeReading, Finding, Reading

#: From this many turns without an answer on, the other is said to have written a lot.
MANY_TURNS = 3
MANY_PRESSING = 2
#: Who was back and has been silent for so long is quiet again.
QUIET_AGAIN_HOURS = 72.0
#: Below this share of the usual, as good as nothing is left.
HARDLY = 0.05


def of_spell(reading: Reading, now: Present) -> Iterator[Finding]:
    """The spell that runs or has just ended, what was said about it, and what else was named."""
    if now.spell is None:
        return
    who, episode = named(reading, now.who), now.spell.episode
    if now.running is not None:
        words = f"{distant_words(episode, who, now)} {left_words(now.running, who)}"
        numbers = {"days": float(episode.days), **known(depth=episode.depth, probability=episode.probability)}
        yield Finding("running_episode", now.who, words, numbers, episode.evidence, now.running.other_explanations)
    elif episode.return_ is not None:
        words = f"{back_words(episode, who, now)} {return_words(episode, who, now.today)}"
        numbers = {"days": float(episode.days)}
        yield Finding("returned", now.who, words, numbers, episode.return_.evidence)
    if episode.said_so:
        told = ", as you tell it" if reading.intake is not None and not episode.said_so_evidence else ""
        words = f"{who.first} said that time or room was needed{told}."
        yield Finding("said_space", now.who, words, evidence=episode.said_so_evidence)
    if episode.outside_cause:
        hint = (words for words in now.spell.other_explanations if words.startswith(NAMED_OUTSIDE))
        yield Finding("outside_cause", now.who, next(hint, f"{NAMED_OUTSIDE}."), evidence=episode.outside_cause)


def known(**numbers: float | None) -> dict[str, float]:
    """Those of the numbers that are known."""
    return {name: float(value) for name, value in numbers.items() if value is not None}


def distant_words(episode: Episode, who: Named, now: Present) -> str:
    """Since when the person is more distant, and how sure that is; where nothing came at all, since when."""
    if episode.contact_kept == 0 and now.last_word is not None:
        day = day_of(now.last_word, now.today)
        return f"You have not written since {day}." if who.you else f"No message has come from {who} since {day}."
    sure = strength(episode.probability)
    sure = "perhaps" if sure == "too early to tell" else sure
    has, day = who.verb("has", "have"), day_of(episode.start, now.today)
    return f"{who.first} {has} {sure} been more distant than usual since {day}: this is day {episode.days}."


def left_words(spell: EpisodeReading, who: Named) -> str:
    """How much of the usual contact is left, and what the two lists come to."""
    kind = (KIND_WORDS_TO_YOU if who.you else KIND_WORDS)[spell.kind]
    if spell.episode.depth is None:
        return kind
    share = 1 - spell.episode.depth
    if spell.episode.contact_kept == 0:
        return kind
    if share <= HARDLY:
        left = f"{who.first} hardly {who.verb('writes', 'write')} at all."
    else:
        left = f"{who.first} {who.verb('starts and answers', 'start and answer')} {as_often(share)} as usual."
    return f"{left} {kind}"


def back_words(episode: Episode, who: Named, now: Present) -> str:
    """Since when the person is back."""
    has, day = who.verb("has", "have"), day_of(episode.end or now.today, now.today)
    may = "what may have been " if strength(episode.probability) == "perhaps" else ""
    after = f"after {may}{lasting_days(episode.days)} of distance"
    quiet = now.silence.hours if now.silence is not None else None
    if quiet is not None and quiet >= QUIET_AGAIN_HOURS:
        came = f"{who.first} came back {on_day(episode.end or now.today, now.today)}, {after}"
        return f"{came}, and {has} been quiet again for {lasting(quiet)}."
    if one_word_back(episode, now.today):
        return f"{who.first} wrote again {on_day(episode.end or now.today, now.today)}, so far once, {after}."
    return f"{who.first} {has} been back in touch since {day}, {after}."


def of_partner(reading: Reading, now: Present) -> Iterator[Finding]:
    """What the other has done meanwhile: left room, or reached more. Neither is a fault."""
    partner, running = named(reading, now.partner), now.running
    words = reaching_words(reading, now)
    if words:
        numbers = {"waiting_turns": float(now.silence.waiting_turns)} if now.silence else {}
        if running is not None:
            numbers |= known(unanswered_turns=running.episode.unanswered_turns)
        yield Finding("reaching_more", now.partner, words, numbers)
    elif running is not None and left_room(running.episode):
        yield Finding("room_left", now.partner, f"{partner.first} {partner.verb('has', 'have')} left room so far.")


def left_room(episode: Episode) -> bool:
    """Whether the other eased off, and did not go on writing into the quiet either."""
    return episode.space_given is True and (episode.unanswered_turns or 0) < MANY_TURNS


def reaching_words(reading: Reading, now: Present) -> str:
    """That the other has written a lot without an answer; empty if not."""
    who, partner = named(reading, now.who), named(reading, now.partner)
    turns = now.silence.waiting_turns if now.silence else 0
    if turns >= MANY_TURNS:
        return f"{partner.first} {partner.verb('has', 'have')} written {times(turns)} since {who} last wrote."
    spell = now.running.episode if now.running else None
    if spell is None or spell.space_given:
        return ""
    if spell.unanswered_turns is not None and spell.unanswered_turns >= MANY_TURNS:
        return f"In this spell {partner} wrote {times(spell.unanswered_turns)} without an answer."
    if spell.pressing_messages is not None and spell.pressing_messages >= MANY_PRESSING:
        return f"In this spell {in_words(spell.pressing_messages)} of {partner.whose} messages press for an answer."
    return ""


def of_earlier(reading: Reading, now: Present) -> Iterator[Finding]:
    """How earlier spells of the person in question went, and what followed where room was left."""
    who, partner = named(reading, now.who), named(reading, now.partner)
    earlier = [e.episode for e in now.earlier]
    record = f"in the {lasting_days(reading.span.days)} of this record"
    first = f"It is {who.whose} first spell of distance {record}."
    # Beside a new silence the spell that is over has to be told from it.
    if now.running is None and now.back is not None and now.silence is not None and now.silence.word == "unusual":
        first = f"The spell that is over, {lasting_days(now.back.episode.days)} long, is {who.whose} first {record}."
    none = first if now.spell else none_words(reading, who, record)
    words = earlier_in_words(earlier, who) if earlier else none
    yield Finding("earlier_episodes", now.who, words, {"spells": float(len(earlier))}, first_events(earlier))
    ended = [*earlier, *([now.back.episode] if now.back else [])]
    if ended:
        test = return_test(ended)
        yield Finding("pattern_of_returns", now.who, room_in_words(test, partner), test.numbers, first_events(ended))
    if now.unspoken_before:
        unspoken = [e for e in earlier if said_about_it(e) is False]
        words = unspoken_in_words(unspoken)
        yield Finding("unspoken_returns", now.who, words, {"spells": float(len(unspoken))}, first_events(unspoken))


def none_words(reading: Reading, who: Named, record: str) -> str:
    """That no spell shows: of this person, or of either."""
    if not reading.episodes:
        return f"No spell of distance stands out {record}."
    return f"{who.first} {who.verb('has', 'have')} had no spell of distance {record}."


def first_events(episodes: list[Episode]) -> tuple[str, ...]:
    """One event of each episode, to find it by."""
    return tuple(i for e in episodes for i in e.evidence[:1])
