"""That there is nothing to tell, that somebody does not know, or that nothing of what was asked is so."""

from __future__ import annotations

import re

from ebbtide.cli.spelling import plainly

NONE_OF_THESE = "none of these"
#: What people type for it.
NOTHING = frozenset({NONE_OF_THESE, "no", "none", "nope", "none of them", "nothing", "n", "nein", "non", "0"})
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
#: Words that close a list, or say of a thing that was asked that it is not so; what else is not so stays to be told.
CLOSES = re.compile(
    r"(?:but |and )?(?:thats|that is) (?:all|it)|nothing (?:else|more|special)|(?:none|nothing|not)(?: that"
    r"| as far as)? (?:i|we) know(?: of)?|as far as i know"
    r"|(?:no,? )?(?:(?:its|thats|theres|hes|shes|im|(?:it|that|there|he|she) is|i am) (?:not|no)|(?:it|that"
    r"|there) isnt) (?:(?:an?|any) )?(?:cheating|affair|infidelity|drugs?|alcohol|drinking|lying|lies|one else)"
    r"|(?:(?:theres|there is) )?(?:nobody|no one) else"
)
#: That none of the dangers is so; “never safe” and “not fine” say another thing.
DENIES = re.compile(
    r"(?:(?:no+|nah+|nope|of course not|not at all|no way|(?:definitely|absolutely|certainly) not) ?)*"
    r"(?:never|none of (?:that|it|those|this)|nothing(?: like that| at all| of that)?|no nothing like that"
    r"|(?:no |without )(?:(?:safety|real|such) )?(?:problems?|issues?|dangers?|worries|concerns?)"
    r"(?: (?:of|with|about) (?:safety|that|this))?"
    r"|(?:(?:i am|im|we are|were|its|it is|everything(?: is|s)?|all(?: is)?|i feel) )"
    r"(?:(?:all|perfectly|totally|completely|very|quite|just) )*(?:fine|good|ok|okay|safe|well|alright))?"
    r"(?: ?(?:with (?:him|her|them|my partner)|here|there|lol|haha|thanks|thank you|thankfully|luckily|thank god))*"
)


def says_nothing(typed: str) -> bool:
    """Whether somebody says that there is nothing to tell, or that they do not know."""
    words = typed.strip(" .!?").casefold()
    bare = without_hedges(words)
    return words in NOTHING or bare in NOTHING or unknown(words) or CLOSES.fullmatch(plainly(bare)) is not None


def denies(typed: str) -> bool:
    """Whether words say no more than that there is no danger."""
    words = re.sub(r",\s*", " ", plainly(typed))
    return bool(words) and DENIES.fullmatch(words) is not None and HAS_NO.search(words) is not None


#: Of what only softens or thanks, nothing is said.
HAS_NO = re.compile(r"\b(?:no+|nah+|nope|not|never|none|nothing|without|fine|good|ok|okay|safe|well|alright)\b")


def unknown(typed: str) -> bool:
    """Whether somebody says that they do not know, and no more."""
    return UNKNOWN.fullmatch(without_hedges(typed)) is not None


def without_hedges(typed: str) -> str:
    """What was typed, without the words that only soften it."""
    return re.sub(r"\s+", " ", HEDGES.sub(" ", typed)).strip(" .!?,")
