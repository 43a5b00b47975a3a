"""The models there are, in the order in which they are listed."""

from __future__ import annotations

from difflib import get_close_matches

from ebbtide.errors import BadSetting
from ebbtide.simulator.systems.delay import DELAY
from ebbtide.simulator.systems.dyad import DYAD
from ebbtide.simulator.systems.felmlee import FELMLEE
from ebbtide.simulator.systems.gottman import GOTTMAN
from ebbtide.simulator.systems.gragnani import GRAGNANI
from ebbtide.simulator.systems.laura import LAURA
from ebbtide.simulator.systems.liebovitch import LIEBOVITCH
from ebbtide.simulator.systems.oscillator import OSCILLATOR
from ebbtide.simulator.systems.rinaldi import RINALDI
from ebbtide.simulator.systems.secure import SECURE
from ebbtide.simulator.systems.strogatz import STROGATZ
from ebbtide.simulator.systems.system import System

SYSTEMS = {
    system.id: system
    for system in (
        *(STROGATZ, RINALDI, GRAGNANI, SECURE, LAURA, GOTTMAN),
        *(FELMLEE, LIEBOVITCH, DELAY, OSCILLATOR, DYAD),
    )
}


def system(name: str) -> System:
    """The model of this id. Raises `BadSetting` if there is none."""
    if name in SYSTEMS:
        return SYSTEMS[name]
    near = get_close_matches(name.lower(), SYSTEMS, n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are {', '.join(SYSTEMS)}."
    raise BadSetting("There is no model of this name.", where=name, try_=hint)
