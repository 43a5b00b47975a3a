"""What somebody typed at a question, understood: numbers, choices in other words, lengths, danger told in passing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ebbtide.cli.asking import LENGTH, OFTEN, ONE_NUMBER, UNIT, as_days, often, say
from ebbtide.cli.loosely import elsewhere, loosely
from ebbtide.cli.nothing import NONE_OF_THESE, NOTHING, denies, says_nothing, without_hedges
from ebbtide.cli.parting import without_parting
from ebbtide.cli.questions import Answers, Choice, Question, choices_of, ended, filled, voice_in
from ebbtide.cli.said_words import said_so
from ebbtide.cli.spelling import SHORTEST_WORDS, all_alike, as_id
from ebbtide.cli.voice_words import voice_told
from ebbtide.reading.better import APART
from ebbtide.reading.both import TOGETHER_STAGES
from ebbtide.reading.circumstances import named_in
from ebbtide.reading.own_words import kinds_of
from ebbtide.reading.phrases import DAYS_A_MONTH, counted
from ebbtide.selfreport import harm
from ebbtide.selfreport.intake import LETTER
from ebbtide.selfreport.returning import tells_return


def numbered(choices: Sequence[Choice]) -> list[Choice]:
    """The choices that have a number."""
    return [c for c in choices if c.shown]


def taken(question: Question, typed: str, answers: Answers, now: datetime | None = None) -> dict[str, Any]:
    """The answers with what was typed; what cannot be read is skipped and said so."""
    answers = dict(answers)
    if (rest := without_return(question, typed, answers)) != typed:
        if danger := danger_in(question, typed, answers):
            return danger
        say("Taken as: back in touch.")
        answers, typed = {**answers, "returned": "yes"}, rest
        if not rest:
            return answers
    if question.field:
        return danger_in(question, typed, answers) or timed(question, typed, answers, now)
    told, rest = told_beside(question, typed, answers, now)
    choices = choices_of(question, answers)
    chosen, own = chosen_of(rest, choices)
    own = [words for words in own if not told or without_filling(words)]
    if question.id == "question" and own and not chosen:
        # A question in one's own words is one, whatever commas it has.
        own = [rest]
    if own and (danger := danger_in(question, typed, answers)):
        return danger
    unread: list[str] = []
    for words in own:
        found, left = heard_in(question, words, answers, filled_up=bool(told))
        chosen += found
        unread += left
    if doubt := end_in_doubt(chosen):
        say("That is a couple and an end at once, so neither is taken. Give the one that is so now.")
        chosen = [c for c in chosen if "stage" not in c.fills]
    elif apart := at_odds(chosen := with_separation(chosen)):
        say(f"These do not go together; the last one counts: {apart}.")
    for choice in chosen:
        answers = filled(answers, choice)
    if unread or (rest.strip(" ,") and not (chosen or told or doubt) and not says_nothing(rest)):
        said = "A part of that is none of the choices." if chosen or told else "That is none of the choices."
        say(f"{said} It is left open; b goes back to it.")
        if question.id == "stage" and "stage" not in answers and re.search(OTHER_BOND, typed, re.IGNORECASE):
            say("What follows is written for a couple, and says “partner”. For anybody else it is a rough guide.")
    return with_told(told, answers)


#: What can come over somebody and begin a quiet.
BEFELL = frozenset({"work", "money", "health", "grief", "study", "low_mood", "baby", "out_of_reach"})
#: How words begin that tell what befell the teller; what befell them both is no one’s alone.
THE_TELLERS = r"(?:i|im|ive|my)_(?!partner|husband|wife|boyfriend|girlfriend|bf|gf|fianc)"
#: At these it is no good news, or not yet known whose, that somebody is back.
NO_RETURN_HERE = ("voice", "safety")


def without_return(question: Question, typed: str, answers: Answers) -> str:
    """What was typed without the parts that tell that whoever was away is back; how earlier spells ended is past."""
    if question.id in NO_RETURN_HERE or ended(answers):
        return typed
    voice, so_far = voice_in(answers), question.id == "before"
    parts = re.split(r"([,;.!?]+\s*)", typed)
    kept = [p for p in parts[::2] if not tells_return(as_id(p), voice, so_far=so_far)]
    return typed if len(kept) == len(parts[::2]) else ", ".join(filter(None, kept))


def heard_in(question: Question, words: str, answers: Answers, *, filled_up: bool) -> tuple[list[Choice], list[str]]:
    """The choices that are meant by words of somebody's own, and what of them is none; `filled_up` beside a length."""
    choices = choices_of(question, answers)
    if question.id == "said" and (said := said_so(words, choices)):
        return said, []
    for told in (words, without_filling(words)) if filled_up else (words,):
        if found := all_of(question, told, choices):
            return found, []
    id_ = as_id(words)
    if question.id in OPEN:
        said_as = {question.id: [id_] if question.several else id_}
        return ([Choice(words, said_as)], []) if LETTER.search(id_) else ([], [words])
    if named_in(id_):
        return [Choice(words, {"stress": [id_]})], []
    # What came just before can be a death, an illness, a lost job: it weighs on whoever it befell.
    if question.id == "after_what" and kinds_of([id_]) & BEFELL:
        carries = voice_in(answers) == "waiting" and re.match(THE_TELLERS, id_) is not None
        return [Choice(words, {"own_load" if carries else "stress": [id_]})], []
    if question.id not in NO_RETURN_HERE and (other := elsewhere(question, words, answers)):
        say(f"Taken as an answer to “{other[0].words(answers)}”: {other[1].words}.")
        return [other[1]], []
    return [], [words]


def all_of(question: Question, words: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that words come to as a whole."""
    if (whole := named(words, choices) or nearest(words, choices)) is not None:
        return [whole]
    if several := each_named(words, choices) or each_told(question, words, choices):
        return several
    return [] if (near := one_of(question, words, choices)) is None else [near]


def one_of(question: Question, words: str, choices: Sequence[Choice]) -> Choice | None:
    """The one choice that words name, stand in, say in another way or misspell."""
    near = named(words, choices) or nearest(words, choices)
    if near is None and question.id == "voice" and (voice := voice_told(words)):
        near = next(c for c in choices if c.fills["voice"] == voice)
    near = near or loosely(question, words, choices) or loosely(question, without_hedges(words), choices)
    return near or misspelt(words, choices)


def each_told(question: Question, words: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that are told one after another with “and” or “but”; none where a part is something else."""
    parts = [p for p in re.split(r"\s*(?:\b(?:and|but|plus)\b|[&+/])\s*", words, flags=re.IGNORECASE) if p]
    if parts == [words] or not question.several or question.id == "safety":
        return []
    found = [one_of(question, part, choices) for part in parts]
    return [c for c in found if c is not None] if all(found) else []


def with_separation(chosen: Sequence[Choice]) -> list[Choice]:
    """The choices without those that two who are separated still are on paper."""
    separated = any(c.fills.get("stage") == "separated" for c in chosen)
    return [c for c in chosen if not (separated and c.fills.get("stage") in ("engaged", "married"))]


def without_filling(words: str) -> str:
    """Words without those around a length, or how often, that tell nothing by themselves."""
    return re.sub(r"\s+", " ", FILLING.sub(" ", words)).strip(" .!?")


#: Bonds that are not those of a couple.
OTHER_BOND = (
    r"\b(?:(?:best |old |close |just |only |good )*friends?|brother|sister|sibling|cousin|mother|mum|mom|father|dad|son"
    r"|daughter|colleague|co-?worker|crush|boss|flatmate|roommate|not (?:a couple|together))\b"
)


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
        while said := re.match(rf"(\d+)(?!\s*{COUNTABLE})(?:[.)\s]+|$)", words):
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


#: What a number counts that is none of a choice: “married, 2 kids”.
COUNTABLE = (
    r"(?:(?:small|little|young|older|grown|grown-up) )?(?:kids?|child(?:ren)?|boys?|girls?|sons?|daughters?|bab(?:y"
    r"|ies)|toddlers?|teen\w*|dogs?|cats?|times?|people|friends|jobs?|beers?|drinks)\b"
)
#: Numbers of choices have no more digits.
LONGEST_NUMBER = 3


def named(typed: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice whose words were typed, or whose none-of-these was."""
    words = typed.strip(" .!?").casefold().replace("'", "’").replace(",", "")
    for choice in choices:
        if words in (choice.words.casefold().replace(",", ""), *(a.replace("'", "’") for a in choice.also)):
            return choice
    return next((c for c in choices if c.words == NONE_OF_THESE and (words in NOTHING or denies(words))), None)


def nearest(typed: str, choices: Sequence[Choice]) -> Choice | None:
    """The one choice that has these words in it."""
    words = typed.casefold()
    found = [c for c in choices if re.search(rf"\b{re.escape(words)}\b", c.words.casefold())]
    return found[0] if len(found) == 1 and len(words) >= SHORTEST_WORDS else None


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


#: How often in what time (“5 times a year”, “every few months”), of which the time is not how long it takes.
RATE = re.compile(
    r"(?:(?<=times)|(?<=once)|(?<=twice)|(?<=\dx))\s+(?:a|an|per|each|every|in an?)\s+(?:day|week|month|year)\b"
    rf"|\bevery\s+(?:(?:few|couple of|other|second|third|now and then|{ONE_NUMBER})\s+)?{UNIT}",
    re.IGNORECASE,
)


def told_beside(question: Question, typed: str, answers: Answers, now: datetime | None) -> tuple[dict[str, float], str]:
    """How long, or how often, as typed beside the choices, by field, and the rest of what was typed."""
    told: dict[str, float] = {}
    rest = typed
    if question.id == "stage":
        # “Over since March” tells of an end; only before a number is it “more than”.
        typed = rest = re.sub(r"\bover (?=since\b|for\b)|^over (?=.*\bago\b)", "ended ", typed, flags=re.IGNORECASE)
        numbers, _ = chosen_of(LENGTH.sub(",", typed), choices_of(question, answers))
        rest = without_parting(typed, parted=any(c.fills.get("stage") in APART for c in numbers))
    if question.id == "before":
        rest = RATE.sub("", rest)
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
    r"|yes|yeah|yep|like|often|always|usually"
    r"|we(?:[’']ve)?|have|been|it)\b",
    re.IGNORECASE,
)
#: Questions whose lists are open: what is typed is an answer of its own.
OPEN = ("own_moves", "stress", "own_load", "red_flags", "question")
#: What tells of danger is said back on its own, where it is no longer than this.
LONGEST_TELLING = 40


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
        other = harm.of_other(whole, asked=question.id == "stress" and voice_in(answers) == "waiting")
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
