"""Unseen: whether a silence that is new may be that of somebody who lies ill, or has not come home.

Nobody is looked for who asked for time, named a day, or is known to be well, such as one who has blocked the teller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ebbtide.reading.own_words import SOMEONE, found_in, weighs, whose
from ebbtide.reading.told_facts import days_told
from ebbtide.selfreport.intake import Intake

_NOBODY, _NOT = r"(?:nobody|no_one|noone)", r"(?:didnt|did_not|never|hasnt|has_not)"
#: That somebody is not where they would be: a reason to look at any hour.
GONE = (
    rf"{_NOBODY}_(?:opens?|opened)(?!_up)|{_NOBODY}_(?:answers?|answered)_the_(?:door|bell)"
    r"|(?:rang|rung|knocked|been_to)_(?:\w+_)*?(?:nobody|no_one|noone|no_answer|not_there)"
    r"|(?:doesnt|didnt|wont|not|never)_(?:open|answer)(?:s|ed|ing)?_(?:the_|his_|her_|their_)?(?:front_)?(?:door|bell)"
    rf"|{_NOT}_(?:come|came|been|get|got|make_it|made_it)_(?:back_)?home(?!_(?:on_time|for|until|till|early|before|late))"
    rf"|{_NOT}_(?:come|came)_back_from_(?:work|school|the_\w+|a_\w+|his_\w+|her_\w+)"
    rf"|{_NOT}_(?:turn|turned|show|showed|arrive|arrived)_(?:up_)?(?:at|for|to)_work"
    r"|(?:gone|went|is|hes|shes|been|reported)_missing(?!_(?:him|her|them|me|us|you))"
    rf"|{_NOBODY}_(?:has_|have_|had_)?(?:seen|heard)(?!_me)|(?:post|mail|letters?|newspapers?)_(?:is_|are_)?piling_up"
)
#: Illness and old age, in which a fall or a fit can keep somebody from the phone; after a day without a word.
FRAIL = (
    r"epilep\w*|seizures?|(?:a|had|has)_fits?|diabet\w*|insulin|(?:weak_|bad_)?heart_(?:condition|disease|trouble|failure"
    r"|problems?|attack)|(?:weak|bad)_heart|stroke|cancer|asthma|copd|(?:very_|so_|is_|was_)?(?:ill|sick(?!_of)|unwell|frail)"
    r"|pneumonia|fever|had_a_fall|fell_down|old_age|elderly|very_old|(?:is|hes|shes|aged?|over|past)_[789]\d"
    r"|[789]\d_years?_old|in_(?:his|her|their)_(?:early_|mid_|late_)?(?:[789]0s|seventies|eighties|nineties)|pensioner"
)
#: That nobody would notice; after three days, or after one where the phone is off.
ALONE = r"lives_(?:all_)?alone|lives_(?:by|on)_(?:him|her|them|his|her|their)_?(?:sel\w+|own)|living_(?:all_)?alone"
PHONE_OFF = r"phone_(?:is_|was_|has_been_|still_)?(?:switched_|turned_)?(?:off|dead)|straight_to_voice_?mail"
#: After so many days each is a reason to look.
LEAST_DAYS = ((FRAIL, 1.0), (PHONE_OFF, 1.0), (ALONE, 3.0))
#: A sign of life, an act of somebody who is well, or the place where they are; and what makes it none.
_KIN = r"(?:mother|mum|mom|father|dad|parent|brother|sister|friend|famil(?:y|ie)|ex)s?"
WELL = (
    r"blocked|block(?:s|ing)_me|unfriended|unfollowed|(?:seen|saw|see|was|is|been|still|hes|shes|theyre|goes)_(?:\w+_)?online"
    r"|active_on|post(?:s|ed|ing)(?!_piling)|stor(?:y|ies)|(?:left|leaves)_(?:me_)?on_(?:read|seen)|blue_ticks"
    r"|reads?_(?:my|the|all|every|them|it)(?:_\w+)?|(?:is|was|hes|shes|theyre|seems?|looks?|are)_(?:\w+_)?"
    r"(?:fine|well|okay|ok|alright|all_right)|(?:saw|seen|met)_(?:him|her|them)|(?:goes|went|going|back|is|hes|shes)_"
    r"(?:to|at)_work|(?:answers|writes_to|talks_to|wrote_to|speaks_to)_(?:others|everyone|every_\w+"
    rf"|(?:his|her|their|our|my|other)_(?:{_KIN}|kids|children))"
    rf"|(?:is|hes|shes|theyre)_(?:\w+_)?(?:at|with)_(?:his|her|their|a)_{_KIN}|(?:staying|stays|stayed|sleeps|slept"
    r"|sleeping)_(?:at|with)_\w+|moved_(?:to|in_with)_\w+|(?:in|into|at)_(?:the_)?hospital|hospitali[sz]ed"
)
NO = (
    r"not|never|nobody|no_one|noone|none|no|cant|isnt|wasnt|hasnt|havent|hadnt|didnt|doesnt|dont|wont|arent|werent"
    r"|hop(?:e|ing)|pray(?:ing)?|wonder(?:ing)?|if|whether|sure|worried|afraid|scared|fear|^is_(?:he|she)"
    r"|last_(?:seen|saw|met|was|online|active)|(?:rang|called|asked|phoned|checked)_(?:\w+_)*?hospital"
)
#: Where words of one kind end, and others begin.
JOINS = re.compile(r"_(?:but|and|though|although|yet|while|since|because)_")


def unseen(answers: Intake) -> bool:
    """Whether it is a first silence in which the one who is away may need help, and no sign of life is told of."""
    told = (*answers.own_moves, *answers.own_load, *answers.stress, *answers.red_flags)
    if not silent_as_never(answers) or known_well(told):
        return False
    told = (*told, *filter(None, [answers.question]))
    if any(found_in(GONE, [id_]) and not of_somebody(id_) for id_ in told):
        return True
    announced = answers.asked_for_space == "yes" or answers.day_named == "yes" or "out_of_reach" in weighs(answers)
    first = answers.before.times == 0 and answers.stage != "separated"
    return first and not announced and weakened(answers)


def silent_as_never(answers: Intake) -> bool:
    """Whether there is no contact, and no silence is told of before it; not after an ending, nor beside danger."""
    fits = answers.voice == "waiting" and answers.contact == "none" and answers.stage != "ended"
    return fits and not answers.before.times and not answers.safety.any


def weakened(answers: Intake) -> bool:
    """Whether the one who is away is ill, old or alone, and has been silent for long enough to look."""
    days = days_told(answers)
    theirs = [id_ for id_ in (*answers.stress, *answers.red_flags) if whose(id_) != "teller" and not of_somebody(id_)]
    theirs += [id_ for id_ in (*answers.own_load, *answers.own_moves) if whose(id_) == "other"]
    theirs += [id_ for id_ in answers.own_load if found_in(PHONE_OFF, [id_])]
    reasons = [least for words, least in LEAST_DAYS if found_in(words, theirs)]
    reasons += [1.0] if "health" in answers.stress else []
    explained = answers.explained == "yes" and not found_in(FRAIL, theirs)
    return not explained and any(days is None or days >= least for least in reasons)


def known_well(told: Iterable[str]) -> bool:
    """Whether there is a sign of life, or it is known where somebody is."""
    parts = [part for id_ in told for part in JOINS.split(id_)]
    return any(found_in(WELL, [part]) and not found_in(NO, [part]) for part in parts)


def of_somebody(id_: str) -> bool:
    """Whether it is about somebody else than the two."""
    return found_in(
        rf"(?:{SOMEONE})s?_(?:is|has|was|went|gone|didnt|did_not|never|hasnt|not|lives)(?:_\w+)?", [id_]
    ) or (found_in(rf"(?:his|her|their|my|our)_(?:\w+_)?(?:{SOMEONE})s?(?:_\w+)?", [id_]) and not found_in(GONE, [id_]))
