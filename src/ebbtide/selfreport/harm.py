"""Danger in the teller's own words: what they write into an open list, or in place of a number, is read for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import polars as pl

from ebbtide.signals.safety import SIGNS, ruled

SCHEMA = {"id": pl.String, "person": pl.String, "text": pl.String}
#: How words begin that are fear, force or control by another name: as a red flag, and as anything that weighs, where
#: "hurt" may be a back and "broke" a leg.
OF_HARM = (
    *("threat", "control", "track", "follow", "stalk", "spie", "spy", "watches_me", "my_phone", "reads_", "isolat"),
    *("lock", "afraid", "scare", "frighten", "terrif", "violen", "abus", "hit", "hurt", "slap", "push", "punch"),
    *("kick", "beat", "grab", "chok", "strangl", "forc", "rape", "coerc", "weapon", "knife", "gun", "breaks", "broke_"),
    *("throw", "blackmail", "wont_let", "not_allow", "wont_allow", "doesnt_let", "never_lets", "checks_", "scream"),
    *("yell", "shouts", "rage", "temper", "fear_of", "keeps_me", "takes_my", "took_my"),
)
#: Words in an id stand between its ends and underscores.
_BEGIN, _END = "(?<![a-z0-9])", "(?![a-z0-9])"
_OTHER = r"(?:him|her|them|my_\w+|his|their|the_other)"
OF_FEAR = re.compile(
    rf"(?:afraid|scared|frightened|terrified|fear|fearful)_of_{_OTHER}"
    rf"|{_BEGIN}(?:hits|hit|hurts|slaps|slapped|kicks|kicked|beats|chokes|choked|pushes|pushed|shoves|threatens|"
    r"threatened|controls|stalks|follows|tracks|forces|forced|locks|screams_at|shouts_at|yells_at|spies_on|checks_on)"
    rf"_me{_END}|(?:wont|doesnt|does_not|never)_(?:let|lets|allow|allows)_me{_END}"
    r"|checks_my_|takes_my_|reads_my_|goes_through_my_|violen|abus|stalk|blackmail"
    r"|(?:has|holds|keeps|took|hides|hid)_my_(?:bank_?cards?|(?:debit|credit)_cards?|passport|wages|papers)"
    r"|_i_(?:hide|hid|lock_myself|locked_myself)_(?:in|from)_"
    r"|because_(?:he|she|they)_(?:goes|gets|go|get|will_go|will_get)_(?:\w+_)?(?:mad|angry|crazy|furious|nuts)"
)
#: A blow or a fear that somebody says there was not; “not any more” says that there was.
DENIED = re.compile(
    r"(?:never|not|didnt|doesnt|hasnt|isnt|wasnt|arent|dont)_(?:(?:ever|once|really|actually|even|been)_)*"
    rf"(?:(?:hit|hurt|slapped|kicked|beaten|beat|choked|pushed|threatened|forced|controlled|touched)_me{_END}"
    rf"|(?:afraid|scared|frightened|terrified|fearful)_of_(?:him|her|them){_END})"
    r"(?!_(?:any_?more|now|yet|lately|again|so|often|much|that|until|till|before|in|if|when|unless|where|on|with|since))"
)
#: Deeds of one's own that watch the other; a second account gets round being shut out.
WATCHES = (
    r"(?:read|checked|searched|looked_through|went_through|looked_in|hacked)_(?:in_)?(?:his|her|their|\w+s)_"
    r"(?:\w+_)?(?:phone|messages|texts|emails?|mails?|diary|laptop|account|whatsapp|location)"
    r"|(?:made|created|opened|set_up|used)_(?:a_|an_)?(?:new|fake|second|another|secret)_(?:\w+_)?(?:account|profile)"
    r"_to_(?:\w+_)?(?:see|watch|look|check|follow|read|reach|message|text|write)"
    r"|(?:hired|paid|got|had)_(?:an?_)?(?:private_)?(?:detective|investigator)"
)
OF_WATCHING = re.compile(WATCHES)
#: Deeds of one's own that frighten or hurt.
OF_OWN_HARM = re.compile(
    rf"{_BEGIN}(?:threat|follow|stalk|track|waited_outside|hit_|slap|pushed_|shoved|punch|kick|grab|chok|threw|smash|"
    r"broke_(?!up|off)|scared_|frighten|spied|locked_|forced_)"
    r"|(?:went|came|drove|walked|turned|showed|going|go)_(?:(?:up|round|over|to|at|past|by|back)_)*"
    r"(?:his|her|their|\w+s)_(?:house|home|flat|place|work|office|job|door|gym|school|street|car)"
    rf"|(?:turned|showed)_up(?:_at_(?:work|home|the_\w+))?{_END}"
    rf"|{WATCHES}"
)
#: Not wanting to live, beside what the rules for messages know.
OF_DYING = re.compile(
    rf"{_BEGIN}(?:suicid|kill_my|killing_my|harm_my|harming_my|self_harm|not_living|not_live|want_to_die|wants_to_die|"
    r"wish(?:ing|es)?_(?:i|he|she|they)_(?:was|were)_dead|better_off_dead|cant_go_on|cannot_go_on|cant_carry_on|"
    r"no_reason_to_(?:go_on|live)|(?:dont|doesnt|dosnt|dont_even|didnt|not|never)_want(?:ing)?_to_(?:\w+_)?"
    r"(?:be_here|be_alive|live|wake_up|exist)(?!_(?:with|together|in|at|for))|(?:and|to)_not_wake_up|never_wake_up|"
    r"end_it_all|ending_it_all|ending_my_life|end_my_life)"
    # Of themselves, or as the other said of themselves; “I am better off without him” is said after a parting.
    rf"|{_BEGIN}(?:everyone|everybody|the_world|(?:my|our|the|his|her|their)_(?:kids|children|family))"
    r"_(?:(?:would|will|is|are|be|all|just|only|much)_)*better_off_without_me"
    r"|(?:said|says|thinks|told_me|texted|wrote|keeps_saying)_(?:that_)?(?:we|everyone|everybody|the_world|"
    r"(?:my|our|the)_(?:kids|children|family))_(?:\w+_){0,3}better_off_without_(?:him|her|them)"
)


def dying(ids: Iterable[str]) -> tuple[str, ...]:
    """Those that tell of not wanting to live; what somebody does to the teller is no such thing."""
    ids = tuple(ids)
    told = zip(ids, by_rules(ids, "crisis"), strict=True)
    return tuple(id_ for id_, ruled_so in told if OF_DYING.search(id_) or (ruled_so and not OF_FEAR.search(id_)))


def undenied(id_: str) -> str:
    """An id without the blows and fears that it says there were not."""
    return DENIED.sub("", id_)


def fear(ids: Iterable[str]) -> tuple[str, ...]:
    """Of what weighs on somebody, what is fear of the other, force or control; not what is said not to be so."""
    ids = tuple(ids)
    left = tuple(undenied(id_) for id_ in ids)
    return tuple(
        id_
        for id_, said, ruled_so in zip(ids, left, by_rules(left, "control_threat"), strict=True)
        if ruled_so or OF_FEAR.search(said)
    )


def flags(ids: Iterable[str]) -> tuple[str, ...]:
    """Of red flags, what is that, where half a word is enough."""
    ids = tuple(ids)
    plain = fear(ids)
    return tuple(id_ for id_ in ids if id_ in plain or any(f"_{part}" in f"_{undenied(id_)}" for part in OF_HARM))


def deeds(ids: Iterable[str]) -> tuple[str, ...]:
    """Of what the teller did, what frightens or hurts."""
    return tuple(id_ for id_ in ids if OF_OWN_HARM.search(id_))


def only_watching(ids: Iterable[str]) -> bool:
    """Whether all these deeds are looking into what is the other's, and none is going there, force or a threat."""
    left = [OF_WATCHING.sub("", id_) for id_ in ids]
    return bool(left) and not any(OF_OWN_HARM.search(id_) for id_ in left)


def by_rules(ids: tuple[str, ...], sign: str) -> list[bool]:
    """Whether the rules for messages see this sign of harm in each id, spelled out."""
    return list(signs_in(ids)[sign]) if ids else []


# The same answers are asked about after every question, and a pass of all rules takes half a second.
@lru_cache(maxsize=256)
def signs_in(ids: tuple[str, ...]) -> dict[str, tuple[bool, ...]]:
    """By the sign of harm, whether the rules for messages see it in each id, spelled out."""
    spelled = [id_.replace("_", " ") for id_ in ids]
    said = pl.DataFrame({"id": list(ids), "person": ["a"] * len(ids), "text": spelled}, schema=SCHEMA)
    found = ruled(said)
    return {sign: tuple(found[sign].fill_null(False)) for sign in SIGNS}
