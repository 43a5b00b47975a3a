"""Scores by author, and of groups of authors: `python -m training.scores [AUTHOR ...]`, after `make train`.

Every author is judged by a model that never saw that author's labels, at thresholds that all others set. The authors
named are also judged as one group, the rest as another.
"""

from __future__ import annotations

import argparse

import numpy as np

from ebbtide.signals.moves.labels import LABELS
from training import learn
from training.__main__ import BUILD


def main() -> None:
    """One row for each group, then one for each author."""
    parser = argparse.ArgumentParser(prog="python -m training.scores", description=__doc__)
    parser.add_argument("author", nargs="*", help="authors to judge as one group, beside the rest")
    group = parser.parse_args().author
    kept = np.load(BUILD / "held_out.npz")
    moves = len(LABELS)
    truth, author = kept["truth"][:, :moves], kept["author"]
    if unknown := sorted(set(group) - set(author.tolist())):
        parser.error(f"no such author: {', '.join(unknown)}")
    said = learn.called(kept["logit"][:, :moves], truth, author)
    named = np.isin(author, group)
    groups = {"all": ~np.zeros_like(named)} | ({"named": named, "the rest": ~named} if group else {})
    for name, rows in (groups | {str(one): author == one for one in np.unique(author)}).items():
        score = learn.counted(said[rows], truth[rows])
        print(f"{name:<12} {rows.sum():6d} messages: micro {score.micro(moves):.3f}, macro {score.f1.mean():.3f}")


if __name__ == "__main__":
    main()
