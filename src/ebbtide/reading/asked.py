"""What somebody asks: the known question that is nearest to one in words of their own, and those words said back."""

from __future__ import annotations

import re

from ebbtide.reading.own_words import SHARED, WANTS_OUT, blocked, found_in, spelled
from ebbtide.selfreport.intake import CUT, QUESTIONS, Intake, Voice

#: Questions about what to do: the steps answer them.
WHAT_TO_DO = (
    r"what_(?:to|can_i|should_i|shall_i|must_i|do_i|could_i|would_help)(?:_\w+)?_?do(?:_now|_next|_about_\w+)?|what_now"
    r"|what_(?:can|should|shall|do|could)_i_do(?:_\w+)?|(?:how|what)_(?:\w+_)*?(?:help|support|be_there_for)_(?:him"
    r"|her|them)(?:_\w+)?|(?:how|what)_(?:do|can|should|shall|could|would|must|will)_i_(?:best_)?"
    r"(?:say|tell|face|explain|start|begin|talk|speak|apologi[sz]e|word|put|bring|look|act|behave|react"
    r"|respond)(?:_\w+)?"
)
#: Questions about what would teach the other something, or make them show it.
TACTIC = (
    r"make_(?:him|her|them)_(?:\w+_)?(?:jealous|pay|suffer|sorry|regret\w*|miss_me|chase\w*|hurt)"
    r"|(?:get|getting)_back_at|revenge|punish_(?:him|her|them)|teach_(?:him|her|them)_a_lesson|hurt_(?:him|her"
    r"|them)_back|(?:i|to)_test_(?:him|her|them|if|whether)|test_(?:if|whether)_(?:he|she|they)"
)
#: Whether it can be mended, or how.
MENDED = (
    r"(?:be|still|it|us|we|this|things)_(?:\w+_)?(?:repaired|mended|fixed|saved|salvaged|rescued)"
    r"|(?:repair|mend|fix|save|salvage|rescue)_(?:it|this|us|things|what\w*|our_\w+|my_(?:marriage|relationship)"
    r"|the_(?:marriage|relationship|two))|too_late|make_(?:it|things)_(?:right|good|up)(?!_(?:for_me"
    r"|with_my))|make_(?:it"
    r"|this)_up_to"
)
#: What the other might feel or do, if the teller went silent: a tactic, however it is put.
IF_I_VANISH = (
    r"(?:will|would|does|do)_(?:he|she|they)_(?:\w+_){0,3}if_i_(?:\w+_){0,2}"
    r"(?:disappear|vanish|go_(?:silent|quiet|cold|dark)|ignore|pull_\w+|stop_(?:writing|texting|calling"
    r"|answering|replying)"
    r"|block|dont_(?:write|reply|answer|text|call)|am_gone|act_\w+)"
)
#: Ways to ask whether the teller only serves, or what a thing would take that somebody would send.
SERVES = (
    r"(?:am_i|im_i|i_am|im)_(?:just_|only_|nothing_but_)(?:\w+_)*(?:taxi|driver|bank|wallet|cook|cleaner"
    r"|maid|nurse|therapist"
    r"|back_?up|plan_b|option|stopgap|filler|convenient|convenience|door_?mat|hotel|safety_net|free_\w+"
    r"|placeholder|help)"
)
SENDS = (
    r"(?:can|may|should|shall|could|do|must)_i_(?:\w+_){0,2}?(?:send|drop|post|leave|share|forward)_"
    r"(?:(?:him|her|them)_)?(?:an?|the|one|my|our|some|just)_(?:\w+_){0,3}?(?:photo|picture|pic|meme|song"
    r"|link|postcard|card|line"
    r"|note|word|message|text|voice|emoji|heart|hello|birthday|letter|joke|video)"
)
#: Whether to wait on, asked of oneself.
WAITS_ON = (
    r"(?:fool|stupid|naive|mad|crazy|idiot|silly|wrong)_(?:\w+_)?(?:wait|stay|hope|hold_on|keep)\w*"
    r"|wait_(?:in_vain|for_nothing)"
)
#: What a question about means begins with: the steps answer it. And what is asked of one's own choice.
MEANS = (
    r"(?:and_|so_|but_)?(?:how|what|where|when|which|who)_(?:to|(?:best_)?(?:can|could|do|should|shall|must|would|might|will)"
    r"_(?:i|we))(?!_(?:know|mean|tell_if|find_out))(?:_\w+)?"
)
CHOICE = (
    r"(?:should|shall|must|do|can)_(?:i|we)_(?:(?:really|just|still|have_to|need_to)_)?(?!know\b|mean\b"
    r"|matter)\w+|is_it_(?:ok|okay|alright|right|wrong)_(?:if|to)_\w+"
)
#: That a hard matter might be raised.
BRING_UP = (
    r"(?:bring|raise|mention|address|talk_about|speak_about|ask_about|say_something)_?(?:it|this|that"
    r"|about_it)?(?:_up)?"
)
_WRITE = r"(?:write|text|call|message|reply|answer|contact|ring|respond)"
#: What can stand before what somebody does or does not do.
_SOMETIMES = (
    r"(?:will|wont|does|doesnt|do|dont|did|didnt|not|ever|never|still|just|even|is|isnt|has|hasnt|always|only|hardly"
    r"|barely|really|suddenly|stopped|cant|can|going_to|gonna|want\w*_to)"
)
#: The known question that is nearest to one in somebody's own words, the first that fits; some only in one voice.
NEAREST: tuple[tuple[str, str, Voice | None], ...] = (
    (SHARED, "must_meet", None),
    (f"{TACTIC}|{IF_I_VANISH}", "pull_away_too", "waiting"),
    (SERVES, "used", "waiting"),
    (SENDS, "may_i_write", None),
    (WAITS_ON, "enough_for_me", "waiting"),
    # What the other does is no thing the teller asks to do.
    (
        r"why_(?:is|does|did|do|are|has|have)_(?:he|she|they|my_\w+)_(?:\w+_)*?(?:ignor\w+|silent|pull\w*|chas\w+)",
        "",
        None,
    ),
    (
        r"(?:is|are)_(?:he|she|they)_over_me|ghosted|forg[eo]t\w*_(?:about_)?me|still_important"
        r"|(?:does|do)_(?:he|she|they)_(?:\w+_)?like_me",
        "losing_interest",
        "waiting",
    ),
    (r"why_(?:do|did|am|have)_i", "what_is_it", "withdrawing"),
    (r"am_i_(?:an?_)?(?:bad|horrible|terrible|awful|selfish|the_problem|not_enough)", "is_it_me", None),
    (
        r"(?:should|shall|can|do|must|could)_i_(?:keep_|really_|still_|go_on_)?wait\w*|worth_waiting|keep_waiting",
        "enough_for_me",
        "waiting",
    ),
    (r"(?:is|isnt|are)_(?:it|this|that|these)_(?:\w+_)?(?:normal|common|usual)", "is_it_common", None),
    (r"seeing|cheating|affair|some(?:one|body)_else", "", None),
    (MENDED, "pushed_too_hard", None),
    (
        r"show_(?:him|her|them)_(?:\w+_)?chang\w+|prove_(?:\w+_)*(?:him|her|them|chang\w+|different|better"
        r"|i_\w+)|second_chance",
        "win_back",
        None,
    ),
    (rf"{WANTS_OUT}|how_do_i_go", "ending", "withdrawing"),
    (r"come_back|get_back|back_together|go_back|return|win\w*|make_it_right", "win_back", "withdrawing"),
    (r"win\w*|get_(?:him|her|them)_back|back_together", "win_back", None),
    # To be left is what the other may do; to stop, or to go, is what the teller may.
    (r"leav(?:e|es|ing)_(?:me|us)_(?:alone|with|out|in|here|behind)", "", None),
    (r"(?:leav(?:e|es|ing)|dump\w*)_(?:me|us)|(?:will|would)_(?:he|she|they)_(?:\w+_)?stay", "ending", "waiting"),
    (r"stop|give_up|let_go|move_on|walk_away|leave|leaving|stay_or_go", "when_stop", None),
    (r"over|ending|breaking_up|break_up|divorce", "ending", None),
    (r"love\w*|care\w*|interest\w*|miss\w*", "losing_interest", None),
    (r"how_long|when_will|come_back|coming_back", "how_long", None),
    (r"my_fault|did_i_do|do_wrong|wrong_with_me|because_of_me", "is_it_me", None),
    (rf"(?:can|may|should|shall|could|must|do)_i_(?:\w+_){{0,3}}?{_WRITE}", "may_i_write", None),
    # That the other does not write is asked about, and not whether the teller may.
    (rf"(?:he|she|they|partner|husband|wife)_(?:{_SOMETIMES}_)*{_WRITE}\w*", "", None),
    (_WRITE, "may_i_write", None),
    (r"too_much|push\w*|pressure\w*", "pushed_too_hard", None),
    (r"chase\w*|silent|ignor\w+|pull|no_contact", "pull_away_too", None),
    (r"therap\w+|counsel\w+", "does_therapy_work", None),
    (r"chang\w+", "can_it_change", None),
    (r"normal|common", "is_it_common", None),
    (r"healthy|toxic|abus\w+", "when_unhealthy", None),
    (r"us(?:ed|ing)", "used", None),
    (r"enough|worth", "enough_for_me", None),
    (r"meet|see_(?:him|her|them)", "must_meet", None),
)


def asks(answers: Intake, words: str) -> bool:
    """Whether a question is asked that holds these words."""
    return answers.question is not None and found_in(words, [answers.question])


def asks_tactic(answers: Intake) -> bool:
    """Whether the one who waits asks how to teach the other something, or to make them show it."""
    return answers.voice == "waiting" and asks(answers, TACTIC)


def asked(answers: Intake) -> str | None:
    """The known question that is asked, or the nearest to it; empty where none is near.

    None where nothing is asked, or only what to do, which the steps answer.
    """
    question = answers.question
    if question is None or question in QUESTIONS:
        return question
    near = next(
        (id_ for words, id_, voice in NEAREST if voice in (None, answers.voice) and found_in(words, [question])), ""
    )
    shy = "trouble_in_bed" in answers.after_what and found_in(BRING_UP, [question])
    means = re.fullmatch(f"{WHAT_TO_DO}|{MEANS}", question.rstrip(CUT))
    return near or (None if means or shy else "")


def asks_choice(answers: Intake) -> bool:
    """Whether it is asked, in words no known question is near to, what the teller is to choose for themselves."""
    return asked(answers) == "" and re.match(CHOICE, answers.question or "") is not None


def asked_words(answers: Intake) -> str:
    """A question in somebody's own words, said back."""
    question = answers.question
    return f"You ask: “{spelled(question)}”." if question is not None and question not in QUESTIONS else ""


#: Something hard that somebody has to tell; that one misses or loves somebody is not.
TELLING = (
    r"(?:how|when|where|should|must|do|have|can)_(?:\w+_){0,5}?(?:tell|confess(?:_\w+)?_to)_"
    r"(?:him|her|them|my_(?:wife|husband|partner|boyfriend|girlfriend))"
    r"(?!_(?:(?:that_)?i_(?:\w+_)?(?:miss|love|need|like|care|am_sorry)|im_sorry|how_|to_|off))"
)


def asks_telling(answers: Intake) -> bool:
    """Whether it is asked how, or whether, to tell the other something hard."""
    return asks(answers, TELLING)


def asks_through_block(answers: Intake) -> bool:
    """Whether one who is blocked asks what would take a line to the other."""
    through = asks(
        answers, r"get_(?:\w+_)?through\w*|reach\w*|unblock\w*|contact\w*|(?:a|way)_?round|tell_(?:him|her|them)"
    )
    return blocked(answers) and (through or asked(answers) in ("may_i_write", "win_back", "ending", ""))
