"""Wording: what no sentence of Ebbtide may do, and how hard it is to read. For the words we write, not for names."""

from __future__ import annotations

import re

GENDERED = (
    r"he|she|his|hers?|him|himself|herself|m[ae]n|wom[ae]n"
    r"|boyfriends?|girlfriends?|husbands?|wife|wives|guys?|girls?|boys?"
)
DIAGNOSIS = r"avoidant|narciss\w*|toxic|disorder\w*|bipolar|borderline|codependent|needy|clingy|diagnos\w*|depress\w*"
MIND_READING = (
    r"lost interest|losing interest|doesn’t care|does not care|wants? to be|is afraid of|misses you"
    r"|(?:still )?loves? you|(?:Sam|Jo) (?:feels|thinks|wants|fears|needs)"
)
BREAK_UP = r"relationship is over|break(?:ing)?[ -]up|will leave|leave you for|going to leave|will not come back"
UNFIT = r"must|I understand|remember:|great job|well done|avoids? you"

#: What has no place beside signs of harm, not even negated.
RESTRAINT = (
    r"spaces?|rooms?|patien\w*|wait\w*|distan\w*|until|alone time|time alone|leave (?:it|them|\w+ be)"
    r"|hold (?:off|still)|give (?:it|them|\w+) time|let it|later|back off|calm\w*"
)


def forbidden(text: str) -> list[str]:
    """What the text may not say; lines in quotation marks are examples of what someone might fear or say."""
    own = re.sub(r"“[^”]*”", "“”", text)
    everywhere = [m for p in (GENDERED, DIAGNOSIS, UNFIT) for m in found(p, text)]
    return everywhere + [m for p in (MIND_READING, BREAK_UP) for m in found(p, own)] + re.findall("!", text)


def restraint(text: str) -> list[str]:
    """Words of space, patience and waiting in the text."""
    return found(RESTRAINT, text)


def found(pattern: str, text: str) -> list[str]:
    """Whole words of the text that match."""
    return re.findall(rf"\b(?:{pattern})\b", text, re.IGNORECASE)


def reading_grade(text: str) -> float:
    """The Flesch–Kincaid grade of a text (Kincaid et al. 1975), with syllables counted by groups of vowels."""
    sentences = [s for s in re.split(r"[.?:]+[”’]?(?:\s|$)", text) if re.search(r"\w", s)]
    words = re.findall(r"[A-Za-z’]+|\d+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Syllables of an English word, near enough: vowel groups, without a silent e at the end."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    letters = re.sub(r"(?<=[^aeioul])es?$|(?<=[^aeioutd])ed$", "", letters)
    return max(1, len(re.findall(r"[aeiouy]+", letters)))
