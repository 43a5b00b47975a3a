"""The figures of the README, over hundreds of made-up couples: python -m validation [--couples N] [NAME …]."""

from __future__ import annotations

import argparse

from validation import episodes

#: The kinds behind the figures; those left out are reported apart, since their records say little by design.
STANDARD = ("own/settled", "own/reaching", "own/swapped", "own/distance", "own/busy", "own/announced", "own/new")
QUIET = ("own/none",)
HARD = ("own/sparse", "own/together")
RIVALS = ("rival/poissonstate", "rival/dense", "rival/heavytail", "rival/mood_episodes", "rival/decoys")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m validation", description=__doc__)
    parser.add_argument("names", nargs="*", help="kinds such as own/settled or rival/dense; all groups if none")
    parser.add_argument("--couples", type=int, default=40, help="couples of each kind")
    given = parser.parse_args()
    groups = (
        {"asked for": given.names}
        if given.names
        else {
            "own generator": STANDARD,
            "couples without episodes": QUIET,
            "little to see by design": HARD,
            "couples by other hands": RIVALS,
        }
    )
    for title, names in groups.items():
        results = episodes.run(names, given.couples)
        print(f"\n{title}\n{episodes.table(results)}\n{episodes.calibration(results)}", flush=True)


if __name__ == "__main__":
    main()
