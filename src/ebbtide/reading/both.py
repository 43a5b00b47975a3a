"""Both together: what a person tells beside what the messages show, and where the two do not agree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ebbtide.reading.phrases import Named, lasting, lasting_days, listed
from ebbtide.reading.present import asked_about, named, present
from ebbtide.reading.told import load_words, wound_words
from ebbtide.reading.told_criteria import days_ago, told_criteria, told_kind
from ebbtide.reading.types import Criterion, EpisodeReading, Finding, Reading, Sign
from ebbtide.selfreport.intake import OWN_MOVES, Intake, worded

#: Days apart by more than both of these, told and measured lengths do not agree.
DAYS_APART, SHARE_APART = 2.0, 0.3
#: A distance that is told to have lasted for so much of the record is in all that is compared with.
MOST_OF_RECORD = 0.7
#: A silence is no silence when a message came within so many hours of it being told.
STILL_WRITES_HOURS = 24.0


def with_answers(reading: Reading, answers: Intake) -> Reading:
    """The reading with an intake beside it: unknown criteria of the present spell are taken from what is told."""
    reading = replace(reading, intake=answers)
    now = present(reading)
    if not same_person(reading, answers):
        return reading
    reading = replace(
        reading,
        signs=tuple(with_sign(s, now.who, answers.signs) for s in reading.signs),
        counter_signs=tuple(with_sign(s, now.who, answers.counter_signs) for s in reading.counter_signs),
    )
    if now.running is None:
        return reading
    filled = filled_in(now.running, answers, named(reading, now.who))
    return replace(reading, episodes=tuple(filled if e is now.running else e for e in reading.episodes))


def with_sign(sign: Sign, person: str, named: Collection[str]) -> Sign:
    """A sign that nothing measured tells, where the answers name it."""
    if sign.person != person or sign.direction != "unknown" or sign.id not in named:
        return sign
    return replace(sign, direction="more", source=(*sign.source, "intake"))


def of_answers(reading: Reading, answers: Intake) -> Iterator[Finding]:
    """That answers are read beside the messages, and where the two do not agree; neither is called wrong.

    `reading` is that of the messages alone.
    """
    beside = Finding("told", None, "Your answers are read beside the messages.")
    if answers.stage == "ended":
        yield beside
        yield Finding("parting_named", None, "It has ended between the two of you, as you tell it.")
    elif same_person(reading, answers):
        yield beside
        if carried := [words for words in (load_words(answers), wound_words(answers)) if words]:
            yield Finding("carried", None, " ".join(carried))
        yield from differences(reading, answers, named(reading, present(reading).who))
    else:
        whom = "yourself" if answers.voice == "withdrawing" else "the other"
        yield Finding(
            "told", None, f"Your answers are about {whom}; the messages show it the other way round just now."
        )


def the_other_way_round(reading: Reading) -> Finding | None:
    """That the reader asks as the one who waits, or pulls away, and the messages speak of the other one."""
    about, now = asked_about(reading), present(reading)
    if about is None or now.who == about:
        return None
    asked = "waits" if reading.voice == "waiting" else "pulls away"
    return Finding(
        "told_otherwise",
        now.who,
        f"You ask as the one who {asked}; just now these messages speak of {named(reading, now.who)}.",
    )


def same_person(reading: Reading, answers: Intake) -> bool:
    """Whether the answers are about the one the messages speak of; taken so where it is not known who is asking."""
    me = reading.reader
    return me is None or (present(reading).who == me) == (answers.voice == "withdrawing")


def filled_in(spell: EpisodeReading, answers: Intake, who: Named) -> EpisodeReading:
    """The spell with its unknown criteria answered by what is told."""
    told = {c.id: c for c in told_criteria(answers, who)}
    criteria = tuple(beside_room(of_both(c, told[c.id]), answers) for c in spell.criteria)
    said_so = spell.episode.said_so or {"yes": True, "no": False}.get(answers.asked_for_space or "")
    episode = replace(spell.episode, said_so=spell.episode.said_so if said_so is None else said_so)
    return replace(spell, episode=episode, criteria=criteria, kind=told_kind(answers, criteria, episode))


#: What the teller knows better than the messages: words in person, talks, what was agreed.
TOLD_FIRST = ("said_space", "could_say_what", "continues_though_discussed", "after_every_closeness", "red_flags")


def of_both(measured: Criterion, told: Criterion) -> Criterion:
    """One criterion from both: measured where it is, else told; a yes told of what messages hardly hold counts."""
    if told.met is None or measured.met is True:
        return measured
    if measured.met is None:
        return replace(measured, met=told.met, why=told.why)
    if told.met and measured.id in TOLD_FIRST:
        return replace(measured, met=told.met, why=f"{told.why} {measured.why}".strip())
    return measured


def beside_room(criterion: Criterion, answers: Intake) -> Criterion:
    """A silence before which room was asked for aloud is none without a word, whatever the messages hold."""
    if criterion.id != "blackout" or not criterion.met or answers.asked_for_space != "yes":
        return criterion
    return replace(criterion, met=False, why="You say that room was asked for, so a word came before it.")


def differences(reading: Reading, answers: Intake, who: Named) -> Iterator[Finding]:
    """Where what is told and what the messages show do not agree."""
    now = present(reading)
    spell = now.running.episode if now.running else None
    parts: list[str] = []
    if answers.since_days is not None and answers.since_days >= MOST_OF_RECORD * reading.span.days:
        told, record = (lasting_days(max(1, round(days))) for days in (answers.since_days, reading.span.days))
        parts.append(
            f"You said {told}; this record holds {record}, so what counts as usual in it may be distant already."
        )
    elif answers.since_days is not None and spell is not None:
        apart = abs(answers.since_days - spell.days)
        if apart > max(DAYS_APART, SHARE_APART * max(answers.since_days, spell.days)):
            told = lasting_days(max(1, round(answers.since_days)))
            parts.append(f"You said {told}; the messages show {lasting_days(spell.days)}.")
    elif answers.since_days is not None and answers.since_days >= DAYS_APART + 1:
        told = lasting_days(round(answers.since_days))
        parts.append(f"You said {told}; in the messages no such stretch stands out. You may see what they do not show.")
    hours = now.silence.hours if now.silence else None
    if answers.last_word_days is not None and hours is not None:
        told_hours = answers.last_word_days * 24
        if abs(told_hours - hours) > max(STILL_WRITES_HOURS, SHARE_APART * max(told_hours, hours)):
            parts.append(
                f"You said the last word was {days_ago(answers.last_word_days)}; the messages show {lasting(hours)}."
            )
    elif answers.contact == "none" and hours is not None and hours < STILL_WRITES_HOURS:
        parts.append(f"You said there is no contact; {who} wrote {lasting(hours)} ago.")
    if answers.asked_for_space == "no" and spell is not None and spell.said_so:
        parts.append("You said room was not asked for; a message around the start reads as if it was.")
    if answers.asked_for_space == "yes" and spell is not None and spell.said_so is False:
        parts.append("You said room was asked for; no message around the start says so. It may have been said aloud.")
    if parts:
        yield Finding("told_otherwise", now.who, " ".join(parts))


#: What is compared between two intakes, with its words.
COMPARED: dict[str, tuple[str, dict[str, str]]] = {
    "contact": ("Contact", {"usual": "as usual", "checks_in": "a sign now and then"}),
    "asked_for_space": ("Room asked for", {"unsure": "not sure"}),
    "explained": ("A reason given", {"partly": "in part"}),
    "talked_about_it": ("Talked about it", {}),
    "stage": ("The two of you", {}),
}


def changed(earlier: Intake, later: Intake) -> Finding | None:
    """What is otherwise than in an earlier intake; None where nothing is."""
    parts = [
        "{}: {} before, {} now.".format(title, *worded((was, now), known))
        for name, (title, known) in COMPARED.items()
        if (was := getattr(earlier, name)) != (now := getattr(later, name)) and was is not None and now is not None
    ]
    was_days, now_days = earlier.since_days, later.since_days
    if was_days is not None and now_days is not None and round(was_days) != round(now_days):
        told = (lasting_days(max(1, round(days))) for days in (was_days, now_days))
        parts.insert(0, "Distant for {} before, {} now.".format(*told))
    parts += named_otherwise([*earlier.signs, *earlier.counter_signs], [*later.signs, *later.counter_signs], {})
    parts += named_otherwise(earlier.own_moves, later.own_moves, OWN_MOVES)
    if not parts:
        return None
    return Finding("changed", None, f"Since your earlier answers. {' '.join(parts)}")


def named_otherwise(was: Collection[str], now: Collection[str], words: Mapping[str, str]) -> list[str]:
    """What is no longer named, and what newly, in words."""
    gone, new = (worded(sorted(ids), words) for ids in (set(was) - set(now), set(now) - set(was)))
    return [f"{title} named: {listed(ids)}." for title, ids in (("No longer", gone), ("Newly", new)) if ids]
