"""Models of two people as equations: the published ones, and the dyad that joins them."""

from ebbtide.simulator.systems.library import SYSTEMS, system
from ebbtide.simulator.systems.run import Analysis, Run, described, simulate
from ebbtide.simulator.systems.sweeps import basins, bifurcation
from ebbtide.simulator.systems.system import Equilibrium, Parameter, State, System

__all__ = [
    "SYSTEMS",
    "Analysis",
    "Equilibrium",
    "Parameter",
    "Run",
    "State",
    "System",
    "basins",
    "bifurcation",
    "described",
    "simulate",
    "system",
]
