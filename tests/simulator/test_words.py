"""The word banks are varied, decent and free of gender, and every act that can be chosen has lines."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import polars as pl

from ebbtide.simulator import make_couple
from ebbtide.simulator.spells import Mode
from ebbtide.simulator.words import COMMON, HOUSEHOLD, MIXES, REPLIES, SLOT, Speaker, draw_typing, packaged_banks

GENDERED = re.compile(
    r"\b(he|she|him|his|her|hers|man|men|woman|women|girl|boy|girlfriend|boyfriend|husband|wife|guys?|dude|babe)\b",
    re.I,
)


def test_no_two_acts_share_a_line() -> None:
    acts, _ = packaged_banks()
    lines = Counter(line.lower().strip(" .?!") for own in acts.values() for line in own)
    assert sum(lines.values()) > 500
    assert [line for line, count in lines.items() if count > 1] == []


def test_every_act_that_can_be_chosen_has_lines_and_every_slot_is_filled() -> None:
    acts, slots = packaged_banks()
    mixes = [COMMON, HOUSEHOLD, *MIXES.values()]
    chosen = {act for mix in mixes for row in mix.values() for act, _ in row} | set(REPLIES) | set(REPLIES.values())
    assert chosen <= set(acts)
    assert {slot for own in acts.values() for line in own for slot in SLOT.findall(line)} <= set(slots)


def test_weights_of_every_mix_add_up_to_one() -> None:
    for mix in (COMMON, HOUSEHOLD, *MIXES.values()):
        for row in mix.values():
            assert abs(sum(weight for _, weight in row) - 1) < 1e-9


def test_no_line_speaks_of_gender() -> None:
    acts, slots = packaged_banks()
    spoken = [line for bank in (acts, slots) for own in bank.values() for line in own]
    assert [line for line in spoken if GENDERED.search(line)] == []


def test_people_repeat_themselves_little() -> None:
    texts = make_couple(3, days=60).conversation.events["text"].drop_nulls()
    top = texts.value_counts(sort=True)["count"][0]
    assert texts.n_unique() / len(texts) > 0.5
    assert top < 0.03 * len(texts)


def test_a_line_comes_again_only_after_all_others_of_its_act() -> None:
    rng = np.random.default_rng(5)
    speaker = Speaker(draw_typing(rng), rng)
    lines = [speaker.line("apology") for _ in packaged_banks()[0]["apology"]]
    assert len(set(lines)) == len(lines)


def test_people_type_differently() -> None:
    styles = {draw_typing(np.random.default_rng(seed)) for seed in range(30)}
    assert {style.lower for style in styles} == {True, False}
    assert {style.emoji > 0 for style in styles} == {True, False}


def test_those_who_live_together_write_about_the_household() -> None:
    household = [line.split("{")[0].lower().replace("'", "")[:18] for line in packaged_banks()[0]["household"]]
    pattern = "|".join(re.escape(head) for head in household if len(head) > 7)

    def share(kind: str) -> float:
        texts = make_couple(2, kind=kind).conversation.events["text"].drop_nulls()
        return float(texts.str.to_lowercase().str.replace_all("'", "").str.contains(pattern).mean() or 0.0)

    assert share("together") > 0.3
    assert share("settled") < 0.05


def test_words_inside_an_episode_are_short() -> None:
    couple = make_couple(1, kind="busy")
    own = [e for e in couple.episodes if e.end]
    local = pl.col("at").dt.convert_time_zone("Europe/London").dt.replace_time_zone(None)
    texts = couple.conversation.events.with_columns(local.alias("local")).filter(pl.col("text").is_not_null())
    for e in own:
        mine = texts.filter(pl.col("person") == e.person)
        within = pl.col("local").is_between(e.start, e.end)
        length = [mine.filter(part)["text"].str.len_chars().median() for part in (within, ~within)]
        assert length[0] < length[1]
    assert own


def test_every_mode_is_known_to_the_words_or_the_usual() -> None:
    assert set(Mode) - set(MIXES) == {Mode.USUAL}
