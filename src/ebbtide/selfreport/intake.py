"""The intake: a dozen short answers about what is going on, for whoever has no export at hand, or beside one.

Every field is optional; what is missing is unknown. Schema `ebbtide.intake/1`. The teller is person "a".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from ebbtide.errors import ImportFailed
from ebbtide.selfreport import harm
from ebbtide.selfreport.refused import close_to, refused, unknown_field
from ebbtide.selfreport.returning import asks_of_return, tells_return

SCHEMA = "ebbtide.intake/1"

Voice = Literal["waiting", "withdrawing"]
Months = Annotated[float, msgspec.Meta(ge=0, le=1200)]
Days = Annotated[float, msgspec.Meta(ge=0, le=20000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=10000)]
Scale = Annotated[int, msgspec.Meta(ge=0, le=6)]
Style = Annotated[float, msgspec.Meta(ge=1, le=7)]
Sign = Literal[
    "fewer_contacts",
    "vague_plans",
    "less_affection",
    "more_solitary",
    "avoids_feelings",
    "future_discomfort",
    "defensive",
    "escape_into_work",
    "less_eye_contact",
    "shorter_time",
    "flat",
    "avoids_us_talk",
    "irritable",
    "mixed_messages",
]
CounterSign = Literal["checks_in", "shows_concern", "distracted", "says_space"]
AfterWhat = Literal["closeness", "quarrel", "talk_of_future", "trouble_in_bed", "bad_news"]
Stage = Literal["dating", "exclusive", "engaged", "married", "separated", "ended"]
#: An id of a list that is open: what is not known below is taken as something else of its kind.
LONGEST_ID = 80
Id = Annotated[str, msgspec.Meta(pattern=f"^[a-z0-9_]{{1,{LONGEST_ID}}}$")]
#: How an id ends that holds only the first of somebody's words.
CUT = "_"
#: What is only a number says nothing in words.
LETTER = re.compile("[a-z]")

#: The lists to which somebody can add words of their own.
OPEN_LISTS = ("own_moves", "stress", "red_flags", "old_wounds", "own_load")
#: Those of them in which somebody tells how it is now.
TELLING_LISTS = ("own_moves", "stress", "red_flags", "own_load")

#: What the teller has done about it.
OWN_MOVES = {
    "many_messages": "wrote many messages",
    "demanded": "pressed for an answer",
    "ultimatum": "set an ultimatum",
    "criticised": "blamed the other",
    "apologised": "said sorry many times",
    "checked_on": "checked up on the other",
    "matched": "pulled back in return",
    "gave_space": "left room",
    "said_calmly": "said calmly how it is",
    "vanished": "went without a word",
    "said_when_back": "said when contact would come",
    "came_back": "came back to it",
}
#: Those of them that reach more.
REACHING = ("many_messages", "demanded", "ultimatum", "criticised", "checked_on", "apologised")
#: What weighs on somebody from outside the two.
STRESS = {
    "work": "work",
    "money": "money",
    "health": "health",
    "family": "family",
    "grief": "grief",
    "study": "study",
    "moving": "a move",
    "children": "the children",
    "low_mood": "low mood",
}
#: Those of them that no rule about days fits.
NO_CALENDAR = frozenset({"grief", "health"})
#: What weighs on the teller.
OWN_LOADS = {**STRESS, "fear_of_being_left": "fear of being left", "exhaustion": "exhaustion"}
#: What goes beyond distance.
RED_FLAGS = {
    "substances": "alcohol or drugs",
    "infidelity": "somebody else",
    "lying": "lies",
    "contempt": "contempt",
    "money_taken": "money taken",
    "used": "being used",
}
#: Old hurts of either that a silence can touch.
OLD_WOUNDS = {
    "betrayal": "an earlier betrayal",
    "loss": "a loss",
    "childhood": "how it was as a child",
    "abandonment": "having been left",
    "violence": "violence by somebody else before",
}
#: What people ask (S17, S21, S22).
QUESTIONS = {
    "how_long": "How long will it last?",
    "losing_interest": "Is it fading?",
    "ending": "Is it ending?",
    "is_it_me": "Is it something I did?",
    "pushed_too_hard": "Did I push too hard?",
    "may_i_write": "May I write now?",
    "enough_for_me": "Is this enough for me?",
    "when_stop": "When do I stop?",
    "used": "Am I being used?",
    "can_it_change": "Can it change?",
    "pull_away_too": "Would pulling away too help?",
    "what_is_it": "What is this cycle?",
    "is_it_common": "Is this common?",
    "does_therapy_work": "Does couple therapy work?",
    "when_unhealthy": "When is it no longer healthy?",
    "win_back": "How do I win them back?",
    "must_meet": "We have to see each other. How?",
}


class Before(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of earlier spells: how often, how long as a rule, and how they ended."""

    times: Count | None = None
    usual_days: Days | None = None
    ended: Literal["warm", "flat", "unacknowledged", "varied"] | None = None


class Reciprocity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who starts, whether the other asks after the teller, and whether plans are kept."""

    starts: Literal["me", "other", "both"] | None = None
    asks_after_me: Literal["yes", "sometimes", "no"] | None = None
    keeps_plans: Literal["yes", "sometimes", "no"] | None = None


class Mood(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """PHQ-2 and GAD-2 of the teller, 0 to 6 each (Kroenke, Spitzer & Williams 2003; Kroenke et al. 2007)."""

    phq2: Scale | None = None
    gad2: Scale | None = None


class SafetyAnswers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the teller is afraid of the other, controlled, hurt, in danger from themselves, or not sure of it.

    Beyond the schema: whether they fear for the other's life, or have frightened the other; and `flags`, the red flags
    in their own words that are fear, force or control, and `deeds` what they did, in their own words, that is.
    `dark`: their own words that may mean that somebody does not want to live. `unread`: what was written there could
    not be read, so that nobody is sure.
    """

    afraid: bool | None = None
    controlled: bool | None = None
    hurt: bool | None = None
    self_harm: bool | None = None
    unsure: bool | None = None
    unread: bool | None = None
    fears_for_other: bool | None = None
    frightened_other: bool | None = None
    flags: tuple[Id, ...] = ()
    deeds: tuple[Id, ...] = ()
    dark: tuple[Id, ...] = ()

    @property
    def by_other(self) -> bool:
        """Whether a danger from the other is named."""
        return bool(self.afraid or self.controlled or self.hurt or self.flags)

    @property
    def named(self) -> bool:
        """Whether somebody is in danger as the teller says."""
        return self.by_other or bool(self.self_harm or self.fears_for_other or self.dark)

    @property
    def in_doubt(self) -> bool:
        """Whether it is not clear if somebody is in danger."""
        return bool(self.unsure or self.unread)

    @property
    def only_watched(self) -> bool:
        """Whether all that is told of one's own is looking into what is the other's."""
        return harm.only_watching(self.deeds)

    @property
    def any(self) -> bool:
        """Whether danger is named or may be there, or the teller is one to be afraid of: then help comes first."""
        return self.named or bool(self.in_doubt or self.frightened_other or self.deeds)


class OwnStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The teller's own two dimensions of attachment, 1 to 7, from a self-check that is no validated scale."""

    anxious: Style | None = None
    avoidant: Style | None = None


class Intake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The answers. `since_days` is how long the distance has lasted, `last_word_days` since the last word,
    `agreed_days` how long ago the two agreed on how to go about it, and `day_named` whether whoever is away named a day
    to meet or to be in touch again, `returned` whether whoever was away is back, `blocked` whether the teller is
    blocked. `told_on` is the day of answers that were kept; lengths are as of that day."""

    schema: str = SCHEMA
    voice: Voice = "waiting"
    together_months: Months | None = None
    living: Literal["together", "apart", "distance"] | None = None
    since_days: Days | None = None
    asked_for_space: Literal["yes", "no", "unsure"] | None = None
    contact: Literal["usual", "less", "checks_in", "none"] | None = None
    last_word_days: Days | None = None
    explained: Literal["yes", "partly", "no"] | None = None
    before: Before = Before()
    after_closeness: Literal["always", "sometimes", "no", "unsure"] | None = None
    signs: tuple[Sign, ...] = ()
    counter_signs: tuple[CounterSign, ...] = ()
    own_moves: tuple[Id, ...] = ()
    stress: tuple[Id, ...] = ()
    talked_about_it: Literal["yes", "no"] | None = None
    agreed_days: Days | None = None
    day_named: Literal["yes", "no"] | None = None
    returned: Literal["yes", "no"] | None = None
    blocked: Literal["yes", "no"] | None = None
    stage: Stage | None = None
    after_what: tuple[AfterWhat, ...] = ()
    reciprocity: Reciprocity = Reciprocity()
    red_flags: tuple[Id, ...] = ()
    old_wounds: tuple[Id, ...] = ()
    own_load: tuple[Id, ...] = ()
    mood: Mood = Mood()
    question: Id | None = None
    safety: SafetyAnswers = SafetyAnswers()
    own_style: OwnStyle | None = None
    told_on: date | None = None


def worded(ids: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """The words for ids of an open list; one that is not known is spelled out."""
    return [known.get(id_) or spaced(id_) for id_ in ids]


def spaced(id_: str) -> str:
    """An id as its words, with an ellipsis where some are left out."""
    return id_.strip("_").replace("_", " ") + ("…" if id_.endswith(CUT) else "")


def read_answers(given: Mapping[str, Any] | str | bytes, where: str = "answers") -> Intake:
    """The answers of an intake from a mapping or a JSON text; `ImportFailed` names the field that is impossible."""
    try:
        raw = msgspec.json.decode(given) if isinstance(given, str | bytes) else dict(given)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise ImportFailed("This is not JSON.", where=where, try_='Write it like {"voice": "waiting"}.') from None
    if not isinstance(raw, dict):
        raise ImportFailed(
            "This is not an object with named answers.", where=where, try_='Write it like {"voice": "waiting"}.'
        )
    kept = {key: value for key, value in raw.items() if value is not None}
    if kept.get("schema", SCHEMA) != SCHEMA:
        raise ImportFailed("This is another schema.", where=f"{where}, schema", try_=f"Known is {SCHEMA}.")
    try:
        return with_return(with_harm(in_words(msgspec.convert(kept, Intake))))
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at `$")
        field = path.strip("`").lstrip(".")
        if (unknown := unknown_field(said)) is not None:
            raise ImportFailed(
                "There is no such question.",
                where=f"{where}, {field}.{unknown}" if field else f"{where}, {unknown}",
                try_=f"{close_to(unknown, questions(field))}Leave it out.",
            ) from None
        raise ImportFailed(
            refused(said),
            where=f"{where}, {field}" if field else where,
            try_=f"{choices(field)}Leave out what is not known.",
        ) from None


def in_words(answers: Intake) -> Intake:
    """The answers without those of the open lists that are only numbers: nobody said those."""
    lists = {field: tuple(filter(LETTER.search, getattr(answers, field))) for field in OPEN_LISTS}
    asks = answers.question if answers.question and LETTER.search(answers.question) else None
    return msgspec.structs.replace(answers, question=asks, **lists)


def with_harm(answers: Intake) -> Intake:
    """The answers, with the danger that is named in the teller's own words, in a list or the question."""
    weighs = own_words(answers.stress, STRESS)
    waits, load = answers.voice == "waiting", own_words(answers.own_load, STRESS)
    did, named = own_words(answers.own_moves, OWN_MOVES), own_words(answers.red_flags, RED_FLAGS)
    asks = own_words([answers.question] if answers.question else (), QUESTIONS)
    safety = answers.safety
    found: dict[str, Any] = {}
    dark = harm.dying((*load, *did, *weighs, *named, *asks))
    # What weighs on the other, or is a red flag, is the other's, unless the words say whose it is.
    of_them = {*named, *(weighs if waits else ())}
    theirs = {id_ for id_ in dark if harm.of_other(id_, asked=id_ in of_them)}
    if {*dark} - theirs:
        found["self_harm"] = True
    if theirs:
        found["fears_for_other"] = True
    if dark and not (safety.self_harm or safety.fears_for_other):
        found["dark"] = dark
    # Whoever said so in answer to the question itself needs no words for it.
    if (deeds := harm.deeds(did)) and (safety.deeds or not safety.frightened_other):
        found |= {"frightened_other": True, "deeds": deeds}
    # What was asked about in so many words was answered there.
    parted = answers.stage in ("separated", "ended")
    feared = (
        *harm.flags(named, parted=parted),
        *harm.fear((*weighs, *load, *asks, *(id_ for id_ in did if THEIRS.search(id_))), parted=parted),
    )
    if not safety.by_other and (flags := tuple(id_ for id_ in feared if id_ not in dark)):
        found["flags"] = flags
    return msgspec.structs.replace(answers, safety=msgspec.structs.replace(safety, **found)) if found else answers


def with_return(answers: Intake) -> Intake:
    """The answers, where they tell that whoever was away is back, with that spell as one that is over."""
    if answers.safety.any or answers.stage == "ended" or answers.returned == "no":
        return answers
    voice = answers.voice
    lists = {f: tuple(id_ for id_ in getattr(answers, f) if not tells_return(id_, voice)) for f in TELLING_LISTS}
    told = any(lists[f] != getattr(answers, f) for f in TELLING_LISTS)
    asked = answers.question and asks_of_return(answers.question, voice, in_touch=answers.contact == "usual")
    if not (answers.returned or told or asked):
        return answers
    if voice == "withdrawing" and "came_back" not in lists["own_moves"]:
        lists["own_moves"] = (*lists["own_moves"], "came_back")
    # Of no other spell than this one its length is what is known of how long it takes.
    before = answers.before if answers.before != Before() else Before(times=1, usual_days=answers.since_days)
    # Who is back is in touch, whatever contact there was while they were away; how long that took is past.
    contact = "less" if answers.contact == "less" else "usual"
    gone: dict[str, Any] = {"since_days": None, "last_word_days": None, "contact": contact, "before": before}
    return msgspec.structs.replace(answers, returned="yes", **lists, **gone)


#: Of what the teller did, what the other does in it: “stayed quiet because she threatens me”.
THEIRS = re.compile(r"(?:^|_)(?:he|she|they|hes|shes|theyre)_")


def own_words(ids: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """The ids that a teller made up."""
    return tuple(id_ for id_ in ids if id_ not in known)


def choices(field: str) -> str:
    """What can be answered, where a field has a closed list."""
    known = [v for v in literals(kind_of(field)) if isinstance(v, str)]
    return f"One of: {', '.join(known)}. " if known else ""


def questions(field: str) -> list[str]:
    """The names of what can be answered inside a field, or in the whole where none is named."""
    return list(hints_of(kind_of(field)))


def kind_of(field: str) -> Any:
    """The type of a field given by its path; that of the whole where none is named."""
    kind: Any = Intake
    for name in filter(None, re.sub(r"\[[^]]*\]", "", field).split(".")):
        kind = hints_of(kind).get(name)
    return kind


def hints_of(kind: Any) -> dict[str, Any]:
    """The fields of a type and their types; none of what holds no fields."""
    return get_type_hints(kind) if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else {}


def literals(kind: Any) -> Iterator[Any]:
    """The values of every literal inside a type."""
    if get_origin(kind) is Literal:
        yield from get_args(kind)
        return
    for part in get_args(kind):
        yield from literals(part)
