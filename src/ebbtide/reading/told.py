"""A reading from self-report alone: the answers of an intake through the same criteria, reasons and situations.

Nothing is measured here, so numbers are None, and every sentence is honest about whose word it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from ebbtide.episodes import Episode
from ebbtide.reading.agreed import of_agreement
from ebbtide.reading.asked import asked
from ebbtide.reading.circumstances import outside
from ebbtide.reading.clashes import clashes, disagreeing, without_clashes
from ebbtide.reading.criteria import ABOUT_A_WEEK_DAYS, KIND_WORDS, KIND_WORDS_TO_YOU
from ebbtide.reading.findings import safety_finding
from ebbtide.reading.hypotheses import hypotheses
from ebbtide.reading.own_words import said_back, wants_out, weighs
from ebbtide.reading.phrases import UNNAMED, Named, roughly, small, times, told_days, you_name
from ebbtide.reading.safety import told_safety
from ebbtide.reading.told_criteria import days_ago, told_criteria, told_kind
from ebbtide.reading.told_facts import (
    SHORTEST_DAYS,
    anything_told,
    at_home,
    days_told,
    named_words,
    spell_days,
    spoken_of,
    told_when,
    withdrawn,
)
from ebbtide.reading.told_sentences import EXPORT, told_answer
from ebbtide.reading.types import Answer, EpisodeReading, Finding, Kind, Person, Reading, Sign, Silence, Span
from ebbtide.selfreport import COUNTER_SIGNS, SIGNS
from ebbtide.selfreport.intake import REACHING, STRESS, Intake

#: A pause of days is over by then; and far longer than usual is so many times that.
WEEKS_DAYS, BEYOND_TIMES = 21.0, 2.0


def told_reading(answers: Intake, now: datetime, version: str) -> Reading:
    """The reading of an intake at an aware moment, without advice; of answers that clash neither is used."""
    given, answers = answers, without_clashes(answers)
    care = told_safety(answers.safety, at_home=answers.living == "together")
    who = withdrawn(answers)
    reading = Reading(
        version=version,
        people=(Person("a", "you", True), Person("b", UNNAMED, False)),
        span=Span(now, now, now, "UTC", "assumed", 0, 0, 0, ()),
        imports=(),
        answer=Answer("", "", ""),
        silence=told_silence(answers, now),
        episodes=tuple(told_episode(answers, now)),
        findings=(),
        advice=(),
        safety=care,
        limits=told_limits(given),
        enough=anything_told(answers),
        signs=told_signs(answers, SIGNS, answers.signs, who),
        counter_signs=told_signs(answers, COUNTER_SIGNS, answers.counter_signs, who),
        intake=answers,
    )
    first = (*told_when(given, now.date()), *clashes(given))
    reading = replace(reading, findings=(*told_findings(reading, first), *of_agreement(reading)))
    reading = replace(reading, hypotheses=hypotheses(reading))
    return replace(reading, answer=told_answer(reading))


def told_limits(answers: Intake) -> tuple[str, ...]:
    """What this cannot know, and answers that do not go together; beside danger nothing about distance."""
    other = "What the other feels in these days cannot be told from here."
    if answers.voice == "waiting":
        other = "Why the other is distant, only the other knows. What they feel cannot be told from here."
    return (
        "This rests on what you tell, at this moment. There is no record beside it.",
        *(() if answers.safety.any else disagreeing(answers)),
        # After an ending neither a reason nor a usual is what is looked for.
        *(() if answers.safety.any or answers.stage == "ended" else (other, EXPORT)),
        "Signs of danger can be missed. If you are afraid, trust that over anything written here.",
    )


def told_silence(answers: Intake, now: datetime) -> tuple[Silence, ...]:
    """The present silence as told; how usual it is cannot be known without a record."""
    hours = None if answers.last_word_days is None else answers.last_word_days * 24
    if hours is None and answers.contact == "none" and answers.since_days is not None:
        hours = answers.since_days * 24
    since = None if hours is None else now - timedelta(hours=hours)
    return (Silence(withdrawn(answers), since, hours, None, None, "unknown", None),)


def told_episode(answers: Intake, now: datetime, of: tuple[str, Named] | None = None) -> Iterator[EpisodeReading]:
    """The spell that is told of, from three days on; none where contact is as usual or the bond has ended.

    `of` is who withdraws and how they are spoken of, where that is known from elsewhere.
    """
    days = spell_days(answers)
    if days is None or at_home(answers):
        return
    person, who = of or (withdrawn(answers), spoken_of(withdrawn(answers)))
    start = (now - timedelta(days=days)).date()
    silent = answers.contact == "none"
    last = days if answers.last_word_days is None else answers.last_word_days
    gave = "gave_space" in answers.own_moves and not set(REACHING) & set(answers.own_moves)
    pressed = bool(set(REACHING) & set(answers.own_moves))
    episode = Episode(
        person=person,
        start=start,
        end=None,
        days=round(days),
        depth=None,
        probability=None,
        said_so={"yes": True, "no": False}.get(answers.asked_for_space or ""),
        contact_kept=0.0 if silent else None,
        longest_silence_hours=last * 24 if silent else None,
        space_given=None if answers.voice == "withdrawing" else True if gave else False if pressed else None,
        unanswered_turns=None,
        pressing_messages=None,
        return_=None,
    )
    found = told_criteria(answers, who)
    yield EpisodeReading(episode, told_kind(answers, found, episode), found, told_explanations(answers))


#: What else could make it quiet in general, and what is named where that is already said.
GENERAL_EXPLANATIONS = (
    ({"work", "money", "study", "family", "children"}, "Work, money, study or family took all the hours."),
    ({"health", "grief", "low_mood"}, "Illness or grief, one’s own or of someone close."),
)


def told_explanations(answers: Intake) -> tuple[str, ...]:
    """What else could make it quiet, the named first."""
    first = [words] if (words := named_words(answers)) else []
    at_home = ["You live together, so there is less to write."] if answers.living == "together" else []
    withdrawing = answers.voice == "withdrawing"
    return (
        *first,
        *at_home,
        *(words for covered, words in GENERAL_EXPLANATIONS if not covered & weighs(answers)),
        "Something you have no words for yet." if withdrawing else "Something that only the other knows.",
    )


def told_signs(answers: Intake, ids: tuple[str, ...], named: tuple[str, ...], person: str) -> tuple[Sign, ...]:
    """The signs that are named, as more than usual; what was not named is not known."""
    if not answers.signs and not answers.counter_signs:
        return ()
    return tuple(Sign(id_, person, "more" if id_ in named else "unknown", None, None, None, ("intake",)) for id_ in ids)


def told_findings(reading: Reading, clashing: tuple[str, ...] = ()) -> Iterator[Finding]:
    """What the answers say, each in the terms that advice rests on."""
    answers = reading.intake or Intake()
    if reading.safety.level != "none":
        yield safety_finding(reading)
        return
    person = withdrawn(answers)
    who, other = spoken_of(person), spoken_of("b" if person == "a" else "a")
    yield Finding("told", None, " ".join(["This rests on what you tell.", *clashing]))
    if not reading.enough:
        yield Finding("too_little_data", None, "Too little is told to say more than what holds in general.")
    ended = answers.stage == "ended"
    # After an ending it means little how long somebody has been quiet, or distant at home.
    yield from () if ended else present_findings(reading, answers, who)
    if answers.asked_for_space == "yes":
        words = f"{who.first} said that time or room was needed."
        yield Finding("said_space", person, words)
    yield from partner_findings(answers, person, other)
    # A reason that was given may be about the two of them; it is outside only where that is named.
    if named := outside(answers):
        yield Finding("outside_cause", person, you_name(said_back(named, STRESS)))
    yield from earlier_findings(answers, person, who)
    if at_home(answers):
        words = HOME if ended else home_words(answers, who)
        yield Finding("living_together", None, words)


def present_findings(reading: Reading, answers: Intake, who: Named) -> Iterator[Finding]:
    """How long it has lasted and what contact is left."""
    days, person = days_told(answers), withdrawn(answers)
    hours = reading.silence[0].hours
    if hours is not None and answers.last_word_days is not None:
        said = f"The last word from {who} was {days_ago(hours / 24)}, as you tell it."
        if person == "a":
            said = f"You last wrote {days_ago(hours / 24)}, as you tell it."
        yield Finding("present_silence", person, said, {"hours": float(hours)})
    elif days is not None and answers.contact != "usual":
        yield Finding("present_silence", person, f"{distant_words(days, who)}.", {"hours": days * 24})
    for spell in reading.episodes:
        words = (
            f"{distant_words(spell.episode.days, who)}. {left_words(answers, who)}{kind_told(answers, who, spell.kind)}"
        )
        yield Finding("running_episode", person, words.strip(), {"days": float(spell.episode.days)})
    if answers.after_closeness == "always" and reading.episodes:
        yield Finding("after_closeness", person, "It follows every close moment.")
    if (answers.contact == "usual" or answers.returned == "yes") and not reading.episodes:
        yield Finding("in_touch", None, in_touch_words(answers, who))


#: Where the two share a home.
HOME = "You share a home, and much of what is said there never reaches a message."


def home_words(answers: Intake, who: Named) -> str:
    """That the two share a home, and since when it is distant there, where that is told."""
    days = days_told(answers)
    if days is None or days < SHORTEST_DAYS or answers.contact == "usual":
        return HOME
    return f"You share a home, and {small(distant_words(days, who))}."


def in_touch_words(answers: Intake, who: Named) -> str:
    """That there is contact; and that it is distant all the same, where that is told."""
    if answers.returned == "yes":
        so_far = ", if less than before" if answers.contact == "less" else ""
        return f"{who.first} {who.verb('is', 'are')} back, and you are in touch{so_far}, as you tell it."
    days = None if "came_back" in answers.own_moves else days_told(answers)
    if days is not None and days >= SHORTEST_DAYS:
        talked = " You have talked about it, and it goes on." if answers.talked_about_it == "yes" else ""
        return f"You are in touch. Still, {small(distant_words(days, who))}.{talked}"
    if answers.signs:
        return "You are in touch, and something has changed, as you tell it."
    return IN_TOUCH


#: Beside contact as usual, where nothing else is told of.
IN_TOUCH = "You are in touch as usual, as you tell it."
#: What the two lists come to, of the other and to oneself.
KINDS = {False: KIND_WORDS, True: KIND_WORDS_TO_YOU}


def kind_told(answers: Intake, who: Named, kind: Kind) -> str:
    """What a spell that was told of looks like; that it settles is said only where nothing that is told is against it.

    Of who wants to end it, and between two who are separated, no spell is weighed.
    """
    if wants_out(answers) or answers.stage == "separated":
        return ""
    if kind == "processing" and not may_settle(answers):
        return KIND_WORDS["open"]
    return KINDS[who.you][kind]


def may_settle(answers: Intake) -> bool:
    """Whether nothing speaks against a spell that settles: no silence on both sides, low mood, mixed words or doubt.

    After a week it has to be known besides that room was asked for and contact kept, or that it took as long before.
    """
    doubt = {"low_mood", "earlier_bond"} & weighs(answers) or "mixed_messages" in answers.signs
    if doubt or asked(answers) == "ending" or answers.contact == "none" or "matched" in answers.own_moves:
        return False
    days, usual = days_told(answers) or 0.0, answers.before.usual_days
    kept = answers.asked_for_space == "yes" and answers.contact is not None
    return not beyond_usual(answers) and (days <= ABOUT_A_WEEK_DAYS or usual is not None or kept)


def beyond_usual(answers: Intake) -> bool:
    """Whether it has lasted far longer than earlier ones, as told, or for weeks."""
    days, usual = days_told(answers) or 0.0, answers.before.usual_days
    return days > WEEKS_DAYS or (usual is not None and days > max(BEYOND_TIMES * usual, usual + ABOUT_A_WEEK_DAYS))


def distant_words(days: float, who: Named) -> str:
    """For how long somebody has been distant, as told."""
    for_ = "less than a day" if days < 1 else told_days(days)
    return f"{who.first} {who.verb('has', 'have')} been more distant for {for_}, as you tell it"


def left_words(answers: Intake, who: Named) -> str:
    """What contact is left."""
    return {
        "none": "There is no contact now. ",
        "less": "Some contact is left. ",
        "checks_in": f"{who.first} {who.verb('checks', 'check')} in now and then. ",
    }.get(answers.contact or "", "")


def partner_findings(answers: Intake, person: str, other: Named) -> Iterator[Finding]:
    """What the other has done meanwhile, as told; in the withdrawing voice the teller does not know it all."""
    if person == "a":
        return
    if set(REACHING) & set(answers.own_moves):
        yield Finding("reaching_more", "a", f"{other.first} reached more in these days, as you tell it.")
    elif "gave_space" in answers.own_moves:
        yield Finding("room_left", "a", f"{other.first} have left room so far, as you tell it.")


def earlier_findings(answers: Intake, person: str, who: Named) -> Iterator[Finding]:
    """How it was before, as told."""
    before = answers.before
    if before.times is None and before.ended is None:
        return
    if before.times == 0:
        words = "Nothing like it has happened before."
        yield Finding("earlier_episodes", person, words, {"spells": 0.0})
        return
    if answers.returned == "yes" and before.times == 1 and before.ended is None:
        # The one that is counted is the one that is over; nobody told of another.
        if before.usual_days:
            yield Finding("earlier_episodes", person, f"It took about {roughly(before.usual_days)}.", {"spells": 1.0})
        return
    often = f"It has happened {times(before.times)} before" if before.times else "It has happened before"
    took = f", for about {roughly(before.usual_days)}" if before.usual_days else ""
    ended = {
        "warm": f"; {who} came back warm",
        "flat": f"; {who} came back flat",
        "unacknowledged": f"; {who} came back without a word about it",
        "varied": "; the returns varied",
    }.get(before.ended or "", "")
    yield Finding("earlier_episodes", person, f"{often}{took}{ended}.", {"spells": float(before.times or 1)})
    if before.ended == "unacknowledged":
        words = "Earlier returns came without a word about it, as you tell it."
        yield Finding("unspoken_returns", person, words, {"spells": float(before.times or 1)})
