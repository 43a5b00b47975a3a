"""Topics: what a draft is about, from a closed list, found by small lists of words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from ebbtide.signals.moves.tokens import normal

#: The topic of a draft that none of the lists fits.
NONE = "none"
TOPICS = ("silence", "late", "forgot", "plans", "tone", "chores", "others", "screens", "trust", "pressure")

_NUMBER = r"(?:#|\d+|an?|one|two|three|four|five|six|seven|ten|half an?|couple of|a couple of)"
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sun)(?:day)?s?\b"
    r"|\bsat(?:urday)?s?\b(?! (?:down|here|there|in|with|and|alone)\b)"
    r"|\b(?:today|tonight|tomorrow|tmrw?|tmr|tomoz|2moro|weekend|morning|afternoon|evening|noon|midnight|next week)\b"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
    rf"|\b(?:at|by|till?|until|around|before|after) (?:half (?:past )?|quarter (?:past|to) )?{_HOUR}\b"
    rf"|\b{_NUMBER} ?(?:min(?:ute)?|hour|hr|day|week|night|month)s?\b"
    r"|\b(?:at|by|till?|until|around) ?#"
    r"|\bafter (?:work|dinner|lunch|school|the)\b"
)

_NO_DAY = re.compile(
    r"\b(?:since|every|each|all|last|another|whole|enough(?: for)?|not|one|just one|one more)"
    r" (?:single |the |this )*"
    r"(?:\w+day|yesterday|today|tonight|morning|afternoon|evening|day|night|week|month|weekend)s?\b"
    rf"|\bevery (?:single )?(?:{_NUMBER} )?(?:min(?:ute)?|hour|hr|day|week|night)s?\b"
    r"|\bthis morning\b"
)


def topic(words: Mapping[str, Sequence[str]], *texts: str) -> str:
    """The topic of the first text that has one, by the most words of its list; the earlier topic where two are even."""
    for text in texts:
        found = {name: len(pattern(tuple(words[name])).findall(normal(text))) for name in TOPICS}
        best = max(TOPICS, key=lambda name: found[name])
        if found[best]:
            return best
    return NONE


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """An expression for any of these words; a star stands for any ending."""
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w).replace(r"\*", r"\w*") for w in words) + r")(?!\w)")


def names_a_day(text: str) -> bool:
    """Whether a text says when: a day, an hour, or how long by number, and not only since when or how often."""
    return _DAY.search(_NO_DAY.sub(" ", normal(text))) is not None
