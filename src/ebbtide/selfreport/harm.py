"""Danger in the teller's own words: what they write into an open list, or in place of a number, is read for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import polars as pl

from ebbtide.signals.phrases import labelled, packaged_rules, plain
from ebbtide.signals.safety import ruled

#: The rule for what somebody does to the writer, among those that call for the same care.
BLOWS = "hurt_by_someone"
Told = Literal["control", "hurt", "dying"]
SCHEMA = {"id": pl.String, "person": pl.String, "text": pl.String}
#: How words begin that are fear, force or control by another name: as a red flag, and as anything that weighs, where
#: "hurt" may be a back and "broke" a leg.
OF_HARM = (
    *("threat", "control", "track", "follow", "stalk", "spie", "spy", "watches_me", "my_phone", "reads_", "isolat"),
    *("know_where_i_am", "know_where_im", "know_who_im", "know_who_i_"),
    *("lock", "afraid", "scare", "frighten", "terrif", "violen", "abus", "hit", "hurt", "slap", "push", "punch"),
    *("kick", "beat", "grab", "chok", "strangl", "forc", "rape", "coerc", "weapon", "knife", "gun", "breaks", "broke_"),
    *("throw", "blackmail", "wont_let", "not_allow", "wont_allow", "doesnt_let", "never_lets", "checks_", "scream"),
    *("yell", "shouts", "rage", "temper", "explode", "keeps_me", "takes_my", "took_my"),
)
#: Words in an id stand between its ends and underscores.
_BEGIN, _END = "(?<![a-z0-9])", "(?![a-z0-9])"
_OTHER = r"(?:him|her|them|my_\w+|his|their|the_other)"
OF_FEAR = re.compile(
    rf"(?:afraid|scared|frightened|terrified|fear|fearful)_of_(?:{_OTHER}|what_(?:he|she|they)_)"
    rf"|{_BEGIN}(?:hits|hit|hurts|slaps|slapped|kicks|kicked|beats|chokes|choked|pushes|pushed|shoves|threatens|"
    r"threatened|controls|stalks|follows|tracks|forces|forced|locks|screams_at|shouts_at|yells_at|spies_on|checks_on)"
    rf"_me{_END}|(?:wont|doesnt|does_not|never)_(?:let|lets|allow|allows)_me{_END}"
    r"|checks_my_|takes_my_|reads_my_|goes_through_my_|violen|abus|stalk|blackmail"
    r"|(?:has|holds|keeps|took|hides|hid)_my_(?:bank_?cards?|(?:debit|credit)_cards?|passport|wages|papers)"
    r"|_i_(?:hide|hid|lock_myself|locked_myself)_(?:in|from)_"
    r"|because_(?:he|she|they)_(?:goes|gets|go|get|will_go|will_get)_(?:\w+_)?(?:mad|angry|crazy|furious|nuts)"
    # Blows, at the body or at things, and what is said or done in their place.
    r"|(?:threw|throws|throwing|smash\w*)_(?:\w+_){0,3}?(?:at_me|plates|glasses|dishes|cups|things)"
    rf"|(?:punch|kick|smash)\w*_(?:\w+_){{0,2}}?(?:the|a|our)_(?:wall|door|window|mirror|table)s?{_END}"
    r"|(?:shov|push|grabb|dragg|pinn|slamm|held|holds|throttl|strangl)\w*_(?:me|us)_(?:down|up_against|against|by_the"
    rf"|to_the|around|out_of){_END}|rais(?:es|ed|ing)_(?:his|her|their|a)_(?:fist|hand){_END}|threatened_to|temper_when"
    r"|(?:will|would|gonna|going_to|wants_to|tried_to|might|could|ll|hell|shell|theyll)_(?:kill|murder|hurt|hit"
    rf"|find|hunt|come_after)_(?:me|us){_END}"
    r"|(?:bangs?|banged|banging|kicked|pounds|pounded|pounding|hammered)_(?:on|at|in)_(?:my|the|our)_(?:front_)?door"
    r"|^(?:been_)?(?:strangled|raped|choked|beaten|slapped|hit|punched|kicked|knife|gun|rape|strangulation|threats)$"
    rf"|egg_?shells|(?:has|have|got|with|pulled)_a_(?:gun|knife){_END}"
    # Sex that is not wanted; clothes, money and every step decided by the other; children who hide.
    r"|(?:makes|made|forces|forced|pressures|pressured|guilts|guilted)_me_(?:to_|into_)?(?:have|having)_sex"
    r"|(?:stop|stops|sex|goes_on|carries_on|keeps_going|continues)_(?:\w+_){0,2}?(?:when|after|though|if)_i_(?:say"
    r"|said)_no|(?:doesnt|wont|never|didnt|not)_take_no"
    r"|(?:decides|dictates|tells_me|controls|chooses|picks)_(?:what|who|where|how|when)_(?:i|to)_(?:\w+_)?"
    r"(?:wear|eat|spend|go|meet|see|do|am|talk)"
    r"|have_to_(?:ask|beg)_(?:(?:him|her|them)_)?(?:first|before|permission|for_(?:permission|money|every_\w+)"
    r"|if_i_(?:can|may)|to_(?:leave|go_out|see_my|see_friends|spend_money))"
    r"|(?:have_to|must|makes_me|made_me)_(?:send|show|share|prove|report)_(?:\w+_)*?"
    r"(?:location|where_i|receipts?|photos|pictures|selfies|proof)"
    r"|(?:wants|demands|asks_for|checks|a_week_with|show_(?:him|her|them))_(?:\w+_){0,2}?receipts"
    r"|(?:has|keeps|holds|controls)_(?:all_)?(?:of_)?(?:our|my|the)_(?:\w+_)?money"
    r"|no_(?:access_to_(?:\w+_)?)?money_of_my_own|no_access_to_(?:\w+_)?(?:money|account|bank)"
    r"|checks_(?:where|what|who|up_on)_|(?:asks|tracks)_where_i_am_all"
    # Every step to be reported, and friends given up for the sake of peace.
    r"|have_to_(?:text|call|message|ring|report|check_in|write)_(?:(?:to_)?(?:him|her|them)_)?(?:when(?:ever)?_i_"
    r"|where_|every_|each_time)|have_to_tell_(?:him|her|them)_(?:where_i|every_step|everything_i|who_i)"
    r"|have_to_(?:answer|reply|respond|pick_up)_(?:\w+_)?(?:at_once|immediately|straight_away|right_away|within"
    r"|instantly)|(?:dont|cant|no_longer|never|not|stopped|gave_up|given_up)_(?:\w+_)?(?:see|seeing|meet"
    r"|meeting)_(?:any_of_)?my_"
    r"(?:friends?|family|sisters?|brothers?|mother|mum|mom|parents)_(?:\w+_){0,3}?(?:because_of_(?:him|her|them"
    r"|the_\w+_after)"
    r"|because_(?:he|she|they)_(?:\w+_){0,2}?(?:gets?|goes|makes|hates?|sulks?|accus\w+|wont|doesnt_(?:like|want)"
    r"|kicks_off)|so_(?:that_)?(?:he|she|they)_(?:wont|doesnt|dont|isnt|is_not)|to_keep_the_peace)"
    r"|(?:kids|children|boys|girls)_(?:\w+_)?hide(?!_and_seek)|(?:daughter|son)_(?:\w+_)?hides_(?:\w+_)*?(?:when|from)_"
    r"|(?:kids|children|daughter|son|boys|girls)_(?:\w+_)?(?:flinch|cower)\w*"
    r"|(?:kids|children|daughter|son|boys|girls)_(?:are|is|get|gets)_(?:so_)?(?:afraid|scared|frightened|terrified)_of"
)
#: What sounds like it and is none: to be left is feared, a parting threatened, nearness not let in, a wish pressed.
_WILL = "(?:_(?:will|would|might|could|may|wont|wouldnt|is|are|going_to|gonna|never|not|just|has|have|always|also))*"
HARMLESS = re.compile(
    r"(?:afraid|scared|terrified|frightened|fears?|fearful|worried|panic\w*)(?:_(?:that|of|about|to))*_"
    r"(?:los(?:e|ing|s)\w*|being_(?:left|alone|dumped|abandoned|lonely)|abandon\w*|rejection|loneliness"
    r"|the_(?:future|end)"
    rf"|(?:he|she|they|it|hes|shes|theyre|its|hell|shell|theyll|hed|shed|theyd|itll|ill|id|im|i|we|well|this){_WILL}_"
    r"(?:leav\w*|left|go|going|gone|come_(?:back|home)|die|dies|dying|los\w*|forget|find_(?:some|another)\w*"
    r"|stop\w*|mov\w*|meet|"
    rf"met|dump\w*|end\w*|lov\w*|break_up|cheat\w*|want\w*|back|over|be_(?:alone|gone|over|too_late)|happen)){_END}"
    r"|(?:silence|quiet|it|this|that|distance|words|everything|what_(?:he|she|they)_(?:said|wrote))_(?:really_"
    rf"|still_|just_|all_)*(?:hurts?|scares?|frightens?)_me{_END}"
    r"|threat\w*_to_(?:leave|go|break_up|separate|divorce|move_out|end_(?:us|things|this|the_\w+|it_with))"
    rf"|(?:wont|doesnt|does_not|never|not)_(?:let|lets|letting|allow|allows)_me_(?:in{_END}(?!_(?:the|our|my|his"
    rf"|her)_(?:house|home|"
    r"flat|room|car))|near|close|help|pay|come_(?:to|with|near|close|over|round|along)|be_there|support|hold|touch"
    r"|hug|comfort|"
    rf"cook|carry|care|look_after|take_care|do_anything_for|finish|explain|apologi[sz]e|say_sorry|visit(?:_(?:him"
    rf"|her|them))?(?:$|_(?:in|at)_))|follows?_me_(?:\w+_)?like_an?_\w+"
    rf"|{_BEGIN}(?:still|feel|feeling|felt|im|so)_hurt{_END}"
    # Read and not answered, kept waiting, taken amiss, asked after: that is distance, or care.
    r"|reads_my_(?:messages?|texts?|msgs?)_(?:and|but|yet|then|without)_(?:\w+_){0,4}?(?:answer|repl|respond|writ"
    r"|noth|ignor|leav)\w*"
    r"|keeps_me_(?:at_(?:arms|a_distance)|waiting|guessing|in_the_dark|hanging|company|awake|going|on_(?:hold"
    r"|the_hook)|posted)|(?:takes|took)_my_(?:words?|silence|calls?|side|hand|advice|jokes?|heart|breath|favou?rite)"
    r"|checks_in(?!_(?:my|all))|checks_on_me_(?:now|sometimes|once|from_time|every_(?:few|other|week)|if_i"
    r"|when_i(?:m|_am)_(?:ill|sick))|follows?_me_on_(?:insta\w*|facebook|fb|tiktok|twitter|snap\w*|spotify|strava)"
    r"|(?:wont|doesnt|does_not|never|not)_(?:let|lets)_me_(?:see|know|hear|feel)_(?:how|what)_(?:he|she|they)"
    r"|push(?:es|ed)?_me_(?:to_(?:talk|open|go|try|apply|share|write|say)|away|too_(?:hard|much|far))"
)
#: What another did, long before: an old hurt, and no danger of now.
OF_EARLIER = re.compile(
    r"(?<![a-z0-9])(?:my_ex(?:es)?|(?:my_)?ex_(?:husband|wife|boyfriend|girlfriend|partner)|my_first_(?:husband|wife)"
    r"|my_(?:step)?(?:father|mother|dad|mum|mom|parents)_(?:was|were|used_to)"
    r"|as_a_(?:child|kid|girl|boy)|when_i_was_(?:\w+_)?(?:child|kid|girl|boy|little|small|young))(?![a-z0-9])"
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
    r"(?:his|her|their|(?!\w*(?:kids|boys|girls|twins)_)\w+s)_(?:house|home|flat|place|work|office|job|door|gym|school|street|car)"
    rf"|(?:turned|showed)_up(?:_at_(?:work|home|the_\w+))?{_END}"
    rf"|{WATCHES}"
)
#: Not wanting to live, beside what the rules for messages know.
OF_DYING = re.compile(
    rf"{_BEGIN}(?:suicid|kill_my|killing_my|harm_my|harming_my|self_harm|not_living|not_live|want_to_die|wants_to_die|"
    r"wish(?:ing|es)?_(?:i|he|she|they)_(?:was|were)_dead|better_off_dead|cant_go_on|cannot_go_on|cant_carry_on|"
    r"no_reason_to_(?:go_on|live)|(?:dont|doesnt|dosnt|dont_even|didnt|not|never)_want(?:ing)?_to_(?:\w+_)?"
    r"(?:be_here|be_alive|live|wake_up|exist)(?!_(?:with|together|in|at|for|alone|next|beside|early))|(?:and"
    r"|to)_not_wake_up|never_wake_up|end_it_all|ending_it_all|ending_my_life|end_my_life|not_waking_up|cutting_again)"
    rf"|{_BEGIN}(?:kill|kills|killed|killing|hang|hanging|harm|harms|harmed|harming|hurts|hurting|cuts|cutting"
    rf"|burns|burning)_(?:my|him|her|them)sel(?:f|ves){_END}"
    r"|giving_(?:(?:\w+_)?(?:things|stuff|belongings)_away|away_(?:\w+_)?(?:things|stuff|belongings))"
    r"|(?:about|of|want_to|wants_to|could|might)_(?:just_)?(?:driv|crash|steer)\w*_(?:\w+_){0,2}?into_(?:a_|the_|an_)?"
    r"(?:tree|wall|river|lake|sea|bridge|lorry|truck|pillar|oncoming|traffic)"
    rf"|(?:think|thinks|thinking|thought|dream\w*)_(?:\w+_)?(?:about|of)_(?:the_bridge(?!_(?:we|where|of|over|in))"
    rf"|jumping_(?:off|from|in_front)){_END}"
    # Of themselves, or as the other said of themselves; “I am better off without him” is said after a parting.
    rf"|{_BEGIN}(?:everyone|everybody|the_world|(?:my|our|the|his|her|their)_(?:kids|children|family))"
    r"_(?:(?:would|will|is|are|be|all|just|only|much)_)*better_off_without_me"
    r"|(?:said|says|thinks|told_me|texted|wrote|keeps_saying)_(?:that_)?(?:we|everyone|everybody|the_world|"
    r"(?:my|our|the)_(?:kids|children|family))_(?:\w+_){0,3}better_off_without_(?:him|her|them)"
)

#: Whose words of dying are.
OF_OTHER = re.compile(rf"(?:him|her|them)sel(?:f|ves)|{_BEGIN}(?:s?he|they|s?hes|theyre|s?hell|theyll|says){_END}|^my_")
OF_TELLER = re.compile(rf"{_BEGIN}(?:i|im|ive|id|ill|myself){_END}")
CONDITION = re.compile(rf"{_BEGIN}(?:if|when|unless|until|after|because)_i(?:m|ve|d|ll)?{_END}")


def dying(ids: Iterable[str]) -> tuple[str, ...]:
    """Those that tell of not wanting to live; what somebody does to the teller is no such thing."""
    ids = tuple(ids)
    told = zip(ids, by_rules(ids, "dying"), by_rules(ids, "hurt"), strict=True)
    return tuple(
        id_ for id_, so, hurt in told if OF_DYING.search(id_) or (so and not hurt and not OF_FEAR.search(undenied(id_)))
    )


def of_other(id_: str, *, asked: bool = False) -> bool:
    """Whether words of dying are about the other: they say so, or it was the other that was `asked` about.

    Not where they say that they are the teller's own; "if I leave" is a condition of the other's.
    """
    return (asked or OF_OTHER.search(id_) is not None) and OF_TELLER.search(CONDITION.sub("", id_)) is None


def undenied(id_: str) -> str:
    """An id without the blows and fears that it says there were not, or that are none."""
    return HARMLESS.sub("", DENIED.sub("", id_))


def fear(ids: Iterable[str], *, parted: bool = False) -> tuple[str, ...]:
    """Of what weighs on somebody, what is fear of the other, force or control; not what is said not to be so.

    Nor what somebody before the other did; but once the two have `parted`, the other is who is called an ex.
    """
    ids = tuple(ids)
    left = tuple(undenied(id_) for id_ in ids)
    told = zip(ids, left, by_rules(left, "control"), by_rules(left, "hurt"), strict=True)
    return tuple(
        id_
        for id_, said, control, hurt in told
        if (control or hurt or OF_FEAR.search(said)) and (parted or not OF_EARLIER.search(said))
    )


def flags(ids: Iterable[str], *, parted: bool = False) -> tuple[str, ...]:
    """Of red flags, what is that, where half a word is enough."""
    ids = tuple(ids)
    feared = fear(ids, parted=parted)
    return tuple(id_ for id_ in ids if id_ in feared or (half_said(id_) and (parted or not OF_EARLIER.search(id_))))


def half_said(id_: str) -> bool:
    """Whether a word of an id begins as fear, force or control do."""
    return any(f"_{part}" in f"_{undenied(id_)}" for part in OF_HARM)


def deeds(ids: Iterable[str]) -> tuple[str, ...]:
    """Of what the teller did, what frightens or hurts."""
    return tuple(id_ for id_ in ids if OF_OWN_HARM.search(id_))


def only_watching(ids: Iterable[str]) -> bool:
    """Whether all these deeds are looking into what is the other's, and none is going there, force or a threat."""
    left = [OF_WATCHING.sub("", id_) for id_ in ids]
    return bool(left) and not any(OF_OWN_HARM.search(id_) for id_ in left)


def by_rules(ids: tuple[str, ...], what: Told) -> list[bool]:
    """Whether the rules for messages see it in each id, spelled out."""
    return list(told_in(ids)[what]) if ids else []


# The same answers are asked about after every question, and a pass of all rules takes its time.
@lru_cache(maxsize=256)
def told_in(ids: tuple[str, ...]) -> dict[Told, tuple[bool, ...]]:
    """By what is told of, whether the rules for messages see it in each id, spelled out.

    In a message a blow and a wish to die call for the same care; here each is answered with its own.
    """
    spelled = [id_.replace("_", " ") for id_ in ids]
    said = pl.DataFrame({"id": list(ids), "person": ["a"] * len(ids), "text": spelled}, schema=SCHEMA)
    seen, text = ruled(said), said.select(plain(pl.col("text"))).to_series()
    blows, own = ([r for r in packaged_rules("crisis") if (r.id == BLOWS) is so] for so in (True, False))
    hurt, dying_ = (seen["crisis"] & labelled(rules, text)["crisis"] for rules in (blows, own))
    return {
        "control": tuple(seen["control_threat"].fill_null(False)),
        "hurt": tuple(hurt.fill_null(False)),
        "dying": tuple(dying_.fill_null(False)),
    }
