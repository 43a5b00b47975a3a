"""How long it takes until the first word: `ebbtide --help` and `import ebbtide` (the best of several runs)."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.process import Figure, ebbtide, python, run

REPEATS = 5


def figures() -> Iterator[Figure]:
    """Seconds of the whole process; those of the import without those of an empty Python."""
    yield Figure("ebbtide --help", best(ebbtide("--help")), "s", 0.4)
    yield Figure("import ebbtide", best(python("-c", "import ebbtide")) - best(python("-c", "")), "s", 0.1)


def best(command: tuple[str, ...]) -> float:
    """The shortest of several runs: what the machine can do when nothing else disturbs it."""
    return min(run(command).seconds for _ in range(REPEATS))
