"""What was told in the intake, as conditions: about the teller, who is the reader of one voice, or about the two.

What is not answered is not known, and then none of these holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from ebbtide.reading import Present, Reading, Voice
from ebbtide.reading.asked import asked, asks_choice, asks_tactic, asks_telling, asks_through_block
from ebbtide.reading.circumstances import circumstance
from ebbtide.reading.own_words import (
    STAGED,
    asked_near,
    betrayed,
    blocked,
    drained,
    drunk_with_children,
    fading_mind,
    feelings,
    found_in,
    gambles,
    kinds_of,
    mind_slips,
    mine,
    money_hidden,
    moves_of,
    must_meet,
    must_share,
    new_baby,
    owes_hidden,
    red_flags_of,
    sex_hurts,
    shareable,
    theirs,
    wants_out,
    weighs,
    weighs_leaving,
)
from ebbtide.reading.told_criteria import OFTEN, within_usual
from ebbtide.reading.told_facts import SHORT_BOND_MONTHS, SHORTEST_DAYS, anything_told, days_told
from ebbtide.selfreport.intake import NO_CALENDAR, OWN_MOVES, QUESTIONS, RED_FLAGS, STRESS, AfterWhat, Intake, Stage

Condition = Callable[[Reading, Present, Voice], bool]
Test = Callable[[Intake], bool]

#: From 3 of 6 on, the two questions about mood suggest a fuller look (Kroenke, Spitzer & Williams 2003).
MARKED = 3
#: The upper part of the scale from 1 to 7 of the self-check.
HIGH_STYLE = 5.0
LONG_BOND_MONTHS = 120.0
BARELY_BEGUN_DAYS = 2.0
TWO_WEEKS_DAYS = 14.0
#: After so many days no rule about a pause fits.
WEEKS_DAYS = 21.0
#: A distance of so many days has lasted for months.
LASTS_DAYS = 60.0
#: So many of the three answers about give and take.
ONE_SIDED = 2
#: Questions beside which one wants to know whom to turn to.
ABOUT_HELP = frozenset({"does_therapy_work", "when_unhealthy", "can_it_change"})
#: Questions about the bond itself, for which grey days are no time.
OF_THE_BOND = frozenset({"losing_interest", "ending", "enough_for_me", "when_stop"})
#: Questions about how much is enough, which nobody else can answer.
OWN_LIMIT = frozenset({"enough_for_me", "when_stop"})
#: Deeds and signs that are sharp, so that there is a hard word to take back.
SHARP = frozenset({"criticised", "demanded", "ultimatum", "irritable", "defensive"})
#: Of them the teller's own deeds; and what is said in anger of an end, in somebody's own words.
SHARP_DEEDS = frozenset({"criticised", "ultimatum"})
SAID_DONE = (
    r"(?:said|told_(?:him|her|them))_(?:\w+_){0,3}(?:done|over|finished|hate_(?:him|her|them|you)|leave|leaving|go_away)"
    r"|(?:called|said)_(?:him|her|them)?_?(?:names|horrible|awful|nasty|mean|hurtful|hard|cruel)(?:_\w+)?"
    r"|shouted|screamed|yelled|swore|lost_my_temper"
)
#: To be retired is a load that no list shares out.
RETIRED = r"retire\w*"
#: What can be put on a list and shared out.
TASKS = frozenset({"work", "money", "children", "moving"})
#: What the one who asks the questions keeps for a thought of leaving (cli/questions.py).
THOUGHT_OF_LEAVING = "thought_of_separating"
#: Moves that reach, so that more of them are not what is missing.
REACHED = frozenset({"many_messages", "demanded", "ultimatum", "apologised"})


def of_teller(test: Test) -> Condition:
    """Holds for the voice in which the intake was answered; nothing is known of the other's mind or deeds."""

    def told(reading: Reading, _: Present, voice: Voice) -> bool:
        return reading.intake is not None and reading.intake.voice == voice and test(reading.intake)

    return told


def of_both(test: Test) -> Condition:
    """Holds for both voices: a fact about the two."""
    return lambda reading, _, __: reading.intake is not None and test(reading.intake)


def asks(question: str) -> Condition:
    """The teller asks this."""
    return of_teller(lambda intake: asked(intake) == question)


def did(move: str) -> Condition:
    """The teller has done this."""
    return of_teller(lambda intake: move in moves_of(intake))


def stage_is(*stages: str) -> Condition:
    """The two are at one of these stages."""
    return of_both(lambda intake: intake.stage in stages)


def living_is(how: str) -> Condition:
    """The two live like this."""
    return of_both(lambda intake: intake.living == how)


def after(what: str) -> Condition:
    """It began after this."""
    return of_both(lambda intake: what in intake.after_what)


def stress_is(what: str) -> Condition:
    """This weighs on the one who is away, as named or in words of the teller’s own."""
    return of_both(lambda intake: what in weighs(intake))


def red_flag(what: str) -> Condition:
    """The teller named this."""
    return of_teller(lambda intake: what in red_flags_of(intake))


def grave(intake: Intake) -> bool:
    """Whether something was named that weighs more than distance; lies do where no pattern of returns says more."""
    known = set(RED_FLAGS) & red_flags_of(intake)
    pattern = intake.before.ended == "unacknowledged" and at_least(intake.before.times, OFTEN)
    return bool(known - {"lying"} if pattern else known)


def own_part(kind: str) -> Condition:
    """The teller tells this of themselves."""
    return of_teller(lambda intake: mine(kind, intake))


def their_part(kind: str) -> Condition:
    """It is told of the other, and not of the teller."""
    return of_teller(lambda intake: theirs(kind, intake) and not mine(kind, intake))


def betrayed_self(intake: Intake) -> bool:
    """Whether the teller was with somebody else, by a deed they tell of, or beside the red flag in any words."""
    return betrayed(intake) or ("infidelity" in intake.red_flags and mine("somebody", intake))


def at_least(value: float | None, least: float) -> bool:
    """Whether a number is known and not below `least`."""
    return value is not None and value >= least


def below(value: float | None, limit: float) -> bool:
    """Whether a number is known and below `limit`."""
    return value is not None and value < limit


def was_away(intake: Intake) -> bool:
    """Whether a spell of distance came before."""
    return at_least(intake.before.times, 1) or "came_back" in intake.own_moves


def is_back(intake: Intake) -> bool:
    """Whether somebody is told to be back, or contact is as usual after a spell that is over.

    Who is near and distant for days has not come back.
    """
    distant = at_least(intake.since_days, SHORTEST_DAYS) and "came_back" not in intake.own_moves
    return intake.returned == "yes" or (intake.contact == "usual" and was_away(intake) and not distant)


def nothing_changed(intake: Intake) -> bool:
    """Whether contact is as usual, and nothing is told or asked that would make anything of a few hours."""
    told = (
        *(intake.signs, intake.own_moves, intake.red_flags, intake.after_what, intake.stress, intake.own_load),
        intake.talked_about_it,
        asked(intake) == "",
    )
    short = intake.since_days is None or intake.since_days < SHORTEST_DAYS
    asked_for = intake.asked_for_space == "yes" or intake.explained in ("yes", "partly")
    return intake.contact == "usual" and short and not (any(told) or asked_for or at_least(intake.before.times, 1))


def one_sided(intake: Intake) -> bool:
    """Whether the teller starts, is not asked after, and plans are not kept: two of the three."""
    given = intake.reciprocity
    return sum((given.starts == "me", given.asks_after_me == "no", given.keeps_plans == "no")) >= ONE_SIDED


def persists(intake: Intake) -> bool:
    """Whether it was talked about and goes on: it came back more than once, or has lasted for months."""
    goes_on = intake.contact != "usual" and (
        at_least(intake.since_days, LASTS_DAYS) or at_least(intake.before.times, OFTEN)
    )
    return intake.talked_about_it == "yes" and goes_on and not within_usual(intake)


def months_silent(intake: Intake) -> bool:
    """Whether there has been no contact for months, and nothing told that would keep somebody from writing."""
    silent = intake.contact == "none" and at_least(intake.since_days, LASTS_DAYS)
    return silent and intake.living != "together" and not NO_CALENDAR & weighs(intake)


def wants_back(intake: Intake) -> bool:
    """Whether one who went quiet for weeks wants back."""
    away = intake.contact in ("none", None) and at_least(days_told(intake), TWO_WEEKS_DAYS)
    return intake.voice == "withdrawing" and asked(intake) == "win_back" and away and intake.stage != "ended"


def low_for_weeks(intake: Intake) -> bool:
    """Whether no word has come for two weeks from one who is low, as told."""
    silent = intake.contact == "none" and at_least(days_told(intake), TWO_WEEKS_DAYS)
    return silent and "low_mood" in weighs(intake) and intake.voice == "waiting"


def sharp_self(intake: Intake) -> bool:
    """Whether the teller's own words were sharp, as told: a known deed, or one in own words that ended it in anger."""
    return bool(SHARP_DEEDS & set(intake.own_moves)) or found_in(SAID_DONE, intake.own_moves)


def third_mine(intake: Intake) -> bool:
    """Whether the one who pulls away tells of somebody else beside the two: their own, or the other’s."""
    return intake.voice == "withdrawing" and (circumstance("third_home", intake) or circumstance("third", intake))


def over_three_weeks(reading: Reading, now: Present, _: Voice) -> bool:
    """Whether it has lasted for more than three weeks, by the record or else as told."""
    if now.running is not None:
        return now.running.episode.days > WEEKS_DAYS
    return reading.intake is not None and (days_told(reading.intake) or 0.0) > WEEKS_DAYS


TOLD: Mapping[str, Condition] = {
    "told": of_both(lambda _: True),
    "told_violence": of_both(lambda i: i.safety.by_other),
    "told_doubt": of_both(lambda i: i.safety.in_doubt and not i.safety.named),
    "told_frightened": of_both(lambda i: bool(i.safety.frightened_other or i.safety.deeds)),
    "told_watched": of_both(lambda i: i.safety.only_watched and not i.safety.named),
    "told_other": of_both(lambda i: bool(i.safety.fears_for_other)),
    "told_self_harm": of_teller(lambda i: bool(i.safety.self_harm)),
    "asks.any": of_teller(lambda i: bool(asked(i))),
    "sharp": of_teller(lambda i: bool(SHARP & {*i.own_moves, *i.signs})),
    "sharp_self": of_teller(sharp_self),
    "reached": of_teller(lambda i: bool(REACHED & moves_of(i))),
    "stress.any": of_both(lambda i: bool(i.stress)),
    "stress.tasks": of_both(lambda i: bool(TASKS & kinds_of([s for s in i.stress if not found_in(RETIRED, [s])]))),
    "stress.shame": stress_is("shame"),
    "stress.baby": of_both(new_baby),
    "sex_hurts": of_both(sex_hurts),
    "drained": of_both(drained),
    "stress.out_of_reach": of_teller(lambda i: i.voice == "waiting" and "out_of_reach" in weighs(i)),
    "about.pregnancy": of_both(lambda i: circumstance("pregnancy", i) and "grief" not in weighs(i)),
    "about.third": of_teller(lambda i: i.voice == "waiting" and circumstance("third", i)),
    "about.third_mine": of_teller(third_mine),
    "about.open": of_both(lambda i: circumstance("open", i)),
    "about.open_wish": of_both(lambda i: circumstance("open_wish", i)),
    "about.coming_out": of_both(lambda i: circumstance("coming_out", i)),
    "fading_mind": of_teller(fading_mind),
    "mind_slips": of_teller(mind_slips),
    "must_share": of_both(must_share),
    "word_fresh": of_teller(lambda i: i.voice == "waiting" and below(i.last_word_days, BARELY_BEGUN_DAYS)),
    "asks.tactic": of_teller(asks_tactic),
    "did.tactic": of_teller(lambda i: i.voice == "waiting" and found_in(STAGED, i.own_moves)),
    "asks.telling": of_teller(asks_telling),
    "asks.through_block": of_teller(asks_through_block),
    "blocked": of_teller(blocked),
    "owes_hidden": of_teller(owes_hidden),
    "money.hidden": of_teller(money_hidden),
    "gambling.theirs": of_teller(gambles),
    "stress.earlier_bond": stress_is("earlier_bond"),
    "red_flags": of_teller(grave),
    "drink.mine": own_part("drink"),
    "drink.theirs": their_part("drink"),
    "drunk_with_children": of_teller(drunk_with_children),
    "somebody.mine": of_teller(betrayed_self),
    "somebody.theirs": their_part("somebody"),
    "wants_out": of_teller(wants_out),
    "wants_back": of_teller(wants_back),
    "thinks_of_leaving": of_teller(lambda i: THOUGHT_OF_LEAVING in i.own_moves or weighs_leaving(i)),
    "asked_near": of_teller(asked_near),
    "own_ill": of_teller(lambda i: "health" in kinds_of(i.own_load)),
    "low_for_weeks": of_both(low_for_weeks),
    "silent_two_weeks": of_both(lambda i: i.contact == "none" and at_least(days_told(i), TWO_WEEKS_DAYS)),
    "over_three_weeks": over_three_weeks,
    "nothing_told": of_both(lambda i: not anything_told(i)),
    "old_wound": of_teller(lambda i: bool(i.old_wounds)),
    "own_load": of_teller(lambda i: bool(shareable(i))),
    "own_feeling": of_teller(lambda i: bool(feelings(i))),
    "low_mood": of_teller(lambda i: at_least(i.mood.phq2, MARKED)),
    "low": of_teller(lambda i: at_least(i.mood.phq2, MARKED) or (i.voice == "withdrawing" and "low_mood" in weighs(i))),
    "tense": of_teller(lambda i: at_least(i.mood.gad2, MARKED)),
    "anxious_self": of_teller(lambda i: i.own_style is not None and at_least(i.own_style.anxious, HIGH_STYLE)),
    "avoidant_self": of_teller(lambda i: i.own_style is not None and at_least(i.own_style.avoidant, HIGH_STYLE)),
    "one_sided": of_teller(one_sided),
    "mixed_messages": of_teller(lambda i: "mixed_messages" in i.signs),
    "still_caring": of_teller(lambda i: "checks_in" in i.counter_signs or "shows_concern" in i.counter_signs),
    "no_contact": of_both(lambda i: i.contact == "none"),
    "told_contact": of_both(lambda i: i.contact in ("usual", "less", "checks_in")),
    "explained_by_them": of_both(lambda i: i.explained in ("yes", "partly")),
    "unexplained": of_both(lambda i: i.explained == "no"),
    "talked_and_goes_on": of_both(lambda i: i.talked_about_it == "yes" and at_least(i.before.times, 1)),
    "persists": of_both(persists),
    "recurs": of_both(lambda i: at_least(i.before.times, OFTEN)),
    "ended_unspoken": of_both(lambda i: i.before.ended == "unacknowledged"),
    "ended_warm": of_both(lambda i: i.before.ended == "warm"),
    "after_every_closeness": of_teller(lambda i: i.after_closeness == "always"),
    "space_asked": of_both(lambda i: i.asked_for_space == "yes"),
    "short_bond": of_both(lambda i: below(i.together_months, SHORT_BOND_MONTHS)),
    "long_bond": of_both(lambda i: at_least(i.together_months, LONG_BOND_MONTHS)),
    "barely_begun": of_both(lambda i: below(i.since_days, BARELY_BEGUN_DAYS)),
    "two_weeks_told": of_both(lambda i: at_least(i.since_days, TWO_WEEKS_DAYS)),
    "early_days": of_both(
        lambda i: below(i.together_months, SHORT_BOND_MONTHS) and below(i.since_days, TWO_WEEKS_DAYS)
    ),
    "contact_usual": of_both(lambda i: i.contact == "usual"),
    "came_back": of_both(is_back),
    "day_told": of_teller(lambda i: i.voice == "waiting" and i.day_named == "yes"),
    "nothing_changed": of_both(nothing_changed),
    "near": of_both(lambda i: i.contact == "usual" and not is_back(i)),
    "months_silent": of_both(months_silent),
    "low_told": of_both(lambda i: i.voice == "waiting" and "low_mood" in weighs(i)),
    "low_and_silent": of_both(lambda i: i.contact == "none" and "low_mood" in weighs(i)),
    "asks.of_the_bond": of_teller(lambda i: asked(i) in OF_THE_BOND),
    "asks.limit": of_teller(lambda i: asked(i) in OWN_LIMIT),
    "asks.own_words": of_teller(lambda i: asked(i) == "" and not asks_choice(i)),
    "asks.choice": of_teller(asks_choice),
    "asks_about_help": of_teller(lambda i: asked(i) in ABOUT_HELP),
    **{f"asks.{i}": asks(i) for i in QUESTIONS},
    "asks.must_meet": of_teller(lambda i: asked(i) == "must_meet" or (not asked(i) and must_meet(i))),
    **{f"did.{i}": did(i) for i in OWN_MOVES},
    **{f"stage.{i}": stage_is(i) for i in get_args(Stage)},
    **{f"living.{i}": living_is(i) for i in ("together", "apart", "distance")},
    **{f"after.{i}": after(i) for i in get_args(AfterWhat)},
    **{f"stress.{i}": stress_is(i) for i in STRESS},
    **{f"red.{i}": red_flag(i) for i in RED_FLAGS},
}
