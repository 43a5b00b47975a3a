"""Stories by other hands, who knew neither the program nor the stories as stories.py tells them.

One file each under by_other_hands, its number first. Its first line says from which day on nothing but the story is
written, when on the last day it is asked about, and `home` of two who share one; then come lines as in background.py.
"""

from __future__ import annotations

from pathlib import Path

from tests.stories.background import SEED, Names, Told, background, told

FOLDER = Path(__file__).parent / "by_other_hands"
OTHER_HANDS = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))


def by_other_hands(which: str, names: Names) -> Told:
    """The story of this name in its background."""
    head, lines = (FOLDER / f"{which}.txt").read_text().split("\n", 1)
    first, clock, *home = head.split()
    hour, minute = clock.split(":")
    around = background(seed=SEED, at_home=bool(home))
    return told(names, False, lines, now=(int(hour), int(minute)), own_days=[(int(first), 0)], around=around)
