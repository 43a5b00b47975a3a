"""Own words: what the ids that a teller made up speak of, where they speak of something the lists know."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from ebbtide.selfreport.intake import STRESS, Intake, spaced

#: Whom people lose.
SOMEONE = r"baby|child|son|daughter|mother|mum|mom|father|dad|parent|brother|sister|friend|gran\w*|dog|cat|pet"
#: That sex hurts, which is for a doctor, whatever shame there is.
SEX_HURTS = (
    r"sex_(?:\w+_)?(?:hurts|is_painful)|hurts_(?:\w+_)*?(?:sex|intercourse)|pain(?:ful)?_(?:\w+_)*?(?:sex|intercourse)"
    r"|vaginis\w+|endometrio\w+"
)
#: What a load in somebody's own words is; several can hold.
LOADS: Mapping[str, str] = {
    "grief": r"(?<!phone_)(?<!battery_)(?<!car_)(?<!laptop_)(?:died|dies)|dying(?!_(?:to|for)_)|(?<!to_)death"
    "|dead(?!_(?:tired|line|ends?|serious|set|against|inside))"
    r"|passed_away|miscarr\w+|stillb\w+|funeral|bereave\w*|mourning|widow\w*"
    r"|late_(?:wife|husband|partner|mother|mum|mom|father|dad|brother|sister|son|daughter|friend)"
    rf"|buried(?!_(?:in|under|deep)_)|cremat\w+|grie[fv]\w*|lost_(?:\w+_)?(?:{SOMEONE})",
    "work": r"job|jobs|jobless|unemploy\w*|laid_off|fired|redundan\w+|retire\w*|boss|deadlines?|overtime"
    r"|(?:night_)?shifts?|lost_(?:\w+_)?work",
    "money": r"debts?|bankrupt\w*|(?:money|financ\w+)_(?:problems?|troubles?|worr\w+|issues?)|in_the_red|rent|bills"
    r"|mortgage|evict\w+|unemploy\w*|laid_off|(?:lost|losing)_(?:\w+_)?job",
    "health": r"diagnos\w+|cancer|tumou?rs?|ill|illness\w*|sick\w*|surgery|operation|(?:in|into)_(?:the_)?hospital"
    rf"|hospitali[sz]\w+|chemo\w*|menopause|collapsed|{SEX_HURTS}"
    r"|pain|migraines?|stroke|heart_attack|injur\w+|disease|disab\w+|infertil\w+|ivf",
    "low_mood": r"depress\w*|burn_?out|burned_out|burnt_out|breakdown|hopeless\w*|feel\w*_low",
    "children": r"kids?|toddler|newborn|new_baby",
    "baby": r"new_?born\w*|new_?baby|(?:had|have|got|with)_(?:a|our|the)_(?:\w+_)?baby(?!_on_the_way)|(?:the|our)_baby"
    r"|baby_(?:is|was|came|arrived|wont|doesnt|cries)|babies|gave_birth|post_?(?:partum|natal)|breast_?feed\w*",
    "study": r"exams?|thesis|university|college",
    "shame": r"sham\w+|asham\w+|sex|sex_life|sexual_(?:problem\w*|trouble)|impoten\w+|erect\w+|libido|useless\w*"
    r"|worthless\w*|not_good_enough|body_image|failure|feel\w*_like_failing",
    "drink": r"drink\w*|drunk|alcohol\w*|relaps\w+|drugs?|weed|cocaine",
    "earlier_bond": r"divorc\w*|still_married|(?:his|her|their|an|the)_ex|ex_(?:wife|husband|partner)"
    r"|(?:his|her|their)_(?:wife|husband)|(?:earlier|old|first|previous|unfinished)_(?:marriage|bond|relationship)"
    r"|custody",
    "out_of_reach": r"^(?:prison|jail|rehab)$"
    r"|(?:is|hes|shes|was|now|still|back|sent|put|went)_(?:in|to)_(?:\w+_)?(?:prison|jail|rehab)"
    r"|jailed|imprisoned|locked_up|behind_bars|detained|deployed|deployment|at_sea"
    r"|on_(?:a|the|his|her)_ship|no_signal|no_reception|phone_(?:got_|was_|is_)?(?:cut_off|taken|broken|stolen)",
    "somebody": r"slept_with\w*|cheat\w*|affair|kissed_some\w+|met_some\w+|some(?:one|body)_(?:new|else)",
}
#: Deeds with somebody else than the one of the two, beside which no red flag has to be named; and what is none.
BETRAYED = (
    r"cheat(?:ed|ing)(?!_(?:on_me|in|at))|(?:was|been|being)_unfaithful|had_(?:an|the|a)_(?:\w+_)?(?:affair|fling)"
    r"|(?:a_)?one_night_stand|kissed_(?:some\w+|another_\w+|an?_\w+)|hooked_up_with_\w+|met_some\w+_(?:else|new)"
    r"|(?:slept|sleeping|had_sex)_with_(?:some\w+|another_\w+|an_\w+|a_(?!pillow|light|hot|headache)\w+"
    r"|(?:my|his|her|their|our|the)_(?:\w+_)?(?:ex|friend|colleague|boss|neighbou?r|brother|sister|cousin))"
    r"|seeing_(?:some\w+_else|another_(?:wo)?man)"
)
NO_BETRAYAL = (
    rf"(?:never|not|almost|nearly|havent)_(?:{BETRAYED})|(?:was|got|been|being)_cheated(?:_\w+)?"
    r"|(?:he|she|they)_(?:says?|said|thinks?|claims?|believes?|suspects?)(?:_\w+)?|accus\w+"
)
#: Drink or drugs that are more than a glass now and then.
HEAVY = (
    r"drink(?:s|ing)?_(?:himself|herself|themselves|myself|too_much|way_too_much|a_lot|so_much|heavily|again|daily"
    r"|secretly"
    r"|in_secret|every_(?:day|night|evening|weekend)|all_(?:day|night|weekend)|problem|until_\w+_(?:falls|passes"
    r"|drops)|to_sleep)"
    r"|drunk_(?:again|every|most|all|a_lot|too_often)|(?:is|was|gets?|comes_home|always|often|hes|shes)_(?:always_"
    r"|often_)?drunk|alcoholi\w*|(?:takes|on|using|uses|doing|does)_(?:\w+_)?(?:drugs|cocaine|coke|pills|heroin|meth)"
    r"|(?:smokes?|smoking)_(?:weed|pot)_(?:every|all)\w*|stoned_(?:every|all|most)\w*|relaps\w+|addict\w*"
)
#: That the other has shut the teller out; that money goes on games; that something is kept from the other.
BLOCKED = r"(?:blocked_me|unblock(?:s|ed)?_me|(?:am|im|been|got|was)_blocked)"
GAMBLES = r"gambl\w+|betting|casinos?|slot_machines?|(?:sports?|online)_bets?|bets_(?:money|online|on)"
HIDES = (
    r"hid(?:e|es|ing|den)?|secret\w*|in_secret|(?:doesnt|dont|does_not|do_not)_know(?:_about)?|(?:not|never|havent"
    r"|have_not)_(?:\w+_)?told"
)
#: What money that is kept from somebody shows in.
_PAPERS = (
    r"(?:bank|loan|debt|credit|reminder|tax|court|lender)_(?:\w+_)?(?:letters?|cards?|statements?"
    r"|accounts?|notices?|bills?|papers)"
    r"|loans?|debts?|overdraft|final_(?:demand|notice)|bailiffs?|savings|mortgage|credit_cards?"
)
#: What the teller did, in words of their own, as the known moves it comes to.
MOVES: Mapping[str, str] = {
    "checked_on": r"(?:look|looks|looked|looking|stare|stared|check|checked|checking|watch|watched|watching|refresh\w*"
    r"|scroll\w*)_"
    r"(?:\w+_){0,4}(?:last_seen|online|status|profile|profiles|stories|story|location|likes|followers"
    r"|phone|instagram|insta)"
    r"|(?:drove|driven|walked|cycled|went|drive|walk|rode)_(?:past|by)_(?:his|her|their"
    r"|the)_(?:\w+_)?(?:house|flat|home|work|street|place|window|door|office)"
    r"|(?:looked|read)_(?:through|in)_(?:his|her|their)_(?:phone|messages|mail|emails|diary)",
    "many_messages": r"(?:wrote|sent|texted|messaged|called|rang|phoned)_(?:\w+_){0,4}(?:(?:[3-9]|\d{2,}|five|six|seven"
    r"|eight|ten|twelve|twenty|thirty"
    r"|fifty|a_hundred|dozens?_of|many|so_many|countless)_(?:\w+_)?(?:times|messages|texts|calls|mails"
    r"|emails|voice_notes)"
    r"|every_(?:hour|morning|night|evening|day)|again_and_again|over_and_over|all_(?:day|night))",
    "apologised": r"begged_(?:\w+_){0,3}(?:forgiveness|forgive\w*)|(?:said|wrote|texted)_(?:im_)?sorry_(?:\w+_)*"
    r"(?:times|again|over|every_\w+)"
    r"|apologi[sz]ed_(?:\w+_)*(?:times|again|over|every_\w+|daily)|kept_(?:saying_sorry|apologi[sz]ing)",
    "demanded": r"(?:sat|waited|stood|turned_up|showed_up|camped)_(?:\w+_){0,2}(?:outside|at|before"
    r"|in_front_of)_(?:his|her|their)_(?:\w+_)?(?:door|house|flat|work|office|home|window)",
}
#: What is done so that the other shall feel it.
STAGED = (
    r"to_(?:make|get|let)_(?:him|her|them)_(?:\w+_){0,2}(?:jealous|miss_me|notice\w*|chase\w*|feel\w*"
    r"|sorry|regret\w*|suffer|worry|see_how\w*)(?:_\w+)?"
    r"|(?:on_read|ignor\w+|silent|silence|unread|not_answer\w*)_(?:\w+_){0,3}(?:on_purpose|as_a_lesson"
    r"|as_punishment|to_punish|to_test)(?:_\w+)?"
    r"|(?:pretend\w*|acted_like|act_like)_(?:\w+_){0,3}(?:busy|someone_else|dates?|dating|dont_care|did_not_care)"
)
#: Children with somebody who is drunk, in either order; and where that is long ago, or the child is who is drunk.
_CHILDREN = r"(?:kids?|children|child|baby|son|daughter|toddler|boys|girls|little_ones?)"
_DRUNK = (
    r"(?:drunk|stoned|wasted|over_the_limit|(?:is|gets|got|was|while|when|hes|shes)_high"
    r"|(?:while|when|after|been|was|is|hes|shes|without)_(?:\w+_)?drinking|drinks_(?:while|when|with|around|in_front_of))"
)
DRUNK_WITH_CHILDREN = rf"{_CHILDREN}_(?:\w+_)*?{_DRUNK}|{_DRUNK}_(?:\w+_)*?{_CHILDREN}"
OTHER_DRUNKS = (
    r"(?:as|was|were)_an?_(?:\w+_)?(?:child|kid)"
    rf"|{_CHILDREN}_(?:is|was|are|came|comes|gets|got|went)_(?:\w+_){{0,2}}drunk"
)
#: An illness that takes somebody away bit by bit.
FADING_MIND = r"dement\w+|alzheim\w+"
#: That somebody has had enough of the two of them.
GOING = r"leave|leaving|end|end_it|break_up|split|split_up|separate|divorce"
#: That memory, words or the way get lost, which a doctor can look into.
SLIPS = (
    r"forgets?_(?:everything|names|words|appointments|faces|the_way|things|where|how|who)(?!_(?:i|we)_(?:say|tell|ask)\w*)"
    r"|(?:loses|losing|lost_for)_(?:\w+_)?words|gets?_lost(?!_in_(?:work|thoughts?|his|her|their|books?|games?))"
    r"|repeats_(?:him|her|them)sel\w+|asks_the_same(?:_\w+)?|memory_(?:loss|lapses|trouble|problems?|is_going|fails)"
    r"|(?:losing|loses)_(?:his|her|their)_memory|doesnt_recogni[sz]e_(?:me|us|the_\w+)|(?:gets?|is|hes|shes)_(?:\w+_)?confused"
)
#: That love has gone, whoever’s it was.
LOVE_GONE = r"(?:dont|doesnt|do_not|does_not|no_longer|not|stopped|never)_(?:\w+_)?lov(?:e|es|ed|ing)|out_of_love"
_WISH = r"(?<!dont_)(?<!not_)(?<!never_)(?:want|wish|ready|decided|need)_to_"
WANTS_OUT = (
    rf"{_WISH}(?:\w+_)?(?:{GOING}|go)"
    rf"|(?:should|shall|can|how_do|how_to|how_can|how_should)_(?:i_)?(?:\w+_)?(?:{GOING})"
    rf"|(?:{LOVE_GONE})(?!_(?:me|myself|when|that|how))|want_out|over_for_me"
)
#: The same of one who waits: only what leaves no doubt, and no wish to leave the other be.
WEIGHS_LEAVING = (
    rf"{_WISH}(?:\w+_)?(?:leave|split|split_up|separate|divorce|break_up|end_(?:it|us|things))(?!_(?:him|her|them|it)_(?:alone|be|in))"
    r"|think\w*_(?:of|about)_(?:leaving|ending|splitting|separat\w+|divorc\w+|breaking_up|a_divorce)|want_out"
)
#: That somebody close to the other was asked.
NEAR = (
    r"(?:called|asked|rang|phoned|texted|messaged|wrote_to|spoke_to|talked_to|visited)_(?:\w+_)?"
    r"(?:mother|mum|mom|father|dad|parents|sister|brother|family|friends?|flatmate|roommate|neighbou?rs?|work|boss)"
)
#: Loads from the list of which others can take a part.
WITH_HELP = frozenset({*STRESS, "exhaustion"} - {"low_mood"})
#: Kinds of load of which others can take a part, and words of care.
OF_MANY_HANDS = frozenset({"work", "money", "health", "children", "baby", "study", "grief"})
CARE = (
    r"car(?:e|ing)_(?:for|of)|carer|look(?:ing)?_after|nursing|house(?:hold|work)?|chores|laundry|paperwork|lawyers?|court"
    r"|mov(?:e|ing)_(?:house|out)|renovat\w+|(?:do|doing|carry|carrying)_(?:everything|it_all|all_of_it)(?:_\w+)?|family"
)
#: Places that two have to share, whatever has become of them.
SHARED = (
    r"(?:we|us|both|still|and|same)_(?:\w+_){0,3}(?:work|live|study)_(?:together|in_the_same|at_the_same|with_each_other)(?:_\w+)?"
    r"|same_(?:office|team|flat|house|job|workplace|company|ward|school|class|choir|course|building|street|band|club)"
    r"|(?:work|live|study)_(?:together|with_(?:him|her|them))|share_(?:a|an|the|our)_(?:\w+_)?(?:office|flat|house|home|desk|children|kids)"
    r"|(?:sit|work|live)_next_(?:to|door_to)_(?:him|her|them)|see_(?:him|her|them)_(?:every_day|at_work|at_school|daily)"
)


def found_in(pattern: str, ids: Iterable[str]) -> bool:
    """Whether the words stand in one of the ids, as whole words."""
    return any(re.search(rf"(?:^|_)(?:{pattern})(?:_|$)", id_) for id_ in ids)


def kinds_of(ids: Iterable[str]) -> frozenset[str]:
    """What these loads are: the known ones as such, those in somebody's own words as what they speak of."""
    made_up = tuple(id_ for id_ in ids if id_ not in STRESS)
    known = frozenset(id_ for id_ in ids if id_ in STRESS)
    return known | {kind for kind, words in LOADS.items() if found_in(words, made_up)}


def fading_mind(answers: Intake) -> bool:
    """Whether the one who waits tells that the other’s mind is fading, and not that of somebody in the family."""
    own = [id_ for id_ in answers.stress if found_in(FADING_MIND, [id_]) and not found_in(SOMEONE, [id_])]
    return answers.voice == "waiting" and bool(own)


def mind_slips(answers: Intake) -> bool:
    """Whether the one who waits tells that the other loses words, things or the way, and names no illness for it."""
    told = [*answers.stress, *(id_ for id_ in (*answers.own_load, *answers.red_flags) if whose(id_) == "other")]
    slips = [id_ for id_ in told if found_in(SLIPS, [id_]) and not found_in(rf"{SOMEONE}|i_\w+|my_\w+", [id_])]
    return answers.voice == "waiting" and bool(slips) and not fading_mind(answers)


def weighs(answers: Intake) -> frozenset[str]:
    """What weighs on the one who is away, in the terms of the lists."""
    return kinds_of(answers.stress)


def said_back(ids: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """The words for ids of an open list; the teller's own as such, in quotes."""
    return [known.get(id_) or f"“{spelled(id_)}”" for id_ in ids]


_DONE = (
    "never|not|always|just|soon|be|come|go|leave|find|do|die|kill|hurt|harm|hit|stop|write|call|ring|change|want|get|have"
    "|say|forget|meet|take|end|lose|think|see|move|break|give|stay|need|make"
)
#: Words that are only ever short for two, with and without their apostrophe.
SHORTENED = (
    ("im", "I’m"),
    ("ive", "I’ve"),
    *((f"{w}s", f"{w}’s") for w in ("he", "she", "that", "what", "there")),
    *(
        (f"{w}nt", f"{w}n’t")
        for w in ("do", "does", "did", "is", "was", "were", "has", "have", "had", "could", "would")
    ),
    *((f"{w}ve", f"{w}’ve") for w in ("we", "they")),
    ("cant", "can’t"),
    (r"(my|his|her) (wife|husband|mother|mum|mom|father|dad)s(?! (?:and|are|were|have))", r"\1 \2’s"),
    ("wont", "won’t"),
    ("theyre", "they’re"),
    ("youre", "you’re"),
    # Before what somebody will do, it is no hell and no shell.
    *((f"{w}ll(?= (?:{_DONE})\\b)", f"{w}’ll") for w in ("he", "she", "they", "it", "you")),
)


def spelled(id_: str) -> str:
    """An id as its words, with the apostrophes that an id cannot hold."""
    words = re.sub(r"\bi\b", "I", spaced(id_))
    for without, with_ in SHORTENED:
        words = re.sub(rf"\b{without}\b", with_, words)
    return words


#: The two as subjects; whoever only knows of something, or speaks of it, has not done it.
_I = r"i|im|ive|we|weve|my(?!_(?:partner|husband|wife|boyfriend|girlfriend))"
_THEY = r"he|she|they|hes|shes|theyre|(?:partner|husband|wife|boyfriend|girlfriend)s?"
_KNOWS = r"(?!_(?:found|finds|knows?|knew|heard|suspects?|thinks?|thought|says?|said|asks?|asked|saw|caught)_)"
SUBJECTS = re.compile(
    rf"(?:^|_)(?:(?P<teller>{_I})|(?P<other>{_THEY}){_KNOWS})(?=_)|(?:^|_)(?P<theirs>his|her|their|him|them)_$"
)
OWNERS = re.compile(rf"(?:^|_)(?:(?P<teller>{_I})|(?:{_THEY}){_KNOWS}|his|her|their)(?:_|$)")
Side = Literal["teller", "other"]


def whose(id_: str) -> Side | None:
    """Whom an id begins to speak of; None where it names neither."""
    found = OWNERS.search(id_)
    return None if found is None else "teller" if found["teller"] else "other"


def doer(id_: str, words: str) -> Side | None:
    """Who does or has what these words say, by the last subject before them; None where there is none."""
    said = re.search(rf"(?:^|_)(?:{words})(?:_|$)", id_)
    before = list(SUBJECTS.finditer(id_[: said.start() + 1])) if said is not None else []
    return None if not before else "teller" if before[-1]["teller"] else "other"


def own_side(answers: Intake) -> tuple[str, ...]:
    """The ids of the lists that are about the teller."""
    return (*answers.own_moves, *answers.own_load, *(answers.stress if answers.voice == "withdrawing" else ()))


def mine(kind: str, answers: Intake) -> bool:
    """Whether the teller tells this kind of load of themselves, and not what the other does."""
    return any(own(id_, LOADS[kind]) for id_ in own_side(answers))


def theirs(kind: str, answers: Intake) -> bool:
    """Whether it is told of the other: as what weighs on who is away, or in words of which they are the subject."""
    words, waits = LOADS[kind], answers.voice == "waiting"
    weighing = any(found_in(words, [id_]) and doer(id_, words) != "teller" for id_ in (answers.stress if waits else ()))
    return weighing or any(doer(id_, words) == "other" for id_ in (*own_side(answers), *answers.red_flags))


def own(id_: str, words: str) -> bool:
    """Whether an id tells this of the teller; where children are with somebody drunk, only in so many words."""
    said = doer(id_, words)
    return found_in(words, [id_]) and (said == "teller" or (said is None and not found_in(DRUNK_WITH_CHILDREN, [id_])))


def shareable(answers: Intake) -> tuple[str, ...]:
    """What the teller carries of which somebody else can take a part: work, money, care, a home; no feeling."""
    return tuple(id_ for id_ in answers.own_load if id_ in WITH_HELP or of_many_hands(id_))


def of_many_hands(id_: str) -> bool:
    """Whether words of the teller's own tell of a load that can be shared, and not of what the other does."""
    if whose(id_) == "other" or found_in(SHARED, [id_]):
        return False
    return bool(kinds_of([id_]) & OF_MANY_HANDS) or found_in(CARE, [id_])


def feelings(answers: Intake) -> tuple[str, ...]:
    """What the teller carries that nobody else can take: what they feel, fear or think."""
    return tuple(id_ for id_ in answers.own_load if id_ not in shareable(answers) and felt(id_))


def felt(id_: str) -> bool:
    """Whether it is neither what the other does, nor a place the two share, a deed, or a wish to leave."""
    elsewhere = f"{SHARED}|{WEIGHS_LEAVING}|{WANTS_OUT}|{BETRAYED}"
    of_kinds = kinds_of([id_]) & {"somebody", "drink"}
    return whose(id_) != "other" and not of_kinds and not found_in(elsewhere, [id_])


def new_baby(answers: Intake) -> bool:
    """Whether a new baby is named on either side; where there is grief the same words may speak of one that died."""
    return "baby" in weighs(answers) | kinds_of(answers.own_load) and "grief" not in weighs(answers)


def sex_hurts(answers: Intake) -> bool:
    """Whether it is told, of whoever of the two, that sex hurts."""
    return found_in(SEX_HURTS, (*answers.stress, *answers.own_load))


def drained(answers: Intake) -> bool:
    """Whether there is grief, or an illness of the mind, in which nobody can give as before."""
    return "grief" in weighs(answers) or fading_mind(answers)


def love_gone(answers: Intake) -> list[str]:
    """The ids that tell of love that has gone in the one who is away: what weighs on them, or their own words of it."""
    told = own_side(answers) if answers.voice == "withdrawing" else answers.stress
    return [id_ for id_ in told if found_in(LOVE_GONE, [id_])]


def weighs_leaving(answers: Intake) -> bool:
    """Whether the one who waits tells of a wish to leave, in what they carry or did."""
    told = [id_ for id_ in own_side(answers) if whose(id_) != "other"]
    return answers.voice == "waiting" and found_in(WEIGHS_LEAVING, told)


def betrayed(answers: Intake) -> bool:
    """Whether the teller tells of having been with somebody else, as a deed or with themselves as the subject."""
    told = [(i, doer(i, BETRAYED)) for i in (*answers.own_load, *answers.stress, *answers.red_flags)]
    told += [(i, doer(i, BETRAYED) or "teller") for i in answers.own_moves if found_in(BETRAYED, [i])]
    return any(by == "teller" and not found_in(NO_BETRAYAL, [i]) for i, by in told)


def blocked(answers: Intake) -> bool:
    """Whether the one who waits is blocked by the other."""
    told = (*own_side(answers), *answers.stress, *answers.red_flags, *([answers.question] if answers.question else []))
    return answers.voice == "waiting" and (answers.blocked == "yes" or found_in(BLOCKED, told))


def owes_hidden(answers: Intake) -> bool:
    """Whether the one who pulls away tells of gambling, or of debts that are hidden."""
    told = (*own_side(answers), *answers.red_flags) if answers.voice == "withdrawing" else ()
    if any(found_in(GAMBLES, [id_]) and doer(id_, GAMBLES) != "other" for id_ in told):
        return True
    owes = "money" in kinds_of(told) or found_in("loans?|letters?", told)
    return owes and (found_in(HIDES, told) or "lying" in answers.red_flags)


def moves_of(answers: Intake) -> frozenset[str]:
    """What the teller did, the known moves and those that their own words come to."""
    own = [id_ for id_ in answers.own_moves if not re.match(rf"(?:{_THEY}|my_(?:{_THEY}))_", id_)]
    return frozenset(answers.own_moves) | {move for move, words in MOVES.items() if found_in(words, own)}


def money_hidden(answers: Intake) -> bool:
    """Whether the one who waits tells of debts or papers that the other kept from them."""
    told = (*answers.stress, *answers.red_flags, *answers.own_load, *answers.own_moves)
    hidden = (id_ for id_ in told if found_in(HIDES, [id_]) and doer(id_, HIDES) != "teller")
    return answers.voice == "waiting" and any(found_in(_PAPERS, [id_]) for id_ in hidden)


def gambles(answers: Intake) -> bool:
    """Whether the one who waits tells that the other gambles."""
    told = [*answers.stress, *answers.red_flags, *(i for i in answers.own_load if whose(i) == "other")]
    return answers.voice == "waiting" and any(found_in(GAMBLES, [i]) and doer(i, GAMBLES) != "teller" for i in told)


def red_flags_of(answers: Intake) -> frozenset[str]:
    """The red flags, those that are told in words of one's own in whatever list as the known ones they speak of."""
    told = (*answers.red_flags, *answers.stress, *answers.own_load, *answers.own_moves)
    return frozenset(answers.red_flags) | ({"substances"} if found_in(HEAVY, told) else frozenset())


def drunk_with_children(answers: Intake) -> bool:
    """Whether children are told to ride with somebody drunk, or to be left to them."""
    told = (*own_side(answers), *answers.stress, *answers.red_flags)
    return any(found_in(DRUNK_WITH_CHILDREN, [id_]) and not found_in(OTHER_DRUNKS, [id_]) for id_ in told)


def wants_out(answers: Intake) -> bool:
    """Whether the one who pulls away tells, or asks, of wanting to end it."""
    if answers.voice != "withdrawing":
        return False
    told = (*own_side(answers), *answers.red_flags, *([answers.question] if answers.question else []))
    heavy = {"grief", "low_mood"} & weighs(answers)
    return found_in(WANTS_OUT, told) or (answers.question == "ending" and not heavy)


def must_meet(answers: Intake) -> bool:
    """Whether two for whom it has ended share a home, or a place they name, so that they have to meet."""
    return answers.stage == "ended" and shares_place(answers)


def must_share(answers: Intake) -> bool:
    """Whether two who are apart share a home, a place or children, so that a truce is of use, asked for or not."""
    apart = answers.stage in ("separated", "ended")
    return apart and (shares_place(answers) or "children" in weighs(answers) | kinds_of(answers.own_load))


def shares_place(answers: Intake) -> bool:
    """Whether the two share a home, or a place they name."""
    told = (*answers.own_load, *answers.stress, *answers.own_moves)
    return answers.living == "together" or found_in(SHARED, told)


def asked_near(answers: Intake) -> bool:
    """Whether somebody close to the other was asked already."""
    return found_in(NEAR, answers.own_moves)
