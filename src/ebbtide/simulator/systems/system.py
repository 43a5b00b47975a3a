"""What a model of two people is made of: states, parameters, equations, a unit of time and a source.

Equations take the states as one array, states along the first axis; any further axis holds couples, so that the same
equations serve one couple and thousands. Parameters are numbers, or arrays along the axis of couples.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import inf, isfinite
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ebbtide.errors import BadSetting

Floats = npt.NDArray[np.float64]
Values = Mapping[str, Any]
#: Time and states → rates of change per unit of time; for difference equations, the next states.
Field = Callable[[float, Floats], Floats]
#: The same with the states as they were one lag ago as third argument.
DelayField = Callable[[float, Floats, Floats], Floats]
Unit = Literal["hours", "days", "years", "steps"]
Kind = Literal["ode", "difference", "delay", "sde"]

DAYS: Mapping[Unit, float] = {"hours": 1 / 24, "days": 1.0, "years": 365.25}
#: Numbers beyond this mean nothing in any of the models, and would take long to follow.
LARGEST = 1_000.0
POSITIVE = (1e-9, inf)
NOT_NEGATIVE = (0.0, inf)
SHARE = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of a model: its default, where it plausibly and where it possibly lies, its meaning and its source."""

    name: str
    default: float
    plausible: tuple[float, float]
    meaning: str
    source: str
    possible: tuple[float, float] = (-inf, inf)


@dataclass(frozen=True, slots=True)
class State:
    """A quantity that changes: its usual start, the range in which states of rest are looked for, where it can lie."""

    name: str
    start: float
    box: tuple[float, float]
    meaning: str
    possible: tuple[float, float] = (-inf, inf)


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """States at which nothing changes; stable if small disturbances die away. `kind` names how they behave."""

    at: Mapping[str, float]
    stable: bool
    kind: str


@dataclass(frozen=True, slots=True)
class System:
    """A model as equations.

    `span` and `step` are the default length of a run and the time between its rows; `settles` is a time after which a
    lasting cycle is what is left. `delayed` and `lag` belong to delay equations, `noise` (standard deviation per square
    root of a unit of time, one row per state) to stochastic ones. States in `held` stay where they start while states
    of rest and cycles are looked for. `derived` makes further series out of a path, `more` further figures out of the
    parameters and the states of rest.
    """

    id: str
    title: str
    source: str
    kind: Kind
    unit: Unit
    states: tuple[State, ...]
    parameters: tuple[Parameter, ...]
    field: Callable[[Values], Field]
    span: float
    step: float
    settles: float
    delayed: Callable[[Values], DelayField] | None = None
    lag: str | None = None
    noise: Callable[[Values], Floats] | None = None
    begin: Callable[[Values], Mapping[str, float]] | None = None
    held: tuple[str, ...] = ()
    derived: Callable[[Values, Floats, Floats], Mapping[str, Floats]] | None = None
    more: Callable[[Values, Sequence[Equilibrium]], Mapping[str, Any]] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the states, in their order."""
        return tuple(s.name for s in self.states)

    @property
    def defaults(self) -> dict[str, float]:
        """Every parameter at its default."""
        return {p.name: p.default for p in self.parameters}

    def start(self, p: Values, given: Mapping[str, float] | None = None) -> Floats:
        """Where a run starts: as given, else as the parameters say, else at the defaults."""
        said = {**(self.begin(p) if self.begin else {}), **(given or {})}
        return np.array([said.get(s.name, s.start) for s in self.states], dtype=np.float64)


def pair(
    name: str,
    defaults: tuple[float, float],
    plausible: tuple[float, float],
    meaning: str,
    source: str,
    possible: tuple[float, float] = (-inf, inf),
    *,
    suffixes: tuple[str, str] = ("1", "2"),
) -> tuple[Parameter, Parameter]:
    """The same parameter for each of the two people."""
    first, second = (
        Parameter(f"{name}{suffix}", default, plausible, meaning, source, possible)
        for suffix, default in zip(suffixes, defaults, strict=True)
    )
    return first, second


def checked(system: System, given: Mapping[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Parameters and starting states with what was given put in; a name without its ending sets it for both people.

    Raises `BadSetting` for a name the model does not have and for a value outside of the possible.
    """
    values = system.defaults
    start: dict[str, float] = {}
    for name, value in given.items():
        for full in meant(system, name):
            if not (isfinite(value) and abs(value) <= LARGEST):
                raise BadSetting(
                    "This is not a number a model can use.",
                    where=f"{name}={value:g}",
                    try_=f"Give one between {-LARGEST:g} and {LARGEST:g}.",
                )
            (values if full in values else start)[full] = possible(system, full, float(value))
    return values, start


def for_both_first(system: System, given: Mapping[str, float]) -> dict[str, float]:
    """What is given, so that a value for one person holds wherever it stands beside one for both."""
    return dict(sorted(given.items(), key=lambda each: -len(meant(system, each[0]))))


def meant(system: System, name: str) -> tuple[str, ...]:
    """The parameters, or the state whose start it is, that a name stands for."""
    known = (*system.defaults, *system.names)
    if name in known:
        return (name,)
    both = tuple(full for full in dict.fromkeys(known) if full in {name + "1", name + "2", name + "_a", name + "_b"})
    if both:
        return both
    near = get_close_matches(name, known, n=3) or list(system.defaults)
    raise BadSetting(
        f"The model {system.id} has no parameter of this name.", where=name, try_=f"It has {', '.join(near)}."
    )


def possible(system: System, name: str, value: float) -> float:
    """The value, if the parameter can have it."""
    ranges = {s.name: s.possible for s in system.states} | {p.name: p.possible for p in system.parameters}
    low, high = ranges[name]
    if low <= value <= high:
        return value
    least = "above 0" if low > 0 else "0 or more"
    allowed = least if high == inf else f"between {low:g} and {high:g}"
    raise BadSetting("This value is not possible.", where=f"{name}={value:g}", try_=f"Give one {allowed}.")
