"""The corpus keeps what was promised of it, and is read without losing a line."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from math import ceil
from pathlib import Path

import pytest
from training.corpus import CorpusError, Labelled, labelled, read, unlabelled
from training.readers import agreement, of_author, second, wanted

from ebbtide.signals.moves import AWAY, HEADS, LABELS, TOGETHER
from ebbtide.signals.moves.tokens import words

#: Runs of words of two long messages that are shared, out of all of both, from which they are nearly the same.
LIKE, SHINGLE, LONG = 0.6, 3, 9


@cache
def rows() -> list[Labelled]:
    return labelled()


def test_there_is_enough_of_everything() -> None:
    count = Counter(label for r in rows() for label in r.labels)
    assert len(rows()) >= 4000
    assert min(count[label] for label in (*LABELS, AWAY, TOGETHER)) >= 150
    assert sum(not r.labels & set(LABELS) for r in rows()) >= 1200
    assert len(unlabelled()) >= 8000
    assert len({r.author for r in rows()}) >= 7


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    said = words(text)
    return frozenset(tuple(said[i : i + SHINGLE]) for i in range(len(said) - SHINGLE + 1))


#: Everyday lines that two authors, who saw nothing of each other, happened to write nearly alike, by one of the two.
COINCIDENCES = frozenset(
    {
        "stop hiding behind 'busy' and tell me what's going on. you owe me that much",
        "what was i supposed to do, flip the table",
        "I don't know what you want me to say to that at work.",
        "who is this and what have you done with Phil",
    }
)


def test_no_two_authors_wrote_nearly_the_same() -> None:
    """Held-out scores mean something only while no author repeats another."""
    cut = [shingles(r.text) if len(words(r.text)) >= LONG else frozenset() for r in rows()]
    common = Counter(piece for mine in cut for piece in mine)
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    alike: list[tuple[int, int]] = []
    for i, mine in enumerate(cut):
        # Two that share so much share one of the rarest pieces of each, so that only those are looked up.
        rarest = sorted(mine, key=lambda piece: (common[piece], piece))
        looked_up = rarest[: len(mine) - ceil(LIKE * len(mine)) + 1]
        near = {j for piece in looked_up for j in where[piece] if rows()[j].author != rows()[i].author}
        alike += [(j, i) for j in sorted(near) if len(cut[j] & mine) >= LIKE * len(cut[j] | mine)]
        for piece in looked_up:
            where[piece].append(i)
    texts = [(rows()[a].text, rows()[b].text) for a, b in alike]
    assert [pair for pair in texts if not COINCIDENCES & set(pair)] == []
    assert len(texts) <= len(COINCIDENCES)


STORY = """# Ann and Bo, made up
A 0 | hi | affection
A 30 | you there? | pursuit, +away
B 5 | yes

B 0 | new block |
"""


def test_a_block_is_a_dialogue_in_which_every_line_knows_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "ann.txt"
    path.write_text(STORY)
    found = read(path)
    assert [(r.prev, r.prev_same_person, r.gap_minutes, r.unanswered) for r in found] == [
        (None, False, 0.0, 0),
        ("hi", True, 30.0, 1),
        ("you there?", False, 5.0, 0),
        (None, False, 0.0, 0),
    ]
    assert [sorted(r.labels) for r in found] == [["affection"], ["+away", "pursuit"], [], []]


@pytest.mark.parametrize("line", ["A | hi | affection", "A 3 hi", "A 3 | hi | tenderness"])
def test_a_line_that_cannot_be_read_is_named_by_file_and_number(tmp_path: Path, line: str) -> None:
    path = tmp_path / "ann.txt"
    path.write_text(f"A 0 | hi |\n{line}\n")
    with pytest.raises(CorpusError, match=r"ann\.txt:2"):
        read(path)


def test_where_two_readers_differ_nothing_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "ann.labels"
    path.write_text("0\taffection\n1\tpursuit\nend\t3\n")
    again = of_author(path, 4)
    assert again == [frozenset({"affection"}), frozenset({"pursuit"}), frozenset(), None]
    said = [{"affection"}, set(), {"demand"}, {"demand"}]
    mine = [Labelled("ann", 0, None, False, 0.0, 0, "x", frozenset(s)) for s in said]
    table = wanted(mine, again)
    place = {h: i for i, h in enumerate(HEADS)}
    assert table[0, place["affection"]] == 1
    assert str(table[1, place["pursuit"]]) == str(table[2, place["demand"]]) == "nan"
    assert table[3, place["demand"]] == 1
    assert agreement(mine, again)["demand"] == (0, 1, 0)


def test_most_of_the_corpus_was_read_twice_and_the_readers_agree() -> None:
    again = second(rows())
    assert sum(x is not None for x in again) >= 4000
    both, author, reader = (sum(v[i] for k, v in agreement(rows(), again).items() if k in LABELS) for i in range(3))
    assert 2 * both / (2 * both + author + reader) > 0.8
