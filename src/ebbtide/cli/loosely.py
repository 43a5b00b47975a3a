"""What people say for a choice in other words, by question: the first that fits counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from ebbtide.cli.questions import REST, Answers, Choice, Question, choices_of
from ebbtide.cli.spelling import SHORTEST_WORDS, plainly

#: That something is not so, was only nearly, or is over.
NO = (
    r"(?!.*\b(?:no|not|never|nor|without|nearly|almost|cannot|(?:do|does|did|is|was|were|are|has|have|had|wo|ca|would|could)"
    r"nt)\b)"
)
#: Beside these nothing has come to that yet, or it is past.
UNREAL = (
    r"(?!.*\b(?:may|might|could|should|if|whether|want|wants|wanted|think\w*|thought|talk\w*|threat\w*|going to|gonna"
    r"|will|would|afraid|worr\w+|scared|fear\w*|about to|getting|parents|friends|used to|back together|together again"
    r"|(?:got|went|came) back)\b)"
)
WE = r"(?:(?:we|us|i|and|are|were|have|ve|had|been|got|get|just|only|still|recently|newly|now|happily|both|im|am) )*"
PARTNER = r"my (?:partner|husband|wife|boyfriend|girlfriend)"
PARTED = rf"(?:{PARTNER} and )?(?:{WE}|(?:(?:he|she|they|{PARTNER}|has|just|have) )*)"
US = rf"(?: (?:with|between) (?:him|her|them|us|each other|one another|{PARTNER}))?"
WHEN = r"(?: (?:about|over|on|last|yesterday|before|then|because|again|the (?:day|night|week|evening))\b.*)?$"
WE_HAD = (
    r"(?:(?:there was|we|us|have|had|got|into|spent|after|was|were|having|it|just|only|a|an|the|our|one|another|some"
    r"|such|so|very|really|lots of|many|few|two) )*"
)
BAD = r"(?:(?:big|huge|small|bad|ugly|terrible|awful|horrible|stupid|silly|little|nasty|massive|heated|serious) )*"
GOOD = (
    r"(?:great|lovely|wonderful|beautiful|amazing|nice|good|perfect|fantastic|romantic|happy|brilliant|best|close|intimate"
    r"|special|magical)"
)
QUARREL = (
    rf"{NO}(?:{WE_HAD}{BAD}(?:fights?|arguments?|quarrels?|rows?|falling out)"
    rf"|(?:(?:we|i|just|had|were|have) )*(?:fought|argued|quarrell?ed|fighting|arguing|fell out)){US}{WHEN}"
)
CLOSENESS = (
    rf"{NO}(?:{WE_HAD}{GOOD} (?:\w+ )?(?:weekend|week|holidays?|vacation|trip|evening|night|date|time|days?|sex"
    r"|moments?|anniversary|birthday|christmas)"
    r"(?: (?:together|away|we had|as a couple|with (?:him|her|them|each other)))*"
    rf"|we (?:were|got|had been|felt|grew) (?:so |very |really )*(?:close|closer|intimate)){WHEN}"
)
BLOCKED = (
    rf"{NO}(?:(?:he|she|they|i|im|am|was|has|have|had|been|got|just|even|now|is|hes|shes|theyve|me) )*blocked"
    r"(?: (?:me|him|her|them|everywhere|now|again|too|completely|(?:on|from|by) .*))*$"
)
BLOCKED_ME = (
    rf"{NO}(?:(?:he|she|they|has|have|had|just|even|now|is|hes|shes|theyve|and) )*blocked me\b.*"
    r"|(?:(?:i|im|am|was|got|been|ive|have|just|now) )*blocked(?: (?:everywhere|now|again|too|completely|(?:on|from"
    r"|by) .*))*$"
)
CLOSE = r"\b(?:close|closer|intimate|near)(?! (?:to|by)(?: (?!(?:me|him|her|each|one)\b)|$))"
GET = r"(?:get|gets|got|are|were|is|have been|has been|come|comes|feel|grow|become)"
EVERY_TIME = (
    rf"{NO}(?:it |is |its |happens |comes |starts |always |yes |and )*(?:(?:eve?ry|each|any) ?time|when(?:ever)?)"
    rf" (?:we|he|she|i|things|it) {GET}(?: \w+)? ?{CLOSE}"
    r"(?: .*)?$"
)
SNAPS = (
    rf"{NO}(?:.*\b(?:snap|snaps|snapped|snapping) at (?:me|us|him|her|them|everyone|everything)"
    r"|(?:(?:he|she|they|i|hes|shes|is|am|im|so|very|more|gets|get|got|always) )*(?:grumpy|irritable|irritated|moody"
    r"|snappy|short.tempered)$|.*\bshort with (?:me|him|her|them))"
)
COLD = (
    rf"{NO}(?:(?:he|she|they|i|hes|shes|theyre|im|is|are|am|was|been|being|feels?|acts?|acting|seems?|got|gets|become|becomes"
    r"|became|gone|went|so|very|really|just|quite|more|all|he has been|she has been|always|distant|and) )*"
    r"cold(?:er|ness)?(?: (?:to|with|towards?) (?:me|him|her|them|us))?$"
)
SAID_NOTHING = (
    r"(?:(?:he|she|they|i|we|have|has|just|only|but|hes|shes) )*(?:(?:said|says|say|told|tells) )?(?:me |us )?"
    r"(?:absolutely |literally |really )?(?:nothing|not (?:a|one) (?:single )?word)"
    r"(?: (?:really|at all|about it|about this|to me|so far|yet))*$"
    r"|(?:he|she|they|i|we) (?:didnt|did not|doesnt|does not|never|hasnt|has not|havent|wont)(?: really| even| ever)?"
    r" (?:say|said|tell|told)(?: me| us)? (?:anything|a thing|a word)(?: (?:about it|at all|really|so far|to me))*$"
)
OFTEN_SAID = (
    r"(?:many|countless|endless\w*|constantly|non.?stop|(?:over and over|again and again)|hundreds?|dozens?|loads"
    r"|tons|lots"
    r"|a lot|so (?:much|often)|every (?:day|hour|night|few (?:minutes|hours))|all (?:day|night)|(?:1\d|[2-9]\d"
    r"|\d{3,})(?= ))"
)
TIMES_SAID = r"(?:(?:[3-9]|\d\d+) times|(?:three|four|five|six|seven|eight|nine|ten|twenty|hundred) times)"
WROTE = r"(?:called|rang|phoned|texted|wrote|messaged|sent|calling|texting|writing|messaging|ringing)"
SORRY = r"(?:apologi[sz]\w*|sa(?:id|y|ying) (?:i was |im |i am )?sorry)"
PAGES = (
    r"(?:insta\w*|facebook|fb|snap\w*|tiktok|whatsapp|last seen|online|profiles?|location|socials?|social media|stories"
    r"|status|dating app)"
)
MOVES = (
    (rf"{NO}.*\b{SORRY}\b.*(?:{OFTEN_SAID}|{TIMES_SAID})|{NO}(?:.* )?(?:keep|kept) {SORRY}", "apologised"),
    (
        rf"{NO}(?:.* )?{WROTE}\b.*{OFTEN_SAID}|{NO}(?:i )?(?:spammed|bombarded|flooded) (?:him|her|them)\b"
        rf"|{NO}(?:i )?blew up (?:his|her|their) phone",
        "many_messages",
    ),
    (
        rf"{NO}(?:i )?(?:begged|pleaded with|pressed|pushed|badgered|nagged) (?:him|her|them)\b(?:$| (?:to|for"
        rf"|about|until)\b)"
        rf"|{NO}(?:i )?asked (?:him|her|them)?.*(?:{OFTEN_SAID}|{TIMES_SAID})|{NO}(?:i )?(?:kept|keep) asking",
        "demanded",
    ),
    (
        rf"{NO}(?:.* )?(?:look|check|watch|scroll)\w* (?:at |up |on |through |to see )*(?:his|her|their|if|whether"
        rf"|when|how often)\b(?:.* )? ?{PAGES}\b",
        "checked_on",
    ),
    (
        rf"{NO}(?:i )?(?:left|leave|let) (?:him|her|them) (?:alone|be|in peace)$|{NO}(?:i )?backed off$"
        rf"|{NO}(?:i )?(?:gave|give|am giving|im giving) (?:him|her|them) (?:some |all the )?(?:space|room|time)$",
        "gave_space",
    ),
    (rf"{NO}(?:i )?(?:told|gave) (?:him|her|them) (?:the|a|my|which) (?:date|day)\b", "said_when_back"),
)
EX = r"(?:my|an) (?:(?:last|first) )?ex\b(?:.(?:husband|wife|boyfriend|girlfriend|partner))?"
BEFORE_NOW = (
    r" (?:before|in the past|once|years ago"
    r"|(?:by|with|in) (?:my|an|a) (?:\w+.)?(?:ex|last|first|former|earlier|old|previous)\b.*)"
)
WOUNDS = (
    (
        rf"(?:{EX}|my (?:last|first) (?:husband|wife|partner|boyfriend|girlfriend)) (?:cheated|betrayed|lied)",
        "betrayal",
    ),
    (rf"(?:i |ive |was |been |have |got )*(?:cheated on|betrayed|lied to){BEFORE_NOW}", "betrayal"),
    (
        rf"{EX} (?:left|dumped|walked out|abandoned)|(?:i |ive |was |been |have |got )*(?:left|dumped"
        rf"|abandoned){BEFORE_NOW}",
        "abandonment",
    ),
)
SHORT_ANSWERS = (
    rf"{NO}(?:(?:he|she|they|i|only|just|always|now|very|so|gives?|gets?|get|sends?|send|her|his|their|the|my|with"
    rf"|in|me) )*(?:(?:short|one.word|flat|curt|monosyllabic|cold|brief) (?:answers?|repl(?:y|ies)|texts|messages)"
    r"|(?:answers?|repl(?:y|ies)|responds?|texts?|messages) (?:(?:are|is|only|very|so|just|got|in|with|more|really) )*"
    r"(?:short(?:er)?|flat|curt|brief|one words?|monosyllables?))$"
)
I_START = (
    rf"{NO}(?:(?:its |it is )?always (?:me|i)(?: who (?:starts?|texts first|writes first|calls first))?"
    r"|i (?:always |have to |must )*(?:start|initiate)(?: everything| it all)?"
    r"|i always (?:text|write|call)(?: first)?)$"
)
CHEATS = (
    rf"{NO}(?:(?:he|she|they) (?:is |are |was |has been )?)?"
    r"(?:cheat(?:s|ed|ing)?|unfaithful|infidelity|(?:an |his |her |their )?affair)$"
)
#: How people begin, or say, what a choice says.
LOOSELY: Mapping[str, tuple[tuple[str, str], ...]] = {
    "stage": (
        (rf"{NO}{UNREAL}{PARTED}(?:broke|broken|split) up(?! with (?!(?:me|us)\b|(?:him|her|them)$))\b.*$", "ended"),
        (rf"{NO}{UNREAL}we (?:are |were |got |have |just )*divorced$", "ended"),
        (
            rf"{NO}{UNREAL}(?:its? |is |it |all |we |are |have |has )*(?:over|ended|finished|ended things)"
            r"(?: (?:between us|since|for|now|already|ago|about))*$",
            "ended",
        ),
        (rf"{NO}{UNREAL}(?:{PARTNER} and )?{WE}separated(?: (?:from|for|since|now)\b.*)?$", "separated"),
        (rf"{NO}{UNREAL}{WE}(?:married|husband and wife)(?: couple| with (?:\w+ )?(?:kids|children))?$", "married"),
        (rf"{NO}{UNREAL}{WE}in a (?:serious |committed |new |happy )?relationship$", "exclusive"),
        (rf"{NO}{WE}(?:back together|together again)$", "exclusive"),
        (rf"{NO}{UNREAL}{WE}engaged$", "engaged"),
        (rf"{NO}{UNREAL}{WE}(?:dating|seeing each other|going out)$", "dating"),
        (
            rf"{NO}{UNREAL}{WE}(?:living together|live together|(?:share|sharing) (?:a|one) (?:home|house|flat))$"
            rf"|{NO}(?:in |under |we |live |share |still )*(?:the )?same (?:house|home|flat|roof|apartment)$",
            "together",
        ),
        (rf"{NO}{UNREAL}{WE}(?:living apart|live apart)$", "apart"),
    ),
    "said": ((SAID_NOTHING, "no"),),
    "before": (
        (EVERY_TIME, "always"),
        (r"never|first time|not before|no[, ]+never", "times"),
        (r"yes.*\bwarm", "warm"),
        (r"yes.*\bflat", "flat"),
        (r"yes.*\b(?:nothing|not)\b.*\bsaid", "unacknowledged"),
    ),
    "contact": (
        (BLOCKED_ME, "yes"),
        (BLOCKED, "none"),
        (rf"{NO}.*\b(?:blocked me|blocked everywhere|ghosted)", "none"),
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
    "after_what": ((QUARREL, "quarrel"), (CLOSENESS, "closeness")),
    "signs": ((SNAPS, "irritable"), (COLD, "less_affection"), (SHORT_ANSWERS, "flat")),
    "own_moves": MOVES,
    "own_load": WOUNDS,
    "red_flags": ((I_START, "me"), (CHEATS, "infidelity")),
}
#: What is plain enough to be taken where something else was asked.
PLAIN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "contact": ((BLOCKED_ME, "yes"), (BLOCKED, "none")),
    "before": ((EVERY_TIME, "always"),),
    "after_what": LOOSELY["after_what"],
    "signs": LOOSELY["signs"],
}


def loosely(question: Question, typed: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice that is meant by words which only begin like it, or say it in another way."""
    return meant(LOOSELY.get(question.id, ()), plainly(typed, known_at(question.id)), choices)


def meant(patterns: Sequence[tuple[str, str]], words: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice that the first pattern stands for which fits."""
    for pattern, means in patterns:
        if re.match(rf"(?:{pattern})(?!\w)", words, re.IGNORECASE):
            return next((c for c in choices if means in meanings(c)), None)
    return None


def elsewhere(asked: Question, typed: str, answers: Answers) -> tuple[Question, Choice] | None:
    """The question that these words answer though another was asked, and its choice; none that was answered already."""
    for question in REST:
        if question.id == asked.id or not question.words(answers):
            continue
        words = plainly(typed, known_at(question.id))
        choice = meant(PLAIN.get(question.id, ()), words, choices_of(question, answers))
        if choice is not None and not any(isinstance(v, str) and f in answers for f, v in choice.fills.items()):
            return question, choice
    return None


def meanings(choice: Choice) -> set[str]:
    """What a choice stands for among those that are loosely said."""
    found: set[str] = set()
    for field, value in choice.fills.items():
        if field == "before":
            found.add("times" if value.get("times") == 0 else str(value.get("ended", "")))
        elif field == "reciprocity":
            found |= set(value.values())
        elif isinstance(value, str | list):
            found |= {value} if isinstance(value, str) else set(value)
    return found


@cache
def known_at(id_: str) -> frozenset[str]:
    """The words that a question and what is said for its choices know, to which slips are mended."""
    patterns = " ".join(pattern for pattern, _ in LOOSELY.get(id_, ()))
    choices = " ".join(w for q in REST if q.id == id_ for c in choices_of(q, {}) for w in (c.words, *c.also))
    words = re.findall(r"[a-z]+", re.sub(r"\\[a-z]", " ", f"{patterns} {choices}".casefold()))
    return frozenset(word for word in words if len(word) >= SHORTEST_WORDS)
