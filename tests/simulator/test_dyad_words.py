"""Words of the dyad: banks are whole and decent, questions are answered, and the states choose the moves."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import polars as pl
import pytest

from ebbtide.signals.moves import LABELS
from ebbtide.simulator import Couple, make_dyads
from ebbtide.simulator.dyad_acts import (
    ANSWERS,
    AWAY,
    MILD,
    MOVES,
    STRONG,
    WARM,
    WARM_SHARE,
    Felt,
    Topic,
    choose,
    reply,
)
from ebbtide.simulator.dyad_words import Topical, topics, type_all
from ebbtide.simulator.spells import Mode
from ebbtide.simulator.timing import ANSWER, START, Messages
from ebbtide.simulator.words import (
    COMMON,
    PLAIN_EMOJI,
    REPLY_WITHIN,
    SLOT,
    WARM_EMOJI,
    Speaker,
    Typing,
    deck,
    draw_typing,
    packaged_banks,
)
from tests.simulator.test_words import GENDERED


@pytest.fixture(scope="module")
def couples() -> list[Couple]:
    """Some couples in which much happens."""
    return list(make_dyads(range(6), kind="reaching", days=150))


def lines() -> list[str]:
    """Every line of every topic."""
    return [line for t in topics() for line in (*t.open, *t.more, *(a for each in t.ask for a in each))]


def test_topics_are_whole_decent_and_share_no_line_with_anything() -> None:
    acts, slots = packaged_banks()
    known = Counter(line.lower().strip(" .?!") for line in (*lines(), *(x for own in acts.values() for x in own)))
    repeated = [line for line in lines() if known[line.lower().strip(" .?!")] > 1]
    assert len(topics()) >= 20
    assert repeated == []
    assert [line for line in lines() if GENDERED.search(line)] == []
    assert {slot for line in lines() for slot in SLOT.findall(line)} <= set(slots)
    assert all(len(each) >= 3 and each[0].endswith("?") for t in topics() for each in t.ask)


def test_every_act_has_lines_and_every_move_is_a_label() -> None:
    acts, _ = packaged_banks()
    mixes = [*(m for pair in ANSWERS.values() for m in pair), *AWAY.values(), MILD, STRONG, WARM]
    assert {act for mix in mixes for act, _ in mix} <= set(acts)
    assert set(MOVES) <= set(acts)
    assert {move for moves in MOVES.values() for move in moves} <= set(LABELS)
    assert all(abs(sum(weight for _, weight in mix) - 1) < 1e-9 for mix in mixes)


def made_of(why: int, count: int, **columns: float) -> tuple[Messages, Felt]:
    """So many turns of one message by person 0, hours apart, all written in the same state."""
    same = {"share": 1.0, "reaching": 0.0, "warmth": 0.5} | columns
    whole = np.zeros(count, dtype=np.int64)
    written = Messages(
        at=1e6 * np.arange(count, dtype=np.float64),
        person=whole,
        turn=np.arange(count),
        place=whole,
        why=whole + why,
        act=[None] * count,
        mode=whole + Mode.USUAL,
    )
    return written, Felt(**{name: np.full(count, value) for name, value in same.items()})


def acts_of(written: Messages, felt: Felt, seed: int = 1, left: tuple[int, int] = (5, 3)) -> list[str]:
    """The acts of messages at noon of one day."""
    count = len(written.at)
    days = np.zeros(count, dtype=np.int64)
    return choose(written, [12.0] * count, days, [True] * count, felt, [left], np.random.default_rng(seed))


def test_a_question_on_the_topic_gets_one_of_its_own_answers() -> None:
    rng = np.random.default_rng(3)
    topical = Topical([Speaker(draw_typing(rng), rng) for _ in range(2)], rng)
    for n in range(40):
        question = topical.line("ask", 0, n % 3)
        assert topical.asked[0] is not None
        topic, number = topical.asked[0]
        assert topic == n % 3
        assert question == topical.topics[0][topic].ask[number][0]
        assert topical.answer(1) in topical.topics[1][topic].ask[number][1:]
    assert reply("ask", away=False, reaching=0.0, chance=0.5) == "back"


def test_an_answer_fits_what_was_said_while_it_is_fresh() -> None:
    turns, felt = made_of(ANSWER, 2000)
    alternating = replace(turns, person=np.arange(2000) % 2, act=["pursuit", None] * 1000)

    def answers(minutes: float) -> Counter[str]:
        return Counter(acts_of(replace(alternating, at=minutes * np.arange(2000)), felt)[1::2])

    fresh, late = answers(5.0), answers(REPLY_WITHIN + 1)
    assert set(fresh) == {act for act, _ in ANSWERS["pursuit"][0]}
    assert late["calming"] == 0


def test_the_lines_of_a_chat_answer_its_questions(couples: list[Couple]) -> None:
    asked = {each[0].lower().replace("'", ""): each[1:] for t in topics() for each in t.ask if "{" not in each[0]}
    plain = re.compile(r"[^a-z ]")
    known = {plain.sub("", question)[:24]: answers for question, answers in asked.items()}
    found = fitting = 0
    for couple in couples:
        rows = couple.conversation.events.select("person", "text").rows()
        for (asker, question), (other, text) in pairwise(rows):
            answers = known.get(plain.sub("", (question or "").lower())[:24])
            if answers is None or asker == other or text is None:
                continue
            found += 1
            heads = [plain.sub("", a.split("{")[0].lower().replace("'", ""))[:8] for a in answers]
            fitting += any(head and plain.sub("", text.lower()).startswith(head) for head in heads)
    assert found > 50
    assert fitting / found > 0.5


def test_distance_makes_short_words_and_reaching_presses() -> None:
    def acts(share: float, reaching: float) -> Counter[str]:
        return Counter(acts_of(*made_of(START, 2000, share=share, reaching=reaching)))

    near, far, pressing = acts(1.0, 0.0), acts(0.1, 0.0), acts(1.0, 1.5)
    assert far["flat"] + far["flat_opener"] > 1000 > near["flat"] + near["flat_opener"]
    pressed = {act for act, _ in STRONG} - {"pursuit", "about_us"}
    assert sum(near[a] for a in pressed) == 0
    assert sum(pressing[a] for a in pressed) > 300


def test_acts_come_as_often_as_their_weights_say() -> None:
    """Where nothing was said before and nobody is away: warm, then on the topic, then the ordinary, in their shares."""
    count = 40_000
    found = Counter(acts_of(*made_of(START, count, warmth=1.0), left=(0, 0)))
    expected: Counter[str] = Counter()
    for act, weight in WARM:
        expected[act] += count * WARM_SHARE * weight
    for act, weight in COMMON[START]:
        expected[act] += count * (1 - WARM_SHARE) * weight
    assert set(found) - {"open"} == set(expected)
    for act, number in expected.items():
        assert abs(found[act] - number) < 5 * number**0.5, act


def test_the_same_person_opens_a_topic_and_goes_on_and_the_other_asks() -> None:
    topic = Topic(more=1, ask=1)
    assert topic.next(1) == "open"
    assert (topic.next(1), topic.next(0)) == ("more", "ask")
    assert (topic.next(1), topic.next(0)) == ("", "")


def test_a_line_comes_again_only_after_all_others_and_no_more_often_than_they() -> None:
    rng = np.random.default_rng(5)
    speaker = Speaker(draw_typing(rng), rng)
    size = len(packaged_banks()[0]["apology"])
    lines = [line for line, _ in zip(speaker.lines("apology"), range(3 * size), strict=False)]
    assert all(len(set(lines[n : n + size])) == size for n in (0, size, 2 * size))
    drawn = deck(7, 17, rng).tolist()
    assert [sorted(drawn[:7]), sorted(drawn[7:14])] == [list(range(7))] * 2
    assert len(set(drawn[14:])) == 3
    assert deck(7, 0, rng).tolist() == []


def test_typing_all_at_once_does_as_often_what_typing_one_by_one_does() -> None:
    """Slips, stops, emoji and kisses of 6,000 equal lines, against as many typed one by one."""
    line, count = "see you at the mill", 6000
    for seed, act in ((1, "small_talk"), (2, "affection"), (3, "flat"), (4, "affection")):
        rng = np.random.default_rng(seed)
        typing = Typing(False, True, 0.3, 0.2, 0.05, 0.12, False)
        speakers = [Speaker(typing, rng), Speaker(replace(typing, emoji=0.0, stop=0.0), rng)]
        person = np.arange(2 * count) % 2
        at_once = [line] * (2 * count)
        type_all(at_once, [act] * (2 * count), person, speakers, rng)
        for who, speaker in enumerate(speakers):
            one_by_one = [speaker.typed(line, act) for _ in range(count)]
            for tells in (
                lambda text: text[: len(line)] != line,
                lambda text: "." in text,
                lambda text: text.endswith(" x"),
                lambda text: text.split()[-1] in (*WARM_EMOJI, *PLAIN_EMOJI),
            ):
                a, b = sum(map(tells, at_once[who::2])), sum(map(tells, one_by_one))
                assert abs(a - b) <= 5 * (a + b) ** 0.5, (act, who)
                assert (a > 0) == (b > 0)


def test_moves_follow_the_states_in_a_whole_chat(couples: list[Couple]) -> None:
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for couple in couples:
        zone = couple.conversation.tz
        spans = [(e.person, e.start, e.end) for e in couple.episodes]
        rows = pl.DataFrame({"at": [m["at"] for m in couple.beside["moves"]]})["at"].str.to_datetime(time_zone="UTC")
        clock = rows.dt.convert_time_zone(zone).dt.replace_time_zone(None).to_list()
        for when, move in zip(clock, couple.beside["moves"], strict=True):
            away = [p for p, start, end in spans if start <= when and (end is None or when < end)]
            (inside if away == [move["person"]] else outside).update(move["moves"])
    assert inside["curt"] / inside.total() > 3 * outside["curt"] / outside.total()
    assert inside["affection"] / inside.total() < 0.5 * outside["affection"] / outside.total()
    assert outside["pursuit"] > 100
    assert inside["deflection"] + inside["defensiveness"] > 0


def test_people_repeat_themselves_little(couples: list[Couple]) -> None:
    for couple in couples:
        texts = couple.conversation.events["text"].drop_nulls().head(3000)
        assert texts.n_unique() / len(texts) > 0.4
        assert texts.value_counts(sort=True)["count"][0] < 0.03 * len(texts)
        assert not texts.str.contains(r"\{\w+\}").any()
        assert not [t for t in texts if re.search(r"\s$", t)]
