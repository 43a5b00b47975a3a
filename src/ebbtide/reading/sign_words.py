"""Signs in words: what one person does more or less than is usual for that person. Never what anyone feels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import exp, log

from ebbtide.reading.findings import away_now
from ebbtide.reading.phrases import SHARES, Named, day_of
from ebbtide.reading.present import present
from ebbtide.reading.signs import RECENT_DAYS
from ebbtide.reading.types import Finding, Reading, Sign

#: So much is said about signs at most, and only of changes that surely go beyond these: log ratio, points of 0–4.
MOST, FIRM, NOTED_FIRM = 4, log(1.4), 0.7
#: So much of it on the first screen, where nothing else tells of a distance.
MOST_AT_ONCE = 2
#: How somebody writes, whatever the number of messages.
TONE = frozenset({"less_affection", "flat", "irritable"})
#: Said already by the spell itself, where one runs.
SAID_BY_SPELL = frozenset({"fewer_contacts", "says_space", "mixed_messages"})

#: Multiples in words, each used up to the number beside it.
MULTIPLES = ((1.75, "about one and a half times as"), (2.5, "about twice as"), (3.5, "about three times as"))
#: What there is much of: as one says it after "as", and after "far".
Much = tuple[str, str]
OFTEN: Much = ("often", "more often")
LONG: Much = ("long", "longer")
DAYS: Much = ("many days", "more days")
WARM: Much = ("many warm words", "more warm words")
SHARP: Much = ("many sharp words", "more sharp words")
ASIDE = "{who} {gives} a short or sideways answer {how} usual for {who}."

#: What is counted by each sign, {how} much of it, and whether more of the sign is more (1) or less (-1) of that.
COUNTED: dict[str, tuple[str, Much, int]] = {
    "fewer_contacts": ("{who.first} {starts} and {answers} {how} usual for {who}.", OFTEN, -1),
    "vague_plans": ("When plans come up, {who} {answers} with a maybe {how} usual for {who}.", OFTEN, 1),
    "less_affection": ("{who.first_whose} messages hold {how} usual for {who}.", WARM, -1),
    "avoids_feelings": (f"When it gets personal, {ASIDE}", OFTEN, 1),
    "future_discomfort": (f"When a time further off comes up, {ASIDE}", OFTEN, 1),
    "defensive": ("After a question, {who.whose} answers push back {how} usual for {who}.", OFTEN, 1),
    "escape_into_work": ("{who.first_whose} messages speak of work or being busy {how} usual for {who}.", OFTEN, 1),
    "shorter_time": ("Calls between the two of you last {how} usual.", LONG, -1),
    "avoids_us_talk": (f"When talk turns to the two of you, {ASIDE}", OFTEN, 1),
    "irritable": ("{who.first_whose} messages hold {how} usual for {who}.", SHARP, 1),
    "shows_concern": ("{who.first} {asks} how things are, or {says} all is well, {how} usual for {who}.", OFTEN, 1),
    "checks_in": ("In this spell {who} {writes} on {how} in earlier ones.", DAYS, 1),
}
#: What has no number in words: for more of the sign, and for less.
PLAIN: dict[str, tuple[str, str]] = {
    "flat": (
        "{who.first_whose} messages are shorter and plainer than usual for {who}.",
        "{who.first_whose} messages are longer and livelier than usual for {who}.",
    ),
    "mixed_messages": (
        "{who.first_whose} messages are as warm as usual for {who}, while {who} {starts} and {answers} less.",
        "",
    ),
}
#: What check-ins note.
NOTED = {
    "fewer_contacts": "fewer messages and calls",
    "vague_plans": "vague answers about plans",
    "less_affection": "less warmth",
    "more_solitary": "time alone",
    "avoids_feelings": "turning aside from feelings",
    "future_discomfort": "unease about the future",
    "defensive": "pushing back at plain questions",
    "escape_into_work": "time taken by work or hobbies",
    "less_eye_contact": "looking away",
    "shorter_time": "time together cut short",
    "flat": "plain, flat answers",
    "avoids_us_talk": "turning aside from talk about the two of you",
    "irritable": "sharp words",
    "mixed_messages": "words and deeds that disagree",
    "checks_in": "short signs of life",
    "shows_concern": "asking how things are",
    "distracted": "being elsewhere in thought",
    "says_space": "asking for room",
}


def of_signs(signs: tuple[Sign, ...], who: str, people: dict[str, Named], *, in_spell: bool) -> Iterator[Finding]:
    """The firmest few signs of the person in question, clearest first, one finding each."""
    firm = [s for s in signs if s.person == who and firmness(s) > 1 and not (in_spell and said_by_spell(s))]
    for sign in sorted(firm, key=lambda s: (-firmness(s), s.id))[:MOST]:
        words = worded(sign, people[who])
        if words and sign.change is not None and sign.low is not None and sign.high is not None:
            numbers = {"change": round(sign.change, 3), "low": round(sign.low, 3), "high": round(sign.high, 3)}
            yield Finding("signs", who, words, numbers, sign.evidence)


def standing_out(reading: Reading) -> str:
    """What signs alone tell of the one in question, of late and with its range, in two lines of a screen.

    Empty where a spell tells of it, where there is harm, and where the answer has said it.
    """
    now = present(reading)
    answered = " ".join((reading.answer.now, reading.answer.may_be))
    told = [f for f in reading.findings if f.key == "signs" and f.about == now.who and f.words not in answered]
    if now.running is not None or reading.care_first or reading.tells("parting_named") or not told:
        return ""
    # Somebody who is away as announced writes less, and that is no sign.
    if away_now(reading, now.who) is not None:
        return ""
    signs = {
        (s.person, round(s.change, 3)): s for s in (*reading.signs, *reading.counter_signs) if s.change is not None
    }
    words = [with_range(f.words, signs.get((now.who, f.numbers["change"]))) for f in told[:MOST_AT_ONCE]]
    since = day_of(now.today - timedelta(days=RECENT_DAYS - 1), now.today)
    return f"In the two weeks since {since}: {' '.join(words)}"


def of_tone(reading: Reading) -> str:
    """What the findings tell of the tone of the one in question, where it has grown colder; empty where nothing."""
    who = present(reading).who
    tone = [s.change for s in reading.signs if s.person == who and s.id in TONE and s.change is not None]
    colder = {round(change, 3) for change in tone if change > 0}
    told = (f for f in reading.findings if f.key == "signs" and f.about == who and f.numbers["change"] in colder)
    return next((f.words for f in told), "")


def with_range(words: str, sign: Sign | None) -> str:
    """The sentence for a sign, with the 90% interval of what is counted where that is a share of messages."""
    if sign is None or sign.id not in COUNTED or sign.low is None or sign.high is None or sign.source[0] != "messages":
        return words
    low, high = sorted(exp(COUNTED[sign.id][2] * end) for end in (sign.low, sign.high))
    share = f"{100 * low:.0f} to {100 * high:.0f}%" if high < 1 else f"{low:.1f} to {high:.1f} times"
    return f"{words.removesuffix('.')} (likely {share})."


def said_by_spell(sign: Sign) -> bool:
    """Whether the finding about a running spell tells of this sign."""
    return sign.source[0] == "messages" and sign.id in SAID_BY_SPELL


def firmness(sign: Sign) -> float:
    """How far the nearer end of the interval is from usual, in units of what is worth a word; 0 where it is not."""
    if sign.low is None or sign.high is None or sign.direction not in ("more", "less"):
        return 0.0
    nearer = sign.low if sign.direction == "more" else -sign.high
    return nearer / (FIRM if sign.source[0] == "messages" else NOTED_FIRM)


def worded(sign: Sign, who: Named) -> str:
    """The sentence for a sign; empty where there is none."""
    if sign.source[0] != "messages":
        return f"Check-ins of late note {sign.direction} of this for {who} than before: {NOTED[sign.id]}."
    verbs = {
        name: who.verb(name, plain)
        for name, plain in (
            *(("starts", "start"), ("answers", "answer"), ("gives", "give")),
            *(("asks", "ask"), ("says", "say"), ("writes", "write")),
        )
    }
    if sign.id in COUNTED and sign.change is not None:
        sentence, much, way = COUNTED[sign.id]
        return sentence.format(who=who, how=how(exp(way * sign.change), much), **verbs)
    more, less = PLAIN.get(sign.id, ("", ""))
    return (more if sign.direction == "more" else less).format(who=who, **verbs)


def how(ratio: float, much: Much) -> str:
    """A ratio to the usual in words: "about half as many days as", "about twice as long as", "far more often than"."""
    if ratio < 1:
        share = next(words for limit, words in SHARES[1:] if ratio <= limit or limit == 1.0)
        return f"{share.removesuffix('often')}{much[0]} as"
    times = next((words for limit, words in MULTIPLES if ratio <= limit), None)
    return f"{times} {much[0]} as" if times else f"far {much[1]} than"
