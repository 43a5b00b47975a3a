"""Reasons (S19) side by side: what speaks for and against each in this record or these answers, and what would tell.

Never a verdict about a mind: a reason nobody can see from here is "cannot tell", whatever speaks for it in general.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf

from ebbtide.reading.case import (
    Case,
    Points,
    case_of,
    followed_up,
    goes_on,
    keeps_some_contact,
    noted,
    said_by,
    shares_home,
    signs_of,
    silent,
    unspoken,
    warm_returns,
    wrote_on,
)
from ebbtide.reading.circumstances import outside as told_outside
from ebbtide.reading.criteria import TWO_WEEKS_DAYS, is_blackout
from ebbtide.reading.explanations import TOGETHER_NOTED, TOGETHER_READ
from ebbtide.reading.findings import OUTSIDE, about, outside
from ebbtide.reading.own_words import drained, kinds_of, love_gone, new_baby, said_back, sex_hurts, weighs
from ebbtide.reading.phrases import Named, lasting_days, listed, times, you_name
from ebbtide.reading.present import Present, present
from ebbtide.reading.reciprocity import excused, sides
from ebbtide.reading.returns import return_test
from ebbtide.reading.sign_words import firmness
from ebbtide.reading.spells import left_room
from ebbtide.reading.types import Hypothesis, Reading
from ebbtide.selfreport.intake import OWN_MOVES, REACHING, RED_FLAGS, STRESS, worded

#: The finding that raises the question of reasons where nobody has withdrawn, beside a reason that was named.
TELLING = "give_and_take"
#: Reasons that the one in question names in plain words.
SAID = (*OUTSIDE, "doubts_named", "shame_named", "pressed_named", "drinking_named", "newborn_named")
#: From so many warm returns on, fading has little for it.
FEW_RETURNS = 2
#: From so many turns without an answer on, writing was pressing.
MANY_UNANSWERED = 5
#: Signs that speak of being unsure, in words; one is enough.
UNEASE = {
    "future_discomfort": "The future is met with unease.",
    "vague_plans": "Plans stay vague.",
    "avoids_us_talk": "Talk about the two of you is kept away from.",
}


Judge = Callable[[Case], Points]


def hypotheses(reading: Reading) -> tuple[Hypothesis, ...]:
    """Every reason with its points, those with the most for them first; none where nobody has withdrawn
    and nothing else raises the question: neither an unusual silence nor signs of distance.

    Beside signs of harm only harm is told: no other reason belongs there. After an ending none is: each would be a sign
    to wait for.
    """
    case = case_of(reading)
    if reading.safety.level != "none":
        return (replace(told("harm", harm(case), case.who), weight="speaks for it"),)
    answers = reading.intake
    if (answers is not None and answers.stage == "ended") or reading.tells("parting_named"):
        return ()
    now = present(reading)
    raised = about(reading, now.who, *SAID) or any(f.key == TELLING for f in reading.findings)
    raised = raised or colder(reading, now.who) or is_away(reading, now)
    if case.spell is None and reading.intake is None and not raised:
        return ()
    found = [told(id_, judge(case), case.who) for id_, (_, _, judge) in REASONS.items()]
    return tuple(sorted(found, key=lambda h: len(h.against) - len(h.for_)))


def colder(reading: Reading, who: str) -> bool:
    """Whether a sign of distance surely stands out of late."""
    return any(s.person == who and s.direction == "more" and firmness(s) > 1 for s in reading.signs)


def is_away(reading: Reading, now: Present) -> bool:
    """Whether an unusual silence runs in a record that reaches to now, and no known reason covers it."""
    runs = now.silence is not None and now.silence.word == "unusual" and reading.enough
    return runs and not (reading.tells("record_ended") or reading.tells("explained_away"))


def told(id_: str, points: Points, who: Named) -> Hypothesis:
    """One reason in words; to the one it is about, what would tell is a question to themselves."""
    title, would_tell, _ = REASONS[id_]
    if who.you:
        would_tell = TO_ONESELF.get(id_, would_tell)
    return Hypothesis(id_, points.weigh(), title, tuple(points.for_), tuple(points.against), would_tell)


def closeness_alarm(case: Case) -> Points:
    """Closeness itself set off alarm, and distance lets it fall."""
    found = Points()
    told = case.told
    if told.after_closeness == "always":
        found.for_.append("It follows every close moment, as you tell it.")
        if (told.before.times or 0) >= FEW_RETURNS:
            found.for_.append(f"It has gone like that {times(told.before.times or 0)} before.")
    elif "closeness" in told.after_what:
        found.for_.append("It began after a close moment, as you tell it.")
    if told.after_closeness == "no":
        found.against.append("It does not follow close moments, as you tell it.")
    if "talk_of_future" in told.after_what:
        found.for_.append("It began after talk about the future, as you tell it.")
    if (warm := warm_returns(case)) >= FEW_RETURNS:
        found.for_.append(f"{case.who.first} came back warm {times(warm)} before.")
    elif told.before.ended == "warm":
        found.for_.append("Earlier spells ended warmly, as you tell it.")
    if told.voice == "withdrawing" and "childhood" in told.old_wounds:
        found.for_.append("You name how it was as a child as an old hurt.")
    found.for_ += noted(case, "closeness_alarm")
    found.against += unspoken(case)
    return found


def commitment(case: Case) -> Points:
    """Being unsure about the bond, or what it asks."""
    found = Points()
    if "talk_of_future" in case.told.after_what:
        found.for_.append("It began after talk about the future, as you tell it.")
    found.for_ += [words for sign, words in UNEASE.items() if sign in signs_of(case)][:1]
    # A young bond alone says nothing of this one.
    if found.for_ and case.told.stage in ("dating", "exclusive") and (case.told.together_months or 99) < 12:
        found.for_.append("The two of you are at a stage where many are still unsure.")
    found.for_ += said_by(case, "doubts_named")
    found.for_ += noted(case, "commitment")
    if bond := said_back((id_ for id_ in case.told.stress if "earlier_bond" in kinds_of([id_])), STRESS):
        found.for_ += [you_name(bond), "An earlier bond that has not ended can hold somebody back."]
    if case.told.stage == "separated":
        found.for_.append("You are separated, as you tell it.")
    if case.told.reciprocity.keeps_plans == "yes":
        found.against.append("Plans are kept, as you tell it.")
    of_love_gone(case, found)
    return found


def of_love_gone(case: Case, found: Points) -> None:
    """That love has gone, as told; where it is one's own that one tells of, that is enough."""
    if gone := said_back(love_gone(case.told), STRESS):
        found.for_.append(you_name(gone))
        found.enough = 1 if case.told.voice == "withdrawing" else found.enough


def outside_stress(case: Case) -> Points:
    """Work, money, illness, grief or family take the strength."""
    found = Points()
    if named := said_back(told_outside(case.told), STRESS):
        found.for_.append(you_name(named))
    if new_baby(case.told):
        found.for_.append("A new baby takes sleep and strength from both.")
    found.for_ += noted(case, "outside_stress")
    if "bad_news" in case.told.after_what:
        found.for_.append("It began after bad news, as you tell it.")
    if "escape_into_work" in case.told.signs:
        found.for_.append("More is put into work or hobbies, as you tell it.")
    elif "escape_into_work" in signs_of(case):
        found.for_.append("Work comes up more than usual.")
    if found.for_ and case.told.explained in ("yes", "partly"):
        found.for_.append(f"A reason was given{', in part' if case.told.explained == 'partly' else ''}.")
    by_words = outside(case.reading, present(case.reading).who)
    if case.spell is not None and case.spell.episode.outside_cause:
        found.for_.append("A message from around then names a reason outside the two of you.")
        found.for_ += [f.words for f in by_words if f.key != "outside_cause"]
    elif not case.reading.told_only:
        found.for_ += [f.words for f in by_words]
    found.for_ += said_by(case, "drinking_named")
    found.for_ += said_by(case, "newborn_named")
    if any(f.key == "loss_named" for f in by_words):
        found.enough = 1
    if silent(case):
        found.against.append("There is no contact at all.")
    return found


def shame(case: Case) -> Points:
    """Body, sex, failing at something, not being of use."""
    found = Points()
    if "trouble_in_bed" in case.told.after_what:
        found.for_.append("It began after trouble in bed, as you tell it.")
        if "health" in weighs(case.told):
            found.for_.append("Trouble with health can be felt as failing, too.")
    if own := said_back((id_ for id_ in case.told.stress if "shame" in kinds_of([id_])), STRESS):
        found.for_.append(you_name(own))
    if named := [STRESS[what] for what in ("work", "money") if what in weighs(case.told)]:
        found.for_.append(f"Trouble with {listed(named)} can feel like failing.")
    if sex_hurts(case.told):
        found.for_.append("Pain is a matter of health, and it can be felt as failing, too.")
    found.for_ += [f.words for f in case.reading.findings if f.key == "bed_named"]
    said = said_by(case, "shame_named")
    found.for_ += said
    found.for_ += noted(case, "shame")
    if own and case.told.voice == "withdrawing":
        found.enough = 1
    elif not said:
        # Of shame only the one who feels it can tell.
        found.enough = inf
    return found


def pressure(case: Case) -> Points:
    """Blame, demands or many messages from the other."""
    found = Points()
    made = [m for m in case.told.own_moves if m in REACHING]
    if made and case.told.voice == "waiting":
        found.for_.append(f"You say that you {listed(worded(made, OWN_MOVES))}.")
    episode = case.spell.episode if case.spell else None
    # Into a full silence, and in one home, people write whatever the reason of it is.
    if (
        episode is not None
        and (episode.unanswered_turns or 0) >= MANY_UNANSWERED
        and not (episode.space_given or is_blackout(episode) or shares_home(case))
    ):
        found.for_.append(f"{case.partner.first} wrote many times without an answer.")
    if followed_up(case) and not any(f.key in ("confession", "quarrel") for f in case.reading.findings):
        found.for_.append("There were follow-ups before an answer came.")
    found.for_ += said_by(case, "pressed_named")
    gave = "gave_space" in case.told.own_moves and not made and not wrote_on(episode)
    gave = gave or (episode is not None and left_room(episode))
    if gave and goes_on(case) and not found.for_:
        found.against.append(f"{case.partner.first} left room, and it goes on.")
    return found


def conflict(case: Case) -> Points:
    """An open quarrel."""
    found = Points()
    if "quarrel" in case.told.after_what:
        found.for_.append("It began after a quarrel, as you tell it.")
    found.for_ += [f.words for f in case.reading.findings if f.key in ("quarrel", "quiet_after_quarrels")]
    if {"defensive", "irritable"} & signs_of(case):
        found.for_.append("Answers have been sharp or on guard.")
    found.for_ += noted(case, "conflict")
    if case.told.after_what and "quarrel" not in case.told.after_what:
        found.against.append("No quarrel is named before it.")
    return found


def fading(case: Case) -> Points:
    """Interest ends."""
    found = Points()
    test = return_test([e.episode for e in case.earlier])
    if test.with_room >= FEW_RETURNS and test.warm == 0:
        found.for_.append("Room was left before, and no return was warm.")
    if case.told.before.ended == "flat":
        found.for_.append("Earlier spells ended flat, as you tell it.")
    back = case.told.before.times or 0
    if case.told.stage == "ended":
        found.for_.append("The bond has been ended in words.")
    of_love_gone(case, found)
    if case.told.contact == "usual" and "less_affection" in case.told.signs:
        found.for_.append("There is contact as usual and less warmth, as you tell it.")
    elif case.spell is None and "less_affection" in signs_of(case) and "fewer_contacts" not in signs_of(case):
        found.for_.append("There is contact, and less warmth than usual.")
    mourned = "grief" in weighs(case.told) or said_by(case, "loss_named")
    lasting = case.spell is not None and case.spell.episode.days > TWO_WEEKS_DAYS and not mourned
    if lasting and case.spell is not None:
        found.for_.append(f"It has lasted {lasting_days(case.spell.episode.days)}.")
    if warm := warm_returns(case):
        found.against.append("An earlier spell ended warmly." if warm == 1 else "Earlier spells ended warmly.")
    elif case.told.before.ended == "warm":
        found.against.append("Earlier spells ended warmly, as you tell it.")
    elif back >= FEW_RETURNS:
        found.against.append(f"Contact came back {times(back)} before, as you tell it.")
    found.against += said_by(case, "warm_between")
    if keeps_some_contact(case) or (set(case.told.counter_signs) and case.told.contact != "none"):
        found.against.append("Some contact or care is kept.")
    return found


def one_sided(case: Case) -> Points:
    """One gives and the other takes."""
    found = Points()
    told = case.told.reciprocity
    # Who is only there when in need starts, too.
    if told.starts == "me":
        found.for_.append("You are the one who starts, as you tell it.")
    elif told.starts is not None and not {"used", "money_taken"} & set(case.told.red_flags):
        found.against.append("You are not the only one who starts, as you tell it.")
    if told.asks_after_me is not None:
        (found.for_ if told.asks_after_me == "no" else found.against).append(
            "You are not asked after, as you tell it."
            if told.asks_after_me == "no"
            else "You are asked after, at least at times, as you tell it."
        )
    if told.keeps_plans is not None:
        (found.for_ if told.keeps_plans == "no" else found.against).append(
            "Plans are not kept, as you tell it."
            if told.keeps_plans == "no"
            else "Plans are kept, at least at times, as you tell it."
        )
    now = present(case.reading)
    seen = sides(case.reading.reciprocity, now.who, case.who, case.partner, excused=excused(case.reading, now))
    found.for_ += seen.for_
    found.against += seen.against
    found.for_ += [f.words for f in case.reading.findings if f.key == "unkept" and f.about == now.who]
    if {"used", "money_taken"} & set(case.told.red_flags):
        found.for_.append(you_name([RED_FLAGS[f] for f in case.told.red_flags if f in RED_FLAGS]))
    if found.for_:
        found.for_ += unspoken(case)
    if drained(case.told):
        found.against.append("Grief or illness takes what there would be to give, as you tell it.")
        found.enough = inf
    return found


def together(case: Case) -> Points:
    """The two are together in person, so there is less to write; which explains few messages, not distance at home."""
    found = Points()
    if case.told.living in ("apart", "distance"):
        found.against.append("You do not live together.")
    if case.reading.told_only:
        return found
    if case.told.living == "together":
        found.for_.append("You live together.")
    if case.spell is not None and TOGETHER_READ in case.spell.other_explanations:
        found.for_.append(TOGETHER_READ)
    if case.spell is not None and TOGETHER_NOTED in case.spell.other_explanations:
        found.for_.append(TOGETHER_NOTED)
    return found


def missing_data(case: Case) -> Points:
    """The record does not show what there was."""
    found = Points()
    if case.reading.told_only:
        found.for_.append("There is no record of messages, only what you tell.")
    elif not case.reading.enough:
        found.for_.append("The record is thin.")
    if case.spell is not None and any("no data" in words for words in case.spell.other_explanations):
        found.for_.append("There is no data for part of these days.")
    if not case.reading.told_only and case.reading.enough and not found.for_:
        found.against.append("The record covers these days.")
    return found


def harm(case: Case) -> Points:
    """Fear, control or violence."""
    found = Points()
    if case.reading.safety.level != "none":
        found.for_.append("There are signs of harm. They come first.")
    return found


#: Each reason: its title, what would tell it from the others, and how it is judged.
REASONS: dict[str, tuple[str, str, Judge]] = {
    "closeness_alarm": (
        "Closeness itself, which can alarm",
        "Whether contact comes back by itself once there is room, and how warm.",
        closeness_alarm,
    ),
    "commitment": (
        "Being unsure about the bond",
        "A calm question, when things are quiet, about what each of you wants, with time to answer.",
        commitment,
    ),
    "outside_stress": (
        "Trouble outside the two of you",
        "Whether the distance eases as the trouble does.",
        outside_stress,
    ),
    "shame": (
        "Shame about something",
        "Whether it eases when nothing about it is asked, and thanks are specific.",
        shame,
    ),
    "pressure": (
        "Pressure between you",
        "Whether answers come back after some days without questions.",
        pressure,
    ),
    "conflict": ("A quarrel that is still open", "Whether one honest word about the quarrel opens things.", conflict),
    "fading": (
        "Interest that may be fading",
        "Whether contact comes back by itself after the next time room is left. One silence says little.",
        fading,
    ),
    "one_sided": (
        "One gives, the other takes",
        "Who starts, who asks after whom, and which promises are kept over the next weeks.",
        one_sided,
    ),
    "together": ("Together in person", "A short note each evening: together today, or not.", together),
    "missing_data": ("What the record does not show", "A newer or fuller export, and calls elsewhere.", missing_data),
    "harm": ("Harm", "Nothing needs to be told apart: where there is fear, that comes first.", harm),
}

#: What would tell, to the one who pulls away.
TO_ONESELF = {
    "closeness_alarm": "Whether you want contact again once there is room, and how that feels.",
    "shame": "Whether it eases once one person you trust knows of it.",
    "pressure": "Whether you want to answer after some days without questions.",
    "fading": "Whether you miss the other on a calm day. A bad week says little.",
}
