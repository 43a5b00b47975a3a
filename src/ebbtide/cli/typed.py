"""What somebody typed at a question, understood: numbers, choices in other words, lengths, danger told in passing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from ebbtide.cli.asking import LENGTH, OFTEN, as_days, often, say
from ebbtide.cli.questions import Answers, Choice, Question, choices_of, filled, voice_in
from ebbtide.cli.said_words import said_so
from ebbtide.reading.both import TOGETHER_STAGES
from ebbtide.reading.circumstances import named_in
from ebbtide.reading.phrases import DAYS_A_MONTH, counted
from ebbtide.selfreport import harm
from ebbtide.selfreport.intake import CUT, LETTER, LONGEST_ID

NONE_OF_THESE = "none of these"
#: What people type for it.
NOTHING = frozenset({NONE_OF_THESE, "no", "none", "nope", "none of them", "nothing", "n", "nein", "non", "0"})


def numbered(choices: Sequence[Choice]) -> list[Choice]:
    """The choices that have a number."""
    return [c for c in choices if c.shown]


def taken(question: Question, typed: str, answers: Answers, now: datetime | None = None) -> dict[str, Any]:
    """The answers with what was typed; what cannot be read is skipped and said so."""
    answers = dict(answers)
    if question.field:
        return danger_in(question, typed, answers) or timed(question, typed, answers, now)
    told, rest = told_beside(question, typed, now)
    choices = choices_of(question, answers)
    chosen, own = chosen_of(rest, choices)
    if told:
        own = [left for words in own if (left := re.sub(r"\s+", " ", FILLING.sub(" ", words)).strip(" .!?"))]
    if question.id == "question" and own and not chosen:
        # A question in one's own words is one, whatever commas it has.
        own = [rest]
    if own and (danger := danger_in(question, typed, answers)):
        return danger
    unread: list[str] = []
    for words in own:
        if question.id == "said" and (heard := said_so(words, choices)):
            chosen += heard
            continue
        near = named(words, choices) or nearest(words, choices) or loosely(question, words, choices)
        if (near := near or misspelt(words, choices)) is not None:
            chosen.append(near)
        elif several := each_named(words, choices):
            chosen += several
        elif question.id in OPEN and LETTER.search(id_ := as_id(words)):
            chosen.append(Choice(words, {question.id: [id_] if question.several else id_}))
        elif question.id not in OPEN and named_in(id_ := as_id(words)):
            chosen.append(Choice(words, {"stress": [id_]}))
        else:
            unread.append(words)
    if doubt := end_in_doubt(chosen):
        say("That is a couple and an end at once, so neither is taken. Give the one that is so now.")
        chosen = [c for c in chosen if "stage" not in c.fills]
    elif apart := at_odds(chosen):
        say(f"These do not go together; the last one counts: {apart}.")
    for choice in chosen:
        answers = filled(answers, choice)
    if unread or (rest.strip() and not (chosen or told or doubt) and not says_nothing(rest)):
        said = "A part of that is none of the choices." if chosen or told else "That is none of the choices."
        say(f"{said} It is left open; b goes back to it.")
        if question.id == "stage" and re.search(OTHER_BOND, typed, re.IGNORECASE):
            say("What follows is written for a couple, and says “partner”. For anybody else it is a rough guide.")
    return with_told(told, answers)


#: Bonds that are not those of a couple.
OTHER_BOND = (
    r"\b(?:(?:best |old |close |just |only |good )*friends?|brother|sister|sibling|cousin|mother|mum|mom|father|dad|son"
    r"|daughter|colleague|co-?worker|crush|boss|flatmate|roommate|not (?:a couple|together))\b"
)


def says_nothing(typed: str) -> bool:
    """Whether somebody says that there is nothing to tell, or that they do not know."""
    words = typed.strip(" .!?").casefold()
    return words in NOTHING or without_hedges(words) in NOTHING or unknown(words)


#: What people type where they do not know.
UNKNOWN = re.compile(
    r"(?:i )?(?:(?:really |just |honestly )*(?:do not|don[’']?t|dont|dunno)(?: really)?(?: know)?"
    r"|idk|have no (?:idea|clue)|no (?:idea|clue)|(?:am |[’']m |m )?(?:not (?:so |really |quite )?sure|unsure)"
    r"|can(?:not|[’']?t) (?:say|tell)|hard to (?:say|tell)|it depends|who knows|unknown)|",
    re.IGNORECASE,
)
#: Words that make an answer softer and tell nothing by themselves.
HEDGES = re.compile(
    r"\b(?:i (?:guess|think|suppose|believe)|guess|maybe|perhaps|possibly|probably|mostly|mainly|kind of|kinda"
    r"|sort of|really|actually|honestly|so far|after)\b",
    re.IGNORECASE,
)


def unknown(typed: str) -> bool:
    """Whether somebody says that they do not know, and no more."""
    return UNKNOWN.fullmatch(without_hedges(typed)) is not None


def without_hedges(typed: str) -> str:
    """What was typed, without the words that only soften it."""
    return re.sub(r"\s+", " ", HEDGES.sub(" ", typed)).strip(" .!?,")


def timed(question: Question, typed: str, answers: dict[str, Any], now: datetime | None) -> dict[str, Any]:
    """The answers with a length of time, where need be the only one that stands in what was typed."""
    number = as_days(typed, now)
    if number is None:
        found = [n for m in LENGTH.finditer(typed) if (n := as_days(m[0], now)) is not None]
        number = found[0] if len(found) == 1 else None
    if number is None:
        if typed and not says_nothing(typed):
            say("That is no length of time that can be read. Like this: 10, half a day, 2 weeks, or since 5 March.")
        return answers
    if as_days(typed) != number:
        say(f"Taken as {counted(round(number), 'day')}.")
    return {**answers, question.field: number}


def chosen_of(typed: str, choices: Sequence[Choice]) -> tuple[list[Choice], list[str]]:
    """The choices that were typed, as numbers or in their own words, and what else was typed."""
    if (whole := named(typed, choices)) is not None:
        return [whole], []
    numbers = numbered(choices)
    chosen: list[Choice] = []
    own: list[str] = []
    for part in re.split(r"[,;]", re.sub(r"(?<=\d)\s*(?:\band\b|[&+/])\s*(?=\d)", ",", typed)):
        words = part.strip(" .!?)(")
        while said := re.match(r"(\d+)(?:[.)\s]+|$)", words):
            place = int(said[1]) if len(said[1]) <= LONGEST_NUMBER else 0
            if 1 <= place <= len(numbers):
                chosen.append(numbers[place - 1])
            elif said[1] != "0":
                own.append(said[1])
            words = words[said.end() :]
        if words and (choice := named(words, choices) or named(without_hedges(words), choices)) is not None:
            chosen.append(choice)
        elif words and not says_nothing(words):
            own.append(words)
    return chosen, own


#: Numbers of choices have no more digits.
LONGEST_NUMBER = 3
#: Fewer letters than that fit by chance.
SHORTEST_WORDS = 4


def named(typed: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice whose words were typed, or whose none-of-these was."""
    words = typed.strip(" .!?").casefold().replace("'", "’").replace(",", "")
    for choice in choices:
        if words in (choice.words.casefold().replace(",", ""), *(a.replace("'", "’") for a in choice.also)):
            return choice
    return next((c for c in choices if c.words == NONE_OF_THESE and words in NOTHING), None)


def nearest(typed: str, choices: Sequence[Choice]) -> Choice | None:
    """The one choice that has these words in it."""
    words = typed.casefold()
    found = [c for c in choices if re.search(rf"\b{re.escape(words)}\b", c.words.casefold())]
    return found[0] if len(found) == 1 and len(words) >= SHORTEST_WORDS else None


#: How much alike two words are at least, of which one is the other misspelt.
ALIKE = 0.75
#: A word that says that something is not so.
NOT = re.compile(r"^(?:no|not|never)$|n[’']?t$")


def misspelt(typed: str, choices: Sequence[Choice]) -> Choice | None:
    """The one choice that was typed word for word, each word spelt right or nearly so.

    Not a danger: there a wrong letter may make another word, and the question is put again.
    """
    words = typed.casefold().replace("'", "’").split()
    found = [
        c
        for c in choices
        if not any(c.fills.get("safety", {}).values())
        and any(all_alike(words, said.casefold().replace(",", "").split()) for said in (c.words, *c.also))
    ]
    return found[0] if len(found) == 1 else None


def all_alike(words: Sequence[str], said: Sequence[str]) -> bool:
    """Whether words are the same, one by one, but for their spelling and no “not”; at least one is of some length."""
    return (
        len(words) == len(said)
        and [bool(NOT.search(w)) for w in words] == [bool(NOT.search(w)) for w in said]
        and max(map(len, words), default=0) >= SHORTEST_WORDS
        and all(SequenceMatcher(None, a, b).ratio() >= ALIKE for a, b in zip(words, said, strict=True))
    )


#: How people begin, or say, what a choice says, by question: the first that fits counts.
LOOSELY: Mapping[str, tuple[tuple[str, str], ...]] = {
    "before": (
        (r"never|first time|not before|no[, ]+never", "times"),
        (r"yes.*\bwarm", "warm"),
        (r"yes.*\bflat", "flat"),
        (r"yes.*\b(?:nothing|not)\b.*\bsaid", "unacknowledged"),
    ),
    "contact": (
        (r".*\b(?:blocked me|blocked everywhere|ghosted)", "none"),
        (r".*\bonly (?:about|for|to|when)", "less"),
        (
            r"(?:he|she|they|we|i) (?:(?:does|do|did|is|are|am|has|have)(?: not|n[’']?t) |not |never |no longer "
            r"|stopped )"
            r"(?:even |really )*(?:talk|talking|speak|speaking|write|writing|answer|answering|reply|replying"
            r"|text|texting|respond|call|message)(?:(?: to)? (?:me|each other|back))?(?: any ?more| at all)?$",
            "none",
        ),
        (r".*\b(?:checks? in|now and then|once in a while|every (?:few|couple of) (?:days|weeks))", "checks_in"),
    ),
}


def loosely(question: Question, typed: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice that is meant by words which only begin like it, or say it in another way."""
    for pattern, means in LOOSELY.get(question.id, ()):
        if re.match(rf"(?:{pattern})(?!\w)", typed, re.IGNORECASE):
            return next((c for c in choices if meant_by(c) == means), None)
    return None


def meant_by(choice: Choice) -> str:
    """What a choice stands for among those that are loosely said."""
    if "contact" in choice.fills:
        return str(choice.fills["contact"])
    before = choice.fills.get("before", {})
    return "times" if before.get("times") == 0 else str(before.get("ended", ""))


def each_named(typed: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that are named one after another without a comma; none where a word is something else."""
    words = [w for w in re.split(r"\s+", typed) if w.casefold() not in ("and", "&", "+")]
    found = [named(word, choices) for word in words]
    return [c for c in found if c is not None] if len(words) > 1 and all(found) else []


def at_odds(chosen: Sequence[Choice]) -> str | None:
    """The words of the choice that takes back one before it, if any does; about safety every yes stays."""
    said: dict[str, Any] = {}
    found = None
    for choice in chosen:
        for field, value in told_by(choice).items():
            found = choice.words if said.get(field, value) != value else found
            said[field] = value
    return found


def end_in_doubt(chosen: Sequence[Choice]) -> bool:
    """Whether an end was given, and beside it that the two are together: then neither is known."""
    stages = {c.fills["stage"] for c in chosen if "stage" in c.fills}
    return "ended" in stages and bool(stages & set(TOGETHER_STAGES))


def told_by(choice: Choice) -> dict[str, Any]:
    """The single values that a choice gives, those inside an object by their path."""
    told: dict[str, Any] = {}
    for field, value in choice.fills.items():
        if isinstance(value, dict) and field != "safety":
            told |= {f"{field}.{key}": inner for key, inner in value.items()}
        elif isinstance(value, str):
            told[field] = value
    return told


def told_beside(question: Question, typed: str, now: datetime | None) -> tuple[dict[str, float], str]:
    """How long, or how often, as typed beside the choices, by field, and the rest of what was typed."""
    told: dict[str, float] = {}
    rest = typed
    for field in question.beside:
        pattern, read = (OFTEN, often) if field.endswith("times") else (LENGTH, lambda words: as_days(words, now))
        found = next(((m, n) for m in pattern.finditer(rest) if (n := read(m[0])) is not None), None)
        if found is not None:
            said, number = found
            told[field] = number / DAYS_A_MONTH if field.endswith("months") else number
            rest = f"{rest[: said.start()]},{rest[said.end() :]}"
    return told, rest


def with_told(told: Mapping[str, float], answers: dict[str, Any]) -> dict[str, Any]:
    """The answers with what was typed beside the choices; a last word only where there is hardly any."""
    for path, number in told.items():
        field, _, inner = path.partition(".")
        if field == "last_word_days" and answers.get("contact") in ("usual", "less"):
            say("When the last word was is only taken with 3 or 4.")
        elif inner:
            answers = {**answers, field: {**answers.get(field, {}), inner: int(number) if inner == "times" else number}}
        else:
            answers = {**answers, field: round(number, 1)}
    return answers


#: What stands around a length or a number of times and tells nothing by itself.
FILLING = re.compile(
    r"\b(?:about|around|for|each time|every time|each|and|it took|took|together|ago|the last word|last word|was|before"
    r"|we(?:[’']ve)?|have|been|it)\b",
    re.IGNORECASE,
)
#: Questions whose lists are open: what is typed is an answer of its own.
OPEN = ("own_moves", "stress", "own_load", "red_flags", "question")
#: What tells of danger is said back on its own, where it is no longer than this.
LONGEST_TELLING = 40


def as_id(typed: str, longest: int | None = LONGEST_ID) -> str:
    """Somebody's own words as an id; letters lose their accents, and other scripts are not taken.

    Of words that are too many the first are kept, and the id ends in CUT.
    """
    letters = unicodedata.normalize("NFKD", re.sub(r"['’]", "", typed.casefold()))
    plain_ones = "".join(c for c in letters if not unicodedata.combining(c))
    id_ = re.sub(r"[^a-z0-9]+", "_", plain_ones).strip("_")
    if longest is None or len(id_) <= longest:
        return id_
    # No word is cut in two, where it is not the only one.
    return (id_[:longest].rpartition("_")[0] or id_[: longest - 1]).strip("_") + CUT


#: So many words at most make up what is looked for.
LONGEST_PHRASE = 5


def danger_in(question: Question, typed: str, answers: dict[str, Any]) -> dict[str, Any] | None:
    """The answers with the danger that somebody tells of in their own words, whatever was asked; None for none."""
    whole = as_id(typed, None)
    found: dict[str, Any] = {}
    if tells_fear(question, whole):
        found["flags"] = [as_id(telling(typed, lambda part: tells_fear(question, part)))]
    if harm.dying((whole,)):
        # What weighs on the other is asked for there; elsewhere the line says who it is that wants to die.
        asked_of_other = question.id == "stress" and voice_in(answers) == "waiting"
        other = (asked_of_other or harm.of_other(whole)) and not harm.of_teller(whole)
        found["fears_for_other" if other else "self_harm"] = True
        found["dark"] = [as_id(telling(typed, lambda part: bool(harm.dying((part,)))))]
    if question.id == "own_moves" and harm.deeds((whole,)):
        found |= {"frightened_other": True, "deeds": [as_id(telling(typed, lambda part: bool(harm.deeds((part,)))))]}
    return {**answers, "safety": {**answers.get("safety", {}), **found}} if found else None


def pieces_of(id_: str) -> list[str]:
    """All runs of a few words in an id: the patterns know whole ids, and what is told can stand anywhere in a line."""
    words = id_.split("_")
    return ["_".join(words[i : i + n]) for i in range(len(words)) for n in range(1, LONGEST_PHRASE + 1)]


def tells_fear(question: Question, id_: str) -> bool:
    """Whether words tell of fear of the other, force or control; where red flags are asked for, half a word does."""
    told = harm.flags((id_,)) if question.id == "red_flags" else harm.fear((id_,))
    return bool(told) or any(harm.OF_FEAR.match(piece) for piece in pieces_of(harm.undenied(id_)))


def telling(typed: str, tells: Callable[[str], bool]) -> str:
    """The part of a line that tells of it, without numbers of choices, so that it can be said back whole."""
    parts = [re.sub(r"^[\d\s.)]+", "", part) for part in re.split(r"[,;.!?]", typed)]
    shorter = [piece for part in parts for piece in re.split(r"\b(?:and|but|because|then)\b", part)]
    for part in (*parts, *shorter):
        if len(as_id(part, None)) <= LONGEST_TELLING and tells(as_id(part, None)):
            return part
    return next((part for part in (*shorter, *parts) if tells(as_id(part, None))), typed)
