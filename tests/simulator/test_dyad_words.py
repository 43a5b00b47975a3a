"""Words of the dyad: banks are whole and decent, questions are answered, and the states choose the moves."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import polars as pl
import pytest

from ebbtide.signals.moves import LABELS
from ebbtide.simulator import Couple, make_dyads
from ebbtide.simulator.dyad_words import ANSWERS, AWAY, MILD, MOVES, STRONG, WARM, Chat, topics
from ebbtide.simulator.spells import Mode
from ebbtide.simulator.timing import ANSWER, START
from ebbtide.simulator.words import SLOT, packaged_banks
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


def test_a_question_on_the_topic_gets_one_of_its_own_answers() -> None:
    chat = Chat(np.random.default_rng(3))
    chat.turn_to(1)
    for n in range(20):
        question = chat.topical("ask", 0)
        assert chat.asked[0] is not None
        topic, number = chat.asked[0]
        assert question == chat.topics[0][topic].ask[number][0]
        chat.said[0] = (float(n), "ask")
        act = chat.choose(n + 1.0, 1, ANSWER, True, Mode.USUAL, 1.0, 0.0, 0.5)
        assert act == "back"
        assert chat.answer(1) in chat.topics[1][topic].ask[number][1:]


def test_distance_makes_short_words_and_reaching_presses() -> None:
    def acts(share: float, reaching: float) -> Counter[str]:
        chat = Chat(np.random.default_rng(1))
        chat.turn_to(1)
        return Counter(chat.choose(1e6 * n, 0, START, True, Mode.USUAL, share, reaching, 0.5) for n in range(2000))

    near, far, pressing = acts(1.0, 0.0), acts(0.1, 0.0), acts(1.0, 1.5)
    assert far["flat"] + far["flat_opener"] > 1000 > near["flat"] + near["flat_opener"]
    pressed = {act for act, _ in STRONG} - {"pursuit", "about_us"}
    assert sum(near[a] for a in pressed) == 0
    assert sum(pressing[a] for a in pressed) > 300


def test_the_same_person_opens_a_topic_and_goes_on_and_the_other_asks() -> None:
    chat = Chat(np.random.default_rng(1))
    chat.turn_to(1)
    assert chat.on_topic(1) == "open"
    assert (chat.on_topic(1), chat.on_topic(0)) == ("more", "ask")
    chat.left = {"more": 0, "ask": 0}
    assert (chat.on_topic(1), chat.on_topic(0)) == ("", "")


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
