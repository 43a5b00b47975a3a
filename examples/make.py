"""Write the example exports beside this file, each with its truth: `python examples/make.py`.

All people and words in them are made up. `ebbtide read examples/settled.txt --me …` reads one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ebbtide.simulator import SHAPES, Couple, make_couple, write_telegram, write_truth, write_whatsapp

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up couple and how the export of its person "a" is written: a shape of WhatsApp's, or None for Telegram."""

    name: str
    kind: str
    seed: int
    days: int
    tz: str
    shape: str | None


EXAMPLES = (
    Example("settled", "settled", 39, 150, "Europe/London", "android-gb"),
    Example("distance", "distance", 44, 150, "Europe/Berlin", "ios-de"),
    Example("together", "together", 23, 120, "America/New_York", "ios-us"),
    Example("new", "new", 29, 70, "Europe/Madrid", None),
)


def couple_of(example: Example) -> Couple:
    """The couple of an example."""
    return make_couple(example.seed, kind=example.kind, days=example.days, start=date(2025, 2, 3), tz=example.tz)


def export_of(example: Example, couple: Couple) -> tuple[str, str]:
    """File name and content of an export."""
    events, names = couple.conversation.events, couple.names
    if example.shape is None:
        return f"{example.name}.json", write_telegram(events, names, tz=example.tz, me="a")
    return f"{example.name}.txt", write_whatsapp(events, names, tz=example.tz, shape=SHAPES[example.shape], me="a")


def main() -> None:
    """Write every example and its truth."""
    for example in EXAMPLES:
        couple = couple_of(example)
        name, content = export_of(example, couple)
        (HERE / name).write_bytes(content.encode())
        (HERE / f"{example.name}.truth.json").write_bytes(write_truth(couple).encode())


if __name__ == "__main__":
    main()
