"""`ebbtide intake`: a dozen or so short questions, each skippable, and a reading from what was answered."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import typer

from ebbtide import analysis
from ebbtide.cli import details, files, screen, sheets
from ebbtide.cli.asking import LENGTH, OFTEN, as_days, can_ask, line, often, say
from ebbtide.cli.questions import REST, SAFETY, VOICE, Answers, Choice, Question, choices_of, filled, voice_in
from ebbtide.errors import BadSetting
from ebbtide.reading.phrases import DAYS_A_MONTH, counted
from ebbtide.reading.told import anything_told
from ebbtide.selfreport import Intake, harm, read_answers
from ebbtide.selfreport.intake import SafetyAnswers, Voice

LEAVING = ("q", "quit", "exit")
BACK = ("b", "back")
#: Leaves open what was answered before, after going back.
CLEARS = "-"
ASKING_HOW = ("?", "h", "help")


@dataclass(frozen=True, slots=True)
class Asked:
    """Where answers come from, and where they go: `keep` writes them as JSON, to be given again later."""

    answers: Path | None
    voice: Voice | None
    now: datetime
    earlier: Path | None
    keep: Path | None


def tell(asked: Asked, *, json_: bool, everything: bool) -> None:
    """Ask, or read the answers, and show the reading."""
    if asked.answers is None and not can_ask():
        raise BadSetting(
            "The questions need a terminal, and there is none.",
            where="intake",
            try_="Give the answers as JSON with --answers FILE or -.",
        )
    earlier = None if asked.earlier is None else answers_of(asked.earlier)
    if asked.answers is None:
        given = questioned(asked.voice, asked.keep, asked.now)
        if nothing_told(given) and not json_:
            say(NOTHING_TOLD)
            return
    else:
        given = answers_of(asked.answers, asked.voice)
    if asked.keep is not None and given.safety.any:
        say("Because of what you answered about safety, your answers are not kept.")
    elif asked.keep is not None:
        files.write_whole(asked.keep, (json.dumps(kept(given), indent=2) + "\n").encode())
        say(f"Your answers are in {asked.keep}. If somebody else uses this device, delete that file.")
    reading = analysis.intake(given, asked.now, earlier)
    if json_:
        typer.echo(json.dumps(reading.to_dict(), ensure_ascii=False, indent=2, allow_nan=False))
        return
    out = screen.console()
    screen.show(out, reading, given.voice, rest="" if everything else "--all shows the reasons.")
    if everything:
        details.show_all(out, reading, given.voice)


NOTHING_TOLD = """
Nothing was told, so there is nothing to read. Two or three answers are enough.
  ebbtide intake      asks again
  ebbtide read FILE   reads an export of your chat instead
  ebbtide helplines   who can help, if you are afraid or in danger"""


def nothing_told(given: Intake) -> bool:
    """Whether there is nothing to answer: no question, and no more than that nobody is in danger."""
    safe = given if given.safety.any else msgspec.structs.replace(given, safety=SafetyAnswers())
    return given.question is None and not anything_told(safe)


def answers_of(path: Path, voice: Voice | None = None) -> Intake:
    """The answers of a file, or of standard input for "-"; a voice given beside them counts."""
    found = read_answers(sheets.given(path), where="answers" if str(path) == "-" else path.name)
    return found if voice is None else read_answers({**kept(found), "voice": voice})


def kept(answers: Intake) -> dict[str, Any]:
    """Answers as the JSON they can be read from again."""
    built: dict[str, Any] = msgspec.to_builtins(answers)
    return built


NONE_OF_THESE = "none of these"
#: What people type for it.
NOTHING = frozenset({NONE_OF_THESE, "no", "none", "nope", "none of them", "nothing", "n", "nein", "non", "0"})


def questioned(voice: Voice | None, keep: Path | None = None, now: datetime | None = None) -> Intake:
    """The answers somebody gives at the terminal; what is skipped stays unknown, and danger ends the questions."""
    order = (*((SAFETY,) if voice else (VOICE, SAFETY)), *REST)
    answers: dict[str, Any] = {} if voice is None else {"voice": voice}
    stays = "Nothing is kept." if keep is None else f"Your answers go to {keep}, and nowhere else."
    say(f"{len(coming(order, (), answers))} short questions at most. {stays}")
    say("Enter skips one, b goes back, q stops and reads what there is.")
    asked: list[tuple[Question, dict[str, Any], str]] = []
    former: dict[str, Former] = {}
    again: set[str] = set()
    while ahead := coming(order, [q.id for q, _, _ in asked], answers):
        question = ahead[0]
        typed = put(question, answers, f"{len(asked) + 1} of {len(asked) + len(ahead)}", former)
        if typed is not None and typed.casefold() in BACK:
            if asked:
                question, answers, typed = asked.pop()
                former[question.id] = (choices_of(question, answers), typed)
            else:
                say("This is the first question.")
            continue
        before, answers = answers, taken(question, typed or "", answers, now)
        if not_read(question, typed, answers) and question.id not in again:
            again.add(question.id)
            if question is SAFETY:
                say("If you are afraid or in danger: ebbtide helplines.")
                say("Otherwise give the numbers that fit, like 1 3.")
            continue
        # Words about safety that cannot be read may tell of danger.
        if question is SAFETY and SAFETY.id in again and "safety" not in answers:
            answers = {**answers, "safety": {"unsure": True}}
        if read_answers(answers).safety.any:
            say("The questions stop here: this comes first.")
            break
        if typed is None:
            break
        asked.append((question, before, typed))
    return read_answers(answers)


#: What was answered before somebody went back, and the choices it was about.
Former = tuple[tuple[Choice, ...], str]


def coming(order: Sequence[Question], asked: Sequence[str], answers: Answers) -> list[Question]:
    """The questions still to be put, as the answers so far have it."""
    return [q for q in order if q.id not in asked and q.words(answers)]


def not_read(question: Question, typed: str | None, answers: Answers) -> bool:
    """Whether something was typed that no answer came of, where that is worth asking again."""
    field = "safety" if question is SAFETY else question.field
    open_ = not typed or (question is not SAFETY and says_nothing(typed))
    return bool(field) and not open_ and field not in answers and not read_answers(answers).safety.any


def put(question: Question, answers: Answers, place: str, former: Mapping[str, Former]) -> str | None:
    """One question with its choices; what was typed, or None to stop."""
    choices = choices_of(question, answers)
    was = former.get(question.id, ((), ""))
    kept_so = was[1] if was[0] == choices else ""
    say("")
    say(f"{place}  {question.words(answers)}")
    for number, choice in enumerate(numbered(choices), 1):
        say(f"  {number:2} {choice.words}")
    if question.hint:
        say(f"   {question.hint}")
    if kept_so:
        say(f"   Your answer was: {kept_so}. Enter keeps it, {CLEARS} leaves it open.")
    while (typed := line(f"({how(question)})")) is not None and typed.casefold() in ASKING_HOW:
        say("Give what fits. Enter skips, b goes back, q stops. Afraid, or in danger: ebbtide helplines.")
    if typed is None or typed.casefold() in LEAVING:
        return None
    return "" if typed == CLEARS else typed or kept_so


def how(question: Question) -> str:
    """How a question can be answered."""
    if question.field:
        return "like 10 days, 3 weeks, or since 5 March"
    numbers = "several, like 1 3" if question.several else "a number"
    return f"{numbers}, or your own words" if question.id in OPEN else numbers


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
        if (near := named(words, choices) or nearest(words, choices) or loosely(question, words, choices)) is not None:
            chosen.append(near)
        elif several := each_named(words, choices):
            chosen += several
        elif question.id in OPEN and (id_ := as_id(words)) and not words.isdecimal():
            chosen.append(Choice(words, {question.id: [id_] if question.several else id_}))
        else:
            unread.append(words)
    if apart := at_odds(chosen):
        say(f"These do not go together; the last one counts: {apart}.")
    for choice in chosen:
        answers = filled(answers, choice)
    if unread or (rest.strip() and not (chosen or told) and not says_nothing(rest)):
        said = "A part of that is none of the choices." if chosen or told else "That is none of the choices."
        say(f"{said} It is left open; b goes back to it.")
    return with_told(told, answers)


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
    """The answers with a length of time."""
    number = as_days(typed, now)
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


#: How people begin, or say, what a choice says, by question: the first that fits counts.
LOOSELY: Mapping[str, tuple[tuple[str, str], ...]] = {
    "before": (
        (r"never|first time|not before|no[, ]+never", "times"),
        (r"yes.*\bwarm", "warm"),
        (r"yes.*\bflat", "flat"),
        (r"yes.*\b(?:nothing|not)\b.*\bsaid", "unacknowledged"),
    ),
    "said": (
        (
            r".*\b(?:need|needs|needed|want|wants|wanted|ask|asked|asking)\b.*\b(?:space|room|time|alone|break)\b",
            "room",
        ),
    ),
}


def loosely(question: Question, typed: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice that is meant by words which only begin like it, or say it in another way."""
    for pattern, means in LOOSELY.get(question.id, ()):
        if re.match(rf"(?:{pattern})\b", typed, re.IGNORECASE):
            return next((c for c in choices if meant_by(c) == means), None)
    return None


def meant_by(choice: Choice) -> str:
    """What a choice stands for among those that are loosely said."""
    if choice.fills == {"asked_for_space": "yes"}:
        return "room"
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
LONGEST_ID = 40


def as_id(typed: str, longest: int | None = LONGEST_ID) -> str:
    """Somebody's own words as an id; letters lose their accents, and other scripts are not taken."""
    letters = unicodedata.normalize("NFKD", re.sub(r"['’]", "", typed.casefold()))
    plain_ones = "".join(c for c in letters if not unicodedata.combining(c))
    id_ = re.sub(r"[^a-z0-9]+", "_", plain_ones).strip("_")
    if longest is None or len(id_) <= longest:
        return id_
    # No word is cut in two, where it is not the only one.
    return (id_[: longest + 1].rpartition("_")[0] or id_[:longest]).strip("_")


#: So many words at most make up what is looked for.
LONGEST_PHRASE = 5


def danger_in(question: Question, typed: str, answers: dict[str, Any]) -> dict[str, Any] | None:
    """The answers with the danger that somebody tells of in their own words, whatever was asked; None for none."""
    whole = as_id(typed, None)
    words = whole.split("_")
    found: dict[str, Any] = {}
    if tells_fear(question, whole):
        found["flags"] = [as_id(telling(typed, lambda part: tells_fear(question, part)))]
    # The rules take a blow for a danger to life; here it is told of as a blow.
    if harm.OF_DYING.search(whole) or (not found and harm.dying((whole,))):
        # What weighs on the other is asked for there; elsewhere the line says who it is that wants to die.
        of_other = question.id == "stress" and voice_in(answers) == "waiting"
        other = (of_other or OF_OTHER.search(whole)) and not {"i", "im", "ive", "id", "myself"} & {*words}
        found["fears_for_other" if other else "self_harm"] = True
    if question.id == "own_moves" and harm.deeds((whole,)):
        found |= {"frightened_other": True, "deeds": [as_id(telling(typed, lambda part: bool(harm.deeds((part,)))))]}
    return {**answers, "safety": {**answers.get("safety", {}), **found}} if found else None


#: That the other is the one a line speaks of.
OF_OTHER = re.compile(r"(?:^|_)(?:she|he|they|shes|hes|theyre)_|^my_")


def pieces_of(id_: str) -> list[str]:
    """All runs of a few words in an id: the patterns know whole ids, and what is told can stand anywhere in a line."""
    words = id_.split("_")
    return ["_".join(words[i : i + n]) for i in range(len(words)) for n in range(1, LONGEST_PHRASE + 1)]


def tells_fear(question: Question, id_: str) -> bool:
    """Whether words tell of fear of the other, force or control; where red flags are asked for, half a word does."""
    told = harm.flags((id_,)) if question.id == "red_flags" else harm.fear((id_,))
    return bool(told) or any(harm.OF_FEAR.match(piece) for piece in pieces_of(id_))


def telling(typed: str, tells: Callable[[str], bool]) -> str:
    """The part of a line that tells of it, without numbers of choices, so that it can be said back whole."""
    parts = [re.sub(r"^[\d\s.)]+", "", part) for part in re.split(r"[,;.!?]", typed)]
    shorter = [piece for part in parts for piece in re.split(r"\b(?:and|but|because|then)\b", part)]
    for part in (*parts, *shorter):
        if len(as_id(part, None)) <= LONGEST_ID and tells(as_id(part, None)):
            return part
    return next((part for part in (*shorter, *parts) if tells(as_id(part, None))), typed)
