"""What is known beforehand of how people write, estimated from a population and shipped with its provenance."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
import numpy as np

from ebbtide.models.availability import Prior
from ebbtide.models.recalibration import Recalibration


class PopulationFile(msgspec.Struct, forbid_unknown_fields=True):
    """The packaged file: where the numbers come from, and the numbers."""

    source: str
    made_by: str
    pairs: int
    mean: list[float]
    precision: list[list[float]]
    scale: float
    shape: float


@cache
def population() -> tuple[Prior, Recalibration]:
    """The prior of the hazard's coefficients and the recalibration around which each person's own is shrunk."""
    raw = files("ebbtide.models").joinpath("priors/writing.json").read_bytes()
    read = msgspec.json.decode(raw, type=PopulationFile)
    return Prior(np.array(read.mean), np.array(read.precision)), Recalibration(read.scale, read.shape)
