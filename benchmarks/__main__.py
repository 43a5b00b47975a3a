"""`python -m benchmarks`: run everything and print a table with the budget beside each figure."""

from __future__ import annotations

from benchmarks import loop, moves, read_200k, silence, simulator, startup
from benchmarks.process import Figure


def main() -> None:
    """Print the figures as they come."""
    print(f"{'what':44} {'measured':>12} {'budget':>12}")
    for measure in (
        startup.figures,
        moves.figures,
        silence.figures,
        loop.figures,
        simulator.figures,
        read_200k.figures,
    ):
        for figure in measure():
            print(line(figure), flush=True)


def line(figure: Figure) -> str:
    """One row, marked where it is over its budget."""
    over = "  over" if figure.value > figure.budget else ""
    return f"{figure.name:44} {figure.value:>8.2f} {figure.unit:3} {figure.budget:>8.2f} {figure.unit:3}{over}"


if __name__ == "__main__":
    main()
