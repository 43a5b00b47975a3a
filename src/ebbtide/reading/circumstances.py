"""Circumstances: what the two are in, as told in words of one's own, that asks for a next step of its own kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ebbtide.reading.own_words import LOVE_GONE, found_in, kinds_of
from ebbtide.selfreport.intake import Intake

#: Somebody else than the two, or an animal.
OTHERS = (
    r"brother|sister|son|daughter|friend|mate|mother|mum|mom|father|dad|parent|boss|colleague"
    r"|coworker|cousin|uncle|aunt"
    r"|neighbou?r|niece|nephew|kid|child|teacher|student|ex|cat|dog|mare|cow|ewe|sheep|rabbit|hamster|horse|goat|pet"
)
#: Where it is about them, it is not about the two.
OF_OTHERS = re.compile(
    rf"(?:^|_)(?:my|his|her|their|our|the|a|some)_(?:best_|step|older_|younger_|own_)?(?:{OTHERS})s?_(?:\w+_)?"
    r"(?:is|was|s|are|has|just|came|got|gets|might|may|lives|told)_.*"
)
#: Those who share a bed: words between the two of an orientation or a gender.
WHO = (
    r"(?:hes|shes|theyre|im|(?:he|she|they|i|partner|husband|wife|boyfriend|girlfriend)_(?:is|are"
    r"|am|was|might_be|may_be|could_be|feels?)|being|as)"
)
IDENTITY = (
    r"(?:gay|lesbian|bi|bisexual|trans|transgender|queer|asexual|ace|pansexual|pan"
    r"|non_?binary|nb|enby|genderfluid|agender)"
)
HOME = r"(?:wife|husband|spouse|partner|girlfriend|boyfriend|fianc\w+|somebody_else|someone_else|another_\w+)"
CIRCUMSTANCES: Mapping[str, str] = {
    "pregnancy": r"pregnan(?:t|cy)|(?:is|im|were|we_are|i_am|are|shes|hes)_(?:having"
    r"|expecting)_(?:a|our|twins|his|her|my)(?:_\w+)?"
    r"|baby_(?:is_)?(?:on_the_way|coming|due)|(?:having|expecting)_(?:a_|our_)?(?:baby|child|twins)"
    r"|positive_(?:\w+_)?test"
    r"|(?:first|second|third)_trimester|(?:\w+_)?weeks_(?:pregnant|along)|(?:missed|late"
    r"|overdue)_(?:my_|her_|a_)?period",
    "third": r"affair_partner|(?:im|i_am|am_i|being|become|as|stay|remain)_(?:just_|only_)?(?:the"
    r"|an|his|her|their)_(?:\w+_)?"
    r"(?:affair|mistress|other_(?:wo)?man|other_person|third_(?:person|party|wheel)|side_(?:chick"
    r"|piece|guy|girl)|secret)"
    r"|(?:he|she|they|hes|shes|theyre)_(?:is_|are_)?(?:still_)?(?:married_to|lives?_with"
    r"|living_with|with|in_a_relationship_with"
    rf"|goes_(?:back|home)_to|went_(?:back|home)_to)_(?:his|her|their|a|an)?_?{HOME}"
    rf"|(?:he|she|they|hes|shes|theyre)_(?:has|have|got|already_has)_(?:a|another)_{HOME}"
    rf"|(?:leave|leaving)_(?:his|her|their)_{HOME}(?:_for_me)?|(?:hes|shes|he_is|she_is|theyre"
    rf"|they_are)_(?:still_)?married",
    "third_home": r"(?:i|im|i_am|ive)_(?:still_|also_|already_)?(?:have_a|have_another)_(?:wife"
    r"|husband|spouse|girlfriend|boyfriend|fianc\w+)"
    r"|(?:my|our)_affair|im_the_married_one|(?:im|i_am)_married_to_(?:some\w+|another)",
    "open": r"poly|polyam\w*|polycule|non_?monogam\w+|enm|metamours?|throuple|nesting_partner|primary_partner"
    r"|open_(?:relationship|marriage)(?:$|(?!_with_(?:my|his|her|the|our)_(?:boss|team|mum|mom"
    r"|mother|dad|father|kids?|sister|brother|friends?|doctor|manager|body|food|money)))"
    r"|open(?:ing|ed)?_(?:up_)?(?:our|the)_(?:relationship|marriage)|(?:his|her|their|my)_other_(?:partners?|lovers?)"
    r"|(?:has|have|had)_other_(?:partners|lovers)|one_of_(?:his|her|their|my)_(?:\w+_)?partners"
    r"|several_partners|two_partners",
    "open_wish": r"(?:want|wants|wanted|wish|wishes|asks?|asked|suggest\w*|propos\w*|plan\w*|would_like|like|thinking"
    r"|thinks|talks?)_(?:me_)?"
    r"(?:to_|for_|of_|about_|we_|that_we_|us_)*(?:be_in_an_|have_an_"
    r"|an_)?(?:open(?:ing)?(?:_up)?_(?:\w+_)?(?:relationship|marriage|us)"
    r"|open_(?:up|things|it)|see_other_people|seeing_other_people|polyam\w*|non_?monogam\w*"
    r"|sleep_with_others|date_others)",
    "coming_out": rf"(?:came|come|coming)_out_as_(?:a_)?(?:{IDENTITY}|woman|man|girl|boy)"
    r"|(?:came|come|coming)_out_to_(?:me|him|her|them|us|my|his|their|parents|family|everyone|people)"
    r"(?:$|_(?:last|yesterday|today|this|about|and|as|parents|mum|mom|mother|dad|father|family"
    r"|friends|husband|wife|partner)(?:_\w+)?)"
    rf"|{WHO}_(?:\w+_){{0,2}}?{IDENTITY}|(?:questioning|figuring_out|unsure_of|about|sure_of)_(?:my|his|her|their)_"
    r"(?:gender|sexuality|sexual_orientation|orientation|sexual_identity|gender_identity)|closeted"
    r"|gender_(?:identity|dysphoria)"
    r"|(?:out_of|still_in|back_in)_the_closet|^coming_out$|(?:my|his|her|their|a)_coming_out|sexual_orientation",
}
#: A pregnancy that is over, is not, or is somebody's wish; that has words of its own or none.
NO_PREGNANCY = (
    r"miscarr\w+|stillb\w+|abort\w+|terminat\w+|lost_(?:the|our|a)_(?:baby|pregnancy)"
    r"|not_(?:\w+_)?pregnant|isnt_pregnant|false_alarm"
    r"|(?:get|getting|become|becoming|got|been|to_be|be)_(?:\w+_)?pregnant|negative_(?:\w+_)?test"
    r"|pregnant_(?:pause|silence)"
    r"|(?:some\w+|another_\w+|other_woman|his_ex|her)_pregnant_by|gave_birth|was_pregnant"
)
#: A spouse of the teller's own: who tells of their affair is not the third in it.
MY_SPOUSE = r"my_(?:wife|husband|spouse)"
#: That it is talk of other things, or of what is over.
BESIDE_IT = (
    r"(?:lives?|living|is|hes|shes)_with_(?:his|her|their)_ex\w*|used_to_be_married|(?:late"
    r"|dead|first)_(?:wife|husband)|(?:wife|husband)_died"
)


def circumstance(name: str, answers: Intake) -> bool:
    """Whether this is told, in whatever list or question it stands."""
    told = (
        *(*answers.stress, *answers.own_load, *answers.own_moves, *answers.red_flags),
        *([answers.question] if answers.question else []),
    )
    return any(speaks_of(name, id_) for id_ in told)


def outside(answers: Intake) -> list[str]:
    """The ids of what weighs from outside the two, in their order; what they are in is not, but for a pregnancy."""
    return [id_ for id_ in answers.stress if not of_the_two(id_)]


def of_the_two(id_: str) -> bool:
    """Whether what weighs lies in the two themselves: shame, another bond, love that has gone, or what they are in."""
    within = kinds_of([id_]) in ({"shame"}, {"earlier_bond"}, {"somebody"}) or found_in(LOVE_GONE, [id_])
    return within or any(speaks_of(name, id_) for name in CIRCUMSTANCES if name != "pregnancy")


def speaks_of(name: str, id_: str) -> bool:
    """Whether an id in somebody's own words tells of this circumstance of the two."""
    words = OF_OTHERS.sub("_", id_.strip("_"))
    if name == "pregnancy" and found_in(NO_PREGNANCY, [words]):
        return False
    if name == "third" and found_in(rf"{MY_SPOUSE}|{BESIDE_IT}", [words]):
        return False
    return found_in(CIRCUMSTANCES[name], [words])


def named_in(id_: str) -> bool:
    """Whether an id tells of any of them."""
    return any(speaks_of(name, id_) for name in CIRCUMSTANCES)
