"""Many made-up readings, so that every entry of the packs has one in which it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import combinations, product
from typing import get_args

import msgspec

from ebbtide.guide import advise
from ebbtide.reading import Advice, Finding, Hypothesis, Reading, Voice
from ebbtide.reading.better import better, with_better
from ebbtide.reading.both import of_answers, with_answers
from ebbtide.reading.told import told_reading
from ebbtide.selfreport.intake import (
    OWN_MOVES,
    QUESTIONS,
    RED_FLAGS,
    AfterWhat,
    Before,
    Intake,
    Mood,
    OwnStyle,
    Reciprocity,
    SafetyAnswers,
    Stage,
)
from tests.reading import stories as s


@cache
def everything() -> tuple[tuple[Reading, Voice, tuple[Advice, ...]], ...]:
    """What is advised to either voice in every reading of both kinds."""
    both: tuple[Voice, ...] = ("waiting", "withdrawing")
    return tuple((r, voice, advise(r, voice)) for r in (*readings(), *told_readings()) for voice in both)


def readings() -> Iterator[Reading]:
    """Readings of every situation, by day and by night, with and without much written since."""
    for now, waiting, me in product((s.NOW, s.NIGHT), (0, 1, 5), ("a", "b", None)):
        yield from quiet(now, waiting, me)
        yield from in_a_spell(now, waiting, me)
    for me in ("a", "b", None):
        yield from back(me)
        yield from general(me)
        yield from ended_in_words(me)
        yield from by_the_record(me)
        yield from told_of_oneself(me)
    yield from spells_before()


def ended_in_words(me: str | None) -> Iterator[Reading]:
    """A message reads as if it has ended; and both have written since about what has to be settled."""
    plain = s.reading(silences(s.NOW, 0, "unusual", hours=90, one_in=40), now=s.NOW, me=me)
    words = "A message of Sam’s, yesterday, reads as if it has ended between the two."
    for days, who in product((0.0, 3.0), ("a", "b")):
        ended = Finding("parting_named", who, words, {"dealings": days}, ("m1",))
        yield replace(plain, findings=(*plain.findings, ended))


def by_the_record(me: str | None) -> Iterator[Reading]:
    """What messages alone show: trouble that was named, sorry said over and over, and one who gives the more."""
    trouble = Finding("outside_cause", "b", "A message of Sam’s, on Monday, names trouble outside the two of you.")
    sorry = Finding(
        "apology_repeated", "a", "In the last two months it happened twice that Jo said sorry over and over."
    )
    agreed = Finding("agreement", None, "You two agreed on something on 3 March 2025.", {"days_ago": 40.0})
    gives = Finding("give_and_take", "b", "Sam began 4 of the last 40 times that one of you wrote first. Before, too.")
    reason = Hypothesis("one_sided", "speaks for it", "One gives, the other takes", ("one", "two"), (), "")
    for word, one_in in (("usual", 3), ("unusual", 40)):
        plain = s.reading(silences(s.NOW, 0, word, one_in=one_in), now=s.NOW, me=me)
        for found in ((trouble,), (sorry,), (sorry, trouble), (agreed,)):
            yield replace(plain, findings=(*plain.findings, *found))
        yield replace(plain, findings=(*plain.findings, gives), hypotheses=(reason,))
    spell = s.reading(silences(s.NOW, 1), [s.running("b", 5)], me=me)
    slips = Finding("slipped", "a", "Jo wrote twice of leaving Sam room, and each time wrote again before Sam did.")
    yield replace(spell, findings=(*spell.findings, slips))
    vow = Finding("gone_after_vow", "b", "On 3 March Sam promised that it would be otherwise.")
    yield replace(spell, findings=(*spell.findings, vow))


def told_of_oneself(me: str | None) -> Iterator[Reading]:
    """A death, low days, or what reads like a goodbye, in the words of either."""
    plain = s.reading(silences(s.NOW, 0, "unusual", hours=90, one_in=40), now=s.NOW, me=me)
    spell = s.reading(silences(s.NOW, 1), [s.running("b", 5)], me=me)
    yield s.reading(silences(s.NOW, 0, hours=2), [s.running("b", 11, kept=0.05, longest=230)], me=me)
    heavy = (
        "loss_named",
        "low_named",
        "farewell",
        "confession",
        "quarrel",
        "shame_named",
        "drinking_named",
        "eased_named",
        "newborn_named",
        "pregnancy_named",
        "bed_named",
        "old_hurt_named",
        "doubts_named",
        "limit_named",
        "in_person_named",
        "quiet_after_quarrels",
        "question_waits",
        "punishing",
        "unkept",
        "greeted",
        "load_named",
        "pressed_named",
    )
    for reading, key, who in product((plain, spell), heavy, ("a", "b")):
        words = Finding(key, who, "A message, yesterday, tells of it.", evidence=("m1",))
        yield replace(reading, findings=(*reading.findings, words))
    sharp = Finding("quarrel", None, "Yesterday the two wrote sharply to each other.", evidence=("m1",))
    at_home = s.reading(silences(s.NOW, 5, "unusual", hours=90, one_in=40), me=me, home=True)
    yield replace(at_home, findings=(*at_home.findings, sharp))
    for key, who in product(("asks_hard", "in_person_named", "far_at_home"), ("a", "b")):
        told = Finding(key, who, "Four messages press for an answer.", evidence=("m1",))
        yield replace(at_home, findings=(*at_home.findings, told))
    pressed = s.reading(silences(s.NOW, 5), [s.running("b", 5)], me=me)
    back = s.reading(silences(s.NOW, 1, hours=5), [s.ended("b", 3, 6)], me=me)
    over = Finding("talked_over", None, "The quiet was talked about by the two yesterday.", evidence=("m1",))
    yield replace(back, findings=(*back.findings, over))
    yield replace(back, findings=(*back.findings, Finding("day_kept", "b", "Sam named Friday, and wrote then.")))
    yield s.reading(silences(s.NOW, 1, "unusual", 200, 90), [s.ended("b", 12, 20), s.running("b", 8)], me=me)
    asked = Finding("asked_last", "b", "The last words are a question of Sam’s.", evidence=("m1",))
    silent = s.reading(silences(s.NOW, 0, "unusual", hours=90, one_in=40), me=me)
    yield replace(silent, findings=(*silent.findings, asked))
    harm = s.asked_for_room(level="look", me=me)
    for person in ("a", "b"):
        yield in_words_of(person, harm)
    away = Finding("outside_cause", "b", "On Monday Sam wrote of being away until 9 May.", {"until_days": 4.0})
    yield replace(silent, findings=(*silent.findings, away))
    near = s.reading([s.silence("a", 0.3), s.silence("b", 0.5)], me=me)
    over = Finding("outside_cause", "b", "Sam was silent for 9 days and wrote again today.", {"silent_hours": 216.0})
    yield replace(near, findings=(*near.findings, over))
    warm = Finding("warm_between", "b", "In this time Sam also wrote what reads as warm, on Monday.", {"days": 1.0})
    yield s.reading(silences(s.NOW, 1), [s.running("b", 20, kept=0.03, longest=160)], me=me)
    long = s.reading(silences(s.NOW, 1), [s.running("b", 16)], me=me)
    yield replace(long, findings=(*long.findings, warm))
    meeting = Finding("meeting_named", "b", "A message of Sam’s speaks of meeting on Friday.", {"ahead_days": 2.0})
    unsure = Finding("doubts_named", "b", "A message of Sam’s speaks of being unsure about the bond.", evidence=("m1",))
    for more in ((), (unsure,)):
        yield replace(plain, findings=(*plain.findings, meeting, *more))
    past = Finding("meeting_past", "b", "A message of Sam’s spoke of meeting on Friday.", {"ahead_days": -2.0})
    yield replace(silent, findings=(*silent.findings, past))
    today = Finding("day_named", "b", "On Monday Sam wrote of being in touch on Friday.", {"ahead_days": 2.0})
    yield replace(plain, findings=(*plain.findings, unsure, today))
    for reading, ahead in product((plain, spell, pressed, long), (2.0, -1.0)):
        words = Finding("day_named", "b", "On Monday Sam wrote of being in touch on Friday.", {"ahead_days": ahead})
        yield replace(reading, findings=(*reading.findings, words))


def silences(now: datetime, waiting: int, word: str = "usual", hours: float = 31, one_in: int = 5) -> list[s.Silence]:
    """Sam quiet, Jo having written since."""
    return [s.silence("a", 3, now=now), s.silence("b", hours, word, one_in, waiting=waiting, now=now)]


def quiet(now: datetime, waiting: int, me: str | None) -> Iterator[Reading]:
    """Nobody is in a spell."""
    for word, one_in in (("usual", 3), ("long", 12), ("unusual", 40)):
        for episodes in ([], [s.ended("b", 60, 5, now)], [s.ended("b", 90, 5, now), s.ended("b", 60, 14, now)]):
            yield s.reading(silences(now, waiting, word, one_in=one_in), episodes, now=now, me=me)
    yield s.reading(silences(now, waiting, "unusual", hours=350, one_in=400), now=now, me=me)
    yield s.reading(silences(now, waiting, "unusual", one_in=40), [s.ended("b", 5, 9, now)], now=now, me=me)
    # Who asks as the one who waits may be the quiet one, and the other way round.
    for voice in get_args(Voice):
        yield replace(s.reading(silences(now, waiting, "unusual", one_in=40), now=now, me=me), voice=voice)


def in_a_spell(now: datetime, waiting: int, me: str | None) -> Iterator[Reading]:
    """Sam is in a spell of one kind or another."""
    warm = s.ended("b", 90, 5, now)
    unspoken = s.ended("b", 60, 20, now)
    unspoken = replace(unspoken, return_=replace(s.back(now.date()), acknowledged=False, explained=False))
    spells = [
        s.running("b", 4, now, kept=0.05, longest=50),
        s.running("b", 4, now, kept=0.05, longest=50, pressing=2),
        s.running("b", 5, now, kept=0.05, longest=70, outside=("out-1",)),
        s.running("b", 6, now, said_so=True, kept=0.3, longest=30, room=True),
        s.running("b", 11, now, said_so=True, kept=0.3, longest=30),
        replace(s.running("b", 9, now, said_so=True, kept=0.3, longest=30), unanswered_turns=12),
        s.running("b", 6, now, said_so=None, kept=0.3, longest=30, outside=("out-1",)),
        s.running("b", 16, now, kept=0.0, longest=370),
        s.running("b", 16, now, kept=0.0, longest=370, outside=("out-1",)),
        s.running("b", 16, now, kept=0.3, longest=40),
        s.running("b", 9, now, kept=0.0, longest=200),
    ]
    for spell, before in product(spells, ([], [warm], [unspoken])):
        yield s.reading(silences(now, waiting), [*before, spell], now=now, me=me)
    weeks = s.running("b", 16, now, kept=0.0, longest=370)
    yield s.reading(silences(now, waiting, "unusual", hours=370, one_in=400), [weeks], now=now, me=me)


def back(me: str | None) -> Iterator[Reading]:
    """Sam is back, in one way or another."""
    for warmth, said in product(("warm", "usual", "flat", None), (True, False, None)):
        episode = s.ended("b", 3, 6)
        episode = replace(episode, return_=s.back(episode.end, warmth, said, said))  # type: ignore[arg-type]
        for before in ([], [s.ended("b", 60, 5)]):
            yield s.reading(silences(s.NOW, 1, hours=5), [*before, episode], me=me)
    written = s.ended("b", 3, 6, unanswered=6, return_=s.back(s.NOW.date(), "usual", False, False))
    yield s.reading(silences(s.NOW, 1, hours=5), [written], me=me)
    once = s.ended("b", 1, 6, return_=replace(s.back(s.NOW.date(), "usual", False, False), messages=1))
    yield s.reading(silences(s.NOW, 1, hours=5), [once], me=me)
    named = s.ended("b", 3, 6, outside=("out-1",))
    unexplained = s.ended("b", 3, 6, return_=s.back(s.NOW.date(), explained=False))
    for episode in (named, unexplained):
        yield s.reading(silences(s.NOW, 1, hours=5), [episode], me=me)


def general(me: str | None) -> Iterator[Reading]:
    """Readings in which messages say little, or something else comes first."""
    short = [s.silence("a", 0.3), s.silence("b", 0.5)]
    yield s.reading(short, me=me)
    yield s.reading(short, [s.ended("b", 60, 5)], me=me)
    yield s.reading(short, [s.ended("b", 90, 5), s.ended("b", 60, 5)], me=me)
    yield s.ten_messages(me=me)
    for hours, turns in ((60, 2), (400, 1), (400, 4)):
        yield s.reading(silences(s.NOW, turns, hours=hours), enough=False, messages=10, me=me)
    yield s.shared_home(me=me)
    yield s.reading(short, me=me, home=True)
    home = s.reading(silences(s.NOW, 1), [s.running("b", 5, outside=("out-1",))], me=me, home=True)
    load = Finding("load_named", "a", "A message of Jo’s, on Monday, names trouble outside the two of you.")
    yield home
    yield replace(home, findings=(*home.findings, load))
    yield s.two_weeks_no_word(current=False, me=me)
    for level in ("look", "urgent"):
        yield s.asked_for_room(level=level, me=me)
        yield s.ten_messages(level=level, me=me)
    for person in ("a", "b"):
        yield in_words_of(person, s.ten_messages(level="urgent", me=me))


def in_words_of(person: str, reading: Reading) -> Reading:
    """The reading with all its signs of danger in the words of one of the two."""
    return replace(reading, safety=replace(reading.safety, wrote=(person,), last=reading.span.now.date()))


def told_readings() -> Iterator[Reading]:
    """Readings with an intake, alone and beside a record."""
    for intake in intakes():
        yield alone(intake)
    for words in ("he_is_in_prison", "she_has_dementia"):
        yield alone(Intake(stress=(words,)))
    for words, voice in product(("pregnant", "im_the_affair_partner", "poly", "coming_out"), get_args(Voice)):
        yield alone(Intake(voice=voice, stress=(words,), since_days=6.0))
    later = alone(Intake(contact="usual"))
    back_again = better(Intake(contact="none"), Intake(contact="usual"))
    assert back_again is not None
    yield with_better(later, back_again)
    yield alone(Intake(question="how_do_i_make_him_jealous"))
    yield alone(Intake(since_days=8.0, own_moves=("ignored_his_calls_on_purpose",)))
    yield alone(Intake(since_days=8.0, own_load=("found_a_loan_he_hid_from_me",)))
    for voice in get_args(Voice):
        yield alone(Intake(voice=voice, since_days=8.0, question="should_i_say_yes_to_the_move"))
        yield alone(Intake(voice=voice, since_days=8.0, stress=("wants_to_open_the_relationship",)))
        for words in ("poly", "coming_out", "im_the_affair_partner", "met_someone_else"):
            yield alone(Intake(voice=voice, stage="ended", stress=(words,)))
    yield alone(Intake(contact="none", blocked="yes", question="how_do_i_get_through"))
    yield alone(Intake(question="will_he_leave_me", asked_for_space="yes", day_named="yes", since_days=4.0))
    yield alone(Intake(red_flags=("he_gambles",)))
    yield alone(Intake(voice="withdrawing", stress=("debts_she_doesnt_know_about",), red_flags=("lying",)))
    yield alone(Intake(voice="withdrawing", question="how_do_i_tell_her"))
    yield alone(Intake(voice="withdrawing", question="what_about_the_dog"))
    for intake in (Intake(contact="usual"), MANY, Intake(voice="withdrawing"), Intake(explained="yes")):
        for reading in readings():
            yield with_intake(reading, intake)
    for question, voice in product(QUESTIONS, ("waiting", "withdrawing")):
        for reading in (*spells_before(), s.two_weeks_no_word(), s.reading(silences(s.NOW, 3, "unusual", 90, 50))):
            yield with_intake(reading, Intake(voice=voice, question=question))  # type: ignore[arg-type]
            yield with_intake(reading, msgspec.structs.replace(MANY, question=question))


def spells_before() -> Iterator[Reading]:
    """Records with earlier spells, in which room was left, or messages went unanswered."""
    for facts in ({"room": True}, {"unanswered": 4}, {}):
        earlier = [s.ended("b", 60, 5, **facts)]  # type: ignore[arg-type]
        for spell in (s.running("b", 5), s.running("b", 11, said_so=True), s.running("b", 5, pressing=2)):
            yield s.reading(silences(s.NOW, 1), [*earlier, spell])


def intakes() -> Iterator[Intake]:
    """Intakes of one fact, of two facts, and with each question, in both voices."""
    facts = list(answers())
    for voice in ("waiting", "withdrawing"):
        plain = Intake(voice=voice)  # type: ignore[arg-type]
        yield plain
        for fact in facts:
            yield msgspec.structs.replace(plain, **fact)
        for one, other in combinations(facts, 2):
            if not one.keys() & other.keys():
                yield msgspec.structs.replace(plain, **one, **other)
        for question, fact in product(QUESTIONS, facts):
            yield msgspec.structs.replace(plain, question=question, **fact)
        for stage, load in product(
            ("ended", "separated"), ({}, {"own_load": ("family",)}, {"own_moves": ("demanded",)})
        ):
            yield msgspec.structs.replace(plain, stage=stage, **load)
        for question, more in product((None, *QUESTIONS), MORE):
            yield msgspec.structs.replace(plain, **{"question": question, **more})


def answers() -> Iterator[dict[str, object]]:
    """Single answers of an intake, as fields."""
    yield from ({"own_moves": (move,)} for move in OWN_MOVES)
    yield from ({"red_flags": (flag,)} for flag in RED_FLAGS)
    yield from ({"stress": (what,)} for what in ("work", "money", "health", "grief", "children", "low_mood"))
    yield from ({"stage": stage} for stage in get_args(Stage))
    yield from ({"living": living} for living in ("together", "apart", "distance"))
    yield from ({"after_what": (what,)} for what in get_args(AfterWhat))
    yield from ({"contact": contact} for contact in ("usual", "less", "checks_in", "none"))
    yield from ({"since_days": days} for days in (0.5, 5.0, 16.0, 40.0))
    yield from ({"together_months": months} for months in (2.3, 30.0, 240.0))
    yield from ({"explained": how} for how in ("yes", "no"))
    yield from ({"mood": Mood(phq2=low, gad2=tense)} for low, tense in ((4, 0), (0, 4)))
    yield from ({"own_style": OwnStyle(*style)} for style in ((6.0, 2.0), (2.0, 6.0)))
    yield from ({"before": Before(3, 6.0, how)} for how in ("warm", "flat", "unacknowledged", "varied", None))
    yield {"reciprocity": Reciprocity("me", "no", "sometimes")}
    yield {"old_wounds": ("betrayal",)}
    yield {"own_load": ("family",)}
    yield {"asked_for_space": "yes"}
    yield {"after_closeness": "always"}
    yield {"talked_about_it": "yes"}
    yield {"signs": ("mixed_messages",)}
    yield {"counter_signs": ("checks_in",)}


MANY = Intake(own_moves=("many_messages",))
#: Answers that only say something together.
MORE: tuple[dict[str, object], ...] = (
    {"talked_about_it": "yes", "before": Before(3), "contact": "less"},
    {"talked_about_it": "yes", "before": Before(1), "contact": "usual"},
    {"talked_about_it": "yes", "before": Before(1), "contact": "none"},
    {"living": "together", "stress": ("money",), "together_months": 200.0},
    {"own_style": OwnStyle(2, 6), "before": Before(3)},
    {"since_days": 20.0, "explained": "no", "contact": "less"},
    {"since_days": 20.0, "contact": "none"},
    {"since_days": 35.0, "after_what": ("talk_of_future",), "signs": ("future_discomfort",)},
    {"asked_for_space": "yes", "own_moves": ("many_messages",)},
    {"living": "together", "explained": "partly", "contact": "less"},
    {"contact": "usual", "explained": "no", "before": Before(1)},
    {"living": "together", "own_moves": ("many_messages",), "asked_for_space": "yes"},
    {"living": "together", "contact": "usual", "since_days": 400.0},
    {"contact": "none", "since_days": 75.0},
    {"contact": "none", "stress": ("low_mood",)},
    {"contact": "usual", "own_moves": ("criticised",)},
    {"together_months": 2.3, "since_days": 4.0},
    {"stage": "ended", "own_moves": ("many_messages", "checked_on")},
    {"stage": "separated", "living": "together"},
    {"contact": "usual", "after_what": ("quarrel",), "before": Before(1)},
    {"safety": SafetyAnswers(unsure=True)},
    {"safety": SafetyAnswers(afraid=True)},
    {"safety": SafetyAnswers(controlled=True, hurt=True)},
    {"safety": SafetyAnswers(self_harm=True)},
    {"safety": SafetyAnswers(afraid=True, self_harm=True)},
    {"safety": SafetyAnswers(fears_for_other=True)},
    {"safety": SafetyAnswers(frightened_other=True)},
    {"safety": SafetyAnswers(frightened_other=True, deeds=("looked_in_his_phone",))},
    {"contact": "usual", "since_days": 0.5, "question": "may_i_write"},
    {"contact": "usual", "stage": "exclusive", "signs": ("less_affection",)},
    {"since_days": 7, "asked_for_space": "yes", "contact": "checks_in", "day_named": "yes"},
    {"asked_for_space": "yes", "since_days": 6.0},
    {"asked_for_space": "yes", "living": "together", "since_days": 6.0},
    {"stress": ("low_mood",), "contact": "none", "since_days": 6.0},
    {"own_moves": ("apologised",), "since_days": 6.0},
    {"stress": ("grief",), "living": "together", "since_days": 6.0},
    # In words of one’s own.
    {"question": "is_he_seeing_someone_else", "since_days": 6.0},
    {"own_moves": ("want_to_end_it_kindly",), "since_days": 6.0},
    {"own_moves": ("thought_of_separating",), "since_days": 6.0},
    {"stress": ("ashamed_of_my_body",), "since_days": 6.0},
    {"stress": ("new_baby", "no_sleep"), "contact": "usual", "living": "together", "since_days": 90.0},
    {"after_what": ("quarrel",), "own_moves": ("demanded", "i_said_i_was_done"), "contact": "none", "since_days": 5.0},
    {"stress": ("depression",), "contact": "none", "since_days": 17.0},
    {"stress": ("depression",), "contact": "none", "since_days": 17.0, "own_moves": ("called_his_mother",)},
    {"own_load": ("cancer",), "since_days": 6.0},
    {"red_flags": ("substances",), "stress": ("drinking",)},
    {"red_flags": ("substances",), "own_load": ("drinking",)},
    {"red_flags": ("infidelity",), "stress": ("met_someone_new",)},
    {"red_flags": ("infidelity",), "own_moves": ("met_someone_new",)},
    {"contact": "none", "since_days": 30.0, "before": Before(2, 12.0)},
    {"contact": "none", "since_days": 21.0, "asked_for_space": "yes"},
    {"stage": "separated", "living": "together", "stress": ("children",)},
    {"stress": ("miscarriage",), "own_moves": ("demanded",), "since_days": 6.0},
    {"stress": ("new_baby",), "mood": Mood(phq2=5), "since_days": 6.0},
    {"stress": ("it_hurts_when_we_have_sex",), "since_days": 6.0},
    {"stress": ("loses_words",), "since_days": 6.0},
    {"stress": ("she_has_dementia",), "since_days": 6.0},
    {"asked_for_space": "yes", "day_named": "yes", "since_days": 6.0},
    {"asked_for_space": "yes", "day_named": "yes", "living": "together", "since_days": 6.0},
    {"asked_for_space": "yes", "day_named": "yes", "own_moves": ("demanded",), "since_days": 6.0},
    {"asked_for_space": "yes", "last_word_days": 1.0, "own_moves": ("demanded",), "since_days": 6.0},
    {"stage": "separated", "day_named": "yes"},
    {"own_load": ("still_hurt",), "since_days": 6.0},
    {"red_flags": ("substances",), "own_load": ("drove_the_kids_home_drunk",)},
    {"stress": ("lives_alone",), "contact": "none", "since_days": 9.0, "before": Before(0)},
)


def alone(intake: Intake) -> Reading:
    """The reading of an intake with no messages beside it."""
    return told_reading(intake, s.NOW, "0")


def with_intake(reading: Reading, intake: Intake) -> Reading:
    """The reading with an intake beside it."""
    told = replace(reading, intake=intake)
    extra = () if reading.safety.level == "urgent" else of_answers(reading, intake)
    return replace(with_answers(told, intake), findings=(*reading.findings, *extra))
