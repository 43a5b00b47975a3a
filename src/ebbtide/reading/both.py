"""Both together: what a person tells beside what the messages show, and where the two do not agree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from ebbtide.reading.asked import asked_words
from ebbtide.reading.clashes import clashes, without_clashes
from ebbtide.reading.criteria import BLACKOUT_HOURS, is_blackout
from ebbtide.reading.own_words import said_back
from ebbtide.reading.phrases import Named, as_often, in_words, lasting, lasting_days, listed, times, told_days, you_name
from ebbtide.reading.present import Present, asked_about, local_today, named, present
from ebbtide.reading.reciprocity import sides
from ebbtide.reading.sentences import joined
from ebbtide.reading.spells import MANY_PRESSING, MANY_TURNS
from ebbtide.reading.told import distant_words, kind_told, left_words, told_episode
from ebbtide.reading.told_criteria import OFTEN, days_ago, told_criteria, told_kind
from ebbtide.reading.told_facts import named_words, told_when
from ebbtide.reading.told_sentences import load_words, wound_words
from ebbtide.reading.types import Answer, Criterion, EpisodeReading, Finding, Reading, Sign
from ebbtide.selfreport.intake import OWN_MOVES, RED_FLAGS, Intake, worded

#: What would tell more than a thin record.
EXPORT_LONGER = "A longer export would show how usual this is for the two of you."
#: Days apart by more than both of these, told and measured lengths do not agree.
DAYS_APART, SHARE_APART = 2.0, 0.3
#: A distance that is told to have lasted for so much of the record is in all that is compared with.
MOST_OF_RECORD = 0.7
#: Below this share of the usual, contact in messages is not as usual.
MUCH = 0.7
#: A silence is no silence when a message came within so many hours of it being told.
STILL_WRITES_HOURS = 24.0


#: Beside a record that is too thin, a spell is told of from a week on.
LONG_TOLD_DAYS = 7


def with_answers(reading: Reading, answers: Intake) -> Reading:
    """The reading with an intake beside it: unknown criteria of the present spell are taken from what is told.

    Where the record is too thin for a spell to show, the spell is the one that is told.
    """
    answers = without_clashes(answers)
    reading = replace(reading, intake=answers)
    now = present(reading)
    if not same_person(reading, answers):
        return reading
    reading = replace(
        reading,
        signs=tuple(with_sign(s, now.who, answers.signs) for s in reading.signs),
        counter_signs=tuple(with_sign(s, now.who, answers.counter_signs) for s in reading.counter_signs),
    )
    if now.running is None and not reading.enough and not reading.care_first:
        told = told_episode(answers, reading.span.now, (now.who, named(reading, now.who)))
        told = (e for e in told if e.episode.days >= LONG_TOLD_DAYS)
        said = (replace(e, criteria=tuple(replace(c, why=as_told(c.why)) for c in e.criteria)) for e in told)
        return replace(reading, episodes=(*reading.episodes, *said))
    if now.running is None:
        return reading
    filled = filled_in(now.running, answers, named(reading, now.who))
    return replace(reading, episodes=tuple(filled if e is now.running else e for e in reading.episodes))


def thin_answer(reading: Reading) -> Answer | None:
    """The answer of an intake beside a record too thin to tell; None elsewhere, or where no spell is told."""
    now, answers = present(reading), reading.intake
    if answers is None or reading.enough or reading.care_first or now.running is None or answers.stage == "ended":
        return None
    who, spell = named(reading, now.who), now.running
    said = {f.key: f.words for f in reading.findings}
    first = f"{distant_words(spell.episode.days, who)}. {left_words(answers, who)}{kind_told(answers, who, spell.kind)}"
    return Answer(first, joined(said.get("too_little_data", ""), said.get("earlier_episodes", "")), EXPORT_LONGER)


def with_sign(sign: Sign, person: str, named: Collection[str]) -> Sign:
    """A sign that nothing measured tells, where the answers name it."""
    if sign.person != person or sign.direction != "unknown" or sign.id not in named:
        return sign
    return replace(sign, direction="more", source=(*sign.source, "intake"))


def of_answers(reading: Reading, answers: Intake) -> Iterator[Finding]:
    """That answers are read beside the messages, and where the two do not agree; neither is called wrong.

    `reading` is that of the messages alone.
    """
    clashing, answers = (*told_when(answers, local_today(reading)), *clashes(answers)), without_clashes(answers)
    own = asked_words(answers)
    words = [*clashing, "Your answers are read beside the messages.", *([own] if own else [])]
    beside = Finding("told", None, " ".join(words))
    if clashing or own:
        yield Finding("told_otherwise", None, " ".join([*clashing, *([own] if own else [])]))
    if answers.stage == "ended":
        yield beside
        yield Finding("parting_named", None, "It has ended between the two of you, as you tell it.")
    elif same_person(reading, answers):
        yield beside
        flags = you_name(said_back(answers.red_flags, RED_FLAGS))
        if carried := joined(flags, named_words(answers), load_words(answers), wound_words(answers)):
            yield Finding("carried", None, carried)
        yield from differences(reading, answers, named(reading, present(reading).who))
    else:
        whom = "yourself" if answers.voice == "withdrawing" else "the other"
        round_ = f"Your answers are about {whom}; the messages show it the other way round just now."
        yield from (Finding("told", None, round_), Finding("told_otherwise", None, round_))


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
    told = {c.id: replace(c, why=as_told(c.why)) for c in told_criteria(answers, who)}
    kept = MEASURED_ONLY | (OF_SILENCE if wrote_in(spell, answers) else frozenset())
    criteria = tuple(c if c.id in kept else beside_room(of_both(c, told[c.id]), answers) for c in spell.criteria)
    said_so = spell.episode.said_so or {"yes": True, "no": False}.get(answers.asked_for_space or "")
    episode = replace(spell.episode, said_so=spell.episode.said_so if said_so is None else said_so)
    return replace(spell, episode=episode, criteria=criteria, kind=told_kind(answers, criteria, episode))


#: How long a spell has lasted has one answer, that of the messages.
MEASURED_ONLY = frozenset({"resolves_in_a_week", "over_two_weeks"})
#: Messages that came are no silence, whatever is told.
OF_SILENCE = frozenset({"some_contact", "blackout"})


def wrote_in(spell: EpisodeReading, answers: Intake) -> bool:
    """Whether messages came in a spell in which there is no contact as told."""
    return answers.contact == "none" and bool(spell.episode.contact_kept)


def as_told(why: str) -> str:
    """A reason that rests on an answer, said as such."""
    whose = why.startswith(("You", "Not ", "None "))
    return why if whose or "you tell" in why else f"{why.removesuffix('.')}, as you tell it."


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
    """Where what is told and what the messages show do not agree; of too few messages nothing is said."""
    if not reading.enough:
        return
    now = present(reading)
    spell = now.running.episode if now.running else None
    parts: list[str] = []
    if answers.since_days is not None and answers.since_days >= MOST_OF_RECORD * reading.span.days:
        told, record = told_days(max(1.0, answers.since_days)), lasting_days(reading.span.days)
        parts.append(
            f"You said {told}; this record holds {record}, so what counts as usual in it may be distant already."
        )
    elif answers.since_days is not None and spell is not None:
        apart = abs(answers.since_days - spell.days)
        if apart > max(DAYS_APART, SHARE_APART * max(answers.since_days, spell.days)):
            told = told_days(max(1.0, answers.since_days))
            parts.append(f"You said {told}; the messages show {lasting_days(spell.days)}.")
    elif answers.since_days is not None and answers.since_days >= DAYS_APART + 1:
        told = told_days(answers.since_days)
        parts.append(f"You said {told}; in the messages no such stretch stands out. You may see what they do not show.")
    hours = now.silence.hours if now.silence else None
    if answers.last_word_days is not None and hours is not None:
        told_hours = answers.last_word_days * 24
        if abs(told_hours - hours) > max(STILL_WRITES_HOURS, SHARE_APART * max(told_hours, hours)):
            parts.append(
                f"You said the last word was {days_ago(answers.last_word_days)}; the messages show {lasting(hours)}."
            )
    else:
        parts += of_contact(answers, now, who)
    if answers.asked_for_space == "no" and spell is not None and spell.said_so:
        parts.append("You said room was not asked for; a message around the start reads as if it was.")
    if answers.asked_for_space == "yes" and spell is not None and spell.said_so is False:
        parts.append("You said room was asked for; no message around the start says so. It may have been said aloud.")
    partner = named(reading, now.partner)
    parts += [*of_earlier(answers, now), *of_moves(answers, now, partner), *of_give_and_take(reading, answers, who)]
    if parts:
        yield Finding("told_otherwise", now.who, " ".join(parts))


def of_contact(answers: Intake, now: Present, who: Named) -> Iterator[str]:
    """Contact that is told, and none that shows, or the other way round."""
    hours = now.silence.hours if now.silence else None
    if hours is None:
        return
    told_hours = (answers.since_days or 0.0) * 24
    if answers.contact == "none" and (hours < STILL_WRITES_HOURS or hours < told_hours * (1 - SHARE_APART)):
        yield f"You said there is no contact; {who} wrote {lasting(hours)} ago."
    left = 1 - (now.running.episode.depth or 0.0) if now.running is not None else 1.0
    if answers.contact == "usual" and now.running is not None and not is_blackout(now.running.episode) and left < MUCH:
        does = f"{who} {who.verb('starts and answers', 'start and answer')} {as_often(left)} as usual"
        yield f"You said contact is as usual; in the messages {does}. The rest may be elsewhere."
    some = answers.contact in ("usual", "less", "checks_in")
    if some and now.running is not None and is_blackout(now.running.episode) and hours >= BLACKOUT_HOURS:
        yield f"You said some contact is left; no message has come for {lasting(hours)}. It may be elsewhere."


def of_earlier(answers: Intake, now: Present) -> Iterator[str]:
    """The first time as told, and earlier spells in the messages, or the other way round."""
    told, seen = answers.before.times, len(now.earlier)
    if told == 0 and seen:
        spells = "quiet spell" if seen == 1 else "quiet spells"
        yield f"You said it has not happened before; the messages show {in_words(seen)} earlier {spells}."
    if told and told >= OFTEN and not seen:
        yield f"You said it has happened {times(told)} before; in this record no earlier time stands out."


def of_moves(answers: Intake, now: Present, partner: Named) -> Iterator[str]:
    """What the one who waits has done as told, and what messages show of it."""
    spell = now.running.episode if now.running else None
    if answers.voice != "waiting" or spell is None:
        return
    turns = max(spell.unanswered_turns or 0, now.silence.waiting_turns if now.silence else 0)
    pressing = spell.pressing_messages or 0
    if "gave_space" in answers.own_moves and (turns >= MANY_TURNS or pressing >= MANY_PRESSING):
        shown = f"{partner} wrote {times(turns)} without an answer"
        if turns < MANY_TURNS:
            shown = f"{in_words(pressing)} messages of {partner.theirs} press for an answer"
        yield f"You said that you left room; as read here, {shown}."
    if "many_messages" in answers.own_moves and spell.unanswered_turns is not None and turns <= 1 and not pressing:
        yield "You said that you wrote many messages; in these days hardly one stands without an answer."


def of_give_and_take(reading: Reading, answers: Intake, who: Named) -> Iterator[str]:
    """Who starts and who asks as told, and what the messages show of it; plans that a message speaks of."""
    told, now = answers.reciprocity, present(reading)
    partner = named(reading, now.partner)
    for id_, much, little in (
        ("starts", told.starts == "me", told.starts == "other"),
        ("asks", told.asks_after_me == "no", told.asks_after_me == "yes"),
    ):
        seen = sides([r for r in reading.reciprocity if r.id == id_], now.who, who, partner)
        shown = seen.against if much else seen.for_ if little else []
        if shown and answers.voice == "waiting":
            yield f"{GIVE_AND_TAKE[id_, much]} {shown[0]}"


#: What is told of give and take, before what the messages show of it; by whether it is the teller who gives.
GIVE_AND_TAKE = {
    ("starts", True): "You said it is you who starts.",
    ("starts", False): "You said it is the other who starts.",
    ("asks", True): "You said you are not asked after.",
    ("asks", False): "You said you are asked after.",
}
#: Stages at which two are together.
TOGETHER_STAGES = ("dating", "exclusive", "engaged", "married")


def of_words(reading: Reading, keys: Collection[str]) -> Iterator[Finding]:
    """Where answers about the two do not agree with what messages say of an end, a meeting or a home."""
    answers = reading.intake
    if answers is None or not reading.enough or reading.safety.level != "none":
        return
    parts = []
    if answers.stage in TOGETHER_STAGES and "parting_named" in keys:
        parts.append("You said the two of you are together; a message reads as if it has ended.")
    if answers.living in ("apart", "distance") and "living_together" in keys:
        parts.append("You said you live apart; messages read as if you share a home.")
    if answers.reciprocity.keeps_plans == "no" and "day_kept" in keys:
        parts.append("You said plans are not kept; a day that was named for being in touch was.")
    if parts:
        yield Finding("told_otherwise", None, " ".join(parts))


def carried_in(reading: Reading) -> Iterator[Finding]:
    """What check-ins note to have weighed on the one who waits while the other is away: it is named to them."""
    now = present(reading)
    if now.running is None or not now.running.carried:
        return
    partner, named_ = named(reading, now.partner), listed(now.running.carried)
    words = (
        f"Check-ins from these days name {named_} for {partner}. That can make a silence louder, and reaching stronger."
    )
    yield Finding("carried", now.partner, words)


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
        told = (told_days(max(1.0, days)) for days in (was_days, now_days))
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
