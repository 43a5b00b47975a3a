"""The simulator: seeded made-up couples with known truth, written as the exports that messengers write."""

from ebbtide.simulator.couple import Couple, make_couple
from ebbtide.simulator.kinds import KINDS, Kind
from ebbtide.simulator.truth import Decoy, TrueEpisode, TrueReturn

__all__ = [
    "KINDS",
    "Couple",
    "Decoy",
    "Kind",
    "TrueEpisode",
    "TrueReturn",
    "make_couple",
]
