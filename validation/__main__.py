"""The figures of docs/validation, one proof at a time: python -m validation [PROOF] …

Proofs are episodes, ceiling, loop, streams, sequences, systems, dyad-fit, moves, named, check, danger and figure.
Without the name of one the episodes are judged, over hundreds of made-up couples.
"""

from __future__ import annotations

import sys
from importlib import import_module

PROOFS = (
    "episodes",
    "ceiling",
    "loop",
    "streams",
    "sequences",
    "systems",
    "dyad-fit",
    "moves",
    "named",
    "check",
    "danger",
    "figure",
)


def main(argv: list[str]) -> None:
    """Run the proof that is named first, with the arguments that follow."""
    name, rest = (argv[0], argv[1:]) if argv and argv[0] in PROOFS else ("episodes", argv)
    import_module(f"validation.{name.replace('-', '_')}").main(rest)


if __name__ == "__main__":
    main(sys.argv[1:])
