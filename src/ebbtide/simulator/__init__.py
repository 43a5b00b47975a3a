"""The simulator: seeded made-up couples with known truth, written as the exports that messengers write."""

from ebbtide.simulator.couple import Couple, make_couple, write_truth
from ebbtide.simulator.demo import demo_couple
from ebbtide.simulator.kinds import KINDS, Kind
from ebbtide.simulator.truth import Decoy, TrueEpisode, TrueReturn
from ebbtide.simulator.writers import SHAPES, Shape, write_telegram, write_whatsapp

__all__ = [
    "KINDS",
    "SHAPES",
    "Couple",
    "Decoy",
    "Kind",
    "Shape",
    "TrueEpisode",
    "TrueReturn",
    "demo_couple",
    "make_couple",
    "write_telegram",
    "write_truth",
    "write_whatsapp",
]
