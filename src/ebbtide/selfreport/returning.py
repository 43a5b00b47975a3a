"""That whoever was away is back, as somebody tells it in words of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Who is back, by the voice of who tells it.
WHO: Mapping[str, str] = {
    "waiting": r"(?:hes|shes|theyre|theyve|(?:he|she|they|(?:my_)?(?:partner|husband|wife|boyfriend|girlfriend|bf|gf"
    r"|fianc\w+))(?:_(?:is|are|has|have|s))?)",
    "withdrawing": r"(?:im|ive|i(?:_(?:am|have))?)",
}
BEGINS = r"(?:(?:and|but|so|well|now|yes|ok|finally|today|yesterday|luckily|thankfully|thank_god)_)*"
SOFTLY = r"(?:_(?:now|just|finally|suddenly|already|actually|really|only_just|here))*"
TO_ME = r"(?:_(?:with|to|for)_(?:me|us|him|her|them))?(?:_(?:home|now|again|here|in_touch|in_contact))*"
_COUNT = r"(?:\d+|a|an|one|two|three|four|five|six|a_few|a_couple_of|some)_(?:hours?|days?|weeks?|months?)"
_DAY = (
    r"(?:yesterday|today|this_(?:morning|week)|last_(?:night|week|weekend|month)|the_day_before_yesterday"
    r"|(?:last_)?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
#: Since when; “he is back on Friday” is still to come, “he came back on Friday” is not.
SINCE = rf"(?:_(?:since_(?:last_)?{_DAY}|(?:since|for)_{_COUNT}|{_COUNT}_ago|yesterday|today|last_night|this_morning))?"
ON = rf"(?:_(?:since_|on_)?{_DAY}|_(?:for_)?{_COUNT}(?:_ago)?)?"
IS_BACK = rf"(?:_been)?_back{TO_ME}{SINCE}"
CAME_BACK = rf"(?:_(?:come|came|got|gotten)_back|_returned){TO_ME}{ON}"
#: What may go on after it, and what says that it was no return, or is over again.
GOES_ON = r"(?:_(?:and|but|after|like|as_if|acting|acts)_.*)?"
NO_RETURN = re.compile(
    r"(?:^|_)(?:forth|left|leaves?|leaving|gone|went|go|goes|disappear\w*|vanish\w*|pull(?:s|ed|ing)?|withdr\w+|ghost\w*|only"
    r"|things|stuff|clothes|not|never|\w+nt|friends?|as_friends)(?:_|$)"
)
#: In a question: “now that he is back”, or “when he is back” from somebody who has told of contact as usual.
NOW_BACK = r"(?:now_(?:that_)?)"
WHEN_BACK = r"(?:when|once|after|since|that)_"
ASKS = r"_(?:so_|and_|but_)?(?:what|how|do|should|shall|can|may|is|will|why)_.*"


def tells_return(id_: str, voice: str, *, so_far: bool = False) -> bool:
    """Whether words tell that whoever withdrew is back; `so_far` where what came earlier counts as past."""
    how = IS_BACK if so_far else f"(?:{IS_BACK}|{CAME_BACK})"
    told = re.fullmatch(f"{BEGINS}{WHO[voice]}{SOFTLY}{how}{GOES_ON}", id_.rstrip("_"))
    return told is not None and NO_RETURN.search(id_) is None


def asks_of_return(id_: str, voice: str, *, in_touch: bool) -> bool:
    """Whether a question is about a return that has come; what “when he is back” means is known by who is in touch."""
    who = WHO[voice]
    back = f"{who}{SOFTLY}(?:{IS_BACK}|{CAME_BACK})"
    asks = f"(?:.*_)?{NOW_BACK}{back}(?:_.*)?|{BEGINS}{back}{ASKS}"
    if in_touch:
        asks = f"{asks}|(?:.*_)?{WHEN_BACK}(?:{back}|{who}_(?:comes?|gets?)_back)"
    # In a question only what comes with the return itself can take it back.
    return re.fullmatch(asks, id_.rstrip("_")) is not None and "back_and_forth" not in id_
