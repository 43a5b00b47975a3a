"""The simulator: seeded made-up couples with known truth, written as the exports that messengers write."""

from ebbtide.simulator.couple import Couple, make_couple, write_truth
from ebbtide.simulator.demo import demo_couple
from ebbtide.simulator.dyad_couple import chat_of_run, make_dyads
from ebbtide.simulator.dyad_kinds import DYADS, DyadKind
from ebbtide.simulator.kinds import KINDS, Kind
from ebbtide.simulator.truth import Decoy, TrueEpisode, TrueReturn
from ebbtide.simulator.writers import SHAPES, Shape, write_telegram, write_whatsapp

__all__ = [
    "DYADS",
    "KINDS",
    "SHAPES",
    "Couple",
    "Decoy",
    "DyadKind",
    "Kind",
    "Shape",
    "TrueEpisode",
    "TrueReturn",
    "chat_of_run",
    "demo_couple",
    "make_couple",
    "make_dyads",
    "write_telegram",
    "write_truth",
    "write_whatsapp",
]
